"""One name or word put in the place of another, whatever it is: no list of names is needed. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from bot.verify.model import Verdict
from bot.verify.passages import Place
from bot.verify.reading import Clause, Reading, grams_of
from bot.verify.words import FUNCTION

REACH = 14  # characters after 由, 经, 向 that are looked at
ABOUT = 0.35  # share of pairs from which two clauses speak of the same
REPEATS = 0.72  # share of a clause's pairs that another has, from which it repeats it
EQUAL = 0.8  # share of its characters that stay the same, from which what changed was put in on purpose
_SLOT = re.compile(
    r"(?<![自理事])由(?!于|此)|(?<![已曾历])经(?!过|常|费|济|营|验|历|办)|(?<![汇申])报(?!告|名|纸|道|酬|复)|(?<![方倾面])向"
)
NEARLY = 0.5  # share of its pairs, below which a sentence copies none
COPIED = 0.9  # share of a sentence that is the evidence's, from which the rest was changed on purpose
LIKE, UNLIKE, CLOSE = 0.6, 0.45, 0.2  # how alike two sides of 由 are
_LEFT_TO = re.compile(r"(?<![自理事])由(?!于|此)")
_NOUNS = frozenset(
    {"单位", "机关", "组织", "部门", "委员", "党委", "人员", "会议", "政府", "支部", "党员", "机构", "负责"}
)
_NOT = re.compile(r"[不没未无非]")
_STOP = re.compile(r"[,;。:]")
_FREE = re.compile(
    r"应当|必须|可以|不得|不能|一般|需要|进行|最多|至多|最长|至少|最少|不超过|不得超过|不少于|不得少于|以内|以上|以下|开展|予以|给予|已经|及时|自己|本人|它们|他们|或者|以及|并且|同时|上述|前款|有关|相应|各种|如何|怎样|这个|那个|这些"
)


def check_replaced(said: Reading, places: Sequence[Place]) -> Verdict | None:
    there = [clause for place in places for clause in place.reading.clauses]
    copy = _copy(said, places)
    if copy and _flipped(*copy):
        return Verdict(False, "negation", "句子照抄了依据，只改了肯定或者否定")
    for clause in said.clauses:
        crossed = _by_whom(said, clause, places)
        if crossed:
            return Verdict(False, "subject", f"“{clause.text}”由谁来做与依据不一致")
    copied = _copied(*copy) if copy else None
    if copied:
        return Verdict(False, "content", f"句中“{copied[0]}”，依据“{copied[1]}”")
    for clause in said.clauses:
        found = _slots(clause, places) or _word(clause, there)
        if found:
            return Verdict(False, "subject" if found[2] else "content", f"句中“{found[0]}”，依据“{found[1]}”")
    return None


def _slots(clause: Clause, places: Sequence[Place]) -> tuple[str, str, bool] | None:
    """由甲决定 for 由乙决定: what stands between 由 and the words that both have."""
    for marker, own in _after_markers(clause.plain):
        others = [
            other
            for place in places
            if len(clause.grams & place.reading.grams) >= ABOUT * len(clause.grams)
            for one in place.reading.clauses
            for at, other in _after_markers(one.plain)
            if at == marker
        ]
        pairs = [pair for other in others if (pair := _different(own, other)) is not None]
        if pairs and len(pairs) == len(others):
            return (*pairs[0], True)
    return None


def _after_markers(text: str) -> Iterator[tuple[str, str]]:
    for match in _SLOT.finditer(text):
        yield match[0], _STOP.split(text[match.end() : match.end() + REACH])[0]


def _different(own: str, other: str) -> tuple[str, str] | None:
    """What stands before the first words that both have, where the two have nothing of it in common."""
    if own[:2] == other[:2]:
        return None
    for at in range(1, len(own) - 1):
        if not set(own[at : at + 2]) & FUNCTION and not (
            own[at : at + 2] in _NOUNS and own[at : at + 3] not in other
        ):
            found = other.find(own[at : at + 2])
            if found >= 1:
                mine, theirs = own[:at], other[:found]
                shared = (set(mine) & set(theirs)) - FUNCTION
                if (
                    len(_content(mine)) > 1
                    and len(_content(theirs)) > 1
                    and not shared
                    and " " not in mine + theirs
                ):
                    return own[: at + 2], other[: found + 2]
                return None
            if found == 0:
                return None
    return None


def _word(clause: Clause, there: Sequence[Clause]) -> tuple[str, str, bool] | None:
    """A word replaced in a clause that otherwise repeats one of the evidence."""
    plain = frozenset(gram for gram in clause.grams if gram[0] != "<")
    if len(plain) < 5:
        return None
    scored = [(len(plain & other.grams), other) for other in there]
    best = max((score for score, _ in scored), default=0)
    if best < REPEATS * len(plain):
        return None
    found: tuple[str, str, bool] | None = None
    for score, other in scored:
        if score == best:
            found = _substitution(clause.plain, other.plain)
            if found is None:
                return None
    return found


def _substitution(own: str, other: str) -> tuple[str, str, bool] | None:
    matcher = SequenceMatcher(None, own, other, autojunk=False)
    steps = matcher.get_opcodes()
    same = sum(b - a for kind, a, b, _, _ in steps if kind == "equal")
    if same < EQUAL * len(own):
        return None
    for kind, a, b, c, d in steps:
        if kind != "replace":
            continue
        mine, theirs = _content(own[a:b]), _content(other[c:d])
        known = set(mine) <= set(other)  # 建议从宽处罚 for 提出从宽处罚的建议
        if (
            not known
            and len(mine) > 1
            and len(theirs) > 1
            and not set(mine) & set(theirs)
            and abs(len(mine) - len(theirs)) < 4
        ):
            return own[a:b], other[c:d], False
    return None


def _content(text: str) -> str:
    return "".join(c for c in _FREE.sub("", text) if c not in FUNCTION and "\u3400" <= c <= "\u9fff")


def _by_whom(said: Reading, clause: Clause, places: Sequence[Place]) -> bool:
    """甲由乙决定: the evidence has 甲由丙, and whatever it leaves to 乙 is not 甲."""
    pivot = _LEFT_TO.search(clause.plain)
    if pivot is None:
        return False
    at = pivot.start()
    number = said.clauses.index(clause)
    before = said.clauses[number - 1].plain if at < 2 and number else ""
    left, right = grams_of(before + clause.plain[:at]), grams_of(clause.plain[at + 1 : at + REACH])
    if len(left) < 2 or len(right) < 2:
        return False
    rules = []
    for place in places:
        clauses = place.reading.clauses
        for one, other in enumerate(clauses):
            found = _LEFT_TO.search(other.plain)
            if found is None:
                by = len(right & other.grams) / len(right)
                known = other.grams | (clauses[one - 1].grams if one else frozenset())
                if by >= UNLIKE:
                    rules.append((len(left & known) / len(left), by))
            else:
                there = found.start()
                lead = clauses[one - 1].plain if there < 2 and one else ""
                rules.append(
                    (
                        len(left & grams_of(lead + other.plain[:there])) / len(left),
                        len(right & grams_of(other.plain[there + 1 : there + REACH])) / len(right),
                    )
                )
    best = max((of for of, by in rules if by < UNLIKE), default=0.0)
    return best >= LIKE and not any(by >= UNLIKE and of > best - CLOSE for of, by in rules)


_Step = tuple[str, int, int, int, int]


def _copy(said: Reading, places: Sequence[Place]) -> tuple[str, str, list[_Step]] | None:
    """The sentence, the one of the evidence that it repeats nearly word for word, and the steps between them."""
    own = " ".join(clause.plain for clause in said.clauses)
    place = places[0]
    if place.score < NEARLY:
        return None
    other = " ".join(clause.plain for clause in place.reading.clauses)
    steps = SequenceMatcher(None, own, other, autojunk=False).get_opcodes()
    same = sum(b - a for kind, a, b, _, _ in steps if kind == "equal")
    return (own, other, list(steps)) if same >= COPIED * len(own) else None


def _copied(own: str, other: str, steps: Sequence[_Step]) -> tuple[str, str] | None:
    """A word replaced in a sentence that otherwise repeats one of the evidence, however long its clauses are."""
    for kind, a, b, c, d in steps:
        if kind == "replace" and 1 < b - a < 12 and abs((b - a) - (d - c)) < 5:
            mine, theirs = _content(own[a:b]), _content(other[c:d])
            if len(mine) > 1 and len(theirs) > 1 and not set(mine) & set(theirs):
                return own[a:b], other[c:d]
    return None


def _flipped(own: str, other: str, steps: Sequence[_Step]) -> bool:
    """不 or 没有 put in or taken out of a sentence that is otherwise the evidence's."""
    moved = sum(
        len(_NOT.findall(own[a:b])) - len(_NOT.findall(other[c:d]))
        for kind, a, b, c, d in steps
        if max(b - a, d - c) < 12
    )
    return moved != 0 and any(
        kind != "equal"
        and max(b - a, d - c) < 3
        and bool(_NOT.search(own[a:b])) != bool(_NOT.search(other[c:d]))
        for kind, a, b, c, d in steps
    )
