"""What speaks for and against answering from the evidence found, as a row of figures. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log1p
from statistics import fmean

from bot.answering.focus import deed_asked
from bot.answering.question import Asked, pairs_of, plain_weight, read_question
from bot.answering.sight import Sight, share, sight_of, weights_of
from bot.answering.speech import written
from bot.answering.wanted import counted, deed, figure_for, holds_form
from bot.model import Quote
from bot.refusing.abroad import far_names
from bot.retrieval.lexicon import Lexicon, official_words
from bot.retrieval.names import calls
from ingest.model import Hit
from ingest.text import NUMERAL, search_form

DEEP = 5  # hits that count as evidence
UNSAID, SAID = 0.4, 0.8  # shares of the very thing asked about
FIRST = 3  # hits in which official words count
UNRELATED = 0.2  # the builtin model's level in a small home
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年|[^\d]|$)")
_CONGRESS = re.compile(r"(?:第?十|二十|三十)[一二三四五六七八九]?(?:大(?![学会型])|次(?:全国)?代表大会)")
# The asker's own figure: 工资4000元, 65岁, 51名党员. Years, articles and figures beside a slash or dash are none.
_OWN = re.compile(
    r"(?<![\d第.\-/])(?!(?:19|20)\d\d年)\d+(?:\.\d+)?[多余]?[万千百]?(?:元|块钱?|周?岁|[名位](?=党员|同志|人)|人|年(?=党龄|工龄))"
)
_NAME = re.compile(
    r"(?:[^年全党员到去向在把从对和与本所各每其乡农城基单位支]{2,3}(?:街道|社区|学院|大学|中学|小学|公司|省|县|镇|市)|"
    r"[^年全党员到去向在把从对和与本所各每其乡农城基单位支我你他有没是里的]{2,8}(?:大学|学院|公司|银行|医院|大厦|集团|协定)|"
    rf"(?!行政|自然|城中|边远|贫困|空心)[^年全党员到去向在把从对和与本所各每其乡农城基单位支们个中]{{2}}村|第[{NUMERAL}\d]+党支部)"
)
# Bodies with rules of their own, which the rules of this Party do not answer for.
_BODIES = re.compile(
    r"民革|民盟|民建(?!设)|民进|农工党|致公党|九三学社|台盟|国民党|民进党|共青团|团费|入团|团支部|少先队|工会会费|"
    r"(?:越南|老挝|古巴|朝鲜|日本|美国|法国|俄罗斯|印度|英国|苏联)[^，。]{0,3}[产动民]党"
)
# What is done with a screen: rules say what is to be done, no guide to a program is among them.
_WARES = re.compile(
    r"密码|登录|登不上|按钮|二维码|小程序|客户端|绑定|微信群|app(?![a-z])|网页|扫码|兑换|点哪"
)


@dataclass(frozen=True, slots=True)
class Strength:
    """What speaks for an answer (the first two and the last five) and against it (the others)."""

    near: float  # cosine of the question and the nearest hit, counted from the level of unrelated questions
    sentence: float  # share of the question's weight in the best sentence, its title and headings
    year: float  # 1 when a year or a congress that is asked about stands in no quoted place
    work: float  # 1 when a regulation is named and no hit comes from it
    name: (
        float  # 1 when a street, school, county, another body or a password is named and no hit speaks of it
    )
    figure: float  # 1 when a figure, a time, a name or who does something is asked and no quote says it
    nowhere: float  # 1 when not even another hit has one
    unsaid: (
        float  # 1 when texts found speak of the very thing asked about (申诉 of 怎么申诉) and no quote does
    )
    term: float  # 1 when a quote has the person or the number asked after by name
    official: (
        float  # official words for what was said in everyday words that stand in the first hits, at most 2
    )
    said: float  # as `near`, of the question in official words, or as it is, whichever is nearer
    around: float  # as `near`, the mean of the nearest hits: a matter that the documents speak of is spoken of again and again
    long: float  # logarithm of 1 + the question's pairs: the more is told, the farther is any one clause


def measure(
    question: str,
    hits: Sequence[Hit],
    quotes: Sequence[Quote],
    unrelated: float = UNRELATED,
    lexicon: Lexicon | None = None,
) -> Strength:
    """`unrelated`: cosine of the nearest text for questions that have nothing to do with the documents."""
    dense = max((hit.scores.get("dense", 0.0) for hit in hits[:DEEP]), default=0.0)
    said = max((hit.scores.get("said", 0.0) for hit in hits[:DEEP]), default=0.0)
    around = sorted((hit.scores.get("dense", 0.0) for hit in hits), reverse=True)[:DEEP]
    first = search_form("\n".join(hit.text for hit in hits[:FIRST]))
    form = written(search_form(question))
    asked = read_question(without_own(form, hits), lexicon)
    weights = {pair: plain_weight(pair) for pair in asked.pairs}
    sight = sight_of(asked)
    quoted = [search_form(quote.text) for quote in quotes]
    figure = figure_for(form)
    return Strength(
        near=(dense - unrelated) / (1 - unrelated),
        sentence=max(
            (
                share(weights, sight, (search_form(place_of(quote.hit)), words))
                for quote, words in zip(quotes, quoted, strict=True)
            ),
            default=0.0,
        ),
        year=float(bool(missing_times(form, quotes))),
        work=float(bool(missing_works(asked, hits))),
        name=float(bool(missing_names(asked, hits))),
        figure=float(
            (figure is not None and not _figure_said(figure, form, quotes, sight))
            or _deed_unsaid(form, quoted, sight)
        ),
        nowhere=float(
            figure is not None and not any(holds_form(figure, search_form(hit.text)) for hit in hits)
        ),
        unsaid=float(_unsaid(form, hits, quotes, sight)),
        term=float(any(term in words for words in quoted for term in asked.terms)),
        official=min(2, sum(word in first for word in official_words(question, lexicon))),
        said=(max(dense, said) - unrelated) / (1 - unrelated),
        around=(fmean(around) - unrelated) / (1 - unrelated) if around else 0.0,
        long=log1p(len(asked.pairs)),
    )


def _figure_said(figure: re.Pattern[str], form: str, quotes: Sequence[Quote], sight: Sight) -> bool:
    """Whether a quote has a figure of the kind asked for and speaks, with its title, of what is counted."""
    noun = counted(form)
    pairs = frozenset(pairs_of(noun)) & frozenset(sight.short) if noun else frozenset[str]()
    for quote in quotes:
        if holds_form(figure, words := search_form(quote.text)) and (
            not pairs or pairs & sight.found(search_form(place_of(quote.hit)) + words)
        ):
            return True
    return False


def _unsaid(form: str, hits: Sequence[Hit], quotes: Sequence[Quote], sight: Sight) -> bool:
    """Whether other texts found speak of the very thing asked about and no quote does. What no text found has is an everyday
    word, perhaps, and tells nothing.
    """
    weights = weights_of(deed_asked(form), sight)
    if not weights:
        return False
    quoted = max(
        (share(weights, sight, (search_form(place_of(one.hit)), search_form(one.text))) for one in quotes),
        default=0.0,
    )
    return quoted < UNSAID and any(share(weights, sight, (search_form(hit.text),)) >= SAID for hit in hits)


def _deed_unsaid(form: str, quoted: Sequence[str], sight: Sight) -> bool:
    """Whether it is asked who does something of which no quote speaks."""
    asked = deed(form)
    return asked is not None and asked in sight.short and not any(asked in sight.found(one) for one in quoted)


def without_own(form: str, hits: Sequence[Hit]) -> str:
    """The question without the asker's own figures that no source has: no rule can speak of them."""
    if not _OWN.search(form):
        return form
    there = set(
        re.findall(r"\d+(?:\.\d+)?", search_form("\n".join(place_of(hit) + hit.text for hit in hits)))
    )
    return _OWN.sub(lambda own: own[0] if set(re.findall(r"\d+(?:\.\d+)?", own[0])) <= there else "", form)


