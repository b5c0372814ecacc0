"""What people say -> what regulations write: 转正 and 转为正式党员. The words are in lexicon.toml, to be read there.

Pure, but for reading the file once, at the first question. A user's own lexicon.toml may add entries.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from ingest.errors import ConfigError
from ingest.text import search_form

FILE_NAME = "lexicon.toml"
_GAP = "..."  # … in search form
_TAKEN = "\0"


class BadLexicon(ConfigError):
    default_hint = '每条写成 [[entry]]，例如 said = ["转正"]、means = ["转为正式党员"]、why = "细则的说法"。'


@dataclass(frozen=True, slots=True)
class Entry:
    """One matter in everyday and in official words, all in search form.

    `said`: everyday forms; … stands for anything between. `means`: the wordings searched for as well; the first may
    stand in place of what was said. `same`: wordings too common to search for, which count as what was said where
    they stand in a source. `why`: one sentence for the reader of the file.
    """

    said: tuple[str, ...]
    means: tuple[str, ...]
    same: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Entries; by its first two characters, each everyday form with its entry and each official wording with the
    everyday words it stands for.
    """

    entries: tuple[Entry, ...]
    forms: Mapping[str, Sequence[tuple[str, Entry]]]
    wordings: Mapping[str, Sequence[tuple[str, tuple[str, ...]]]]


def lexicon_of(entries: Iterable[Entry]) -> Lexicon:
    entries = tuple(entries)
    forms: defaultdict[str, list[tuple[str, Entry]]] = defaultdict(list)
    wordings: defaultdict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    for entry in entries:
        for form in entry.said:
            forms[form.split(_GAP)[0][:2]].append((form, entry))
        everyday = tuple(form for form in entry.said if _GAP not in form)
        for wording in (*entry.means, *entry.same):
            wordings[wording[:2]].append((wording, everyday))
    return Lexicon(entries, forms, wordings)


@cache
def packaged() -> Lexicon:
    """The lexicon that comes with the program."""
    text = files("bot.retrieval").joinpath(FILE_NAME).read_text(encoding="utf-8")
    return lexicon_of(parse(text, FILE_NAME))


def lexicon_in(home: Path) -> Lexicon:
    """The packaged lexicon and the entries of HOME/lexicon.toml, which win where both know a form; BadLexicon."""
    path = home / FILE_NAME
    if not path.exists():
        return packaged()
    try:
        own = tuple(parse(path.read_text(encoding="utf-8-sig"), str(path)))
    except (OSError, UnicodeDecodeError) as error:
        raise BadLexicon(f"读不了 {path}：{error}") from error
    return lexicon_of((*own, *packaged().entries))


def parse(text: str, name: str) -> Iterator[Entry]:
    """The entries of a lexicon file; BadLexicon names `name` and the entry that is not well-formed."""
    try:
        records = tomllib.loads(text).get("entry", [])
    except tomllib.TOMLDecodeError as error:
        raise BadLexicon(f"{name} 不是完整的 TOML：{error}") from error
    if not isinstance(records, list):
        raise BadLexicon(f"{name} 里的条目应写成 [[entry]]")
    for number, record in enumerate(records, 1):
        try:
            yield _entry(record)
        except ValueError as error:
            raise BadLexicon(f"{name} 第 {number} 条：{error}") from error


def _entry(record: Any) -> Entry:
    if not isinstance(record, dict):
        raise ValueError("条目应写成 [[entry]]")  # noqa: TRY004 - a fault of the file, told as one
    unknown = set(record) - {"said", "means", "same", "why"}
    if unknown:
        raise ValueError(f"不认识 {'、'.join(sorted(unknown))}")
    said, means, same = (_words(record.get(key, []), key) for key in ("said", "means", "same"))
    why = record.get("why", "")
    if any(not form.replace(_GAP, "") for form in said):
        raise ValueError("said 里不能只有“…”")
    if not said or not (means or same):
        raise ValueError("要有 said，以及 means 或 same")
    if not isinstance(why, str) or not why.strip():
        raise ValueError("要用 why 写明理由")
    return Entry(said, means, same, why)


def _words(values: object, key: str) -> tuple[str, ...]:
    if not isinstance(values, list) or not all(isinstance(one, str) and one.strip() for one in values):
        raise ValueError(f"{key} 应是文字的列表")
    return tuple(search_form(one) for one in values)


def spoken(question: str, lexicon: Lexicon | None = None) -> tuple[tuple[str, Entry], ...]:
    """The everyday forms in a question with their entries: longest first, no character used by two forms.

    An official wording that holds the form (党员大会 in 支部党员大会) is official already and not counted.
    """
    rest = whole = search_form(question)
    forms = (lexicon or packaged()).forms
    found: list[tuple[str, Entry]] = []
    starts = _starts(whole) | {""}  # "" is where the forms that begin with … stand
    known = [pair for start in sorted(starts & forms.keys()) for pair in forms[start]]
    for form, entry in sorted(known, key=lambda pair: -len(pair[0])):  # 党小组会 is taken before 党小组
        if _GAP in form:
            if _in_order(form, whole):
                found.append((form, entry))
        elif form in rest:
            for wording in entry.means:
                if form in wording:
                    rest = rest.replace(wording, _TAKEN * len(wording))
            if form in rest:
                found.append((form, entry))
                rest = rest.replace(form, _TAKEN * len(form))
    return tuple(found)


def official_words(question: str, lexicon: Lexicon | None = None) -> tuple[str, ...]:
    """The official wordings of what a question says in everyday words, without those it has already."""
    form = search_form(question)
    words = (word for _, entry in spoken(question, lexicon) for word in entry.means if word not in form)
    return tuple(dict.fromkeys(words))


def reworded(question: str, lexicon: Lexicon | None = None) -> str | None:
    """The question with its everyday words replaced by official ones, in search form; None when nothing changes."""
    said = form = search_form(question)
    for everyday, entry in spoken(question, lexicon):
        if entry.means and entry.means[0] not in form:
            said = said.replace(everyday, entry.means[0])
    return said if said != form else None


def everyday_words(form: str, lexicon: Lexicon | None = None) -> list[str]:
    """The everyday words whose official wording stands in a text (given in its search form)."""
    wordings = (lexicon or packaged()).wordings
    found = (
        everyday
        for start in _starts(form) & wordings.keys()
        for wording, everyday in wordings[start]
        if wording in form
    )
    return sorted({word for words in found for word in words})


def _starts(form: str) -> set[str]:
    """Whatever a wording in a text may begin with: its pairs and its single characters."""
    return {form[at : at + 2] for at in range(len(form))}.union(form)


def _in_order(form: str, text: str) -> bool:
    at = 0
    for piece in form.split(_GAP):
        at = text.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return True
