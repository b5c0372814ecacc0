"""Numbering: 一、（一）1.（1） in order, without a gap or a repeat; 一是 二是, 第一 第二, ① ② inside a paragraph (GB/T 9704-2012)."""

from __future__ import annotations

import re
from bisect import bisect, bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.proofreading.model import LAYOUT, MARKS, Finding, Line, Sheet
from bot.proofreading.rules import levels
from bot.proofreading.rules.figures import CHINESE
from bot.proofreading.sheet import found
from ingest.text import chinese_number, parse_number

_HEADS = (
    (1, re.compile(rf"(?P<all>(?P<n>{CHINESE})(?:、|[.．，。](?=[\u4e00-\u9fff])))")),
    (2, re.compile(rf"(?P<all>[（(](?P<n>{CHINESE})[）)])")),
    (3, re.compile(r"(?:附件[：:] ?)?(?P<all>(?P<n>\d{1,2})[.．、])(?!\d)")),
    (4, re.compile(r"(?P<all>[（(](?P<n>\d{1,2})[）)])")),
    (5, re.compile(r"(?P<all>(?P<n>[一二三四五六七八九十])是)")),
    (6, re.compile(r"(?P<all>第(?P<n>[一二三四五六七八九十])[，、])")),
)
_INLINE = (
    re.compile(r"(?:^|(?<=[。；：，、）]))(?P<all>(?P<n>[一二三四五六七八九十])是)(?![否])"),
    re.compile(r"(?:^|(?<=[。；：，]))(?P<all>第(?P<n>[一二三四五六七八九十])[，、])"),
    re.compile(r"(?:^|(?<=[。；：，、]))(?P<all>（(?P<n>[一二三四五六七八九十])）)"),
    re.compile(r"(?P<all>(?P<n>[①②③④⑤⑥⑦⑧⑨⑩]))"),
    re.compile(r"(?:^|(?<=[。；：])|(?<=[。；：] ))(?P<all>（(?P<n>\d{1,2})）)"),
    re.compile(r"(?:^|(?<=[。；：])|(?<=[。；：] ))(?P<all>(?P<n>\d{1,2})[.．、])(?= ?[\u4e00-\u9fff“《])"),
    re.compile(r"(?:^|(?<=[。；：，]))(?P<all>(?P<n>[一二三四五六七八九十])要)"),
    re.compile(r"(?:^|(?<=[。；：，]))(?P<all>(?P<n>[一二三四五六七八九])[抓看查讲促强])"),
)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
_LAST = 30
_ITEMS = 3


@dataclass(frozen=True, slots=True)
class _Label:
    start: int
    text: str
    written: str  # the numeral alone
    n: int


def find(sheet: Sheet) -> Iterator[Finding]:
    yield from _heads(sheet)
    for line in sheet.lines:
        for pattern in _INLINE:
            labels = [_label(line, match) for match in pattern.finditer(line.text)]
            if len(labels) > 1 and labels[0].n == 1:
                yield from _runs(sheet, labels)
                yield from _mixed(sheet, labels)


def _heads(sheet: Sheet) -> Iterator[Finding]:
    """Paragraphs that begin with a number; a number of a higher level begins the lower ones anew."""
    lists: dict[int, list[_Label]] = {}
    done: list[list[_Label]] = []
    for line in sheet.lines:
        for level, pattern in _HEADS:
            match = pattern.match(line.text)
            if match is None:
                continue
            done.extend(lists.pop(lower) for lower in [one for one in lists if one > level])
            lists.setdefault(level, []).append(_label(line, match))
            break
        else:
            # A line of law (第十二条) or a table's caption begins its lists anew.
            if re.match(r"第[一二三四五六七八九十百零]{1,6}[条章节编]|附件|附：|[#|]", line.text):
                done.extend(lists.values())
                lists = {}
    done.extend(lists.values())
    strangers = sorted(one.start for one in levels.strangers(sheet))
    for labels in done:
        if len(labels) > 1:
            yield from _runs(sheet, labels, strangers)


def _label(line: Line, match: re.Match[str]) -> _Label:
    written = match["n"]
    n = _CIRCLED.index(written) + 1 if written in _CIRCLED else parse_number(written) or 0
    return _Label(line.start + match.start("all"), match["all"], written, n)


def _runs(sheet: Sheet, labels: Sequence[_Label], strangers: Sequence[int] = ()) -> Iterator[Finding]:
    """Each label against the one before; 1 begins a new list. A label that the next one passes over is a slip of itself."""
    last = labels[0].n
    for at, one in enumerate(labels[1:], 1):
        expected = last + 1
        behind = labels[at + 1].n if at + 1 < len(labels) else None
        # 2. between （一） and （三） is told as a number of another level.
        is_told = one.n == expected + 1 and bisect(strangers, labels[at - 1].start) < bisect_left(
            strangers, one.start
        )
        if one.n in {expected, 1} or one.n > _LAST or is_told:
            last = one.n
            continue
        is_alone = behind is None or behind == expected + 1
        right = _numeral(one, expected)
        suggestion = right if is_alone or one.n > expected else None
        said = "重复" if one.n == last else "跳号" if one.n > expected else "顺序不对"
        message = f"序号{said}：“{labels[at - 1].text}”之后应为“{right}”。"
        end = one.start + len(one.text)
        yield found(sheet, one.start, end, "numbering", LAYOUT, suggestion, message)
        # What is said twice moves those behind it on by one; where one was left out, they stand as they are.
        last = expected if is_alone or (one.n == expected - 1 and behind == expected) else one.n


def _mixed(sheet: Sheet, labels: Sequence[_Label]) -> Iterator[Finding]:
    """一是…；二是…。三是…；: the items of one list end alike (GB/T 15834-2011)."""
    ends = [one.start - 1 for one in labels[1:]]
    said = [sheet.text[at] for at in ends]
    if len(said) > 1 and said.count("，") == 1 and said.count("；") == len(said) - 1:
        at = ends[said.index("，")]
        told = "同一组并列的各项，别处用“；”，这里用“，”，应一致。"
        yield found(sheet, at, at + 1, "punctuation", MARKS, "；", told)
        return
    before = [at for at in ends if sheet.text[at] in "。；"]
    marks = [sheet.text[at] for at in before]
    if len(before) < len(labels) - 1 or len(before) < _ITEMS or len(set(marks)) != len("。；"):
        return
    rarer = min("。；", key=marks.count)
    if marks.count(rarer) * 2 >= len(marks):
        return
    other = "；" if rarer == "。" else "。"
    for at in (at for at in before if sheet.text[at] == rarer):
        told = f"同一组并列的各项，前面用“{other}”，这里用“{rarer}”，应一致。"
        yield found(sheet, at, at + 1, "punctuation", MARKS, other, told)


def _numeral(one: _Label, n: int) -> str:
    write: Callable[[int], str] = str if one.written.isascii() else chinese_number
    if one.written in _CIRCLED:
        return _CIRCLED[n - 1] if n <= len(_CIRCLED) else one.text
    return one.text.replace(one.written, write(n), 1)
