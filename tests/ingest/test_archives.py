"""Zip archives in a synced folder: members are documents of their own, and no archive stops a sync or swells beyond its limits."""

from __future__ import annotations

import contextlib
import functools
import io
import json
import struct
import time
import zipfile
import zlib
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from samples import zipped

from ingest import archives, zips
from ingest.__main__ import main
from ingest.archives import Refused, listing, read_member
from ingest.discover import discover
from ingest.errors import DamagedDocument, DocumentError, UnsupportedFormat, VanishedDocument
from ingest.index import Index
from ingest.model import SyncReport
from ingest.pipeline import sync
from ingest.testing import HashEmbedder

NOTICE = "关于开展{0}工作的通知\n各支部要按照要求做好{0}工作，按时报送情况。\n"


def named(raw: bytes, data: bytes = b"x", *, extra: bytes = b"") -> bytes:
    """An archive of one stored member whose name is these bytes, without the UTF-8 flag: as old programs write it."""
    local = struct.pack(
        "<4s5H3I2H", b"PK\x03\x04", 20, 0, 0, 0, 33, zlib.crc32(data), len(data), len(data), len(raw), 0
    )
    central = struct.pack(
        "<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 0, 0, 33, zlib.crc32(data), len(data), len(data), len(raw), len(extra),
        0, 0, 0, 0, 0,
    )  # fmt: skip
    start = len(local) + len(raw) + len(data)
    length = len(central) + len(raw) + len(extra)
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, length, start, 0)
    return local + raw + data + central + raw + extra + end


def flagged(archive: bytes, flag: int, *, method: int | None = None) -> bytes:
    """The archive with a flag set, or another packing method written, on its first member."""
    changed = bytearray(archive)
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = archive.index(signature) + at
        changed[place] |= flag
        if method is not None:
            changed[place + 2] = method
    return bytes(changed)


def word(text: str) -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def held(folder: Path, data: bytes, name: str = "附件.zip") -> tuple[dict[str, int], list[tuple[str, str]]]:
    """What a walk of the folder finds in the archive: names with sizes, and the names and reasons of failures."""
    (folder / name).write_bytes(data)
    sources, failures = discover(folder)
    assert all(failure.hint for failure in failures)
    return {source.name: source.size for source in sources}, [(one.source, one.reason) for one in failures]


def test_members_are_sources_of_their_own(tmp_path: Path) -> None:
    data = zipped({"通知.docx": word("植树"), "夹/名单.csv": "姓名".encode(), "夹/": b""})
    found, failures = held(tmp_path, data)
    assert list(found) == sorted(["附件.zip/夹/名单.csv", "附件.zip/通知.docx"])
    assert found["附件.zip/夹/名单.csv"] == 6
    assert failures == []
    assert read_member(tmp_path / "附件.zip", "夹/名单.csv") == "姓名".encode()
    (alone, *_), _ = discover(tmp_path / "附件.zip")
    assert (alone.name, alone.archive) == ("附件.zip/夹/名单.csv", "附件.zip")


NAMES = [
    ("国标", "附件一：名单.txt".encode("gbk"), "附件一：名单.txt"),
    ("生僻字", "朱镕基讲话.txt".encode("gbk"), "朱镕基讲话.txt"),
    ("尾字节是反斜杠", "誠信建设.txt".encode("gbk"), "誠信建设.txt"),
    ("苹果", "党员名单.txt".encode(), "党员名单.txt"),
    ("西文", "Résumé.txt".encode("cp437"), "Résumé.txt"),
    ("西文在中间", "Müller.txt".encode("cp437"), "Müller.txt"),
    ("普通", b"a/b.txt", "a/b.txt"),
    ("反斜杠", b"a\\b.txt", "a/b.txt"),
    ("国标加反斜杠", "文件\\通知.txt".encode("gbk"), "文件/通知.txt"),
]


@pytest.mark.parametrize(("raw", "name"), [row[1:] for row in NAMES], ids=[row[0] for row in NAMES])
def test_names_are_read_as_their_makers_wrote_them(tmp_path: Path, raw: bytes, name: str) -> None:
    found, failures = held(tmp_path, named(raw))
    assert (list(found), failures) == ([f"附件.zip/{name}"], [])
    assert read_member(tmp_path / "附件.zip", name) == b"x"


