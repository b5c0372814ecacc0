"""Whether the sentence binds as strongly as its evidence: must, may, must not, 一般, 一律, and what is denied. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.verify.model import Verdict
from bot.verify.passages import Place
from bot.verify.reading import Clause, Reading, grams_of

ALIGNED = 0.45  # below this a part of the sentence was not found, and says nothing about modals
HEAD = 0.75  # what the words that a modal governs count; the rest is what stands around
NEAR_TIE = 0.9  # parts of the evidence that fit about as well as the best
_NAMES = {
    "must": "“应当”“必须”",
    "may": "“可以”",
    "mustnot": "“不得”“不能”",
    "neednot": "“可以不”“不必”",
    "": "没有“可以”",
}


@dataclass(frozen=True, slots=True)
class Part:
    """What one modal governs: the words after it up to the next, and its clause."""

    force: str
    inherited: str
    head: frozenset[str]
    clause: Clause
    clause_at: int


@dataclass(frozen=True, slots=True)
class Match:
    part: Part
    place: Place
    score: float


def check_force(said: Reading, places: Sequence[Place]) -> Verdict | None:
    there = [(part, place) for place in places for part in _parts(place.reading)]
    for part in _parts(said):
        if len(part.head) < 2:
            continue
        matches = _aligned(part, said, there)
        if not matches:
            continue
        found = _modal(part, matches) or _hedge(part, said, matches) or _denial(part, said, matches)
        if found:
            return found
    return _scope(said, places)


def _parts(reading: Reading) -> Iterator[Part]:
    inherited = ""
    for at, clause in enumerate(reading.clauses):
        forces = clause.modality.forces
        if not forces:
            if clause.grams:
                yield Part("", inherited, clause.grams, clause, at)
        else:
            for number, (force, end, _) in enumerate(forces):
                until = forces[number + 1][1] if number + 1 < len(forces) else len(clause.text)
                head = grams_of(clause.text[end:until])
                yield Part(force, "", head or clause.grams, clause, at)
            inherited = forces[-1][0]
        if clause.stop in {"。", ";", "!", "?"}:
            inherited = ""


def _aligned(part: Part, said: Reading, there: Sequence[tuple[Part, Place]]) -> list[Match]:
    rest = part.clause.grams - part.head
    others = said.grams - part.clause.grams
    found = []
    for other, place in there:
        head = len(part.head & other.head) + 0.8 * len(part.head & (other.clause.grams - other.head))
        if not head:
            continue
        head += 0.5 * len(part.head & (place.reading.grams - other.clause.grams))
        around = place.reading.grams | place.around
        context = len(rest & around) + 0.5 * len(others & around)
        beyond = len(rest) + 0.5 * len(others)
        share = HEAD * head / len(part.head) + (1 - HEAD) * (context / beyond if beyond else 1.0)
        found.append(Match(other, place, share))
    best = max((match.score for match in found), default=0.0)
    if best < ALIGNED:
        return []
    return sorted((one for one in found if one.score >= NEAR_TIE * best), key=lambda one: -one.score)


def _allows(said: Part, there: Part) -> bool:
    known = {there.force} if there.force else {"", there.inherited}
    if said.force in {"", "must"}:
        if said.force == "" and said.inherited:
            return bool(known & {"", "must", said.inherited})
        return bool(known & {"", "must"})
    if said.force in {"mustnot", "neednot"}:
        if said.force in known:
            return True
        return bool(there.clause.modality.denied) and (said.force == "neednot") == ("may" in known)
    return said.force in known or (said.force == "may" and "neednot" in known)


def _modal(part: Part, matches: Sequence[Match]) -> Verdict | None:
    if any(_allows(part, match.part) for match in matches):
        return None
    there = matches[0].part
    if part.force in {"", "must"} and there.force == "mustnot" and part.clause.modality.denied:
        return None
    kind = "negation" if "mustnot" in {part.force, there.force} else "modal"
    force = there.force or there.inherited
    return Verdict(False, kind, f"依据说的是{_NAMES[force]}，句中说的是{_NAMES[part.force]}")


def _hedge(part: Part, said: Reading, matches: Sequence[Match]) -> Verdict | None:
    hedged = part.clause.modality.hedged
    if any(match.part.clause.modality.hedged == hedged for match in matches):
        return None
    if not hedged and any(clause.modality.hedged for clause in said.clauses):
        return None
    if hedged and any(clause.modality.hedged for match in matches for clause in match.place.reading.clauses):
        return None
    if not hedged and all(_other_figures(part, match.part) for match in matches):
        return None
    word = "依据没有说“一般”" if hedged else "依据说的是“一般”，句中漏了"
    return Verdict(False, "modal", word)


def _other_figures(said: Part, there: Part) -> bool:
    """一般每月召开1次 says 一般 of its figures; a sentence without them says something else of the meeting."""
    figures = {gram for gram in there.clause.grams if gram.startswith("<0n:")}
    return bool(figures) and not figures & said.clause.grams


def _denial(part: Part, said: Reading, matches: Sequence[Match]) -> Verdict | None:
    ours = part.clause.modality.denied
    theirs = [
        head for match in matches for clause in match.place.reading.clauses for head in clause.modality.denied
    ]
    if ours and not theirs:
        return Verdict(False, "negation", "依据是肯定的，句中说成了否定的")
    near = matches[0].part.clause.modality.denied
    if not ours and near and not any(match.part.clause.modality.denied == () for match in matches):
        if not any(clause.modality.denied for clause in said.clauses) and any(
            head[:2] and head[:2] in part.clause.text for head in near
        ):
            return Verdict(False, "negation", "依据是否定的，句中说成了肯定的")
    return None


def _scope(said: Reading, places: Sequence[Place]) -> Verdict | None:
    """只能, 一律 and their kin are not added by the sentence."""
    only = any(clause.modality.only for clause in said.clauses)
    every = any(clause.modality.strong_every for clause in said.clauses)
    clauses = [clause for place in places for clause in place.reading.clauses]
    if only and not any(clause.modality.only for clause in clauses):
        return Verdict(False, "only", "依据没有说“只能”“只有”")
    if every and not any(clause.modality.every for clause in clauses):
        return Verdict(False, "only", "依据没有说“一律”“任何”“所有”")
    return None
