"""How two things differ, told by what the sources say each of them is. Pure.

Sources seldom say 区别. What each is (党支部党员大会是……的议事决策机构), or when each is set up (50人以上的，设立……),
lets a reader see it; a sentence that happens to name both does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from bot.answering.choosing import choose
from bot.answering.question import Asked
from bot.answering.weighing import Scored
from bot.retrieval.lexicon import Lexicon, spoken
from ingest.text import NUMERAL

MOST = 2  # sentences shown
SHORT = 16  # characters; （一）警告； says nothing of a difference
SAME_WORK = 3.0  # two sentences of one regulation are made to stand beside each other
_COMPARES = re.compile(r"[同与和跟].{1,12}一样|不同于|区别|相比|高于|低于")
_FIGURE = re.compile(
    rf"(?:\d+|[{NUMERAL}半两]+)(?:个?月|年|日|天|次|人|名|%)"
)  # a month of the one, three of the other
_EXCEPTION = re.compile(r"也可以|必要时|因工作需要")
_CLAUSE = re.compile(r"[,;。:、]")


def told_apart(asked: Asked, things: Sequence[Asked], ranked: Sequence[Scored]) -> list[Scored]:
    """One sentence of each thing that say the same sort of thing of it, else a sentence that says something of each;
    empty where no source shows a difference.
    """
    names = [_names(thing.parts[0], asked.lexicon) for thing in things if thing.parts]
    if len(names) != len(things):
        return []
    topic = things[-1].parts[1:]  # 权利 of 正式党员和预备党员的权利有什么不同
    rules = [one for one in ranked if not one.unit.is_list and all(word in one.form for word in topic)]
    for pattern in (_is, _set_up, _tells):
        of_each = [[one for one in rules if _says(pattern(some), one)] for some in names]
        pairs = [
            (left, right)
            for left, right in product(of_each[0][:6], of_each[1][:6])
            if left.unit.spans != right.unit.spans
        ]
        if pairs:
            return list(max(pairs, key=_together))
    telling = [one for one in rules if len(one.form) >= SHORT and _compared(names, one.form)]
    return choose(asked, telling)[:MOST]


def _compared(names: Sequence[Sequence[str]], form: str) -> bool:
    """预备党员……也同正式党员一样; or something of each, with a figure for the one and a figure for the other."""
    if _COMPARES.search(form):
        return all(re.search(_any(some), form) for some in names)
    return len(_FIGURE.findall(form)) > 1 and _of_each(names, form)


def _names(thing: str, lexicon: Lexicon | None) -> tuple[str, ...]:
    """What the thing is called in everyday and in official words, the longest first."""
    official = (word for _, entry in spoken(thing, lexicon) for word in (*entry.means, *entry.same))
    bare = thing.removeprefix("党内") if len(thing) > 3 else thing
    return tuple(sorted({thing, bare, *official}, key=len, reverse=True))


def _is(names: Sequence[str]) -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|[,;。])(?:党的?|中国共产党)?(?:{_any(names)}),?(?:是指?|指的?是)(?!否)[^,;。]{{4}}"
    )


def _tells(names: Sequence[str]) -> re.Pattern[str]:
    """A sentence about it that says how long, of which kinds, to what end: 留党察看最长不超过两年, 开除党籍是最高处分."""
    return re.compile(
        rf"^(?:党员受到?|对党员的?|受到?)?(?:{_any(names)})(?:处分|期间)?(?:的(?!党员))?,?(?:是(?!否)|为|最[长高重低]|分为|期限|期满|期间)[^;。]{{4}}"
    )


def _set_up(names: Sequence[str]) -> re.Pattern[str]:
    """A rule for when it is set up. Where it only may be set up that is a special case, which shows no difference."""
    return re.compile(rf"(?<!可以)(?:设立|成立|建立|组成)(?:党的)?(?:{_any(names)})(?=[,;。]|$)")


def _any(names: Sequence[str]) -> str:
    return "|".join(f"{re.escape(name)}(?!织)" for name in names)  # 党组织 is no 党组


def _says(pattern: re.Pattern[str], one: Scored) -> bool:
    return pattern.search(one.form) is not None


def _together(pair: Iterable[Scored]) -> float:
    left, right = pair
    same = left.unit.hit.document_id == right.unit.hit.document_id
    rules = sum(_EXCEPTION.search(one.form) is None for one in (left, right))
    return left.score + right.score + rules + (SAME_WORK if same else 0.0)


def _of_each(names: Sequence[Sequence[str]], form: str) -> bool:
    """Whether each thing has a clause of its own, which says more than its name: 警告 within 严重警告 is not named."""
    clauses = [set(_named(names, clause)) for clause in _CLAUSE.split(form)]
    return all({at} in clauses for at in range(len(names)))


def _named(names: Sequence[Sequence[str]], clause: str) -> Iterator[int]:
    known = sorted(
        ((name, at) for at, some in enumerate(names) for name in some), key=lambda one: -len(one[0])
    )
    for name, at in known:
        if re.search(_any([name]), clause) and len(clause) >= len(name) + 4:
            yield at
        clause = clause.replace(name, "\0")
