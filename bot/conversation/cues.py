"""Whether a question leans on what was said before. Pure; a question that is not sure to lean stands alone."""

from __future__ import annotations

import re

from bot.conversation.asked import ASKING, YES_NO, plain
from bot.conversation.words import DEPENDENT, SUBJECTS, WHOLE, mentions

_LEAD = re.compile(
    r"(?:那么|那(?![些个种边里次样位天年条一])|然后|还有(?=[，,])|另外|再问(?:一下|个)?|对了|请问|好的|谢谢|嗯|哦|噢)[，,、！!。\s]*"
)
_IF = re.compile(r"(?:如果是|要是|如果|假如|换成|改成|换作|至于|关于|对于|而)(?=.)")
MOST = 16  # characters; what leans on more words than these tells its own story
_GOES_ON = re.compile(
    r"那(?![些个种边里次样位天年条一])|还有[，,]|然后|(?:还|也|又|再)(?![有是])|(?:期间|其间|到期|期满|之后|以后|事后|届时|到时|批了|本人|对方)"
)
_WHOLE_BEGINNING = re.compile(r"(?:中国共产党|党)的|什么(?:是|叫)|啥(?:是|叫)")
_TWO_CLAUSES = re.compile(r"\w{4}[，,]\w{4}")
_OWNED = re.compile(r"[\u3400-\u9fff]{2,6}的(?![也能要还都就])[\u3400-\u9fff]{2}")  # 办公室的电话是多少
_BEGINNING = 4  # characters in which its subject would begin
_UNKNOWN = 1  # characters of unknown words in it; two make a noun
_STRANGE = 8  # characters of unknown words even where they stand about the places last cited
_ACT = 10  # characters of 党总支可以批吗, 能上网课吗: someone may do what was spoken of
_DROPPED = re.compile(r"能不能|可不可以|要不要|用不用|需不需要|能|可以|需要|必须|应该|应当|要")
_MAY = re.compile(r"能|可以|可不可以|行|有权")
_GENERIC = re.compile(
    r"批下来|批准|审批|审议|审查|通过|主持|召集|组织|负责|决定|担任|产生|任命|指定|办理|处理|执行|备案|报告|讨论|表决|投票|公示|公开|宣布|谈话|培训|考察|"
    r"延长|推迟|提前|恢复|取消|保留|接收|转出|申请|填写|参加|召开|开展|举行|安排|调整|规定|依据|出处|原文|条文|理由|例外|特殊|情形|情况|限制|要求|后果|区别|不同|"
    r"具体|详细|流程|本人|对方|单位|组织上|上级|期间|之后|以后|之前|以前|到期|期满|过期|逾期|同时|分别|主要|一般|最长|最短|最多|最少|至少|还|也|又|再|都|就|才|要|需|应|"
    r"会|能|可以|可|行|得|是|有|没有|没|不|的|了|在|由|从|向|给|把|被|按|对|和|跟|与|到|上|下|里|中|为|吗|么|呢|算|做|办|交|报|走|开|定|选|当|写|发|放|记|存|"
    r"超过|不够|满|全部|必须|应当|应该|需要|一定|次|天|年|月|个|名|人|谁|说|讲|看|用|去|来|让|叫|新|旧|内|外|第|数|这|那|其|本|各|每"
)


def without_lead(question: str) -> str:
    """Without 那, 好的 and the like at its beginning and the particles at its end; 那些 and 那次 are no such words."""
    rest = plain(question)
    for _ in range(3):
        lead = _LEAD.match(rest)
        if lead is None or lead.end() == len(rest):
            return rest
        rest = rest[lead.end() :]
    return rest


def goes_on(question: str) -> bool:
    """那…, 还要…吗, 期间…: it goes on from something, and begins with no subject of its own."""
    form = without_lead(question)
    if len(form) > MOST or not _GOES_ON.match(question.strip()):
        return False
    known = mentions(form[:_BEGINNING])
    return not known or known[0].kind not in SUBJECTS


def is_only_named(question: str) -> str | None:
    """X of 那X呢, 换成X呢, 要是X呢: a question that names something and asks nothing; None for another one."""
    if not re.search(r"呢[？?。！!\s]*$", question):
        return None
    rest = without_lead(question)
    rest = rest[found.end() :] if (found := _IF.match(rest)) else rest
    return (
        rest if rest and len(rest) <= MOST and not ASKING.search(rest) and not YES_NO.search(rest) else None
    )


def lacks_subject(question: str, around: str = "") -> bool:
    """谁批准, 要多久, 编制从哪来: it asks, but names nothing of which it could be asked.

    `around`: the text about the places last cited. Words that stand there are no subject of their own.
    """
    form = without_lead(question)
    if len(form) > MOST or "《" in form or _WHOLE_BEGINNING.match(form) or _TWO_CLAUSES.search(form):
        return False
    known = mentions(form)
    if known and known[0].kind in DEPENDENT and known[0].start == 0 and known[0].word in around:
        return True  # 副本是给谁建的, 任期几年
    if any(one.kind in WHOLE for one in known):
        return False
    if len(form) <= _ACT and _DROPPED.match(form):
        return True  # 能上网课吗: who may is left out
    acts = any(one.kind == "body" for one in known)
    if acts and (len(form) > _ACT or not _MAY.search(form) or len({one.kind for one in known}) > 1):
        return False  # 社区支部几年换一届 asks of the body itself
    rest = form
    for one in known:
        rest = rest.replace(one.word, "")
    rest = YES_NO.sub("", ASKING.sub("", rest))
    unknown = _GENERIC.sub(" ", rest)
    return len(re.findall(r"\w", unknown)) <= (0 if acts else _UNKNOWN) or (
        not acts and not _OWNED.match(form) and _stands_in(unknown, around)
    )


def is_of(question: str, cited: str) -> bool:
    """党费收不收, behind an answer on 临时党支部: whether all that a short question names stands in the very section that
    was cited. `cited`: the text of that section.
    """
    form = without_lead(question)
    if len(form) > _ACT or _WHOLE_BEGINNING.match(form) or "《" in form:
        return False
    named = [one.word for one in mentions(form)]
    rest = YES_NO.sub(" ", ASKING.sub(" ", form))
    for word in named:
        rest = rest.replace(word, " ")
    unknown = _GENERIC.sub(" ", rest).split()
    return bool(named) and all(word in cited for word in (*named, *unknown))


def _stands_in(unknown: str, around: str) -> bool:
    """Whether most pairs of the unknown words stand in the text."""
    if len(re.findall(r"\w", unknown)) > _STRANGE:
        return False
    pairs = [
        run[at : at + 2] for run in re.findall(r"[\u3400-\u9fff]+", unknown) for at in range(len(run) - 1)
    ]
    return bool(pairs) and 2 * sum(pair in around for pair in pairs) > len(pairs)
