"""In a long list an article comes up with a good one of its document; the first ten stay, and so does a short list."""

from __future__ import annotations

from bot.retrieval.siblings import siblings_up
from bot.testing import hit
from ingest.model import Hit

TEXT = "".join(f"第{n}段。" for n in range(60))


def _hits() -> list[Hit]:
    """Sixty hits, each of a document of its own but for the last one, which stands in that of the first."""
    return [
        hit(TEXT, f"第{n}段。", document="law" if n in {0, 59} else f"other-{n}", score=1 - n / 100)
        for n in range(60)
    ]


def test_the_last_hit_of_the_best_document_comes_in() -> None:
    hits = _hits()
    found = siblings_up(hits, 50)
    assert found[:10] == tuple(hits[:10])
    assert hits[59] in found
    assert hits[49] not in found
    assert len(found) == 50


def test_what_is_no_longer_than_wanted_stays_as_it_is() -> None:
    hits = _hits()
    assert siblings_up(hits, 60) == tuple(hits)


def test_two_documents_with_one_hit_each_keep_their_order() -> None:
    alone = [one for one in _hits() if one.document_id != "law"]
    assert siblings_up(alone, 20) == tuple(alone[:20])
