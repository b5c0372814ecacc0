"""The kind of answer a question wants, as a pattern that the answering sentence should hold. Pure."""

from __future__ import annotations

import re

from ingest.text import NUMERAL, search_form

_COUNT = rf"(?:\d+(?:\.\d+)?|[{NUMERAL}半]+)"
_RANGE = rf"{_COUNT}(?:(?:至|到|-|—|~){_COUNT})?"
_EVERY = r"每(?:年|月|半年|季度|季|周|两年)"
# the word after 几 or 多少: what may stand after the figure in the answer
_UNITS = {
    "月": "个?月|年",
    "个月": "个?月|年",
    "年": "年|个月",
    "天": "天|个?工作日|日|学时|周|个?月",
    "日": "天|个?工作日|日|周|个?月",
    "岁": "周?岁",
    "人": "人|名|个",
    "名": "名|人|个",
    "位": "名|人|位",
    "个人": "人|名|个",
    "次": "次",
    "学时": "学时|小时",
    "小时": "学时|小时",
    "元": "元",
    "种": "种|类|项",
    "类": "类|种",
    "条": "条|项",
    "项": "项|条",
    "字": "字",
    "分": "分(?![之钟])",
    "钱": "元|%",
    "平方米": "平方米|㎡",
    "点": "[时点](?![一-鿿]?问)|:\\d",
    **{unit: unit for unit in ("度", "亩", "门", "顿", "寸", "厘米", "公里", "斤", "页", "篇")},
    "户": "户|百户",
    "家": "家|个",
}
_PEOPLE = {"人", "名", "位", "个人"}
_SHARE = "半数|分之"  # how many people it takes is said as a share of those who are to come
_UNIT_ASKED = re.compile(
    r"(?:(?<!好)几|多少)(" + "|".join(sorted(_UNITS, key=len, reverse=True)) + r")(?!一次|以上的|[之钟])"
)
# 每半年 says how often, not how long.
_TIME = rf"(?<![每\d.{NUMERAL}半]){_RANGE}个?(?:多)?(?:年|月|日|工作日|天|周|星期|小时|学时|季度|分钟)|任期|届满|之日起|当[日月年]|[次月年][月底初]"
_OFFICE = "(?:书记|主任|部长|局长|校长|院长|镇长|乡长|县长|区长|干事|经办人|负责人)"
_WHO = (
    rf"叫什么|什么名字|姓名|{_OFFICE}(?:现在|目前)?是(?:谁|哪位)(?=[呀啊呢?。,!]|$)|"
    r"谁(?:还|都|也)*(?:没有?|未|欠|拖欠)"
)
_KINDS = (
    ("procedure", r"几[个道]?(?:程序|步骤|流程|环节|阶段|手续)"),
    (
        "list",
        r"几[项条](?:基本|主要)?(?:权利|义务|职责|职权|任务|原则|条件)|(?:哪|分为?|分成)几[种类]|分为哪|几种(?:方式|形式|措施)",
    ),
    ("agent", r"(?:怎么|怎样|如何|咋)(?:选举)?产生"),
    ("phone", r"电话|手机号|号码|分机"),
    ("called", _WHO),
    (
        "frequency",
        r"(?:多久|多长时间|几年|几个月|多少时间).{0,8}(?:一次|1次)|多久.{0,2}(?:开|搞|办|讲|交|公布|公开|组织|考察|分析|谈心|汇报)|几次|多少次|频次|频率",
    ),
    (
        "time",
        r"多久|多长|多少时间|(?<!好)(?:几个月|几年|几天|几日)|期限|时限|什么时候|何时|什么时间|年限|时长|有效期|任期|哪一?[天年]|哪个月|几月|(?<![一-鿿])几号",
    ),
    (
        "people",
        r"人数|(?:介绍人|联系人|党员|委员|书记)[^交缴拿领发给]{0,4}(?:几|多少)个?",
    ),  # 党员每月交多少: money
    ("figure", r"多少|(?<!好)几|比例|百分之|年龄"),
    (
        "agent",
        r"谁|由(?:什么|哪些)人|什么人(?=担任|当)|哪级|哪一级|什么机关|什么部门|哪些?(?:个)?(?:部门|机关|组织|机构)",
    ),
    ("procedure", r"程序|步骤|流程|手续|环节|怎么办理|如何办理|怎样办理|怎么走"),
    ("list", r"哪些|什么情[况形]|条件|任务|职责|内容|情形|方式|权利|义务"),
    ("how", r"怎么办|怎么|如何|怎样|咋"),
    ("whether", r"能不能|可不可以|是否|是不是|能否|可否|可以|吗"),
    ("meaning", r"是什么|什么是|什么叫|指什么|含义|是指"),
)
_FIGURE = "名|人|个|次|位|元|分(?!钟)|周?岁|年|月|天|倍|%|条|项|种|以上|以下|学时"
_ANSWERS = {
    "called": rf"名叫|姓名|叫做|称为|简称|(?<!户)名为|[\u4e00-\u9fff]{{2,3}}同志|{_OFFICE}:?[\u4e00-\u9fff]某",
    "phone": r"(?<!\d)\d{4,}(?![\d元年人名%.])",
    "frequency": rf"{_EVERY}|{_COUNT}(?:年|个月|周).{{0,6}}次|任期|随时召开",
    "time": _TIME,
    "people": rf"{_RANGE}(?:名|人|个|位)|{_SHARE}",
    "figure": rf"{_RANGE}(?:{_FIGURE})|[百千]?分之|%|半数|\((?:{_FIGURE})\):{_COUNT}",  # a table's 党费（元）：78
    "agent": r"[由经报].{1,24}?(?:批准|审批|决定|负责|主持|召集|产生|指定|组织|讨论|任命|提出|通过|备案|同意)",
    "procedure": r"程序|手续|步骤|流程|依次",
    "list": r":|包括|下列|以下",
    "how": r":|包括|下列|以下|应当",
    "whether": r"不得|不能|不准|不宜|不可以|可以|必须|应当|允许|禁止|视为",
    "meaning": r"是指|指的是|指|,是|是.{4,}",
}
_COUNTED = re.compile(
    r"(?:几|多少)[个名位种份件家]([\u4e00-\u9fff“”]{2,6}?)(?=[,，。?？、]|$|[要才可能就呢吗了的来和])|"
    r"([\u4e00-\u9fff]{2,4})(?:是|为|有)多少(?=[?？。,，]|$)"
)
_DEED = re.compile(r"(?:由谁|谁来|由哪[个级]\w{0,4}?)(?:负责|来)?([\u4e00-\u9fff]{2})")
_SUBJECT = re.compile(
    r"([\u4e00-\u9fff]{2})(?:一般|应该|应当|要|是|有|为|得|可以|需要|最)?(?:多长|多久|几年|几个月|几天|多少|几次)"
)
_YES_OR_NO = re.compile(r"吗[?？]?$")
_OTHERWISE = re.compile(r"[哪几谁怎咋]|多[少久长大]|什么|何|程序|手续|流程|电话|叫")
_HELD = re.compile(
    r"(?:多久|多长时间|几个?月|几年)(?:要|得|应该|应当|必须)?(?:召?开|举行)?(?:一次|1次|$)|(?:几|多少)次(?:会|$)"
)
_TIMES = re.compile(r"几次|多少次")
_MONEY = re.compile(  # 多少工资, 补助多少: a figure of years is no answer
    r"(?:工资|补助|补贴|津贴|奖金|退休金|养老金|慰问金|报酬|党费)(?:是|有|发|给|拿|交|能|得)*多少|多少(?:工资|补助|补贴|津贴|奖金|退休金|养老金|慰问金|报酬|党费)"
)
_PERIOD = re.compile(r"[年月周天季](?!满)|季度|期间")
_COMPILED = {kind: re.compile(pattern) for kind, pattern in _ANSWERS.items()}


