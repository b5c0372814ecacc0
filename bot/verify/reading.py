"""A sentence read once: its clauses, and in them figures, bodies, steps and modals, each with what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import add

from bot.verify.daywords import days_in_words
from bot.verify.modals import Modality, modality
from bot.verify.quantities import Figure, figures
from bot.verify.words import ACTORS, ACTS, BETWEEN, CONTRASTS, FUNCTION, LEVELS, OFFICE, SAME
from ingest.text import narrow

_SPACE = re.compile(r"\s+")
_SAME = re.compile("|".join(f"(?P<s{at}>{pattern})" for at, (pattern, _) in enumerate(SAME)))
_CLAUSES = re.compile(r"[^,;:。!?]+")
_PIECES = re.compile(r"[ ,;:。!?、]+")
_DROPPED = re.compile(r"[^\u3400-\u9fffa-z]|[" + "".join(sorted(FUNCTION)) + "]")
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
_OPENING = re.compile(r"(?:第[^条]{1,6}条|\([^)]{1,3}\)|\d+[.、])?(?:其中|由)?")
_BY = re.compile(r"由([^,;。由]{2,12}?)(?:负责|集体|统一|依法)?$")
_LOOKING = re.compile(r"\(\?<?[!=][^()]*(?:\(\?:[^()]*\)[^()]*)*\)")
_TOWARDS = re.compile(r"(?:对|向|把|将|为|给|同|与|跟|将其)$")
WEIGHT = 3  # pairs of characters that a mark counts for
TOUCH = 6  # characters to each side that touch a mark
NEAR = 8  # characters to each side that count as beside a mark


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing said: `kind` what it can be compared with, `value` what it says; the characters that touch it, and
    the pairs of characters beside it, elsewhere in its clause, and elsewhere in its sentence.
    """

    kind: str
    value: str
    text: str
    clause: int
    start: int
    touch: frozenset[str]
    across: frozenset[str]  # the same, each on the other side
    near: frozenset[str]
    clause_rest: frozenset[str]
    sentence_rest: frozenset[str]
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    text: str
    plain: str  # with its figures blanked
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
    """The form that is compared: narrow, without white space, plain words replaced by official ones, days in words."""
    official = _SAME.sub(
        lambda match: SAME[int((match.lastgroup or "s0")[1:])][1], _SPACE.sub("", narrow(text))
    )
    return days_in_words(official)


def grams_of(text: str) -> frozenset[str]:
    """Pairs of neighbouring content characters."""
    kept = _DROPPED.sub("", text)
    return frozenset(map(add, kept, kept[1:]))


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
    flags = [(a, b, [f"<{copy}{kind}={value}>" for copy in range(WEIGHT)]) for kind, value, a, b, _ in raw]
    clauses = tuple(
        Clause(
            text[a:b], plain[a:b], _grams_between(plain, flags, a, b), text[b : b + 1], modality(text[a:b])
        )
        for a, b in spans
    )
    whole = frozenset().union(*(clause.grams for clause in clauses)) if clauses else frozenset[str]()
    marks = [
        _mark(one, number, spans, clauses, whole, plain, flags)
        for one in raw
        for number, (a, b) in enumerate(spans)
        if a <= one[2] < b
    ]
    return Reading(text, clauses, tuple(marks), whole)


_Raw = tuple[str, str, int, int, Figure | None]
_Flags = list[tuple[int, int, list[str]]]


def _grams_between(
    plain: str, flags: _Flags, start: int, end: int, without: tuple[int, int] = (0, 0)
) -> frozenset[str]:
    """Pairs of characters and marks of a stretch, none that lies over `without`: what a figure is said of is often
    another mark.
    """
    grams = {gram for piece in _PIECES.split(plain[start:end]) if len(piece) > 1 for gram in grams_of(piece)}
    for a, b, copies in flags:
        if start <= a and b <= end and (b <= without[0] or a >= without[1]):
            grams.update(copies)
    return frozenset(grams)


