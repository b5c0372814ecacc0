"""Plain text: one block per line that is not blank."""

from __future__ import annotations

from ingest.model import Parsed
from ingest.parse.decode import Decoded
from ingest.parse.lines import Line, lay_out


def parse_plain(decoded: Decoded) -> Parsed:
    """Keeps every character but blank lines and white space at a line's end (indents tell paragraphs apart)."""
    lines = [Line(line.rstrip()) for line in decoded.text.split("\n") if line.strip()]
    return lay_out(lines, "txt", {}, decoded.warnings)
