"""PowerPoint slides: a slide is a page, its title a heading; its words follow as they stand, top to bottom."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pptx
from pptx.oxml import parse_xml

from ingest.errors import DamagedDocument, EmptyDocument, UnsupportedFormat
from ingest.model import Parsed
from ingest.parse import ocr
from ingest.parse.broken import Unreadable, told_as
from ingest.parse.decode import doubts, without_controls
from ingest.parse.lines import Line, lay_out, table_lines
from ingest.parse.package import opened
from ingest.parse.picture import read_page
from ingest.parse.scans import Scans

_DEEPEST = 30  # groups within groups
_TITLES = ("TITLE", "CENTER_TITLE", "VERTICAL_TITLE")
_FURNITURE = ("DATE", "FOOTER", "SLIDE_NUMBER", "HEADER")
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DATA = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm"
_PICTURE_TAGS = ("{*}blip", "{*}pic", "{*}oleObj")
_EMBEDDED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_MOST_PICTURES = 8  # on a slide without words, that are read by OCR
_OTHER_TYPE = re.compile(r"macroEnabled|template|slideshow|purl\.oclc\.org/ooxml")
_AS_PPTX = "请用 PowerPoint 或 WPS 演示打开，另存为普通的 pptx 后再同步。"


@dataclass(frozen=True, slots=True)
class _Placed:
    """A shape and where it stands on its slide, in EMU; groups are taken apart before."""

    shape: Any
    top: float
    left: float
    height: float


@dataclass(frozen=True, slots=True)
class _Frame:
    """How a group's own coordinates lie on the slide: `at * scale + shift`."""

    scale_x: float = 1.0
    scale_y: float = 1.0
    shift_x: float = 0.0
    shift_y: float = 0.0


def parse_pptx(data: bytes, *, ocr_pages: int = ocr.MOST_PAGES) -> Parsed:
    """Slides of nothing but pictures are read by OCR where it is installed, at most `ocr_pages` of them.

    Raises EncryptedDocument, DamagedDocument, UnsupportedFormat (a template or macro deck) or EmptyDocument.

    Every line carries its slide's number as page; a title is a heading of level 1, a table row a row.
    """
    try:
        with told_as("pptx 不完整或已损坏"):
            lines, slides, warnings, aside, scans = _read(data, ocr_pages)
            unread = _unread_head(slides, scans)
    except Unreadable as error:
        if _OTHER_TYPE.search(str(error.__cause__)):
            reason = "暂不支持的格式：演示模板、带宏的演示、放映文件或严格格式的 pptx"
            raise UnsupportedFormat(reason, hint=_AS_PPTX) from error
        raise
    if not lines:
        raise EmptyDocument("；".join(["演示文稿里没有文字", *warnings]))
    properties = {"pages": str(len(slides)), **ocr.properties(scans.read)}
    laid = lay_out(lines, "pptx", properties, warnings, aside)
    return replace(laid, unread_head=unread)


def _unread_head(slides: Sequence[Any], scans: Scans) -> int | None:
    """See `Parsed.unread_head`: the first slide with pictures or words, if it has pictures only and OCR read none.

    Footers and charts are screened beside the text.
    """
    for number, slide in enumerate(slides, 1):
        if number in scans.read:
            return None
        placed = [one.shape for one in _flat(slide.shapes, _Frame(), 0)]
        words = [shape for shape in placed if _role(shape) not in _FURNITURE]
        if any(line.text.strip() for shape in words for line in _shape_lines(shape, Counter())):
            return None
        drawn = [shape._element for shape in placed if not getattr(shape, "has_chart", False)]  # noqa: SLF001
        background = slide._element.findall(".//{*}bg")  # noqa: SLF001 - a fill may be a picture
        if any(next(one.iter(*_PICTURE_TAGS), None) is not None for one in (*drawn, *background)):
            return number
    return None


