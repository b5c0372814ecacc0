"""Marks between the items of one list: 理发、磨刀；修伞等服务, 红歌赛。知识竞赛等活动, “支部引路党员带路、产业铺路” (GB/T 15834-2011).

What stands for 、 is told where the items on both sides are of about one length, and the list ends as lists do (等活动,
三个环节, 相结合): a clause of its own is longer and has a verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.proofreading.model import MARKS, Finding, Sheet
from bot.proofreading.sheet import HAN, found

_I = rf"[{HAN}“”]"
_NOUNS = (
    "活动|工作|服务|问题|形式|方式|内容|项目|措施|制度|环节|事项|任务|方法|载体|小事|实事|志愿|便民|惠民|方面|场所"
    "|设施|阵地|物资|现象|行为|岗位|课程|渠道|手段|举措|作用"
)
_COUNTED = rf"[两三四五六七八九](?:[个项名家方支种][{HAN}]|大类|多方)"
_END = rf"(?:等(?={_I}{{0,4}}(?:{_NOUNS}))|{_COUNTED}|相结合|[两三四]级|于一体|多措并举)"
_VERB = (
    "加强|推进|推动|发展|促进|培育|打造|构建|保障|支持|开展|提高|完善|落实|做好|抓好|强化|组织|建立|健全|通过|实行|实施|坚持"
    "|采取|采用|利用|充分|积极|认真|严禁|不得|禁止|应当|可以|对|由|以|在|向|为|要|并|还|也|则|与|和|及|或|其|各|该|如|有"
)
# 甲、乙；丙等服务: short items before and behind.
_SEMICOLON = re.compile(
    rf"、(?P<b>{_I}{{1,6}})(?P<x>；)(?!{_VERB})(?P<c>{_I}{{1,6}}?)(?P<more>(?:、{_I}{{1,6}}?){{0,4}}){_END}"
)
_FIRST = re.compile(
    rf"(?<=[为供理])(?P<b>{_I}{{2,4}})(?P<x>；)(?!{_VERB})(?P<c>{_I}{{2,4}})(?P<more>、{_I}{{2,4}}){_END}"
)
_COMMA = re.compile(
    rf"、(?P<b>{_I}{{2,6}})(?P<x>，)(?!{_VERB})(?P<c>{_I}{{2,6}}?)(?P<more>)等(?={_I}{{0,4}}(?:{_NOUNS}))"
)
# …红歌赛。知识竞赛等活动。: what is after the stop is no sentence, it has no verb.
_STOP = re.compile(
    rf"(?:开展|组织|举办|举行|进行|提供)了?[^，。；：！？\n]{{2,14}}(?P<x>。)(?!{_VERB}|举办|举行|进行|参加|解决|提供|设置|办理|完成|了解|围绕|结合|按照|落细|服务)(?P<c>{_I}{{2,6}}(?:、{_I}{{2,6}}){{0,4}})等(?:系列|文体|文化|主题|志愿|便民|惠民|特色)?(?:活动|服务|项目|比赛|竞赛)(?=[，。])"
)
# A run of short clauses that begin alike: 边学、边查，边改; 共抓党建，共育文化、共商发展; 有计划、有记录。有考核.
_ALIKE = re.compile(
    rf"(?:^|(?<=[，。；：“持做到要]))(?P<h>[边共有无敢能会想抓建强比查找定讲促重晒亮带学靠])(?P<run>[{HAN}]{{1,6}}(?:[、，；。](?P=h)[{HAN}]{{1,6}}){{2,6}})(?=[，。；”])",
    re.MULTILINE,
)
# “小事不出村大事不出镇、矛盾不上交”: two items without 、 between.
_QUOTE = re.compile(rf"“(?P<in>[{HAN}]{{4,16}}(?:、[{HAN}]{{4,16}}){{1,5}})”")


_LEADS = re.compile(
    "[的和与及是在之为以]|^(?:加快|建设|推进|打造|构建|实现|坚持|做到|深化|全面|落实|争做|争当|践行|弘扬|树立|增强|提升)"
)


def find(sheet: Sheet) -> Iterator[Finding]:
    for pattern in (_SEMICOLON, _FIRST, _COMMA):
        for match in pattern.finditer(sheet.text):
            items = [match["b"], match["c"], *match["more"].split("、")[1:]]
            if max(map(len, items)) - min(map(len, items)) <= 2:
                yield _told(sheet, match.start("x"), "、", "并列的词语之间用顿号。")
    for match in _STOP.finditer(sheet.text):
        yield _told(sheet, match.start("x"), "、", "并列的词语之间用顿号，不用句号。")
    for match in _ALIKE.finditer(sheet.text):
        yield from _mixed(sheet, match)
    for match in _QUOTE.finditer(sheet.text):
        yield from _joined(sheet, match)


def _told(sheet: Sheet, at: int, right: str, told: str) -> Finding:
    return found(sheet, at, at + 1, "punctuation", MARKS, right, told)


def _mixed(sheet: Sheet, match: re.Match[str]) -> Iterator[Finding]:
    """All but one of the marks are 、."""
    marks = [one.start() for one in re.finditer("[、，；。]", match["run"])]
    odd = [at for at in marks if match["run"][at] != "、"]
    is_sure = match["h"] != "共" or len(marks) > 2 or match["run"][odd[0]] == "。" if odd else False
    if len(odd) == 1 and is_sure:
        yield _told(sheet, match.start("run") + odd[0], "、", "同一组并列成分之间的标点应一致。")


def _joined(sheet: Sheet, match: re.Match[str]) -> Iterator[Finding]:
    """One item is twice as long as the others, and its halves are made like each other and like them."""
    items = list(re.finditer("[^、]+", match["in"]))
    for one in items:
        size = len(one[0]) // 2
        others = [other[0] for other in items if other is not one]
        if len(one[0]) % 2 or size < 4:
            continue
        first, second = one[0][:size], one[0][size:]
        same = sum(a == b for a, b in zip(first, second, strict=True))
        of_a_size = all(abs(len(other) - size) <= 1 for other in others)
        is_like = same >= 2 or (of_a_size and any(_is_like(first, second, other) for other in others))
        # 组织有力队伍过硬、制度健全: eight characters among fours are two items, if the first four do not lead the list.
        if is_like or (
            len(others) > 1
            and size == 4
            and {len(other) for other in others} == {4}
            and not _LEADS.search(one[0])
        ):
            start = match.start("in") + one.start()
            right = f"{first}、{second}"
            told = f"并列的“{first}”“{second}”之间缺顿号。"
            yield found(sheet, start, start + len(one[0]), "punctuation", MARKS, right, told)


def _is_like(first: str, second: str, other: str) -> bool:
    """支部引路, 党员带路, 产业铺路 end alike."""
    return first[-1] == second[-1] == other[-1] or first[0] == second[0] == other[0]
