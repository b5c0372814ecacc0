from pathlib import Path
from zipfile import ZipFile

import docx
import pytest

from bot.proofread import proofread
from bot.proofreading.word import open_word, save_corrected
from ingest.errors import DamagedDocument, EmptyDocument, EncryptedDocument, UnsupportedFormat


def paper(path: Path) -> Path:
    made = docx.Document()
    made.add_paragraph("一、基本情况")
    paragraph = made.add_paragraph("但也有")
    bold = paragraph.add_run("各别")
    bold.bold = True
    paragraph.add_run("单位重视不够。")
    made.add_table(1, 1).cell(0, 0).text = "贯彻党的党的决定。"
    last = made.add_paragraph("甲\t乙")
    last.add_run().add_break()
    made.save(str(path))
    return path


def test_findings_give_the_paragraph_and_are_written_back_with_their_formatting(tmp_path: Path) -> None:
    opened = open_word(paper(tmp_path / "a.docx"))
    assert opened.text.split("\n")[:3] == ["一、基本情况", "但也有各别单位重视不够。", "贯彻党的党的决定。"]
    findings = proofread(opened.text)
    assert [one.text for one in findings] == ["各别单位", "党的党的"]
    assert save_corrected(opened, findings, tmp_path / "b.docx") == 2
    again = docx.Document(str(tmp_path / "b.docx"))
    paragraph = again.paragraphs[1]
    assert paragraph.text == "但也有个别单位重视不够。"
    assert next(run for run in paragraph.runs if "个别" in run.text).bold
    assert again.tables[0].cell(0, 0).text == "贯彻党的决定。"


def test_every_character_has_its_place(tmp_path: Path) -> None:
    opened = open_word(paper(tmp_path / "a.docx"))
    assert len(opened.text) == len(opened.places)
    for character, place in zip(opened.text, opened.places, strict=True):
        assert place is None or place[0].text[place[1]] == character


OLE = bytes.fromhex("d0cf11e0a1b11ae1")


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        (b"PK\x03\x04 broken", DamagedDocument),
        (b"", EmptyDocument),
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), EncryptedDocument),
        (OLE + bytes(600), UnsupportedFormat),
    ],
)
def test_what_is_no_word_file_is_told(tmp_path: Path, file: bytes, kind: type[Exception]) -> None:
    (tmp_path / "a.docx").write_bytes(file)
    with pytest.raises(kind):
        open_word(tmp_path / "a.docx")


def test_a_broken_part_is_told(tmp_path: Path) -> None:
    whole = paper(tmp_path / "a.docx")
    with ZipFile(whole) as old, ZipFile(tmp_path / "b.docx", "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content[:-20] if name == "word/document.xml" else content)
    with pytest.raises(DamagedDocument):
        open_word(tmp_path / "b.docx")
