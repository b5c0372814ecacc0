"""A character or a word of two written twice, judged by what is usual in official Chinese (counted.bin): 开开展, 做做好, 高度高度.

Told where the line is far likelier without the second, and the two do not belong to two words: 签订|订货, 大学|大学生. There the
character is bound to both of its neighbours; in a slip to one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import numpy as np

from bot.proofreading.counted import FIRST, Table, likelihood, load_table
from bot.proofreading.likeness import Ids
from bot.proofreading.model import WORDS, Finding, Sheet
from bot.proofreading.rules.doubled import lexicon
from bot.proofreading.rules.stutters import SAID_TWICE
from bot.proofreading.sheet import HAN, found
from bot.proofreading.tables import toml

_ONE = re.compile(rf"(?P<x>(?P<a>[{HAN}])(?P=a))(?!(?P=a))")
_TWO = re.compile(rf"(?=(?P<x>(?P<a>(?P<b>[{HAN}])(?!(?P=b))[{HAN}])(?P=a)))")
_SEGMENT = re.compile(
    rf"(?:^|(?<=[，。；：、\n强视进重抓做开加]))(?P<x>(?P<a>[{HAN}]{{4,20}})(?P<m>[，、；]))(?P<again>(?P=a))(?=[，、；。：])",
    re.MULTILINE,
)
_REACH = 3  # characters on either side that are looked at
_LIKELIER = {1: 9.0, 2: 12.0}  # by so much, as logarithms
_FREE = 2.0  # a bond that may be by chance
_LEAST, _WORD = 5.0, 3.3  # the same with less, where the character ends or begins a word
_SMALL = "的了是在和与为被把将及并以们由都且也对"
_SHORT_DOINGS = "洗治解降看听想走聊谈说试"
_BOUND, _LOOSE = 3.0, 1.5  # how much oftener than by chance two characters stand side by side
_EDGE = 1.2  # the same at the edge of a clause, where only one neighbour is left
_ON_PURPOSE = re.compile(
    "研究|讨论|考虑|商量|锻炼|了解|沟通|交流|休息|体验|介绍|汇报|调研|总结|反思|学习|检查|宣传|教育|帮助|协调|凉快|打扫|收拾|整理|关心|问候|感受|参观|非常|怎么|那里|这里|多么|.着|一.|.一|哈|呵"
)


# A word of two characters twice: 慰问慰问, 抓实抓实. In 32 million characters of law, regulations and news such pairs are rarer
# than one in 30,000, and all but a few are slips; those few are listed (doubled.toml, often).
_A_WORD = 2.3
_ENDS_WITH_ONE = ("统一", "同一", "唯一", "单一", "第一", "之一")  # no 看一看
_WITH_ONE = ("一起", "一同", "一道", "一切", "一旦", "一经", "一直", "一律", "一并", "一致", "一般")


def find(sheet: Sheet) -> Iterator[Finding]:
    table, text = load_table(), sheet.text
    yield from _segments(sheet)
    yield from _words(sheet, table)
    for at, size, gain in scores(text, table):
        if gain < (_LEAST if size == 1 else _LIKELIER[2]) or _is_on_purpose(text, at, size):
            continue
        word = text[at : at + size]
        left, right = _bonds(table, text, at, size)
        if size == 1:
            is_slip = gain >= _LIKELIER[1] and _is_slip(left, right)
            is_slip = is_slip or _is_tail(gain, left, right) or _is_head(text, at, gain, left, right)
            if word in SAID_TWICE and (None in {left, right} or (_bond(table, word, word) or 0) >= _LOOSE):
                continue
        else:
            is_slip = (right is None or right < _LOOSE) and (left is None or left < _LOOSE)
        if is_slip:
            told = f"“{word}”重复，应删去一个。"
            yield found(sheet, at, at + 2 * size, "doubled", WORDS, word, told, "doubt")


def _words(sheet: Sheet, table: Table) -> Iterator[Finding]:
    text = sheet.text
    for match in _TWO.finditer(text):
        word, at = match["a"], match.start()
        is_more = word in {text[at + 4 : at + 6], text[max(0, at - 2) : at]}
        if (
            is_more
            or word in _often()
            or word in lexicon()[0]
            or (word[0] in "一某" and word not in _WITH_ONE)
            or word[1] in "某着了"
        ):
            continue
        if text[at + 4 : at + 5] == "再" or (word not in _ENDS_WITH_ONE and _is_on_purpose(text, at, 2)):
            continue
        if (_bond(table, word[0], word[1]) or 0.0) >= _A_WORD:
            told = f"“{word}”重复，应删去一个。"
            yield found(sheet, at, at + 4, "doubled", WORDS, word, told, "doubt")


@cache
def _often() -> frozenset[str]:
    return frozenset(toml("doubled.toml")["often"].split())


def _segments(sheet: Sheet) -> Iterator[Finding]:
    """会议要求，会议要求，…; 党性教育、党性教育、…: the same between two marks and again."""
    for match in _SEGMENT.finditer(sheet.text):
        told = f"“{match['a']}”重复，应删去一个。"
        yield found(sheet, match.start("x"), match.end("again"), "doubled", WORDS, match["a"], told)


def _is_on_purpose(text: str, at: int, size: int) -> bool:
    if size == 2:
        word, behind = text[at : at + size], text[at + 2 * size : at + 2 * size + 1]
        return _ON_PURPOSE.search(word) is not None or (behind != "" and behind in lexicon()[1].get(word, ""))
    # The small words of a sentence have a rule of their own (doubled.py), which knows 为了了解 and 了却.
    return _is_paired(text, at) or text[at - 1 : at] == "一" or text[at] in _SMALL


def _bonds(table: Table, text: str, at: int, size: int) -> tuple[float | None, float | None]:
    """How the stretch is bound to its neighbours; one that is bound more closely to its own other neighbour is free of it."""
    end = at + 2 * size
    left = _bond(table, text[at - 1 : at], text[at])
    right = _bond(table, text[at + size - 1], text[end : end + 1])
    beyond = _bond(table, text[at - 2 : at - 1], text[at - 1 : at]) if at > 1 else None
    if left is not None and beyond is not None and beyond > left + 1 and left <= _FREE:
        left = 0.0
    beyond = _bond(table, text[end : end + 1], text[end + 1 : end + 2])
    if right is not None and beyond is not None and beyond > right + 1 and right <= _FREE:
        right = 0.0
    return left, right


def _is_slip(left: float | None, right: float | None) -> bool:
    if left is None or right is None:
        edge = right if left is None else left
        return edge is not None and edge >= _EDGE
    return max(left, right) >= _BOUND and min(left, right) < _LOOSE


def _is_tail(gain: float, left: float | None, right: float | None) -> bool:
    """上级级统一, 领导小组组，: a word whose end is written twice, and what follows begins another."""
    if left is None or (right is not None and right > 0):
        return False
    return (left >= _WORD and gain >= _LEAST) or (left >= _BOUND - 0.7 and gain >= _LIKELIER[1])


def _is_head(text: str, at: int, gain: float, left: float | None, right: float | None) -> bool:
    """采采取: a word whose beginning is written twice; 洗洗澡 and 解解渴 are said so of short doings."""
    if right is None or left is None or left > 0 or text[at] in _SHORT_DOINGS:
        return False
    return right >= _WORD + 0.7 and gain >= _LEAST + 1.5


def _is_paired(text: str, at: int) -> bool:
    """清清白白."""
    return text[at + 2 : at + 3] == text[at + 3 : at + 4] != "" or (at > 1 and text[at - 2] == text[at - 1])


def _bond(table: Table, one: str, other: str) -> float | None:
    """How much oftener the two stand side by side than by chance; None where one of them is no character."""
    if not re.fullmatch(f"[{HAN}]{{2}}", one + other):
        return None
    ids = table.ids(one + other)
    if int(ids.min()) < FIRST:
        return 0.0
    alone = float(table.logs[1][ids[1]]) - float(table.fit["total"])
    return float(likelihood(table, [ids[:1], ids[1:]])[0]) - alone


def scores(text: str, table: Table) -> list[tuple[int, int, float]]:
    """Each place where something stands twice, how long it is, and how much likelier the line is with it once."""
    places = [(match.start(), 1) for match in _ONE.finditer(text)]
    places += [(match.start(), 2) for match in _TWO.finditer(text)]
    # What stands there three times and more is a cry, a rule or a pattern.
    places = [
        (at, size)
        for at, size in places
        if text[at : at + size] not in {text[at + 2 * size : at + 3 * size], text[max(0, at - size) : at]}
    ]
    if not places:
        return []
    ids = table.ids(text)
    known: dict[tuple[str, int], float] = {}  # long runs of the same are reckoned once
    done = []
    for at, size in places:
        key = text[max(0, at - _REACH) : at + 2 * size + _REACH], min(at, _REACH) * 4 + size
        if key not in known:
            known[key] = _gain(table, ids, at, size)
        done.append((at, size, known[key]))
    return done


def _gain(table: Table, ids: Ids, at: int, size: int) -> float:
    begin, end = max(0, at - _REACH), min(len(ids), at + 2 * size + _REACH)
    twice = ids[begin:end]
    once = np.concatenate([ids[begin : at + size], ids[at + 2 * size : end]])
    return _sum(table, once) - _sum(table, twice)


def _sum(table: Table, ids: Ids) -> float:
    padded = np.concatenate([np.ones(3, ids.dtype), ids])
    columns = [padded[shift : shift + len(ids)] for shift in range(4)]
    return float(likelihood(table, columns).sum())
