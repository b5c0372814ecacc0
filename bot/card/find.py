"""Which document carries the procedure, and which of its clauses: retrieved hits in, clauses out. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.answering.question import coverage, pairs_in, plain_weight, read_question
from bot.card.model import Clause, Step
from bot.retrieval.lexicon import Lexicon
from bot.retrieval.names import calls
from ingest.model import REPLACEABLE_KINDS, Hit
from ingest.text import NUMERAL, search_form

DOCUMENTS = 6  # looked into
WHOLE = 0.85  # share of the topic from which title, or title and chapter, are about it
ABOUT = 0.62  # … from which a single article is
FIRST = 0.8  # … and this near, it belongs to it whatever its words
NEAR_BEST = 0.55  # a hit this near to the document's best one was found for the question
CHAPTER = 0.5  # a chapter with that much of the topic in its heading, and several articles that speak of it
REST = 0.7
EXACT = 0.95
ALL: list[tuple[str, ...]] = [()]
FEW = 3  # a procedure of fewer articles is read with the rest of its chapter
NAMED = 3.0  # the regulation that the question names
SOME = 0.3
TELLING = 0.4  # share of what tells articles apart that one must have, unless it was found first
RARE = 2.0
LEAST = 0.6  # share of the topic that document and steps must speak of, or nothing was found
LOCAL = 0.35  # a street's, school's or province's own rules where they are not asked about
REPLACED = 0.6  # without a day asked for, what is in force goes first
OFFICIAL = 0.15
LAW = 0.1  # who asks here works for the Party
# Chapters of aims, offices, discipline and closing rules.
_GENERAL = re.compile(
    r"总则|附则|领导|保障|职责|任务|原则|体制|纪律|法律责任|责任|追责|指导思想|种类|适用|违法行为|罚则"
)
_FORBIDS = re.compile(r"一般不|不得|不能|严禁|禁止")
_PROCEDURE = re.compile(r"程序|办理|流程|步骤|手续")
_NUMBER = re.compile(rf"^第[{NUMERAL}\d]+[编章节]\s*")
_MATTERS = re.compile(r"[、和与及的\s]")
_SEVERAL = re.compile(r"[、和与及]")
_PLACE = re.compile(
    r"《?(?:关于印发《?)?([^(《]{2,12}?(?:街道|社区|大学|学院|中学|小学|公司|集团|省|市|县|区))"
)
_FOR_WHOM = re.compile(
    r"(高校毕业生|流动党员|离退休|留学|出国|农民工|军队|武警|国有企业|机关|高等学校|农村|社区|城市|村民|居民|公务员|公职人员)"
)


@dataclass(frozen=True, slots=True)
class Known:
    """A clause, the character pairs of its words, and those of what it does not forbid."""

    clause: Clause
    pairs: frozenset[str]
    allowed: frozenset[str]


def know(clause: Clause, lexicon: Lexicon | None) -> Known:
    """临时党支部……一般不进行换届 speaks of 换届, and is no step of it."""
    allowed = "。".join(said for said in re.split(r"[。\n]", clause.text) if not _FORBIDS.search(said))
    return Known(clause, pairs_in(clause.text, lexicon), pairs_in(allowed, lexicon))


@dataclass(frozen=True, slots=True)
class Found:
    """A document that speaks of the topic, the steps read from it, and how well it fits."""

    hit: Hit
    steps: tuple[Step, ...]
    score: float


def find(
    topic: str,
    question: str,
    hits: Sequence[Hit],
    clauses_of: Callable[[str], Sequence[Known]],
    read: Callable[[Clause], Step | None],
    lexicon: Lexicon | None = None,
) -> list[Found]:
    """Documents with steps for the topic, best first; empty when none speaks of it."""
    asked = read_question(topic, lexicon).pairs
    ids = list(dict.fromkeys(hit.document_id for hit in hits))[:DOCUMENTS]
    best = max((hit.score for hit in hits), default=1.0) or 1.0
    found = []
    for document_id in ids:
        own = [hit for hit in hits if hit.document_id == document_id]
        known = clauses_of(document_id)
        weights = _weights(asked, known)
        chosen = _choose(topic, weights, own, known, lexicon)
        steps = _read(chosen, own[0], read)
        spoken = coverage(weights, pairs_in(_said(own[0], [step.clause for step in steps]), lexicon))
        if steps and spoken >= LEAST:
            score = (
                own[0].score / best
                + spoken
                + 0.04 * min(len(steps), 5)
                + _fits(question, own[0], weights, lexicon)
            )
            found.append(Found(own[0], steps, score))
    return sorted(found, key=lambda one: -one.score)


def _read(chosen: Sequence[Clause], first: Hit, read: Callable[[Clause], Step | None]) -> tuple[Step, ...]:
    """The steps; the clause found first is the common case, whatever it looks like."""
    steps = (step for clause in chosen if (step := read(clause)) is not None)
    return tuple(
        replace(step, special=step.special and step.clause.start != first.section_start) for step in steps
    )


def _weights(asked: frozenset[str], known: Sequence[Known]) -> dict[str, float]:
    """What stands in nearly every article of the document tells them apart no more: it weighs little, rare pairs much."""
    total = len(known) or 1
    return {
        pair: plain_weight(pair) * (RARE - sum(pair in one.pairs for one in known) / total) for pair in asked
    }


def _telling(weights: Mapping[str, float], known: Sequence[Known]) -> dict[str, float]:
    """The pairs that tell the document's articles apart: some have them, most do not."""
    most = SOME * len(known)
    return {
        pair: weight
        for pair, weight in weights.items()
        if 0 < sum(pair in one.pairs for one in known) <= most
    }


