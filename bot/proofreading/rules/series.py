"""Numbers that name a part: 第一阶段 第二阶段 第四阶段, 议题一 议题三, 其一 其三, 第一条 第三条, 第一章 第三章 (GB/T 9704-2012).

And one list numbered in two ways: 一是…二是…第三，…; 一是…二是…三加强…; 首先…其次…第三，….
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.proofreading.model import LAYOUT, Finding, Line, Sheet
from bot.proofreading.rules.figures import CHINESE
from bot.proofreading.sheet import found
from ingest.text import chinese_number, parse_number

_HEAD = r"(?:^|(?<=[。；：，！]))"
_UNITS = (
    "项议程|项任务|项议题|项活动|项内容|个阶段|个环节|个步骤|个问题|个议题|组|场|讲|课|件事"
    "|种|方面|大类|阶段|步|批次|批|季度|站|环节|轮|期|小组|议题|课题|议程|篇章|板块|层面|部分|章|节"
)
_NAMES = "议题|步骤|阶段|任务|措施|经验|做法|专题|课题|清单|议程|环节|问题|案例|单元|模块|主题"
_SERIES = (
    re.compile(
        rf"{_HEAD}(?P<all>第(?P<n>{CHINESE})(?P<unit>{_UNITS}))(?![一二三四五六七八九十级第、至到和与的])"
    ),
    re.compile(
        rf"{_HEAD}(?P<all>第(?P<n>\d{{1,2}})(?P<unit>{_UNITS}))(?![一二三四五六七八九十级第、至到和与的])"
    ),
    re.compile(rf"{_HEAD}(?P<all>(?P<unit>{_NAMES})(?P<n>{CHINESE}))(?=[：，、是 　])"),
    re.compile(rf"^(?P<all>(?P<unit>附件|附表)(?P<n>{CHINESE}))(?=[：:\s]|$)"),
    re.compile(rf"{_HEAD}(?P<all>(?P<unit>{_NAMES})(?P<n>\d{{1,2}}))(?=[：:、.．])"),
    re.compile(rf"{_HEAD}(?P<all>(?P<unit>其)(?P<n>{CHINESE}))(?=[，、是])"),
)
_ARTICLE = re.compile(r"(?P<all>第(?P<n>[一二三四五六七八九十百零]{1,6})条)[ 　\t]")
_FEW = 3
# 一是, 第二要, 三，: a label at the head of a clause, its number and what makes it a label.
_LABEL = re.compile(
    r"(?:^|(?<=[。；：，！]))(?P<all>(?P<word>首先|其次|再次)(?=[，,])|(?P<di>第?)(?P<n>[一二三四五六七八九十])(?P<end>是|要|，|、|(?=[\u4e00-\u9fff])))"
)
# 三年来, 三个, 三级, 三会一课: a number that counts or names.
_COUNTS = re.compile(
    "[年月日天个名位级次人件户家项场条份篇处会农资公重严实大类种支方者亩岁成分届中全面步季批期轮期线堂课环层角产包观心权改省市县区村国军联农夏秋班组队月点元块万千百十一二三四五六七八九的起直切般下同旦再向度楼致并些心律]|方面|阶段"
)
_STYLES = frozenset(("n", "n是", "n要", "第n，", "第n是", "第n要"))
_SPOKEN = {"首先": 1, "其次": 2, "再次": 3}
_SECOND = re.compile(r"(?:[；。，])(?P<x>二(?:是|要))")
_THIRD = re.compile(r"[；。，]三(?:是|要)")
_BEGUN = re.compile(r"一(?:个)?[是要则来]|首先|第一|其一|[①⑴1一][、.）]|一方面|一条|一项")
_ABOVE = 12  # lines that may hold the first item


@dataclass(frozen=True, slots=True)
class _Label:
    start: int
    text: str
    n: int
    style: str


def find(sheet: Sheet) -> Iterator[Finding]:
    for pattern in _SERIES:
        yield from _named(sheet, pattern)
    yield from _articles(sheet)
    for at, line in enumerate(sheet.lines):
        yield from _mixed(sheet, line)
        yield from _headless(sheet, line, sheet.lines[max(0, at - _ABOVE) : at])


def _headless(sheet: Sheet, line: Line, above: Sequence[Line]) -> Iterator[Finding]:
    """要统一思想；二是…；三是…: the first of the list has lost its label."""
    first = _SECOND.search(line.text)
    if first is None or not _THIRD.search(line.text, first.end()):
        return
    before = "".join(one.text for one in above) + line.text[: first.start()]
    if not _BEGUN.search(before) and line.text[: first.start()].rstrip("；。，"):
        start = line.start + first.start("x")
        yield found(sheet, start, start + 2, "numbering", LAYOUT, None, f"前面没有“一{first['x'][1]}”。")


def _named(sheet: Sheet, pattern: re.Pattern[str]) -> Iterator[Finding]:
    """One series for each unit, over all lines: 第一季度…。 and 第三季度… in the next paragraph."""
    series: dict[str, list[_Label]] = {}
    for line in sheet.lines:
        for match in pattern.finditer(line.text):
            n = parse_number(match["n"]) or 0
            one = _Label(line.start + match.start("all"), match["all"], n, match["n"])
            series.setdefault(match["unit"], []).append(one)
    for labels in series.values():
        yield from _steps(sheet, labels)


def _steps(sheet: Sheet, labels: Sequence[_Label]) -> Iterator[Finding]:
    """1, 2, 4 and 1, 2, 2: told only where the series began with 1 and went on with 2, so that it is a series."""
    run: list[int] = []
    for at, one in enumerate(labels):
        if one.n == 1:
            run = [1]
            continue
        if len(run) < 2 or one.n in run[:-1]:
            run = [*run, one.n] if run and one.n == run[-1] + 1 else []
            continue
        expected = run[-1] + 1
        behind = labels[at + 1].n if at + 1 < len(labels) else None
        if one.n == expected:
            run.append(one.n)
        elif one.n in {expected - 1, expected + 1} and behind in {None, 1, expected + 1}:
            yield _told(sheet, one, expected)
            run.append(expected)
        else:
            run = []


def _told(sheet: Sheet, one: _Label, expected: int) -> Finding:
    number = str(expected) if one.style.isascii() else chinese_number(expected)
    right = one.text.replace(one.style, number, 1)
    said = "重复" if one.n < expected else "跳号"
    end = one.start + len(one.text)
    return found(
        sheet, one.start, end, "numbering", LAYOUT, right, f"序号{said}：这里似应为“{right}”。", "doubt"
    )


def _articles(sheet: Sheet) -> Iterator[Finding]:
    """第一条 to the last in a rule of one's own. One that is cut or quoted in parts has more than one gap."""
    labels = [
        _Label(line.start, match["all"], parse_number(match["n"]) or 0, match["n"])
        for line in sheet.lines
        if (match := _ARTICLE.match(line.text))
    ]
    if len(labels) < _FEW or labels[0].n != 1:
        return
    breaks = [at for at in range(1, len(labels)) if labels[at].n != labels[at - 1].n + 1]
    if len(breaks) == 1 and labels[breaks[0]].n in {labels[breaks[0] - 1].n, labels[breaks[0] - 1].n + 2}:
        at = breaks[0]
        yield _told(sheet, labels[at], labels[at - 1].n + 1)


