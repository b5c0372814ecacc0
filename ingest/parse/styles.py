"""What a Word paragraph inherits from its style: a heading level, a place in a numbered list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from ingest.parse.wordnames import qn
from ingest.parse.wordtext import Properties, is_on, properties_of

_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLE_NAMES = {"title", "标题"}
_VALUE, _NAME, _ABOVE, _STYLE = qn("w:val"), qn("w:name"), qn("w:basedOn"), qn("w:pStyle")
_PARAGRAPH, _OUTLINE = qn("w:pPr"), qn("w:outlineLvl")
_NUMBERED, _DEPTH, _LIST = qn("w:numPr"), qn("w:ilvl"), qn("w:numId")


class Styles:
    """Looks properties up along a style's ancestry. `read` gives the part that defines them: large, and only read
    when the first paragraph names a style.
    """

    def __init__(self, read: Callable[[], Any | None]) -> None:
        self._read = read
        self._chains: dict[str, list[tuple[Properties, str]]] = {}  # style id -> what it inherits
        self._levels: dict[str, int] = {}  # style id -> heading level
        self._hidden: dict[str, bool] = {}

    @cached_property
    def _styles(self) -> dict[str, Any]:
        root = self._read()
        return {} if root is None else {one.get(qn("w:styleId")): one for one in root.findall(qn("w:style"))}

    def heading_level(self, properties: Properties) -> int:
        """1 to 9 for headings (a document's title counts as 1), 0 for text; `properties` are a paragraph's own."""
        if (outline := _number(properties, _OUTLINE)) is not None:
            return outline + 1 if outline < 9 else 0
        named = _named(properties)
        if named not in self._levels:
            self._levels[named] = _level(self._inherited(named))
        return self._levels[named]

    def is_hidden(self, style_id: str) -> bool:
        """Whether it is a style whose text Word does not show."""
        if style_id not in self._hidden:
            self._hidden[style_id] = self._is_hidden(style_id)
        return self._hidden[style_id]

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

    def list_place(self, properties: Properties) -> tuple[str, int] | None:
        """`(list id, depth from 0)` of a numbered paragraph, else None; `properties` are its own."""
        depth: int | None = None
        for above in (properties, *(one for one, _ in self._inherited(_named(properties)))):
            if _NUMBERED not in above:
                continue
            numbered = properties_of(above[_NUMBERED])
            depth = _number(numbered, _DEPTH) if depth is None else depth
            list_id = _number(numbered, _LIST)
            if list_id == 0:  # numbering taken off by hand
                return None
            if list_id is not None:
                return str(list_id), depth or 0
        return None

    def _inherited(self, style_id: str) -> list[tuple[Properties, str]]:
        """Paragraph properties and names of a style and of those it is based on, itself first."""
        if style_id not in self._chains:
            self._chains[style_id] = list(self._ancestry(style_id)) if style_id else []
        return self._chains[style_id]

    def _ancestry(self, style_id: str) -> Iterator[tuple[Properties, str]]:
        met: set[str] = set()
        while style_id in self._styles and style_id not in met:
            met.add(style_id)
            style = self._styles[style_id]
            name, above = style.find(_NAME), style.find(_ABOVE)
            own = properties_of(style.find(_PARAGRAPH))
            yield own, name.get(_VALUE, "") if name is not None else ""
            style_id = above.get(_VALUE, "") if above is not None else ""


def _level(inherited: list[tuple[Properties, str]]) -> int:
    for properties, name in inherited:
        if named := _HEADING_NAME.fullmatch(name):
            return int(named[1])
        if name.lower() in _TITLE_NAMES:
            return 1
        if (outline := _number(properties, _OUTLINE)) is not None:
            return outline + 1 if outline < 9 else 0
    return 0


def _named(properties: Properties) -> str:
    pointer = properties.get(_STYLE)
    return pointer.get(_VALUE, "") if pointer is not None else ""


def _number(properties: Properties, tag: str) -> int | None:
    found = properties.get(tag)
    value = found.get(_VALUE, "") if found is not None else ""
    return int(value) if value.isascii() and value.isdigit() else None
