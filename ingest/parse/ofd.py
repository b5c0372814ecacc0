"""OFD (GB/T 33190): the text of every page in reading order, one block per printed line, page numbers kept."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from ingest.errors import DamagedDocument
from ingest.model import Parsed
from ingest.parse import ocr
from ingest.parse.broken import Unreadable
from ingest.parse.decode import doubts
from ingest.parse.lines import Line, lay_out
from ingest.parse.ofdlines import page_lines
from ingest.parse.ofdpackage import Package, numbers, words
from ingest.parse.ofdtext import Piece, pieces
from ingest.parse.picture import read_page
from ingest.parse.scans import Scans

_DRAWN = ("ImageObject", "PathObject", "CompositeObject")
_FEW = 20  # characters over a picture of the whole page: its title or number, the words stand in the picture
_NUMBER = 4  # characters: no more than a page's number
_LARGE = 25_000.0  # mm²; an A5 page has 31,000
_MOST_CHARACTERS = 20_000_000  # of all pages together: a template may be named by every page


@dataclass(frozen=True, slots=True)
class _Page:
    """Where a page's objects are: its own content and its templates, then the files that name its pictures."""

    content: str | None
    templates: dict[str, str | None]
    resources: tuple[str, ...]


@dataclass(slots=True)
class _Book:
    """All pages of all documents in the package, in order, and what a reader should know."""

    pages: list[_Page] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)  # for the secrecy gate alone: `Parsed.aside`


def parse_ofd(data: bytes, *, ocr_pages: int = ocr.MOST_PAGES) -> Parsed:
    """Pages that are only pictures are read by OCR where it is installed, at most `ocr_pages` of them.

    Raises EncryptedDocument, DamagedDocument, or UnsupportedFormat if no page has any text.
    """
    package = Package(data)
    book = _book(package)
    pages = _texts(package, book)
    if all(text is None for text in pages):
        raise DamagedDocument("ofd 里的页面都读不出来")
    silent = [number for number, texts in enumerate(pages, 1) if texts == []]
    scans, pictures = Scans(ocr_pages), _Pictures(package)
    lines = []
    covered: list[int] = []  # by a picture, and none of its words were read
    for number, texts in enumerate(pages, 1):
        seen: list[Line] = []
        if texts is not None and _letters(texts) < _FEW:
            least = _LARGE if texts else 0.0
            picture = _largest_picture(package, book.pages[number - 1], pictures, least)
            if picture is not None:
                seen = scans.take(number, partial(read_page, picture, number))
                covered += [number] if texts and not seen else []
        lines += seen
        shown = "".join(line.text for line in seen)
        lines += [Line(text, page=number) for text in texts or () if text not in shown]
    if not lines:
        raise scans.refusal("OFD")
    broken = [number for number, texts in enumerate(pages, 1) if texts is None]
    warnings = [*doubts("\n".join(line.text for line in lines)), *book.warnings, *scans.remarks(silent)]
    if broken:
        warnings.append(f"{ocr.named(broken)}已损坏，没有读取")
    properties = {"pages": str(len(pages)), **ocr.properties(scans.read)}
    if covered:
        properties["covered_pages"] = ",".join(map(str, covered))
    bare = [
        [] if n in covered and _letters(texts or ()) < _NUMBER else texts for n, texts in enumerate(pages, 1)
    ]
    unread = _unread_head(package, book, bare, scans)
    return replace(lay_out(lines, "ofd", properties, warnings, book.aside), unread_head=unread)


def _letters(texts: Sequence[str]) -> int:
    return sum(map(str.isalnum, "".join(texts)))


def _unread_head(package: Package, book: _Book, pages: list[list[str] | None], scans: Scans) -> int | None:
    """See `Parsed.unread_head`."""
    for number, (page, texts) in enumerate(zip(book.pages, pages, strict=True), 1):
        if texts or number in scans.read:
            return None
        if texts is None or _shows_something(package, page):
            return number
    return None


