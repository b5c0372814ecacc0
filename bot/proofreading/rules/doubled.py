"""Words written twice: 党的党的, 的的, 进行进行. 一个一个, 研究研究, 党组织组织力 are no slips."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from bot.proofreading.model import WORDS, Finding, Sheet
from bot.proofreading.sheet import HAN, found
from bot.proofreading.tables import toml

# A lookahead keeps it linear: each place is tried once, with a fixed bound.
_TWO = re.compile(rf"(?=(?P<word>[{HAN}]{{2}})(?P=word)(?P<next>.?))")
_LONG = re.compile(rf"(?=(?P<word>[{HAN}“”《》、]{{3,16}}?)(?P=word)(?P<next>.?))")
_COUNTED = re.compile(r"一.{0,3}$|^.一.$")  # 一个班一个班, 谈一谈一
_CROSSING = re.compile(
    r"人$|党$|^的|^党组|区$|[、“《]$|^[、”》]|[省市县乡镇村]$"
)  # 申请人申请人民法院, 组织党组织党建
_MARKS_ONLY = re.compile(rf"[{HAN}]")
# One character twice: what may stand before and behind without its being a slip (目的的, 为了了解, 现在在, 参与与).
_ONE = (
    ("的", "目标有", "确"),
    ("了", "为不除", "解结然却无望不断"),
    ("是", "但于总还只若倒凡硬国要可就不先尤", "非"),
    ("在", "现存实所正内潜好旨", "线校册岗建职编场押京家校职校学校华任位内外"),
    ("和", "温饱共总缓柔平祥谦随附调不言讲", "平谐解睦气"),
    ("与", "参赠给付授", "会党时"),
    ("为", "行作以认人成何因", ""),
    ("被", "棉", "告申继征执害保选审监调处拆上诉代"),
    ("把", "", "关"),
    ("将", "即大", "来军士领"),
    ("及", "普涉波顾触危企旁惠论", "时格早"),
    ("并", "合吞兼", "购列轨网且非不联"),
    ("以", "可所难足得加予", "内上下前后外为及致免"),
    ("们", "", ""),
    ("由", "理自事缘案", ""),
    ("都", "首成京故古大", "市城会江柳匀昌兰安"),
    ("且", "", "慢"),
    ("也", "", "门"),
    ("要", "主重需只不必", "求素点员闻领件塞地务约"),
    ("对", "面针应核相反比校结绝派双", "方手象外口接照联策岸应于立比"),
)
_ONE_RULE = re.compile(
    "|".join(
        rf"(?<![{before or ' '}{word}]){word}{word}(?![{behind or ' '}{word}])"
        for word, before, behind in _ONE
    )
)
_SAID = "“{word}”重复，应删去一个。"


def find(sheet: Sheet) -> Iterator[Finding]:
    words, follow = lexicon()
    end = 0
    for match in sorted(
        (*_LONG.finditer(sheet.text), *_TWO.finditer(sheet.text)),
        key=lambda one: (one.start(), -len(one["word"])),
    ):
        word, start = match["word"], match.start()
        if start < end or not (_is_slip(sheet.text, start, word, match["next"], words, follow)):
            continue
        end = start + 2 * len(word)
        while sheet.text.startswith(word, end):
            end += len(word)
        yield found(sheet, start, end, "doubled", WORDS, word, _SAID.format(word=word))
    for match in _ONE_RULE.finditer(sheet.text):
        word = match[0][0]
        yield found(sheet, *match.span(), "doubled", WORDS, word, _SAID.format(word=word))


def _is_slip(
    text: str, start: int, word: str, behind: str, words: frozenset[str], follow: Mapping[str, str]
) -> bool:
    if len(word) == 2:
        if word not in words or behind == "再":  # 学习学习再学习
            return False
        if behind and behind in follow.get(word, "") and _is_word_before(text, start):
            return False
        return not text.startswith("共产党党的", max(0, start - 3))
    if word.startswith("一") or _COUNTED.search(word) or len(_MARKS_ONLY.findall(word)) < 3:
        return False
    if len(word) == 3 and _CROSSING.search(word):
        return False
    # A list says 《甲》《甲乙》 and 甲、甲乙: marks may stand only where they go round the whole.
    inside = word[1:-1] if word[0] in "《“" and word[-1] in "》”" else word
    return not set(inside) & set("《》“”、")


def _is_word_before(text: str, start: int) -> bool:
    """党组织组织力, 二支部支部书记: only behind a word can the first of the two belong to it."""
    return start > 0 and (text[start - 1].isalnum() or text[start - 1] in "”》）")


@cache
def lexicon() -> tuple[frozenset[str], Mapping[str, str]]:
    table = toml("doubled.toml")
    return frozenset(table["words"].split()), table["follow"]
