"""What a desk weighs before it answers, for those who learn the weights: the product itself never asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from bot.answering.answer import compose_answer
from bot.answering.passage import Unit
from bot.answering.question import read_question
from bot.answering.weighing import Features, features
from bot.kept import texts_of
from bot.model import Query
from bot.refusing.strength import Strength, measure
from bot.retrieval.unrelated import unrelated_level

if TYPE_CHECKING:
    from bot.compose import Desk


def weighed(
    desk: Desk, question: str, as_of: date | None = None
) -> tuple[Sequence[Unit], Sequence[Features]]:
    """Every sentence and list that was found, with what speaks for it."""
    hits = desk.evidence(Query(question, as_of))
    pool, rows, *_ = features(read_question(question, desk.lexicon), hits, texts_of(desk.index), desk.alike)
    return pool, rows


def strength(desk: Desk, question: str, as_of: date | None = None) -> Strength | None:
    """What speaks for answering and against it; None where nothing can be quoted, or what is named is not there."""
    hits, read = desk.evidence(Query(question, as_of)), texts_of(desk.index)
    raw = compose_answer(question, hits, read, desk.lexicon, desk.alike)
    quotes = [quote for sentence in raw for quote in sentence.quotes]
    if not quotes or desk.absent(question, as_of):
        return None
    return measure(question, hits, quotes, unrelated_level(desk.index), desk.lexicon)
