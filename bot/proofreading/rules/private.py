"""What must not leave the office: personal data, marks of secrecy; and how many places are still to be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.proofreading.model import HANDLING, Finding, Sheet
from bot.proofreading.sheet import found
from ingest.personal import EMAIL, LANDLINE, hidden, personal_data

_QQ = re.compile(
    r"(?:QQ群?|qq群?|Qq|微信群?号?|weixin|WeChat)(?:号码?)?[:：]?\s?(?P<x>[1-9]\d{5,11}|[A-Za-z][\w-]{5,19})(?![\w])"
)
_PRIVATE = re.compile(r"@\s?(?:qq|163|126|sina|gmail|hotmail|outlook|foxmail|sohu|yeah|139|189)\.")
_SECRET = re.compile(
    r"(?:^|(?<=[\s（(【\[]))(?P<x>(?:绝密|机密|秘密)\s?[★☆*＊](?:\s?\d{1,2}\s?[年月天]|\s?[一二三五十]{1,2}年|\s?长期)?|(?:绝密|机密|秘密)级?(?=\s*$))",
    re.MULTILINE,
)
_INTERNAL = re.compile(
    r"^[^\S\n]*+(?P<x>[（(【]?(?:内部(?:资料|文件|材料|使用|参考|传阅)|工作秘密|仅供(?:内部|领导)(?:参阅|参考|使用|传阅)|注意保存|会后收回|阅后即焚|阅后销毁)[^\n。]{0,14}[）)】]?)[^\S\n]*$",
    re.MULTILINE,
)
_BLANK = re.compile(
    r"(?<![A-Za-z])(?:[X\uff38]{1,8}|[Xx]{2,8})(?![A-Za-z])|[×\u2573]{1,8}|(?<!\*)\*{1,6}(?!\*)|[○〇◯]{2,6}(?=[市县区镇乡村名年月日])|_{3,}"
)


def find(sheet: Sheet) -> Iterator[Finding]:
    for one in personal_data(sheet.text):
        if one.kind == LANDLINE or (one.kind == EMAIL and not _PRIVATE.search(one.wording)):
            continue  # an office's own telephone and address
        told = f"出现个人信息（{one.kind}），公开或上报前应遮蔽或删去。"
        masked, _ = hidden(one.wording)
        yield found(sheet, one.start, one.end, "personal", "《中华人民共和国个人信息保护法》", masked, told)
    for match in _QQ.finditer(sheet.text):
        told = "出现个人通信账号，应删去。"
        yield found(sheet, *match.span("x"), "personal", "《中华人民共和国个人信息保护法》", None, told)
    for pattern in (_SECRET, _INTERNAL):
        for match in pattern.finditer(sheet.text):
            told = f"“{match['x'].strip()}”是密级或内部标志，对外的文稿里应核定后处理。"
            yield found(sheet, *match.span("x"), "secrecy", HANDLING, None, told)
    blanks = list(_BLANK.finditer(sheet.text))
    if blanks:
        told = f"全文有{len(blanks)}处以 X、×、* 代替的内容，定稿前请补齐。"
        yield found(sheet, *blanks[0].span(), "placeholder", "公文清稿要求", None, told, "placeholder")
