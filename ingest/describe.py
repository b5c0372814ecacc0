"""What a document is - title, kind, issuer, 文号, dates, version - read from its own text and its file name.

A manifest entry overrides anything (see `overridden`). Each part is read in its own file: titles, issuers, dates, repeals.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath
from types import MappingProxyType

from ingest.dates import head_lines, read_dates
from ingest.issuers import issuer_of, number_of, place_of
from ingest.model import RULE_KINDS, Block, Description
from ingest.repeals import repeals
from ingest.titles import folded_name, issued_with, kind_of, stated_title, stem_title

_ARTICLE = re.compile(r"^\s*第\s*(?:一|1)\s*条", re.MULTILINE)

_WORKBOOKS = ("xlsx", "xls")
_WEB_PAGES = ("html", "mhtml")
_OFFICE = re.compile(
    r"\S{2,20}(?:委|部|办|委员会|办公[室厅]|局|厅|政府|党组|支部|街道|法院|检察院|大学|学校|学院)"
)


def describe(
    text: str,
    blocks: Sequence[Block],
    source: str,
    manifest: Mapping[str, object] | None = None,
    form: str = "",
    properties: Mapping[str, str] = MappingProxyType({}),
) -> Description:
    """The description of a cleaned document; `manifest` is its entry of manifest.toml, if any, `form` its format,
    `properties` what its parser read of it beside the text.
    """
    stem = PurePosixPath(source).stem
    lines = [line for block in blocks if (line := text[block.start : block.end].strip())]
    head = head_lines(lines)
    title = (
        _sheet_title(text, blocks) or stem_title(stem)
        if form in _WORKBOOKS
        else stated_title(text, blocks) or properties.get("title") or stem_title(stem)
    )
    inner = issued_with(title) if _ARTICLE.search(text) else None  # a notice that brings the regulation along
    kind = kind_of(inner or title, "\n".join(head))
    rule = kind in RULE_KINDS or kind in ("决定", "其他") or bool(_ARTICLE.search(text))
    dates = read_dates(lines, stem, rule=rule)
    # A page's day and source are those of its posting: good enough for a notice or a report, never for a regulation.
    posted = properties if form in _WEB_PAGES and kind not in RULE_KINDS else {}
    issued = dates.issued or (date.fromisoformat(posted["published"]) if "published" in posted else None)
    issuer = issuer_of(lines, head, title) or _office(posted.get("site", ""))
    region, unit = place_of(issuer, title)
    found = Description(
        title=title,
        kind=kind,
        issuer=issuer,
        number=number_of(lines),
        issued=issued,
        effective=dates.effective,
        version=_version(stem, issued),
        work=inner,
        region=region,
        unit=unit,
        repeals=repeals(text) if kind in RULE_KINDS or kind in ("决定", "通知") else (),
    )
    return overridden(found, manifest or {})


def overridden(found: Description, manifest: Mapping[str, object]) -> Description:
    """`found` with what the manifest says: title, work, kind, issuer, number, date, effective, version, region, unit, repeals, status,
    internal.
    """
    changes: dict[str, object] = {
        ours: manifest[theirs]
        for theirs, ours in (
            ("title", "title"), ("work", "work"), ("kind", "kind"), ("issuer", "issuer"), ("number", "number"),
            ("date", "issued"), ("effective", "effective"), ("repealed", "repealed"), ("version", "version"), ("note", "note"),
            ("region", "region"), ("unit", "unit"),
        )
        if theirs in manifest
    }  # fmt: skip
    if "repeals" in manifest:
        named = manifest["repeals"]
        changes["repeals"] = tuple(map(str, named)) if isinstance(named, list) else (str(named),)
    if "status" in manifest:
        changes["in_force"] = manifest["status"] in ("现行", "现行有效", "试行")
    return replace(found, **changes, internal=_group(manifest))  # type: ignore[arg-type]


def _group(manifest: Mapping[str, object]) -> str | None:
    """Whose own it is. What had to be cleared before it could be read is not meant for others, unless that is said."""
    said = manifest.get("internal", manifest.get("cleared") is True)
    return ((said.strip() if isinstance(said, str) else "") or "内部") if said else None


def work_key(description: Description, source: str) -> str:
    """What versions of one work have in common: the name without issuer, year, and marks of a copy.

    A file name such as 党章_2017修改_截断 names the work before the year; else the title does.
    """
    named = re.match(r"(.+?)_(?:19|20)\d{2}", PurePosixPath(source).stem)
    name = description.work or (named[1] if named else description.title)
    return folded_name(name) or description.title


def _sheet_title(text: str, blocks: Sequence[Block]) -> str:
    """The title above the table of the first sheet; "" if it has none (the sheet's name, level 1, is no title)."""
    headings = [block for block in blocks if block.kind == "heading"]
    first = headings[1:2] if headings and headings[0].level == 1 else headings[:1]
    return next((text[block.start : block.end].strip() for block in first if block.level > 1), "")


def _office(site: str) -> str | None:
    """The source of a page if it is an office; a newspaper or a site issues nothing."""
    return site if _OFFICE.fullmatch(site) and "新闻" not in site else None


def _version(stem: str, issued: date | None) -> str | None:
    named = re.search(r"(?<!\d)((?:19|20)\d{2})(?!\d)", stem)
    year = named[1] if named else str(issued.year) if issued else None
    return f"{year}年" if year else None
