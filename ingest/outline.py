"""The structure a document gives itself: 编章节条, or 一、（一）1.（1）, or Markdown headings - as a flat list.

Sections come in reading order; `rank` says how deep (smaller = higher), `end` is where the section's whole
subtree ends. An article starts only where 第X条 stands at a line's start and fits the sequence, so that a
cross-reference such as 依照本条例第八条 - in running text or thrown to a line's start by a hard line break -
never opens one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.model import Block, Section
from ingest.rising import longest_rising
from ingest.text import COUNTING, NUMERAL, article_label, parse_number

OUTLINE_RULES = 1  # part of the index fingerprint: raise it when a change here alters chunks

_N = rf"[{NUMERAL}\d]+"
_GAP = r"[^\S\n]*"  # every white space of a line: laws are set with \u2002 and \u3000 too
_ARTICLE = re.compile(
    rf"^{_GAP}(?:\*\*)?第{_GAP}({_N}){_GAP}条(?:{_GAP}之{_GAP}([{COUNTING}]+)(?![年月日天种类个些项款人]))?(?:\*\*)?(.?)",
    re.MULTILINE,
)
# What follows 第X条 in a reference, never after the number of an article.
_REFERENCE_TAIL = re.compile(r"[的、和或及至到第款项规所中之]|以[外及上下前后](?!级)|与第|与本")
_DIVISION = re.compile(
    rf"^{_GAP}第{_GAP}{_N}{_GAP}(分编|编|章|节)(?![的规、和与或及至到中所])([^\n。；，]{{0,40}})$",
    re.MULTILINE,
)
_DIVISION_RANK = {"编": 1, "分编": 2, "章": 3, "节": 4}
_DIVISION_KIND = {"编": "book", "分编": "part", "章": "chapter", "节": "section"}
_ARTICLE_RANK = 5
_LEVELS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (6, re.compile(rf"^{_GAP}([{NUMERAL}]{{1,3}}、)", re.MULTILINE)),
    (7, re.compile(rf"^{_GAP}([（(][{NUMERAL}]{{1,3}}[）)])", re.MULTILINE)),
    (8, re.compile(rf"^{_GAP}(\d{{1,2}}[.．、])(?!\d)", re.MULTILINE)),
    (9, re.compile(rf"^{_GAP}([（(]\d{{1,2}}[）)])", re.MULTILINE)),
)
_HEADING_CHARACTERS = 46  # a run-in heading ends at its first 。 within this; longer is body text


@dataclass(frozen=True, slots=True)
class _Mark:
    """A place where a section starts, before ranks are turned into paths."""

    start: int
    rank: int
    kind: str
    label: str
    heading: str


def outline(text: str, blocks: Sequence[Block] = ()) -> list[Section]:
    """Sections of `text` in reading order, subtrees nested by `path`. Text before the first one is no section."""
    marks = list(_articles(text))
    marks += _divisions(text) if marks else ()
    marks += _format_headings(text, blocks, taken={mark.start for mark in marks})
    if not any(mark.kind == "article" for mark in marks):
        marks += _divisions(text)
        marks += _numbered_headings(text, taken={mark.start for mark in marks})
    return _nest(text, sorted({mark.start: mark for mark in marks}.values(), key=lambda mark: mark.start))


def _articles(text: str) -> Iterator[_Mark]:
    found: list[tuple[int, int, int, bool]] = []  # start, number, sub-number, set off by white space
    for match in _ARTICLE.finditer(text):
        number, tail = parse_number(match[1]), match[3]
        set_off = tail == "" or tail.isspace() or tail in "【（(：:《"
        if number and (set_off or not _REFERENCE_TAIL.match(text, match.start(3))):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            found.append((start, number, parse_number(match[2]) or 0 if match[2] else 0, set_off))
    for run in _sequences(found):
        for start, number, sub, _ in run:
            label = article_label(number, sub)
            yield _Mark(start, _ARTICLE_RANK, "article", label, label)


def _sequences(found: list[tuple[int, int, int, bool]]) -> Iterator[list[tuple[int, int, int, bool]]]:
    """The runs of article numbers that rise; a new run starts where 第一条 stands again (an annex, a second text).

    Of candidates that do not fit together the longest rising chain is kept. A single article other than
    第一条 is a quotation, not a regulation.
    """
    runs: list[list[tuple[int, int, int, bool]]] = [[]]
    for index, candidate in enumerate(found):
        restarts = candidate[1:3] == (1, 0) and candidate[3] and runs[-1] and runs[-1][-1][1] > 1
        if restarts and index + 1 < len(found) and found[index + 1][1] == 2:
            runs.append([])
        runs[-1].append(candidate)
    for run in runs:
        chain = _longest_rising(run)
        if chain and (chain[0][1] == 1 or len(chain) >= 2):
            yield chain


def _longest_rising(run: list[tuple[int, int, int, bool]]) -> list[tuple[int, int, int, bool]]:
    keys = [(number, sub) for _, number, sub, _ in run]
    if all(a < b for a, b in pairwise(keys)):
        return run
    return [run[index] for index in longest_rising(keys)]


def _divisions(text: str) -> list[_Mark]:
    marks = []
    for match in _DIVISION.finditer(text):
        unit, heading = match[1], match[0].strip()
        marks.append(
            _Mark(
                match.end() - len(match[0].lstrip()),
                _DIVISION_RANK[unit],
                _DIVISION_KIND[unit],
                heading.split()[0],
                _squeezed(heading),
            )
        )
    return marks


def _format_headings(text: str, blocks: Sequence[Block], taken: set[int]) -> list[_Mark]:
    """Headings that Markdown or Word marks as such. The document's title (first, level 1) is no section."""
    headings = [block for block in blocks if block.kind == "heading" and block.start not in taken]
    if headings and headings[0].level == 1:
        headings = headings[1:]
    marks = []
    for block in headings:
        heading = _squeezed(text[block.start : block.end])
        division = _DIVISION.match(text[block.start : block.end])
        if division:
            unit = division[1]
            marks.append(
                _Mark(block.start, _DIVISION_RANK[unit], _DIVISION_KIND[unit], heading.split()[0], heading)
            )
        else:
            marks.append(_Mark(block.start, 3 if block.level <= 2 else 4, "heading", heading, heading))
    return marks


