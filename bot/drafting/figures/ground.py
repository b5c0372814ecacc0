"""Every figure of a sentence on a fact, a source or a calculation, or in its place the mark 〔待核实〕. Pure.

The same number is not enough: it must count the same thing (发展党员6名 carries no 处分6名), with the same unit, of the
same year where both name one. Words are compared by characters, as no one writes 发展党员 twice the same way.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.drafting.figures.ahead import without_next
from bot.drafting.figures.beside import Beside, Said, said
from bot.drafting.figures.lead import lead_of
from bot.drafting.figures.stated import Figure
from bot.drafting.figures.units import MASKED
from bot.drafting.figures.wording import thing as thing_of
from bot.drafting.model import PENDING, Calculation, DraftFigure, Fact, Ground
from bot.model import Citation
from bot.verify.daywords import days_in_words

# How much of the words that name a thing must be found where the figure is taken from: three of four characters, for
# 预备党员 and 发展党员 share two. A number of four digits and more hardly ever stands twice by chance.
_SAME_THING, _RARE, _IN_SOURCE = 0.7, 0.3, 0.5
_CLEARLY = 0.1  # how much better another number must fit to say that this one is wrong
_YEAR = re.compile(r"(20\d\d)年度?")
_SHARE_OF = re.compile("占|比例|比重|率")
_DATED, _OF_WHAT = re.compile(r"20\d\d年度?"), re.compile("占|比|合计")
_UP, _DOWN = re.compile("增加|增长|提高|上升|净增|多|增"), re.compile("减少|下降|降低|缩短|压减|净减|少|降")


@dataclass(frozen=True, slots=True)
class Support:
    """A figure that may carry another: where it stands, numbered as in the draft, and what it counts."""

    ground: Ground
    n: int
    said: Said
    text: str


def ground(
    text: str,
    facts: Sequence[Fact],
    calculations: Sequence[Calculation] = (),
    citations: Sequence[Citation] = (),
    *,
    given: str = "",
    year: int = 0,
) -> tuple[str, tuple[DraftFigure, ...]]:
    """The text, with the mark in the place of each number that nothing carries, and all its figures.

    `given`: words of the request (title, period, date); what they carry is of ground "fact" with n 0. `year`: the year the
    draft is about, which a sentence without a year is said of. Grounding the result again changes nothing. A count before a list
    (三个方面：) that nothing carries is left as it is, pending: `bot.drafting.counting` holds it against the list.
    """
    supports = _supports(tuple(facts), tuple(calculations), tuple(citations), given, year)
    lead = lead_of(text)
    out: list[str] = []
    found: list[DraftFigure] = []
    length = at = 0
    for one_start, one_end, one in _in_order(text, year):
        support = _support(text, one, supports) if one else None
        counts = lead is not None and lead.start <= one_start < lead.stop  # its list says whether it is right
        open_ = one is not None and not support and not counts
        start, end = _left_open(text, one.figure) if one and open_ else (one_start, one_end)
        shown = PENDING if one and open_ and not one.figure.masked else text[start:end]
        out += (text[at:start], shown)
        length += start - at
        kind, n = (support.ground, support.n) if support else ("pending", 0)
        found.append(DraftFigure(length, length + len(shown), shown, kind, n))
        length, at = length + len(shown), end
    return "".join([*out, text[at:]]), tuple(found)


def _in_order(text: str, year: int) -> list[tuple[int, int, Said | None]]:
    """The figures and the marks that already stand there (None), in reading order."""
    marks: list[tuple[int, int, Said | None]] = [
        (*mark.span(), None) for mark in re.finditer(re.escape(PENDING), text)
    ]
    return sorted(
        [*marks, *((one.figure.start, one.figure.end, one) for one in said(text, year))],
        key=lambda item: item[:2],
    )


def _left_open(text: str, figure: Figure) -> tuple[int, int]:
    """The number of a figure without its unit; of a masked one the mask, of X至X名 it is X至X."""
    if not figure.masked:
        return figure.core_start, figure.core_end
    masks = [found.span() for found in MASKED.finditer(text, figure.start, figure.end)]
    return masks[0][0], masks[-1][1]


@lru_cache(maxsize=8)  # the sentences of a draft are grounded one by one on the same material
def _supports(
    facts: tuple[Fact, ...],
    calculations: tuple[Calculation, ...],
    citations: tuple[Citation, ...],
    given: str,
    year: int,
) -> dict[str, list[Support]]:
    """Every figure that may carry another, by its unit; masked ones carry none."""
    supports: dict[str, list[Support]] = defaultdict(list)
    for kind, n, text, at in _materials(facts, calculations, citations, given, year):
        for one in said(text, at):
            # A calculation names years (党员2026年比2025年增加) to say what it is about; it does not work them out.
            if not one.figure.masked and not (kind == "calculated" and one.label):
                supports[one.figure.unit].append(Support(kind, n, one, text))
    return dict(supports)


def _materials(
    facts: Sequence[Fact],
    calculations: Sequence[Calculation],
    citations: Sequence[Citation],
    given: str,
    year: int,
) -> Iterator[tuple[Ground, int, str, int]]:
    """Ground, number, text, and the year that text is about. The report of a year says in its title which."""
    for fact in facts:
        told = days_in_words(fact.text)
        yield "fact", fact.n, told, year
        if (shorter := without_next(told)) != told:  # 下一步，我们将引进1家…: what is counted is what is 引进
            yield "fact", fact.n, shorter, year
    for calculation in calculations:
        yield "calculated", calculation.n, f"{calculation.text.partition('：')[0]}：{calculation.result}", 0
    for citation in citations:
        titled = _YEAR.search(citation.title) if citation.article is None else None
        yield "source", citation.n, days_in_words(citation.quote), int(titled[1]) if titled else 0
        yield "source", citation.n, " ".join(filter(None, (citation.title, citation.article))), 0
    if given:
        yield "fact", 0, given, 0


def _support(text: str, one: Said, supports: dict[str, list[Support]]) -> Support | None:
    """What carries the figure best; a fact before a calculation before a source where they fit alike.

    None where another number fits better: 第一党支部36名 has no ground where 36名 is said of the second and 42名 of the first.
    """
    if one.figure.masked:
        return None
    candidates = [*supports.get(one.figure.unit, ()), *(supports.get("", ()) if _counted(one.figure) else ())]
    best, best_fit, rival_fit = None, 0.0, 0.0
    for support in candidates:
        if same_value(one.figure, support.said.figure):
            fit = _fit(text, one, support)
            if fit > best_fit:
                best, best_fit = support, fit
        elif support.ground == "fact" and support.n and not one.label:
            rival_fit = max(rival_fit, _fit(text, one, support))
    rivalled = best is not None and best.ground != "calculated" and rival_fit > best_fit + _CLEARLY
    return None if rivalled else best


def same_value(one: Figure, other: Figure) -> bool:
    """12.5% = 百分之十二点五; 12月31日 is carried by 2025年12月31日; 20余名 is not 20名."""
    if one.unit == "date" and other.unit == "date":
        return _same_day(one.low, other.low) and (_same_day(one.high, other.high) if one.high else True)
    return one.more == other.more and _equal(one.low, other.low) and _equal(one.high, other.high)


def _equal(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 * max(1.0, abs(one))


def _same_day(one: float, other: float) -> bool:
    """Whether the other date says all that this one does."""
    parts = (
        (one // 10000, other // 10000),
        (one % 10000 // 100, other % 10000 // 100),
        (one % 100, other % 100),
    )
    return all(part in {0, whole} for part, whole in parts)


def _counted(figure: Figure) -> bool:
    """A figure given without a unit (a cell that says 181) carries what counts things, no money, no rate."""
    return figure.kind == "quantity" and figure.unit not in {"%", "百分点", "元", "年", "天", "岁"}


def _fit(text: str, one: Said, support: Support) -> float:
    """How well the two count the same thing, 0 where they do not."""
    mine, theirs = one.beside, support.said.beside
    figure = one.figure
    if one.label:
        whole = figure.low >= 10000 or figure.kind == "reference" or not mine.wide
        shared = _part(mine.wide, theirs.wide)
        return (1.0 if whole or support.n == 0 or shared >= _RARE else 0.0) + shared
    if support.ground == "calculated":
        return _fit_calculated(text, one, support)
    if mine.year != theirs.year and ((mine.year and theirs.year) or -1 in {mine.year, theirs.year}):
        return 0.0
    return _fit_source(mine, theirs) if support.ground == "source" else _fit_fact(figure, mine, theirs)


def _fit_source(mine: Beside, theirs: Beside) -> float:
    """A source is worded in its own way, and what is cited from it is verified apart."""
    if not mine.core and not mine.wide:
        return 0.0
    words = mine.core or mine.wide
    forward = max(_part(words, theirs.near), _SAME_THING * _part(words, theirs.wide))
    return forward + _part(theirs.core, mine.near) if forward >= _IN_SOURCE else 0.0


def _fit_fact(figure: Figure, mine: Beside, theirs: Beside) -> float:
    """The words of each must be found about the other, and the same must have been done."""
    digits = len(f"{figure.low:g}".strip("0").replace(".", ""))
    rare = figure.unit != "%" and digits >= 4
    needed = _IN_SOURCE if rare else _SAME_THING
    returned = _RARE if rare else _IN_SOURCE if digits == 3 and figure.unit != "%" else _SAME_THING
    unlike = mine.acts.isdisjoint(theirs.acts) and bool(mine.acts or theirs.acts)
    if unlike and not (rare and not (mine.acts and theirs.acts)):
        return 0.0
    forward, backward = _named_in(mine, theirs), _named_in(theirs, mine)
    if not mine.name and not mine.acts.isdisjoint(
        theirs.acts
    ):  # ，148个达标: the thing is named in a clause before
        forward = max(forward, _part(theirs.core, mine.wide))
    nameless = not mine.core and _part(mine.wide, theirs.wide) < _SAME_THING
    if nameless or forward < needed or backward < returned:
        return 0.0
    alike = len(mine.near & theirs.near) / (len(mine.near | theirs.near) or 1)
    return forward + backward + alike / 2 + 1.0


def _fit_calculated(text: str, one: Said, support: Support) -> float:
    """A change is said of the thing it was worked out for, and in its direction: 增加2名 is no 减少2名, 占20% no 增长20%."""
    head = support.text.partition("：")[0]
    before = text[max(0, one.figure.start - 8) : one.figure.start]
    if any(other.search(before) and own.search(head) for other, own in ((_UP, _DOWN), (_DOWN, _UP))):
        return 0.0
    if ("占" in head) != bool(_SHARE_OF.search(before)) and "合计" not in head:
        return 0.0
    thing = _OF_WHAT.split(_DATED.sub("", head))[0]
    shared = _part(frozenset(thing_of(thing)), one.beside.wide)
    nearest = (text.rfind(thing, 0, one.figure.start) + 1) / (
        len(text) + 1
    )  # of two things the one named last
    return 0.5 + shared + nearest if shared >= _SAME_THING else 0.0


def _named_in(one: Beside, other: Beside) -> float:
    """How much of the words that name the thing of one are about the other."""
    whole = _part(one.core, other.near)
    return max(whole, _part(one.short, other.near)) if one.short else whole


def _part(wanted: frozenset[str], there: frozenset[str]) -> float:
    """How much of what is wanted is there; all of nothing."""
    return len(wanted & there) / len(wanted) if wanted else 1.0
