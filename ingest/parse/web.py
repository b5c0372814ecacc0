"""Web pages: the main text with its title, 发布时间 and 来源; menus, footers and scripts stay out.

trafilatura says where the main text stands, but leaves out headings and short lines of official notices. So its
words are only used to find the element that holds them, and that element is read whole.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import trafilatura
from trafilatura.settings import use_config

from ingest.dates import real_date
from ingest.errors import DamagedDocument, DocumentError, EmptyDocument
from ingest.model import Parsed
from ingest.parse.broken import Unreadable, told_as
from ingest.parse.decode import decode, doubts, without_controls
from ingest.parse.lines import Line, lay_out
from ingest.parse.webbeside import beside
from ingest.parse.webtext import Found, page_lines

_log = logging.getLogger(__name__)
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w-]{2,20})""", re.IGNORECASE
)
_SAID = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "x-gbk": "gb18030", "big5": "cp950",
         "big5-hkscs": "big5hkscs", "x-x-big5": "cp950"}  # fmt: skip
_SHINGLE = 6  # characters in a row that prove a line part of the main text
_HELD = 0.9  # share of the main text that an element must hold to be its place
_LEAST_MAIN = 0.5  # share of the page's words that are no links which the main text must have
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu|header|head|top|topbar|footer|foot|bottom|copyright|breadcrumbs?|crumbs?|position|location|share|"
    r"sidebar|aside|related|recommend|search|login|qrcode|toolbar|tools|friendlink|links)(?:$|[\s_-])",
    re.IGNORECASE,
)
_FURNITURE_TAGS = ("nav", "footer", "aside")
_META_TITLES = ("ArticleTitle", "og:title")
_META_DATES = ("PubDate", "article:published_time", "publishdate")
_META_SOURCES = ("ContentSource", "source")
_TOOLS = re.compile(
    r"[【\[（(]?\s*(?:字号|字体|字体大小)\s*[:：]?\s*(?:[大中小特默认超A+\-]\s*[|｜/]?\s*){0,5}[】\]）)]?|[【\[]\s*[大中小]\s*[】\]]|"
    r"[【\[（(]?\s*(?:打印(?:本页)?|关闭(?:窗口|本页)?|收藏|我要纠错|分享到?|复制链接|返回顶部|扫一扫\S{0,12})\s*[:：]?\s*[】\]）)]?|"
    r"(?:阅读次数|浏览次数|浏览量|阅读量|访问量|点击数?|点击量)\s*[:：]?\s*\d*\s*次?"
)
_TOOL_WORDS = re.compile(
    r"字号|字体|打印|关闭|收藏|纠错|分享|链接|返回|扫一扫|次数|量|点击|[【\[]\s*[大中小]"
)
_IMPRINT = re.compile(
    r"版权所有|[主承]办(?:单位)?\s*[:：]|ICP备|公网安备|网站标识码|技术支持|Copyright|地址\s*[:：].{0,60}邮编",
    re.IGNORECASE,
)
_PATH = re.compile(r"您?(?:当前|现在|所在)?的?(?:当前)?位置\s*[:：]|[上下]一[篇条页]\s*[:：]?")
_PUBLISHED = re.compile(
    r"(?:发布|发表|发文|公开|更新)(?:时间|日期)\s*[:：]?\s*(\d{4})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})"
)
_DATE = re.compile(r"(\d{4})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})")
_SOURCE = re.compile(r"(?:信息来源|文章来源|稿件来源|来源)\s*[:：]\s*([^\s|｜【\[]{2,40})")
_SITE_NAME = re.compile(r"\s*(?:[-_|—–]|--|::)\s*[^-_|—–]{2,30}$")
_WHOLE_PAGE = "没有认出网页的正文范围，读取了整页文字，其中可能夹有导航、页脚等内容"


def parse_html(page: bytes | str, *, charset: str = "") -> Parsed:
    """Reads a page's bytes (`charset`: what its sender says) or decoded text. Raises EmptyDocument or DamagedDocument.

    The first line is the title (heading, level 1), the next 发布时间 and 来源 if the page states them;
    properties: published (ISO date) and site (the 来源).
    """
    return _parse(page, charset, "html")


