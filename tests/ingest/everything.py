"""Makes one file of every kind that an office has, good and bad, with one sentence of its own in each."""

from __future__ import annotations

import email.message
import io
import zipfile
from functools import cache
from pathlib import Path

import docx
import openpyxl
import pptx
import xlwt
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from ofd_samples import image, words, written_ofd
from PIL import Image, ImageDraw
from pptx.util import Cm
from samples import font, pdf, saved

from ingest.parse import soffice

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


def notice(about: str) -> str:
    """A title, and two paragraphs whose words hold `about`."""
    return (
        f"关于{about}工作的通知\n各支部要按照要求做好{about}工作，按时报送情况。\n{about}工作每年开展一次。\n"
    )


def good(*, scans: bool) -> dict[str, tuple[bytes, str]]:
    """File name -> its bytes and a sentence that must be found; `scans`: also files that only OCR can read."""
    files = {
        "国标.txt": (notice("植树").encode("gb18030"), "植树工作每年开展一次。"),
        "大五码.txt": (
            "關於讀書工作的通知\n各支部應當按照要求做好讀書工作，並將情況報告上級黨組織。\n".encode("big5"),
            "各支部應當按照要求做好讀書工作",
        ),
        "十六位.txt": (notice("巡河").encode("utf-16"), "巡河工作每年开展一次。"),
        "标记.md": (f"# {notice('防汛')}".encode(), "防汛工作每年开展一次。"),
        "文字.docx": (_word(notice("普法")), "普法工作每年开展一次。"),
        "文字.pdf": (pdf([notice("扶贫").splitlines()]), "扶贫工作每年开展一次。"),
        "表格.xlsx": (_workbook(), "姓名：王一；职务：书记"),
        "旧表.xls": (_old_workbook(), "姓名：赵二；职务：委员"),
        "名单.csv": ("姓名,职务\n钱三,组长\n孙四,组员\n".encode("gb18030"), "姓名：钱三；职务：组长"),
        "讲稿.pptx": (_slides("宣讲工作要点", "宣讲工作每季度一次"), "宣讲工作每季度一次"),
        "网页.html": (_page("环保").encode(), "环保工作每年开展一次。"),
        "存页.mhtml": (_archived(_page("禁毒")), "禁毒工作每年开展一次。"),
        "版式.ofd": (_ofd("消防工作每年开展一次。"), "消防工作每年开展一次。"),
        "附件.zip/附件一：征兵.docx": (b"", "征兵工作每年开展一次。"),
        "附件.zip/附件二/禁烟.txt": (b"", "禁烟工作每年开展一次。"),
        "越界.zip/好的.txt": (b"", "拆违工作每年开展一次。"),
        "修订.docx": (_revised(), "修路工作每年开展三次。"),
    }
    if old := _old_word():
        files["旧文.doc"] = (old, "修桥工作每年开展一次。")
    if scans:
        picture = _drawn(notice("民调").splitlines())
        files["照片.png"] = (picture, "民调工作每年开展一次")
        files["扫描.pdf"] = (pdf([_picture(notice("换届").splitlines())]), "换届工作每年开展一次")
        files["扫描.ofd"] = (_ofd(_drawn(notice("消杀").splitlines())), "消杀工作每年开展一次")
    return files


