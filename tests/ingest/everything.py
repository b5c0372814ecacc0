"""Makes one file of every kind that an office has, good and bad, with one sentence of its own in each."""

from __future__ import annotations

import email.message
import io
import zipfile
from pathlib import Path

import docx
import openpyxl
import pptx
import xlwt
from ofd_samples import image, words, written_ofd
from PIL import Image, ImageDraw
from pptx.util import Cm
from samples import font, pdf, saved

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
    }
    if scans:
        picture = _drawn(notice("民调").splitlines())
        files["照片.png"] = (picture, "民调工作每年开展一次")
        files["扫描.pdf"] = (pdf([_picture(notice("换届").splitlines())]), "换届工作每年开展一次")
        files["扫描.ofd"] = (_ofd(_drawn(notice("消杀").splitlines())), "消杀工作每年开展一次")
    return files


def bad() -> dict[str, tuple[bytes, str]]:
    """File name -> its bytes and a word of the reason why it is not read."""
    return {
        "打包.zip": (_zip({"甲.txt": b"abc"}), "压缩包"),
        "打包.rar": (b"Rar!\x1a\x07\x00" + bytes(20), "压缩包"),
        "加密.docx": (_OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
        "旧文.doc": (_OLE + "WordDocument".encode("utf-16-le"), "旧版 Word"),
        "断了.pdf": (pdf([notice("半截").splitlines()])[:300], "pdf"),
        "断了.docx": (_word(notice("半截"))[:5000], "docx"),
        "断了.xlsx": (_workbook()[:2000], "xlsx"),
        "断了.pptx": (_slides("半截", "半截")[:5000], "pptx"),
        "断了.png": (_blank_picture()[:60], "图片"),
        "空的.txt": (b"", "空的"),
        "设置.json": (b'{"a": 1}', "json"),
    }


SECRET = {"涉密.docx": ("机密★1年\n" + notice("雪松"), "机密★1年")}


def build(folder: Path, *, scans: bool) -> None:
    for name, (data, _) in (good(scans=scans) | bad()).items():
        (folder / name).write_bytes(data)
    for name, (text, _) in SECRET.items():
        (folder / name).write_bytes(_word(text))


def _word(text: str) -> bytes:
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
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


def _zip(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()
