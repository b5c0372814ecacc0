"""What a question asks for: its content in character pairs, the kind of answer it wants, the article it names.

Pure functions on strings. Words that every question has (请问, 多少, 的 …) carry nothing; everyday words
that regulations say otherwise (支委会, 换届 …) count as found where the formal word stands.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.answering.speech import written
from bot.answering.wanted import kind_of, pattern_for
from bot.retrieval.lexicon import Lexicon, everyday_words
from bot.retrieval.persons import terms_in
from ingest.text import NUMERAL, article_label, parse_number, search_form

# Longest first, so that 什么时候 is taken before 什么.
_EMPTY_WORDS = (
    "什么时候|什么时间|是怎么回事|是什么意思|分为哪几类|(?:分为|有)?哪?几[个道](?=程序|步骤|流程|环节|阶段|手续)|多长时间|多少时间|(?:多少|几)(?:个月|个人|学时|小时|[名人元次个位项种类条天年月岁日字钱])|有哪几种|有没有|是不是|能不能|可不可以|要不要|会不会|"
    "什么叫|怎么办|怎么样|怎样|怎么|如何|为什么|什么样|什么|多长|多久|多少|多大|几个月|几个人|几年|几天|几个|几名|几人|几次|几种|几类|"
    "几位|几级|几|哪些|哪个|哪一级|哪一个|哪级|哪几|哪里|哪种|哪|由谁|谁|是否|能否|可否|可以|能够|需要|应该|应当|必须|请问|请|吗|呢|吧|啊|"
    "一般|根据|按照|依据|规定|我们|我|你们|你|有关|关于|进行|具体|分别|主要|包括|一下|情况|之一|以及|或者|属于|知道|"
    "下列|选项|说法|正确|错误|现在|开始|已经|还是|之后|之前|以后|然后|直接|没有|没人|一个|提到|自己|合规|到底|究竟|同时|各自|"
    "要求|想|中国共产党|得|的|是|了(?!解)|么|其|所|它|这|那|该|一次|不少于|不超过|少于|超过|至少|最少|最多|要(?=开|有|交)"
)
_EMPTY = re.compile(_EMPTY_WORDS)
_LINKING = frozenset("和与或在由对为将被把从向并等及以有要都能会也还就不")
_EDGE = re.compile(r"^要(?=..)|(?<=..)[要由在来去有到]+$")
_WORDS = re.compile(r"[\u3400-\u9fff]+|[a-z0-9%.]+")
_ARTICLE = re.compile(rf"第\s*([{NUMERAL}\d]+)\s*条(?:\s*之\s*([{NUMERAL}\d]+))?")
_WORK = re.compile(r"《([^》]+)》")
_BARE_WORK = re.compile(
    r"([\u4e00-\u9fff]{2,}?(?:条例|细则|规程|准则|章程)|党章|[\u4e00-\u9fff]{2,}法(?=规定|第))"
)
_BEFORE_WORK = re.compile(r"^.*?(?:违反|学习|修订|印发|执行|落实|贯彻|根据|按照|依据|的|在|新|和|与)(?=..)")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question taken apart. `form` is its search form, in the grammar of writing (see `bot.answering.speech`), `parts`
    are its content words in order, `pairs` their character pairs.

    `works` are the regulations it names, with 《》 or by an ending like 条例; `article` is 第十二条.
    `wanted` is what the answering sentence should hold (a time, a number of people …), None when that is open.
    `lexicon`: the everyday words of the asker's home; None: the packaged ones.
    `terms`: the persons and numbers it asks after. `stressed`: pairs that count double, those of one part of the question;
    `clause` is that part, "" where there is one only.
    """

    form: str
    parts: tuple[str, ...]
    pairs: frozenset[str]
    kind: str | None
    wanted: re.Pattern[str] | None
    article: str | None
    works: tuple[str, ...]
    denies: bool
    lexicon: Lexicon | None = None
    terms: tuple[str, ...] = ()
    stressed: frozenset[str] = frozenset()
    clause: str = ""


def read_question(question: str, lexicon: Lexicon | None = None) -> Asked:
    """Never raises; a question of empty words only has no parts and no pairs."""
    form = written(search_form(question))
    named = _ARTICLE.search(form)
    label = _label(named) if named else None
    body = _WORK.sub("，", form)
    body = _ARTICLE.sub("，", body) if label else body
    runs = (run for piece in _EMPTY.split(body) for run in _WORDS.findall(piece))
    parts = tuple(part for run in runs if (part := _EDGE.sub("", run)))
    return Asked(
        form,
        parts,
        frozenset(p for part in parts for p in pairs_of(part)),
        kind_of(body),
        pattern_for(body),
        label,
        tuple(dict.fromkeys((*_WORK.findall(form), *_bare_works(parts)))),
        re.search(r"[不无没未禁]", form) is not None,
        lexicon,
        terms_in(question),
    )


def _bare_works(parts: Iterable[str]) -> Iterator[str]:
    """Regulations named without 《》, by their ending."""
    for part in parts:
        for bare in _BARE_WORK.findall(part):
            yield _BEFORE_WORK.sub("", bare)


def pairs_in(text: str, lexicon: Lexicon | None = None) -> frozenset[str]:
    """Character pairs and lone characters of a source's words, with the everyday words they stand for."""
    form = search_form(text)
    found = {form[i : i + 2] for i in range(len(form) - 1)} | set(form)
    found |= set(re.findall(r"[a-z0-9%.]+", form))
    for everyday in everyday_words(form, lexicon):
        found.update(pairs_of(everyday))
    return frozenset(found)


def weigh(pairs: Iterable[str], texts: Sequence[frozenset[str]]) -> dict[str, float]:
    """The weight of each pair: rarer among `texts` (each the pairs of a candidate) is heavier, up to twice plain."""
    total = len(texts)
    weights: dict[str, float] = {}
    for pair in pairs:
        having = sum(pair in text for text in texts)
        rarity = math.log((1 + total) / (1 + having)) / math.log(1 + total) if total else 1.0
        weights[pair] = plain_weight(pair) * (1 + rarity)
    return weights


def coverage(weights: Mapping[str, float], found: frozenset[str]) -> float:
    """The share (0 to 1) of the weight that stands in `found`; 0 for a question without content."""
    whole = sum(weights.values())
    return sum(weight for pair, weight in weights.items() if pair in found) / whole if whole else 0.0


def plain_weight(pair: str) -> float:
    """How much a pair can say before looking at any text: little when it is one character or holds a linking word."""
    if pair.isdigit() and len(pair) > 1:
        return 2.0  # a year or a figure: what was asked about another year is no answer
    if len(pair) == 1:
        return 0.2 if pair in _LINKING else 0.5
    return 0.35 if any(character in _LINKING for character in pair) else 1.0


def _label(named: re.Match[str]) -> str | None:
    number, sub = parse_number(named[1]), parse_number(named[2]) if named[2] else 0
    return (
        article_label(number, sub)
        if number and number < 10_000 and sub is not None and sub < 10_000
        else None
    )


def pairs_of(part: str) -> Iterator[str]:
    """The character pairs of one content word; a lone character or a word of letters and figures is itself."""
    if len(part) == 1 or part[0].isascii():
        yield part
        return
    yield from (part[i : i + 2] for i in range(len(part) - 1))
