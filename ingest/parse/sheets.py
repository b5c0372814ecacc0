"""Excel workbooks, new and old: visible sheets in order, formulas by the value last saved.

openpyxl streams xlsx row by row, so a huge sheet costs time only up to the row limit; xlrd reads xls.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from ingest.errors import EmptyDocument, EncryptedDocument, UnsupportedFormat
from ingest.model import Parsed
from ingest.parse import headers
from ingest.parse.broken import Unreadable, told_as
from ingest.parse.decode import doubts
from ingest.parse.lines import Line, lay_out
from ingest.parse.package import opened
from ingest.parse.rawrows import asides
from ingest.parse.sheetcells import CHINESE_FORMATS, cell_text
from ingest.parse.sheetprint import PRINTED, drawn_words, xls_printed, xml_printed
from ingest.parse.sheettables import Area, Row, Sheet, sheet_lines

_HEAD_ROWS = 20  # of a hidden sheet, for the secrecy gate
_LAST_ROW = 1_048_576  # of any sheet of Excel
_MOST_COLUMNS = 256
_MOST_AREAS = 20_000
_AS_XLSX = "请用 Excel 或 WPS 打开，另存为普通的 xlsx 后再同步。"
_DEFAULT_NAME = re.compile(r"(?:Sheet|工作表|表)\s*\d*", re.IGNORECASE)
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_UNCOUNTED = re.compile(rb"</(?:\w+:)?f>\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>")
_LONG_FIGURE = re.compile(r"\d{16,}")


@dataclass(slots=True)
class _Counts:
    """What a reader of the file should know, counted over all sheets."""

    rows: int = 0
    errors: int = 0
    long_figures: int = 0
    uncounted: int = 0
    notes: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)  # passages for the secrecy gate alone: `Parsed.aside`

    def warnings(self) -> list[str]:
        found = list(self.notes)
        if self.errors:
            found.append(f"有 {self.errors} 个单元格是公式错误（如 #REF!、#N/A），按空值读取")
        if self.uncounted:
            found.append(
                f"有 {self.uncounted} 个公式没有保存计算结果，按空值读取；请用 Excel 或 WPS 打开后保存一次"
            )
        if self.long_figures:
            found.append(
                f"有 {self.long_figures} 个超过 15 位的号码按数字存放，末几位可能已被 Excel 改成 0，请核对原表"
            )
        return found


def parse_xlsx(data: bytes) -> Parsed:
    """Raises EncryptedDocument, DamagedDocument, UnsupportedFormat (xlsb, strict xlsx) or EmptyDocument."""
    counts = _Counts()
    with told_as("xlsx 不完整或已损坏"), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions, which are not read
        _check_package(data, counts)
        sheets = _xlsx_sheets(data, counts)
    return _laid_out(sheets, "xlsx", counts)


def parse_xls(data: bytes) -> Parsed:
    """Raises EncryptedDocument, DamagedDocument or EmptyDocument."""
    import xlrd

    counts = _Counts()
    try:
        with told_as("xls 不完整或已损坏"):
            sheets = _xls_sheets(data, counts)
    except Unreadable as error:
        if isinstance(error.__cause__, xlrd.XLRDError) and "encrypted" in str(error.__cause__):
            raise EncryptedDocument("xls 设有打开密码，无法读取") from error
        raise
    return _laid_out(sheets, "xls", counts)


def _laid_out(sheets: list[Sheet], form: str, counts: _Counts) -> Parsed:
    filled = [sheet for sheet in sheets if sheet.rows]
    # The one sheet of a file is named Sheet1 by the program, not by a person.
    named = len(filled) > 1 or any(not _DEFAULT_NAME.fullmatch(sheet.name.strip()) for sheet in filled)
    lines: list[Line] = []
    for sheet in filled:
        name = cell_text(sheet.name)
        if named and name:
            lines.append(Line(name, "heading", 1))
        counts.beside += asides([row.cells for row in sheet.rows])
        lines += sheet_lines(sheet, level=2)  # always below a sheet's name, so that the two can be told apart
    found = counts.warnings()
    if not any(sheet.rows for sheet in sheets):
        raise EmptyDocument("表格里没有文字" + "；".join(["", *found]))
    found += doubts("\n".join(line.text for line in lines))
    return lay_out(lines, form, {}, found, counts.beside)


def _check_package(data: bytes, counts: _Counts) -> None:
    """Refuses what openpyxl would read wrong or not within memory."""
    with opened(data, "xlsx", streamed="xl/worksheets/") as archive:
        names = set(archive.namelist())
        if "xl/workbook.bin" in names:
            raise UnsupportedFormat("暂不支持的格式：二进制表格（xlsb）", hint=_AS_XLSX)
        if "xl/workbook.xml" in names and b"purl.oclc.org/ooxml" in archive.read("xl/workbook.xml"):
            raise UnsupportedFormat("暂不支持的格式：严格格式的 xlsx", hint=_AS_XLSX)
        counts.beside += drawn_words(archive)
        pictures = sum(name.startswith("xl/media/") for name in names)
    if pictures:
        counts.notes.append(f"有 {pictures} 张图片，其中的文字没有读取")


def _xlsx_sheets(data: bytes, counts: _Counts) -> list[Sheet]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        sheets = []
        for sheet in book.worksheets:
            hidden = sheet.sheet_state != "visible"
            # What is hidden is no text and raises no doubts, but a mark in it is a mark.
            seen = _Counts() if hidden else counts
            found = _xlsx_rows(sheet, seen, from_1904=book.epoch.year == 1904)
            if hidden:
                counts.notes.append(f"隐藏的工作表“{sheet.title}”没有读取")
                counts.beside += asides([row.cells for row in islice(found, _HEAD_ROWS)])
            else:
                rows = _limited(found, sheet.title, counts)
            # The reader that streams leaves merges and print headers out, so they are taken from the part itself.
            with sheet._get_source() as part:  # noqa: SLF001
                areas = _scanned(part, seen)
            if hidden:
                counts.beside += seen.beside
            else:
                sheets.append(Sheet(str(sheet.title), rows, areas))
        return sheets
    finally:
        book.close()


def _xlsx_rows(sheet: Any, counts: _Counts, *, from_1904: bool) -> Iterator[Row]:
    for number, cells in enumerate(sheet.iter_rows(1, _LAST_ROW, 1, _MOST_COLUMNS), 1):
        texts: dict[int, str] = {}
        for column, cell in enumerate(cells, 1):
            if cell.value is None:
                continue
            if cell.data_type == "e":
                counts.errors += 1
                continue
            code = CHINESE_FORMATS.get(cell.style_array.numFmtId) or cell.number_format
            _put(texts, column, cell_text(cell.value, code, from_1904=from_1904), cell.value, counts)
        if texts:
            yield Row(number, texts)


def _put(texts: dict[int, str], column: int, text: str, value: object, counts: _Counts) -> None:
    if text:
        texts[column] = text
        if not isinstance(value, str) and _LONG_FIGURE.fullmatch(text):
            counts.long_figures += 1


def _limited(rows: Iterator[Row], name: str, counts: _Counts) -> list[Row]:
    kept: list[Row] = []
    for row in rows:
        if counts.rows >= headers.MOST_ROWS:
            counts.notes.append(
                f"表格超过 {headers.MOST_ROWS} 行，工作表“{name}”从第 {row.number} 行起没有读取；请拆成几份再同步"
            )
            break
        counts.rows += 1
        kept.append(row)
    return kept


def _scanned(part: Any, counts: _Counts) -> list[Area]:
    """The merged areas of a sheet's XML, read piece by piece; counts formulas that no value was saved for."""
    areas: list[Area] = []
    rest = b""
    while piece := part.read(1 << 20):
        window = rest + piece
        # No tag is cut, nor the end of a formula from the end of its cell: it waits for the next piece.
        cut = max(window.rfind(b"<"), 0)
        formula = window.rfind(b"f>", max(cut - 32, 0), cut)
        cut = window.rfind(b"<", 0, formula) if formula > 0 else cut
        if len(window) - cut > 1 << 21:
            cut = len(window)  # one text of megabytes: nothing to find in it
        _scan(window[:cut], areas, counts)
        rest = window[cut:]
    _scan(rest, areas, counts)
    return areas


