"""Reordering by a reranker: pure order and scores here; a real, tiny CrossEncoder in tests/test_own_models.py."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compose import Desk
from bot.retrieval.reranker import open_reranker, reranked
from bot.testing import articles
from ingest.compose import open_index, sync_folders
from ingest.config import RerankerSettings, load_settings
from ingest.errors import ConfigError

HITS = articles()


def test_the_reranker_decides_the_order() -> None:
    """The passage it likes comes first; what it said is kept; ties keep their order."""
    hits = reranked(HITS, "问", lambda _, texts: [text.count("表决权") for text in texts])
    assert [hit.article for hit in hits] == ["第七条", "第四条", "第五条", "第六条"]
    assert hits[0].scores["reranker"] == 1.0
    assert hits[0].scores["lexical"] == HITS[3].scores["lexical"]


def test_it_reads_the_title_too() -> None:
    """As the embedder does: an article alone may not say what it is about."""
    read: list[str] = []

    def rerank(question: str, texts: Sequence[str]) -> list[float]:
        read.extend((question, *texts))
        return [0.0 for _ in texts]

    reranked(HITS[:1], "问", rerank)
    assert read == ["问", f"{HITS[0].title}\n{HITS[0].text}"]


@given(st.lists(st.floats(-10, 10), min_size=4, max_size=4))
def test_nothing_is_lost_and_scores_keep_their_scale(said: list[float]) -> None:
    """The same chunks, the same scores, falling; answering compares scores with limits set for that scale."""
    hits = reranked(HITS, "问", lambda *_: said)
    assert {hit.chunk_id for hit in hits} == {hit.chunk_id for hit in HITS}
    assert [hit.score for hit in hits] == sorted((hit.score for hit in HITS), reverse=True)
    kept = [hit.scores["reranker"] for hit in hits]
    assert kept == sorted(kept, reverse=True)


def test_no_hits_ask_nothing_and_a_lost_score_is_a_fault() -> None:
    """A reranker that answers for fewer passages cannot be put in order."""
    assert reranked((), "问", lambda *_: pytest.fail("asked")) == ()
    with pytest.raises(ValueError, match="3 scores"):
        reranked(HITS, "问", lambda *_: [1.0, 2.0, 3.0])


def test_the_desk_reranks_the_first_depth_hits(home: Path, tmp_path: Path) -> None:
    """A hit within the depth is lifted into the first k; one beyond it stays where it was."""
    folder = tmp_path / "资料"
    folder.mkdir()
    lines = [
        f"第{n}条　党员应当按时交纳党费，{word}。"
        for n, word in zip("一二三四五六", "甲乙丙丁戊己", strict=True)
    ]
    (folder / "某办法.txt").write_text("某办法\n" + "\n".join(lines), encoding="utf-8")
    settings = load_settings(home)
    sync_folders(settings, [folder])
    index = open_index(settings)
    asked = "党员按时交纳党费"
    plain = Desk(settings, index).search(asked, 6)
    last, beyond = plain[3], plain[4]
    shallow = settings.model_copy(update={"reranker": RerankerSettings(depth=4)})
    lifting = Desk(
        shallow,
        index,
        rerank=lambda _, texts: [float(text.endswith((last.text, beyond.text))) for text in texts],
    )
    assert lifting.search(asked, 1)[0].chunk_id == last.chunk_id
    order = [hit.chunk_id for hit in lifting.search(asked, 6)]
    assert order[0] == last.chunk_id
    assert order[4:] == [hit.chunk_id for hit in plain[4:]]
    assert lifting.ask("党费怎么交纳").citations
    lifting.close()


def test_a_missing_model_has_a_hint(tmp_path: Path) -> None:
    """A folder that is not there is refused with the setting's name."""
    with pytest.raises(ConfigError) as caught:
        open_reranker(str(tmp_path / "none"))
    assert "reranker.model" in caught.value.hint
