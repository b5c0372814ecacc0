"""Whether the evidence can carry an answer, and what to say when it cannot. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.model import Quote
from bot.question import coverage, pairs_in, plain_weight, read_question
from ingest.model import Hit

NEAREST = 3  # hits shown with a refusal
DEEP = 5  # hits that count as evidence
LEAST = 0.5
DENSE, SENTENCE, ARTICLE = 1.0, 1.0, 1.0


@dataclass(frozen=True, slots=True)
class Strength:
    """What speaks for an answer, each 0 to 1."""

    dense: float  # cosine of the question and the best hit
    sentence: float  # share of the question's weight in the best sentence, its title and headings
    article: float  # the same for the best whole hit
    lexical: float


def is_answerable(question: str, hits: Sequence[Hit], quotes: Sequence[Quote]) -> bool:
    """Whether the quotes may be shown as an answer; False when there are none."""
    return bool(quotes) and confidence(measure(question, hits, quotes)) >= LEAST


def confidence(strength: Strength) -> float:
    return DENSE * strength.dense + SENTENCE * strength.sentence + ARTICLE * strength.article


def measure(question: str, hits: Sequence[Hit], quotes: Sequence[Quote]) -> Strength:
    weights = {pair: plain_weight(pair) for pair in read_question(question).pairs}
    return Strength(
        dense=max((hit.scores.get("dense", 0.0) for hit in hits[:DEEP]), default=0.0),
        sentence=max((coverage(weights, pairs_in(_place(q.hit) + q.text)) for q in quotes), default=0.0),
        article=max(
            (coverage(weights, pairs_in(_place(hit) + hit.text)) for hit in hits[:DEEP]), default=0.0
        ),
        lexical=max((hit.scores.get("lexical", 0.0) for hit in hits[:DEEP]), default=0.0),
    )


def explain(question: str, hits: Sequence[Hit]) -> str:
    """One Chinese sentence for the reader: which words of the question the nearest texts do not speak of."""
    if not hits:
        return "知识库里没有找到与这个问题有关的内容，请先导入相关文件，或换一种说法再问。"
    parts = [part for part in read_question(question).parts if len(part) > 1]
    found = pairs_in("\n".join(_place(hit) + hit.text for hit in hits[:DEEP]))
    missing = [part for part in parts if part[:2] not in found and part[-2:] not in found]
    if missing:
        words = "、".join(f"“{part}”" for part in missing[:3])
        return (
            f"知识库里没有找到足以回答的依据：最接近的条款没有提到{words}。下面列出最接近的内容，仅供参考。"
        )
    return "知识库里没有找到能直接回答这个问题的条款。下面列出最接近的内容，仅供参考；可以换一种更具体的说法再问。"


def _place(hit: Hit) -> str:
    return "\n".join((hit.title, *hit.heading_path, ""))