def test_a_unicode_field_names_the_member_if_it_belongs_to_the_name(tmp_path: Path) -> None:
    raw = b"\x80\x81.txt"
    field = struct.pack("<BI", 1, zlib.crc32(raw)) + "规定.txt".encode()
    extra = struct.pack("<HH", 0x7075, len(field)) + field
    assert list(held(tmp_path, named(raw, extra=extra))[0]) == ["附件.zip/规定.txt"]
    assert list(held(tmp_path, named(b"\x80\x82.txt", extra=extra))[0]) == ["附件.zip/Çé.txt"]


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (b"../../etc/passwd", "之外"),
        (b"a/../../b.txt", "之外"),
        (b"/etc/passwd", "之外"),
        (b"C:\\Windows\\a.txt", "之外"),
        (b"..\\..\\a.txt", "之外"),
        (b"a\nb.txt", "不能用的字符"),
        ("长".encode("gbk") * 300 + b".txt", "过长"),
    ],
)
def test_a_name_that_leads_out_or_is_none_is_refused(tmp_path: Path, raw: bytes, word: str) -> None:
    found, failures = held(tmp_path, named(raw))
    assert found == {}
    ((source, reason),) = failures
    assert source.startswith("附件.zip/")
    assert word in reason
    assert source.isprintable()


def test_a_refused_member_does_not_hold_back_the_others(tmp_path: Path) -> None:
    found, failures = held(tmp_path, zipped({"../甲.txt": b"a", "乙.txt": b"b"}))
    assert list(found) == ["附件.zip/乙.txt"]
    assert [source for source, _ in failures] == ["附件.zip/../甲.txt"]


def test_a_second_member_of_the_same_name_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "附件.zip", "w") as archive:
        archive.writestr("甲.txt", "第一份")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("甲.txt", "第二份")
    sources, (failure,) = discover(tmp_path)
    assert [source.name for source in sources] == ["附件.zip/甲.txt"]
    assert "同名" in failure.reason
    assert read_member(tmp_path / "附件.zip", "甲.txt").decode() == "第一份"


def test_a_link_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("链接.txt")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "附件.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    sources, (failure,) = discover(tmp_path)
    assert (sources, "链接" in failure.reason) == ([], True)


def test_litter_is_left_out_without_a_word(tmp_path: Path) -> None:
    litter = (
        "__MACOSX/._甲.txt",
        ".DS_Store",
        "夹/~$甲.docx",
        "夹/Thumbs.db",
        "甲.txt.meta.toml",
        "manifest.toml",
    )
    found, failures = held(tmp_path, zipped({"甲.txt": b"a", **dict.fromkeys(litter, b"x")}))
    assert (list(found), failures) == (["附件.zip/甲.txt"], [])


@pytest.mark.parametrize("files", [{}, {".DS_Store": b"x"}], ids=["nothing", "litter"])
def test_an_archive_without_files_is_a_failure(tmp_path: Path, files: dict[str, bytes]) -> None:
    assert held(tmp_path, zipped(files)) == ({}, [("附件.zip", "压缩包里没有文件")])


def test_a_member_with_a_password_is_refused(tmp_path: Path) -> None:
    found, ((source, reason),) = held(tmp_path, flagged(zipped({"甲.txt": b"a"}), 1))
    assert (found, source) == ({}, "附件.zip/甲.txt")
    assert "密码" in reason


def test_a_packing_method_that_python_does_not_know_is_told(tmp_path: Path) -> None:
    found, failures = held(
        tmp_path, flagged(zipped({"甲.txt": b"a"}), 0, method=9)
    )  # Deflate64, of large Windows zips
    assert (list(found), failures) == (["附件.zip/甲.txt"], [])
    with pytest.raises(UnsupportedFormat, match="压缩方法"):
        read_member(tmp_path / "附件.zip", "甲.txt")


def test_a_bomb_is_not_opened(tmp_path: Path) -> None:
    began = time.monotonic()
    found, ((source, reason),) = held(tmp_path, zipped({"炸弹.txt": bytes(60_000_000), "甲.txt": b"a"}))
    assert list(found) == ["附件.zip/甲.txt"]
    assert source == "附件.zip/炸弹.txt"
    assert "炸弹" in reason
    assert time.monotonic() - began < 20


def test_a_member_is_never_unpacked_beyond_the_size_it_declares(tmp_path: Path) -> None:
    """A bomb that says it is small: what it holds beyond that is not read, and it counts as damaged."""
    data = bytearray(zipped({"甲.txt": bytes(5_000_000)}))
    for signature, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, bytes(data).index(signature) + at, 10)
    found, _ = held(tmp_path, bytes(data))
    assert found == {"附件.zip/甲.txt": 10}
    with pytest.raises(DamagedDocument, match="压缩包"):
        read_member(tmp_path / "附件.zip", "甲.txt")


LIMITS = [("MOST_MEMBERS", 2, "太多"), ("LARGEST_WHOLE", 250, "解压后过大")]


