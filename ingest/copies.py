"""Which documents are copies of one text (转发, 翻印, the same text from several sites), and which of them stands for all.

Two steps: sketches (MinHash) say which documents may be copies, the texts themselves say which are. A document is a
copy when it has the other's text from end to end; what it may have besides is a head and a foot of its own and slips of
OCR. One changed figure, one inserted sentence, another year of the same report, another unit in the same template,
another day of force: no copy. When in doubt a document stands for itself.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache

from ingest.alignment import Folded, fold
from ingest.model import REPLACEABLE_KINDS, DocumentRow
from ingest.sameness import ARTICLE, Side, declared_year, is_copy
from ingest.sketches import alike, is_of_today
from ingest.versions import version_date

COPY_RULES = 3  # raise it when a change here or in `alignment`, `sameness` groups documents otherwise
_VAIN = (
    30  # comparisons, the most alike first, after which two that found nothing share a template and no text
)
_HIDDEN = 0xF0000  # from here on one character per document stands for those that were masked in it
_FORWARDED = re.compile(r"(?:印发|转发|翻印|下发|发布|公布).*《")
_PASSED_ON = re.compile(r"(?:转发|翻印).*《")  # what it encloses may itself be a notice that issued the text
_COPY_NAME = re.compile(
    r"副本|复制|拷贝|截断|节选|手册|换行|转载|转发|翻印|下载|扫描|copy|[（(]\d{1,2}[)）]|\.(?:html?|mhtml?)$",
    re.IGNORECASE,
)


def copies(rows: Sequence[DocumentRow], text: Callable[[str], str]) -> dict[str, str]:
    """Document id -> id of the document that stands for it, for those that do not stand for themselves.

    `text` gives a document's text by its id; it is asked only for those whose sketches are alike.
    """
    library = _Library(rows, text)
    same = library.same()
    known = [row for row in rows if row.id in same]
    near: dict[str, set[str]] = defaultdict(set)
    joined: dict[str, str] = {}  # towards the one that a group is found by
    failed: Counter[str] = Counter()
    for one, other in ((known[a].id, known[b].id) for a, b in alike([row.sketch or "" for row in known])):
        if _root(joined, one) == _root(joined, other) or min(failed[one], failed[other]) > _VAIN:
            continue  # a group is compared with its first below
        if library.are_copies(one, other):
            near[one].add(other)
            near[other].add(one)
            joined[_root(joined, one)] = _root(joined, other)
        else:
            failed.update((one, other))
    near |= {one: set() for one, all_same in same.items() if len(all_same) > 1 and one not in near}
    out: dict[str, str] = {}
    for group in _connected(near):
        stands_in = {member: one for one in group for member in same[one]}
        best = _ranked(library, stands_in)
        while best:  # who is no copy of the first may be one of the next
            first = best[0]
            taken = {one for one in best if library.are_copies(stands_in[first], stands_in[one])}
            out |= dict.fromkeys(taken - {first}, first)
            best = [one for one in best if one not in taken]
    return out


class _Library:
    """The rows by id, and what was found out about them; each text is read and each two are compared once."""

    def __init__(self, rows: Sequence[DocumentRow], text: Callable[[str], str]) -> None:
        self.rows = {row.id: row for row in rows}
        self._hidden = {
            row.id: chr(_HIDDEN + number % 0xFFFE)
            for number, row in enumerate(row for row in rows if row.personal)
        }
        self._text = text
        self._folded: dict[tuple[str, str], Folded] = {}
        self._compared: dict[frozenset[str], bool] = {}
        self._editions: dict[str, list[tuple[date, str]]] = defaultdict(list)
        for row in rows:
            if row.kind in REPLACEABLE_KINDS and (day := version_date(row)) > date.min:
                self._editions[row.work_key].append((day, row.id))
        self.side = cache(self._side)

    def _side(self, one: str) -> Side:
        return Side(self.rows[one], self.folded(one))

    def folded(self, one: str) -> Folded:
        key = (self._text(one), self._hidden.get(one, ""))
        if key not in self._folded:
            self._folded[key] = fold(*key)
        return self._folded[key]

    def same(self) -> dict[str, list[str]]:
        """Id -> the ids, its own first, of which text and all that counts are the same: one is compared for them."""
        by_sketch: dict[str, list[DocumentRow]] = defaultdict(list)
        for row in self.rows.values():
            if is_of_today(row.sketch):
                by_sketch[row.sketch or ""].append(row)
        groups: dict[tuple[Hashable, ...], list[str]] = defaultdict(list)
        for together in by_sketch.values():
            for row in together:
                text = self.folded(row.id).text if len(together) > 1 else row.id
                groups[text, *_facts(row)].append(row.id)
        return {ids[0]: ids for ids in groups.values()}

    def are_copies(self, one: str, other: str) -> bool:
        return one == other or (self._are_alike(one, other) and not self._stands_between(one, other))

    def _are_alike(self, one: str, other: str) -> bool:
        key = frozenset((one, other))
        if key not in self._compared:
            self._compared[key] = one == other or is_copy(self.side(one), self.side(other))
        return self._compared[key]

    def _stands_between(self, one: str, other: str) -> bool:
        """Whether another version came between the two: the later of them brought the earlier text back into force.
        A notice that only forwards it brings nothing back.
        """
        a, b = sorted((self.rows[one], self.rows[other]), key=version_date)
        earlier, later = version_date(a), version_date(b)
        if a.work_key != b.work_key or earlier in (date.min, later) or _FORWARDED.search(b.title):
            return False
        return any(
            earlier < day < later
            and not self._are_alike(between, one)
            and not self._are_alike(between, other)
            for day, between in self._editions[a.work_key]
        )


def _root(joined: dict[str, str], one: str) -> str:
    while (other := joined.get(one, one)) != one:
        joined[one] = joined.get(other, other)
        one = other
    return one


def _facts(row: DocumentRow) -> tuple[Hashable, ...]:
    """What `is_copy` looks at beside the text, and whatever else sets a document apart from one of the same text."""
    return (
        row.title, row.work, row.work_key, row.kind, row.issuer, row.issued, row.effective, row.version, row.region, row.unit,
        declared_year(row), row.id if row.personal else None,
    )  # fmt: skip


def _connected(near: Mapping[str, set[str]]) -> Iterator[list[str]]:
    seen: set[str] = set()
    for start in sorted(near):
        if start in seen:
            continue
        group, waiting = [], [start]
        seen.add(start)
        while waiting:
            one = waiting.pop()
            group.append(one)
            waiting += sorted(near[one] - seen)
            seen |= near[one]
        yield group


def _ranked(library: _Library, stands_in: Mapping[str, str]) -> list[str]:
    """The ids of a group, the best source first: not declared out of force, complete, of no later year than the others,
    the text itself and not a notice that forwards it, read well, of a name without marks of a copy, the earliest dated,
    then by name. `stands_in` gives the one that was compared for each.
    """
    sides = {one: library.side(compared) for one, compared in stands_in.items()}
    distance = {one: _distance(library.rows[one].title) for one in stands_in}
    # A notice is longer than what it encloses by words of its own, which make nothing else incomplete.
    fullest = max(
        len(side.body.text) for one, side in sides.items() if distance[one] == min(distance.values())
    )
    articles = {one: _articles(side) for one, side in sides.items()}
    most = max(articles.values())
    earliest = min((side.year for side in sides.values() if side.year), default=0)

    def rank(one: str) -> tuple[object, ...]:
        side, row = sides[one], library.rows[one]
        return (
            row.declared and not row.in_force,
            len(side.body.text) < 0.8 * fullest or articles[one] < 0.8 * most,
            (side.year or earliest) > earliest,  # what was in force in 2015 is not cited from a print of 2018
            distance[one],
            bool(row.quality.check),
            bool(_COPY_NAME.search(row.source)),
            len(row.warnings),
            side.dated or date.max,
            row.source,
            row.id,
        )

    return sorted(stands_in, key=rank)


def _distance(title: str) -> int:
    """How far from the text itself: 0 the text, 1 a notice that issues it, 2 one that passes it on."""
    return 2 if _PASSED_ON.search(title) else int(bool(_FORWARDED.search(title)))


def _articles(side: Side) -> int:
    """How many different articles there are; a second regulation beside it begins at 第一条 again."""
    return len({label[0] for at in side.articles if (label := ARTICLE.match(side.folded.text, at))})