def _mark(
    raw: _Raw,
    number: int,
    spans: list[tuple[int, int]],
    clauses: tuple[Clause, ...],
    whole: frozenset[str],
    plain: str,
    flags: _Flags,
) -> Mark:
    kind, value, start, end, figure = raw
    a, b = spans[number]
    # What excludes what is often said in the clause before (情节较轻的，给予警告); a figure belongs to its own.
    if kind.startswith("c:") and number and clauses[number - 1].text.endswith(("的", "时")):
        a = spans[number - 1][0]
    if kind.startswith("c:") and number + 1 < len(spans) and clauses[number].text.endswith(("的", "时")):
        b = spans[number + 1][1]
    left, right = max(a, start - NEAR), min(b, end + NEAR)
    own = {gram for x, y, copies in flags if x < end and y > start for gram in copies}
    own |= grams_of(plain[start:end])
    span = (start, end)
    near = _grams_between(plain, flags, left, start, span) | _grams_between(plain, flags, end, right, span)
    near |= _grams_between(plain, flags, left, right, span) & frozenset().union(
        *(copies for _, _, copies in flags)
    )
    near -= own
    rest = clauses[number].grams - near - own
    touch = _touching(plain, start, end)
    return Mark(
        kind,
        value,
        plain[start:end] if figure is None else figure.text,
        number,
        start,
        touch,
        frozenset(("<" if one[0] == ">" else ">") + one[1] for one in touch),
        near,
        rest,
        whole - rest - near - own,
        figure,
    )


def _touching(plain: str, start: int, end: int) -> frozenset[str]:
    """The content characters right before and right after, up to a stop or a figure, each with its side."""
    before = _PIECES.split(plain[max(0, start - TOUCH) : start])[-1]
    after = _PIECES.split(plain[end : end + TOUCH])[0]
    return frozenset(
        side + character
        for side, piece in (("<", before), (">", after))
        for character in piece
        if character not in FUNCTION and _LETTERS.match(character)
    )


@lru_cache(maxsize=64)
def _needed(group: str) -> frozenset[str]:
    """Pairs of characters of which a text has one if it has a word of the group; empty where that cannot be told."""
    found: set[str] = set()
    for _, pattern in CONTRASTS[group]:
        for word in _LOOKING.sub("", pattern).split("|"):
            plain = re.findall(r"[\u3400-\u9fff]{2,}", word)
            if not plain or "?" in word or "(" in word:
                return frozenset()
            found.add(plain[0][:2])
    return frozenset(found)


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
            if _OPENING.fullmatch(text, a, match.start()):
                yield "sub", value, match.start(), match.end(), None
            if not _TOWARDS.search(text[a : match.start()]):
                named.append((match.start(), match.end(), value))
        for match in _ACT.finditer(text, a, b):
            act = next(ACTS[at][0] for at in range(len(ACTS)) if match[f"v{at}"])
            by = [
                (start, value)
                for start, end, value in named
                if end <= match.start() and _BETWEEN.fullmatch(text, end, match.start())
            ]
            unknown = _BY.search(text[a : match.start()])
            if by:
                yield f"by:{act}", by[-1][1], by[-1][0], match.end(), None
            elif unknown:
                yield f"by:{act}", f"/{unknown[1]}", a + unknown.start(1), match.end(), None


def _counted_marks(text: str, raw: list[_Raw]) -> Iterator[_Raw]:
    """Of whom a share or a number is taken: the body named right after the figure."""
    bodies = {start: (value, end) for kind, value, start, end, _ in raw if kind == "who"}
    for kind, _, _, end, _ in raw:
        if kind in {"n:share", "n:count"}:
            at = next((at for at in range(end, end + 5) if at in bodies), None)
            if at is not None and not re.search("[,;。、:]", text[end:at]):
                yield f"of:{kind}", bodies[at][0].rpartition("/")[2], at, bodies[at][1], None


def _contrast_marks(text: str) -> Iterator[_Raw]:
    pairs = set(map(add, text, text[1:]))
    for group, pattern in _CONTRASTS.items():
        needed = _needed(group)
        if needed and not needed & pairs:
            continue
        for match in pattern.finditer(text):
            at = int(next(name for name, value in match.groupdict().items() if value)[1:])
            yield f"c:{group}", CONTRASTS[group][at][0], match.start(), match.end(), None
