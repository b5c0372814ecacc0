"""版记: a table in a text box as wide as the text area, standing on its lower edge (7.4).

A table or a frame that floats by itself would do for Word; LibreOffice 7.4 does not let one float that is as
wide as the text area.
"""

from __future__ import annotations

import math

from bot.official.measure import LINE, TEXT_TWIPS, character, width
from bot.official.model import Imprint
from bot.official.parts import EIGHTH, HINT, exact, p, r
from bot.official.standard import BODY_SIZE, LOOKS, THICK, THIN
from bot.official.styles import indents
from bot.official.text import day

_EMU = 635  # in a twip
_SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"


def imprint_xml(imprint: Imprint) -> str:
    size = LOOKS["抄送机关"].size or BODY_SIZE
    rows, lines = [], 1
    if imprint.copies:
        copies = imprint.copies.strip().removeprefix("抄送：").rstrip("。.；; ") + "。"
        rows.append(p("抄送机关", r("抄送：" + copies, HINT), exact(LINE) + indents(-3, 4, 1, size)))
        room = (
            TEXT_TWIPS / character(size) - 6
        )  # 字; one less than there are, for punctuation that starts no line
        lines += math.ceil(width(copies) / room)
    tab = f"<w:tabs><w:tab w:val='right' w:pos='{round(TEXT_TWIPS - character(size))}'/></w:tabs>"
    printed = r(imprint.printer, HINT) + "<w:r><w:tab/></w:r>" + r(f"{day(imprint.printed)}印发", HINT)
    rows.append(p("印发机关和印发日期", printed, tab + exact(LINE) + indents(0, 1, 0, size)))
    return _box(_table(rows) + p("正文", "", exact(20)), lines * LINE + 100)


def _table(rows: list[str]) -> str:
    thick, thin = round(THICK * EIGHTH), round(THIN * EIGHTH)
    borders = "".join(
        f"<w:{side} w:val='single' w:sz='{height}' w:space='0' w:color='000000'/>"
        for side, height in (("top", thick), ("bottom", thick), ("insideH", thin))
    )
    no_margin = "".join(f"<w:{side} w:w='0' w:type='dxa'/>" for side in ("top", "left", "bottom", "right"))
    cells = "".join(
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w='{TEXT_TWIPS}' w:type='dxa'/></w:tcPr>{row}</w:tc></w:tr>"
        for row in rows
    )
    return (
        f"<w:tbl><w:tblPr><w:tblW w:w='{TEXT_TWIPS}' w:type='dxa'/><w:tblBorders>{borders}</w:tblBorders>"
        f"<w:tblLayout w:type='fixed'/><w:tblCellMar>{no_margin}</w:tblCellMar></w:tblPr>"
        f"<w:tblGrid><w:gridCol w:w='{TEXT_TWIPS}'/></w:tblGrid>{cells}</w:tbl>"
    )


def _box(content: str, height: int) -> str:
    """A text box without edge or margin on the bottom of the text area; text above it keeps away from it."""
    extent = f"cx='{TEXT_TWIPS * _EMU}' cy='{height * _EMU}'"
    shape = (
        "<wps:wsp><wps:cNvSpPr txBox='1'/><wps:spPr><a:xfrm><a:off x='0' y='0'/>"
        f"<a:ext {extent}/></a:xfrm><a:prstGeom prst='rect'><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>"
        f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>"
        "<wps:bodyPr wrap='square' lIns='0' tIns='0' rIns='0' bIns='0' anchor='b'><a:noAutofit/></wps:bodyPr></wps:wsp>"
    )
    anchor = (
        "<wp:anchor distT='0' distB='0' distL='0' distR='0' simplePos='0' relativeHeight='1' behindDoc='0' locked='0'"
        " layoutInCell='1' allowOverlap='0'><wp:simplePos x='0' y='0'/>"
        "<wp:positionH relativeFrom='margin'><wp:align>left</wp:align></wp:positionH>"
        "<wp:positionV relativeFrom='margin'><wp:align>bottom</wp:align></wp:positionV>"
        f"<wp:extent {extent}/><wp:effectExtent l='0' t='0' r='0' b='0'/><wp:wrapTopAndBottom/>"
        "<wp:docPr id='1' name='版记'/><wp:cNvGraphicFramePr/>"
        f"<a:graphic xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'><a:graphicData uri='{_SHAPE}'>"
        f"{shape}</a:graphicData></a:graphic></wp:anchor>"
    )
    drawing = (
        "<mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
        f"<mc:Choice xmlns:wps='{_SHAPE}' Requires='wps'><w:drawing"
        " xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing'>"
        f"{anchor}</w:drawing></mc:Choice></mc:AlternateContent>"
    )
    return p("正文", f"<w:r>{drawing}</w:r>", exact(20))
