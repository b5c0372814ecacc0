"""What a heading or a fact is for, by its words: 概况, 做法, 成效, 问题, 原因, 打算. Pure functions on strings."""

from __future__ import annotations

import re

from bot.drafting.model import Fact, Purpose

PURPOSES: tuple[Purpose, ...] = ("概况", "做法", "成效", "问题", "原因", "打算")  # in the order of a report
_LONGEST = 400  # characters looked at

# Headings. 问题清单, 问题导向 name a way of working, no problem.
_NO_PROBLEM = re.compile(r"问题(?=清单|导向|台账|线索)|困难(?=党员|群众|家庭|职工)")
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
    r"^(?:要|拟|力争|争取|计划|准备|打算|继续|今后|明年|来年|着力)|下一?步|下一?阶段|拟(?:于|在|对|新建|建|制|开)|力争|(?:计划|争取|打算)(?:于|在|到|用|年|每)|明年|"
    r"将(?:于|在|继续|进一步|重点|着力|组织|开展|召开|建立|建成|完成|推进|加大|加强|加快|逐步)|建议"
)
_DONE = re.compile(
    r"已(?:经)?(?:全部|整改|完成|解决|办结|建成|化解)|整改完成|均已|整改到位|(?:解决|化解|整改|处置)[^，。；]{0,12}(?:问题|难题)|问题[^，。；]{0,6}(?:全部)?(?:整改|解决)"
)
_BECAUSE = re.compile(r"原因|由于|因为|根源|归因|症结")
_LACK = re.compile(
    r"存在|不足(?![两一]?[\d一二三四五六七八九十]+[年岁个])|不够|不高|不强|不严|不实|不多|不深|不细|不全|不紧|不顺|不到位|不经常|不及时|不平衡|不均衡|不稳固|不明显|不充分|"
    r"不规范|不完整|不熟悉|不健全|不达标|没有达标|偏[少低弱慢老大软重晚高单粗]|薄弱|短板|滞后|有待|缺乏|缺少|欠缺|缺口|缺额|单一|流失|"
    r"没有(?:做到|完成|按期|按时|理顺|建立|落实|达到|纳入)|尚未|未能|未(?:完成|达到|达标|按期|按时|建立|落实)|仍有|还有|难以|空白|流于形式|弱化|断档|重复报送"
)
_FULL = re.compile(r"^(?:没有|无)|不存在|(?:没有|未)(?:发现|发生|收到|出现)")
_STANDS = re.compile(
    r"现有|共有(?!.{0,8}(?:参加|参训))|下辖|下设|辖区?有|^截至|管理(?:直属)?(?:党组织|党员)|平均年龄|占地|成立于"
)
_BETTER = re.compile(
    r"提[升高](?:到|至|了|\d)|增长|增加到|上升|下降|缩短|减少到|减少了|压减到|荣获|获评|获得|被评为|被授予|表彰|推广|报道|满意度|满意率|办结率|达标率|覆盖率|完成率|好评"
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


def fact_purpose(fact: Fact, period: str = "") -> Purpose:
    """As it was given; else by its section's words; else by its own, where a later year than the period's is ahead."""
    if fact.purpose:
        return fact.purpose
    given = heading_purpose(fact.section)
    return given if given in {"概况", "成效", "问题", "原因", "打算"} else text_purpose(fact.text, period)


def text_purpose(text: str, period: str = "") -> Purpose:
    """What a sentence tells; what was done, where nothing else is said."""
    text = text.strip()[:_LONGEST]
    if _is_ahead(text, period):
        return "打算"
    lacks = _LACK.search(_NO_PROBLEM.sub("", text)) and not _FULL.search(text)
    if lacks and not _DONE.search(text):
        return "问题"
    if _BECAUSE.search(text) and not _DONE.search(text):
        return "原因"
    if _STANDS.search(text):
        return "概况"
    return "成效" if _BETTER.search(text) else "做法"


def _is_ahead(text: str, period: str) -> bool:
    if _WILL.search(text):
        return True
    years = [int(one) for one in _YEAR.findall(period)]
    last = max((int(one) for one in _YEAR.findall(text)), default=0)
    return bool(years) and last > max(years) and _DONE.search(text) is None
