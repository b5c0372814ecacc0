"""One error put into a true sentence, by seed; None where the sentence has no place for it. Pure.

Every mutation takes the sentence, the title and the text of its article, and the draw.
"""

# ruff: noqa: ARG001 (one signature for all of them)

from __future__ import annotations

import random
import re
from collections.abc import Callable

from ingest.text import chinese_number, parse_number

_N = r"[一二两三四五六七八九十]{1,3}|\d{1,4}"
_COUNTED = re.compile(
    rf"(?<![第〇零\d.])(?P<n>{_N})(?P<u>年|个月|日|天|个工作日|人|名|次|%|％|学时|小时|个学时|周岁|户|倍)(?!级|度|轻|来|常|月)"
)
_DIGIT = re.compile(
    rf"(?<![第百千万〇零\d.一二三四五六七八九十])(?P<n>{_N})(?=年|个月|日|个工作日|人|名|次(?!性))(?!年\d|月\d)"
)
_UNITS = {
    "年": ("个月", "日"),
    "个月": ("年", "日"),
    "日": ("个工作日", "个月"),
    "天": ("个工作日", "个月"),
    "个工作日": ("日", "天"),
    "人": ("次", "户"),
    "名": ("次",),
    "次": ("人",),
    "学时": ("天",),
    "小时": ("日",),
    "个学时": ("天",),
    "周岁": ("年",),
    "户": ("人",),
}
_BOUNDS = (
    ("不得少于", "不得超过"),
    ("不少于", "不超过"),
    ("不得超过", "不得少于"),
    ("不超过", "不少于"),
    ("以上", "以下"),
    ("以内", "以上"),
    ("过半数", "三分之一"),
    ("半数以上", "三分之一以上"),
    ("三分之二", "二分之一"),
    ("不满", "超过"),
    ("不足", "超过"),
    ("至少", "最多"),
)
_MODALS = (
    ("不得", "可以"),
    ("应当", "可以"),
    ("必须", "可以"),
    ("可以", "应当"),
    ("一般应当", "必须"),
    ("禁止", "允许"),
    ("不能", "可以"),
    ("应当", "不得"),
    ("一般", "必须"),
    ("有权", "应当"),
    ("可以", "不得"),
)
_SUBJECTS = (
    ("党支部委员会", "党支部党员大会"),
    ("党支部党员大会", "党支部委员会"),
    ("上级党组织", "党支部委员会"),
    ("党委", "党总支"),
    ("党支部", "党小组"),
    ("党组织", "党小组"),
    ("预备党员", "正式党员"),
    ("入党积极分子", "发展对象"),
    ("发展对象", "入党积极分子"),
    ("上级", "下级"),
    ("同级", "上级"),
    ("党支部书记", "党小组组长"),
    ("中央组织部", "中央宣传部"),
    ("基层党委", "县级党委"),
    ("监察机关", "人民检察院"),
    ("村民会议", "村民委员会"),
    ("村民委员会", "村民小组"),
    ("居民委员会", "居民会议"),
    ("任免机关", "监察机关"),
    ("纪律检查委员会", "组织部门"),
    ("国务院", "省级人民政府"),
    ("上一级", "本级"),
    ("组织部门", "宣传部门"),
    ("信访人", "信访部门负责人"),
    ("公务员", "事业单位人员"),
    ("党员", "群众"),
)
_NEGATED = ("应当", "可以", "由", "必须", "按照", "给予", "报")
_ONLY = (("可以", "只能"), ("应当", "一律应当"), ("由", "只能由"), ("一般", "一律"))
_DOCUMENTS = (
    "《中国共产党巡视工作条例》",
    "《中国共产党党组工作条例》",
    "《干部教育培训工作条例》",
    "《中国共产党宣传工作条例》",
)
Mutation = Callable[[str, str, str, random.Random], str | None]


def numerals(sentence: str) -> str:
    """The same with its figures written the other way: 一年 and 1年."""

    def swap(match: re.Match[str]) -> str:
        value = parse_number(match["n"])
        if value is None or not 0 < value < 100:
            return match["n"]
        return chinese_number(value) if match["n"].isdigit() else str(value)

    return _DIGIT.sub(swap, sentence)


def shortened(sentence: str) -> str:
    """The same without what may be left out: a purpose in front, a last “，并…”, one of several things named in a row."""
    short = re.sub(r"^为(?:了|规范|加强)?[^，。；]{2,80}，(?=[^，]{0,40}(?:，|制定))", "", sentence)
    short = re.sub(r"，并[^，。；]{2,60}(?=[。；]?$)", "", short)
    if short != sentence:
        return short
    row = re.search(r"(?<=、)[\u4e00-\u9fff]{2,6}、(?=[\u4e00-\u9fff])", sentence)
    return sentence[: row.start()] + sentence[row.end() :] if row else sentence


def number(sentence: str, title: str, text: str, chance: random.Random) -> str | None:
    places = list(_COUNTED.finditer(sentence))
    if not places:
        return None
    match = chance.choice(places)
    value = parse_number(match["n"])
    if not value:
        return None
    other = chance.choice(
        [one for one in (value + 1, value + 2, value * 2, max(1, value - 1)) if one != value]
    )
    written = str(other) if match["n"].isdigit() else chinese_number(other)
    return sentence[: match.start()] + written + match["u"] + sentence[match.end() :]


