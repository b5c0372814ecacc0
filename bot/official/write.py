"""Paper -> the bytes of a Word file set after the standard. Every measure comes from its table."""

from __future__ import annotations

from bot.official.imprint import imprint_xml
from bot.official.measure import CHARACTER, LINE, TEXT_TWIPS, date_and_signature, twips, width
from bot.official.model import Header, Paper, Para, Run, Table
from bot.official.package import packed
from bot.official.parts import HINT, before, exact, p, r
from bot.official.standard import (
    AGENCY_BELOW,
    HEADINGS,
    RED,
    RED_LINE_BELOW,
    Role,
)
from bot.official.styles import AGENCY_SIZE, indents, run_style_id
from bot.official.text import day
from bot.official.title import title_lines

_NUMBER_LINE = 400  # twips: the line of 发文字号, no higher than its characters need
_AGENCY_LINE = 1.25  # of its size
_AGENCY_EMPTY = 0.14  # of its size: what such a line leaves empty over its characters
_NARROWEST = 0.5  # of its width, before 发文机关标志 is set smaller
_ENDS = "。；;，,、. "  # 7.3.4: no punctuation behind the name of an attachment


def to_docx(paper: Paper, *, annex: bool = True) -> bytes:
    """The document; without its annex of sources (and without naming it) if `annex` is False."""
    annexed = annex and bool(paper.annex)
    attached = (*paper.attachments, *((paper.annex_title,) if annexed else ()))
    parts = [_header(paper.header) if paper.header else "", _title(paper)]
    parts += [_block(block) for block in paper.paragraphs]
    parts += [_attachments(attached), _signed(paper, 2 if paper.sealed else 1), _note(paper.note)]
    if annexed:
        parts.append(_annex(paper, len(attached)))
    if paper.imprint:
        parts.append(imprint_xml(paper.imprint))
    return packed("".join(parts), title="".join(title_lines(paper.title)), dated=paper.dated)


def _header(header: Header) -> str:
    tops: list[tuple[Role, str]] = [
        ("份号", header.copy_number),
        ("密级和保密期限", header.secrecy),
        ("紧急程度", header.urgency),
    ]
    lines = [p(role, r(text, HINT), exact(LINE)) for role, text in tops if text]
    size, scale = _agency_size(header.agency)
    empty = twips(AGENCY_BELOW) - LINE * len(lines) - round(_AGENCY_EMPTY * size * 20)
    scaled = f"{HINT}<w:spacing w:val='0'/><w:w w:val='{scale}'/><w:sz w:val='{round(size * 2)}'/><w:szCs w:val='{round(size * 2)}'/>"
    lines.append(p("正文", "", exact(empty)))
    lines.append(p("发文机关标志", r(header.agency, scaled), exact(round(size * 20 * _AGENCY_LINE))))
    lines.append(p("正文", "", exact(2 * LINE)))
    lines.append(_number(header))
    line = f"<w:pBdr><w:bottom w:val='single' w:sz='12' w:space='0' w:color='{RED}'/></w:pBdr>"
    lines.append(p("正文", "", line + exact(twips(RED_LINE_BELOW))))
    return "".join(lines)


def _agency_size(agency: str) -> tuple[float, int]:
    """Points and width in per cent that let 发文机关标志 stand in one line: narrow first, then small."""
    size, room = AGENCY_SIZE, TEXT_TWIPS / 20 * 0.98
    needed = width(agency) * size
    if needed * _NARROWEST > room:
        size, needed = size * room / (needed * _NARROWEST), room / _NARROWEST
    return int(size * 2) / 2, min(100, int(100 * room / needed)) if needed else 100


def _number(header: Header) -> str:
    """发文字号 centred; beside 签发人 both keep one character free of the edges (7.2.5, 7.2.6)."""
    if not header.issuers:
        return p("发文字号", r(header.number, HINT), exact(_NUMBER_LINE))
    names = "<w:rStyle w:val='" + run_style_id("二级标题") + "'/>" + HINT
    tab = f"<w:tabs><w:tab w:val='right' w:pos='{round(TEXT_TWIPS - CHARACTER)}'/></w:tabs>"
    said = f"{r(header.number, HINT)}<w:r><w:tab/></w:r>{r('签发人：', HINT)}{r('　'.join(header.issuers), names)}"
    ind = indents(0, 1, 0)
    return p("发文字号", said, f"{tab}{exact(_NUMBER_LINE)}{ind}<w:jc w:val='left'/>")


