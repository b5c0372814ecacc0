"""The labelled pairs: well formed, quoted from the real regulations, and told apart as docs/verification.md says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bot.verify.check import verify
from evals.pairs import articles_of, evidence_file, make_pairs, read_pairs, write_pairs
from evals.verify import figures, judge, rows, table, told, wrongly
from ingest.errors import ConfigError
from ingest.text import sentences

CASES = Path("evals/cases")
PAIRS = CASES / "verify-pairs.jsonl"


def test_there_are_enough_pairs_and_no_article_is_in_both_halves(root: Path) -> None:
    pairs = read_pairs(root / PAIRS)
    by_hand = [pair for pair in pairs if pair.made == "hand"]
    assert len(pairs) >= 400
    assert sum(pair.supported for pair in by_hand) >= 120
    assert sum(not pair.supported for pair in by_hand) >= 60
    places = {
        half: {(pair.source, label) for pair in pairs if pair.half == half for label in pair.articles}
        for half in ("dev", "heldout")
    }
    assert places["dev"].isdisjoint(places["heldout"])
    assert len({pair.id for pair in pairs}) == len(pairs)


def test_wrong_sentences_are_caught_and_right_ones_pass(root: Path) -> None:
    """Floors a little under the figures measured, so that a change of rules that costs something is seen."""
    measured = figures(judge(read_pairs(root / PAIRS)))
    for half in ("dev", "heldout"):
        found = measured[half]
        assert isinstance(found, dict)
        assert found["caught"] >= 0.95
        assert found["rejected"] <= 0.05


def test_the_table_and_the_json_tell_of_every_pair(root: Path) -> None:
    judged = judge(read_pairs(root / PAIRS)[:60])
    assert sum(row.count for row in rows(judged) if row.kind == "合计") == 60
    assert table(judged).row_count == len(rows(judged))
    assert "rows" in told(judged)
    assert len(wrongly(judged, "dev")) == sum(not one.right for one in judged)


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "pairs.jsonl"
    broken.write_text('{"id": "1"}\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"pairs-evidence\.jsonl：没有这个文件"):
        read_pairs(broken)
    evidence_file(broken).write_text("", encoding="utf-8")
    with pytest.raises(ConfigError, match="第 1 行"):
        read_pairs(broken)


def test_pairs_come_back_as_they_were_written_and_each_article_once(root: Path, tmp_path: Path) -> None:
    pairs = read_pairs(root / PAIRS)
    write_pairs(pairs, tmp_path / PAIRS.name)
    assert read_pairs(tmp_path / PAIRS.name) == pairs
    for file in (tmp_path / PAIRS.name, evidence_file(tmp_path / PAIRS.name)):
        assert file.read_bytes() == (root / CASES / file.name).read_bytes()
    texts = [
        json.loads(line) for line in evidence_file(root / PAIRS).read_text(encoding="utf-8").splitlines()
    ]
    assert len({(one["source"], one["label"]) for one in texts}) == len(texts)


@pytest.mark.shared_data
def test_every_quote_stands_in_its_regulation(root: Path, shared_data: Path) -> None:
    texts: dict[str, str] = {}
    for pair in read_pairs(root / PAIRS):
        if pair.source not in texts:
            texts[pair.source] = (shared_data / "regulations" / pair.source).read_text(encoding="utf-8")
        assert all(quote in texts[pair.source] for quote in pair.evidence), pair.id


@pytest.mark.shared_data
def test_the_same_seed_makes_the_same_pairs(root: Path, shared_data: Path) -> None:
    assert make_pairs(shared_data / "regulations", root / CASES, 5) == read_pairs(root / PAIRS)


@pytest.mark.shared_data
def test_every_sentence_of_the_regulations_is_carried_by_its_own_article(shared_data: Path) -> None:
    """The copy whose lines are cut inside sentences is left out: its halves of sentences are none."""
    refused = []
    count = 0
    for article in articles_of(shared_data / "regulations"):
        if "换行" in article.source:
            continue
        for start, end in sentences(article.text):
            sentence = article.text[start:end]
            if len(re.findall(r"[\u4e00-\u9fff]", sentence)) >= 3:
                count += 1
                if not verify(sentence, [article.text], [f"{article.title} {article.label}"]).supported:
                    refused.append(sentence)
    assert count > 5000
    assert len(refused) <= 0.001 * count, refused[:5]
