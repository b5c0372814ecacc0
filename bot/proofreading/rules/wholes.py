"""Totals against their parts, over any marks and over two sentences: 共有党员1,286名。其中，男党员742名，女党员554名.

The parts must make up the whole where their kinds leave no third (男、女; 优秀、称职、基本称职、不称职; 第一期、第二期), where
they stand after 分别, or where a total is drawn behind them (共计, 合计). Other parts may not be more than the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from bot.proofreading.model import SUMS, Finding, Sheet
from bot.proofreading.rules.kinds import Fit, fit
from bot.proofreading.rules.quantities import Quantity, plain, sentences, written
from bot.proofreading.sheet import found

_OPENS = re.compile(
    r"其中|(?<=[，：])分别[为是有]?[^，。；：]{0,8}$|包括|包含|^[^，。；（(]{0,12}：|^[^，。；（(]{0,12}[（(](?![^）)]{0,30}[）)])"
)
_MEANS = re.compile("中位数|平均|均价|人均|户均|指数|率|价格|[以每]$")
_CLOSES = re.compile(r"(?:共计|合计|总计|累计|一共|总共|共)(?:为|有|达|是)?[^，。；、\d]{0,6}$")
_APART = re.compile(
    r"增长|增加|减少|下降|同比|上年|去年|以上|以下|含|人均|户均|平均|每|另|比|较|占|计划|目标|先后|其中|应|还|预计|可|约|超|不含|除"
)
_MANY = 24  # quantities looked at on either side
_GAP = 34  # characters between two parts
_NEAR = Decimal("0.85")  # of the whole; parts that come so near to it were meant to make it up
_WIDE = 44  # characters marked at most


def find(sheet: Sheet) -> Iterator[Finding]:
    every = sentences(sheet.text)
    for at, sentence in enumerate(every):
        here = plain(sentence)
        follows = every[at + 1] if at + 1 < len(every) else None
        if (
            follows is not None
            and follows.start == sentence.end
            and re.match(r"\s*其中", sheet.text[follows.start : follows.start + 4])
        ):
            here = [*here, *plain(follows)]
        yield from _opened(sheet, here)
        yield from _closed(sheet, here)
    yield from _percents(sheet)


def _opened(sheet: Sheet, here: Sequence[Quantity]) -> Iterator[Finding]:
    for at, whole in enumerate(here):
        if at + 2 >= len(here) or whole.rough:
            continue
        gap = sheet.text[whole.end : here[at + 1].start]
        opens = _OPENS.search(gap)
        if opens is None and re.fullmatch(r"[^，。；：\n]{0,6}[，；][^，。；\n]{0,10}", gap):
            yield from _divided(sheet, whole, here[at + 1 : at + _MANY])
        if opens is None or len(gap) > _GAP or re.search("增|\n", gap) or _MEANS.search(whole.label):
            continue
        parts = _run(sheet.text, here[at + 1 : at + _MANY], whole.unit)
        if opens[0][-1] in "（(":
            close = sheet.text.find("）", parts[0].start) if parts else -1
            parts = [one for one in parts if one.end <= close]
        if len(parts) < 2 or any(one.rough for one in parts):
            continue
        yield from _compared(sheet, whole, parts, opens[0])


def _divided(sheet: Sheet, whole: Quantity, behind: Sequence[Quantity]) -> Iterator[Finding]:
    """收到意见76条，已办结72条，正在办理6条: no 其中, but kinds that leave no third, together more than there are."""
    parts = _run(sheet.text, behind[:6], whole.unit)
    if len(parts) < 2 or any(one.rough for one in parts):
        return
    total = sum((one.n for one in parts), Decimal(0))
    if not total > whole.n > max(one.n for one in parts) or whole.n in _sums(parts):
        return
    if fit(_labels(sheet.text, parts)) is Fit.WHOLE:
        yield _told(sheet, whole, parts, total, "slip")


def _run(text: str, here: Sequence[Quantity], unit: str) -> list[Quantity]:
    """The quantities of the unit that follow each other with nothing but marks, names and shares between them."""
    parts: list[Quantity] = []
    for one in here:
        gap = text[parts[-1].end : one.start] if parts else ""
        if parts and gap.count("（") > gap.count("）"):
            continue  # said of the part before it
        if (
            one.unit != unit
            or len(gap) > _GAP
            or re.search(r"[。\n！？]|其中|共计|合计|总计|累计|共[有计]?$|比|较上", gap)
        ):
            break
        parts.append(one)
    return parts


def _compared(sheet: Sheet, whole: Quantity, parts: Sequence[Quantity], opened: str) -> Iterator[Finding]:
    labels = _labels(sheet.text, parts)
    total = sum((one.n for one in parts), Decimal(0))
    if total == whole.n:
        return
    kind = fit(labels)
    behind = sheet.text[parts[-1].end : parts[-1].end + 8]
    is_open = re.match(r"[^，。；]{0,6}(?:等|以及|还有)", behind) is not None
    region = sheet.text[whole.end : parts[-1].end]
    if any(total_of == whole.n for total_of in _sums(parts)):
        return
    if kind is Fit.WHOLE or (opened.startswith("分别") and not _APART.search(region)):
        if not is_open or total > whole.n:
            yield _told(sheet, whole, parts, total, "slip")
    elif kind is Fit.APART:
        if total > whole.n:
            yield _told(sheet, whole, parts, total, "slip")
        elif not is_open and total >= whole.n * _NEAR and len(parts) > 2:
            yield _told(sheet, whole, parts, total, "doubt")
    elif (
        whole.unit in {"人", "次", "人次"}
        or (whole.unit != "元" and len(parts) == 2)
        or _APART.search(region.replace("其中", "", 1))
    ):
        return
    # Sums of money and things: their parts rarely overlap; where they come near the whole, they were to make it up.
    elif total > whole.n >= max(one.n for one in parts) or (
        not is_open and len(parts) > 2 and total >= whole.n * _NEAR
    ):
        yield _told(sheet, whole, parts, total, "doubt")


def _sums(parts: Sequence[Quantity]) -> Iterator[Decimal]:
    """Of the first two, the first three…: what follows may be of another matter."""
    total = Decimal(0)
    for at, one in enumerate(parts):
        total += one.n
        if at:
            yield total


def _labels(text: str, parts: Sequence[Quantity]) -> list[str]:
    """What is said between one part and the next, without shares; behind the number where nothing stands before it."""
    done = []
    for at, one in enumerate(parts):
        before = (
            re.sub(r"^[^、，；：（(]*[、，；：（(](?=.)", "", text[parts[at - 1].end : one.start])
            if at
            else one.label
        )
        before = re.split(r"其中|分别|包括|[，、：（]", before)[-1]
        done.append(before if len(before) > 1 and before not in {"有", "为"} else before + one.tail)
    return done


def _told(sheet: Sheet, whole: Quantity, parts: Sequence[Quantity], total: Decimal, kind: str) -> Finding:
    shown = "＋".join(one.said for one in parts)
    told = f"合计不符：{shown}＝{written(total, whole)}，文中总数是{whole.said}，请核对是哪一个有误。"
    start, end = whole.start, parts[-1].end
    if end - start > _WIDE:
        start = parts[0].start if end - parts[0].start <= _WIDE else parts[-1].start
    return found(sheet, start, end, "sums", SUMS, None, told, "doubt" if kind == "doubt" else "slip")


def _closed(sheet: Sheet, here: Sequence[Quantity]) -> Iterator[Finding]:
    """第一期42人，第二期38人，共培训80人; the parts are all that stand before it in the unit, or the last of them."""
    for at, whole in enumerate(here):
        closes = _CLOSES.search(sheet.text[max(0, whole.start - 10) : whole.start])
        if at < 2 or closes is None or whole.rough:
            continue
        parts = list(reversed(_run_back(sheet.text, here[max(0, at - _MANY) : at], whole)))
        if len(parts) < 2 or any(one.rough for one in parts):
            continue
        region = sheet.text[parts[0].start : whole.start]
        labels = _labels(sheet.text, parts)
        kind = fit(labels)
        if _APART.search(re.sub("及?以[上下]", "", region) if kind is not Fit.NONE else region) or any(
            re.search("共|总|计", one) for one in labels
        ):
            continue
        total = sum((one.n for one in parts), Decimal(0))
        if total == whole.n or any(
            sum((one.n for one in parts[begin:]), Decimal(0)) == whole.n for begin in range(len(parts) - 1)
        ):
            continue
        bare = all(
            re.fullmatch("[、，和及]", sheet.text[one.end : other.start]) for one, other in pairwise(parts)
        )
        is_sure = kind is not Fit.NONE or re.search("共计|合计|总计", closes[0]) or bare
        if not is_sure or ("累计" in closes[0] and kind is Fit.NONE):
            continue
        told = (
            f"合计不符：{'＋'.join(one.said for one in parts)}＝{written(total, whole)}，文中写{whole.said}。"
        )
        yield found(sheet, whole.start, whole.stop, "sums", SUMS, written(total, whole), told)


def _run_back(text: str, here: Sequence[Quantity], whole: Quantity) -> list[Quantity]:
    parts: list[Quantity] = []
    behind = whole
    for one in reversed(here):
        gap = text[one.end : behind.start]
        if one.unit != whole.unit or len(gap) > _GAP or re.search(r"[。\n！？]", gap) or ("其中" in gap):
            break
        parts.append(one)
        behind = one
    return parts


def _percents(sheet: Sheet) -> Iterator[Finding]:
    """Shares of one whole: more than 100 together, or less where their kinds leave no third."""
    for sentence in sentences(sheet.text):
        shares = [one for one in sentence.quantities if one.unit == "%"]
        if len(shares) < 2 or any(one.rough for one in shares):
            continue
        labels = _labels(sheet.text, shares)
        kind = fit(labels)
        total = sum((one.n for one in shares), Decimal(0))
        slack = sum((one.step for one in shares), Decimal(0)) / 2 + Decimal("0.05")
        region = sheet.text[shares[0].start : shares[-1].end]
        if (
            kind is Fit.NONE
            or "占" not in f"{shares[0].label}{region}"
            or re.search("增|降|减|升|提高|率|指数|净值", region)
        ):
            continue
        if 100 + slack < total < 150 or (kind is Fit.WHOLE and abs(total - 100) > slack):
            told = f"各项占比之和是{total.normalize():f}%，不是100%。"
            yield found(sheet, shares[-1].start, shares[-1].end, "sums", SUMS, None, told)
