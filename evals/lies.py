"""True sentences of a source made false on purpose, by rules that know nothing of how sentences are verified. Pure.

So whoever tells one knows by construction that no source says it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.text import search_form, sentences

TRUE = "true"
_LABEL = re.compile(r"第[一二三四五六七八九十百零〇\d]+条(?:之[一二三四五六七八九十]+)?[\s　]*")
_FIGURE = re.compile(
    r"(?<![第一二三四五六七八九十百千万\d])([一二两三四五六七八九十百千万]+|\d+)(?=年|个月|个工作日|日|天|人|名|次|周|小时|元|%|％|分之|岁|级以上)"
)
_NEXT = dict(zip("一二两三四五六七八九十百千万", ("三四五五六七八九十一二千万百"), strict=True))
_MODALS = (
    ("应当", "可以"),
    ("必须", "可以"),
    ("不得", "可以"),
    ("不能", "可以"),
    ("可以", "应当"),
    ("一般", "必须"),
)
_DENIALS = (("应当", "不得"), ("可以", "不得"), ("必须", "不必"), ("没有", "有"), ("不予", "应予"))
_SUBJECTS = (
    ("预备党员", "正式党员"), ("正式党员", "预备党员"), ("发展对象", "入党积极分子"), ("入党积极分子", "预备党员"),
    ("支部大会", "支部委员会"), ("党支部", "党小组"), ("基层党委", "党支部"), ("上级党组织", "下级党组织"),
    ("党委", "纪委"), ("党中央", "省委"), ("本人", "介绍人"),
)  # fmt: skip
_ADDED = (
    "，并缴纳手续费五十元", "，逾期视为自动放弃", "，同时抄送当地公安机关备案", "，期间暂停发放岗位津贴", "，结果在互联网上公布",
)  # fmt: skip
_SOURCES = (
    "根据《党员积分兑换管理办法》，",
    "按照中基函〔2031〕88号文件，",
    "按照《支部经费众筹规程》第九条，",
)
# Our own wording; no regulation says anything of the kind.
_INVENTED = (
    "办理时应当向上一级组织部门缴纳保证金。", "超过半年没有回音的，视为自动批准。", "此项工作由街道物业公司统一代办。",
    "每名党员每季度应当提交无犯罪记录证明。", "经两名非党群众担保，可以免除全部程序。", "申请人应当参加全国统一的笔试并达到六十分。",
    "有关费用从住房公积金中扣除。", "外籍人员也可以按此程序办理。", "材料一律使用英文书写并经公证。",
    "支部书记可以一人决定，不必开会。", "会议应当在每月农历十五召开。", "结果由系统随机抽签产生。",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that the server says. `kind`: `TRUE`, or how it was made false; `source`: number of the evidence that a true
    one was taken from.
    """

    text: str
    kind: str
    source: int

    @property
    def is_false(self) -> bool:
        return self.kind != TRUE


def true_sentences(number: int, text: str) -> list[Told]:
    """The sentences of a source that can stand alone: no item of a list, no line that announces one."""
    found = []
    for start, end in sentences(text):
        one = _LABEL.sub("", text[start:end], count=1).strip()
        if (
            14 <= len(one) <= 130
            and one.endswith("。")
            and not one[0].isdigit()
            and not re.search(r"[：:（(；;！!？?\s]|下列|以下|前款|上述|之一", one)
        ):
            found.append(Told(one, TRUE, number))
    return found


def changed_number(text: str, draw: random.Random) -> str | None:
    figures = list(_FIGURE.finditer(text))
    if not figures:
        return None
    at = draw.choice(figures)
    said = at[1]
    other = str(int(said) + draw.choice((1, 3, 10))) if said[0].isdigit() else said[:-1] + _NEXT[said[-1]]
    return text[: at.start()] + other + text[at.end() :]


def _swapped(pairs: Sequence[tuple[str, str]]) -> Callable[[str, random.Random], str | None]:
    def swap(text: str, draw: random.Random) -> str | None:
        there = [pair for pair in pairs if pair[0] in text]
        return text.replace(*draw.choice(there), 1) if there else None

    return swap


def _added(text: str, draw: random.Random) -> str | None:
    return text[:-1] + draw.choice(_ADDED) + text[-1]


def _sourced(text: str, draw: random.Random) -> str | None:
    return draw.choice(_SOURCES) + text


def _invented(_: str, draw: random.Random) -> str | None:
    return draw.choice(_INVENTED)


LIES: dict[str, Callable[[str, random.Random], str | None]] = {
    "number": changed_number,
    "modal": _swapped(_MODALS),
    "negation": _swapped(_DENIALS),
    "subject": _swapped(_SUBJECTS),
    "added": _added,
    "document": _sourced,
    "invented": _invented,
}


def lie(kind: str, truth: Told, sources: Sequence[str], draw: random.Random) -> Told | None:
    """`truth` made false; None where it has nothing to change, or where a source happens to say just that."""
    said = LIES[kind](truth.text, draw)
    if said is None or said == truth.text:
        return None
    form = search_form(said).rstrip("。")
    return None if any(form in search_form(source) for source in sources) else Told(said, kind, truth.source)
