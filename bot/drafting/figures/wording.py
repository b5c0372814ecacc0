"""The words around a figure, cut down to what names a thing and what was done to it. Pure.

发展党员, 处分党员 and 党员 are one thing with which three different things were done (or none): the doing is kept apart, so that
the thing may be worded freely and the doing may not.
"""

from __future__ import annotations

import re

from bot.drafting.model import PENDING

_SAME = (
    (
        re.compile(
            "接收预备党员|吸收预备党员|吸收党员|新发展的?党员|新发展的|新发展|党员发展(?!对象)|新党员"
        ),
        "发展党员",
    ),
    (re.compile("共产党员"), "党员"),
    (
        re.compile("(?:提高|提升|降低|下降|上升|增加|增长|减少|压减|缩短|扩大|[降升增减])[到至为](?![到会])"),
        "",
    ),
    (re.compile("多$"), "增加"),
    (re.compile("少$"), "减少"),
)
# What was done, where another doing makes another figure of the same thing.
_ACTS = re.compile(
    "完成|办结|新建|转正|处分|发展(?!对象)|转入|转出|回收|整改|验收|达标|换届|到期|参训|实到|应到|请假|优秀|基本合格|不合格|合格|认领|新增|撤销|结转|退回|流失|"
    "去世|上缴|支出|下拨|净增|增加|增长|减少|下降|提高|降低|上升|占|培训|延期|取消|缺额|没有"
)
# What names nothing: words of time and of counting, doings that go with any thing.
_EMPTY = re.compile(
    "截至|截止|目前|全年|今年以来|今年|本年度?|当年|年内|年度|年末|年底|上年末|上年|去年|上一年|一年来|同期|同比|其中|分别|合计|共计|总计|累计|总数|数量|人数|"
    "共有|现有|已有|设有|下设|拥有|一共|达到|不少于|不超过|不足|超过|至少|最多|先后|全部|平均|约为|大约|包括|主要|以上|以下|以内|左右|用于|"
    "全(?:社区|街道|[区市县校院镇乡村国省体])|开展|召开|召集|举办|讲授|讲(?=党课)|实施|组建|成立|设立|建立|建成|发动|动员|培育|培养|推行|选派|选聘|选配|打造|帮助|推动|覆盖|收缴|缴纳|交纳|(?<!党)(?<!新)(?<!社会)组织(?!关系|委员|生活|部|员|设置|覆盖)|"
    '[的了为有是在共已均各及和与等约近达比较由从到至将把被以对并还也又再只仅则中里内末起止总名个位人年月日“”‘’"《》\\s　]'
)


def plain(text: str) -> str:
    """With the usual words for what has several: 接收预备党员 and 新发展的党员 are 发展党员."""
    text = text.replace(PENDING, "")
    for pattern, word in _SAME:
        text = pattern.sub(word, text)
    return text


def thing(text: str) -> str:
    """The letters that name a thing, without what was done to it: 全年共发展党员 -> 党员."""
    return "".join(filter(str.isalnum, _EMPTY.sub("", _ACTS.sub("", plain(text)))))


def acts(text: str) -> frozenset[str]:
    """What was done: 全年共发展党员 -> 发展."""
    return frozenset(_ACTS.findall(plain(text)))


def named(text: str) -> str:
    """Both together: 全年共发展党员 -> 发展党员."""
    return "".join(filter(str.isalnum, _EMPTY.sub("", plain(text))))
