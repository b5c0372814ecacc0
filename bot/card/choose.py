"""Which clauses of a document tell of the topic: its chapters, or single articles that speak of it. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.answering.question import coverage, pairs_in, plain_weight, read_question
from bot.card.model import Clause
from bot.retrieval.lexicon import Lexicon
from ingest.model import Hit
from ingest.text import NUMERAL, search_form

WHOLE = 0.85  # share of the topic from which title, or title and chapter, are about it
ABOUT = 0.62  # … from which a single article is
FIRST = 0.8  # … and this near, it belongs to it whatever its words
NEAR_BEST = 0.55  # a hit this near to the document's best one was found for the question
CHAPTER = 0.5  # a chapter with that much of the topic in its heading, and several articles that speak of it
REST = 0.7
EXACT = 0.95
ALL: list[tuple[str, ...]] = [()]
FEW = 3  # a procedure of fewer articles is read with the rest of its chapter
SOME = 0.3
TELLING = 0.4  # share of what tells articles apart that one must have, unless it was found first
RARE = 2.0
LITTLE = 0.1  # … and less than this, a matter is another one
AGAIN = 3  # times an article names another matter of its chapter, from which it is about that one
CLEARLY = 0.9  # … where another article has a sentence with all of it
SAID = 0.6  # share of the topic that one sentence has, from which it speaks of it
# Chapters of aims, offices, discipline and closing rules.
_GENERAL = re.compile(
    r"总则|附则|领导|保障|职责|任务|原则|体制|纪律|法律责任|责任|追责|指导思想|种类|适用|违法行为|罚则"
)
_FORBIDS = re.compile(r"一般不|不得|不能|严禁|禁止")
_PROCEDURE = re.compile(r"程序|办理|流程|步骤|手续")
_NUMBER = re.compile(rf"^第[{NUMERAL}\d]+[编章节]\s*")
_MATTERS = re.compile(r"[、和与及的\s]")
_SEVERAL = re.compile(r"[、和与及]")
_LISTS = re.compile(r"(?:程序|手续|步骤|流程)(?:是(?!否)|为|如下|：)")  # 预备党员转正的手续是：
_SENTENCE = re.compile(r"[。\n]")


@dataclass(frozen=True, slots=True)
class Known:
    """A clause, the character pairs of its words, and those of what it does not forbid."""

    clause: Clause
    pairs: frozenset[str]
    allowed: frozenset[str]


def know(clause: Clause, lexicon: Lexicon | None) -> Known:
    """临时党支部……一般不进行换届 speaks of 换届, and is no step of it."""
    allowed = "。".join(said for said in _SENTENCE.split(clause.text) if not _FORBIDS.search(said))
    return Known(clause, pairs_in(clause.text, lexicon), pairs_in(allowed, lexicon))


@dataclass(frozen=True, slots=True)
class Chosen:
    """Clauses in reading order. `one_by_one`: each for what it says itself, not as part of a chapter.

    `mixed`: from a chapter that is about the topic and about something else.
    """

    clauses: tuple[Clause, ...]
    one_by_one: bool = False
    mixed: bool = False


def weights_of(asked: frozenset[str], known: Sequence[Known]) -> dict[str, float]:
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


def choose(
    topic: str,
    weights: Mapping[str, float],
    hits: Sequence[Hit],
    known: Sequence[Known],
    lexicon: Lexicon | None,
) -> Chosen:
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
        return Chosen(tuple(clauses))
    if meant:
        inside = (one for path in meant for one in _inside(weights, path, clauses, near, about, lexicon))
        mixed = any(_SEVERAL.search(path[-1]) and share(weights, path[-1], lexicon) >= SAID for path in meant)
        return Chosen(tuple(inside), mixed=mixed)
    telling = _telling(weights, known)
    first = _retrieved(hits, FIRST)
    apart = {one.clause.start for one in known if not telling or coverage(telling, one.allowed) >= TELLING}
    lists = {clause.start for clause in near if _LISTS.search(clause.text)}
    speak = _speaking(weights, near, lexicon) | first | lists
    single = (
        clause
        for clause in near
        if clause.start in apart | first
        and clause.start in speak
        and (
            not any(_is_general(part) for part in clause.headings)
            or (clause.start in retrieved and about[clause.label] >= ABOUT)
        )
    )
    return Chosen(tuple(single), one_by_one=True)


def _speaking(weights: Mapping[str, float], near: Sequence[Clause], lexicon: Lexicon | None) -> set[int]:
    """Where the clauses begin that have a sentence about the topic. Where one says it in these very words, everyday
    words do not count: 设立党小组组长 is no 成立党支部.
    """
    plain = {clause.start: _most(weights, clause, _own_pairs) for clause in near}
    if max(plain.values(), default=0.0) >= EXACT:
        return {start for start, said in plain.items() if said >= CLEARLY}
    return {clause.start for clause in near if says(weights, clause, lexicon) >= SAID}


def says(weights: Mapping[str, float], clause: Clause, lexicon: Lexicon | None) -> float:
    """The most of the topic that one sentence has: an article that has its words here and there does not speak of it."""
    return _most(weights, clause, lambda said: pairs_in(said, lexicon))


def _most(weights: Mapping[str, float], clause: Clause, pairs: Callable[[str], frozenset[str]]) -> float:
    said = (one for one in _SENTENCE.split(clause.text) if not _FORBIDS.search(one))
    return max((coverage(weights, pairs(one)) for one in said), default=0.0)


def _own_pairs(text: str) -> frozenset[str]:
    form = search_form(text)
    return frozenset(form[at : at + 2] for at in range(len(form) - 1))


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
    meant = [path for path in common if share(weights, path[-1], lexicon) >= WHOLE]
    meant = meant or [path for path in common if _completes(topic, title, path[-1], lexicon)]
    if meant:
        return meant
    if share(weights, title, lexicon) >= WHOLE:
        return ALL if not chapters else [path for path in common if _PROCEDURE.search(path[-1])] or common
    counts = Counter(clause.headings for clause in near)
    return [path for path in common if counts[path] >= FEW and share(weights, path[-1], lexicon) >= CHAPTER]


def _completes(topic: str, title: str, heading: str, lexicon: Lexicon | None) -> bool:
    """公务员法 has the chapter 录用: a matter of the heading is in the topic, and the title has the rest of it."""
    for matter in _MATTERS.split(_NUMBER.sub("", heading)):
        if len(matter) > 1 and matter in topic and matter != topic:
            rest = read_question(topic.replace(matter, "，")).pairs
            weights = {pair: plain_weight(pair) for pair in rest}
            if weights and share(weights, title, lexicon) >= REST:
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
    heading = share(weights, path[-1], lexicon)
    exact = [clause for clause in inside if about[clause.label] >= max(EXACT, heading + 0.05)]
    if exact and heading >= WHOLE and 2 * len(exact) < len(inside):
        return exact
    matter = path[-1].partition("的")[0]
    narrow = [clause for clause in inside if clause in near]
    if not _SEVERAL.search(path[-1]):
        return inside
    own = [clause for clause in inside if not _is_of_another(weights, path[-1], clause, lexicon)]
    if share(weights, matter, lexicon) >= WHOLE:
        return own
    narrow = [clause for clause in narrow if clause in own]
    return narrow if len(narrow) >= FEW else own


def _is_of_another(
    weights: Mapping[str, float], heading: str, clause: Clause, lexicon: Lexicon | None
) -> bool:
    """党籍和党员组织关系管理: an article that says 党籍 again and again, and 组织关系 once, is no part of 组织关系转接."""
    matters = [one for one in _MATTERS.split(_NUMBER.sub("", heading)) if len(one) > 1]
    own = max(matters, key=lambda one: share(weights, one, lexicon), default="")
    others = [one for one in matters if one not in own and share(weights, one, lexicon) < LITTLE]
    return (
        share(weights, own, lexicon) >= SAID
        and any(clause.text.count(one) >= AGAIN for one in others)
        and says(weights, clause, lexicon) < WHOLE
    )


def _is_general(heading: str) -> bool:
    return _GENERAL.search(heading) is not None and _PROCEDURE.search(heading) is None


def _retrieved(hits: Sequence[Hit], share: float) -> set[int]:
    """Where the sections begin that were found for the question."""
    best = max(hit.score for hit in hits)
    return {hit.section_start for hit in hits if hit.score >= share * best}


def share(weights: Mapping[str, float], text: str, lexicon: Lexicon | None = None) -> float:
    return coverage(weights, pairs_in(text, lexicon))
