"""Spreadsheets and delimited tables, made here by openpyxl, xlwt and by hand; and the same files broken."""

from __future__ import annotations

import io
import random
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import openpyxl
import pytest
import xlwt
from samples import counted, mutated, rewritten, saved
from xlwt.CompoundDoc import XlsDoc

from ingest.errors import DamagedDocument, EmptyDocument, EncryptedDocument
from ingest.model import Parsed
from ingest.parse import headers
from ingest.parse.decode import decode
from ingest.parse.delimited import parse_delimited
from ingest.parse.sheetcells import CHINESE_FORMATS, cell_text
from ingest.parse.sheets import parse_xls, parse_xlsx


def lines(parsed: Parsed) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, parsed.text[block.start : block.end]) for block in parsed.blocks]


def texts(*rows: list[Any]) -> list[str]:
    """What a workbook of one sheet with these rows reads as."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return parse_xlsx(saved(book)).text.split("\n")


@cache
def ledger_xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "党员名册"
    sheet["A1"] = "第一支部台账"
    sheet["A2"], sheet["F2"] = "填报单位：第一支部", "日期：2025年6月"
    for area, text in {
        "A3:A4": "序号", "B3:B4": "姓 名", "C3:D3": "基本情况", "E3:F3": "党费", "G3:G4": "备注",
    }.items():  # fmt: skip
        sheet[area.split(":")[0]] = text
        sheet.merge_cells(area)
    sheet.merge_cells("A1:G1")
    sheet["C4"], sheet["D4"], sheet["E4"], sheet["F4"] = "身份证号", "入党日期", "标准", "完成率"
    for number, row in enumerate(
        [
            [1, "王", 370102199001011000.0, date(2025, 6, 1), 20.0, 0.985, "甲\n乙"],
            [2, "李二", "370102199001011234", date(2024, 6, 1), 12.5, 1, None],
            [3, "赵三", 13800138000.0, None, "#REF!", None, None],
        ],
        5,
    ):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column, value)
        sheet.cell(number, 4).number_format = 'yyyy"年"m"月"'
        sheet.cell(number, 6).number_format = "0.0%"
    sheet["C7"].number_format = "0.00E+00"
    sheet["E7"].data_type = "e"
    sheet["G7"] = "=1+1"
    sheet["A9"], sheet["E9"] = "合计", 32.5
    sheet["A10"], sheet["A11"] = "填表说明：", "1.本表每月填报。"
    sheet["A12"], sheet["D12"] = "审核人：王一", "填表人：李二"
    sheet["A14"] = "流动党员"
    sheet["A15"], sheet["B15"], sheet["C15"] = "支部", "姓名", "流出时间"
    sheet["A16"], sheet["B16"], sheet["B17"], sheet["C17"] = "第一支部", "钱四", "孙五", 45809
    sheet.merge_cells("A16:A17")
    sheet["C17"].number_format = "yyyy-mm-dd"
    hidden = book.create_sheet("下拉")
    hidden["A1"] = "不给人看的选项"
    hidden.sheet_state = "hidden"
    return saved(book)


LEDGER = [
    ("heading", 1, "党员名册"),
    ("heading", 2, "第一支部台账"),
    ("paragraph", 0, "填报单位：第一支部；日期：2025年6月"),
    ("row", 0, "第5行 序号：1；姓名：王；基本情况/身份证号：370102199001011000；基本情况/入党日期：2025年6月；党费/标准：20；党费/完成率：98.5%；备注：甲 乙"),
    ("row", 0, "第6行 序号：2；姓名：李二；基本情况/身份证号：370102199001011234；基本情况/入党日期：2024年6月；党费/标准：12.5；党费/完成率：100.0%"),
    ("row", 0, "第7行 序号：3；姓名：赵三；基本情况/身份证号：13800138000"),
    ("row", 0, "第9行 序号：合计；党费/标准：32.5"),
    ("paragraph", 0, "填表说明："),
    ("paragraph", 0, "1.本表每月填报。"),
    ("paragraph", 0, "审核人：王一；填表人：李二"),
    ("heading", 2, "流动党员"),
    ("row", 0, "第16行 支部：第一支部；姓名：钱四"),
    ("row", 0, "第17行 支部：第一支部；姓名：孙五；流出时间：2025-06-01"),
]  # fmt: skip


def test_a_ledger_reads_row_by_row_under_its_two_row_header() -> None:
    parsed = parse_xlsx(ledger_xlsx())
    assert lines(parsed) == LEDGER
    assert parsed.format == "xlsx"
    told = "\n".join(parsed.warnings)
    for words in ("隐藏的工作表“下拉”", "1 个单元格是公式错误", "1 个公式没有保存", "1 个超过 15 位"):
        assert words in told
    assert "选项" not in parsed.text


@cache
def ledger_xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("活动")
    sheet.write_merge(0, 0, 0, 3, "主题党日台账")
    for column, text in enumerate(["支部", "时间", "人数", "出席率"]):
        sheet.write(1, column, text)
    sheet.write_merge(2, 3, 0, 0, "第一支部")
    percent, day = xlwt.easyxf(num_format_str="0.0%"), xlwt.easyxf(num_format_str='yyyy"年"m"月"d"日"')
    for row, serial in ((2, 45809), (3, 45839)):
        sheet.write(row, 1, serial, day)
        sheet.write(row, 2, 32.0)
        sheet.write(row, 3, 0.985, percent)
    return saved(book)


def test_an_old_workbook_keeps_its_formats_and_merges() -> None:
    assert lines(parse_xls(ledger_xls())) == [
        ("heading", 1, "活动"),
        ("heading", 2, "主题党日台账"),
        ("row", 0, "第3行 支部：第一支部；时间：2025年6月1日；人数：32；出席率：98.5%"),
        ("row", 0, "第4行 支部：第一支部；时间：2025年7月1日；人数：32；出席率：98.5%"),
    ]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (45809, CHINESE_FORMATS[57], "2025年6月"), (45809, CHINESE_FORMATS[31], "2025年6月1日"),
        (45809.5, "m/d/yy h:mm", "2025-06-01 12:00"), (0.5, "h:mm", "12:00"), (0.985, "0%", "99%"),
        (12.0, "General", "12"), (1234.5, "#,##0.00", "1234.50"), (7, "000", "007"), (32, '0"人"', "32人"),
        (-0.5, "0.00_ ;[Red]-0.00 ", "-0.50"), (1e300, "0.00", "1E+300"), (1 / 3, "0.00", "0.33"), (float("nan"), "0", ""),
    ],
)  # fmt: skip
def test_a_value_shows_as_its_format_tells(value: float, code: str, shown: str) -> None:
    assert cell_text(value, code) == shown


def test_a_one_sheet_file_named_by_the_program_has_no_sheet_heading() -> None:
    assert texts(["姓名", "职务"], ["王一", "书记"]) == ["第2行 姓名：王一；职务：书记"]


def test_empty_rows_and_columns_do_not_end_a_table_and_a_repeated_header_is_left_out() -> None:
    assert texts([None, "姓名", None, "职务"], [], [None, "王一", None, "书记"], [], [None, "姓名", None, "职务"], [None, "李二"]) == [
        "第3行 姓名：王一；职务：书记", "第6行 姓名：李二",
    ]  # fmt: skip


def test_a_form_reads_as_fields() -> None:
    assert texts(["姓名", "赵三", "性别", "男"], ["籍贯", "山东", "民族", "汉族"]) == [
        "第1行 姓名：赵三；性别：男", "第2行 籍贯：山东；民族：汉族",
    ]  # fmt: skip


def test_a_hundred_thousand_rows_stop_at_the_limit_within_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is long and the limit low: what is held must be what was kept, not what the file has."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["序号", "人数"])
    for number in range(100_000):
        sheet.append([number, number % 97])
    data = saved(book)
    monkeypatch.setattr(headers, "MOST_ROWS", 2_000)
    tracemalloc.start()
    parsed = parse_xlsx(data)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(parsed.blocks) == 1_999
    assert any("从第 2001 行起没有读取" in warning for warning in parsed.warnings)
    assert most < 40_000_000


def test_an_empty_workbook_is_empty() -> None:
    with pytest.raises(EmptyDocument):
        parse_xlsx(saved(openpyxl.Workbook()))


def xls_with_password() -> bytes:
    """A workbook whose first record after the start says that the rest is encrypted."""
    book = xlwt.Workbook()
    book.add_sheet("a")
    stream = book.get_biff_data()
    start = 4 + int.from_bytes(stream[2:4], "little")
    record = b"\x2f\x00\x06\x00" + b"\x00" * 6
    buffer = io.BytesIO()
    XlsDoc().save(buffer, stream[:start] + record + stream[start:])
    return buffer.getvalue()


def flagged_as_encrypted(package: bytes) -> bytes:
    """The zip's own encryption mark on every part."""
    flagged = bytearray(package)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = -1
        while (place := flagged.find(mark, place + 1)) >= 0:
            flagged[place + offset] |= 1
    return bytes(flagged)


