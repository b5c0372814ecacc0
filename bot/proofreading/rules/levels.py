"""Numbers of paragraphs beside those around them: 2. between （一） and （三）, （1） right under 一、, 1 without its point, 表2 and 表4."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.proofreading.model import LAYOUT, Finding, Line, Sheet
from bot.proofreading.rules.figures import CHINESE
from bot.proofreading.sheet import found
from ingest.text import chinese_number, parse_number

_HEAD = re.compile(
    rf"(?P<all>(?P<a>{CHINESE})、|[（(](?P<b>{CHINESE})[）)]|(?P<c>\d{{1,2}})[.．、](?!\d)|[（(](?P<d>\d{{1,2}})[）)])"
)
_LEVELS = "abcd"
_CAPTION = re.compile(
    r"(?P<kind>表|图|附件|附表)\s?(?P<n>\d{1,2})(?=[\s：:.．\u4e00-\u9fff]|$)(?!中|所|是|为|显示|可)"
)
_POINTLESS = re.compile(
    r"(?P<x>\d{1,2})(?=[\u4e00-\u9fff]{2})(?!年|月|日|名|个|人|次|户|项|条|家|天|岁|分|小时|万|点|楼|号|级|班|期|届|周|号楼|所|套|件|支|元)"
)
_FOURTH = re.compile(r"（(\d+)）")
_MIXED = re.compile(r"第(?P<x>\d{1,2})(?=[，,])")


def find(sheet: Sheet) -> Iterator[Finding]:
    yield from strangers(sheet)
    yield from _skipped(sheet)
    yield from _pointless(sheet)
    yield from _captions(sheet)
    for line in sheet.lines:
        if re.search(r"第[二三四五][，、]", line.text):
            for match in _MIXED.finditer(line.text):
                start = line.start + match.start("x")
                right = chinese_number(int(match["x"]))
                told = f"同一组序号写法应一致：“第{right}”。"
                yield found(
                    sheet, start - 1, start + len(match["x"]), "numbering", LAYOUT, f"第{right}", told
                )


def _label(line: Line) -> tuple[str, int, re.Match[str]] | None:
    match = _HEAD.match(line.text)
    if match is None:
        return None
    level = next(one for one in _LEVELS if match[one])
    return level, parse_number(match[level]) or 0, match


def strangers(sheet: Sheet) -> Iterator[Finding]:
    """A label of another level whose number is just the one that is missing between its neighbours."""
    labels = [(line, label) for line in sheet.lines if (label := _label(line)) is not None]
    for at in range(1, len(labels) - 1):
        (_, before), (line, one), (_, behind) = labels[at - 1 : at + 2]
        if before[0] == behind[0] != one[0] and before[1] + 1 == one[1] == behind[1] - 1 and one[1] > 1:
            yield from _told(sheet, line, one, before)
    for at in range(2, len(labels) - 1):
        (_, first), (_, before), (line, one), (_, behind) = labels[at - 2 : at + 2]
        # （一）（二）三、 六、: 三 goes on from （二）, and the higher level goes on without it.
        if (
            first[0] == before[0] != one[0] == behind[0]
            and before[1] + 1 == one[1]
            and behind[1] != one[1] + 1
        ):
            yield from _told(sheet, line, one, before)
    for at in range(2, len(labels)):
        (_, first), (above, before), (line, one) = labels[at - 2 : at + 1]
        # （一）（二）3. 二、: 3 goes on from （二）, and no 1. and 2. stand in the text of （二）.
        if (
            first[0] == before[0] < one[0]
            and not sheet.text[: line.start].rstrip().endswith("”")  # the end of what is quoted
            and first[1] + 2 == before[1] + 1 == one[1]
            and not re.search(
                rf"{before[1]}[.．、）)]", sheet.text[above.start + len(before[2]["all"]) : line.start]
            )
        ):
            yield from _told(sheet, line, one, before)


def _told(
    sheet: Sheet, line: Line, one: tuple[str, int, re.Match[str]], like: tuple[str, int, re.Match[str]]
) -> Iterator[Finding]:
    number = str(one[1]) if like[0] in "cd" else chinese_number(one[1])
    right = like[2]["all"].replace(like[2][like[0]], number, 1)
    told = f"前后都是“{like[2]['all']}”一级的序号，这里似应为“{right}”。"
    yield found(sheet, line.start, line.start + len(one[2]["all"]), "numbering", LAYOUT, right, told)


def _skipped(sheet: Sheet) -> Iterator[Finding]:
    """一、 and then （1）: between them come （一） and 1."""
    last = {match[1]: at for at, line in enumerate(sheet.lines) if (match := _FOURTH.match(line.text))}
    for at, line in enumerate(sheet.lines):
        label = _label(line)
        if label is None:
            continue
        level, n, _ = label
        is_under = at > 0 and (above := _label(sheet.lines[at - 1])) is not None and above[0] == "a"
        if level == "d" and is_under and n == 1:
            group = _group(sheet.lines, at, n)
            goes_on = last.get(str(len(group) + 1), -1) >= at + len(group)
            if len(group) > 1 and not goes_on:
                for number, one in group:
                    end = one.start + len(f"（{number}）")
                    told = f"结构层次序数依次是“一、”“（一）”“1.”“（1）”，这里似应为“（{chinese_number(number)}）”。"
                    yield found(
                        sheet,
                        one.start,
                        end,
                        "numbering",
                        LAYOUT,
                        f"（{chinese_number(number)}）",
                        told,
                        "doubt",
                    )


def _group(lines: Sequence[Line], begin: int, first: int) -> list[tuple[int, Line]]:
    done: list[tuple[int, Line]] = []
    for at in range(begin, len(lines)):
        line = lines[at]
        label = _label(line)
        if label is None:
            continue
        if label[0] != "d" or label[1] != first + len(done):
            break
        done.append((label[1], line))
    return done


def _pointless(sheet: Sheet) -> Iterator[Finding]:
    """1设立… and then 2.组建…: the point is missing."""
    for line, below in zip(sheet.lines, sheet.lines[1:], strict=False):
        match = _POINTLESS.match(line.text)
        follows = re.match(r"(\d{1,2})[.．]", below.text)
        if match and follows and int(follows[1]) == int(match["x"]) + 1:
            told = f"序号后缺下脚点：“{match['x']}.”。"
            yield found(
                sheet, line.start, line.start + len(match["x"]), "numbering", LAYOUT, f"{match['x']}.", told
            )


def _captions(sheet: Sheet) -> Iterator[Finding]:
    last: dict[str, int] = {}
    for line in sheet.lines:
        match = _CAPTION.match(line.text)
        if match is None or len(line.text) > 40 or line.text[-1] in "。；，":
            continue
        kind, n = match["kind"], int(match["n"])
        before = last.get(kind)
        if before is not None and n not in {before + 1, 1} and 0 <= n - before <= 2:
            right = f"{kind}{before + 1}"
            told = f"“{kind}{before}”之后应为“{right}”。"
            yield found(sheet, line.start, line.start + match.end("n"), "numbering", LAYOUT, right, told)
        last[kind] = n