def bad() -> dict[str, tuple[bytes, str]]:
    """File name -> its bytes and a word of the reason why it is not read."""
    return {
        "压缩炸弹.zip/炸弹.txt": (b"", "炸弹"),
        "越界.zip/../../越界.txt": (b"", "压缩包之外"),
        "断了.zip": (_zip({"甲.txt": notice("半截").encode()})[:-9], "压缩包"),
        "打包.rar": (b"Rar!\x1a\x07\x00" + bytes(20), "压缩包"),
        "加密.docx": (_OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
        "坏旧文.doc": (_OLE + "WordDocument".encode("utf-16-le"), "旧版 Word"),
        "断了.pdf": (pdf([notice("半截").splitlines()])[:300], "pdf"),
        "断了.docx": (_word(notice("半截"))[:5000], "docx"),
        "断了.xlsx": (_workbook()[:2000], "xlsx"),
        "断了.pptx": (_slides("半截", "半截")[:5000], "pptx"),
        "断了.png": (_blank_picture()[:60], "图片"),
        "空的.txt": (b"", "空的"),
        "设置.json": (b'{"a": 1}', "json"),
    }


def archives() -> dict[str, bytes]:
    """Archives whose members stand in `good` and `bad` with no bytes of their own."""
    old_names = {
        "附件一：征兵.docx": _word(notice("征兵")),
        "附件二/禁烟.txt": notice("禁烟").encode("gb18030"),
    }
    return {
        "附件.zip": _zip(old_names, encoding="gbk"),
        "压缩炸弹.zip": _zip({"炸弹.txt": bytes(30_000_000)}),
        "越界.zip": _zip({"../../越界.txt": b"x", "好的.txt": notice("拆违").encode()}),
    }


SECRET = {"涉密.docx": ("机密★1年\n" + notice("雪松"), "机密★1年")}


def build(folder: Path, *, scans: bool) -> None:
    for name, (data, _) in (good(scans=scans) | bad()).items():
        if ".zip/" not in name:
            (folder / name).write_bytes(data)
    for name, data in archives().items():
        (folder / name).write_bytes(data)
    for name, (text, _) in SECRET.items():
        (folder / name).write_bytes(_word(text))


def _word(text: str) -> bytes:
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    return saved(document)


@cache
def _old_word() -> bytes | None:
    """None without LibreOffice, which writes it."""
    if (program := soffice.find()) is None:
        return None
    return soffice.convert(program, _word(notice("修桥")), "docx", "MS Word 2007 XML", "doc:MS Word 97")


def _revised() -> bytes:
    """A paragraph with a tracked deletion and insertion: 两次 becomes 三次."""
    document = docx.Document()
    for line in notice("修路").splitlines()[:2]:
        document.add_paragraph(line)
    changed = "".join(
        f'<w:{tag} w:id="{n}" w:author="a"><w:r><w:{text}>{word}</w:{text}></w:r></w:{tag}>'
        for n, (tag, text, word) in enumerate((("del", "delText", "两"), ("ins", "t", "三")))
    )
    paragraph = (
        f"<w:p {nsdecls('w')}><w:r><w:t>修路工作每年开展</w:t></w:r>{changed}<w:r><w:t>次。</w:t></w:r></w:p>"
    )
    document.element.body.insert(2, parse_xml(paragraph))
    return saved(document)


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "委员"
    for cells in (("青山支部委员名单",), ("姓名", "职务"), ("王一", "书记"), ("李二", "委员")):
        sheet.append(cells)
    sheet.merge_cells("A1:B1")
    return saved(book)


def _old_workbook() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    for row, cells in enumerate((("姓名", "职务"), ("赵二", "委员"), ("周五", "书记"))):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    return saved(book)


def _slides(title: str, text: str) -> bytes:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text_frame.text = title
    slide.shapes.add_textbox(Cm(2), Cm(6), Cm(12), Cm(3)).text_frame.text = text
    return saved(deck)


def _page(about: str) -> str:
    title, *lines = notice(about).splitlines()
    body = "".join(f"<p>{line}</p>" for line in lines)
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"


def _archived(page: str) -> bytes:
    message = email.message.EmailMessage()
    message["Subject"] = "page"
    message.set_content(page, subtype="html", charset="utf-8")
    return message.as_bytes()


def _ofd(page: str | bytes) -> bytes:
    """One page: a line of text, or a picture that covers it."""
    if isinstance(page, str):
        return written_ofd([words(page, 30, 50)])
    return written_ofd([image(21)], pictures={21: ("a.png", page)})


def _picture(lines: list[str]) -> Image.Image:
    page = Image.new("RGB", (1240, 620), "white")
    pen = ImageDraw.Draw(page)
    for number, line in enumerate(lines):
        pen.text((120, 90 + 70 * number), line, font=font(36), fill=(15, 15, 15))
    return page


def _drawn(lines: list[str]) -> bytes:
    return saved(_picture(lines), "PNG")


def _blank_picture() -> bytes:
    return saved(Image.new("RGB", (300, 300), "white"), "PNG")


def _zip(files: dict[str, bytes], encoding: str = "utf-8") -> bytes:
    """Names in another encoding than UTF-8 carry no flag that says so, as old programs write them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(_OldName(name, encoding) if encoding != "utf-8" else name, data)
    return buffer.getvalue()


class _OldName(zipfile.ZipInfo):
    """An entry whose name is written in the encoding given."""

    def __init__(self, name: str, encoding: str) -> None:
        super().__init__(name)
        self._raw = name.encode(encoding)
        self.compress_type = zipfile.ZIP_DEFLATED

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - zipfile asks it for the name's bytes
        return self._raw, self.flag_bits & ~0x800
