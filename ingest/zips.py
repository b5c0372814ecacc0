"""What holds for every zip, archive or package: its limits, how many entries it has, and which parts tell whose package it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

STARTS = (b"PK\x03\x04", b"PK\x05\x06")
MOST_ENTRIES = 50_000  # of a zip that is opened at all: half a kilobyte of memory each
MOST_MEMBERS = 5_000  # of an archive and of those inside it
LARGEST_WHOLE = 2_000_000_000  # bytes, unpacked, all members of an archive together
LARGEST_MEMBER = 300_000_000  # bytes, unpacked, of one member
LARGEST_INNER = (
    100_000_000  # bytes, unpacked, of an archive in an archive: it is held in memory while it is read
)
# Of packages, bytes beyond what the packed file itself takes: a film or photograph hardly swells, a bomb does nothing else.
MOST_GROWTH = 500_000_000  # of all parts together
MOST_OF_ONE = 200_000_000
MOST_STREAMED = 1_500_000_000  # of one part that is read piece by piece
# Who packs tighter than this is a bomb, if it is large enough to be worth asking; real documents stay below 100.
TIGHTEST = 200  # times
WORTH_ASKING_OF_A_MEMBER = 10_000_000  # bytes
WORTH_ASKING_OF_A_PART = 50_000_000

_END, _END_SIZE = b"PK\x05\x06", 22
_END_64, _END_64_SIZE = b"PK\x06\x06", 56
_ENTRY, _ENTRY_SIZE = b"PK\x01\x02", 46
_LONGEST_COMMENT = 65_535
_PIECE = 1_000_000


class Readable(Protocol):
    """A file, or what passes for one."""

    def seek(self, offset: int, whence: int = 0, /) -> int: ...

    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Package:
    """A format that is a zip: one of the parts `tells` (in lower case) tells it, what is left of a broken one `begins` so."""

    form: str
    tells: tuple[str, ...]
    begins: str
    title: str


# The first that fits.
PACKAGES = (
    Package("docx", ("word/document.xml",), "word/", "Word 文档（docx）"),
    Package("pptx", ("ppt/presentation.xml",), "ppt/", "PowerPoint 演示（pptx）"),
    Package("xlsx", ("xl/workbook.xml", "xl/workbook.bin"), "xl/", "Excel 表格（xlsx）"),
    Package("ofd", ("ofd.xml",), "ofd.xml", "OFD 版式文件"),
    Package("epub", ("meta-inf/container.xml",), "meta-inf/container.xml", "EPUB 电子书"),
    Package("odf", ("content.xml",), "content.xml", "OpenDocument 文档"),
    Package("opc", ("[content_types].xml",), "[content_types].xml", "办公软件的文件"),
)


def package_of(parts: Iterable[str]) -> Package | None:
    """Whose package a zip with these parts is; None for any other zip."""
    names = {_plain(part) for part in parts}
    return next((one for one in PACKAGES if not names.isdisjoint(one.tells)), None)


def once_package_of(parts: Iterable[str]) -> Package | None:
    """Whose package it was, by what is left of its parts."""
    names = {_plain(part) for part in parts}
    return next((one for one in PACKAGES if any(name.startswith(one.begins) for name in names)), None)


def too_many_entries(file: Readable) -> bool:
    """Whether it has more than MOST_ENTRIES; told without opening it, which would take memory for each of them.

    Counted in the directory itself: the number that its end declares may lie, and zipfile goes by the directory's size.
    """
    whole = file.seek(0, 2)
    tail_at = max(0, whole - _END_SIZE - _LONGEST_COMMENT - _END_64_SIZE - 20)
    file.seek(tail_at)
    tail = file.read()
    if (end := tail.rfind(_END)) < 0 or len(tail) - end < _END_SIZE:
        return False  # no zip: opening it will say so
    size = int.from_bytes(tail[end + 12 : end + 16], "little")
    if (end_64 := tail.rfind(_END_64, 0, end)) >= 0:
        size = max(size, int.from_bytes(tail[end_64 + 40 : end_64 + 48], "little"))
    if size < MOST_ENTRIES * _ENTRY_SIZE:
        return False
    at, stop, found = max(0, tail_at + end - size - _END_64_SIZE - 20), tail_at + end, 0
    while at < stop and found <= MOST_ENTRIES:
        file.seek(at)
        # Pieces overlap by a signature less one byte, so that each is counted once wherever it lies.
        found += file.read(min(_PIECE, stop - at) + len(_ENTRY) - 1).count(_ENTRY)
        at += _PIECE
    return found > MOST_ENTRIES


def is_bomb(size: int, packed: int, worth_asking: int) -> bool:
    """Whether `size` bytes are packed tighter than any real document is."""
    return size > worth_asking and size > TIGHTEST * max(1, packed)


def _plain(part: str) -> str:
    return part.replace("\\", "/").lstrip("/").casefold()
