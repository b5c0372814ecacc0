"""Train the builtin embedding model: `python -m ingest.embedder.train --data DATA --out FOLDER`.

The story: a tokenizer, idf-weighted random vectors, then two lessons with sentence-transformers' contrastive loss - find
the text a sentence was cut out of, then find the article that answers a question among look-alikes the model itself
confuses with it. The result is written in int8 and measured on questions it never saw.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import random
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest.embedder.corpus import Corpus, load_corpus
from ingest.embedder.folder import write_folder
from ingest.embedder.measure import rank, retrieval
from ingest.embedder.pairs import Pair, article_pairs, batches, news_pairs, passage_pairs, question_pairs
from ingest.embedder.reading import Article
from ingest.embedder.vocabulary import inverse_document_frequency, train_tokenizer
from ingest.encoders.static import StaticEmbedder, load_static

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

log = logging.getLogger("ingest.embedder.train")


@dataclass(frozen=True)
class Settings:
    """Everything that decides the result; written to training.json."""

    seed: int = 7
    pieces: int = 48_000
    dimensions: int = 256
    batch: int = 1_024
    scale: float = 20.0
    cloze_epochs: int = 1
    cloze_rate: float = 0.03
    question_epochs: int = 4
    question_rate: float = 0.008
    question_batch: int = 128
    negatives: int = 6
    mined_depth: int = 40
    mining_rounds: int = 2
    use_all: bool = False


class Lessons:
    """A sentence-transformers StaticEmbedding model with its loss; `learn` runs one lesson over it."""

    def __init__(self, tokenizer: Tokenizer, table: NDArray[np.float32], scale: float) -> None:
        """Build the model on the CPU from a start table, one row a token id."""
        import torch
        from sentence_transformers import SentenceTransformer
        from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
        from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding

        self.tokenizer = tokenizer
        self._torch = torch
        self._embedding = StaticEmbedding(tokenizer, embedding_weights=torch.from_numpy(table.copy()))
        model = SentenceTransformer(modules=[self._embedding, Normalize()], device="cpu")
        self._loss = MultipleNegativesRankingLoss(
            model, scale=scale, directions=("query_to_doc", "doc_to_query")
        )
        self._one_way = MultipleNegativesRankingLoss(model, scale=scale)

    def learn(self, lesson: Sequence[list[Pair]], rate: float) -> float:
        """Go through the batches once with a rate that rises for a tenth, then falls to nothing; mean loss."""
        optimizer = self._torch.optim.AdamW(
            self._embedding.parameters(), lr=rate, weight_decay=0.0, fused=True
        )
        total = 0.0
        for step, batch in enumerate(lesson):
            done = step / len(lesson)
            for group in optimizer.param_groups:
                group["lr"] = rate * min(1.0, done * 10 + 0.01, (1.0 - done) / 0.9)
            columns = [[pair.query for pair in batch], [pair.document for pair in batch]]
            columns += [list(column) for column in zip(*(pair.negatives for pair in batch), strict=True)]
            features = [self._embedding.preprocess(column) for column in columns]
            loss = (self._loss if len(columns) == 2 else self._one_way)(features, None)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += float(loss.detach())
        return total / max(1, len(lesson))

    def table(self) -> NDArray[np.float32]:
        """Return the present vectors; the unknown token's row is zero, for it means nothing."""
        table: NDArray[np.float32] = self._embedding.embedding.weight.detach().numpy().copy()
        table[0] = 0
        return table

    def embedder(self) -> StaticEmbedder:
        """Return the present float model, to mine and measure with."""
        return StaticEmbedder("training", self.tokenizer, self.table(), "")


def start_table(tokenizer: Tokenizer, texts: Sequence[str], settings: Settings) -> NDArray[np.float32]:
    """Random directions, each as long as its token is rare: shape (pieces, dimensions)."""
    generator = np.random.default_rng(settings.seed)
    shape = (tokenizer.get_vocab_size(), settings.dimensions)
    directions = generator.standard_normal(shape, np.float32) / np.sqrt(settings.dimensions, dtype=np.float32)
    table: NDArray[np.float32] = directions * inverse_document_frequency(tokenizer, texts)[:, None]
    return table


def mine(embedder: StaticEmbedder, corpus: Corpus, depth: int) -> dict[str, list[Article]]:
    """For each question the articles the model ranks high and that are not gold."""
    documents = embedder.encode_documents([article.titled for article in corpus.laws])
    ranked = rank(embedder, [question.text for question in corpus.questions], documents, depth)
    mined: dict[str, list[Article]] = {}
    for question, row in zip(corpus.questions, ranked, strict=True):
        gold = frozenset().union(*question.gold)
        found = [corpus.laws[position] for position in row]
        mined[question.text] = [a for a in found if (a.source, a.label) not in gold]
    return mined


