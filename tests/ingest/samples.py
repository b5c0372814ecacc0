"""What several tests make their files with, and how they break them."""

from __future__ import annotations

import io
import os
import random
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from ingest.errors import DocumentError
from ingest.model import Parsed
from ingest.parse import ocr

_FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "C:/Windows/Fonts/simsun.ttc",
    "/System/Library/Fonts/PingFang.ttc",
)
_FONT = next((name for name in _FONTS if Path(name).exists()), None)
_IN_CI = os.environ.get("CI", "").lower() not in ("", "0", "false")
# On a desk what is missing is named and its tests are left out; where everything has to be there, they fail.
needs_ocr = pytest.mark.skipif(
    not _IN_CI and (_FONT is None or not ocr.ready()),
    reason="no Chinese font (fonts-noto-cjk) or no rapidocr on this machine",
)


def can_make_scans() -> bool:
    return _FONT is not None and ocr.ready()


@cache
def font(pixels: int) -> ImageFont.FreeTypeFont:
    assert _FONT is not None, "no Chinese font on this machine (fonts-noto-cjk)"
    return ImageFont.truetype(_FONT, pixels, index=2 if "Noto" in _FONT else 0)


def saved(made: Any, *arguments: Any, **settings: Any) -> bytes:
    """Whatever has a `save` that takes a file: documents, decks, workbooks, pictures."""
    buffer = io.BytesIO()
    made.save(buffer, *arguments, **settings)
    return buffer.getvalue()


def pdf(pages: Sequence[Image.Image | list[str]]) -> bytes:
    """A PDF of pages that are either pictures over the whole page or lines of text."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=True)
    for page in pages:
        if isinstance(page, Image.Image):
            canvas.setPageSize((595, 595 * page.height / page.width))
            canvas.drawImage(ImageReader(page), 0, 0, 595, 595 * page.height / page.width)
        else:
            canvas.setPageSize((595, 300))
            canvas.setFont("STSong-Light", 12)
            for number, line in enumerate(page):
                canvas.drawString(72, 250 - 24 * number, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def zipped(files: Mapping[str, str | bytes], *, packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive or package of these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packed) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def rewritten(package: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """A zip package with each part as `change(name, part)` makes it, under a sound container."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return buffer.getvalue()


def mutated(data: bytes, chance: random.Random, pieces: Sequence[bytes] = ()) -> bytes:
    """1 to 200 places changed: a byte, a bit, some bytes out or in, or one of `pieces` put in."""
    changed = bytearray(data)
    for _ in range(chance.choice([1, 3, 20, 200])):
        if not changed:
            break
        place = chance.randrange(len(changed))
        match chance.randrange(5 if pieces else 4):
            case 0:
                changed[place] = chance.randrange(256)
            case 1:
                del changed[place : place + chance.randrange(1, 40)]
            case 2:
                changed[place:place] = chance.randbytes(chance.randrange(1, 40))
            case 3:
                changed[place] ^= 1 << chance.randrange(8)
            case _:
                changed[place:place] = chance.choice(pieces)
    return bytes(changed)


def outcome(read: Callable[[bytes], Parsed], data: bytes) -> Parsed | DocumentError:
    """What was read, its blocks checked against its text; or why it was not, with its way out. Nothing else is caught."""
    refused: DocumentError | None = None
    try:
        parsed = read(data)
    except DocumentError as error:
        refused = error
    if refused is not None:
        assert (bool(str(refused)), bool(refused.hint)) == (True, True)
        return refused
    assert "\n".join(parsed.text[block.start : block.end] for block in parsed.blocks) == parsed.text
    return parsed


def counted(read: Callable[[bytes], Parsed], broken: Sequence[bytes]) -> tuple[int, int]:
    """`(files read, files refused)`."""
    refused = sum(isinstance(outcome(read, data), DocumentError) for data in broken)
    return len(broken) - refused, refused
