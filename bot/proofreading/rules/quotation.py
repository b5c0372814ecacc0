"""《…》第X条规定“…”: the words between the quotation marks against the article itself, character by character."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from bot.proofreading.model import Finding, Sheet
from bot.proofreading.sheet import found
from ingest.text import NUMERAL, article_label, parse_number

_QUOTE = re.compile(
    rf"(?:《(?P<name>[^《》\n]{{2,60}})》(?:[（(][^（）()\n]{{1,20}}[）)])?|(?P<short>党章|宪法|民法典))"
    rf"(?:的)?(?:第(?P<n>[{NUMERAL}\d]{{1,8}})条)?(?:之[{NUMERAL}]{{1,2}})?(?:第[{NUMERAL}\d]{{1,4}}款)?(?:第[（(]?[{NUMERAL}\d]{{1,4}}[）)]?项)?(?:中|明确|已经|就|还|也)?"
    rf"(?:规定|指出|要求|明确|提出|强调|写道|写明)(?:了)?(?:[，：:]?\s?|[，：][^。；：“”《》\n]{{1,40}}[，：]?)“(?P<quote>[^“”\n]{{8,300}})”"
)
_LETTER = re.compile(r"\w")
_GRAM = 4
_SAME = 0.6  # share of the quotation that must stand in the source for it to be meant
_OFFERED = 0.8  # likeness from which the source's words are offered; a quotation that leaves much out is the writer's to mend
_FIRST = "第一条"  # a document that has it is told of by articles
_ROUND = 12  # characters of the source looked at round the place


def find(sheet: Sheet) -> Iterator[Finding]:
    if sheet.shelf is None:
        return
    for match in _QUOTE.finditer(sheet.text):
        name = match["name"] or match["short"]
        number = parse_number(match["n"]) if match["n"] else None
        label = article_label(number) if number and number < 10_000 else ""
        sources = sheet.shelf.article(name, label)
        if sources:
            yield from _compared(sheet, match, f"《{name}》{label}", sources)
        elif label and sheet.shelf.article(name, _FIRST):
            told = f"《{name}》没有{label}。"
            yield found(sheet, *match.span("n"), "quotation", f"《{name}》", None, told)


def _compared(sheet: Sheet, match: re.Match[str], where: str, sources: Sequence[str]) -> Iterator[Finding]:
    quote = match["quote"]
    pieces = [piece for piece in quote.split("……") if _letters(piece)]
    if any(all(_letters(piece) in _letters(source) for piece in pieces) for source in sources):
        return
    if len(pieces) > 1:
        told = f"引文与{where}原文不一致，请核对。"
        yield found(sheet, *match.span("quote"), "quotation", where, None, told)
        return
    near = [one for source in sources if (one := _nearest(quote, source))]
    if not near:
        if where.endswith("条"):
            told = f"{where}中没有这句话，请核对。"
            yield found(sheet, *match.span("quote"), "quotation", where, None, told)
        return
    ranked = [
        (SequenceMatcher(None, quote, right, autojunk=False).ratio(), right, told) for right, told in near
    ]
    likeness, right, told = max(ranked, key=lambda one: one[0])
    offered = right if likeness >= _OFFERED else None
    yield found(
        sheet, *match.span("quote"), "quotation", where, offered, f"引文与{where}原文不一致：{told}。"
    )


def _nearest(quote: str, source: str) -> tuple[str, str] | None:
    """The words of the source that are meant, and how they differ; None when the quotation is not from here."""
    asked, _ = _form(quote)
    form, places = _form(source)
    offsets: Counter[int] = Counter()
    for at in range(len(asked) - _GRAM + 1):
        place = form.find(asked[at : at + _GRAM])
        while place >= 0:
            offsets[place - at] += 1
            place = form.find(asked[at : at + _GRAM], place + 1)
    if not offsets:
        return None
    offset = offsets.most_common(1)[0][0]
    begin, end = max(0, offset - _ROUND), min(len(form), offset + len(asked) + _ROUND)
    window = form[begin:end]
    matcher = SequenceMatcher(None, asked, window, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if sum(block.size for block in blocks) < _SAME * len(asked):
        return None
    first, last = blocks[0], blocks[-1]
    # What the quotation has before the first and behind the last block stands in the source in the same length.
    low = max(0, first.b - first.a)
    high = min(len(window), last.b + last.size + (len(asked) - last.a - last.size))
    right = source[places[begin + low] : places[begin + high - 1] + 1]
    tail = source[places[begin + high - 1] + 1 : places[begin + high - 1] + 2]
    if quote[-1] in "。；" and tail in "。；":
        right += tail
    return right, _told(asked, form[begin + low : begin + high])


def _told(asked: str, right: str) -> str:
    parts: list[str] = []
    for kind, a, b, c, d in SequenceMatcher(None, asked, right, autojunk=False).get_opcodes():
        if kind == "replace":
            parts.append(f"“{asked[a:b]}”原文为“{right[c:d]}”")
        elif kind == "delete":
            parts.append(f"多“{asked[a:b]}”")
        elif kind == "insert":
            parts.append(f"缺“{right[c:d]}”")
    return "，".join(parts[:6]) or "有出入"


def _form(text: str) -> tuple[str, list[int]]:
    """The letters of a text and where each stands."""
    kept = [match.start() for match in _LETTER.finditer(text)]
    return "".join(text[at] for at in kept), kept


def _letters(text: str) -> str:
    return "".join(_LETTER.findall(text))
