"""Whether the evidence can carry an answer, and what to say when it cannot. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import astuple
from functools import cache
from importlib.resources import files

from bot.model import Quote
from bot.question import pairs_in, read_question
from bot.retrieval.lexicon import Lexicon
from bot.strength import UNRELATED, Strength, measure, missing_works, place_of, without_own
from ingest.model import Hit
from ingest.text import search_form

NEAREST = 3  # hits shown with a refusal


@cache
def calibrated() -> tuple[Strength, float]:
    """The weights and the least sum that is answered, from refusal.toml: `python -m evals refusal` learned them."""
    read = tomllib.loads(files("bot").joinpath("refusal.toml").read_text(encoding="utf-8"))
    return Strength(**read["weights"]), float(read["least"])


def is_answerable(
    question: str,
    hits: Sequence[Hit],
    quotes: Sequence[Quote],
    unrelated: float = UNRELATED,
    lexicon: Lexicon | None = None,
) -> bool:
    """Whether the quotes may be shown as an answer; False when there are none.

    `unrelated`: cosine of the nearest text for questions that have nothing to do with the documents. `lexicon`: the
    everyday words of the home; None: the packaged ones.
    """
    _, least = calibrated()
    return bool(quotes) and confidence(measure(question, hits, quotes, unrelated, lexicon)) >= least


def confidence(strength: Strength) -> float:
    """The weighted sum of what speaks for and against an answer."""
    weights, _ = calibrated()
    return sum(value * weight for value, weight in zip(astuple(strength), astuple(weights), strict=True))


def explain(question: str, hits: Sequence[Hit], lexicon: Lexicon | None = None) -> str:
    """One Chinese sentence for the reader: which words of the question the nearest texts do not speak of."""
    if not hits:
        return "知识库里没有找到与这个问题有关的内容，请先导入相关文件，或换一种说法再问。"
    found = pairs_in("\n".join(place_of(hit) + hit.text for hit in hits), lexicon)
    asked = read_question(_without_own(search_form(question), found))
    absent = [work for work in asked.works if not _has_work(work, hits)]
    if absent:
        return f"知识库里没有《{absent[0]}》。下面列出最接近的内容，仅供参考；导入该文件后可以再问。"
    missing = [
        part
        for part in asked.parts
        if len(part) > 1 and _strange(part, found) >= max(1, (len(part) - 1) // 2)
    ]
    if missing:
        words = "、".join(f"“{part}”" for part in missing[:3])
        return (
            f"知识库里没有找到足以回答的依据：最接近的条款没有提到{words}。下面列出最接近的内容，仅供参考。"
        )
    return "知识库里没有找到能直接回答这个问题的条款。下面列出最接近的内容，仅供参考；可以换一种更具体的说法再问。"


def _strange(part: str, found: frozenset[str]) -> int:
    """The longest run of neighbouring pairs of a content word that are not found; an absent figure counts 1."""
    if part[0].isascii():
        return int(part not in found)
    longest = run = 0
    for at in range(len(part) - 1):
        run = 0 if part[at : at + 2] in found else run + 1
        longest = max(longest, run)
    return longest
