"""The one question: do these texts together carry this sentence? Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from bot.verify.model import SUPPORTED, Judge, Verdict
from ingest.text import search_form

__all__ = ["Judge", "Verdict", "recite", "verify"]

MOST_TRIED = 12  # evidence texts looked at for a new citation
_FIGURE = re.compile(r"\d+")


def verify(
    sentence: str, evidence: Sequence[str], titles: Sequence[str] = (), judge: Judge | None = None
) -> Verdict:
    """Whether the texts together carry the sentence. `titles[i]`, where given, says where `evidence[i]` stands
    (《…条例》第十一条): names and article numbers may be carried by it.
    """
    if not evidence:
        return Verdict(False, "uncited", "没有可以引用的出处")
    known = search_form("\n".join((*titles, *evidence)))
    said = search_form(sentence)
    missing = set(_FIGURE.findall(said)) - set(_FIGURE.findall(known))
    if missing:
        return Verdict(False, "number", f"依据中没有数字“{min(missing)}”")
    pairs = {said[at : at + 2] for at in range(len(said) - 1)}
    if sum(pair in known for pair in pairs) < 0.7 * len(pairs):
        return Verdict(False, "content", "依据中没有这句话说的内容")
    return judge(sentence, evidence) if judge else SUPPORTED


def recite(
    sentence: str,
    cited: Sequence[int],
    evidence: Sequence[str],
    titles: Sequence[str] = (),
    judge: Judge | None = None,
) -> tuple[tuple[int, ...], Verdict]:
    """The cited places (0-based) if they carry the sentence, else the fewest others that do, else () with the
    verdict on the cited ones. A cited number that names no evidence counts as no citation.
    """
    there = tuple(dict.fromkeys(at for at in cited if 0 <= at < len(evidence)))
    first = _of(sentence, there, evidence, titles, judge)
    if cited and not there:
        first = Verdict(False, "uncited", "引用的编号不在依据之列")
    if first.supported:
        return there, first
    tried = range(min(len(evidence), MOST_TRIED))
    for places in (*((one,) for one in tried), *combinations(tried, 2)):
        again = _of(sentence, places, evidence, titles, judge)
        if again.supported:
            return places, again
    return (), first


def _of(
    sentence: str,
    places: tuple[int, ...],
    evidence: Sequence[str],
    titles: Sequence[str],
    judge: Judge | None,
) -> Verdict:
    return verify(
        sentence,
        [evidence[at] for at in places],
        [titles[at] for at in places if at < len(titles)],
        judge,
    )
