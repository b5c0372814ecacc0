"""Ages and years in the Party against the year of the text, means against their total, parts that cannot overlap."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.proofreading.model import SUMS, Finding, Sheet
from bot.proofreading.rules.figures import NUMBER, VALUE, differs, like, number
from bot.proofreading.sheet import found

_AGE = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)年(?:\d{1,2}月)?(?:\d{1,2}日)?(?P<what>出?生|入党)[^。；\d\n]{0,14}?(?:现年|今年|年龄|党龄)(?:已有|已|达|为)?(?P<x>\d{1,3})(?P<u>岁|年)"
)
_MEAN = re.compile(
    rf"(?<![\d.])(?P<b>{NUMBER})[名人](?P<who>[^。；，、\d\n]{{0,8}})，?[^。；，、\d\n]{{0,8}}?(?:共|捐|累计|合计)[^。；，、\d\n]{{0,8}}?(?<![\d.])(?P<a>{NUMBER})(?P<u>元|次|小时|学时|篇|件)，"
    rf"(?:人均|平均每[名人])[^。；，、\d\n]{{0,6}}(?P<x>{NUMBER})(?P<u2>元|次|小时|学时|篇|件)"
)
# 农村支部5个、社区支部4个: labels that end alike name kinds of one thing; people and ages overlap and are not added up.
_PARTS = re.compile(
    rf"(?<![\d.])(?P<n>{NUMBER})(?P<u>[个家所处支])[^。；\d\n]{{0,6}}[，：（(]其中[：，]?"
    rf"(?P<parts>[\u4e00-\u9fff]{{2,8}}(?:{NUMBER})(?P=u)(?:[、，][\u4e00-\u9fff]{{2,8}}(?:{NUMBER})(?P=u)){{1,7}})(?=[。；）)\n]|$)"
)


def find(sheet: Sheet) -> Iterator[Finding]:
    year = sheet.written.year if sheet.written else None
    for match in _AGE.finditer(sheet.text):
        if year is None or (match["what"] == "入党") != (match["u"] == "年"):
            continue
        years = year - int(match["y"])
        if int(match["x"]) not in {years - 1, years, years + 1}:
            told = f"到{year}年约{years}{match['u']}，文中写{match['x']}{match['u']}。"
            yield found(sheet, *match.span("x"), "dates", SUMS, None, told, "doubt")
    for match in _MEAN.finditer(sheet.text):
        whole, count = number(match["a"]), number(match["b"])
        if match["u"] == match["u2"] and count and differs(whole / count, match["x"]):
            right = like(whole / count, match["x"])
            told = f"平均数不符：{whole}÷{count}＝{right}，文中写{match['x']}。"
            yield found(sheet, *match.span("x"), "sums", SUMS, right, told)
    for match in _PARTS.finditer(sheet.text):
        parts = list(VALUE.finditer(match["parts"]))
        total = sum((number(one["n"]) for one in parts), Decimal(0))
        endings = set(re.findall(rf"([\u4e00-\u9fff]{{2}})(?:{NUMBER})", match["parts"]))
        if len(parts) > 1 and len(endings) == 1 and total > number(match["n"]):
            told = f"各项之和{total}多于总数{match['n']}，请核对是哪一个有误。"
            yield found(sheet, match.start("n"), match.end("parts"), "sums", SUMS, None, told)