def _shows_something(package: Package, page: _Page) -> bool:
    """Whether anything is drawn on it, words excepted; True where a part of it cannot be read."""
    try:
        own = package.xml(page.content)
        roots = [own, *(package.xml(name) for name in _templates(own, page))]
    except Unreadable:
        return True
    return any(
        next(root.iterfind(f"{{*}}Content//{{*}}{kind}"), None) is not None
        for root in roots
        for kind in _DRAWN
    )


def _book(package: Package) -> _Book:
    book = _Book()
    root = package.xml(package.find("OFD.xml"))
    for body in root.iterchildren("{*}DocBody"):
        _add_document(package, body, book)
    if not book.pages:
        raise DamagedDocument("ofd 里没有页面")
    return book


def _add_document(package: Package, body: Any, book: _Book) -> None:
    name = package.find(_current_root(package, body) or words(body, "{*}DocRoot"))
    folder = posixpath.dirname(name or "")
    document = package.xml(name)
    common = document.find("{*}CommonData")
    templates: dict[str, str | None] = {}
    resources: tuple[str, ...] = ()
    if common is not None:
        templates = {
            one.get("ID", ""): package.find(one.get("BaseLoc"), folder)
            for one in common.iterchildren("{*}TemplatePage")
        }
        named = [
            package.find(one.text, folder) for one in common.iterchildren("{*}PublicRes", "{*}DocumentRes")
        ]
        resources = tuple(one for one in named if one)
    for page in document.iterfind("{*}Pages/{*}Page"):
        book.pages.append(_Page(package.find(page.get("BaseLoc"), folder), templates, resources))
    if signatures := _count(package, package.find(words(body, "{*}Signatures")), "Signature"):
        book.warnings.append(f"有 {signatures} 个电子印章或签名，其中的文字没有读取，也没有验证真伪")
    annotated = _count(package, package.find(words(document, "{*}Annotations"), folder), "Page")
    if annotated:
        book.warnings.append(f"有 {annotated} 页带批注、水印或图章，其中的文字没有读取")
        book.aside += _annotations(package, package.find(words(document, "{*}Annotations"), folder))
    for resource in resources:
        book.aside += _shown(package, resource, "{*}CompositeGraphicUnits//{*}TextObject")
    attached = _count(package, package.find(words(document, "{*}Attachments"), folder), "Attachment")
    if attached:
        book.warnings.append(f"有 {attached} 个附件，没有读取")


def _annotations(package: Package, name: str | None) -> Iterator[str]:
    """What the annotations of each page say, a passage each: a stamp of secrecy may be one of them."""
    try:
        pages = [words(page, "{*}FileLoc") for page in package.xml(name).iter("{*}Page")]
    except Unreadable:
        return
    for page in pages:
        yield from _shown(
            package, package.find(page, posixpath.dirname(name or "")), "{*}Annot//{*}TextObject"
        )


def _shown(package: Package, name: str | None, path: str) -> Iterator[str]:
    """The text objects at `path` of a side file as one passage; nothing if it cannot be read."""
    try:
        root = package.xml(name)
    except Unreadable:
        return
    if found := page_lines(piece for one in root.iterfind(path) for piece in pieces(one)):
        yield "\n".join(found)


def _current_root(package: Package, body: Any) -> str | None:
    """The document of the version that is marked as current; None where the package keeps no versions."""
    for version in body.iterfind("{*}Versions/{*}Version"):
        name = package.find(version.get("BaseLoc"))
        if name and version.get("Current", "").strip().lower() in ("true", "1"):
            return package.find(words(package.xml(name), "{*}DocRoot"), posixpath.dirname(name))
    return None


def _count(package: Package, name: str | None, tag: str) -> int:
    """How many `tag` a side file lists; 1 if it is there but cannot be read, so that it is not passed over."""
    if name is None:
        return 0
    try:
        return sum(1 for _ in package.xml(name).iter(f"{{*}}{tag}"))
    except Unreadable:
        return 1


