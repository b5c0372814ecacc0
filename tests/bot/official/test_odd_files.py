"""Files that are no Word documents: a Chinese reason and exit code 2, never a traceback."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import openpyxl
import pytest
from click.testing import CliRunner

from bot.official.check import check
from bot.official.door import check as door
from bot.official.opened import opened
from bot.official.testing import sample
from bot.official.write import to_docx
from ingest.errors import DamagedDocument, DocumentError, EmptyDocument, EncryptedDocument, UnsupportedFormat

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def workbook() -> bytes:
    into = BytesIO()
    openpyxl.Workbook().save(into)
    return into.getvalue()


def other_zip() -> bytes:
    into = BytesIO()
    with ZipFile(into, "w") as archive:
        archive.writestr("a.txt", "甲")
    return into.getvalue()


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        (b"", EmptyDocument),
        (OLE + bytes(600), UnsupportedFormat),
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), EncryptedDocument),
        ("只是一段文字".encode(), DamagedDocument),
        (to_docx(sample())[:-600], DamagedDocument),
        (workbook(), UnsupportedFormat),
        (other_zip(), DamagedDocument),
    ],
)
def test_what_is_no_docx_is_told(file: bytes, kind: type[DocumentError]) -> None:
    with pytest.raises(kind) as told:
        opened(file)
    assert told.value.hint


def test_the_door(tmp_path: Path) -> None:
    good, bad = tmp_path / "甲.docx", tmp_path / "乙.docx"
    good.write_bytes(to_docx(sample()))
    document = docx.Document()
    document.add_paragraph("一、随便写的")
    table = document.add_table(200, 5)
    table.cell(0, 0).text = "大表"
    document.save(str(bad))
    run = CliRunner().invoke
    assert (run(door, [str(good)], standalone_mode=False).return_value) == 0
    told = run(door, [str(bad), "--json"], standalone_mode=False)
    assert told.return_value == 1
    assert '"rule": "GB/T 9704-2012 5.2.1 天头"' in told.output
    assert isinstance(run(door, [str(tmp_path / "无.docx")], standalone_mode=False).exception, DocumentError)


def put(file: bytes, changes: dict[str, tuple[str, str]]) -> bytes:
    """The archive with words replaced in parts of it; a part whose words are "" is replaced as a whole."""
    into = BytesIO()
    with ZipFile(BytesIO(file)) as old, ZipFile(into, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            for end, (was, now) in changes.items():
                if name.endswith(end):
                    assert was.encode() in content
                    content = content.replace(was.encode(), now.encode()) if was else now.encode()
            new.writestr(name, content)
    return into.getvalue()


SIZE = "<w:sz w:val='0'/>"


@pytest.mark.parametrize(
    "changes",
    [
        {"theme1.xml": ("", "<a")},
        {"styles.xml": ("", "")},
        {"styles.xml": ("", "<a")},
        {"document.xml": ("</w:body>", "</w:bod>")},
        {"document.xml": ("w:linePitch=", "w:linePitch='x' w:old=")},
    ],
)
def test_broken_parts_are_told(changes: dict[str, tuple[str, str]]) -> None:
    with pytest.raises(DamagedDocument):
        check(put(to_docx(sample()), changes))


def test_type_of_no_size_is_no_reason_to_fall() -> None:
    wrong = put(to_docx(sample()), {"document.xml": ("<w:r><w:rPr>", f"<w:r><w:rPr>{SIZE}")})
    assert any("字号" in one.rule for one in check(wrong))
