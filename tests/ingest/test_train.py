"""The training data and the measure: articles cut right, pairs that teach what they claim, figures by hand."""

import gzip
import json
import random
import tarfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from ingest.embedder.alike import alike
from ingest.embedder.lessons import Learner
from ingest.embedder.measure import retrieval
from ingest.embedder.questions import Articles, ask, mine, question_batches
from ingest.embedder.reading import Article, Question, read_written, split_articles
from ingest.embedder.texts import Cloze, Pair, encode, part
from ingest.embedder.train import FOLDS, Settings, train
from ingest.encoders.static import StaticEmbedder, load_static

LAW = """# 某某条例

2020年1月1日 施行

<!-- INFO END -->

## 第一章 总则

第一条 为了规范管理，制定本条例。依照本条例
第八条的规定办理的，从其规定；另有规定的除外。

第二条 单位应当建立健全管理制度。

违反前款规定的，责令改正。

## 第二章 附则

第二条之一 本条例自公布之日起施行，原规定同时废止。
"""


@pytest.fixture(autouse=True)
def one_thread() -> None:
    """Threads that wait for each other over sums this small take twenty times as long on a busy machine."""
    torch = pytest.importorskip("torch")
    torch.set_num_threads(1)


def test_articles_are_cut_at_their_own_labels() -> None:
    """A reference to another article at a line's start opens no article; headings belong to what follows them."""
    articles = split_articles("某某条例.md", LAW)
    assert [article.label for article in articles] == ["第一条", "第二条", "第二条之一"]
    assert articles[0].text.endswith("另有规定的除外。")
    assert articles[1].text.endswith("责令改正。")
    assert [article.heading for article in articles] == ["第一章 总则", "第一章 总则", "第二章 附则"]
    assert articles[2].titled.startswith("某某条例 第二章 附则\n第二条之一 ")


@pytest.mark.parametrize("seed", range(20))
def test_cloze_parts_a_text(seed: int) -> None:
    """The query is one sentence, the document the others in order - now and then with it."""
    sentences = [
        "党支部每月召开一次支部委员会会议。",
        "党小组会一般每月召开一次；",
        "党员大会一般每季度召开一次。",
    ]
    tokenizer = characters("".join(sentences))
    pair = Cloze(tokenizer, ["".join(sentences)]).pair(0, random.Random(seed))
    wanted = [tuple(ids) for ids in encode(tokenizer, sentences)]
    assert tuple(pair.query) in wanted
    rest = [one for one in wanted if one != tuple(pair.query)]
    assert tuple(pair.document) in {sum(rest, ()), sum(wanted, ())}


def test_cloze_needs_two_parts() -> None:
    """What cannot be parted gives no pair; commas part what full stops do not."""
    assert part("制定本条例。") is None
    assert part("为了规范党员教育管理工作，根据党章，制定本条例。") == (
        ["为了规范党员教育管理工作，", "根据党章，", "制定本条例。"],
        [0],
    )


def test_a_lesson_is_reproducible_and_complete() -> None:
    """The same seed draws the same pairs; every text is asked for once."""
    texts = [f"第{n}款规定的事项应当公开。{n}号文件另有规定的从其规定。" for n in range(10)]
    tokenizer = characters("".join(texts))
    cloze = Cloze(tokenizer, texts)

    def drawn() -> list[list[int]]:
        return [p.document.tolist() for draw in cloze.batches(random.Random(7), 4, group=2) for p in draw()]

    assert drawn() == drawn()
    assert len(drawn()) == 10


def characters(text: str) -> Tokenizer:
    """One token a character."""
    words = {"[UNK]": 0} | {word: number for number, word in enumerate(sorted(set(text)), 1)}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    return tokenizer


def test_copies_and_kept_articles_are_alike() -> None:
    """A copy and an article with a word added say the same; one that shares a third of its words does not."""
    texts = [
        "党费按月交纳不得拖欠",
        "党费按月交纳不得拖欠",
        "党费应按月交纳不得拖欠",
        "党费由支部书记汇总上报",
    ]
    found = alike(encode(characters("".join(texts)), texts), [0, 3])
    assert found == {0: (0, 1, 2), 3: (3,)}


