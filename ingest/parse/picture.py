"""Pictures of documents (png, jpg, bmp, gif, webp, and tiff of several pages), read by OCR."""

from __future__ import annotations

import io
import warnings
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from ingest.errors import DocumentError, EmptyDocument, UnsupportedFormat
from ingest.parse import ocr
from ingest.parse.broken import Unreadable, told_as
from ingest.parse.lines import Line, lay_out

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL.Image import Image

    from ingest.model import Parsed

_T = TypeVar("_T")
_FORMATS = ("PNG", "JPEG", "BMP", "TIFF", "GIF", "WEBP")
_UNREAD_HINT = "请确认图片里有清晰的文字；OCR 认不出手写和过于模糊的文字，不是文件的图片请从文件夹中移走。"
_BOMB_HINT = "请用看图软件把图片缩小（长边不超过 8000 像素）后再同步。"


def parse_picture(data: bytes, *, ocr_pages: int = ocr.MOST_PAGES) -> Parsed:
    """One block per printed row, `page` counting a tiff's pages; of a moving picture only the first frame.

    Raises UnsupportedFormat if OCR is not installed or the picture is too large to unpack, EmptyDocument if no
    text is seen, DamagedDocument if it cannot be decoded.
    """
    return _opened(data, lambda picture: _parsed(picture, ocr_pages))


def read_page(data: bytes, page: int) -> tuple[tuple[Line, ...], float]:
    """Lines of one picture that is page `page` of something, and how sure they are; raises as `parse_picture` does."""
    return _opened(data, lambda picture: ocr.read_scored(_plain(picture), page))


def _opened(data: bytes, reader: Callable[[Image], _T]) -> _T:
    import PIL.Image

    if not ocr.ready():
        raise UnsupportedFormat("没有安装 OCR 组件，读不了图片中的文字", hint=ocr.INSTALL_HINT)
    try:
        with told_as("图片不完整或已损坏"), warnings.catch_warnings():
            # Pillow only warns from 89 million pixels on; unpacked that is more than a worker may hold.
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", PIL.Image.DecompressionBombWarning)
            with PIL.Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
                return reader(picture)
    except Unreadable as error:
        if isinstance(error.__cause__, PIL.Image.DecompressionBombError | PIL.Image.DecompressionBombWarning):
            raise UnsupportedFormat("图片太大（超过 8900 万像素），没有打开", hint=_BOMB_HINT) from error
        raise


def _parsed(picture: Image, most: int) -> Parsed:
    form = (picture.format or "").lower()
    count = getattr(picture, "n_frames", 1) if form == "tiff" else 1
    lines: list[Line] = []
    read: dict[int, float] = {}
    unseen: list[int] = []
    broken: list[int] = []
    unread: int | None = None  # see `Parsed.unread_head`
    for page in range(1, min(count, most) + 1):
        try:
            with told_as("图片不完整或已损坏"):
                picture.seek(page - 1)
                shown = _plain(picture)
                seen, confidence = ocr.read_scored(shown, page)
        except DocumentError:
            # A first page that cannot be read says that the file is broken; later ones are only named.
            if page == 1:
                raise
            broken.append(page)
            unread = unread or (None if read else page)
            continue
        lines += seen
        if seen:
            read[page] = confidence
        else:
            unseen.append(page)
            unread = unread or (None if read or ocr.is_blank(shown) else page)
    if not lines:
        raise EmptyDocument("图片里没有认出文字", hint=_UNREAD_HINT)
    told = ocr.remarks(read)
    if unseen:
        told.append(f"{ocr.named(unseen)}用 OCR 没有认出文字，请核对原件")
    if broken:
        told.append(f"{ocr.named(broken)}已损坏，没有读取")
    if count > most:
        told.append(f"一份文件最多用 OCR 识别 {most} 页，后面 {count - most} 页没有识别；请拆成几份再同步")
    laid = lay_out(lines, form, {"pages": str(count), **ocr.properties(read)}, told)
    return replace(laid, unread_head=unread)


def _plain(picture: Image) -> Image:
    """The picture upright as its camera noted, on white where it is see-through, in RGB."""
    import PIL.Image
    import PIL.ImageOps

    if picture.mode.startswith(("I", "F")):  # 16 or 32 bits of grey, which Pillow would cut off at 255
        low, high = picture.getextrema()
        scale = 255 / max(1e-9, float(high) - float(low))  # type: ignore[arg-type]
        picture = picture.point(lambda value: value * scale - float(low) * scale).convert("L")  # type: ignore[arg-type]
    turned = PIL.ImageOps.exif_transpose(picture)
    if "A" in turned.getbands() or "transparency" in turned.info:
        layered = turned.convert("RGBA")
        return PIL.Image.alpha_composite(
            PIL.Image.new("RGBA", layered.size, (255, 255, 255, 255)), layered
        ).convert("RGB")
    return turned.convert("RGB")