@pytest.mark.parametrize(
    ("read", "data"),
    [
        (parse_xlsx, flagged_as_encrypted(ledger_xlsx())),
        (parse_xls, xls_with_password()),
    ],
)
def test_a_password_is_told(read: Callable[[bytes], Parsed], data: bytes) -> None:
    with pytest.raises(EncryptedDocument, match="密码"):
        read(data)


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.6, 0.99])
def test_a_truncated_workbook_is_damaged(share: float) -> None:
    for read, data in ((parse_xlsx, ledger_xlsx()), (parse_xls, ledger_xls())):
        if read is parse_xls and share > 0.9:
            continue  # the end of an xls is padding
        with pytest.raises(DamagedDocument):
            read(data[: int(len(data) * share)])


TABLE = '姓名,电话,备注\n王一,13800138000,"老党员\n连续"\n李二,="0012",\n赵三,1.38E+10,a\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_delimited_table_reads_in_any_encoding(encoding: str, delimiter: str) -> None:
    parsed = parse_delimited(decode(TABLE.replace(",", delimiter).encode(encoding)), None)
    assert parsed.text.split("\n") == [
        "第2行 姓名：王一；电话：13800138000；备注：老党员 连续", "第3行 姓名：李二；电话：0012", "第4行 姓名：赵三；电话：1.38E+10；备注：a",
    ]  # fmt: skip
    assert any("科学记数法" in warning for warning in parsed.warnings)
    assert parsed.format == ("tsv" if delimiter == "\t" else "csv")


