"""The words before a list that count its points: 主要存在三个方面的问题：. They state nothing but how many there are. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.drafting.figures.units import value_of
from ingest.text import chinese_number

_N = r"(?P<n>[两二三四五六七八九]|十[一二三四五六七八九]?|[2-9]|1\d)"
_OF = "问题|不足|短板|弱项|困难|差距|原因|工作|措施|做法|任务|举措|打算|建议|成效|特点|情况|内容"
_LEAD = re.compile(
    r"(?:(?:主要|目前|当前|总的来?看|归纳起来|概括起来|同时|但|也|还|仍|，|、){0,4})"
    r"(?:存在|有|表现[在为]|体现[在为]|集中在|包括|分为|抓[好了]?|做[好了]?|从|是|采取了?|开展了?|落实了?)?(?:着|的)?(?:以下|如下)?(?:这|的)?"
    rf"(?P<counted>{_N}(?:个|大|条|点|项|类|种)?(?:方面)?)的?(?:主要|突出|具体|重点)?(?:{_OF})?(?:着手|入手|发力)?(?:如下)?[：:。；，]"
)
_MOST = 20


@dataclass(frozen=True, slots=True)
class Lead:
    """`text[start:unit]` is the number, `text[unit:stop]` what it counts (个方面), `text[:end]` the whole lead."""

    start: int
    unit: int
    stop: int
    end: int
    number: int


def lead_of(text: str) -> Lead | None:
    """The count of a sentence that begins with such words."""
    found = _LEAD.match(text)
    number = value_of(found["n"].replace("两", "二")) if found else None
    if found is None or number is None or found["counted"] == found["n"]:
        return None  # 两，… counts nothing that is named
    return Lead(found.start("n"), found.end("n"), found.end("counted"), found.end(), int(number))


def points(text: str) -> int:
    """How many points a text lists: 一是 … 二是 …, 第一， … or （一）, one after the other from the first."""
    return max((_listed(text, marks) for marks in _MARKS), default=0)


def _listed(text: str, marks: Sequence[str]) -> int:
    at = count = 0
    for mark in marks:
        at = text.find(mark, at)
        if at < 0 or (at > 0 and text[at - 1] not in "：；。，\n"):
            break
        at, count = at + len(mark), count + 1
    return count


_MARKS = tuple(
    tuple(form.format(chinese_number(n)) for n in range(1, _MOST + 1))
    for form in ("{}是", "第{}，", "（{}）", "{}要")
)
