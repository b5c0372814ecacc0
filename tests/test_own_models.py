"""Models that people bring: a tiny BERT and a tiny CrossEncoder, built here, taken through the doors."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main as bot
from bot.compose import open_desk
from bot.retrieval.reranker import open_reranker
from ingest.__main__ import main as ingest
from ingest.embed import Embedder, embedding_text, open_embedder
from ingest.encoders.instructions import query_instruction
from ingest.errors import ConfigError, EmbedderError

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),
]  # importing torch takes its time and warns

RULES = "某办法\n第一条　党费按月交纳。\n第二条　支部按期换届。\n第三条　预备期为一年。"
INSTRUCTION = "为这个句子生成表示以用于检索相关文章："


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folders "bge-small-zh-v1.5" (no prompts of its own, as the real one), "prompted", "cross" and "classes"."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertForSequenceClassification, BertModel, BertTokenizerFast

    torch.set_num_threads(1)
    torch.manual_seed(7)
    made = tmp_path_factory.mktemp("models")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *sorted(set(RULES + INSTRUCTION) - {"\n", "　"})]
    tokenizer = BertTokenizerFast(vocab={word: n for n, word in enumerate(words)})
    shape: dict[str, Any] = {
        "vocab_size": len(words),
        "hidden_size": 32,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "intermediate_size": 32,
    }
    BertModel(BertConfig(**shape)).save_pretrained(made / "bare")
    tokenizer.save_pretrained(made / "bare")
    body = Transformer(str(made / "bare"))
    SentenceTransformer(modules=[body, Pooling(32)]).save(str(made / "bge-small-zh-v1.5"))
    prompted = SentenceTransformer(modules=[body, Pooling(32)], prompts={"query": "党费", "document": "支部"})
    prompted.save(str(made / "prompted"))
    for name, labels in (("cross", 1), ("classes", 3)):
        cross = BertForSequenceClassification(BertConfig(**shape, num_labels=labels))
        cross.save_pretrained(made / name)
        tokenizer.save_pretrained(made / name)
    return made


def test_the_family_s_instruction_goes_before_questions_only(models: Path) -> None:
    """The setting wins over the family; "" is nothing; documents stay as they are."""
    folder = str(models / "bge-small-zh-v1.5")
    plain = open_embedder(folder, query_instruction="")
    instructed = open_embedder(folder)
    own = open_embedder(folder, query_instruction="支部：")
    text = "党费按月交纳"
    (row,) = plain.encode_documents([text])
    assert plain.encode_query(text) == pytest.approx(row, abs=1e-5)
    assert instructed.encode_query(text) == pytest.approx(plain.encode_query(INSTRUCTION + text), abs=1e-5)
    assert own.encode_query(text) == pytest.approx(plain.encode_query("支部：" + text), abs=1e-5)
    assert np.abs(instructed.encode_query(text) - row).max() > 1e-3
    assert instructed.encode_documents([text])[0] == pytest.approx(row, abs=1e-5)
    assert plain.fingerprint == instructed.fingerprint == own.fingerprint  # no stored vector changes


def test_a_model_s_own_prompts_are_used(models: Path) -> None:
    """As Qwen3-Embedding brings them in config_sentence_transformers.json; documents get theirs."""
    plain = open_embedder(str(models / "bge-small-zh-v1.5"), query_instruction="")
    prompted = open_embedder(str(models / "prompted"))
    assert prompted.encode_query("换届") == pytest.approx(plain.encode_query("党费换届"), abs=1e-5)
    assert prompted.encode_documents(["换届"])[0] == pytest.approx(plain.encode_query("支部换届"), abs=1e-5)
    overridden = open_embedder(str(models / "prompted"), query_instruction="")
    assert overridden.encode_query("换届") == pytest.approx(plain.encode_query("换届"), abs=1e-5)


def test_rows_are_of_length_one_and_batches_do_not_matter(models: Path) -> None:
    """What the index needs of every embedder."""
    folder = str(models / "bge-small-zh-v1.5")
    texts = ["党费", "支部按期换届。" * 20, "预备期为一年"]
    rows: dict[int, Any] = {}
    for batch in (1, 2, 32):
        embedder: Embedder = open_embedder(folder, batch=batch)
        rows[batch] = embedder.encode_documents(texts)
    assert embedder.dimensions == 32
    assert np.linalg.norm(rows[32], axis=1) == pytest.approx(1.0, abs=1e-5)
    assert rows[1] == pytest.approx(rows[32], abs=1e-5)
    assert rows[2] == pytest.approx(rows[32], abs=1e-5)
    assert embedder.encode_documents([]).shape == (0, 32)


def test_the_fingerprint_follows_the_weights(models: Path, tmp_path: Path) -> None:
    """A copied folder is the same model, a described one too; one changed byte of the weights is another."""
    copy = shutil.copytree(models / "bge-small-zh-v1.5", tmp_path / "copy")
    before = open_embedder(str(models / "bge-small-zh-v1.5")).fingerprint
    (copy / "README.md").write_text("说明", encoding="utf-8")
    (copy / ".cache").mkdir()
    (copy / ".cache" / "when").write_text("today", encoding="utf-8")
    assert open_embedder(str(copy)).fingerprint == before
    weights = bytearray((copy / "model.safetensors").read_bytes())
    weights[-1] ^= 1
    (copy / "model.safetensors").write_bytes(weights)
    assert open_embedder(str(copy)).fingerprint != before


def test_what_is_no_model_has_a_hint(tmp_path: Path) -> None:
    """An empty folder, and a name that was never downloaded: how to get it without a network here."""
    for model in (str(tmp_path), "BAAI/never-downloaded"):
        with pytest.raises(EmbedderError) as caught:
            open_embedder(model)
        assert "hf download" in caught.value.hint


def test_a_name_opens_from_the_local_cache(models: Path, tmp_path: Path) -> None:
    """What `hf download NAME` leaves behind, opened by name, with the family's instruction and no network."""
    cached = tmp_path / "hub" / "models--BAAI--bge-small-zh-v1.5"
    shutil.copytree(models / "bge-small-zh-v1.5", cached / "snapshots" / "0123abcd")
    (cached / "refs").mkdir()
    (cached / "refs" / "main").write_text("0123abcd", encoding="utf-8")
    code = (
        "from ingest.embed import open_embedder as o; n = 'BAAI/bge-small-zh-v1.5'; "
        f"print(abs(o(n).encode_query('党费') - o(n, query_instruction='').encode_query({INSTRUCTION + '党费'!r})).max())"
    )
    environment = {
        **os.environ,
        "HF_HUB_CACHE": str(tmp_path / "hub"),
        "HF_HUB_OFFLINE": "0",  # that nothing is asked for is the program's own doing
        "TRANSFORMERS_OFFLINE": "0",
        "PYTHONUTF8": "1",
    }
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run([sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) < 1e-5
    assert query_instruction(str(cached / "snapshots" / "0123abcd")) == INSTRUCTION


# --- the doors ---


def run(door: Any, *arguments: object) -> Result:
    return CliRunner().invoke(door, [str(argument) for argument in arguments])


@pytest.fixture
def shelf(home: Path, tmp_path: Path) -> Path:
    """A home synced with the builtin model."""
    folder = tmp_path / "资料"
    folder.mkdir()
    (folder / "某办法.txt").write_text(RULES, encoding="utf-8")
    assert run(ingest, "sync", folder, "--home", home).exit_code == 0
    return home


def test_changing_to_a_folder_asks_for_reindex(shelf: Path, models: Path) -> None:
    """Refused with the command; after it found by the new model; a model inside the home is named from there."""
    shutil.copytree(models / "bge-small-zh-v1.5", shelf / "models" / "bge-small-zh-v1.5")
    (shelf / "config.toml").write_text('[embedding]\nmodel = "models/bge-small-zh-v1.5"', encoding="utf-8")
    refused = run(bot, "search", "党费", "--home", shelf)
    assert refused.exit_code == 2
    assert "python -m ingest reindex" in refused.stderr
    rebuilt = run(ingest, "reindex", "--home", shelf)
    assert (rebuilt.exit_code, "1/1" in rebuilt.stderr) == (0, True)
    found = json.loads(run(bot, "search", "支部按期换届。", "--home", shelf, "--json").stdout)["hits"]
    assert found[0]["article"] == "第二条"
    desk = open_desk(shelf)
    assert desk.index.embedder.dimensions == 32
    (nearest, *_) = desk.index.chunks_of(desk.index.documents()[0].id)[::-1]
    same = embedding_text(nearest.title, nearest.heading_path, nearest.text)
    (found_id, cosine), *_ = desk.index.nearest(desk.index.embedder.encode_documents([same])[0], 3)
    assert (found_id, cosine) == (
        nearest.chunk_id,
        pytest.approx(1, abs=1e-4),
    )  # its vectors, not the former model's
    desk.close()


def test_the_reranker_reorders_as_the_model_says(shelf: Path, models: Path) -> None:
    """The order of search is the order of the CrossEncoder's own scores."""
    from sentence_transformers import CrossEncoder

    before = json.loads(run(bot, "search", "党费", "--home", shelf, "--json").stdout)["hits"]
    (shelf / "config.toml").write_text(
        f'[reranker]\nmodel = "{(models / "cross").as_posix()}"', encoding="utf-8"
    )
    after = json.loads(run(bot, "search", "党费", "--home", shelf, "--json").stdout)["hits"]
    model = CrossEncoder(str(models / "cross"), local_files_only=True)
    passages = {hit["chunk_id"]: ("党费", f"{' '.join((hit['title'], *hit['heading_path']))}\n{hit['text']}") for hit in before}  # fmt: skip
    said = dict(zip(passages, model.predict(list(passages.values())), strict=True))
    assert [hit["chunk_id"] for hit in after] == sorted(said, key=lambda chunk_id: -said[chunk_id])
    assert len(set(said.values())) == len(before)  # else the order would prove nothing
    assert [hit["score"] for hit in after] == sorted((hit["score"] for hit in before), reverse=True)


def test_what_is_no_reranker_has_a_hint(models: Path, tmp_path: Path) -> None:
    """A classifier of three classes, an empty folder, a name never downloaded."""
    with pytest.raises(ConfigError, match="3 个分数"):
        open_reranker(str(models / "classes"))
    for model in (str(tmp_path), "BAAI/never-downloaded"):
        with pytest.raises(ConfigError) as caught:
            open_reranker(model)
        assert "hf download" in caught.value.hint
