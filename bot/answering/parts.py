"""A question that asks two things, or of two things, taken apart: 要几天，折算多少学时; 2024年和2025年各多少; A和B的区别. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.answering.question import Asked, read_question

MOST = 3  # parts of one question
_CLAUSES = re.compile(r"[，,；;。？?！!]|(?:另外|还有|并且|以及)(?=.*(?:几|多|谁|哪|什么|怎|能|吗))")
_ASKS = re.compile(
    r"几|多[久长少大]|谁|哪|什么|怎|如何|何时|是否|能否|可否|[能可]不[能可]|要不要|是不是|吗$|么$"
)
_EMPTY_TAIL = re.compile(r"^.{0,4}(?:怎么办|咋办|怎么样|如何|吗|呢|行吗|对吗|合规吗|可以吗|行不行)$")
_YEARS = re.compile(r"((?:19|20)\d\d年?)(?:和|与|跟|同|、)((?:19|20)\d\d年?)")
_DIFFERS = r"(?:区别|差别|差异|异同|不同之处|不同点|不同(?=[?？。在吗]|$))"
_EACH = rf"(?:各自|各|分别)(?=[^，。；]*?[几多谁哪什怎何])|之间(?=.*?{_DIFFERS})|(?:有什么|有何|有啥|有哪些)?的?{_DIFFERS}"
_PAIR = re.compile(rf"^([^，。；]{{2,16}}?)(?:和|与|跟|同)([^，。；]{{2,16}}?)(?={_EACH})")
_DIFFERENCE = re.compile(_DIFFERS)


def parts_of(asked: Asked) -> tuple[Asked, ...]:
    """The parts in the order asked, each a question of its own; one part is the whole question."""
    return _two_things(asked) or _two_questions(asked) or (asked,)


def compares(asked: Asked) -> bool:
    """Whether it asks how two things differ."""
    return _DIFFERENCE.search(asked.form) is not None and len(_two_things(asked)) > 1


def _two_things(asked: Asked) -> tuple[Asked, ...]:
    """Of two years or two things side by side: the question once with each."""
    years = _YEARS.search(asked.form)
    if years:
        before, after = asked.form[: years.start()], asked.form[years.end() :]
        return tuple(read_question(before + year + after, asked.lexicon) for year in years.groups())
    pair = _PAIR.search(asked.form)
    if pair is None:
        return ()
    rest = asked.form[pair.end() :]
    rest = "是什么" if _DIFFERENCE.search(rest) else re.sub(rf"^(?:{_EACH})", "", rest) or "是什么"
    return tuple(read_question(thing + rest, asked.lexicon) for thing in pair.groups())


def _two_questions(asked: Asked) -> tuple[Asked, ...]:
    """Clauses that each ask: the whole question, what one clause says counting double, with the kind it wants."""
    asking = [
        one for one in _CLAUSES.split(asked.form) if one and _ASKS.search(one) and not _EMPTY_TAIL.search(one)
    ]
    if not 1 < len(asking) <= MOST:
        return ()
    read = [read_question(one, asked.lexicon) for one in asking]
    if not all(one.pairs for one in read):
        return ()
    return tuple(
        replace(asked, kind=one.kind, wanted=one.wanted, stressed=one.pairs, clause=one.form) for one in read
    )
