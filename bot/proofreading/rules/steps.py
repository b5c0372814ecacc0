"""The way into the Party in its order and in its time: 2025年9月递交入党申请书，同年6月确定为入党积极分子.

Each step is dated in one sentence of one person. A later step must not be dated before an earlier one, an 入党积极分子 is
trained for a year or more, and a probation lasts one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bot.proofreading.model import Finding, Sheet
from bot.proofreading.sheet import found

_DATE = r"(?:(?P<y>(?:19|20)\d\d)年|(?P<rel>同年|当年|次年|翌年|第二年))(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})日)?"
_STEPS = (
    ("申请入党", r"(?:递交|提交|提出|写)[^，。；\d]{0,6}入党(?:申请书?|志愿)|申请(?:入党|加入中国共产党)"),
    ("确定为入党积极分子", r"(?:确定|列|吸收|批准|成|推荐)(?:为|成为)?[^，。；\d]{0,6}入党积极分子"),
    ("列为发展对象", r"(?:确定|列|批准|成|吸收)(?:为|成为)?[^，。；\d]{0,6}发展对象"),
    ("接收为预备党员", r"(?:接收|吸收|批准|发展|成|转|确定)(?:为|成为)?[^，。；\d]{0,8}预备党员"),
    ("转为正式党员", r"(?:转为|批准为|成为)(?:中共)?正式党员|(?:按期)?转正"),
)
_STEP = re.compile(
    _DATE
    + r"[^，。；\d]{0,14}?，?(?:被|经|由|向|获|正式)?[^，。；\d]{0,12}?(?:"
    + "|".join(f"(?P<s{at}>{words})" for at, (_, words) in enumerate(_STEPS))
    + ")"
)
_SENTENCE = re.compile(r"[^。\n]+")
_YEAR_LATER = {1: 2, 3: 4}  # the step before which a year must have passed since the one before it


@dataclass(frozen=True, slots=True)
class _Step:
    at: int
    months: int
    day: int
    start: int
    end: int


def find(sheet: Sheet) -> Iterator[Finding]:
    for sentence in _SENTENCE.finditer(sheet.text):
        steps = _steps(sheet.text, sentence.start(), sentence.end())
        for one, other in pairwise(steps):
            if other.at <= one.at:
                break  # another person
            earlier, later = _STEPS[one.at][0], _STEPS[other.at][0]
            between = other.months - one.months
            if between < 0 or (between == 0 and 0 < other.day < one.day):
                told = f"{later}的时间早于{earlier}的时间，请核对。"
            elif _YEAR_LATER.get(one.at) == other.at and between < 12:
                told = f"从{earlier}到{later}不满一年，请核对。"
            else:
                continue
            yield found(
                sheet,
                other.start,
                other.end,
                "dates",
                "《中国共产党章程》《中国共产党发展党员工作细则》",
                None,
                told,
            )


def _steps(text: str, start: int, end: int) -> list[_Step]:
    done: list[_Step] = []
    year = 0
    for match in _STEP.finditer(text, start, end):
        at = next(n for n in range(len(_STEPS)) if match[f"s{n}"])
        if match["y"]:
            year = int(match["y"])
        elif not year:
            continue
        elif match["rel"] not in {"同年", "当年"}:
            year += 1
        stop = match.end("d") + 1 if match["d"] else match.end("m") + 1
        begin = match.start("y") if match["y"] else match.start("rel")
        done.append(_Step(at, year * 12 + int(match["m"]), int(match["d"] or 0), begin, stop))
    return done
