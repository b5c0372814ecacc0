"""Zip archives as folders: what documents stand in one, and their bytes. Nothing is ever unpacked to the disk.

A package of another format (docx, xlsx, ofd, odt) is a zip, too, but no archive. One archive inside another is opened, no deeper.
"""

from __future__ import annotations

import io
import lzma
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ingest.errors import (
    DamagedDocument,
    DocumentError,
    EncryptedDocument,
    UnsupportedFormat,
    VanishedDocument,
)

MOST_MEMBERS = 5_000  # of an archive and of those inside it
LARGEST_MEMBER = 300_000_000  # bytes, unpacked
LARGEST_WHOLE = 2_000_000_000  # bytes, unpacked, all members together
_MOST_SWOLLEN = 200  # times its packed size; real documents stay below 100
_SMALL = 10_000_000  # bytes, unpacked: a table of blanks may swell as it likes
_LONGEST_NAME = 240  # characters
_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
# Parts that tell a package of some format.
_PACKAGE = re.compile(
    r"(?:word/document\.xml|xl/workbook\.(?:xml|bin)|ppt/presentation\.xml|ofd\.xml|content\.xml|META-INF/container\.xml|"
    r"\[content_types\]\.xml)",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    r"[\x20-\x7e\u00b7\u2010-\u2027\u2030-\u205e\u2100-\u27bf\u3000-\u30ff\u3200-\u33ff\u3400-\u9fff\uff00-\uffef]+"
)
_UNICODE_NAME = 0x7075  # an extra field with the name in UTF-8
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, ArithmeticError, EOFError, LookupError,
    NotImplementedError, OSError, RuntimeError, ValueError,
)  # fmt: skip
_TOO_LARGE = "请在电脑上解压，只留需要的文件再同步。"
_REPACK = "请在电脑上解压后再同步里面的文件，或重新打包。"


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its name there (POSIX; 内.zip/甲.docx inside another), its size unpacked, its number on each level."""

    name: str
    size: int
    route: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A member, or with an empty name the archive itself, that is not read."""

    name: str
    reason: str
    hint: str


@dataclass(frozen=True, slots=True)
class Listing:
    members: tuple[Member, ...]
    refused: tuple[Refused, ...]


@dataclass(slots=True)
class _Budget:
    """What may still be listed, over all levels."""

    members: int
    size: int


@dataclass(frozen=True, slots=True)
class _State:
    """An archive as it stands on the disk now: what was listed of it holds as long as this is the same."""

    path: Path
    size: int
    modified_ns: int


def listing(path: Path) -> Listing | None:
    """What stands in the archive `path`; None when it is none: another file, a package of a format, or cut off but not named zip.

    Raises OSError when the file cannot be opened.
    """
    with path.open("rb") as file:
        if file.read(4) not in _STARTS:
            return None
    return _listing(_state(path))


def read_member(path: Path, name: str) -> bytes:
    """The bytes of the member `name` of the archive `path`. Raises DocumentError."""
    try:
        found = listing(path)
        known = {member.name: member for member in found.members} if found else {}
        if (member := known.get(name)) is None:
            raise VanishedDocument("压缩包在同步过程中变了，里面没有这个文件了")
        return _read(_state(path), member.route)
    except FileNotFoundError as error:
        raise VanishedDocument("压缩包在同步过程中不见了") from error
    except PermissionError as error:
        raise DocumentError(
            f"压缩包读不出来（{error.strerror}）", hint="请检查它的读取权限，再同步一次。"
        ) from error
    except NotImplementedError as error:
        raise UnsupportedFormat("压缩包用了不常见的压缩方法，解不开", hint=_REPACK) from error
    except _BROKEN as error:
        raise DamagedDocument("在压缩包里已损坏，解不开") from error


def _state(path: Path) -> _State:
    status = path.stat()
    return _State(path, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=4)
def _listing(state: _State) -> Listing | None:
    try:
        with zipfile.ZipFile(state.path) as archive:
            if _is_package(archive):
                return None
            found = list(_walk(archive, "", (), _Budget(MOST_MEMBERS, LARGEST_WHOLE)))
    except _BROKEN:
        if state.path.suffix.lower() != ".zip":
            return None  # a docx that is cut off, most likely: its parser finds the words
        return Listing((), (Refused("", "压缩包不完整或已损坏", DamagedDocument.default_hint),))
    except DocumentError as error:
        return Listing((), (Refused("", str(error), error.hint),))
    return Listing(
        tuple(one for one in found if isinstance(one, Member)),
        tuple(one for one in found if isinstance(one, Refused)),
    )


def _is_package(archive: zipfile.ZipFile) -> bool:
    return any(_PACKAGE.fullmatch(name.replace("\\", "/").lstrip("/")) for name in archive.namelist())


