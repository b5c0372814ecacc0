"""Works cited by what they are no longer called or filed under: a trial name that has lost its 试行 or 暂行, an old number.

The works are those of titles.txt and of the knowledge base; the numbers are in filed.tsv. An old one may be meant: doubts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from bot.proofreading.model import Finding, Sheet
from bot.proofreading.rules.editions import PAST, sentence
from bot.proofreading.rules.titles import known
from bot.proofreading.sheet import found
from bot.proofreading.tables import rows

_CITED = re.compile(
    r"《(?P<name>[^《》（）()\n]{2,60})(?:[（(](?:试行|暂行)[）)]》|》[（(](?:试行|暂行)[）)])"
)
_PROVISIONAL = re.compile(r"《(?P<head>[^《》\n]{4,50})暂行(?P<kind>条例|规定|办法|规则)》")
_NUMBER = re.compile(r"(?:国发|中办发|中发)〔\d{4}〕\d{1,3}号|国务院令第\d{3}号|GB/T ?9704[—–－-]{1,2}1999")
_DASH = re.compile("[ —–－-]++")
_FORMER = re.compile(r"(?:19\d\d|200\d|201\d) ?年|已经?不")
_HEADS = ("", "中国共产党", "党政", "中华人民共和国")
_SETTLED = date(2020, 1, 1)  # a text of an earlier year may well mean the trial edition of its own time


def find(sheet: Sheet) -> Iterator[Finding]:
    if sheet.written is None or sheet.written >= _SETTLED:
        yield from _trials(sheet)
    yield from _numbers(sheet)


def _trials(sheet: Sheet) -> Iterator[Finding]:
    names = known() | frozenset(sheet.shelf.titles() if sheet.shelf else ())
    for pattern in (_CITED, _PROVISIONAL):
        for match in pattern.finditer(sheet.text):
            bare = match["name"] if pattern is _CITED else match["head"] + match["kind"]
            said = f"{bare}（试行）" if pattern is _CITED else f"{match['head']}暂行{match['kind']}"
            right = next((head + bare for head in _HEADS if head + bare in names), None)
            if right is None or any(
                f"{head}{other}" in names for head in _HEADS for other in (said, f"{bare}（暂行）")
            ):
                continue
            around = sentence(sheet.text, match)
            if PAST.search(around) or _FORMER.search(around):
                continue
            told = f"现行的《{right}》不是“{'试行' if pattern is _CITED else '暂行'}”的，请核对引用是否有意。"
            yield found(sheet, *match.span(), "abolished", "文件的正式名称", f"《{right}》", told, "doubt")


def _numbers(sheet: Sheet) -> Iterator[Finding]:
    for match in _NUMBER.finditer(sheet.text):
        title, since = _filed().get(_DASH.sub("", match[0]), ("", date.max))
        if (sheet.written or since) < since or PAST.search(sentence(sheet.text, match)) or not title:
            continue
        told = (
            f"{match[0]}是《{title}》的文号，自{since.year}年{since.month}月起已被取代，请核对引用是否有意。"
        )
        yield found(sheet, *match.span(), "abolished", "文件的印发通知", None, told, "doubt")


@cache
def _filed() -> Mapping[str, tuple[str, date]]:
    return {number: (title, date.fromisoformat(since)) for number, title, since, *_ in rows("filed.tsv", 3)}
