"""The nouns of proofreading. Frozen, standard library only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

# slip: certain, or as good as; doubt: a person should look, it may be meant; placeholder: XX, ×, ** to be filled in.
Kind = Literal["slip", "doubt", "placeholder"]

# Where rules come from; a table may name another source.
MARKS = "GB/T 15834-2011 标点符号用法"
NUMERALS = "GB/T 15835-2011 出版物上数字用法"
LAYOUT = "GB/T 9704-2012 党政机关公文格式"
HANDLING = "党政机关公文处理工作条例"
WORDS = "现代汉语规范用词"
WORDINGS = "党内法规和中央文件的规范表述"
SUMS = "文内数据前后核对"


@dataclass(frozen=True, slots=True)
class Finding:
    """`paper[start:end] == text`. `suggestion` replaces it ("" deletes it); None: a person must decide.

    `rule` is a short stable name, `source` says where it comes from, `message` is a Chinese sentence.
    """

    start: int
    end: int
    text: str
    rule: str
    source: str
    suggestion: str | None
    message: str
    kind: Kind = "slip"


@dataclass(frozen=True, slots=True)
class Work:
    """A work of the knowledge base as it stands on a day: `replaced_by` and `since` where a later one took its place."""

    title: str
    in_force: bool
    replaced_by: str = ""
    since: date | None = None


class Shelf(Protocol):
    """What proofreading asks of the knowledge base."""

    def work(self, name: str, day: date | None) -> Work | None:
        """The work that this very name means, as it stands on the day (None: today); None when it is not known."""
        ...

    def later(self, name: str, year: int, day: date) -> Work | None:
        """The newest edition by that day of the work that this very name means, where it is newer than that of the year."""
        ...

    def titles(self) -> Sequence[str]:
        """The full names of all works, without 《》."""
        ...

    def article(self, name: str, label: str) -> Sequence[str]:
        """The texts of 第十二条 of the work called so, one for each edition that is here, the newest in force first."""
        ...


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the text: `text` is without surrounding white space and begins at `start` of the whole."""

    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text as the rules see it. `written`: the latest day or year that the text itself speaks of as its own."""

    text: str
    lines: tuple[Line, ...]
    written: date | None
    shelf: Shelf | None = None


class Rule(Protocol):
    def __call__(self, sheet: Sheet, /) -> Iterable[Finding]: ...
