"""Names of Word's XML tags, each spelt out once: a document asks for some of them thousands of times."""

from __future__ import annotations

from functools import cache

_SPACES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
}


@cache
def qn(name: str) -> str:
    """`w:p` with its namespace in full, as lxml wants it."""
    prefix, _, local = name.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"