def _walk(
    archive: zipfile.ZipFile, above: str, route: tuple[int, ...], budget: _Budget
) -> Iterator[Member | Refused]:
    """The members of one level and of the archives in it; DocumentError when the whole is beyond its limits."""
    entries = [(number, entry) for number, entry in enumerate(archive.infolist()) if not entry.is_dir()]
    budget.members -= len(entries)
    if budget.members < 0:
        raise DocumentError(f"压缩包里的文件太多（超过 {MOST_MEMBERS} 个），没有读", hint=_TOO_LARGE)
    met: set[str] = set()
    for number, entry in entries:
        name = entry_name(entry)
        shown = above + _printable(name)
        try:
            inside = _safe(name, met)
            _check(entry)
        except DocumentError as error:
            yield Refused(shown, str(error), error.hint)
            continue
        met.add(inside)
        budget.size -= entry.file_size
        if budget.size < 0:
            reason = f"压缩包解压后过大（超过 {LARGEST_WHOLE // 1_000_000_000} GB），没有读"
            raise DocumentError(reason, hint=_TOO_LARGE)
        place = Member(above + inside, entry.file_size, (*route, number))
        yield from _inner(archive, entry, place, budget) if inside.lower().endswith(".zip") else (place,)


def _inner(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, place: Member, budget: _Budget
) -> Iterator[Member | Refused]:
    """A member named zip: what stands in it, if it is an archive."""
    try:
        data = archive.read(entry)
        if not data.startswith(_STARTS):
            yield place  # its own bytes will tell what it is
            return
        with zipfile.ZipFile(io.BytesIO(data)) as inner:
            if _is_package(inner):
                yield place
            elif len(place.route) > 1:
                yield Refused(place.name, "压缩包套了两层以上，没有读", _REPACK)
            else:
                found = list(_walk(inner, f"{place.name}/", place.route, budget))
                yield from found
                if not found:
                    yield Refused(
                        place.name, "压缩包里没有文件", "请确认打包时选中了文件；空的压缩包可以删除。"
                    )
    except _BROKEN:
        yield Refused(place.name, "压缩包不完整或已损坏", DamagedDocument.default_hint)


def _check(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & 1:
        raise EncryptedDocument("压缩包设有密码，解不开", hint="请用密码解压后，再同步里面的文件。")
    if entry.create_system == 3 and stat.S_ISLNK(entry.external_attr >> 16):
        raise DocumentError("是压缩包里的链接，不是文件，没有读", hint="请把它指的文件本身打进压缩包。")
    if entry.file_size > LARGEST_MEMBER:
        raise DocumentError(f"解压后过大（超过 {LARGEST_MEMBER // 1_000_000} MB），没有读", hint=_TOO_LARGE)
    if entry.file_size > _SMALL and entry.file_size > _MOST_SWOLLEN * max(entry.compress_size, 1):
        raise DocumentError("解压后大得不正常，像是压缩炸弹，没有打开", hint=_TOO_LARGE)


def _safe(name: str, met: set[str]) -> str:
    """The name as a path inside the archive. DocumentError when it leads out of it, can be no name of a file, or was `met`."""
    path = name.replace("\\", "/")
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if path.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:", path):
        raise DocumentError(
            "名称指向压缩包之外（绝对路径或 ..），没有读", hint="正常的压缩包没有这样的名称；请向来源核实。"
        )
    if not parts or len(path) > _LONGEST_NAME or _printable(path) != path:
        raise DocumentError("名称过长或含有不能用的字符，没有读", hint="请解压并改名后再同步。")
    if (inside := "/".join(parts)) in met:
        raise DocumentError("压缩包里有同名的文件，只读了第一个", hint="请改成不同的名称，重新打包后再同步。")
    return inside


def _printable(name: str) -> str:
    kept = "".join(char if char.isprintable() else "�" for char in name)
    return kept if len(kept) <= _LONGEST_NAME else f"{kept[:_LONGEST_NAME]}…"


def entry_name(entry: zipfile.ZipInfo) -> str:
    """The name as its maker meant it: by the UTF-8 flag or field, else UTF-8 or GB18030 where that gives Chinese, else cp437."""
    if entry.flag_bits & 0x800:
        return entry.orig_filename
    raw = entry.orig_filename.encode("cp437", "replace")
    if raw.isascii():
        return raw.decode("ascii")
    if written := _extra_name(entry.extra, raw):
        return written
    for encoding in ("utf-8", "gb18030"):
        try:
            name = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CHINESE.fullmatch(name) and _is_common(name):
            return name
    return entry.orig_filename


def _is_common(name: str) -> bool:
    """Whether most of the Chinese in it is everyday: Western names read as GB18030 give rare characters."""
    foreign = [char for char in name if not char.isascii()]
    return 2 * len("".join(foreign).encode("gb2312", "ignore").decode("gb2312")) >= len(foreign)


def _extra_name(extra: bytes, raw: bytes) -> str:
    """What Info-ZIP's Unicode field says, "" if there is none or it belongs to another name."""
    while len(extra) >= 4:
        kind, length = struct.unpack("<HH", extra[:4])
        field, extra = extra[4 : 4 + length], extra[4 + length :]
        if kind == _UNICODE_NAME and len(field) > 5 and struct.unpack("<I", field[1:5])[0] == zlib.crc32(raw):
            return field[5:].decode("utf-8", "replace")
    return ""


def _read(state: _State, route: tuple[int, ...]) -> bytes:
    number, *deeper = route
    if deeper:
        with zipfile.ZipFile(io.BytesIO(_inner_archive(state, number))) as inner:
            return inner.read(inner.infolist()[deeper[0]])
    with zipfile.ZipFile(state.path) as archive:
        return archive.read(archive.infolist()[number])


@lru_cache(maxsize=1)  # its members are read one after another
def _inner_archive(state: _State, number: int) -> bytes:
    return _read(state, (number,))
