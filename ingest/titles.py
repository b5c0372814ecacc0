"""The title of a document: over one line or several, after a red head, before the body. And what kind a title names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.model import Block
from ingest.text import COUNTING, ORDINAL

_KINDS = (
    ("党章", r"^(?:中国共产党章程|党章)"), ("准则", r"准则"), ("条例", r"条例"), ("规定", r"规定"), ("办法", r"办法"),
    ("规则", r"规则"), ("细则", r"细则"), ("规程", r"规程"), ("章程", r"章程"), ("法律", r"法(?:典|（.*）)?|宪法修正案|刑法修正案"),
    ("司法解释", r"解释"), ("通知", r"通知"), ("意见", r"意见"), ("决定", r"决定"),
    ("述职报告", r"述[职责].*报告(?:展示)?"), ("调研报告", r"调研.*报告"), ("落实情况报告", r"落实情况.*报告|三张清单.*报告"),
    ("三张清单", r"清单”?"), ("汇报提纲", r"汇报.*提纲|汇报材料"),
    ("年度工作报告", r"年度.*工作(?:情况)?的?报告|\d{4}年.{0,10}工作(?:情况)?的?报告|工作总结|^(?:政府)?工作报告"),
    ("办事指南", r"指南|手册"), ("工作要点", r"要点|思路|计划"), ("工作方案", r"方案"), ("情况报告", r"报告|汇报"),
)  # fmt: skip
_RULES = ("条例", "规定", "办法", "规则", "细则", "规程", "决定", "通知", "意见")
_END = (
    r"(?:章程|准则|条例|规定|办法|规则|细则|规程|法典?|解释|批复|修正案|通知|通报|意见|决定|决议|公报|公告|报告|提纲|总结|指南|方案|要点|思路|计划|"
    r"摘编|体系|指示|讲话|汇报|函|请示|纪要|清单|制度|安排|解答|答复|规范|纲要|措施|标准|命令|宣言|编)”?(?:（[^（）]*）|\([^()]*\))*》?"
)
_ENDS = re.compile(_END + "$")
# A press introduction (近日，中共中央印发了《…》) or its headline; 关于印发《…》的通知 is a notice of its own.
_ANNOUNCED = re.compile(
    r"(?<!关于)(?:印发|发布|公布)了?(?:修订后的)?《([^》]{4,40}(?:条例|准则|规定|办法|规则|细则)(?:（[^）]*）)?)》(?!的)"
)
_STRUCTURE = re.compile(
    rf"\s*(?:第\s*[{ORDINAL}\d]+\s*[编章节条]|总\s*[则纲]\s*$|目\s*录\s*$|[{COUNTING}]+、|[（(])"
)
_NUMBER_LINE = (
    r"[（(]?\s*[\u4e00-\u9fff×X\uff38]{1,12}\s*[〔\[［（【﹝(〈「]\s*[\d０-９×\uff38X\s]{4,8}\s*[〕\]］）】﹞)〉」]\s*第?[\d０-９×\uff38X*\s]{1,6}\s*号"
    r"[）)]?(?:\s*签发人.*)?"
)
_NUMBERED = re.compile(_NUMBER_LINE)
# What stands above or around the title on the first page of an official document.
_FURNITURE = re.compile(
    rf"{_NUMBER_LINE}|[^。，]{{2,40}}文件(?:\s+{_NUMBER_LINE})?|来源.{{0,20}}|签发人.{{0,12}}|附[件录]\s*[\d一二三四五六]*\s*[:：]?|[\d０-９]{{3,8}}|"
    r"(?:绝密|机密|秘密|内部(?:资料|文件)).{0,12}|特急|加急|平急|特提|急件|[\W_]{1,80}|.{0,30}20\d\d\s*年\s*\d+\s*月\s*\d+\s*日(?:印发)?"
)
# An issuer on a line of its own, its 文号 beside it or on the next line, and what such a head is followed by.
_ISSUER_LINE = re.compile(
    r"[\u4e00-\u9fff、（）\s]{2,38}(?:委员会|[党工团纪]委|[省市区县州镇乡街道]委|党组|支部|总支|办公[室厅]|组织[办部]|宣传部|统战部|"
    r"[党政群建综合]办|政府|[工商管理]会|领导小组|专班|[局厅处院校])"
    rf"(?:\s+(?P<number>{_NUMBER_LINE}))?"
)
_MOST_ISSUERS = 4
_LETTER = re.compile(
    r"(?:关于|转发|印发|批转).+(?:通知|意见|报告|请示|函|批复|决定|通报|方案)(?:[（(][^（）()]*[）)])?"
)
# Spaces that only set characters apart (通　知); between groups of words they are kept until the title is whole.
_SPACED = re.compile(r"(?<=^[\u4e00-\u9fff])[ \t\u3000]+(?=[\u4e00-\u9fff]$)")
_BODY_END = ("。", "；", "，", "：", ":", "！")
_LONGEST, _MOST_LINES = 80, 4  # characters of one line of a title, lines of one title
_BRACKETS = str.maketrans("()〔〕", "（）（）")
_VERSION_MARKS = re.compile(
    r"（[^（）]*(?:\d{4}|修[订改正]|[试暂]行|印发|版)[^（）]*）|_[试暂]行|\d{4}年?(?:版|修[订改正])?"
)
_ISSUING = re.compile(r"^(?:关于|中共中央|党员)+")
_SHORT_NAMES = {"党章": "中国共产党章程"}


def kind_of(title: str, head: str = "") -> str:
    """党章 … 细则, 法律, 行政法规, 司法解释, a genre of report, or 其他; `head` tells who issued a 条例."""
    if digest := re.search(r"(要点|专题)摘编$", title):
        return "法规摘编" if digest[1] == "要点" else "专题摘编"
    bare = re.sub(r"(?:[（(][^（）()]*[）)])+$", "", title).strip("《》 ")
    found = next((kind for kind, ending in _KINDS if re.search(rf"(?:{ending})$", bare)), "其他")
    if re.match(r"最高人民(?:法院|检察院)", title) and (
        found in _RULES or found == "司法解释" or bare.endswith("批复")
    ):
        return "司法解释"
    if (
        found in _RULES[:6]
        and not re.search(r"中国共产党|中共|党内|党员|党组", title)
        and _by_state_council(head)
    ):
        return "行政法规"
    return found


def issued_with(title: str) -> str | None:
    """The name of what a notice issues: 关于印发《…》的通知 -> …"""
    match = re.search(r"(?:印发|发布|公布|下发|转发)《(.+)》的(?:通知|公告)$", title)
    return match[1] if match else None


def stem_title(stem: str) -> str:
    """公务员法(2018-12-29), 党内监督条例_2016 and 某站_249_某某通知 name the document beside a date or a number."""
    bare = re.sub(r"[(（](?:19|20)\d{2}-\d{2}-\d{2}[)）]$|_(?:19|20)\d{2}(?![\d年]).*$", "", stem)
    bare = (
        re.sub(r"^[^_\d]{2,10}_\d+_", "", bare).replace("_", " ")
        if re.match(r"[^_\d]{2,10}_\d+_", bare)
        else bare
    )
    return _SHORT_NAMES.get(bare, bare) or stem


def folded_name(name: str) -> str:
    """A work's name as two documents may differ in it: without 《》, spaces and commas, who issued it, and marks of a version."""
    name = re.sub(r"[〈〉《》、，\s]", "", name).translate(_BRACKETS)
    if "修正案" not in name:  # each amendment is a work of its own, told apart by its year or number
        name = _VERSION_MARKS.sub("", name)
    name = _ISSUING.sub("", re.sub(r"中华人民共和国|中国共产党", "", name))
    return {"党章": "章程"}.get(name, name)


