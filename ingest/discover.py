"""Which files of a folder are documents: a walk that skips what office programs and this project leave beside them.

A zip archive is walked like a folder: its members are sources of their own, 附件.zip/通知.docx.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path
from traceback import format_tb

from ingest.archives import listing
from ingest.errors import ConfigError, os_words
from ingest.model import Failure, Source

# Lists that tell of the files beside them - where they come from, what people ask about them - are no documents.
_SKIPPED_NAMES = {
    "thumbs.db", "desktop.ini", "manifest.toml", "sources.tsv", "sources.csv", "questions.tsv", "__macosx", "__pycache__",
}  # fmt: skip
_SKIPPED_ENDINGS = (".meta.toml", ".py", ".pyc")
_EMPTY_HINT = "请确认打包时选中了文件；空的压缩包可以删除。"
_OUR_FAULT_HINT = "这是程序的问题：请把这一行告诉管理员；着急用时，解压成文件夹再同步。"
_log = logging.getLogger(__name__)
_UNREADABLE_HINT = "请检查这个文件夹的读取权限，再同步一次。"


def discover(path: Path, root: Path | None = None) -> tuple[list[Source], list[Failure]]:
    """The documents under a folder (recursive) or the one file `path`, sorted by name, and what could not be listed.

    Names are POSIX paths relative to `root`, a folder above `path` (not given: the folder itself, a file's parent); both are
    made absolute. A folder reached twice through links is read once. Raises ConfigError if `path` is not there.
    """
    try:
        start = path.expanduser().resolve(strict=True)
    except (OSError, RuntimeError) as error:  # RuntimeError: a link that leads to itself
        raise ConfigError(
            f"找不到文件或文件夹：{path}", hint="请检查路径是否写对；路径中有空格时请加引号。"
        ) from error
    failures: list[Failure] = []
    if start.is_file():
        root = root or start.parent
        status = start.stat()
        name = start.relative_to(root).as_posix()
        alone = Source(root, name, status.st_size, status.st_mtime_ns)
        return sorted(_opened(alone, failures), key=lambda source: source.name), failures
    sources = sorted(_walk(root or start, start, set(), failures), key=lambda source: source.name)
    return sources, failures


def _walk(root: Path, folder: Path, seen: set[tuple[int, int]], failures: list[Failure]) -> Iterator[Source]:
    name = folder.relative_to(root).as_posix()
    try:
        status = folder.stat()
        # Windows gives 0 for both on some network drives; there links are rare and every folder is walked.
        identity = (status.st_dev, status.st_ino)
        if identity in seen:
            return
        if status.st_ino:
            seen.add(identity)
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        failures.append(Failure(name, f"文件夹打不开（{os_words(error)}）", _UNREADABLE_HINT))
        return
    for entry in entries:
        if _is_skipped(entry.name, at_root=folder == root):
            continue
        try:
            if entry.is_dir():
                yield from _walk(root, folder / entry.name, seen, failures)
            elif entry.is_file():
                found = entry.stat()
                inside = entry.name if folder == root else f"{name}/{entry.name}"
                yield from _opened(Source(root, inside, found.st_size, found.st_mtime_ns), failures)
        except OSError as error:
            failures.append(
                Failure(f"{name}/{entry.name}", f"读不到文件信息（{os_words(error)}）", _UNREADABLE_HINT)
            )


def _opened(source: Source, failures: list[Failure]) -> Iterator[Source]:
    """The file itself, or what stands in it when it is an archive."""
    try:
        found = listing(source.path)
    except OSError:
        found = None  # reading it will tell why it cannot be opened
    except Exception as error:  # noqa: BLE001 - a mistake of ours costs one archive, not the sync
        _log.error("%s: %s\n%s", source.name, type(error).__name__, "".join(format_tb(error.__traceback__)))
        failures.append(
            Failure(source.name, f"程序打开这个压缩包时出了错（{type(error).__name__}）", _OUR_FAULT_HINT)
        )
        return
    if found is None:
        yield source
        return
    told = len(failures)
    for refused in found.refused:
        if not _is_litter(refused.name):
            name = f"{source.name}/{refused.name}" if refused.name else source.name
            failures.append(Failure(name, refused.reason, refused.hint))
    kept = [member for member in found.members if not _is_litter(member.name)]
    for member in kept:
        yield Source(
            source.root, f"{source.name}/{member.name}", member.size, source.modified_ns, source.name
        )
    if not kept and len(failures) == told:
        failures.append(Failure(source.name, "压缩包里没有文件", _EMPTY_HINT))


def _is_litter(name: str) -> bool:
    return any(
        part != ".." and _is_skipped(part, at_root=False) for part in name.replace("\\", "/").split("/")
    )


def _is_skipped(name: str, *, at_root: bool) -> bool:
    folded = name.lower()
    return (
        folded.startswith((".", "~$"))
        or folded in _SKIPPED_NAMES
        or folded.endswith(_SKIPPED_ENDINGS)
        or (at_root and folded == "readme.md")
    )
