"""An OFD package (GB/T 33190): a zip whose members are found by location, and whose XML is read without trust."""

from __future__ import annotations

import math
import posixpath
import re
import zipfile
from typing import Any

from lxml import etree

from ingest.errors import DamagedDocument, EncryptedDocument
from ingest.parse.broken import Unreadable, told_as
from ingest.parse.package import opened

_LARGEST_XML = 64_000_000  # bytes: a tree takes many times its text in memory
_MOST_XML = 500_000_000  # bytes of all XML read: pages may be named again and again
_BROKEN = "ofd 不完整或已损坏"
_FARTHEST = 1e5  # millimetres; a coordinate beyond is an error, and its products stay finite
_KEY_FILES = frozenset(
    {"encryptions.xml", "decryptseed.dat"}
)  # GM/T 0099 keeps the keys of encrypted members here
_NOT_XML = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2\d|3[01]));"
)


class Package:
    """The members of one OFD by name; nothing is ever unpacked to a disk.

    Raises DamagedDocument for what is too large, Unreadable for a member that is broken or missing, EncryptedDocument.
    """

    def __init__(self, data: bytes) -> None:
        self._archive = opened(data, "ofd")
        entries = self._archive.infolist()
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            name = entry.filename.replace("\\", "/")
            if name.startswith("/") or ".." in name.split("/") or re.match(r"[A-Za-z]:", name):
                raise DamagedDocument("ofd 里有越出文件包的路径，不像正常的文件")
            self._entries[name.casefold()] = entry
        names = {posixpath.basename(name) for name in self._entries}
        if names & _KEY_FILES:
            raise EncryptedDocument("ofd 经过加密，无法读取")
        self._spent = 0

    def find(self, location: str | None, folder: str = "") -> str | None:
        """The member at a location: absolute (/Doc_0/…) or relative to `folder`; None if there is none.

        Writers also give paths from the root without the slash; those are found last.
        """
        if not location or not (location := location.strip().replace("\\", "/")):
            return None
        for start in ("",) if location.startswith("/") else (folder, ""):
            name = posixpath.normpath(posixpath.join(start, location.lstrip("/"))).casefold()
            if name in self._entries:
                return name
        return None

    def read(self, name: str) -> bytes:
        with told_as(_BROKEN):
            return self._archive.read(self._entries[name])

    def xml(self, name: str | None) -> Any:
        """The root element of a member. No DTD is allowed, so nothing in it can expand or be fetched."""
        if name is None:
            raise Unreadable(_BROKEN)
        self._spent += self._entries[name].file_size
        if self._entries[name].file_size > _LARGEST_XML or self._spent > _MOST_XML:
            raise DamagedDocument("ofd 的页面内容过大，不像正常的文件")
        data = self.read(name).lstrip(b" \t\r\n")
        if b"<!doctype" in data.replace(b"\x00", b"").lower():
            raise Unreadable(_BROKEN)
        try:
            return _parsed(data)
        except Unreadable:
            # Some writers let control characters through; without them the page may be sound.
            if not data.startswith((b"\xff\xfe", b"\xfe\xff")) and (clean := _NOT_XML.sub(b"", data)) != data:
                return _parsed(clean)
            raise


def _parsed(data: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    with told_as(_BROKEN):
        return etree.fromstring(data, parser)


def words(element: Any, path: str) -> str:
    """The text of the first element at `path` ("{*}A/{*}B"), stripped; "" if there is none."""
    found = element.find(path)
    return "" if found is None or not found.text else str(found.text).strip()


def number(text: str | None, default: float) -> float:
    """A finite number, or `default` for what is none or absurd."""
    try:
        value = float(text) if text else default
    except ValueError:
        return default
    return value if math.isfinite(value) and abs(value) <= _FARTHEST else default


def numbers(text: str | None, default: tuple[float, ...]) -> tuple[float, ...]:
    """As many numbers as `default` has; `default` if there are fewer."""
    parts = (text or "").replace(",", " ").split()[: len(default)]
    if len(parts) < len(default):
        return default
    return tuple(number(part, other) for part, other in zip(parts, default, strict=True))
