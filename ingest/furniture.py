"""What stands on every page and is no part of the text: headers, footers, page numbers, watermarks. Pure.

Told by repetition alone: a line that the outermost lines of several pages share, or whose number counts with the pages.
What a document would lose is kept: articles and numbered points always, and of a title, a chapter's heading or a
table's head that runs along as a header the first.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.text import COUNTING, ORDINAL, parse_number
from ingest.wraps import columns, is_cells, is_date_line

NUMBER_REASON = "页码"
EDGE_REASON = "每页重复的页眉或页脚"
WATERMARK_REASON = "每页重复的水印"

_EDGE = 4  # outermost lines of a page, at most, that may be its header or footer; a quarter of a short page's, but two
_LONGEST = 60  # characters of a header
_LEAST_PAGES = 3  # that share a header; two pages may begin alike by chance
_LONGEST_GAP = 2  # pages from one to the next: left and right pages may have headers of their own
_WATERMARK = 20  # characters
_NEARLY_ALL = 0.8  # share of the pages that show a watermark
_MOST_WATERMARKS = 2  # different ones; where more repeats inside the pages, they are forms
_CELL = 20  # half-width columns; half of the lines of running text are longer
_MOST_INSIDE = 0.2  # occurrences inside the pages for each at an edge; what stands there more often is text
_BUNDLE = 0.5  # share of pages ending in a date: letters, one a page, whose heads and feet are theirs

_DIGITS = re.compile(r"\d+")
_PAGE_IN_WORDS = re.compile(rf"(?<=[第共])[{ORDINAL}]+(?=页)")
_DASH = r"[-—–－─~～·•一]"
# A line that says by its form that it is a page number, and one that may be something else.
_PLAIN_FORM = re.compile(
    rf"{_DASH}+#{_DASH}+|第#页(?:[,，/]?共#页)?|共#页[,，/]?第#页|(?i:page)#(?:(?i:of)#)?"
)
_NUMBER_APART = re.compile(r"^\d+(?:\s|[|｜·•—–-])|(?:\s|[|｜·•—–-])\d+$")
_LEAST_WORDS = 5  # letters of a header beside its page number
_BARE_FORM = re.compile(r"#(?:/#)?")
_NEVER = re.compile(
    rf"\s*(?:第[{ORDINAL}\d]+条|[{COUNTING}]+、|[（(][{COUNTING}\d]+[）)]|\d{{1,2}}[.．、]\s*\D)"
)
_DIVISION = re.compile(rf"\s*第\s*[{ORDINAL}\d]+\s*(?:分编|编|章|节|部分|单元|讲)")
_TITLE = re.compile(
    r"(?:党章|章程|准则|条例|规定|办法|规则|细则|规程|法|通知|意见|报告|方案|决定|决议|公告|通报|函|纪要|要点|总结|计划|制度|规范"
    r"|汇编|手册|讲话|公报|指南|解读|说明|预案|书|表|册|单)(?:[（(][^（）()]{1,12}[）)])?$"
)
_RUNNING = re.compile("[，。；]")  # no header has them
_SENTENCE_END = "。；！？，、：:;,"


@dataclass(frozen=True, slots=True)
class _Seen:
    """An edge line: where it stands, and the numbers in it (its form has # in their place).

    `place` counts lines from the page's upper edge (0, 1 …) or from its lower (-1, -2 …).
    """

    index: int
    page: int
    numbers: tuple[int, ...]
    place: int


def furniture(lines: Sequence[str], pages: Sequence[int | None]) -> dict[int, str]:
    """Which lines are no part of the text, with the reason: index -> reason. `pages[i]` is None for what never is."""
    by_page: dict[int, list[int]] = defaultdict(list)
    for index, page in enumerate(pages):
        if page is not None and lines[index].strip():
            by_page[page].append(index)
    if not by_page:
        return {}
    lengths = sorted(map(len, by_page.values()))
    edge = max(2, min(_EDGE, lengths[len(lengths) // 2] // 4))
    cells = _is_cells(lines, by_page)
    numbers, repeated = _candidates(lines, by_page, edge, _on_most(by_page) if cells else _LEAST_PAGES)
    bundle = _is_bundle(lines, by_page, numbers)
    if bundle:
        repeated = set()
    found: dict[int, str] = {}
    for indexes in by_page.values():
        for outermost in (indexes[:edge], indexes[: -edge - 1 : -1]):
            for index in outermost:
                if index not in numbers and index not in repeated:
                    break
                found[index] = NUMBER_REASON if index in numbers else EDGE_REASON
    _keep_first(lines, by_page, found)
    if not bundle and not cells:
        found |= dict.fromkeys(_watermarks(lines, by_page, found), WATERMARK_REASON)
    return found


def _on_most(by_page: Mapping[int, Sequence[int]]) -> float:
    return max(_LEAST_PAGES, _NEARLY_ALL * len(by_page))


def _candidates(
    lines: Sequence[str], by_page: Mapping[int, Sequence[int]], edge: int, least_pages: float
) -> tuple[set[int], set[int]]:
    """Edge lines that are page numbers, and those that repeat on so many pages."""
    forms: dict[str, list[_Seen]] = defaultdict(list)
    for page, indexes in by_page.items():
        for place in (*range(edge), *range(-edge, 0)):
            index = indexes[place] if -len(indexes) <= place < len(indexes) else None
            if index is not None and len(lines[index]) <= _LONGEST and not _NEVER.match(lines[index]):
                form, figures = _form(lines[index])
                forms[form].append(_Seen(index, page, figures, place))
    numbers: set[int] = set()
    repeated: set[int] = set()
    everywhere = Counter(lines[index].strip() for indexes in by_page.values() for index in indexes)
    for form, seen in forms.items():
        text = lines[seen[0].index].strip()
        if text[-1] in _SENTENCE_END or is_date_line(text):
            continue
        counting = _counting(form, seen, len(by_page)) if _may_count(form, text) else set()
        numbers |= counting
        at_edges = {one.index: lines[one.index].strip() for one in seen}
        inside = sum(everywhere[wording] for wording in set(at_edges.values())) - len(at_edges)
        is_text = _RUNNING.search(text) is not None or _BARE_FORM.fullmatch(form) is not None
        if not is_text and inside <= _MOST_INSIDE * len(at_edges):
            repeated |= _repeating([one for one in seen if one.index not in counting], least_pages)
    return numbers, repeated


def _may_count(form: str, text: str) -> bool:
    """A number alone, or at an end of a header with a gap between; not 案例1, 表 2, which may stand one on a page."""
    if _PLAIN_FORM.search(form) or _BARE_FORM.fullmatch(form):
        return True
    words = len(form.replace("#", ""))
    return words >= _LEAST_WORDS and _NUMBER_APART.search(unicodedata.normalize("NFKC", text)) is not None


def _form(line: str) -> tuple[str, tuple[int, ...]]:
    """The line without spaces, its numbers replaced by #, and the numbers."""
    squeezed = "".join(unicodedata.normalize("NFKC", line).split())
    squeezed = _PAGE_IN_WORDS.sub(lambda match: str(parse_number(match[0]) or match[0]), squeezed)
    return _DIGITS.sub("#", squeezed), tuple(int(found[:9]) for found in _DIGITS.findall(squeezed))


def _counting(form: str, seen: Sequence[_Seen], page_count: int) -> set[int]:
    """Those in which one number goes up with the pages while the others stay."""
    plain, bare = _PLAIN_FORM.fullmatch(form) is not None, _BARE_FORM.fullmatch(form) is not None
    found: set[int] = set()
    for place in range(form.count("#")):
        groups: dict[tuple[int, ...], list[_Seen]] = defaultdict(list)
        for one in seen:
            rest = (*one.numbers[:place], one.numbers[place] - one.page, *one.numbers[place + 1 :])
            groups[rest].append(one)
        for key, group in groups.items():
            total = len({one.page for one in group})
            least = 2 if plain or total == page_count else _LEAST_PAGES
            certain = plain and key[place] == 0 and (len(key) == 1 or max(key) >= page_count)
            enough = total >= least and (not bare or _is_throughout(group, key[place], page_count))
            if enough or certain:
                found |= {one.index for one in group}
    return found


def _is_throughout(group: Sequence[_Seen], ahead: int, page_count: int) -> bool:
    """Whether a bare number, which a table or a list of years may end with, too, stands on all pages but a few."""
    pages = {one.page for one in group}
    spanned = max(pages) - min(pages) + 1
    return abs(ahead) < 1000 and 2 * len(pages) >= page_count and len(pages) >= _NEARLY_ALL * spanned


def _repeating(seen: Sequence[_Seen], least_pages: float) -> set[int]:
    """Those of one wording, in one place of so many pages that follow each other or take turns."""
    same: dict[tuple[int, ...], list[_Seen]] = defaultdict(list)
    for one in seen:
        same[one.place, *one.numbers].append(one)
    found: set[int] = set()
    for group in same.values():
        for run in _runs(group):
            if len({one.page for one in run}) >= least_pages:
                found |= {one.index for one in run}
    return found


def _runs(group: Sequence[_Seen]) -> Iterator[list[_Seen]]:
    run: list[_Seen] = []
    for one in sorted(group, key=lambda seen: (seen.page, seen.index)):
        if run and one.page - run[-1].page > _LONGEST_GAP:
            yield run
            run = []
        run.append(one)
    yield run


def _is_bundle(lines: Sequence[str], by_page: Mapping[int, Sequence[int]], numbers: Collection[int]) -> bool:
    """Whether every page or two is a letter or form of its own, which begins and ends like the others."""
    ends = 0
    for indexes in by_page.values():
        body = [index for index in indexes if index not in numbers]
        ends += bool(body) and is_date_line(lines[body[-1]])
    return ends >= 2 and ends >= _BUNDLE * len(by_page)


def _is_cells(lines: Sequence[str], by_page: Mapping[int, Sequence[int]]) -> bool:
    """Whether the pages hold a table of which each cell became a line: cells repeat, and are the text."""
    widths = sorted(columns(lines[index].strip()) for indexes in by_page.values() for index in indexes)
    return widths[len(widths) // 2] < _CELL


def _keep_first(lines: Sequence[str], by_page: Mapping[int, Sequence[int]], found: dict[int, str]) -> None:
    """Takes back the first of a title, a chapter's heading or a table's head, unless the text has it elsewhere, too."""
    kept = {_form(line)[0] for index, line in enumerate(lines) if index not in found}
    done: set[str] = set()
    for indexes in by_page.values():
        for index in reversed(
            indexes
        ):  # of a header and a title of the same words the title stands further in
            text, form = lines[index].strip(), _form(lines[index])[0]
            if found.get(index) != EDGE_REASON or form in done or form in kept:
                continue
            if _TITLE.search(text) or _DIVISION.match(text) or is_cells(text):
                del found[index]
                done.add(form)


def _watermarks(
    lines: Sequence[str], by_page: Mapping[int, Sequence[int]], found: Mapping[int, str]
) -> set[int]:
    """Short lines inside the pages that stand on nearly all of them; none where many do: those are forms."""
    where: dict[str, list[int]] = defaultdict(list)
    on: Counter[str] = Counter()
    for indexes in by_page.values():
        inside = [index for index in indexes if index not in found]
        for index in inside:
            where[lines[index].strip()].append(index)
        on.update({lines[index].strip() for index in inside})
    least = _on_most(by_page)
    often = [text for text, count in on.items() if count >= least and len(where[text]) == count]
    if len(often) > _MOST_WATERMARKS:
        return set()
    return {index for text in often if _may_be_watermark(text) for index in where[text]}


def _may_be_watermark(text: str) -> bool:
    fits = 2 <= len(text) <= _WATERMARK and text[-1] not in _SENTENCE_END
    structure = _NEVER.match(text) or _DIVISION.match(text) or is_date_line(text) or is_cells(text)
    return fits and not structure and re.search(r"[^\W\d_]", text) is not None
