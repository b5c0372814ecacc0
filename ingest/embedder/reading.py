"""Read the training texts: articles of laws and regulations, news items, questions with their gold articles.

A plain reader of its own: training must stay reproducible when the ingest rules for users' documents change.
"""

import gzip
import json
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_HEADER_END = "<!-- INFO END -->"
_NUMERAL = "一二三四五六七八九十百千零〇两"
_ARTICLE = re.compile(rf"^\s*(第[{_NUMERAL}]+条(?:之[{_NUMERAL}]+)?)(?![{_NUMERAL}的、和至])")
_CHAPTER = re.compile(rf"^\s*(第[{_NUMERAL}]+[编章节](?:[\s　]|$).*)")


@dataclass(frozen=True)
class Article:
    """One article: `text` starts with its label; `heading` is the nearest chapter heading, or empty."""

    source: str
    label: str
    title: str
    heading: str
    text: str

    @property
    def titled(self) -> str:
        """The text as the index embeds it: title and heading path, then the article."""
        return f"{self.title} {self.heading}".rstrip() + "\n" + self.text


@dataclass(frozen=True)
class Question:
    """A question; `gold` lists evidence items, each a set of acceptable (source, label) articles."""

    text: str
    answer: str
    gold: tuple[frozenset[tuple[str, str]], ...]


@dataclass(frozen=True)
class Passage:
    """A general question with the passage that answers it."""

    question: str
    text: str
    answer: str


def split_articles(source: str, document: str) -> list[Article]:
    """Cut a law into articles at lines that start with 第X条; text before the first article is left out."""
    header, mark, body = document.partition(_HEADER_END)
    if not mark:
        header, body = document[:200], document
    titles = [line.lstrip("# ").strip() for line in header.splitlines() if line.startswith("# ")]
    title = " ".join(titles) or Path(source).stem
    articles: list[Article] = []
    heading, label, lines = "", "", list[str]()

    def close() -> None:
        if label:
            articles.append(Article(source, label, title, heading_of, "\n".join(lines)))

    heading_of = ""
    for raw in body.splitlines():
        line = raw.strip()
        if not line:
            continue
        chapter = _CHAPTER.match(line.lstrip("# "))
        if line.startswith("#") or (chapter and len(line) < 40):
            close()
            label, lines = "", []
            heading = re.sub(r"\s+", " ", line.lstrip("# "))
            continue
        found = _ARTICLE.match(line)
        if found:
            close()
            label, lines, heading_of = found.group(1), [], heading
        if label:
            lines.append(line)
    close()
    return articles


def read_folder(folder: Path) -> list[Article]:
    """Every article of the .md and .txt files under `folder`, sources relative to it, in path order."""
    articles: list[Article] = []
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".md", ".txt"} and path.name != "_index.md":
            source = path.relative_to(folder).as_posix()
            articles += split_articles(source, path.read_text(encoding="utf-8", errors="replace"))
    return articles


def read_archive(path: Path) -> list[Article]:
    """Every article of the .md files in a .tar.gz, in the archive's name order."""
    documents: list[tuple[str, str]] = []
    with tarfile.open(path) as archive:
        for member in archive:
            if member.isfile() and member.name.endswith(".md") and not member.name.endswith("_index.md"):
                stream = archive.extractfile(member)
                if stream is not None:
                    documents.append((member.name, stream.read().decode("utf-8", errors="replace")))
    return [article for name, text in sorted(documents) for article in split_articles(name, text)]


def read_news(path: Path) -> list[str]:
    """One news text a line."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return [line.strip() for line in stream if line.strip()]


def _records(path: Path) -> Iterator[dict[str, object]]:
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def read_questions(path: Path) -> list[Question]:
    """The legal questions of a STARD file, in line order (the held-out fifth is defined by line number)."""
    questions: list[Question] = []
    for record in _records(path):
        items = record["gold"]
        assert isinstance(items, list)
        gold = tuple(frozenset((g["source"], g["article"]) for g in item) for item in items)
        questions.append(Question(str(record["question"]), str(record.get("answer") or ""), gold))
    return questions


def read_written(path: Path) -> list[Question]:
    """The questions written for training (corpus/questions.tsv): question, document below DATA, its article or articles.

    The document's first folder (laws, regulations) is left out of the keys, as in `read_folder`; each article is an
    evidence item of its own.
    """
    questions: list[Question] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            text, document, labels = line.split("\t")
            source = document.partition("/")[2]
            gold = tuple(frozenset([(source, label)]) for label in labels.split(";"))
            questions.append(Question(text, "", gold))
    return questions


def read_passages(path: Path) -> list[Passage]:
    """Question, passage, answer records (CMRC 2018 form)."""
    return [Passage(str(r["question"]), str(r["context"]), str(r["answer"])) for r in _records(path)]
