"""A full stop where the sentence goes on (GB/T 15834-2011): 随着城镇化的推进。流动党员…, 通过学习。进一步…, 要边学习。边整改.

What stands before the stop only leads up to a sentence, or what stands behind it cannot begin one. Such a stop comes of the
input method's own punctuation, or of a sentence taken apart and put together again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.proofreading.model import MARKS, Finding, Sheet
from bot.proofreading.sheet import HAN, found

_HEAD = r"(?:^|[。！？])"  # the beginning of a sentence
_REST = r"[^，。；：？！\n]"
_LEADS = "之后|以后|以来|之际|之时|的时候|过程中|基础上|的同时|前提下|背景下|形势下|领导下|指导下|支持下|努力下|带领下|关怀下|推动下|部署下|引领下|帮助下"
_JOINTS = (
    "同时|与此同时|此外|另外|其中|因此|但是|然而|目前|近年来|多年来|今年以来|近日|近期|日前|下一步|为此|对此|截至目前|总之|首先|其次|接下来|会上|会后|随后|期间"
    "|一直以来|长期以来|在此基础上|当天|特别是|尤其是|不仅如此|总的来看|从总体上看"
)
# What can only lead up to a sentence; the stop is the group x.
_BEFORE = (
    rf"{_HEAD}随着{_REST}{{2,40}}(?P<x>。)",
    rf"{_HEAD}为(?:了|进一步|深入|全面|加强|切实|推动|贯彻|落实|认真|规范|做好|提高|提升|增强)(?!谁){_REST}{{2,40}}(?<!而努力)(?<!而奋斗)(?P<x>。)",
    rf"{_HEAD}在{_REST}{{2,30}}(?:下|中|后|之前|的同时|基础上|期间|以来)(?P<x>。)",
    rf"{_HEAD}(?:根据|按照|依据|遵照|围绕){_REST}{{2,30}}(?:要求|精神|部署|规定|安排|通知|计划|方案|主题|目标|重点|任务|办法|条例|》)(?P<x>。)",
    rf"{_HEAD}{_REST}{{2,24}}(?:{_LEADS})(?P<x>。)",
    rf"(?:^|[。！？，；])(?:{_JOINTS})(?P<x>。)",
    rf"{_HEAD}(?:(?:19|20)\d\d年)?\d{{1,2}}月\d{{1,2}}日(?:上午|下午|晚)?(?P<x>。)",
    r"(?:会议|与会人员|同志|书记|大家)(?:还|并|一致)?(?:强调|指出|认为|表示|要求|提出)(?P<x>。)",
    r"(?:以及|并且|而且|或者|对于|关于|从而|进而|以便|尤其是|特别是|包括|例如|比如)(?P<x>。)",
    r"(?:^|[。！？，])(?:要|必须|应当|需要|坚决|认真|积极|切实)(?P<x>。)",
)
# A pair of words of which the first holds the sentence open for the second.
_PAIRS = (
    rf"{_HEAD}通过(?:(?!提高|增强|提升|解决|完善|强化|加强|掌握|促进|推动|[改形]成)[^，。；：？！\n了]){{2,30}}(?P<x>。)(?:进一步|不断|有效|切实|使|让|大大|极大)",
    rf"{_HEAD}(?:因为|由于)(?:(?!所以|因此|因而|导致|造成){_REST}){{2,40}}(?P<x>。)(?:所以|因此|因而|导致|造成)",
    r"(?:不仅|不但|不光|不只)(?:(?!还|也|更|而且|并且)[^。；：？！\n]){2,30}(?P<x>。)(?:而且|还|也|更)(?!有|是)",
    rf"{_HEAD}(?:虽然|尽管)(?:(?!但|却|仍|依然|也|还){_REST}){{2,30}}(?P<x>。)(?:但|却|仍)",
    r"(?:^|[。！？，；要])把[^，。；：？！\n]{2,24}(?P<x>。)(?:作为|纳入|列为|落到|放在|摆在|转化|落实到|贯穿)",
)
# Items of one list, not clauses.
_WHILE = re.compile(
    rf"边(?![境界缘疆坡远防])[{HAN}]{{1,5}}(?P<x>[。；])边(?![境界缘疆坡远防])[{HAN}]{{1,5}}[、，。]"
)
_PATTERNS = (*(re.compile(one, re.MULTILINE) for one in (*_BEFORE, *_PAIRS)), _WHILE)
# Behind a stop that ends a paragraph (it may be a caption) or a quotation (a fragment); "" is the end of the text.
_ENDS = frozenset(("", *"\n”’」』）"))


def find(sheet: Sheet) -> Iterator[Finding]:
    for pattern in _PATTERNS:
        for match in pattern.finditer(sheet.text):
            at = match.start("x")
            if sheet.text[at + 1 : at + 2] in _ENDS:
                continue
            right = "、" if pattern is _WHILE else "，"
            told = f"句子到这里没有完，“{match['x']}”似应为“{right}”。"
            yield found(sheet, at, at + 1, "punctuation", MARKS, right, told)
