"""What a document says of itself, and what a manifest says of it."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from ingest import manifest
from ingest.describe import describe, overridden, work_key
from ingest.errors import ConfigError
from ingest.model import Description
from ingest.parse.decode import decode
from ingest.parse.door import parse
from ingest.parse.plain import parse_plain
from ingest.repeals import repeals
from ingest.titles import folded_name, kind_of


def described(text: str, source: str = "x.txt") -> Description:
    """Describes a small document."""
    parsed = parse(text.encode(), source) if source.endswith(".md") else parse_plain(decode(text.encode()))
    return describe(parsed.text, parsed.blocks, source)


def test_a_law_names_itself_in_its_first_heading() -> None:
    """Title, kind, and the latest dates of issue and force in its head."""
    law = described(
        "# 中华人民共和国某某法\n\n2005年4月27日 第一次会议通过\n\n2018年12月29日 修订\n\n2019年6月1日 施行\n\n第一条 甲。",
        "某某法.md",
    )
    assert (law.title, law.kind) == ("中华人民共和国某某法", "法律")
    assert (law.issued, law.effective) == (date(2018, 12, 29), date(2019, 6, 1))


def test_a_file_without_a_title_line_is_named_by_its_file() -> None:
    """第一章 is no title; the year behind the name is the version."""
    found = described("第一章　总则\n第一条　甲。", "党内监督条例_2016.txt")
    assert (found.title, found.kind, found.version) == ("党内监督条例", "条例", "2016年")


def test_a_press_introduction_gives_the_announced_title() -> None:
    """近日，中共中央印发了《…》 announces the document that follows; 关于印发《…》的通知 is its own title."""
    assert (
        described("近日，中共中央印发了《某某工作条例》（以下简称《条例》）。\n第一条 甲。").title
        == "某某工作条例"
    )
    assert (
        described("关于印发《某某工作规程（试行）》的通知\n各支部：").title
        == "关于印发《某某工作规程（试行）》的通知"
    )


def test_a_title_over_two_lines_is_one() -> None:
    """The first line does not end like a title, the second does."""
    assert described(
        "中共中央关于进一步全面深化改革\n推进中国式现代化的决定\n（2024年7月18日通过）"
    ).title.endswith("推进中国式现代化的决定")


@pytest.mark.parametrize(
    "line",
    [
        "云委办发〔2026〕33号", "云委办发[2026]33 号", "（云委办发（2026）33号）", "云委办发【２０２６】３３号", "云委办发﹝2026﹞33号",
        "云委办发［2026］第33号", "云委办发〈2026〉33号", "云委办发〔2026〕33号　　签发人：某某", "中共云岭市委办公室文件 云委办发〔2026〕33号",
    ],
)  # fmt: skip
def test_document_numbers_in_all_brackets_are_one(line: str) -> None:
    """文号 is shown with 〔〕 and plain digits, whatever it was typed with."""
    assert (
        described(f"{line}\n关于做好某项工作的通知\n各支部：\n为做好工作。").number == "云委办发〔2026〕33号"
    )


def test_a_number_in_running_text_is_not_its_own() -> None:
    """根据…〔2010〕25号文件精神 quotes another document."""
    assert (
        described("关于做好某项工作的通知\n各支部：\n根据云委发[2010]25号文件精神，现通知如下。").number
        is None
    )


def test_an_impossible_date_is_no_date() -> None:
    """2月30日 does not stop a sync."""
    assert described("通知\n2020年2月30日 通过\n正文。").issued is None


def test_the_manifest_wins() -> None:
    """Every field it names replaces what was read; status decides what is in force."""
    found = overridden(
        described("某某办法\n正文。"),
        {"title": "甲", "date": date(2020, 1, 1), "status": "已被取代", "work": "乙"},
    )
    assert (found.title, found.issued, found.in_force, found.work) == ("甲", date(2020, 1, 1), False, "乙")


def test_versions_of_one_work_share_a_key() -> None:
    """Issuer, year and marks of a copy do not keep versions apart; numbered amendments stay apart."""
    keys = {
        work_key(Description("中国共产党发展党员工作细则"), "a.txt"),
        work_key(Description("展党员(sic)"), "发展党员工作细则_2014_手册版.txt"),
        work_key(Description("发展党员工作细则（2026年修订）"), "b.txt"),
    }
    assert len(keys) == 1
    assert work_key(Description("刑法修正案（八）"), "x.md") != work_key(
        Description("刑法修正案（九）"), "y.md"
    )
    assert work_key(Description("宪法修正案（1988年）"), "x.md") != work_key(
        Description("宪法修正案（2018年）"), "y.md"
    )


RED_HEAD = """000017
机密文件不在此列
中共云岭市青禾区望川街道工作委员会文件
望工委发【2026】 7号
关于印发《望川街道基层党建
“三张清单”管理办法
（试行）》的通知
各社区党委：
现将《管理办法》印发给你们，请遵照执行。
中共云岭市青禾区望川街道工作委员会
2026年4月20日
望川街道基层党建“三张清单”管理办法（试行）
第一条　为了把党建责任落到实处，制定本办法。
第二条　本办法自2026年5月1日起施行。2019年6月印发的《望川街道党建清单管理暂行办法》同时废止。"""


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("《中国共产党支部工作条例（试行）》", "支部工作条例"),
        ("支部工作条例(2026年修订)", "支部工作条例"),
        ("中共中央关于《甲办法〔2015〕》", "甲办法"),
        ("最高人民法院、最高人民检察院关于甲的解释（三）", "最高人民法院最高人民检察院关于甲的解释（三）"),
        ("刑法修正案（2015年）", "刑法修正案（2015年）"),
        ("党章", "章程"),
        ("中国共产党章程（修正案）", "章程（修正案）"),
    ],
)
def test_a_work_has_one_name(name: str, folded: str) -> None:
    """Whoever writes it, and whatever they add; folding it again changes nothing."""
    assert folded_name(name) == folded
    assert folded_name(folded) == folded


def test_a_red_head_document_is_read_whole() -> None:
    """Title over three lines, 文号, issuer, both dates, place and unit; the notice has the kind of what it issues."""
    found = described(RED_HEAD.replace("机密文件不在此列\n", ""))
    assert found.title == "关于印发《望川街道基层党建“三张清单”管理办法（试行）》的通知"
    assert found.number == "望工委发〔2026〕7号"
    assert (found.kind, found.work) == ("办法", "望川街道基层党建“三张清单”管理办法（试行）")
    assert found.issuer == "中共云岭市青禾区望川街道工作委员会"
    assert (found.region, found.unit) == ("云岭市青禾区", "望川街道")
    assert (found.issued, found.effective) == (date(2026, 4, 20), date(2026, 5, 1))
    assert found.repeals == ("望川街道党建清单管理暂行办法",)


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ("中共某市委关于加强新时代\n基层组织建设的意见\n为了…，提出如下意见。", "中共某市委关于加强新时代基层组织建设的意见"),
        ("关于转发《关于做好\n某项工作的通知》的\n通　知\n各支部：", "关于转发《关于做好某项工作的通知》的通知"),
        ("某某工作条例\n（试行）\n第一章　总则", "某某工作条例（试行）"),
        ("凝心聚力谋发展\n——某社区党委书记述职报告\n各位同志：", "凝心聚力谋发展——某社区党委书记述职报告"),
        ("附件1\n党员基本情况统计办法\n第一条 甲。", "党员基本情况统计办法"),
        ("某某办法\n目录\n第一章 总则", "某某办法"),
        ("中 国 共 产 党 某 某 条 例\n第一条 甲。", "中国共产党某某条例"),
        ("青石镇党委办公室\n青党办〔2026〕12号\n关于做好2026年度民主评议党员工作的通知\n各党支部：", "关于做好2026年度民主评议党员工作的通知"),
        ("青石镇党委组织办\n关于做好2026年度民主评议党员工作的通知\n各党支部：", "关于做好2026年度民主评议党员工作的通知"),
        ("青石镇党委组织办\n青石镇纪委\n关于做好2026年度民主评议\n党员工作的意见\n各党支部：", "关于做好2026年度民主评议党员工作的意见"),
        ("青石镇党委办公室\n青党办〔2026〕12号\n2026年度民主评议党员工作方案\n为做好民主评议工作，制定本方案。", "2026年度民主评议党员工作方案"),
        ("青党办〔2026〕12号\n关于推荐优秀党员的请示\n县委组织部：", "关于推荐优秀党员的请示"),
        # Under a red head or a 文号 the issuer is a line of the title itself; a line that only ends like an office is none.
        ("中共青石镇委员会文件\n青党发〔2026〕3号\n中共青石镇委员会\n关于加强党员教育的意见\n各支部：", "中共青石镇委员会关于加强党员教育的意见"),
        ("进一步加强基层党组织建设\n关于某村党总支的调查报告\n一、基本情况", "进一步加强基层党组织建设关于某村党总支的调查报告"),
    ],
)  # fmt: skip
def test_titles_as_they_are_set(lines: str, title: str) -> None:
    """Lines of one title are joined, what stands above and below it is not."""
    assert described(lines).title == title


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("本办法自2026年5月1日起施行。", date(2026, 5, 1)),
        ("本办法自２０２６年５月１日起正式施行。", date(2026, 5, 1)),
        ("本办法从 2026 年 5 月 1 日起执行。", date(2026, 5, 1)),
        ("本办法自二○二六年五月一日起施行。", date(2026, 5, 1)),
        ("本办法自公布之日起施行。", date(2026, 4, 20)),
        ("本办法自印发之日起施行。", date(2026, 4, 20)),
        ("本办法由党委办公室负责解释。", None),
        ("自2020年1月1日以来发生的，依照本办法办理。", None),
    ],
)
def test_the_last_article_tells_the_day_of_force(line: str, day: date | None) -> None:
    """自公布之日 is the day of issue."""
    found = described(f"某某办法\n（2026年4月20日印发）\n第一条 甲。\n第二条 {line}")
    assert (found.issued, found.effective) == (date(2026, 4, 20), day)


def test_the_first_versions_day_of_force_is_not_that_of_an_amended_one() -> None:
    """The last article of an amended law still tells when the first version came into force."""
    text = "某某法\n1990年4月1日第一次会议通过\n根据2018年12月29日《关于修改〈某某法〉的决定》修正\n第一条 甲。\n第二条 本法自1990年7月1日起施行。"
    found = described(text)
    assert (found.issued, found.effective) == (date(2018, 12, 29), None)


def test_a_report_is_dated_by_its_signature() -> None:
    """Days in its text are not its own; ×月×日 is no day, but the organ above it is the issuer."""
    text = "某街道党建工作情况报告\n区委组织部：\n2025年3月1日以来，我们印发了清单。\n一、做法\n中共某某区某某街道工作委员会\n2025年12月30日"
    found = described(text)
    assert (found.issued, found.issuer) == (date(2025, 12, 30), "中共某某区某某街道工作委员会")
    masked = described(text.replace("2025年12月30日", "2025年×月×日"))
    assert (masked.issued, masked.issuer) == (None, "中共某某区某某街道工作委员会")


def test_two_issuers_and_the_printing_office() -> None:
    """A joint signature names both; without any, whoever printed it is taken."""
    joint = described(
        "关于做好某项工作的通知\n各支部：\n请照办。\n中共某某市委组织部\n某某市财政局\n2026年3月1日"
    )
    assert joint.issuer == "中共某某市委组织部、某某市财政局"
    printed = described(
        "关于做好某项工作的通知\n各支部：\n请照办。\n中共某某省委组织部办公室 2015 年 10 月 22 日印发"
    )
    assert (printed.issuer, printed.issued) == ("中共某某省委组织部办公室", date(2015, 10, 22))


@pytest.mark.parametrize(
    ("title", "head", "kind"),
    [
        ("中国共产党章程（2022年修订）", "", "党章"), ("某某协会章程", "", "章程"), ("某某工作条例（试行）", "", "条例"),
        ("某某管理条例", "2016年2月6日 国务院令第666号公布", "行政法规"), ("某某工作条例", "中共中央、国务院发布", "条例"),
        ("最高人民法院关于审理某某案件的规定", "", "司法解释"), ("中华人民共和国某某法", "", "法律"), ("某某书记述职报告", "", "述职报告"),
        ("某某工作调研情况报告", "", "调研报告"), ("关于“三张清单”制度落实情况报告", "", "落实情况报告"), ("某某调研汇报提纲", "", "汇报提纲"),
        ("2022年区基层党建工作情况报告", "", "年度工作报告"), ("某某支部任务清单", "", "三张清单"), ("某某记事", "", "其他"),
        ("某某支部换届选举工作方案", "", "工作方案"), ("某某支部年度工作计划", "", "工作要点"),
    ],
)  # fmt: skip
def test_kinds(title: str, head: str, kind: str) -> None:
    """What the title ends with, and who issued it, make the kind."""
    assert kind_of(title, head) == kind


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("本法自2026年1月1日起施行。《甲条例》和《乙办法》同时废止。", ("甲条例", "乙办法")),
        ("2003年5月6日印发的《甲细则（试行）》即行废止。", ("甲细则（试行）",)),
        ("《最高人民法院关于适用〈某法〉的解释》自本解释公布之日起不再执行。", ("最高人民法院关于适用《某法》的解释",)),
        ("《甲办法》第三条同时废止。", ()),
        ("根据《甲法》制定的《乙办法》予以废止。", ("乙办法",)),
        ("《甲法》规定的许可被废止后，应当公告。", ()),
    ],
)  # fmt: skip
def test_what_a_regulation_repeals(text: str, names: tuple[str, ...]) -> None:
    """Whole works only, without those that are its ground."""
    assert repeals(text) == names


def test_a_sidecar_wins_over_the_manifest(tmp_path: Path) -> None:
    """NAME.meta.toml beside the file says the last word; a broken one or a wrong type is told in Chinese."""
    (tmp_path / "某文.docx.meta.toml").write_text(
        'title = "乙"\ndate = 2026-05-01\nregion = "云岭市"\n', "utf-8"
    )
    entry = manifest.beside(tmp_path / "某文.docx", {"title": "甲", "kind": "办法"})
    assert entry == {"title": "乙", "kind": "办法", "date": date(2026, 5, 1), "region": "云岭市"}
    found = overridden(Description("丙"), {**entry, "repeals": ["旧办法"]})
    assert (found.title, found.issued, found.region, found.repeals) == (
        "乙",
        date(2026, 5, 1),
        "云岭市",
        ("旧办法",),
    )
    assert manifest.beside(tmp_path / "另文.docx", {"title": "甲"}) == {"title": "甲"}
    (tmp_path / "丁.meta.toml").write_text('date = "2026年5月"', "utf-8")
    with pytest.raises(ConfigError, match=r"丁\.meta\.toml.*date"):
        manifest.beside(tmp_path / "丁.txt")
    (tmp_path / "丁.meta.toml").write_text("title = 丁", "utf-8")
    with pytest.raises(ConfigError, match="读不出来"):
        manifest.beside(tmp_path / "丁.txt")


@pytest.mark.parametrize(
    "line",
    [
        "2020年1月1日" * 20_000,
        "《甲》同时" * 20_000 + "废止",
        "《" * 100_000,
        "某" * 100_000,
        "关于 " * 50_000,
    ],
)
def test_a_line_without_end_takes_no_time(line: str) -> None:
    """Reading a description stays linear in the length of a line."""
    began = time.process_time()
    described(f"某某办法\n{line}\n第一条 甲。")
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("青山支部名单.csv", "姓名,职务\n王一,书记\n李二,委员\n".encode()),
        ("青山支部名单.tsv", "甲\t乙\n丙\t丁\n".encode()),
        ("青山支部名单.md", "| 姓名 | 职务 |\n|---|---|\n| 王一 | 书记 |\n\n以上名单公示五天。\n".encode()),
    ],
)
def test_a_document_that_begins_with_a_table_is_named_by_its_file(name: str, data: bytes) -> None:
    """Not by its first row of data."""
    parsed = parse(data, name)
    assert parsed.blocks[0].kind == "row"
    assert describe(parsed.text, parsed.blocks, name, {}, parsed.format).title == "青山支部名单"


def test_the_title_over_a_table_stays_its_title() -> None:
    parsed = parse("青山支部委员名单\n姓名,职务\n王一,书记\n李二,委员\n".encode(), "x.csv")
    assert describe(parsed.text, parsed.blocks, "x.csv", {}, parsed.format).title == "青山支部委员名单"


def test_front_matter_names_a_text_that_does_not_name_itself() -> None:
    parsed = parse("---\ntitle: 植树活动小结\n---\n一、基本情况\n共植树30棵。\n".encode(), "x.md")
    assert describe(parsed.text, parsed.blocks, "x.md", {}, "md", parsed.properties).title == "植树活动小结"


@pytest.mark.parametrize(
    ("title", "source", "issued", "issuer"),
    [
        ("关于植树活动的通知", "青山区委组织部", date(2025, 3, 5), "青山区委组织部"),
        ("关于植树活动的通知", "人民网", date(2025, 3, 5), None),
        ("植树管理办法", "青山区委组织部", None, None),
    ],
)
def test_a_page_is_dated_by_its_posting_unless_it_is_a_regulation(
    title: str, source: str, issued: date | None, issuer: str | None
) -> None:
    """A site posts a regulation long after it was issued."""
    body = "<p>各支部要按照要求做好植树工作，按时报送有关情况和经验做法。</p>" * 6
    page = f"<html><body><h1>{title}</h1><div>发布时间：2025-03-05 来源：{source}</div>{body}</body></html>"
    parsed = parse(page.encode(), "x.html")
    found = describe(parsed.text, parsed.blocks, "x.html", {}, "html", parsed.properties)
    assert (found.issued, found.issuer) == (issued, issuer)
