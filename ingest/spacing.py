"""Letter-spaced wording is closed up: 关 于 印 发 -> 关于印发, 第一章 总 则 -> 第一章 总则. Pure, on one line at a time.

Only white space goes. Spaces that tell things apart stay: between names (张三 李四, 王 五), between the cells of a table,
between ordinals (甲 乙 丙 丁) and in blanks to fill in (年 月 日).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.surnames import COMMON, IN_WORDS
from ingest.text import ORDINAL

_GAP = re.compile(r"[^\S\n]+")
_SPACED = re.compile(r"(?:^|\s)\S[^\S\n]+\S(?:\s|$)")  # a cheap look before the work
# A letter that may be one of a spaced word, with the marks that cling to it.
_MEMBER = re.compile(r"[（《“〔【]?([\u3400-\u9fff０-９0-9〔〕（）《》“”、：，。])[）》”〕】，。、：；！？]?")
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")
_LEAST = 4  # letters that stand apart; fewer may be two short names
_LEAST_ALONE = 3  # when the line holds nothing else
# Two letters apart are a word only where it is one of these; 张　三 is a name.
_PAIR = re.compile(
    "通知|公告|通告|通报|决定|决议|意见|报告|请示|批复|公报|纪要|总结|计划|方案|章程|条例|准则|规定|办法|细则|制度"
    "|总则|分则|附则|目录|附件|附录|前言|序言|绪言|说明"
)
_DIVISION = re.compile(rf"第[^\S\n]*[{ORDINAL}\d]+[^\S\n]*(?:分编|编|章|节)$")
_ARTICLE = re.compile(rf"第[{ORDINAL}\d]+[编章节条]")
# Runs made of these alone are the cells of a table or an enumeration, never a word.
_CELLS = frozenset(
    "零一二三四五六七八九十〇甲乙丙丁戊己庚辛壬癸是否男女有无优良中差好上下左右东南西北春夏秋冬年月日时分汉"
)
_SURNAMES = frozenset(COMMON + IN_WORDS)  # with the rare ones more words would look like lists of names


def closed_up(line: str) -> str:
    """The line without the spaces inside its letter-spaced words; what is not white space stays as it is."""
    if len(line) < 3 or not _SPACED.search(line):
        return line
    tokens, gaps = _tokens(line)
    keep = [True] * len(gaps)
    for first, last in _runs(tokens, gaps):
        letters = [_letter(token) for token in tokens[first : last + 1]]
        alone = first == 0 and last == len(tokens) - 1
        headed = (
            last == len(tokens) - 1 and first > 0 and _DIVISION.match("".join(tokens[:first])) is not None
        )
        if _is_word(letters, alone=alone or headed, headed=headed):
            for at in range(first, last):
                keep[at] = False
            number = _ARTICLE.match("".join(letters))
            if number and number.end() < len(letters):  # 第 一 条 为 了: what follows the number stays apart
                keep[first + number.end() - 1] = True
    indent = line[: len(line) - len(line.lstrip())]
    tail = line[len(line.rstrip()) :]
    parts = [token + (gaps[at] if at < len(gaps) and keep[at] else "") for at, token in enumerate(tokens)]
    return indent + "".join(parts) + tail


def _tokens(line: str) -> tuple[list[str], list[str]]:
    stripped = line.strip()
    return _GAP.split(stripped), _GAP.findall(stripped)


def _letter(token: str) -> str:
    """The one letter of the token, or nothing."""
    found = _MEMBER.fullmatch(token)
    return found[1] if found else ""


def _runs(tokens: Sequence[str], gaps: Sequence[str]) -> list[tuple[int, int]]:
    """First and last token of each run of single letters with one and the same gap between them."""
    runs: list[tuple[int, int]] = []
    start = 0
    for at in range(len(tokens)):
        if not _letter(tokens[at]):
            start = at + 1
            continue
        ends = (
            at + 1 == len(tokens) or not _letter(tokens[at + 1]) or (at > start and gaps[at] != gaps[at - 1])
        )
        if ends:
            if at > start:
                runs.append((start, at))
            start = at + 1
    return runs


def _is_word(letters: Sequence[str], *, alone: bool, headed: bool) -> bool:
    word = "".join(letters)
    if alone and len(letters) == 2:
        return headed or _PAIR.fullmatch(word) is not None
    if _ARTICLE.fullmatch(word):
        return True
    if len(letters) < (_LEAST_ALONE if alone else _LEAST) or word.endswith("年月日"):
        return False
    ideographs = [letter for letter in letters if _IDEOGRAPH.match(letter)]
    figures = sum(letter.isdigit() for letter in letters)
    if len(ideographs) < 3 or 2 * figures > len(letters) or _CELLS.issuperset(word):
        return False
    return headed or not _are_names(letters)


def _are_names(letters: Sequence[str]) -> bool:
    """王 五 李 四, 王 小 明: every second or every third letter is a surname."""
    return any(len(letters) % step == 0 and _SURNAMES.issuperset(letters[::step]) for step in (2, 3))
