"""Automatic numbering: the number that an office program writes in front of a paragraph, and the indents of its list.

Which number it is does not matter here, only its shape: a label holds 一 or 1 for whatever the list counts to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE = {
    "chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "ideographDigital", "japaneseCounting",
    "taiwaneseCounting", "taiwaneseCountingThousand",
}  # fmt: skip
_FIGURES = {"decimal", "decimalFullWidth", "decimalFullWidth2", "decimalHalfWidth", "decimalZero"}
_LEVELS = 9  # a list has no more


class Lists:
    """The lists of one document."""

    def __init__(self, document: Document) -> None:
        self._lists: dict[str, dict[str, Any]] = {}
        part = next(
            (
                one
                for one in document.part.rels.values()
                if one.reltype.endswith("/numbering") and not one.is_external
            ),
            None,
        )
        if part is None or (root := getattr(part.target_part, "element", None)) is None:
            return
        abstract = {one.get(f"{_W}abstractNumId"): _levels(one) for one in root.findall(f"{_W}abstractNum")}
        for one in root.findall(f"{_W}num"):
            base = abstract.get(_value(one, "abstractNumId"), {})
            overrides = {k: v for other in one.findall(f"{_W}lvlOverride") for k, v in _levels(other).items()}
            self._lists[one.get(f"{_W}numId", "")] = base | overrides

    def properties(self, number: str, level: str) -> Any:
        """What the level of a list says of its paragraphs (`w:pPr`), or None."""
        found = self._lists.get(number, {}).get(level)
        return None if found is None else found.find(f"{_W}pPr")

    def label(self, number: str, level: str) -> str:
        """一、 or （一） or 1. for a paragraph of this level; "" for bullets and where no list is."""
        levels = self._lists.get(number, {})
        if level not in levels:
            return ""
        said = _value(levels[level], "lvlText")
        for at in range(_LEVELS):
            if f"%{at + 1}" not in said:
                continue
            kind = _value(levels[str(at)], "numFmt") if str(at) in levels else ""
            if kind not in _CHINESE | _FIGURES:
                return ""
            said = said.replace(f"%{at + 1}", "一" if kind in _CHINESE else "1")
        return said if any(c in said for c in "一1") else ""


def _levels(holder: Any) -> dict[str, Any]:
    return {one.get(f"{_W}ilvl", "0"): one for one in holder.findall(f"{_W}lvl")}


def _value(element: Any, name: str) -> str:
    found = element.find(f"{_W}{name}")
    return "" if found is None else str(found.get(f"{_W}val", ""))