def _read(data: bytes, ocr_pages: int) -> tuple[list[Line], list[Any], list[str], list[str], Scans]:
    opened(data, "pptx").close()  # python-pptx opens it again, and unpacks every part
    deck = pptx.Presentation(io.BytesIO(data))
    lines: list[Line] = []
    scans = Scans(ocr_pages)
    unread = {"图片": 0, "图表": 0}
    slides = list(deck.slides)
    for number, slide in enumerate(slides, 1):
        before = unread["图片"]
        own = [tidy for line in _slide_lines(slide, unread) for tidy in _tidied(line, number)]
        if not own and (pictures := _pictures(slide)):
            own = scans.take(number, partial(_seen, pictures, number))
            unread["图片"] = before if own else unread["图片"]
        lines += own
    warnings = [*doubts("\n".join(line.text for line in lines)), *ocr.remarks(scans.read)]
    warnings += [f"有 {count} 个{kind}，其中的文字没有读取" for kind, count in unread.items() if count]
    return lines, slides, warnings, _beside(slides), scans


def _pictures(slide: Any) -> list[tuple[Any, str]]:
    """The pictures that a slide shows, its background first, as (slide, relation); [] for too many: they are no page."""
    shapes = sorted(_flat(slide.shapes, _Frame(), 0), key=lambda one: (one.top, one.left))
    shown = [
        *slide._element.findall(".//{*}bg//{*}blip"),  # noqa: SLF001 - no public name for it
        *(blip for one in shapes for blip in one.shape._element.findall(".//{*}blip")),  # noqa: SLF001
    ]
    named = [(slide, name) for blip in shown if (name := blip.get(_EMBEDDED))]
    return named if len(named) <= _MOST_PICTURES else []


def _seen(pictures: Sequence[tuple[Any, str]], page: int) -> tuple[list[Line], float]:
    lines: list[Line] = []
    total = weight = 0.0
    for slide, name in pictures:
        with told_as("图片不完整或已损坏"):
            data = slide.part.related_part(name).blob
        read, sure = read_page(data, page)
        length = sum(len(line.text) for line in read)
        lines, total, weight = [*lines, *read], total + sure * length, weight + length
    return lines, total / weight if weight else 0.0


def _beside(slides: Sequence[Any]) -> list[str]:
    """What slides show that is no part of their text: footers, words of their masters and layouts, of notes pages, of charts.

    A shape each, each once; for the secrecy gate alone.
    """
    layouts = {slide.slide_layout.part.partname: slide.slide_layout for slide in slides}
    masters = {one.slide_master.part.partname: one.slide_master for one in layouts.values()}
    notes = [slide.notes_slide for slide in slides if slide.has_notes_slide]
    found: dict[str, None] = {}
    shown = (*layouts.values(), *masters.values())
    for sheet in (*slides, *notes, *shown):
        for one in _flat(sheet.shapes, _Frame(), 0):
            if sheet in shown or _role(one.shape) in _FURNITURE:
                found["\n".join(_words(one.shape._element))] = None  # noqa: SLF001 - a shape of any kind
            elif getattr(one.shape, "has_chart", False):
                found["\n".join(_words(one.shape.chart._chartSpace))] = None  # noqa: SLF001 - titles and labels alike
    return [passage for passage in found if passage]


def _words(element: Any) -> Iterator[str]:
    for paragraph in element.iter(f"{_DRAWING}p"):
        if text := "".join(run.text or "" for run in paragraph.iter(f"{_DRAWING}t")).strip():
            yield without_controls(text)


def _tidied(line: Line, page: int) -> list[Line]:
    # A soft break parts a title's two halves, but a paragraph's two lines.
    text = without_controls(line.text)
    pieces = text.split("\n") if line.kind == "paragraph" else [" ".join(text.split("\n"))]
    return [replace(line, text=piece.strip(), page=page) for piece in pieces if piece.strip()]


def _slide_lines(slide: Any, unread: dict[str, int]) -> Iterator[Line]:
    """The title first, then the shapes in reading order, then the speaker's notes."""
    placed = [one for one in _flat(slide.shapes, _Frame(), 0) if _role(one.shape) not in _FURNITURE]
    titles = [one for one in placed if _role(one.shape) in _TITLES and one.shape.has_text_frame]
    for one in titles:
        yield Line("\n".join(_paragraphs(one.shape)), "heading", 1)
    for one in _in_reading_order([one for one in placed if one not in titles]):
        yield from _shape_lines(one.shape, unread)
    if slide.has_notes_slide and (frame := slide.notes_slide.notes_text_frame) is not None:
        notes = [paragraph.text for paragraph in frame.paragraphs if paragraph.text.strip()]
        yield from (Line(f"备注：{text}" if not i else text) for i, text in enumerate(notes))


