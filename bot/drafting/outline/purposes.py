"""What a heading or a fact is for, by its words: 概况, 做法, 成效, 问题, 原因, 打算. Pure functions on strings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.drafting.model import Fact, Purpose

PURPOSES: tuple[Purpose, ...] = ("概况", "做法", "成效", "问题", "原因", "打算")  # in the order of a report
_LONGEST = 400  # characters looked at

# Headings. 问题清单, 问题导向 name a way of working, no problem.
_NO_PROBLEM = re.compile(
    r"问题(?=清单|导向|台账|线索)|困难(?=党员|群众|家庭|职工|户|学生|村民|居民|企业|老人)"
)
_PROBLEM = re.compile(r"问题|不足|短板|差距|困难|薄弱|弱项|缺点|差在哪")
_CAUSE = re.compile(r"原因|成因|根源")
_AHEAD = re.compile(
    r"下一?步|下一?阶段|打算|努力方向|今后|明年|对策|整改(?:措施|方向|举措)|改进(?:措施|方向)|工作(?:思路|设想|安排|计划)"
)
_AHEAD_TOO = re.compile(r"建议|措施|计划|安排|思路|规划|设想")
_STATE = re.compile(r"基本情况|总体情况|总体概况|概况|整体情况|简介")
_EFFECT = re.compile(r"成效|成果|成绩|效果|亮点|变化")
_DOING = re.compile(
    r"做法|开展|履职|履行|推进|进展|落实|主要工作|重点工作|工作情况|经验|举措|采取的?措施|主要措施|完成情况|回顾|特点|准备|召开|情况$"
)

# Facts.
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_WILL = re.compile(
    r"^(?:要|拟|力争|争取|计划|准备|打算|继续|今后|明年|来年|着力|建议|对策)|下一?步|下一?阶段|拟(?:于|在|对|新建|建|制|开)|力争|(?:计划|争取|打算)(?:于|在|到|用|年|每)|明年|"
    r"将(?:于|在|继续|进一步|重点|着力|组织|开展|召开|建立|建成|完成|推进|加大|加强|加快|逐步)"
)
_BY_THEN = re.compile(r"(?:\d{1,2}月|季度|年)(?:底|末|中旬|上旬|下旬)?之?前")
_DONE = re.compile(
    r"已(?:经)?[^，。；]{0,6}(?:整改|完成|解决|办结|建成|化解|到位|销号|补齐)|整改完成|均已|整改到位|全部(?:销号|整改|完成|到位|化解)|正在(?:整改|推进|办理)|"
    r"(?:解决|化解|整改|处置)[^，。；]{0,12}(?:问题|难题)|问题[^，。；]{0,6}(?:全部)?(?:整改|解决)"
)
_UNDONE = re.compile(r"仍有|尚未|(?:没有|未)(?:能)?(?:完成|解决|整改|达到)")
_COUNTED = re.compile(r"[\d*×]|[X\uff38]+[个名次场件项人起期%]")
_BECAUSE = re.compile(
    r"^(?:究其|归根结底|主要是(?:因为|由于|本人|我|思想|认识|有的|对))|原因|根源|症结|归因于|(?:造成|导致|所致)的?[。！]?$|这些问题[^，。；]{0,6}是"
)
_LACK = re.compile(
    r"存在|不足(?![两一]?[\d一二三四五六七八九十]+[年岁个])|不够|不[高强严实多深细全紧顺通便清明畅力稳均快佳精](?!于)|不到位|不经常|不及时|不平衡|不充分|不规范|不完整|"
    r"不[会愿懂善](?!忘)|不熟悉|不健全|不达标|不合理|不健康|偏[少低弱慢老大软重晚高单粗]|薄弱|短板|滞后|有待|缺[乏少口额位]|欠缺|单一|流失|(?:兼职|应付|代替|念稿子|念文件)(?=[，。；]|$)|仍有|难以|空白|流于形式|弱化|断档|笼统|"
    # What a clause ends with: 业务不熟, 力度不一, 到企业次数少, 活动难; not 破难, 一个不少.
    r"不(?:正常|熟练?|爱[^，。；、]{1,4}|系统|统一|快|一|牢固?|硬|旺|活|专业?|主动|积极|扎实|彻底|完善|清晰|科学|匹配|适应|理想|重视|支持|配合)(?=[，。；、]|$)|"
    r"(?<![不减至缺小])少(?=[，。；]|$)|(?<![困疑解破攻克化排民万])难(?:(?=[，。；、]|$)|管理|集中|组织|开展|联系|监督|推进|落实|协调|统筹)|外出多|流动大|"
    r"简单(?=[，。；、]|$)|急躁|浮躁|畏难|松懈|空转|一人多岗|(?:只|仅)有\d|"
    r"脱节|老化|两张皮|重复(?:报送|统计|填报|劳动)|差距|困难|尚未|未能"
)
_NOT = re.compile(r"(?:没有|未)(?!来|成年|婚)")
_SOME = re.compile(r"^(?:有的|有些|个别)(?!.{0,30}(?:推行|探索|试点|率先|获))")
_GOOD_NOT = re.compile(
    r"(?:没有|未)[^，。；]{0,6}(?:违纪|违法|处分|信访|举报|投诉|不同意见|发现|发生|出现|取消|截留|垫交|拖欠|异议|事故|缺席|承揽|插手|收受|违规|干预|失范|失泄密|上访)|不存在|没有不"
)
_STANDS = re.compile(
    r"现有|共有(?!.{0,8}(?:参加|参训))|下辖|下设|辖区?有|^截至|管理(?:直属)?(?:党组织|党员)|平均年龄|占地|成立于|调研组|本次调研|发放问卷|(?:开展|进行)[^，。；\d]{0,8}调研[，。]|"
    r"^(?:全[区县市镇乡街校村院系厂司]|辖区|本[区县市镇校村院系])[^，。；]{0,12}党员[\d*×]|^全[区县市镇乡街校村院系厂司]有|^全[区县市镇乡街校村院系厂司](?![^，。；\d]{0,14}[建新划推开培选实接完收投办评设举查])[^，。；\d]{2,14}\d+[家个名人户]|^(?:我|本人)[^，。；]{0,20}(?:当选|任职|担任)|"
    r"^(?:共|先后|累计)?走访[^。；\d]{0,12}\d+[^。；]{0,40}(?:访谈|问卷|座谈)|(?:回收|收回)[^，。；]{0,6}问卷|^抽样|巡[视察]组对"
)
# 行动不便的老党员, 联系不多的党员: tells which ones, not what is lacking.
_WHICH = re.compile(r"(?:行动|生活|交通|出行)不便的?|(?:收入|年龄|文化)偏[低大][^，。；]{0,4}的")
# “……不到位”问题：修订…… and ……不规范的问题，已由……: the lack is named, and what was done about it is told.
_NAMED_LACK = re.compile(r"^[^，。；：\d]{2,40}问题[：，]")
_HOW_OFTEN = re.compile(r"每(?:人|名|个|半|季度?|月|周|年|天|日)[^，。；]{0,12}?[\d一二两三四五六七八九十]+")
_PEOPLE = re.compile(r"[^，。；、\d]{1,10}\d+(?:名|人)(?:[，。；、]|$)")
_DOES = re.compile(r"新|建|发展|接收|培养|培训|确定|处分|慰问|走访|选派|选树|命名|表彰|评|参加|报到|帮|转|聘")
_BETTER = re.compile(
    r"(?:提[升高]|增[长加]|上升|下降|缩短|减少|压减)(?:到|至|了|\d)|荣获|获评|获得|被评为|被授予|表彰|推广|好评"
)


def purposes_of(heading: str) -> tuple[Purpose, ...]:
    """All purposes that a heading names, in its order: 主要做法及成效 -> 做法, 成效; () where it names none."""
    bare = _NO_PROBLEM.sub("", heading[:_LONGEST])
    problem, ahead = _PROBLEM.search(bare), _AHEAD.search(bare)
    places: dict[Purpose, int] = {}
    if ahead:
        places["打算"] = ahead.start()
    if problem and not (ahead and bare.startswith("针对")):
        places["问题"] = problem.start()
    if cause := _CAUSE.search(bare):
        places["原因"] = cause.start()
        if problem and re.fullmatch(r"(?:问题|不足)(?:产生)?的?", bare[problem.start() : cause.start()]):
            places.pop("问题", None)  # 问题的原因
    if state := _STATE.search(bare):
        places["概况"] = state.start()
    if effect := _EFFECT.search(bare):
        places["成效"] = effect.start()
    if "打算" not in places and (later := _AHEAD_TOO.search(bare)) and not _DOING.match(bare):
        places["打算"] = later.start()
    if (doing := _DOING.search(bare)) and not places.keys() & {"概况", "问题", "原因", "打算"}:
        places["做法"] = doing.start()
    return tuple(sorted(places, key=lambda one: places[one]))


def heading_purpose(heading: str) -> Purpose:
    """What a heading names first; "" where it names nothing known."""
    return next(iter(purposes_of(heading)), "")


def fact_purposes(facts: Sequence[Fact], period: str = "") -> tuple[Purpose, ...]:
    """Of each fact as it was given; else by its section's words; else by its own, a later year than the period's being
    ahead. One that tells nothing of it is told by those before and behind it.
    """
    told: list[Purpose] = [_given(fact) or _told(fact.text, period) for fact in facts]
    for at, one in enumerate(told):
        before: Purpose = told[at - 1] if at else ""
        if one == "做法":
            told[at] = _behind(facts[at], before)
        elif not one:
            behind: Purpose = next((other for other in told[at + 1 :] if other), "")
            told[at] = _between(before, behind)
    return tuple(told)


def _behind(fact: Fact, before: Purpose) -> Purpose:
    """快递员1180人、外卖员1420人 behind how many there are in all is 概况; 每月线上学习一次 behind what is planned is planned too."""
    if before == "概况" and _only_people(fact.text):
        return "概况"
    return "打算" if before == "打算" and not fact.section and _is_habit(fact.text) else "做法"


def _only_people(text: str) -> bool:
    return not _PEOPLE.sub("", text.strip()) and not _DOES.search(text)


def _is_habit(text: str) -> bool:
    return bool(_HOW_OFTEN.search(text)) and not re.search(r"全年|累计|共|了|均", text) and not _is_done(text)


def _between(before: Purpose, behind: Purpose) -> Purpose:
    """Behind problems and reasons a report says what will be done; what was done stands before them."""
    if before in {"问题", "原因"}:
        return (
            before if behind in {"问题", "原因"} else "做法" if behind in {"概况", "做法", "成效"} else "打算"
        )
    return "打算" if before == "打算" else "做法"


def _given(fact: Fact) -> Purpose:
    if fact.purpose:
        return fact.purpose
    by_section = heading_purpose(fact.section)
    return by_section if by_section in {"概况", "成效", "问题", "原因", "打算"} else ""


def _told(text: str, period: str) -> Purpose:
    """What a sentence tells; "" for something done, or to be done: only its place says which."""
    text = text.strip()[:_LONGEST]
    if named_lack(text):
        text = _NAMED_LACK.sub("", text)
        return "问题" if lacking(text) else "做法"
    if _is_ahead(text, period):
        return "打算"
    tests: tuple[tuple[Purpose, bool], ...] = (
        ("原因", bool(_BECAUSE.search(text)) and not _is_done(text)),
        ("问题", lacking(text)),
        ("概况", bool(_STANDS.search(text))),
        ("成效", bool(_BETTER.search(text))),
    )
    # What is counted was done; how often a thing is done tells no time.
    rest: Purpose = "做法" if _COUNTED.search(_HOW_OFTEN.sub("", text)) else ""
    return next((purpose for purpose, holds in tests if holds), rest)


def named_lack(text: str) -> str:
    """“……不到位”问题 of “……不到位”问题：修订议事规则: the lack that a fact begins with and answers; "" for any other fact."""
    found = _NAMED_LACK.match(text)
    return found[0][:-1] if found and lacking(found[0][:-1] + "。") else ""


def _is_done(text: str) -> bool:
    return _DONE.search(text) is not None and _UNDONE.search(text) is None


def _is_ahead(text: str, period: str) -> bool:
    if _WILL.search(text):
        return True
    years = [int(one) for one in _YEAR.findall(period)]
    last = max((int(one) for one in _YEAR.findall(text)), default=0)
    if _is_done(text):
        return False
    return (bool(years) and last > max(years)) or bool(_BY_THEN.search(text) and not last)


def lacking(text: str) -> bool:
    """没有达标的支部 names its noun, the clause tells something else of it; 全年没有党员违纪 is no lack."""
    text = _WHICH.sub("", _NO_PROBLEM.sub("", text))
    if _is_done(text):
        return False
    if _SOME.search(text):
        return True
    if _LACK.search(text):
        return not re.search(r"不存在", text)
    return any(
        "的" not in clause[match.end() :] and not _GOOD_NOT.search(clause)
        for clause in re.split(r"[，。；、]", text)
        if (match := _NOT.search(clause))
    )
