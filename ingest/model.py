"""The nouns of the corpus, one per arrow of the flow. Standard library only, all frozen.

file -> Source -> Document(blocks) -> Outline sections -> Chunk -> Hit
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

# Kinds whose later version takes the place of the earlier; a report of 2025 does not repeal that of 2024.
REPLACEABLE_KINDS = frozenset(
    {
        "党章",
        "准则",
        "条例",
        "规定",
        "办法",
        "规则",
        "细则",
        "规程",
        "章程",
        "法律",
        "行政法规",
        "司法解释",
        "法规摘编",
    }
)
RULE_KINDS = REPLACEABLE_KINDS | {"专题摘编"}


@dataclass(frozen=True, slots=True)
class Source:
    """One file found on disk, or in an archive there. `name` is its POSIX path relative to the synced folder `root`.

    `archive` is the name of the archive that a member stands in; its `path` (附件.zip/通知.docx) tells it, and opens nothing.
    """

    root: Path
    name: str
    size: int
    modified_ns: int
    archive: str | None = None

    @property
    def path(self) -> Path:
        return self.root / self.name


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start:end` of the text of document `document_id`; `page` is 1-based or None."""

    document_id: str
    start: int
    end: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or table row of a document: `text[start:end]` is its wording."""

    start: int
    end: int
    kind: str = "paragraph"  # "paragraph" | "heading" | "row"
    level: int = 0  # heading level the format itself gives (Markdown #, Word styles); 0 = none
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """A passage that cleaning took out, with the rule that did it. `start` is its place in the raw text."""

    text: str
    reason: str
    start: int


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a parser gives: raw text and its blocks, in reading order, nothing dropped yet."""

    text: str
    blocks: tuple[Block, ...]
    format: str
    # What helps to describe the document and to tell how well it was read: published (ISO date) and site of a web page, the
    # front matter of a Markdown file (its title), pages, ocr_pages, ocr_confidence. When a file was made says nothing of when
    # a document was issued, so what Word or a scanner noted about itself is left out.
    properties: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    # What the format shows but is no part of the text (page headers, print headers), or what the text gives in other
    # words (raw cells of a table's head): only the secrecy gate looks at it. Each is a passage of one line or more that is
    # screened as the head of a document would be.
    aside: tuple[str, ...] = ()
    # The first page that shows anything, if no text of it was obtained: it would bear the mark of secrecy.
    unread_head: int | None = None


@dataclass(frozen=True, slots=True)
class Quality:
    """How well a document was read. Shares are 0 to 1; pages are 1-based."""

    unreadable: float = 0.0  # share of characters that are no text: replacement marks, private-use glyphs
    ocr_pages: int = 0
    ocr_confidence: float | None = None  # mean over the pages read by OCR
    silent_pages: tuple[int, ...] = ()  # pages without text
    missing_articles: tuple[str, ...] = ()  # labels absent from the sequence 第一条 … 第N条
    tables: int = 0
    dropped: Mapping[str, int] = field(default_factory=dict)  # reason -> characters that cleaning took out
    check: tuple[str, ...] = ()  # why a person should look at it (Chinese); () when it reads well


@dataclass(frozen=True, slots=True)
class Description:
    """What a document is: filled from its own head, its file name, and the manifest (which wins)."""

    title: str
    kind: str = "其他"
    issuer: str | None = None
    number: str | None = None  # 文号
    issued: date | None = None
    effective: date | None = None
    repealed: date | None = None
    version: str | None = None
    work: str | None = None  # the regulation a digest or a version belongs to; None = the title itself
    in_force: bool = True
    note: str | None = None
    region: str | None = None  # 省市区县 as the issuer names it; None for central documents
    unit: str | None = None  # who issued it inside the region: 望川街道, 某某中学
    repeals: tuple[str, ...] = ()  # names of the works it takes out of force (同时废止)
    internal: str | None = (
        None  # the group whose own it is: not for services outside; None: not marked internal
    )


@dataclass(frozen=True, slots=True)
class Document:
    """A cleaned document. `text` is what is shown, searched and cited; spans count its characters."""

    id: str
    source: str
    text: str
    blocks: tuple[Block, ...]
    description: Description
    format: str
    sha256: str
    dropped: tuple[Dropped, ...] = ()
    warnings: tuple[str, ...] = ()
    quality: Quality = field(default_factory=Quality)
    sketch: str | None = None  # tells near duplicates; see `ingest.copies`
    personal: Mapping[str, int] | None = (
        None  # how much of each kind was masked; None: the text is as it was read
    )


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as the catalog lists it, without its text."""

    id: str
    path: str
    source: str
    status: str
    sha256: str
    size: int
    modified_ns: int
    format: str
    title: str
    kind: str
    issuer: str | None
    number: str | None
    issued: date | None
    effective: date | None
    repealed: date | None
    version: str | None
    work: str | None
    work_key: str
    declared: bool
    in_force: bool
    note: str | None
    region: str | None
    unit: str | None
    repeals: tuple[str, ...]
    chunks: int
    dropped: tuple[Mapping[str, object], ...]
    warnings: tuple[str, ...]
    quality: Quality = field(default_factory=Quality)
    sketch: str | None = None
    personal: Mapping[str, int] | None = (
        None  # how much of each kind was masked; None: the text is as it was read
    )
    copy_of: str | None = None  # id of the document that stands for all with nearly its text; None: itself
    internal: str | None = None  # see `Description.internal`


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the outline: an article, a chapter, a 一、 heading … and the characters it governs."""

    kind: str  # "part" | "book" | "chapter" | "section" | "article" | "heading" | "point" | "preamble"
    label: str | None  # canonical: 第十二条, 第三章, 二、 …; None for text before the first heading
    heading: str  # the line as it stands, e.g. "第三章 组织设置"
    start: int
    end: int
    path: tuple[str, ...]  # headings above, outermost first


@dataclass(frozen=True, slots=True)
class Chunk:
    """The unit that is embedded and found: `text == document.text[span.start:span.end]`."""

    id: str
    span: Span
    text: str
    article: str | None  # canonical label 第十二条 / 第十二条之一, None outside regulations
    heading_path: tuple[str, ...]
    part: int = 0  # 0 = the whole section; 1, 2 … = pieces of a long one
    section_start: int = 0  # the whole article or section, so that a click can show it
    section_end: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """A file read to the end: ready to be indexed. `declared`: a manifest states whether it is in force."""

    source: Source
    document: Document
    chunks: tuple[Chunk, ...]
    work_key: str
    declared: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk found for a query, with what a reader needs and the score of each stage."""

    chunk_id: str
    document_id: str
    source: str
    title: str
    article: str | None
    heading_path: tuple[str, ...]
    page: int | None
    start: int
    end: int
    section_start: int
    section_end: int
    text: str
    in_force: bool
    kind: str
    score: float
    scores: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read: why, and what to do (Chinese)."""

    source: str
    reason: str
    hint: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about a file that a reader should know: quarantined, or a warning."""

    source: str
    message: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that the last sync of its folder did not read: refused, or `held` back for its mark of secrecy."""

    path: str
    source: str
    held: bool
    reason: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a sync is: `done` of `total` files, `chunks` written so far, the file just finished."""

    done: int
    total: int
    source: str
    chunks: int


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What one sync did. `seconds` is wall time; counts are files, `chunks` those written."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    chunks: int = 0
    seconds: float = 0.0
    failed: tuple[Failure, ...] = ()
    quarantined: tuple[Notice, ...] = ()
    warnings: tuple[Notice, ...] = ()
    check: tuple[Notice, ...] = ()  # documents that were read, but that a person should look at
