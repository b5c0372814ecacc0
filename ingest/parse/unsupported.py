"""What no parser reads yet: how it is told, what it is called, and what to do with it instead."""

from __future__ import annotations

import re
from pathlib import PurePath

from ingest.errors import UnsupportedFormat
from ingest.zips import Package

_AS_DOCX = "请用 Word 或 WPS 打开，另存为 docx 后再同步。"
_AS_TEXT = "请把其中的文字复制到 docx 或 txt 文件里再同步。"
_SETTINGS = "配置文件不是文档，请从文件夹中移走。"
_NO_FOLDER = "是压缩包的，请把扩展名改成 .zip 再同步；是别的软件的文件，请用那个软件另存为 docx 或 pdf。"
_UNPACK = "请先解压，再同步里面的文件。"
_UNREAD = {"epub": _AS_TEXT, "opc": _AS_DOCX}  # packages
# Data and settings stand in text files, but a line of them without its head says nothing that could be cited.
_DATA = {
    ".json": ("数据文件（json）", _AS_TEXT),
    ".jsonl": ("数据文件（jsonl）", _AS_TEXT),
    ".toml": ("配置文件（toml）", _SETTINGS),
    ".yaml": ("配置文件（yaml）", _SETTINGS),
    ".yml": ("配置文件（yml）", _SETTINGS),
    ".ini": ("配置文件（ini）", _SETTINGS),
}
_MAGIC = (
    (rb"Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|\x1f\x8b\x08", "压缩包", _UNPACK),
    (rb"MZ.{58}|\x7fELF", "程序文件", "程序不是文档，请从文件夹中移走。"),
    (
        rb".{4}ftyp(?:hei|hev|mif1|msf1|avif)",
        "图片（heic、avif）",
        "请用看图软件另存为 jpg 或 png 后再同步。",
    ),
    (
        rb"ID3|RIFF.{4}(?:WAVE|AVI )|.{4}ftyp|OggS|fLaC",
        "音频或视频",
        "请先整理成文字稿，存为 docx 或 txt 再同步。",
    ),
)
_MAGIC_RULES = tuple((re.compile(rule, re.DOTALL), kind, hint) for rule, kind, hint in _MAGIC)


def by_magic(data: bytes) -> UnsupportedFormat | None:
    """What the first bytes say; None if they say nothing that is refused."""
    return next((_error(kind, hint) for rule, kind, hint in _MAGIC_RULES if rule.match(data)), None)


def by_suffix(name: str) -> UnsupportedFormat | None:
    """A text file whose name says that it holds data or settings."""
    found = _DATA.get(PurePath(name).suffix.lower())
    return _error(*found) if found else None


def xml() -> UnsupportedFormat:
    return _error("XML", _AS_DOCX)


def package(kind: Package | None) -> UnsupportedFormat | None:
    """A package of a kind that no parser reads; None if it is read, or no package."""
    return _error(kind.title, _UNREAD[kind.form]) if kind and kind.form in _UNREAD else None


def archive() -> UnsupportedFormat:
    return _error("压缩包（zip），或用 zip 打包的其他软件的文件", _NO_FOLDER)


def _error(kind: str, hint: str) -> UnsupportedFormat:
    return UnsupportedFormat(f"暂不支持的格式：{kind}", hint=hint)
