"""Names of documents, their numbers, articles and quoted words: they stand in the evidence or its titles, or the
sentence is wrong. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.verify.model import Verdict
from bot.verify.passages import Place, passage
from bot.verify.reading import Reading, read

_QUOTED = re.compile(r"“([^“”]{1,80})”|\"([^\"]{1,80})\"|「([^「」]{1,80})」")
_NAMED = re.compile(r"《([^《》]{1,60})》")
_UNMARKED = re.compile(
    r"(?:按|按照|根据|依照|依据|参照|违反|适用|符合)(?:了)?((?:[\u3400-\u9fff]{0,18}?)(?:条例|细则|准则|规则|办法|规程|党章|章程))"
)
_DOCUMENT_NUMBER = re.compile(r"[\u3400-\u9fff]{1,8}[〔\[(（]\d{4}[〕\])）]\d{1,4}号")
_LOOSE = re.compile(r"中国共产党|中华人民共和国|\(试行\)|\(修订\)|关于|的|〈|〉|[“”‘’\"']|[()、,]")
_VAGUE = frozenset(
    {
        "这个条例",
        "这个规定",
        "该条例",
        "这部条例",
        "本规则",
        "本准则",
        "条例",
        "细则",
        "准则",
        "规则",
        "办法",
        "规程",
        "规定",
        "本条例",
        "本细则",
        "本办法",
        "本规定",
        "工作条例",
    }
)
STRONG = 0.4  # share of the best score, from which a passage is one that the sentence rests on
_ARTICLES = ("n:第条", "n:第款", "n:第项", "n:第章", "n:第节")


def check_names(said: Reading, texts: Sequence[str], titles: Sequence[str]) -> Verdict | None:
    """What is wrong with the names in the sentence; `texts` and `titles` in normal form."""
    whole = "\n".join((*titles, *texts))
    bare: str | None = None
    for match in _QUOTED.finditer(said.text):
        words = next(group for group in match.groups() if group).rstrip(",。;:!?")
        if words not in whole and not any(words in text.replace("\n", "") for text in texts):
            return Verdict(False, "quote", f"依据中没有“{words}”这样的原话")
    for match in _DOCUMENT_NUMBER.finditer(said.text):
        if match[0] not in whole.replace("[", "〔").replace("]", "〕"):
            return Verdict(False, "document", f"依据中没有文号“{match[0]}”")
    for match in (*_NAMED.finditer(said.text), *_UNMARKED.finditer(_NAMED.sub("", said.text))):
        name = _LOOSE.sub("", match[1]).replace("党章", "章程")
        bare = _LOOSE.sub("", whole).replace("党章", "章程") if bare is None else bare
        if name and name not in _VAGUE and name not in bare:
            return Verdict(False, "document", f"依据中没有提到《{match[1]}》")
    return None


def check_articles(
    said: Reading, places: Sequence[Place], texts: Sequence[str], titles: Sequence[str]
) -> Verdict | None:
    """An article that the sentence names is the one its content stands in, or is named by the text there."""
    named = [mark for mark in said.marks if mark.kind in _ARTICLES]
    if not named or not places:
        return None
    strong = {place.passage for place in places if place.score >= STRONG * places[0].score}
    within = {(mark.kind, mark.value) for place in places for mark in place.reading.marks if mark.start > 0}
    for mark in named:
        known = (mark.kind, mark.value) in within
        if not known and not any(_names(mark.kind, mark.value, number, texts, titles) for number in strong):
            return Verdict(False, "article", f"依据不是{mark.text}")
    return None


def _names(kind: str, value: str, number: int, texts: Sequence[str], titles: Sequence[str]) -> bool:
    readings = [read(sentence) for sentence in passage(texts[number]).sentences]
    if number < len(titles):
        readings.append(read(titles[number]))
    return any(mark.kind == kind and mark.value == value for one in readings for mark in one.marks)
