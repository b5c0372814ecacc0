"""What is offered beside each section: clauses to rest on, the unit's own earlier words, other units' practice.

Every passage is a verbatim quote with its citation. A clause comes only from a rule that is in force; own words only from
earlier years than the one written of; another's only from the same part of a report. Nothing is offered twice.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.cite import cite
from bot.conflicts.rank import LOCAL, rank_of
from bot.drafting.genres import topic_of
from bot.drafting.model import Beside, Fact, Planned, Purpose, Request
from bot.drafting.offices import is_of, year_in, year_of
from bot.drafting.outline.likeness import likeness, pairs
from bot.drafting.outline.passages import LIMIT, Shelf, found, shelf
from bot.drafting.outline.purposes import heading_purpose
from bot.drafting.outline.reports import genre_of_row, is_allowed
from bot.model import Quote, RawSentence
from bot.retrieval.names import DIGEST
from ingest.index import Index
from ingest.model import REPLACEABLE_KINDS, DocumentRow, Hit
from ingest.text import search_form, sentences

Role = Literal["依据", "本单位往年", "他山之石"]
Search = Callable[[str, int], Sequence[Hit]]

BEST = 3  # of each role beside a section
_HITS = 12
_QUERIES = 3  # facts of a section that are looked up by themselves
_CLAUSE = 0.85  # score of a hit and share of the query that it says, together, for a clause worth resting on
_OWN, _OTHERS, _UNSORTED = (
    0.1,
    0.22,
    0.34,
)  # share of a fact that a passage must say; likewise, if no part names its purpose
_PER_DOCUMENT = 2
_PRACTICE_KINDS = frozenset({"其他", "活动小结", "情况报告"})
# Of these, what sets a rule, explains one or tells of a meeting shows no practice.
_NO_PRACTICE = re.compile(
    r"解读|模板|规范|答记者问|问答|体系|会议|推进会|动员会|讲话|大会|负责人|决定|公报|条例|章程|准则|规定|办法|细则|规划|纲要|意见|指南|每周一学|学习会|方案|思路|承诺书"
)
_UNITS = "个百分点|平方米|万元|人次|[个名次人份件场期支家项户处条篇元小时学时年月日起]"
_FIGURE = re.compile(
    rf"[\d.,，％%X\uff38×*]{{0,12}}[\d％%×*][\d.,％%×*]{{0,12}}(?:余|多)?(?:{_UNITS})?|[X\uff38]{{1,6}}(?:{_UNITS})"
)
# Which parts of another paper may stand beside a part.
_BESIDE: dict[Purpose, frozenset[Purpose]] = {
    "概况": frozenset({"概况"}),
    "做法": frozenset({"做法", "成效", ""}),
    "成效": frozenset({"成效", "做法", ""}),
    "问题": frozenset({"问题"}),
    "原因": frozenset({"原因", "问题"}),
    "打算": frozenset({"打算"}),
    "": frozenset({"概况", "做法", "成效", "问题", "原因", "打算", ""}),
}
# A rule made for one kind of office, and what must be said of an office of that kind.
_MADE_FOR = (
    (re.compile(r"高等学校|高校|学校"), re.compile(r"学院|大学|学校|高校|中学|小学|校")),
    (
        re.compile(r"国家机关|工作机关|公务员|公职人员"),
        re.compile(r"机关|工委|直属|公务员|公职|[局厅]$|(?<!支)部$|(?<![党居村])委$"),
    ),
    (re.compile(r"企业"), re.compile(r"企业|公司|集团|国企")),
    (re.compile(r"农村|村民"), re.compile(r"村|乡|镇")),
    (re.compile(r"居民委员会|社区"), re.compile(r"社区|居委|街道|居民")),
)
_NO_CLAUSE: frozenset[Purpose] = frozenset({"概况", "原因"})


@dataclass(frozen=True, slots=True)
class _Offer:
    """A passage for the section numbered `at`; `of` names what it says, so that nothing is offered twice."""

    score: float
    at: int
    role: Role
    document_id: str
    start: int
    end: int
    of: str
    hit: Hit | None = None


def material(
    search: Search,
    index: Index,
    request: Request,
    planned: Sequence[Planned],
    placed: Sequence[Sequence[Fact]],
) -> tuple[tuple[Beside, ...], ...]:
    """For each planned section what is offered beside it, best first by role; `placed` are its facts, see `placing.place`.

    Citations are numbered from 1 over all sections. `search` is the desk's: (question, k) -> hits.
    """
    rows = {row.id: row for row in index.documents() if is_allowed(row.source, request.sources)}
    offers: list[_Offer] = []
    kept = index.derived(("drafting", "passages"), lambda: _read(index))
    for at, (section, facts) in enumerate(zip(planned, placed, strict=True)):
        queries = _queries(request, planned, at, facts)
        if section.purpose not in _NO_CLAUSE:
            for query in queries[:_QUERIES]:
                offers += _clauses(search(query, _HITS), at, query, rows, request)
        offers += _passages(kept, at, section, queries, rows, request)
    return _cited(index, _chosen(offers), len(planned))


def _read(index: Index) -> Shelf:
    """Every report, and what tells of practice, each text once."""
    rows = [
        row
        for row in index.documents()
        if row.copy_of is None
        and (genre_of_row(row) or (row.kind in _PRACTICE_KINDS and not _NO_PRACTICE.search(row.title)))
    ]
    return shelf([(row.id, index.text(row.id)) for row in rows])


def _queries(request: Request, planned: Sequence[Planned], at: int, facts: Sequence[Fact]) -> list[str]:
    """What a section is about: its facts without their figures; without facts its heading, unless parts follow that say it."""
    told = [bare for fact in facts if (bare := without_figures(fact.text))]
    if told:
        return sorted(told, key=lambda one: -len(pairs(one)))
    has_parts = at + 1 < len(planned) and planned[at + 1].level > planned[at].level > 0
    heading = planned[at].heading
    if has_parts or not heading:
        return []
    topic = topic_of(request.title, request.unit, request.period)
    return [f"{topic}{heading}" if heading_purpose(heading) else heading]


def without_figures(text: str) -> str:
    """发展党员6名 -> 发展党员: what a search should look for."""
    return re.sub(r"[，、；]{2,}", "，", _FIGURE.sub("", text)).strip("，、。；： ")


def _clauses(
    hits: Sequence[Hit], at: int, query: str, rows: dict[str, DocumentRow], request: Request
) -> list[_Offer]:
    offers = []
    for hit in hits:
        row = rows.get(hit.document_id)
        if row is None or not hit.in_force or not _is_ground(row, rows, request):
            continue
        start, end = _window(hit, query)
        clause = hit.text[start - hit.start : end - hit.start]
        score = hit.score + _share(query, clause)
        if score >= _CLAUSE and score > hit.score:
            of = f"{row.work_key}{hit.article or clause}"
            offers.append(_Offer(score, at, "依据", hit.document_id, start, end, of, hit))
    return offers


def _share(query: str, clause: str) -> float:
    """How much of the query a clause says, 0 to 1; a single pair of characters is none of it, unless it is all."""
    asked = pairs(query)
    shared = len(asked & pairs(clause))
    return shared / len(asked) if shared >= min(2, len(asked)) and asked else 0.0


def _is_ground(row: DocumentRow, rows: dict[str, DocumentRow], request: Request) -> bool:
    """A rule in force, whole rather than digested, for this kind of office, and no other office's own."""
    if row.kind not in REPLACEABLE_KINDS or not row.in_force:
        return False
    if row.kind == DIGEST and any(
        one.work_key == row.work_key and one.kind != DIGEST and one.in_force for one in rows.values()
    ):
        return False
    if not fits_office(row.title, f"{request.title}\n{request.unit}"):
        return False
    rank = rank_of(row)
    return rank is None or rank.level < LOCAL or rank.of in request.unit or is_of(request.unit, row)


