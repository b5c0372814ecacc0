"""What stands twice with something between: 先后三次先后, 研究了研究, 高度重视，精心组织，高度重视; a paragraph again further on.

Such are the rests of a sentence that was written anew, an item that a list names twice, and what was pasted twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.proofreading.model import WORDS, Finding, Line, Sheet
from bot.proofreading.sheet import HAN, found

_FREELY = (
    "先后|认真|积极|进一步|分别|已经|深入|切实|充分|广泛|及时|主动|坚决|逐步|大力|着力|严格|扎实|陆续|多次|均已|逐一|一律|定期|继续|随即|再次|相继|依次|集中|逐项|逐户|全程|统一"
    "|不断|稳步|有序|立即|迅速|专门|重点"
)
_DOINGS = "开展|召开|进行|完成|制定|成立|举办|听取|传达|观看|走访|印发|存在|取得|推进|落实|发放|收集|签订"
_PEOPLE = "党员|党员干部|干部|群众|全体党员|职工|青年|学生|代表|支委|村民|居民|入党积极分子|机关干部|青年党员"
# What joins two of the same on purpose: 共同选定或者共同委托, 边学习还要学习.
_JOINS = "为和或及与还又就是不才也再而并且到之其未没应会率者的"
# The group x is what stands twice with all between; a, what it says once.
_AROUND = (
    rf"(?P<x>(?P<a>(?P<w>{_FREELY})[^{_JOINS}\W\d_a-zA-Z]{{1,4}})(?P=w))(?![性度])",
    rf"(?P<x>(?P<a>(?P<w>{_DOINGS})(?!情况|时间|截止|工作)[^{_JOINS}\W\d_a-zA-Z]{{2,4}})(?P=w))(?=\d|了|各|主题|全|一|率先)",
    rf"(?<![党团会级织众部])(?P<x>(?P<a>组织(?:{_PEOPLE}))组织)(?=观看|学习|参观|开展|收看|召开|到|前往|赴)",
    rf"(?P<x>(?P<a>(?P<w>(?!商量|考虑|琢磨|打听|收拾|打扫|活动|休息)[{HAN}]{{2}})[了着过])(?P=w))(?=[{HAN}\d《“])",
    rf"(?P<x>(?P<a>共有?[{HAN}]{{1,4}})共有?)(?=\d)",
    r"(?P<x>(?P<a>还(?:存在|有))还)(?=[有存是需不])",
    rf"(?P<x>(?P<a>一[{HAN}]一[{HAN}])(?P=a))",
    rf"(?P<x>(?P<a>\d{{1,6}}[名个户项次件家篇本套][{HAN}]{{1,4}})(?P=a))",
    rf"(?<!“)(?P<x>(?P<a>[{HAN}]{{5,20}})，(?P=a))(?=[，。；])",
    r"(?P<x>(?P<a>(?:19|20)\d\d年|\d{1,2}月\d{1,2}日|\d{1,2}月)(?P=a))",
    rf"(?<![总副分大小正新老各原上下级党区县市省镇乡村])(?P<x>(?P<a>[{HAN}]{{4,12}})、(?P=a))(?=[、，。；和及等])",
    rf"(?<=[做实要，：；。为])(?P<x>(?P<a>[到][{HAN}]{{3}})、(?P=a))(?=[、，。；和及等])",
    rf"(?:做到|实现|坚持|落实|确保|要求|，|：)(?P<x>(?P<a>[{HAN}]{{2,3}})、(?P=a))(?=[、，。；和及等])",
)
_PATTERNS = tuple(re.compile(one) for one in _AROUND)
_ITEM = rf"(?:(?![和及与])[{HAN}“”])"
_LIST = re.compile(rf"{_ITEM}{{2,8}}(?:、{_ITEM}{{2,8}}){{2,9}}(?:和{_ITEM}{{2,6}})?")
_LABELLED = re.compile(
    r"(?:^|(?<=[，。；：]))(?:[一二三四五六七八九](?:是|要)|第[一二三四五六七八九]，)(?P<x>[^，。；：\n]{4,40})(?=[，。；]|$)"
)
_HEADING = re.compile(r"(?P<n>[一二三四五六七八九十]{1,3})、(?P<x>[^，。；：！？]{4,24})")
_SHORT, _SENTENCE, _PARAGRAPH = 8, 28, 18  # characters
_ARTICLE = re.compile(r"“?第[一二三四五六七八九十百零]{1,6}条")
_VERB_ENDS = "强有是为含括行展高持实做讲抓学要加到对的"
# What may follow the last item of a list: 获得感、幸福感、获得感不断增强.
_TAIL = re.compile("(?:等|不断|进一步|明显|持续|得到|显著|更加|均|都).*$")
_FEW = 3
_QUOTED = "“①②③④⑤"  # an amendment quotes like clauses; a form has like steps
_COMPILED = 10_000  # characters; a longer text is put together of several papers, which may say the same
_BLANK = re.compile(r"[X×*＊_○□√]|XX|摄|图为|　　")
_PERSON = re.compile("(?:党员|学历|职称|文化|人|族|生|毕业|学位|专业|编制|不变|以上|以下)$")


def find(sheet: Sheet) -> Iterator[Finding]:
    for pattern in _PATTERNS:
        for match in pattern.finditer(sheet.text):
            right = match["a"]
            yield found(
                sheet,
                *match.span("x"),
                "doubled",
                WORDS,
                right,
                f"“{match['x']}”有词重复，似应为“{right}”。",
                "doubt",
            )
    for line in sheet.lines:
        yield from _items(sheet, line)
        yield from _labelled(sheet, line)
        yield from _slogans(sheet, line)
    if len(sheet.text) < _COMPILED and sum(1 for line in sheet.lines if _ARTICLE.match(line.text)) < _FEW:
        yield from _headings(sheet)
        yield from _sentences(sheet)


def _items(sheet: Sheet, line: Line) -> Iterator[Finding]:
    """政治意识、大局意识、政治意识: in one list, whose items are of about one length so that each is an item and no more."""
    for match in _LIST.finditer(line.text):
        items = list(re.finditer(rf"[{HAN}“”]+?(?=[、和]|$)", match[0]))
        words = [one[0] for one in items]
        words[-1] = _TAIL.sub("", words[-1])
        inner = [len(one) for one in words[1:-1]]
        if max(inner) - min(inner) > 2:
            continue
        # The first may have a verb before it: 增强政治意识、大局意识、政治意识.
        verb = re.match(rf".*[{_VERB_ENDS}](?=..)", words[0])
        first = {words[0], words[0][verb.end() :] if verb else words[0]}
        for at in range(2, len(words)):
            word = words[at]
            if (word in first or word in words[1:at]) and words[at - 1] != word:
                start = line.start + match.start() + items[at].start()
                told = f"“{word}”在这一组并列成分里已经列过。"
                yield found(sheet, start, start + len(word), "doubled", WORDS, None, told, "doubt")


def _labelled(sheet: Sheet, line: Line) -> Iterator[Finding]:
    """一是抓学习，二是抓管理，三是抓学习."""
    said: set[str] = set()
    for match in _LABELLED.finditer(line.text):
        if match["x"] in said:
            told = f"“{match['x'][:12]}”前面一项已经说过。"
            start = line.start + match.start("x")
            yield found(sheet, start, start + len(match["x"]), "doubled", WORDS, None, told, "doubt")
        said.add(match["x"])


def _slogans(sheet: Sheet, line: Line) -> Iterator[Finding]:
    """高度重视，精心组织，高度重视: among short clauses of one sentence."""
    for sentence in re.finditer(r"[^。！？；：]+", line.text):
        clauses = list(re.finditer(r"[^，]+", sentence[0]))
        for at, one in enumerate(clauses):
            word = one[0]
            if not re.fullmatch(rf"[{HAN}]{{4,{_SHORT}}}", word) or _PERSON.search(word):
                continue
            for back in (2, 3):
                between = [other[0] for other in clauses[at - back + 1 : at]] if at >= back else []
                first = clauses[at - back][0] if at >= back else ""
                if (
                    between
                    and first.endswith(word)
                    and len(first) - len(word) <= 12
                    and all(re.fullmatch(rf"[{HAN}“”、]{{4,{_SHORT + 2}}}", other) for other in between)
                ):
                    start = line.start + sentence.start() + one.start()
                    told = f"“{word}”一句里已经说过。"
                    yield found(sheet, start, start + len(word), "doubled", WORDS, None, told, "doubt")


def _headings(sheet: Sheet) -> Iterator[Finding]:
    """一、加强学习教育 and 三、加强学习教育: two headings of the highest level that say the same."""
    said: set[str] = set()
    for line in sheet.lines:
        match = _HEADING.fullmatch(line.text)
        if match is None or _BLANK.search(line.text):
            continue
        if match["n"] == "一":
            said.clear()
        if match["x"] in said:
            start = line.start + match.start("x")
            told = f"标题“{match['x']}”前面已经有了。"
            yield found(sheet, start, line.end, "doubled", WORDS, None, told, "doubt")
        said.add(match["x"])


def _sentences(sheet: Sheet) -> Iterator[Finding]:
    """The same paragraph, or the same long sentence, twice in a text: pasted twice. What stands oftener is a form or a refrain."""
    places: dict[str, list[tuple[int, int]]] = {}
    for line in sheet.lines:
        if len(line.text) >= _PARAGRAPH and re.search("[，。；]", line.text):
            places.setdefault(line.text, []).append((line.start, line.end))
        for match in re.finditer(r"[^。！？]+[。！？]", line.text):
            if len(match[0]) >= _SENTENCE and "，" in match[0] and match[0] != line.text:
                start = line.start + match.start()
                places.setdefault(match[0], []).append((start, line.start + match.end()))
    for text, spans in places.items():
        if len(spans) == 2 and text[0] not in _QUOTED and not _BLANK.search(text):
            told = f"“{text[:12]}……”与前面一处完全相同，请看是否重复。"
            start = spans[1][0]
            yield found(sheet, start, start + min(20, len(text)), "doubled", WORDS, None, told, "doubt")
