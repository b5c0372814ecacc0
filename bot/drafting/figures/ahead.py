"""What a plan says before what it plans: 下一步，我们将…. Under 下一步打算 it is said by the heading. Pure."""

from __future__ import annotations

import re

_NEXT = re.compile(
    r"(?:下一?步|下一?阶段|接下来|今后)(?:的?工作(?:中|打算|计划)?|打算|计划)?[，,：:]?(?:(?:我们?|本?支部|党支部|党委|全[村镇乡街道社区]{1,3})(?=[将拟要计打准]))?"
    r"(?P<will>将|拟|要|计划|打算|准备)?(?!的)"
)
# 将 means 把 here: 将流动党员纳入管理. It stays, for without it the sentence has no sense.
_TAKES = re.compile(
    r"[^，。；]{1,20}(?:纳入|列入|作为|改为|变为|转为|转化|融入|延伸|摆[在上]|放[在到]|落实到|落到|下沉|交给|建在|建到)"
)
_LEAST = 4  # characters that must be left


def without_next(text: str) -> str:
    """下一步将推行… -> 推行… under 下一步打算, which says so already."""
    found = _NEXT.match(text)
    if not found:
        return text
    at = found.start("will") if found["will"] == "将" and _TAKES.match(text, found.end()) else found.end()
    rest = text[at:].lstrip("，, ")
    return rest if len(rest) >= _LEAST else text
