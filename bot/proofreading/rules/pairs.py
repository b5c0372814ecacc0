"""Marks that go in pairs (GB/T 15834-2011): one without its fellow, pairs that cross, the same pair inside itself."""

from __future__ import annotations

import itertools
import re
from collections import deque
from collections.abc import Iterator, Sequence

from bot.proofreading.model import MARKS, Finding, Line, Sheet
from bot.proofreading.sheet import found

_CLOSING = {
    "“": "”",
    "‘": "’",
    "《": "》",
    "〈": "〉",
    "（": "）",
    "【": "】",
    "〔": "〕",
    "「": "」",
    "『": "』",
}
_OPENING = {closing: opening for opening, closing in _CLOSING.items()}
_INNER = {"《": ("〈", "〉"), "“": ("‘", "’")}
_SINGLE = re.compile(r"[“”]|‘(?P<in>[^‘’“”\n]{1,30})’")
_NUMBERS = frozenset("0123456789一二三四五六七八九十abcdABCD")
_LABEL = 3  # 1）, 12）: the bracket of a number stands so near the beginning
_LINES = 5  # lines down to which a bracket may be closed
# 学习《…条例，讨论…: where the name of a document ends that has lost one of its marks.
_KINDS = "条例|准则|规则|规定|办法|细则|章程|意见|通知|决定|方案|决议|规划|纲要|公报|通报|批复|报告|讲话|读本|手册|简史|选读|学习问答"
_ENDLESS = re.compile(
    rf"《(?P<name>[^《》，。；：！？\n]{{1,50}}?(?:{_KINDS})(?:（试行）|（暂行）)?)(?P<behind>[，。；、]|$|(?=精神|要求|文件|等|和|及|并|进行|(?<=条例|准则|细则|办法|章程)(?:的)?规定))"
)
_PAPERS = "人民日报|光明日报|经济日报|农民日报|法治日报|解放军报|求是|半月谈|学习时报|党建研究|[\u4e00-\u9fff]{2}日报"
_PAPER = re.compile(rf"《(?P<name>{_PAPERS})(?P<behind>(?=上|刊|登|头版|报道|杂志|发表|发文)|[，。、])")
_HEADLESS = re.compile(r"(?P<name>(?:中国共产党|中华人民共和国|关于|习近平)[^《》，。；：！？“”\n]{2,50})》$")
_TITLE = 60  # characters before 》 that may be its name: a longer one is none
_REACH = 40  # characters; a phrase between marks is rarely longer


def find(sheet: Sheet) -> Iterator[Finding]:
    open_quote = False  # a quotation that runs over several paragraphs
    read = [_read(line) for line in sheet.lines]
    _over_lines(sheet.lines, read)
    last_close = _last_close(sheet)
    for line, (stack, alone) in zip(sheet.lines, read, strict=True):
        if open_quote and line.text.startswith("“") and stack and stack[0] == 0:
            stack.pop(0)  # each paragraph of a long quotation begins with the mark, the last one ends it
        if not open_quote:
            yield from _turned(sheet, line, alone)
            yield from _turned(sheet, line, stack)
        for at in alone:
            mark = line.text[at]
            if open_quote and mark == "”":
                open_quote = False
            elif not (mark == "）" and at <= _LABEL and line.text[at - 1] in _NUMBERS):
                yield _alone(sheet, line, at)
        for at in stack:
            if line.text[at] == "“" and line.start < last_close:
                open_quote = True
            else:
                yield _alone(sheet, line, at)
        yield from _nested(sheet, line)
    yield from _singles(sheet)


def _singles(sheet: Sheet) -> Iterator[Finding]:
    # A text whose “ are not closed line by line may quote over several paragraphs: there ‘’ is right.
    if "‘" in sheet.text and all(line.text.count("“") == line.text.count("”") for line in sheet.lines):
        for line in sheet.lines:
            yield from _single(sheet, line)


def _single(sheet: Sheet, line: Line) -> Iterator[Finding]:
    """坚持‘三会一课’制度: the outer pair is “”."""
    depth = 0
    for match in _SINGLE.finditer(line.text):
        depth += {"“": 1, "”": -1}.get(match[0], 0)
        if match["in"] and depth == 0:
            start, end = line.start + match.start(), line.start + match.end()
            right = f"“{match['in']}”"
            yield found(sheet, start, end, "punctuation", MARKS, right, "先用双引号，双引号里面再用单引号。")


