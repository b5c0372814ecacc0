"""A draft as the official document that leaves the house: headings with numbers, marks to look at, sources as an annex. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from bot.drafting.model import Draft, DraftFigure, DraftSentence, Section
from bot.drafting.numbering import labels
from bot.official.model import Block, Level, Paper, Para, Run
from ingest.text import titled

_WORDS = 12  # characters that lead to a figure in the annex
_LEVELS: dict[int, Level] = {1: 1, 2: 2}


def paper_of(draft: Draft, *, sources: bool = True) -> Paper:
    """`sources`: whether the annex says of every figure and every cited sentence where it comes from."""
    request = draft.request
    return Paper(
        title=request.title,
        audience=request.audience,
        paragraphs=tuple(_blocks(draft)),
        signer=request.signer or request.unit,
        dated=request.dated,
        annex=tuple(Para(line) for line in source_lines(draft)) if sources else (),
        sealed=False,
    )


def _blocks(draft: Draft) -> Iterator[Block]:
    numbers = labels(section.planned for section in draft.sections)
    for section, number in zip(draft.sections, numbers, strict=True):
        heading, level = number + section.planned.heading, _LEVELS.get(section.planned.level, 0)
        paragraphs = [tuple(_runs(paragraph)) for paragraph in section.paragraphs]
        if level == 2 and paragraphs:
            paragraphs[0] = (Run(f"{heading}。", 2), *paragraphs[0])  # a heading of the second level runs in
        elif level:
            yield Para(heading, level)
        for runs in paragraphs:
            yield Para("".join(run.text for run in runs), 0, runs)


def _runs(paragraph: tuple[DraftSentence, ...]) -> Iterator[Run]:
    for sentence in paragraph:
        at = 0
        for figure in sentence.figures:
            if figure.ground == "pending":
                yield from (Run(words) for words in [sentence.text[at : figure.start]] if words)
                yield Run(figure.text, pending=True)
                at = figure.end
        if sentence.text[at:]:
            yield Run(sentence.text[at:])


def source_lines(draft: Draft) -> Iterator[str]:
    """One line for each source of each section: what rests on it, and where it stands; then the given facts that were named, in
    their own words, for whoever reads the paper has no other place to look them up.
    """
    numbers = labels(section.planned for section in draft.sections)
    told = 0
    named: set[int] = set()
    for section, number in zip(draft.sections, numbers, strict=True):
        place = number + section.planned.heading if section.planned.heading else "开头和结尾"
        for words, ground, fact in _grounds(draft, section):
            told += 1
            named.add(fact)
            yield f"{told}．{place}：{words}——{ground}"
    for given in draft.request.facts:
        if given.n in named:
            yield f"{given.where}：{given.text.strip().rstrip('。；;')}。"


def _grounds(draft: Draft, section: Section) -> Iterator[tuple[str, str, int]]:
    """Words of the section, where they come from, and the number of the fact if it is one (else 0)."""
    for sentence in (one for paragraph in section.paragraphs for one in paragraph):
        for n in sentence.citations:
            yield f"“{short(sentence.text)}”", cited(draft, n), 0
        rest: dict[tuple[str, int], list[str]] = {}
        before = 0
        for figure in sentence.figures:
            if ground := grounded(draft, figure):
                key = ground, figure.n if figure.ground == "fact" else 0
                rest.setdefault(key, []).append(_around(sentence.text, figure, before))
            before = figure.end
        for (ground, fact), figures in rest.items():
            yield "；".join(figures), ground, fact  # each may be half a clause, which “、” would run together


def grounded(draft: Draft, figure: DraftFigure) -> str:
    """Where a figure comes from (Chinese); "" where its sentence is cited anyway."""
    if figure.ground == "calculated":
        return f"计算：{draft.calculations[figure.n - 1].text}"
    if figure.ground == "fact":
        return next((fact.where for fact in draft.request.facts if fact.n == figure.n), "请求的标题和时间")
    return "没有来源，待核实" if figure.ground == "pending" else ""


def cited(draft: Draft, n: int) -> str:
    """A citation's place in words: 《…》第十一条, or 《…》一、（二）."""
    citation = draft.citations[n - 1]
    place = citation.article or "，".join(citation.heading_path[-1:])
    page = f"，第{citation.page}页" if citation.page else ""
    return f"{titled(citation.title)}{place}{page}（{citation.source}）"


def _around(text: str, figure: DraftFigure, before: int) -> str:
    """The figure with the words before it, so that it is found in the text, but none of the figure that ends at `before`."""
    start = figure.start
    while start > before and text[start - 1] not in "，。；：、（）“”":
        start -= 1
    short = figure.start - start <= _WORDS
    return text[start : figure.end] if short else f"……{text[figure.start - _WORDS : figure.end]}"


def short(text: str, most: int = 18) -> str:
    words = text.rstrip("。；")
    if len(words) <= most:
        return words
    cut = words[:most]
    for opening, closing in ("（）", "《》", "“”", "‘’"):
        if cut.count(opening) > cut.count(closing):  # never cut inside brackets, which would stand open
            cut = cut[: cut.rindex(opening)] or cut.replace(opening, "")
    return f"{cut}……"
