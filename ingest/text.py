"""Chinese text: sentence cuts, numerals, and the form used for matching. Pure functions on strings.

What is shown and cited is never rewritten; `search_form` is for comparing and indexing only, and
`search_form_with_map` says from which character of the original each of its characters came.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

_DIGITS = {
    "零": 0,
    "〇": 0,
    "○": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}
COUNTING = "一二三四五六七八九十"  # what 一、（一） and 第…届 are counted with
ORDINAL = f"零〇{COUNTING}百千"  # likewise 第…条, 第…章
NUMERAL = f"○两{ORDINAL}"  # whatever number is written
_OPENING, _CLOSING = "“‘（《〈「『【〔([", "”’）》〉」』】〕)]"
_LONGEST_NUMBER = 100  # characters; Python refuses to read a number of some thousands


def parse_number(text: str) -> int | None:
    """The whole number that a Chinese or Arabic numeral says (十二, 一百零三, 二〇二六, 12, １２); None if it is none, or
    longer than any that is meant as one.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if not 0 < len(text) <= _LONGEST_NUMBER:
        return None
    if text.isascii():
        return int(text) if text.isdigit() else None
    if not all(c in _DIGITS or c in _UNITS or c == "万" for c in text):
        return None
    if "万" in text:
        high, _, low = text.partition("万")
        left, right = parse_number(high), parse_number(low) if low else 0
        return None if left is None or right is None else left * 10_000 + right
    if not any(c in _UNITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, digit = 0, None
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        else:
            total += (1 if digit is None else digit) * _UNITS[character]
            digit = None
    return total + (digit or 0)


def chinese_number(number: int) -> str:
    """1 -> 一, 12 -> 十二, 105 -> 一百零五, 1264 -> 一千二百六十四. For 0 <= number < 10000."""
    if number < 10:
        return "零一二三四五六七八九"[number]
    words, rest, gap = "", number, False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十")):
        digit, rest = divmod(rest, unit)
        if digit:
            words += ("零" if gap else "") + "零一二三四五六七八九"[digit] + name
            gap = False
        elif words:
            gap = rest > 0
    if rest:
        words += ("零" if gap else "") + "零一二三四五六七八九"[rest]
    return words[1:] if 10 <= number < 20 else words


def article_label(number: int, sub: int = 0) -> str:
    """The canonical name of an article: 第十二条, 第十二条之一."""
    return f"第{chinese_number(number)}条" + (f"之{chinese_number(sub)}" if sub else "")


_YEAR_MONTH_DAY = re.compile(
    rf"([{NUMERAL}\d]{{4}})\s*[-/.年]\s*([{NUMERAL}\d]{{1,3}})\s*[-/.月]\s*([{NUMERAL}\d]{{1,3}})\s*[日号]?"
    r"|(\d{4})(\d\d)(\d\d)"
)


def read_day(text: str) -> date | None:
    """The day that the whole text writes, in whatever way people do: 2024-01-01, 2024/1/1, 2024.1.1, 20240101,
    2024年1月1日, 二〇二四年一月一日, in full-width digits too; None for anything else and for a day no calendar has.
    """
    found = _YEAR_MONTH_DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    numbers = [parse_number(part) for part in found.groups() if part] if found else []
    if len(numbers) != 3 or None in numbers:
        return None
    try:
        return date(*(number or 0 for number in numbers))
    except ValueError:  # 2024-02-30
        return None


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Spans `(start, end)` of the sentences of `text[start:end]`, without surrounding white space.

    A sentence ends after 。！？； or at a line break; marks inside quotation marks or brackets do not cut,
    closing marks that follow the stop stay with their sentence.
    """
    end = len(text) if end is None else end
    return list(_cut(text, start, end))


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    depth, begin, position = 0, start, start
    while position < end:
        character = text[position]
        position += 1
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth = max(0, depth - 1)
        elif character == "\n":
            depth = 0  # an unclosed bracket must not swallow the rest of the document
            yield from _trimmed(text, begin, position)
            begin = position
        elif character in "。！？；" and depth == 0:
            while position < end and text[position] in _CLOSING:
                position += 1
            yield from _trimmed(text, begin, position)
            begin = position
    yield from _trimmed(text, begin, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
# One sign in ten is wide: to look for them takes a fifth of the time of `translate`, which asks for every character.
_WIDE_SIGN = re.compile("[\uff01-\uff5e\u3000]")
_HALF = {chr(wide): chr(half) for wide, half in _HALF_WIDTH.items()}
_LETTERS = re.compile(r"[^\W_]+")  # runs of what `str.isalnum` holds of
_CJK = r"\u3400-\u9fff\uf900-\ufaff\u3000-\u303f\uff00-\uffef“”‘’—…·"
_CJK_GAP = re.compile(rf"(?<=[{_CJK}])\s+(?=[{_CJK}\d])|(?<=\d)\s+(?=[{_CJK}])")


def search_form(text: str) -> str:
    """The form in which texts are compared: NFKC, lower case, no spaces beside Chinese characters. Idempotent."""
    return _CJK_GAP.sub("", narrow(text)).strip()


def narrow(text: str) -> str:
    """NFKC and lower case; white space stays where it is."""
    form = _WIDE_SIGN.sub(_half, text)
    if not unicodedata.is_normalized("NFKC", form):  # rare once the widths are done, and dear
        form = unicodedata.normalize("NFKC", form)
    return form.lower()


def _half(sign: re.Match[str]) -> str:
    return _HALF[sign[0]]


def letters(text: str) -> str:
    """The letters, digits and Chinese characters of the search form: what two wordings are compared by."""
    return "".join(_LETTERS.findall(narrow(text)))


def titled(title: str) -> str:
    """A title as it is spoken of, between 《》."""
    return title if title.startswith("《") else f"《{title}》"


_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]+")


def narrowed(text: str) -> str:
    """Full-width letters and digits as half-width ones, ２０２６ＡＢ -> 2026AB; the marks of Chinese stay as they are.

    For embedding models, which know the one and hardly the other.
    """
    return _WIDE.sub(lambda match: match[0].translate(_HALF_WIDTH), text)


def search_form_with_map(text: str) -> tuple[str, list[int]]:
    """A one-character-at-a-time matching form without any white space, and for each of its characters
    the index in `text` it came from (length equal to the form's).
    """
    form: list[str] = []
    origin: list[int] = []
    for index, character in enumerate(text):
        for part in unicodedata.normalize("NFKC", character).lower():
            if not part.isspace():
                form.append(part)
                origin.append(index)
    return "".join(form), origin
