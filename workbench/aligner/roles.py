"""Small words that both languages have: who is spoken of, what is asked, what is denied."""

from __future__ import annotations

import re

_ENGLISH = {
    form: role
    for role, forms in {
        "我": "i me my mine myself",
        "我们": "we us our ours ourselves",
        "你": "you your yours yourself yourselves",
        "他": "he him his himself",
        "她": "she her hers herself",
        "他们": "they them their theirs themselves",
        "谁": "who whom whose",
        "什么": "what",
        "哪": "where which",
        "为什么": "why",
        "怎": "how",
        "不": "not no never nor nothing nobody none cannot",
    }.items()
    for form in forms.split()
}
CHINESE = re.compile(
    "我们|咱们|我|俺|你们|你|您|他们|她们|它们|他|她|谁|为什么|为何|什么|啥|哪|怎|[不没无别未]"
)
_SAME = dict.fromkeys("没无别未", "不") | {
    "俺": "我",
    "您": "你",
    "咱们": "我们",
    "你们": "你",
    "她们": "他们",
    "它们": "他们",
    "啥": "什么",
    "为何": "为什么",
}


def english_role(low: str) -> str:
    """The role of an English word in small letters, "" where it has none: "I'm" → "~我", "don't" → "~不"."""
    role = "不" if low.endswith("n't") else _ENGLISH.get(low.partition("'")[0], "")
    return role and f"~{role}"


def chinese_role(form: str) -> str:
    """The role of a match of `CHINESE`."""
    return f"~{_SAME.get(form, form)}"
