"""Old office formats through LibreOffice: real files that it wrote itself, and a program that plays LibreOffice badly."""

from __future__ import annotations

import functools
import http.server
import io
import os
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import docx
import olefile
import openpyxl
import pptx
import pytest
from pptx.util import Cm

from ingest.compose import sync_folders
from ingest.config import load_settings
from ingest.errors import DamagedDocument, DocumentError, EncryptedDocument, UnsupportedFormat
from ingest.parse import soffice
from ingest.parse.door import parse

SOFFICE = soffice.find()
needs_libreoffice = pytest.mark.skipif(
    SOFFICE is None, reason="no LibreOffice on this machine (Debian: apt-get install libreoffice-writer …)"
)
DUMB_SHELL = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")


def notice_docx() -> bytes:
    document = docx.Document()
    document.add_heading("关于植树工作的通知", 1)
    document.add_paragraph("各支部要按照要求做好植树工作。")
    table = document.add_table(rows=2, cols=2, style="Table Grid")
    for row, texts in zip(table.rows, (("姓名", "职务"), ("王一", "书记")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def slides_pptx() -> bytes:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text_frame.text = "宣讲工作要点"
    slide.shapes.add_textbox(Cm(2), Cm(6), Cm(12), Cm(3)).text_frame.text = "宣讲工作每季度一次"
    buffer = io.BytesIO()
    deck.save(buffer)
    return buffer.getvalue()


def workbook_xlsx() -> bytes:
    book = openpyxl.Workbook()
    for cells in (("姓名", "职务"), ("王一", "书记"), ("李二", "委员")):
        book.active.append(cells)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


MAKERS = {"docx": notice_docx, "pptx": slides_pptx, "xlsx": workbook_xlsx}


@functools.cache
def written(start: str, *suffixes: str) -> bytes:
    """A file of the last suffix, by way of the others: LibreOffice's doc export loses tables of docx, not of odt."""
    assert SOFFICE is not None
    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        file = work / f"a.{start}"
        file.write_bytes(MAKERS[start]())
        for suffix in suffixes:
            subprocess.run(
                [str(SOFFICE), f"-env:UserInstallation={(work / 'profile').as_uri()}", "--headless", "--convert-to",
                 suffix, "--outdir", str(work), str(file)],
                check=True, capture_output=True, timeout=90,
            )  # fmt: skip
            file = work / f"a.{suffix}"
        return file.read_bytes()


WORDS = ["关于植树工作的通知", "各支部要按照要求做好植树工作。", "姓名：王一；职务：书记"]
OLD = [
    (("docx", "odt", "doc"), "通知.doc", "doc", WORDS),
    (("docx", "odt", "doc"), "通知.wps", "wps", WORDS),
    (("docx", "odt", "doc"), "改了名.xls", "doc", WORDS),
    (("docx", "odt", "doc"), "改了名.docx", "doc", WORDS),
    (("docx", "rtf"), "通知.rtf", "rtf", WORDS),
    (("docx", "rtf"), "其实是rtf.doc", "rtf", WORDS),
    (("docx", "odt"), "通知.odt", "odt", WORDS),
    (("pptx", "ppt"), "讲稿.ppt", "ppt", ["宣讲工作要点", "宣讲工作每季度一次"]),
    (("pptx", "ppt"), "讲稿.dps", "dps", ["宣讲工作要点", "宣讲工作每季度一次"]),
    (("pptx", "odp"), "讲稿.odp", "odp", ["宣讲工作要点", "宣讲工作每季度一次"]),
    (("xlsx", "ods"), "名单.ods", "ods", ["第2行 姓名：王一；职务：书记"]),
    (("xlsx", "xls"), "其实是表.doc", "xls", ["第2行 姓名：王一；职务：书记"]),
]


@needs_libreoffice
@pytest.mark.parametrize(("way", "name", "form", "words"), OLD, ids=[row[1] for row in OLD])
def test_an_old_file_is_read_as_what_it_is(
    way: tuple[str, ...], name: str, form: str, words: list[str]
) -> None:
    parsed = parse(written(*way), name)
    assert parsed.format == form
    assert [line for line in words if line not in parsed.text.split("\n")] == []


@needs_libreoffice
def test_headings_and_slides_survive_the_conversion() -> None:
    assert parse(written("docx", "odt", "doc"), "a.doc").blocks[0].kind == "heading"
    assert {block.page for block in parse(written("pptx", "ppt"), "a.ppt").blocks} == {1}


@needs_libreoffice
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
@pytest.mark.parametrize("way", [("docx", "odt", "doc"), ("pptx", "ppt"), ("docx", "odt")], ids="-".join)
def test_a_cut_off_old_file_is_damaged_and_not_half_read(way: tuple[str, ...], share: float) -> None:
    data = written(*way)
    with pytest.raises(DamagedDocument):
        parse(data[: int(len(data) * share)], f"a.{way[-1]}")


def patched(data: bytes, stream: str, at: int, value: bytes) -> bytes:
    """The container with bytes of one of its streams changed."""
    buffer = io.BytesIO(data)
    with olefile.OleFileIO(buffer, write_mode=True) as container:
        content = bytearray(container.openstream(stream).read())
        content[at : at + len(value)] = value
        container.write_stream(stream, bytes(content))
    return buffer.getvalue()


@needs_libreoffice
def test_an_old_file_with_a_password_is_encrypted() -> None:
    """LibreOffice's command line sets no passwords, so the mark that Word and PowerPoint set is set here."""
    word = written("docx", "odt", "doc")
    with olefile.OleFileIO(io.BytesIO(word)) as container:
        (flags,) = struct.unpack("<H", container.openstream("WordDocument").read(12)[10:])
    with pytest.raises(EncryptedDocument, match="密码"):
        parse(patched(word, "WordDocument", 10, struct.pack("<H", flags | 0x0100)), "a.doc")
    slides = written("pptx", "ppt")
    with olefile.OleFileIO(io.BytesIO(slides)) as container:
        at = slides.index(container.openstream("Current User").read())
    locked = slides[: at + 12] + struct.pack("<I", 0xF3D1C4DF) + slides[at + 16 :]
    with pytest.raises(EncryptedDocument, match="密码"):
        parse(locked, "a.ppt")


def repacked(package: bytes, part: str, old: str, new: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as given, zipfile.ZipFile(buffer, "w") as made:
        for entry in given.infolist():
            content = given.read(entry)
            if entry.filename == part:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode(), 1)
            made.writestr(entry.filename, content)
    return buffer.getvalue()


@needs_libreoffice
def test_an_encrypted_open_document_is_encrypted() -> None:
    data = repacked(
        written("docx", "odt"), "META-INF/manifest.xml", "</manifest:manifest>",
        '<manifest:file-entry manifest:full-path="x"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>',
    )  # fmt: skip
    with pytest.raises(EncryptedDocument, match="密码"):
        parse(data, "a.odt")


@pytest.fixture
def calls() -> Iterator[tuple[int, list[str]]]:
    """A web server on this machine, and the requests that it got."""
    asked: list[str] = []

    class Listening(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write("从网上来的话".encode())

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815 - the names are the library's

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listening)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port, asked
    server.shutdown()
    server.server_close()


@needs_libreoffice
def test_linked_content_is_fetched_neither_from_the_network_nor_from_this_computer(
    calls: tuple[int, list[str]], tmp_path: Path
) -> None:
    port, asked = calls
    other = tmp_path / "别的文件.txt"
    other.write_text("别的文件里的话", encoding="utf-8")
    added = (
        '<text:p><draw:frame text:anchor-type="as-char" svg:width="2cm" svg:height="2cm"><draw:image xlink:type="simple" '
        f'xlink:show="embed" xlink:actuate="onLoad" xlink:href="http://127.0.0.1:{port}/a.png"/></draw:frame></text:p>'
        '<text:section text:name="s"><text:section-source xlink:type="simple" xlink:show="embed" text:filter-name="Text" '
        f'xlink:href="{other.as_uri()}"/><text:p>另一节。</text:p></text:section>'
    )
    text = parse(
        repacked(written("docx", "odt"), "content.xml", "</office:text>", f"{added}</office:text>"), "a.odt"
    ).text
    assert asked == []  # LibreOffice as it is installed does ask
    assert "另一节。" in text
    assert "别的文件里的话" not in text


@needs_libreoffice
def test_several_processes_convert_at_once() -> None:
    data = written("docx", "odt", "doc")
    with ProcessPoolExecutor(3, mp_context=get_context("spawn")) as pool:
        texts = list(pool.map(_text, [data] * 4))
    assert [text.split("\n")[1] for text in texts] == [WORDS[1]] * 4


def _text(data: bytes) -> str:
    return parse(data, "a.doc").text


@needs_libreoffice
def test_a_process_that_ends_leaves_no_folder_behind(tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_bytes(rb"{\rtf1\ansi text}")
    script = "import sys; from ingest.parse.door import parse; print(parse(open(sys.argv[1], 'rb').read(), 'a.rtf').text)"
    ended = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "a.rtf")],
        check=True, capture_output=True, text=True, env={**os.environ, "TMPDIR": str(tmp_path)},
    )  # fmt: skip
    assert ended.stdout.strip() == "text"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("dangwu")] == []


