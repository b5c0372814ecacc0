"""Whether an answer rests on the version that counted on the day it is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from bot.model import Answer, Citation
from bot.retrieval.names import edition_year
from evals.model import Case
from ingest.model import DocumentRow


class Editions(Protocol):
    """The documents, and which of them did not count on a day: replaced by then, or not yet made."""

    def documents(self) -> Sequence[DocumentRow]: ...
    def superseded(self, day: date) -> set[str]: ...


def wrong_version(case: Case, answer: Answer, index: Editions) -> bool | None:
    """True when a document is cited that did not count on the day of the case, and no warning says so of it by its year;
    None where the case tells no day. Not answering is not wrong.
    """
    day = case.day or case.as_of
    if day is None:
        return None
    out = index.superseded(day)
    wrong = [citation for citation in answer.citations if citation.document_id in out]
    years = {row.id: edition_year(row) for row in index.documents()} if wrong else {}
    return any(not _said(one, years.get(one.document_id, 0), answer.warnings) for one in wrong)


def _said(citation: Citation, year: int, warnings: Sequence[str]) -> bool:
    bare = citation.title.strip("《》")
    by_year = (f"{year}年的版本已被", f"按{year}年的版本查找")
    return any(
        f"{year}年版已被取代" in warning or (bare in warning and any(said in warning for said in by_year))
        for warning in warnings
    )