def parse_mhtml(data: bytes) -> Parsed:
    """Reads a web archive (or a mail): its page with the most text. Raises EmptyDocument or DamagedDocument."""
    import email
    import email.policy

    with told_as("网页存档不完整或已损坏"):
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        parts = [part for part in message.walk() if not part.is_multipart()][:2000]
        pages = [
            (part.get_content_type(), payload, str(part.get_param("charset") or ""))
            for part in parts
            if part.get_content_maintype() == "text"
            and not part.get_filename()
            and isinstance(payload := part.get_payload(decode=True), bytes)
        ]
        attached = sum(part.get_content_disposition() == "attachment" for part in parts)
    read: list[Parsed] = []
    damaged = False
    for kind in ("text/html", "text/plain"):
        for _, payload, charset in [one for one in pages if one[0] == kind and one[1].strip()]:
            try:
                text = (
                    payload
                    if kind == "text/html"
                    else f"<pre>{_escaped(_decoded(payload, charset)[0])}</pre>"
                )
                read.append(_parse(text, charset, "mhtml"))
            except DocumentError as error:  # an empty frame or a counter: another part may hold the page
                damaged = damaged or isinstance(error, DamagedDocument)
        if read:
            break
    if not read and damaged:
        raise DamagedDocument("网页存档不完整或已损坏，里面的网页读不出来")
    if not read:
        raise EmptyDocument("网页存档里没有可以读取的文字")
    best = max(read, key=lambda one: len(one.text))
    more = (f"有 {attached} 个附件没有读取",) if attached else ()
    # A frame that is not read, and the subject of a mail, may still hold a mark.
    frames = (passage for one in read if one is not best for passage in (one.text, *one.aside))
    aside = (*best.aside, *frames, _subject(message))
    return replace(best, warnings=(*best.warnings, *more), aside=tuple(filter(None, aside)))


def _subject(message: Any) -> str:
    import email.header

    said = str(message.get("Subject", ""))
    try:
        with told_as("邮件主题读不出来"):
            said = str(email.header.make_header(email.header.decode_header(said)))
    except Unreadable:  # in an encoding nobody has: as it stands
        _log.debug("a subject that cannot be decoded")
    return " ".join(said.split())


def _parse(page: bytes | str, charset: str, form: str) -> Parsed:
    text, warnings = (page, doubts(page)) if isinstance(page, str) else _decoded(page, charset)
    text = without_controls(text)
    with told_as("网页内容不完整或已损坏"):
        root = _tree(text)
        lines, properties, whole, aside = ([], {}, False, []) if root is None else _read(root, text)
    if not lines:
        raise EmptyDocument("网页里没有文字（正文可能要联网才显示）")
    return lay_out(lines, form, properties, (*warnings, *([_WHOLE_PAGE] if whole else [])), aside)


def _decoded(data: bytes, charset: str) -> tuple[str, tuple[str, ...]]:
    """`(text, warnings)`: UTF-8 if it is sound, else what is declared if that is Chinese and fits, else a guess."""
    declared = _DECLARED.search(data[:4096])
    for name in ("utf-8", charset, declared[1].decode("ascii", "replace") if declared else ""):
        encoding = _SAID.get(name.strip().lower(), name if name == "utf-8" else "")
        try:
            text = data.decode(encoding) if encoding and b"\x00" not in data else ""
            text.encode()  # GB18030 has byte pairs that Python reads as lone surrogates
        except UnicodeError:
            continue
        if text:
            return text.lstrip("\ufeff"), doubts(text)
    decoded = decode(data)
    return decoded.text, decoded.warnings


def _escaped(text: str) -> str:
    lines = text.replace("&", "&amp;").replace("<", "&lt;").split("\n")
    return "<br>".join(lines)


def _tree(text: str) -> Any:
    # A fragment would be refused as no page.
    page = text if re.search(r"<html\b", text[:2000], re.IGNORECASE) else f"<html><body>{text}</body></html>"
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it reports what we report ourselves
    return trafilatura.load_html(re.sub(r"^\s*<\?xml[^>]*>", "", page))


@lru_cache(maxsize=1)
def _settings() -> Any:
    settings = use_config()
    settings["DEFAULT"]["MIN_EXTRACTED_SIZE"] = (
        "20"  # the default is for alphabets: 250 letters are 60 characters
    )
    return settings


def _read(root: Any, text: str) -> tuple[list[Line], dict[str, str], bool, list[str]]:
    """`(lines, properties, was the whole page taken?, what the secrecy gate sees beside the lines)`."""
    body = root.find(".//body")
    body = root if body is None else body
    found = page_lines(body)
    place, sure = _main_place(body, found, text)
    marked = [
        (one, proven)
        for one, proven in zip(found, sure, strict=True)
        if proven or not _is_furniture(one, body)
    ]
    kept = [one for one, _ in marked]
    # What the library holds for main text stays even where it stands apart, unless plainly a menu or imprint: it takes in some.
    inside = [
        one
        for one, proven in marked
        if place is not None and (_within(one.element, place) or (proven and not _is_imprint(one)))
    ]
    whole = _words(inside) < _LEAST_MAIN * _words(kept)
    main = kept if whole or not inside else inside
    if not main:
        main, whole = found, True
    title = _title(root, found)
    about, main = _about(root, found, main)
    lines = [one.line for one in main if not _is_tool(one)]
    if title and lines:
        # The page's own title line goes to the top, above what is said about it.
        lines = [line for i, line in enumerate(lines) if i > 3 or _squeezed(line.text) != _squeezed(title)]
        lines = [Line(title, "heading", 1), *([Line(about)] if about else []), *lines]
    elif about and lines:
        lines = [Line(about), *lines]
    return lines, _properties(root, about), whole, beside(root, found)


