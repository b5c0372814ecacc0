"""Text of a picture: rapidocr finds and reads the lines, `layout` brings them into reading order.

The models lie inside the rapidocr wheel and are named by path, so that nothing is ever fetched.
"""

from __future__ import annotations

import importlib.util
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest.errors import UnsupportedFormat
from ingest.pages import named as pages_named
from ingest.parse.broken import Unreadable, told_as
from ingest.parse.layout import Seen, in_reading_order, upright
from ingest.pulse import beat

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray
    from PIL.Image import Image

    from ingest.parse.lines import Line

INSTALL_HINT = (
    '请安装 OCR 组件（在程序的文件夹里运行 pip install -c constraints.txt -e ".[ocr]"，模型已在其中）后再同步；'
    "或先转成带文字的 pdf、docx。"
)
_MODELS = {
    "Det": "PP-OCRv6_det_small.onnx",
    "Cls": "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
    "Rec": "PP-OCRv6_rec_small.onnx",
}
_THREADS = 2
_FINDING_SIDE = 1280  # px; lines are found on a picture this large, and read from the full one
_LEAST_SURE = 0.5  # what is read with less is specks and pictures more often than words
_LONGEST = 4000  # px; A3 at 300 dpi is 4960, of which 4000 leaves 240 dpi
_NARROW = 2000  # px; a long strip (a phone's screenshot of a whole chat) keeps this much of its width
MOST_PAGES = 200  # of one document that are read by OCR, unless the caller says otherwise
DOUBTFUL = 0.80  # a page read with less is named, so that someone compares it with the paper
_NAMED_PAGES = 20
_LEAST_SPREAD = 24  # grey levels between the darkest and the lightest place of a page with anything on it


def ready() -> bool:
    """Whether the OCR package is installed; nothing is loaded by asking."""
    return importlib.util.find_spec("rapidocr") is not None


def is_blank(image: Image | NDArray[np.uint8]) -> bool:
    """Whether all of it is of one shade: a page with nothing on it."""
    pixels = np.asarray(image)
    return pixels.size == 0 or int(pixels.max()) - int(pixels.min()) < _LEAST_SPREAD


def read_picture(image: Image | NDArray[np.uint8], page: int | None = None) -> tuple[Line, ...]:
    """The lines of a picture (RGB or grey) in reading order; `page` is noted on each. () when it shows no text.

    See `read_scored` for how sure they are, and what is raised.
    """
    return read_scored(image, page)[0]


def read_scored(image: Image | NDArray[np.uint8], page: int | None = None) -> tuple[tuple[Line, ...], float]:
    """Lines as `read_picture`, with their mean confidence in 0..1, weighted by characters (0.0 without any).

    Large pictures are scaled down and long strips read in bands. Turned pages (90, 180, 270 degrees) are told by
    their lines. Raises UnsupportedFormat where rapidocr is not installed, DamagedDocument if it fails.
    """
    lines: list[Line] = []
    total = weight = 0.0
    for band in _bands(_pixels(image)):
        beat()
        seen = _seen(band)
        lines += in_reading_order(seen, page)
        total += sum(one.confidence * len(one.text) for one in seen)
        weight += sum(len(one.text) for one in seen)
    return tuple(lines), total / weight if weight else 0.0


def properties(pages: Mapping[int, float]) -> dict[str, str]:
    """What `Parsed.properties` says of the pages read by OCR: their mean confidence, which they are, and which are doubtful."""
    if not pages:
        return {}
    mean = sum(pages.values()) / len(pages)
    told = {"ocr_confidence": f"{mean:.2f}", "ocr_pages": ",".join(map(str, sorted(pages)))}
    doubtful = sorted(page for page, confidence in pages.items() if confidence < DOUBTFUL)
    return {**told, "ocr_doubtful": ",".join(map(str, doubtful))} if doubtful else told


def remarks(pages: Mapping[int, float]) -> list[str]:
    """The Chinese warnings about pages read by OCR: which may hold mistakes. That it was OCR, the quality report says."""
    doubtful = sorted(page for page, confidence in pages.items() if confidence < DOUBTFUL)
    return [f"{named(doubtful)}的识别置信度低于 {DOUBTFUL:.2f}，可能有错字，请核对原件"] if doubtful else []


