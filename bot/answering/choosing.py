"""Which of the scored sentences are shown: the best one and what belongs to it, no more. Pure.

How much belongs to it is said by the kind of question: a figure is one sentence, a procedure its steps in order, a
difference what is said of both things.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answering.figures import counts_from, figure_missing, measures, one_figure_asked
from bot.answering.leading import general_first
from bot.answering.question import Asked, coverage, plain_weight
from bot.answering.wanted import holds_form
from bot.answering.weighing import Scored

MOST_UNITS = 4  # sentences or lists shown
MOST_STEPS = 7  # of a procedure
MOST_OF_A_PART = 2  # of one part of a question that has several
MOST_CHARACTERS = 320  # of all sentences behind the first
# Scores are logarithms of odds: how far behind the best one a sentence may be.
SAME_ARTICLE = 4.0
SAME_ARTICLE_FIGURE = 3.0  # where a figure is asked for, which one sentence holds
NO_TIME = 2.0  # a sentence without a time gives way to one with it that is no farther behind
ELSEWHERE = 0.8
OPEN = 4.0  # when it says `ADDS` more of the question than the others
STEP = 6.0  # for the best sentence of another article of the same regulation, when its procedure is asked
ADDS = 0.2
SPOKEN_OF = 0.5  # share of the asked subject from which a sentence speaks of it
SAME_SUBJECT = 0.5  # share of what the best sentence has of the asked subject that any other one must have
FOCUSED = 0.6  # share of the very thing asked about that the best sentence has
SAME_WORDING = 0.7  # share of common pairs from which two sentences say the same
_ITEM = re.compile(r"[(（][一二三四五六七八九十\d]+[)）]")
_FIGURES = {"phone", "called", "frequency", "time", "people", "figure"}


def choose_all(parts: Sequence[Asked], scored: Sequence[Sequence[Scored]]) -> list[Scored]:
    """What answers each part, in the order asked, nothing twice; of one part grouped by document, best first."""
    ranked = [
        general_first(part, _time_first(part, _of_the_asked(part, some)))
        for part, some in zip(parts, scored, strict=True)
    ]
    if len(parts) == 1:
        chosen = steps(parts[0], ranked[0]) or choose(parts[0], ranked[0])
        order = list(dict.fromkeys(one.unit.hit.document_id for one in chosen))
        return sorted(chosen, key=lambda one: order.index(one.unit.hit.document_id))
    shown: list[Scored] = []
    for part, some in zip(parts, ranked, strict=True):
        best = choose(part, some)[:MOST_OF_A_PART]
        new = [one for one in best if not any(same(one, other) for other in shown)]
        if not new:  # the sentence is taken: the next one may be what this part asks for
            within = (one for one in some if some[0].score - one.score <= OPEN)
            new = [one for one in within if not any(same(one, other) for other in shown)][:1]
        shown += new
    return shown


def _of_the_asked(asked: Asked, ranked: Sequence[Scored]) -> Sequence[Scored]:
    """Without what is about another thing of the same kind, and, where a figure is asked for, without what has nothing but
    the 比例 of the question; as long as anything else was found.
    """
    kept = [one for one in ranked if not one.rival] or ranked
    subject = {pair: plain_weight(pair) for pair in asked.pairs - measures(asked)}
    if asked.kind in _FIGURES and any(coverage(subject, one.pairs) >= SPOKEN_OF for one in kept):
        kept = [one for one in kept if coverage(subject, one.pairs) > 0]
    return kept


def _time_first(asked: Asked, ranked: Sequence[Scored]) -> Sequence[Scored]:
    """Where it is asked how long, what comes before the best sentence with a time is left out, if that is near."""
    if asked.kind != "time" or not ranked or ranked[0].unit.is_list:
        return ranked
    said = next(
        (
            one
            for one in ranked
            if holds_form(asked.wanted, one.form)
            and not one.unit.is_list
            and 2 * one.focus >= ranked[0].focus
            and not figure_missing(asked.form, [one.form])
        ),
        None,
    )
    if said is None or not 0 < ranked[0].score - said.score <= NO_TIME:
        return ranked
    return [said, *(one for one in ranked if one.score <= said.score and one is not said)]


def choose(asked: Asked, ranked: Sequence[Scored]) -> list[Scored]:
    """The best unit, those near it that say something else, and those that speak of what is still open.

    The best one comes first, whatever is shown of its article besides stands in the article's order.
    """
    figure = asked.kind in _FIGURES
    one_figure = not asked.clause and one_figure_asked(asked.form)
    subject = {pair: plain_weight(pair) for pair in asked.pairs - measures(asked)}

    def belongs(one: Scored, best: Scored) -> bool:
        """Whether it speaks of the same subject as the best one, and has a figure where one is asked for."""
        if one_figure and not (holds_form(asked.wanted, one.form) or counts_from(one.form)):
            return False
        return _article(one) == _article(best) or (
            coverage(subject, one.pairs) >= SAME_SUBJECT * coverage(subject, best.pairs)
        )

    within = SAME_ARTICLE_FIGURE if figure else SAME_ARTICLE
    chosen: list[Scored] = []
    for one in ranked:
        behind = ranked[0].score - one.score
        if len(chosen) == MOST_UNITS or behind > OPEN:
            break
        late_list = one.unit.is_list and chosen and _article(one) != _article(chosen[0])
        second_list = one.unit.is_list and any(
            other.unit.is_list and not _twin_lists(one, other) for other in chosen
        )
        if late_list or second_list or any(same(one, other) for other in chosen):
            continue
        near = behind <= (within if chosen and _article(one) == _article(chosen[0]) else ELSEWHERE)
        near = near and not (chosen and _another_matter(asked, one, ranked[0]))
        if chosen and not belongs(one, chosen[0]):
            continue
        if (near or _adds(asked, one, chosen)) and _fits(one, chosen):
            chosen.append(one)
    return _in_order(chosen)


def _another_matter(asked: Asked, one: Scored, best: Scored) -> bool:
    """Whether one that is nearly as good as the best says something else all the same."""
    said_already = _is_said(asked) and best.says and 3 * one.says < 2 * best.says  # the rest of the article
    other_thing = best.focus > FOCUSED and 2 * one.focus < best.focus
    other_item = not one.pairs and _ITEM.match(
        one.form
    )  # a neighbour in a list of which another item answers
    return bool(said_already or other_thing or other_item)


def _twin_lists(one: Scored, other: Scored) -> bool:
    """对党组织的问责方式包括, 对领导干部的问责方式包括: two lists of one article that say the same of the question."""
    two_lists = one.unit.is_list and other.unit.is_list and one.unit.spans[0] != other.unit.spans[0]
    return two_lists and _article(one) == _article(other) and one.pairs == other.pairs


def _is_said(asked: Asked) -> bool:
    """Whether one sentence can say just what is asked; conditions stand in several."""
    return asked.kind in {"whether", "agent", "frequency", "how"} or (
        asked.kind == "list" and "条件" not in asked.form
    )


def steps(asked: Asked, ranked: Sequence[Scored]) -> list[Scored]:
    """Of a procedure that no one list or sentence tells: the best sentence of each article of one regulation, in order."""
    if asked.kind != "procedure" or not ranked:
        return []
    best = ranked[0]
    if best.unit.is_list or holds_form(asked.wanted, best.form):
        return []
    of_article: dict[tuple[str, int], Scored] = {}
    for one in ranked:
        if (
            one.unit.hit.document_id == best.unit.hit.document_id
            and best.score - one.score <= STEP
            and not one.unit.is_list
            and 3 * len(one.pairs) >= len(asked.pairs)
            and len(of_article) < MOST_STEPS
        ):
            of_article.setdefault(_article(one), one)
    return sorted(of_article.values(), key=lambda one: one.unit.spans[0]) if len(of_article) > 2 else []


def _article(one: Scored) -> tuple[str, int]:
    return one.unit.hit.document_id, one.unit.hit.section_start


def _in_order(chosen: Sequence[Scored]) -> list[Scored]:
    """The best sentence, what belongs to it of its article, then other articles; each article in its order."""
    places = list(dict.fromkeys(_article(one) for one in chosen))
    rest = sorted(chosen[1:], key=lambda one: (places.index(_article(one)), one.unit.spans[0]))
    return [*chosen[:1], *rest]


def _fits(one: Scored, chosen: Sequence[Scored]) -> bool:
    """A list is shown whole, with whatever it answers; sentences only up to a length that is read at a glance."""
    behind = sum(len(text) for other in chosen[1:] if not other.unit.is_list for text in other.unit.texts)
    return not chosen or one.unit.is_list or behind + len(one.form) <= MOST_CHARACTERS


def _adds(asked: Asked, one: Scored, chosen: Sequence[Scored]) -> bool:
    """Whether it covers much of what the chosen ones leave open: the second half of a double question."""
    weights = {pair: plain_weight(pair) for pair in asked.stressed or asked.pairs}
    said = frozenset().union(*(other.pairs for other in chosen))
    gain = coverage(weights, said | one.pairs) - coverage(weights, said)
    return gain >= ADDS and (asked.wanted is None or holds_form(asked.wanted, one.form))


def same(one: Scored, other: Scored) -> bool:
    """Nearly the same words, or a part of what is already shown."""
    document = one.unit.hit.document_id == other.unit.hit.document_id
    if document and set(one.unit.spans) & {*other.unit.spans, other.unit.lead}:
        return True
    if _twin_lists(one, other):
        return False  # their lead-ins differ in one word
    left, right = _pairs(one.form), _pairs(other.form)
    return len(left & right) >= SAME_WORDING * max(1, min(len(left), len(right)))


def _pairs(form: str) -> set[str]:
    return {form[at : at + 2] for at in range(len(form) - 1)}
