"""A draft as a file: Word after GB/T 9704-2012, Markdown, plain text."""

from __future__ import annotations

from bot.drafting.model import Draft
from bot.drafting.paper import paper_of


def export(draft: Draft, ending: str, *, sources: bool = True) -> bytes:
    """The file's bytes; `ending` is .docx, .md or .txt. `sources`: with the annex that says where everything comes from."""
    paper = paper_of(draft, sources=sources)
    if ending == ".docx":
        from bot.official.write import to_docx

        return to_docx(paper)
    from bot.official.plain import to_markdown, to_text

    return (to_markdown(paper) if ending == ".md" else to_text(paper)).encode()
