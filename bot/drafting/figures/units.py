"""Units of figures in reports, and the numbers before them: 4.347万元 is 43470 元, 十二 is 12. Pure.

`bot.verify.quantities` reads the limits of regulations (不得超过三天), whose units are few; reports count whatever
there is. Here a unit compares with itself, and with those it can be turned into.
"""

from __future__ import annotations

import re
import unicodedata

from bot.verify.quantities import number
from ingest.text import parse_number

# Unit as written (a pattern) -> the one it compares with, and how many of that it is. A longer one comes first.
_SCALED = (
    ("个百分点|百分点", "百分点", 1.0),
    ("%|％", "%", 1.0),
    ("‰", "%", 0.1),
    ("个?工作日", "工作日", 1.0),
    ("周年(?!龄)", "年", 12.0),
    ("周?岁", "岁", 1.0),
    ("个半月", "个半月", 1.0),
    ("个?月(?!底|初|末|中)", "年", 1.0),
    ("年(?!级|段|轻|龄|终|味|报|代|[0-9]{1,2}月)", "年", 12.0),
    ("个?季度", "季度", 1.0),
    ("个?小时", "时", 60.0),
    ("分钟", "时", 1.0),
    ("个?学时|个?课时", "学时", 1.0),
    ("个?自然日|天(?![然津地])|日(?![报常期记])", "天", 1.0),
    ("个?星期|周(?![边末转到密刊报期一二三四五六日])", "天", 7.0),
    ("人次|人·次", "人次", 1.0),
    ("车次|场次|批次|件次|户次", "", 1.0),
    ("平方米|平米|㎡", "平方米", 1.0),
    ("公里|千米", "米", 1000.0),
    ("公斤|千克", "公斤", 1.0),
    ("名(?!义|称|单|誉)|位(?![置列于一])|个?人(?![次员民才事大均数口工类力物选群心间居才士生])", "人", 1.0),
    ("元(?![旦素])|块钱", "元", 1.0),
    ("角(?!色|度)", "元", 0.1),
    ("米", "米", 1.0),
    ("个(?![别体性])", "个", 1.0),
    ("家(?![庭长里家])", "家", 1.0),
    ("次(?![性要日品])", "次", 1.0),
    ("项(?!目)", "项", 1.0),
    ("期(?![间末限望])", "期", 1.0),
    ("处(?![理置分室于长罚])", "处", 1.0),
    ("条(?![例件])", "条", 1.0),
    ("场(?![地所景馆])", "场", 1.0),
    ("组(?![织工长])", "组", 1.0),
    ("件(?![套])|件套", "件", 1.0),
    (
        "份(?!子)|篇|页(?!面)|批(?![评示准])|支(?![部委持撑])|户(?!外)|所(?![有在以属])|座(?!谈)|栋|幢|间(?!接)|队(?![伍员])|辆|台(?!账)|套",
        "",
        1.0,
    ),
    (
        "本(?![级单人次年身])|册|卷|张(?!某)|块|大?类|种|门(?!前)|节(?!点|日)|轮(?!训)|遍|回|层(?!层|面|次)|倍|番|成(?=以上|以下|左右|多|的)",
        "",
        1.0,
    ),
    (
        "票|吨|亩|里(?!面|程)|室(?!内)|号(?!召)|楼(?!长|栋|院|道|宇|门)|字|分(?![之别类为批工组层析期发享管包片级])|代(?!表)|届|道(?!路|德)|学期",
        "",
        1.0,
    ),
    (
        "方面|环节|步骤|渠道|大(?=类|项|方面|版块|板块|任务|重点|体系|平台|工程|行动|领域)|(?<=[\\d第])级",
        "",
        1.0,
    ),
    (
        "对(?![接照标象于待外口])|片(?![区面])|面(?!向|积|对)|版(?!块|本)|盏|棵|株|桌|顿|只(?!有|是|能)|双(?!方)|箱|袋|瓶|桶|幅",
        "",
        1.0,
    ),
)
UNIT = "|".join(f"(?:{pattern})" for pattern, _, _ in _SCALED)
_READ = tuple((re.compile(pattern), name, scale) for pattern, name, scale in _SCALED)

ARABIC = r"(?:\d{1,3}(?:,\d{3}){1,4}(?!\d)(?:\.\d{1,8})?|\d{1,20}(?:[.．]\d{1,8})?)"
CHINESE = r"[零〇一二两三四五六七八九十百千万亿]{1,16}(?:点[零〇一二三四五六七八九]{1,6})?"
MASK = r"(?<![A-Za-z\d])(?:[Xx\uff38\uff58]{1,6}|×{1,6}|[*＊]{1,8}|[□△○]{1,6}|[_\uff3f]{2,12})(?![A-Za-z\d])"
MASKED = re.compile(r"[Xx\uff38\uff58×*＊□△○_\uff3f]{1,12}")
HALF_MASKED = r"\d{1,4}[Xx×*]{1,6}(?![A-Za-z\d])"  # 2X名
NUMBER = f"(?:{HALF_MASKED}|{ARABIC}|{CHINESE}|{MASK})"
TO = "(?:至|到|-|－|—|–|~|～){1,2}"  # between the two ends of a range
_MAGNITUDES = {"百万": 1e6, "千万": 1e7, "十万": 1e5, "万": 1e4, "亿": 1e8, "千": 1e3, "百": 1e2}
MAGNITUDE = "百万|千万|十万|万|亿|千(?![分米克瓦])|百(?!分)"


def unit_of(text: str) -> tuple[str, float]:
    """The unit that is compared, and how many of it one is: 小时 -> (时, 60), 栋 -> (栋, 1); none: ("", 1)."""
    for pattern, name, scale in _READ:
        if pattern.fullmatch(text):
            return name or text.removeprefix("大"), scale
    return text, 1.0


def measure_of(text: str) -> tuple[str, float]:
    """The same for a unit as a table gives it, 万元 and 亿元 too: 万元 -> (元, 10000)."""
    for word, times in _MAGNITUDES.items():
        if text != word and text.startswith(word):
            name, scale = unit_of(text.removeprefix(word))
            return name, scale * times
    return unit_of(text)


def value_of(text: str) -> float | None:
    """The number that a numeral says, 43,470 and 十二点五 and 1.2万 and 三亿 too; None if it is none."""
    text = unicodedata.normalize("NFKC", text).replace(",", "").strip()
    for name, times in _MAGNITUDES.items():
        head = text.removesuffix(name)
        if head != text and head and (head[-1].isdigit() or name in {"万", "亿"}):
            value = value_of(head)
            return None if value is None else round(value * times, 6)
    if text.isascii():
        return float(text) if text.replace(".", "", 1).isdigit() else None
    whole, point, rest = text.partition("点")
    if point:
        high, low = parse_number(whole), [parse_number(digit) for digit in rest]
        if high is None or not low or None in low:
            return None
        return float(f"{high}.{''.join(str(digit) for digit in low)}")
    if "亿" in text:
        high_text, _, low_text = text.partition("亿")
        large, small = parse_number(high_text), parse_number(low_text) if low_text else 0
        return None if large is None or small is None else large * 1e8 + small
    return number(text) if parse_number(text) is not None else None
