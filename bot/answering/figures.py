"""Whether a quote tells the figure that is asked for: the 试用期 of the promoted, not any 一年. Pure.

A figure of another matter is no answer, however near its sentence is in words; a reader is told where none was found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.answering.question import Asked
from bot.answering.wanted import counts_kinds, kind_of
from bot.model import Citation
from ingest.text import NUMERAL, search_form

_CALLED = {"frequency": "次数", "time": "期限或者时间", "people": "人数", "figure": "数"}
_SOME = re.compile(
    rf"\d|半数|分之|过半|[{NUMERAL}两半数]+(?:个|周?年|月|日|天|周|季|小时|学时|分钟|次|名|人|位|元|倍|种|类|项|条|级|岁|份|户|届|以上|以下|至)|"
    r"每(?:年|月|季|周|半年|届|次)|之日|期满|届满|随时|及时|立即|即时|当[日天场月年]|定期|期间|没有(?:写明|规定)|其他|另行|全体|同期|相同|一致"
)
_END = re.compile(r"[?？。!！]+$")
_MEASURES = re.compile(r"比例|期限|时限|时间|时长|期间|人数|名额|次数|数量|数额|金额|标准|年限|频次|频率")
_RATIO = re.compile(r"%|分之|半数|\d:\d|每[^,;。]{1,12}(?:至少)?配|\d(?:名|人)以上")
_MORE = re.compile(r"[,;。(]|哪几步")  # a second clause, a gap to be filled in
_PERIOD = re.compile(
    r"([\u4e00-\u9fff](?<!的)期)(?:限|间|内)?(?:一般|通常|应该|应当|最|要|是|有|为|得)*(?:多长|多久|几年|几个月|几天)"
)
# A step of a procedure that has a time of its own: the time of another step is none. Each with the words for it.
_STEPS = tuple(
    re.compile(one)
    for one in (
        r"请示|呈报|报送|报请",
        r"审批|批准|批复|核准|批下来",
        r"备案",
        r"公示",
        r"公布|公开",
        r"答复|回复|反馈",
        r"转递|移交|转接|转移|接转|转出|转入|介绍信",
        r"办结|办完|办理|办好",
        r"复查|复核|复审|申诉",
    )
)
# 外出六个月以上的，应当转移: when the step is due, not how long it takes.
_FROM_WHEN = re.compile(rf"(?:\d+|[{NUMERAL}半两]+)(?:个?月|年|天|日)以上")
_ITS_TIME = r"(?:多久|多长时间|几天|多少天|几日|几个月|多少个?工作日|几个?工作日)(?:之?内|以内|之?前)?(?:就|能|才能|可以|要|得|应当|必须|进行|提出|给|申请)*"
_STEP_ASKED = re.compile(rf"{_ITS_TIME}([\u4e00-\u9fff]{{2}})")
_STEP_TAKES = re.compile(
    r"([\u4e00-\u9fff]{2})(?:手续)?(?:一般|通常)?(?:要|需要|得|应当|应该)(?:多久|多长时间|几天|多少天|几个月|多少个?工作日)(?:完成|办完|办好)?$"
)


def measures(asked: Asked) -> frozenset[str]:
    """The pairs of 比例, 期限 … in a question: a rule on any matter has them."""
    words = (word for part in asked.parts for word in _MEASURES.findall(part))
    return frozenset(word[at : at + 2] for word in words for at in range(len(word) - 1))


def counts_from(form: str) -> bool:
    """转正之日, 期满: from when on, said without a figure."""
    return re.search(r"之日|期满", form) is not None


def one_figure_asked(form: str) -> bool:
    """Whether a question, in its search form, asks for one figure and for nothing else: not how many kinds there are, which a
    list tells.
    """
    form = _END.sub("", form)
    return kind_of(form) in _CALLED and not _MORE.search(form) and not counts_kinds(form)


def figure_missing(form: str, quotes: Sequence[str]) -> bool:
    """Whether a question asks for a figure and none of the quotes tells it; all in search form."""
    if not one_figure_asked(form):
        return False
    form = _END.sub("", form)
    ratio = re.search(r"比例|百分之", form) is not None
    found = _PERIOD.search(form)
    period = found[1] if found and any(found[1] in one for one in quotes) else ""
    step = _step_asked(form)

    def tells(one: str) -> bool:
        one = _FROM_WHEN.sub("", one) if step is not None else one
        if not (_RATIO if ratio else _SOME).search(one) or (step is not None and not step.search(one)):
            return False
        return not period or any(period in part and _SOME.search(part) for part in one.split(";"))

    return not any(tells(one) for one in quotes)


def _step_asked(form: str) -> re.Pattern[str] | None:
    found = _STEP_ASKED.search(form) or _STEP_TAKES.search(form)
    return next((step for step in _STEPS if step.fullmatch(found[1])), None) if found else None


def figure_notes(question: str, citations: Sequence[Citation]) -> Iterator[str]:
    """One sentence where a figure is asked for and no quote tells it."""
    form = search_form(question)
    if citations and figure_missing(form, [search_form(one.quote) for one in citations]):
        yield f"引文没有写所问的{_CALLED[kind_of(form) or 'figure']}，只是找到的最接近的规定"