def _mixed(sheet: Sheet, line: Line) -> Iterator[Finding]:
    run: list[_Label] = []
    for match in _LABEL.finditer(line.text):
        if match["word"]:
            n, style = _SPOKEN[match["word"]], "word"
        else:
            n, style = parse_number(match["n"]) or 0, match["di"] + "n" + match["end"]
        one = _Label(line.start + match.start("all"), match["all"], n, style)
        if style == "n" and (len(run) < 1 or _COUNTS.match(line.text, match.end("all"))):
            continue
        if n == 1:
            run = [] if style in {"n", "n，", "n、"} else [one]
        elif run and n == run[-1].n + 1 and style == run[0].style:
            run.append(one)
        elif run and n == run[-1].n + 1 and _is_slip(run, one, line, match.end("all")):
            yield _other(sheet, one, run[0])
            # 首先、其次、第三 goes on as 第四: told once.
            run = [] if run[0].style == "word" else [*run, _Label(one.start, one.text, n, run[0].style)]


def _is_slip(run: Sequence[_Label], one: _Label, line: Line, end: int) -> bool:
    """After two of a kind the third is another; or the second has lost its 是 and the third follows as the first."""
    rest = line.text[end:]
    if one.style not in _STYLES:
        return False
    if len(run) == 1:
        # 一是…二抓…三是, 一是…二抓…三抓: the second alone may count something.
        third = re.search(rf"[。；，]{chinese_number(one.n + 1)}", rest)
        return one.style == "n" and third is not None and not _COUNTS.match(rest, third.end())
    if run[0].style == "word":
        return one.style in {"第n，", "第n是"}
    # A list of another kind may stand inside: it would begin with its own first.
    again = run[0].style.replace("n", chinese_number(one.n), 1)
    return not re.search(rf"[。；，：]{again}", rest)


def _other(sheet: Sheet, one: _Label, first: _Label) -> Finding:
    spoken = next((word for word, n in _SPOKEN.items() if n == one.n), None)
    right = spoken if first.style == "word" else first.style.replace("n", chinese_number(one.n), 1)
    if first.style == "word" and right is not None:
        right += one.text[-1] if one.text[-1] == "，" else ""
    told = "同一组序号的写法应一致。" + (f"这里似应为“{right}”。" if right else "")
    end = one.start + len(one.text)
    return found(sheet, one.start, end, "numbering", LAYOUT, right, told)
