"""Packages that would swell are refused before anything is unpacked; whose error an error is, is told by where it arose."""

from __future__ import annotations

import io
import json
import random
import zipfile

import pytest
from everything import good

from ingest.errors import DamagedDocument, EncryptedDocument
from ingest.parse.broken import Unreadable, told_as
from ingest.parse.door import parse
from ingest.parse.package import opened

OFFICE = ("文字.docx", "表格.xlsx", "讲稿.pptx", "版式.ofd")


def with_part(package: bytes, name: str, data: bytes) -> bytes:
    buffer = io.BytesIO(package)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize("name", OFFICE)
def test_a_picture_that_unpacks_to_sixty_megabytes_of_nothing_is_a_bomb(name: str) -> None:
    package, _ = good(scans=False)[name]
    assert parse(package, name).text
    with pytest.raises(DamagedDocument, match="过大"):
        parse(with_part(package, "word/media/image1.bmp", bytes(60_000_000)), name)


def test_a_film_as_large_that_was_packed_before_is_none() -> None:
    film = random.Random(1).randbytes(60_000_000)
    opened(with_part(good(scans=False)["讲稿.pptx"][0], "ppt/media/film.mp4", film), "pptx").close()


@pytest.mark.parametrize("part", ["xl/worksheets/sheet9.xml", "xl/sharedStrings9.xml"])
def test_a_part_that_is_streamed_may_be_larger(monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    monkeypatch.setattr("ingest.zips.MOST_OF_ONE", 1_000_000)
    package = with_part(good(scans=False)["表格.xlsx"][0], part, bytes(2_000_000))
    if part.startswith("xl/worksheets/"):
        opened(package, "xlsx", streamed="xl/worksheets/").close()
    else:
        with pytest.raises(DamagedDocument, match="过大"):
            opened(package, "xlsx", streamed="xl/worksheets/")


def test_many_parts_together_are_refused_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.zips.MOST_GROWTH", 1_000_000)
    package = good(scans=False)["文字.docx"][0]
    for number in range(3):
        package = with_part(package, f"word/media/{number}.bmp", bytes(400_000))
    with pytest.raises(DamagedDocument, match="过大"):
        parse(package, "a.docx")


@pytest.mark.parametrize("name", OFFICE)
def test_a_password_on_any_part_is_told(name: str) -> None:
    package = bytearray(good(scans=False)[name][0])
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        package[package.find(mark) + offset] |= 1
    with pytest.raises(EncryptedDocument, match="密码"):
        parse(bytes(package), name)


def test_what_a_library_raises_is_the_files_fault() -> None:
    for broken in (
        lambda: json.loads("{"),
        lambda: zipfile.ZipFile(io.BytesIO(b"PK")),
        b"\xff".decode,
    ):
        with pytest.raises(Unreadable, match="读不出来"), told_as("读不出来"):
            broken()


def test_what_our_own_code_raises_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake in a parser must not pass for a damaged file."""
    monkeypatch.setattr("ingest.parse.docx._TRACKED", None)
    with pytest.raises(TypeError):
        parse(good(scans=False)["文字.docx"][0], "a.docx")
