"""The nouns of comparing two versions of a work. Standard library only, all frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

SAME, RENUMBERED, CHANGED, ADDED, REMOVED = "same", "renumbered", "changed", "added", "removed"
KINDS = {SAME: "未改", RENUMBERED: "只改条号", CHANGED: "有修改", ADDED: "新增", REMOVED: "删去"}


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a work: the best document there is of it. `day`: when it was issued or came into force, where known."""

    document_id: str
    source: str
    title: str
    year: int
    day: date | None
    in_force: bool
    is_digest: bool = False

    @property
    def name(self) -> str:
        """2014年版; 2022年3月版 is told with its month by who lists several of one year."""
        return f"{self.year}年版" if self.year else "未注明年份的版本"


@dataclass(frozen=True, slots=True)
class Article:
    """An article of a version; `body` is its text without its number, `start` its place in the document."""

    label: str
    body: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Pair:
    """An old article and the new one it became; one of the two is None for what was removed or added.

    `beside`: the article of the other version that holds most of what was removed, or held most of what was added.
    """

    old: Article | None
    new: Article | None
    beside: str | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text: `kind` is "same", "removed" (only in the old article) or "added" (only in the new one)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one article. `segments`, read without the added ones, give the old text, without the removed ones
    the new.
    """

    kind: str
    old: Article | None
    new: Article | None
    segments: tuple[Segment, ...]
    beside: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of one work. `changes` in the order of the new version, removed articles where they stood.

    `notes`: what the reader must know of it (Chinese): a text that is cut off, a digest.
    """

    title: str
    old: Version
    new: Version
    changes: tuple[Change, ...]
    notes: tuple[str, ...] = ()

    @property
    def counts(self) -> Mapping[str, int]:
        return {kind: sum(change.kind == kind for change in self.changes) for kind in KINDS}