def _choose(
    topic: str,
    weights: Mapping[str, float],
    hits: Sequence[Hit],
    known: Sequence[Known],
    lexicon: Lexicon | None,
) -> list[Clause]:
    """The whole document where its title is the topic, the chapters that are, or the articles that speak of it."""
    title = hits[0].title
    clauses = [one.clause for one in known]
    about = {one.clause.label: coverage(weights, one.pairs) for one in known}
    retrieved = _retrieved(hits, NEAR_BEST)
    near = [
        one.clause
        for one in known
        if about[one.clause.label] >= ABOUT
        or (one.clause.start in retrieved and about[one.clause.label] >= 0.4)
    ]
    meant = _chapters(topic, title, weights, clauses, near, lexicon)
    if meant == ALL:
        return list(clauses)
    if meant:
        return [one for path in meant for one in _inside(weights, path, clauses, near, about, lexicon)]
    telling = _telling(weights, known)
    first = _retrieved(hits, FIRST)
    apart = {one.clause.start for one in known if not telling or coverage(telling, one.allowed) >= TELLING}
    return [
        clause
        for clause in near
        if clause.start in apart | first
        and (
            not any(_is_general(part) for part in clause.headings)
            or (clause.start in retrieved and about[clause.label] >= ABOUT)
        )
    ]


def _chapters(
    topic: str,
    title: str,
    weights: Mapping[str, float],
    clauses: Sequence[Clause],
    near: Sequence[Clause],
    lexicon: Lexicon | None,
) -> list[tuple[str, ...]]:
    """The chapters that carry it: whose heading is the topic; whose heading and title together are; those of 程序 or all, where the
    title is; the one where most of what speaks of it stands. `ALL` where a document that is about it has no chapters.
    """
    chapters = list(dict.fromkeys(clause.headings for clause in clauses if clause.headings))
    common = [path for path in chapters if not any(_is_general(part) for part in path)]
    meant = [path for path in common if _share(weights, path[-1], lexicon) >= WHOLE]
    meant = meant or [path for path in common if _completes(topic, title, path[-1], lexicon)]
    if meant:
        return meant
    if _share(weights, title, lexicon) >= WHOLE:
        return ALL if not chapters else [path for path in common if _PROCEDURE.search(path[-1])] or common
    counts = Counter(clause.headings for clause in near)
    return [path for path in common if counts[path] >= FEW and _share(weights, path[-1], lexicon) >= CHAPTER]


def _completes(topic: str, title: str, heading: str, lexicon: Lexicon | None) -> bool:
    """公务员法 has the chapter 录用: a matter of the heading is in the topic, and the title has the rest of it."""
    for matter in _MATTERS.split(_NUMBER.sub("", heading)):
        if len(matter) > 1 and matter in topic and matter != topic:
            rest = read_question(topic.replace(matter, "，")).pairs
            weights = {pair: plain_weight(pair) for pair in rest}
            if weights and _share(weights, title, lexicon) >= REST:
                return True
    return False


def _inside(
    weights: Mapping[str, float],
    path: tuple[str, ...],
    clauses: Sequence[Clause],
    near: Sequence[Clause],
    about: Mapping[str, float],
    lexicon: Lexicon | None,
) -> list[Clause]:
    """A chapter's clauses; of one that speaks of several matters (教育、考察和转正) those that speak of this one, and of one about
    something wider (组织生活) those that have all of the topic (组织生活会).
    """
    inside = [clause for clause in clauses if clause.headings == path]
    heading = _share(weights, path[-1], lexicon)
    exact = [clause for clause in inside if about[clause.label] >= max(EXACT, heading + 0.05)]
    if exact and heading >= WHOLE and 2 * len(exact) < len(inside):
        return exact
    matter = path[-1].partition("的")[0]
    narrow = [clause for clause in inside if clause in near]
    several = _SEVERAL.search(path[-1]) and _share(weights, matter, lexicon) < WHOLE
    return narrow if several and len(narrow) >= FEW else inside


def _is_general(heading: str) -> bool:
    return _GENERAL.search(heading) is not None and _PROCEDURE.search(heading) is None


def _retrieved(hits: Sequence[Hit], share: float) -> set[int]:
    """Where the sections begin that were found for the question."""
    best = max(hit.score for hit in hits)
    return {hit.section_start for hit in hits if hit.score >= share * best}


def _share(weights: Mapping[str, float], text: str, lexicon: Lexicon | None) -> float:
    return coverage(weights, pairs_in(text, lexicon))


def _said(hit: Hit, clauses: Sequence[Clause]) -> str:
    return "\n".join([hit.title, *(part for clause in clauses for part in (*clause.headings, clause.text))])


def _fits(question: str, hit: Hit, weights: Mapping[str, float], lexicon: Lexicon | None) -> float:
    """General rules of the Party go before laws, notices, and what is made for one place or one group that is not named."""
    score = OFFICIAL if hit.kind in REPLACEABLE_KINDS else 0.0
    score -= LAW if hit.kind in {"法律", "行政法规", "司法解释"} else 0.0
    score -= 0.0 if hit.in_force else REPLACED
    asked, title = search_form(question), search_form(hit.title)
    about = _share(weights, hit.title, lexicon)
    place = _PLACE.match(title)
    if place and place[1] not in asked:
        score -= LOCAL * (1 - about)  # the office's own rule on the very matter stays
        title = title.replace(place[1], "", 1)
    if any(calls(work, hit) for work in read_question(question).works):
        return score + NAMED
    if any(group not in asked for group in _FOR_WHOM.findall(title)):
        return score - LOCAL
    return score + 0.5 * about
