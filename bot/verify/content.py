"""Whether enough of what the sentence says stands in the evidence. The thresholds are calibrated: docs/verification.md."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.verify.model import Verdict
from bot.verify.passages import Place
from bot.verify.reading import Clause, Reading
from bot.verify.words import FUNCTION

_PIECES = re.compile(r"[ 、()]+")
WHOLE = 0.52  # share of the sentence's characters and pairs that the nearest evidence has
CLAUSE = 0.42  # the same of its weakest clause
VERBATIM = 0.75  # share of a clause's pairs, from which it repeats the evidence's wording
PLAIN = frozenset(
    {
        "自己",
        "最多",
        "至多",
        "最长",
        "至少",
        "最少",
        "已经",
        "同时",
        "然后",
        "必须",
        "确实",
        "还是",
        "都是",
        "就是",
        "开展",
        "进行",
        "左右",
        "一个",
        "具体",
        "仍然",
        "其中",
        "另外",
    }
)
LONG_CLAUSE = 5  # pairs, from which a clause is looked at by itself
COPIED, ADDED = (
    0.95,
    0.55,
)  # where all before it repeats the evidence, a last clause that has less of it was added
STRANGE = 4  # characters of one run that the evidence has nowhere: 缴纳保证金 is no paraphrase


def check_content(said: Reading, places: Sequence[Place]) -> Verdict | None:
    known = [place.reading.grams | place.around for place in places]
    together = frozenset().union(*known[:6])
    if said.grams and share(said.grams, together, letters_of(together)) < WHOLE:
        return Verdict(False, "content", "依据中没有这句话说的大部分内容")
    everything = frozenset().union(*known)
    shares = [max(share(clause.grams, one, letters_of(one)) for one in known) for clause in said.clauses]
    for at, clause in enumerate(said.clauses):
        if len(clause.grams) < LONG_CLAUSE:
            continue
        added = 0 < at == len(shares) - 1 and min(shares[:at]) >= COPIED
        if shares[at] < (ADDED if added else CLAUSE):
            return Verdict(False, "content", f"依据中没有“{clause.text}”")
        new = _strange(clause, everything) or _new_word(clause, said, places)
        if new:
            return Verdict(False, "content", f"依据中没有“{new}”")
    return None


@lru_cache(maxsize=4096)
def letters_of(grams: frozenset[str]) -> frozenset[str]:
    return frozenset(character for gram in grams if gram[0] != "<" for character in gram)


def share(grams: frozenset[str], known: frozenset[str], letters: frozenset[str]) -> float:
    """Half pairs, half single characters: a paraphrase keeps the characters more than the pairs."""
    plain = [gram for gram in grams if gram[0] != "<"]
    if not plain:
        return 1.0
    own = {character for gram in plain for character in gram}
    return 0.5 * sum(gram in known for gram in plain) / len(plain) + 0.5 * len(own & letters) / len(own)


def _strange(clause: Clause, known: frozenset[str]) -> str | None:
    """A run of characters of which the evidence has next to none."""
    letters = letters_of(known)
    words = (word for piece in _PIECES.split(clause.plain) for word in new_words(piece, known, letters))
    return next((word for word in words if len(set(word) - letters) >= STRANGE), None)


def _new_word(clause: Clause, said: Reading, places: Sequence[Place]) -> str | None:
    """A word that the evidence does not have, put in the place of one that it has, in a clause that otherwise repeats
    it word for word.
    """
    plain = frozenset(gram for gram in clause.grams if gram[0] != "<")
    if len(plain) < LONG_CLAUSE:
        return None
    best = max(
        ((len(plain & there.grams), there) for place in places for there in place.reading.clauses),
        key=lambda item: item[0],
    )
    shared, there = best
    if shared < VERBATIM * len(plain):
        return None
    known = frozenset().union(*(one.reading.grams | one.around for one in places))
    new = _words(clause, known)
    lost = _words(there, said.grams)
    return new[0] if new and lost else None


def _words(clause: Clause, known: frozenset[str]) -> list[str]:
    letters = letters_of(known)
    words = [word for piece in _PIECES.split(clause.plain) for word in new_words(piece, known, letters)]
    return [word for word in words if word not in PLAIN and not set(word) & set("他她它们这那")]


def new_words(clause: str, known: frozenset[str], letters: frozenset[str]) -> list[str]:
    """Runs of two or more content characters whose pairs the evidence does not have."""
    kept = [c for c in clause if c not in FUNCTION and "\u3400" <= c <= "\u9fff"]
    fresh = [
        not (
            (at and "".join(kept[at - 1 : at + 1]) in known)
            or (at + 1 < len(kept) and "".join(kept[at : at + 2]) in known)
        )
        for at in range(len(kept))
    ]
    words, word = [], ""
    for character, new in zip([*kept, ""], [*fresh, False], strict=True):
        if new:
            word += character
        else:
            if len(word) > 1 and not set(word) <= letters:
                words.append(word)
            word = ""
    return words
