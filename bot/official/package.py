"""The parts of a Word file put together with python-docx; the same document gives the same bytes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bot.official.measure import LINE, twips
from bot.official.standard import LOOKS, NUMBER_BELOW, PAGE
from bot.official.styles import W, fonts_xml, indents, settings_xml, styles_xml

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section

_KEPT = {"styles", "settings", "fontTable", "theme", "footer", "header"}  # of the template's parts
_NUMBER_LINE = 280  # twips: the line of the page number, as high as its 14 points
# A dash stands in the middle of its line.
_FOOTER = twips(PAGE.bottom - NUMBER_BELOW) - _NUMBER_LINE // 2


def packed(body: str, *, title: str, dated: date | None) -> bytes:
    """A file with this body (paragraphs and tables as XML)."""
    import docx

    document = docx.Document()
    _cleaned(document)
    _page(document)
    parsed = xml(f"<w:body xmlns:w='{W}'>{body}</w:body>")
    end = document.element.body.sectPr
    for element in list(parsed):
        end.addprevious(element)
    core = document.core_properties
    core.title, core.author, core.comments, core.language = title, "", "", "zh-CN"
    day = dated or date(2013, 1, 1)
    core.created = core.modified = datetime(day.year, day.month, day.day, tzinfo=UTC).replace(tzinfo=None)
    into = BytesIO()
    document.save(into)
    return _same_bytes(into.getvalue())


def xml(text: str) -> Any:
    """These words as an element of the document; lxml has no types."""
    from docx.oxml import parse_xml

    return parse_xml(text.encode())


def _cleaned(document: Document) -> None:
    """The template of python-docx with our styles, settings and fonts in the place of its own."""
    package, part = document.part.package, document.part
    for holder in (part, package):
        for key, relation in list(holder.rels.items()):
            kind = relation.reltype.rpartition("/")[2]
            if kind in {"thumbnail", "stylesWithEffects", "customXml", "numbering", "webSettings"}:
                del holder.rels[key]
            elif kind == "fontTable":
                relation.target_part._blob = fonts_xml().encode()  # noqa: SLF001 - python-docx reads fonts, but cannot write them
    for element, ours in (
        (document.styles.element, styles_xml()),
        (document.settings.element, settings_xml()),
    ):
        for child in list(element):
            element.remove(child)
        for child in list(xml(ours)):
            element.append(child)


def _page(document: Document) -> None:
    """A4, the text area, the grid, and page numbers outside on both sides of a leaf (5.2, 7.5)."""
    from docx.shared import Twips

    section = document.sections[0]
    section.page_width, section.page_height = Twips(twips(PAGE.width)), Twips(twips(PAGE.height))
    section.top_margin, section.bottom_margin = Twips(twips(PAGE.top)), Twips(twips(PAGE.bottom))
    section.left_margin, section.right_margin = Twips(twips(PAGE.left)), Twips(twips(PAGE.right))
    section.header_distance, section.footer_distance, section.gutter = Twips(851), Twips(_FOOTER), Twips(0)
    _numbers(section)
    end = document.element.body.sectPr
    for old in end.xpath("./w:docGrid"):
        end.remove(old)
    end.append(xml(f"<w:docGrid xmlns:w='{W}' w:type='lines' w:linePitch='{LINE}'/>"))


def _numbers(section: Section) -> None:
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        old = footer.paragraphs[0].paragraph_format.element
        old.getparent().replace(old, xml(_number(side)))


def _number(side: str) -> str:
    """— 1 —, one character free on the outer side."""
    field = "".join(
        f"<w:r>{inner}</w:r>"
        for inner in (
            "<w:fldChar w:fldCharType='begin'/>",
            "<w:instrText xml:space='preserve'> PAGE </w:instrText>",
            "<w:fldChar w:fldCharType='separate'/>",
            "<w:t>1</w:t>",
            "<w:fldChar w:fldCharType='end'/>",
        )
    )
    dash = "<w:r><w:rPr><w:rFonts w:hint='eastAsia'/></w:rPr><w:t xml:space='preserve'>{}</w:t></w:r>"
    left, right = (0, 1) if side == "right" else (1, 0)
    shape = indents(0, left, right, LOOKS["页码"].size)
    return (
        f"<w:p xmlns:w='{W}'><w:pPr><w:pStyle w:val='Footer'/><w:snapToGrid w:val='0'/>"
        f"<w:spacing w:line='{_NUMBER_LINE}' w:lineRule='exact'/>{shape}<w:jc w:val='{side}'/></w:pPr>"
        f"{dash.format('— ')}{field}{dash.format(' —')}</w:p>"
    )


def _same_bytes(file: bytes) -> bytes:
    """The archive without the time of its making."""
    into = BytesIO()
    with ZipFile(BytesIO(file)) as old, ZipFile(into, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), old.read(name), ZIP_DEFLATED)
    return into.getvalue()
