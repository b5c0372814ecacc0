"""What a question asks for: its content in character pairs, the kind of answer it wants, the article it names.

Pure functions on strings. Words that every question has (请问, 多少, 的 …) carry nothing; everyday words
that regulations say otherwise (支委会, 换届 …) count as found where the formal word stands.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.text import NUMERAL, article_label, parse_number, search_form

# Longest first, so that 什么时候 is taken before 什么.
_EMPTY_WORDS = (
    "什么时候|什么时间|是怎么回事|是什么意思|分为哪几类|多长时间|多少时间|有哪几种|有没有|是不是|能不能|可不可以|要不要|会不会|"
    "什么叫|怎么办|怎么样|怎样|怎么|如何|为什么|什么样|什么|多长|多久|多少|多大|几个月|几个人|几年|几天|几个|几名|几人|几次|几种|几类|"
    "几位|几级|几|哪些|哪个|哪一级|哪一个|哪级|哪几|哪里|哪种|哪|由谁|谁|是否|能否|可否|可以|能够|需要|应该|应当|必须|请问|请|吗|呢|吧|啊|"
    "一般|根据|按照|依据|规定|我们|我|你们|你|有关|关于|进行|具体|分别|主要|包括|一下|情况|之一|以及|或者|属于|知道|"
    "要求|想|中国共产党|得|的|是|了(?!解)|么|其|所|它|这|那|该|一次|不少于|不超过|少于|超过|至少|最少|最多|要(?=开|有|交)"
)
_EMPTY = re.compile(_EMPTY_WORDS)
_LINKING = frozenset("和与或在由对为将被把从向并等及以有要都能会也还就不")
_WORDS = re.compile(r"[\u3400-\u9fff]+|[a-z0-9%.]+")
_ARTICLE = re.compile(rf"第\s*([{NUMERAL}\d]+)\s*条(?:\s*之\s*([{NUMERAL}\d]+))?")
_WORK = re.compile(r"《([^》]+)》")
# everyday word: what stands in its place in regulations and digests
_EVERYDAY = {
    "支委会": ("支部委员会",),
    "支委": ("支部委员",),
    "党员大会": ("支部大会",),
    "支部大会": ("党员大会",),
    "积极分子": ("入党积极分子",),
    "换届": ("任期", "届满"),
    "转正": ("转为正式党员",),
    "开除": ("除名",),
    "退党": ("要求退党", "除名"),
    "交": ("交纳", "缴纳"),
    "缴": ("交纳",),
    "交纳": ("缴纳",),
    "缴纳": ("交纳",),
    "开会": ("召开", "会议"),
    "开": ("召开",),
    "培养": ("培养教育",),
    "转接": ("转移", "接转"),
    "转移": ("转接",),
    "岁": ("周岁",),
    "工资": ("工资收入",),
    "成立": ("设立", "建立"),
    "人数": ("人以上", "人以下", "名党员"),
    "评议": ("民主评议",),
    "检讨": ("自我批评",),
    "举报": ("检举", "控告"),
}
_COUNT = rf"(?:\d+(?:\.\d+)?|[{NUMERAL}半]+)"
_KINDS = (
    ("time", r"多久|多长|多少时间|几个月|几年|几天|几日|期限|时限|什么时候|何时|什么时间|年限|时长|学时"),
    ("count", r"多少次|几次|频次|频率"),
    ("people", r"多少人|多少名|几人|几名|几个人|几位|人数"),
    ("figure", r"多少|几|比例|百分之|多大年龄|年龄|标准"),
    ("agent", r"谁|哪级|哪一级|哪个部门|哪个机关|什么机关|什么部门|哪些部门|哪个组织"),
    ("list", r"哪些|条件|程序|步骤|流程|任务|职责|内容|情形|方式|权利|义务|怎么办|怎么|如何|怎样"),
    ("meaning", r"是什么|什么是|什么叫|指什么|含义|是指"),
)
_TIME = rf"{_COUNT}(?:至{_COUNT})?(?:个)?(?:多)?(?:年|月|日|天|周|星期|小时|学时|季度|届|分钟)|每(?:年|月|半年|季度|周)|任期|当[年月日]"
_ANSWERS = {
    "time": re.compile(_TIME),
    "count": re.compile(rf"{_COUNT}次|每(?:年|月|半年|季度|周)"),
    "people": re.compile(rf"{_COUNT}(?:至{_COUNT})?(?:名|人|个|位)"),
    "figure": re.compile(
        rf"{_COUNT}(?:至{_COUNT})?(?:名|人|个|次|位|元|岁|周岁|年|月|天|倍|%|条|项|种|以上|以下)|[百千]?分之|\d+(?:\.\d+)?%"
    ),
    "agent": re.compile(
        r"由.{1,24}?(?:批准|审批|决定|负责|主持|召集|产生|指定|组织|讨论|任命|提出)|党委|党组|支部|机关|部门|书记|组织委员"
    ),
    "list": re.compile(r"：$|包括|应当|下列|以下"),
    "meaning": re.compile(r"是指|指的是|，是|是.{4,}|“.+”指"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question taken apart. `parts` are its content words in order; `kind` is a key of `fits` or None."""

    parts: tuple[str, ...]
    pairs: frozenset[str]
    kind: str | None
    article: str | None
    works: tuple[str, ...]


def read_question(question: str) -> Asked:
    """Never raises; a question of empty words only has no parts and no pairs."""
    form = search_form(question)
    named = _ARTICLE.search(form)
    label = _label(named) if named else None
    body = _WORK.sub("，", form)
    body = _ARTICLE.sub("，", body) if label else body
    parts = tuple(run for piece in _EMPTY.split(body) for run in _WORDS.findall(piece))
    kind = next((name for name, cue in _KINDS if re.search(cue, body)), None)
    return Asked(
        parts,
        frozenset(p for part in parts for p in _pairs(part)),
        kind,
        label,
        tuple(_WORK.findall(question)),
    )


def pairs_in(text: str) -> frozenset[str]:
    """Character pairs and lone characters of a source's words, with the everyday words they stand for."""
    form = search_form(text)
    found = {form[i : i + 2] for i in range(len(form) - 1)} | set(form)
    found |= set(re.findall(r"[a-z0-9%.]+", form))
    for everyday, formal in _EVERYDAY.items():
        if any(word in form for word in formal):
            found.update(_pairs(everyday))
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
    if len(pair) == 1:
        return 0.2 if pair in _LINKING else 0.5
    return 0.35 if any(character in _LINKING for character in pair) else 1.0


def fits(kind: str | None, text: str) -> bool:
    """Whether `text` can be the kind of answer asked for; False when no kind is asked for."""
    return kind is not None and _ANSWERS[kind].search(search_form(text)) is not None


def _label(named: re.Match[str]) -> str | None:
    number, sub = parse_number(named[1]), parse_number(named[2]) if named[2] else 0
    return (
        article_label(number, sub)
        if number and number < 10_000 and sub is not None and sub < 10_000
        else None
    )


def _pairs(part: str) -> Iterator[str]:
    if len(part) == 1 or part[0].isascii():
        yield part
        return
    yield from (part[i : i + 2] for i in range(len(part) - 1))
