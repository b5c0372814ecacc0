"""A question cut in two: what it is about, and what it asks of that. Pure; all patterns are linear in time."""

from __future__ import annotations

import re

_TAIL = re.compile(r"[呢呀啊嘛哈哦\s]{0,4}[？?。！!～~\s]{0,4}$")
_WHO = r"谁|哪一?级组织|哪一?级|哪些部门|哪个部门|什么部门|什么人"
_HOW_MUCH = (
    r"多长时间|多少时间|多久|多长|多大年龄|多大|几个月|多少天|几天|几日|几年|几岁|几次|几回|几名|几个人|几个|几人|几种|几类|几条|"
    r"多少(?:名|个|人|元|钱|学时|次|票|卷|岁|种|年|月|比例)?"
)
_WHAT = (
    r"什么时候|什么时间|什么样的|什么(?:手续|程序|材料|条件|要求|标准|内容|方法|方式|规定|情况|比例)?|哪些(?:手续|程序|步骤|材料|条件|要求|内容|情形|情况|方式|种类?|种|地方|人)?|"
    r"哪几[种类个级]|哪(?:一天|天|一年|里|儿|种|个|一条|条)|怎么样|怎么办|怎么处理|怎么规定|怎样|怎么|如何|啥时候|啥|咋办|咋"
)
_BEFORE = (
    r"(?:一般|最多|最少|最长|至少|通常|应当|应该|需要|必须|可以|分别|具体|主要|大概|到底|究竟|要找|要有|要办|要走|要|需|应|能|得|是|有|"
    r"由|被|经|向|按|从|在|给|派|设|配|交|用|找|来|去|隔|每年|每月|每|一年|一届|一个月|召开|开展|开|做|搞){0,4}"
)
_AFTER = (
    r"(?:以上|以下|以内|之内|内)?(?:来|去|要|能|会|才)?(?:说了算|审批|批准|审议|主持|召集|组织|负责|决定|担任|任命|通过|召开|开展|举行|举办|开|搞|考察|报告|讨论|处理|办理|起算|算起|"
    r"开始算|算|合适|办|走|交|做|批下来|批|讲|谈|定|管|去|看|当|选|换)?(?:一次|一回|一届|的)?"
)
ASKING = re.compile(rf"{_BEFORE}(?:{_WHO}|{_HOW_MUCH}|{_WHAT}){_AFTER}")
YES_NO = re.compile(
    r"(?:能不能|可不可以|行不行|要不要|有没有|是不是|会不会|是否|能否|可否|吗|么|没有|不(?=$))"
)
_REST = re.compile(r"才算数|才行|才有效|的话|组织上|请问|一下|我想问|想问")
_EDGE = re.compile(r"^[，,、：:；;的得了都也还就是]+|[，,、：:；;得了都也还就有要是由在]+$")
_LONGEST = 60  # characters; a topic that is longer is a story, and only its end is kept


def plain(question: str) -> str:
    """Without the particles and marks at its end."""
    return _TAIL.sub("", question.strip())


def asked_of(question: str) -> str:
    """What a question asks (多久召开一次, 由谁批准); "" when it is a yes-or-no question or asks nothing."""
    found = ASKING.search(plain(question))
    return found[0] if found else ""


def topic_of(question: str) -> str:
    """What a question is about: itself without what it asks. Never empty for a question that holds a word."""
    whole = plain(question)
    rest = YES_NO.sub("", _REST.sub("", ASKING.sub("", whole)))
    pieces = [_EDGE.sub("", piece) for piece in re.split(r"[，,；;。？?]", rest)]
    topic = "，".join(piece for piece in pieces if piece) or whole
    return topic if len(topic) <= _LONGEST else topic[-_LONGEST:]
