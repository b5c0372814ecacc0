"""The references a text makes to articles: 党章第五条, 细则第12条第二款, 第五至七条, 本条例第八条, 前款. Pure.

Which document a name means is the business of `names`; here only the numbers are read, and what stands before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.text import NUMERAL, article_label, parse_number

NAMED = "named"  # in `Hit.scores` of an article that the question names; "paragraph", "item": its 款, 项
MOST_IN_RANGE = 20  # articles of 第五至七条; a longer range is a chapter, which nobody wants read out
_BEFORE = 120  # characters before a number in which its document's name stands; the longest title has 90
_N = rf"[{NUMERAL}\d]+"
_S = r"[ \t\u3000]*+"
_TO = rf"{_S}(?:至|到|—+|-|~|～|－|–){_S}"
_NUMBERED = re.compile(
    rf"第{_S}(?P<first>{_N}){_S}条?{_TO}第?{_S}(?P<last>{_N}){_S}条"  # 第五至七条, 第五条至第七条
    rf"|第{_S}(?P<many>{_N}(?:、{_N})*){_S}条"  # 第五条, 第五、六条
    r"|(?<![\d第.．/-])(?P<bare>\d{1,4})" + rf"(?:{_TO}(?P<until>\d{{1,4}}))?{_S}条(?![例件款])"
    r"|(?P<near>本条(?![例件款])|[前上后下]一?条(?![例件款]))"
    rf"|(?P<back>前(?P<backs>[{NUMERAL}]?)款|本款)"
)
_SUB = re.compile(rf"{_S}之{_S}({_N})(?![年月日天种类个些项款人])")
_PARAGRAPHS = re.compile(rf"{_S}第?{_S}({_N}(?:、{_N})*){_S}款")
_MORE_PARAGRAPHS = re.compile(rf"{_S}(?:、|和|与|及|以及|或者|或){_S}(?=第{_S}{_N}(?:、{_N})*{_S}款)")
_ITEMS = re.compile(rf"{_S}第?{_S}([（(]?{_N}[）)]?(?:、[（(]?{_N}[）)]?)*){_S}项")
_STOP = re.compile(r"[。！？；\n]")
_JOINED = re.compile(r"(?:[、，,和与及或并同跟\s]|以及|或者|还有)*")
_OWN = re.compile(
    r"(?<![基根版成])本(?:条例|法典|法|细则|准则|规定|办法|规则|规程|章程|党章|解释|决定|意见|通知|制度|标准)[的中]?$"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """`text[start:end]` names an article, a 款 or a 项.

    `article` is the canonical label, or None where the place is relative: `step` articles away (0: the same one) and
    `back` paragraphs before the one it stands in. `paragraph` and `item` count from 1. `lead` is what stands before
    it, or before the list it goes on with, and may end in the name of a document. `is_bare`: 12条 without 第, which
    is a reference only if that name is there.
    """

    start: int
    end: int
    lead: str
    article: str | None
    paragraph: int | None = None
    item: int | None = None
    step: int = 0
    back: int = 0
    is_bare: bool = False

    @property
    def is_own(self) -> bool:
        """本条例第八条, 前款, 本条: it names the document it stands in."""
        return self.article is None or _OWN.search(self.lead) is not None


def find_references(text: str) -> tuple[Reference, ...]:
    """Every reference in reading order, those inside 《》 left out: they belong to a title. Never raises."""
    if "条" not in text and "款" not in text:
        return ()
    found: list[Reference] = []
    end = 0
    for match in _NUMBERED.finditer(text):
        if match.start() < end or _in_title(text, match.start()):
            continue
        goes_on = found and _JOINED.fullmatch(text, end, match.start())
        lead = found[-1].lead if goes_on else _lead(text, match.start())
        new = [one for place in _places(text, match, lead) for one in _detailed(text, place)]
        found += new
        end = max((one.end for one in new), default=end)
    return tuple(found)


def without_references(text: str) -> str:
    """The text with every 第十二条第二款 taken out, so that what else it asks can be seen."""
    kept, at = "", 0
    for one in find_references(text):
        kept, at = f"{kept}{text[at : max(at, one.start)]}，", max(at, one.end)
    return kept + text[at:]


def _lead(text: str, start: int) -> str:
    before = text[max(0, start - _BEFORE) : start]
    return _STOP.split(before)[-1]


def _in_title(text: str, start: int) -> bool:
    return text.rfind("《", 0, start) > text.rfind("》", 0, start) and "》" in text[start:]


def _places(text: str, match: re.Match[str], lead: str) -> Iterator[Reference]:
    """The articles one match names, without 款 and 项."""
    start, end = match.span()
    if match["back"]:
        back = 0 if match["back"] == "本款" else parse_number(match["backs"]) or 1
        yield Reference(start, end, lead, None, back=back)
    elif match["near"]:
        step = 0 if match["near"] == "本条" else -1 if match["near"][0] in "前上" else 1
        yield Reference(start, end, lead, None, step=step)
    else:
        sub = _SUB.match(text, end)
        minor = parse_number(sub[1]) or 0 if sub else 0
        for number in _numbers(match):
            label = article_label(number, minor if minor < 10_000 else 0)
            yield Reference(start, sub.end() if sub else end, lead, label, is_bare=match["bare"] is not None)


def _numbers(match: re.Match[str]) -> Iterator[int]:
    """Article numbers from 1 to 9999; of a range that is too long or runs backwards only its two ends."""
    if match["last"] or match["until"]:
        first, last = (
            parse_number(match["first"] or match["bare"]),
            parse_number(match["last"] or match["until"]),
        )
        ends = [number for number in (first, last) if number is not None]
        in_range = len(ends) == 2 and 0 <= ends[1] - ends[0] < MOST_IN_RANGE
        numbers = list(range(ends[0], ends[1] + 1)) if in_range else ends
    else:
        given = (match["many"] or match["bare"]).split("、")
        numbers = [number for one in given if (number := parse_number(one)) is not None]
    yield from (number for number in numbers if 0 < number < 10_000)


def _detailed(text: str, place: Reference) -> Iterator[Reference]:
    """The place with the 款 and 项 that follow it: one reference for each of them."""
    paragraphs = _PARAGRAPHS.match(text, place.end)
    if paragraphs is None:
        yield from _with_items(text, place)
        return
    at: re.Match[str] | None = paragraphs
    while at is not None:
        numbers = _counted(at[1])
        *before, last = [replace(place, end=at.end(), paragraph=number) for number in numbers] or [place]
        yield from before
        ends = list(_with_items(text, last))
        yield from ends
        more = _MORE_PARAGRAPHS.match(text, max(ends[-1].end, at.end()))
        at = _PARAGRAPHS.match(text, more.end()) if more else None


def _with_items(text: str, place: Reference) -> Iterator[Reference]:
    items = _ITEMS.match(text, place.end)
    numbers = _counted(re.sub(r"[（()）]", "", items[1])) if items else []
    if items is None or not numbers:
        yield place
    else:
        yield from (replace(place, end=items.end(), item=number) for number in numbers)


def _counted(numerals: str) -> list[int]:
    return [number for one in numerals.split("、") if (number := parse_number(one))]
