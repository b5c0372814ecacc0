"""The texts that the table of the proofreader is learned from, and those kept back to fit and to measure with.

Kept back: what the case file of the proofreader is made of (by its name only), every twentieth text, and all reports: half
of them to fit with, half to measure with.
"""

from __future__ import annotations

import gzip
import json
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_KEPT_BACK = 20
_INFO = "<!-- INFO END -->"
_PARTY = 3  # times a text of the Party counts: there are far fewer of them than of laws and news


@dataclass(frozen=True, slots=True)
class Text:
    kind: str  # law, regional, party, news or report
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Texts:
    """`counted` are learned from, `fitted` and `measured` never."""

    counted: tuple[Text, ...]
    fitted: tuple[Text, ...]
    measured: tuple[Text, ...]


def read_texts(data: Path, corpus: Path, cases: Path) -> Texts:
    named = set(_sources(cases))
    counted: list[Text] = []
    kept: tuple[list[Text], list[Text]] = ([], [])
    for text in _all(data, corpus):
        number = zlib.crc32(text.name.encode())
        if text.name in named:
            continue
        if text.kind == "report":
            kept[number % 2].append(text)
        elif number % _KEPT_BACK == 0:
            kept[number // _KEPT_BACK % 2].append(text)
        else:
            counted += [text] * (_PARTY if text.kind == "party" else 1)
    return Texts(tuple(counted), tuple(kept[0]), tuple(kept[1]))


def _all(data: Path, corpus: Path) -> Iterator[Text]:
    for path in sorted((data / "laws").rglob("*.md")):
        yield Text("law", path.name, _body(path.read_text(encoding="utf-8")))
    with tarfile.open(data / "train" / "regional-regulations.tar.gz") as archive:
        for member in archive:
            opened = archive.extractfile(member) if member.name.endswith(".md") else None
            if opened is not None:
                yield Text("regional", Path(member.name).name, _body(opened.read().decode("utf-8")))
    for path in sorted((data / "regulations").glob("*.txt")):
        yield Text("party", path.name, path.read_text(encoding="utf-8"))
    for path in sorted(corpus.rglob("*.md")):
        yield Text("party", path.name, path.read_text(encoding="utf-8"))
    for path in sorted((data / "reports").rglob("*.txt")):
        yield Text("report", path.name, path.read_text(encoding="utf-8"))
    with gzip.open(data / "train" / "news-30k.txt.gz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            yield Text("news", f"news {number}", line)


def _body(text: str) -> str:
    return text.rsplit(_INFO, maxsplit=1)[-1]


def _sources(cases: Path) -> Iterator[str]:
    """Only the names are read: half of the cases is held out."""
    for line in cases.read_text(encoding="utf-8").splitlines():
        if line.strip() and (source := json.loads(line).get("source")):
            yield Path(source).name
