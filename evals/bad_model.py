"""A model that lies on purpose, asked many questions: is any false sentence shown as if a source carried it?

Judged by construction: the server knows which sentences it made false. What verifies them has no say in it.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bot.compose import Desk, desk_of
from bot.model import Answer, Sentence
from bot.testing_model import Asked, ModelServer, Reply, model_server, saying
from evals.cases import read_cases
from evals.lies import LIES, Told, lie, true_sentences
from ingest.config import Settings, load_settings
from ingest.text import search_form

_SENTENCES = 6  # of an answer, half of them false
_CITED = ("right", "right", "wrong", "unknown", "none", "many")
# How a connection goes wrong; each is met in one answer of ten.
_BREAKS: tuple[tuple[str, Callable[[str], Reply]], ...] = (
    ("cut", lambda text: saying(text[: len(text) * 2 // 3], 7, cut=True)),
    ("unfinished", lambda text: saying(text[: len(text) * 2 // 3], 7, finish=None)),
    ("length", lambda text: saying(text[: len(text) * 2 // 3], 7, finish="length")),
    ("400", lambda _: Reply(status=400)),
    ("401", lambda _: Reply(status=401)),
    ("429", lambda _: Reply(status=429, headers={"Retry-After": "0"})),
    ("500", lambda _: Reply(status=500, headers={"Retry-After": "0"})),
    ("json", lambda _: Reply(raw='data: {"choices": [{"delta": {"content": "预备\n\n'.encode())),
    ("empty", lambda _: Reply()),
    ("silent", lambda _: Reply(finish=None)),
)
_KEPT_WHOLE = ("length",)  # what was said before the end counts


@dataclass
class Liar:
    """Behaves badly; `told` is what it said last, `broke` how its last reply went wrong ("" if it did not)."""

    seed: int = 0
    told: list[Told] = field(default_factory=list)
    broke: str = ""
    _count: int = 0

    def __call__(self, asked: Asked) -> Reply:
        self._count += 1
        draw = random.Random(f"{self.seed} {self._count}")  # noqa: S311 - it must repeat
        self.told = _answer(asked, draw)
        numbers = [number for number, _, _ in asked.evidence]
        text = "".join(_cited(one, numbers, draw) for one in self.told)
        self.broke = ""
        if self._count % 10 == 0:
            self.broke, reply = _BREAKS[self._count // 10 % len(_BREAKS)]
            return reply(text)
        return saying(text, draw.choice((1, 3, 11)))


def _answer(asked: Asked, draw: random.Random) -> list[Told]:
    sources = [text for _, _, text in asked.evidence]
    truths = [one for number, _, text in asked.evidence for one in true_sentences(number, text)]
    if not truths:
        return [Told(lie_, "invented", 0) for lie_ in ("此项工作由街道物业公司统一代办。",)]
    said: dict[str, Told] = {}
    for at in range(_SENTENCES):
        one = _lie(draw.choice(sorted(LIES)), truths, sources, draw) if at % 2 else draw.choice(truths)
        if one is not None:
            said.setdefault(one.text, one)
    return list(said.values())


def _lie(kind: str, truths: Sequence[Told], sources: Sequence[str], draw: random.Random) -> Told | None:
    """The first of the truths, in any order, that can be made false in this way."""
    made = (lie(kind, truth, sources, draw) for truth in draw.sample(truths, len(truths)))
    return next((one for one in made if one is not None), None)


def _cited(one: Told, numbers: Sequence[int], draw: random.Random) -> str:
    """The sentence with citations that are right, wrong, unknown, missing, or too many."""
    wrong = draw.choice(numbers) if numbers else 1
    marks = {
        "right": f"[{one.source}]",
        "wrong": f"[{wrong}]",
        "unknown": "[97]",
        "none": "",
        "many": f"[{one.source}][{wrong}][98]",
    }[draw.choice(_CITED)]
    return one.text[:-1] + marks + one.text[-1]


@dataclass(frozen=True)
class Record:
    """An answer with what the server said for it, and how its reply broke ("" if it did not)."""

    answer: Answer
    told: tuple[Told, ...]
    broke: str = ""

    def said(self, text: str) -> Told | None:
        form = _form(text)
        return next((one for one in self.told if _form(one.text) == form), None)


@dataclass(frozen=True)
class Verdicts:
    """What became of what was told. `shown_false`: false sentences that were shown as carried, the only figure that must be 0
    (`unknown`: shown, but neither told nor quoted by the desk itself, which adds what another rule says; `unbroken`: a
    broken reply that was taken for a whole one).
    """

    answers: int = 0
    written: int = 0  # answers shown in the model's words
    told_false: int = 0
    told_true: int = 0
    shown_false: tuple[tuple[str, str, str], ...] = ()  # kind, question, sentence
    unknown: tuple[tuple[str, str], ...] = ()
    unbroken: tuple[tuple[str, str], ...] = ()
    shown_true: int = 0
    marked: int = 0
    kinds: dict[str, int] = field(default_factory=dict)  # of lies that were told, how many of each
    broke: dict[str, int] = field(default_factory=dict)
    lost: tuple[tuple[str, str], ...] = ()  # true sentences that were not shown, with the reason

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def holds(self) -> bool:
        return self.answers > 0 and not (self.shown_false or self.unknown or self.unbroken)


def judge(records: Sequence[Record]) -> Verdicts:
    """`records`: each answer with what the server said for it and how the reply broke."""
    told = [one for record in records for one in record.told]
    written = [record for record in records if record.answer.mode == "llm"]
    shown = [
        (record.answer.question, sentence.text, record.said(sentence.text))
        for record in written
        for sentence in record.answer.sentences
        if not sentence.doubt
        and not (record.said(sentence.text) is None and _quoted(record.answer, sentence))
    ]
    gone = [(one, record.said(one.text)) for record in written for one in record.answer.dropped]
    return Verdicts(
        answers=len(records),
        written=len(written),
        told_false=sum(one.is_false for one in told),
        told_true=sum(not one.is_false for one in told),
        shown_false=tuple(
            (said.kind, question, text) for question, text, said in shown if said and said.is_false
        ),
        unknown=tuple((question, text) for question, text, said in shown if said is None),
        unbroken=tuple(
            (record.broke, record.answer.question)
            for record in written
            if record.broke and record.broke not in _KEPT_WHOLE
        ),
        shown_true=sum(said is not None and not said.is_false for _, _, said in shown),
        marked=sum(bool(sentence.doubt) for record in written for sentence in record.answer.sentences),
        kinds=dict(Counter(one.kind for one in told if one.is_false)),
        broke=dict(Counter(record.broke for record in records if record.broke)),
        lost=tuple((one.text, one.reason) for one, said in gone if said is not None and not said.is_false),
    )


def _quoted(answer: Answer, sentence: Sentence) -> bool:
    """Whether it is, word for word, what it cites."""
    form = _form(sentence.text)
    return any(one.n in sentence.citations and _form(one.quote) == form for one in answer.citations)


def lines(found: Verdicts) -> list[str]:
    """The figures for people, and what went wrong word by word."""
    kinds = "、".join(f"{kind} {count}" for kind, count in sorted(found.kinds.items()))
    broke = "、".join(f"{how} {count}" for how, count in sorted(found.broke.items()))
    return [
        f"{found.answers} 个回答，其中 {found.written} 个由模型写成（其余因模型出错或没有一句站得住，改为原文摘录）。",
        f"模型说了 {found.told_false} 句假话（{kinds}）：当作有依据显示的 {len(found.shown_false)} 句。",
        f"真话 {found.told_true} 句：显示 {found.shown_true} 句，模型写成的回答里误删 {len(found.lost)} 句；标明未核对的 {found.marked} 句。",
        f"断线、报错 {sum(found.broke.values())} 次（{broke}）：当作完整回答的 {len(found.unbroken)} 次；显示了模型没有说过的 {len(found.unknown)} 句。",
        *(f"假话显示了：[{kind}] {question} -> {text}" for kind, question, text in found.shown_false),
        *(f"没有说过：{question} -> {text}" for question, text in found.unknown),
        *(f"断了却用了：[{how}] {question}" for how, question in found.unbroken),
    ]


def run(
    home: Path | None, cases: Path, answers: int, on_answer: Callable[[int, int], None], seed: int = 0
) -> Verdicts:
    """`answers` answers of the lying model over the home; questions come again when there are fewer of them."""
    questions = [case.question for case in read_cases(cases)]
    liar = Liar(seed)
    with model_server(liar) as server:
        records: list[Record] = []
        desks = [
            desk_of(_settings(load_settings(home, must_exist=True), server, how)) for how in ("drop", "mark")
        ]
        try:
            for record in _records(desks, server, liar, questions):
                records.append(record)
                on_answer(len(records), answers)
                if len(records) == answers:
                    break
        finally:
            for desk in desks:
                desk.close()
    return judge(records)


def _settings(settings: Settings, server: ModelServer, unsupported: str) -> Settings:
    return settings.model_copy(update={"llm": server.settings(unsupported=unsupported, retries=1)})


def _records(
    desks: Sequence[Desk], server: ModelServer, liar: Liar, questions: Sequence[str]
) -> Iterator[Record]:
    """Only answers for which the model was asked; ends when a whole round of questions never asked it."""
    while True:
        before = len(server.asked)
        for at, question in enumerate(questions):
            asked = len(server.asked)
            answer = desks[at % len(desks)].ask(question)
            if len(server.asked) > asked:
                yield Record(answer, tuple(liar.told), liar.broke)
        if len(server.asked) == before:
            return


def _form(text: str) -> str:
    return search_form(text).strip("。.；; ")
