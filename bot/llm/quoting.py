"""Whether the sources carry a sentence, and by which of their words: the fewest units of the fewest sources. Pure.

An article as a whole may seem to carry what none of its sentences says: its many words cover much. So both must hold: the
article carries the sentence, and so do the words that are quoted from it, alone. What a reader opens is the proof.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from bot.llm.evidence import Evidence, TextOf
from bot.model import Quote
from bot.passage import Unit, units
from bot.question import pairs_in
from bot.verify.check import recite, verify
from bot.verify.model import Verdict

_TRIED = 6  # units of one source, the best covering first
_ROUNDS = 6  # sources, or pairs of them, whose quotes are looked for
_NOT_SAID = Verdict(False, "content", "依据中没有一处写明这句话")


def carried(
    sentence: str, cited: Sequence[int], evidence: Sequence[Evidence], text_of: TextOf
) -> tuple[tuple[Quote, ...], Verdict]:
    """Verbatim quotes that carry the sentence, out of the sources that it names (from 0) or else out of others; () with
    the reason where there are none.
    """
    left = list(range(len(evidence)))
    reasons: list[Verdict] = []
    for _ in range(_ROUNDS):
        named = [left.index(at) if at in left else -1 for at in cited]
        texts, places = [evidence[at].text for at in left], [evidence[at].place for at in left]
        found, verdict = recite(sentence, named, texts, places)
        if not (verdict.supported and found):
            return (), reasons[0] if reasons else verdict
        carrying = [left[at] for at in found]
        quotes = _quotes(sentence, [evidence[at] for at in carrying], text_of)
        if quotes:
            return quotes, verdict
        reasons.append(_NOT_SAID)
        left = [at for at in left if at not in carrying]
    return (), _NOT_SAID


def _quotes(sentence: str, carrying: Sequence[Evidence], text_of: TextOf) -> tuple[Quote, ...]:
    """One unit, else two of them; of one source where that is enough. () where no two carry the sentence."""
    wanted = pairs_in(sentence)
    pools = [
        sorted(((one, unit) for unit in units(one.hit, text_of)), key=lambda pair: -_covers(wanted, pair[1]))[
            :_TRIED
        ]
        for one in carrying
    ]
    singles = [(pair,) for pool in pools for pair in pool]
    doubles = [pair for pool in pools for pair in combinations(pool[:4], 2)]
    apart = [
        (one, other) for first, second in combinations(pools, 2) for one in first[:3] for other in second[:3]
    ]
    for few in (*singles, *doubles, *apart):
        texts = ["".join(unit.texts) for _, unit in few]
        if verify(sentence, texts, [one.place for one, _ in few]).supported:
            return tuple(_quote(one, unit, text_of) for one, unit in few)
    return ()


def _covers(wanted: frozenset[str], unit: Unit) -> float:
    """The share of the sentence's pairs in it; of two that cover the same the shorter one."""
    text = "".join(unit.texts)
    return len(wanted & pairs_in(text)) / max(1, len(wanted)) - len(text) / 100_000


def _quote(one: Evidence, unit: Unit, text_of: TextOf) -> Quote:
    """A list is quoted from its first line to its last."""
    start, end = unit.spans[0][0], unit.spans[-1][1]
    return Quote(one.hit, text_of(one.hit.document_id)[start:end], start, end, one.hit.score)
