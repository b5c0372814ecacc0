"""Meetings and ballots: who should come, came and stayed away; papers given out, returned, valid; votes for, against, abstaining.

What the rules on elections ask for is counted too where the paper says it is met: 超过应到会人数的五分之四.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from bot.proofreading.model import SUMS, Finding, Line, Sheet
from bot.proofreading.rules.quantities import Quantity, sentences
from bot.proofreading.sheet import found
from ingest.text import parse_number

_ROLES = (
    ("should", re.compile(r"应(?:到会?|出席|参加|参会|参学|参训)[^，。；]{0,14}$|^[^，。；]{0,4}应到")),
    (
        "came",
        re.compile(
            r"(?:实到会?|实际到会|实际参加|实际出席|实际参会|实参会|实有|到会|实出席)[^，。；]{0,12}$"
        ),
    ),
    ("away", re.compile(r"(?:请假|缺席|未到会?|未出席|未参加)(?:的|人员|党员|者|有)?$")),
    ("sent", re.compile(r"(?:发出|发放|共发|制发|印发)[^，。；]{0,10}$")),
    ("back", re.compile(r"(?:收回|回收|共收回)[^，。；]{0,10}$")),
    ("void", re.compile(r"(?:无效票?|废票|弃票)[^，。；]{0,3}$")),
    ("valid", re.compile(r"(?<!无)有效票?[^，。；]{0,4}$")),
    ("against", re.compile(r"(?:反对|不同意|不赞成)(?:票|的)?[^，。；]{0,3}$")),
    ("for", re.compile(r"(?<!不)(?:赞成|同意)(?:票|的|得)?[^，。；]{0,3}$")),
    ("none", re.compile(r"弃权(?:票|的)?[^，。；]{0,3}$")),
)
_BEHIND = (
    ("against", re.compile(r"^(?:票)?(?:反对|不同意|不赞成)")),
    ("for", re.compile(r"^(?:票)?(?:赞成|同意)")),
    ("none", re.compile(r"^(?:票)?弃权")),
    ("away", re.compile(r"^(?:党员|代表|同志)?(?:请假|缺席)")),
)
_MORE = re.compile(
    r"(?P<x>(?:超过|达到|不少于|多于|占)(?:了)?(?:(?P<of>应到会?|应到会有选举权的?|有选举权的?|应出席|应参加|实到会?|到会|全体)[^，。；]{0,14}?(?:的)?)?(?P<s>(?P<b>[三五二])分之(?P<a>[一二四])|半数|一半|2/3|4/5|1/2))|(?P<y>(?P<of2>应到会?|实到会?|到会)[^，。；]{0,8}(?:过半数|超过半数))"
)
_CAST = frozenset({"for", "against", "none"})
_SOURCE = "《中国共产党基层组织选举工作条例》"


def find(sheet: Sheet) -> Iterator[Finding]:
    every = [
        one
        for sentence in sentences(sheet.text)
        for one in sentence.quantities
        if one.unit in {"人", "票", "份"}
    ]
    at = 0
    for line in sheet.lines:
        while at < len(every) and every[at].start < line.start:
            at += 1
        inside = []
        while at < len(every) and every[at].start < line.end:
            inside.append(every[at])
            at += 1
        if len(inside) > 1:
            yield from _counted(sheet, line, inside)


def _counted(sheet: Sheet, line: Line, here: list[Quantity]) -> Iterator[Finding]:
    """Each figure takes its part; a part said again (the next meeting, the next candidate) begins anew."""
    known: dict[str, Quantity] = {}
    votes: dict[str, Quantity] = {}
    for one in here:
        role = _role(one)
        if role is None or one.rough:
            continue
        if role in _CAST:
            if role in votes:
                votes = {}
            votes[role] = one
            if role == "for" and "came" in known and one.n > known["came"].n:
                yield _more(sheet, one, known["came"], "赞成", "实到")
            yield from _votes(sheet, known, votes, role)
            continue
        if role == "should" or (role == "sent" and "sent" in known):
            known, votes = {}, {}
        known[role] = one
        yield from _checked(sheet, known, role)
        if role == "came":  # who were there is said behind the votes
            yield from _votes(sheet, known, votes, "none")
    yield from _thresholds(sheet, line, known, votes)


def _role(one: Quantity) -> str | None:
    for name, behind in _BEHIND:
        if behind.search(one.tail):
            return name
    for name, before in _ROLES:
        if before.search(one.label):
            return name
    return None


def _checked(sheet: Sheet, known: Mapping[str, Quantity], role: str) -> Iterator[Finding]:
    one = known[role]
    if role == "away" and {"should", "came"} <= known.keys():
        yield from _sum(sheet, known["should"], (known["came"], one), "应到")
    elif role == "came" and "should" in known:
        if one.n > known["should"].n:
            yield _more(sheet, one, known["should"], "实到", "应到")
    elif role == "back" and "sent" in known and one.unit == known["sent"].unit and one.n > known["sent"].n:
        yield _more(sheet, one, known["sent"], "收回", "发出")
    elif role == "void" and "valid" in known:
        whole = known.get("back") or known.get("sent")
        if whole is not None and whole.unit == one.unit:
            yield from _sum(sheet, whole, (known["valid"], one), "收回")
    elif role == "valid" and "void" in known and "back" in known:
        yield from _sum(sheet, known["back"], (one, known["void"]), "收回")
    elif role == "valid" and "back" in known and one.n > known["back"].n:
        yield _more(sheet, one, known["back"], "有效票", "收回的票")
    elif role == "sent" and "came" in known and one.unit == "票" and one.n > known["came"].n:
        yield _more(sheet, one, known["came"], "发出的票", "实到人数")


def _votes(
    sheet: Sheet, known: Mapping[str, Quantity], votes: Mapping[str, Quantity], role: str
) -> Iterator[Finding]:
    whole = known.get("valid") or known.get("back") or known.get("came")
    if whole is None or role != "none" or len(votes) < 3:
        return
    total = sum((one.n for one in votes.values()), Decimal(0))
    others = {known[one].n for one in ("valid", "back", "came") if one in known}
    if total not in others:
        parts = tuple(sorted(votes.values(), key=lambda one: one.start))
        yield from _sum(sheet, whole, parts, "票数")


def _sum(sheet: Sheet, whole: Quantity, parts: tuple[Quantity, ...], name: str) -> Iterator[Finding]:
    total = sum((one.n for one in parts), Decimal(0))
    if total != whole.n:
        shown = "＋".join(one.said for one in parts)
        told = f"{name}不符：{shown}＝{total}，不是{whole.said}。"
        start, end = min(whole.start, parts[0].start), parts[-1].end
        start = start if end - start <= 44 else parts[0].start
        yield found(sheet, start, end, "sums", SUMS, None, told)


def _more(sheet: Sheet, one: Quantity, whole: Quantity, name: str, of: str) -> Finding:
    return found(
        sheet, one.start, one.stop, "sums", SUMS, None, f"{name}的{one.said}多于{of}的{whole.said}。"
    )


def _thresholds(
    sheet: Sheet, line: Line, known: Mapping[str, Quantity], votes: Mapping[str, Quantity]
) -> Iterator[Finding]:
    if "came" not in known:
        return
    for match in _MORE.finditer(line.text):
        group = "x" if match["x"] else "y"
        share = _share(match["s"] or "半数")
        at = line.start + match.start(group)
        earlier = [one for one in (*known.values(), *votes.values()) if one.end <= at]
        if not earlier:
            continue
        last = max(earlier, key=lambda one: one.start)
        of = match["of"] or match["of2"] or ""
        part = votes.get("for") if last in votes.values() else known["came"]
        is_of_all = "应" in of or "选举权" in of or (not of and part is known["came"])
        whole = known.get("should") if is_of_all else known["came"]
        if part is None or whole is None or part is whole or not whole.n:
            continue
        if part.n / whole.n < share or (
            share == Decimal("0.5") and part.n * 2 <= whole.n and "超过" in match[0]
        ):
            told = f"{part.said}÷{whole.said}＝{part.n / whole.n * 100:.1f}%，没有“{match[group]}”。"
            yield found(sheet, at, line.start + match.end(group), "sums", _SOURCE, None, told)


def _share(said: str) -> Decimal:
    if "分之" in said:
        below, _, above = said.partition("分之")
        return Decimal(parse_number(above) or 1) / Decimal(parse_number(below) or 1)
    if "/" in said:
        above, _, below = said.partition("/")
        return Decimal(above) / Decimal(below)
    return Decimal("0.5")
