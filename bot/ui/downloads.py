"""A draft's files as links that hold them: what is downloaded never lies on the server's disk. Pure."""

from __future__ import annotations

from base64 import b64encode
from html import escape

from bot.drafting.export import export
from bot.drafting.model import Draft
from bot.drafting.saved import name_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT = "text/plain;charset=utf-8"
_FILES = (
    ("Word，附引用依据和数据来源", ".docx", DOCX, True),
    ("Word，不附来源", ".docx", DOCX, False),
    ("Markdown", ".md", "text/markdown;charset=utf-8", True),
    ("纯文本", ".txt", TEXT, True),
)


def links(draft: Draft | None) -> str:
    """One link for each way out; two Word files of one title differ in their names."""
    if draft is None:
        return ""
    name = name_of(draft)
    made = "".join(
        link(
            words,
            f"{name}{'' if sources else '（不附来源）'}{ending}",
            kind,
            export(draft, ending, sources=sources),
        )
        for words, ending, kind, sources in _FILES
    )
    pending = sum(
        figure.ground == "pending"
        for section in draft.sections
        for part in section.paragraphs
        for one in part
        for figure in one.figures
    )
    left = f'<span class="dw-muted">还有 {pending} 处数字待核实，导出的文件里标着</span>' if pending else ""
    return f'<p class="dwc-files">下载：{made}{left}</p>'


def link(words: str, name: str, kind: str, data: bytes) -> str:
    return f'<a class="dwc-file" download="{escape(name)}" href="data:{kind};base64,{b64encode(data).decode()}">{escape(words)}</a>'
