"""The versions of a work that are here, oldest first, each in its best document, and the articles of one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from bot.errors import NoSuchVersion, NoSuchWork
from bot.retrieval.edition import made_on
from bot.retrieval.exact import names_of
from bot.retrieval.names import DIGEST, edition_year, editions, named_work
from bot.versions.model import Article, Version
from ingest.index import Index
from ingest.model import REPLACEABLE_KINDS, DocumentRow
from ingest.text import titled

_APART = timedelta(days=28)  # between two versions of one year
_NUMBER = re.compile(
    r"\s*第\s*[零〇○一二三四五六七八九十百千\d]+\s*条(?:\s*之[一二三四五六七八九十\d]+)?[\s\u3000]*"
)
_LISTED = 6
_BEFORE = re.compile(r"(?:中国共产党|中华人民共和国|现行的?|新版的?|旧版的?|\d{4}年版?的?)*")


def versions_of(index: Index, name: str) -> tuple[Version, ...]:
    """NoSuchWork when nothing here is called so."""
    work = work_called(index, name)
    if work is None:
        several = "、".join(titled(versions[-1].title) for versions in several_versions(index)[:_LISTED])
        hint = f"资料库里有几个版本的有：{several}。" if several else "请先导入这个文件的新旧两个版本。"
        raise NoSuchWork(f"资料库里没有《{name.strip('《》 ')}》。", hint=hint)
    return _versions(names_of(index).works[work])


def work_called(index: Index, name: str) -> str | None:
    """A name stands for itself: 不存在的工作细则 is no 工作细则 that happens to be here."""
    bare = name.strip().strip("《》")
    named = named_work(names_of(index), bare)
    before = _BEFORE.match(bare)
    return named.work if named and before and named.start <= before.end() else None


def several_versions(index: Index) -> list[tuple[Version, ...]]:
    """The works that are here in more than one version, by title."""
    found = (_versions(rows) for rows in names_of(index).works.values())
    return sorted((versions for versions in found if len(versions) > 1), key=lambda one: one[-1].title)


def version_of(index: Index, document_id: str) -> tuple[tuple[Version, ...], Version] | None:
    """All versions of the work of a document, and the one that the document is of; None for what is no rule."""
    by_document = index.derived("versions of documents", lambda: _by_document(index))
    return by_document.get(document_id)


def _by_document(index: Index) -> dict[str, tuple[tuple[Version, ...], Version]]:
    found: dict[str, tuple[tuple[Version, ...], Version]] = {}
    for rows in names_of(index).works.values():
        rules = [row for row in rows if row.kind in REPLACEABLE_KINDS and row.chunks]
        grouped = _grouped(rules)
        versions = tuple(_version(group) for group in grouped)
        for group, version in zip(grouped, versions, strict=True):
            found |= {row.id: (versions, version) for row in group}
    return found


def in_force_on(versions: Sequence[Version], day: date) -> Version:
    """The version that counted on `day`; NoSuchVersion where all are later."""
    then = [one for one in versions if _first_day(one) <= day]
    if not then:
        had = "、".join(f"{one.year}年" for one in versions)
        title = titled(versions[-1].title)
        raise NoSuchVersion(f"资料库里没有{day.isoformat()}有效的{title}，有的是{had}的。")
    return then[-1]


def _first_day(version: Version) -> date:
    return version.day or date(max(1, version.year), 1, 1)


def _versions(rows: Sequence[DocumentRow]) -> tuple[Version, ...]:
    rules = [row for row in rows if row.kind in REPLACEABLE_KINDS and row.chunks]
    return tuple(_version(group) for group in _grouped(rules))


def _grouped(rows: Sequence[DocumentRow]) -> list[list[DocumentRow]]:
    """The documents of each version, oldest first; copies, and prints that tell another day of the month, stay together."""
    groups: list[list[DocumentRow]] = []
    by_id = {row.id: row for row in rows}
    originals = [row for row in rows if row.copy_of not in by_id]
    for row in sorted(originals, key=lambda row: (edition_year(row), made_on(row) or date.min, row.source)):
        last = groups[-1][-1] if groups else None
        if last is not None and edition_year(last) == edition_year(row) and not _apart(last, row):
            groups[-1].append(row)
        else:
            groups.append([row])
    place = {row.id: group for group in groups for row in group}
    for row in rows:
        if row.copy_of in place:
            place[row.copy_of].append(row)
    return groups


def _apart(one: DocumentRow, other: DocumentRow) -> bool:
    return one.issued is not None and other.issued is not None and other.issued - one.issued >= _APART


def _version(group: Sequence[DocumentRow]) -> Version:
    row = (editions(group, edition_year(group[0])) or tuple(group))[0]
    days = [day for one in group if (day := one.effective or made_on(one)) and day.year >= edition_year(one)]
    return Version(
        row.id,
        row.source,
        row.title,
        edition_year(row),
        min(days, default=None),
        any(one.in_force for one in group),
        row.kind == DIGEST,
    )


def articles(index: Index, document_id: str) -> tuple[Article, ...]:
    """Every article once, in reading order."""
    text = index.text(document_id)
    found: dict[str, Article] = {}
    for chunk in index.chunks_of(document_id):
        if chunk.article is not None and chunk.article not in found:
            start, end = chunk.section_start, chunk.section_end
            whole = text[start:end]
            number = _NUMBER.match(whole)
            body = whole[number.end() if number else 0 :].rstrip()
            found[chunk.article] = Article(chunk.article, body, start, end)
    return tuple(found.values())
