"""A number against the list it is said of: 三条要求：一要…二要…, 东风、红星、胜利4个村, 四项制度：甲、乙、丙, 三项任务：1.…2.…."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.proofreading.model import SUMS, Finding, Line, Sheet
from bot.proofreading.rules.figures import whole_number
from bot.proofreading.sheet import HAN, found
from ingest.text import chinese_number, parse_number

_N = r"\d{1,2}|[两三四五六七八九]|十[一二]?"
_NO = r"(?<![第一二三四五六七八九十百千零〇\d.、“‘])"  # not behind: 第八十五条, “四个自信”
_THINGS = "项|个(?!月)|条|点|件|方面|类|种|步|环节|阶段|大|道|张|支|把|组|位|名|家|所|部|本"
_SAID = re.compile(
    rf"{_NO}(?P<x>{_N})(?P<u>{_THINGS})(?P<what>[^，。；：、\n“”（）]{{0,14}}?)(?P<mark>[：，—])"
)
_ITEMS = (
    re.compile(r"(?:^|(?<=[：；，。、—]))(?P<n>[一二三四五六七八九十])(?:是|要|为|个是)"),
    re.compile(
        r"(?:^|(?<=[：；，。、—]))第(?P<n>[一二三四五六七八九十])(?:[，、]|[阶步类种条个]\w{0,4}[，；。是为：])"
    ),
    re.compile(r"(?:^|(?<=[：；，。、—]))[（(](?P<n>[一二三四五六七八九十]|\d)[）)]"),
    re.compile(r"(?P<n>[①②③④⑤⑥⑦⑧⑨])"),
    re.compile(r"(?:^|(?<=[：；，。、—]))(?P<n>\d)[.．、](?!\d)"),
)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨"
_LINE_ITEM = re.compile(r"(?:[（(]?(?P<n>[一二三四五六七八九十]{1,2}|\d{1,2})(?:[）)][、.]?|[、.．]|是|要))")
# 甲、乙、丙4个村: each item short, so that it is a name, and none with a word that begins a clause.
_NAMED = re.compile(
    rf"(?:^|(?<=[，。；：！？]))(?P<list>[{HAN}]{{2,16}}(?:、[{HAN}]{{2,12}}){{1,14}}(?:等|这)?){_NO[:-1]}之约近])(?P<x>{_N})(?P<u>个|名|位|家|所|项|大|种|类|支|条|部|本)(?P<what>[{HAN}]{{1,4}})"
)
_COLON = re.compile(
    rf"{_NO}(?P<x>{_N})(?P<u>项|个|条|大|种|类|支|家|位|名|所|部|张)(?P<what>[{HAN}]{{1,8}})：(?P<list>[^，。；：、\n]{{2,14}}(?:、[^，。；：、\n]{{2,14}}){{1,9}})(?=[。；，\n]|$)"
)
# 共4个镇，分别是甲、乙、丙。
_NAMELY = re.compile(
    rf"{_NO}(?P<x>{_N})(?P<u>个|名|位|家|所|项|大|种|类|支|条|部)(?P<what>[{HAN}]{{1,8}})，(?:分别|依次|它们|即|具体)(?:是|为|有|包括)?(?P<list>[^，。；：、\n\d]{{2,14}}(?:、[^，。；：、\n\d]{{2,14}}){{1,9}})(?=[。；，\n]|$)"
)
_WITHIN = re.compile("其中|每|分别|上述|以下情形|之一|以上|左右|多|余|近|约|第|约占|共有|另|各")


def find(sheet: Sheet) -> Iterator[Finding]:
    for at, line in enumerate(sheet.lines):
        yield from _announced(sheet, line, sheet.lines[at + 1 : at + 2])
        yield from _named(sheet, line)
        yield from _after_colon(sheet, line)
        if line.text.endswith("："):
            yield from _below(sheet, line, sheet.lines[at + 1 : at + 40])


def _announced(sheet: Sheet, line: Line, below: Sequence[Line]) -> Iterator[Finding]:
    for match in _SAID.finditer(line.text):
        said = whole_number(match["x"])
        if said is None or said < 2 or _WITHIN.search(match["what"]):
            continue
        rest = line.text[match.end() :]
        for pattern in _ITEMS:
            begin = pattern.match(rest) or (pattern.search(rest[:2]) if match["mark"] == "—" else None)
            if begin is None:
                continue
            items = _numbers(pattern, rest)
            if len(items) > 1 and items == list(range(1, len(items) + 1)) and len(items) != said:
                if below and _LINE_ITEM.match(below[0].text) and len(items) < said:
                    break
                yield _told(sheet, line, match, len(items))
            break


def _numbers(pattern: re.Pattern[str], rest: str) -> list[int]:
    """The numbers in a row; where they begin anew, another list begins."""
    done: list[int] = []
    for match in pattern.finditer(rest):
        n = _CIRCLED.index(match["n"]) + 1 if match["n"] in _CIRCLED else parse_number(match["n"]) or 0
        if done and n == 1:
            break
        done.append(n)
    return done


def _named(sheet: Sheet, line: Line) -> Iterator[Finding]:
    for match in _NAMED.finditer(line.text):
        said = whole_number(match["x"])
        is_open = match["list"].endswith("等")
        items = match["list"].removesuffix("等").removesuffix("这").split("、")
        if said is None or said < 2 or _WITHIN.search(match["list"]) or _is_loose(items, match):
            continue
        joined = len(re.findall("[和及与]", items[-1]))
        if any(re.search("[和及与]", one) for one in items[:-1]) or said in range(
            len(items), len(items) + joined + 1
        ):
            continue
        # 等4名 may leave out some; without 等 a slip is by one, more is another number.
        if said > len(items) if is_open else abs(said - len(items)) != 1:
            continue
        told = f"所列有{len(items)}项，文中写“{match['x']}{match['u']}”。"
        yield found(
            sheet,
            line.start + match.start("x"),
            line.start + match.end("u"),
            "sums",
            SUMS,
            None,
            told,
            "doubt",
        )


def _is_loose(items: Sequence[str], match: re.Match[str]) -> bool:
    """The middle ones tell how long a name is here; a last one that is much longer holds a verb of its own: 支部、党员开展3项…."""
    inner = [len(one) for one in items[1:]]
    if min(inner) < 2 or max(inner) - min(inner) > 3 or max(inner) > 8:
        return True
    return (
        re.search("[了为是在有共召开展设立建成立获评选派推出开举办组织完到达]", items[-1]) is not None
        or match["what"][:1] in "月小百"
    )


def _after_colon(sheet: Sheet, line: Line) -> Iterator[Finding]:
    for match in (*_COLON.finditer(line.text), *_NAMELY.finditer(line.text)):
        said = whole_number(match["x"])
        items = match["list"].split("、")
        joined = len(re.findall("[和及与]", items[-1]))
        if (
            said is None
            or said < 2
            or items[-1].endswith("等")
            or "等" in items[-1][-3:]
            or _WITHIN.search(match["what"])
        ):
            continue
        if len(items) + joined < said - 2 or any(len(one) > 12 for one in items):
            continue
        if said not in {len(items) + more for more in range(joined + 1)}:
            yield _told(sheet, line, match, len(items))


_BELOW = re.compile(
    rf"{_NO}(?P<x>{_N})(?P<u>项|个(?!月)|条|点|件|方面|类|种|步)(?P<what>[^，。；：、\n]{{0,12}})：$"
)


def _below(sheet: Sheet, line: Line, below: Sequence[Line]) -> Iterator[Finding]:
    """做好以下三项工作： and then 1. 2. on lines of their own; they must begin at one and count without a gap."""
    match = _BELOW.search(line.text)
    said = whole_number(match["x"]) if match else None
    first = _LINE_ITEM.match(below[0].text) if below else None
    if match is None or said is None or said < 2 or first is None or whole_number(first["n"]) != 1:
        return
    if _WITHIN.search(match["what"]):
        return
    style = _style(first)
    items = [one for row in below if (one := _LINE_ITEM.match(row.text)) and _style(one) == style]
    numbers = [whole_number(one["n"]) for one in items]
    again = next((at for at, n in enumerate(numbers) if at and n == 1), len(numbers))
    numbers = numbers[:again]
    if numbers == list(range(1, len(numbers) + 1)) and 1 < len(numbers) != said:
        yield _told(sheet, line, match, len(numbers))


def _style(match: re.Match[str]) -> str:
    return re.sub(re.escape(match["n"]), "n" if match["n"].isdigit() else "一", match[0])


def _told(sheet: Sheet, line: Line, match: re.Match[str], count: int) -> Finding:
    right = (
        str(count)
        if match["x"].isdigit()
        else "两"
        if count == 2 and match["u"] != "大"
        else chinese_number(count)
    )
    told = f"前面说{match['x']}{match['u']}，后面列了{count}项。"
    start = line.start + match.start("x")
    return found(sheet, start, start + len(match["x"]), "sums", SUMS, right, told, "doubt")
