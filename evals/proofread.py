"""How good the proofreader is: the share of the slips it finds, and of its findings that are slips.

A finding finds a slip when it overlaps one of its places and is not so long that it would overlap anything. In passages,
where every slip is known, a finding that finds none is false. In whole documents there may be slips that nobody has listed:
a finding that finds none there is false only if an editor has refuted it, and until then unjudged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from evals.proofcases import Origin, ProofCase, Slip

DOCUMENTS = frozenset({"real", "whole"})  # read as they are found: not all of their slips are known
_WIDE = 40  # characters a finding may mark beyond the slip: about a clause on either side

Progress = Callable[[int, int], None]


class Found(Protocol):
    """A finding of the proofreader; `bot.proofreading` has the full one. `suggestion` None: a person must decide."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def rule(self) -> str: ...
    @property
    def suggestion(self) -> str | None: ...


Proofreader = Callable[[str], Sequence[Found]]


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding as it is kept: its words, whether a known slip stands there, and whether that is anybody's judgement."""

    start: int
    end: int
    text: str
    rule: str
    suggestion: str | None
    true: bool
    judged: bool = True


@dataclass(frozen=True, slots=True)
class SlipResult:
    """`suggested`: some finding would turn it into one of the wanted words; None where no words are wanted."""

    slip: Slip
    found: bool
    suggested: bool | None


@dataclass(frozen=True, slots=True)
class TextResult:
    """One text that was proofread: a passage, or a document with the real slips known in it."""

    id: str
    origin: Origin
    half: str
    kind: str
    text: str
    slips: tuple[SlipResult, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """`skipped`: case id -> why it could not be judged."""

    results: tuple[TextResult, ...]
    skipped: dict[str, str]


def judge_all(
    cases: Sequence[ProofCase],
    proofread: Proofreader,
    data: Path | None,
    *,
    shelf: bool = False,
    on_text: Progress | None = None,
) -> Judged:
    """`data`: the folder that the sources are named from. `shelf`: whether the proofreader has a knowledge base."""
    skipped: dict[str, str] = {}
    texts = list(_texts(cases, data, shelf, skipped))
    results = []
    for done, (case, text) in enumerate(texts, 1):
        results.append(judge(case, text, proofread(text)))
        if on_text:
            on_text(done, len(texts))
    return Judged(tuple(results), skipped)


def judge(case: ProofCase, text: str, found: Sequence[Found]) -> TextResult:
    """The slips of `case` stand in `text` itself."""
    slips = tuple(
        SlipResult(slip, any(finds(one, slip) for one in found), _suggested(slip, text, found))
        for slip in case.slips
        if not slip.optional
    )
    marks = tuple(_mark(case, text, one) for one in found)
    return TextResult(case.id, case.origin, case.half, case.kind, text, slips, marks)


def _mark(case: ProofCase, text: str, found: Found) -> Mark:
    """A verdict is about the rule that it was given on: another rule's finding at that place has to be read again."""
    true = any(finds(found, slip) for slip in case.slips)
    refuted = any(rule == found.rule and finds(found, place) for place, rule in case.refuted)
    words = text[found.start : found.end]
    judged = true or refuted or case.origin not in DOCUMENTS
    return Mark(found.start, found.end, words, found.rule, found.suggestion, true, judged)


def finds(found: Found, slip: Slip) -> bool:
    """An empty finding (something is missing here) finds a slip that it touches."""
    if found.start == found.end:
        return any(start <= found.start <= end for start, end in slip.places)
    widest = max(end for _, end in slip.places) - min(start for start, _ in slip.places) + _WIDE
    if found.end - found.start > widest:
        return False
    return any(found.start < end and start < found.end for start, end in slip.places)


def _suggested(slip: Slip, text: str, found: Iterable[Found]) -> bool | None:
    """Does a finding make of the text what the slip wants made of it?"""
    if not slip.suggestions:
        return None
    wanted = {text[: slip.start] + words + text[slip.end :] for words in slip.suggestions}
    return any(
        text[: one.start] + one.suggestion + text[one.end :] in wanted
        for one in found
        if one.suggestion is not None and finds(one, slip)
    )


def _texts(
    cases: Sequence[ProofCase], data: Path | None, shelf: bool, skipped: dict[str, str]
) -> Iterator[tuple[ProofCase, str]]:
    """Each text once; what is listed of a document, slips and refuted findings, is judged together."""
    read: dict[str, str | None] = {}
    listed: dict[str, list[ProofCase]] = {}
    whole: list[ProofCase] = []
    for case in cases:
        if case.source and case.source not in read:
            read[case.source] = _read(data, case.source)
        text = read[case.source] if case.source else case.text
        if why := _unreadable(case, text, shelf):
            skipped[case.id] = why
        elif case.find:
            listed.setdefault(case.source, []).append(case)
        elif case.origin == "whole":
            whole.append(case)
        elif text is not None:
            yield case, text[slice(*case.span)] if case.span else text
    for case in whole:
        text = read[case.source] or ""
        yield _with(case, listed.pop(case.source, []), text), text
    for source, same in listed.items():
        text = read[source] or ""
        yield _with(replace(same[0], id=source, origin="real", kind="real"), same, text), text


def _unreadable(case: ProofCase, text: str | None, shelf: bool) -> str:
    if case.shelf and not shelf:
        return "要有法规资料库才能判断（用 --home 指定）"
    if text is None:
        return "没有 ../shared/data 里的原文"
    if case.find and text.count(case.find) != 1:
        return "原文里找不到（或不止一处）这几个字"
    return ""


def _with(case: ProofCase, listed: Sequence[ProofCase], text: str) -> ProofCase:
    places = [(one, _moved(one.slips[0], text.index(one.find))) for one in listed]
    return replace(
        case,
        slips=tuple(place for one, place in places if one.origin == "real"),
        refuted=tuple((place, one.rule) for one, place in places if one.origin == "refuted"),
    )


def _moved(slip: Slip, by: int) -> Slip:
    return replace(slip, start=slip.start + by, end=slip.end + by)


def _read(data: Path | None, source: str) -> str | None:
    path = (data or Path()) / source
    return path.read_text(encoding="utf-8") if data and path.is_file() else None