def _title(paper: Paper) -> str:
    """The title, and the empty line behind it with 主送机关 (7.3.1, 7.3.2)."""
    lines = "<w:r><w:br/></w:r>".join(r(line, HINT) for line in title_lines(paper.title))
    title = p("标题", lines, _title_space(2 if paper.header else 0)) if lines else ""
    if not paper.audience:
        return title + (p("正文", "") if title else "")
    audience = paper.audience.rstrip(":： ") + "："
    return title + p("主送机关", r(audience, HINT), before(1))


def _title_space(before: int) -> str:
    return (
        f"<w:spacing w:beforeLines='{before * 100}' w:before='{before * LINE}' w:line='{LINE}' w:lineRule='exact'/>"
        if before
        else ""
    )


def _block(block: Para | Table) -> str:
    if isinstance(block, Table):
        return _table(block)
    mixed = any(run.level != block.level for run in block.cut)
    role = HEADINGS[0] if mixed else HEADINGS[block.level]
    return p(role, "".join(_run(run, styled=mixed) for run in block.cut))


def _run(run: Run, *, styled: bool) -> str:
    style = f"<w:rStyle w:val='{run_style_id(HEADINGS[run.level])}'/>" if styled and run.level else ""
    return r(
        run.text,
        f"{style}{HINT}{'<w:highlight w:val=' + chr(39) + 'yellow' + chr(39) + '/>' if run.pending else ''}",
    )


def _table(table: Table) -> str:
    columns = max((len(row) for row in table.rows), default=0)
    if not columns:
        return ""
    each = TEXT_TWIPS // columns
    borders = "".join(
        f"<w:{side} w:val='single' w:sz='4' w:space='0' w:color='000000'/>"
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    caption = f"<w:p><w:pPr><w:keepNext/>{indents(0, 0, 0)}<w:jc w:val='center'/></w:pPr>{r(table.caption, HINT)}</w:p>"
    rows = "".join(
        f"<w:tr><w:trPr><w:cantSplit/>{'' if n else '<w:tblHeader/>'}</w:trPr>"
        + "".join(
            f"<w:tc><w:tcPr><w:tcW w:w='{each}' w:type='dxa'/><w:vAlign w:val='center'/></w:tcPr>"
            f"<w:p><w:pPr><w:pStyle w:val='GWCell'/></w:pPr>{r(cell, HINT)}</w:p></w:tc>"
            for cell in (*row, *("",) * (columns - len(row)))
        )
        + "</w:tr>"
        for n, row in enumerate(table.rows)
    )
    grid = f"<w:gridCol w:w='{each}'/>" * columns
    return (
        f"{caption if table.caption else ''}<w:tbl><w:tblPr><w:tblW w:w='{each * columns}' w:type='dxa'/><w:jc w:val='center'/>"
        f"<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type='fixed'/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _attachments(names: tuple[str, ...]) -> str:
    """附件说明: a line for each, names under names (7.3.4)."""
    lines = []
    for n, name in enumerate(names, start=1):
        mark = "附件：" if n == 1 else ""
        number = f"{n}." if len(names) > 1 else ""
        left = 2 + 3 + width(number)
        shape = before(1 if n == 1 else 0) + indents(-width(mark + number), left, 0)
        lines.append(p("附件说明", r(mark + number + name.rstrip(_ENDS), HINT), shape))
    return "".join(lines)


def _signed(paper: Paper, space: int) -> str:
    """The body that issues it and the day, one over the other (7.3.5)."""
    date = day(paper.dated) if paper.dated else ""
    right, signature = date_and_signature(date, paper.signer, sealed=paper.sealed)
    lines = []
    if paper.signer:
        lines.append(p("发文机关署名", r(paper.signer, HINT), before(space) + indents(0, 0, signature)))
    if date:
        lines.append(p("成文日期", r(date, HINT), before(0 if lines else space) + indents(0, 0, right)))
    return "".join(lines)


def _note(note: str) -> str:
    return p("附注", r(f"（{note.strip('（）()')}）", HINT)) if note else ""


def _annex(paper: Paper, number: int) -> str:
    """The sources on a page of their own, as the last attachment (7.3.7)."""
    mark = p("附件标记", r(f"附件{number}" if number > 1 else "附件", HINT), "<w:pageBreakBefore/>")
    title = "<w:r><w:br/></w:r>".join(r(line, HINT) for line in title_lines(paper.annex_title))
    head = p("附件标题", title, _title_space(1)) + p("正文", "")
    return mark + head + "".join(_block(para) for para in paper.annex)
