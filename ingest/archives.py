"""Zip archives as folders: what documents stand in one, and their bytes. Nothing is ever unpacked to the disk.

An archive is a zip that is named so: other programs pack their own files as zips, too, and those are no folders. Nor is a
package (docx, xlsx, ofd, odt) under that name. One archive inside another is opened, no deeper.
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
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from ingest import zips
from ingest.errors import (
    DamagedDocument,
    DocumentError,
    EncryptedDocument,
    UnsupportedFormat,
    VanishedDocument,
    os_words,
)
from ingest.zipnames import entry_name

ENDING = ".zip"
_LONGEST_NAME = 240  # characters
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


@dataclass(frozen=True, slots=True)
class _Opened:
    """An archive whose directory was read: once for all its members, for each reading of it takes as long as it is."""

    listing: Listing
    zip: zipfile.ZipFile | None  # None when nothing of it is read
    file: _File | None
    routes: dict[str, tuple[int, ...]] = field(default_factory=dict)


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


class _File(io.RawIOBase):
    """A file that is open only while it is read: on Windows nobody could delete it otherwise."""

    def __init__(self, path: Path) -> None:
        self._path, self._at = path, 0
        self._open: io.BufferedReader | None = None

    def rest(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = self._awake().seek(offset, whence)
        return self._at

    def read(self, size: int = -1) -> bytes:
        data = self._awake().read(size)
        self._at += len(data)
        return data

    def _awake(self) -> io.BufferedReader:
        if self._open is None:
            self._open = self._path.open("rb")
            self._open.seek(self._at)
        return self._open


def listing(path: Path) -> Listing | None:
    """What stands in the archive `path`; None when it is none: not named zip, no zip, or a package of a format.

    Raises OSError when the file cannot be opened.
    """
    if path.suffix.lower() != ENDING:
        return None
    opened = _opened(_state(path))
    return opened.listing if opened else None


def read_member(path: Path, name: str) -> bytes:
    """The bytes of the member `name` of the archive `path`. Raises DocumentError."""
    try:
        state = _state(path)
        opened = _opened(state)
        if opened is None or opened.zip is None or (route := opened.routes.get(name)) is None:
            raise VanishedDocument("压缩包在同步过程中变了，里面没有这个文件了")
        number, *deeper = route
        if not deeper:
            return _unpacked(opened, number)
        inner = _inner_archive(state, number)
        return inner.read(inner.infolist()[deeper[0]])
    except FileNotFoundError as error:
        raise VanishedDocument("压缩包在同步过程中不见了") from error
    except PermissionError as error:
        raise DocumentError(
            f"压缩包读不出来（{os_words(error)}）", hint="请检查它的读取权限，再同步一次。"
        ) from error
    except NotImplementedError as error:
        raise UnsupportedFormat("压缩包用了不常见的压缩方法，解不开", hint=_REPACK) from error
    except _BROKEN as error:
        raise DamagedDocument("在压缩包里已损坏，解不开") from error


@contextmanager
def remembered() -> Iterator[None]:
    """What is kept of archives, so that each is parsed once for all its members, is let go at the end of the block."""
    try:
        yield
    finally:
        _opened.cache_clear()
        _inner_archive.cache_clear()


def _state(path: Path) -> _State:
    status = path.stat()
    return _State(path, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=4)
def _opened(state: _State) -> _Opened | None:
    file = _File(state.path)
    if file.read(4) not in zips.STARTS:
        file.rest()
        return None
    try:
        if zips.too_many_entries(file):
            return _shut(_too_many(), _TOO_LARGE)
        archive = zipfile.ZipFile(file)
        if zips.package_of(archive.namelist()):
            return None
        budget = _Budget(zips.MOST_MEMBERS, zips.LARGEST_WHOLE)
        found = list(_walk(archive, "", (), budget))
    except _BROKEN:
        return _shut("压缩包不完整或已损坏", DamagedDocument.default_hint)
    except DocumentError as error:
        return _shut(str(error), error.hint)
    finally:
        file.rest()
    members = tuple(one for one in found if isinstance(one, Member))
    refused = tuple(one for one in found if isinstance(one, Refused))
    return _Opened(Listing(members, refused), archive, file, {one.name: one.route for one in members})


def _shut(reason: str, hint: str) -> _Opened:
    return _Opened(Listing((), (Refused("", reason, hint),)), None, None)


def _too_many() -> str:
    return f"压缩包里的文件太多（超过 {zips.MOST_MEMBERS} 个），没有读"


def _unpacked(opened: _Opened, number: int) -> bytes:
    assert opened.zip is not None
    assert opened.file is not None
    try:
        return opened.zip.read(opened.zip.infolist()[number])
    finally:
        opened.file.rest()


@lru_cache(maxsize=1)  # its members are read one after another
def _inner_archive(state: _State, number: int) -> zipfile.ZipFile:
    opened = _opened(state)
    assert opened is not None
    return zipfile.ZipFile(io.BytesIO(_unpacked(opened, number)))


def _walk(
    archive: zipfile.ZipFile, above: str, route: tuple[int, ...], budget: _Budget
) -> Iterator[Member | Refused]:
    """The members of one level and of the archives in it; DocumentError when the whole is beyond its limits."""
    entries = [(number, entry) for number, entry in enumerate(archive.infolist()) if not entry.is_dir()]
    budget.members -= len(entries)
    if budget.members < 0:
        raise DocumentError(_too_many(), hint=_TOO_LARGE)
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
            reason = f"压缩包解压后过大（超过 {zips.LARGEST_WHOLE // 1_000_000_000} GB），没有读"
            raise DocumentError(reason, hint=_TOO_LARGE)
        place = Member(above + inside, entry.file_size, (*route, number))
        yield from _inner(archive, entry, place, budget) if inside.lower().endswith(ENDING) else (place,)


def _inner(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, place: Member, budget: _Budget
) -> Iterator[Member | Refused]:
    """A member named zip: what stands in it, if it is an archive."""
    if entry.file_size > zips.LARGEST_INNER:
        reason = f"压缩包里的压缩包过大（超过 {zips.LARGEST_INNER // 1_000_000} MB），没有读"
        yield Refused(place.name, reason, _TOO_LARGE)
        return
    try:
        data = archive.read(entry)
        if not data.startswith(zips.STARTS):
            yield place  # its own bytes will tell what it is
            return
        if zips.too_many_entries(io.BytesIO(data)):
            raise DocumentError(_too_many(), hint=_TOO_LARGE)
        with zipfile.ZipFile(io.BytesIO(data)) as inner:
            if zips.package_of(inner.namelist()):
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
    if entry.file_size > zips.LARGEST_MEMBER:
        raise DocumentError(
            f"解压后过大（超过 {zips.LARGEST_MEMBER // 1_000_000} MB），没有读", hint=_TOO_LARGE
        )
    if zips.is_bomb(entry.file_size, entry.compress_size, zips.WORTH_ASKING_OF_A_MEMBER):
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