def _over_lines(lines: Sequence[Line], read: list[tuple[list[int], list[int]]]) -> None:
    """A bracket that a title opens on one line and closes a few lines on has its fellow."""
    waiting = [_by_mark(line, alone) for line, (_, alone) in zip(lines, read, strict=True)]
    for at, (stack, _) in enumerate(read):
        left = []
        for place in stack:
            mark = lines[at].text[place]
            below = (one.get(_CLOSING[mark]) for one in waiting[at + 1 : at + _LINES])
            fellows = None if mark in "“‘" else next((one for one in below if one), None)
            if fellows:
                fellows.popleft()
            else:
                left.append(place)
        stack[:] = left
    for (_, alone), marks in zip(read, waiting, strict=True):
        alone[:] = sorted(place for places in marks.values() for place in places)


def _by_mark(line: Line, places: Sequence[int]) -> dict[str, deque[int]]:
    found: dict[str, deque[int]] = {}
    for place in places:
        found.setdefault(line.text[place], deque()).append(place)
    return found


def _read(line: Line) -> tuple[list[int], list[int]]:
    """Places of the opening marks that nothing closes, and of the closing marks that nothing opens."""
    stack: list[int] = []
    alone: list[int] = []
    open_marks: dict[str, list[int]] = {}
    closed: set[int] = set()
    for at, character in enumerate(line.text):
        if character in _CLOSING:
            stack.append(at)
            open_marks.setdefault(character, []).append(at)
        elif character in _OPENING:
            fellows = open_marks.get(_OPENING[character])
            if fellows:
                closed.add(fellows.pop())
            else:
                alone.append(at)
    return [at for at in stack if at not in closed], alone


def _alone(sheet: Sheet, line: Line, at: int) -> Finding:
    mark = line.text[at]
    fellow = _CLOSING.get(mark) or _OPENING[mark]
    start = line.start + at
    told = f"“{mark}”没有与之配对的“{fellow}”。"
    if mark == "《" and (match := _ENDLESS.match(line.text, at) or _PAPER.match(line.text, at)):
        right = f"《{match['name']}》{match['behind']}"
        return found(sheet, start, line.start + match.end(), "punctuation", MARKS, right, told)
    if mark == "》" and (match := _HEADLESS.search(line.text[max(0, at - _TITLE) : at + 1])):
        begin = line.start + match.start()
        return found(sheet, begin, start + 1, "punctuation", MARKS, f"《{match['name']}》", told)
    return found(sheet, start, start + 1, "punctuation", MARKS, None, told)


def _turned(sheet: Sheet, line: Line, places: list[int]) -> Iterator[Finding]:
    """“党建“ and ”党建”: two of one kind close by, nothing of the other between them. The wrong one is turned; both are done."""
    done: set[int] = set()
    for first, second in itertools.pairwise(places):
        between = line.text[first + 1 : second]
        if line.text[first] != line.text[second] or line.text[first] not in "“”":
            continue
        if not 0 < len(between) <= _REACH or set(between) & set("“”。"):
            continue
        opens = line.text[first] == "“"
        if opens and line.text[second - 1] in "，、；：":
            continue  # “四个意识、“四个自信”: here the first has no end
        at, right = (second, "”") if opens else (first, "“")
        if first not in done and second not in done:
            done |= {first, second}
            told = f"引号方向写反，应为“{right}”。"
            yield found(sheet, line.start + at, line.start + at + 1, "punctuation", MARKS, right, told)
    places[:] = [at for at in places if at not in done]


def _last_close(sheet: Sheet) -> int:
    """Where the last paragraph begins that has more of ” than of “: one before it may be the beginning of a long quotation."""
    return max(
        (line.start for line in sheet.lines if line.text.count("”") > line.text.count("“")), default=-1
    )


def _nested(sheet: Sheet, line: Line) -> Iterator[Finding]:
    """《关于印发《…》的通知》: the inner pair is 〈〉, in quotation marks ‘’."""
    for opening, (inner, closing_inner) in _INNER.items():
        closing, depth, begun = _CLOSING[opening], 0, 0
        if line.text.count(opening) != line.text.count(closing):
            continue
        for at, character in enumerate(line.text):
            if character == opening:
                depth += 1
                begun = at if depth == 2 else begun
            elif character == closing:
                if depth == 2:
                    start, end = line.start + begun, line.start + at + 1
                    right = inner + line.text[begun + 1 : at] + closing_inner
                    message = f"“{opening}{closing}”之内再用时，应为“{inner}{closing_inner}”。"
                    yield found(sheet, start, end, "punctuation", MARKS, right, message)
                depth -= 1
