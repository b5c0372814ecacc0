"""Whether a question asks how something is done, and what that something is. Pure functions on strings."""

from __future__ import annotations

import re

from bot.answering.question import read_question
from ingest.text import search_form

# Words that ask for the way something goes.
_ASKS = re.compile(
    r"怎么办|怎样办|如何办|咋办|办理|流程|程序|步骤|手续|怎么走|走哪些|办哪些|分几步|先后顺序|"
    r"(?:怎么|怎样|如何|咋)(?=[申转报开做走成换交缴处确审选接递办设撤调提组进列纳发备公复登归停恢除解启延])|"
    r"(?:什么时候|何时|什么时间|多久前)(?=[报交缴办换转开提送审批公备递发]|.{0,4}(?:上报|报批|申报|提交))|"
    r"(?:需要|要|准备|提交)(?:哪些|什么)材料"
)
# Words that ask for something else: a figure, a meaning, a yes or no. A question with these and none of the above is no procedure.
_ASKS_ELSE = re.compile(
    r"多[长久少大高]|几|谁|哪|什么|为何|为什么|吗|么|呢|是否|能不能|可不可以|能否|可以|区别|不同|意思|含义|怎|如何|咋|\?"
)
# What is done with something: a bare topic (党费收缴, 成立党支部) has one of these.
_DOINGS = re.compile(
    r"收缴|交纳|缴纳|转移|转接|转递|转入|转出|转正|换届|选举|补选|成立|设立|组建|撤销|调整|处置|处分|处理|审批|审查|审核|接收|吸收|"
    r"发展党员|入党|申请|申报|公示|考察|评议|测评|申诉|复审|复核|复查|录用|聘任|任免|备案|登记|归档|送达|除名|退党|脱党|停止党籍|恢复党籍|恢复组织生活|"
    r"延长|延期|报告|受理|立案|调查|问责|查阅|借阅|移交|追认|宣誓|培训|保留|确定|认定|罢免"
)
_CUES = re.compile(
    r"怎么办理|如何办理|怎样办理|怎么处理|如何处理|怎样处理|怎么办|怎样办|如何办|咋办|办理|全流程|流程|程序|步骤|手续|怎么走|(?:要|需要)?走哪些|办哪些|分几步|"
    r"什么时候|何时|什么时间|(?:需要|要|准备|提交)?(?:哪些|什么)材料|怎么|怎样|如何|咋|请问|纳入|[？?。！!]"
)
_EDGE = re.compile(r"(?<=..)[报做办开走理交]$|的$")


def asks_how(question: str) -> bool:
    """Whether it asks how something is done, or names a doing and asks nothing else."""
    form = search_form(question)
    if _ASKS.search(form):
        return True
    return _DOINGS.search(form) is not None and _ASKS_ELSE.search(form) is None


def topic_of(question: str) -> str:
    """What is to be done, without the words that ask: 预备党员转正流程 -> 预备党员转正. May be empty.

    A regulation that is named tells where to look, not what is done, unless nothing else is said.
    """
    form = search_form(question)
    bare = form
    for work in read_question(form).works:
        bare = bare.replace(f"《{work}》", "，").replace(work, "，")
    return _doing(bare) or _doing(form)


def apart(topic: str) -> str:
    """With what is done apart from what it is done with: 党支部，换届，选举. 部换 and 届选 are no words of it."""
    return _DOINGS.sub(lambda found: f"，{found[0]}，", topic).replace("，，", "，").strip("，")


def _doing(form: str) -> str:
    parts = read_question(_CUES.sub("，", form)).parts
    return "，".join(short for part in parts if len(short := _EDGE.sub("", part)) > 1)
