"""Negation of every kind: a source, a Chinese text that says it, and one that has lost the denial ("" = not asked)."""

from __future__ import annotations

import pytest

from workbench.checks import CheckContext, message, run, select
from workbench.model import TranslationUnit

CHECKS = select("negation")

TABLE = """
The lift isn't working today. | 电梯今天坏了，不能用。 | 电梯今天正常运行。
She wasn't invited to the wedding. | 她没有受邀参加婚礼。 | 她受邀参加了婚礼。
We aren't open on Mondays. | 我们周一不营业。 | 我们周一营业。
They weren't aware of the risk. | 他们并不知道有风险。 | 他们知道有风险。
I haven't finished the report. | 报告我还没写完。 | 报告我已经写完了。
He hasn't paid the rent. | 他尚未交房租。 | 他已经交了房租。
You shouldn't drink this water. | 您不应饮用这种水。 | 您应该饮用这种水。
It wouldn't change the result. | 这不会改变结果。 | 这会改变结果。
He couldn't find his keys. | 他找不到钥匙。 | 他找到了钥匙。
You mustn't touch the screen. | 请勿触摸屏幕。 | 请触摸屏幕。
You needn't bring anything. | 您什么都不用带。 | 您需要带东西。
The pump won't start. | 水泵无法启动。 | 水泵会启动。
We can't accept returns. | 我们无法接受退货。 | 我们可以接受退货。
I don't like coffee. | 我不喜欢咖啡。 | 我喜欢咖啡。
He doesn't live here. | 他不住在这里。 | 他住在这里。
She didn't call me. | 她没给我打电话。 | 她给我打了电话。
They never agreed to the plan. | 他们从未同意该计划。 | 他们一直同意该计划。
I will never forget that day. | 我永远忘不了那一天。 | 我会忘记那一天的。
Never open the cover while hot. | 高温时切勿打开盖子。 | 高温时打开盖子。
He has never been to Rome. | 他从没去过罗马。 | 他去过罗马。
There is no evidence of fraud. | 没有证据表明存在欺诈。 | 有证据表明存在欺诈。
No passengers were hurt. | 没有乘客受伤。 | 有乘客受伤。
No one answered the door. | 没人应门。 | 有人应门。
Nobody knew the answer. | 谁也不知道答案。 | 大家都知道答案。
Nothing was stolen. | 什么都没被偷。 | 东西被偷了。
None of the windows broke. | 窗户一扇也没碎。 | 所有窗户都碎了。
Neither of them came. | 他们俩都没来。 | 他们俩都来了。
Neither the cat nor the dog was hurt. | 猫和狗都没有受伤。 | 猫和狗都受了伤。
He neither smokes nor drinks. | 他既不抽烟也不喝酒。 | 他既抽烟又喝酒。
I do not agree, nor does my wife. | 我不同意，我妻子也不同意。 | 我同意，我妻子也同意。
The dog was nowhere to be found. | 到处都找不到那条狗。 | 那条狗到处都是。
He left without saying goodbye. | 他不告而别。 | 他说了再见才离开。
You cannot enter without a ticket. | 没有票不能入场。 | 您可以持票入场。
Drinks are served without ice. | 饮料不加冰。 | 饮料加冰。
I can hardly hear you. | 我几乎听不见你说话。 | 我清楚地听见你说话。
He barely slept last night. | 他昨晚几乎没睡。 | 他昨晚睡得很好。
We scarcely know them. | 我们几乎不认识他们。 | 我们很了解他们。
She rarely eats meat. | 她很少吃肉。 | 她经常吃肉。
He seldom leaves the house. | 他很少出门。 | 他经常出门。
The engine failed to start. | 发动机未能启动。 | 发动机启动了。
She failed to notice the sign. | 她没有注意到标志。 | 她注意到了标志。
He refused to sign the letter. | 他拒绝在信上签字。 | 他在信上签了字。
They refuse to pay the fine. | 他们拒不缴纳罚款。 | 他们愿意缴纳罚款。
She declined to comment. | 她拒绝置评。 | 她发表了评论。
The village lacks clean water. | 该村缺乏清洁用水。 | 该村有清洁用水。
The device is unable to connect. | 设备无法连接。 | 设备能够连接。
He denied taking the money. | 他否认拿了钱。 | 他承认拿了钱。
Not only is it cheap, it is also strong. | 它不仅便宜，而且结实。 | 仅它便宜，也结实。
I can't help laughing at it. | 我忍不住笑了。 |
He can't help but smile. | 他不禁微笑起来。 |
It is not uncommon to see deer here. | 在这里看到鹿并不罕见。 | 在这里看到鹿很罕见。
It is not impossible to win. | 要赢并非不可能。 | 要赢是不可能的。
There is nobody who does not know him. | 没有人不认识他。 | 没有人认识他。
You can't not go. | 你不能不去。 | 你不能去。
No sooner had we sat down than the phone rang. | 我们刚坐下，电话就响了。 |
Don't you want to come? | 你不想来吗？ |
Isn't it a lovely day? | 今天天气真好，不是吗？ |
Isn't it a lovely day? | 今天天气真好！ |
Why don't we take the bus? | 我们坐公交车吧？ |
Why didn't you tell me? | 你为什么没告诉我？ |
Why not try the soup? | 试试这汤吧。 |
You like it, don't you? | 你喜欢，对吧？ |
It was cold, wasn't it? | 那时很冷，是吧？ |
Do you have it or not? | 你到底有没有？ |
I wonder whether or not he will come. | 我想知道他会来吗。 |
It's no longer available. | 已不再提供。 | 仍在提供。
There are no fewer than ten bridges. | 那里至少有十座桥。 |
No matter what he says, I will go. | 随便他说什么，我都会去。 |
It makes no difference. | 都一样。 |
No problem at all. | 小事一桩。 |
No doubt he is tired. | 他肯定累了。 |
That is not bad. | 挺好的。 |
I couldn't agree more. | 我完全同意。 |
It couldn't be easier. | 再简单不过了。 |
The food is not good. | 这饭菜很难吃。 | 这饭菜很好吃。
The price is not low. | 价格偏高。 |
He is not tall. | 他个子矮。 | 他个子高。
It is not far from here. | 离这里很近。 | 离这里很远。
She is not at home. | 她外出了。 | 她在家。
He is not yet six. | 他还不到六岁。 | 他已经六岁了。
It will not be long before he returns. | 他很快就会回来。 |
I don't think he is right. | 我觉得他不对。 | 我觉得他对。
I don't believe it will rain. | 我认为不会下雨。 | 我认为会下雨。
Not everyone can swim. | 并非人人都会游泳。 | 人人都会游泳。
Not all birds can fly. | 不是所有的鸟都会飞。 | 所有的鸟都会飞。
Do not disturb. | 请勿打扰。 | 请打扰。
Do not remove the label. | 请勿撕下标签。 | 请撕下标签。
Don't worry about the cost. | 费用您尽管放心。 |
Don't forget your umbrella. | 记得带伞。 |
No smoking. | 禁止吸烟。 | 可以吸烟。
No entry. | 禁止入内。 |
No refunds. | 概不退款。 | 可以退款。
No parking on this street. | 此街禁止停车。 | 此街可以停车。
The road is not safe at night. | 这条路夜里很危险。 | 这条路夜里很安全。
This is not a toy. | 本品非玩具。 | 本品是玩具。
I'm not sure about that. | 这我不太确定。 | 这我很确定。
It's not my fault. | 这不是我的错。 | 这是我的错。
There isn't enough time. | 时间不够。 | 时间足够。
There wasn't any milk left. | 牛奶一点也没剩下。 | 还剩下一些牛奶。
He had no choice but to leave. | 他只好离开。 |
He had no money left. | 他身无分文。 | 他还有钱。
I have no objection. | 我没有异议。 | 我有异议。
She said nothing. | 她一言不发。 | 她说了话。
He knows nothing about cars. | 他对汽车一窍不通。 | 他对汽车很了解。
The store is unlike any other. | 这家店与众不同。 | 这家店与其他店一样。
He is unhappy with the result. | 他对结果不满意。 | 他对结果很满意。
The data are incomplete. | 数据不完整。 | 数据完整。
It is impossible to repair it. | 它无法修复。 | 它可以修复。
The claim is untrue. | 这一说法不属实。 | 这一说法属实。
It is illegal to fish here. | 在此钓鱼是违法的。 | 在此钓鱼是合法的。
The bill is unpaid. | 账单未付。 | 账单已付。
They disagreed with the judge. | 他们不同意法官的看法。 | 他们同意法官的看法。
She dislikes loud music. | 她不喜欢吵闹的音乐。 | 她喜欢吵闹的音乐。
The service is unavailable. | 服务不可用。 | 服务可用。
Access is restricted to members who have not paid late fees. | 仅限没有滞纳金的会员使用。 | 仅限交过滞纳金的会员使用。
I am not going to wait until he comes. | 我不打算等到他来。 | 我打算等到他来。
The film was not what I expected. | 这部电影出乎我的意料。 | 这部电影正如我的意料。
Last but not least, thank you. | 最后要说的是，谢谢您。 |
It is nothing but a rumour. | 那只是谣言。 |
I want nothing more than peace. | 我只想要和平。 |
The box must be kept dry, not wet. | 箱子必须保持干燥，不可受潮。 | 箱子必须保持干燥和潮湿。
Not a single tree was cut. | 一棵树都没有砍。 | 所有的树都砍了。
He doesn't have to come. | 他不必来。 | 他必须来。
They do not sell bread any more. | 他们不再卖面包了。 | 他们还在卖面包。
You won't regret it. | 您不会后悔的。 | 您会后悔的。
Without your help we would have lost. | 要不是您帮忙，我们就输了。 | 有您帮忙，我们输了。
We won't be able to deliver before Friday. | 我们周五之前无法送货。 | 我们周五之前能够送货。
The light does not go off. | 灯不会熄灭。 | 灯会熄灭。
It has not been decided. | 此事尚未决定。 | 此事已经决定。
I'd rather not say. | 我还是别说了。 | 我还是说了吧。
Try not to move. | 尽量别动。 | 尽量动一动。
He told me not to come. | 他叫我别来。 | 他叫我来。
We decided not to buy it. | 我们决定不买了。 | 我们决定买下它。
She chose not to speak. | 她选择沉默。 | 她选择发言。
It wasn't until noon that he woke. | 直到中午他才醒。 |
The water is not hot enough. | 水不够热。 | 水够热了。
There's no need to book. | 无需预订。 | 需要预订。
There is no cure for it. | 此病无药可治。 | 此病有药可治。
There is nothing wrong with the car. | 车子没有毛病。 | 车子有毛病。
The rule does not apply to children. | 该规定不适用于儿童。 | 该规定适用于儿童。
Prices do not include tax. | 价格不含税。 | 价格含税。
Batteries not included. | 不含电池。 | 含电池。
The key does not fit the lock. | 钥匙与锁不匹配。 | 钥匙与锁匹配。
He was not injured in the crash. | 他在车祸中没有受伤。 | 他在车祸中受了伤。
This offer cannot be combined with others. | 此优惠不可与其他优惠同享。 | 此优惠可与其他优惠同享。
The court did not hear the case. | 法院没有审理此案。 | 法院审理了此案。
They have yet to reply. | 他们尚未回复。 | 他们已经回复。
He is far from happy. | 他一点也不高兴。 | 他非常高兴。
She came back empty-handed, without a fish. | 她空手而归，一条鱼也没钓到。 | 她满载而归，钓到了鱼。
The children are too young to vote. | 孩子们太小，不能投票。 |
The window won't open; it is stuck. | 窗户打不开，卡住了。 | 窗户会打开，卡住了。
I could not care less. | 我一点也不在乎。 | 我很在乎。
Neither side won. | 双方打成平手。 |
He lost no time in replying. | 他马上就回复了。 |
Not surprisingly, it rained. | 果然下雨了。 |
The report was nonetheless useful. | 报告仍然有用。 |
He is not a doctor but a nurse. | 他不是医生，而是护士。 | 他是医生，也是护士。
I would never do such a thing. | 我绝不会做这种事。 | 我会做这种事。
"""
ROWS = [tuple(cell.strip() for cell in line.split("|")) for line in TABLE.strip().splitlines()]
# One denial of two is lost, or it is in words that deny as a whole.
NOT_FOUND = {
    "It is not uncommon to see deer here.",
    "It is not impossible to win.",
    "There is nobody who does not know him.",
    "You can't not go.",
    "Access is restricted to members who have not paid late fees.",
    "He is far from happy.",
}


