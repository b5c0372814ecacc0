"""A sentence read once: its clauses, and in them figures, bodies, steps and modals, each with what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.verify.modals import Modality, modality
from bot.verify.quantities import Figure, figures
from bot.verify.words import ACTORS, ACTS, BETWEEN, CONTRASTS, FUNCTION, LEVELS, OFFICE, SAME
from ingest.text import narrow

_SPACE = re.compile(r"\s+")
_SAME = re.compile("|".join(f"(?P<s{at}>{pattern})" for at, (pattern, _) in enumerate(SAME)))
_CLAUSES = re.compile(r"[^,;:。!?]+")
_PIECES = re.compile(r"[ ,;:。!?]+")
_LETTERS = re.compile(r"[\u3400-\u9fffa-z]")
_ACTOR = re.compile(
    rf"(?P<level>(?:{LEVELS})(?:\(单位\))?)?(?:"
    + "|".join(f"(?P<a{at}>{pattern})" for at, (_, pattern) in enumerate(ACTORS))
    + f"|(?P<office>{OFFICE}))"
)
_BETWEEN = re.compile(BETWEEN)
_ACT = re.compile("|".join(f"(?P<v{at}>{pattern})" for at, (_, pattern) in enumerate(ACTS)))
_CONTRASTS = {
    group: re.compile("|".join(f"(?P<c{at}>{pattern})" for at, (_, pattern) in enumerate(rows)))
    for group, rows in CONTRASTS.items()
}
_TOWARDS = re.compile(r"(?:对|向|把|将|为|给|同|与|跟|将其)$")
WEIGHT = 3  # pairs of characters that a mark counts for
NEAR = 8  # characters to each side that count as beside a mark


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing said: `kind` what it can be compared with, `value` what it says, and the pairs of characters
    beside it, elsewhere in its clause, and elsewhere in its sentence.
    """

    kind: str
    value: str
    text: str
    clause: int
    near: frozenset[str]
    clause_rest: frozenset[str]
    sentence_rest: frozenset[str]
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    text: str
    grams: frozenset[str]
    stop: str  # the mark after it
    modality: Modality


@dataclass(frozen=True, slots=True)
class Reading:
    text: str
    clauses: tuple[Clause, ...]
    marks: tuple[Mark, ...]
    grams: frozenset[str]


def normal(text: str) -> str:
    """The form that is compared: narrow, without white space, plain words replaced by official ones."""
    return _SAME.sub(lambda match: SAME[int((match.lastgroup or "s0")[1:])][1], _SPACE.sub("", narrow(text)))


def grams_of(text: str) -> frozenset[str]:
    """Pairs of neighbouring content characters; those of single words too, so that a word alone still counts."""
    kept = "".join(c if c not in FUNCTION else "" for c in text if c not in "、()“”‘’《》〈〉")
    return frozenset(kept[at : at + 2] for at in range(len(kept) - 1) if _LETTERS.match(kept[at]))


@lru_cache(maxsize=8192)
def read(text: str) -> Reading:
    """The reading of one sentence in normal form."""
    found = figures(text)
    masked = list(text)
    for figure in found:
        masked[figure.start : figure.end] = " " * (figure.end - figure.start)
    plain = "".join(masked)
    spans = [(match.start(), match.end()) for match in _CLAUSES.finditer(text)]
    raw = [*_figure_marks(found), *_actor_marks(text, spans), *_contrast_marks(text)]
    raw += list(_counted_marks(text, raw))
    clauses = tuple(
        Clause(
            text[a:b],
            frozenset(g for piece in plain[a:b].split() for g in grams_of(piece)) | _flags(raw, a, b),
            text[b : b + 1],
            modality(text[a:b]),
        )
        for a, b in spans
    )
    whole = frozenset().union(*(clause.grams for clause in clauses)) if clauses else frozenset[str]()
    marks = []
    for kind, value, start, end, figure in raw:
        at = next((n for n, (a, b) in enumerate(spans) if a <= start < b), None)
        if at is None:
            continue
        a, b = spans[at]
        own = _flags(raw, start, end) | grams_of(text[start:end])
        left, right = plain[max(0, start - NEAR) : start], plain[end : end + NEAR]
        pieces = (*_PIECES.split(left), *_PIECES.split(right))
        near = frozenset(g for piece in pieces for g in grams_of(piece))
        near |= _flags(raw, max(0, start - NEAR), end + NEAR)
        near -= own
        in_clause = clauses[at].grams - near - own
        marks.append(
            Mark(kind, value, text[start:end], at, near, in_clause, whole - in_clause - near - own, figure)
        )
    return Reading(text, clauses, tuple(marks), whole)


_Raw = tuple[str, str, int, int, Figure | None]


def _flags(raw: list[_Raw], start: int, end: int) -> frozenset[str]:
    """Marks as content: what a figure is said of is often another mark."""
    return frozenset(
        f"<{copy}{kind}={value}>"
        for kind, value, a, b, _ in raw
        if start <= a and b <= end
        for copy in range(WEIGHT)
    )


def _figure_marks(found: list[Figure]) -> Iterator[_Raw]:
    for figure in found:
        yield f"n:{figure.unit}", figure.value, figure.start, figure.end, figure


def _actor_marks(text: str, spans: list[tuple[int, int]]) -> Iterator[_Raw]:
    """Who is named, and who does what: the name before a step in its clause."""
    for a, b in spans:
        named: list[tuple[int, int, str]] = []
        for match in _ACTOR.finditer(text, a, b):
            body = match["office"] or next(ACTORS[at][0] for at in range(len(ACTORS)) if match[f"a{at}"])
            value = f"{match['level'] or ''}/{body}"
            yield "who", value, match.start(), match.end(), None
            if not _TOWARDS.search(text[a : match.start()]):
                named.append((match.start(), match.end(), value))
        for match in _ACT.finditer(text, a, b):
            act = next(ACTS[at][0] for at in range(len(ACTS)) if match[f"v{at}"])
            by = [
                (start, value)
                for start, end, value in named
                if end <= match.start() and _BETWEEN.fullmatch(text, end, match.start())
            ]
            if by:
                yield f"by:{act}", by[-1][1], by[-1][0], match.end(), None


def _counted_marks(text: str, raw: list[_Raw]) -> Iterator[_Raw]:
    """Of whom a share or a number is taken: the body named right after the figure."""
    bodies = {start: (value, end) for kind, value, start, end, _ in raw if kind == "who"}
    for kind, _, _, end, _ in raw:
        if kind in {"n:share", "n:count"}:
            at = next((at for at in range(end, end + 5) if at in bodies), None)
            if at is not None and not re.search("[,;。、:]", text[end:at]):
                yield f"of:{kind}", bodies[at][0].rpartition("/")[2], at, bodies[at][1], None


def _contrast_marks(text: str) -> Iterator[_Raw]:
    for group, pattern in _CONTRASTS.items():
        for match in pattern.finditer(text):
            at = int(next(name for name, value in match.groupdict().items() if value)[1:])
            yield f"c:{group}", CONTRASTS[group][at][0], match.start(), match.end(), None