@pytest.mark.parametrize(("limit", "value", "word"), LIMITS, ids=[row[0] for row in LIMITS])
@pytest.mark.parametrize("nested", [False, True])
def test_an_archive_beyond_its_limits_is_one_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, word: str, *, nested: bool
) -> None:
    """Members of archives inside count, too."""
    monkeypatch.setattr(zips, limit, value)
    three = {f"{n}.txt": bytes(100) for n in range(3)}
    data = zipped({"内.zip": zipped(three)}) if nested else zipped(three)
    found, failures = held(tmp_path, data)
    assert found == {}
    ((source, reason),) = failures
    assert (source, word in reason) == ("附件.zip", True)


def test_a_member_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zips, "LARGEST_MEMBER", 50)
    found, ((source, reason),) = held(tmp_path, zipped({"大.txt": bytes(51), "小.txt": bytes(50)}))
    assert (list(found), source, "过大" in reason) == (["附件.zip/小.txt"], "附件.zip/大.txt", True)


def test_one_archive_inside_another_is_opened_and_no_deeper(tmp_path: Path) -> None:
    data = zipped(
        {
            "内.zip": zipped({"甲.txt": "里面的".encode(), "更里.zip": zipped({"乙.txt": b"b"})}),
            "丙.txt": b"c",
        }
    )
    found, ((source, reason),) = held(tmp_path, data)
    assert list(found) == sorted(["附件.zip/丙.txt", "附件.zip/内.zip/甲.txt"])
    assert source == "附件.zip/内.zip/更里.zip"
    assert "两层" in reason
    assert read_member(tmp_path / "附件.zip", "内.zip/甲.txt").decode() == "里面的"


def test_broken_and_empty_archives_inside_are_failures(tmp_path: Path) -> None:
    inner = zipped({"甲.txt": b"a" * 500})
    data = zipped({"断.zip": inner[:-30], "空.zip": zipped({}), "其实是文.zip": word("植树"), "好.txt": b"a"})
    found, failures = held(tmp_path, data)
    assert set(found) == {"附件.zip/好.txt", "附件.zip/其实是文.zip"}
    assert dict(failures) == {
        "附件.zip/断.zip": "压缩包不完整或已损坏",
        "附件.zip/空.zip": "压缩包里没有文件",
    }


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_cut_off_archive_is_one_failure(tmp_path: Path, share: float) -> None:
    data = zipped({f"{n}.txt": bytes(1000) for n in range(20)})
    assert held(tmp_path, data[: int(len(data) * share)]) == ({}, [("附件.zip", "压缩包不完整或已损坏")])


def test_packages_of_other_formats_are_no_archives(tmp_path: Path) -> None:
    (tmp_path / "报告.docx").write_bytes(word("植树"))
    (tmp_path / "其实是文.zip").write_bytes(word("植树"))
    (tmp_path / "断了.docx").write_bytes(word("植树")[:3000])
    (tmp_path / "版式.ofd").write_bytes(zipped({"OFD.xml": b"<x/>"}))
    (tmp_path / "其实是包.doc").write_bytes(zipped({"甲.txt": b"a"}))
    sources, failures = discover(tmp_path)
    assert {source.name for source in sources} == {
        "报告.docx", "其实是文.zip", "断了.docx", "版式.ofd", "其实是包.doc",
    }  # fmt: skip
    assert failures == []


def test_a_member_that_went_away_is_told(tmp_path: Path) -> None:
    path = tmp_path / "附件.zip"
    path.write_bytes(zipped({"甲.txt": b"a"}))
    with pytest.raises(VanishedDocument, match="变了"):
        read_member(path, "乙.txt")
    path.unlink()
    with pytest.raises(VanishedDocument, match="不见"):
        read_member(path, "甲.txt")


@pytest.mark.parametrize("at", range(0, 400, 9))
def test_a_damaged_archive_raises_nothing_but_document_errors(tmp_path: Path, at: int) -> None:
    data = bytearray(zipped({"甲.txt": b"a" * 99, "内.zip": zipped({"乙.txt": b"b"}), "丙.txt": b"c" * 50}))
    data[at % len(data)] ^= 0xFF
    (tmp_path / "附件.zip").write_bytes(data)
    sources, failures = discover(tmp_path)
    for source in sources:
        if source.archive:
            with contextlib.suppress(DocumentError):
                read_member(source.root / source.archive, source.name.removeprefix("附件.zip/"))
    assert sources or failures


def synced(home: Path, folder: Path) -> tuple[SyncReport, list[str]]:
    index = Index(home, HashEmbedder())
    try:
        report = sync([folder], index)
        return report, sorted(row.source for row in index.documents())
    finally:
        index.close()


