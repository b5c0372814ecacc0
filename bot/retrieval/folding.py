"""A document's name as it is compared: without 《》, white space, 中国共产党, 中华人民共和国 and the marks of an edition. Pure."""

from __future__ import annotations

import re

_DROPPED = re.compile(
    r"[《》〈〉“”\"'、，,·\s]|中华人民共和国|中国共产党|[（(](?:试行|暂行|修订|修正|修改|草案)[案本稿]?[）)]"
)
_SAME = str.maketrans("（）〔〕０１２３４５６７８９", "()()0123456789")
_EDITION = r"(?:(?:19|20)\d\d)?年?(?:\d+月)?(?:版|修订|修正|修改|制定|印发|通过|施行|试行|暂行|现行)*"
_MARK = re.compile(rf"\({_EDITION}\)|_(?:试行|暂行|截断|[^_]*版)$|_?(?:19|20)\d\d(?:-\d\d-\d\d|修[订改正])?$")
_WRAPPED = re.compile(r"^(?:关于)?印发(.+)的通知$|^(.+?)(?:要点)?摘编$")
_YEAR = r"((?:19|20)\d\d)年?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:版|修订|修正|修改|制定|通过|施行|印发|的)*"
STATED = re.compile(rf"\(?{_YEAR}\)?$")
_FILLER = re.compile(r"(?:的|中|里|里面|之|当中|[:：])+$")
_QUOTED = re.compile(r"《((?:[^《》]|《[^《》]*》)*)》((?:[（(][^（）()]*[）)]|[^《》])*)$")


def fold(text: str) -> tuple[str, list[int]]:
    """The folded form, and for each of its characters the index in `text`."""
    kept: list[int] = []
    at = 0
    for dropped in _DROPPED.finditer(text):
        kept += range(at, dropped.start())
        at = dropped.end()
    kept += range(at, len(text))
    return "".join(text[index] for index in kept).translate(_SAME), kept


def short(name: str) -> str:
    """The folded name without the marks of an edition."""
    folded = fold(name)[0]
    while (shorter := _MARK.sub("", folded)) != folded:
        folded = shorter
    return folded


def unwrapped(name: str) -> str | None:
    """关于印发《…》的通知 and 《…》要点摘编 are called by what they bring."""
    wrapped = _WRAPPED.match(name)
    return short(wrapped[1] or wrapped[2]) if wrapped else None


def quoted_name(lead: str) -> str | None:
    """The folded name in 《》 at the end of `lead`, but for a year; None when other words stand there."""
    quoted = _QUOTED.search(lead)
    if quoted is None or without_year(fold(quoted[2])[0])[0]:
        return None
    return without_year(fold(quoted[1])[0])[0]


def without_year(form: str) -> tuple[str, int | None]:
    """Takes 2014年版 and a 的 or 里 off the end of a folded name, and tells the year, the first of several."""
    year = None
    while True:
        stated = STATED.search(form)
        if stated:
            form, year = form[: stated.start()], int(stated[1])
        shorter = _FILLER.sub("", form)
        if shorter == form and not stated:
            return form, year
        form = shorter
