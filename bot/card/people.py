"""Who acts in a sentence, and which papers it speaks of. Pure; every pattern is linear in time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.card.model import LONGEST, Fact

Span = tuple[int, int]

# Bodies and persons as rules name them: any of the modifiers, then one or more of the cores.
_MODIFIER = (
    r"(?:上一级|上级|下级|同级|本级|县级以上|县级|市级|省级|省一级|地方各级|地方|各级|基层|所在地|所在|原办理|原|现|任免|审批|接收|"
    r"有关|相关|其他|主管|本|预备|正式|有权处理的|乡镇（街道）|乡镇|街道|校|院（系）|院系|高校|村民选举|村民|居民|村|社区|党员|党的|入党|入党积极分子|培养|"
    r"纪检监察|监察|复核|复查|复审|信访|人事|组织人事|承办|执纪执法等|各)"
)
_CORE = (
    r"(?:党员大会|党员代表大会|代表大会|代表会议|代表会|村民会议|党委会|党委|党组织|上级组织|下级组织|党组|党支部|党总支|支部大会|支部|党小组|委员会|"
    r"会议|大会|组织部门|组织部|组织（人事）部门|人事部门|信访部门|工作部门|承办部门|部门|机关、单位|机关|单位|组织员|机构|政府|人民政府|"
    r"主要负责人|负责人|负责同志|主要负责同志|领导成员|副书记|书记|委员|联系人|介绍人|申请人|谈话人|信访人|被调查人|被处分人|管理人员|公职人员|"
    r"党员|发展对象|积极分子|流动人员|本人|村民|群众|（党总支）|（党支部）|（工委）|纪委|工委)"
)
_WHO = re.compile(rf"{_MODIFIER}{{0,4}}{_CORE}{{1,4}}")
# A body or person that none of the words above names (值班室, 招录机关) still acts where it stands before 应当, or where
# something is reported to it; its last character says what it is.
_SUBJECT = re.compile(
    r"[^，。；：、\s的将把在对由经按可一不向同与请据报评追（）《》“”]{1,9}(?:室|委员会|大会|会议|工会|协会|理事会|党委会|部|处|科|办|局|院|校|社|站|所|队|委|组|中心|公司|厅|机关|部门|机构|单位|人|员|长)"
    r"(?=应当|必须|负责|收到|接到|提出|可以|对|审批|批准|备案|审查|审核|审议|同意|预审)"
)
_LEAD = re.compile(
    r"(?:(?<=[，。；：、）])|^)(?:\s|(?:（[一二三四五六七八九十\d]+）)|第[^，。；]{1,6}条|由|经|报|并报|再报|其|或者?|和|及|应当|一般|可以|也可以|必须|，)*"
)
_INTRODUCED = re.compile(
    r"由|经|报请|报(?!告|请)|(?<=[，。；、])商|提交|提请|指派|委派|(?:通过|同意|批准|审查)[和并]|交(?=党委|上级|有)"
)
_JOINED = re.compile(r"(?:、|和|或者|或|以及|及)")
# What may stand behind one who acts; 的 and 中 make the words before them something else.
_NO_ACT_BEHIND = re.compile(r"[的中内外上以为与之等]|情况|队伍|工作|名单|[、，。；：]|人数|$|资格|任期|换届")
_MUST = re.compile(r"应当|必须|可以|一般|不得|负责|及时|有权|要")
_ACTS = re.compile(
    r"收到|接到|提出|提交|报告|汇报|审批|审查|批准|同意|备案|讨论|研究|决定|决议|表决|通过|谈话|考察|培训|公示|公布|通知|告知|宣布|填写|指定|确定|"
    r"推荐|推选|选举|主持|负责|召开|组织(?!关系)|进行|作出|作分析|作一次|送达|转交|转送|交办|转移|接收|登记|受理|处理|办理|调查|核实|听取|征求|制作|存入|归入|"
    r"交纳|缴纳|收缴|预审|审议|担任|开展|出具|开具|保留|除名|批复|介绍|申请|请求|查核|建立|监督|提醒|答复|回复|移交|移送|设立|选|派"
)
_SUBJECT_BEHIND = re.compile(r"[^，。；：]{0,40}?，(?:可以|应当|必须|一般|每月|每年|从|自)")
_CONDITION = re.compile(r"的，$")
_BRACKET = re.compile(r"（(?=[^（）]{0,60}[，。；]|[^（）]{8,60}）)[^（）]{1,60}）")
# 公职人员受到处分的，应当…… and 信访人反映的情况：what they did or met is spoken of, not what they are to do.
_SUFFERS = re.compile(r"(?:受到|被|拟|未来)|[^，。；：、]{1,5}的(?:情况|事实|意见|问题|事项|材料)")
_PASSIVE = re.compile(r"(?:由|经)[^，。；]{2,20}(?:审批|批准|决定|指定|担任|选举|产生|管理|讨论)")
# Papers. The words in front of an unquoted one are cut behind the last of the splitters.
_NAMED = re.compile(r"《[^《》\n]{2,30}(?:书|表|证|报告|档案|函|信|簿|册)》")
_PAPER = re.compile(
    r"(?:申请书|志愿书|登记表|审批表|会议记录|谈话记录|决定书|意见书|通知书|协议书|推荐书|介绍信|回执联|邀请信|邀请函|会议通知|证明材料|审查材料|结论性材料|"
    r"公示材料|档案材料|入党材料|相关材料|有关材料|审核材料|执行材料|调查报告|情况报告|办结报告|书面报告|述职报告|书面检讨|书面意见|书面答复|批复|选票|收据|名单)"
)
_APPLYING = re.compile(r"(?:提出|提交)(?P<paper>(?!的)[^，。；、]{0,12}?申请)(?![人书])")
_SPLIT = re.compile(
    r"[的将把及和与或对向在以由经并等其从为、，。；：）(（]|提交|提供|填写|制作|形成|收到|出具|写入|连同|本人|提出|查阅|发放|转交|开具|签订|制成|存入|作出|应当|必须|归入|盖有|导致|有(?!关)|审查(?!材料)|交还|认真|写出|按照|规定|发现|汇集|同时|凡|[于要使]"
)
_NOBODY = {"单位", "会议", "大会"}  # by themselves they name nobody
_NOT_PAPERS = {"名单", "批复", "有关材料", "相关材料"}  # by themselves they name nothing


def actors_in(text: str, span: Span) -> tuple[Fact, ...]:
    """Who does what the sentence says, in order, each once."""
    found: dict[str, Fact] = {}
    said = _BRACKET.sub(lambda found: "\u3000" * len(found[0]), _read(text, span))
    ends: set[int] = set()
    for a, b in _acting(said):
        if said[a:b] in _NOBODY or b in ends:
            continue
        ends.add(b)
        words = text[span[0] + a : span[0] + b]
        found.setdefault(words, Fact(words, span[0] + a, span[0] + b, span))
    return tuple(found.values())


def _read(text: str, span: Span) -> str:
    return text[span[0] : min(span[1], span[0] + LONGEST)]


def _acting(said: str) -> Iterator[Span]:
    start = 0
    for clause in re.split(r"(?<=[，。；：])", said):
        end = start + len(clause)
        heads = [found.end() for found in _INTRODUCED.finditer(said, start, end)]
        if not _PASSIVE.search(clause):
            lead = _LEAD.match(said, start, end)
            heads.insert(0, lead.end() if lead else start)
        for head in heads:
            yield from _group(said, head, end)
        start = end


def _group(said: str, at: int, end: int) -> Iterator[Span]:
    """One who acts, or several joined by 、 and 和: all of them, when an act stands behind the last."""
    group: list[Span] = []
    who = _WHO.match(said, at, end) or _behind_words(said, at, end)
    while who:
        group.append(who.span())
        joined = _JOINED.match(said, who.end(), end)
        who = _WHO.match(said, joined.end(), end) if joined else None
    if group and _does(said, group[-1][1], end):
        yield from group
    elif not group:
        yield from _unnamed(said, at, end)


def _unnamed(said: str, at: int, end: int) -> Iterator[Span]:
    who = _SUBJECT.match(said, at, end)
    if who:
        yield who.span()


def _does(said: str, at: int, end: int) -> bool:
    """Whether what stands behind tells of an act of theirs: 信访人对……不服的，可以 and 党员，应当 do, 党员工作 does not."""
    behind = said[at:end].lstrip("\u3000")
    if _SUFFERS.match(behind):
        return False
    if _CONDITION.search(behind) or behind.startswith("，"):
        return _SUBJECT_BEHIND.match(said, at) is not None or _ACTS.match(behind) is not None
    return not _NO_ACT_BEHIND.match(behind) and bool(_MUST.search(behind) or _ACTS.search(behind))


def _behind_words(said: str, at: int, end: int) -> re.Match[str] | None:
    """由具有审批权限的基层党委, 按月领取工资的党员: a qualifier with 的 stands between."""
    if said[at : at + 1] in {"对", "在", "因"}:
        return None
    qualified = re.match(r"[^，。；：、]{1,14}的", said[at:end])
    return _WHO.match(said, at + qualified.end(), end) if qualified else None


def materials_in(text: str, span: Span) -> tuple[Fact, ...]:
    """The papers the sentence names, in order, each once."""
    said = _read(text, span)
    spans = [found.span() for found in _NAMED.finditer(said)]
    spans += [found.span("paper") for found in _APPLYING.finditer(said)]
    spans += [_from(said, found) for found in _PAPER.finditer(said) if not _inside(found.start(), spans)]
    found: dict[str, Fact] = {}
    for a, b in sorted(spans):
        words = said[a:b]
        if words not in _NOT_PAPERS:
            found.setdefault(words, Fact(words, span[0] + a, span[0] + b, span))
    return tuple(found.values())


def _inside(at: int, spans: list[Span]) -> bool:
    return any(a <= at < b for a, b in spans)


def _from(said: str, paper: re.Match[str]) -> Span:
    window = max(0, paper.start() - 8)
    cuts = [cut.end() for cut in _SPLIT.finditer(said, window, paper.start())]
    return (cuts[-1] if cuts else window), paper.end()
