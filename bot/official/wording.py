"""What the standard says of the words of an element: its brackets, its figures, the mark at its end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from bot.official.standard import Role

_TERM = re.compile(r"(?:绝密|机密|秘密)(?:★(?:\d{1,2}(?:年|个月|月|天)|长期))?")
_ORDER = re.compile(r"[〕］\])）][1-9]\d*号")
_PADDED = re.compile(r"[年月]0\d")
_SPACE = re.compile(r"\s")


class Asked(NamedTuple):
    """`is_wrong` of the element's words; `told`: what is there instead."""

    roles: tuple[Role, ...]
    is_wrong: Callable[[str], bool]
    what: str
    expected: str
    told: Callable[[str], str]


def _last(text: str) -> str:
    return f"“{text[-1]}”"


def _number(text: str) -> str:
    """发文字号 without 签发人 beside it."""
    return text.partition("\t")[0].strip()


ASKED = (
    Asked(("主送机关",), lambda text: not text.endswith("："), "标点", "最后标全角冒号", _last),
    Asked(("份号",), lambda text: len(text) != 6, "写法", "6 位", lambda text: f"{len(text)} 位"),
    Asked(
        ("密级和保密期限",),
        lambda text: not _TERM.fullmatch(_SPACE.sub("", text)),
        "写法",
        "如“秘密★1年”，期限用阿拉伯数字",
        str,
    ),
    Asked(
        ("发文字号",),
        lambda text: not {"〔", "〕"} <= set(_number(text)),
        "写法",
        "年份用六角括号〔〕",
        _number,
    ),
    Asked(
        ("发文字号",),
        lambda text: not _ORDER.search(_SPACE.sub("", text)),
        "写法",
        "顺序号不加“第”，不编虚位",
        _number,
    ),
    Asked(
        ("附件说明",), lambda text: text.startswith("附件:"), "标点", "“附件”后标全角冒号", lambda _: "“:”"
    ),
    Asked(("附件说明",), lambda text: text.endswith(tuple("。；;，")), "标点", "附件名称后不加标点", _last),
    Asked(
        ("抄送机关",), lambda text: text.startswith("抄送:"), "标点", "“抄送”后标全角冒号", lambda _: "“:”"
    ),
    Asked(("抄送机关",), lambda text: not text.endswith("。"), "标点", "最后标句号", _last),
    Asked(("成文日期",), lambda text: not text[:4].isascii(), "写法", "阿拉伯数字", str),
    Asked(
        ("成文日期", "印发机关和印发日期"),
        lambda text: _PADDED.search(text) is not None,
        "写法",
        "月、日不编虚位",
        lambda text: text.rpartition("\t")[2],
    ),
)


def word_faults(text: str, role: Role) -> Iterator[tuple[str, str, str]]:
    """What is not as it should be, what is expected, what is there."""
    for one in ASKED:
        if role in one.roles and one.is_wrong(text):
            yield one.what, one.expected, one.told(text)
