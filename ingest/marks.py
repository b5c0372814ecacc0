"""How marks of secrecy are written: patterns over lines folded to one form. Standard library only.

In a folded line white space and zero-width characters are gone, widths are NFKC (so ： is : and （ is a plain bracket)
and the traditional characters that marks use are simplified.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_SIMPLE = str.maketrans("絕機祕內級資參傳長個閱後時間漢蓋啟開佈", "绝机秘内级资参传长个阅后时间汉盖启开布")
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f\xad")


@dataclass(frozen=True, slots=True)
class Folded:
    """One line. `form[i]` came from `text[places[i]]`, with `gaps[i]` columns of white space before it.

    `raw` is the line as it stands; `form` is empty where the caller asked for none.
    """

    raw: str
    form: str
    places: tuple[int, ...]
    gaps: tuple[int, ...]
    page: int | None

    @property
    def ends_with_colon(self) -> bool:
        return self.raw.rstrip().endswith(("：", ":"))


def fold(text: str, start: int, end: int, page: int | None, wanted: bool) -> Folded:
    """The line `text[start:end]`; a space counts one column, a tab four, an ideographic space two."""
    if not wanted:
        return Folded(text[start:end], "", (), (), page)
    form: list[str] = []
    places: list[int] = []
    gaps: list[int] = []
    gap = 0
    for place in range(start, end):
        character = text[place]
        if character in _INVISIBLE:
            continue
        if character.isspace():
            gap += {"\t": 4, "\u3000": 2}.get(character, 1)
            continue
        for part in "秘密" if character == "㊙" else unicodedata.normalize("NFKC", character):
            if not part.isspace():
                form.append(part)
                places.append(place)
                gaps.append(gap)
                gap = 0
    gaps.append(gap)
    return Folded(text[start:end], "".join(form).translate(_SIMPLE), tuple(places), tuple(gaps), page)


_LEVEL = "(?P<level>绝密|机密|秘密)级?"
_STRONG = "[★☆⭐🌟✩✪✫✬✭✮✯✰⋆✡⍟]"
_WEAK = r"[*\u2217✱✲✳✴✦✧❋●•·⚫⬤○◆◇※■▲♦☼+×~∙・./—-]"
_MISREAD = (
    "[女大太文攵x六k安本去食支友灾天火]"  # what OCR makes of a star; only before a period that ends the mark
)
_NUMBER = "[0-9〇一二三四五六七八九十两壹贰叁肆伍陆柒捌玖拾半百]"
_DURATION = f"{_NUMBER}{{1,4}}(?:年|个?月|天|日)(?:{_NUMBER}{{1,2}}个?月)?(?:以?内)?"
_DATE = r"[至到]?\d{4}(?:年\d{1,2}月(?:\d{1,2}日)?|[-./]\d{1,2}[-./]\d{1,2})(?:[前止后]|解密|起解密)?"
_CONDITION = (
    r"(?:[^,。;!?、:“”()★☆*]{0,10}?(?:解密|公开|公布|启用|发布|公示|宣布|开考|结束|实施|使用|下发|印发|办结|完成|开启|任命|审结)"
    r"(?:之?[前后时]|以前|以后)(?:解密|公开)?)"
)
_PERIOD = f"(?:{_DATE}|{_DURATION}|长期|永久|(?:保密)?期限[:为]?(?:{_DURATION}|长期)|{_CONDITION})"
_NUMBERING = r"(?:(?:份号|文?编号|NO|No|no|N[°º])[.:．]?\s*\d{1,8}号?|第\d{1,5}[号份期]|第?(?<!\d)\d{3,8}(?!\d)号?|[(\[]\d{3,8}[)\]])"
_URGENCY = "(?:(?:紧急程度|缓急(?:程度|时限)?|等级)[:]?(?:特急|特提|加急|平急|急件|一般|普通|无)?|特急|特提|加急|平急|急件|紧急|平件|限时)"
_HANDLING = (
    "(?:注意保[存密管]|请?妥善保[管存]|(?:不得|严禁|禁止|请勿|切勿|勿)(?:外传|外泄|扩散|复制|复印|翻印|转载|抄录|传播|外借|公开|对外)+|"
    "仅供(?:有关|各级)?(?:领导)?参[考阅]|仅限内部(?:传阅|使用)|[会阅用]后(?:请?(?:收回|退回|销毁|清退)|即焚)|请?按期清退|限?领导参阅|阅后退还|亲启|专人专送)"
)
_PAGE = r"(?:[-—–]?\d{1,4}[-—–]|第\d{1,4}页(?:共\d{1,4}页)?)"
_PAIR = (
    "(?:(?:份号|编号|学校代码|单位代码|学号|分类号|UDC|签发人?|会签|文号|发文字号|收文号|缓急|保密期限|成文日期|日期|印数|页数|档号|标题|文件标题|文件名称)"
    ":[^,。;!?:绝机秘密]{0,20})"
)
_REGISTER = r"(?:[\u4e00-\u9fffA-Za-z]{0,12}[〔\[(【]\d{4}[〕\])】]第?\d{1,5}号)"
_ISSUER = r"(?:[\u4e00-\u9fff〇×xX*○]{2,30}(?:文件|函|通知|委员会|办公[室厅]|党组|纪要|简报|专报|电报|材料之?[一二三四五六七八九十]?))"
_JOIN = r"[,;/|·•\-—★]?"
_ITEM = rf"(?:{_NUMBERING}|{_URGENCY}|[(]?{_HANDLING}[)]?|{_PAGE}|{_PAIR}|{_REGISTER})"
_DECOR = r"[#>*_★☆※✱]{0,6}"

LEADS = re.compile(rf"{_DECOR}(?:{_ITEM}{_JOIN})*+{_DECOR}")
FURNITURE = re.compile(rf"(?:{_JOIN}{_ITEM})++[*_✱]*")
TRAILS = re.compile(rf"(?:{_JOIN}{_ITEM})*+{_JOIN}(?:{_ISSUER})?(?:{_JOIN}{_ITEM})*+[*_★☆✱]*")
_SHELL = r"[(\[【〔<〈『「{]?"
_SHELL_END = r"[)\]】〕>〉』」}]?"
STARRED = re.compile(
    rf"(?<![、“‘《\"'])(?:密级:?)?{_SHELL}(?P<mark>(?P<level>绝密|机密|秘密|工作秘密|内部)级?"
    rf"(?:[(]?{_STRONG}+(?:{_PERIOD})?[)]?|(?P<weak>{_WEAK}{{1,2}}|{_MISREAD}(?=\d)){_PERIOD})){_SHELL_END}"
)
BRACKETED = re.compile(
    rf"[(\[【〔<〈『]{_LEVEL}(?P<star>(?:{_STRONG}|{_WEAK}|[,:])+{_PERIOD}|{_STRONG}+|{_DURATION})?[)\]】〕>〉』]"
)
BARE = re.compile(
    rf"(?<![、“‘《\"'])(?P<mark>[(\[【〔<〈『]?(?:{_LEVEL}(?:文件|公文|件|资料|材料|电报|传真)?"
    rf"(?:{_WEAK}?[(]?{_PERIOD}[)]?)?)[)\]】〕>〉』]?[*_✱]*)(?![”’》、])"
)
LEVELS = re.compile(rf"{_DECOR}(?:\d{{1,4}}[.、]?)?[(\[【]?(绝密|机密|秘密)")
_VALUE = rf"(?P<mark>(?:(?P<level>绝密|机密|秘密|内部)级?(?:资料|文件)?(?:(?:{_STRONG}|{_WEAK})*{_PERIOD}|{_STRONG}+)?))"
_LABEL = (
    r"[(\[【]?(?:文件|资料|论文|项目)?(?:密级|密别|密等|保密[等级]级别?|保密级别|涉密[等级]级别?|"
    r"涉密级别|秘密等级|机密等级|密级等级)(?:[((][^)]{0,16}[)])?[)\]】]?"
)
LABELLED = re.compile(
    rf"{_DECOR}(?:{_ITEM}{_JOIN})*+{_LABEL}[:;|★/-]*[(\[【]?{_VALUE}[)\]】]?(?:{_JOIN}{_ITEM})*+[;。]?"
)
TICKED = re.compile(rf"{_LABEL}[:;]?[^。]{{0,20}}?[☑■✓√✔☒](?P<mark>{_LEVEL})")
LABEL_ONLY = re.compile(rf"{_LABEL}:|(?:份号|编号|签发人|紧急程度|缓急|文号|保密期限|会签人?|拟稿人?|签发):")
VERTICAL = re.compile("[绝机秘]密[级★☆*]?")
REGISTERED = re.compile(r"^\s*\S{0,14}\s*[〔\[［（(【]\s*\d{4}\s*[〕\]］）)】]\s*第?\s*\d{1,5}\s*号")

_INSIDE = (
    "内部(?:参考|学习|会议|使用|工作)?(?:资料|文件|材料|刊物|情况|参阅|参考|传阅|明电|电报|掌握|读物|使用)"
)
_ENJOIN = rf"(?:[,;!·。—★☆*/、:(-]*(?:请|{_HANDLING})[)]?)"
# 内部文件 as a title of its own; with an order to keep it (注意保存) also behind a unit's name or in brackets at a title's end.
INTERNAL = re.compile(
    rf"[#>*_★☆※]{{0,6}}(?:{_ITEM}{_JOIN})*+(?P<mark>[(\[【〔]?(?:本?{_INSIDE}{_ENJOIN}*|(?<=[(\[【〔])内部|"
    rf"(?:党内|机关|内部)[\u4e00-\u9fff]{{0,2}}(?:文件|资料|讲话|纪要|通报|简报){_ENJOIN}+)(?:。(?=[)\]】〕])|★)?[)\]】〕]?)[!*_★※]*(?:{_JOIN}{_ITEM})*+|"
    rf"[\u4e00-\u9fff0-9年月()《》]{{0,30}}(?<![为是属按作入印注的])[(\[【](?P<titled>{_INSIDE}{_ENJOIN}+)[)\]】]"
)
ADVERT = re.compile(
    "会员|仅供(?:内部)?(?:学习|交流)|供(?:个人)?学习|内部交流|用后删除|网站|违者|VIP|[Qq]{2}|微信|公众号|文库|下载|倒卖|付费|购买|"
    "免费|准印|准字|出版|群|扫码|订阅|更多(?:资料|范文)|加盟|关注|考研|押题|真题|题库|机构|课程|分享"
)

# What only those write who write about secrecy: rules, lessons, forms, questions.
TALK = re.compile(
    "密级|国家秘密|定密|保密期限|保密(?:知识|教育|常识|培训|须知|法|制度|规定|标[志识])|标[注明志识为]|样式|示例|例如|格式|正确|错误|答案|选项|"
    "以下简称|泄露会使|国家安全和利益|涉密(?:人员|岗位|计算机|载体|等级|程度|信息系统|设备)|(?:绝密|机密|秘密)"
)
QUIZ = re.compile(
    "押题|真题|题库|考研|备考|套题|揭秘|投票|表决|选举|通信|商业|信件|日记|词语|反义|近义|拼音|造句|电影|小说|电视剧|歌曲|单选|多选|判断题|填空"
)
TALK_HEAD = re.compile(
    "密级|国家秘密|定密|保密(?:知识|教育|常识|培训|须知|宣传|测试|法|自查|提醒|课)|涉密(?:人员|载体|等级)|[词诗题]|单元|选择|等级|分类"
)
SAMPLE = re.compile("示例|样例|样式|版式|范例|模板|填写说明|格式")
EXAMPLE = re.compile(
    "是什么|意思|表示|是指|指的|含义|如何|怎[么样]|标[志注识明]|应当|样式|示例|错误|正确|^(?:[是为的和与或及等表指应即]|字样|级)"
)
PRECEDED = re.compile("[A-Za-z][.)]$|[是为属于即叫的到把及称作和或分级、)A-Za-z:如等“]$|(?:标题|名称)$")
COMPOUND = re.compile(
    "级|[、,:;是为指即的]|投票|选举|书记|工作|战线|会议室|武器|任务|花园|通道|计算机|[A-Za-zāáǎàīíǐìūúǔùēéěèōóǒò]"
)
DEFINED = re.compile("级|指|是|即|为[^了]|最?重要的国家|一般的国家|一般国家|泄露|n\\.|[a-z]|[:,、]|属于")
NUMBERED = re.compile(
    r"^(?:[#>*]+|\(?[一二三四五六七八九十0-9]{1,3}[)、.．]|第[一二三四五六七八九十0-9]+[条章节]|附件\d{0,2}:?)+$"
)
BODY_END = tuple("。!?;:")