def pack(folder: Path, *abouts: str) -> None:
    files = {f"{about}.txt": NOTICE.format(about).encode() for about in abouts}
    (folder / "附件.zip").write_bytes(zipped(files))


def test_a_sync_follows_what_stands_in_an_archive(home: Path, folder: Path) -> None:
    pack(folder, "植树", "防汛")
    report, held_now = synced(home, folder)
    assert (report.added, held_now) == (2, ["附件.zip/植树.txt", "附件.zip/防汛.txt"])
    report, _ = synced(home, folder)
    assert (report.added, report.changed, report.unchanged, report.removed) == (0, 0, 2, 0)
    pack(folder, "防汛", "普法")
    report, held_now = synced(home, folder)
    assert (report.added, report.unchanged, report.removed) == (1, 1, 1)
    assert held_now == ["附件.zip/普法.txt", "附件.zip/防汛.txt"]
    (folder / "附件.zip").unlink()
    assert synced(home, folder)[0].removed == 2


def test_an_archive_that_broke_keeps_what_was_read_of_it(home: Path, folder: Path) -> None:
    pack(folder, "植树")
    synced(home, folder)
    whole = (folder / "附件.zip").read_bytes()
    (folder / "附件.zip").write_bytes(whole[:-10])
    report, held_now = synced(home, folder)
    assert (len(report.failed), report.removed, held_now) == (1, 0, ["附件.zip/植树.txt"])
    (folder / "附件.zip").write_bytes(word("现在是一份文件"))
    report, held_now = synced(home, folder)
    assert (report.added, report.removed, held_now) == (1, 1, ["附件.zip"])


def test_an_archive_alone_can_be_synced(home: Path, folder: Path) -> None:
    pack(folder, "植树", "防汛")
    assert synced(home, folder / "附件.zip")[1] == ["附件.zip/植树.txt", "附件.zip/防汛.txt"]
    pack(folder, "植树")
    assert synced(home, folder / "附件.zip")[1] == ["附件.zip/植树.txt"]


def test_show_and_remove_know_a_member_by_its_name(home: Path, folder: Path) -> None:
    pack(folder, "植树", "防汛")
    ask = functools.partial(CliRunner().invoke, main)
    assert ask(["sync", str(folder), "--home", str(home)]).exit_code == 0
    shown = json.loads(ask(["show", "附件.zip/植树.txt", "--home", str(home), "--json"]).stdout)
    assert (shown["source"], shown["title"]) == ("附件.zip/植树.txt", "关于开展植树工作的通知")
    assert "已移除 附件.zip/植树.txt" in ask(["remove", "附件.zip/植树.txt", "--home", str(home)]).stdout
    status = json.loads(ask(["status", "--home", str(home), "--json"]).stdout)
    assert [row["source"] for row in status["files"]] == ["附件.zip/防汛.txt"]


def test_a_manifest_speaks_of_a_member_by_its_name(home: Path, folder: Path) -> None:
    pack(folder, "植树")
    (folder / "manifest.toml").write_text(
        '[[document]]\nsource = "附件.zip/植树.txt"\ntitle = "植树通知（定稿）"\n', encoding="utf-8"
    )
    synced(home, folder)
    index = Index(home, HashEmbedder())
    assert [row.title for row in index.documents()] == ["植树通知（定稿）"]
    index.close()


def test_a_member_with_a_mark_of_secrecy_is_held_back(home: Path, folder: Path) -> None:
    (folder / "附件.zip").write_bytes(
        zipped({"密.txt": "机密★1年\n关于雪松工作的通知\n".encode(), "甲.txt": b"abc abc"})
    )
    report, held_now = synced(home, folder)
    assert [held.source for held in report.quarantined] == ["附件.zip/密.txt"]
    assert held_now == ["附件.zip/甲.txt"]


def test_a_listing_is_made_once_for_all_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "附件.zip"
    path.write_bytes(zipped({f"{n}.txt": b"a" for n in range(20)}))
    walks = []
    walk = archives._walk
    monkeypatch.setattr(archives, "_walk", lambda *given: walks.append(1) or walk(*given))
    discover(tmp_path)
    for n in range(20):
        read_member(path, f"{n}.txt")
    assert len(walks) == 1


def test_what_is_no_zip_has_no_listing(tmp_path: Path) -> None:
    (tmp_path / "甲.zip").write_bytes(b"text")
    assert listing(tmp_path / "甲.zip") is None
    (tmp_path / "乙.zip").write_bytes(b"PK\x03\x04")
    found = listing(tmp_path / "乙.zip")
    assert found is not None
    assert found.refused == (Refused("", "压缩包不完整或已损坏", DamagedDocument.default_hint),)
