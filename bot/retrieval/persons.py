"""The persons a question names, 王小虚每月交多少党费, and the codes. Persons are told by a surname and by what stands around. Pure.

No list of names is needed: whether the documents speak of someone is for the catalog to say. What is no name (何时,
高校, 任期) is kept out by the characters that no given name has, and by what may follow a name. What may be one and
need not (石家庄, 解放军) only finds the rows it stands in; that the question is about a person is said by a title
or by what is asked, see `bot.retrieval.personal`.
"""

from __future__ import annotations

import re

from bot.retrieval.personal import MODEST_TITLES, TITLES, asks_of_person, is_word
from ingest.surnames import COMMON, DOUBLE, RARE
from ingest.text import search_form

_SURNAME = rf"(?:{'|'.join(DOUBLE)}|[{COMMON}{RARE}])"
# No given name has them: words of every question, of time and number, of the trade.
_NEVER = (
    "的是在有从该要能不没上下里个们了着过到来去和与或及等被把给让我你他她它这那哪谁几多少什么怎候号费党员支部议记委组织交钱某甲乙丙丁戊三四五六七八九"
    "十百千名次人种条项款节规则办事务工作单机关府领导干群众校院公司企业村镇县区市省街道社居题开选举表决处分纪律审批准考察谈话培训材料愿申请转入积极对"
    "象预备系档案介绍证件户口岁期限序流经收缴使用管报告通知函见问责任目前后间段内外各每其于向按照据所得最再还也都就才只又很太已当必须需做吗呢吧啊哦呀"
    "嘛别无非未何因果但若虽既且并而否算够行吃喝买卖打骂闹坏错好吵怪丢掉欠罚钻退休病险税资奖补贴房车租榜述绝围动物况结束利身份反映投诉访警庭判刑罪犯"
    "合劳局检说装写压拿裁答帽本室"
)
_CODE = re.compile(r"(?<![\d.])(?=[a-z0-9-]*\d)[a-z0-9][a-z0-9-]{5,}(?![\d.元]|万)")
_WORDS = "钱"  # begins as many sentences as names
_JOINED = re.compile("[和与跟、]")
_GIVEN = rf"[^\W\d_a-zA-Z{_NEVER}]"
_BEFORE = (
    r"(?:^|(?<=[，。、；：？！,.;:?!\s“\"(（和与跟给让叫查])|(?<=请问)|(?<=一下)|(?<=看看)|(?<=查询)|(?<=问问)|(?<=关于)|(?<=党员)|(?<=书记)|"
    r"(?<=同志)|(?<=我是)|(?<=支部))"
)
_AFTER = (
    rf"{TITLES}|的|党费|每|是|在|有|没|今年|去年|前年|上月|本月|这个?月|\d|交|缴|欠|补|属|所在|参加|入党|转正|转|为什么|为何|怎么|如何|什么|何时|"
    r"哪|谁|多少|几|能|可以|应|该|受过?|被|担任|现在|目前|已|还|到|从|于|去|提交|递交|申请|党龄|工龄|电话|手机|身份证|籍贯|和|与|跟|[，、？！。,?!\s]|$"
)
_PERSON = re.compile(rf"{_BEFORE}(?P<name>{_SURNAME}{_GIVEN}{{1,2}}?)(?=(?P<title>{TITLES})|{_AFTER})")


def persons_in(question: str) -> tuple[tuple[str, bool], ...]:
    """The names in a question's search form, each with whether it is surely one.

    Sure is a name with a title (王伟同志), and one of three characters of which is asked what is asked of persons only
    (王小虚每月交多少党费), or that is joined to such a one. Two characters may be a word (高薪, 金额) unless 同志 or
    书记 follows; beside a comma they are taken for a name.
    """
    form = search_form(question)
    found: dict[str, bool] = {}
    before: tuple[str, int] | None = None  # the name before, and where it ends
    for match in _PERSON.finditer(form):
        name, rest = match["name"], form[match.end() :]
        around = form[max(0, match.start() - 1) : match.start()] + rest[:1]
        is_long = len(name) > 2 and name[0] not in _WORDS
        if is_word(name) or not (match["title"] or is_long or (around.isalnum() and rest)):
            continue
        is_titled = match["title"] is not None and (is_long or match["title"] in MODEST_TITLES)
        is_sure = is_titled or (is_long and asks_of_person(rest))
        if is_sure and before and _JOINED.fullmatch(form[before[1] : match.start()]):
            found[before[0]] = True
        found[name] = found.get(name, False) or is_sure
        before = (name, match.end()) if is_long else None
    return tuple(found.items())


def terms_in(question: str) -> tuple[str, ...]:
    """Names of persons and codes of six and more letters or digits, in search form."""
    codes = _CODE.findall(search_form(question))
    return tuple(dict.fromkeys((*(name for name, _ in persons_in(question)), *codes)))