def test_written_questions_name_articles_below_the_data(tmp_path: Path) -> None:
    path = tmp_path / "questions.tsv"
    path.write_text(
        "# 说明\n交多少\tregulations/甲.txt\t第一条\n谁收\tlaws/乙/丙.md\t第二条;第三条\n", encoding="utf-8"
    )
    one, two = read_written(path)
    assert (one.text, one.gold) == ("交多少", (frozenset({("甲.txt", "第一条")}),))
    assert two.gold == (frozenset({("乙/丙.md", "第二条")}), frozenset({("乙/丙.md", "第三条")}))


def test_questions_meet_gold_and_lookalikes() -> None:
    """The document answers the question, the negatives are what was mined and never what is right; an item whose
    articles are not there is no item, a question without any is left out.
    """
    tokenizer = characters("甲乙丙丁？")
    texts = encode(tokenizer, ["甲", "乙", "丙", "甲丁"])
    articles = Articles(texts, texts)
    asked = ask(tokenizer, [("甲？", "", [[0, 3], []]), ("丙？", "", [[]])])
    assert [question.items for question in asked] == [((0, 3),)]
    learner = Learner(np.eye(6, dtype=np.float32), seed=7)
    mined = mine(learner, asked, articles, 2)
    assert sorted(mined[0]) == [1, 2]
    (batch,) = question_batches(asked, articles, mined, random.Random(7), negatives=2, size=4)
    (pair,) = batch()
    assert pair.numbers[0] in {0, 3}
    assert sorted(pair.numbers[1:]) == [1, 2]
    assert pair.right == {0, 3}


def test_what_is_also_right_counts_as_neither() -> None:
    """Two questions of one batch share an answer: pulling both towards it must not push either away."""
    tokenizer = characters("甲乙丙丁")
    one, two, answer, wrong = encode(tokenizer, ["甲", "乙", "丙", "丁"])
    table = np.random.default_rng(7).standard_normal((5, 8)).astype(np.float32)
    learner = Learner(table, seed=7)
    pairs = [Pair(query, answer, (wrong,), (5, 6), frozenset({5})) for query in (one, two)]
    for _ in range(3):
        loss = learner.learn([lambda: pairs] * 30, 0.05)
    assert loss < 0.05


def _article(label: str, text: str) -> Article:
    return Article("a.md", label, "某法", "", text)


def test_retrieval_figures_by_hand() -> None:
    """Two evidence items, one first and one twentieth: recall@10 is a half, recall@100 one, mrr@10 one."""
    words = {"[UNK]": 0} | {chr(0x4E00 + n): n + 1 for n in range(150)}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    angles = np.linspace(0, 1.5, 150)
    table = np.vstack([[0, 0], np.stack([np.cos(angles), np.sin(angles)], axis=1)]).astype(np.float32)
    embedder = StaticEmbedder("angles", tokenizer, table, "")
    articles = [_article(f"第{n}条", chr(0x4E00 + n)) for n in range(150)]
    gold = (frozenset({("a.md", "第0条")}), frozenset({("a.md", "第19条"), ("a.md", "第140条")}))
    question = Question(chr(0x4E00), "", gold)
    figures = retrieval(embedder, [question], articles, [article.text for article in articles])
    assert figures == {"recall@10": 0.5, "recall@100": 1.0, "hit@10": 1.0, "mrr@10": 1.0}
    missed = retrieval(embedder, [Question(chr(0x4E00), "", gold[1:])], articles, [a.text for a in articles])
    assert missed["mrr@10"] == 0.0


