"""Whether the sentence binds as strongly as its evidence: must, may, must not, 一般, 一律, and what is denied. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.verify.model import Verdict
from bot.verify.passages import Place
from bot.verify.reading import Clause, Reading, grams_of
from bot.verify.words import FUNCTION

LEAST = 0.3  # of what a modal governs has to be there
ALIGNED = 0.45  # below this a part of the sentence was not found, and says nothing about modals
HEAD, SUBJECT, AROUND = (
    0.55,
    0.25,
    0.2,
)  # what counts the words a modal governs, its clause, the other clauses
NEAR_TIE = 0.97  # parts of the evidence that fit about as well as the best
_NAMES = {
    "must": "“应当”“必须”",
    "may": "“可以”",
    "mustnot": "“不得”“不能”",
    "neednot": "“可以不”“不必”",
    "": "没有“可以”",
}


# 可以根据需要，…: what the modal governs comes in the next clause.
_TOPIC = re.compile(r"对|关于|至于|就|在")
_FUNCTION = "".join(sorted(FUNCTION))
_ADJUNCT = re.compile(r"(?:根据|按照|在|经|通过|以|结合|对|针对|视|从)[^,]{0,10}$")
_DENIED = re.compile(r"[不未无没非免禁勿别缺]|拒|防止|避免")


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
    unhedged = _figures_hedged(said, places)
    if unhedged:
        return unhedged
    for part in _parts(said):
        if len(part.head) < 2:
            continue
        if part.force == "neednot" and not _exempted(part, there):
            return Verdict(False, "modal", f"依据中没有可以不“{part.clause.text}”的话")
        matches = _aligned(part, said, there)
        if not matches:
            continue
        found = (
            _modal(part, said, matches)
            or _hedge(part, said, matches, places)
            or _denial(part, said, matches, places)
        )
        if found:
            return found
    return _scope(said, places)


def _exempted(part: Part, there: Sequence[tuple[Part, Place]]) -> bool:
    """不必开会 has to be said of this very thing, or it to be denied: nothing else is as dangerous to be wrong about."""
    for other, _ in there:
        if other.force == "neednot" and part.head & (other.head | other.clause.grams):
            return True
        if any(part.head & grams_of(denied) for denied in other.clause.modality.denied):
            return True
    return False


def _parts(reading: Reading) -> Iterator[Part]:
    """What is governed by each modal; conditions (…的) are left out: 可以 there permits nothing."""
    inherited = ""
    clauses = reading.clauses
    for at, clause in enumerate(clauses):
        following = clauses[at + 1] if at + 1 < len(clauses) and clause.stop in {",", ":"} else None
        forces = clause.modality.forces
        if clause.modality.of_before or (clause.stop == "," and clause.text.endswith(("的", "时", "期间"))):
            pass
        elif following and following.modality.of_before and not forces:
            yield Part(following.modality.of_before, "", clause.grams, clause, at)
        elif not forces:
            if clause.grams:
                option = following and following.text.startswith(("也可", "也能", "还可"))
                yield Part("", "may" if option else inherited, clause.grams, clause, at)
        else:
            for number, (force, end, _) in enumerate(forces):
                last = number + 1 == len(forces)
                head = grams_of(clause.text[end : len(clause.text) if last else forces[number + 1][1]])
                if last and following and not following.modality.forces and _ADJUNCT.match(clause.text[end:]):
                    head |= following.grams
                yield Part(force, "", head if len(head) > 1 else clause.grams, clause, at)
            inherited = forces[-1][0]
        if clause.stop in {"。", ";", "!", "?"}:
            inherited = ""


def _aligned(part: Part, said: Reading, there: Sequence[tuple[Part, Place]]) -> list[Match]:
    rest = part.clause.grams - part.head
    others = said.grams - part.clause.grams - part.head
    found = []
    for other, place in there:
        own = other.head | other.clause.grams
        sentence = place.reading.grams
        head = len(part.head & other.head) + 0.8 * len(part.head & (own - other.head))
        if head < LEAST * len(part.head):
            continue
        head = (head + 0.4 * len(part.head & (sentence - own))) / len(part.head)
        subject = _share(rest, own, sentence, place.beyond)
        around = _share(others, own, sentence, place.beyond)
        weights = (HEAD, SUBJECT if rest else 0.0, AROUND if others else 0.0)
        score = (weights[0] * head + weights[1] * subject + weights[2] * around) / sum(weights)
        found.append(Match(other, place, score))
    best = max((match.score for match in found), default=0.0)
    if best < ALIGNED:
        return []
    return sorted((one for one in found if one.score >= NEAR_TIE * best), key=lambda one: -one.score)


def _share(
    grams: frozenset[str], own: frozenset[str], sentence: frozenset[str], beyond: frozenset[str]
) -> float:
    if not grams:
        return 0.0
    return (len(grams & own) + 0.7 * len(grams & (sentence - own)) + 0.25 * len(grams & beyond)) / len(grams)


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


def _modal(part: Part, said: Reading, matches: Sequence[Match]) -> Verdict | None:
    if any(_allows(part, match.part) for match in matches):
        return None
    forces = {one.force for one in _parts(said)}
    if part.force == "" and (matches[0].part.force in forces or _is_topic(part, said)):
        return None  # 公务员的工资，任何机关不得扣减: what is talked of, before what is said of it
    there = matches[0].part
    if part.force in {"", "must"} and there.force == "mustnot" and part.clause.modality.denied:
        return None
    kind = "negation" if "mustnot" in {part.force, there.force} else "modal"
    force = there.force or there.inherited
    return Verdict(False, kind, f"依据说的是{_NAMES[force]}，句中说的是{_NAMES[part.force]}")


def _is_topic(part: Part, said: Reading) -> bool:
    return part.clause_at + 1 < len(said.clauses) and _TOPIC.match(part.clause.text) is not None


def _hedge(part: Part, said: Reading, matches: Sequence[Match], places: Sequence[Place]) -> Verdict | None:
    figures = _figures(part.clause)
    around = [clause for place in places for clause in place.reading.clauses]
    if part.clause.modality.hedged:
        for clause in around:
            same = len(part.clause.grams & clause.grams) >= 0.3 * len(part.clause.grams)
            if clause.modality.hedged and (figures & clause.grams or same):
                return None
        if any(clause.modality.hedged for match in matches for clause in match.place.reading.clauses):
            return None
        return Verdict(False, "modal", "依据没有说“一般”")
    if any(clause.modality.hedged for clause in said.clauses):
        return None
    for match in matches:
        theirs = _figures(match.part.clause)
        if not match.part.clause.modality.hedged or (theirs and not theirs & said.grams):
            return None
    return Verdict(False, "modal", "依据说的是“一般”，句中漏了")


def _figures_hedged(said: Reading, places: Sequence[Place]) -> Verdict | None:
    """A figure that the evidence only gives with 一般 is not given without it."""
    if any(clause.modality.hedged for clause in said.clauses):
        return None
    around = [clause for place in places for clause in place.reading.clauses]
    for clause in said.clauses:
        figures = _figures(clause)
        most = max((len(figures & other.grams) for other in around), default=0)
        holding = [other for other in around if most and len(figures & other.grams) == most]
        close = [other for other in holding if len((clause.grams & other.grams) - figures) >= 2]
        if close and all(other.modality.hedged for other in close):
            return Verdict(False, "modal", "依据说的是“一般”，句中漏了")
    return None


def _figures(clause: Clause) -> frozenset[str]:
    """一般每月召开1次 says 一般 of its figures; a sentence without them says something else of the meeting."""
    return frozenset(gram for gram in clause.grams if gram.startswith("<0n:"))


def _denial(part: Part, said: Reading, matches: Sequence[Match], places: Sequence[Place]) -> Verdict | None:
    """What one of the two denies and the other says plainly."""
    sentences = [match.place.reading for match in matches]
    known = [head for place in places for clause in place.reading.clauses for head in clause.modality.denied]
    for head in part.clause.modality.denied:
        if any(grams_of(head[:6]) & grams_of(other) for other in known):
            continue
        plainly = all(_says_plainly(head, reading.text) for reading in sentences)
        if plainly or not any(match.part.clause.modality.denied for match in matches):
            return Verdict(False, "negation", "依据是肯定的，句中说成了否定的")
    if any(clause.modality.of_before for clause in said.clauses):
        return None
    ours = [head for clause in said.clauses for head in clause.modality.denied]
    for head in matches[0].part.clause.modality.denied:
        if any(grams_of(head) & grams_of(own) for own in ours):
            continue
        if _says_plainly(head, said.text) and not any(
            _says_plainly(head, match.part.clause.text) for match in matches
        ):
            return Verdict(False, "negation", "依据是否定的，句中说成了肯定的")
    return None


def _says_plainly(head: str, text: str) -> bool:
    """Whether the words stand in the text, and nowhere after a negation."""
    head = head.lstrip(_FUNCTION)
    words = head[:3] if len(head) > 2 and text.find(head[:3]) >= 0 else head[:2]
    if len(words) < 2:
        return False
    at, found = text.find(words), False
    while at >= 0:
        start = max(text.rfind(mark, 0, at) for mark in ",;。:") + 1
        end = min((one for one in (text.find(mark, at) for mark in ",;。:") if one >= 0), default=len(text))
        if _DENIED.search(text[start:end]):
            return False
        found = True
        at = text.find(words, at + 1)
    return found


def _scope(said: Reading, places: Sequence[Place]) -> Verdict | None:
    """只能, 一律 and their kin are not added by the sentence."""
    only = any(clause.modality.only for clause in said.clauses)
    every = any(clause.modality.strong_every for clause in said.clauses)
    clauses = [clause for place in places for clause in place.reading.clauses]
    if only and not any(clause.modality.only for clause in clauses):
        return Verdict(False, "only", "依据没有说“只能”“只有”")
    if every and not any(clause.modality.strong_every or "都" in clause.text for clause in clauses):
        return Verdict(False, "only", "依据没有说“一律”“任何”“所有”")
    return None
