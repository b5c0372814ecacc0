"""One spreadsheet cell as its reader sees it: the stored value shown through its number format.

Figures carry no thousands separators, so that a figure is found as it is typed; a number never stands in
scientific notation; a date shows as 2025-06-01, 2025年6月1日 or 2025年6月, as its format asks.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

from ingest.parse.decode import without_controls

Value = str | bool | int | float | date | time | timedelta | None

# Formats that Chinese Excel knows by number alone; no file spells them out and no library has them.
_YEAR_MONTH, _YEAR_MONTH_DAY, _MONTH_DAY = 'yyyy"年"m"月"', 'yyyy"年"m"月"d"日"', 'm"月"d"日"'
_HOUR_MINUTE, _HOUR_MINUTE_SECOND = 'h"时"mm"分"', 'h"时"mm"分"ss"秒"'
CHINESE_FORMATS = {
    27: _YEAR_MONTH, 28: _MONTH_DAY, 29: _MONTH_DAY, 30: "m-d-yy", 31: _YEAR_MONTH_DAY, 32: _HOUR_MINUTE,
    33: _HOUR_MINUTE_SECOND, 34: _HOUR_MINUTE, 35: _HOUR_MINUTE_SECOND, 36: _YEAR_MONTH, 50: _YEAR_MONTH,
    51: _MONTH_DAY, 52: _YEAR_MONTH, 53: _MONTH_DAY, 54: _MONTH_DAY, 55: _HOUR_MINUTE, 56: _HOUR_MINUTE_SECOND,
    57: _YEAR_MONTH, 58: _MONTH_DAY,
}  # fmt: skip

_TOKEN = re.compile(r'"([^"]*)"|\\(.)|[_*].|\[\$([^\]-]*)[^\]]*\]|\[(?![hms]+\])[^\]]*\]|(.)', re.DOTALL)
_DIGITS = re.compile(r"([#?0,]*)(?:\.([#?0]*))?(%?)")
_CONTEXT = Context(prec=60, rounding=ROUND_HALF_UP)  # the default 28 digits fail on 1e30 with decimals
_LAST_SERIAL = 2958466  # the day after 9999-12-31
_LONGEST = 400  # characters of a format code that are looked at


def cell_text(value: Value, code: str = "General", *, from_1904: bool = False) -> str:
    """The value as one line of text, "" for None. `code` is the cell's number format.

    A number under a date format is a day count from 1900, or from 1904 if `from_1904`.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return " ".join(without_controls(value.replace("_x000D_", "\n")).split())
    if isinstance(value, bool):
        return str(value).upper()
    code = code[:_LONGEST]
    if isinstance(value, int | float):
        moment = _moment(value, from_1904=from_1904) if _is_date(code) else None
        if moment is None:
            return _number_text(value, code)
        value = moment
    if isinstance(value, timedelta):
        return _duration_text(value)
    return _date_text(value, code)


def _bare(code: str) -> str:
    """The format's letters, literals and colours out, lower case, positive section only."""
    bare = "".join(found[4] or "" for found in _TOKEN.finditer(code)).split(";")[0].lower()
    return re.sub(r"a/p|am/pm|上午/下午", "", bare)


def _is_date(code: str) -> bool:
    return code != "General" and bool(re.search("[ymdhs]", _bare(code))) and "general" not in code.lower()


def _moment(serial: float, *, from_1904: bool) -> datetime | time | None:
    if not 0 <= serial < _LAST_SERIAL:
        return None
    # 1900-02-29, which never was, counts in Excel.
    first = (1904, 1, 1) if from_1904 else (1899, 12, 30 if serial >= 60 else 31)
    try:
        start = datetime(*first)  # noqa: DTZ001 - a sheet's dates have no time zone
        moment = start + timedelta(seconds=round(serial * 86400))
    except OverflowError:
        return None
    return moment.time() if serial < 1 else moment


def _duration_text(value: timedelta) -> str:
    minutes = round(value.total_seconds() / 60)
    return f"{'-' if minutes < 0 else ''}{abs(minutes) // 60}:{abs(minutes) % 60:02}"


def _time_text(value: time | datetime) -> str:
    return f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"


def _date_text(value: date | time, code: str) -> str:
    if isinstance(value, time):
        return _time_text(value)
    bare = _bare(code)
    clock = bool(re.search("[hs]", bare))
    has_date = bool(re.search("[yd]", bare)) or not clock
    if isinstance(value, datetime) and not has_date:
        return _time_text(value)
    if "d" not in bare and "m" in bare and not clock:
        return f"{value.year}年{value.month}月"
    if bare.strip("/-. ") in ("yyyy", "yy"):
        return f"{value.year}年"
    written = f"{value.year}年{value.month}月{value.day}日" if "月" in code else f"{value:%Y-%m-%d}"
    if clock and isinstance(value, datetime) and (value.hour or value.minute or value.second):
        written += f" {_time_text(value)}"
    return written


def _number_text(value: float, code: str) -> str:
    # Fifteen digits are what Excel itself keeps and shows; the rest of a float is noise.
    number = Decimal(value) if isinstance(value, int) else Decimal(format(value, ".15g"))
    if not number.is_finite() or number.adjusted() > 40:
        return "" if not number.is_finite() else str(number)
    prefix, digits, suffix = _shape(code)
    shape = _DIGITS.fullmatch(digits)
    if not shape or not re.search("[#?0]", digits) or digits.rstrip("%").endswith(","):
        return _plain(number)
    whole, decimals, percent = shape[1], shape[2] or "", shape[3]
    if percent:
        number = _CONTEXT.multiply(number, Decimal(100))
    number = number.quantize(Decimal(1).scaleb(-len(decimals)), context=_CONTEXT)
    text = format(abs(number), "f")
    optional = len(decimals) - len(decimals.rstrip("#?"))
    for _ in range(optional):
        text = text.removesuffix("0") if "." in text else text
    front, point, back = text.rstrip(".").partition(".")
    sign = "-" if number < 0 else ""
    return f"{prefix}{sign}{front.zfill(whole.count('0'))}{point}{back}{percent}{suffix}"


def _shape(code: str) -> tuple[str, str, str]:
    """`(literals before, digit signs, literals after)` of the format's positive section."""
    before, digits, after = "", "", ""
    for quoted, escaped, currency, plain in _TOKEN.findall(code):
        if plain == ";":
            break
        if plain and plain in "#?0,.%/Ee@+":
            digits += plain if not after else f"!{plain}"  # digits after a literal: not a shape we show
            continue
        literal = quoted or escaped or currency or (plain if plain not in "()- " else "")
        if digits:
            after += literal
        else:
            before += literal
    return ("", "", "") if code.lower().startswith(("general", "g/")) else (before, digits, after)


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
