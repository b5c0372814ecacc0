"""Questions whose articles someone has confirmed: read, merged into what the home keeps, found among its chunks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import ConfigError
from ingest.model import Hit

KEPT = "asked.jsonl"  # in the home: the lines that `read_confirmed` reads
_HELD_OUT_EVERY = 5


@dataclass(frozen=True)
class Spot:
    """An article of a document, or the part under a heading or around a quote where it has no articles."""

    source: str
    article: str | None
    section: str | None = None
    quote: str | None = None

    def holds(self, hit: Hit) -> bool:
        if self.article or not (self.section or self.quote):
            return bool(self.article) and hit.article == self.article
        text = "".join(hit.text.split())
        under = not self.section or any(self.section in heading for heading in hit.heading_path)
        return under and (not self.quote or "".join(self.quote.split()) in text)


@dataclass(frozen=True)
class Confirmed:
    """A question and its evidence items, each a choice of spots."""

    question: str
    items: tuple[tuple[Spot, ...], ...]

    @property
    def held_out(self) -> bool:
        """True for a fifth of all questions, always the same ones: they judge a model and are never learned from."""
        return hashlib.sha256(self.question.encode()).digest()[0] % _HELD_OUT_EVERY == 0


def read_confirmed(path: Path) -> list[Confirmed]:
    """Lines {"question","source","article"} or evaluation cases with "gold"; ConfigError names the first wrong line."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"题目文件读不出来：{path}。", hint="请检查文件名，并确认是 UTF-8 编码。"
        ) from error
    confirmed = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                one = _read_line(json.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise ConfigError(
                    f"题目文件 {path.name} 第 {number} 行有误。",
                    hint='每行一个 JSON，例如 {"question": "党费怎么交？", "source": "办法.md", "article": "第三条"}。',
                ) from error
            confirmed += [one] if one.items else []  # a case without an answer teaches nothing
    return confirmed


def _read_line(record: dict[str, Any]) -> Confirmed:
    gold = record.get("gold", [[record]])
    items = tuple(
        tuple(
            Spot(str(spot["source"]), spot.get("article"), spot.get("section"), spot.get("quote"))
            for spot in item
        )
        for item in gold
    )
    question = record["question"].strip()
    if not question:
        raise ValueError
    return Confirmed(question, items)


def merged(*lists: Iterable[Confirmed]) -> list[Confirmed]:
    """One entry a question; the spots of all its lines together, as choices where each line names one item."""
    by_question: dict[str, list[tuple[Spot, ...]]] = {}
    for one in (one for confirmed in lists for one in confirmed):
        items = by_question.setdefault(one.question, [])
        if len(items) == len(one.items) == 1:
            items[0] = tuple(dict.fromkeys(items[0] + one.items[0]))
        else:
            items += [item for item in one.items if item not in items]
    return [Confirmed(question, tuple(items)) for question, items in by_question.items()]


def kept(home: Path) -> list[Confirmed]:
    """What the home keeps of earlier runs."""
    path = home / KEPT
    return read_confirmed(path) if path.is_file() else []


def keep(home: Path, confirmed: Sequence[Confirmed]) -> None:
    """Writes the questions to the home in one step: a line a spot, or one with all items where several are needed."""
    new = home / f"{KEPT}.new"
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for one in confirmed for line in _lines(one))
    new.write_text(text, encoding="utf-8")
    new.replace(home / KEPT)


def _lines(one: Confirmed) -> Iterator[dict[str, Any]]:
    items = [[_spot(spot) for spot in item if spot.article] for item in one.items]
    items = [item for item in items if item]
    if len(items) > 1:
        yield {"question": one.question, "gold": items}
    else:
        yield from ({"question": one.question, **spot} for item in items for spot in item)


def _spot(spot: Spot) -> dict[str, Any]:
    return {"source": spot.source, "article": spot.article}


def numbered(confirmed: Confirmed, by_source: dict[str, list[tuple[int, Hit]]]) -> list[list[int]]:
    """For each evidence item the numbers of the chunks that hold it; items that are nowhere are left out."""
    items = [
        [number for spot in item for number, hit in by_source.get(spot.source, []) if spot.holds(hit)]
        for item in confirmed.items
    ]
    return [item for item in items if item]