def found(source: str, target: str) -> list[str]:
    issues = run(TranslationUnit("u", 0, source, target), CheckContext(), checks=CHECKS)
    return [message(issue) for issue in issues]


@pytest.mark.parametrize(("source", "right", "wrong"), ROWS, ids=[row[0] for row in ROWS])
def test_what_denies_is_right_and_what_does_not_is_found(source: str, right: str, wrong: str) -> None:
    assert found(source, right) == []
    if wrong and source not in NOT_FOUND:
        assert len(found(source, wrong)) == 1


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        ("You can open the door.", "您不能打开门。", "不能) what the source does not (can"),
        ("The bus will come at noon.", "公交车中午不会来。", "不会) what the source does not (will"),
        ("He must sign the form.", "他不必在表格上签字。", "不必) what the source does not (must"),
        ("She is a doctor.", "她不是医生。", "不是) what the source does not (is"),
        ("She likes the song.", "她不喜欢这首歌。", "不喜欢) what the source does not (likes"),
        ("The bus will stop here.", "公交车不会停在这里。", ""),
        ("She is a doctor, is she?", "她不是医生吗？", ""),
        ("It could be inseparable from that.", "它可能与此密不可分。", ""),
        ("You can come any time.", "你什么时候来都不会不方便。", ""),
    ],
)
def test_a_denial_that_the_source_does_not_have(source: str, target: str, said: str) -> None:
    assert found(source, target) == ([f"the target denies ({said})"] if said else [])
