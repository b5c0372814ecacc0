"""The names of a zip's members, which old programs write in the encoding of their maker's country and do not say so."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib

_CHINESE = re.compile(
    r"[\x20-\x7e\u00b7\u2010-\u2027\u2030-\u205e\u2100-\u27bf\u3000-\u30ff\u3200-\u33ff\u3400-\u9fff\uff00-\uffef]+"
)
_UNICODE_NAME = 0x7075  # an extra field with the name in UTF-8


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
