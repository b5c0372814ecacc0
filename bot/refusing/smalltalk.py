"""What is said to a desk but asks nothing of its documents: greetings, chat, and questions about a private person. Pure."""

from __future__ import annotations

import re

from ingest.surnames import COMMON, DOUBLE, IN_WORDS
from ingest.text import search_form

MAY_BE_ASKED = (
    "可以问党务工作上的规定和本单位材料里的事，例如：“预备党员的预备期是多长？”“支部党员大会多久召开一次？”"
)
_GREETED = "您好，这里是党务智答，只根据资料库里的文件回答，每一句都注明出处。"
_CHATTED = "这里只根据资料库里的文件回答，不闲聊。"
_PRIVATE = (
    "这里不回答某个人的情况：是不是党员、何时入党、是否受过处分、联系方式等，请按规定向其所在党组织了解。"
)

_END = r"[啊呀吗呢吧哦哈啦了么嘛的!！。.,，~～?？、…\s]*+"
_GREETING = (
    r"(?:(?:你|您|大家|老师|同志)们?好|哈[喽啰罗]|嗨|hi|hello|hey|在吗|在不在|有人(?:在)?吗|早上?好?|"
    r"(?:早上|上午|中午|下午|晚上)好|晚安|您?好久不见|新年好|节日快乐)"
)
_CHAT = (
    r"(?:谢谢?|多谢|感谢|非常感谢|太感谢)(?:你|您|啦|了)?(?:的?(?:帮助|回答|解答))?|辛苦|麻烦你|不客气|再见|拜拜|bye|好|好的|行|可以|"
    r"ok|okay|嗯++|哦++|明白|知道|收到|懂|对|是的|不是|没事|没关系|哈++|呵++|厉害|真棒|很好|不错|test|测试(?:一下)?|"
    r"(?:请问)?(?:你|您)(?:到底)?(?:是谁|是什么|是干什么|叫什么|叫什么名字|几岁|多大|是机器人|是人工智能|是ai|会什么|会干什么|会做什么|"
    r"能做什么|能干什么|能干嘛|能回答什么(?:问题)?|有什么功能|怎么样|还好|吃饭|吃了)|"
    r"(?:请)?(?:介绍|自我介绍)(?:一下)?(?:你|您)?自己?|(?:我)?(?:可以|能)问(?:你|您)?(?:些)?什么(?:问题)?|(?:这个)?怎么用|"
    r"(?:给我)?(?:讲|说)个?(?:笑话|故事)|陪我聊(?:聊|天|会儿)?|聊聊天?|"
    r"(?:今天|明天|现在|这里)?(?:的)?天气(?:怎么样|如何|好|怎样)|(?:今天|现在)(?:是)?(?:几号|星期几|几点|周几)|我(?:很|好)?(?:无聊|累|高兴|开心)|我(?:爱|喜欢)(?:你|您)"
)
# Some wordings can be read in two ways, so their number has a limit: without one, 你好 sixty times would take for ever.
_ALL_GREETING = re.compile(rf"(?:{_GREETING}{_END}){{1,8}}")
_ALL_CHAT = re.compile(rf"(?:{_GREETING}{_END}){{0,4}}(?:(?:{_CHAT}){_END}){{1,6}}")

# A name: a family name and one or two characters, standing where a person stands, before something only a person has.
_FAMILY = f"{'|'.join(DOUBLE)}|[{COMMON}{IN_WORDS}]"
_NO_NAME = (
    "户额苏西都党委团工部门员生师长者会院校省市县区镇乡村社组层企业单位干人民众友年月日管领理亲妻属伴机关级案件法规制度程序务"
    "请书时客合品未化职报州边键裹身域用出期"
)
_PERSON = rf"(?:{_FAMILY})(?:[\u4e00-\u9fff](?<![{_NO_NAME}])){{1,2}}"
_TITLE = r"(?:同志|先生|女士|老师|书记|主任|这个人)?"
_STATUS = (
    r"(?:正式|预备|中共)?(?:党员|团员|积极分子|发展对象|入党积极分子|党代表|书记|支部书记|委员|公务员|干部)"
)
_OF_A_PERSON = (
    rf"(?:是不是|是否是|是否为|是|算不算|算){_STATUS}",
    r"(?:是什么时候|什么时候|何时|哪一?年|哪天|几几年|是哪年)(?:加?入的?党|转正|入的党|退休|提拔)",
    r"(?:入党|入了党|转正|退党|脱党|交党费|交了党费|结婚|离婚)了?(?:没有?|吗|了没)",
    r"(?:有没有|是否)(?:入党|转正|交党费|交过党费|受过处分|受处分|违纪|被处分|结婚|犯罪|信教)",
    r"(?:受过|犯过|被)(?:什么|哪些)?(?:处分|错误|查)",
    r"的(?:手机号?码?|电话号?码?|联系方式|住址|家庭住址|身份证号?码?|工资|收入|年龄|生日|档案|党龄|入党时间|入党日期|党费|微信|简历|籍贯|学历|政治面貌)(?:是|有|在|多少|几|哪|给|查|$|[?？。，])",
    r"(?:住在?哪|多大年纪|今年多大|电话|手机号|哪里人|现在在哪|在哪个支部|在哪个单位|人怎么样|为人怎么样)",
)
_ABOUT_PERSON = re.compile(
    rf"(?:请问|我想(?:知道|问)|想问(?:一下)?|查一下|帮我查(?:一下)?|告诉我|你知道|知道)?，?(?:我们?(?:支部|单位)?的?)?{_PERSON}{_TITLE}(?:{'|'.join(_OF_A_PERSON)})"
)
_A_RULE = re.compile(r"怎么办|怎么处理|如何处理|应当|应该|规定|能不能|可不可以|能否|条例|章程|细则|《")


def not_for_documents(question: str) -> str | None:
    """What to say instead of searching (Chinese); None where the question is for the documents.

    A greeting before a question does not count; nor does a person in a question about a rule.
    """
    form = search_form(question)
    if _ALL_GREETING.fullmatch(form):
        return _GREETED + MAY_BE_ASKED
    if _ALL_CHAT.fullmatch(form):
        return _CHATTED + MAY_BE_ASKED
    if _ABOUT_PERSON.match(form) and not _A_RULE.search(form):
        return _PRIVATE + MAY_BE_ASKED
    return None
