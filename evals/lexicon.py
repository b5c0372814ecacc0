"""What each entry of the lexicon does to the rank of the evidence: searched with it, and with all others but it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.retrieval.lexicon import Lexicon, lexicon_of, spoken
from evals.model import Case

Rank = Callable[[Case, Lexicon], int | None]
_LOST = 101  # the rank of evidence that was not found
_FIRST = 10  # ranks that count in `mrr`


@dataclass(frozen=True, slots=True)
class Move:
    """A case whose evidence stands elsewhere without the entry; ranks from 1, None where it was not found."""

    id: str
    question: str
    without: int | None
    with_it: int | None


@dataclass(frozen=True, slots=True)
class Effect:
    """`touched` cases say a form of the entry and are searched with its wordings; `moves` those whose rank it changes."""

    said: tuple[str, ...]
    touched: int
    moves: tuple[Move, ...]

    @property
    def gains(self) -> int:
        return sum(_place(move.with_it) < _place(move.without) for move in self.moves)

    @property
    def losses(self) -> int:
        return len(self.moves) - self.gains

    @property
    def mrr(self) -> float:
        """What the entry adds to the sum of reciprocal ranks over all cases."""
        return sum(reciprocal(move.with_it) - reciprocal(move.without) for move in self.moves)


def ablate(cases: Sequence[Case], lexicon: Lexicon, rank: Rank) -> tuple[Effect, ...]:
    """The effect of every entry that is searched for, most touched first; `rank` is the place of a case's first evidence."""
    asked = [case for case in cases if case.gold]
    entries = {case.id: {entry for _, entry in spoken(case.question, lexicon)} for case in asked}
    full = {case.id: rank(case, lexicon) for case in asked if entries[case.id]}
    effects = []
    for entry in lexicon.entries:
        if not entry.means:
            continue
        rest = lexicon_of(one for one in lexicon.entries if one is not entry)
        touched = [case for case in asked if entry in entries[case.id]]
        moves = (Move(case.id, case.question, rank(case, rest), full[case.id]) for case in touched)
        changed = tuple(move for move in moves if move.with_it != move.without)
        effects.append(Effect(entry.said, len(touched), changed))
    return tuple(sorted(effects, key=lambda effect: -effect.touched))


def reciprocal(rank: int | None) -> float:
    """1 over the rank within the first ten, 0 beyond."""
    return 1 / rank if rank is not None and rank <= _FIRST else 0.0


def _place(rank: int | None) -> int:
    return _LOST if rank is None else rank
