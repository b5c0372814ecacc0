"""The training data and the measure: articles cut right, pairs that teach what they claim, figures by hand."""

import random
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from ingest.embedder.measure import retrieval
from ingest.embedder.pairs import Pair, article_pairs, batches, cloze, question_pairs
from ingest.embedder.reading import Article, Question, split_articles
from ingest.encoders.static import StaticEmbedder

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
    """The sentence comes from the text; the rest lacks it, and keeps every other character."""
    text = "党支部每月召开一次支部委员会会议。党小组会一般每月召开一次；党员大会一般每季度召开一次。"
    parted = cloze(text, random.Random(seed), kept=0.0)
    assert parted is not None
    sentence, rest = parted
    assert sentence in text
    assert sentence not in rest
    assert sorted(sentence + rest) == sorted(text)


def test_cloze_needs_two_parts() -> None:
    """What cannot be parted gives no pair."""
    assert cloze("制定本条例。", random.Random(1), kept=0.0) is None


def test_a_batch_never_holds_a_document_twice() -> None:
    """In a batch every other document counts as wrong, so one document must not stand for two queries."""
    pairs = [Pair(f"问题{number}", f"条文{number % 5}") for number in range(40)]
    for batch in batches(pairs, 4):
        assert len({pair.document for pair in batch}) == len(batch)


def test_article_pairs_are_reproducible() -> None:
    """The same seed gives the same pairs."""
    articles = split_articles("某某条例.md", LAW)
    assert article_pairs(articles, random.Random(7)) == article_pairs(articles, random.Random(7))
    assert article_pairs(articles, random.Random(7))


def _article(label: str, text: str) -> Article:
    return Article("a.md", label, "某法", "", text)


def test_questions_meet_gold_and_lookalikes() -> None:
    """The document is a gold article, the negatives are what was mined."""
    gold, wrong = _article("第一条", "第一条 甲"), _article("第二条", "第二条 乙")
    question = Question("甲是什么？", "", (frozenset({("a.md", "第一条")}),))
    known = {("a.md", "第一条"): gold}
    (pair,) = question_pairs([question], known, {question.text: [wrong]}, random.Random(7), negatives=1)
    assert pair.document in {gold.text, gold.titled}
    assert pair.negatives[0] in {wrong.text, wrong.titled}


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


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_lesson_brings_pairs_together(tmp_path: Path) -> None:
    """After lessons on word pairs that share no piece, each query is nearest to its own document."""
    pytest.importorskip("sentence_transformers")
    from ingest.embedder.train import Lessons

    words = {"[UNK]": 0} | {chr(0x4E00 + n): n + 1 for n in range(40)}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    table = np.random.default_rng(7).standard_normal((41, 16)).astype(np.float32)
    lessons = Lessons(tokenizer, table, 20.0)
    pairs = [Pair(chr(0x4E00 + n), chr(0x4E00 + 20 + n)) for n in range(20)]
    losses = [lessons.learn([pairs] * 20, 0.05) for _ in range(3)]
    assert losses[-1] < losses[0]
    embedder = lessons.embedder()
    documents = embedder.encode_documents([pair.document for pair in pairs])
    nearest = [int((documents @ embedder.encode_query(pair.query)).argmax()) for pair in pairs]
    assert nearest == list(range(20))
