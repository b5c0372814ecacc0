"""Make training pairs (query, document that should be found) out of articles, news and questions."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.embedder.reading import Article, Passage, Question

_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?")
_CLAUSE = re.compile(r"[^，、：。；！？\n]+[，、：。；！？]?")
_SHORTEST = 8  # characters: anything shorter says too little to be found by
_LONGEST = 600  # characters of a document kept for training


@dataclass(frozen=True)
class Pair:
    """`query` should find `document`; `negatives` are documents that look alike and are wrong."""

    query: str
    document: str
    negatives: tuple[str, ...] = ()


def cloze(text: str, rng: random.Random, kept: float) -> tuple[str, str] | None:
    """Take one sentence (or clause) out of a text; with probability `kept` the rest keeps it too.

    Returns (sentence, rest), or None where the text is too short to part.
    """
    for pattern in (_SENTENCE, _CLAUSE):
        parts = [part.strip() for part in pattern.findall(text) if part.strip()]
        choices = [number for number, part in enumerate(parts) if len(part) >= _SHORTEST]
        if len(parts) > 1 and choices:
            chosen = rng.choice(choices)
            rest = text if rng.random() < kept else "".join(parts[:chosen] + parts[chosen + 1 :])
            return parts[chosen], rest[:_LONGEST]
    return None


def article_pairs(articles: Sequence[Article], rng: random.Random, *, group: int = 4) -> list[Pair]:
    """One cloze pair an article, in random order but with `group` neighbours of one law kept side by side.

    Neighbours in one batch are each other's hard negatives: the title alone cannot tell them apart.
    """
    groups = [list(articles[start : start + group]) for start in range(0, len(articles), group)]
    rng.shuffle(groups)
    pairs: list[Pair] = []
    for article in (article for members in groups for article in members):
        body = article.text.removeprefix(article.label).strip()
        parted = cloze(body, rng, kept=0.15)
        if parted is None:
            continue
        query, rest = parted
        if rng.random() < 0.2:
            query = f"{article.title}{query}"
        titled = rng.random() < 0.7
        document = f"{article.title} {article.heading}\n{article.label} {rest}" if titled else rest
        pairs.append(Pair(query, document))
    return pairs


def news_pairs(news: Sequence[str], rng: random.Random) -> list[Pair]:
    """One cloze pair a news text, in random order."""
    parted = (cloze(text[:_LONGEST], rng, kept=0.15) for text in rng.sample(news, len(news)))
    return [Pair(*pair) for pair in parted if pair is not None]


def passage_pairs(passages: Sequence[Passage], rng: random.Random) -> list[Pair]:
    """Question and a window of the passage around its answer."""
    pairs: list[Pair] = []
    for passage in rng.sample(passages, len(passages)):
        at = max(0, passage.text.find(passage.answer))
        start = max(0, at - rng.randrange(50, 250))
        pairs.append(Pair(passage.question, passage.text[start : start + 400]))
    return pairs


def question_pairs(
    questions: Sequence[Question],
    articles: dict[tuple[str, str], Article],
    mined: dict[str, list[Article]],
    rng: random.Random,
    *,
    negatives: int,
) -> list[Pair]:
    """Each question (and its lay answer) against one of its gold articles, drawn anew at every call."""
    pairs: list[Pair] = []
    for question in rng.sample(questions, len(questions)):
        gold = [key for item in question.gold for key in sorted(item) if key in articles]
        if not gold:
            continue
        wrong = mined.get(question.text, [])
        drawn = tuple(_form(a, rng) for a in rng.sample(wrong, min(negatives, len(wrong))))
        if len(drawn) < negatives:
            continue
        pairs.append(Pair(question.text, _form(articles[rng.choice(gold)], rng), drawn))
        if question.answer and rng.random() < 0.5:
            parted = cloze(question.answer, rng, kept=0.0)
            pairs.append(
                Pair(parted[0] if parted else question.answer, _form(articles[rng.choice(gold)], rng), drawn)
            )
    return pairs


def _form(article: Article, rng: random.Random) -> str:
    """With its title four times in five: users' files may lack one."""
    return (article.titled if rng.random() < 0.8 else article.text)[:_LONGEST]


def batches(pairs: Sequence[Pair], size: int) -> Iterator[list[Pair]]:
    """Cut into batches in which no document stands twice: another query's document counts as wrong."""
    batch: list[Pair] = []
    seen: set[str] = set()
    for pair in pairs:
        if pair.document in seen or pair.query in seen:
            continue
        batch.append(pair)
        seen.update((pair.document, pair.query))
        if len(batch) == size:
            yield batch
            batch, seen = [], set()
    if len(batch) > size // 4:
        yield batch
