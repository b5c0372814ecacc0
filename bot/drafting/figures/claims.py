"""Changes and shares that a text claims, worked out again from the figures it gives with them. Pure.

增加4830元，增长12.5% after 43470元 means 4830÷(43470-4830). Only what the text itself gives is used, within one sentence; a
claim whose base is not there is left alone, as is one beside a mask or a number that is not exact (20余).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.drafting.figures.reading import read
from bot.drafting.figures.rounding import exact, percent, plain
from bot.drafting.figures.stated import Figure
from bot.drafting.model import Fact
from ingest.text import sentences

_SHORT = 2  # characters: 约, 仅, 比例
_BACK = 40  # figures before a claim that it may rest on
_CHANGE = re.compile(
    r"(?:比|较)(?:上年|去年|上一年|前一年|20\d\d年|上年同期|去年同期)(?:度|末|底)?(?:同期)?(?P<way>净?增加|净?减少|多|少|增|减)了?$|同比(?P<way2>增加|减少)了?$"
)
_RATE = re.compile(r"^[，、,]?(?:同比)?(?:增长|下降|增幅|降幅|上升|增加|减少)(?:率)?(?:为|达|了|达到)?$")
_SHARE = re.compile(r"占(?:比|总数的?|全部的?|[^，。；、]{0,12}的)?$")
_KIND_RATE = re.compile(r"(?P<word>[\u4e00-\u9fff]{2})率(?:为|达|达到)?$")
_FROM = re.compile(r"由(?:上年的?|去年的?|年初的?|原来的?|过去的?)?$")
_TO = re.compile(r"^(?:提高|降低|上升|下降|增加|减少|压减|缩短|增长|降|升)?(?:到|至|为)$")
_BY = re.compile(r"^[，,](?:增长|下降|提高|减少|降低|缩短|压减|增加|上升)了?$")


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure of `text` that its own figures contradict, and the calculation (Chinese) that shows it."""

    start: int
    end: int
    text: str
    calculation: str


def wrong_claims(text: str) -> tuple[Claim, ...]:
    """Every claimed change or share that does not follow from the sentence it stands in."""
    found: list[Claim] = []
    for start, end in sentences(text):
        sentence = text[start:end]
        found += [
            Claim(start + claim.start, start + claim.end, claim.text, claim.calculation)
            for claim in _claims(sentence)
        ]
    return tuple(found)


def claim_warnings(facts: Sequence[Fact]) -> tuple[str, ...]:
    """A sentence for the writer for each claim of a given fact that its own figures contradict."""
    return tuple(
        f"{fact.where}写的是“{claim.text}”，按同一句里的数应为{claim.calculation}，请核对。"
        for fact in facts
        for claim in wrong_claims(fact.text)
    )


def _claims(text: str) -> Iterator[Claim]:
    figures = [
        figure for figure in read(text) if figure.kind in {"quantity", "share"} and figure.low == figure.high
    ]
    usable = [figure for figure in figures if not figure.masked and not figure.more]
    for at, figure in enumerate(usable):
        before = text[usable[at - 1].end if at else 0 : figure.start]
        earlier = usable[max(0, at - _BACK) : at]
        if figure.unit == "%":
            claim = (
                _grown(text, figure, before, earlier)
                or _from_to(text, figure, before, earlier)
                or _share(text, figure, before, earlier)
            )
        else:
            claim = _from_to(text, figure, before, earlier)
        if claim:
            yield claim


def _grown(text: str, figure: Figure, before: str, earlier: Sequence[Figure]) -> Claim | None:
    """N, 比上年增加D, 增长R%: R is D of N less D."""
    if len(earlier) < 2 or not _RATE.match(before):
        return None
    now, change = earlier[-2], earlier[-1]
    way = _CHANGE.search(text[now.end : change.start])
    if not way or now.unit != change.unit or now.unit == "%":
        return None
    more = "增" in (way["way"] or way["way2"]) or "多" in (way["way"] or way["way2"])
    whole, part = exact(now.low), exact(change.low)
    base = whole - part if more else whole + part
    if base <= 0:
        return None
    worked = f"{plain(part)}÷（{plain(whole)}{'-' if more else '+'}{plain(part)}）"
    return _unlike(figure, part, base, worked)


def _from_to(text: str, figure: Figure, before: str, earlier: Sequence[Figure]) -> Claim | None:
    """由A降到B，减少R: R is the difference, or in % that of A; of two rates, percentage points."""
    if len(earlier) < 2 or not _BY.match(before):
        return None
    old, new = earlier[-2], earlier[-1]
    if (
        old.unit != new.unit
        or not _TO.match(text[old.end : new.start])
        or not _FROM.search(text[max(0, old.start - 8) : old.start])
    ):
        return None
    one, other = exact(old.low), exact(new.low)
    difference = abs(other - one)
    worked = f"{plain(max(one, other))}-{plain(min(one, other))}"
    if figure.unit == "%" and old.unit != "%" and one:
        return _unlike(figure, difference, one, f"（{worked}）÷{plain(one)}")
    if (
        figure.unit in {old.unit, "百分点" if old.unit == "%" else old.unit}
        and exact(figure.low) != difference
    ):
        return Claim(figure.start, figure.end, figure.text, f"{worked}={plain(difference)}")
    return None


def _share(text: str, figure: Figure, before: str, earlier: Sequence[Figure]) -> Claim | None:
    """Of N n, 占R%; N, 办结n, 办结率R%: one of the wholes named before must give R."""
    rate = _KIND_RATE.search(before)
    if not earlier or not (_SHARE.search(before) or rate):
        return None
    part = earlier[-1]
    wholes = [one for one in earlier[:-1] if one.unit == part.unit and one.low >= part.low and one.low > 0]
    if rate:
        wholes = wholes[-1:]
        if not wholes or rate["word"] not in text[wholes[-1].end : figure.start - len(rate[0])]:
            return None
    if not wholes or part.unit in {"%", "岁", "年", "天"} or (not rate and _of_others(text, before, part)):
        return None
    claims = [
        _unlike(figure, exact(part.low), exact(one.low), f"{plain(exact(part.low))}÷{plain(exact(one.low))}")
        for one in wholes
    ]
    return claims[-1] if all(claims) else None


def _of_others(text: str, before: str, part: Figure) -> bool:
    """讲党课4次，参加学习的党员占92%: who makes up the share is named anew, so it is not a share of what was counted before."""
    subject = before.rpartition("占")[0].strip("，、；：,;（( ").removesuffix("的")
    return len(subject) > _SHORT and subject not in text[: part.start]


def _unlike(figure: Figure, part: Decimal, whole: Decimal, worked: str) -> Claim | None:
    """A claim where the rate, rounded to as many places as the text gives, is another one."""
    places = len(figure.text.rstrip("%％").partition(".")[2])
    rate, exactly = percent(part, whole, places)
    if exact(figure.low) == exact(float(rate)):
        return None
    return Claim(figure.start, figure.end, figure.text, f"{worked}{'=' if exactly else '≈'}{rate}%")
