"""Old office formats, and those of other programs: LibreOffice turns them into docx, xlsx or pptx, whose parsers do the rest.

LibreOffice is no part of this program; where it is not installed, the refusal says where to get it.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, replace
from pathlib import PurePath

from ingest.errors import (
    ConfigError,
    DamagedDocument,
    DocumentError,
    EncryptedDocument,
    UnsupportedFormat,
    os_words,
)
from ingest.model import Parsed
from ingest.parse import ole, soffice
from ingest.parse.broken import told_as
from ingest.parse.package import opened

_LARGEST = 200_000_000  # bytes of a file that is given to LibreOffice, unpacked where it is a package
_GET_IT = "请安装 LibreOffice（免费，官网 zh-cn.libreoffice.org，装好不用联网）后再同步，或用 Word、WPS 另存为 {new} 后再同步。"
_WRITES = {
    "docx": "docx:MS Word 2007 XML",
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
    "pptx": "pptx:Impress MS PowerPoint 2007 XML",
}


@dataclass(frozen=True, slots=True)
class Old:
    """A format that is converted: `form` of a document, what people call it, LibreOffice's import filter, what it becomes."""

    form: str
    title: str
    reads: str
    new: str


_WORD = Old("doc", ole.title("word"), "MS Word 97", "docx")
_SLIDES = Old("ppt", ole.title("slides"), "MS PowerPoint 97", "pptx")
_SHEET = Old("xls", ole.title("sheet"), "MS Excel 97", "xlsx")
_RTF = Old("rtf", "RTF 文档", "Rich Text Format", "docx")
_OPEN_DOCUMENTS = {
    "text": Old("odt", "OpenDocument 文字（odt）", "writer8", "docx"),
    "spreadsheet": Old("ods", "OpenDocument 表格（ods）", "calc8", "xlsx"),
    "presentation": Old("odp", "OpenDocument 演示（odp）", "impress8", "pptx"),
}
# The same formats under the names that WPS Office gives its files.
_OWN_NAMES = {"doc": (".wps", ".wpt"), "ppt": (".dps", ".dpt"), "xls": (".et", ".ett")}


def parse_ole(data: bytes, name: str) -> Parsed:
    """A file of Office 97 or old WPS, told by its streams; `name` only decides whether its format is called doc or wps.

    Raises EncryptedDocument, DamagedDocument, UnsupportedFormat (no LibreOffice, or no document), DocumentError.
    """
    program = ole.program_of(data)
    if program == "word":
        return _converted(data, _WORD, name)
    if program == "slides":
        return _converted(data, _SLIDES, name)
    if program == "sheet":
        return _sheet(data, name)
    hint = (
        "请把其中的文字复制到 docx 或 txt 文件里再同步。"
        if program == "mail"
        else "请用 Word 或 WPS 打开，另存为 docx 后再同步。"
    )
    raise UnsupportedFormat(f"暂不支持的格式：{ole.title(program)}", hint=hint)


def parse_rtf(data: bytes, name: str) -> Parsed:
    """Raises as `parse_ole`."""
    return _converted(data, _RTF, name)


def parse_open_document(data: bytes, name: str) -> Parsed:
    """An odt, ods or odp package (or a template of one). Raises as `parse_ole`."""
    with opened(data, "OpenDocument 文档") as package, told_as("OpenDocument 文档不完整或已损坏"):
        if sum(entry.file_size for entry in package.infolist()) > _LARGEST:
            raise DamagedDocument("OpenDocument 文档解压后过大，不像正常的文档")
        manifest = _part(package, "META-INF/manifest.xml")
        mimetype = _part(package, "mimetype").decode("ascii", "replace").strip()
    if b"encryption-data" in manifest:
        raise EncryptedDocument("文件设有打开密码，无法读取")
    kind = mimetype.rpartition(".")[2].removesuffix("-template")
    if (old := _OPEN_DOCUMENTS.get(kind)) is None:
        raise UnsupportedFormat(
            "暂不支持的格式：OpenDocument 文档（不是文字、表格或演示）",
            hint="请用原来的软件打开，另存为 docx 后再同步。",
        )
    return _converted(data, old, name)


def _part(package: zipfile.ZipFile, name: str) -> bytes:
    return package.read(name) if name in package.namelist() else b""


def _sheet(data: bytes, name: str) -> Parsed:
    """By xlrd, which reads what Excel and WPS write; what it cannot read gets a second chance with LibreOffice."""
    from ingest.parse.sheets import parse_xls

    try:
        return parse_xls(data)
    except DamagedDocument as damaged:
        try:
            return _converted(data, _SHEET, name)
        except DocumentError as also:
            raise damaged from also


def _converted(data: bytes, old: Old, name: str) -> Parsed:
    if len(data) > _LARGEST:
        raise DamagedDocument(f"{old.title}过大（超过 {_LARGEST // 1_000_000} MB），没有转换")
    try:
        if (program := soffice.find()) is None:
            raise UnsupportedFormat(
                f"暂不支持的格式：{old.title}，要靠 LibreOffice 转换，这台电脑没有安装",
                hint=_GET_IT.format(new=old.new),
            )
        new = soffice.convert(program, data, old.form, old.reads, _WRITES[old.new])
    except ConfigError as error:  # a wrong setting spoils these files only
        raise DocumentError(str(error), hint=error.hint) from error
    except OSError as error:
        reason = f"转换{old.title}时，临时文件夹写不进去（{os_words(error)}）"
        raise DocumentError(reason, hint="请检查磁盘空间和临时文件夹的权限，再同步一次。") from error
    if new is None:
        raise DamagedDocument(f"{old.title}不完整或已损坏，LibreOffice 打不开")
    return replace(_parse_new(new, old.new), format=_form(old, name))


def _parse_new(data: bytes, new: str) -> Parsed:
    if new == "docx":
        from ingest.parse.docx import parse_docx

        return parse_docx(data)
    if new == "xlsx":
        from ingest.parse.sheets import parse_xlsx

        return parse_xlsx(data)
    from ingest.parse.pptx import parse_pptx

    return parse_pptx(data)


def _form(old: Old, name: str) -> str:
    suffix = PurePath(name).suffix.lower()
    return suffix[1:] if suffix in _OWN_NAMES.get(old.form, ()) else old.form