def tidy(title: str) -> str:
    """Without the spaces that set characters apart, and without 《》 around the whole."""
    title = re.sub(r"(?<=[\u3000-\u9fff（）])[ \t\u3000]+(?=[\u3000-\u9fff（）])", "", title.strip())
    inner = re.fullmatch(r"《([^《》]+)》|[\"“]([^\"“”]+)[\"”]", title)
    return (inner[1] or inner[2]) if inner else title


def _by_state_council(head: str) -> bool:
    return (
        bool(re.search(r"国务院(?:令|发布|公布|批准|第[^，。]{1,12}常务会议)|国务院关于修改", head))
        and "中共中央" not in head
    )


def stated_title(text: str, blocks: Sequence[Block]) -> str | None:
    """The title as the document states it; None if it states none, or begins with a table: its first row is one of many."""
    lines = [(_SPACED.sub("", text[block.start : block.end].strip()), block) for block in blocks[:14]]
    while lines and (not lines[0][0] or _FURNITURE.fullmatch(lines[0][0])):
        lines.pop(0)
    if not lines:
        return None
    first, block = lines[0]
    letter = _under_issuers(text, lines)
    if letter or block.kind == "row":
        return letter
    if block.kind == "heading":
        same = [line for line, other in lines[1:3] if other.kind == "heading" and other.level == block.level]
        return tidy(_joined(first, same))
    announced = _ANNOUNCED.search(first)
    if announced:
        return announced[1]
    if not _could_be_title(first):
        # A slogan may end like a sentence; the running text under it is what tells that it is the title.
        slogan = first.endswith(("。", "！")) and len(first) < 40 and len(lines) > 1 and len(lines[1][0]) > 60
        return tidy(first) if slogan and "，" not in first and not _STRUCTURE.match(first) else None
    return tidy(_joined(first, [line for line, other in lines[1:_MOST_LINES] if other.kind != "row"]))


