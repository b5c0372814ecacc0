"""Requests that are no questions: to write something, to falsify something, to leave the rules of this desk. Pure.

A question about such a thing (伪造材料怎么处理, 申请书要写多少字) is for the documents.
"""

from __future__ import annotations

import re

from ingest.text import search_form

NOT_WRITTEN = (
    "这里只摘录资料库里的原文，不代写材料。下面是与它最接近的规定，可以照着自己写；"
    "想知道要写什么、怎么办，可以直接问，例如：“入党申请书交给谁？”"
)
NOT_HELPED = (
    "这件事不能帮：材料、时间、签名和会议记录都要如实，不能补编、改动或者代签。"
    "可以问规定本身，例如：“没有按时谈话怎么办？”“弄虚作假怎么处理？”"
)
NOT_CHANGED = "这里只按资料库里的文件回答，每一句注明出处，这一点不能改。请直接问规定上的事。"

_ASKED = r"(?:请|麻烦|劳驾|能不能|可不可以|可以|能|想让|想请)?(?:你|您)?"
_FOR_ME = r"(?:帮忙|帮着|[帮给替为](?:我们?|咱们?|俺们?|大家)?(?:支部|单位)?)"
_PIECE = r"(?:一|1|两|几)?(?:份|篇|个|段|封|张|套|下|首|些|条)"
_WRITE = r"(?:写|起草|草拟|拟|撰写|编写|生成|润色|改写|代写|准备)"
_DRAFT = re.compile(
    rf"(?:{_ASKED}{_FOR_ME}(?:再|先|快速|重新)?{_WRITE}|{_ASKED}{_WRITE}{_PIECE})[^？?]{{0,30}}?"
    r"(?:申请书|志愿书|汇报|讲话|发言|稿|材料|报告|总结|计划|方案|通知|公告|函|自传|小结|鉴定|记录|心得|体会|述职|检讨|检查|ppt|简报|新闻|决议|诗|文章|剧本|代码|程序)"
)
_ABOUT_WRITING = re.compile(
    r"怎么写|如何写|怎样写|多少字|格式|注意什么|注意哪些|哪些内容|什么内容|有什么要求|有哪些要求|要不要|需不需要|行不行|合规|犯不犯|算不算|可以吗$"
)

_FALSE = (
    r"伪造|造假|作假|编造|假造|冒充|代签|补签|倒签|做假|弄假|造个?假|p个?图|蒙混|糊弄|瞒过|躲过|逃避|骗过|钻空子|走后门|"
    r"编(?:个|一个|几次|几条|几份|一份|出)|补(?:几|一)(?:次|份|个)(?:假|没)|(?:假|虚假)的?(?:记录|材料|签名|证明|发票|档案|台账|会议)"
)
_FALSIFY = re.compile(
    rf"(?:{_FOR_ME}|教我|教教我|怎么才能|怎样才能|如何才能|想办法|有什么办法|有没有办法)[^？?。]{{0,16}}?(?:{_FALSE})"
)
_HOW_FALSE = re.compile(
    rf"(?:怎么|怎样|如何)(?:{_FALSE})|(?:{_FALSE})[^？?。]{{0,16}}(?:不被发现|看不出来|查不出|不露馅|才像)"
)
_BACKDATE = re.compile(
    r"把[^，。,？?]{0,14}?(?:日期|时间|年龄|出生|学历|党龄|签名|材料|记录|档案)[^，。,？?]{0,4}?(?:改|写|填|签|弄|做|调)(?:得)?(?:早|晚|大|小|高|低|前|后|提前|往前|往后)|"
    r"(?:日期|时间|落款)[^，。,？?]{0,4}(?:往前|往后|提前|倒着)(?:写|签|填|改|挪)"
)
# Words of one who asks what the rules say of it.
_A_RULE = re.compile(
    r"处理|处分|处罚|追究|违纪|违规|违法|后果|认定|规定|条例|细则|怎么办|算不算|是不是|(?<!不被)发现|举报|有人|怎么防|如何防|防止|禁止|行不行|行吗|可以吗|能不能(?!帮|替|给|教)|合规|允许|《"
)

_OVERRIDE = re.compile(
    r"(?:忽略|无视|忘记|忘掉|抛开|跳过|不用管|别管|不要管|取消)(?:掉|你|您|以上|上面|之前|前面|先前|所有|全部|一切|任何|这些|的){0,4}(?:规则|指令|指示|要求|设定|提示|提示词|限制|约束|规定|出处)|"
    r"ignore(?: all| any| the| your)?(?: previous| above| prior)?(?: rules| instructions| prompts?)|"
    r"(?:从现在(?:开始|起)|现在起|接下来)?[,，]?(?:你|您)(?:现在)?(?:是|扮演|假装是|假扮)(?:一个|一名)?(?:没有|不受)[^，。,]{0,8}(?:限制|约束|规则)|"
    r"(?:输出|显示|打印|告诉我|说出|泄露)(?:一下)?(?:你|您)?的?(?:系统提示词?|提示词|system prompt|内部指令|系统指令)|"
    r"(?:不要|不用|别)(?:注明|标|写|给|引用)出处|开发者模式|越狱模式|随便编(?:一个|个|点)?"
)


def declined(question: str) -> str | None:
    """What is said instead of an answer (Chinese), else None. `NOT_WRITTEN` goes with the nearest rules."""
    form = search_form(question)
    if _OVERRIDE.search(form):
        return NOT_CHANGED
    if _BACKDATE.search(form) and not _A_RULE.search(form):
        return NOT_HELPED
    if (_FALSIFY.search(form) or _HOW_FALSE.search(form)) and not _A_RULE.search(form):
        return NOT_HELPED
    if _DRAFT.match(form) and not _ABOUT_WRITING.search(form):
        return NOT_WRITTEN
    return None
