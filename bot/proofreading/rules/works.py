"""Programmes, films, songs and books in “” instead of 《》 (works.tsv, GB/T 15834-2011): 收看“新闻联播”, 齐唱“国际歌”, 赠送“习近平著作选读”.

Only behind a word that says what is done with it: “零容忍” is an attitude as well as a film.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.proofreading.model import MARKS, Finding, Sheet
from bot.proofreading.sheet import HAN, found
from bot.proofreading.tables import rows

# What may stand between the verb and the name: 中央电视台, 电影, a name that is given before it.
_BETWEEN = rf"[{HAN}]{{0,12}}(?:[“《][^“”《》\n]{{1,20}}[”》](?:、|和|及)?){{0,4}}"
_NOT_BEHIND = (
    "(?!精神|态度|理念|原则|要求|的(?:态度|精神|要求|理念|决心|执着)|活动|行动|工程|称号|党员|同志|杯|网|客户端|公众号|微信|APP|App|平台|模范|先锋|标准|主题"
    "|微博|号|社)"
)
# 观看了“…”专题节目: whatever its name is, it is one.
_SHOWN = re.compile(
    rf"(?:收看|观看|收听|重温)(?:了)?[{HAN}]{{0,10}}(?<!部)(?P<x>“(?P<a>[^“”，。；：、\n]{{2,20}})”)(?=[{HAN}]{{0,4}}(?:专题节目|电视节目|节目|栏目|影片|电影|警示片|警示教育片|专题片|纪录片|电教片|电视剧))(?!系列)"
)
_SUNG = re.compile(
    r"(?:齐唱|高唱|合唱|演唱|学唱|传唱|唱起|歌曲|红歌)了?(?P<x>“(?P<a>[^“”，。；：、\n]{2,16})”)(?=[，。；、“《]|等|和|以及|的歌声|的旋律|，)"
)
_TUNE = re.compile(r"(?P<x>“(?P<a>[^“”，。；：、\n]{2,16})”)(?=的(?:歌声|旋律|乐曲|曲调))")
_NO_SONG = re.compile(
    "(?:主旋律|正气歌|重头戏|双簧|对台戏|进行曲|三部曲|四部曲|五部曲|大戏|好戏|歌|戏|曲|调|空城计)$"
)


def find(sheet: Sheet) -> Iterator[Finding]:
    for pattern in (*_known(), _SHOWN, _SUNG, _TUNE):
        for match in pattern.finditer(sheet.text):
            name = match["a"]
            if pattern is _SUNG and _NO_SONG.search(name):
                continue
            right = f"《{name}》"
            told = f"书报、影视、歌曲、栏目的名称用书名号：{right}。"
            yield found(sheet, *match.span("x"), "title-marks", MARKS, right, told)


@cache
def _known() -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(rf"{done}了?{_BETWEEN}(?P<x>“(?P<a>{names})”){_NOT_BEHIND}")
        for done, names in rows("works.tsv", 2)
    )
