"""Who issued a document, under which 文号, and in which place and unit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from ingest.dates import DAY, only_day
from ingest.text import COUNTING

_OPEN, _SHUT = r"[〔\[［（【﹝(〈「]", r"[〕\]］）】﹞)〉」]"
_NUMBER = re.compile(
    rf"([\u4e00-\u9fff×]{{1,12}}?(?:[发字函办文通教党组委纪宣统政令释呈报告厅规]|[\u4e00-\u9fff×]))\s*{_OPEN}\s*((?:19|20)\d\s*\d)\s*{_SHUT}\s*第?\s*([\d×]{{1,5}})\s*号"
)
_ORGAN = (
    r"(?:委员会|委员会办公室|组织部|宣传部|统战部|社会工作部|办公厅|办公室|[省市区县州旗]委|党委|党组|纪委|工委|党工委|人民政府|人民法院|人民检察院|国务院|"
    r"政治部|总支部?|支部|支部委员会|[\u4e00-\u9fff]{2}[部委局厅署院]|大学|学院|学校|中学|小学|公司|集团|协会|领导小组|街道办事处|中共中央|代表大会)"
)
_ORGAN_LINE = re.compile(
    rf"[\u4e00-\u9fff×X\uff38*、·（）\s]{{2,60}}?{_ORGAN}(?:[（(][^（）()]{{1,8}}[）)])?"
)
_RED_HEAD = re.compile(r"([\u4e00-\u9fff、\s]{2,40}?)文\s*件(?:\s+\S+\s*号)?")
_PRINTED = re.compile(rf"([\u4e00-\u9fff]{{4,30}}?)\s*{DAY.pattern}\s*印发")
_OF_TITLE = re.compile(
    rf"((?:中共|中国共产党|最高人民|国务院|全国人|[\u4e00-\u9fff]{{2,20}}?)[\u4e00-\u9fff、\s]{{0,30}}?{_ORGAN})\s*(?:印发)?关于"
)
_OF_HEAD = (
    (rf"(中国共产党第[{COUNTING}]+(?:次全国代表大会|届中央委员会(?=第)))", 1),
    (rf"第[{COUNTING}]+届(全国人民代表大会(?:常务委员会)?)第", 1),
    (r"(最高人民法院、最高人民检察院|最高人民法院|最高人民检察院)", 1),
    (r"(中共中央、国务院|中共中央办公厅、国务院办公厅|中共中央办公厅|中共中央)\s*(?:印发|发布|批准|制定|公布|\d)", 1),
    (r"(?:中华人民共和国)?(国务院)(?:令|发布|公布|批准|第)", 1),
    (r"([\u4e00-\u9fff]{2,12}[部委局署行])令", 1),
)  # fmt: skip
_PROVINCES = (
    "北京市|天津市|上海市|重庆市|河北省|山西省|辽宁省|吉林省|黑龙江省|江苏省|浙江省|安徽省|福建省|江西省|山东省|河南省|湖北省|湖南省|广东省|海南省|"
    "四川省|贵州省|云南省|陕西省|甘肃省|青海省|台湾省|内蒙古自治区|广西壮族自治区|西藏自治区|宁夏回族自治区|新疆维吾尔自治区|香港特别行政区|澳门特别行政区"
)
_REGION = re.compile(
    rf"({_PROVINCES})?((?:(?!学校|公司|城市)[\u4e00-\u9fff]){{2,6}}?(?:市(?!直|场|民(?!政))|自治州|盟|地区))?"
    r"((?![我本全各把])[\u4e00-\u9fff]{1,5}?(?:自治县|县|(?<!社)区(?!域|别)|(?<=[左右前中后])旗))?"
)
_NATIONAL = re.compile(r"中共中央|中央|全国|国务院|最高人民|中国共产党第|中华人民共和国")


def number_of(lines: Sequence[str]) -> str | None:
    """The 文号 with 〔〕 and plain digits, from a line of the head that holds it and little else.

    A number quoted in running text (根据…〔2010〕25号文件精神) is another document's.
    """
    for line in lines[:30]:
        plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", line)).translate(
            str.maketrans("〈〉「」", "[][]")
        )
        plain = re.sub(
            r"^\((.+)\)$", r"\1", re.sub(r"^[^，。]{2,30}文件(?=.{2,12}\[|.{2,12}〔|.{2,12}\()", "", plain)
        )
        match = _NUMBER.search(plain)
        if not match or len(plain) > 60:
            continue
        before, after = plain[: match.start()], plain[match.end() :]
        whole = re.fullmatch(r"[(]?", before) and re.fullmatch(r"[)]?(?:签发人.*|[急密].*)?", after)
        if whole and not re.match(r"根据|按照|依据|见|附", match[1]):
            return f"{match[1]}〔{match[2]}〕{match[3]}号"
    return None


def issuer_of(lines: Sequence[str], head: Sequence[str], title: str) -> str | None:
    """From the red head, the signature, the title, what the head tells, and last who printed it."""
    for line in lines[:8]:
        if red := _RED_HEAD.fullmatch(line.strip()):
            return _spaced(red[1])
    signed = _signature(lines[-14:]) or _signature(head)
    if signed:
        return signed
    if (named := _OF_TITLE.match(title)) and not re.match(r"关于", named[1]):
        return _spaced(named[1])
    opening = "\n".join(head[:40])
    for rule, group in _OF_HEAD:
        told = re.findall(rule, opening)
        if told:
            return str(told[-1] if isinstance(told[-1], str) else told[-1][group - 1])
    for line in reversed(lines[-4:]):
        if printed := _PRINTED.search(line):
            return printed[1]
    return None


def place_of(issuer: str | None, title: str) -> tuple[str | None, str | None]:
    """`(region, unit)`: 中共云岭市青禾区望川街道工作委员会 -> (云岭市青禾区, 望川街道). Both None for central organs."""
    for name in (issuer, title if issuer is None else None):
        if not name or _NATIONAL.match(name):
            continue
        bare = re.sub(r"^(?:中共|中国共产党|关于)", "", name.split("、")[0])
        match = _REGION.match(bare)
        region = match[0] if match and match[0] else None
        if name is not issuer:
            return region, None
        rest = bare[len(region or "") :]
        unit = rest if re.search(r"街道|[镇乡村]|社区", rest) else bare  # a school keeps its city in its name
        if "检查" not in unit:
            unit = re.sub(
                r"(?:(?<=[道区镇乡村])工作)?委员会(?:[\u4e00-\u9fff]{2,5}[部室])?$|(?:党委|党工委|党组)$",
                "",
                unit,
            )
        return region, unit if len(unit) > 1 else None
    return None, None


def _signature(lines: Sequence[str]) -> str | None:
    """The organs on the lines right above the last line that is a date (or 2020年×月×日)."""
    for index in range(len(lines) - 1, 0, -1):
        line = lines[index].strip()
        if only_day(line) is None and not re.fullmatch(
            r"[（(]?[\d×X\uff38*○]{2,4}\s*年\s*[\d×X\uff38*]{1,2}\s*月\s*[\d×X\uff38*]{1,2}\s*日[）)]?", line
        ):
            continue
        organs: list[str] = []
        for above in reversed(lines[max(0, index - 3) : index]):
            bare = above.strip()
            if len(bare) > 40 or not _ORGAN_LINE.fullmatch(bare) or re.match(r"关于|附件", bare):
                break
            organs.insert(0, _spaced(bare))
        if organs:
            return "、".join(organs)
    return None


def _spaced(name: str) -> str:
    """中共中央办公厅　国务院办公厅 are two; 中 共 某 市 委 is one that is set wide."""
    parts = [part for part in re.split(r"[\s、]+", name.strip()) if part]
    if len(parts) > 1 and all(len(part) >= 4 and re.search(_ORGAN + "$", part) for part in parts):
        return "、".join(parts)
    return re.sub(r"\s", "", name)
