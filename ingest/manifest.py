"""manifest.toml at the root of a folder: what its owner says of each document. It overrides what is read from the text.

A `[[document]]` table: source (path in the folder), and any of title, work, kind, issuer, number, date, effective,
repealed, version, status (现行 / 已被取代 / 已废止), note.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from ingest.errors import ConfigError

NAME = "manifest.toml"
Entry = Mapping[str, object]


def load(folder: Path) -> dict[str, Entry]:
    """Entries by source; empty when the folder has no manifest. A broken one is a ConfigError."""
    path = folder / NAME
    if not path.is_file():
        return {}
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig")).get("document", [])
        return {str(table["source"]): table for table in tables}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise ConfigError(
            f"资料清单 {NAME} 写法有误：{error}",
            hint="请按 corpus/manifest.toml 的样子改正：每份文件一个 [[document]]，必须有 source；保存为 UTF-8。",
        ) from error
