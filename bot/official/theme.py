"""The fonts of a document's theme: what minorEastAsia, majorHAnsi and so on stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def theme_fonts(document: Document) -> dict[str, str]:
    """The names of the theme -> typefaces; SyntaxError when that part of the file is broken."""
    from docx.oxml import parse_xml

    for relation in document.part.rels.values():
        if relation.reltype.endswith("/theme") and not relation.is_external:
            root = parse_xml(relation.target_part.blob)
            found = {}
            for kind in ("minor", "major"):
                fonts = root.find(f".//{_A}{kind}Font")
                latin = None if fonts is None else fonts.find(f"{_A}latin")
                found[f"{kind}EastAsia"] = _chinese(fonts)
                found[f"{kind}HAnsi"] = found[f"{kind}Ascii"] = (
                    "" if latin is None else latin.get("typeface", "")
                )
            return found
    return {}


def _chinese(fonts: Any) -> str:
    if fonts is None:
        return ""
    ea = fonts.find(f"{_A}ea")
    hans = next(
        (one.get("typeface") for one in fonts.findall(f"{_A}font") if one.get("script") == "Hans"), ""
    )
    return str((ea.get("typeface") if ea is not None else "") or hans or "")
