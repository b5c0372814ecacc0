"""What stands under the text against the standard: empty lines before the signature, 签名章, several issuing bodies (7.3.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.official.measure import LINE, date_and_signature
from bot.official.resolve import Shown
from bot.official.standard import LOOKS, Role

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PICTURES = (f"{_W}drawing", f"{_W}pict")
_OFFICE = re.compile(
    r"(?:书记|主任|主席|经理|董事长|理事长|会长|组长|[省市县区州旗镇乡局厅部司处科院校站队所长]长)$"
)
_SLACK = 0.3
_MOST_UNDER_A_SEAL = 4  # lines: a seal of 42 to 45 mm, whose lower half lies on the name, then begins within a line of the text

Fault = tuple[Shown, str, str, str]
Pairs = Sequence[tuple[Any, Shown]]


def sign_faults(pairs: Pairs, known: Mapping[int, Role | None]) -> Iterator[Fault]:
    """`pairs`: every paragraph with how it is shown, empty ones too; `known`: the role of each by its number."""
    date = next((at for at, (_, one) in enumerate(pairs) if known.get(one.n) == "成文日期"), None)
    if date is None:
        return
    stamp = _stamp(pairs, date)
    if stamp is not None:
        yield from _stamped(pairs, stamp, date)
        return
    names = _names(pairs, known, date)
    first = names[0] if names else date
    sealed = _is_sealed(pairs[date][1], pairs[names[-1]][1] if names else None)
    yield from _room(pairs, first, sealed=sealed)
    if len(names) > 1:
        yield from _together([pairs[at][1] for at in names], _heads(pairs, known))


def _names(pairs: Pairs, known: Mapping[int, Role | None], date: int) -> list[int]:
    """Where the issuing bodies stand, in the order of the paper."""
    found: list[int] = []
    for at in range(date - 1, -1, -1):
        one = pairs[at][1]
        if known.get(one.n) == "发文机关署名":
            found.insert(0, at)
        elif one.text:
            break
    return found


def _stamp(pairs: Pairs, date: int) -> int | None:
    """The line with 职务 and 签名章: an office's name beside a picture, right above the date."""
    for at in range(date - 1, max(-1, date - 4), -1):
        element, one = pairs[at]
        pictured = any(next(element.iter(tag), None) is not None for tag in _PICTURES)
        if pictured and (not one.text or _OFFICE.search(one.text.strip("　 \t"))):
            return at
        if one.text and not _OFFICE.search(one.text.strip("　 \t")):
            return None
    return None


def _stamped(pairs: Pairs, stamp: int, date: int) -> Iterator[Fault]:
    """7.3.5.3: two empty lines, the stamp four from the right; an empty line, the date four from the right."""
    clause, one, day = "7.3.5.3", pairs[stamp][1], pairs[date][1]
    said = next((shown for _, shown in (pairs[stamp], pairs[stamp - 1]) if shown.text), None)
    if said is None or not _OFFICE.search(said.text.strip("　 \t")):
        yield day, f"{clause} 签名章", "签名章左空二字标注签发人职务", "没有标注职务"
    empty = _empty_before(pairs, stamp)
    if empty is not None and abs(empty - 2) > _SLACK:
        yield (
            one if one.text else day,
            f"{clause} 签名章位置",
            "正文（或附件说明）下空二行",
            f"空 {empty:g} 行",
        )
    empty = _empty_before(pairs, date)
    if empty is not None and abs(empty - 1) > _SLACK:
        yield day, f"{clause} 成文日期位置", "签名章下空一行", f"空 {empty:g} 行"


