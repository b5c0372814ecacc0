"""For which kind of unit or person a rule is made, as its title says: 机关, 高校, 公务员. Pure.

An answer from such a rule to a question that names no kind says for whom it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.model import Citation
from ingest.text import search_form, titled

# What the title says; what a reader is told; the words by which a question means it.
_KINDS = (
    (r"党和国家机关|党政机关|(?<!工作)机关(?:党的)?基层", "机关", r"机关|公务|部委"),
    (r"普通高等学校|高等学校|高校(?!毕业生)", "高校", r"高校|大学|学校|学院|院[(（]?系|教师|老师|学生|校"),
    (r"高校毕业生", "高校毕业生", r"毕业|高校|大学|学生|学校"),
    (r"国有企业", "国有企业", r"国企|国有|央企|企业|公司"),
    (r"农村", "农村", r"农村|乡镇|村"),
    (r"村民委员会", "村民委员会", r"村"),
    (r"居民委员会", "居民委员会", r"居委|居民|社区"),
    (r"公务员", "公务员", r"公务员"),
    (r"公职人员", "公职人员", r"公职|政务处分|公务员|干部"),
    (r"军队|解放军", "军队", r"军队|部队|军人|连队|解放军"),
)
_READ = tuple((re.compile(title), name, re.compile(asked)) for title, name, asked in _KINDS)


def kind_unasked(title: str, form: str) -> str | None:
    """The kind that a title names and a question, in its search form, does not; None for a rule that holds for all."""
    for in_title, name, asked in _READ:
        if in_title.search(title):
            return None if asked.search(form) or name in form else name
    return None


def scope_notes(question: str, citations: Sequence[Citation]) -> Iterator[str]:
    """For whom a cited rule is made, where neither question nor quote says it; each rule once."""
    form = search_form(question)
    told: set[str] = set()
    for one in citations:
        kind = kind_unasked(one.title, form)
        if kind is None or one.title in told or titled(one.title) in question:
            continue
        told.add(one.title)
        yield (f"{titled(one.title)}只管{kind}，问题里没有说是哪类单位或人员；不是{kind}的，另看别的规定")