@pytest.mark.parametrize("dropout", [0.0, 0.3])
def test_a_lesson_brings_pairs_together(dropout: float) -> None:
    """After lessons on word pairs that share no piece, each query is nearest to its own document; numpy sees the same."""
    words = "".join(chr(0x4E00 + n) for n in range(40))
    tokenizer = characters(words)
    queries, documents = encode(tokenizer, list(words[:20])), encode(tokenizer, list(words[20:]))
    table = np.random.default_rng(7).standard_normal((41, 16)).astype(np.float32)
    learner = Learner(table, seed=7)
    pairs = [Pair(query, document) for query, document in zip(queries, documents, strict=True)]
    losses = [learner.learn([lambda: pairs] * 20, 0.05, dropout=dropout) for _ in range(3)]
    assert losses[-1] < losses[0]
    found = learner.encode(documents)
    assert (found @ learner.encode(queries).T).argmax(axis=0).tolist() == list(range(20))
    numpy_path = StaticEmbedder("learned", tokenizer, learner.table(), "").encode_documents(list(words[20:]))
    assert np.einsum("ij,ij->i", found, numpy_path) == pytest.approx(1.0, abs=1e-5)


def _write_data(data: Path) -> None:
    """A data folder with all its parts: forty laws of three articles, and ten questions that quote them."""
    for name in ("laws", "regulations", "train"):
        (data / name).mkdir(parents=True)
    words = [chr(0x4E00 + 7 * n) + chr(0x5E00 + 11 * n) for n in range(120)]
    for n in range(40):
        first, second, third = words[3 * n : 3 * n + 3]
        law = LAW.replace("某某", first).replace("管理", second).replace("单位", third)
        (data / "laws" / f"{n}.md").write_text(law, encoding="utf-8")
    (data / "regulations" / "甲.txt").write_text(LAW, encoding="utf-8")
    train = data / "train"
    with tarfile.open(train / "regional-regulations.tar.gz", "w:gz") as archive:
        archive.add(data / "laws" / "0.md", "a/0.md")
    news = "昨日召开了一次重要的会议。会议讨论了下一步的工作安排和要求。\n" * 8
    (train / "news-30k.txt.gz").write_bytes(gzip.compress(news.encode()))
    passage = {"question": "会议讨论了什么？", "context": news, "answer": "工作安排"}
    for name in ("dev", "trial"):
        (train / f"cmrc2018-{name}.jsonl").write_text(json.dumps(passage), encoding="utf-8")
    lines = [
        {"question": f"{words[3 * n + 2]}应当怎样？", "answer": f"应当建立{words[3 * n + 1]}制度。",
         "gold": [[{"source": f"{n}.md", "article": "第二条"}]]}
        for n in range(10)
    ]  # fmt: skip
    written = "".join(f"{words[3 * n]}咋办\tlaws/{n}.md\t第二条\n" for n in range(20, 30))
    (data / "questions.tsv").write_text(written, encoding="utf-8")
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    (train / "stard-train.jsonl").write_text(text, encoding="utf-8")


def test_the_whole_course(tmp_path: Path) -> None:
    """A small data folder gives a model folder that loads, one a fold, the record of both, and the same again."""
    _write_data(tmp_path / "data")
    settings = Settings(
        pieces=400, dimensions=16, batch=32, cloze_epochs=2, question_batch=4, tables=2, mined_depth=10
    )

    def run(name: str) -> dict[str, Any]:
        return train(
            tmp_path / "data",
            tmp_path / name,
            settings,
            kept=tmp_path / "kept",
            folds=tmp_path / "folds",
            written=tmp_path / "data" / "questions.tsv",
        )

    record = run("model")
    model = load_static(tmp_path / "model", "trained")
    assert model.dimensions == 16
    assert record["held_out_questions"] == 2
    assert json.loads((tmp_path / "model" / "training.json").read_text(encoding="utf-8")) == record
    folds = [load_static(tmp_path / "folds" / f"fold-{n}", "fold").fingerprint for n in range(FOLDS)]
    assert len({model.fingerprint, *folds}) == FOLDS + 1
    run("again")
    assert load_static(tmp_path / "again", "trained").fingerprint == model.fingerprint