def _room(pairs: Pairs, first: int, *, sealed: bool | None) -> Iterator[Fault]:
    """Without a seal one empty line (7.3.5.2); with one its top is within a line of the text (7.3.5.1). None: either may be meant."""
    one, empty = pairs[first][1], _empty_before(pairs, first)
    if empty is None or not any(shown.text for _, shown in pairs[:first]):
        return
    most = 1 if sealed is False else _MOST_UNDER_A_SEAL
    if 1 - _SLACK <= empty <= most + _SLACK:
        return
    wanted = (
        "正文（或附件说明）下空一行"
        if sealed is False
        else f"正文（或附件说明）下空一至{'一二三四'[most - 1]}行，印章顶端距正文一行之内"
    )
    clause = "7.3.5.2" if sealed is False else "7.3.5.1"
    yield (
        one,
        f"{clause} {'发文机关署名' if first else '成文日期'}与正文之间",
        wanted,
        f"空 {round(empty, 1):g} 行",
    )


def _is_sealed(date: Shown, name: Shown | None) -> bool | None:
    """As the place of the date says; None where both rules put it in the same place, or neither does."""
    gaps = {
        seal: date_and_signature(date.text, name.text if name else "", sealed=seal)[0]
        for seal in (True, False)
    }
    off = {seal: abs(date.right - gap) for seal, gap in gaps.items()}
    told = date.align in {"right", "end"} and abs(off[True] - off[False]) > _SLACK / 2
    return min(off, key=lambda seal: off[seal]) if told and min(off.values()) <= 2 * _SLACK else None


def _together(names: Sequence[Shown], heads: str) -> Iterator[Fault]:
    """联合行文: the main body first, as in 发文机关标志, the others under it; each row set as the one above it."""
    clause = LOOKS["发文机关署名"].clause
    ends = [_edge(one) for one in names]
    if max(ends) - min(ends) > 2 * _SLACK and len({one.align for one in names}) == 1 and not _centred(names):
        told = "、".join(f"{one:.1f}" for one in ends)
        yield names[0], f"{clause} 联合行文署名位置", "各机关署名依次向下整齐排列", f"右空分别为 {told} 字"
    places = [heads.find(one.text.strip()) for one in names]
    if -1 not in places and places != sorted(places):
        wanted = [name for _, name in sorted(zip(places, (one.text.strip() for one in names), strict=True))]
        found = "、".join(one.text.strip() for one in names)
        yield (
            names[0],
            f"{clause} 联合行文署名顺序",
            f"主办机关在先，同发文机关标志：{'、'.join(wanted)}",
            found,
        )


def _edge(one: Shown) -> float:
    return one.right if one.align in {"right", "end"} else one.left + one.first


def _centred(names: Sequence[Shown]) -> bool:
    """Names over one another by their middle, as under seals."""
    middles = [one.right + len(one.text) / 2 for one in names]
    return max(middles) - min(middles) <= 1


def _heads(pairs: Pairs, known: Mapping[int, Role | None]) -> str:
    """The names in 发文机关标志, in its order."""
    return "\n".join(one.text for _, one in pairs if known.get(one.n) == "发文机关标志")


def _empty_before(pairs: Pairs, at: int) -> float | None:
    """How many lines are empty between a paragraph and what has words (or a picture) before it; None where a new page begins."""
    lines = _lines(pairs[at][1].above)
    if _breaks(pairs[at][0]):
        return None
    for element, one in reversed(pairs[:at]):
        if _breaks(element):
            return None
        pictured = any(next(element.iter(tag), None) is not None for tag in _PICTURES)
        if one.text or pictured:
            return lines + _lines(one.below)
        lines += 1 + _lines(one.above) + _lines(one.below)
    return None


def _lines(twips: float) -> float:
    return twips / LINE


def _breaks(element: Any) -> bool:
    """A page, or a section, begins here; a table before it has its own end."""
    found = element.find(f"{_W}pPr/{_W}pageBreakBefore")
    on = found is not None and found.get(f"{_W}val", "1") not in {"0", "false", "off"}
    broken = any(one.get(f"{_W}type") == "page" for one in element.iter(f"{_W}br"))
    return on or broken or element.find(f"{_W}pPr/{_W}sectPr") is not None
