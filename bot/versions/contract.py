"""A comparison as the JSON that users' scripts read. The keys are a contract: add, never rename."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.versions.model import Article, Change, Comparison, Version


def comparison_json(compared: Comparison) -> dict[str, Any]:
    return {
        "title": compared.title,
        "from": version_json(compared.old),
        "to": version_json(compared.new),
        "counts": dict(compared.counts),
        "changes": [_change_json(change) for change in compared.changes],
        "notes": list(compared.notes),
    }


def works_json(works: Sequence[Sequence[Version]]) -> dict[str, Any]:
    return {
        "works": [
            {"title": versions[-1].title, "versions": [version_json(one) for one in versions]}
            for versions in works
        ]
    }


def version_json(version: Version) -> dict[str, Any]:
    return {
        "source": version.source,
        "title": version.title,
        "year": version.year or None,
        "day": version.day.isoformat() if version.day else None,
        "in_force": version.in_force,
    }


def _change_json(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "old": _article_json(change.old),
        "new": _article_json(change.new),
        "beside": change.beside,
        "segments": [{"kind": one.kind, "text": one.text} for one in change.segments],
    }


def _article_json(article: Article | None) -> dict[str, Any] | None:
    if article is None:
        return None
    return {"article": article.label, "text": article.body, "start": article.start, "end": article.end}
