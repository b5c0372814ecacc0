"""The story of a card: ask, find, read, cite. Pure: what it needs of the knowledge base is handed in."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace

from bot.answering.question import read_question
from bot.card.choose import Known, know
from bot.card.clauses import clauses_of
from bot.card.find import Found, find, for_others
from bot.card.model import Card, Clause, Fact, Step
from bot.card.reading import read_step
from bot.card.topic import asks_how, topic_of
from bot.cite import PageAt, cite
from bot.errors import NoProcedure
from bot.model import Query, Quote, RawSentence
from bot.refusing.smalltalk import not_for_documents
from bot.retrieval.lexicon import Lexicon
from ingest.model import Hit
from ingest.text import titled

OTHERS = 3
MADE = "办理卡由条文自动整理，未写明的环节（如本单位的内部审批）不在其中；正式办理前请点开原文核对。"
Keep = Callable[[Hashable, Callable[[], list[Known]]], list[Known]]


def make_card(
    query: Query,
    search: Callable[[Query], Sequence[Hit]],
    chunks_of: Callable[[str], Sequence[Hit]],
    text_of: Callable[[str], str],
    page_at: PageAt = lambda *_: None,
    lexicon: Lexicon | None = None,
    keep: Keep = lambda _, make: make(),
) -> Card | None:
    """The card for a question that asks how something is done; None when no clause found tells it.

    NoProcedure when the question asks for something else. Everything on the card is read from the clauses as they stand
    now; every fact has a citation that stands word for word in its document. `keep`: gives what was worked out before of a
    document, until the documents change.
    """
    topic = topic_of(query.question)
    if not_for_documents(query.question) is not None or not asks_how(query.question) or not topic:
        raise NoProcedure("这个问题问的不是怎样办理一件事，办理卡做不出来。")
    found = find(
        topic,
        query.question,
        search(replace(query, question=_sought(query.question, topic))),
        lambda one: keep(("card", one), lambda: _known(chunks_of(one), text_of(one), lexicon)),
        lambda clause, about: read_step(clause, text_of(clause.hit.document_id), about),
        lexicon,
    )
    return _card(query, topic, found, text_of, page_at) if found else None


def _sought(question: str, topic: str) -> str:
    """What is searched for: the works that are named and the topic, so that the way of asking changes no card."""
    return "，".join((*read_question(question).works, f"{topic}流程"))


def _known(chunks: Sequence[Hit], text: str, lexicon: Lexicon | None) -> list[Known]:
    return [know(clause, lexicon) for clause in clauses_of(chunks, text)]


def _card(
    query: Query, topic: str, found: Sequence[Found], text_of: Callable[[str], str], page_at: PageAt
) -> Card | None:
    best = found[0]
    common = [step for step in best.steps if not step.special]
    special = [step for step in best.steps if step.special]
    if not common:
        common, special = special, []
    cited = cite([_raw(step) for step in (*common, *special)], text_of, page_at)
    numbers = {(one.start, one.end): one.n for one in cited.citations}
    numbered = [_numbered(step, n, numbers) for n, step in enumerate((*common, *special), 1)]
    true = [step for step in numbered if step.action.n]
    if not true:
        return None
    return Card(
        question=query.question,
        topic=topic.replace("，", ""),
        title=best.hit.title,
        source=best.hit.source,
        in_force=best.hit.in_force,
        steps=tuple(step for step in true if step.number <= len(common)),
        special=tuple(step for step in true if step.number > len(common)),
        citations=tuple(replace(one, in_force=best.hit.in_force) for one in cited.citations),
        others=tuple(dict.fromkeys(one.hit.title for one in found[1:] if _is_other(one.hit, best.hit)))[
            :OTHERS
        ],
        warnings=tuple(_warnings(best, query)),
    )


def _is_other(hit: Hit, chosen: Hit) -> bool:
    return hit.title != chosen.title and (hit.in_force or not chosen.in_force)


def _facts(step: Step) -> Iterable[Fact]:
    yield step.action
    yield from (*step.actors, *step.materials, *(limit.fact for limit in step.limits), *step.parts)


def _raw(step: Step) -> RawSentence:
    spans = dict.fromkeys(fact.sentence for fact in _facts(step))
    return RawSentence(step.title, tuple(_quote(step.clause, span) for span in spans))


def _quote(clause: Clause, span: tuple[int, int]) -> Quote:
    whole = replace(clause.hit, section_start=clause.start, section_end=clause.end)
    return Quote(whole, clause.text[span[0] - clause.start : span[1] - clause.start], *span, 1.0)


def _numbered(step: Step, number: int, numbers: dict[tuple[int, int], int]) -> Step:
    """With the number of each fact's citation; a fact without a true one is left out."""

    def keep(facts: Iterable[Fact]) -> tuple[Fact, ...]:
        return tuple(replace(fact, n=numbers[fact.sentence]) for fact in facts if fact.sentence in numbers)

    return replace(
        step,
        number=number,
        action=replace(step.action, n=numbers.get(step.action.sentence, 0)),
        actors=keep(step.actors),
        materials=keep(step.materials),
        limits=tuple(
            replace(limit, fact=replace(limit.fact, n=numbers[limit.fact.sentence]))
            for limit in step.limits
            if limit.fact.sentence in numbers
        ),
        parts=keep(step.parts),
    )


def _warnings(best: Found, query: Query) -> Iterable[str]:
    title = titled(best.hit.title)
    if not best.hit.in_force:
        yield f"{title}已被新版本取代或废止。"
    elif (
        query.as_of and not best.steps[0].clause.hit.in_force
    ):  # the hit is as of that day, the clause as of today
        yield f"{title}在 {query.as_of.isoformat()} 有效，后来已被取代。"
    if others := for_others(query.question, best.hit.title):
        yield f"依据的{title}题目里写明“{'、'.join(others)}”，问题里没有说到；不属于这个范围的，请看“另有规定”或换一种问法。"
    yield MADE
