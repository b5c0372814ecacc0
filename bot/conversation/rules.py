"""A follow-up made standalone by the last question and its answer, without a model. Pure.

A question that already stands alone comes back as it is: that comes first, since a full question must never be bent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.conversation.asked import ASKING, topic_of
from bot.conversation.cues import MOST, goes_on, is_of, is_only_named, lacks_subject, without_lead
from bot.conversation.exchange import exchanged
from bot.conversation.places import HasEdition, in_edition, placed, points
from bot.conversation.words import SUBJECTS, WHOLE, mentions
from bot.model import Answer
from bot.refusing.smalltalk import not_for_documents

_WHY = re.compile(
    r"(?:为什么(?:不行|不能|不可以|这样)?|为啥|凭什么|啥依据|什么依据|有(?:什么)?依据|依据|出处|(?:依据|根据|出处)?是?哪一?(?:条|个文件|个规定|部法规).{0,4})(?:呢|吗|是什么|是啥|在哪|的)?"
)
_BECAUSE = "，依据是什么规定"
_MORE = re.compile(
    r"(?:再|更)?(?:详细|具体|展开|多)(?:一点|一些|点)?(?:说说|讲讲|说|讲|介绍)?(?:一下|一点|点)?|还有(?:别的|其他的?)?(?:吗|呢)?|举个例子|继续"
)
_PLACE = re.compile(r"《[^》]*》第[^，]{1,9}条")
_PERSON = re.compile(
    r"^(?:如果|要是|假如|那|给|对|让|把|跟|和|由|被|像|组织上?|单位|我们?|能不能|可以|能|还)?((?:他|她)们?(?!人|[的们]?所)|(?:这|那)(?:个|位)(?:人|同志|党员))"
)
_THING = re.compile(r"它们?|其(?!他|它)|这(?:个|项|些|种|样|时候?|期间|段时间)?|那(?:个|种|时候|段时间)")
_EXTENDS = re.compile(r"延期|延长|推迟|提前")
_SHORT = 24  # characters of a question that begins with 他 or 这种
_JOINS = frozenset("由要有能可最应需")  # a question that begins so goes on without a comma


@dataclass(frozen=True, slots=True)
class Knows:
    """What the rules may ask of the documents: whether they have the edition of the work that a question asks for, and
    the text about the places that an answer cites, the text of the first of them alone.
    """

    has_edition: HasEdition = lambda _: False
    around: Callable[[Answer], str] = lambda _: ""
    cited: Callable[[Answer], str] = lambda _: ""


def by_rules(turns: Sequence[Answer], question: str, knows: Knows | None = None) -> str:
    """The question standing alone; the very same string where it does so already or nothing came before it.

    `turns`, oldest first; small talk among them is passed over.
    """
    said = [turn for turn in turns if not not_for_documents(turn.question)]
    if not said or not_for_documents(question) or not without_lead(question):
        return question
    read = _readings(said, question, knows or Knows())
    return next((standalone for standalone in read if standalone), question)


def _readings(turns: Sequence[Answer], question: str, knows: Knows) -> Iterator[str | None]:
    """Ways to read it as a follow-up, the surest first; None where a way does not fit."""
    last, form = turns[-1], without_lead(question)
    before = _standalone(last)
    yield f"{before}{_BECAUSE}" if _WHY.fullmatch(form) else None
    yield f"{topic_of_talk(turns)}有哪些具体规定" if _MORE.fullmatch(form) else None
    yield in_edition(last, before, form, knows.has_edition)
    yield placed(last, before, form) or (question if points(form) else None)
    only = is_only_named(question)
    yield exchanged(before, only, is_only_named(last.question)) if only else None
    yield _of_person(turns, before, form)
    leans = (_THING.match(form) and len(form) <= _SHORT) or goes_on(question)
    if not leans and len(form) <= MOST:  # longer ones need no look at the documents
        leans = lacks_subject(question, knows.around(last)) or is_of(question, knows.cited(last))
    yield joined(topic_of_talk(turns), form) if leans else None


def topic_of_talk(turns: Sequence[Answer]) -> str:
    """What the last question was about. A follow-up that brought no subject of its own leaves the topic as it was:
    over 谁参加, 要请假吗, 流程是什么 the meeting stays the topic, and the rest does not heap up.
    """
    last, form = turns[-1], without_lead(turns[-1].question)
    whole = _standalone(last)
    if not last.standalone:
        return topic_of(whole)
    if _PLACE.match(whole) and len(turns) > 1:
        return topic_of_talk(turns[:-1])  # 上面第二条: a place in the answer is no new topic
    own = whole.removesuffix(form).rstrip("，")
    if own and own != whole and not any(one.kind in WHOLE for one in mentions(form)):
        return own
    return topic_of(whole)


def joined(topic: str, form: str) -> str:
    """Topic and question; a comma where the two would run into each other. A 任期 is extended by putting off its 换届, and
    so the rules say it.
    """
    if _EXTENDS.search(form):
        topic = topic.replace("任期", "换届")
    close = "，" not in topic and (ASKING.match(form) or form[0] in _JOINS)
    return f"{topic}{form}" if close else f"{topic}，{form}"


def _standalone(turn: Answer) -> str:
    return without_lead(turn.standalone or turn.question).removesuffix(_BECAUSE)


def _of_person(turns: Sequence[Answer], before: str, form: str) -> str | None:
    """他还能评优吗: the person of the last question, with what has befallen that person, in the place of 他."""
    found = _PERSON.search(form)
    if found is None or len(form) > _SHORT:
        return None
    start, end = found.span(1)
    known = mentions(before)
    person = next((one.word for one in known if one.kind == "person"), None)
    if person is None:
        return joined(topic_of_talk(turns), form)
    penalty = next((one.word for one in known if one.kind == "penalty"), None)
    if penalty is None or any(one.kind in WHOLE | SUBJECTS for one in mentions(form)):
        return form[:start] + person + form[end:]
    rest = form[:start] + form[end:]
    return f"{person}受{penalty.removesuffix('处分')}处分，{rest}"