def _texts(package: Package, book: _Book) -> list[list[str] | None]:
    """The lines of each page; None for a page that is broken (the others may still be read)."""
    pages: list[list[str] | None] = []
    kept: dict[str | None, list[Piece]] = {}
    characters = units = 0
    lost = False
    for page in book.pages:
        try:
            root = package.xml(page.content)
        except Unreadable:
            pages.append(None)
            continue
        found = _pieces(root)
        units += sum(1 for _ in root.iter("{*}CompositeObject"))
        for name in _templates(root, page):
            try:
                if name not in kept:
                    kept[name] = _pieces(package.xml(name))
                found += kept[name]
            except Unreadable:
                lost = True
        characters += sum(len(piece.text) for piece in found)
        if characters > _MOST_CHARACTERS:
            raise DamagedDocument("ofd 的文字过多，不像正常的文件")
        pages.append(page_lines(found))
    if lost:
        book.warnings.append("有模板页缺失或已损坏，其中的页眉、红头等没有读取")
    if units:
        book.warnings.append(f"有 {units} 个复合图形，其中的文字没有读取")
    return pages


def _templates(root: Any, page: _Page) -> list[str | None]:
    return [page.templates.get(one.get("TemplateID", "")) for one in root.iterchildren("{*}Template")]


def _pieces(root: Any) -> list[Piece]:
    return [piece for one in root.iterfind("{*}Content//{*}TextObject") for piece in pieces(one)]


def _largest_picture(package: Package, page: _Page, pictures: _Pictures, least: float = 0.0) -> bytes | None:
    """A page's largest picture (by its box, of at least `least` mm²) as stored: jpg, png, jb2 …; None if none can be read."""
    try:
        roots = [package.xml(page.content)]
    except Unreadable:
        return None
    own = tuple(
        package.find(one.text, posixpath.dirname(page.content or ""))
        for one in roots[0].iterchildren("{*}PageRes")
    )
    for name in _templates(roots[0], page):
        try:
            roots.append(package.xml(name))
        except Unreadable:
            continue  # the page's own picture may still be there
    places: dict[str, float] = {}
    for image in (image for root in roots for image in root.iterfind("{*}Content//{*}ImageObject")):
        _, _, width, height = numbers(image.get("Boundary"), (0.0, 0.0, 0.0, 0.0))
        key = image.get("ResourceID", "")
        if abs(width * height) >= least:
            places[key] = max(places.get(key, 0.0), abs(width * height))
    return pictures.first(sorted(places, key=lambda key: -places[key]), (*page.resources, *own))


class _Pictures:
    """The pictures of a package by resource number; lists of pictures are read once, pictures are not held."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._members: dict[str, dict[str, str]] = {}

    def first(self, keys: list[str], resources: tuple[str | None, ...]) -> bytes | None:
        """The first of the numbered pictures that can be read."""
        for key in keys:
            for resource in resources:
                if name := self._listed_in(resource).get(key):
                    try:
                        return self._package.read(name)
                    except Unreadable:
                        continue
        return None

    def _listed_in(self, resource: str | None) -> dict[str, str]:
        key = resource or ""
        if key not in self._members:
            try:
                self._members[key] = dict(_pictures(self._package, resource))
            except Unreadable:
                self._members[key] = {}
        return self._members[key]


def _pictures(package: Package, resource: str | None) -> Iterator[tuple[str, str]]:
    """The resource numbers of pictures and the members that hold them."""
    root = package.xml(resource)
    here = posixpath.dirname(resource or "")
    base = posixpath.join(here, root.get("BaseLoc", "").strip().lstrip("/"))
    for media in root.iterfind("{*}MultiMedias/{*}MultiMedia"):
        location = words(media, "{*}MediaFile")
        name = package.find(location, base) or package.find(location, here)
        if name and media.get("Type", "Image").strip().lower() == "image":
            yield media.get("ID", ""), name
