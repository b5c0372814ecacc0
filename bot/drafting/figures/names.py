"""Names with numerals in them, which state no figure: 三会一课, 四个意识, 党的二十大, 第一书记. Pure.

A table and a few rules; a name that is missing here costs a mark 〔待核实〕 too many, never a figure too few.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_H = "[一二两三四五六七八九十]"
_PATTERNS = (
    # Campaigns and phrases of the Party that hold a measure word; the others (三严三实, 两学一做) hold none.
    r"两个(?:确立|维护|责任|覆盖|毫不动摇|结合|务必|革命|大局|文明|必由|永远在路上|一百年)|三个(?:代表|务必|有利于|区分开来|牢固树立|规定动作)|"
    r"四个(?:意识|自信|全面|服从|合格|伟大|善于|铁一般|面向|对照|看齐)|五个(?:必须|必由之路|纠正|坚持)|六个(?:必须|坚持|下功夫)|七个有之|"
    r"八个明确|十个(?:明确|坚持)|十四个坚持|八项规定|六项纪律|四种(?:形态|危险)|三项(?:机制|制度改革)|五位一体|四位一体|一票否决|"
    r"一个中心|两个基本点|一个都不能少|两张皮|一张网|一盘棋|一条心|一家亲|千家万户|一代人|三年自然灾害|一年一度|一年之计|一类文|三大攻坚战|五大发展理念|"
    r"2035年远景目标|光荣在党50年|(?<![\d.,])123(?:71|45|80|88)(?![\d元名家个次件人户%]|[.,]\d)|(?<!\d)\d0后|"
    "一[日月周季年人户村社企楼格岗事案](?=一[^次回场、，。])|"
    "五星三名|三八节|长三角|如一日|一天到晚|九层之台|唯一一|一人[多双][岗职能]|一[岗专][多双][责能]|一肩挑|一一(?=道来|列举|对应|落实)|第[一二]个百年|"
    # Congresses, plenary sessions and bodies of a term.
    rf"第?{_H}{{1,3}}届(?:中央|全国|党的?|中共|{_H}[、中]|{_H}次全|人大|政协)|党的{_H}{{1,3}}大|{_H}{{1,3}}届{_H}{{1,2}}中(?:、{_H}{{1,2}}中){{0,6}}全会|第{_H}{{1,3}}次全国代表大会|"
    # Branches, groups and posts that are numbered.
    r"第(?:\d{1,3}|[一二三四五六七八九十百]{1,4})(?:党?总?支部|党小组|小组|居民小组|网格|中学|小学|人民医院|医院|大队|工区|分公司)|"
    rf"第一(?:书记|责任人|时间|线|位的|要务|要事|要求|资源|动力|方阵|议题|粒扣子)|[一二三]类(?=党组织|支部|党支部|社区|村|单位)|{_H}{{1,2}}星级"
)
_NAMES = re.compile("".join(_PATTERNS))
_QUOTED = tuple(
    re.compile(pattern)
    for pattern in (
        "“[^“”]{1,80}”",
        "‘[^‘’]{1,80}’",
        "「[^「」]{1,80}」",
        "『[^『』]{1,80}』",
        '"[^"“”]{1,80}"',
    )
)
_TITLE = re.compile(r"《[^《》]{1,120}》")
_SAID = re.compile(r"[，。；：！？,;:]")
_SHORT = (
    14  # characters; what is quoted longer than this, or has a comma, is words that were said, not a name
)


def name_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where names stand that no figure is read from: of the table, and whole titles of documents between 《》."""
    for pattern in (_NAMES, _TITLE):
        for found in pattern.finditer(text):
            yield found.span()


def quoted_names(text: str) -> Iterator[tuple[int, int]]:
    """What stands between quotation marks and is short: a slogan, a brand, a model (“四点半学校”, “1+N”)."""
    for pattern in _QUOTED:
        for found in pattern.finditer(text):
            if found.end() - found.start() <= _SHORT + 2 and not _SAID.search(found[0]):
                yield found.span()