def _under_issuers(text: str, lines: Sequence[tuple[str, Block]]) -> str | None:
    """The title under a head of issuers, with or without a 文号: 青石镇党委办公室, 青党办〔2026〕12号, 关于…的通知.

    None where something stands above the issuer: the title is set under a red head, and the issuer is its first line.
    """
    if text[: lines[0][1].start].strip():
        return None
    at, numbered = 0, False
    while at < min(_MOST_ISSUERS, len(lines)) and (issuer := _ISSUER_LINE.fullmatch(lines[at][0])):
        numbered = numbered or bool(issuer["number"])
        at += 1
    if at == 0:
        return None
    while at < len(lines) and _FURNITURE.fullmatch(lines[at][0]):
        numbered = numbered or bool(_NUMBERED.fullmatch(lines[at][0]))
        at += 1
    rest = [line for line, block in lines[at : at + _MOST_LINES] if block.kind != "row"]
    if not rest or not _could_be_title(rest[0]):
        return None
    title = _joined(rest[0], rest[1:])
    ends = _LETTER.fullmatch(title) or (numbered and _ENDS.search(title))
    return tidy(title) if ends else None


def _could_be_title(line: str) -> bool:
    return not (line.endswith(_BODY_END) or len(line) > _LONGEST or _STRUCTURE.match(line))


def _joined(first: str, following: Sequence[str]) -> str:
    """`first` with the lines that go on with it: until it ends as a title does, and a （试行） or ——… that follows."""
    taken, title = 0, first
    if first.startswith("——") or not _is_whole(first, following):
        longer = first
        for count, line in enumerate(following, 1):
            if not _goes_on(longer, line):
                break
            longer = _glued(longer, line)
            if _is_whole(longer, following[count:]):
                title, taken = longer, count
                break
    rest = following[taken] if taken < len(following) else ""
    subtitle = re.match(r"—{1,2}|--", rest) and len(rest) < _LONGEST and not rest.endswith("。")
    if subtitle or re.fullmatch(
        rf"[（(](?:[{COUNTING}]{{1,2}}|试行|暂行|[\d０-９]{{4}}\s*年?修[订正改]|修[订正]稿?)[）)]", rest
    ):
        title += rest
    return title


def _is_whole(title: str, following: Sequence[str]) -> bool:
    """It ends as titles do, no bracket is open, and the next line is not the 的…通知 that it lacks."""
    if any(title.count(left) > title.count(right) for left, right in ("《》", "（）", "〈〉", "()", "“”")):
        return False
    if not _ENDS.search(title):
        return False
    after = following[0].strip() if following else ""
    lacks = "关于" in title and not re.search(rf"的[^的]{{0,12}}{_END}$", title)
    return not (
        (lacks or re.match(r"[的、和与及》）]", after))
        and _goes_on(title, after)
        and bool(_ENDS.search(after))
    )


def _goes_on(title: str, line: str) -> bool:
    """Whether `line` may be the next line of an unfinished title."""
    opened = any(title.count(left) > title.count(right) for left, right in ("《》", "（）", "〈〉", "()"))
    if not line or line.endswith(("。", "：", ":", "；")) or len(line) > 45:
        return False
    if _FURNITURE.fullmatch(line) and not opened:
        return False
    return opened or not _STRUCTURE.match(line)


def _glued(left: str, right: str) -> str:
    """《甲》 after a line that announces it is the title itself; Latin words keep a space between them."""
    if right.startswith("《") and right.endswith("》") and not re.search(r"[的于行布、和与及]$", left):
        return right
    between = (
        " "
        if left[-1:].isascii() and left[-1:].isalpha() and right[:1].isascii() and right[:1].isalpha()
        else ""
    )
    return left + between + right