def _words(found: Sequence[Found]) -> int:
    return sum(len(_squeezed(one.line.text)) - one.linked for one in found)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _main_place(body: Any, found: Sequence[Found], text: str) -> tuple[Any, list[bool]]:
    """`(the smallest element that holds the main text or None, for each line whether most of it is main text)`."""
    extracted = trafilatura.bare_extraction(
        text, fast=True, favor_recall=True, include_comments=False, include_tables=True, config=_settings()
    )
    main = getattr(extracted, "text", None) or ""
    shingles = set(_shingles(main))
    hits = [sum(piece in shingles for piece in _shingles(one.line.text)) for one in found]
    sure = [count > 0.5 * len(_shingles(one.line.text)) for count, one in zip(hits, found, strict=True)]
    held: dict[Any, int] = {}
    lines_in: dict[Any, int] = {}
    for one, count in zip(found, hits, strict=True):
        element = one.element
        while element is not None:
            held[element] = held.get(element, 0) + count
            lines_in[element] = lines_in.get(element, 0) + 1
            element = None if element is body else element.getparent()
    if not held.get(body):
        return None, sure
    place = body
    while (inner := max(place, key=lambda child: held.get(child, 0), default=None)) is not None:
        # A paragraph that holds nearly all by itself has neighbours that the library thought too short.
        if held.get(inner, 0) < _HELD * held[body] or lines_in[inner] < 2:
            break
        place = inner
    return place, sure


def _shingles(text: str) -> list[str]:
    words = re.sub(r"[\s|#*\-]", "", text)  # Markdown signs and cell bars are the library's own
    return [words[i : i + _SHINGLE] for i in range(len(words) - _SHINGLE + 1)]


def _within(element: Any, place: Any) -> bool:
    return element is place or any(above is place for above in element.iterancestors())


def _is_furniture(one: Found, body: Any) -> bool:
    """In a menu, footer or the like, by tag or class; a title never is."""
    if one.line.kind == "heading":
        return False
    for above in (one.element, *one.element.iterancestors()):
        if above is body:
            return False
        if above.tag in _FURNITURE_TAGS or _FURNITURE.search(
            f"{above.get('class', '')} {above.get('id', '')}"
        ):
            return True
    return False


def _is_imprint(one: Found) -> bool:
    """Mostly links, or what a site says of itself at its foot."""
    return 2 * one.linked >= len(one.line.text) or bool(_IMPRINT.search(one.line.text))


def _is_tool(one: Found) -> bool:
    """Buttons of the page, the path to it, and links to its neighbours."""
    text = one.line.text
    if one.linked and _PATH.match(text):
        return True
    return bool(_TOOL_WORDS.search(text)) and not re.sub(r"[\s|｜:：]", "", _TOOLS.sub("", text))


def _meta(root: Any, names: Sequence[str]) -> str:
    wanted = {name.lower() for name in names}
    for meta in root.iter("meta"):
        if (meta.get("name") or meta.get("property") or "").lower() in wanted and meta.get(
            "content", ""
        ).strip():
            return " ".join(meta.get("content").split())
    return ""


def _title(root: Any, found: Sequence[Found]) -> str:
    """The page's own words for its title: what its editor filed, its only h1, else <title> without the site's name."""
    if title := _meta(root, _META_TITLES[:1]):
        return title
    tops = [one.line.text for one in found if one.line.kind == "heading" and one.line.level == 1]
    if len(tops) == 1:
        return tops[0]
    head = next(root.iter("title"), None)
    named = " ".join("".join(head.itertext()).split()) if head is not None else ""
    return _SITE_NAME.sub("", named) or named or _meta(root, _META_TITLES[1:])


def _about(root: Any, found: Sequence[Found], main: list[Found]) -> tuple[str, list[Found]]:
    """`(发布时间 and 来源 as the page words them, the main lines without that line)`."""
    first = next((i for i, one in enumerate(found) if one in main[:1]), 0)
    near = found[max(0, first - 12) : first + 8]
    for one in near:
        text = one.line.text
        dated = _PUBLISHED.search(text) or (_DATE.match(text) and _SOURCE.search(text))
        if len(text) < 160 and one.line.kind != "heading" and (dated or _SOURCE.match(text)):
            # Two short neighbours state the two halves on some pages.
            rest = [
                other
                for other in near
                if other is not one
                and len(other.line.text) < 60
                and (_SOURCE.match(other.line.text) or _PUBLISHED.match(other.line.text))
            ]
            worded = "　".join(" ".join(_TOOLS.sub(" ", each.line.text).split()) for each in (one, *rest))
            return worded.strip("|｜ "), [each for each in main if each is not one and each not in rest]
    filed = [("发布时间", _meta(root, _META_DATES)), ("来源", _meta(root, _META_SOURCES))]
    return "　".join(f"{name}：{value}" for name, value in filed if value), main


def _properties(root: Any, about: str) -> dict[str, str]:
    day = _PUBLISHED.search(about) or _DATE.search(about) or _DATE.search(_meta(root, _META_DATES))
    published = real_date(*map(int, day.groups())) if day else None
    source = _SOURCE.search(about)
    found = {
        "published": published.isoformat() if published else "",
        "site": source[1] if source else _meta(root, _META_SOURCES),
    }
    return {name: value for name, value in found.items() if value}