def unit(sentence: str, title: str, text: str, chance: random.Random) -> str | None:
    places = [match for match in _COUNTED.finditer(sentence) if match["u"] in _UNITS and match["n"] != "一"]
    if not places:
        return None
    match = chance.choice(places)
    return sentence[: match.start("u")] + chance.choice(_UNITS[match["u"]]) + sentence[match.end("u") :]


def bound(sentence: str, title: str, text: str, chance: random.Random) -> str | None:
    near = [
        (a, b)
        for a, b in _BOUNDS
        if re.search(rf"(?:{_N}|半|分之).{{0,5}}{a}|{a}.{{0,3}}(?:{_N}|半)", sentence)
    ]
    return _replace(sentence, near, chance)


def modal(sentence: str, title: str, text: str, chance: random.Random) -> str | None:
    return _replace(
        sentence,
        [(a, b) for a, b in _MODALS if re.search(rf"(?<!不){a}(?![^，。；]{{0,12}}的)", sentence)],
        chance,
    )


def subject(sentence: str, title: str, text: str, chance: random.Random) -> str | None:
    fitting = [(a, b) for a, b in _SUBJECTS if a in sentence and b not in sentence]
    if any(len(a) > 2 for a, _ in fitting):
        fitting = [(a, b) for a, b in fitting if len(a) > 2]  # 党员 within 预备党员 makes no word
    return _replace(sentence, fitting, chance)


def negation(sentence: str, title: str, text: str, chance: random.Random) -> str | None:
    for word in ("不得", "不能", "不予", "没有", "不宜", "尚未"):
        if word in sentence and chance.random() < 0.6:
            return sentence.replace(word, {"没有": "有", "尚未": "已经", "不予": "予以"}.get(word, "可以"), 1)
    fitting = [
        (word, "不" + word) for word in _NEGATED if re.search(rf"(?<![不自理]){word}(?![于此])", sentence)
    ]
    return _replace(sentence, fitting, chance)


def condition(sentence: str, title: str, text: str, chance: random.Random) -> str | None:
    """A leading condition left out: …的，, 经…批准，, 必要时."""
    patterns = (
        r"^[^，。；]{6,60}的，(?=[^，。；]{0,12}(?:应当|可以|不得|给予|由|按照|予以))",
        r"(?<!应当)经[^，。；、]{2,24}(?:批准|同意)，",
        r"必要时(?=可以|应当)",
        r"确有必要时，",
        r"根据(?:工作)?需要，",
        r"(?<=，)情节(?:较重|严重|较轻)的，",
    )
    for pattern in chance.sample(patterns, len(patterns)):
        cut = re.sub(pattern, "", sentence, count=1)
        if cut != sentence and len(cut) >= 12:
            return cut
    return None


def exception(sentence: str, title: str, text: str, chance: random.Random) -> str | None:
    cut = re.sub(r"[，；]但(?:是)?[^。]{4,120}(?=。)|除[^，。；]{2,50}(?:外|以外)，", "", sentence, count=1)
    return cut if cut != sentence and len(cut) >= 12 else None


def article(sentence: str, title: str, text: str, chance: random.Random) -> str | None:
    label = re.match(r"第([一二三四五六七八九十百零〇]+)条", text)
    right = parse_number(label[1]) if label else None
    if right is None:
        return None
    wrong = chance.choice([right + 1, right + 10, right + 3])
    return f"根据{title.split('（', maxsplit=1)[0].strip('《》')}第{chinese_number(wrong)}条，{sentence}"


def document(sentence: str, title: str, text: str, chance: random.Random) -> str | None:
    return f"{chance.choice(_DOCUMENTS)}规定，{sentence}"


def quote(sentence: str, title: str, text: str, chance: random.Random) -> str | None:
    """Words put between quotation marks that do not stand there so."""
    clauses = [one for one in re.split(r"[，。；：]", sentence) if 8 <= len(one) <= 40 and "“" not in one]
    if not clauses:
        return None
    words = chance.choice(clauses)
    at = chance.randrange(2, len(words) - 3)
    return f"条文的原话是“{words[:at]}{words[at + 2 :]}”。"


def only(sentence: str, title: str, text: str, chance: random.Random) -> str | None:
    if re.search("都|均|凡|不论|一切|任何|所有|只|仅", text):
        return None  # 一律 may then say no more than the text does
    return _replace(
        sentence, [(a, b) for a, b in _ONLY if re.search(rf"(?<![自理不因]){a}(?![于此])", sentence)], chance
    )


def _replace(sentence: str, pairs: list[tuple[str, str]], chance: random.Random) -> str | None:
    if not pairs:
        return None
    old, new = chance.choice(pairs)
    return sentence.replace(old, new, 1)


MUTATIONS: dict[str, Mutation] = {
    one.__name__: one
    for one in (
        number,
        unit,
        bound,
        modal,
        subject,
        negation,
        condition,
        exception,
        article,
        document,
        quote,
        only,
    )
}
