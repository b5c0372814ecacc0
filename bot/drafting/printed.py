"""A draft as text for a terminal: each sentence with its grounds, then facts, sources, calculations, what to see to. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.drafting.model import Draft, DraftSentence, Planned, Section
from bot.drafting.numbering import labels
from bot.drafting.paper import cited, short


def outline_text(outline: Sequence[Planned]) -> str:
    """One heading a line, with the reports it was learned from."""
    numbers = labels(outline)
    return "\n".join(
        "  " * (one.level - 1)
        + number
        + one.heading
        + (f"  （参照：{'、'.join(one.learned[:2])}）" if one.learned else "")
        for one, number in zip(outline, numbers, strict=True)
    )


def draft_text(draft: Draft) -> str:
    """[1] is a source, [事实1] a given fact, [计算1] a calculation; wording that joins has no mark."""
    numbers = labels(section.planned for section in draft.sections)
    lines = [draft.request.title, ""]
    if draft.request.audience:
        lines.append(f"{draft.request.audience}：")
    for section, number in zip(draft.sections, numbers, strict=True):
        lines += _section_lines(section, number)
    used = {n for one in _sentences(draft.sections) for n in one.citations}
    sources = [f"[{n}] {cited(draft, n)}\n    “{draft.citations[n - 1].quote}”" for n in sorted(used)]
    facts = [f"[事实{fact.n}] {fact.where}：{short(fact.text)}" for fact in draft.request.facts]
    reckoned = [f"[计算{one.n}] {one.text}" for one in draft.calculations]
    for title, block in (("来源", sources), ("事实", facts), ("计算", reckoned)):
        lines += ["", title, *block] if block else []
    if draft.warnings:
        lines += ["", *(f"注意：{warning}" for warning in draft.warnings)]
    return "\n".join(lines)


def _section_lines(section: Section, number: str) -> Iterator[str]:
    if section.planned.heading:
        yield number + section.planned.heading
    for paragraph in section.paragraphs:
        yield "".join(one.text + _marks(one) for one in paragraph)
    for text, reason in section.dropped:
        yield f"未采用：{text}（{reason}）" if text else f"未采用模型：{reason}"


def _marks(sentence: DraftSentence) -> str:
    reckoned = dict.fromkeys(one.n for one in sentence.figures if one.ground == "calculated")
    return (
        "".join(f"[事实{n}]" for n in sentence.facts)
        + "".join(f"[{n}]" for n in sentence.citations)
        + "".join(f"[计算{n}]" for n in reckoned)
    )


def _sentences(sections: Iterable[Section]) -> Iterator[DraftSentence]:
    for section in sections:
        for paragraph in section.paragraphs:
            yield from paragraph
