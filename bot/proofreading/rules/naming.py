"""What takes 《》 and what does not, by its shape: 传达关于…的意见精神, 印发关于…的通知, 学习“中国共产党…条例”, 《三会一课》制度.

Names of documents, books, films and papers take 《》; activities, meetings, projects, platforms, honours take “” (GB/T 15834-2011).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.proofreading.model import MARKS, Finding, Line, Sheet
from bot.proofreading.sheet import HAN, found

_KIND = "条例|准则|规则|规定|办法|细则|章程|意见|通知|决定|方案|决议|规划|纲要|公报|通报|批复|报告|函|要点|制度|指引|守则"
_VERB = "学习|传达|贯彻|印发|下发|发布|出台|制定|修订|转发|宣读|解读|领会|落实|执行|根据|按照|依据|遵照|对照|违反|遵守|审议通过|通过|讨论|起草|拟定|拟订|下达"
# 传达了关于加强…的意见: a document's title from 关于 to its kind, behind a verb that takes a document.
_ABOUT = re.compile(
    rf"(?:{_VERB})(?:了|并下发|并印发|宣传|落实|实施|执行|好|，|、){{0,2}}(?:[{HAN}]{{0,10}}(?:委|办|部|厅|局|政府|中央|国务院|公室|组|府|会|党)的?)?(?P<x>关于[^，。；：！？\n《》“”（）]{{4,40}}?的(?:若干|实施|指导|暂行|补充)?(?:{_KIND})(?:（试行）|（暂行）)?)(?=精神|要求|[，。；、（]|》|的|文件|规定|进行|等|以及|和|后|$)"
)
_NOT_A_TITLE = re.compile(
    "意见(?:和建议|建议)|情况的报告|问题的意见|方面的|关于.{0,6}的(?:意见|报告|规定|决定|制度|办法|方案)$"
)
# 学习中国共产党…条例, behind whatever stands: the full name of a party rule.
_PARTY = re.compile(
    rf"(?<![《〈“])(?P<x>中国共产党(?:[{HAN}、]|（党组）|（行政学院）){{2,24}}?(?:条例|准则|工作细则|实施细则|规则|暂行规定|工作规定|规定（试行）)(?:（试行）)?)(?![》〉”修解释])"
)
# 制定了星湖社区党员积分管理办法: a document of one's own, named with its place.
_OWN = re.compile(
    rf"(?:制定|出台|印发|下发|修订|制订|拟定|审议通过)了(?P<x>[{HAN}]{{1,10}}(?:镇|村|社区|街道|县|市|区|校|中学|学院|公司|支部|党委|局|乡|院)[{HAN}]{{2,16}}(?:实施办法|管理办法|管理制度|实施细则|工作方案|实施方案|工作规则|议事规则|考核办法|管理规定|工作要点|暂行办法|工作条例|若干措施|实施意见)(?:（试行）)?)(?=[，。；、]|等|和|，)"
)
# 《甲》、乙管理办法等制度: the second is a document too.
_BESIDE = re.compile(
    rf"》(?:、|和|及|以及)(?P<x>[{HAN}]{{3,20}}(?:办法|制度|条例|规定|细则|规则|准则|方案|规程))(?=等|[、和，。])"
)
_SHORT_NAMES = (
    "党支部工作条例|支部工作条例|发展党员工作细则|党员教育管理工作条例|农村基层组织工作条例|基层组织选举工作条例|国有企业基层组织工作条例|党组工作条例|党内监督条例"
    "|重大事项请示报告条例|党员权利保障条例|党政领导干部选拔任用工作条例|党政机关厉行节约反对浪费条例|党政机关公文处理工作条例|干部教育培训工作条例|信访工作条例|党史学习教育工作条例"
)
_SHORT = re.compile(
    rf"(?:按照|根据|依据|对照|执行|学习|落实|贯彻|依照|遵守|符合|违反)(?:了|新修订的|修订后的)?(?P<x>(?:党的)?(?:{_SHORT_NAMES})(?:（试行）)?)(?![》〉”])"
)
_COUNTED = re.compile(
    "[0-9一二两三四五六七八九十]+[个项份套部条]|一系列|各项|各类|相关|有关|配套|具体|详细|切实|科学|年度|本|该|新的|符合|专门|统一|完善的|相应|多|管用|等|和|及|与|的|了|完善|健全|其"
)
_BOOKS = (
    "习近平谈治国理政|习近平著作选读|习近平文化思想学习纲要|习近平法治思想学习纲要|习近平经济思想学习纲要|习近平生态文明思想学习纲要|习近平强军思想学习纲要"
    "|习近平新时代中国特色社会主义思想(?:学习纲要|专题摘编|学习问答|三十讲|基本问题)|中国共产党简史|中国共产党的一百年|中华人民共和国简史|改革开放简史|社会主义发展简史"
    "|论党的自我革命|论中国共产党历史|论坚持党对一切工作的领导|论党的宣传思想工作|论坚持人民当家作主|论坚持全面深化改革|论坚持全面依法治国|习近平党建思想学习纲要|中国共产党章程"
)
_BOOK = re.compile(
    rf"(?<![《〈“])(?P<x>(?:{_BOOKS})(?:[（(]?第[一二三四五]卷[）)]?|第[一二]辑)?)(?![》〉”（修])"
)
_FILM = re.compile(
    r"(?:电影|影片|专题片|纪录片|警示教育片|教育片|宣传片|微电影|电视剧|话剧|歌曲|歌剧|舞台剧|合唱|图书|专著|课本|散文|诗歌|一书名为)(?P<x>[“](?P<a>[^“”《》\n，。；：]{1,20})[”])(?!主题|系列)"
)
_READ = re.compile(
    r"(?P<x>[“](?P<a>[^“”《》\n，。；：]{2,16})[”])(?=专题片|纪录片|电视剧|宣传片|一书|这本书|杂志|期刊|月刊|这部电影|这部影片|一文)"
)
_QUOTED_RULE = re.compile(
    r"(?P<x>[“](?P<a>(?:中国共产党|中华人民共和国|关于|党政|党委|干部|领导干部|公务员|事业单位|农村|城市)[^“”《》\n，。；：]{2,36}(?:条例|准则|规定|办法|细则|规则|法|意见|通知|决定|章程|规划|纲要)(?:（试行）)?)[”])"
)
# 出台了村干部绩效考核办法（试行）: a name that ends with （试行） is that of a document.
_TRIED = re.compile(
    rf"(?:制定|出台|印发|下发|修订|修改|拟定|审议通过|执行|落实|按照|根据|依据|完善|学习|讨论|转发|遵照|依照)(?:了|出|好)?(?P<x>[{HAN}]{{4,30}}?(?:办法|细则|规定|制度|条例|规则|方案|意见|规程|准则|标准)（(?:试行|暂行)）)(?!》)"
)
# 印发了“村级事务管理办法”.
_QUOTED_OWN = re.compile(
    r"(?:印发|出台|制定|下发|修订|学习|传达|审议|按照|根据|落实|转发|宣读|发布)了?(?P<x>“(?P<a>(?![一二三四五六七八九十两几\d])[^“”，。；：、\n]{2,40}(?:办法|规定|条例|细则|实施方案|工作方案|意见|通知|准则|规则|规划|纲要|决定|通报|公报|章程)(?:（试行）|（暂行）)?)”)"
)
# 开展《党旗高高飘扬》活动, 以《…》为主题召开…, 《…》党建品牌: nothing that is written or shown is done so.
_DONE = re.compile(
    r"(?:开展|组织|举办|启动|参加|推进|实施|深化|进行)(?:了|好)?(?P<x>《(?P<a>[^《》〈〉\n]{2,30})》)(?=(?:主题|系列|专题|创建|志愿服务|专项|实践|教育|党日|宣传|特色|大讨论|大学习|大走访|大宣讲|大比武|大练兵|大调研|承诺|征集|公益){0,3}(?:活动|行动|工程|项目|创建|服务|大讨论|培训班|轮训班|研讨班|专题培训班))"
)
_THEME = re.compile(
    r"以(?P<x>《(?P<a>[^《》〈〉\n]{2,30})》)(?=为主题，?(?:的主题|的活动|的党日|召开|开展|组织|举行))"
)
_BRAND = re.compile(
    r"(?:打造|创建|擦亮|做强|培育|树立|创立|叫响|形成)[^，。；《》\n]{0,6}(?P<x>《(?P<a>[^《》〈〉\n]{2,20})》)(?=[\u4e00-\u9fff]{0,6}(?:品牌|名片|矩阵|模式|阵地|队伍))|(?:推进|开展|推行|争创|评选|落实)[^，。；《》\n]{0,4}(?P<y>《(?P<b>[^《》〈〉\n]{2,20})》)(?=(?:创建|评选|争创|试点|机制|制度|工作法))"
)
_SLOGAN = re.compile(
    r"(?P<x>《(?P<a>(?=[^《》\n]*[、，]|庆祝|纪念|喜迎|永远跟党走|牢记|感恩|传承|弘扬|学党史|青年大学习|我为)[^《》〈〉\n]{4,24})》)(?=(?:知识竞赛|知识测试|演讲比赛|座谈会|表彰大会|文艺汇演|歌咏比赛|志愿服务|网上主题团课|主题团课|主题党课|研讨会|大讨论|系列活动|主题宣讲))"
)
# 《三会一课》制度: what stands behind tells that it is no book or paper.
_WRONG = re.compile(
    r"(?P<x>《(?P<a>[^《》〈〉\n]{2,24})》)(?=(?:[\u4e00-\u9fff“”]{0,4})?(?:志愿服务|主题党日|主题活动|活动|品牌|平台|APP|客户端|小程序|公众号|称号|荣誉称号|工程|行动(?!方案|计划|指南)|计划(?!书)|项目|工作法|工作模式|机制|制度|大会|会议|座谈会|培训班|专题教育|主题教育|学习教育|比赛|竞赛|大赛|论坛|热线|驿站|阵地|战略布局|总体布局|方针|原则|基地|示范点|先锋岗|服务队|节目|栏目|奖章|精神))"
)
_DOCUMENT = re.compile(
    "条例|准则|规则|规定|办法|细则|章程|意见|通知|决定|方案|决议|规划|纲要|公报|通报|批复|报告|法|要点|选|论|史|讲话|手册|读本|指南|清单|合同|协议|公约|宣言|倡议|表|书|纪要|案例|计划|制度|说明|总结|答|摘编|日报|讲义|教程|题|歌|曲|办法|规程|标准|导则|卷"
)
_IS_DOCUMENT = re.compile(rf"(?:{_DOCUMENT.pattern})(?:（[^（）]*）)?$")
_HEADS = re.compile(
    "^(?:学习贯彻|学习宣传|深入学习|四个|三会|两学|三严|五位|两个|一岗|四议|三重|不忘初心|我为群众|学雷锋|学习雷锋|七一|五四|八一|党员|先进|优秀|文明|示范|红色|学习强国|双报到|主题|先锋|共产党员|网格|清廉|平安|光荣|最美|健康|两优)"
)
_TRIAL = re.compile(
    r"(?P<x>《(?P<a>[^《》\n]{4,40}(?:条例|规定|办法|细则|规则|准则|意见))》（(?P<t>试行|暂行|修订|修正|草案|征求意见稿)）)"
)
_ARTICLE = re.compile("第[一二三四五六七八九十百零]{1,6}条")
_FEW = 3  # in one text: who writes it so throughout means it


def find(sheet: Sheet) -> Iterator[Finding]:
    if (
        sum(1 for line in sheet.lines if _ARTICLE.match(line.text)) < _FEW
    ):  # laws name the Party's constitution without marks
        bare = [one for line in sheet.lines if _is_prose(line) for one in _bare(sheet, line)]
        yield from bare if len(bare) < _FEW else bare[:1]
    for pattern in (_FILM, _READ, _QUOTED_RULE, _QUOTED_OWN):
        for match in pattern.finditer(sheet.text):
            right = f"《{match['a']}》"
            yield found(
                sheet,
                *match.span("x"),
                "title-marks",
                MARKS,
                right,
                f"书名、文件名、影片名用书名号：{right}。",
            )
    for match in _WRONG.finditer(sheet.text):
        if not _DOCUMENT.search(match["a"][-4:]) and (
            _HEADS.search(match["a"])
            or re.match(
                "称号|荣誉称号|平台|APP|工程|制度|工作法|战略布局|总体布局|品牌|主题教育|学习教育|专题教育|先锋岗|服务队",
                sheet.text[match.end() : match.end() + 4],
            )
        ):
            right = f"“{match['a']}”"
            yield found(
                sheet,
                *match.span("x"),
                "title-marks",
                MARKS,
                right,
                "活动、会议、项目、称号等不用书名号，用引号。",
            )
    yield from _done(sheet)
    trials = list(_TRIAL.finditer(sheet.text))
    for match in trials if len(trials) < _FEW else trials[:1]:
        right = f"《{match['a']}（{match['t']}）》"
        if match["t"] in {"试行", "暂行"}:
            yield found(
                sheet,
                *match.span("x"),
                "title-marks",
                MARKS,
                right,
                f"“{match['t']}”是文件名称的一部分，在书名号之内。",
                "doubt",
            )


def _done(sheet: Sheet) -> Iterator[Finding]:
    for pattern in (_DONE, _THEME, _BRAND, _SLOGAN):
        for match in pattern.finditer(sheet.text):
            group, name = ("x", match["a"]) if match["x"] else ("y", match["b"])
            if _IS_DOCUMENT.search(name):
                continue
            told = "活动、主题、品牌等不用书名号，用引号。"
            yield found(sheet, *match.span(group), "title-marks", MARKS, f"“{name}”", told)


def _is_prose(line: Line) -> bool:
    return len(line.text) > 12 and re.search("[，。；：]", line.text) is not None


def _bare(sheet: Sheet, line: Line) -> Iterator[Finding]:
    for pattern in (_PARTY, _ABOUT, _TRIED, _OWN, _BOOK, _SHORT, _BESIDE):
        for match in pattern.finditer(line.text):
            name = match["x"]
            if _inside(line.text, match.start("x")) or (match.start("x") == 0 and pattern is not _BOOK):
                continue
            if pattern is _OWN and _COUNTED.search(name[:-2]):
                continue
            if pattern is _BESIDE and re.search("的|其|各项", name):
                continue
            if pattern is _ABOUT and (_NOT_A_TITLE.search(name) and len(name) < 14):
                continue
            if pattern is _BOOK and (name == "中国共产党章程" and match.start("x") == 0):
                continue
            start = line.start + match.start("x")
            told = f"文件、书籍名称用书名号：《{name}》。"
            yield found(sheet, start, start + len(name), "title-marks", MARKS, f"《{name}》", told)


def _inside(text: str, at: int) -> bool:
    return any(
        text.rfind(opening, 0, at) > text.rfind(closing, 0, at) for opening, closing in ("《》", "“”", "〈〉")
    )
