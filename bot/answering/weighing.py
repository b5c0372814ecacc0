"""How well each sentence or list answers a question: features and their weighted sum. Pure.

The weights are learned (`python -m evals picking`); docs/answers.md says from which questions and what each brings.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from typing import NamedTuple

from bot.answering.denial import denied_by
from bot.answering.focus import focus_of
from bot.answering.passage import Unit, units
from bot.answering.question import Asked, coverage, plain_weight, weigh
from bot.answering.rivals import earlier_forms, rivalled
from bot.answering.saying import says_just_that
from bot.answering.scope import kind_unasked
from bot.answering.sight import sight_of, weights_of
from bot.answering.wanted import counts_kinds, holds_form
from bot.retrieval.lexicon import reworded
from bot.retrieval.names import calls
from ingest.model import Hit
from ingest.text import search_form

# How near in meaning each text is to a question: cosines, one a text.
Alike = Callable[[str, Sequence[str]], Sequence[float]]
LISTED = {"list", "procedure"}
OPEN_KINDS = {"list", "how", "procedure", "meaning", "agent", "whether"}  # kinds whose cues are weak
TITLE_ASKED = 0.3  # share of the question that the title must hold to count as asked about
COVERED = (
    0.6  # share of the question that a list's lead-in and place must hold: 公务员的条件 is no 入党的条件
)
SPREAD = 0.4  # how far behind the best hit's score another one counts for nothing
_LOCAL = re.compile(r"《?(.{2,3}?(?:街道|社区|学院|大学|省|市|县|区))")
_STEPS = re.compile(r"(?:程序|手续|步骤|流程)[^。；:]{0,8}[:是为]|依次|按照?(?:以下|下列|如下)(?:程序|步骤)")


class Features(NamedTuple):
    """What speaks for a unit, most of it between 0 and 1."""

    own: float  # share of the question's weight that stands in the sentence
    place: float  # what title and headings add: a report names its unit and year there
    meaning: float  # cosine of question and sentence
    said: float  # the same of the question in official words, where it has everyday ones
    rank: (
        float  # 1 for the best hit, less the more the hit's score is behind; superseded texts come last there
    )
    first: float  # 1 in the article that was found first
    term: float  # 1 with the name of the person or number asked after
    whole_list: (
        float  # for a list with its items where a list is asked, the share of the question its lead-in has
    )
    steps: float  # the same for 手续是：…, 程序如下 where a procedure is asked
    figure: float  # 1 with a figure of the kind asked for
    says: float  # 1 where it says just that: 预备期为一年 of how long, 可以延长 of whether it may be (see `bot.answering.saying`)
    open_kind: float  # a cue of another kind (应当, 由……批准) that was asked for
    counts: float  # 1 where kinds are counted and the question asks how many
    named: float  # 1 in the article the question names
    official: float  # 1 in an article of a regulation, against a guide or a report
    local: float  # 1 in a document of one street, school or province when that is not asked about
    focus: float  # share of what is asked about that stands in the sentence: 申诉 of 怎么申诉 (see `bot.answering.focus`)
    denied: float  # 1 where question and sentence speak of what was not done, -1 where the rule is for who has done it
    narrow: float  # 1 in a rule for one kind of unit (机关, 高校) that is not asked about
    rival: float  # 1 where it is about another thing of the same kind: 组织生活会 where 民主生活会 is asked (see `bot.answering.rivals`)


@cache
def learned() -> Features:
    """The weights, from weighing.toml; a score is the logarithm of odds."""
    read = tomllib.loads(files("bot.answering").joinpath("weighing.toml").read_text(encoding="utf-8"))
    return Features(**{name: float(value) for name, value in read.items()})


@dataclass(frozen=True, slots=True)
class Scored:
    """A unit with its score; `pairs` are those of the question that it has, `form` is its first text as searched; `says` and `focus` as in Features."""

    unit: Unit
    score: float
    pairs: frozenset[str]
    form: str
    says: float = 0.0
    focus: float = 0.0
    rival: float = 0.0


def score(
    asked: Asked, hits: Sequence[Hit], text_of: Callable[[str], str], alike: Alike | None
) -> list[Scored]:
    """Every unit of every hit, best first; ties keep the order of the hits."""
    pool, rows, found, forms = features(asked, hits, text_of, alike)
    weights = learned()
    scored = [
        Scored(
            unit,
            sum(weight * value for weight, value in zip(weights, row, strict=True)),
            pairs,
            form,
            row.says,
            row.focus,
            row.rival,
        )
        for unit, row, pairs, form in zip(pool, rows, found, forms, strict=True)
    ]
    return sorted(scored, key=lambda one: -one.score)


def features(
    asked: Asked, hits: Sequence[Hit], text_of: Callable[[str], str], alike: Alike | None
) -> tuple[list[Unit], list[Features], list[frozenset[str]], list[str]]:
    """Units in the order of the hits, each with its features, the asked pairs it has and its first text's form."""
    by_hit = [(hit, list(units(hit, text_of))) for hit in hits]
    pool = [unit for _, some in by_hit for unit in some]
    if not pool:
        return [], [], [], []
    sight = sight_of(asked)
    forms = [search_form(unit.texts[0]) for unit in pool]
    found = [sight.found(form) for form in forms]
    weights = {
        pair: weight * (2 if pair in asked.stressed else 1)
        for pair, weight in weigh(asked.pairs, found).items()
    }
    plain = {pair: plain_weight(pair) for pair in asked.pairs}
    near = _cosines(asked.form, pool, alike)
    official = reworded(asked.form, asked.lexicon)
    said = _cosines(official, pool, alike) if official else near
    best = max(hit.score for hit in hits)
    start = (hits[0].document_id, hits[0].section_start)
    counted = counts_kinds(asked.form)
    says = says_just_that(asked, sight)
    focus = weights_of(focus_of(asked.clause or asked.form), sight)
    denial = denied_by(asked.form, sight)
    another = rivalled(asked.clause or asked.form)
    rows: list[Features] = []
    at = 0
    for hit, some in by_hit:
        titled = sight.found(search_form("\n".join((hit.title, *hit.heading_path))))
        rank = max(0.0, 1 - (best - hit.score) / SPREAD)
        foreign = is_local(hit, asked.form) and coverage(weights, titled) < TITLE_ASKED
        narrow = kind_unasked(hit.title, asked.form) is not None
        named = hit.article is not None and hit.article == asked.article and of_named_work(asked, hit)
        for unit in some:
            pairs, form = found[at], forms[at]
            own, covered = coverage(weights, pairs), coverage(weights, pairs | titled)
            right_kind = not unit.is_list and holds_form(asked.wanted, form)
            is_open = asked.kind in OPEN_KINDS
            said_so = (
                says(form)
                if says is not None
                and (is_open or right_kind)
                and not (unit.is_list and asked.kind != "agent")
                else 0.0
            )
            rows.append(
                Features(
                    own=own,
                    place=covered - own,
                    meaning=near[at],
                    said=said[at],
                    rank=rank,
                    first=float((hit.document_id, hit.section_start) == start),
                    term=float(any(term in form for term in asked.terms)),
                    whole_list=covered if unit.is_list and _lists(asked, plain, pairs | titled) else 0.0,
                    steps=covered if asked.kind == "procedure" and _STEPS.search(form) else 0.0,
                    figure=float(right_kind and not is_open),
                    says=said_so,
                    open_kind=float(right_kind and is_open),
                    counts=float(right_kind and counted),
                    named=float(named),
                    official=float(hit.article is not None),
                    local=float(foreign),
                    focus=coverage(focus, pairs),
                    denied=denial(form),
                    narrow=float(narrow),
                    rival=another(form, partial(_before, unit, text_of)),
                )
            )
            at += 1
    return pool, rows, found, forms


def _before(unit: Unit, text_of: Callable[[str], str]) -> list[str]:
    hit, at = unit.hit, unit.spans[0][0]
    return earlier_forms(text_of(hit.document_id), hit.section_start, at, (hit.title, *hit.heading_path))


def _lists(asked: Asked, plain: dict[str, float], said: frozenset[str]) -> bool:
    """Whether a list is asked for, and this one's lead-in and place speak of most of it, however rare the words are."""
    return asked.kind in LISTED and coverage(plain, said) >= COVERED


def is_local(hit: Hit, form: str) -> bool:
    """Whether a street, school or province made it that the question, in its search form, does not name."""
    local = _LOCAL.match(hit.title.removeprefix("关于印发"))
    return local is not None and local[1] not in form


def of_named_work(asked: Asked, hit: Hit) -> bool:
    return not asked.works or any(calls(work, hit) for work in asked.works)


def _cosines(question: str, pool: Sequence[Unit], alike: Alike | None) -> Sequence[float]:
    return alike(question, [unit.texts[0] for unit in pool]) if alike else [0.0] * len(pool)
