"""A figure stands on what says the same of the same thing, or the mark 〔待核实〕 stands in its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drafting.figures.ground import ground
from bot.drafting.figures.reading import read
from bot.drafting.model import PENDING, Calculation, Fact
from bot.model import Citation
from ingest.text import sentences

FACTS = (
    Fact(1, "发展党员6名，处分党员2名。", "事实第1条"),
    Fact(2, "2024年收缴党费38640元；2025年收缴党费43470元。", "表“党费”第1行"),
    Fact(3, "第一党支部42名，第二党支部36名。", "事实第3条"),
    Fact(4, "走访困难党员×名。", "事实第4条"),
)
CALCULATIONS = (
    Calculation(1, "收缴党费2025年比2024年增加：43470-38640=4830（元）", "4830元", (2,)),
    Calculation(2, "收缴党费2025年比2024年增长：（43470-38640）÷38640=12.5%", "12.5%", (2,)),
)
REPORTS = Path(__file__).parents[4] / "corpus" / "本单位"


def cited(n: int, quote: str, *, title: str = "发展党员工作细则", article: str | None = None) -> Citation:
    return Citation(
        n, f"d{n}", "a.md", title, article, (), None, quote, 0, len(quote), 0, len(quote), in_force=True
    )


def grounded(text: str, *citations: Citation) -> tuple[str, list[tuple[str, str, int]]]:
    shown, figures = ground(text, FACTS, CALCULATIONS, citations, given="2025年度工作报告", year=2025)
    assert all(shown[figure.start : figure.end] == figure.text for figure in figures)
    return shown, [(figure.text, figure.ground, figure.n) for figure in figures]


def test_a_figure_of_a_fact_links_to_it() -> None:
    assert grounded("全年发展党员6名。")[1] == [("6名", "fact", 1)]
    assert grounded("新发展的六名党员表现突出。")[1] == [("六名", "fact", 1)]
    assert grounded("收缴党费4.347万元。")[1] == [("4.347万元", "fact", 2)]


@pytest.mark.parametrize(
    "text",
    [
        "处分6名。",
        "处分党员6名。",
        "发展党员2名。",
        "发展党员6家。",
        "发展党员7名。",
        "共有党员6名。",
        "第一党支部36名。",
        "收缴党费38640元。",
    ],
)
def test_the_same_number_of_another_thing_or_year_is_no_ground(text: str) -> None:
    shown, figures = grounded(text)
    assert figures == [(PENDING, "pending", 0)]
    assert shown.endswith((f"{PENDING}名。", f"{PENDING}家。", f"{PENDING}元。"))


def test_the_year_that_a_sentence_names_is_the_year_of_its_figure() -> None:
    assert grounded("2024年收缴党费38640元。")[1][-1] == ("38640元", "fact", 2)
    assert grounded("上年收缴党费38640元。")[1] == [("38640元", "fact", 2)]
    assert grounded("2024年收缴党费43470元。")[1][-1] == (PENDING, "pending", 0)


def test_what_was_worked_out_links_to_the_calculation_in_its_direction() -> None:
    text = "收缴党费43470元，比上年增加4830元，增长12.5%。"
    assert grounded(text)[1] == [
        ("43470元", "fact", 2),
        ("4830元", "calculated", 1),
        ("12.5%", "calculated", 2),
    ]
    assert grounded("收缴党费43470元，比上年减少4830元。")[1][-1] == (PENDING, "pending", 0)
    assert grounded("收缴党费占12.5%。")[1] == [(PENDING, "pending", 0)]
    assert grounded("发放慰问金比上年增加4830元。")[1] == [(PENDING, "pending", 0)]


def test_a_figure_of_a_source_links_to_the_citation_and_an_article_is_checked() -> None:
    source = cited(1, "预备党员的预备期为一年。", article="第三十二条")
    assert grounded("依据第三十二条，预备期是1年。", source)[1] == [
        ("第三十二条", "source", 1),
        ("1年", "source", 1),
    ]
    assert grounded("依据第三十三条，预备期是2年。", source)[0] == f"依据第{PENDING}条，预备期是{PENDING}年。"


def test_last_years_report_carries_no_figure_of_this_year() -> None:
    old = cited(1, "全年召开党员大会20次。", title="星湖社区2024年度党建工作情况报告")
    assert grounded("全年召开党员大会20次。", old)[1] == [(PENDING, "pending", 0)]
    assert grounded("2024年召开党员大会20次。", old)[1][-1] == ("20次", "source", 1)


def test_a_mask_stays_a_mask_and_is_never_filled_in() -> None:
    assert grounded("走访困难党员×名，投入**万元。") == (
        "走访困难党员×名，投入**万元。",
        [("×", "pending", 0), ("**", "pending", 0)],
    )
    assert grounded("走访困难党员6名。")[1] == [(PENDING, "pending", 0)]


def test_the_year_of_the_request_is_given() -> None:
    assert ground("2025年以来，工作有序。", (), given="2025年度")[1][0].ground == "fact"
    assert ground("2026年将继续。", (), given="2025年度")[0] == f"{PENDING}年将继续。"


def reports() -> list[str]:
    raws = [path.read_bytes() for path in sorted(REPORTS.iterdir()) if path.suffix in {".md", ".txt"}]
    return [raw.decode("utf-8" if b"\xe5\x85\x9a" in raw else "gb18030") for raw in raws]


def test_every_figure_of_a_report_stands_on_its_own_sentences_and_hardly_a_changed_one_does() -> None:
    changed = kept = 0
    for text in reports():
        said = [text[start:end] for start, end in sentences(text)]
        facts = [Fact(n, sentence, "") for n, sentence in enumerate(said, start=1)]
        for sentence in said:
            shown, figures = ground(sentence, facts, year=2025)
            assert shown == sentence
            assert all(figure.ground == "fact" for figure in figures if figure.text.strip("X×*至"))
            plain = [
                f
                for f in read(sentence)
                if f.kind == "quantity" and sentence[f.core_start : f.core_end].isdigit()
            ]
            for figure in plain[:1]:
                number = str(int(sentence[figure.core_start : figure.core_end]) + 1)
                other = sentence[: figure.core_start] + number + sentence[figure.core_end :]
                changed += 1
                kept += ground(other, facts, year=2025)[0] == other
    assert changed > 200
    assert kept <= changed * 0.03


PIECES = [
    "发展党员",
    "6名",
    "12名",
    "，",
    "。",
    "X个",
    "12.5%",
    "4830元",
    "第十二条",
    "2025年",
    "2024年",
    "上年",
    "处分",
    "收缴党费",
    "增加",
    PENDING,
    "“",
    "（",
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=20).map("".join))
def test_grounding_twice_changes_nothing_and_every_figure_is_accounted_for(text: str) -> None:
    shown, figures = ground(text, FACTS, CALCULATIONS, year=2025)
    again, figures_again = ground(shown, FACTS, CALCULATIONS, year=2025)
    assert again == shown
    assert [figure.text for figure in figures_again] == [figure.text for figure in figures]
    assert all(shown[figure.start : figure.end] == figure.text for figure in figures)
    assert all((figure.n == 0) == (figure.ground == "pending") for figure in figures)
    spans = [(figure.start, figure.end) for figure in figures]
    assert all(any(a <= f.start < b or f.start <= a < f.end for a, b in spans) for f in read(shown))
