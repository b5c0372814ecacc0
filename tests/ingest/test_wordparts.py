"""Which parts of a Word package are read, and what happens when one of them is not there, not sound or not Word's."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
import pytest

from ingest.errors import DamagedDocument, UnsupportedFormat
from ingest.parse.door import parse

SENTENCE = "支部每月召开一次党员大会，由支部书记主持。"
MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def made() -> bytes:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "某某支部"
    document.add_heading("组织生活", 1)
    document.add_paragraph(SENTENCE)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def changed(package: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The package with each part as `change` gives it; None takes it out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            if (data := change(name, old.read(name))) is not None:
                new.writestr(name, data)
    return buffer.getvalue()


def without(package: bytes, part: str) -> bytes:
    return changed(package, lambda name, data: None if name.startswith(part) else data)


def replaced(package: bytes, part: str, old: bytes, new: bytes) -> bytes:
    def change(name: str, data: bytes) -> bytes:
        assert name != part or old in data
        return data.replace(old, new) if name == part else data

    return changed(package, change)


def test_a_broken_part_without_words_costs_nothing() -> None:
    package = made()
    for part in ("word/theme/theme1.xml", "docProps/thumbnail.jpeg", "word/settings.xml"):
        assert SENTENCE in parse(without(package, part), "a.docx").text
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        theme = archive.getinfo("word/theme/theme1.xml")
    at = theme.header_offset + 60
    assert SENTENCE in parse(package[:at] + bytes(8) + package[at + 8 :], "a.docx").text


@pytest.mark.parametrize(
    "part", ["word/header1.xml", "word/document.xml", "word/styles.xml", "word/_rels/", "_rels/.rels"]
)
def test_a_part_that_holds_words_marks_or_headings_must_be_there(part: str) -> None:
    with pytest.raises(DamagedDocument, match="docx"):
        parse(without(made(), part), "a.docx")


@pytest.mark.parametrize("part", ["word/header1.xml", "word/styles.xml"])
def test_such_a_part_must_be_sound(part: str) -> None:
    with pytest.raises(DamagedDocument, match="docx"):
        parse(replaced(made(), part, b"</w:", b"</v:"), "a.docx")


@pytest.mark.parametrize(
    "kind",
    [
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    ],
)
def test_templates_and_macros_are_refused_by_name(kind: bytes) -> None:
    with pytest.raises(UnsupportedFormat, match="带宏"):
        parse(replaced(made(), "[Content_Types].xml", MAIN, kind), "a.docx")


def test_the_strict_form_is_refused_by_name() -> None:
    office, strict = b"schemas.openxmlformats.org/officeDocument/2006", b"purl.oclc.org/ooxml/officeDocument"
    with pytest.raises(UnsupportedFormat, match="严格"):
        parse(replaced(made(), "_rels/.rels", office, strict), "a.docx")


def test_entities_are_never_resolved() -> None:
    bomb = b'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname"><!ENTITY b "&a;&a;"><!ENTITY c "ccc">]><w:document '
    package = replaced(made(), "word/document.xml", b"<w:document ", bomb)
    package = replaced(package, "word/document.xml", SENTENCE.encode(), SENTENCE.encode() + b"&b;&c;")
    text = parse(package, "a.docx").text
    assert SENTENCE in text
    assert "ccc" not in text


def test_a_style_after_one_of_a_table_still_makes_headings() -> None:
    tables = b'<w:style w:type="table" w:styleId="T1"/><w:style w:type="table" w:styleId="T2"></w:style>'
    package = replaced(made(), "word/styles.xml", b"<w:style ", tables + b"<w:style ")
    heading = parse(package, "a.docx").blocks[0]
    assert (heading.kind, heading.level) == ("heading", 1)


def test_names_in_other_letters_are_found() -> None:
    package = made()
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name.replace("word/header1", "WORD/Header1"), old.read(name))
    parsed = parse(buffer.getvalue(), "a.docx")
    assert parsed.aside == ("某某支部",)