RTF = rb"{\rtf1\ansi text}"


@pytest.mark.parametrize(
    ("name", "data", "new"), [("旧.rtf", RTF, "docx"), ("旧.ods", None, "xlsx")], ids=["rtf", "ods"]
)
def test_without_libreoffice_the_hint_says_where_to_get_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, data: bytes | None, new: str
) -> None:
    if data is None:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as package:
            package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            package.writestr("content.xml", "<x/>")
        data = buffer.getvalue()
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(soffice, "_usual_places", lambda: iter(()))
    with pytest.raises(UnsupportedFormat, match="LibreOffice") as caught:
        parse(data, name)
    assert "安装 LibreOffice" in caught.value.hint
    assert f"另存为 {new}" in caught.value.hint


def test_a_setting_that_names_no_program_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(soffice.PROGRAM, str(tmp_path / "soffice"))
    with pytest.raises(DocumentError, match=r"office\.program") as caught:
        parse(RTF, "a.rtf")
    assert "soffice" in caught.value.hint


def played(folder: Path, monkeypatch: pytest.MonkeyPatch, does: str) -> None:
    """Puts a program in LibreOffice's place; `$out` is the folder that it should write to, `$given` the file."""
    program = folder / "soffice"
    program.write_text(
        '#!/bin/sh\nfor given; do [ "$last" = --outdir ] && out="$given"; last="$given"; done\n' + does + "\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv(soffice.PROGRAM, str(program))


@DUMB_SHELL
def test_a_conversion_that_never_ends_is_killed_with_its_children(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    played(tmp_path, monkeypatch, f"(sleep 3; touch {tmp_path}/survived) &\nsleep 60")
    monkeypatch.setenv(soffice.TIMEOUT, "0.5")
    began = time.monotonic()
    with pytest.raises(DocumentError, match=r"超过 0\.5 秒"):
        parse(RTF, "a.rtf")
    assert time.monotonic() - began < 2.5
    time.sleep(max(0.0, 4 - (time.monotonic() - began)))
    assert not (tmp_path / "survived").exists()


@DUMB_SHELL
@pytest.mark.parametrize(
    ("does", "kind", "word"),
    [
        ("exit 0", DamagedDocument, "打不开"),
        ('mkdir -p "$out"; : > "$out/given.docx"', DamagedDocument, "打不开"),
        ('mkdir -p "$out"; echo rubbish > "$out/given.docx"', DamagedDocument, "docx"),
        ("exit 77", DocumentError, "退出码 77"),
        ('mkdir -p "$out"; cp "$given" "$out/given.docx"; exit 1', DocumentError, "退出码 1"),
        ("kill -9 $$", DocumentError, "退出码 -9"),
    ],
    ids=["no output", "empty output", "rubbish", "exit code", "output and exit code", "killed"],
)
def test_a_conversion_that_fails_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, does: str, kind: type[DocumentError], word: str
) -> None:
    played(tmp_path, monkeypatch, does)
    with pytest.raises(DocumentError, match=word) as caught:
        parse(RTF, "a.rtf")
    assert isinstance(caught.value, kind)
    assert kind is not DocumentError or type(caught.value) is DocumentError


@DUMB_SHELL
@pytest.mark.parametrize("seconds", ["很久", "0", "-1", "nan"])
def test_a_time_limit_that_is_none_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, seconds: str
) -> None:
    played(tmp_path, monkeypatch, "exit 0")
    monkeypatch.setenv(soffice.TIMEOUT, seconds)
    with pytest.raises(DocumentError, match=r"office\.timeout"):
        parse(RTF, "a.rtf")


