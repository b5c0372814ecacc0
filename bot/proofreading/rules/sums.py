"""Figures that disagree inside a sentence: totals of listed parts, shares, rises and falls, parts beyond the whole.

Only what the sentence says outright is counted again; masked figures (X, ×, **) are never counted with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.proofreading.model import SUMS, Finding, Sheet
from bot.proofreading.rules.figures import NUMBER, UNIT, VALUE, differs, like, number
from bot.proofreading.sheet import found

_PART = (
    rf"(?:[^，。；、：:（）()\d\n%％]{{0,16}}(?<![\d.])(?:{NUMBER}){UNIT}[^，。；、：:（）()\d\n%％]{{0,8}})"
)
_LISTED = re.compile(
    rf"(?P<parts>{_PART}(?:[、，和及]{_PART}){{1,9}})[，,]?(?:以上|三项|两项|四项)?(?P<word>共计|合计|总计|累计|共)[^，。；、\d\n]{{0,6}}(?P<x>{NUMBER})(?P<unit>{UNIT})"
)
_SPLIT = re.compile(
    rf"(?P<lead>共有?|共计|合计|总计|一共)[^，。；、：（\d\n]{{0,12}}(?P<x>{NUMBER})(?P<unit>{UNIT})[^，。；、：（\d\n]{{0,8}}(?:[：（(]|，?分别(?:为|是)|，?包括[：]?)(?P<parts>{_PART}(?:[、，和及]{_PART}){{1,9}})(?=[）)。；\n]|$)"
)
_PAIRED = re.compile(
    rf"(?P<x>{NUMBER})(?P<unit>[名人])[^。；\d\n]{{0,12}}[，：（(]其中[^。；\d\n]{{0,3}}(?:(?P<k>男)性?[^，。；、\d\n]{{0,6}}|(?P<k2>正式)党员)(?P<a>{NUMBER})[名人][^，。；、\d\n%]{{0,4}}[、，](?:女性?[^，。；、\d\n]{{0,6}}|预备党员)(?P<b>{NUMBER})[名人]"
)
_WHOLE = re.compile(
    rf"(?<![\d.])(?P<n>{NUMBER})(?P<u>{UNIT})[^，。；\d\n]{{0,14}}[，：（(]?其中[：，]?(?P<rest>[^。；\n]{{2,160}})"
)
_SHARE_OF = re.compile(
    rf"(?<![\d.])(?P<a>{NUMBER})(?P<u>{UNIT})[^。；\d\n]{{0,20}}占[^。；，\d\n]{{0,16}}(?<![\d.])(?P<b>{NUMBER})(?P<u2>{UNIT})的(?P<x>\d{{1,3}}(?:\.\d{{1,3}})?)[%％]"
)
_SHARE = re.compile(
    rf"(?<![\d.])(?P<a>{NUMBER})(?P<u>{UNIT})[^。；\d\n%％]{{0,8}}[，（(]?(?:占比?(?:[^。；，\d\n%％]{{0,10}}的)?|占[^。；，\d\n]{{0,8}}(?:的比例|比例)?(?:为|达)?|比例(?:为|达))(?P<x>\d{{1,3}}(?:\.\d{{1,3}})?)[%％]"
)
_UP = "增加|增长|提高|上升|提升|扩大|增至|升至|上涨"
_DOWN = "减少|下降|降低|压减|缩减|降至|减至|精简|下滑"
_FROM_TO = re.compile(
    rf"(?:由|从)[^。；\d\n]{{0,14}}(?P<a>{NUMBER})(?P<u>{UNIT}|[%％])[^。；\d\n]{{0,6}}?(?P<way>{_UP}|{_DOWN})(?:到了?|至|为)?[^。；\d\n]{{0,8}}(?P<b>{NUMBER})(?P<u2>{UNIT}|[%％])"
    rf"(?P<more>[^。；\d\n]{{0,10}}?(?P<word>增幅|降幅|增长|增加|上升|提高|提升|下降|减少|降低)[^，。；\d\n]{{0,5}}(?P<x>{NUMBER})(?P<ux>个百分点|[%％]|倍|{UNIT}))?"
)
_YEARLY = re.compile(
    rf"(?P<a>{NUMBER})(?P<u>{UNIT})[^。；\d\n]{{0,6}}[，（(](?:[^。；\d\n，]{{0,4}})?(?:比|较|而)?(?:上年|去年|上年同期|去年同期|前年|(?:19|20)\d\d年)(?:同期)?(?:的|为|是)?(?P<b>{NUMBER})(?P<u2>{UNIT})[^。；\d\n]{{0,8}}(?P<word>增长|增加|上升|提高|下降|减少|降低)[^，。；\d\n]{{0,5}}(?P<x>{NUMBER})(?P<ux>[%％]|{UNIT})"
)
_ATTENDED = re.compile(
    rf"应(?:到|出席|参加|参会|交|发)[^。；\d\n]{{0,10}}(?P<b>{NUMBER})(?P<u>[名人份])[^。；\d\n]{{0,6}}实(?:到|际到会|际参加|际出席|参加|出席|交|收|发)[^。；\d\n]{{0,10}}(?P<a>{NUMBER})(?P<u2>[名人份])(?:[^。；\d\n]{{0,8}}率[^。；\d\n]{{0,4}}(?P<x>\d{{1,3}}(?:\.\d{{1,3}})?)[%％])?"
)
_VOTES = re.compile(
    rf"(?P<w>发出|发放)[^。；\d\n]{{0,8}}(?P<sent>{NUMBER})[张份][^。；\d\n]{{0,6}}收回[^。；\d\n]{{0,8}}(?P<back>{NUMBER})[张份]"
)
_OVERLAP = re.compile("其中|以上|以下|含|包括|同比|比上|较上|去年|增|占|另|人均|平均|每")


def find(sheet: Sheet) -> Iterator[Finding]:
    yield from _totals(sheet)
    yield from _parts(sheet)
    yield from _shares(sheet)
    yield from _changes(sheet)
    yield from _counted(sheet)


def _totals(sheet: Sheet) -> Iterator[Finding]:
    for pattern in (_LISTED, _SPLIT):
        for match in pattern.finditer(sheet.text):
            parts = _listed(match)
            if parts is None:
                continue
            values = [number(one["n"]) for one in parts]
            yield from _unless(sheet, match, sum(values, Decimal(0)), "＋".join(map(str, values)))
    for match in _PAIRED.finditer(sheet.text):
        first, second = number(match["a"]), number(match["b"])
        if first + second != number(match["x"]):
            yield from _unless(sheet, match, first + second, f"{first}＋{second}")


def _listed(match: re.Match[str]) -> list[re.Match[str]] | None:
    """The values of the list, all in the unit of its total; what stands before 分别 is no part of it."""
    begin = match["parts"].rfind("分别")
    parts = list(VALUE.finditer(match["parts"], max(begin, 0)))
    if _OVERLAP.search(match["parts"]) or len(parts) < 2 or any(one["u"] != match["unit"] for one in parts):
        return None
    return parts


def _unless(sheet: Sheet, match: re.Match[str], right: Decimal, how: str) -> Iterator[Finding]:
    if right != number(match["x"]):
        told = f"合计不符：{how}＝{right}，文中写{match['x']}。"
        yield found(sheet, *match.span("x"), "sums", SUMS, like(right, match["x"]), told)


def _parts(sheet: Sheet) -> Iterator[Finding]:
    """其中: no part is more than the whole."""
    for match in _WHOLE.finditer(sheet.text):
        whole = number(match["n"])
        for part in VALUE.finditer(match["rest"]):
            if part["u"] == match["u"] and number(part["n"]) > whole and "次" not in part["u"]:
                start = match.start("rest") + part.start("n")
                told = f"部分大于整体：“其中”之后的{part['n']}{part['u']}多于{match['n']}{match['u']}。"
                yield found(sheet, start, start + len(part["n"]), "sums", SUMS, None, told)

        money = [one for one in VALUE.finditer(match["rest"].split("。")[0]) if one["u"] == match["u"]]
        if match["u"].endswith("元") and len(money) > 1 and not _OVERLAP.search(match["rest"]):
            total = sum((number(one["n"]) for one in money), Decimal(0))
            if total > whole >= max(number(one["n"]) for one in money):
                told = f"各项之和{total}{match['u']}多于总数{whole}{match['u']}。"
                end = match.start("rest") + money[-1].end()
                yield found(
                    sheet, match.start("n"), min(end, match.start("n") + 44), "sums", SUMS, None, told
                )


def _shares(sheet: Sheet) -> Iterator[Finding]:
    for match in _SHARE_OF.finditer(sheet.text):
        if match["u"] == match["u2"]:
            yield from _share(sheet, match, number(match["a"]), number(match["b"]))
    for match in _SHARE.finditer(sheet.text):
        whole = _whole_before(sheet.text, match)
        if whole is not None:
            yield from _share(sheet, match, number(match["a"]), whole)


def _share(sheet: Sheet, match: re.Match[str], part: Decimal, whole: Decimal) -> Iterator[Finding]:
    if not whole:
        return
    right = part / whole * 100
    if differs(right, match["x"]):
        told = f"占比不符：{part}÷{whole}＝{like(right, match['x'])}%，文中写{match['x']}%。"
        yield found(sheet, *match.span("x"), "sums", SUMS, like(right, match["x"]), told)


def _whole_before(text: str, match: re.Match[str]) -> Decimal | None:
    """The total that the same sentence gives before 其中, in the same unit."""
    begin = max(text.rfind(mark, 0, match.start()) for mark in "。；\n") + 1
    lead = text[begin : match.start()]
    inside = lead.rfind("其中")
    if inside < 0:
        return None
    totals = [one for one in VALUE.finditer(lead[:inside]) if one["u"] in {match["u"], "名", "人"}]
    same = match["u"] in {"名", "人"} or (totals and totals[-1]["u"] == match["u"])
    return number(totals[-1]["n"]) if totals and same else None


def _changes(sheet: Sheet) -> Iterator[Finding]:
    for match in _FROM_TO.finditer(sheet.text):
        old, new = number(match["a"]), number(match["b"])
        if match["u"] != match["u2"]:
            continue
        rises = re.fullmatch(_UP, match["way"]) is not None
        if (new < old) if rises else (new > old):
            told = f"升降不符：由{old}到{new}，不是“{match['way']}”。"
            yield found(sheet, match.start("way"), match.end("u2"), "sums", SUMS, None, told)
        elif match["x"]:
            yield from _change(sheet, match, old, new)
    for match in _YEARLY.finditer(sheet.text):
        if match["u"] == match["u2"]:
            yield from _change(sheet, match, number(match["b"]), number(match["a"]))


def _change(sheet: Sheet, match: re.Match[str], old: Decimal, new: Decimal) -> Iterator[Finding]:
    falls = match["word"] in {"下降", "减少", "降低", "降幅"}
    if (new > old) if falls else (new < old):
        told = f"升降不符：{old}到{new}，不是“{match['word']}”。"
        yield found(sheet, *match.span("word"), "sums", SUMS, None, told)
        return
    if match["ux"] in "%％" and old and match["u"] not in "%％":
        right = abs(new - old) / old * 100
        how = f"（{new}－{old}）÷{old}＝{like(right, match['x'])}%"
    elif match["ux"] == "倍" and old:
        right = (new - old) / old
        how = f"（{new}－{old}）÷{old}＝{like(right, match['x'])}倍"
    elif match["ux"] == match["u"] or (match["u"] in "%％" and match["ux"] == "个百分点"):
        right = abs(new - old)
        how = f"{max(new, old)}－{min(new, old)}＝{right}"
    else:
        return
    if differs(right, match["x"]):
        told = f"增减不符：{how}，文中写{match['x']}。"
        yield found(sheet, *match.span("x"), "sums", SUMS, like(right, match["x"]), told)


def _counted(sheet: Sheet) -> Iterator[Finding]:
    """应到 and 实到, votes sent and returned."""
    for match in _ATTENDED.finditer(sheet.text):
        part, whole = number(match["a"]), number(match["b"])
        if part > whole:
            told = f"实际的{part}多于应有的{whole}。"
            yield found(sheet, *match.span("a"), "sums", SUMS, None, told)
        elif match["x"]:
            yield from _share(sheet, match, part, whole)
    for match in _VOTES.finditer(sheet.text):
        if number(match["back"]) > number(match["sent"]):
            told = f"收回的{match['back']}张多于发出的{match['sent']}张，选举无效。"
            yield found(sheet, *match.span("back"), "sums", "《中国共产党基层组织选举工作条例》", None, told)