def _numbered_headings(text: str, taken: set[int]) -> Iterator[_Mark]:
    for rank, pattern in _LEVELS:
        for match in pattern.finditer(text):
            start = match.start(1)
            if start not in taken:
                yield _Mark(start, rank, "heading", match[1], _run_in_heading(text, start))


def _run_in_heading(text: str, start: int) -> str:
    """一、重点工作。今年以来…… has the heading 一、重点工作; a heading on its own line is the line."""
    line_end = text.find("\n", start)
    line = text[start : line_end if line_end >= 0 else len(text)].strip()
    if len(line) <= _HEADING_CHARACTERS and not line.endswith(("。", "；")):
        return _squeezed(line)
    stop = min((at for at in (line.find(mark) for mark in "。：；") if at > 0), default=-1)
    if 0 < stop <= _HEADING_CHARACTERS:
        return _squeezed(line[:stop])
    return _squeezed(line[:24]) + "…"


def _squeezed(heading: str) -> str:
    return re.sub(r"\s+", " ", heading).strip()


def _nest(text: str, marks: list[_Mark]) -> list[Section]:
    sections: list[Section] = []
    above: list[_Mark] = []
    for index, mark in enumerate(marks):
        while above and above[-1].rank >= mark.rank:
            above.pop()
        end = next((later.start for later in marks[index + 1 :] if later.rank <= mark.rank), len(text))
        label = mark.label if mark.kind == "article" or len(mark.label) < 12 else None
        sections.append(
            Section(mark.kind, label, mark.heading, mark.start, end, tuple(m.heading for m in above))
        )
        above.append(mark)
    return sections