def named(pages: Sequence[int]) -> str:
    return pages_named(pages, _NAMED_PAGES)


def _pixels(image: Image | NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Shape (height, width, 3), blue first as the models were trained.

    At most `_LONGEST` on the longer side, or `_NARROW` on the shorter for a strip.
    """
    import PIL.Image

    picture = PIL.Image.fromarray(image) if isinstance(image, np.ndarray) else image
    shorter, longer = sorted(picture.size)
    limit = min(1.0, _LONGEST / longer if longer < 3 * shorter else _NARROW / shorter)
    if limit < 1.0:
        width, height = picture.size
        picture = picture.resize(
            (max(1, round(width * limit)), max(1, round(height * limit))), PIL.Image.Resampling.BOX
        )
    return np.ascontiguousarray(np.asarray(picture.convert("RGB"))[:, :, ::-1])


def _bands(pixels: NDArray[np.uint8]) -> list[NDArray[np.uint8]]:
    """The picture cut into heights of at most `_LONGEST`, each cut at the emptiest row of the last fifth."""
    bands = []
    while len(pixels) > _LONGEST:
        start = _LONGEST * 4 // 5
        cut = start + int(pixels[start:_LONGEST, :, 1].std(axis=1).argmin())
        bands.append(pixels[:cut])
        pixels = pixels[cut:]
    return [*bands, pixels]


def _seen(pixels: NDArray[np.uint8]) -> list[Seen]:
    """The lines that the models find in one picture, upright, in no particular order."""
    if is_blank(pixels) or min(pixels.shape[:2]) < 8:
        return []
    engine, empty = _engine(os.getpid())
    try:
        with told_as("识别图片中的文字时出错"):
            crops, found = engine.detect_and_crop(pixels, {})
            turned = engine.cls_and_rotate(list(crops))[1].cls_res
            # One line alone is often called upside down by mistake; a page's lines are turned together or not at all.
            flipped = sum(
                float(score) * crop.shape[1] * (1 if label == "180" else -1)
                for crop, (label, score) in zip(crops, turned, strict=True)
            )
            if flipped > 0:
                crops = [np.ascontiguousarray(crop[::-1, ::-1]) for crop in crops]
            read = engine.recognize_txt(crops)
    except Unreadable as error:
        if isinstance(error.__cause__, empty):
            return []
        raise
    boxes = upright(np.asarray(found.boxes, dtype=np.float64), pixels.shape[1], pixels.shape[0], flipped > 0)
    return [
        Seen(text.strip(), float(score), box)
        for text, score, box in zip(read.txts, read.scores, boxes, strict=True)
        if text.strip() and score >= _LEAST_SURE
    ]


@cache
def _engine(process: int) -> tuple[Any, type[Exception]]:
    """The models of this process, and what they raise when a picture shows no text.

    Keyed by process: a forked child has the parent's sessions but none of their threads.
    """
    assert process == os.getpid()
    try:
        import rapidocr
        from rapidocr.main import RapidOCRError
    except ImportError as error:
        raise UnsupportedFormat("没有安装 OCR 组件，读不了图片中的文字", hint=INSTALL_HINT) from error
    folder = Path(rapidocr.__file__).parent / "models"
    if not all((folder / name).is_file() for name in _MODELS.values()):
        raise UnsupportedFormat("OCR 组件缺少模型文件，读不了图片中的文字", hint=INSTALL_HINT)
    settings = {
        "Global.log_level": "critical",
        "EngineConfig.onnxruntime.intra_op_num_threads": min(_THREADS, os.cpu_count() or 1),
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        "Det.limit_type": "max",
        "Det.limit_side_len": _FINDING_SIDE,
        "Rec.rec_batch_num": 2,  # lines read together are padded to the longest: more of them only cost memory
        **{f"{step}.model_path": str(folder / name) for step, name in _MODELS.items()},
    }
    return rapidocr.RapidOCR(params=settings), RapidOCRError
