"""Whether a sentence says just what is asked: 可以延长 where 能延长吗 is asked, 经……批准 where 谁批准 is asked. Pure.

Shared words do not tell this: a sentence that only speaks of the matter has them too.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.answering.focus import act_asked, how_asked
from bot.answering.question import Asked, pairs_of, plain_weight
from bot.answering.sight import Sight, weights_of
from bot.answering.wanted import says_of

Says = Callable[[str], float]  # a sentence in its search form -> 0 to 1
FIGURES = {"phone", "called", "frequency", "time", "people", "figure"}
SPOKEN_OF = 0.6  # share of the asked act that must stand behind 可以
NEAR, FAR = 8, 20  # characters behind 可以: 可以延长一次, 可以依照党章及有关规定提出申诉
LONGEST = 90  # characters between 由 and the deed: whom it is done by may be said at length
UNNAMED = 0.6  # the deed without its matter, which the sentence before may name
_CLAUSE = re.compile(r"[,;。:]")
_MAY = re.compile(
    r"有(?=[^,;。:]{1,10}的(?:自由|权利))|不可以|可以|不得|不能|不准|不宜|一般不|应当|必须|允许|禁止|有权|无权|方可|才能"
)
_HAS_ASKED = re.compile(r"^(.*?)(?:有没有|是否有|享有|有)([\u4e00-\u9fff]{2,6}?)(?:吗|么|呢|没有|$)")
_DEEDS = (
    "批准|审批|决定",
    "产生|选举|任命|指定|选出",
    "担任|充当",
    "召集|主持",
    "负责(?!解释)|组织|承担",
    "讨论|审议",
    "作出|做出",
    "制定|规定|确定|核定",
    "设立|成立",
    "备案|同意|提出|通过|监督|保管|管理",
)
_DEED_ASKED = re.compile(
    r"(?:谁|由(?:什么|哪些)人|什么人|哪级|哪一级|什么机关|什么部门|哪个?(?:部门|机关|组织|机构))(?:党?组织|党委)?|(?:怎么|怎样|如何|咋)(?=(?:选举)?产生)"
)
_NOUN_ASKED = re.compile(
    r"([\u4e00-\u9fff]{2,8}?)(?:享有|具有|履行|有|的)?(?:哪些|什么|哪几[项种类条])?的?"
    r"(权利|义务|职责|职权|权限|任务|作用|原则|方式|要求)(?:有哪些|是什么|有什么|包括哪些|$)"
)
_RIGHTS = re.compile(r"(?:没有|享有|具有|有)[^,;。]{0,12}(?:表决权|选举权)(?!的)")
_CONDITION_ASKED = re.compile(
    r"([\u4e00-\u9fff“”]{2,12}?)(?:需要|需|要|应当|应该)?(?:具备|符合|有|的)?(?:哪些|什么|啥)?的?(?:条件|资格)"
)
_THEN = re.compile(r"的,(?:都|均|也|经[^,;。]{1,16},)?(?:应当|可以|方可|才能|可)")


def says_just_that(asked: Asked, sight: Sight) -> Says | None:
    """How much a sentence says just that; None where the question has no such form."""
    form = re.sub(r"[?？。,，!！]+$", "", asked.clause or asked.form)
    if asked.kind in FIGURES and asked.wanted is not None:
        pattern = says_of(form, asked.wanted)
        return None if pattern is None else lambda one: float(pattern.search(one) is not None)
    if asked.kind == "whether":
        return _has(form, sight) or _may(form, sight)
    if asked.kind == "how":
        deed = how_asked(form)
        return _allows(deed, sight) if len(deed) > 1 else None
    if asked.kind == "agent":
        return _by(form, sight)
    return (_conditions(form, sight) or _noun(form, sight)) if asked.kind == "list" else None


def _may(form: str, sight: Sight) -> Says | None:
    """可以, 不得, 应当 … of the asked act, the nearer the better."""
    act = act_asked(form)
    return _allows(act, sight) if act else None


def _allows(act: str, sight: Sight) -> Says:
    """可以提出申诉 where 怎么申诉 is asked."""

    def says(one: str) -> float:
        best = 0.0
        for clause in _CLAUSE.split(one):
            for may in _MAY.finditer(clause):
                behind = clause[may.end() : may.end() + FAR]
                if _speaks(sight, act, behind):
                    near = _speaks(sight, act, behind[: NEAR + len(act)][: max(NEAR, 2 * len(act))])
                    best = max(best, 1.0 if near else 0.7)
        return best

    return says


def _has(form: str, sight: Sight) -> Says | None:
    """预备党员有表决权吗: 没有表决权 says it, 有表决权的党员 does not. What stands before 有 must be spoken of, too."""
    found = _HAS_ASKED.search(form)
    if found is None or len(found[1]) < 2 or found[1].endswith(("可以", "能", "所", "应")):
        return None
    thing = re.compile(rf"(?:没有|享有|无|有)[^,;。]{{0,6}}{re.escape(found[2])}(?!的(?!权|,|。))")

    def says(one: str) -> float:
        return float(thing.search(one) is not None and _speaks(sight, found[1], one))

    return says


def _by(form: str, sight: Sight) -> Says | None:
    """经 or 由 somebody, the asked deed behind it, and the matter it is done to; 批准 and 审批 are one deed."""
    who = _DEED_ASKED.search(form)
    rest = form[who.end() :] if who else ""
    deeds = next(
        (deeds for deeds in _DEEDS if re.match(rf"[来有权可以才能应当要\s]{{0,4}}(?:{deeds})", rest)), None
    )
    if deeds is None:
        return None
    # Who holds a post is said with 由 alone; 经党委同意，……可以担任 is another matter.
    by = re.compile(
        rf"由[^,;。]{{1,{LONGEST}}}?(?:{deeds})"
        if "担任" in deeds
        else rf"(?:由[^,;。]{{1,{LONGEST}}}?|[经报][^;。]{{1,40}}?)(?:{deeds})"
    )
    before = re.sub(r"(?:应当|应该|可以|必须|要|是)?由?$", "", form[: who.start()]) if who else ""
    matter = re.sub(rf"^.{{0,4}}?(?:{deeds})的?", "", rest) or before

    def says(one: str) -> float:
        if by.search(one) is None:
            return 0.0
        return 1.0 if len(matter) < 2 or _speaks(sight, matter, one) else UNNAMED

    return says


def _noun(form: str, sight: Sight) -> Says | None:
    """X的权利 as the subject of a sentence; of rights also that X has one or has none (没有表决权、选举权)."""
    found = _NOUN_ASKED.search(form)
    if found is None:
        return None
    subject = re.compile(rf"(?:^|[,;。]){re.escape(found[1])}的?(?:主要|基本)?{found[2]}")
    if found[2] != "权利":
        return lambda one: float(subject.search(one) is not None)
    whose = re.sub(
        r"(?:的[\u4e00-\u9fff]{2,3}|党员)$", "", found[1]
    )  # 留党察看的党员; of 党员 alone the list of all rights tells
    of_some = sum(weights_of(whose, sight).values()) >= 1
    return lambda one: float(
        subject.search(one) is not None
        or (of_some and _speaks(sight, whose, one) and _RIGHTS.search(one) is not None)
    )


def _conditions(form: str, sight: Sight) -> Says | None:
    """……的，可以入党: a sentence that lets it happen says under which conditions."""
    found = _CONDITION_ASKED.search(form)
    if found is None:
        return None
    becomes = re.compile(rf"(?:列为|确定为|接收为|成为|选为)[^,;。的]{{0,4}}{re.escape(found[1])}的?[,;。]")

    def says(one: str) -> float:
        return float(
            becomes.search(one) is not None
            or any(
                _speaks(sight, found[1], one[then.end() : then.end() + FAR]) for then in _THEN.finditer(one)
            )
        )

    return says


def _speaks(sight: Sight, act: str, words: str) -> bool:
    """Whether most of the act stands there, in its own words or in those that regulations have for it."""
    asked = {pair: plain_weight(pair) for pair in pairs_of(act) if pair in sight.short}
    there = sight.found(words)
    whole = sum(asked.values())
    return whole > 0 and sum(weight for pair, weight in asked.items() if pair in there) >= SPOKEN_OF * whole
