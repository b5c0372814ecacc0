"""Figures in Chinese text, in one form: 一年 = 1年 = 12个月, 半数以上 is not 过半数. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.text import parse_number

# Bounded: a long row of digits counts nothing and must take no time.
_N = r"(?:\d{1,16}(?:\.\d{1,16})?|[零〇一二两三四五六七八九十百千]{1,16})"
_AGAINST = (
    r"(?:最(?:长|多|高|少|低|短)|一般|总数|人数|时间|也)?(?:不(?:得|能|应|可|宜|准)?)?(?:超过|超出|多于|高于|大于|少于|低于|短于|小于)|不(?:足|满|够|到)|满|"
    r"至少|最少|最低|最短|起码|最多|至多|最长|最高|顶多|年满|未满|没满|满|达到|达|约|大约|逾|超"
)
_UNITS = (
    ("workday", 1.0, "个?工作日"),
    ("day", 1.0, "个?自然日|天|日"),
    ("day", 7.0, "个?星期|周(?!岁|年)"),
    ("month", 1.0, "个月"),
    ("month", 3.0, "个?季度"),
    ("month", 12.0, "周?年(?!级|度|轻|龄|满)"),
    ("hour", 1.0, "个?小时"),
    ("period", 1.0, "个?(?:学时|课时)"),
    ("minute", 1.0, "分钟"),
    ("age", 1.0, "周?岁"),
    ("percent", 1.0, "%"),
    ("yuan", 10000.0, "万元"),
    ("yuan", 1.0, "元"),
    ("yuan", 0.1, "角"),
    ("time", 1.0, "次(?!性|要)|回|遍"),
    ("term", 1.0, "届"),
    ("household", 1.0, "户"),
    (
        "count",
        1.0,
        "个(?!月|工|学|小|星|季|人|别|性|体)|人(?!民|员|才|事)|个人|名|位|票|种|类|项(?!目)|份|级|倍|条|代|方面|门|张|平方米|字",
    ),
)
_UNIT = "|".join(f"(?P<u{at}>{pattern})" for at, (_, _, pattern) in enumerate(_UNITS))
_AFTER = r"(?:及|或|\(含\))?(?:以上|以下|以内)|之内|内(?![容部设心地外务蒙政])|左右|上下|(?<=岁)起"
_QUANTITY = re.compile(
    rf"(?P<per>每|逐)?(?P<before>{_AGAINST})?(?<!第)(?P<low>{_N}|半)(?:(?:个月|年|户|人|名|元|日|天|次|%)?(?:至|到|-|—|–|~)(?P<high>{_N}))?(?P<half>个半(?=月))?(?:{_UNIT})(?P<more>半(?!数))?(?P<after>{_AFTER})?"
)
_PER = re.compile(r"(?:每|逐|按)(?:一)?(?:个)?(?P<unit>半年|年度?|季度?|月|周|星期|天|日|两年)")
_PER_MONTHS = {"半年": 6.0, "年": 12.0, "年度": 12.0, "季度": 3.0, "季": 3.0, "月": 1.0, "两年": 24.0}
_FRACTION = re.compile(
    rf"(?P<before>{_AGAINST}|过)?(?:(?P<half>半数|过半(?![年个天月小数]))|(?P<under>{_N})分之(?P<over>{_N}))(?P<after>以上|以下)?"
)
_HUNDREDTHS = re.compile(rf"(?P<before>{_AGAINST})?百分之(?P<value>{_N})(?P<after>以上|以下|以内)?")
_FAR_OVER = re.compile(r"(?P<word>(?:不)?(?:超过|多于|少于))[^,;。]{1,24}$")
_FAR = re.compile(
    r"(?P<word>最多|至多|最长|顶多|至少|最少|最短|起码|不(?:得|能|应)?(?:超过|少于))[^,;。、\d一二两三四五六七八九十]{1,12}$"
)
_DATE = re.compile(
    r"(?P<year>(?:19|20)\d\d|[一二][〇零○九一二三四五六七八]{3})年(?:(?P<month>\d{1,2}|十?[一二三四五六七八九十])月(?:(?P<day>\d{1,2}|[一二三]?十?[一二三四五六七八九十])日)?)?"
)
_MONTH_DAY = re.compile(
    r"(?<![\d个])(?P<month>\d{1,2}|十?[一二三四五六七八九]|十)月(?:份)?(?:(?P<day>\d{1,2}|[一二三]?十?[一二三四五六七八九]|[二三]?十)日|(?P<rest>底|初|中旬|上旬|下旬))"
)
_OR = re.compile(r"或者?|或是")
_LISTED = re.compile(r"、[^,;。]{0,16}")
_RATIO = re.compile(r"(?P<one>\d+)(?:[:比])(?P<many>\d+)")
_ORDINAL = re.compile(rf"第(?P<n>{_N})(?P<unit>季度|届|批|阶段|年|次|个|名|顺位|轮|书记|时间)")
_ARTICLE = re.compile(rf"第(?P<n>{_N})(?P<unit>条|款|项|章|节|编)(?:之(?P<sub>{_N}))?")
_BARE = re.compile(r"\d+(?:\.\d+)?(?:万|亿)?")
_THOUSANDTHS = re.compile(rf"(?P<before>{_AGAINST})?千分之(?P<value>{_N})(?P<after>以上|以下|以内)?")
_FEWER = re.compile(r"少|低|短|小")
_AFTER_SIGNS = ((("以上", "起"), ">="), (("以下", "内"), "<="), (("左右", "上下"), "~"))
_BEFORE_SIGNS = {
    **dict.fromkeys(("至少", "最少", "最低", "最短", "起码", "满", "年满", "达到", "达"), ">="),
    **dict.fromkeys(("最多", "至多", "最长", "最高", "顶多"), "<="),
    **dict.fromkeys(("未满", "没满"), "<"),
    **dict.fromkeys(("逾", "超", "过"), ">"),
    **dict.fromkeys(("约", "大约"), "~"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """What a figure says: `unit` one name for units that compare, `value` in that unit, `bound` how it limits."""

    unit: str
    low: float
    high: float
    bound: str
    start: int
    end: int
    text: str

    @property
    def value(self) -> str:
        return f"{self.low:g}~{self.high:g}{self.bound}"


def figures(text: str) -> list[Figure]:
    """Every figure of a text in normal form (narrow, no spaces), in order; none overlaps another."""
    found: list[Figure] = []
    taken = bytearray(len(text))
    for read in (_articles, _dates, _ratios, _fractions, _periods, _quantities, _bare):
        for figure in read(text):
            if not any(taken[figure.start : figure.end]):
                taken[figure.start : figure.end] = b"\1" * (figure.end - figure.start)
                found.append(figure)
    return _bounds_shared(text, sorted(found, key=lambda one: one.start))


def _bounds_shared(text: str, found: list[Figure]) -> list[Figure]:
    """不少于三天或者二十四个学时, 不得超过党员数的15%、党组织数的30%: the bound is said once, for both."""
    shared: list[Figure] = []
    for figure in found:
        before = shared[-1] if shared else None
        if before and not figure.bound and before.bound in {">=", "<=", ">", "<"}:
            between = text[before.end : figure.start]
            said_before = not before.text.endswith(("上", "下", "内", "起"))
            listed = _OR.fullmatch(between) or (
                before.unit == figure.unit and before.unit == "percent" and _LISTED.fullmatch(between)
            )
            if said_before and listed:
                figure = replace(figure, bound=before.bound)  # noqa: PLW2901
        shared.append(figure)
    return shared


def number(text: str) -> float:
    if text == "半":
        return 0.5
    if text.replace(".", "", 1).isdigit():
        return float(text)
    return float(parse_number(text) or 0)


def bound(before: str | None, after: str | None) -> str:
    """>= > <= < or nothing, from the words around a figure."""
    if after:
        return next(sign for words, sign in _AFTER_SIGNS if any(word in after for word in words))
    if not before or before in _BEFORE_SIGNS:
        return _BEFORE_SIGNS.get(before or "", "")
    denied = "不" in before
    if before.endswith(("足", "满", "够", "到")):
        return "<" if denied else ">="
    if _FEWER.search(before):
        return ">=" if denied else "<"
    return "<=" if denied else ">"


def _articles(text: str) -> list[Figure]:
    found = []
    for match in _ARTICLE.finditer(text):
        value = number(match["n"]) + (number(match["sub"]) / 1000 if match["sub"] else 0)
        found.append(_figure(match, f"第{match['unit']}", value, value, ""))
    found += [
        _figure(match, f"第{match['unit']}", number(match["n"]), number(match["n"]), "")
        for match in _ORDINAL.finditer(text)
    ]
    return found


def _dates(text: str) -> list[Figure]:
    found = []
    for match in _DATE.finditer(text):
        year, month, day = (number(match[part]) if match[part] else 0 for part in ("year", "month", "day"))
        value = year * 10000 + month * 100 + day
        found.append(_figure(match, "date", value, value, ""))
    for match in _MONTH_DAY.finditer(text):
        value = number(match["month"]) * 100 + (number(match["day"]) if match["day"] else 0)
        found.append(_figure(match, "date", value, value, match["rest"] or ""))
    return found


def _ratios(text: str) -> list[Figure]:
    return [
        _figure(match, "ratio", float(match["one"]), float(match["many"]), "")
        for match in _RATIO.finditer(text)
    ]


def _fractions(text: str) -> list[Figure]:
    found = []
    both = ((_HUNDREDTHS, 1.0), (_THOUSANDTHS, 0.1))
    for match, scale in ((match, scale) for pattern, scale in both for match in pattern.finditer(text)):
        value = number(match["value"]) * scale
        limit = bound(match["before"], match["after"]) or _far_bound(text, match.start())
        found.append(_figure(match, "percent", value, value, limit))
    for match in _FRACTION.finditer(text):
        value = 0.5 if match["half"] else number(match["over"]) / (number(match["under"]) or 1)
        before = "过" if match["half"] == "过半" else match["before"]
        far = None if before or match["after"] else _FAR_OVER.search(text[: match.start()])
        found.append(
            _figure(match, "share", value, value, bound(far["word"] if far else before, match["after"]))
        )
    return found


def _periods(text: str) -> list[Figure]:
    found = []
    for match in _PER.finditer(text):
        unit = match["unit"]
        name, value = (
            ("month", _PER_MONTHS[unit])
            if unit in _PER_MONTHS
            else ("day", 7.0 if unit in {"周", "星期"} else 1.0)
        )
        found.append(_figure(match, name, value, value, "per"))
    return found


def _quantities(text: str) -> list[Figure]:
    found = []
    for match in _QUANTITY.finditer(text):
        at = next(at for at in range(len(_UNITS)) if match[f"u{at}"])
        unit, scale, _ = _UNITS[at]
        low = number(match["low"])
        high = number(match["high"]) if match["high"] else low
        extra = 0.5 if match["half"] or match["more"] else 0.0
        limit = "per" if match["per"] else bound(match["before"], match["after"])
        if not limit and not match["before"]:
            limit = _far_bound(text, match.start())
        if (
            (match["before"] or "").endswith("满")
            and limit == ">="
            and text[match.end() : match.end() + 1] == "后"
        ):
            limit = ""  # 满两年后 = 两年后
        if unit == "term" and low == 1:
            continue  # 每一届, 一届
        found.append(_figure(match, unit, (low + extra) * scale, (high + extra) * scale, limit))
    return found


def _far_bound(text: str, start: int) -> str:
    """最多在学校保留两年: the bound stands before other words of the clause."""
    far = _FAR.search(text[max(0, start - 20) : start])
    return bound(far["word"], None) if far else ""


def _bare(text: str) -> list[Figure]:
    found = []
    for match in _BARE.finditer(text):
        value = float(match[0].rstrip("万亿"))
        found.append(_figure(match, "bare", value, value, ""))
    return found


def _figure(match: re.Match[str], unit: str, low: float, high: float, limit: str) -> Figure:
    return Figure(unit, round(low, 4), round(high, 4), limit, match.start(), match.end(), match[0])