def fits_office(rule: str, said: str) -> bool:
    """Whether a rule of this title was made for offices of the kind that the request speaks of, or for all."""
    return not any(made.search(rule) and not meant.search(said) for made, meant in _MADE_FOR)


def _window(hit: Hit, query: str) -> tuple[int, int]:
    """The whole hit if it is short; else the sentence that says most of the query, with those beside it that fit."""
    spans = sentences(hit.text)
    if not spans:
        return hit.start, hit.start
    if spans[-1][1] - spans[0][0] <= LIMIT:
        return hit.start + spans[0][0], hit.start + spans[-1][1]
    scores = likeness(query, [hit.text[start:end] for start, end in spans])
    first = last = max(range(len(spans)), key=lambda one: (scores[one], -one))
    while first > 0 and spans[last][1] - spans[first - 1][0] <= LIMIT:
        first -= 1
    while last + 1 < len(spans) and spans[last + 1][1] - spans[first][0] <= LIMIT:
        last += 1
    start, end = spans[first][0], spans[last][1]
    return (hit.start + start, hit.start + end) if end - start <= 2 * LIMIT else (hit.start, hit.start)


def _passages(
    kept: Shelf,
    at: int,
    section: Planned,
    queries: Sequence[str],
    rows: dict[str, DocumentRow],
    request: Request,
) -> list[_Offer]:
    scores: Counter[int] = Counter()
    for query in queries:
        for which, score in found(kept, query).items():
            scores[which] = max(scores[which], score)  # type: ignore[assignment]
    offers = []
    year = year_in(request.period)
    for which, score in scores.items():
        piece = kept.pieces[which]
        row = rows.get(piece.document_id)
        if row is None or piece.purpose not in _BESIDE[section.purpose]:
            continue
        role = _role(row, request, year)
        least = _OWN if role == "本单位往年" else _OTHERS if piece.purpose else _UNSORTED
        if role and score >= least:
            offers.append(_Offer(score, at, role, row.id, piece.start, piece.end, search_form(piece.text)))
    return offers


