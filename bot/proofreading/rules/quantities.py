"""The quantities of a text: number, unit, what stands before and behind, in which clause and sentence. Pure.

名, 位 and 人 are one unit; 万 and 亿 are read into the number. What is rough (120余名, 约5万元), masked (X, ×, **) or an
ordinal (第3名) is no quantity: nothing is counted with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from bot.proofreading.rules.figures import NUMBER, number

_UNITS = (
    "人次|篇次|场次|户次|件次|名|人(?!均|大|民)|位|个(?!月|百分点|小时|工作日|半)|项|条|件|家|户|次|场|篇|份|期|支|批|所|处|台|亩|元|吨|公里|平方米"
    "|小时|学时|课时|例|起|只|套|册|对|间|辆|票|张|本|堂|节|宗|幅|块|盏|棵|株|公斤|枚|类|栋|幢|座|岁|分(?![之别钟类管工队为会配行布期析组段层局批])|分钟|米|首|句|字|页|轮|趟|盆|桌|班|名次|个百分点|[%％]|倍"
)
_QUANTITY = re.compile(
    rf"(?<![\d.A-Za-z第/—－～~-])(?P<n>{NUMBER})(?P<rough>[余多几])?(?P<scale>[万亿])?(?P<rough2>[余多])?(?P<u>{_UNITS})(?P<rough3>多|左右|以上(?!学历)|以下|以内)?(?!/)"
)
_BARE = re.compile(
    rf"(?<![\d.A-Za-z第/—－～~-])(?P<n>{NUMBER})(?=[、和](?:{NUMBER})(?:[、和](?:{NUMBER})){{0,12}}+(?P<scale>[万亿]?)(?P<u>{_UNITS}))"
)
_ROUGH = re.compile(r"(?:约|近|超过|超|逾|不足|不少于|不低于|至少|最多|高达|以上|达到或超过|第|每隔|平均)$")
_SCALES = {"万": Decimal(10000), "亿": Decimal(100000000)}
_SAME = {"名": "人", "位": "人", "％": "%", "张": "票"}
_SENTENCE = re.compile(r"[。！？!?\n]")
_LABEL = re.compile(r"[^，。；、：:（）()\n！？]{0,20}$")
_TAIL = re.compile(r"[^，。；、：:（）()\n！？\d]{0,10}")


@dataclass(frozen=True, slots=True)
class Quantity:
    """`start:end` are the number and its unit, `said` the number as written; `n` counts single units.

    `step`: what one in its last place is worth. `label` stands before it in its clause, `tail` behind it.
    """

    start: int
    end: int
    said: str
    n: Decimal
    step: Decimal
    unit: str
    label: str
    tail: str
    rough: bool

    @property
    def stop(self) -> int:
        """Where the number alone ends."""
        return self.start + len(self.said)


@dataclass(frozen=True, slots=True)
class Sentence:
    start: int
    end: int
    quantities: tuple[Quantity, ...]


@lru_cache(maxsize=4)
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences that hold quantities; a text is read once for all rules."""
    every = sorted([*_read(text), *_bare(text)], key=lambda one: one.start)
    done: list[Sentence] = []
    at = 0
    begin = 0
    for mark in [*(match.end() for match in _SENTENCE.finditer(text)), len(text)]:
        inside = []
        while at < len(every) and every[at].start < mark:
            inside.append(every[at])
            at += 1
        if inside:
            done.append(Sentence(begin, mark, tuple(inside)))
        begin = mark
    return tuple(done)


def _read(text: str) -> list[Quantity]:
    return [_quantity(text, match) for match in _QUANTITY.finditer(text)]


def _bare(text: str) -> list[Quantity]:
    """21、18、25名: the unit stands behind the last alone."""
    return [_quantity(text, match) for match in _BARE.finditer(text)]


def _quantity(text: str, match: re.Match[str]) -> Quantity:
    groups = match.groupdict()
    scale = _SCALES.get(groups["scale"] or "", Decimal(1))
    said = groups["n"]
    places = len(said.partition(".")[2])
    before = text[max(0, match.start() - 20) : match.start()]
    label = _LABEL.search(before)
    tail = _TAIL.match(text, match.end())
    rough = any(groups.get(one) for one in ("rough", "rough2", "rough3")) or bool(_ROUGH.search(before))
    return Quantity(
        match.start(),
        match.end(),
        said,
        number(said) * scale,
        Decimal(1).scaleb(-places) * scale,
        _SAME.get(groups["u"], groups["u"]),
        label[0] if label else "",
        tail[0] if tail else "",
        rough,
    )


def plain(sentence: Sentence) -> Sequence[Quantity]:
    """Those that are no percentage."""
    return [one for one in sentence.quantities if one.unit not in {"%", "个百分点", "倍"}]


def written(value: Decimal, like: Quantity) -> str:
    """The value as the quantity writes its own: 4.1 of 万元, with as many places."""
    places = len(like.said.partition(".")[2])
    scaled = value / (like.step.scaleb(places))
    shown = (
        scaled.quantize(Decimal(1).scaleb(-places))
        if scaled == scaled.quantize(Decimal(1).scaleb(-places))
        else scaled.normalize()
    )
    return f"{shown:,f}" if "," in like.said else f"{shown:f}"


def agree(right: Decimal, said: Quantity, slack: Decimal = Decimal(0)) -> bool:
    """Whether the figure is this one, however it was rounded or cut."""
    return abs(right - said.n) < said.step + slack
