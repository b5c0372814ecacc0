"""Any .docx against the table of the standard: what is not as it says, with the place and the rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.official.check_page import page_faults
from bot.official.check_signed import sign_faults
from bot.official.measure import date_and_signature, width
from bot.official.opened import opened
from bot.official.resolve import Looks, Seen, Shown
from bot.official.roles import imprint_role, roles
from bot.official.standard import FANGSONG, LOOKS, STANDARD, Look, Role
from bot.official.wording import word_faults
from ingest.errors import DamagedDocument

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# 版记 mostly stands in a table or a text box; of a text box an old copy may stand beside it, for old programs.
_BOXED = ".//w:tbl//w:p | .//w:txbxContent//w:p"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_CAPTION = re.compile(r"[图表]\s?[\d一二三四五六七八九十]")
_SLACK = 0.3  # 字
_SIDES = {
    "left": "左对齐",
    "start": "左对齐",
    "center": "居中",
    "right": "右对齐",
    "end": "右对齐",
    "both": "两端对齐",
}
_BLACK = {"AUTO", "000000"}
_INDENTED: set[Role] = {"正文", "一级标题", "二级标题", "三级标题", "四级标题"}
_TWO_EMPTY: set[Role] = {"附件说明", "附注"}
_CLOSED: set[Role] = {"主送机关", "密级和保密期限", "紧急程度", "份号", "附件标记"}


@dataclass(frozen=True, slots=True)
class Deviation:
    """Where, which rule (with its clause), what it asks for and what is there. All Chinese."""

    place: str
    rule: str
    expected: str
    found: str


def check(file: bytes) -> list[Deviation]:
    """The deviations of a document, page first, then in reading order; the same fault in many places is told once."""
    document = opened(file)
    if not document.sections:
        raise DamagedDocument("文件里没有页面设置。", hint="请用办公软件打开，另存为 .docx，再检查。")
    try:
        return _checked(document)
    except (
        ValueError,
        TypeError,
        SyntaxError,
        OverflowError,
    ) as error:  # a measure that is no number, a part that is no XML
        raise DamagedDocument(
            "文件里的页面或格式设置读不出来。", hint="请用办公软件打开，另存为 .docx，再检查。"
        ) from error


def _checked(document: Document) -> list[Deviation]:
    looks = Looks(document)
    pairs = [(one, looks.shown(one, n)) for n, one in enumerate(_paragraphs(document), start=1)]
    shown = [one for element, one in pairs if one.text and not _is_caption(element, one)]
    known = roles(shown)
    bodies = [one for one, role in zip(shown, known, strict=True) if role in _INDENTED]
    found = [Deviation(place, rule, *rest) for place, rule, *rest in page_faults(document, looks, bodies)]
    boxed = [looks.shown(one, 0) for one in document.element.body.xpath(_BOXED) if not _is_copy(one)]
    imprint = [(one, role) for one in boxed if (role := imprint_role(one.text))]
    faults = [
        *_faults(shown, known),
        *sign_faults(pairs, {one.n: role for one, role in zip(shown, known, strict=True)}),
    ]
    return [
        *found,
        *_grouped(faults),
        *_grouped(_faults(*map(list, zip(*imprint, strict=True))) if imprint else []),
    ]


def _paragraphs(document: Document) -> list[Any]:
    return list(document.element.body.xpath("./w:p | ./w:sdt/w:sdtContent/w:p"))


def _is_copy(element: Any) -> bool:
    return any(parent.tag == _FALLBACK for parent in element.iterancestors())


def _is_caption(element: Any, one: Shown) -> bool:
    """The name of a table (over it) or of a figure; the standard says nothing of it."""
    after = element.getnext()
    over_table = after is not None and after.tag == f"{_W}tbl"
    return one.align == "center" and (over_table or _CAPTION.match(one.text) is not None)


Fault = tuple[Shown, str, str, str]


def _faults(shown: Sequence[Shown], known: Sequence[Role | None]) -> Iterator[Fault]:
    for at, (one, role) in enumerate(zip(shown, known, strict=True)):
        if role is None:
            continue
        look = LOOKS[role]
        for what, expected, found in (*_face(one, look), *_place(one, look), *word_faults(one.text, role)):
            yield one, f"{look.clause} {role}{what}", expected, found
        if role == "成文日期":
            signature = shown[at - 1] if at and known[at - 1] == "发文机关署名" else None
            yield from _signed(one, signature)


def _face(one: Shown, look: Look) -> Iterator[tuple[str, str, str]]:
    """Typeface, size and colour. A heading may go on as body text in the same paragraph."""
    marked = [run for run in one.runs if any(ord(c) > 0x2E7F for c in run.text)]
    first = marked[:1] or one.runs[:1]
    faces = {run.face for run in first}
    if look.role in {"一级标题", "二级标题"}:
        faces |= {run.face for run in marked[1:] if not FANGSONG.is_called(run.face)}
    elif look.role not in {"发文字号", "签发人"}:  # the name of 签发人 is in 楷体, beside either
        faces = {one.most("face")}
    wrong = sorted(face for face in faces if not look.face.is_called(face))
    if wrong:
        yield "字体", look.face.word, "、".join(face or "没有指定" for face in wrong)
    sizes = sorted({run.size for run in _worded(one)} if look.size else ())
    if look.size and any(abs(size - look.size) > 0.25 for size in sizes):
        yield "字号", f"{look.size:g} 磅", "、".join(f"{size:g} 磅" for size in sizes)
    colours = sorted({run.colour for run in _worded(one)})
    if look.red and not all(run.red for run in _worded(one)):
        yield "颜色", "红色", "、".join(colours)
    if not look.red and any(colour not in _BLACK for colour in colours):
        yield "颜色", "黑色（5.2.4）", "、".join(colour for colour in colours if colour not in _BLACK)


def _worded(one: Shown) -> list[Seen]:
    return [run for run in one.runs if run.text.strip()]


def _place(one: Shown, look: Look) -> Iterator[tuple[str, str, str]]:
    side = _SIDES.get(one.align, one.align)
    if look.align == "center" and one.align != "center" and "\t" not in one.text:
        yield "位置", "居中", side
    if look.role in _INDENTED:
        if one.align in {"center", "right", "end"}:
            yield "位置", "两端对齐或左对齐", side
        elif abs(one.first + one.left - look.indent) > _SLACK or one.left > _SLACK:
            yield (
                "缩进",
                "首行空二字，回行顶格",
                f"首行 {one.first + one.left:.1f} 字，回行 {one.left:.1f} 字",
            )
    # The names of more attachments stand under the name of the first.
    is_first = look.role in _TWO_EMPTY and one.text.startswith(("附件", "（", "("))
    if is_first and "\t" not in one.text and abs(one.first + one.left - 2) > _SLACK:
        yield "缩进", "左空二字", f"左空 {one.first + one.left:.1f} 字"
    if look.role in _CLOSED and (
        one.align not in {"left", "both", "start"} or abs(one.first + one.left) > _SLACK
    ):
        yield "位置", "顶格", f"{side}，左空 {one.first + one.left:.1f} 字"


def _signed(date: Shown, signature: Shown | None) -> Iterator[Fault]:
    """The date leaves four empty (with a seal), or begins two to the right of the name (without)."""
    name = signature.text if signature else ""
    wanted = [date_and_signature(date.text, name, sealed=sealed) for sealed in (True, False)]
    gap = _gap(date)
    fits = [(right, left) for right, left in wanted if abs(gap - right) <= 2 * _SLACK]
    rule = f"{LOOKS['成文日期'].clause} 成文日期位置"
    if not fits:
        yield date, rule, f"右空 {wanted[0][0]:.1f} 字", f"右空 {gap:.1f} 字"
    elif signature and all(abs(_gap(signature) - left) > 2 * _SLACK for _, left in fits):
        rule = f"{LOOKS['发文机关署名'].clause} 发文机关署名位置"
        yield signature, rule, f"右空 {fits[0][1]:.1f} 字", f"右空 {_gap(signature):.1f} 字"


def _gap(one: Shown) -> float:
    """How many 字 stay empty to its right."""
    if one.align in {"right", "end"}:
        return one.right
    room = 28 - one.left - one.first - one.right - width(one.text)
    return one.right + (room / 2 if one.align == "center" else room)


def _grouped(faults: Iterable[Fault]) -> list[Deviation]:
    places: dict[tuple[str, str, str], list[Shown]] = {}
    for one, rule, expected, found in faults:
        places.setdefault((rule, expected, found), []).append(one)
    return [
        Deviation(_where(where), f"{STANDARD} {rule}", expected, found)
        for (rule, expected, found), where in places.items()
    ]


def _where(shown: list[Shown]) -> str:
    first = shown[0]
    words = first.text.replace("\n", "")[:12]
    more = f"等 {len(shown)} 段" if len(shown) > 1 else ""
    return f"{f'第 {first.n} 段' if first.n else '表格或文本框'}“{words}{'…' if len(first.text) > 12 else ''}”{more}"
