"""Tables in text files (csv, tsv): the rows read like those of a sheet, `第3行 姓名：王一；职务：书记`."""

from __future__ import annotations

import csv
import re

from ingest.errors import EmptyDocument
from ingest.model import Parsed
from ingest.parse.decode import Decoded
from ingest.parse.headers import MOST_ROWS
from ingest.parse.lines import lay_out
from ingest.parse.rawrows import asides
from ingest.parse.sheetcells import cell_text
from ingest.parse.sheettables import Row, Sheet, sheet_lines

_DELIMITERS = ",\t;|，"
_SAMPLE = 50  # rows from which the delimiter is told
_WRAPPED = re.compile(r'="(.*)"|\'(\d+)', re.DOTALL)  # how people keep Excel from turning codes into numbers
_SPOILT = re.compile(r"\d(?:\.\d+)?[Ee]\+\d{2}")


def parse_delimited(decoded: Decoded, delimiter: str | None = None) -> Parsed:
    """`delimiter` is one character, or None to tell it from the first rows. Raises EmptyDocument.

    A row's number counts records, header included: it is the row that Excel shows the record in.
    """
    text = decoded.text.lstrip("\ufeff")
    named = re.match(r"sep=(.)\n", text)  # a line for Excel alone
    first = 2 if named else 1
    if named:
        text, delimiter = text[named.end() :], delimiter or named[1]
    delimiter = delimiter or _told(text)
    rows: list[Row] = []
    warnings = list(decoded.warnings)
    spoilt = 0
    for number, record in enumerate(_records(text, delimiter), first):
        cells = {column: value for column, cell in enumerate(record, 1) if (value := _cell(cell))}
        if not cells:
            continue
        if len(rows) == MOST_ROWS:
            warnings.append(f"表格超过 {MOST_ROWS} 行，从第 {number} 行起没有读取；请拆成几份再同步")
            break
        spoilt += sum(bool(_SPOILT.fullmatch(value)) for value in cells.values())
        rows.append(Row(number, cells))
    if not rows:
        raise EmptyDocument("表格里没有文字")
    if spoilt:
        warnings.append(f"有 {spoilt} 个号码已被写成科学记数法（如 1.38E+10），原号码无法还原，请核对原表")
    form = "tsv" if delimiter == "\t" else "csv"
    return lay_out(
        sheet_lines(Sheet("", rows), level=1), form, {}, warnings, asides([row.cells for row in rows])
    )


def _cell(text: str) -> str:
    wrapped = _WRAPPED.fullmatch(text.strip())
    return cell_text((wrapped[1] or wrapped[2] or "") if wrapped else text)


def _told(text: str) -> str:
    """The delimiter that cuts most of the first rows into the same number of cells, two at least."""
    head = text[: 200 * _SAMPLE * 10]
    best = (0.0, 0, ",")
    for delimiter in _DELIMITERS:
        widths = [len(record) for record in _records(head, delimiter, most=_SAMPLE) if any(record)]
        wide = [width for width in widths if width > 1]
        if wide:
            usual = max(set(wide), key=wide.count)
            score = (wide.count(usual) / len(widths), usual, delimiter)
            if score[:2] > best[:2]:
                best = score
    return best[2]


def _records(text: str, delimiter: str, most: int | None = None) -> list[list[str]]:
    """The records, at most `most` (else one more than is read); a quote that never closes is a plain sign."""
    limit = most or MOST_ROWS * 5
    lines = text.split("\n")
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        try:
            records: list[list[str]] = []
            for record in csv.reader([f"{line}\n" for line in lines], delimiter=delimiter, quoting=quoting):
                if any(cell.count("\n") > 200 for cell in record):
                    raise csv.Error("a quote that never closes")  # noqa: TRY301
                records.append(record)
                if len(records) == limit:
                    break
        except csv.Error:
            continue
        return records
    return [line.split(delimiter) for line in lines[:limit]]
