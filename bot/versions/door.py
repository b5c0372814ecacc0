"""What `python -m bot changes` prints: one comparison, or the works that can be compared."""

from __future__ import annotations

import json
import shutil
import sys
from datetime import date

from bot.errors import NoSuchVersion
from bot.versions.compare import compare_work
from bot.versions.contract import comparison_json, works_json
from bot.versions.printed import comparison_text, works_text
from bot.versions.shelf import several_versions
from ingest.index import Index
from ingest.text import article_label, parse_number

_NARROWEST, _WIDEST = 60, 160


def changes_told(
    index: Index,
    name: str | None,
    article: str | None,
    since: date | None,
    until: date | None,
    *,
    as_json: bool,
) -> str:
    """NoSuchWork, NoSuchVersion with the reason in Chinese."""
    if not name:
        works = several_versions(index)
        return json.dumps(works_json(works), ensure_ascii=False) if as_json else works_text(works)
    compared = compare_work(index, name, since, until, label_of(article) if article else None)
    if as_json:
        return json.dumps(comparison_json(compared), ensure_ascii=False)
    width = min(_WIDEST, max(_NARROWEST, shutil.get_terminal_size((100, 0)).columns))
    return comparison_text(compared, width, in_colour=sys.stdout.isatty())


def label_of(article: str) -> str:
    """The canonical label of 第十二条, 第12条, 12, 第十二条之一; NoSuchVersion for what is no article."""
    bare = "".join(article.split()).removeprefix("第")
    main, _, sub = bare.partition("条")
    number, minor = parse_number(main), parse_number(sub.removeprefix("之")) if sub else 0
    if not number or minor is None or not 0 < number < 10_000 or not minor < 10_000:
        raise NoSuchVersion(f"“{article}”不是一个条号。", hint="请写成 第十二条、第12条 或 12。")
    return article_label(number, minor)