def missing_times(form: str, quotes: Sequence[Quote]) -> list[str]:
    """Years and congresses that the question names and no quoted place; 2025年 of a document dated from then is there."""
    asked = dict.fromkeys((*_YEAR.findall(form), *_CONGRESS.findall(form)))
    if not asked:
        return []
    there = search_form("\n".join(place_of(q.hit) + q.hit.source + q.hit.text for q in quotes))
    dated = {str(int(quote.hit.scores["year"])) for quote in quotes if "year" in quote.hit.scores}
    years = {*_YEAR.findall(there), *dated}
    return [one for one in asked if one not in (years if one.isdigit() else there)]


def missing_works(asked: Asked, hits: Sequence[Hit]) -> list[str]:
    """Regulations that the question names and no hit comes from."""
    return [
        work
        for work in asked.works
        if not any(
            calls(work, hit) and not _another_law(work, hit, f"《{work}》" in asked.form) for hit in hits
        )
    ]


def _another_law(work: str, hit: Hit, in_marks: bool) -> bool:
    """劳动法 is not 劳动合同法: the short or exact name of a law leaves out single characters, never a word within."""
    form = work.removeprefix("中华人民共和国")
    if not re.search(r"(?<!办)法$", form) or (len(form) > 4 and not in_marks):
        return False
    title = search_form(hit.title + hit.source).replace("中华人民共和国", "")
    single = ".?".join(map(re.escape, form))  # a name has few characters: linear enough
    return re.search(single, title) is None


def missing_names(asked: Asked, hits: Sequence[Hit]) -> list[str]:
    """Places, persons abroad, units, other bodies and programs that the question names and no hit speaks of."""
    form = asked.form
    names = dict.fromkeys((*_names(asked), *_BODIES.findall(form), *_WARES.findall(form), *far_names(form)))
    if not names:
        return []
    there = search_form("\n".join(place_of(hit) + hit.source + hit.text for hit in hits[:DEEP]))
    return [name for name in names if name not in there]


def _names(asked: Asked) -> Iterator[str]:
    return (named[0] for part in asked.parts if (named := _NAME.match(part)))


def place_of(hit: Hit) -> str:
    return "\n".join((hit.title, *hit.heading_path, ""))
