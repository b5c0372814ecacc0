"""The story of 新旧对照: the two versions, which article became which, what was changed in each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot.errors import NoSuchVersion
from bot.versions.marking import marked
from bot.versions.matching import match
from bot.versions.model import (
    ADDED,
    CHANGED,
    REMOVED,
    RENUMBERED,
    SAME,
    Article,
    Change,
    Comparison,
    Pair,
    Segment,
    Version,
)
from bot.versions.shelf import articles, in_force_on, versions_of
from ingest.index import Index
from ingest.text import search_form_with_map, titled

_CLOSING = re.compile(
    r"施行|实施|生效|解释|废止|执行"
)  # what one of the last articles of a whole text speaks of
_LAST = 3
_KEPT = 32  # pairs of versions whose articles stay matched


def compare_work(
    index: Index,
    name: str,
    since: date | None = None,
    until: date | None = None,
    article: str | None = None,
) -> Comparison:
    """The version that counted on `since` (None: the one before the other) against that of `until` (None: the one of
    today). `article`: only what became of it, by the numbers of either version. NoSuchWork, NoSuchVersion.
    """
    versions = versions_of(index, name)
    title = titled(versions[-1].title if versions else name)
    if len(versions) < 2:
        had = f"只有{versions[0].name}" if versions else "没有分条的版本"
        raise NoSuchVersion(f"资料库里的{title}{had}，没有可以对照的另一个版本。")
    new = in_force_on(versions, until or date.today())  # noqa: DTZ011 - the reader's own day
    at = versions.index(new)
    if since is None and at == 0:
        raise NoSuchVersion(f"资料库里没有{title}比{new.name}更早的版本。")
    old = in_force_on(versions, since) if since else versions[at - 1]
    if old == new:
        raise NoSuchVersion(
            f"这两个日期有效的都是{title}{new.name}，没有变化。",
            hint="用 --from 和 --to 写两个不同版本有效的日期。",
        )
    compared = compare(index, old, new, article)
    if article is not None and not compared.changes:
        had = "；".join(_extent(index, version) for version in (old, new))
        raise NoSuchVersion(f"{title}的{old.name}和{new.name}都没有{article}。", hint=f"{had}。请核对条号。")
    return compared


def compare(index: Index, old: Version, new: Version, article: str | None = None) -> Comparison:
    """All articles, or what became of the one that is `article` in either version."""
    pairs = matched(index, old.document_id, new.document_id)
    changes = tuple(change_of(pair) for pair in pairs if article is None or article in labels_of(pair))
    return Comparison(new.title, old, new, changes, tuple(_notes(index, old, new)))


def matched(index: Index, old: str, new: str) -> tuple[Pair, ...]:
    """The articles of two documents, matched once and kept while the documents stay the same."""
    known = index.derived("matched articles", dict[tuple[str, str], tuple[Pair, ...]])
    pairs = known.get((old, new))
    if pairs is None:
        if len(known) >= _KEPT:
            known.clear()
        pairs = known[old, new] = match(articles(index, old), articles(index, new))
    return pairs


def change_of(pair: Pair) -> Change:
    old, new = pair.old, pair.new
    if old is None or new is None:
        one, kind, segment = (new, ADDED, "added") if old is None else (old, REMOVED, "removed")
        assert one is not None
        return Change(kind, old, new, (Segment(segment, one.body),), pair.beside)
    if _form(old) == _form(new):
        kind = SAME if old.label == new.label else RENUMBERED
        return Change(kind, old, new, (Segment("same", new.body),))
    return Change(CHANGED, old, new, marked(old.body, new.body))


def _form(article: Article) -> str:
    return search_form_with_map(article.body)[0]


def labels_of(one: Pair | Change) -> set[str]:
    return {article.label for article in (one.old, one.new) if article is not None}


def _extent(index: Index, version: Version) -> str:
    listed = articles(index, version.document_id)
    return f"{version.name}收有 {len(listed)} 条" + (f"，最后是{listed[-1].label}" if listed else "")


def _notes(index: Index, old: Version, new: Version) -> list[str]:
    notes = []
    pairs = matched(index, old.document_id, new.document_id)
    for version in (old, new):
        listed = articles(index, version.document_id)
        if version.is_digest:
            notes.append(f"{version.name}是摘编，只收了部分条文，对照里的新增、删去不一定是真的。")
        elif listed and not _is_whole(listed, pairs):
            notes.append(
                f"{version.name}的文本可能不完整（最后一条是{listed[-1].label}，没有写施行和解释），那以后的新增、删去不一定是真的。"
            )
        elif not listed:
            notes.append(f"{version.name}没有分条，不能逐条对照。")
    return notes


def _is_whole(listed: Sequence[Article], pairs: Sequence[Pair]) -> bool:
    """Its last articles speak of force or explanation, or its last one is the last of the other version, too."""
    last = pairs[-1].old if pairs else None
    ends_alike = last is not None and pairs[-1].new is not None and listed[-1] in (last, pairs[-1].new)
    return ends_alike or any(_CLOSING.search(article.body) for article in listed[-_LAST:])
