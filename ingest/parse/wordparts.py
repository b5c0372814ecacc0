"""The parts of a Word package that hold its words, each unpacked and parsed when it is asked for.

Pictures, themes and settings are never touched: a document whose photograph is broken has all its words.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from typing import Any

from lxml import etree

from ingest.errors import DamagedDocument, UnsupportedFormat

DAMAGED = "docx 不完整或已损坏"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
_STYLE, _STYLE_END, _TABLE_STYLE = b"<w:style ", b"</w:style>", b'w:type="table"'
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OTHER_TYPE = re.compile("macroEnabled|template")
# Files come from anybody: entities are not resolved, nothing is fetched, and libxml2's own limits on depth and size hold.
_PARSER = etree.XMLParser(
    remove_blank_text=True, remove_comments=True, remove_pis=True, resolve_entities=False, no_network=True
)


class WordParts:
    """Raises what zipfile and lxml raise, DamagedDocument for a part that is named and not there, and
    UnsupportedFormat for a template, a file with macros or one of the strict form.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {_plain(name): name for name in archive.namelist()}
        relations = self._relations("")
        main = [target for kind, target in relations if kind == f"{_OFFICE}officeDocument"]
        if any(kind == f"{_STRICT}officeDocument" for kind, _ in relations):
            raise _unsupported()
        if len(main) != 1:
            raise DamagedDocument(DAMAGED)
        self._check_type(main[0])
        self.document = self._parsed(main[0])
        self._related = self._relations(main[0])
        folder = _plain(posixpath.dirname(main[0]))
        if not self._related and any(
            name != _plain(main[0]) and posixpath.dirname(name) == folder for name in self._names
        ):
            raise DamagedDocument(
                DAMAGED
            )  # its headers would go past the secrecy gate, its notes would be lost

    def roots(self, kind: str) -> list[Any]:
        """The parts related to the text as `kind` (header, footnotes …), in the order of their names."""
        found = {target for related, target in self._related if related == f"{_OFFICE}{kind}"}
        return [self._parsed(target) for target in sorted(found)]

    def root(self, kind: str) -> Any | None:
        """The one such part, None where there is none."""
        return next(iter(self.roots(kind)), None)

    def styles(self) -> Any | None:
        """The styles, those of tables perhaps left out: they are nine tenths of the part and say nothing of words."""
        named = [target for related, target in self._related if related == f"{_OFFICE}styles"]
        if not named:
            return None
        data = self._read(named[0])
        try:
            return etree.fromstring(_without_table_styles(data), _PARSER)
        except etree.XMLSyntaxError:  # it is written in some other way, or is broken indeed
            return etree.fromstring(data, _PARSER)

    def _relations(self, part: str) -> list[tuple[str, str]]:
        """`(kind, part)` for what a part ("" is the package) refers to inside the package."""
        folder, name = posixpath.split(part)
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        if _plain(listed) not in self._names:
            return []
        return [
            (one.get("Type", ""), posixpath.normpath(posixpath.join("/", folder, one.get("Target", "")))[1:])
            for one in self._parsed(listed)
            if one.get("TargetMode") != "External"
        ]

    def _check_type(self, part: str) -> None:
        types = self._parsed("[Content_Types].xml")
        named = {_plain(one.get("PartName", "")): one for one in types.findall(f"{_TYPES}Override")}
        endings = {one.get("Extension", "").casefold(): one for one in types.findall(f"{_TYPES}Default")}
        said = named.get(_plain(part), endings.get(part.rpartition(".")[2].casefold()))
        kind = said.get("ContentType", "") if said is not None else ""
        if kind != _MAIN_TYPE:
            raise _unsupported() if _OTHER_TYPE.search(kind) else DamagedDocument(DAMAGED)

    def _parsed(self, part: str) -> Any:
        return etree.fromstring(self._read(part), _PARSER)

    def _read(self, part: str) -> bytes:
        name = self._names.get(_plain(part))
        if name is None:
            raise DamagedDocument(DAMAGED)
        return self._archive.read(name)


def _without_table_styles(data: bytes) -> bytes:
    """As Word, WPS and LibreOffice write them; whatever is written in another way stays."""
    kept: list[bytes] = []
    at = 0
    while (begin := data.find(_STYLE, at)) >= 0 and (end := data.find(_STYLE_END, begin)) >= 0:
        end += len(_STYLE_END)
        head = data[begin : data.find(b">", begin)]
        of_table = _TABLE_STYLE in head and not head.endswith(b"/")
        kept.append(data[at : begin if of_table else end])
        at = end
    return b"".join((*kept, data[at:]))


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _unsupported() -> UnsupportedFormat:
    return UnsupportedFormat(
        "暂不支持的格式：Word 模板、带宏的文档或严格格式的 docx",
        hint="请用 Word 或 WPS 打开，另存为普通的 docx 后再同步。",
    )