def kind_of(form: str) -> str | None:
    """A key of the kinds above for a question in its search form; None when none of the cues is there."""
    if _YES_OR_NO.search(form) and not _OTHERWISE.search(form):
        return "whether"  # 权利……一样吗 asks for no list of them
    return next((kind for kind, cue in _KINDS if re.search(cue, form)), None)


def pattern_for(form: str) -> re.Pattern[str] | None:
    """What an answering sentence, in its search form, should hold: a figure with the unit asked for, and so on."""
    kind = kind_of(form)
    unit = _UNIT_ASKED.search(form)
    if _TIMES.search(form) and not _PERIOD.search(form):
        return re.compile(rf"{_ANSWERS['frequency']}|{_COUNT}次")  # 可以延长几次: a count, not a frequency
    if kind == "figure" and re.search(r"比例|百分之|几分之", form):
        return re.compile(r"%|分之|\d:\d")
    if kind == "figure" and not unit and _MONEY.search(form):
        return re.compile(r"\d元|\(元\):?\d|%|倍")
    if unit and kind != "frequency":
        units = _UNITS[unit[1]]
        share = f"|{_SHARE}" if unit[1] in _PEOPLE else ""
        ordinal = "(?<!第)" if unit[1] in _PEOPLE else ""  # 第一个月 counts nobody
        return re.compile(rf"{ordinal}{_RANGE}(?:余|多)?(?:{units})(?!月)|\((?:{units})\):{_COUNT}{share}")
    return _COMPILED[kind] if kind else None


def counts_kinds(form: str) -> bool:
    """Whether it asks how many kinds or items there are: a sentence that says so is nearly always the answer."""
    unit = _UNIT_ASKED.search(form)
    return unit is not None and unit[1] in "种类项条"


def counted(form: str) -> str | None:
    """What is counted or measured: 新生 in 招了多少名新生, 起征点 in 起征点是多少; None where that is not said."""
    found = _COUNTED.search(form)
    return (found[1] or found[2]) if found else None


def deed(form: str) -> str | None:
    """What somebody is asked to do: 保管 in 由谁保管; None where that is not said."""
    found = _DEED.search(form)
    return found[1] if found else None


def says_of(form: str, wanted: re.Pattern[str]) -> re.Pattern[str] | None:
    """预备期是多长: a sentence with 预备期为 and a time says just that. None where no such word stands before the figure."""
    found = _SUBJECT.search(form)
    if found is None:
        return None
    told = rf"{re.escape(found[1])}(?:一般|通常|应当|原则上|每届|时间)?[为是]?(?:不少于|至少)?(?:{wanted.pattern})"
    # 党员大会是……，由全体党员参加，一般每季度召开1次: the sentence is about it
    if _HELD.search(form):
        told += rf"|^[^,;。:]{{0,8}}{re.escape(found[1])}(?:会议)?(?:是|由|一般|原则上|应当|至少|每)[^。]{{0,80}}?(?:{wanted.pattern})"
    return re.compile(told)


def figure_for(form: str) -> re.Pattern[str] | None:
    """The pattern when a figure, a time or a telephone number is asked for: an answer without one is none."""
    return (
        pattern_for(form)
        if kind_of(form) in {"phone", "called", "frequency", "time", "people", "figure"}
        else None
    )


def holds(pattern: re.Pattern[str] | None, text: str) -> bool:
    return holds_form(pattern, search_form(text))


def holds_form(pattern: re.Pattern[str] | None, form: str) -> bool:
    """The same of a text that is in its search form already."""
    return pattern is not None and pattern.search(form) is not None