def cloze_lesson(corpus: Corpus, settings: Settings, rng: random.Random) -> list[list[Pair]]:
    """Batches of sentences against the rest of their text; each batch is of one kind."""
    lesson: list[list[Pair]] = []
    for _ in range(settings.cloze_epochs):
        articles = corpus.laws + corpus.regulations * 2 + corpus.regional
        lesson += batches(article_pairs(articles, rng), settings.batch)
        lesson += batches(news_pairs(corpus.news, rng), settings.batch)
        lesson += batches(passage_pairs(corpus.passages, rng), settings.batch)
    rng.shuffle(lesson)
    return lesson


def question_lesson(
    corpus: Corpus, settings: Settings, mined: dict[str, list[Article]], rng: random.Random
) -> list[list[Pair]]:
    """Batches of questions against gold articles and look-alikes, mixed with some of the first lesson's kinds."""
    by_key = {(article.source, article.label): article for article in corpus.laws}
    lesson: list[list[Pair]] = []
    for _ in range(settings.question_epochs):
        pairs = question_pairs(corpus.questions, by_key, mined, rng, negatives=settings.negatives)
        lesson += batches(pairs, settings.question_batch)
        sample = rng.sample(corpus.laws + corpus.regulations, 4 * settings.batch)
        lesson += batches(article_pairs(sample, rng, group=1), settings.batch)
        lesson += batches(passage_pairs(rng.sample(corpus.passages, settings.batch), rng), settings.batch)
    rng.shuffle(lesson)
    return lesson


def train(corpus: Corpus, tokenizer: Tokenizer, settings: Settings) -> Lessons:
    """Both lessons, with look-alikes mined anew before each round of the second."""
    rng = random.Random(settings.seed)
    documents = [article.titled for article in corpus.laws] + corpus.news[:10_000]
    lessons = Lessons(tokenizer, start_table(tokenizer, documents, settings), settings.scale)
    _timed("cloze lesson", lambda: lessons.learn(cloze_lesson(corpus, settings, rng), settings.cloze_rate))
    for _ in range(settings.mining_rounds):
        mined = mine(lessons.embedder(), corpus, settings.mined_depth)
        lesson = question_lesson(corpus, settings, mined, rng)
        _timed("question lesson", lambda lesson=lesson: lessons.learn(lesson, settings.question_rate))  # type: ignore[misc]
    return lessons


def _timed(what: str, act: Callable[[], float]) -> None:
    started = time.monotonic()
    loss = act()
    log.info("%s: mean loss %.4f, %.0f s", what, loss, time.monotonic() - started)


def measure(embedder: StaticEmbedder, corpus: Corpus) -> dict[str, dict[str, float]]:
    """Held-out figures over all laws, for both forms of a document."""
    forms = {"titled": [a.titled for a in corpus.laws], "untitled": [a.text for a in corpus.laws]}
    return {form: retrieval(embedder, corpus.held_out, corpus.laws, texts) for form, texts in forms.items()}


def main(arguments: Iterable[str] | None = None) -> int:
    """Train, write the folder, measure the float and the int8 model, record settings and figures."""
    parser = argparse.ArgumentParser(prog="python -m ingest.embedder.train", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with laws/, regulations/ and train/")
    parser.add_argument("--out", type=Path, required=True, help="folder to write the model to")
    parser.add_argument("--seed", type=int, default=Settings.seed)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument(
        "--use-all", action="store_true", help="learn from the held-out fifth too; its figures then flatter"
    )
    options = parser.parse_args(list(arguments) if arguments is not None else None)
    os.environ["RAYON_NUM_THREADS"] = str(options.threads)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    import torch

    torch.set_num_threads(options.threads)
    settings = Settings(seed=options.seed, use_all=options.use_all)
    started = time.monotonic()
    corpus = load_corpus(options.data, use_all=options.use_all)
    tokenizer = train_tokenizer(corpus.tokenizer_texts(random.Random(settings.seed)), settings.pieces)
    log.info("tokenizer: %d pieces, %.0f s", tokenizer.get_vocab_size(), time.monotonic() - started)
    lessons = train(corpus, tokenizer, settings)
    write_folder(options.out, tokenizer, lessons.table())
    record: dict[str, Any] = {
        "settings": asdict(settings),
        "articles": len(corpus.laws),
        "held_out_questions": len(corpus.held_out),
        "float32": measure(lessons.embedder(), corpus),
        "int8": measure(load_static(options.out, "trained"), corpus),
        "seconds": round(time.monotonic() - started),
    }
    text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    (options.out / "training.json").write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