def _scan(window: bytes, areas: list[Area], counts: _Counts) -> None:
    counts.uncounted += len(_UNCOUNTED.findall(window))
    counts.beside += map(xml_printed, PRINTED.findall(window))
    for left, top, right, bottom in _MERGE.findall(window):
        area = int(top), _column(left), int(bottom), _column(right)
        if len(areas) < _MOST_AREAS and area[0] <= area[2] and area[1] <= area[3]:
            areas.append(area)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _xls_sheets(data: bytes, counts: _Counts) -> list[Sheet]:
    import xlrd

    # xlrd reports what it finds odd on a stream; there is nobody to read it.
    with xlrd.open_workbook(
        file_contents=data, logfile=io.StringIO(), formatting_info=True, on_demand=True, ragged_rows=True
    ) as book:
        sheets = []
        for number in range(book.nsheets):
            sheet = book.sheet_by_index(number)
            if sheet.visibility:
                counts.notes.append(f"隐藏的工作表“{sheet.name}”没有读取")
                found = islice(_xls_rows(book, sheet, _Counts()), _HEAD_ROWS)
                counts.beside += asides([row.cells for row in found])
            else:
                rows = _limited(_xls_rows(book, sheet, counts), sheet.name, counts)
                areas = [
                    (top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells
                ]
                sheets.append(Sheet(sheet.name, rows, areas[:_MOST_AREAS]))
            book.unload_sheet(number)
        counts.beside += xls_printed(bytes(book.mem[book.base : book.base + book.stream_len]))
        return sheets


def _xls_rows(book: Any, sheet: Any, counts: _Counts) -> Iterator[Row]:
    import xlrd

    for number in range(sheet.nrows):
        texts: dict[int, str] = {}
        for column, cell in enumerate(sheet.row(number)[:_MOST_COLUMNS], 1):
            if cell.ctype == xlrd.XL_CELL_ERROR:
                counts.errors += 1
                continue
            if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                continue
            value = bool(cell.value) if cell.ctype == xlrd.XL_CELL_BOOLEAN else cell.value
            code = "General"
            if isinstance(value, float):
                key = book.xf_list[cell.xf_index].format_key
                code = CHINESE_FORMATS.get(key) or book.format_map[key].format_str
            _put(texts, column, cell_text(value, code, from_1904=bool(book.datemode)), value, counts)
        if texts:
            yield Row(number + 1, texts)
