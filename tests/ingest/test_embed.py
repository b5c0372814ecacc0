"""The builtin embedder: shapes, edge cases, speed of loading by what it does not import, agreement with its origin."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from ingest.embed import open_embedder
from ingest.embedder.folder import quantise, write_folder
from ingest.encoders.static import StaticEmbedder, load_builtin, load_static
from ingest.errors import EmbedderError

MODEL = Path(load_static.__code__.co_filename).parent.parent / "embedder" / "model"
TEXTS = [
    "预备党员的预备期为一年。",
    "",
    "第八条 劳动者提前三十日以书面形式通知用人单位，可以解除劳动合同。",
    "𠮷𠀀ᚠᚢ",
    "，。！？  \n",
    "GDP 增长 5.2%",
]


@pytest.fixture(scope="module")
def builtin() -> StaticEmbedder:
    return load_builtin()


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A three-word model folder."""
    tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0, "党": 1, "员": 2, "法": 3}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    table = np.array([[0, 0], [1, 0], [0, 1], [-0.5, 0.25]], np.float32)
    write_folder(tmp_path / "small", tokenizer, table)
    return tmp_path / "small"


def test_rows_have_length_one_or_zero(builtin: StaticEmbedder) -> None:
    """Every row is normalised; a text with nothing to recognise is the zero vector, never NaN."""
    rows = builtin.encode_documents(TEXTS)
    assert rows.shape == (len(TEXTS), builtin.dimensions)
    assert rows.dtype == np.float32
    assert np.isfinite(rows).all()
    lengths = np.linalg.norm(rows, axis=1)
    assert lengths[[0, 2, 5]] == pytest.approx(1.0, abs=1e-5)
    assert lengths[1] == lengths[4] == 0.0
    assert lengths[3] == pytest.approx(1.0, abs=1e-5) or lengths[3] == 0.0


def test_no_text_gives_no_row(builtin: StaticEmbedder) -> None:
    """An empty batch keeps the width, so that it can be stacked."""
    assert builtin.encode_documents([]).shape == (0, builtin.dimensions)


def test_batch_equals_single(builtin: StaticEmbedder) -> None:
    """Neither neighbours nor the slices of the gathering change a text's vector."""
    long = "党支部应当按期换届。" * 12_000  # more tokens than are gathered at a time
    texts = [*TEXTS, long, *TEXTS]
    rows = builtin.encode_documents(texts)
    for text, row in zip(texts, rows, strict=True):
        assert builtin.encode_query(text) == pytest.approx(row, abs=1e-6)


def test_meaning_orders_articles(builtin: StaticEmbedder) -> None:
    """A question is nearer to the article about it than to another article."""
    rows = builtin.encode_documents(
        [TEXTS[2], "第九条 禁止在文物保护单位的保护范围内进行爆破、钻探、挖掘等作业。"]
    )
    first, second = rows @ builtin.encode_query("员工辞职要提前多久告诉公司？")
    assert first > second


def test_sum_of_token_vectors(small: Path) -> None:
    """The vector is the normalised sum of the token rows; an unknown character adds nothing."""
    embedder = load_static(small, "small")
    assert embedder.encode_query("党员") == pytest.approx(np.array([0.5**0.5, 0.5**0.5]), abs=1e-6)
    assert embedder.encode_query("党员") == pytest.approx(embedder.encode_query("党〇员"), abs=1e-6)


def test_quantising_stays_close() -> None:
    """An int8 row is within half a scale of its original, zero rows included."""
    table = np.random.default_rng(7).standard_normal((50, 16)).astype(np.float32)
    table[3] = 0
    rows, scales = quantise(table)
    assert (np.abs(rows * scales[:, None] - table) <= scales[:, None] * 0.501).all()


def test_fingerprint_follows_the_files(small: Path) -> None:
    """The same files give the same fingerprint, one changed row another."""
    before = load_static(small, "a").fingerprint
    assert load_static(small, "b").fingerprint == before
    content = bytearray((small / "model.safetensors").read_bytes())
    content[-1] ^= 1
    (small / "model.safetensors").write_bytes(bytes(content))
    assert load_static(small, "a").fingerprint != before


def test_opening_by_folder(small: Path) -> None:
    """A folder in the builtin format opens without sentence-transformers; "builtin" is the default."""
    assert isinstance(open_embedder(str(small)), StaticEmbedder)
    assert open_embedder().fingerprint == open_embedder("builtin").fingerprint


def test_missing_folder_has_a_hint(tmp_path: Path) -> None:
    """A path that is not there is refused before anything heavy is imported or fetched."""
    with pytest.raises(EmbedderError) as caught:
        open_embedder(str(tmp_path / "none"))
    assert "builtin" in caught.value.hint


def test_damaged_files_have_a_hint(small: Path) -> None:
    """A truncated table and a broken tokenizer are named as such."""
    content = (small / "model.safetensors").read_bytes()
    (small / "model.safetensors").write_bytes(content[:-3])
    with pytest.raises(EmbedderError, match="损坏"):
        load_static(small, "small")
    (small / "model.safetensors").write_bytes(content)
    (small / "tokenizer.json").write_text("{}", encoding="utf-8")
    with pytest.raises(EmbedderError, match="损坏"):
        load_static(small, "small")
    (small / "tokenizer.json").unlink()
    with pytest.raises(EmbedderError, match="读不出来"):
        load_static(small, "small")


def test_encoding_imports_nothing_heavy() -> None:
    """Loading and encoding leave torch, transformers and sentence-transformers alone: they cost seconds at start."""
    code = (
        "import sys; from ingest.embed import open_embedder; e = open_embedder(); e.encode_query('党费'); "
        "e.encode_documents(['党费', '会议']); "
        "print([m for m in ('torch', 'transformers', 'sentence_transformers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_model_folder_is_small() -> None:
    """The model in the repository is at most 25 MB."""
    assert sum(path.stat().st_size for path in MODEL.rglob("*") if path.is_file()) <= 25_000_000


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_agrees_with_sentence_transformers(builtin: StaticEmbedder) -> None:
    """sentence-transformers opens the same folder and gives the same vectors."""
    module = pytest.importorskip("sentence_transformers")
    model = module.SentenceTransformer(str(MODEL), device="cpu", local_files_only=True)
    texts = [TEXTS[0], TEXTS[2], TEXTS[5]]
    ours, theirs = builtin.encode_documents(texts), model.encode_document(texts)
    assert (np.sum(ours * theirs, axis=1) >= 0.999).all()
