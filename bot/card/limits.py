"""Time limits in an article's words: how long, of which kind, and from when they count. Pure; every pattern is linear in time."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from bot.card.model import LONGEST, Fact, Limit
from ingest.text import NUMERAL, parse_number

Span = tuple[int, int]

_NUMBER = rf"(?:\d{{1,4}}|[{NUMERAL}]{{1,4}}|半)"
_UNIT = r"(?:个\s?)?(?:工作日|学时|小时|月|年|天|日|周)"
_LIMIT = re.compile(
    r"(?P<before>不少于|不得少于|不能少于|至少|最长不(?:得)?超过|不(?:得|能)?超过|不得长于|至多|最多|最长|提前|经过|满|连续|超过|每届任期|任期|(?:预备|公示|影响|办理|处分|试用|保留|培训|考察)?(?<!日)期限?(?:一般)?为|时间为|未来|每)?\s?"
    rf"(?:一般为|一般|为)?\s?(?P<number>{_NUMBER})\s?(?P<unit>{_UNIT})"
    r"\s?(?P<after>以内|之内|内|以前|之前|前|以上|后|(?:进行|召开|开展|组织)?至少一次|一次)?"
)
_EVERY = re.compile(
    r"每(?:半年|季度|年|月|周|学期|[两二三四五六七八九十\d]\s?(?:年|个?月))(?:度)?(?=(?:至少|进行|召开|开展|组织|对|应当|应|须|按|向|以|公布|检查|交纳|参加|一般|定期|[\d一二两三四五六]|.{0,12}[一1]\s?次))"
)
_BARE = re.compile(r"当场|当日|当月|次月")
_FIXED = re.compile(r"(?:次年|每年)?\d{1,2}\s?月(?:\d{1,2}\s?日|底)(?:以前|之前|前)")
# A figure that is an age, a length of service, a date, a share or an ordinal is no time limit.
_NO_LIMIT_BEFORE = re.compile(r"(?:第|年满|周岁|\d|[〇零○]|年|月|正式党员)$")
_NO_LIMIT_AFTER = re.compile(
    r"\s?(?:以上)?的?(?:党龄|工龄|党员经历|工作经历|基层|学历|\d{1,2}\s?(?:月|日)|[一二三四五六七八九十]{1,3}[月日]|度|来|底|份|级|代|间|岁)"
)
_SENTENCE_OF_DATES = re.compile(r"自.{0,20}\d{4}\s?年.{0,12}(?:施行|起施行|试行)")
# From when: the words in front of the limit, longest lead first.
_ANCHORS = (
    re.compile(r"((?:收到|接到)[^，。；：]{2,24}?)(?:后|之日起?|，)"),
    re.compile(r"[自从]([^，。；、]{1,40})之日(?:起|算起)"),
    re.compile(r"([^，。；：]{2,40})之日起"),
    re.compile(r"(?:^|，|。|；|在)([^，。；：]{2,30}?)(?:以后|之后|后)(?:的|，|应当|应|一般|在|的?$)"),
    re.compile(r"经([^，。；：]{2,24})的[^，。；：]{0,12}，(?:应当|应)"),
    re.compile(r"对([^，。；：]{2,40}(?:上报|提交|报送|申报|呈报)[^，。；：]{0,30})，(?:应当|应)"),
    re.compile(r"对(任期届满|[^，。；：]{2,20}(?:期满|届满))的"),
    re.compile(r"([^，。；：的]{1,10}(?:日|会|时))的$"),
    re.compile(r"(?:^|，|。|；)([^，。；：]{2,20}(?:期满|届满))"),
)
_COUNTED = re.compile(
    r"(预备期|任期|期限|时间|公示期|公示)[^，。；]{0,4}[自从]([^，。；]{2,40})之日(?:起|算起)"
)
_LEADS = re.compile(r"^(?:党委|党组织|各级党委|机关、单位|有关部门|[应须]当|一般|并|在)?(?:收到|接到)")
_OPTIONAL = re.compile(
    r"可以|如遇|特殊情况|特殊情形|情况复杂|案情复杂|延长|推迟|提前.{0,6}换届|逾期|确需|有下列情形"
)
_UNITS = {"工作日": "workday", "学时": "hour", "小时": "hour", "月": "month", "年": "year", "天": "day", "日": "day", "周": "day"}  # fmt: skip


def limits_in(text: str, spans: Sequence[Span]) -> tuple[Limit, ...]:
    """The limits of the sentences `spans` of the document `text`, in reading order."""
    found = [limit for at in range(len(spans)) for limit in _in_sentence(text, spans, at)]
    return tuple(sorted(found, key=lambda limit: limit.fact.start))


def _in_sentence(text: str, spans: Sequence[Span], at: int) -> Iterator[Limit]:
    start, end = spans[at]
    said = text[start : min(end, start + LONGEST)]
    if _SENTENCE_OF_DATES.search(said):
        return
    whole = [*_EVERY.finditer(said), *_FIXED.finditer(said)]
    for found in whole:
        amount, unit = _period(found[0]) if found[0].startswith("每") else (0.0, "day")
        yield Limit(_fact(found.span(), said, start, end), "every" if amount else "fixed", amount, unit)
    for bare in itertools.islice(_BARE.finditer(said), 1):
        yield Limit(_fact(bare.span(), said, start, end), "condition", 0, "day")
    for match in _LIMIT.finditer(said):
        kind = _kind(match, said)
        taken = any(found.start() < match.end() and match.start() < found.end() for found in whole)
        if kind is None or taken or _is_no_limit(match, said):
            continue
        amount, unit = _length(match)
        clause = said[_clause_start(said, match.start()) : match.end()]
        lead = said[: match.start("number") if kind != "term" else match.start()]
        optional = _OPTIONAL.search(clause) or _OPTIONAL.search(_before(said, match.start()))
        anchor = _anchor(lead.rstrip(" 在应当内一般须"), lead) or _counted_later(text, spans, at, lead)
        yield Limit(_fact(match.span(), said, start, end), kind, amount, unit, anchor, optional is not None)


def _is_no_limit(match: re.Match[str], said: str) -> bool:
    before = said[max(0, match.start() - 6) : match.start()]
    if not match["before"] and _NO_LIMIT_BEFORE.search(before):
        return True
    return _NO_LIMIT_AFTER.match(said, match.end("unit")) is not None or not _length(match)[0]


def _length(match: re.Match[str]) -> tuple[float, str]:
    amount = 0.5 if match["number"] == "半" else float(parse_number(match["number"]) or 0)
    unit = next(name for word, name in _UNITS.items() if word in match["unit"])
    return (7 * amount if "周" in match["unit"] else amount), unit


def _kind(match: re.Match[str], said: str) -> str | None:
    before, after = match["before"] or "", match["after"] or ""
    named = re.search(r"(?:期|期限|时间)(?:一般)?为\s?$", said[: match.start("number")])
    most = "超过" in before and before != "超过"
    for kind, found in (
        ("condition", before == "未来"),
        ("within", most or after in {"以内", "之内", "内"} or before in {"至多", "最多", "最长", "不得长于"}),
        ("before", before == "提前" or after in {"前", "以前", "之前"}),
        ("least", before in {"不少于", "不得少于", "不能少于", "至少", "经过"}),
        ("term", "任期" in before or before.endswith("为") or named is not None),
        ("condition", before in {"连续", "满", "超过"} or after in {"以上", "后"}),
        ("every", before == "每"),
    ):
        if found:
            return kind
    return None


def _fact(span: Span, said: str, start: int, end: int) -> Fact:
    a, b = span
    while said[a].isspace():
        a += 1
    while said[b - 1].isspace():
        b -= 1
    return Fact(said[a:b], start + a, start + b, (start, end))


def _period(words: str) -> tuple[float, str]:
    body = words.removeprefix("每").strip()
    if body.startswith("半年"):
        return 6, "month"
    if body.startswith(("季", "学期")):
        return (3 if body.startswith("季") else 6), "month"
    number = re.match(rf"[{NUMERAL}\d]+", body)
    amount = float(parse_number(number[0]) or 1) if number else 1.0
    return (amount, "year") if "年" in body else (amount, "month") if "月" in body else (7 * amount, "day")


def _clause_start(said: str, at: int) -> int:
    return max(said.rfind(mark, 0, at) for mark in "，。；：") + 1


def _before(said: str, at: int) -> str:
    """The clause in front of the one a limit stands in: 如遇特殊情况，…不得超过六个月."""
    here = _clause_start(said, at)
    return said[_clause_start(said, here - 1) : here] if here else ""


def _anchor(lead: str, whole: str) -> str | None:
    """The event that stands in front of the limit, without 收到; None where the sentence names none."""
    near = whole[-60:].rstrip()
    best: tuple[int, str] | None = None
    for pattern in _ANCHORS:
        for found in pattern.finditer(near if pattern is not _ANCHORS[7] else lead[-20:]):
            if best is None or found.end() > best[0]:
                best = found.end(), found[1].strip()
        if best:
            words = best[1].rpartition("在")[2]
            return words if len(words) >= 2 else best[1]
    return None


def _counted_later(text: str, spans: Sequence[Span], at: int, lead: str) -> str | None:
    """预备期为一年。预备期从……之日算起。: the sentence behind says from when."""
    for start, end in spans[at : at + 2]:
        counted = _COUNTED.search(text, start, end)
        if counted and counted[1] in lead + text[spans[at][0] : spans[at][1]]:
            return counted[2].strip()
    return None
