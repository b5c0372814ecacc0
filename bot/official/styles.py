"""The styles, fonts and settings of a Word file, written from the table of the standard."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from bot.official.measure import LINE, SQUEEZE, character
from bot.official.standard import BODY_SIZE, FACES, LOOKS, RED, Face, Look, Role

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# The names Word itself gives to these; a Chinese Word shows 正文, 标题 1 … and uses them for its outline.
_BUILT_IN: dict[Role, tuple[str, str]] = {
    "正文": ("Normal", "Normal"),
    "标题": ("Title", "Title"),
    "一级标题": ("Heading1", "heading 1"),
    "二级标题": ("Heading2", "heading 2"),
    "三级标题": ("Heading3", "heading 3"),
    "四级标题": ("Heading4", "heading 4"),
    "页码": ("Footer", "footer"),
}
AGENCY_SIZE = 48.0  # 7.2.4 leaves the size open; a long name is set smaller and narrower (see `write`)


def style_id(role: Role) -> str:
    """The id of the paragraph style of a role."""
    return _BUILT_IN[role][0] if role in _BUILT_IN else f"GW{list(LOOKS).index(role) + 1}"


def run_style_id(role: Role) -> str:
    """The id of the character style with the face of a role, for a part of a paragraph."""
    return f"{style_id(role)}Char"


def styles_xml() -> str:
    body = LOOKS["正文"]
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_face(body.face)}<w:spacing w:val='{SQUEEZE}'/><w:kern w:val='2'/>{_size(body.size)}"
        "<w:lang w:val='en-US' w:eastAsia='zh-CN' w:bidi='ar-SA'/></w:rPr></w:rPrDefault>"
        "<w:pPrDefault/></w:docDefaults>"
    )
    basic = (
        "<w:style w:type='character' w:default='1' w:styleId='a0'><w:name w:val='Default Paragraph Font'/>"
        "<w:uiPriority w:val='1'/><w:semiHidden/></w:style>"
        "<w:style w:type='table' w:default='1' w:styleId='a1'><w:name w:val='Normal Table'/><w:uiPriority w:val='99'/>"
        "<w:semiHidden/><w:tblPr><w:tblInd w:w='0' w:type='dxa'/><w:tblCellMar><w:top w:w='0' w:type='dxa'/>"
        "<w:left w:w='108' w:type='dxa'/><w:bottom w:w='0' w:type='dxa'/><w:right w:w='108' w:type='dxa'/>"
        "</w:tblCellMar></w:tblPr></w:style>"
    )
    looks = "".join(_paragraph(look) + _character(look) for look in LOOKS.values())
    return f"<w:styles xmlns:w='{W}'>{defaults}{basic}{looks}{_cell()}</w:styles>"


def fonts_xml() -> str:
    """word/fontTable.xml: each face with the other names it may be found under (`w:altName`)."""
    fonts = "".join(
        f"<w:font w:name={quoteattr(face.names[0])}>"
        f"<w:altName w:val={quoteattr(','.join(dict.fromkeys((*face.names[1:], *face.instead))))}/>"
        f"<w:panose1 w:val='{face.panose}'/><w:charset w:val='86'/><w:family w:val='{face.generic}'/>"
        "<w:pitch w:val='default'/></w:font>"
        for face in FACES
    )
    return f"<w:fonts xmlns:w='{W}'>{fonts}</w:fonts>"


def settings_xml() -> str:
    """Punctuation keeps its full width (28 characters stay 28), odd and even pages differ, and Word opens the file as its own."""
    compat = "".join(
        f"<w:compatSetting w:name='{name}' w:uri='http://schemas.microsoft.com/office/word' w:val='{value}'/>"
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
        )
    )
    return (
        f"<w:settings xmlns:w='{W}'><w:zoom w:percent='100'/><w:defaultTabStop w:val='420'/><w:evenAndOddHeaders/>"
        f"<w:drawingGridVerticalSpacing w:val='{LINE // 2}'/><w:characterSpacingControl w:val='doNotCompress'/>"
        "<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
        f"<w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>{compat}</w:compat>"
        "<w:themeFontLang w:val='en-US' w:eastAsia='zh-CN'/><w:decimalSymbol w:val='.'/><w:listSeparator w:val=','/>"
        "</w:settings>"
    )


def _paragraph(look: Look) -> str:
    identity, name = _BUILT_IN.get(look.role, (style_id(look.role), f"公文{look.role}"))
    normal = look.role == "正文"
    head = f"<w:style w:type='paragraph' {'w:default=' + chr(39) + '1' + chr(39) if normal else ''} w:styleId='{identity}'>"
    based = "" if normal else "<w:basedOn w:val='Normal'/><w:next w:val='Normal'/>"
    return (
        f"{head}<w:name w:val='{name}'/>{based}<w:uiPriority w:val='1'/><w:qFormat/>"
        f"<w:pPr>{_keep(look)}{_lines(look)}{indents(look.indent, look.left, look.right, look.size)}"
        f"<w:jc w:val='{look.align}'/>{_outline(look)}</w:pPr>"
        f"<w:rPr>{_face(look.face)}<w:b w:val='0'/>{_colour(look)}{_size(look.size or AGENCY_SIZE)}</w:rPr></w:style>"
    )


def _character(look: Look) -> str:
    return (
        f"<w:style w:type='character' w:customStyle='1' w:styleId='{run_style_id(look.role)}'><w:name w:val='公文{look.role}字'/>"
        f"<w:basedOn w:val='a0'/><w:uiPriority w:val='1'/><w:rPr>{_face(look.face)}</w:rPr></w:style>"
    )


def _cell() -> str:
    """What stands in a table: no indent, and no more than the size of the body."""
    return (
        "<w:style w:type='paragraph' w:customStyle='1' w:styleId='GWCell'><w:name w:val='公文表格'/><w:basedOn w:val='Normal'/>"
        f"<w:uiPriority w:val='1'/><w:qFormat/><w:pPr>{indents(0, 0, 0)}<w:jc w:val='center'/></w:pPr>"
        f"<w:rPr>{_size(14)}</w:rPr></w:style>"
    )


def indents(first: float, left: float, right: float, size: float | None = BODY_SIZE) -> str:
    """Indents in 字, with the same in twips for programs that do not count in characters. `first` below 0 hangs."""
    one = character(size or BODY_SIZE)
    kind = "hanging" if first < 0 else "firstLine"
    pairs = (("left", left), ("right", right), (kind, abs(first)))
    said = "".join(f" w:{name}Chars='{round(n * 100)}' w:{name}='{round(n * one)}'" for name, n in pairs)
    return f"<w:ind{said}/>"


def _keep(look: Look) -> str:
    """Every line is used, whatever stands alone on a page; figures and Latin letters get no space beside them; and
    punctuation stays inside the text area.
    """
    alone = {"标题", "附件标记", "附件标题", "发文机关署名", "一级标题", "二级标题", "三级标题", "四级标题"}
    together = "<w:keepNext/>" if look.role in alone else ""
    return (
        f"{together}<w:widowControl w:val='0'/><w:kinsoku/><w:overflowPunct w:val='0'/>"
        "<w:autoSpaceDE w:val='0'/><w:autoSpaceDN w:val='0'/>"
    )


def _lines(look: Look) -> str:
    """A 2号 line is set into one line of the grid, whatever height its font asks for; else the grid rules."""
    if look.size and look.size > 16:
        return f"<w:snapToGrid w:val='0'/><w:spacing w:before='0' w:after='0' w:line='{LINE}' w:lineRule='exact'/>"
    return "<w:spacing w:before='0' w:after='0' w:line='240' w:lineRule='auto'/>"


def _outline(look: Look) -> str:
    levels = {"一级标题": 0, "二级标题": 1, "三级标题": 2, "四级标题": 3}
    return f"<w:outlineLvl w:val='{levels[look.role]}'/>" if look.role in levels else ""


def _face(face: Face) -> str:
    name = quoteattr(face.names[0])
    return f"<w:rFonts w:ascii={name} w:hAnsi={name} w:eastAsia={name} w:cs={name}/>"


def _size(points: float | None) -> str:
    half = round((points or 0) * 2)
    return f"<w:sz w:val='{half}'/><w:szCs w:val='{half}'/>"


def _colour(look: Look) -> str:
    return f"<w:color w:val='{RED if look.red else '000000'}'/>"
