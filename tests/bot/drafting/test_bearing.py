"""A clause stands in the text only where it bears on what the section tells; page, command line and contract ask for it alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from bot.compose import Desk
from bot.drafting.bearing import basis_for, bearing
from bot.drafting.model import Beside, Fact, Request
from bot.drafting.request import request_of
from bot.model import Citation
from bot.ui.bench import Form

APPLICATIONS = Fact(1, "全年收到入党申请书35份，均在一个月内派人同申请人谈话。", "事实第1条")
TALK = "第七条　收到入党申请书后，应当在一个月内派人同申请人谈话。"
MOVED = (
    "第十二条　申请人换了工作单位或者住处，应当及时报告，原单位把入党申请书转给新的单位，新的单位应当审查。"
)


def clause(n: int, text: str) -> Beside:
    cited = Citation(
        n=n,
        document_id="d",
        source="规定.txt",
        title="某规定",
        article="第七条",
        heading_path=(),
        page=None,
        quote=text,
        start=0,
        end=len(text),
        section_start=0,
        section_end=len(text),
        in_force=True,
        kind="规定",
    )
    return Beside("依据", text, cited)


def test_the_clause_on_the_same_thing_is_taken_the_one_that_shares_a_word_is_not() -> None:
    right, beside_the_point = clause(1, TALK), clause(2, MOVED)
    assert basis_for("发展党员", [APPLICATIONS], [beside_the_point, right]) == right
    assert basis_for("发展党员", [APPLICATIONS], [beside_the_point]) is None
    assert basis_for("发展党员", [], [right]) is None
    assert bearing(TALK, "发展党员", [APPLICATIONS])[0] > 2 * bearing(MOVED, "发展党员", [APPLICATIONS])[0]


def test_a_long_clause_is_quoted_by_the_sentence_that_bears() -> None:
    """One that cannot stand alone, a point of a list or one with 其, is not quoted at all."""
    before = (
        "第七条　"
        + "各级单位应当做好这方面的准备，把人员、场地、材料都安排妥当，及时研究解决遇到的困难。" * 3
    )
    said = "收到入党申请书后，应当在一个月内派人同申请人谈话。"
    taken = basis_for("发展党员", [APPLICATIONS], [clause(1, f"{before}{said}此外还有别的要求。")])
    assert taken is not None
    assert taken.text == said
    for start in ("（三）", "其中，"):
        assert basis_for("发展党员", [APPLICATIONS], [clause(1, f"{before}{start}{said}")]) is None


@pytest.mark.parametrize("given", [{}, {"basis": True}])
def test_nobody_gets_a_clause_without_asking(given: dict[str, bool]) -> None:
    asked = request_of(
        {
            "genre": "述职报告",
            "title": "述职",
            "unit": "某支部",
            "period": "2026年",
            "facts": "讲党课6次。",
            **given,
        }
    )
    assert asked.basis is bool(given)
    assert Form().basis is Request("", "", "", "").basis is False


def test_who_asked_for_a_clause_is_told_that_none_fits(
    desk_over: Callable[[Mapping[str, str]], Desk],
) -> None:
    desk = desk_over(
        {"办法.txt": "中国共产党值班工作条例\n第一条　值班员每年轮换。\n第二条　值班室应当有记录。\n"}
    )
    asked = {
        "genre": "述职报告",
        "title": "述职",
        "unit": "某支部",
        "period": "2026年",
        "facts": "讲党课6次。",
    }
    told = {}
    for basis in (True, False):
        *_, made = desk.draft(request_of({**asked, "basis": basis}))
        told[basis] = any("没有切题的依据" in one for one in made.warnings)
    assert told == {True: True, False: False}
