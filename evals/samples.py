"""Files to measure reading on, made anew each time: pages of given lines as PDF, as scans, as DOCX and as OFD."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

LINES = 30  # a page
_FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "C:/Windows/Fonts/simsun.ttc",
    "/System/Library/Fonts/PingFang.ttc",
)
_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def font() -> str | None:
    """A Chinese font of this machine; scans cannot be made without one."""
    return next((name for name in _FONTS if Path(name).exists()), None)


def lines_of(folder: Path, count: int) -> list[str]:
    """`count` lines of at most 34 characters from the texts under `folder`, else of a sentence written for this."""
    found: list[str] = []
    for path in sorted(folder.rglob("*.txt")) if folder.is_dir() else ():
        text = "".join(path.read_text(encoding="utf-8", errors="replace").split())
        found += [text[at : at + 34] for at in range(0, len(text), 34)]
        if len(found) >= count:
            return found[:count]
    return found + [
        f"第{n}项工作由承办单位负责，每年向支部大会公布一次结果。" for n in range(count - len(found))
    ]


def write_pdf(path: Path, pages: Sequence[Sequence[str]]) -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(path))
    for lines in pages:
        canvas.setFont("STSong-Light", 12)
        for number, line in enumerate(lines):
            canvas.drawString(72, 770 - 24 * number, line)
        canvas.showPage()
    canvas.save()


def write_scan(path: Path, pages: Sequence[Sequence[str]], font_file: str) -> None:
    """A PDF whose pages are pictures, of A4 at 150 dots an inch."""
    from PIL import Image, ImageDraw, ImageFont

    letters = ImageFont.truetype(font_file, 30, index=2 if "Noto" in font_file else 0)
    pictures = []
    for lines in pages:
        picture = Image.new("L", (1240, 1754), 250)
        pen = ImageDraw.Draw(picture)
        for number, line in enumerate(lines):
            pen.text((100, 100 + 52 * number), line, font=letters, fill=20)
        pictures.append(picture)
    pictures[0].save(path, "PDF", resolution=150, save_all=True, append_images=pictures[1:])


def write_docx(path: Path, pages: Sequence[Sequence[str]]) -> None:
    """A paragraph a line, and on each page a table of three rows."""
    import docx

    document = docx.Document()
    for lines in pages:
        for line in lines[:-3]:
            document.add_paragraph(line)
        table = document.add_table(rows=3, cols=2)
        for row, line in zip(table.rows, lines[-3:], strict=True):
            row.cells[0].text, row.cells[1].text = line[:10], line[10:]
    document.save(str(path))


def write_ofd(path: Path, pages: Sequence[Sequence[str]]) -> None:
    buffer = io.BytesIO()
    listed = "".join(
        f'<ofd:Page ID="{100 + n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages))
    )
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "OFD.xml",
            f'<ofd:OFD {_OFD} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo>'
            "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        )
        package.writestr(
            "Doc_0/Document.xml",
            f"<ofd:Document {_OFD}><ofd:CommonData><ofd:MaxUnitID>999</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
            f"</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        )
        for n, lines in enumerate(pages):
            words = "".join(_words(number, line) for number, line in enumerate(lines))
            package.writestr(
                f"Doc_0/Pages/Page_{n}/Content.xml",
                f'<ofd:Page {_OFD}><ofd:Content><ofd:Layer ID="2">{words}</ofd:Layer></ofd:Content></ofd:Page>',
            )
    path.write_bytes(buffer.getvalue())


def _words(number: int, line: str) -> str:
    return (
        f'<ofd:TextObject ID="{10 + number}" Boundary="20 {20 + 8 * number} {5 * len(line) + 1} 7" Font="1" Size="5">'
        f'<ofd:TextCode X="0" Y="5" DeltaX="g {max(1, len(line) - 1)} 5">{escape(line)}</ofd:TextCode></ofd:TextObject>'
    )
