"""Lets gradio be imported without its stub writer, which costs 1.1 of the 2.6 CPU seconds of the import.

At import gradio parses the source of each of its components twice, to refresh type stubs (.pyi) beside its own
files. A running page has no use for them, and an installation may be read-only. Should a later gradio drop or
rename the writer, the import is as slow as gradio makes it and nothing else changes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import ModuleType

_MODULE = "gradio.component_meta"
_WRITER = "create_or_modify_pyi"


@contextmanager
def without_stub_writer() -> Iterator[None]:
    """Import gradio inside; later imports anywhere get the same module."""
    finder = _Finder()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


class _Finder(MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != _MODULE:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Loader(fullname, spec.loader.path)
        return spec


class _Loader(SourceFileLoader):
    def exec_module(self, module: ModuleType) -> None:
        super().exec_module(module)
        if hasattr(module, _WRITER):
            setattr(module, _WRITER, _write_nothing)


def _write_nothing(component: type, name: str, events: list[object]) -> None:
    """Stands where gradio's stub writer was; same arguments."""
