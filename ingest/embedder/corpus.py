"""The training data of one run, read once; the held-out questions never reach the tokenizer or the pairs."""

import random
from dataclasses import dataclass
from pathlib import Path

from ingest.embedder.reading import (
    Article,
    Passage,
    Question,
    read_archive,
    read_folder,
    read_news,
    read_passages,
    read_questions,
    read_written,
)

HELD_OUT_EVERY = 5
WRITTEN = Path(__file__).parents[2] / "corpus" / "questions.tsv"


@dataclass(frozen=True)
class Corpus:
    """Everything a run learns from, and the questions it is measured on."""

    laws: list[Article]
    regional: list[Article]
    regulations: list[Article]
    news: list[str]
    passages: list[Passage]
    questions: list[Question]
    written: list[Question]
    held_out: list[Question]

    def tokenizer_texts(self, rng: random.Random) -> list[str]:
        """About 9 million characters: half laws, the rest everyday language and party regulations."""
        texts = [article.text for article in rng.sample(self.laws, min(32_000, len(self.laws)))]
        texts += [article.text for article in self.regulations]
        texts += [article.text for article in rng.sample(self.regional, min(4_000, len(self.regional)))]
        texts += rng.sample(self.news, min(3_500, len(self.news)))
        texts += sorted({passage.text for passage in self.passages})
        texts += [passage.question for passage in self.passages]
        texts += [f"{question.text} {question.answer}" for question in self.questions] * 3
        texts += [question.text for question in self.written]
        return texts


def load_corpus(data: Path, *, use_all: bool, written: Path = WRITTEN) -> Corpus:
    """Read the data folder and `written`; every fifth STARD question by line is held out unless `use_all`."""
    train = data / "train"
    questions = read_questions(train / "stard-train.jsonl")
    held_out = questions[HELD_OUT_EVERY - 1 :: HELD_OUT_EVERY]
    if not use_all:
        questions = [q for number, q in enumerate(questions) if number % HELD_OUT_EVERY != HELD_OUT_EVERY - 1]
    return Corpus(
        laws=read_folder(data / "laws"),
        regional=read_archive(train / "regional-regulations.tar.gz"),
        regulations=read_folder(data / "regulations"),
        news=read_news(train / "news-30k.txt.gz"),
        passages=read_passages(train / "cmrc2018-dev.jsonl") + read_passages(train / "cmrc2018-trial.jsonl"),
        questions=questions,
        written=read_written(written),
        held_out=held_out,
    )
