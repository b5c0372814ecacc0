"""The pieces of a Word document as XML: a paragraph of a role, a run, empty lines, a line of a fixed height."""

from __future__ import annotations

from bot.official.measure import LINE
from bot.official.standard import Role
from bot.official.styles import style_id
from bot.official.text import escaped

EIGHTH = 72 * 8 / 25.4  # of a point in a millimetre: what borders are measured in
HINT = "<w:rFonts w:hint='eastAsia'/>"


def p(role: Role, runs: str, properties: str = "") -> str:
    style = "" if role == "正文" else f"<w:pStyle w:val='{style_id(role)}'/>"
    return f"<w:p><w:pPr>{style}{properties}</w:pPr>{runs}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run; the hint lets quotes and dashes stand as wide as characters."""
    return f"<w:r><w:rPr>{properties}</w:rPr>{escaped(text)}</w:r>"


def before(lines: float) -> str:
    """Empty lines in front of a paragraph."""
    return (
        f"<w:spacing w:beforeLines='{round(lines * 100)}' w:before='{round(lines * LINE)}'/>" if lines else ""
    )


def exact(height: int) -> str:
    return (
        f"<w:snapToGrid w:val='0'/><w:spacing w:before='0' w:after='0' w:line='{height}' w:lineRule='exact'/>"
    )
