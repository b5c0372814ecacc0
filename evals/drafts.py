"""Drafts judged on what leaves the house: every figure of the .docx is read again and must come from somewhere."""

from __future__ import annotations

import ast
import io
import operator
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from bot.compose import Desk, desk_of
from bot.drafting.contract import characters
from bot.drafting.export import export
from bot.drafting.figures.audit import Stray, audit
from bot.drafting.figures.reading import figures_in
from bot.drafting.model import PENDING, Calculation, Draft, DraftSentence, Request
from bot.drafting.request import read_request
from bot.official.check import check
from bot.testing_model import Asked, Reply, model_server
from bot.verify.check import verify
from evals.bad_model import Liar
from evals.lies import Told
from ingest.config import load_settings
from ingest.text import search_form

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SHOWN = re.compile(r"(?P<sum>[^=≈]+)[=≈](?P<result>-?\d+(?:\.\d+)?)(?P<percent>%)?(?:（[^）]*）|个百分点)?")
_SUM = re.compile(r"[\d.+\-×÷（）()]+")
_SIGNS = str.maketrans({"×": "*", "÷": "/", "（": "(", "）": ")"})
_OPERATIONS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_COUNTED = ("一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是", "九是", "十是")


@dataclass
class Heard:
    """A badly behaving model whose every sentence is remembered, over all sections of a draft."""

    liar: Liar
    told: list[Told] = field(default_factory=list)

    def __call__(self, asked: Asked) -> Reply:
        reply = self.liar(asked)
        self.told += self.liar.told
        return reply

    def false(self, text: str) -> bool:
        """Whether it said this and made it false; a sentence whose figure was marked is no longer what it said."""
        return any(one.is_false and _form(one.text) == _form(text) for one in self.told)


@dataclass(frozen=True, slots=True)
class Judged:
    """One draft. `figures` are those of the .docx; of the draft's own, `traced` rest on a fact, a source or a calculation
    and `pending` are marked. `stray`: come from nowhere; `uncarried`: sentences that what they cite does not carry;
    `shown_false`: sentences that the badly behaving model made false and that were shown;
    `deviations`: where the file is not as GB/T 9704 wants it. All four must be empty.
    """

    request: str
    mode: str
    characters: int
    sentences: int
    cited: int
    figures: int
    traced: int
    pending: int
    stray: tuple[str, ...]
    uncarried: tuple[str, ...]
    shown_false: tuple[str, ...]
    deviations: tuple[str, ...]
    dropped: int
    warnings: int
    ms: float

    @property
    def holds(self) -> bool:
        return self.figures > 0 and not (self.stray or self.uncarried or self.shown_false or self.deviations)


def judged_drafts(
    home: Path | None,
    requests: Sequence[Path],
    seed: int | None,
    tell: Callable[[str], None] = lambda _: None,
) -> list[Judged]:
    """Over a home: by the facts alone, or, with a seed, by a model that lies."""
    settings = load_settings(home)
    if seed is None:
        with closing(desk_of(settings)) as desk:
            return judge_drafts(desk, requests, None, tell)
    heard = Heard(Liar(seed))
    with model_server(heard) as server:
        lying = settings.model_copy(update={"llm": server.settings(retries=1)})
        with closing(desk_of(lying)) as desk:
            return judge_drafts(desk, requests, heard, tell)


