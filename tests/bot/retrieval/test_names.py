"""What people call a document: titles with and without their trimmings, short names, versions, and what is no name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from bot.retrieval.names import editions, named_work, read_names


@dataclass(frozen=True)
class Row:
    """A document as the catalog lists it."""

    title: str
    work_key: str
    source: str = ""
    version: str | None = None
    kind: str = "条例"
    in_force: bool = True
    chunks: int = 10
    work: str | None = None
    issued: date | None = None
    effective: date | None = None

    @property
    def id(self) -> str:
        return f"{self.title}{self.version}{self.source}"


CHARTER = [
    Row("中国共产党章程", "章程", "党章_2017修改.txt", "2017年", "党章", in_force=False),
    Row("中国共产党章程", "章程", "党章_2022修改.txt", "2022年", "党章", chunks=82),
    Row("中国共产党章程（2022年修订）", "章程", "党章_2022修改_换行版.txt", "2022年", "党章", chunks=81),
]
ROWS = [
    *CHARTER,
    Row(
        "中国共产党发展党员工作细则",
        "发展党员工作细则",
        "发展党员工作细则_2014.txt",
        "2014年",
        "细则",
        in_force=False,
    ),
    Row("中国共产党发展党员工作细则", "发展党员工作细则", "发展党员工作细则_2026.txt", "2026年", "细则"),
    Row("中国共产党支部工作条例（试行）", "支部工作条例"),
    Row("干部人事档案工作条例", "干部人事档案工作条例"),
    Row("中华人民共和国刑法", "刑法", kind="法律"),
    Row("中华人民共和国民事诉讼法", "民事诉讼法", kind="法律"),
    Row("最高人民法院关于适用《中华人民共和国民事诉讼法》的解释", "民诉解释", kind="司法解释"),
    Row("最高人民法院关于适用《中华人民共和国行政诉讼法》的解释", "行政解释", kind="司法解释"),
    Row("最高人民法院关于适用刑法第十二条几个问题的解释", "刑法解释", kind="司法解释"),
    Row("国务院关于安全生产的特别规定", "特别规定", kind="规定"),
    Row("关于印发《某省发展党员工作规程（试行）》的通知", "某省规程", kind="通知"),
    Row("《信访工作条例》（2022年）要点摘编", "信访工作条例", kind="法规摘编", work="信访工作条例"),
]
NAMES = read_names(ROWS)


@pytest.mark.parametrize(
    ("lead", "work"),
    [
        ("《中国共产党发展党员工作细则》", "发展党员工作细则"),
        ("根据发展党员工作细则的", "发展党员工作细则"),
        ("请问细则", "发展党员工作细则"),
        ("党章里", "章程"),
        ("《中国共产党章程》", "章程"),
        ("《中国共产党支部工作条例（试行）》", "支部工作条例"),
        ("支部工作条例", "支部工作条例"),
        ("《党支部工作条例》", "支部工作条例"),
        ("干部档案条例", "干部人事档案工作条例"),
        ("违反刑法", "刑法"),
        ("中华人民共和国刑法", "刑法"),
        ("民诉法", "民事诉讼法"),
        ("民诉法解释", "民诉解释"),
        ("最高人民法院关于适用《中华人民共和国民事诉讼法》的解释", "民诉解释"),
        ("《最高人民法院关于适用〈民事诉讼法〉的解释》", "民诉解释"),
        ("关于适用刑法第十二条几个问题的解释", "刑法解释"),
        ("国务院关于安全生产的特别规定", "特别规定"),
        ("党章规定", "章程"),
        ("《某省发展党员工作规程》", "某省规程"),
        ("信访工作条例", "信访工作条例"),
    ],
)
def test_names_people_use(lead: str, work: str) -> None:
    named = named_work(NAMES, lead)
    assert named is not None
    assert named.work == work


@pytest.mark.parametrize(
    "lead",
    [
        "",
        "公司章程",
        "《公司章程》",
        "条例",
        "工作条例",
        "某县发展党员工作细则",
        "《某县发展党员工作细则》",
        "根据规定",
        "《劳动法》",
        "王某",
    ],
)
def test_what_names_nothing_here(lead: str) -> None:
    """Another unit's rules, an ending that several have, a law that is not in the home."""
    assert named_work(NAMES, lead) is None


@pytest.mark.parametrize(
    "lead",
    ["细则2014", "2014年细则", "《发展党员工作细则》（2014年版）", "2014年的《细则》", "细则（2014年）"],
)
def test_a_year_in_the_name(lead: str) -> None:
    named = named_work(NAMES, lead)
    assert named is not None
    assert (named.work, named.year) == ("发展党员工作细则", 2014)


def test_works_of_one_name_are_told_by_their_year() -> None:
    """Each amendment of the constitution is a work of its own."""
    rows = [
        Row(
            f"中华人民共和国宪法修正案（{year}年）",
            f"宪法修正案（{year}年）",
            version=f"{year}年",
            chunks=year % 7,
        )
        for year in (1988, 1999, 2004)
    ]
    found = [named_work(read_names(rows), f"宪法修正案（{year}年）") for year in (1988, 1999, 2004)]
    assert [named and named.work for named in found] == [
        f"宪法修正案({year}年)" for year in (1988, 1999, 2004)
    ]


def test_where_the_name_begins() -> None:
    """So that a number inside a longer title is known to belong to it."""
    lead = "请问关于适用刑法第十二条几个问题的解释"
    named = named_work(NAMES, lead)
    assert named is not None
    assert lead[named.start :] == "关于适用刑法第十二条几个问题的解释"


def test_an_ending_of_two_works_is_no_name() -> None:
    more = read_names([*ROWS, Row("公示工作细则", "公示工作细则", kind="细则")])
    assert named_work(more, "细则") is None
    assert named_work(more, "公示工作细则") is not None


def test_the_edition_meant() -> None:
    """The newest in force, its fullest copy first; that of a year, or the last before it; none before the first."""
    assert [row.source for row in editions(CHARTER, None)] == [
        "党章_2022修改.txt",
        "党章_2022修改_换行版.txt",
    ]
    assert [row.source for row in editions(CHARTER, 2017)] == ["党章_2017修改.txt"]
    assert [row.source for row in editions(CHARTER, 2018)] == ["党章_2017修改.txt"]
    assert editions(CHARTER, 2000) == ()
    later = {row.id for row in CHARTER if row.version == "2022年"}
    assert [row.source for row in editions(CHARTER, None, later)] == ["党章_2017修改.txt"]


def test_of_copies_the_well_titled_and_full_one_is_read() -> None:
    """A misspelt title, a cut-off text and a digest stand behind; all remain to look in."""
    title, key = "发展党员工作细则", "发展党员工作细则"
    copies = [
        Row("《发展党员工作细则》要点摘编", key, "摘编.md", "2026年", "法规摘编", chunks=90),
        Row("中国共产党展党员工作细则", key, "手册.txt", "2026年", chunks=46),
        Row(title, key, "截断.txt", "2026年", chunks=20),
        Row(title, key, "全文.txt", "2026年", chunks=44),
    ]
    assert [row.source for row in editions(copies, None)] == ["全文.txt", "截断.txt", "手册.txt", "摘编.md"]
