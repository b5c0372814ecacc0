"""What a page shows or says of itself outside its main text, for the secrecy gate only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from ingest.parse.rawrows import row_lines, starred_cells
from ingest.parse.webtext import Found

_NAMED = re.compile(r"密|secre|classif|confid", re.IGNORECASE)


def beside(root: Any, found: Sequence[Found]) -> list[str]:
    """Passages: the whole page without its links, the page's name, and metadata that may hold a mark."""
    own = [one.line for one in found if "★" in one.line.text or 2 * one.linked < len(one.line.text)]
    shown = [text for line in own for text in (row_lines(line.rows) or [line.text])]
    cells = ("\n".join(starred_cells(line.rows)) for line in own)
    named = (" ".join("".join(title.itertext()).split()) for title in root.iter("title"))
    return [passage for passage in ("\n".join(shown), *cells, *named, *_filed(root)) if passage]


def _filed(root: Any) -> Iterator[str]:
    """Metadata named 密级, and any with a star: the keyword 机密 alone may be what a page speaks of."""
    for meta in root.iter("meta"):
        name = meta.get("name") or meta.get("property") or ""
        content = " ".join(meta.get("content", "").split())
        if _NAMED.search(name) or "★" in content:
            yield content