def judge_drafts(
    desk: Desk,
    requests: Sequence[Path],
    heard: Heard | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> list[Judged]:
    """Each request drafted, exported, read again. `heard`: the server behind the desk's model, which knows what is false."""
    judged = []
    for path in requests:
        judged.append(_judged(desk, path.stem, read_request(path), heard))
        tell(path.stem)
    return judged


def _judged(desk: Desk, name: str, request: Request, heard: Heard | None) -> Judged:
    if heard is not None:
        heard.told.clear()
    *_, draft = desk.draft(request)
    paragraphs = list(paragraphs_of(export(draft, ".docx", sources=False)))
    sentences = [one for section in draft.sections for paragraph in section.paragraphs for one in paragraph]
    figures = [figure for one in sentences for figure in one.figures]
    return Judged(
        request=name,
        mode=draft.mode,
        characters=characters(draft),
        sentences=len(sentences),
        cited=sum(bool(one.citations) for one in sentences),
        figures=sum(len(figures_in(text)) for text in paragraphs),
        traced=sum(figure.ground != "pending" for figure in figures),
        pending=sum(figure.ground == "pending" for figure in figures),
        stray=tuple(_told(stray, paragraphs) for stray in audit(paragraphs, draft)),
        uncarried=tuple(one.text for one in sentences if not _carried(one, draft)),
        shown_false=tuple(one.text for one in sentences if heard is not None and heard.false(one.text)),
        deviations=tuple(f"{one.place}：{one.rule}" for one in check(export(draft, ".docx"))),
        dropped=sum(len(section.dropped) for section in draft.sections),
        warnings=len(draft.warnings),
        ms=draft.ms,
    )


def paragraphs_of(docx: bytes) -> Iterator[str]:
    """The text of each paragraph of a Word file's body, in order."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        body = ElementTree.fromstring(package.read("word/document.xml"))  # noqa: S314 - our own file
    for paragraph in body.iter(f"{_WORD}p"):
        yield "".join(run.text or "" for run in paragraph.iter(f"{_WORD}t"))


def _carried(sentence: DraftSentence, draft: Draft) -> bool:
    """Whether what the sentence names carries it, asked anew of the rules that check answers."""
    if sentence.origin == "wording":
        return not any(figure.ground != "pending" and figure.n for figure in sentence.figures)
    facts = [fact for fact in draft.request.facts if fact.n in sentence.facts]
    cited = [draft.citations[n - 1] for n in sentence.citations]
    reckoned = [draft.calculations[one.n - 1] for one in sentence.figures if one.ground == "calculated"]
    if not all(map(comes_out, reckoned)):
        return False
    texts = [*(fact.text for fact in facts), *(one.quote for one in cited)]
    places = [*(fact.where for fact in facts), *(f"《{one.title}》{one.article or ''}" for one in cited)]
    text = _without_reckoned(sentence)
    text = text.removeprefix(next((one for one in _COUNTED if text.startswith(one)), ""))
    return verify(text.replace(PENDING, ""), texts, places).supported


def _without_reckoned(sentence: DraftSentence) -> str:
    """The sentence without the clauses whose figures were worked out: no text says those."""
    kept, at = [], 0
    for clause in sentence.text.split("，"):
        inside = [one for one in sentence.figures if at <= one.start < at + len(clause)]
        if not inside or any(one.ground != "calculated" for one in inside):
            kept.append(clause)
        at += len(clause) + 1
    return "，".join(kept)


def comes_out(calculation: Calculation) -> bool:
    """Whether the calculation, as it is shown, is right: worked out again from its own text, （193-181）÷181≈6.6%."""
    shown = calculation.text.rpartition("：")[2]
    found = _SHOWN.fullmatch(shown)
    if not found or not _SUM.fullmatch(found["sum"]):
        return False
    value = _worked_out(found["sum"].translate(_SIGNS))
    told = float(found["result"])
    decimals = len(found["result"].partition(".")[2])
    error: float = abs(value * (100 if found["percent"] else 1) - told)
    return error <= 0.5 * 10.0**-decimals + 1e-9


def _worked_out(expression: str) -> float:
    """+, -, *, / and brackets over numbers, nothing else."""

    def of(node: ast.expr) -> float:
        if isinstance(node, ast.BinOp):
            return _OPERATIONS[type(node.op)](of(node.left), of(node.right))
        assert isinstance(node, ast.Constant), ast.dump(node)
        return float(str(node.value))

    return of(ast.parse(expression, mode="eval").body)


def _told(stray: Stray, paragraphs: Sequence[str]) -> str:
    around = paragraphs[stray.paragraph][max(0, stray.start - 12) : stray.end + 4]
    return f"{stray.text}（……{around}……）：{stray.reason}"


def _form(text: str) -> str:
    return search_form(text).strip("。.；; ")
