"""How paragraphs end: a paragraph of sentences without its last mark, a heading with one too many."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.proofreading.model import LAYOUT, MARKS, Finding, Line, Sheet
from bot.proofreading.sheet import found

_QUOTED_END = re.compile(r"[。！？…]?[”’）》】〕)]+$")
_BODY = re.compile(r"[\u4e00-\u9fff\d%％”》）]$")
_PROSE, _LONG = 24, 40  # characters
_SHORT_TEXT = 6  # paragraphs; in a longer text without 。 a line may be a table's cell
# Share of the paragraphs without a last mark beyond which lines were broken, or the text is a table.
_FEW = 0.15
# Characters of a line that may be one of a paragraph broken into lines; of one that says something.
_WRAPPED, _CLAUSE = 18, 12
_CLOSED = re.compile(r"[。！？；：…”’）》】〕.!?;:]$")
_LABEL = re.compile(
    r"[（(]?[\d一二三四五六七八九十①-⑩]{1,3}(?:[、.．）)]|是|要)|第[一二三四五六七八九十]|[①-⑩]|其[一二三四五]|再次|最后|同时"
)
_INSIDE = re.compile(
    r"(?:^|[。；：，])(?:[一二三四五六七八九](?:是|要)|第[一二三四五六七八九][，、是]|[（(][\d一二三四五六七八九][）)])|[①-⑩]"
)
_LATER = re.compile("第[二三四五六七八九]，|[二三四五六七八九][是要]")
_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)[^，。；：！？\n]{2,24}(?P<end>[。，；、：])$"
)


def find(sheet: Sheet) -> Iterator[Finding]:
    yield from _headings(sheet)
    yield from _open(sheet)
    is_short = len(sheet.lines) <= _SHORT_TEXT
    long = [line for line in sheet.lines if _is_prose(line, is_short)]
    open_ended = [line for line in long if _lacks(line.text)]
    if len(open_ended) > max(1, _FEW * len(long)):
        return
    for line in open_ended:
        last = line.text[-1]
        yield found(
            sheet,
            line.end - 1,
            line.end,
            "punctuation",
            MARKS,
            last + "。",
            "段末缺句号，或一段被断成了两行。",
        )


def _open(sheet: Sheet) -> Iterator[Finding]:
    """A paragraph that ends with ， or 、 among paragraphs that are ended; a list whose last item ends like the others."""
    wrapped = [line for line in sheet.lines if len(line.text) >= _WRAPPED and not _CLOSED.search(line.text)]
    for at, line in enumerate(sheet.lines):
        below = sheet.lines[at + 1].text if at + 1 < len(sheet.lines) else ""
        mark = line.text[-1]
        if mark in "，、" and len(line.text) >= _CLAUSE and len(wrapped) <= 1 and not _LABEL.match(below):
            told = f"段末用了“{mark}”：应为句号，或一段被断成了两行。"
            yield found(sheet, line.end - 1, line.end, "punctuation", MARKS, "。", told)
        elif mark == "；" and _is_last(line.text, below):
            told = "一组分项说完了，末尾用句号。"
            yield found(sheet, line.end - 1, line.end, "punctuation", MARKS, "。", told)


def _is_last(text: str, below: str) -> bool:
    """The last item of a list, each in a paragraph, or a paragraph that holds a whole list."""
    if _LABEL.match(below) or below.endswith("；"):
        return False
    return len(_INSIDE.findall(text)) > 1 or (below != "" and _LATER.match(text) is not None)


def _is_prose(line: Line, is_short: bool) -> bool:
    """A paragraph of one whole sentence and the beginning of another, or of one long sentence."""
    text = line.text
    if "\t" in text or "|" in text or "…" in text:
        return False
    return (len(text) >= _PROSE and "。" in text[:-1]) or (
        is_short and len(text) >= _LONG and text.count("，") > 1
    )


def _lacks(text: str) -> bool:
    if not _BODY.search(text):
        return False
    rest = text[text.rfind("。") + 1 :]
    if _QUOTED_END.search(text) and (text[-2] in "。！？…" or not ("，" in rest or len(rest) > 12)):
        return False
    return len(rest) >= 8 and not re.search(
        r"(?:日|月|委员会|支部|党委|公司|办公室)$|摄影|报道|记者|通讯员|来源|作者|供稿|编辑", rest
    )


def _headings(sheet: Sheet) -> Iterator[Finding]:
    """A heading that stands alone ends without a mark, if the others of the text do."""
    heads = [
        line
        for line in sheet.lines
        if re.match(r"[一二三四五六七八九十]{1,3}、", line.text) and len(line.text) <= 28
    ]
    bare = sum(1 for line in heads if not re.search(r"[。，；、：]$", line.text))
    for line in sheet.lines:
        match = _HEADING.fullmatch(line.text)
        if match and bare > len(heads) / 2 and match["end"] in "。，；、" and line.text[0] != "（":
            start = line.start + match.start("end")
            yield found(sheet, start, start + 1, "punctuation", LAYOUT, "", "单独成行的标题末尾不用标点。")
