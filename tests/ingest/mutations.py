"""Good files spoilt at random, and so that a seed says which: in their bytes, in the parts of their zip, in their XML."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence

_NUMBER = re.compile(rb"\d+")
_TAG = re.compile(rb"<[^<>]{1,300}>")
_ODD_NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"2147483648",
    b"99999999999999999999",
    b"1e308",
    b"NaN",
    b"",
    b"1.5",
    b"65537",
)
_ODD_WORDS = (
    "\x00",
    "￾",
    "\ud83d\ude00",
    "A" * 5000,
    "&#0;",
    "&lol;",
    "]]>",
    "<!--",
    "机密",
    "\u202e",
    "%s%n",
    "../",
)


def mutated(dice: random.Random, good: Mapping[str, bytes]) -> tuple[str, bytes]:
    """The suffix of a spoilt file (one in eight lies) and its bytes; one to three spoilings, one upon another."""
    names = sorted(good)
    name = dice.choice(names)
    data = good[name]
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        data = _spoilt(dice, data, [good[one] for one in names])
    suffix = dice.choice(names) if dice.random() < 1 / 8 else name
    return suffix.rsplit(".", 1)[1], data


def _spoilt(dice: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    if len(data) < 2:
        return data
    if data.startswith(b"PK\x03\x04") and dice.random() < 0.7:
        return _in_zip(dice, data, others)
    if dice.random() < 0.35 and (b"<" in data[:200] or b"%PDF" in data[:10]):
        return _in_markup(dice, data)
    return _in_bytes(dice, data, others)


def _in_bytes(dice: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:  # noqa: PLR0911 - a list of spoilings
    at = dice.randrange(1, len(data))
    length = min(len(data) - at, dice.choice((1, 4, 16, 100, 1000, 20_000)))
    piece = data[at : at + length]
    match dice.randrange(8):
        case 0:
            return data[:at]
        case 1:
            spoilt = bytearray(data)
            for _ in range(dice.choice((1, 3, 30, 300))):
                spoilt[dice.randrange(len(spoilt))] ^= 1 << dice.randrange(8)
            return bytes(spoilt)
        case 2:
            return data[:at] + data[at + length :]
        case 3:
            return data[:at] + piece * dice.choice((2, 3, 50)) + data[at + length :]
        case 4:
            to = dice.randrange(len(data))
            rest = data[:at] + data[at + length :]
            return rest[:to] + piece + rest[to:]
        case 5:
            return data[:at] + bytes(length) + data[at + length :]
        case 6:
            other = dice.choice(others)
            return other[: dice.choice((8, 64, 512, 4096))] + data[at:]  # another's head
        case _:
            other = dice.choice(others)
            return data[:at] + other[min(at, len(other) // 2) :]


def _in_markup(dice: random.Random, data: bytes) -> bytes:  # noqa: PLR0911 - likewise
    """Well-formed or not: numbers out of range, tags lost, doubled, nested deep, words that no one writes."""
    tags = list(_TAG.finditer(data))
    numbers = list(_NUMBER.finditer(data))
    kind = dice.randrange(6)
    if kind == 0 and numbers:
        for _ in range(dice.choice((1, 1, 5))):
            found = dice.choice(numbers)
            data = data[: found.start()] + dice.choice(_ODD_NUMBERS) + data[found.end() :]
            numbers = list(_NUMBER.finditer(data)) or numbers[:1]
        return data
    if not tags:
        return _in_bytes(dice, data, [data])
    tag, other = dice.choice(tags), dice.choice(tags)
    match kind:
        case 1:
            return data[: tag.start()] + data[tag.end() :]
        case 2:
            return data[: tag.end()] + tag.group() * dice.choice((1, 3, 3000)) + data[tag.end() :]
        case 3:
            first, last = sorted((tag.start(), other.start()))
            return data[:first] + data[last:] if dice.random() < 0.5 else data[:last] + data[first:]
        case 4:
            word = dice.choice(_ODD_WORDS).encode("utf-8", "surrogatepass")
            return data[: tag.end()] + word + data[tag.end() :]
        case _:
            return data[: tag.start()] + other.group() + data[tag.end() :]


def _in_zip(dice: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """A part is changed and the package written anew, so that its checksums are right."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {one.filename: archive.read(one) for one in archive.infolist()}
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        NotImplementedError,
        EOFError,
        KeyError,
        RuntimeError,
        zlib.error,
    ):
        return _in_bytes(dice, data, others)
    if not parts:
        return data
    name, other = dice.choice(list(parts)), dice.choice(list(parts))
    match dice.randrange(8):
        case 0:
            del parts[name]
        case 1:
            parts[name] = b""
        case 2:
            parts[name] = parts[other]
        case 3:
            parts[f"{name}{dice.choice(('', '.bak', '/x'))}".swapcase()] = parts.pop(name)
        case 4 | 5:
            parts[name] = _in_markup(dice, parts[name]) if len(parts[name]) > 1 else b"<a/>"
        case _:
            largest = max(parts, key=lambda one: (b"<" in parts[one][:5], len(parts[one])))
            parts[largest] = _in_markup(dice, parts[largest]) if len(parts[largest]) > 1 else b"<a/>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return buffer.getvalue()
