"""Stand-ins that ship with the page, so that tests never patch: a desk that answers from a script."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.card.model import Card
from bot.model import Answer, Citation, Passage, Sentence
from bot.versions.model import Comparison
from ingest.model import Hit, Quality

SCRIPTED_TEXT = (
    "第一条　本办法是为测试写的，不是任何法规。\n"
    "第二条　见习期为一年。见习期满<三个月>内应当开会讨论。\n"
    "第三条　延长见习期的，最长不超过一年。"
)


@dataclass(frozen=True, slots=True)
class ScriptedRow:
    """A document of the scripted library."""

    source: str = "办法.txt"
    title: str = "见习办法"
    kind: str = "办法"
    issued: date | None = date(2023, 12, 1)
    effective: date | None = date(2024, 1, 1)
    in_force: bool = True
    chunks: int = 3
    quality: Quality = field(default_factory=Quality)
    id: str = "d1"
    copy_of: str | None = None


@dataclass(frozen=True, slots=True)
class ScriptedShelf:
    """What stands on the scripted shelf; doubles as its own count."""

    rows: tuple[ScriptedRow, ...] = (ScriptedRow(),)

    def documents(self) -> Sequence[ScriptedRow]:
        return self.rows

    def counts(self) -> ScriptedCounts:
        return ScriptedCounts(len(self.rows), sum(row.chunks for row in self.rows))


@dataclass(frozen=True, slots=True)
class ScriptedCounts:
    documents: int
    chunks: int


class ScriptedDesk:
    """Answers `script[question]` sentence by sentence; a question outside the script is refused.

    An exception in the script is raised after the first sentence would have been due. `asked` and `before` record what came in.
    """

    def __init__(
        self,
        script: Mapping[str, Answer | Exception],
        text: str = SCRIPTED_TEXT,
        nearest: tuple[Hit, ...] = (),
        seconds: float = 0.0,
        changes: Comparison | None = None,
    ) -> None:
        self.index = ScriptedShelf()
        self.asked: list[tuple[str, date | None]] = []
        self.before: list[tuple[Answer, ...]] = []
        self.closed = False
        self.cards: dict[str, Card | Exception] = {}
        self._script = script
        self._text = text
        self._nearest = nearest
        self._seconds = seconds
        self._changes = changes

    def stream(
        self, question: str, as_of: date | None = None, before: Sequence[Answer] = ()
    ) -> Iterator[Answer]:
        self.asked.append((question, as_of))
        self.before.append(tuple(before))
        last = self._script.get(question) or Answer(question, "refused", "extractive", nearest=self._nearest)
        if isinstance(last, Exception):
            raise last
        for told in range(1, len(last.sentences)):
            yield replace(last, sentences=last.sentences[:told])
            time.sleep(self._seconds)
        yield last

    def passage(self, citation: Citation) -> Passage:
        """The section of the scripted text; KeyError for a document that is not in the script."""
        if citation.document_id != "scripted":
            raise KeyError(citation.document_id)
        return Passage(
            text=self._text[citation.section_start : citation.section_end],
            quote_start=citation.start - citation.section_start,
            quote_end=citation.end - citation.section_start,
            citation=citation,
        )

    def changes(self, citation: Citation) -> Comparison | None:
        return self._changes

    def card(self, question: str, as_of: date | None = None) -> Card | None:
        """The card for `cards[question]`; an exception there is raised."""
        made = self.cards.get(question)
        if isinstance(made, Exception):
            raise made
        return made

    def close(self) -> None:
        self.closed = True


def scripted_citation(n: int, quote: str, text: str = SCRIPTED_TEXT) -> Citation:
    """A citation of `quote`, which must stand in `text`; its section is the line it stands in."""
    start = text.index(quote)
    line = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", start)
    return Citation(
        n=n,
        document_id="scripted",
        source="办法.txt",
        title="见习办法",
        article=text[line : line + 3],
        heading_path=("第一章 总则",),
        page=2,
        quote=quote,
        start=start,
        end=start + len(quote),
        section_start=line,
        section_end=len(text) if stop < 0 else stop,
        in_force=True,
        kind="办法",
    )


def scripted_answer(question: str, *quotes: str) -> Answer:
    """An answer of one sentence per quote, each carried by its own citation."""
    citations = tuple(scripted_citation(n, quote) for n, quote in enumerate(quotes, 1))
    sentences = tuple(Sentence(quote, (n,)) for n, quote in enumerate(quotes, 1))
    return Answer(question, "answered", "extractive", sentences=sentences, citations=citations, ms=12.0)