def _role(row: DocumentRow, request: Request, year: int) -> Role | None:
    """None for what the unit wrote of this same year, or later: a draft does not lean on itself."""
    if not is_of(request.unit, row):
        return "他山之石"
    return "本单位往年" if not year or year_of(row) < year else None


def _chosen(offers: Sequence[_Offer]) -> list[_Offer]:
    """The best of each role beside each section; the same words stand only where they fit best."""
    taken: set[str] = set()
    many: Counter[tuple[int, Role]] = Counter()
    of_document: Counter[tuple[int, Role, str]] = Counter()
    chosen = []
    for offer in sorted(offers, key=lambda one: (-one.score, one.at, one.document_id, one.start)):
        place, source = (offer.at, offer.role), (offer.at, offer.role, offer.document_id)
        if offer.of in taken or many[place] >= BEST or of_document[source] >= _PER_DOCUMENT:
            continue
        taken.add(offer.of)
        many[place] += 1
        of_document[source] += 1
        chosen.append(offer)
    order: tuple[Role, ...] = ("依据", "本单位往年", "他山之石")
    return sorted(chosen, key=lambda one: (one.at, order.index(one.role), -one.score))


def _cited(index: Index, offers: Sequence[_Offer], sections: int) -> tuple[tuple[Beside, ...], ...]:
    beside: list[list[Beside]] = [[] for _ in range(sections)]
    raw = []
    for offer in offers:
        hit = offer.hit or _hit_at(index, offer.document_id, offer.start)
        if hit is None:
            continue
        text = index.text(offer.document_id)[offer.start : offer.end]
        raw.append((offer, RawSentence(text, (Quote(hit, text, offer.start, offer.end, offer.score),))))
    cited = cite((sentence for _, sentence in raw), index.text, index.page_at)
    by_place = {(one.document_id, one.start, one.end): one for one in cited.citations}
    for offer, sentence in raw:
        citation = by_place.get((offer.document_id, offer.start, offer.end))
        if citation is not None:
            beside[offer.at].append(Beside(offer.role, sentence.text, citation))
    return tuple(map(tuple, beside))


def _hit_at(index: Index, document_id: str, start: int) -> Hit | None:
    """The chunk that the character at `start` stands in, or the last one before it."""
    chunks = index.derived(("drafting", "chunks", document_id), lambda: index.chunks_of(document_id))
    before = [hit for hit in chunks if hit.start <= start]
    return max(before, key=lambda hit: hit.start, default=None)
