"""Words that make no term by themselves: those of general English, and the loose words of Chinese."""

from __future__ import annotations

_GENERAL = """
ability able about above according account across act action actually add added additional address
after again ago agree ahead all allow almost alone along already also although always am among
amount another answer any anyone anything appear apply approach april area around arrive ask asked
attempt august available away back bad based basic be became because become been began begin
beginning behavior behind believe best better between big billion bit both bring brought build built
but buy call called came can cannot care carry case cause caused central centuries century certain
certainly chance change changed changes child children choice choose clear clearly close closely
come comes coming common compared complete completely concern consider considered contain continue
continued could couple course cover create created current currently cut daily day days deal dear
decade decades december decide decided deep did different difficult direct directly do does doing
done down dozen dr due during each early easily easy effect eight either else end ended enough
ensure entire especially etc even event ever every everyone everything everywhere exactly example
expect expected explain extra extremely face fact fall family far fast february feel felt few fewer
final finally find fine first five follow followed following force form former forward found four
free frequently friday friend friends from full fully further future gave general generally get
getting give given gives giving go goes going gone good got great greater greatest group grow guy
half hand happen happened happy hard has have having he hear heard held hello help helped here hi
high higher highest highly him his hit hold home hope hour hours house how however huge hundred idea
if immediately important in include included includes including increase increased increasingly
indeed instead interesting into involve involved issue it item items january job join july june just
keep kept key kind kinds knew know known large largely larger largest last late later latest lead
leading learn least leave led left less let level life like likely line list little live local long
longer look looked looking lose lost lot lots low lower made main mainly major make makes making man
many march matter may maybe me mean means meant meet men met middle might million mind minute
minutes moment monday money month months more morning most mostly move moved mr mrs ms much must my
name named near nearby nearly necessary need needed needs never new next nice night nine no nobody
none nor normal not note nothing november now number numbers obvious october of off offer offered
often ok old on once one only open opened or order original other others otherwise our out outside
over overall own part particular particularly parts past pay people per percent perhaps person piece
place placed places plan please plus pm point points poor popular possible potential present prevent
previous previously primary probably problem problems process produce provide provided provides
public put question quickly quite range rate rather reach reached read ready real really reason
reasons receive received recent recently reduce related remain remained report reported represent
require required rest result results return right rise room run running said same saturday saw say
saying says second see seem seemed seems seen send sense sent september serious serve set seven
several shall she should show showed shown shows side significant similar simple simply since single
sir situation six size small smaller so some somebody someone something sometimes soon sort speak
special specific spent stand start started state stated states stay step still stop story strong
such suddenly suggest sunday sure take taken takes taking talk tell ten than thank thanks that the
their them then there therefore these they thing things think third this those though thought
thousand thousands three through throughout thursday thus time times today together told tomorrow
tonight too took top total toward towards tried true try trying tuesday turn turned twenty two type
types typically under understand unfortunately unless unlike until up upon us use used useful uses
using usual usually value various very via view wait walk want wanted wants was way ways we
wednesday week weeks well went were what whatever when where whether which while who whole whom
whose why wide will with within without woman women word words work worked working works world worse
worst would wrong year years yes yesterday yet you young your
"""
GENERAL_WORDS = frozenset(_GENERAL.split())
"""English words at the edge of which no term begins or ends, unless it is a name."""

_EVERYDAY = """
activities activity agency air airport animal animals arm army article articles attack attention
audience author autumn award awards baby bag beach bed birthday black blood blue boat body bone book
books border bottle box boy boys bread breakfast bridge brother brown building buildings bus
business car cars chair church cities city class coffee color colour committee community companies
company computer control cost costs count countries country counts course courses court crime crowd
culture cup customer customers data date daughter death department depth device devices dinner
distance doctor doctors door draft drafts ear earth education effort election email energy entries
entry event events evidence exam experience experiment eye eyes face fact facts failure farm father
feet fight figure figures film films fire fish flight flights floor food foot forest freedom friend
fruit game games garden gas girl girls glass goal god gold government green group gun hair hand
hands head heart height hill history hospital hotel hotels hour human humans husband image images
information internet iron island islands judge kilometre kilometres king knife knowledge lake lakes
land language languages law lawyer leader leaders learning leg length lesson lessons letter letters
light listener listeners loser lunch machine machines market match material materials meal meaning
meanings measure measures meat member members message messages metal meter meters method methods
metre metres mile miles milk minister moon mother mountain mountains movie movies murder music
neighbor news newspaper object objects ocean office official officials oil organisation organization
page pages paper parent parents park party passenger passengers patient patients peace period phone
photo photos phrase picture pictures plane plant plants plate player players police population power
practice president price prices prince prison prize product products protest protests queen race
radio rain reader readers red region regions religion research researcher researchers rice right
rights river rivers road roads rock roof salt school schools science scientist scientists screen sea
season sentence sentences service services ship shop silver sister skill skills skin sky snow
society soldier soldiers son song songs space speed sport sports spring stage station step steps
stone store storm storms stranger street structure student students studies study success sugar
summer sun support surface system systems table tea teacher teachers team teams technology
television temperature temple temples test tests theory ticket tickets time tool tools tour tourist
tourists town towns train training trains translation travel tree trees trip victory village visit
visitor visitors vote wall war water weapon weapons weather website weekend weight white width wife
wind window wine winner winter wood worker workers writer
"""
EVERYDAY_WORDS = frozenset(_EVERYDAY.split())
"""English nouns that are seldom terms alone, but often part of one."""

_LOOSE = """
的 了 在 是 和 与 及 或 将 被 把 对 从 向 于 以 为 由 到 等 也 都 而 但 并 其 这 那 该 此
一 一个 个 们 着 过 地 得 所 之 就 还 又 再 很 更 最 不 没有 有 会 可以 能 要 我 你 他 她 它
我们 他们 自己 这个 那个 这些 那些 因为 所以 如果 以及 通过 中 上 下 里 年 月 日 次 种 名 位 来
去 说 让 使 给 用 时 后 前 内 外 间 多 已 已经 正在 进行 表示 认为 成为 作为 包括 其中 之一 许多
一些 至 称 则 却 只 才 便 每 各 某 另 如 像 比 较 当 跟 同 每个 目前 同时 随着 根据 由于 关于
并且 而且 但是 虽然 即使 可能 需要 能够
"""
LOOSE_WORDS = frozenset(_LOOSE.split())
"""Chinese words that neither begin nor end a rendering."""
