"""Rises and falls between two figures of a sentence, what there was, came, went and is left, so much for each of so many."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.proofreading.model import SUMS, Finding, Sheet
from bot.proofreading.rules.figures import like
from bot.proofreading.rules.quantities import Quantity, Sentence, agree, plain, sentences, written
from bot.proofreading.sheet import found

_UP = re.compile(r"(?:增长|增加|上升|提高|提升|增幅|净增|多|上涨|扩大)[了到为达约]?[^，。；\d]{0,5}$")
_DOWN = re.compile(r"(?:下降|减少|降低|降幅|净减|少|压减|缩减|下滑|回落)[了到为达约]?[^，。；\d]{0,5}$")
_REACHES = re.compile(r"(?P<way>增|升|扩|发展|上涨|提|涨|降|减|压|缩|下)[^，。；\d]{0,4}[到至为](?!止)")
_RISES = frozenset(["增", "升", "扩", "上涨", "提", "涨"])
_FALLS = frozenset(["降", "减", "压", "缩", "下"])
_FORMER = re.compile(
    r"去年|上年|前年|往年|上季度|上半年|上届|上次|上月|上一|原来|原有|年初|过去|期初|此前|以前|同期|20\d\d年"
)
_LATTER = re.compile(r"今年|本年|本季度|下半年|本届|此次|这次|本次|本月|目前|现在|现有|年底|年末|20\d\d年")
_YEAR = re.compile(r"(20\d\d)年")

_START = re.compile(r"原有|年初|上年[末底]|去年[末底]|年末结转|期初|起初|上期结转|台账登记|上年结转")
_CAME = re.compile(r"转入|新增|新发展|发展|吸收|接收|调入|增加|新建|新成立|新登记|新收|新发现|新接|收入")
_WENT = re.compile(
    r"转出|去世|死亡|病故|出党|除名|开除|迁出|减少|撤销|销号|办结|化解|注销|调出|停止|支出|整改|解决|离职|退休"
)
_END = re.compile(r"现有|现共有|目前|还剩|剩余|尚余|尚有|结余|年[末底]|截至|余|现|还有|未办结|未整改")


_NET = re.compile(r"净(?:转出|转入|增加?|减少?|流入|流出|迁入|迁出)(?:了|为|达)?$")


def find(sheet: Sheet) -> Iterator[Finding]:
    for sentence in sentences(sheet.text):
        if len(sentence.quantities) > 1:
            yield from _changes(sheet, sentence)
            yield from _flows(sheet, sentence)
            yield from _nets(sheet, sentence)
            yield from _eaches(sheet, sentence)


def _changes(sheet: Sheet, sentence: Sentence) -> Iterator[Finding]:
    text = sheet.text
    for at in range(1, len(sentence.quantities)):
        said = sentence.quantities[at]
        lead = text[max(sentence.start, sentence.quantities[at - 1].end) : said.start]
        yield from _turned(sheet, sentence, at)
        if at < 2 or len(lead) > 24 or "其中" in lead:
            continue
        up, down = _UP.search(lead), _DOWN.search(lead)
        pair = _pair(text, sentence, at)
        if pair is None and (up or down):
            yield from _rate_of_change(sheet, sentence, at)
        if pair is None or (up is None) == (down is None) or said.rough:
            continue
        old, new = pair
        if (new.n < old.n) if up else (new.n > old.n):
            word = up or down
            start = said.start - len(lead) + word.start() if word else said.start
            told = f"升降不符：由{old.said}到{new.said}，文中写“{text[start : said.end]}”。"
            yield found(sheet, start, said.end, "sums", SUMS, None, told)
            continue
        yield from _difference(sheet, said, old, new)


def _rate_of_change(sheet: Sheet, sentence: Sentence, at: int) -> Iterator[Finding]:
    """54000元，比上年增加4000元，增长8%: the change over what there was before it."""
    now, change, said = sentence.quantities[at - 2 : at + 1]
    between = sheet.text[now.end : change.start]
    up, down = _UP.search(between), _DOWN.search(between)
    if (
        said.unit != "%"
        or now.unit != change.unit
        or now.unit == "%"
        or len(between) > 20
        or (up is None) == (down is None)
    ):
        return
    if (
        now.rough
        or change.rough
        or not re.search("比|较|同比", between)
        or len(sheet.text[change.end : said.start]) > 8
    ):
        return
    before = now.n - change.n if up else now.n + change.n
    if before <= 0:
        return
    right = change.n / before * 100
    slack = (change.step / before + now.step * change.n / before**2) * 50
    if not agree(right, said, slack):
        offered = like(right, said.said)
        told = f"增减不符：{change.said}÷{written(before, now)}＝{offered}%，文中写{said.said}%。"
        yield found(sheet, said.start, said.stop, "sums", SUMS, offered, told)


def _difference(sheet: Sheet, said: Quantity, old: Quantity, new: Quantity) -> Iterator[Finding]:
    change = abs(new.n - old.n)
    if said.unit == "%" and old.unit != "%" and old.n:
        right, unit = change / old.n * 100, "%"
        fits = agree(right, said)
        offered = like(right, said.said)
    elif said.unit == "倍" and old.n:
        right, unit = change / old.n, "倍"
        fits = agree(right, said)
        offered = like(right, said.said)
    elif (said.unit == old.unit != "%") or (said.unit == "个百分点" and old.unit == "%"):
        right, unit = change, ""
        fits = agree(right, said) if said.unit != "个" else right == said.n
        offered = written(right, said)
    else:
        return
    if not fits:
        told = f"增减不符：由{old.said}到{new.said}，相差{offered}{unit}，文中写{said.said}。"
        yield found(sheet, said.start, said.stop, "sums", SUMS, offered, told)


def _pair(text: str, sentence: Sentence, at: int) -> tuple[Quantity, Quantity] | None:
    """The two figures just before the change that are said of an earlier and a later time; which is which, the words tell."""
    first, second = sentence.quantities[at - 2 : at]
    between = text[first.end : second.start]
    if (
        _UP.search(first.label)
        or _DOWN.search(first.label)
        or _UP.search(second.label)
        or _DOWN.search(second.label)
    ) and not _REACHES.search(between):
        return None  # one of them is a change itself
    if (
        first.unit != second.unit
        or first.rough
        or second.rough
        or len(between) > 30
        or "；" in text[first.start : second.start]
    ):
        return None
    lead = text[max(sentence.start, first.start - 24) : first.start]
    if _REACHES.search(between) and re.search("由|从", lead):
        return first, second
    if re.search(r"(?:比|较|与)[^，。；]{0,10}$", between) and _FORMER.search(between):
        return second, first
    return _by_time(first, second, between)


def _by_time(first: Quantity, second: Quantity, between: str) -> tuple[Quantity, Quantity] | None:
    """2024年…18名，2025年…24名; 去年…18名，今年…24名."""
    if _noun(first) != _noun(second):
        return None
    years = _YEAR.findall(first.label[-16:]), _YEAR.findall(between)
    if years[0] and years[1]:
        return (first, second) if years[0][-1] < years[1][-1] else (second, first)
    if years[0] or years[1]:
        return None
    if _FORMER.search(first.label) and _LATTER.search(between):
        return first, second
    return (second, first) if _LATTER.search(first.label) and _FORMER.search(between) else None


def _noun(one: Quantity) -> str:
    """What is counted, without its time: 发展党员 of 2024年发展党员18名."""
    said = re.sub(
        r"(?:20\d\d年)?(?:去年|上年|今年|本年|同期|目前|全年|上半年|下半年|本届|上届|的|为|是|有|共|达到?)",
        "",
        one.label,
    )
    return re.sub(r"20\d\d年", "", said)[-4:] or one.tail[:4]


def _turned(sheet: Sheet, sentence: Sentence, at: int) -> Iterator[Finding]:
    """由45人增至41人."""
    first, second = sentence.quantities[at - 1 : at + 1]
    between = sheet.text[first.end : second.start]
    way = _REACHES.search(between)
    if way is None or first.unit != second.unit or len(between) > 24 or re.search("[；]", between):
        return
    if not re.search(
        r"(?:由|从)[^，。；]{0,20}$", sheet.text[max(sentence.start, first.start - 24) : first.start]
    ):
        return
    if (way["way"] in _RISES and second.n < first.n) or (way["way"] in _FALLS and second.n > first.n):
        start = first.end + way.start()
        told = f"升降不符：由{first.said}到{second.said}，不是“{way[0]}”。"
        yield found(sheet, start, second.end, "sums", SUMS, None, told)


def _nets(sheet: Sheet, sentence: Sentence) -> Iterator[Finding]:
    """转入88名、转出105名，净转出19名."""
    for at in range(2, len(sentence.quantities)):
        first, second, said = sentence.quantities[at - 2 : at + 1]
        if not _NET.search(said.label) or not first.unit == second.unit == said.unit:
            continue
        came, went = _CAME.search(first.label[-8:]), _WENT.search(second.label[-8:])
        back = _WENT.search(first.label[-8:]), _CAME.search(second.label[-8:])
        right = abs(first.n - second.n)
        alone = (
            at == 2
            or re.search("[。；，]", sheet.text[sentence.quantities[at - 3].end : first.start]) is None
        )
        if ((came and went) or all(back)) and right != said.n and (at == 2 or not alone):
            told = f"前后不符：{first.said}与{second.said}相差{written(right, said)}，文中写{said.said}。"
            yield found(sheet, said.start, said.stop, "sums", SUMS, written(right, said), told)


def _flows(sheet: Sheet, sentence: Sentence) -> Iterator[Finding]:
    """原有36名，转入4名，转出3名，现有37名: every figure between must have come or gone."""
    here = plain(sentence)
    start = next((at for at, one in enumerate(here) if _START.search(one.label)), None)
    if start is None:
        return
    total = here[start].n
    for moved, one in enumerate(here[start + 1 :]):
        if one.unit != here[start].unit or one.rough or here[start].rough:
            return
        role = sheet.text[max(sentence.start, one.start - 14) : one.start]
        role = re.split("[，、；]", role)[-1] + one.tail
        if moved and _END.search(role) and not re.search("新|转", role):
            if one.n != total:
                told = f"前后不符：从{here[start].said}起，加上增加的、减去减少的，应为{written(total, one)}，文中写{one.said}。"
                yield found(sheet, one.start, one.stop, "sums", SUMS, written(total, one), told)
            return
        came, went = _CAME.search(role), _WENT.search(role)
        if (came is None) == (went is None):
            return
        total += one.n if came else -one.n


_EACH = re.compile(
    r"(?:每(?P<u>[户人名个次期场家村届班组批])|每(?P<long>支部|党支部|村|社区|季度|月|年))[^，。；\d]{0,14}$"
)
_MEAN = re.compile(
    r"(?:(?P<u>[人户村校班])均|平均每(?P<u2>[户人名个次期场家村])|每(?P<u3>[户人名个次期场家村])平均)[^，。；\d]{0,10}$"
)
_TOTAL = re.compile(
    r"(?:共|合计|累计|总计|总共|发放|筹集|投入|支出|拨付|收缴|募集|培训|捐款|捐赠|完成)[^，。；\d]{0,12}$"
)
_UNITS = {
    "名": "人",
    "村": "个",
    "组": "个",
    "班": "期",
    "届": "期",
    "支部": "个",
    "党支部": "个",
    "社区": "个",
}


def _eaches(sheet: Sheet, sentence: Sentence) -> Iterator[Finding]:
    here = plain(sentence)
    if len(here) < 3 or any(one.rough for one in here):
        return
    for one in here:
        each, mean = _EACH.search(one.label), _MEAN.search(one.label)
        cue = mean or each
        if cue is None or re.search("不少于|不超过|至少|最", one.label):
            continue
        named = next((group for group in cue.groups() if group), "")
        unit = _UNITS.get(named, named)
        counts = [other for other in here if other.unit == unit and other is not one]
        totals = [
            other
            for other in here
            if other is not one and other not in counts and _same(other.unit, one.unit)
        ]
        if unit == one.unit or len(counts) != 1 or len(totals) != 1:
            continue
        count, total = counts[0], totals[0]
        if (
            mean is None
            and not _TOTAL.search(total.label)
            and not _TOTAL.search(sheet.text[max(0, total.start - 12) : total.start])
        ):
            continue
        yield from _product(sheet, one, count, total, is_mean=mean is not None)


def _same(one: str, other: str) -> bool:
    return one == other or {one, other} <= {"人", "人次"} or {one, other} <= {"次", "场", "场次"}


def _product(
    sheet: Sheet, each: Quantity, count: Quantity, total: Quantity, *, is_mean: bool
) -> Iterator[Finding]:
    if not count.n or each.end > total.end + 40:
        return
    if is_mean:
        right = total.n / count.n
        if abs(right - each.n) >= each.step + total.step / count.n / 2:
            told = f"平均数不符：{total.said}÷{count.said}＝{written(right.quantize(each.step), each)}，文中写{each.said}。"
            yield found(
                sheet, each.start, each.stop, "sums", SUMS, written(right.quantize(each.step), each), told
            )
        return
    right = each.n * count.n
    if abs(right - total.n) >= total.step:
        told = f"前后不符：{each.said}×{count.said}＝{written(right, total)}，文中写{total.said}。"
        yield found(sheet, total.start, total.stop, "sums", SUMS, written(right, total), told)
