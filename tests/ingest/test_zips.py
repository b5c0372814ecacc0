"""What holds for every zip: entries are counted before it is opened, it is parsed once, and only what is named zip is a folder."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import psutil
import pytest
from samples import zipped

from ingest import archives, zips
from ingest.archives import read_member, remembered
from ingest.discover import discover
from ingest.errors import DamagedDocument, DocumentError, EncryptedDocument, UnsupportedFormat
from ingest.index import Index
from ingest.parse.door import parse
from ingest.parse.package import opened
from ingest.pipeline import sync


def many(number: int) -> bytes:
    return zipped({f"{n:04}.txt": b"a" for n in range(number)})


def lying(data: bytes) -> bytes:
    """The archive, whose end says that it holds one entry."""
    end = data.rindex(b"PK\x05\x06")
    return data[: end + 8] + b"\x01\x00\x01\x00" + data[end + 12 :]


def large(data: bytes) -> bytes:
    """The archive with the end that archives of more than 65,535 entries have, where the plain one says nothing."""
    end = data.rindex(b"PK\x05\x06")
    count, size, offset = (
        int.from_bytes(data[end + a : end + b], "little") for a, b in ((10, 12), (12, 16), (16, 20))
    )
    end_64 = b"PK\x06\x06" + (44).to_bytes(8, "little") + b"\x2d\x00\x2d\x00" + bytes(8)
    end_64 += b"".join(one.to_bytes(8, "little") for one in (count, count, size, offset))
    locator = b"PK\x06\x07" + bytes(4) + end.to_bytes(8, "little") + (1).to_bytes(4, "little")
    return data[:end] + end_64 + locator + b"PK\x05\x06" + bytes(4) + b"\xff" * 12 + bytes(2)


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What was opened as a zip."""
    found: list[object] = []
    real = zipfile.ZipFile

    class Counted(real):  # type: ignore[misc, valid-type]
        def __init__(self, file: object, *given: str) -> None:
            found.append(file)
            super().__init__(file, *given)

    monkeypatch.setattr(zipfile, "ZipFile", Counted)
    return found


@pytest.mark.parametrize("made", [bytes, lying, large], ids=["honest", "lying", "zip64"])
def test_too_many_entries_are_told_before_anything_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: type, parsed: list[object]
) -> None:
    monkeypatch.setattr(zips, "MOST_ENTRIES", 100)
    data = made(many(101))
    fits, parsed[:] = made(many(100)), []
    (tmp_path / "多.zip").write_bytes(data)
    (tmp_path / "外.zip").write_bytes(zipped({"内.zip": data}))
    parsed.clear()
    sources, failures = discover(tmp_path)
    assert sources == []
    assert {one.source: "太多" in one.reason for one in failures} == {"多.zip": True, "外.zip": True}
    assert len(parsed) == 1  # the outer one
    for read in (lambda: parse(data, "甲.docx"), lambda: opened(data, "docx")):
        with pytest.raises(DamagedDocument, match=r"太多|过大"):
            read()
    assert len(parsed) == 1
    assert not zips.too_many_entries(io.BytesIO(fits))
    assert len(zipfile.ZipFile(io.BytesIO(fits)).namelist()) == 100


def test_a_signature_that_lies_across_two_pieces_is_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zips, "MOST_ENTRIES", 40)
    for piece in range(20, 120):
        monkeypatch.setattr(zips, "_PIECE", piece)
        assert not zips.too_many_entries(io.BytesIO(many(40)))
        assert zips.too_many_entries(io.BytesIO(many(41)))


def test_an_archive_is_parsed_once_for_all_its_members(tmp_path: Path, parsed: list[object]) -> None:
    path = tmp_path / "附件.zip"
    path.write_bytes(zipped({"内.zip": many(30), **{f"{n}.txt": b"b" for n in range(30)}}))
    parsed.clear()
    with remembered():
        sources, _ = discover(tmp_path)
        for source in sources:
            read_member(path, source.name.removeprefix("附件.zip/"))
        assert len(sources) == 60
        assert len(parsed) == 3  # and the inner one for its names, and for its bytes
    assert archives._opened.cache_info().currsize == archives._inner_archive.cache_info().currsize == 0


def test_no_archive_stays_open(tmp_path: Path) -> None:
    """On Windows nobody could delete it."""
    path = tmp_path / "附件.zip"
    path.write_bytes(many(3))
    discover(tmp_path)
    read_member(path, "0001.txt")
    (tmp_path / "坏.zip").write_bytes(many(3)[:-9])
    discover(tmp_path)
    assert [one.path for one in psutil.Process().open_files() if one.path.endswith(".zip")] == []


def test_a_second_sync_parses_an_archive_a_few_times_and_not_for_each_member(
    index: Index, folder: Path, parsed: list[object]
) -> None:
    files = {f"{n}.txt": f"{n}号通知\n第{n}次活动安排在星期五。".encode() for n in range(20)}
    (folder / "附件.zip").write_bytes(zipped(files))
    assert sync([folder], index).added == 20
    parsed.clear()
    assert sync([folder], index).unchanged == 20
    assert len(parsed) == 1
    assert archives._opened.cache_info().currsize == 0


def test_an_archive_inside_that_is_too_large_to_hold_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zips, "LARGEST_INNER", 100)
    (tmp_path / "外.zip").write_bytes(zipped({"内.zip": many(3), "甲.txt": b"a"}))
    sources, (failure,) = discover(tmp_path)
    assert [source.name for source in sources] == ["外.zip/甲.txt"]
    assert (failure.source, "过大" in failure.reason) == ("外.zip/内.zip", True)


PACKED = [
    ("文稿.pages", {"Index/Document.iwa": b"x", "preview.jpg": b"x"}, UnsupportedFormat),
    ("导图.xmind", {"content.json": b"{}", "metadata.json": b"{}"}, UnsupportedFormat),
    ("程序.jar", {"META-INF/MANIFEST.MF": b"x", "甲.txt": b"x"}, UnsupportedFormat),
    ("画.vsdx", {"[Content_Types].xml": b"<x/>", "visio/document.xml": b"<x/>"}, UnsupportedFormat),
    ("书.epub", {"mimetype": b"x", "META-INF/container.xml": b"<x/>"}, UnsupportedFormat),
    ("空壳.docx", {"[Content_Types].xml": b"<x/>"}, DamagedDocument),
]  # fmt: skip


@pytest.mark.parametrize(("name", "files", "kind"), PACKED, ids=[row[0] for row in PACKED])
def test_what_another_program_packed_is_one_failure(
    index: Index, folder: Path, name: str, files: dict[str, bytes], kind: type[DocumentError]
) -> None:
    (folder / name).write_bytes(zipped(files))
    (failure,) = sync([folder], index).failed
    assert failure.source == name
    with pytest.raises(kind) as caught:
        parse(zipped(files), name)
    assert (str(caught.value), caught.value.hint) == (failure.reason, failure.hint)


def test_an_open_document_goes_through_the_same_gate() -> None:
    office = "application/vnd.oasis.opendocument.text"
    package = {"mimetype": office.encode(), "content.xml": b"<x/>"}
    with pytest.raises(DamagedDocument, match="过大"):
        parse(zipped({**package, "Pictures/甲.bmp": bytes(60_000_000)}), "甲.odt")
    locked = bytearray(zipped(package))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.find(mark) + offset] |= 1
    with pytest.raises(EncryptedDocument, match="密码"):
        parse(bytes(locked), "甲.odt")
