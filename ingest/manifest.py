"""What the owner of a folder says of its documents; it overrides what is read from the text.

manifest.toml at the root of the folder: a `[[document]]` table per file with its source (path in the folder); and
NAME.meta.toml beside a file NAME, which wins over the manifest. Both may say any of title, work, kind, issuer, number, date,
effective, repealed, version, status (现行 / 已被取代 / 已废止), region, unit, repeals (a list of names), note,
cleared (true: someone has looked, the mark of secrecy in it is none), internal (true or the name of a group: not for
services outside; see `ingest.services`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path, PurePosixPath

from ingest.errors import ConfigError, os_words
from ingest.model import DocumentRow

NAME = "manifest.toml"
SIDECAR = ".meta.toml"
Entry = Mapping[str, object]
_DAYS = ("date", "effective", "repealed")
_WORDS = ("title", "work", "kind", "issuer", "number", "version", "status", "region", "unit", "note")
_HINT = "请按 corpus/manifest.toml 的样子改正：每份文件一个 [[document]]，必须有 source；保存为 UTF-8。"
_SIDECAR_HINT = '请写成 标题 = 内容 的样子，例如 title = "某某办法"、date = 2026-05-01；保存为 UTF-8。'


def load(folder: Path) -> dict[str, Entry]:
    """Entries by source; empty when the folder has no manifest. A broken one is a ConfigError."""
    path = folder / NAME
    if not path.is_file():
        return {}
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig")).get("document", [])
        return {str(table["source"]): table for table in tables}
    except OSError as error:
        reason = f"资料清单 {NAME} 读不出来（{os_words(error)}）"
        raise ConfigError(reason, hint="请检查它的读取权限，再同步一次。") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise ConfigError(f"资料清单 {NAME} 写法有误：{error}", hint=_HINT) from error


def above(path: Path, known: Iterable[DocumentRow]) -> tuple[Path, dict[str, Entry]]:
    """The folder that the names of what stands at `path` (resolved) are relative to, and the entries of its manifest.

    A folder with a manifest of its own is its own. Else what was synced as part of a larger folder stays part of it; a
    file, or archive, also belongs to the nearest folder above whose manifest names it: `cleared` must hold for it however
    it is synced.
    """
    own = path if path.is_dir() else path.parent
    if path.is_dir() and (path / NAME).is_file():
        return path, load(path)
    roots = {root for row in known if (root := _root(row, path)) and own.is_relative_to(root)}
    root = min(roots, key=lambda one: len(one.parts), default=own)
    for folder in (root, *(path.parents if path.is_file() else ())):
        entries = load(folder)
        name = path.relative_to(folder).as_posix()
        if any(source == name or source.startswith(f"{name}/") for source in entries):
            return folder, entries
    return root, load(root)


def _root(row: DocumentRow, path: Path) -> Path | None:
    """The folder that the document was synced with; None if it does not stand at `path`."""
    place = Path(row.path)
    if not place.is_relative_to(path):
        return None
    depth = len(PurePosixPath(row.source).parts)
    root = place.parents[depth - 1]
    return root if root.joinpath(*PurePosixPath(row.source).parts) == place else None


def beside(path: Path, entry: Entry | None = None) -> Entry:
    """`entry` of the manifest with what a NAME.meta.toml beside the file `path` says on top.

    The sidecar of 某某.docx is 某某.docx.meta.toml or 某某.meta.toml. Raises ConfigError for a broken one, one that cannot
    be read, or a field that is not of its type (days are TOML dates: date = 2026-05-01).
    """
    merged = dict(entry or {})
    for sidecar in (path.with_name(path.stem + SIDECAR), path.with_name(path.name + SIDECAR)):
        if not sidecar.is_file():
            continue
        try:
            said = tomllib.loads(sidecar.read_text(encoding="utf-8-sig"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            raise ConfigError(f"说明文件 {sidecar.name} 读不出来：{error}", hint=_SIDECAR_HINT) from error
        _check(said, sidecar.name)
        merged |= said
    return merged


def _check(said: Entry, name: str) -> None:
    for field, value in said.items():
        right = (
            (isinstance(value, date) and not isinstance(value, datetime))
            if field in _DAYS
            else isinstance(value, (str, list))
            if field == "repeals"
            else isinstance(value, bool)
            if field == "cleared"
            else isinstance(value, (str, bool))
            if field == "internal"
            else field not in _WORDS or isinstance(value, str)
        )
        if not right:
            raise ConfigError(f"说明文件 {name} 中 {field} 的写法有误：{value}", hint=_SIDECAR_HINT)
