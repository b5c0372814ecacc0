"""Names of Word's XML tags, each spelt out once: a document asks for some of them thousands of times."""

from __future__ import annotations

from functools import cache

from docx.oxml.ns import qn as spelt_out


@cache
def qn(name: str) -> str:
    """`w:p` with its namespace in full, as lxml wants it."""
    full: str = spelt_out(name)
    return full