def _role(shape: Any) -> str:
    return shape.placeholder_format.type.name if shape.is_placeholder else ""


def _flat(shapes: Any, frame: _Frame, depth: int) -> Iterator[_Placed]:
    if depth > _DEEPEST:
        raise DamagedDocument("pptx 里的组合层数过多，不像正常的文件")
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _flat(shape.shapes, _inner(shape, frame), depth + 1)
        else:
            # A placeholder without a place of its own takes its layout's; one without any stands at the top.
            top, left, height = shape.top or 0, shape.left or 0, shape.height or 0
            yield _Placed(
                shape,
                top * frame.scale_y + frame.shift_y,
                left * frame.scale_x + frame.shift_x,
                height * frame.scale_y,
            )


def _inner(group: Any, outer: _Frame) -> _Frame:
    """The frame of a group's children, whose coordinates are the group's own (chOff, chExt)."""
    transform = group._element.grpSpPr.find(".//{*}xfrm")  # noqa: SLF001 - no public name for chOff
    parts = {} if transform is None else {part.tag.rsplit("}", 1)[-1]: part for part in transform}
    if not {"off", "ext", "chOff", "chExt"} <= parts.keys():
        return outer
    scales = [_emu(parts["ext"], side) / (_emu(parts["chExt"], side) or 1) or 1.0 for side in ("cx", "cy")]
    shifts = [
        _emu(parts["off"], axis) - _emu(parts["chOff"], axis) * scale
        for axis, scale in zip(("x", "y"), scales, strict=True)
    ]
    return _Frame(
        outer.scale_x * scales[0],
        outer.scale_y * scales[1],
        shifts[0] * outer.scale_x + outer.shift_x,
        shifts[1] * outer.scale_y + outer.shift_y,
    )


def _emu(place: Any, side: str) -> int:
    written = place.get(side, "")
    if not re.fullmatch(r"[+-]?\d{1,18}", written, re.ASCII):
        raise DamagedDocument("pptx 不完整或已损坏")
    return int(written)


def _in_reading_order(placed: Sequence[_Placed]) -> list[_Placed]:
    """Row by row, each from left to right: a shape joins a row if its middle lies beside the row's first."""
    rows: list[list[_Placed]] = []
    for one in sorted(placed, key=lambda one: (one.top, one.left)):
        first = rows[-1][0] if rows else None
        # Of equal tops, or so far overlapped that the eye takes them for neighbours.
        if first and one.top - first.top <= min(first.height, one.height) / 2:
            rows[-1].append(one)
        else:
            rows.append([one])
    return [one for row in rows for one in sorted(row, key=lambda one: one.left)]


def _shape_lines(shape: Any, unread: dict[str, int]) -> Iterator[Line]:
    if getattr(shape, "has_table", False):
        table = shape.table
        rows = [
            ["" if cell.is_spanned else " ".join(cell.text.split()) for cell in row.cells]
            for row in table.rows
        ]
        yield from table_lines(rows, headed=bool(table.first_row))
    elif getattr(shape, "has_text_frame", False):
        yield from (Line(text) for text in _paragraphs(shape))
    elif getattr(shape, "has_chart", False):
        unread["图表"] += 1
    elif (data := shape._element.find(f".//{_DIAGRAM}relIds")) is not None:  # noqa: SLF001 - SmartArt has no class
        yield from (Line(text) for text in _diagram_texts(shape.part.related_part(data.get(_DATA)).blob))
    elif shape._element.tag.endswith("}pic"):  # noqa: SLF001 - asking for its image may raise
        unread["图片"] += 1


def _paragraphs(shape: Any) -> list[str]:
    return [paragraph.text for paragraph in shape.text_frame.paragraphs if paragraph.text.strip()]


def _diagram_texts(blob: bytes) -> list[str]:
    """The paragraphs of a SmartArt's points, in the order its author wrote them."""
    return [text for point in parse_xml(blob).iter(f"{_DIAGRAM}pt") for text in _words(point)]
