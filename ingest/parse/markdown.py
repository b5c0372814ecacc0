"""Markdown as office people write it: headings, quotes, lists, bold, links, tables; a line loop, no library.

What is not surely markup stays: a report writes masked figures as **次, a document number as [2018](12号).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

from ingest.model import Parsed
from ingest.parse.decode import Decoded
from ingest.parse.lines import Line, lay_out, table_lines

ONLY_FRONT_MATTER = "只有文件头信息，没有正文"
_FRONT_MATTER = re.compile(r"\s*^---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_PROPERTY = re.compile(r"([\w-]+)[ \t]*:(?:[ \t]+(.*))?")
_SECRECY_NAME = re.compile(r"密|secre|classif|confid", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_BULLET = re.compile(r"[-*+][ \t]+(?=\S)")
_RULE = re.compile(r"(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|={3,}")
_FENCE = re.compile(r"(?:```|~~~)[\w-]*", re.ASCII)
_DELIMITER_ROW = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
_CELL_BORDER = re.compile(r"(?<!\\)\|")
# An address holds a sign that a bracketed remark in Chinese does not.
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?=[^()\s]*[./#:])(?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)")
_BOLD = re.compile(r"\*\*(?=[^\s*])([^*]+)(?<=[^\s*])\*\*")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ENTITY = re.compile(
    r"&(?:nbsp|lt|gt|amp|quot|ensp|emsp|middot|ldquo|rdquo|hellip|mdash|#\d{1,7}|#x[0-9a-fA-F]{1,6});"
)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_INLINE = re.compile(r"[\[*&\\<]")


def parse_markdown(decoded: Decoded) -> Parsed:
    """Front matter becomes properties, comments go, marks that would show go; one block per line.

    A file of front matter only gives an empty text and a warning, not an error.
    """
    text, front_matter = _split_front_matter(decoded.text)
    aside = [_front_lines(front_matter)] if front_matter else []
    if "<!--" in text:
        aside += (" ".join(comment[4:-3].split()) for comment in _COMMENT.findall(text))
        text = _COMMENT.sub("", text)
    lines = list(_lines(text.split("\n")))
    warnings = decoded.warnings if lines else (*decoded.warnings, ONLY_FRONT_MATTER)
    return lay_out(lines, "md", front_matter, warnings, aside)


def _front_lines(front_matter: Mapping[str, str]) -> str:
    """For the secrecy gate: 密级：机密, and the bare value where only the English name says what it is."""
    named = [f"{name}：{value}" for name, value in front_matter.items()]
    bare = [value for name, value in front_matter.items() if _SECRECY_NAME.search(name) or "★" in value]
    return "\n".join([*bare, *named])


def _split_front_matter(text: str) -> tuple[str, dict[str, str]]:
    match = _FRONT_MATTER.match(text)
    if not match:
        return text, {}
    properties: dict[str, str] = {}
    for line in match[1].split("\n"):
        found = _PROPERTY.fullmatch(line.rstrip())
        if found:
            properties[found[1]] = (found[2] or "").strip().strip("\"'")
        elif line.strip() and not line.startswith((" ", "\t", "-", "#")):
            return text, {}  # two rules around a paragraph, not front matter
    return text[match.end() :], properties


def _lines(source: list[str]) -> Iterator[Line]:
    table: list[str] = []
    fenced = False
    for raw in source:
        line = raw.strip(" \t")
        if table and not line.startswith("|"):
            yield from _table(table)
            table = []
        if not line.strip():
            continue
        if line[0] in "`~" and _FENCE.fullmatch(line):
            fenced = not fenced
        elif fenced:
            yield Line(raw.rstrip())
        elif line[0] == "|":
            table.append(line)
        else:
            yield from _line(line)
    yield from _table(table)


def _line(line: str) -> Iterator[Line]:
    kind, level = "paragraph", 0
    if line[0] == ">":
        line = line[_QUOTE.match(line).end() :]  # type: ignore[union-attr]  # the first character matches
    if line[:1] in ("-", "*", "_", "=") and _RULE.fullmatch(line):
        return
    if line[:1] == "#" and (heading := _HEADING.fullmatch(line)):
        kind, level, line = "heading", len(heading[1]), heading[2]
    elif bullet := _BULLET.match(line):
        line = line[bullet.end() :]
    plain = not _INLINE.search(line)
    for piece in [line] if plain else _inline(_BREAK.sub("\n", line)).split("\n"):
        if piece.strip():
            yield Line(piece.rstrip(), kind, level)


def _inline(text: str) -> str:
    text = _LINK.sub(r"\1", text)
    if "**" in text:
        text = _BOLD.sub(_unbold, text)
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", text)
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text


def _unbold(found: re.Match[str]) -> str:
    """The words without their stars, unless the stars are more likely two masked figures (开展**次，参加**人)."""
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    edges = (not before.isalnum()) + (not after.isalnum())
    one_phrase = len(found[1]) > 1 and not re.search("[，。；]", found[1])
    return found[1] if edges == 2 or (edges == 1 and one_phrase) else found[0]


def _table(rows: list[str]) -> list[Line]:
    if not rows:
        return []
    headed = len(rows) > 1 and _DELIMITER_ROW.fullmatch(rows[1]) is not None
    cells = [_cells(row) for row in rows if not _DELIMITER_ROW.fullmatch(row)]
    return table_lines(cells, headed=headed)


def _cells(row: str) -> list[str]:
    parts = _CELL_BORDER.split(row.removeprefix("|"))
    if len(parts) > 1 and not parts[-1].strip():
        parts = parts[:-1]
    return [_inline(_BREAK.sub(" ", part.strip())).replace("\n", " ").strip() for part in parts]
