"""Part of a word written twice: 采采取, 坚持持, 人均均, 经常经, 奔头头.

Told where the two characters never stand side by side in the texts it was learned from (counted.bin) and what is left
without one of them is usual. 共产党党员, 安全全面, 坚持持续, 天天 and names of people stay: they are usual as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from bot.proofreading.counted import FIRST, Table, load_table, nodes
from bot.proofreading.model import WORDS, Finding, Sheet
from bot.proofreading.sheet import HAN, found

_TWICE = re.compile(rf"(?P<one>[{HAN}])(?P=one)(?!(?P=one))")
_THRICE = re.compile(rf"(?P<one>[{HAN}])(?P=one)(?P=one)(?!(?P=one))")
_BACK = re.compile(rf"(?=(?P<word>(?P<one>[{HAN}])[{HAN}])(?P=one))")
_REACH = 3  # characters of the same run on either side
# Characters that stand twice on purpose, and words whose first character begins no other word of the same make.
SAID_TWICE = frozenset(
    "杠飘沉腾迢冉翩依一二三四五六七八九十本干井品早等白项门烈通问上常渐天年月日人家个处事件刚仅最偏悄默频往每时刻步层级点代种句字页条户村楼细大小多少高低好快慢深浅明清真实红绿黑重轻稳"
    "看想说谈走听试动帮爸妈哥姐弟妹爷奶叔伯宝星丽芳娟莉兰婷静玲琳萍敏燕娜珍波涛林森晶鑫磊众双对圆滚熊猩饺朗琅济洋茫堂欣兢孜勃蒸彬谆循侃津"
)
_WHOLE = frozenset(
    (
        "经常",
        "已经",
        "进行",
        "开展",
        "坚持",
        "严格",
        "认真",
        "深入",
        "切实",
        "积极",
        "全面",
        "不断",
        "能够",
        "应当",
        "必须",
        "必要",
        "以及",
        "因此",
        "目前",
        "其中",
        "通过",
        "按照",
        "根据",
        "结合",
        "围绕",
        "落实",
        "贯彻",
        "部署",
    )
)
_CLAUSE = re.compile(r"[^，。；：！？\n\s“”]{6,60}[，。；：！？]")
_NAMED = re.compile(r"(?:某|同志|先生|女士|老师|校长|书记|主任)")


def find(sheet: Sheet) -> Iterator[Finding]:
    text, table = sheet.text, load_table()
    yield from _clauses(sheet)
    for match in _THRICE.finditer(text):
        one = match["one"]
        if _usual(table, one + one) and not _usual(table, one * 3):
            yield _told(sheet, match.start(), match.end(), one * 2)
    for match in _TWICE.finditer(text):
        at, one = match.start(), match["one"]
        if (
            (at and text[at - 1] == one)
            or text[max(0, at - 2) : at - 1] == text[at - 1 : at]
            or _pair_at(text, at + 2)
        ):
            continue  # three in a row; 清清白白
        if _is_stutter(table, text, at, one):
            yield _told(sheet, at, at + 2, one)
    for match in _BACK.finditer(text):
        at, word = match.start(), match["word"]
        if word[0] != word[1] and _is_back(table, text, at, word):
            yield _told(sheet, at, at + 3, word)


def _pair_at(text: str, at: int) -> bool:
    return at + 1 < len(text) and text[at] == text[at + 1]


def _clauses(sheet: Sheet) -> Iterator[Finding]:
    """A clause, sentence or paragraph that stands twice in a row, its mark included. Cries and rhymes are shorter."""
    last: re.Match[str] | None = None
    for match in _CLAUSE.finditer(sheet.text):
        if last is not None and match[0] == last[0] and match.start() - last.end() <= 1:
            told = f"“{match[0][:12]}”一句重复，应删去一个。"
            yield found(sheet, last.end(), match.end(), "doubled", WORDS, "", told)
        last = match


def _is_stutter(table: Table, text: str, at: int, one: str) -> bool:
    """A usual pair on one side only: where there is one on both, a word ends and the next begins (调解|解决)."""
    before, behind = _before(text, at), _behind(text, at + 2)
    if one in SAID_TWICE or _usual(table, one + one) or _NAMED.match(behind):
        return False
    left = bool(before) and _usual(table, before[-1] + one)
    right = bool(behind) and _usual(table, one + behind[0])
    if left == right:
        return False
    run = before[-2:] + one if left else one + behind[:2]
    return len(run) < 3 or _usual(table, run) or (left and not behind) or (right and not before)


def _is_back(table: Table, text: str, at: int, word: str) -> bool:
    """经常经加: 经加 is not heard of. 对外对内, 更高更严 are made so on purpose: only words that never are."""
    behind = _behind(text, at + 3)
    return (
        word in _WHOLE
        and bool(behind)
        and not _usual(table, word[0] + behind[0])
        and not _usual(table, word[1] + word[0])
    )


def _usual(table: Table, words: str) -> bool:
    """Whether the table knows these two or three characters side by side."""
    ids = table.ids(words)
    if int(ids.min()) < FIRST:
        return False
    return int(nodes(table, [np.array([one]) for one in ids])[-1][0]) >= 0


def _before(text: str, at: int) -> str:
    match = re.search(rf"[{HAN}]*$", text[max(0, at - _REACH) : at])
    return match[0] if match else ""


def _behind(text: str, at: int) -> str:
    match = re.match(rf"[{HAN}]*", text[at : at + _REACH])
    return match[0] if match else ""


def _told(sheet: Sheet, start: int, end: int, right: str) -> Finding:
    return found(
        sheet, start, end, "doubled", WORDS, right, f"“{sheet.text[start:end]}”有字重复，似应为“{right}”。"
    )
