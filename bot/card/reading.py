"""A clause read as a step: what is done, by whom, with which papers, by when. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from bot.card.limits import limits_in
from bot.card.model import Clause, Fact, Step
from bot.card.people import actors_in, materials_in
from ingest.text import NUMERAL, sentences

Span = tuple[int, int]
TITLE = 26  # characters
SHORT = 5  # a title as short as 审批 says who
MOST_PARTS = 12
SPEAKS = 0.4  # share of the topic that an act has, from which it speaks of it

_MUST = re.compile(
    r"应当|必须|应(?![用届聘征急到选付对邀])|须|由|报(?!告)|经|一般|要|可以|[自从][^，。；]{2,40}之日起|按照?规定|有权|负责|按照下列|依法|予以|给予|按月|每(?:年|月|季度|半年)"
)
# What is done in a procedure. Strong verbs by themselves make a sentence an act; of the weak ones it takes two.
_ACT = re.compile(
    r"提出|申请|派人|谈话|研究决定|备案|公示|公布|公告|政治审查|审查|审批|批准|预审|讨论|表决|投票|选举|推选|提名|通知|告知|宣布|填写|写入|归入|存入|归档|"
    r"转交|转递|转送|送达|移送|立案|调查|核实|听取|征求|决定书|制作|出具|登记|受理|办结|答复|复查|复核|复审|申诉|登记|培训|考察|宣誓|编入|指定|"
    r"交纳|缴纳|收缴|代交|转移组织关系|接收|除名|限期改正|批评教育|提醒|作出.{0,8}(?:处置|决定)|评议|召开|报送|上报|汇报|移交|批复|提供|处理|导入|调解|录用|保留|恢复|停止党籍|审核"
)
# What speaks of aims, conditions, offices or offences speaks of no step.
_GENERAL = re.compile(
    r"^(?:为了|为[^。]{2,120}(?:制定|根据《)|根据《|禁止|严禁|不准)|下列行为|制定本|适用(?:于)?本|本(?:条例|细则|规定|办法|法|规程)(?:所称|由|自|适用)|负责解释|起施行|参照本|"
    r"^年满|^(?:具备|符合)[^。]{0,20}条件|^坚持|遵循(?:以下|下列)?原则|基本任务是|主要职责是|职责是|主要任务是|职权是"
)
_OFFENCE = re.compile(
    r"严肃(?:处理|查处|问责)|追究.{0,12}责任|(?:依法|依规)给予[^，。；]{0,8}处(?:分|罚)|从[轻重]处分|减轻处分|加重处分|依照《[^》]+》.{0,12}处理|违反本(?:法|条例|规定)"
)
_FORBIDS = re.compile(r"^[^，。；]{0,30}(?:不得|严禁|禁止|不能|不宜)")
# Only where something happens, outside the common order.
_IN_CASES = re.compile(r"^(?:在特殊情况下|确有特殊|遇有特殊)|^[^。；]{0,40}(?:发生变动|出缺|丧失行为能力)")
_CASE = re.compile(r"^(?:对|基层党组织对|各级[^，。]{2,8}对)[^。；]{2,200}?，(?:如[^，。；]{2,14}，)?可以")
_LISTS = re.compile(
    r"(?:程序|手续|步骤|方式|下列情况|不同情况|要求|材料|事项|情形|人员|内容)[^。；]{0,16}[：:]"
)
# 讨论接收预备党员的主要程序是：, 预备党员转正的手续是：
_LISTED = re.compile(
    r"^([^，。；：]{4,40}?)(?:的|，(?:应当|必须))?(?:(?:主要|基本|一般)?(?:程序|手续|步骤|流程)(?:是(?!否)|为|如下)|(?:应当)?按照?(?:以下|下列)(?:程序|步骤|流程))"
)
_TOPIC = re.compile(r"^在[^，]{2,20}中(?:确定|产生|选举|选拔)|^(?:确定|接收|选举|召开|成立)[^，]{2,20}$")
_BINDS = re.compile(r"应当|必须|由|(?<!上)报(?!告)|经")
_DOES = re.compile(_ACT.pattern + r"|担任|确定|产生|采取")
_ITEM = re.compile(rf"[（(][{NUMERAL}\d]+[）)]|\d+[.．、]|[①-⑳]")
# 可以 and 一般 stay: without them a title would say more than the article.
_LEAD = re.compile(
    r"(?:应当|必须|应(?=[由向在将经])|须|要(?!求)|及时|分别|依法|严格|认真|并|再|还|都|根据需要)+"
)
# A clause that only says when, for whom or in which case: its words are no title.
_SUBORDINATE = re.compile(
    r"(?:的|后|前|时|中|起|上|下)$|^(?:对|因|由于|根据|按照|如|经)(?![^，]*(?:应当|必须))[^由报]*$|"
    r"^(?![^，]*(?:由|应当|必须|报|向)).*的[\u4e00-\u9fff]{2,6}$"
)
_TIMES = re.compile(
    rf"^(?:在)?(?:不少于|不超过)?(?:[{NUMERAL}\d]{{1,4}}\s?(?:个\s?)?(?:月|年|日|天|工作日)|半年)(?:之内|以内|内)?|^每(?:半年|年|月|季度)"
)


def read_step(clause: Clause, text: str, about: Callable[[str], float] | None = None) -> Step | None:
    """The step a clause tells of, numbered 0; None where it tells of aims, conditions, offices or offences.

    `about`: the share of the topic that words have. With it, of several acts one that speaks of it is the step.
    """
    spans = _sentences(clause, text)
    acting = [span for span in _leading(text, spans) if _is_act(text[slice(*span)])]
    if not spans or not acting or _is_general(text, spans):
        return None
    items = _items(text, spans)
    kept = [span for span in spans if not _OFFENCE.search(text, *span)]
    listed = next((span for span in spans if _LISTED.search(text[slice(*span)])), None)
    action = listed or _best(
        text, _of_topic(text, [span for span in acting if span in kept] or acting, about)
    )
    actors = _once(fact for span in kept for fact in actors_in(text, span))
    materials = _once(fact for span in kept for fact in materials_in(text, span))
    return Step(
        number=0,
        title=_title(text, action, actors),
        label=clause.label,
        headings=clause.headings,
        clause=clause,
        action=Fact(text[slice(*action)], *action, action),
        actors=actors,
        materials=materials,
        limits=limits_in(text, kept),
        parts=items,
        special=_is_special(text, spans),
    )


def _sentences(clause: Clause, text: str) -> list[Span]:
    """Sentences to the full stop: 甲；乙；丙。 of one line is one, items of a list stand alone."""
    joined: list[Span] = []
    for start, end in sentences(text, clause.body, clause.end):
        before = joined[-1] if joined else None
        if (
            before
            and text[before[1] - 1] == "；"
            and "\n" not in text[before[1] : start]
            and not _ITEM.match(text, start)
        ):
            joined[-1] = before[0], end
        else:
            joined.append((start, end))
    return joined


def _leading(text: str, spans: Sequence[Span]) -> list[Span]:
    """Without the cases listed behind 有下列情形之一的: they tell when, not what."""
    if not any("下列情形" in text[slice(*span)] for span in spans):
        return list(spans)
    return [span for span in spans if not _ITEM.match(text, span[0])]


def _is_act(said: str) -> bool:
    return bool(
        _MUST.search(said) and _ACT.search(said) and not _FORBIDS.match(said) and not _OFFENCE.search(said)
    )


def _is_general(text: str, spans: Sequence[Span]) -> bool:
    first = text[slice(*spans[0])]
    if _GENERAL.search(first):
        return True
    return all(_OFFENCE.search(text, *span) or _FORBIDS.match(text[slice(*span)]) for span in spans)


def _is_special(text: str, spans: Sequence[Span]) -> bool:
    first = text[slice(*spans[0])]
    return bool(_IN_CASES.match(first) or _CASE.match(first))


def _of_topic(text: str, acting: Sequence[Span], about: Callable[[str], float] | None) -> Sequence[Span]:
    """The acts that speak of the topic, as far as they do so more than the one that would else be the step."""
    if about is None or about(text[slice(*_best(text, acting))]) >= SPEAKS:
        return acting
    shares = [about(text[slice(*span)]) for span in acting]
    return [one for one, share in zip(acting, shares, strict=True) if share >= SPEAKS] or acting


def _best(text: str, acting: Sequence[Span]) -> Span:
    """The first act that says 应当, 必须 or 由; else the first."""
    return next(
        (span for span in acting if re.search(r"应当|必须|由|报(?!告)", text[slice(*span)])), acting[0]
    )


def _items(text: str, spans: Sequence[Span]) -> tuple[Fact, ...]:
    """What is listed: （一）（二）… behind a line that announces a list, or the parts between ； behind 程序是：."""
    items = [span for span in spans if _ITEM.match(text, span[0])]
    if len(items) < 2:
        lead = next((span for span in spans if _LISTS.search(text, *span)), None)
        if lead is None or "；" not in text[slice(*lead)]:
            return ()
        start = re.search(r"[：:]", text[slice(*lead)])
        items = sentences(text, lead[0] + (start.end() if start else 0), lead[1])
    return tuple(Fact(text[a:b], a, b, (a, b)) for a, b in items[:MOST_PARTS])


def _title(text: str, action: Span, actors: Sequence[Fact]) -> str:
    """The clause of the sentence that says what is done, without 应当 and without its time."""
    said = text[slice(*action)].rstrip("。；：")
    listed = _LISTED.search(said)
    if listed:
        return _short(listed[1])
    clauses = [clause for clause in re.split(r"[，。；：](?!\d)|(?<=[^\d])[.]", said) if clause.strip()]
    if len(clauses) > 1 and _TOPIC.match(clauses[0]) and not re.search(r"应当|必须", clauses[0]):
        return _short(clauses[0])
    main = [clause for clause in clauses if not _SUBORDINATE.search(clause)] or clauses
    chosen = next((one for one in main if _DOES.search(one) and _BINDS.search(one)), None)
    chosen = chosen or next((one for one in main if _ACT.search(one)), main[0])
    modal = re.search(r"应当|必须", chosen)
    title = chosen[modal.end() :] if modal and len(chosen) - modal.end() > 3 else chosen
    for _ in range(3):
        lead = _LEAD.match(title)
        title = title[lead.end() :] if lead and len(title) - lead.end() > 3 else title
        title = _TIMES.sub("", title)
    item = _ITEM.match(title)
    title = title[item.end() if item else 0 :].strip()
    if len(title) <= SHORT and modal and not title.startswith("由"):
        title = next((fact.text for fact in actors if action[0] <= fact.start < action[1]), "") + title
    if title.startswith("由") and len(title) <= 2 * SHORT and modal:
        title = chosen[: modal.start()] + title
    return _short(title)


def _short(title: str) -> str:
    return title if len(title) <= TITLE else title[: TITLE - 1] + "…"


def _once(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    found: dict[str, Fact] = {}
    for fact in facts:
        found.setdefault(re.sub(r"\s", "", fact.text).strip("《》"), fact)
    return tuple(found.values())
