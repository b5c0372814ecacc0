"""What an open index knows of one edition of the catalog: replaced as a whole, never changed under a reader."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from ingest.model import DocumentRow, Hit
from ingest.vectors import Vectors


@dataclass(frozen=True, slots=True)
class Made:
    """What was worked out from one edition, how, and in how many seconds."""

    value: object
    make: Callable[[], object]
    seconds: float


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read of one edition. What has a default is filled as it is asked for, and goes with the edition."""

    edition: str
    vectors: Vectors
    rows: list[DocumentRow] = field(default_factory=list)
    by_id: dict[str, DocumentRow] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    hits: dict[str, Hit] = field(default_factory=dict)
    derived: dict[Hashable, Made] = field(default_factory=dict)
