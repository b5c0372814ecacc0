"""Train the builtin embedding model: `python -m ingest.embedder.train --data DATA --out FOLDER`.

The story: a tokenizer, idf-weighted random vectors, then two lessons - find the text a sentence was cut out of, then find
the article that answers a question among look-alikes the model itself confuses with it. The second lesson is taken several
times from the same start and the tables are averaged. The result is written in int8 and measured on questions it never saw.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import random
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest.embedder.alike import alike
from ingest.embedder.corpus import WRITTEN, Corpus, load_corpus
from ingest.embedder.folder import write_folder
from ingest.embedder.lessons import Learner, Table, mean_table
from ingest.embedder.measure import retrieval
from ingest.embedder.questions import Articles, Asked, ask, mine, question_batches
from ingest.embedder.reading import Question
from ingest.embedder.texts import Asides, Batch, Cloze, encode
from ingest.embedder.vocabulary import inverse_document_frequency, train_tokenizer
from ingest.encoders.static import StaticEmbedder, load_static

if TYPE_CHECKING:
    from tokenizers import Tokenizer

log = logging.getLogger("ingest.embedder.train")

FOLDS = 4


@dataclass(frozen=True)
class Settings:
    """Everything that decides the result; written to training.json."""

    seed: int = 7
    pieces: int = 48_000
    dimensions: int = 256
    batch: int = 1_024
    scale: float = 20.0
    cloze_epochs: int = 10
    cloze_rate: float = 0.03
    question_epochs: int = 4
    question_rate: float = 0.008
    question_batch: int = 128
    dropout: float = 0.3
    negatives: int = 6
    mined_depth: int = 40
    mining_rounds: int = 2
    tables: int = 3
    use_all: bool = False


class Course:
    """The corpus as the lessons want it: tokenised once."""

    def __init__(self, corpus: Corpus, tokenizer: Tokenizer, settings: Settings) -> None:
        self._settings = settings
        laws = corpus.laws
        texts = laws + corpus.regulations * 2 + corpus.regional
        self._cloze = Cloze(
            tokenizer,
            [article.text.removeprefix(article.label).strip() for article in texts],
            [(article.title, f"{article.heading} {article.label}") for article in texts],
        )
        self._news = Cloze(tokenizer, [text[:600] for text in corpus.news])
        self._asides = Asides(tokenizer, corpus.passages)
        asked_about = laws + corpus.regulations
        self._articles = Articles(
            encode(tokenizer, [article.titled for article in asked_about]),
            encode(tokenizer, [article.text for article in asked_about]),
        )
        numbers: dict[tuple[str, str], list[int]] = {}
        for number, article in enumerate(asked_about):
            numbers.setdefault((article.source, article.label), []).append(number)
        self.asked = ask(tokenizer, _with_numbers(corpus.questions, numbers))
        written = _with_numbers(corpus.written, numbers)
        golds = (number for _, _, items in written for item in items for number in item)
        same = alike(self._articles.plain, golds)  # whoever wrote them looked at one version only
        self.written = ask(
            tokenizer,
            [
                (text, said, [[n for m in item for n in same[m]] for item in items])
                for text, said, items in written
            ],
        )

    def cloze(self, start: Table) -> Table:
        """The first lesson, from `start`: sentences against the rest of their text, each batch of one kind."""
        settings = self._settings
        rng = random.Random(settings.seed)
        lesson: list[Batch] = []
        for _ in range(settings.cloze_epochs):
            lesson += self._cloze.batches(rng, settings.batch, group=4)
            lesson += self._news.batches(rng, settings.batch)
            lesson += self._asides.batches(rng, settings.batch)
        rng.shuffle(lesson)
        learner = Learner(start, seed=settings.seed, scale=settings.scale)
        _learn(learner, "cloze lesson", lesson, settings.cloze_rate, 0.0)
        return learner.table()

    def questions(self, start: Table, asked: Sequence[Asked], tables: int) -> Table:
        """The second lesson, from `start`, on `asked` and all that was written, once for each table of the mean."""
        asked = [*asked, *self.written]
        seeds = range(self._settings.seed, self._settings.seed + tables)
        return mean_table([self._question_lesson(start, asked, seed) for seed in seeds])

    def _question_lesson(self, start: Table, asked: Sequence[Asked], seed: int) -> Table:
        settings, rng = self._settings, random.Random(seed)
        learner = Learner(start, seed=seed, scale=settings.scale)
        for _ in range(settings.mining_rounds):
            mined = mine(learner, asked, self._articles, settings.mined_depth)
            lesson: list[Batch] = []
            for _ in range(settings.question_epochs):
                lesson += question_batches(
                    asked,
                    self._articles,
                    mined,
                    rng,
                    negatives=settings.negatives,
                    size=settings.question_batch,
                )
                lesson += self._cloze.sample(rng, 4 * settings.batch, settings.batch)
                lesson += self._asides.batches(rng, settings.batch, settings.batch)
            rng.shuffle(lesson)
            _learn(learner, f"question lesson, seed {seed}", lesson, settings.question_rate, settings.dropout)
        return learner.table()


def _with_numbers(
    questions: Sequence[Question], numbers: Mapping[tuple[str, str], Sequence[int]]
) -> list[tuple[str, str, list[list[int]]]]:
    """Questions as `ask` wants them, their articles by number; what is not in `numbers` is left out."""
    return [
        (q.text, q.answer, [[number for key in item for number in numbers.get(key, [])] for item in q.gold])
        for q in questions
    ]


def _learn(learner: Learner, what: str, lesson: Sequence[Batch], rate: float, dropout: float) -> None:
    started = time.monotonic()
    loss = learner.learn(lesson, rate, dropout=dropout)
    log.info("%s: %d batches, mean loss %.4f, %.0f s", what, len(lesson), loss, time.monotonic() - started)


def start_table(tokenizer: Tokenizer, corpus: Corpus, settings: Settings) -> Table:
    """Random directions, each as long as its token is rare: shape (pieces, dimensions)."""
    texts = [article.titled for article in corpus.laws] + corpus.news[:10_000]
    generator = np.random.default_rng(settings.seed)
    shape = (tokenizer.get_vocab_size(), settings.dimensions)
    directions = generator.standard_normal(shape, np.float32) / np.sqrt(settings.dimensions, dtype=np.float32)
    table: Table = directions * inverse_document_frequency(tokenizer, texts)[:, None]
    return table


def learn_cloze(corpus: Corpus, settings: Settings, kept: Path | None) -> tuple[Tokenizer, Course, Table]:
    """The tokenizer and the table after the first lesson, taken from the folder `kept` if it has them, else put there."""
    from tokenizers import Tokenizer

    if kept and (kept / "cloze.npy").is_file():
        tokenizer = Tokenizer.from_file(str(kept / "tokenizer.json"))
        return tokenizer, Course(corpus, tokenizer, settings), np.load(kept / "cloze.npy")
    trained = train_tokenizer(corpus.tokenizer_texts(random.Random(settings.seed)), settings.pieces)
    tokenizer = Tokenizer.from_str(trained.to_str())  # as it will be read: the file is then always the same
    log.info("tokenizer: %d pieces", tokenizer.get_vocab_size())
    course = Course(corpus, tokenizer, settings)
    table = course.cloze(start_table(tokenizer, corpus, settings))
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        tokenizer.save(str(kept / "tokenizer.json"), pretty=False)
        np.save(kept / "cloze.npy", table)
    return tokenizer, course, table


def measure(embedder: StaticEmbedder, corpus: Corpus) -> dict[str, dict[str, float]]:
    """Held-out figures over all laws, for both forms of a document."""
    forms = {"titled": [a.titled for a in corpus.laws], "untitled": [a.text for a in corpus.laws]}
    return {form: retrieval(embedder, corpus.held_out, corpus.laws, texts) for form, texts in forms.items()}


def train(
    data: Path,
    out: Path,
    settings: Settings,
    *,
    kept: Path | None,
    folds: Path | None,
    written: Path = WRITTEN,
) -> dict[str, Any]:
    """Train, write the folder (and those of the folds), measure the float and the int8 model; settings and figures."""
    started = time.monotonic()
    corpus = load_corpus(data, use_all=settings.use_all, written=written)
    tokenizer, course, cloze = learn_cloze(corpus, settings, kept)
    table = course.questions(cloze, course.asked, settings.tables)
    write_folder(out, tokenizer, table)
    record = {
        "settings": asdict(settings),
        "articles": len(corpus.laws),
        "held_out_questions": len(corpus.held_out),
        "float32": measure(StaticEmbedder("training", tokenizer, table, ""), corpus),
        "int8": measure(load_static(out, "trained"), corpus),
        "seconds": round(time.monotonic() - started),
    }
    text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    (out / "training.json").write_text(text, encoding="utf-8")
    for fold in range(FOLDS if folds else 0):
        assert folds is not None
        seen = [question for number, question in enumerate(course.asked) if number % FOLDS != fold]
        write_folder(folds / f"fold-{fold}", tokenizer, course.questions(cloze, seen, 1))
    return record


def main(arguments: Iterable[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m ingest.embedder.train", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with laws/, regulations/ and train/")
    parser.add_argument("--out", type=Path, required=True, help="folder to write the model to")
    parser.add_argument(
        "--start",
        type=Path,
        help="folder that keeps the tokenizer and the table after the first lesson; if it has them, they are not learned again",
    )
    parser.add_argument(
        "--folds",
        type=Path,
        help="also write fold-0 to fold-3 here, each learned without the questions whose number %% 4 is its own",
    )
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
    record = train(options.data, options.out, settings, kept=options.start, folds=options.folds)
    sys.stdout.write(json.dumps(record, ensure_ascii=False, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
