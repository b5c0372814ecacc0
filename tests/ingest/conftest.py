"""What the tests of ingest ask for: an index that knows words and no meanings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.index import Index
from ingest.testing import HashEmbedder


@pytest.fixture
def index(home: Path) -> Iterator[Index]:
    """An empty one."""
    opened = Index(home, HashEmbedder())
    yield opened
    opened.close()
