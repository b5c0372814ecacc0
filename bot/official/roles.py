"""What each paragraph of a document is: title, 主送机关, a heading of some level, date … told by its words and its place.

None is what the standard does not speak of: other lines of 版头, a line in brackets or behind a dash under the title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.official.measure import width
from bot.official.resolve import Shown
from bot.official.standard import HEADINGS, XIAOBIAOSONG, Role

_CHINESE = "一二三四五六七八九十"
_LEVELS = (
    (re.compile(f"[{_CHINESE}]{{1,3}}、"), 1),
    (re.compile(f"[（(][{_CHINESE}]{{1,3}}[）)]"), 2),
    (re.compile(r"\d{1,2}[.．、](?!\d)"), 3),
    (re.compile(r"[（(]\d{1,2}[）)]"), 4),
)
_DATE = re.compile(
    r"(?:\d{4}|[一二三四五六七八九〇○零]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
)
_NUMBER = re.compile(r"[^\s〔［\[（(]{1,20}[〔［\[（(]\d{4}[〕］\]）)]\s?第?\d{1,5}号")
_HEADS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("份号", re.compile(r"\d{4,8}$")),
    ("密级和保密期限", re.compile("(?:绝密|机密|秘密)(?:★|$)")),
    ("紧急程度", re.compile("(?:特急|加急|特提|平急)$")),
    ("发文字号", _NUMBER),
    ("签发人", re.compile("签发人[:：]")),
)
_UNDER_TITLE = re.compile(r"(?:[（(].*[）)]|[—–-].*)$", re.DOTALL)
_ANNEX = re.compile(r"附件\s?\d{0,2}$")
_ASIDE = 8  # 字: what is moved in so far is no text
_LONGEST_NAME = 26  # 字 of a signature or an address


def roles(paragraphs: Sequence[Shown]) -> list[Role | None]:
    """The role of each paragraph that has words."""
    found: list[Role | None] = [HEADINGS[_level(one)] for one in paragraphs]
    title = _title(paragraphs)
    for at in range(title):
        found[at] = _head(paragraphs[at])
    end = title
    while end < len(paragraphs) and (end == title or _goes_on(paragraphs[title], paragraphs[end])):
        found[end] = "标题"
        end += 1
    while 0 < end < len(paragraphs) and _is_under_title(paragraphs[end]):
        found[end] = None
        end += 1
    if end < len(paragraphs) and _is_audience(paragraphs[end]):
        found[end] = "主送机关"
    _tail(paragraphs, found, end + 1)
    return found


def _title(paragraphs: Sequence[Shown]) -> int:
    """Where the title begins, behind 版头: at the first paragraph in 小标宋 or large type, or centred; else at the first."""
    plain = [at for at, one in enumerate(paragraphs[:20]) if _head(one) is None]
    large = [
        at
        for at in plain
        if (paragraphs[at].most("size") or 0) >= 18
        or XIAOBIAOSONG.is_called(paragraphs[at].most("face") or "")
    ]
    centred = [at for at in plain if paragraphs[at].align == "center"]
    return next(iter(large or centred or plain), 0)


def _goes_on(title: Shown, one: Shown) -> bool:
    return (
        one.align == "center"
        and one.most("size") == title.most("size")
        and one.most("face") == title.most("face")
    )


def _is_under_title(one: Shown) -> bool:
    return one.align == "center" and _UNDER_TITLE.match(one.text) is not None


def _head(one: Shown) -> Role | None:
    shape = next((role for role, shape in _HEADS if shape.match(one.text)), None)
    return shape or ("发文机关标志" if one.most("red") else None)


def _is_audience(one: Shown) -> bool:
    text = one.text
    return text.endswith(("：", ":")) and "。" not in text and "如下" not in text and not _level(one)


def _is_name(text: str) -> bool:
    return width(text) <= _LONGEST_NAME and not text.endswith(("。", "！", "：", "；", "，"))


def imprint_role(text: str) -> Role | None:
    if text.startswith(("抄送：", "抄送:")):
        return "抄送机关"
    return "印发机关和印发日期" if text.endswith("日印发") and _DATE.search(text[-15:]) else None


def _level(one: Shown) -> int:
    text = one.label + one.text
    return next((level for shape, level in _LEVELS if shape.match(text)), 0)


def _tail(paragraphs: Sequence[Shown], found: list[Role | None], start: int) -> None:
    """附件说明, signature and date, 附注, and the attachments behind them."""
    signed = False
    for at in range(start, len(paragraphs)):
        text = paragraphs[at].text
        if text.startswith(("附件：", "附件:")) or (
            found[at - 1] == "附件说明" and _level(paragraphs[at]) == 3
        ):
            found[at] = "附件说明"
        elif _DATE.fullmatch(text.replace(" ", "")) and not signed:
            found[at], signed = "成文日期", True
            if at > start and found[at - 1] in {"正文", "发文机关署名"} and _is_name(paragraphs[at - 1].text):
                _also_signing(paragraphs, found, at - 1, start)
        elif (
            found[at] == "正文" and not signed and paragraphs[at].align in {"right", "end"} and _is_name(text)
        ):
            found[at] = "发文机关署名"  # of a paper that is not dated yet
        elif (
            found[at - 1] in {"成文日期", "发文机关署名"}
            and text.startswith(("（", "("))
            and text.endswith(("）", ")"))
        ):
            found[at] = "附注"
        elif role := imprint_role(text):
            found[at] = role
        elif _ANNEX.match(text):
            found[at] = "附件标记"
        elif found[at - 1] == "附件标记" or (
            found[at - 1] == "附件标题" and _goes_on(paragraphs[at - 1], paragraphs[at])
        ):
            found[at] = "附件标题"


def _also_signing(paragraphs: Sequence[Shown], found: list[Role | None], last: int, start: int) -> None:
    """The body over the date, and those over it of a paper that several issue: names set as it is, not as the text."""
    found[last] = "发文机关署名"
    for at in range(last - 1, start - 1, -1):
        one = paragraphs[at]
        aside = one.align in {"right", "end", "center"} or one.left + one.first > _ASIDE
        if found[at] != "正文" or not aside or not _is_name(one.text):
            return
        found[at] = "发文机关署名"
