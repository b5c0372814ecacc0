"""The nouns of drafting on the page: one `Bench` is everything one reader has under their hands. All frozen.

They are kept on the server between two clicks, so they hold no desk and no open file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from bot.drafting.model import Draft, Planned, Request
from bot.ui.talk import AnsweringDesk

UNDO_STEPS = 40


@runtime_checkable
class DraftingDesk(AnsweringDesk, Protocol):
    """What drafting on the page needs of `bot.compose.Desk`."""

    def outline(self, request: Request) -> tuple[Planned, ...]: ...
    def draft(self, request: Request, outline: Sequence[Planned] | None = None) -> Iterator[Draft]: ...
    def redraft(self, made: Draft, at: int) -> Draft: ...


@dataclass(frozen=True, slots=True)
class Form:
    """What the request form says, as typed. `outline`: headings, one a line; "" leaves them to the program."""

    genre: str = "年度工作报告"
    title: str = ""
    unit: str = ""
    period: str = ""
    audience: str = ""
    signer: str = ""
    dated: str = ""
    length: float | None = 3000
    facts: str = ""
    table: str = ""
    documents: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    basis: bool = False
    outline: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change of section `at` that the reader has not accepted yet."""

    at: int
    verb: str
    draft: Draft


@dataclass(frozen=True, slots=True)
class Bench:
    """`before`: the drafts to go back to, the newest last. `name`: what the draft is kept by, "" while it is not.
    `planned`: the outline that was proposed, and `planned_text` as it was put into the form. `writing`: how far the
    writing is. `at`: the section worked on last.
    """

    draft: Draft | None = None
    before: tuple[Draft, ...] = ()
    proposal: Proposal | None = None
    planned: tuple[Planned, ...] = ()
    planned_text: str = ""
    name: str = ""
    at: int = 0
    writing: str = ""
    notice: str = ""
    hint: str = ""
    told: str = ""  # what the last step did
    owner: str = ""  # whose drafts these are, see `bot.ui.owner`

    @property
    def idle(self) -> bool:
        return not self.writing
