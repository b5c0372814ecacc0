"""The other version of an article that is cited, for the panel beside it."""

from __future__ import annotations

from bot.model import Citation
from bot.versions.compare import compare
from bot.versions.model import Comparison
from bot.versions.shelf import version_of
from ingest.index import Index


def beside(index: Index, citation: Citation) -> Comparison | None:
    """Of an article in force what it was in the version before, of an older one what it is today; None where there is no
    other version, or the document has no articles.
    """
    known = version_of(index, citation.document_id) if citation.article else None
    if known is None or len(known[0]) < 2:
        return None
    versions, own = known
    at = versions.index(own)
    old, new = (versions[at - 1], own) if at and own.in_force else (own, versions[-1])
    if old == new:
        return None
    compared = compare(index, old, new, citation.article)
    mine = [
        change
        for change in compared.changes
        if (article := change.new if own == new else change.old) and article.label == citation.article
    ]
    return Comparison(compared.title, old, new, tuple(mine), compared.notes) if mine else None
