"""Personal data in a text: found, counted, masked by tokens and put back. Pure functions, standard library only.

A number counts only when it can be one: identity numbers by date, province and check digit, bank cards by Luhn,
length and issuer, telephones by their numbering plan. 文号, 统一社会信用代码, ISBN and order numbers are none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

IDENTITY, MOBILE, LANDLINE, CARD, EMAIL = "身份证", "手机", "电话", "银行卡", "邮箱"

# One character for one, so that places in the narrow form are places in the text.
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(
    map(ord, "\u3000\xa0\t\u2002\u2003\u2009"), " "
)
_NARROW |= dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
_PROVINCES = frozenset(
    str(code)
    for low, high in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
    for code in range(low, high + 1)
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ALONE = r"(?<![0-9A-Za-z_])(?<![0-9]-)(?<![0-9]\.)"
_END = r"(?![0-9A-Za-z_])(?!-[0-9])(?!\.[0-9])"
_GAP = "[ -]?"
_MOST_GAPS = 6  # more cuts than this are a list of small numbers
_CARD_SHAPE = re.compile(
    r"62\d{14,17}|4\d{15}|5[1-5]\d{14}|2[2-7]\d{14}|35\d{14}|3[47]\d{13}|60\d{14,17}|6[589]\d{14,17}|9558\d{12,15}|9[0-9]{15,18}"
)
_RULES = (
    (
        EMAIL,
        re.compile(
            r"(?<![\w.+-])[A-Za-z0-9][\w.%+-]{0,63} ?@ ?(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,12}(?![\w-])",
            re.ASCII,
        ),
    ),
    (IDENTITY, re.compile(rf"{_ALONE}[1-9](?:{_GAP}\d){{16}}{_GAP}[\dXx]{_END}", re.ASCII)),
    (CARD, re.compile(rf"{_ALONE}[2-69](?:{_GAP}\d){{14,18}}{_END}", re.ASCII)),
    (IDENTITY, re.compile(rf"{_ALONE}[1-9](?:{_GAP}\d){{14}}{_END}", re.ASCII)),
    (
        MOBILE,
        re.compile(
            rf"(?:{_ALONE}(?:\+ ?|00)?86{_GAP}|{_ALONE}\(\+?86\) ?|{_ALONE})1[3-9](?:{_GAP}\d){{9}}{_END}",
            re.ASCII,
        ),
    ),
    (
        LANDLINE,
        re.compile(
            rf"(?:{_ALONE}(?:\+?86{_GAP})?(?:\(0(?:10|2\d|[3-9]\d{{2}})\) ?|(?:010|02\d|0[3-9]\d{{2}})(?: ?- ?| )?)"
            rf"|(?:电话|座机|传真|[Tt][Ee][Ll]|[Ff][Aa][Xx])(?:号码)?[.: ]{{0,3}}(?=(?P<number>[2-8])))"
            rf"[2-8]\d{{2,3}}(?: ?-? ?)\d{{4}}(?:(?:-|转|ext\.? ?)\d{{1,5}})?{_END}",
            re.ASCII,
        ),
    ),
)
# Numbers of another kind, by the words before them.
_OTHER = re.compile(
    r"(?:信用代码|纳税人识别号|税号|组织机构代码|注册号|ISBN|ISSN|ISRC|CN|订单|流水|单号|运单|快递|合同(?:编)?号|发票|条形?码|批准文号|文号|编号|序号|案号|档号|"
    r"许可证|备案号?|产品|型号|批号|IMEI|MAC|版本|登记号|凭证|准考证|学号|学籍|统一编码|项目代码|设备)(?:号码?|码)?[为是]?[:( ]{0,3}$|[〔\[(]\d{4}[〕\])]第?$",
    re.IGNORECASE,
)
_TAX = re.compile(r"(?:信用代码|识别号|税号)[:( ]{0,3}$")
_INSIDE_ISBN = re.compile(r"97[89][ -]?(?:\d[ -]?){0,9}$")
_AMOUNT = re.compile(r" ?(?:万?元|亿|吨|公里|平方|立方|千瓦|字节|人次|％|%|件|号文)")
_FILE_ENDINGS = frozenset(
    ["png", "jpg", "jpeg", "gif", "webp", "svg", "css", "js", "docx", "pdf", "xlsx", "txt"]
)
_TOKEN = re.compile(rf"〔(?:{IDENTITY}|{MOBILE}|{LANDLINE}|{CARD}|{EMAIL})\d+〕")


@dataclass(frozen=True, slots=True)
class Found:
    """One passage of personal data: `text[start:end] == wording`, its `value` without spaces, dashes and width."""

    kind: str  # 身份证 | 手机 | 电话 | 银行卡 | 邮箱
    wording: str
    value: str
    start: int
    end: int


def personal_data(text: str) -> tuple[Found, ...]:
    """Every passage of personal data in reading order; passages never overlap."""
    narrow = text.translate(_NARROW)
    taken = bytearray(len(text))
    found: list[Found] = []
    for kind, rule in _RULES:
        at = 0
        while match := rule.search(narrow, at):
            start, end = match.span()
            if (
                kind == LANDLINE and match["number"]
            ):  # the word before a number without area code is not of it
                start = match.start("number")
            while narrow[start] == " ":
                start += 1
            value = (
                re.sub(r"[ -]", "", narrow[start:end]) if kind != EMAIL else match[0].replace(" ", "").lower()
            )
            if any(taken[start:end]) or not _is_one(kind, value, narrow, start, end):
                at = match.start() + 1
                continue
            taken[start:end] = b"\x01" * (end - start)
            found.append(
                Found(kind, text[start:end], value.upper() if kind == IDENTITY else value, start, end)
            )
            at = end
    return tuple(sorted(found, key=lambda one: one.start))


def counts(found: tuple[Found, ...]) -> dict[str, int]:
    """How many passages there are of each kind that occurs."""
    return dict(Counter(one.kind for one in found))


def masked(text: str) -> tuple[str, dict[str, str]]:
    """`text` with 〔身份证1〕 in place of each passage, and the wording behind each token.

    A wording has one token wherever it stands. `unmasked` with that mapping gives `text` back, character for character.
    """
    tokens: dict[tuple[str, str], str] = {}
    present = set(_TOKEN.findall(text))
    numbers: Counter[str] = Counter()
    pieces: list[str] = []
    at = 0
    for one in personal_data(text):
        key = (one.kind, one.wording)
        while key not in tokens:
            numbers[one.kind] += 1
            token = f"〔{one.kind}{numbers[one.kind]}〕"
            if token not in present:
                tokens[key] = token
        pieces += [text[at : one.start], tokens[key]]
        at = one.end
    pieces.append(text[at:])
    return "".join(pieces), {token: wording for (_, wording), token in tokens.items()}


def hidden(text: str) -> tuple[str, dict[str, int]]:
    """`text` with stars in place of personal data, as long as before, and how many passages of each kind there were.

    What stays is what tells two of them apart on a list and finds nobody: the first and last character of an identity
    number, the first three and last two figures of a mobile, the area code and last two of a telephone, the last four of
    a bank card, the first letter of an address and where it is kept. Spaces and dashes stay.
    """
    found = personal_data(text)
    pieces: list[str] = []
    at = 0
    for one in found:
        pieces += [text[at : one.start], _starred(one)]
        at = one.end
    return "".join([*pieces, text[at:]]), counts(found)


def _starred(one: Found) -> str:
    if one.kind == EMAIL:
        local = re.split(r"[@\uff20]", one.wording, maxsplit=1)[0]
        return one.wording[0] + "*" * (len(local) - 1) + one.wording[len(local) :]
    places = [at for at, character in enumerate(one.wording) if character.isalnum()]
    front, back = {IDENTITY: (1, 1), MOBILE: (len(places) - 8, 2), CARD: (0, 4)}.get(one.kind, (0, 2))
    if one.kind == LANDLINE and (
        area := re.match(r"(?:86)?(?:010|02\d|0[3-9]\d{2})", one.value.strip("+()"))
    ):
        front = len(area[0])
    stars = set(places[front : len(places) - back])
    return "".join("*" if at in stars else character for at, character in enumerate(one.wording))


def unmasked(text: str, mapping: Mapping[str, str]) -> str:
    """The tokens of `mapping` in `text` replaced by their wordings; other text in such brackets stays."""
    return _TOKEN.sub(lambda match: mapping.get(match[0], match[0]), text)


def _is_one(kind: str, value: str, narrow: str, start: int, end: int) -> bool:
    before = narrow[max(0, start - 16) : start]
    if kind == EMAIL:
        ending = value.rsplit(".", 1)[1]
        return ending not in _FILE_ENDINGS and ".." not in value and narrow[end : end + 1] != ":"
    if kind == IDENTITY and len(value) == 18:
        return is_identity_number(value) and not _TAX.search(before)
    if end - start - len(value) > _MOST_GAPS or _OTHER.search(before) or _AMOUNT.match(narrow, end):
        return False
    if kind == CARD:
        return bool(_CARD_SHAPE.fullmatch(value)) and _luhn(value) and len(set(value)) > 3
    if kind == IDENTITY:
        return value[:2] in _PROVINCES and _is_date("19" + value[6:12])
    return not _INSIDE_ISBN.search(before)


def is_identity_number(value: str) -> bool:
    """Whether 18 characters are a number of GB 11643: province, a date of birth, and the check digit."""
    return (
        (value[:2] in _PROVINCES or (value[0] == "9" and value[1:3] in _PROVINCES))
        and _is_date(value[6:14])
        and "10X98765432"[sum(int(d) * w for d, w in zip(value, _WEIGHTS, strict=False)) % 11]
        == value[17].upper()
    )


def _is_date(digits: str) -> bool:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1880 <= day.year <= 2099


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0
