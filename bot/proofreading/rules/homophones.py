"""疑似错别字: a character where another one of the same sound or shape makes far more usual words of the neighbours.

What is usual was counted in laws, regulations, party papers and news (counted.bin). Also told is a word for which
another of its group is usual in such company (company.bin). Names and words between quotation marks are how their
owners write them, and so is what stands three times in one text: of these nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from bot.proofreading.company import Choice, choices, load_groups
from bot.proofreading.counted import Same, load_table
from bot.proofreading.model import WORDS, Finding, Sheet
from bot.proofreading.sheet import found
from bot.proofreading.suspected import Suspect, suspected_words, suspects
from bot.proofreading.weighed import standing_alone
from ingest.surnames import COMMON, IN_WORDS, RARE

QUOTED = re.compile(r"“[^“”\n]{1,12}”|‘[^‘’\n]{1,12}’|《[^《》\n]{1,60}》")
SIGNED = re.compile(r"(?:记者|通讯员|编辑|编审|作者|责编|校对|摄影|供稿)[：: 　/]{0,2}[\u4e00-\u9fff]{2,4}")
_CALLED = re.compile(r"[\u4e00-\u9fff]{1,3}(?=先生|女士|同志|老师|教授|律师)")
_NAMED = re.compile(
    rf"(?<![\u4e00-\u9fff])[{COMMON}{RARE}{IN_WORDS}][\u4e00-\u9fff]{{1,2}}(?:和[\u4e00-\u9fff]{{2,3}})?(?![\u4e00-\u9fff])"
)
TITLED = re.compile(
    r"(?:书记|主任|主席|委员|部长|局长|处长|科长|院长|校长|园长|馆长|所长|队长|组长|会长|市长|县长|区长|镇长|乡长|省长|村长|董事长|经理|"
    r"教授|老师|教师|医生|医师|护士|律师|法官|检察官|记者|同志|党员|干部|选手|小将|员工|职工|村民|居民|市民|网民|演员|导演|专家|工程师|会计师|经济师)"
    rf"[{COMMON}{RARE}{IN_WORDS}][\u4e00-\u9fff]{{1,2}}"
)
# 党（工）委均按照: what a bracket cuts apart reads like nothing that was counted.
_CUT_APART = re.compile(r"[\u4e00-\u9fff]（[\u4e00-\u9fff、]{1,4}）[\u4e00-\u9fff]{1,2}")
_BY_SENSE = tuple(map(frozenset, ("和或与及", "他她它")))  # which of these is meant, neighbours do not tell
_AMONG = frozenset("的地得")  # told by company alone
_COUNTING = "一二三四五六七八九十"  # what is counted, neighbours do not tell
_FREE, _WARY = (
    float(np.log(0.3)),
    1.0,
)  # what is often a word by itself stands in any company: it must score more
_MEANT = 3  # times the same three characters stand in a text that was meant so
_LIST = 16  # characters to either side in which the items of a list are looked for
_CLEAR = 1.0  # of the score: a second replacement that is nearer leaves the choice to a person


def find(sheet: Sheet) -> Iterator[Finding]:
    table, text = load_table(), sheet.text
    spared = [
        match.span()
        for pattern in (QUOTED, SIGNED, _CALLED, _NAMED, _CUT_APART)
        for match in pattern.finditer(text)
    ]
    named = [match.span() for match in TITLED.finditer(text)]
    bar, word_bar = float(table.fit["bar"]), float(table.fit["word_bar"])
    alone = standing_alone(Same(table))
    likely = [
        one
        for one in suspects(table, text)
        if one.score >= bar + (_WARY if alone[table.ids(text[one.at])[0]] > _FREE else 0)
        and not _within(named, one.at)
        and text[one.at] not in _COUNTING
        and one.right not in _COUNTING
    ]
    likely += [one for one in suspected_words(table, text) if one.score >= word_bar]
    for one in likely:
        if {text[one.at], one.right} <= _AMONG or any(
            {text[one.at], one.right} <= words for words in _BY_SENSE
        ):
            continue
        if not _within(spared, one.at) and not _is_meant(text, one):
            yield _finding(sheet, one)
    for choice in choices(load_groups(), text):
        if not _within(spared, choice.at) and not _within(named, choice.at):
            yield _chosen(sheet, choice)


def _within(spans: Sequence[tuple[int, int]], at: int) -> bool:
    return any(start <= at < end for start, end in spans)


def _finding(sheet: Sheet, one: Suspect) -> Finding:
    end = one.at + len(one.right)
    wrong = sheet.text[one.at : end]
    clear = one.score - one.second >= _CLEAR
    told = f"疑似错别字：此处“{wrong}”少见，" + (f"似应为“{one.right}”。" if clear else "请核对。")
    return found(sheet, one.at, end, "suspected", WORDS, one.right if clear else None, told, "doubt")


def _chosen(sheet: Sheet, one: Choice) -> Finding:
    told = f"疑似用词不当：这样的上下文里，一般用“{one.right}”，不用“{one.wrong}”。"
    return found(sheet, one.at, one.at + len(one.wrong), "suspected", WORDS, one.right, told, "doubt")


def _is_meant(text: str, one: Suspect) -> bool:
    """The same three characters stand here three times, or the same two, and never what they would be made; or the items
    of a list end alike (红色型、公益型、科技型).
    """
    at, end = one.at, one.at + len(one.right)
    items = text[max(0, at - _LIST) : end + _LIST].count(text[at:end] + "、")
    if text[end : end + 1] in {"、", "等", "和"} and items + (text[end : end + 1] != "、") >= _MEANT - 1:
        return True
    if text.count(text[max(0, at - 1) : end + 1]) >= _MEANT:
        return True
    for start, stop in ((max(0, at - 1), end), (at, end + 1)):
        pair = text[start:stop]
        right = text[start:at] + one.right + text[end:stop]
        if pair.isalpha() and len(pair) > len(one.right) and text.count(pair) >= _MEANT and right not in text:
            return True
    return False
