"""The very thing a question asks about: 申诉 of 怎么申诉, 有效期 of 有效期多长, 交党费 of 要不要交党费. Pure.

A sentence may have all the other words of a question and speak of another matter: who was punished, not how to appeal.
"""

from __future__ import annotations

import re

_HAN = r"[\u4e00-\u9fff]"
_OR_NOT = "能不能|可不可以|是否可以|是否能够|是不是可以|能否|可否|需不需要|要不要|是否要|是否应当"
_MAY_ASKED = (  # 可以 by itself stands in statements, too
    re.compile(rf"(?:{_OR_NOT})(?:被|再|还|直接|同时|继续)*({_HAN}{{1,12}})$"),
    re.compile(rf"(?:可以|能够|允许|需要|应当|能|要)(?:被|再|还|直接|同时|继续)*({_HAN}{{1,12}}?)(?:吗|么)$"),
)
_PERSONAL = re.compile(r"[把我你他她]")
_ENDING = re.compile(r"[吗么呢了]+$")
_HOW = re.compile(
    rf"(?:怎么|怎样|如何|咋)(?:才能|才可以|能|去|来|进行)*(?!办|样|回事|规定|说|写|理解|看|做|弄|算|搞|处理|处置|办理)({_HAN}{{2,6}}?)(?=[,。?？的]|的?吗|呢|$)"
)
_OFTEN = re.compile(  # 多久公布一次: of a meeting it is the meeting that is asked about
    rf"(?:多久|多长时间|几年|几个月)(?:要|得|应该|应当|必须)?(?!召开|举行)({_HAN}{{2}})(?:一次|1次)"
)
_MEASURED = re.compile(
    rf"({_HAN}{{2,4}}?)(?:一般|通常|应该|应当|最|要|是|有|为|得|可以|需要)*(?:多长|多久|几年|几个月|几天|几次|多少次)"
)
_IF = re.compile(
    rf"({_HAN}{{2}})(?<!了)(?:的|,)*(?:该|应该|应当)?(?:怎么办|怎么处理|如何处理|怎样处理|咋办)$"
)  # what befell
_SAME = re.compile(rf"({_HAN}{{2}})(?:和|与|跟|同){_HAN}{{2,8}}?(?:的{_HAN}{{2}})?(?:一样|相同)")


def act_asked(form: str) -> str:
    """What it is asked whether one may or must do; "" where that is not asked, or of a person's own affairs."""
    found = next((found for ask in _MAY_ASKED if (found := ask.search(form))), None)
    act = _ENDING.sub("", found[1]) if found else ""
    return "" if len(act) < 2 or _PERSONAL.search(act) else act


def how_asked(form: str) -> str:
    """What it is asked how to do; "" where that is not said (怎么办)."""
    found = _HOW.search(re.sub(r"[?？。,，!！]+$", "", form))
    return found[1] if found else ""


def deed_asked(form: str) -> str:
    """What it is asked how to do or whether one may do."""
    return how_asked(form) or act_asked(re.sub(r"[?？。,，!！]+$", "", form))


def focus_of(form: str) -> str:
    """The words of a question, in its search form, that the answering sentence must speak of; "" where none stand out."""
    form = re.sub(r"[?？。,，!！]+$", "", form)
    for pattern in (_HOW, _SAME, _OFTEN, _MEASURED, _IF):
        found = pattern.search(form)
        if found:
            return found[1].rpartition("的")[2]
    return act_asked(form)
