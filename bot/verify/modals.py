"""How binding a clause is: must, may, must not; with 一般 or not; with 一律, 只能 or not. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

# 才能, 方可 state a condition and permit nothing by themselves.
_CONDITION = r"(?:才|方)(?:可以|可|能够|能|得)?|后可(?=[,。;]|$)"
_NOT_MODAL = (
    r"力所能及|智能|潜能|动能|节能|能源|能人|能上能下|尽可能|可能|可行|可靠|认可|许可|能力|职能|功能|技能|能动|能够用|能否|效能|性能|可持续|不可抗力|可以说|必要|主要|重要|需要说明|"
    r"只要|要求|要素|要害|摘要|纪要|首要|次要|要职|要闻|应到|应届|响应|相应|反应|适应|应用|应急|对应|供应|应对|应聘|应有|允许的|"
    r"一般党员|一般干部|一般工作|一般性|任何|心得|获得|取得|所得|得到|使得|值得|必须具备的起码"
)
_MUST_NOT = (
    r"(?:不|勿|没)(?:得(?!少于|低于|超过|多于|高于)|能(?!少于|低于|超过|多于|高于|够?正确)|可以|可(?!抗|少)|准|许|允许|应当?(?!超过|少于)|"
    r"宜|具备资格|能够)|禁止|严禁|不许|无权|没有资格|没资格|没有权|不允许|绝不|决不|切勿|不要"
)
_NEED_NOT = r"不必|无需|不需要|毋须|无须|不用|可以不|可不"
_MAY = (
    r"可以|(?<!不)可(?!见|供|比|观|持|抗|少|以)|有权|允许|能够|"
    r"(?<![不失智职功技效性潜动所可机才产官体热本])能(?!力|否|源|量|人)|准许|有资格|也行|均可|随时能"
)
# 要 and 需要 are left out: they bind no more than plain words do, and stand in too many others (需要时, 要求).
_MUST = r"应当|必须|务必|必需|(?<![相适反对响供答])应(?!当|到|届|有|用|急|对|聘|邀)|须"
_TOKEN = re.compile(
    f"(?P<cond>{_CONDITION})|(?P<skip>{_NOT_MODAL})|(?P<neednot>{_NEED_NOT})|(?P<mustnot>{_MUST_NOT})|(?P<may>{_MAY})|(?P<must>{_MUST})"
)
_HEDGE = re.compile(
    r"一般(?!党员|公务员|群众|村民|职工|干部|工作|性|人员|规定|程序|纪律)|原则上|通常|大多|基本上|正常情况下|往往|多数情况下|常规"
)
_ONLY = re.compile(
    r"只能|只有|只由|只得|只可|只在|只需|仅(?:限|由|能|有|需)?|唯一|独家|专门由|一概由|只(?!要)"
)
_ALL = re.compile(
    r"一律|一概|均(?!衡|匀|可|纯|收)|任何|所有(?!权|制)|全部|全都|凡(?!响)|无论|不论|不管|一切|无一例外|各级|每个|每名|每位|全体"
)
_STRONG_ALL = re.compile(
    r"一律|一概|任何|所有(?!权|制)|全部|全都|凡(?!响|属)|无论|不论|不管|一切|无一例外|均(?!衡|匀|可|纯|收)"
)
# 这是严禁的, 都是不允许的: said after what it is said of.
_AFTERWARDS = re.compile(
    r"(?:这|都|也|一律)*是?(?P<word>严禁|禁止|不允许|不准|不行|不可以|不能|可以|允许)的?(?:做法)?$"
)
_NEGATION = re.compile(
    r"(?:不(?!断|正之风|良|仅|但|少于|低于|超过|多于|高于|(?:得|能|应|宜|允许|可)(?:少于|低于|超过|多于|高于)|足|满|到|论|管|懈|忘|可抗|当|分|法|利|设|等|"
    r"够\d)(?:予以?|得|能够?|可以?|应当?|准|许|允许|宜|再|会|要|需要?|必|用)?|未(?!来|经允)|没有|没(?!收|落|入)|"
    r"无(?!论|记名|产|私|偿|线|党派|形|人机|缝|疑|穷|限)|非(?!公有|法|常|党员)|禁止|严禁|拒绝|缺乏|缺少|缺失|丧失|排除|拒不)"
)


@dataclass(frozen=True, slots=True)
class Modality:
    """`force` of a clause: "must", "may", "mustnot", "neednot" or "" (plainly said); where the word stands; the
    heads of what is denied.
    """

    forces: tuple[tuple[str, int, str], ...]
    hedged: bool
    only: bool
    every: bool
    strong_every: bool
    denied: tuple[str, ...]
    of_before: str = ""


def modality(clause: str) -> Modality:
    """`of_before`: the force that a clause like 这是严禁的 gives to the one before it."""
    afterwards = _AFTERWARDS.fullmatch(clause)
    forces = tuple(
        (match.lastgroup or "", match.end(), match[0])
        for match in _TOKEN.finditer(clause)
        if match.lastgroup not in {"skip", "cond"}
    )
    return Modality(
        forces=forces,
        hedged=_HEDGE.search(clause) is not None,
        only=_ONLY.search(clause) is not None,
        every=_ALL.search(clause) is not None,
        strong_every=_STRONG_ALL.search(clause) is not None,
        denied=tuple(clause[match.end() : match.end() + 16] for match in _NEGATION.finditer(clause)),
        of_before="" if not afterwards else "may" if afterwards["word"] in {"可以", "允许"} else "mustnot",
    )