@DUMB_SHELL
def test_a_file_that_is_too_large_is_not_given_to_libreoffice(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    played(tmp_path, monkeypatch, f"touch {tmp_path}/asked")
    monkeypatch.setattr("ingest.parse.office._LARGEST", 10)
    with pytest.raises(DamagedDocument, match="过大"):
        parse(RTF, "a.rtf")
    assert not (tmp_path / "asked").exists()


@DUMB_SHELL
def test_a_temporary_folder_that_cannot_be_written_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    played(tmp_path, monkeypatch, "exit 0")
    (tmp_path / "file").touch()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "file"))
    monkeypatch.setattr(soffice, "_OWN", {})
    with pytest.raises(DocumentError, match="临时文件夹") as caught:
        parse(RTF, "a.rtf")
    assert "磁盘空间" in caught.value.hint


@DUMB_SHELL
def test_a_sync_hands_the_settings_to_the_parser(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, home: Path
) -> None:
    """config.toml of the home, which parsers do not read."""
    played(tmp_path, monkeypatch, "sleep 60")
    program = os.environ[soffice.PROGRAM]
    monkeypatch.setenv(soffice.TIMEOUT, "")  # both are put back after the test
    monkeypatch.setenv(soffice.PROGRAM, "")
    monkeypatch.delenv(soffice.TIMEOUT)
    monkeypatch.delenv(soffice.PROGRAM)
    (home / "config.toml").write_text(f'[office]\nprogram = "{program}"\ntimeout = 0.25\n', encoding="utf-8")
    folder = tmp_path / "资料"
    folder.mkdir()
    (folder / "旧.rtf").write_bytes(RTF)
    report = sync_folders(load_settings(home), [folder])
    assert ["超过 0.25 秒" in failure.reason for failure in report.failed] == [True]
