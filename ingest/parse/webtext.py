"""The lines of a web page, each with the element it stands in: paragraphs, headings, list points and table rows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ingest.parse.lines import Line, table_lines
from ingest.text import COUNTING

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html",
    "li", "main", "nav", "ol", "option", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
})  # fmt: skip
_SILENT = frozenset({
    "script", "style", "noscript", "template", "head", "iframe", "object", "embed", "svg", "button", "select", "input",
    "textarea", "map", "canvas",
})  # fmt: skip
_HEADING = re.compile(r"h([1-6])")
_HIDDEN = re.compile(r"display\s*:\s*none")  # visibility is not asked: some sites show their text by a script
_NUMBERED = re.compile(rf"[\d{COUNTING}（(①-⑳第]")
_WIDEST = 64  # columns a cell may claim to span
_LONGEST_CELL = 300  # characters: a longer cell holds a text, and its table only lays out the page


@dataclass(frozen=True, slots=True)
class Found:
    """A line and the block element it stands in; `linked` is how many of its characters are link text."""

    line: Line
    element: Any
    linked: int = 0


class _Pen:
    """Collects characters until a block ends; white space runs become one space, as a browser shows them."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.linked = 0
        self.mark = ""

    def write(self, text: str | None, *, link: bool) -> None:
        if text:
            self.pieces.append(text)
            self.linked += len("".join(text.split())) if link else 0

    def lift(self, element: Any) -> list[Found]:
        text = " ".join("".join(self.pieces).split())
        linked, self.pieces, self.linked = self.linked, [], 0
        if not text:
            return []
        heading = _heading_level(element)
        if self.mark and not _NUMBERED.match(text):
            text = f"{self.mark}{text}"
        self.mark = ""
        kind = "heading" if heading else "paragraph"
        return [Found(Line(text, kind, heading), element, linked)]


def page_lines(root: Any) -> list[Found]:
    """All that a reader of the page sees, in order; scripts, forms' controls and hidden elements left out."""
    found: list[Found] = []
    pen = _Pen()
    pen.write(root.text, link=False)
    # A stack of our own, (element, its block, inside a link?, children to come): pages nest deeper than calls may.
    stack = [(root, root, False, iter(root))]
    while stack:
        element, block, link, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if element is block:
                found += pen.lift(element)
            if stack:
                pen.write(element.tail, link=stack[-1][2])
            continue
        tag = child.tag if isinstance(child.tag, str) else ""
        rows, headed = _data_rows(child) if tag == "table" else ([], False)
        if tag == "br":
            pen.write("\n", link=link)
            found += [] if _heading_level(block) else pen.lift(block)
        elif tag in _BLOCKS:
            found += pen.lift(block)
        if rows:
            found += [Found(line, child) for line in table_lines(rows, headed=headed)]
        if rows or not tag or tag in _SILENT or _HIDDEN.search(child.get("style", "")):
            pen.write(child.tail, link=link)
            continue
        pen.mark = _point_mark(child) if tag == "li" else pen.mark
        stack.append((child, child if tag in _BLOCKS else block, link or tag == "a", iter(child)))
        pen.write(child.text, link=link or tag == "a")
    return found


def _heading_level(element: Any) -> int:
    found = _HEADING.fullmatch(element.tag) if isinstance(element.tag, str) else None
    return int(found[1]) if found else 0


def _point_mark(point: Any) -> str:
    """1. for the points of a numbered list, as the browser would write; bullets say nothing and are left out."""
    above = point.getparent()
    if above is None or above.tag != "ol" or "none" in above.get("style", ""):
        return ""
    return f"{sum(1 for one in point.itersiblings('li', preceding=True)) + 1}. "


def _data_rows(table: Any) -> tuple[list[list[str]], bool]:
    """`(rows, headed)` of a table that holds data; no rows for one that only lays out the page.

    A cell merged over columns or rows has its text once, the places it covers are empty.
    """
    if next(table.iterdescendants("table"), None) is not None:
        return [], False
    rows: list[list[str]] = []
    marked: list[bool] = []
    covered: dict[int, int] = {}  # column -> rows below that a merged cell still reaches into
    for row in table.iterdescendants("tr"):
        texts: list[str] = []
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        for cell in cells:
            while covered.get(len(texts), 0):
                covered[len(texts)] -= 1
                texts.append("")
            width, height = _reach(cell, "colspan"), _reach(cell, "rowspan")
            covered |= {len(texts) + i: height - 1 for i in range(width) if height > 1}
            texts += [_words(cell), *[""] * (width - 1)]
        if any(texts):
            rows.append(texts)
            marked.append(all(_is_head(cell) for cell in cells))
    cells_held = [text for texts in rows for text in texts if text]
    if max(map(len, rows), default=0) < 2 or max(map(len, cells_held), default=0) > _LONGEST_CELL:
        return [], False
    headed = marked[0] and len(rows) > 1 and all(rows[0]) and not marked[1]
    return rows, headed


def _reach(cell: Any, side: str) -> int:
    claimed = cell.get(side, "1")
    return max(1, min(int(claimed), _WIDEST)) if claimed.isascii() and claimed.isdigit() else 1


def _words(cell: Any) -> str:
    """The cell's text in one line; what stands in paragraphs of its own is set off by a space."""
    return " ".join(" ".join(one.line.text for one in page_lines(cell)).split())


def _is_head(cell: Any) -> bool:
    """A th, or a cell all of whose words are bold: how pages without th mark their column names."""
    if cell.tag == "th":
        return True
    bold = "".join("".join(one.itertext()) for one in cell.iterdescendants("b", "strong"))
    return bool(bold.strip()) and "".join(bold.split()) == "".join("".join(cell.itertext()).split())
