"""Documents called by name: without 《》 where they need it, or by a name that is not quite theirs; and those that are void."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from bot.proofreading.model import MARKS, Finding, Line, Sheet
from bot.proofreading.sheet import found
from bot.proofreading.tables import lines

_CITED = re.compile(r"《(?P<name>[^《》\n]{4,60})》")
_EDITION = re.compile(r"[（(][^（）()]*[）)]$")
_KINDS = ("条例", "准则", "细则", "规定", "办法", "规则", "章程", "意见", "法")
_SHORT = 9  # characters; a shorter name may be common words
_OWN = 6  # characters that a name has besides the state's or the party's: 刑法 and 宪法 differ by one of two
_COMMON = re.compile(r"^(?:中华人民共和国|中国共产党)")
_VOID = re.compile(r"(?:废止|失效|停止执行|不再施行)")
_MANY = 2  # bare names in a text; one that writes more of them so does it throughout and is told once
_TAIL = 3  # characters that a name may lack at its end: 主体责任 for 主体责任规定
_TRIAL = re.compile(r"[（(](?:试行|暂行)[）)]$")


def find(sheet: Sheet) -> Iterator[Finding]:
    names = known()
    shelf_titles = sheet.shelf.titles() if sheet.shelf else ()
    names |= frozenset(shelf_titles)
    yield from _cited(sheet, names)
    bare = [one for line in sheet.lines for one in _bare(sheet, line)]
    yield from bare if len(bare) <= _MANY else bare[:1]


def _cited(sheet: Sheet, names: Collection[str]) -> Iterator[Finding]:
    by_start: dict[str, list[str]] = {}
    for name in names:
        by_start.setdefault(name[:2], []).append(name)
    for match in _CITED.finditer(sheet.text):
        name = match["name"]
        work = sheet.shelf.work(name, sheet.written) if sheet.shelf else None
        sentence = sheet.text[match.end() : match.end() + 60].partition("。")[0]
        if work is not None and not work.in_force and not _VOID.search(sentence):
            by = f"，现行的是《{work.replaced_by}》" if work.replaced_by else ""
            told = f"《{name}》已废止或被取代{by}，请核对引用是否有意。"
            yield found(sheet, *match.span(), "abolished", "资料库中的文件目录", None, told, "doubt")
        if (
            work is not None
            or name in names
            or _bare_name(name) in map(_bare_name, by_start.get(name[:2], ()))
        ):
            continue
        right = _nearest(name, by_start.get(name[:2], ()))
        if right is not None:
            told = f"文件名称似应为《{right}》。"
            yield found(sheet, *match.span(), "title-marks", "文件的正式名称", f"《{right}》", told)


def _bare_name(name: str) -> str:
    return _EDITION.sub("", name)


def _nearest(name: str, names: Sequence[str]) -> str | None:
    """The one known name that this is a slip of: its last words left out, or a few characters others."""
    cut = [one for one in names if one.startswith(name) and 0 < len(one) - len(name) <= _TAIL]
    if len(cut) == 1 and not name.endswith(_KINDS):
        return cut[0]
    if len(name) < _SHORT:
        return None
    near = [one for one in names if _is_near(_bare_name(name), _bare_name(one))]
    return near[0] if len(near) == 1 else None


def _is_near(name: str, other: str) -> bool:
    """At most two characters replaced, put in or left out in a row: what is before and behind is the same."""
    if abs(len(name) - len(other)) > 2 or name == other or len(_COMMON.sub("", name)) < _OWN:
        return False
    head = 0
    while head < min(len(name), len(other)) and name[head] == other[head]:
        head += 1
    tail = 0
    while tail < min(len(name), len(other)) - head and name[-1 - tail] == other[-1 - tail]:
        tail += 1
    changed = max(len(name), len(other)) - head - tail
    # 农村 and 国有企业 are two documents: a difference in the middle of a name counts only where a character is lost or turned.
    return changed <= 1 or (changed == 2 and tail <= 2 and name[-2:] in _KINDS and other[-2:] in _KINDS)


def _bare(sheet: Sheet, line: Line) -> Iterator[Finding]:
    """A full name inside a sentence, without 《》. A line that is a title itself is left alone."""
    if "\t" in line.text or not re.search(r"[，。；：]", line.text):
        return
    for match in _pattern().finditer(line.text):
        name = match["x"]
        start, end = match.span("x")
        if _inside(line.text, start) or line.text[end : end + 1] == "》":
            continue
        if start == 0 or line.text[end : end + 3] in {"（以下", "释义"}:
            continue
        said = f"文件名称用书名号：《{name}》。"
        yield found(sheet, line.start + start, line.start + end, "title-marks", MARKS, f"《{name}》", said)


def _inside(text: str, at: int) -> bool:
    return any(
        text.rfind(opening, 0, at) > text.rfind(closing, 0, at) for opening, closing in ("《》", "“”", "〈〉")
    )


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(
        (name for name in known() if len(name) >= _SHORT and "中华人民共和国" not in name),
        key=len,
        reverse=True,
    )
    bare = sorted({*names, *(_TRIAL.sub("", name) for name in names)}, key=len, reverse=True)
    return re.compile(rf"(?P<x>{'|'.join(map(re.escape, bare))})(?!修正案|释义|[（(]修)")


@cache
def known() -> frozenset[str]:
    return frozenset(lines("titles.txt"))
