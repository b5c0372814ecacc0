"""Shares and rates counted again, whatever stands between: 占…的x%, 占三分之一, 占四成, 到会率x%; shares beyond the whole.

A share is wrong only where no total that the sentence (or the one before) gives would make it right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from bot.proofreading.model import SUMS, Finding, Sheet
from bot.proofreading.rules.figures import like, whole_number
from bot.proofreading.rules.quantities import Quantity, Sentence, agree, plain, sentences
from bot.proofreading.sheet import found
from ingest.text import parse_number

_SHARE = re.compile(
    r"占(?P<of>[^。；，\n]{0,24}?)(?:比例|比重)?(?:为|达到?|是|约|近|超过?)?$|(?:比例|比重)(?:为|达到?|是)$"
)
_SCOPE = re.compile(
    r"全[国省市县区镇乡村街校院局系公]|总人口|常住人口|人口|当地|同期|应|农村|城镇|同类|[省市县区]"
)
_RATE = re.compile(
    r"(?P<word>完成|办结|到会|参会|出席|到课|参学|参与|参加|参训|出勤|整改|化解|销号|兑现|落实|解决|收缴|回收|交纳|缴纳|走访|通过|转正|换届|收回|投票"
    r"|得票|支持|赞成|回复|办理|采纳|签订|建档|联系|培训|轮训|结对|开工|竣工|支出|覆盖|达标|合格|优秀|优良|满意|知晓|使用|报到|到岗|入库|执行|认领|测评|见面)率"
    r"(?:为|是|达到?|已达|：)?$"
)
_OTHER = re.compile(
    "(?:按期|按时|及时|一次|首次|上年|去年|平均|综合|总体|月|季度)$"
)  # 按期办结率 is another than 办结率
_NAMED = frozenset(
    [
        "达标",
        "合格",
        "优秀",
        "优良",
        "满意",
        "知晓",
        "换届",
        "转正",
        "覆盖",
        "赞成",
        "支持",
        "得票",
        "采纳",
        "执行",
    ]
)
_WORDS = re.compile(
    r"(?P<how>约|近|将近|接近|超过?|不到|不足)?(?P<x>(?P<b>[二三四五六七八九十])分之(?P<a>[一二两三四五六七八九])|(?P<t>[一二三四五六七八九])成(?P<h>五|半)?(?!为|功|效|立|果|绩|员|本|长|都)|(?P<half>一半|半数))(?P<more>以上|以下|左右|多)?"
)
_MANY = 12  # quantities looked back on
_FEW = Decimal("0.06")  # of the share; 占三分之一 is said of 32 of 100 too


def find(sheet: Sheet) -> Iterator[Finding]:
    before: Sentence | None = None
    for sentence in sentences(sheet.text):
        for at, one in enumerate(sentence.quantities):
            if one.unit == "%" and not one.rough:
                yield from _share(sheet, sentence, before, at)
                yield from _rate(sheet, sentence, at)
        yield from _worded(sheet, sentence)
        yield from _beyond(sheet, sentence)
        before = sentence


def _share(sheet: Sheet, sentence: Sentence, before: Sentence | None, at: int) -> Iterator[Finding]:
    said = sentence.quantities[at]
    cue = _SHARE.search(sheet.text[max(sentence.start, said.start - 30) : said.start])
    earlier = [
        one for one in sentence.quantities[max(0, at - _MANY) : at] if one.unit not in {"%", "倍", "个百分点"}
    ]
    if cue is None or not earlier or any(one.rough for one in earlier):
        return
    inside = [one for one in earlier if one.start >= said.start - len(cue[0])]
    parts = [one for one in earlier if one not in inside]
    if not parts or re.search(r"[。\n]", sheet.text[parts[-1].end : said.start]):
        return
    part = parts[-1]
    if len(sheet.text[part.end : said.start]) > 30 or (inside and inside[-1].unit != part.unit):
        return
    of = cue["of"] or ""
    if re.search("升|增|降|减|高于|低于|提高|上涨|比上|较", of):
        return
    scope = _SCOPE.search(of)
    shared = {
        before.start
        for before, one in pairwise(sentence.quantities[max(0, at - _MANY) : at + 1])
        if one.unit == "%"
    }  # parts themselves
    wholes = inside or [
        one for one in parts[:-1] if one.unit == part.unit and one.n > part.n and one.start not in shared
    ]
    if (
        not inside
        and scope is not None
        and not any(scope[0] in sheet.text[sentence.start : one.end + 12] for one in wholes)
    ):
        return
    elsewhere = [one for one in (plain(before) if before else ()) if one.unit == part.unit and one.n > part.n]
    yield from _against(sheet, said, part, wholes, elsewhere)


def _against(
    sheet: Sheet, said: Quantity, part: Quantity, wholes: Sequence[Quantity], elsewhere: Sequence[Quantity]
) -> Iterator[Finding]:
    if not wholes or any(agree(part.n / one.n * 100, said) for one in [*wholes, *elsewhere] if one.n):
        return
    whole = max(wholes, key=lambda one: one.n) if len({one.n for one in wholes}) > 1 else wholes[-1]
    right = like(part.n / whole.n * 100, said.said)
    told = f"占比不符：{part.said}÷{whole.said}＝{right}%，文中写{said.said}%。"
    sure = len({one.n for one in wholes}) == 1
    yield found(
        sheet, said.start, said.stop, "sums", SUMS, right if sure else None, told, "slip" if sure else "doubt"
    )


def _rate(sheet: Sheet, sentence: Sentence, at: int) -> Iterator[Finding]:
    """应到60人，实到54人，到会率85%: of the two figures just before it, none other between."""
    said = sentence.quantities[at]
    cue = _RATE.search(sheet.text[max(sentence.start, said.start - 12) : said.start])
    earlier = [
        one for one in sentence.quantities[max(0, at - _MANY) : at] if one.unit not in {"倍", "个百分点"}
    ]
    if cue is None or len(earlier) < 2 or _OTHER.search(cue.string[: cue.start()]):
        return
    whole, part = earlier[-2:]
    if whole.unit != part.unit or part.unit == "%" or whole.rough or part.rough or not whole.n:
        return
    gap = sheet.text[part.end : said.start]
    if len(gap) > 24 or "；" in sheet.text[whole.start : said.start] or re.search("其中|同比|上年|去年", gap):
        return
    if part.n > whole.n or (cue["word"] in _NAMED and cue["word"] not in sheet.text[whole.end : part.end]):
        return
    pairs = [
        (one, other)
        for one in earlier
        for other in earlier
        if one.unit == other.unit and other.n and one.n < other.n
    ]
    if any(agree(one.n / other.n * 100, said) for one, other in pairs):
        return
    right = like(part.n / whole.n * 100, said.said)
    if said.n == 100 and Decimal("99.5") <= part.n / whole.n * 100:
        return
    told = f"比率不符：{part.said}÷{whole.said}＝{right}%，文中写{said.said}%。"
    yield found(sheet, said.start, said.stop, "sums", SUMS, right, told)


def _worded(sheet: Sheet, sentence: Sentence) -> Iterator[Finding]:
    """占三分之一, 占四成: with 近 below it, with 超过 or 以上 above it, alone as good as it."""
    here = plain(sentence)
    if len(here) < 2:
        return
    for match in _WORDS.finditer(sheet.text, here[1].start, sentence.end):
        lead = sheet.text[max(sentence.start, match.start() - 24) : match.start()]
        share = re.search(r"占(?P<of>[^。；，\n]{0,20})$", lead)
        if share is None or lead.endswith(("不", "未")):  # 占比不超过三分之一 sets a limit and counts nothing
            continue
        earlier = [one for one in here if one.end <= match.start() and not one.rough]
        inside = [one for one in earlier if one.start >= match.start() - len(share[0])]
        parts = [one for one in earlier if one not in inside]
        if not parts:
            continue
        part = parts[-1]
        wholes = [one for one in (inside or parts[:-1]) if one.unit == part.unit and one.n >= part.n]
        scope = _SCOPE.search(share["of"])
        if not wholes or (
            not inside
            and scope
            and not any(scope[0] in sheet.text[sentence.start : one.end + 12] for one in wholes)
        ):
            continue
        if not any(_holds(part.n / one.n, match) for one in wholes if one.n):
            shown = like(part.n / wholes[-1].n * 100, "0.1")
            told = f"占比不符：{part.said}÷{wholes[-1].said}＝{shown}%，文中写“{match[0]}”。"
            yield found(sheet, match.start(), match.end(), "sums", SUMS, None, told)


def _holds(share: Decimal, match: re.Match[str]) -> bool:
    if match["half"]:
        said = Decimal("0.5")
    elif match["t"]:
        said = Decimal(parse_number(match["t"]) or 0) / 10 + (Decimal("0.05") if match["h"] else 0)
    else:
        said = Decimal(whole_number(match["a"] or "") or 0) / Decimal(parse_number(match["b"]) or 1)
    how = f"{match['how'] or ''}{match['more'] or ''}"
    if re.search("近|不到|不足|以下", how):
        return said * Decimal("0.8") <= share <= said
    if re.search("超|以上|多", how):
        return said <= share <= said + Decimal("0.2")
    return abs(share - said) <= max(said * _FEW, Decimal("0.03"))


_NEVER = re.compile(
    r"(?:占(?!比?值)[^，。；\d润亏]{0,12}|(?:下降|减少|降低)了?|降幅(?:为|达)?|压减了?|(?:到会|参会|出席|覆盖|合格|达标|满意|参学|出勤|知晓|办结|整改|完成|回收|参与|走访|入户|参保|参选|投票|销号|缴纳|收缴|优秀)率(?:为|达到?|是)?)$"
)


def _beyond(sheet: Sheet, sentence: Sentence) -> Iterator[Finding]:
    """A share beyond 100%, a fall by more than there was."""
    for one in sentence.quantities:
        if (
            one.unit == "%"
            and one.n > 100
            and _NEVER.search(lead := sheet.text[max(sentence.start, one.start - 16) : one.start])
            and not re.search("润|亏|收益|业绩|拨备|流动性", lead)
        ):
            told = f"{one.said}%超过了100%，请核对。"
            yield found(sheet, one.start, one.end, "sums", SUMS, None, told)
