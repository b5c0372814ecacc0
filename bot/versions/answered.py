"""The answer to what was changed: the old words and the new ones, each quoted from its own version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from time import perf_counter

from bot.cite import cite
from bot.model import Answer, Quote, RawSentence
from bot.versions.asked import ChangeAsked, asks_without_work, change_asked
from bot.versions.compare import compare
from bot.versions.model import ADDED, CHANGED, REMOVED, RENUMBERED, SAME, Article, Change, Comparison, Version
from bot.versions.printed import heading, summary
from ingest.index import Index
from ingest.model import Hit
from ingest.text import search_form_with_map, sentences, titled

MOST = 6  # articles quoted where all changes of a work are asked after; the comparison shows the others
_OF_ONE = 8  # sentences of one article
_OF_MANY = 2  # of each of several


def answer_change(index: Index, question: str, as_of: date | None = None) -> Answer | None:
    """None for a question about anything else."""
    begun = perf_counter()
    asked = change_asked(index, question, as_of or date.today())  # noqa: DTZ011 - the reader's own day
    if asked is None:
        titles = asks_without_work(index, question)
        if not titles:
            return None
        had = "、".join(titled(title) for title in titles[:MOST])
        told = f"请写明问的是哪个文件，例如“{titles[0].strip('《》')}第几条改了什么”。资料库里有几个版本的有：{had}{'等' if len(titles) > MOST else ''}。"
        return Answer(question, "refused", "extractive", warnings=(told,))
    compared = compare(index, asked.old, asked.new, asked.article)
    shown = _shown(compared, asked)
    raw = [
        one
        for change in shown
        for one in _sentences(index, compared, change, single=asked.article is not None)
    ]
    cited = cite(raw, index.text, index.page_at)
    notes = tuple(_notes(compared, asked, shown))
    ms = round((perf_counter() - begun) * 1000, 2)
    if not cited.sentences:
        return Answer(question, "refused", "extractive", warnings=notes, ms=ms)
    answer = Answer(
        question, "answered", "extractive", cited.sentences, cited.citations, warnings=notes, ms=ms
    )
    return replace(answer, dropped=cited.dropped)


def _shown(compared: Comparison, asked: ChangeAsked) -> list[Change]:
    if asked.article is not None:
        return list(compared.changes)
    told = [change for change in compared.changes if change.kind in (ADDED, REMOVED)]
    told += sorted((change for change in compared.changes if change.kind == CHANGED), key=_size, reverse=True)
    chosen = told[:MOST]
    return [change for change in compared.changes if change in chosen]


def _size(change: Change) -> int:
    return sum(len(segment.text) for segment in change.segments if segment.kind != "same")


def _notes(compared: Comparison, asked: ChangeAsked, shown: list[Change]) -> Iterator[str]:
    title, old, new = titled(compared.title), compared.old, compared.new
    if not compared.changes and asked.article:
        yield f"{title}的{old.name}和{new.name}都没有{asked.article}。"
        return
    if asked.article is None:
        yield f"{title}{new.name}与{old.name}相比：{summary(compared)}"
        rest = sum(change.kind in (ADDED, REMOVED, CHANGED) for change in compared.changes) - len(shown)
        if rest > 0:
            yield f"以上只列改动较大的{len(shown)}条，另有{rest}条有改动；全部对照用 python -m bot changes {title} 查看"
    else:
        yield f"{title}{old.name}与{new.name}对照：" + "；".join(heading(change) for change in shown)
    yield f"{old.name}" + ("是现行版本" if old.in_force else "已被取代，所引旧文只供对照")
    yield from compared.notes


def _sentences(index: Index, compared: Comparison, change: Change, *, single: bool) -> Iterator[RawSentence]:
    """What was changed of both wordings, the old one first; all of an article where only that is asked after."""
    most = _OF_ONE if single else _OF_MANY
    pairs = ((compared.old, change.old, change.new), (compared.new, change.new, change.old))
    for version, article, other in pairs:
        if article is None or (change.kind in (SAME, RENUMBERED) and article is change.old):
            continue
        parts = index.article(version.document_id, article.label)
        if parts:
            spans = _differing(index.text(version.document_id), article, other)[:most]
            yield from (
                _raw(version, article, parts[0], index.text(version.document_id), span) for span in spans
            )


def _differing(text: str, article: Article, other: Article | None) -> list[tuple[int, int]]:
    """The sentences of an article that the other one has not, word for word; its first one where it has them all."""
    spans = sentences(text, article.start, article.end)
    if other is None:
        return spans
    held = search_form_with_map(other.body)[0]
    new = [
        (start, end)
        for start, end in spans
        if search_form_with_map(text[start:end].removeprefix(article.label))[0].strip("。；") not in held
    ]
    return new or spans[:1]


def _raw(version: Version, article: Article, hit: Hit, text: str, span: tuple[int, int]) -> RawSentence:
    start, end = span
    quote = text[start:end]
    return RawSentence(
        f"〔{version.name}{article.label}〕{quote.removeprefix(article.label).lstrip()}",
        (Quote(hit, quote, start, end, 1.0),),
    )
