"""Things of one kind that a question tells apart: 组织生活会 is no 民主生活会, 新录用 is no 提拔. Pure.

A rule for the one has most of the words of a question about the other, and does not answer it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ingest.text import search_form

OPENING = 300  # characters of a section in which it says what it is about
FIRST = 14  # characters in which a sentence names what it is about
_BRANCH = r"(?:支部|支委|总支部?|基层)"
# Of each row, what a rule may be about; only the one that is named is meant. Longer names are read first.
_KINDS: tuple[tuple[str, ...], ...] = (
    # meetings
    (
        r"党员代表大会|党代会|代表大会",
        r"党员大会|支部大会",
        r"支部委员会|支委会",
        r"党小组会|党小组",
        r"民主生活会",
        r"组织生活会",
        r"党课",
        r"主题党日",
    ),
    (
        r"村民代表会议",
        r"村民会议",
        r"村民小组",
        r"居民会议",
        r"居民小组",
        r"村民委员会|村委会",
        r"居民委员会|居委会",
        r"监察委员会|监委",
        r"纪律检查委员会|纪委",
        r"支部委员会|支委会",
    ),
    # how far somebody is on the way into the Party
    (
        r"入党申请人|递交[^,;。]{0,6}申请书|入党申请书",
        r"积极分子",
        r"发展对象",
        r"预备党员|预备期|转正|转为正式党员",
        r"培养联系人",
        r"入党介绍人|介绍人",
    ),
    # what was done to an offender
    (
        r"严重警告",
        r"警告",
        r"撤销(?:其)?党内职务",
        r"留党察看",
        r"开除",
        r"记大过",
        r"记过",
        r"降级|撤职",
        r"停止党籍",
        r"除名|脱党",
        r"劝(?:其)?退党?|限期改正",
    ),
    (r"复查", r"复核", r"复审", r"申诉"),
    (r"强制到案", r"责令候查", r"管护", r"留置", r"禁闭"),
    # how an official came to a post, or left it
    (
        r"新?录用|招录|考录|新招",
        r"晋升|提拔|提任|提职|升职",
        r"聘任|聘用",
        r"调任|转任|挂职",
        r"辞职|辞去",
        r"辞退",
        r"退休",
    ),
    # who leads which body
    (
        rf"(?:{_BRANCH}[^,;。、]{{0,6}}|党的?)?(?:纪律检查委员会|纪委)书记",
        r"党组(?!织)[^,;。、]{0,3}书记",
        rf"{_BRANCH}(?:委员会)?的?书记",
        r"(?:党委|机关党的基层委员会|基层委员会)[^,;。]{0,22}?(?<!副)书记",
    ),
)
_READ = tuple(re.compile("|".join(f"(?P<k{at}>{one})" for at, one in enumerate(row))) for row in _KINDS)

_CONTEXT = _READ[:2]  # what a sentence about a meeting is about may stand in the sentence before


def rivalled(form: str) -> Callable[[str, Callable[[], Sequence[str]]], float]:
    """For a sentence in its search form and the forms before it: 1 where it is about another thing of the
    kind than the question, in its search form, names; 0 where it names the asked one, or none is told apart.
    """
    told = [(row, named) for row in _READ if (named := _named(row, form))]
    if not told:
        return lambda *_: 0.0

    def other(one: str, before: Callable[[], Sequence[str]]) -> float:
        return float(any(_another(row, asked, one, before) for row, asked in told))

    return other


def _named(row: re.Pattern[str], form: str) -> list[str]:
    return [found.lastgroup or "" for found in row.finditer(form)]


def _another(
    row: re.Pattern[str], asked: Sequence[str], one: str, before: Callable[[], Sequence[str]]
) -> bool:
    named = _named(row, one)
    if any(name in asked for name in named):
        return False
    if named and (row not in _CONTEXT or row.search(one[:FIRST])):
        return True
    if row in _CONTEXT:
        earlier = next((name for text in before() for name in _named(row, text)), None)
        return bool(named) if earlier is None else earlier not in asked
    return bool(named)


def earlier_forms(text: str, start: int, at: int, headings: Sequence[str]) -> list[str]:
    """What opens a section before `at`, and its headings. What it names first is what it is about."""
    return [search_form(one) for one in (text[start : min(at, start + OPENING)], *headings)]