def test_a_quote_that_never_closes_swallows_no_rows() -> None:
    rows = "".join(f"第{n}支部,{n}人\n" for n in range(400))
    parsed = parse_delimited(decode(f'名称,说明\n甲,"乙\n{rows}'.encode()))
    assert len(parsed.blocks) == 401
    assert "第399支部" in parsed.text


def inside(package: bytes, chance: random.Random) -> bytes:
    """The workbook with one of its parts mutated under a sound container."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        chosen = chance.choice(archive.namelist())
    return rewritten(package, lambda name, part: mutated(part, chance) if name == chosen else part)


@pytest.mark.parametrize("form", ["xlsx", "xls", "csv"])
def test_three_hundred_mutated_files_raise_nothing_but_document_errors(form: str) -> None:
    chance = random.Random(form)
    if form == "xlsx":
        broken = [(inside if turn % 2 else mutated)(ledger_xlsx(), chance) for turn in range(300)]
        read, refused = counted(parse_xlsx, broken)
    elif form == "xls":
        read, refused = counted(parse_xls, [mutated(ledger_xls(), chance) for _ in range(300)])
    else:
        tables = [mutated(TABLE.encode("gb18030"), chance) for _ in range(300)]
        read, refused = counted(lambda data: parse_delimited(decode(data)), tables)
    assert read > 20
    assert refused > 100
