"""The figures of a sentence with the words that stand before them, and whether two sentences differ in one. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from ingest.text import NUMERAL, parse_number, search_form

_NEAR = 10  # characters before a figure that tell what it counts
_MOST = 20  # figures of a sentence that are read
_FILLER = re.compile(
    r"(?:为|是|在|于|应当|应|须|必须|可以|时间|时长|期限|期|一般|最长|最短|不能|原则上|的|达到)+$"
)
_ALIKE = 0.5  # of the pairs of two sentences that differ in 应当 and 可以 only
_FIGURE = re.compile(
    rf"(?P<bound>不少于|不得少于|不低于|不得低于|至少|不超过|不得超过|最长不超过|以内)?(?<![{NUMERAL}半\d.])(?P<number>\d+(?:\.\d+)?|[{NUMERAL}半]+)"
    r"(?P<unit>个?工作日|个?月|周年|年(?![度月])|天|日|周|学时|小时|名|人|次|元|%)(?P<after>以内|内|以上|以下)?"
)
_DAY = re.compile(r"(?:19|20)\d\d年|\d{1,2}月\d{1,2}日|[〇零○一二三四五六七八九]{4}年")
# One measure for what can be compared: 半年 is six months, 一周 seven days; 学时 and 小时 are alike in these rules.
_UNITS = {"年": ("月", 12), "周年": ("月", 12), "月": ("月", 1), "个月": ("月", 1), "周": ("日", 7), "天": ("日", 1), "日": ("日", 1),
          "工作日": ("工作日", 1), "个工作日": ("工作日", 1), "学时": ("学时", 1), "小时": ("学时", 1), "名": ("人", 1), "人": ("人", 1),
          "次": ("次", 1), "元": ("元", 1), "%": ("%", 1)}  # fmt: skip
_SAME_KIND = ({"日", "工作日", "月"},)
_LEAST = frozenset({"不少于", "不得少于", "不低于", "不得低于", "至少", "以上"})
_MODALS = (("应当", "必须", "须"), ("可以", "可"), ("不得", "不能", "不准", "禁止"))
_CLAUSE = re.compile(r"[，；。]")
MODAL = re.compile("不得|不能|不准|禁止|应当|必须|可以")


@dataclass(frozen=True, slots=True)
class Figure:
    """`text` as it stands; `value` in `unit`; `bound`: 1 at least, -1 at most, 0 neither; `before` and `behind`: the words beside it."""

    text: str
    value: float
    unit: str
    bound: int
    before: str
    behind: str


def figures_in(text: str) -> list[Figure]:
    form = search_form(text)
    bare = _DAY.sub(lambda day: "，" * len(day[0]), form)  # a date counts nothing
    return [figure for match in islice(_FIGURE.finditer(bare), _MOST) if (figure := _figure(bare, match))]


def _figure(form: str, match: re.Match[str]) -> Figure | None:
    value = 0.5 if match["number"] == "半" else _value(match["number"])
    if value is None:
        return None
    unit, times = _UNITS[match["unit"]]
    bound, after = match["bound"] or "", match["after"] or ""
    least = bound in _LEAST or after == "以上"
    before = re.split(r"[。；]", form[max(0, match.start() - _NEAR) : match.start()])[-1]
    kind = 1 if least else -1 if bound or after in ("以内", "内", "以下") else 0
    behind = re.split(r"[。；，：、]", form[match.end() : match.end() + _NEAR])[0]
    return Figure(match[0], value * times, unit, kind, before, behind)


def _value(number: str) -> float | None:
    if re.fullmatch(r"\d+(?:\.\d+)?", number):
        return float(number)
    whole = parse_number(number)
    return None if whole is None else float(whole)


def differing(one: str, other: str, wanted: re.Pattern[str] | None) -> tuple[Figure, Figure] | None:
    """The first figures that count the same thing and say another; `wanted`: the kind of figure asked for.

    Where the two have any of these figures in common (村5年、其他3年 and 3年) they agree.
    """
    own, theirs = figures_in(one), figures_in(other)
    for mine in own:
        if wanted is not None and not wanted.search(mine.text):
            continue
        near = [figure for figure in theirs if _counts_alike(mine, figure)]
        also = [figure for figure in own if figure is mine or _counts_alike(mine, figure)]
        if near and not any(_says_the_same(left, right) for left in also for right in near):
            return mine, near[0]
    return None


def alike(one: str, other: str) -> float:
    """0 to 1: the share of pairs of characters that two sentences have in common, their figures left out."""
    left, right = (_pairs(_FIGURE.sub("", search_form(text))) for text in (one, other))
    return 2 * len(left & right) / max(1, len(left) + len(right))


def _counts_alike(one: Figure, other: Figure) -> bool:
    of_a_kind = one.unit == other.unit or any({one.unit, other.unit} <= kind for kind in _SAME_KIND)
    heads = _head(one.before), _head(other.before)
    behind = _pairs(one.behind), _pairs(other.behind)
    if all(behind) and not behind[0] & behind[1]:
        return False  # 三日内登记 is not 一个月内派人谈话
    return of_a_kind and heads[0] == heads[1] and (bool(heads[0]) or all(behind))


def _head(before: str) -> str:
    """The two characters that name what is counted: 公示 of 公示时间 and 公示期, 预备 of 预备期为; empty of 应当在."""
    return _FILLER.sub("", re.split(r"[，、：]", before)[-1])[-2:]


def _says_the_same(one: Figure, other: Figure) -> bool:
    return (one.value, one.unit) == (other.value, other.unit) and one.bound * other.bound >= 0


def other_modal(one: str, other: str) -> tuple[str, str] | None:
    """应当 in the one and 可以 in the other, of two sentences that say nearly the same else."""
    mine, theirs = set(_modals(one)), set(_modals(other))
    if not mine or not theirs or mine & theirs:
        return None
    left, right = _pairs(MODAL.sub("", search_form(one))), _pairs(MODAL.sub("", search_form(other)))
    if 2 * len(left & right) < 2 * _ALIKE * max(1, min(len(left), len(right))) or not left or not right:
        return None
    if 2 * len(left & right) / (len(left) + len(right)) < _ALIKE:
        return None
    return min(mine), min(theirs)


def _modals(text: str) -> Iterator[str]:
    """Those that bind; 培养联系人不能再担任的 only says when."""
    binding = "，".join(clause for clause in _CLAUSE.split(text) if not clause.endswith(("的", "时")))
    for match in MODAL.finditer(binding):
        yield next(group[0] for group in _MODALS if match[0] in group)


def _pairs(text: str) -> set[str]:
    form = "".join(filter(str.isalnum, text))
    return {form[at : at + 2] for at in range(len(form) - 1)}
