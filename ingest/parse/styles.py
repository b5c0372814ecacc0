"""What a Word paragraph inherits from its style: a heading level, a place in a numbered list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ingest.parse.wordnames import qn
from ingest.parse.wordtext import is_on

_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLE_NAMES = {"title", "标题"}


class Styles:
    """Looks properties up along a style's ancestry."""

    def __init__(self, root: Any) -> None:
        self._chains: dict[str, list[tuple[Any, str]]] = {}  # style id -> what it inherits
        self._styles = {style.get(qn("w:styleId")): style for style in root.findall(qn("w:style"))}

    def heading_level(self, paragraph: Any) -> int:
        """1 to 9 for headings (a document's title counts as 1), 0 for text."""
        for properties, name in self._inherited(paragraph):
            if named := _HEADING_NAME.fullmatch(name):
                return int(named[1])
            if name.lower() in _TITLE_NAMES:
                return 1
            if (outline := _number(properties, "w:outlineLvl")) is not None:
                return outline + 1 if outline < 9 else 0
        return 0

    def hidden(self) -> frozenset[str]:
        """The ids of the styles whose text Word does not show."""
        return frozenset(style_id for style_id in self._styles if style_id and self._is_hidden(style_id))

    def _is_hidden(self, style_id: str) -> bool:
        met: set[str] = set()
        pointer: str | None = style_id
        while pointer and pointer in self._styles and pointer not in met:
            met.add(pointer)
            style = self._styles[pointer]
            own = style.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
            if own is not None:
                return is_on(own)
            above = style.find(qn("w:basedOn"))
            pointer = above.get(qn("w:val")) if above is not None else None
        return False

    def list_place(self, paragraph: Any) -> tuple[str, int] | None:
        """`(list id, depth from 0)` of a numbered paragraph, else None."""
        depth: int | None = None
        for properties, _ in self._inherited(paragraph):
            numbered = properties.find(qn("w:numPr")) if properties is not None else None
            if numbered is None:
                continue
            depth = _number(numbered, "w:ilvl") if depth is None else depth
            list_id = _number(numbered, "w:numId")
            if list_id == 0:  # numbering taken off by hand
                return None
            if list_id is not None:
                return str(list_id), depth or 0
        return None

    def _inherited(self, paragraph: Any) -> list[tuple[Any, str]]:
        """Paragraph properties and style names, from the paragraph itself upward."""
        properties = paragraph.find(qn("w:pPr"))
        chain: list[tuple[Any, str]] = [(properties, "")]
        pointer = properties.find(qn("w:pStyle")) if properties is not None else None
        first = pointer.get(qn("w:val"), "") if pointer is not None else ""
        if first not in self._chains:
            self._chains[first] = list(self._ancestry(pointer))
        return chain + self._chains[first]

    def _ancestry(self, pointer: Any) -> Iterator[tuple[Any, str]]:
        """Of the style that `pointer` names, itself first."""
        met: set[str] = set()
        while (
            pointer is not None
            and (style_id := pointer.get(qn("w:val"))) in self._styles
            and style_id not in met
        ):
            met.add(style_id)
            style = self._styles[style_id]
            name = style.find(qn("w:name"))
            yield style.find(qn("w:pPr")), name.get(qn("w:val"), "") if name is not None else ""
            pointer = style.find(qn("w:basedOn"))


def _number(parent: Any, tag: str) -> int | None:
    found = parent.find(qn(tag)) if parent is not None else None
    value = found.get(qn("w:val"), "") if found is not None else ""
    return int(value) if value.isascii() and value.isdigit() else None
