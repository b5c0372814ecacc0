"""A document as Markdown and as plain text: the same words in the same order, without its page."""

from __future__ import annotations

from bot.official.measure import width
from bot.official.model import Block, Paper, Table
from bot.official.standard import PAGE
from bot.official.text import day
from bot.official.title import title_lines

_INDENT = "　　"


def to_markdown(paper: Paper, *, annex: bool = True) -> str:
    """Headings are # by level; what is pending is bold."""
    parts = _head(paper)
    parts.append(f"# {''.join(title_lines(paper.title))}")
    parts += [_audience(paper)] if paper.audience else []
    parts += [_marked(block) for block in paper.paragraphs]
    parts += [_attached(paper, annex, "\n- ")] if _attachments(paper, annex) else []
    parts += _end(paper)
    if annex and paper.annex:
        parts += [f"## {paper.annex_title}", *(_marked(para) for para in paper.annex)]
    return "\n\n".join((*parts, *_imprint(paper))).strip() + "\n"


def to_text(paper: Paper, *, annex: bool = True) -> str:
    """As a typewriter would: the title centred over 28 characters, paragraphs indented by two."""
    parts = _head(paper)
    parts += [_centred(line) for line in title_lines(paper.title)] + [""]
    parts += [_audience(paper)] if paper.audience else []
    parts += [_typed(block) for block in paper.paragraphs]
    parts += (
        ["", _INDENT + _attached(paper, annex, f"\n{_INDENT}　　　")] if _attachments(paper, annex) else []
    )
    end = _end(paper)
    parts += (
        ["", *("　" * round(max(0, PAGE.characters - 4 - width(line))) + line for line in end)] if end else []
    )
    if annex and paper.annex:
        parts += ["", _centred(paper.annex_title), "", *(_typed(para) for para in paper.annex)]
    imprint = _imprint(paper)
    return "\n".join((*parts, *(("", *imprint) if imprint else ()))).strip("\n") + "\n"


def _head(paper: Paper) -> list[str]:
    header = paper.header
    if header is None:
        return []
    issuers = f"签发人：{'　'.join(header.issuers)}" if header.issuers else ""
    said = (header.copy_number, header.secrecy, header.urgency, header.agency, header.number, issuers)
    return [line for line in said if line]


def _audience(paper: Paper) -> str:
    return paper.audience.rstrip(":： ") + "："


def _marked(block: Block) -> str:
    if isinstance(block, Table):
        return _table(block)
    said = "".join(f"**{run.text}**" if run.pending else run.text for run in block.cut)
    whole = all(run.level == block.level for run in block.cut)
    return f"{'#' * (block.level + 1)} {said}" if block.level and whole else said


def _table(table: Table) -> str:
    columns = max((len(row) for row in table.rows), default=0)
    rows = [
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |"
        for row in ((*row, *("",) * (columns - len(row))) for row in table.rows)
    ]
    body = "\n".join((*rows[:1], "|" + "---|" * columns, *rows[1:])) if rows else ""
    return f"{table.caption}\n\n{body}" if table.caption else body


def _typed(block: Block) -> str:
    if isinstance(block, Table):
        rows = ["\t".join(row) for row in block.rows]
        return "\n".join((*([_centred(block.caption)] if block.caption else []), *rows))
    return _INDENT + block.text


def _centred(line: str) -> str:
    return "　" * round(max(0, (PAGE.characters - width(line)) / 2)) + line


def _attachments(paper: Paper, annex: bool) -> tuple[str, ...]:
    return (*paper.attachments, *((paper.annex_title,) if annex and paper.annex else ()))


def _attached(paper: Paper, annex: bool, between: str) -> str:
    names = _attachments(paper, annex)
    if len(names) == 1:
        return f"附件：{names[0]}"
    numbered = [f"{n}.{name}" for n, name in enumerate(names, start=1)]
    return "附件：" + (between if between.startswith("\n-") else "") + between.join(numbered)


def _end(paper: Paper) -> list[str]:
    said = (paper.signer, day(paper.dated) if paper.dated else "", f"（{paper.note}）" if paper.note else "")
    return [line for line in said if line]


def _imprint(paper: Paper) -> list[str]:
    if paper.imprint is None:
        return []
    copies = [f"抄送：{paper.imprint.copies.rstrip('。')}。"] if paper.imprint.copies else []
    return [*copies, f"{paper.imprint.printer}　{day(paper.imprint.printed)}印发"]
