"""第三款呢, 上面第二条, 下一条, 2014年的呢: places that a question finds by the last answer. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bot.model import Answer, Citation
from bot.retrieval.references import find_references
from ingest.text import NUMERAL, article_label, chinese_number, parse_number

_N = rf"[{NUMERAL}\d]{{1,4}}"
_POINTED = re.compile(
    rf"(?:上面|上边|刚才|前面|上述|以上|回答里|答案里)[^第，。？]{{0,5}}第({_N})(?:条|点|项|个|步|种|句|款)(?:里面?|中)?"
)
_PART = re.compile(rf"^(?:它的|其)?(第{_N}款(?:第{_N}项)?|第{_N}项)")
_NEAR = re.compile(r"^(?:它的)?(上一条|前一条|下一条|后一条|再下一条)")
_THIS = re.compile(r"这一?条|该条|上面那条|刚才那条")
_THIS_WORK = re.compile(r"(?:这|该|那)(?:个|份|部|项|本)?(?:规定|条例|细则|文件|办法|制度|准则|通知|规程)")
_ARTICLE = re.compile(rf"^(第{_N}条(?:之{_N})?(?:第{_N}款)?(?:第{_N}项)?)")
_ITEM = re.compile(rf"^\s*[（(]?({_N})(?:[）)]|[.．、])")
_EDITION = re.compile(
    r"^(?:按照?|在)?(?:((?:19|20)\d\d)年?(?:(?:修订|修正|修改|制定|通过|印发)?(?:版本?|的|那[版个部份])*)|"
    r"(?:旧版|老版|旧的?版本|以前的?|原来的?|过去的?|修订前的?|修改前的?|上一版|旧)(?:版本?|的|那版)*)"
)
_CURRENT = re.compile(r"^(?:现在|现行|新版|最新|新的|修订后|修改后|今年|目前)(?:版本?|的|那版)*")
_WORK = re.compile(
    r"^(《[^》]{2,40}》|[\u4e00-\u9fff]{0,14}?(?:条例|细则|准则|规程|党章|章程|办法|法))(?:里面?|中|上)?"
)
_THEN = re.compile(
    r"^(?:19|20)\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:的时候|那时候?|时候?|以前|之前|以后|之后|前|后|初|底)$"
)
_SAYS = re.compile(
    r"^(?:又|也|都|是|里|中|呢|有没有|这样|一样|什么|怎么|咋|如何|说法?|规定|写|讲|要求|的|吗|么|这么|不|有){0,6}$"
)
_SET = re.compile(
    r"^(?:(?:19|20)\d\d年[^，《]{0,8}，|(?:19|20)\d\d年(?:\d{1,2}月)?(?:的时候|那会儿|那时候?|时候|时(?![间限效])|那年)|(?:(?:19|20)\d\d年|旧版)的?《[^》]*》里，|[^，《]{0,14}(?:条例|细则|准则|规程|党章|章程|办法|法)里，)"
)
# A work with its edition before what is asked of it: 2014年的发展党员工作细则里, 发展党员工作细则2014版规定的, 《党章》（2017年修正）中
_YEAR = r"[（(]?(?:19|20)\d\d年?(?:修订|修正|修改|制定|通过|印发)?版?本?[）)]?的?"
_NAME = r"《[^》]{2,40}》|[\u4e00-\u9fff]{0,14}?(?:条例|细则|准则|规程|党章|章程)"
_OWN = re.compile(
    rf"^(?:按照?|根据|在)?(?P<year>{_YEAR})?(?P<work>{_NAME})(?P<behind>{_YEAR})?(?:里面?|中|上)?(?:规定的?)?[，,：:的]?"
)
HasEdition = Callable[[str], bool]


def placed(last: Answer, before: str, form: str) -> str | None:
    """The question `form` with its place named in full, where it names one by what was said; None where it does not.

    `before` is the last question, standing alone.
    """
    return next((named for named in _named(last, before, form) if named), None)


def points(form: str) -> bool:
    """Whether it means a place of the last answer: where there is none such, nothing else is meant."""
    return any(pattern.match(form) for pattern in (_PART, _NEAR)) or _POINTED.search(form) is not None


def _named(last: Answer, before: str, form: str) -> Iterator[str | None]:
    if pointed := _POINTED.search(form):
        place = _of_sentence(last, parse_number(pointed[1]) or 0)
        yield place and form[: pointed.start()] + place + _rest(form[pointed.end() :])
    if part := _PART.match(form):
        yield _with_label(last, before, lambda label: label + part[1], form[part.end() :])
    if near := _NEAR.match(form):
        step = -1 if near[1][0] in "上前" else 2 if near[1][0] == "再" else 1
        yield _with_label(last, before, lambda label: _moved(label, step), form[near.end() :])
    if article := _ARTICLE.match(form):
        yield _with_label(last, before, lambda _: article[1], form[article.end() :])
    if (this := _THIS.search(form)) and (cited := _cited(last)):
        yield form[: this.start()] + _name(cited) + form[this.end() :]
    if (work := _THIS_WORK.search(form)) and last.citations:
        yield form[: work.start()] + _title(last.citations[0]) + form[work.end() :]


def in_edition(last: Answer, before: str, form: str, has_edition: HasEdition) -> str | None:
    """The last question asked of another edition or of another work: 2014年的呢, 旧版怎么说, 党章里呢; None for others."""
    when = form.removesuffix("呢")
    if _THEN.match(when):
        return f"{when}，{_SET.sub('', before)}"
    edition, current = _EDITION.match(form), _CURRENT.match(form)
    at = edition.end() if edition else current.end() if current else 0
    work = _WORK.match(form[at:])
    rest = form[at + work.end() :] if work else form[at:]
    if not (edition or current or work) or not _SAYS.match(rest) or rest in ("吗", "么"):
        return None
    own, asked, is_dated = _own_work(before)
    plain = asked if is_dated else _SET.sub("", before)
    if current and not edition and not work:
        return f"{own}里，{asked}" if is_dated and not last.standalone else plain
    marker = f"{edition[1]}年的" if edition and edition[1] else "旧版" if edition else ""
    if work:
        return f"{marker}{work[1]}里，{plain}"
    if (
        is_dated
    ):  # the reader named the work with its edition: another edition of that work, whatever was cited
        return f"{marker}{own}里，{asked}"
    titles = dict.fromkeys(_title(citation) for citation in last.citations)
    named = [f"{marker}{title}里，{plain}" for title in titles]
    return next((one for one in named if has_edition(one)), named[0] if named else None)


def _own_work(before: str) -> tuple[str, str, bool]:
    """The work that a question names at its beginning, what it asks of it, and whether it names the edition too."""
    own = _OWN.match(before)
    asked = before[own.end() :] if own else ""
    if own is None or not asked.strip("，的 "):
        return "", before, False
    return own["work"], asked, bool(own["year"] or own["behind"])


def _of_sentence(last: Answer, number: int) -> str | None:
    """Where the point of that number stands: the one so numbered, else the one that comes there in the answer."""
    cited = {citation.n: citation for citation in last.citations}
    for sentence in last.sentences:
        item = _ITEM.match(sentence.text)
        if item and parse_number(item[1]) == number and sentence.citations:
            citation = cited[sentence.citations[0]]
            return _name(citation) + (f"第{chinese_number(number)}项" if citation.article else "")
    if 0 < number <= len(last.sentences) and (numbers := last.sentences[number - 1].citations):
        return _name(cited[numbers[0]])
    return None


def _name(citation: Citation) -> str:
    place = citation.article or (f"“{citation.heading_path[-1]}”" if citation.heading_path else "")
    return f"{_title(citation)}{place}"


def _title(citation: Citation) -> str:
    """As one says it: without 中国共产党, and 党章 for its 章程."""
    name = citation.title.removeprefix("《").removesuffix("》").removeprefix("中国共产党")
    return "《党章》" if name == "章程" else f"《{name}》"


def _cited(last: Answer) -> Citation | None:
    return next((citation for citation in last.citations if citation.article), None)


def _with_label(last: Answer, before: str, label_of: Callable[[str], str], rest: str) -> str | None:
    """The last question with its article exchanged; where it named none, the article that its answer cites."""
    named = [one for one in find_references(before) if one.article]
    if named:
        first, end = named[0], named[-1].end
        asked = rest if _rest(rest) != _NOTHING else before[end:]
        return before[: first.start] + label_of(first.article or "") + _rest(asked)
    cited = _cited(last)
    if cited is None or cited.article is None:
        return None
    return f"{_title(cited)}{label_of(cited.article)}{_rest(rest)}"


_NOTHING = "是怎么规定的"


def _rest(rest: str) -> str:
    return rest if rest.strip("呢的 ，,？?") else _NOTHING


def _moved(label: str, step: int) -> str:
    number = parse_number(label[1 : label.index("条")]) or 1
    return article_label(max(1, number + step))
