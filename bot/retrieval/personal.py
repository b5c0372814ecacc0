"""What is asked of persons only, 什么时候转正, and the titles that stand behind their names. Pure patterns.

A question that names 石家庄 or 解放军 asks for a rule; what these patterns do not take for personal is left to the
weighing of the evidence.
"""

from __future__ import annotations

import re

# Behind a name of two characters, too; the others stand behind words of two as well (卫生院长, 温泉镇长).
MODEST_TITLES = frozenset(("同志", "书记", "主任", "委员", "老师", "主席", "处长", "科长", "这个人", "这位"))
TITLES = "|".join((*sorted(MODEST_TITLES), "局长", "院长", "校长", "镇长", "县长", "站长"))
# Groups of people and fields of work that begin like a surname: they pay and have offices as persons do.
_WORDS = re.compile(
    "解放军|高(?:中生?|职生?|薪族|龄者|管层|级)|包工头|施工[队方]?|钟点工|石油工|陶瓷工|丁克族|石化厂|焦化厂|卫生|司法|金融|文物|华侨|江[西苏]|"
    "宁夏|马列|金牌|商务|程序"
)
_PLACE = re.compile("..[庄口港岛湾沟屯寨堡坝镇州]")  # 石家庄, 张家口, 张家港: no given name ends so
_PAST = (
    r"(?:现在|目前|今年|去年|前年|上个?月|本月|这个?月|每个?月|每年|一共|总共|(?:19|20)?\d\d年度?|\d{1,2}月份?|应该|应当|应|该|要|需要?|"
    r"已经?|还|到底|究竟|是|都|的)*+"  # never given back: 应该 can be read in two ways, and twenty of them would take for ever
)
_WHEN = r"(?:什么时候|什么时间|何时|哪一?年|哪一?天|几月|几号|几时)"
_LIFE = r"(?:入党|转正|出生|退休|参加工作|提交申请|递交申请|调入|调出|转入|转出)"
_FEE = (
    r"(?:补?[交缴](?:纳|了|过)*(?:多少|几个?月|几块|几元)(?:党费|钱|元|$)|补?[交缴](?:没|不)[交缴]|补?[交缴](?:纳|了|过)*党费(?:了|没|吗)|"
    r"欠(?:了|着|缴|交)*(?:多少|几|党费|费|$)|党费(?:是)?(?:多少|几元|几块|[交缴]没[交缴]|[交缴]了|[交缴]到几|欠))"
)
_PAPERS = (
    r"(?:电话|手机|联系方式|身份证|住址|家庭住址|生日|年龄|党龄|工龄|籍贯|学历|职务|性别|民族|入党介绍人|培养联系人|入党志愿书|"
    rf"{_LIFE}(?:时间|日期|年月|年份|年限)|出生(?:日期|年月))"
)
_STATE = (
    r"(?:谁(?:$|[?？,，。])|不是(?:预备|正式)?党员|(?:预备|正式)?党员(?:吗|么|没|还)|(?:在|属于?)?哪个(?:党)?支部|"
    r"入(?:的)?党(?:多久|多少年|几年|了没|了吗|没有)|转正(?:了|没)|有没有(?:入党|转正|欠|[交缴])|没有?(?:入党|转正|[交缴])(?:吗|过|党费|$)|多大(?:了|$|[?？])|几岁|多少岁|"
    r"哪里人|受过|担任(?:什么|过|哪)|(?:参加|缺席|请假|迟到)(?:了|过)?(?:几|多少)次)"
)
_OF_PERSON = re.compile(
    rf"{_PAST}(?:{_FEE}|{_PAPERS}|{_STATE}|{_WHEN}(?:该|应该|能|可以|要)?(?:{_LIFE}|入的?党|转的?正|[交缴](?:的|了|过)?党费|成为|确定为))"
)


def asks_of_person(rest: str) -> bool:
    """Whether what follows a name, to the end of the question's search form, is asked of persons only."""
    return _OF_PERSON.match(rest) is not None


def is_word(name: str) -> bool:
    """Whether it is a group, a field of work or a place, though it begins as a name does."""
    return _WORDS.fullmatch(name) is not None or _PLACE.fullmatch(name) is not None
