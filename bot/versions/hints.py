"""What a reader of old numbers must know: 第三十二条（2014年版）对应现在的第三十一条. And what of a time told is not here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.model import Answer, Citation
from bot.retrieval.edition import Edition
from bot.retrieval.exact import names_of
from bot.retrieval.names import named_work
from bot.retrieval.references import find_references
from bot.versions.compare import change_of, matched
from bot.versions.model import KINDS, SAME, Pair, Version
from bot.versions.shelf import version_of
from ingest.index import Index
from ingest.text import titled

_MOST = 3  # hints of one answer


def with_hints(index: Index, question: str, answer: Answer, edition: Edition | None) -> Answer:
    """The answer with a sentence for each article whose number is another one today."""
    if answer.status != "answered":
        return answer
    hints = list(dict.fromkeys((*_old_cited(index, answer), *_old_asked(index, question, edition))))[:_MOST]
    notes = _undated(index, answer, edition)
    return replace(answer, warnings=tuple(dict.fromkeys((*answer.warnings, *notes, *hints))))


def _old_cited(index: Index, answer: Answer) -> Iterator[str]:
    """Of the articles cited from a version that is no longer in force."""
    for citation in answer.citations:
        known = version_of(index, citation.document_id) if citation.article else None
        if known is None or known[1].in_force:
            continue
        now = [version for version in known[0] if version.in_force]
        if now:
            yield from _moved(index, citation, known[1], now[-1])


def _moved(index: Index, citation: Citation, old: Version, now: Version) -> Iterator[str]:
    pairs = matched(index, old.document_id, now.document_id)
    pair = next((one for one in pairs if one.old and one.old.label == citation.article), None)
    if pair is None or (pair.new is not None and pair.new.label == citation.article):
        return
    yield _told(old.title, old, now, pair)  # as the cited version calls itself: so do the other notes


def _told(title: str, old: Version, now: Version, pair: Pair) -> str:
    assert pair.old is not None
    was = f"{titled(title)}{pair.old.label}（{old.name}）"
    if pair.new is None:
        into = f"，内容大部分在{pair.beside}" if pair.beside else ""
        return f"{was}在现行的{now.name}里已经没有{into}"
    kind = change_of(pair).kind
    return f"{was}对应现在的{pair.new.label}（{now.name}，{KINDS[kind] if kind != SAME else '未改'}）"


def _old_asked(index: Index, question: str, edition: Edition | None) -> Iterator[str]:
    """Of the articles asked for by number in the version in force: who learnt the old numbers means another article."""
    if edition is not None:
        return
    names = names_of(index)
    for reference in find_references(question):
        named = named_work(names, reference.lead) if reference.article and not reference.is_own else None
        if named is None or named.year is not None:
            continue
        known = [
            found for row in names.works[named.work] if row.in_force and (found := version_of(index, row.id))
        ]
        versions = known[0][0] if known else ()
        if len(versions) < 2 or not versions[-1].in_force:
            continue
        old, now = versions[-2:]
        for pair in matched(index, old.document_id, now.document_id):
            if (
                pair.old
                and pair.old.label == reference.article
                and not (pair.new and pair.new.label == pair.old.label)
            ):
                yield f"条号改过：{_told(now.title, old, now, pair)}"


def _undated(index: Index, answer: Answer, edition: Edition | None) -> list[str]:
    if edition is None or not edition.at_that_time:
        return []
    titles = [one.title for one in answer.citations if not index.is_dated(one.document_id)]
    return [
        f"{titled(title)}没有写明日期，不能确定当时是否有效，请核对原件" for title in dict.fromkeys(titles)
    ]


def missing_then(index: Index, edition: Edition, first_now: str | None) -> tuple[str, ...]:
    """What is said when the rule that answers today has no version of the time told: `first_now` is the document found
    first without that time.
    """
    known = version_of(index, first_now) if first_now else None
    if known is None or not known[0] or any(version.document_id in edition.ids for version in known[0]):
        return ()
    earliest = known[0][0]
    if first_now not in edition.others or not earliest.year:
        return ()
    title = titled(known[0][-1].title)
    return (f"资料库里没有那时有效的{title}，最早的是{earliest.name}；没有按后来的版本回答。",)
