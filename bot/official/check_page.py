"""The page of a document against the standard: sheet, margins, lines and characters, page numbers."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from bot.official.measure import mm
from bot.official.resolve import Looks, Shown
from bot.official.standard import LOOKS, NUMBER_BELOW, PAGE, STANDARD, Look

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_EMU = 36000  # in a millimetre
Fault = tuple[str, str, str, str]


def page_faults(document: Document, looks: Looks, bodies: Sequence[Shown]) -> Iterator[Fault]:
    """Place, rule, expected, found. A section on its side (a wide table) is left alone: clause 8."""
    many = len(document.sections) > 1
    upright = [
        (n, section)
        for n, section in enumerate(document.sections, start=1)
        if (section.page_width or 0) <= (section.page_height or 0)
    ]
    for n, section in upright:
        where = f"页面设置（第 {n} 节）" if many else "页面设置"
        yield from ((where, *fault) for fault in _margins(section))
    for n, section in upright[:1]:
        where = f"页面设置（第 {n} 节）" if many else "页面设置"
        yield from ((where, *fault) for fault in _grid(section, bodies))
    yield from _footers(document, upright, looks)


def _footers(document: Document, upright: Sequence[tuple[int, Any]], looks: Looks) -> Iterator[Fault]:
    """The page numbers of each section that has footers of its own, and that they go on from section to section (7.5)."""
    for n, section in upright:
        where = "页脚" if n == upright[0][0] else f"页脚（第 {n} 节）"
        if n == upright[0][0] or not _follows(document, section):
            yield from ((where, *fault) for fault in _numbers(document, section, looks))
        start = section._sectPr.find(f"{_W}pgNumType")  # noqa: SLF001 - python-docx shows no numbering
        said = "" if start is None else start.get(f"{_W}start", "")
        if n > 1 and said:
            yield where, f"{STANDARD} 7.5 页码", "各部分一起装订的，页码连续编排", f"从 {said} 重新编起"


def _follows(document: Document, section: Any) -> bool:
    """Whether its footers are those of the section before it."""
    footers = [section.footer]
    if document.settings.odd_and_even_pages_header_footer:
        footers.append(section.even_page_footer)
    return not section.different_first_page_header_footer and all(
        one.is_linked_to_previous for one in footers
    )


def _margins(section: Any) -> Iterator[tuple[str, str, str]]:
    def size(name: str) -> float:
        return (getattr(section, name) or 0) / _EMU

    wide, high = size("page_width"), size("page_height")
    if abs(wide - PAGE.width) > PAGE.slack or abs(high - PAGE.height) > PAGE.slack:
        yield f"{STANDARD} 5.1 幅面", f"A4，{PAGE.width}×{PAGE.height} mm", f"{wide:.0f}×{high:.0f} mm"
    rows = (
        ("天头", PAGE.top, abs(size("top_margin"))),
        ("订口", PAGE.left, size("left_margin") + size("gutter")),
        ("版心宽", PAGE.text_width, wide - size("left_margin") - size("right_margin") - size("gutter")),
        ("版心高", PAGE.text_height, high - abs(size("top_margin")) - abs(size("bottom_margin"))),
    )
    for name, wanted, found in rows:
        if abs(found - wanted) > PAGE.slack + 0.05:
            yield f"{STANDARD} 5.2.1 {name}", f"{wanted:g} mm（±{PAGE.slack:g}）", f"{found:.1f} mm"


def _grid(section: Any, bodies: Sequence[Shown]) -> Iterator[tuple[str, str, str]]:
    """22 lines and 28 characters, by the grid or by what the paragraphs say."""
    if not bodies:
        return
    found = section._sectPr.find(f"{_W}docGrid")  # noqa: SLF001 - python-docx shows no grid
    kind = "" if found is None else found.get(f"{_W}type", "")
    pitch = (
        float(found.get(f"{_W}linePitch", 0)) if kind in {"lines", "linesAndChars", "snapToChars"} else 0.0
    )
    space = (
        float(found.get(f"{_W}charSpace", 0)) / 4096 * 20 if kind in {"linesAndChars", "snapToChars"} else 0.0
    )
    high = ((section.page_height or 0) - abs(section.top_margin or 0) - abs(section.bottom_margin or 0)) / 635
    sides = (section.left_margin, section.right_margin, section.gutter)
    wide = ((section.page_width or 0) - sum(side or 0 for side in sides)) / 635
    counts = Counter(_line(one, pitch) for one in bodies)
    line = counts.most_common(1)[0][0]
    rule = f"{STANDARD} 5.2.3 每面行数"
    if not line:
        yield rule, f"{PAGE.lines} 行", "没有文档网格，也没有固定行距，行数随字体而变"
    elif math.floor(high / line + 0.02) != PAGE.lines:
        yield rule, f"{PAGE.lines} 行", f"{math.floor(high / line + 0.02)} 行（行距 {line / 20:.1f} 磅）"
    characters = Counter(
        round((one.most("size") or 16) * 20 + (space if one.grid else 0) + (one.most("squeeze") or 0), 2)
        for one in bodies
    )
    one = characters.most_common(1)[0][0]
    if one > 0 and math.floor(wide / one + 0.02) != PAGE.characters:
        told = f"{math.floor(wide / one + 0.02)} 字（每字 {one / 20:.2f} 磅）"
        yield f"{STANDARD} 5.2.3 每行字数", f"{PAGE.characters} 字", told


def _line(one: Shown, pitch: float) -> float:
    """Twips from line to line; 0 where only the font knows."""
    if one.rule == "exact":
        return one.line
    if one.grid and pitch > 0:
        # A line too high for one step of the grid takes two.
        steps = math.ceil(_natural(one) / pitch)
        return pitch * max(steps, one.line / 240) if one.rule == "auto" else max(pitch * steps, one.line)
    return one.line if one.rule == "atLeast" and one.line > 480 else 0.0


def _natural(one: Shown) -> float:
    """The twips that a line of Chinese characters takes by itself: about 1.3 of its size."""
    return float(one.most("size") or 16) * 20 * 1.3


def _numbers(document: Document, section: Any, looks: Looks) -> Iterator[tuple[str, str, str]]:
    """— 1 — in 4号 宋体, outside on both sides of a leaf, 7 mm under the text area (7.5)."""
    look, both = LOOKS["页码"], document.settings.odd_and_even_pages_header_footer
    rule = f"{STANDARD} {look.clause} 页码"
    element = _page_number(section.footer)
    if element is not None and not both and _side(element, looks) != "outside":
        yield f"{rule}位置", "单页居右、双页居左", "奇偶页页脚相同"
    sides = [("单页", section.footer, {"right", "end", "outside"}, "居右空一字")]
    if both:
        sides.append(("双页", section.even_page_footer, {"left", "both", "start", "outside"}, "居左空一字"))
    if section.different_first_page_header_footer:
        sides.append(("首页", section.first_page_footer, {"right", "end", "outside"}, "居右空一字"))
    for name, footer, aligned, told in sides:
        element = _page_number(footer)
        if element is None:
            yield rule, f"{name}有页码", "没有页码"
            continue
        one, side = looks.shown(element, 0), _side(element, looks)
        if side not in aligned and both:
            yield f"{rule}位置", f"{name}{told}", {"center": "居中", "right": "居右"}.get(side, "居左")
        yield from ((f"{rule}{what}", wanted, found) for what, wanted, found in _figures(one, look))
    element = _page_number(section.footer)
    if element is not None and not _floats(element):
        yield from _below(section, looks.shown(element, 0), f"{rule}位置")


def _figures(one: Shown, look: Look) -> Iterator[tuple[str, str, str]]:
    if abs((one.most("size") or 0) - (look.size or 0)) > 0.25:
        yield "字号", f"{look.size:g} 磅", f"{one.most('size')} 磅"
    # The figures of the field, which the program fills in; a field without a result has none to look at.
    faces = {run.latin for run in one.runs if any(c.isdigit() for c in run.text)} or {one.most("latin")}
    wrong = sorted(face or "没有指定" for face in faces if not look.face.is_called(face or ""))
    if wrong:
        yield "字体", look.face.word, "、".join(wrong)
    if "—" not in one.text:
        yield "写法", "数字左右各一条一字线", one.text or "只有数字"


def _side(element: Any, looks: Looks) -> str:
    """Where the paragraph stands: a frame or a text box around it says so itself, `outside` for both pages of a leaf."""
    framed = [
        said
        for one in (element, *element.iterancestors(f"{_WP}anchor"))
        for said in (
            *(found.get(f"{_W}xAlign") for found in one.findall(f"{_W}pPr/{_W}framePr")),
            *(found.text for found in one.findall(f"{_WP}positionH/{_WP}align")),
        )
        if said
    ]
    return str(framed[0]) if framed else looks.shown(element, 0).align


def _floats(element: Any) -> bool:
    return next(element.iterancestors(f"{_WP}anchor"), None) is not None


def _below(section: Any, one: Shown, rule: str) -> Iterator[tuple[str, str, str]]:
    line = one.line / 20 if one.rule == "exact" else (one.most("size") or 14) * 1.3
    low = ((section.bottom_margin or 0) - (section.footer_distance or 0)) / _EMU - mm(line * 20) / 2
    if abs(low - NUMBER_BELOW) > 2:
        yield rule, f"一字线距版心下边缘 {NUMBER_BELOW:g} mm", f"约 {low:.1f} mm"


def _page_number(footer: Any) -> Any:
    """The paragraph of a footer with the number of the page: the innermost, for a text box stands in one of its own."""
    for one in reversed(list(footer._element.iter(f"{_W}p"))):  # noqa: SLF001 - the number may stand in a text box, which python-docx skips
        if any("PAGE" in (text.text or "") for text in one.iter(f"{_W}instrText")) or any(
            "PAGE" in field.get(f"{_W}instr", "") for field in one.iter(f"{_W}fldSimple")
        ):
            return one
    return None
