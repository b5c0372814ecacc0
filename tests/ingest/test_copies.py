"""Copies of one text are found, and nothing else: not versions, not figures, not units, not years."""

from __future__ import annotations

import random
from datetime import date

import pytest

from ingest.copies import copies
from ingest.model import DocumentRow, Quality
from ingest.sketches import sketch

BODY = [
    "第一条　为了加强流动党员管理，做好居家养老点的志愿服务，制定本办法。",
    "第二条　本办法所称流动党员，是指离开组织关系所在支部连续六个月以上的党员。",
    "第三条　接收支部应当在十五日内登记，并通知其组织关系所在支部；逾期未登记的，由街道党工委提醒。",
    "第四条　流动党员每季度参加一次组织生活，每次不少于45分钟；因工作不能参加的，应当请假。",
    "第五条　支部书记负责联系，组织委员建立名册，名册每年12月核对一次，核对结果存档五年。",
    "第六条　对表现突出的流动党员，可以在民主评议中予以肯定；对失去联系满六个月的，按有关规定处理。",
    "第七条　社区为流动党员设立服务窗口，提供政策咨询、证明办理和困难帮扶，窗口周末轮流值守。",
    "第八条　本办法由望川街道党工委组织办公室负责解释，自2024年3月1日起施行。",
]
RULE = "\n".join(["望川街道流动党员管理办法", *BODY])
REPORT = (
    "望川街道2025年党建工作情况报告\n"
    "一、主要做法\n"
    "全年召开党建工作联席会议6次，解决小区停车、老楼加装电梯、背街小巷照明等难题43件。\n"
    "各支部把主题党日开到楼道和工地，先后组织党员干部走访困难群众五百二十户，送去棉被和米油。\n"
    "街道建立红色物业联盟，物业企业与业主委员会每月碰头，矛盾不出小区，投诉比上年下降三成。\n"
    "二、存在不足\n"
    "有的支部学习资料更新慢，个别党务干部业务不熟，流动党员联系还不够经常，宣传手段比较单一。\n"
    "三、下一步打算\n"
    "明年继续办好党务实训班，给每个支部配一名指导员，把联系群众的制度落到每一栋楼、每一户人。"
)
SLIPS = dict(zip("已末日土己入未于干人员为的了和在办是", "己未曰士已人末干于入贝力旳丁租右力早", strict=True))


def row(
    text: str, title: str, source: str, kind: str = "办法", year: int | None = 2024, **other: object
) -> DocumentRow:
    """A catalog row as a sync would list it."""
    values: dict[str, object] = dict.fromkeys(
        ("issuer", "number", "issued", "effective", "repealed", "work", "note", "region", "unit")
    )
    values |= {
        "id": source, "path": source, "source": source, "status": "ready", "sha256": "", "size": 0, "modified_ns": 0, "format": "txt",
        "title": title, "kind": kind, "version": f"{year}年" if year else None, "work_key": title, "declared": False, "in_force": True,
        "repeals": (), "chunks": 1, "dropped": (), "warnings": (), "sketch": sketch(text), **other,
    }  # fmt: skip
    return DocumentRow(**values)  # type: ignore[arg-type]


def grouped(*documents: tuple[DocumentRow, str]) -> dict[str, str]:
    texts = {one.id: text for one, text in documents}
    return copies([one for one, _ in documents], texts.__getitem__)


def of_rule(
    text: str, source: str = "b.txt", title: str = "望川街道流动党员管理办法", **other: object
) -> dict[str, str]:
    """What becomes of `text` beside the regulation itself."""
    year = other.pop("year", 2024)
    assert year is None or isinstance(year, int)
    return grouped(
        (row(RULE, "望川街道流动党员管理办法", "a.txt"), RULE),
        (row(text, title, source, year=year, **other), text),
    )


def of_report(
    text: str, title: str = "望川街道2025年党建工作情况报告", year: int | None = 2025, **other: object
) -> dict[str, str]:
    first = row(REPORT, "望川街道2025年党建工作情况报告", "a.txt", "情况报告", 2025)
    return grouped((first, REPORT), (row(text, title, "b.txt", "情况报告", year, **other), text))


def misread(text: str, share: float, seed: int = 7) -> str:
    """Some characters as OCR confuses them, none twice at the same place."""
    draw = random.Random(seed)
    places = [at for at, character in enumerate(text) if character in SLIPS]
    wrong = set(draw.sample(places, round(share * len(text))))
    return "".join(SLIPS[character] if at in wrong else character for at, character in enumerate(text))


def rewrapped(text: str, width: int = 28) -> str:
    return "\n".join(line[at : at + width] for line in text.splitlines() for at in range(0, len(line), width))


def wide(text: str) -> str:
    return text.translate({ord(digit): ord(digit) - ord("0") + ord("０") for digit in "0123456789"})


RED_HEAD = "中共望川街道工作委员会文件\n望工委〔2024〕3号\n各社区党委，机关各支部：\n现将办法印发给你们，请认真贯彻执行。\n"
SITE_FOOT = "\n责任编辑：小张　来源：望川党建网　浏览次数：315\n上一篇　下一篇　打印本页　关闭窗口"


@pytest.mark.parametrize(
    "changed",
    [
        RED_HEAD + RULE,
        RULE + SITE_FOOT,
        RULE.replace("望川街道流动党员管理办法\n", "", 1),
        rewrapped(RULE),
        wide(RULE),
        misread(RULE, 0.01),
        "\n".join(f"{line}\n— {page} —\n望川街道文件汇编" for page, line in enumerate(RULE.splitlines(), 1)),
        "\n".join(["望川街道流动党员管理办法（节选）", *BODY[:5]]),
        "\n".join(["望川街道流动党员管理办法（节选）", *BODY[1:3], *BODY[4:7]]),
    ],
    ids=[
        "red head",
        "site foot",
        "no title",
        "wrapped",
        "wide digits",
        "misread",
        "page furniture",
        "cut off",
        "digest",
    ],
)
def test_copies_of_a_regulation(changed: str) -> None:
    """Whatever stands around it and however it was read."""
    assert of_rule(changed) == {"b.txt": "a.txt"}


@pytest.mark.parametrize(
    "changed",
    [REPORT + SITE_FOOT, rewrapped(REPORT), wide(REPORT), misread(REPORT, 0.02), REPORT.replace("，", ",")],
    ids=["site foot", "wrapped", "wide digits", "misread", "narrow commas"],
)
def test_copies_of_a_report(changed: str) -> None:
    """Likewise without articles."""
    assert of_report(changed) == {"b.txt": "a.txt"}


@pytest.mark.parametrize(
    "changed",
    [
        RULE.replace("十五日内", "十日内"),
        RULE.replace("六个月以上", "三个月以上"),
        RULE.replace("45分钟", "40分钟"),
        RULE.replace("2024年3月1日", "2024年8月1日"),
        RULE.replace("可以在民主评议中", "应当在民主评议中"),
        RULE.replace("逾期未登记的", "逾期登记的"),
        RULE.replace("街道党工委提醒", "街道党工委提醒，并报区委组织部备案"),
        RULE.replace("第四条", "第五条").replace("五年", "十年"),
        misread(RULE, 0.01).replace("十五日", "十二日"),
    ],
    ids=[
        "days",
        "months",
        "minutes",
        "day of force",
        "may and must",
        "not",
        "inserted",
        "numbers",
        "misread figure",
    ],
)
def test_a_changed_word_of_a_regulation_is_no_copy(changed: str) -> None:
    """Also when nobody knows from which year the other one is."""
    assert of_rule(changed) == {}
    assert of_rule(changed, year=None) == {}
    assert of_rule(changed, year=2020) == {}


@pytest.mark.parametrize(
    ("changed", "title", "year"),
    [
        (REPORT.replace("2025年", "2024年"), "望川街道2024年党建工作情况报告", 2024),
        (REPORT, "望川街道党建工作情况报告", 2024),
        (REPORT.replace("43件", "57件"), "望川街道2025年党建工作情况报告", 2025),
        (REPORT.replace("五百二十户", "三百户"), "望川街道2025年党建工作情况报告", 2025),
        (REPORT.replace("望川街道", "青山街道"), "青山街道2025年党建工作情况报告", 2025),
        (REPORT.replace("望川", "青川"), "青川街道2025年党建工作情况报告", 2025),
        (REPORT.split("\n", 1)[1], "青川街道2025年党建工作情况报告", 2025),
    ],
    ids=[
        "year",
        "year of the file",
        "figure",
        "numeral",
        "unit",
        "one character of the unit",
        "unit in the title only",
    ],
)
def test_other_years_units_and_figures_are_no_copies(changed: str, title: str, year: int) -> None:
    """A report written from the same template is another report."""
    assert of_report(changed, title, year) == {}


def test_two_units_that_sign_the_same_plan_each_have_their_own() -> None:
    """The issuer, the unit or the signature tells them apart, though every sentence is the same."""
    signed = [f"{REPORT}\n{unit}\n2025年12月30日" for unit in ("东河村", "西河村")]
    title = "党建工作情况报告"
    assert (
        grouped(*((row(text, title, str(at), "情况报告", 2025), text) for at, text in enumerate(signed)))
        == {}
    )
    other = (
        row(REPORT, title, "a", "情况报告", 2025, unit="东街社区"),
        row(REPORT, title, "b", "情况报告", 2025, unit="西街社区"),
    )
    assert grouped(*((one, REPORT) for one in other)) == {}
    other = (
        row(REPORT, title, "a", "情况报告", 2025, issuer="望川中学"),
        row(REPORT, title, "b", "情况报告", 2025, issuer="青禾中学"),
    )
    assert grouped(*((one, REPORT) for one in other)) == {}


def test_printed_again_in_a_later_year() -> None:
    """Word for word it is a copy; the earlier one stands for both."""
    assert of_rule(RED_HEAD + RULE, "b_2026.txt", year=2026) == {"b_2026.txt": "a.txt"}
    assert of_rule(misread(RULE, 0.01), year=2026) == {}
    assert of_rule("\n".join(["望川街道流动党员管理办法", *BODY[:5]]), year=2026) == {}


def test_a_notice_that_forwards_the_text() -> None:
    """It has a title and a date of its own and more words than what it encloses."""
    notice = (
        "青禾区教育局关于转发《望川街道流动党员管理办法》的通知\n各学校党支部：\n"
        + "请结合实际抓好落实，重要情况及时报告。" * 12
    )
    text = f"{notice}\n青禾区教育局\n2024年6月3日\n附件\n{RULE}"
    title = "青禾区教育局关于转发《望川街道流动党员管理办法》的通知"
    assert of_rule(text, title=title, issued=date(2024, 6, 3), issuer="青禾区教育局") == {"b.txt": "a.txt"}


def test_a_collection_is_a_copy_of_nothing_in_it() -> None:
    """It holds several regulations, one of them this one."""
    others = "\n".join(
        f"第{n}条　{text}" for n, text in zip("一二三四五六七八九", REPORT.splitlines(), strict=True)
    )
    assert of_rule(f"党务制度汇编\n{RULE}\n党务公开实施细则\n{others}", title="党务制度汇编") == {}


def test_the_best_source_stands_for_all() -> None:
    """Complete before cut off, the text before the notice, read well before badly, in force before repealed."""
    whole = row(RULE, "望川街道流动党员管理办法", "z.txt")
    cut = "\n".join(["望川街道流动党员管理办法", *BODY[:4]])
    bad = Quality(check=("有的字认不出",))
    scan = row(misread(RULE, 0.01), "望川街道流动党员管理办法", "a.pdf", quality=bad)
    repealed = row(RULE, "望川街道流动党员管理办法", "b.txt", declared=True, in_force=False)
    short = row(cut, "望川街道流动党员管理办法", "c.txt")
    notice = row(
        RED_HEAD + RULE,
        "关于印发《望川街道流动党员管理办法》的通知",
        "d.txt",
        work="望川街道流动党员管理办法",
    )
    found = grouped(
        (whole, RULE), (scan, misread(RULE, 0.01)), (repealed, RULE), (short, cut), (notice, RED_HEAD + RULE)
    )
    assert found == dict.fromkeys(("a.pdf", "b.txt", "c.txt", "d.txt"), "z.txt")


def test_the_words_of_a_notice_do_not_make_it_the_more_complete() -> None:
    """Neither of one that forwards the notice that issued the text; but what lacks articles gives way to the whole."""
    name, words = "望川街道流动党员管理办法", "请结合实际抓好落实，重要情况及时报告。" * 12
    issued, forwarded = f"关于印发《{name}》的通知", f"转发《{name}》的通知"
    issuing = f"{issued}\n各支部：\n{words}\n{RULE}"
    forwarding = f"{forwarded}\n各支部：\n{words}{words}\n{RULE}"
    first = (row(issuing, issued, "b.txt", work=name), issuing)
    assert grouped(first, (row(forwarding, forwarded, "a.txt", work=name), forwarding)) == {"a.txt": "b.txt"}
    cut = "\n".join([name, *BODY[:4]])
    assert grouped(first, (row(cut, name, "c.txt"), cut)) == {"c.txt": "b.txt"}


def test_texts_without_words_and_unlike_texts_have_no_copies() -> None:
    """No sketch, no shared passage, nothing to compare."""
    assert sketch("——　！\n") is None
    assert grouped((row("", "空", "a"), ""), (row("", "空", "b"), "")) == {}
    assert of_rule(REPORT) == {}
    assert grouped() == {}


def dated(text: str, name: str, **told: object) -> tuple[DocumentRow, str]:
    """The regulation as a file of which only a person tells the dates."""
    return row(text, "望川街道流动党员管理办法", name, year=None, **told), text


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"effective": date(2012, 3, 1)}, {"effective": date(2018, 3, 1)}),
        ({"issued": date(2012, 3, 1)}, {"issued": date(2018, 3, 1)}),
        ({"issued": date(2012, 3, 1)}, {"issued": date(2012, 9, 1)}),
        ({"version": "2012年"}, {"version": "2018年"}),
        ({"effective": date(2012, 3, 1)}, {"version": "2018年"}),
    ],
)
@pytest.mark.parametrize("around", ["", SITE_FOOT])
def test_what_counts_from_another_day_is_a_version(
    first: dict[str, object], second: dict[str, object], around: str
) -> None:
    """Word for word the same, but each says from when it counts: who names a year means that one."""
    assert grouped(dated(RULE, "a.txt", **first), dated(RULE + around, "b.txt", **second)) == {}
    assert grouped(dated(RULE, "a.txt", **first), dated(RULE + around, "b.txt", **first)) == {
        "b.txt": "a.txt"
    }


def test_the_year_in_the_name_of_a_file_tells_versions_apart_only_where_nothing_else_does() -> None:
    """A file named by the year it was printed in is a print, if the text tells its own day."""
    assert (
        grouped(dated(RULE, "a_2012.txt", version="2012年"), dated(RULE, "a_2018.txt", version="2018年"))
        == {}
    )
    own = {"effective": date(2024, 3, 1)}
    assert grouped(
        dated(RULE, "a_2024.txt", version="2024年", **own), dated(RULE, "b_2026.txt", version="2026年", **own)
    ) == {"b_2026.txt": "a_2024.txt"}


def test_a_text_that_comes_back_after_another_version_is_a_version() -> None:
    """2012, something else in 2015, in 2018 the words of 2012 again; a later notice that only forwards it is none."""
    other = RULE.replace("十五日内", "三十日内")
    back = RED_HEAD + RULE
    old, between, new = (
        (row(text, "望川街道流动党员管理办法", f"{name}_{year}.txt", year=year), text)
        for name, text, year in (("a", RULE, 2012), ("b", other, 2015), ("c", back, 2018))
    )
    assert grouped(old, new) == {"c_2018.txt": "a_2012.txt"}
    assert grouped(old, between, new) == {}
    forwarding = "关于转发《望川街道流动党员管理办法》的通知"
    notice = row(back, forwarding, "d.txt", year=2018, work_key="望川街道流动党员管理办法")
    assert grouped(old, between, (notice, back)) == {"d.txt": "a_2012.txt"}


def test_the_earlier_print_stands_for_the_later() -> None:
    """Whatever its name: what was in force in 2015 is not cited from a print of 2018."""
    early = row(RULE, "望川街道流动党员管理办法", "办法下载_2012.txt", year=2012)
    late = row(RED_HEAD + RULE, "望川街道流动党员管理办法", "办法_2018.txt", year=2018)
    assert grouped((early, RULE), (late, RED_HEAD + RULE)) == {"办法_2018.txt": "办法下载_2012.txt"}


def test_masked_characters_never_match() -> None:
    """Two notices that differ in a number which was masked are two; with the same number nobody can tell any more."""
    call = "第九条　咨询电话：138******78，由街道党工委值班室接听。"
    text = "\n".join([RULE, call, *(line.replace("第", "附第") for line in BODY)])
    hidden = {"personal": {"手机": 1}}
    assert grouped(*(dated(text, name, **hidden) for name in "ab")) == {}
    assert grouped(*(dated(text, name) for name in "ab")) == {"b": "a"}
    short = text.replace("138******78", "a*@wc.cn")
    assert grouped(*(dated(short, name, **hidden) for name in "ab")) == {}
    masked_foot = RULE + "\n来源：望川党建网　电话：138******78"
    assert grouped(dated(RULE, "a"), dated(masked_foot, "b", **hidden)) == {"b": "a"}


@pytest.mark.parametrize("count", [60, 61, 130])
def test_a_crowd_of_copies_is_one_group(count: int) -> None:
    """The same bytes in many folders, or each with a foot of its own."""
    assert grouped(*(dated(RULE, f"{n:03}.txt") for n in range(count))) == {
        f"{n:03}.txt": "000.txt" for n in range(1, count)
    }
    feet = [f"{RULE}\n来源：望川党建网　责任编辑：{chr(0x5200 + n)}{chr(0x5F20 + n)}" for n in range(count)]
    found = grouped(*(dated(text, f"{n:03}.txt") for n, text in enumerate(feet)))
    assert (len(found), len(set(found.values()))) == (count - 1, 1)


def test_a_crowd_of_copies_beside_one_that_differs() -> None:
    """It stands for itself, also where it is the first of the crowd."""
    other = dated(RULE.replace("45分钟", "40分钟"), "000.txt")
    assert grouped(other, *(dated(RULE, f"{n:03}.txt") for n in range(1, 81))) == {
        f"{n:03}.txt": "001.txt" for n in range(2, 81)
    }


def test_sketches_made_by_other_rules_are_not_compared() -> None:
    """They say nothing of the text until it is read anew, which a change of the rules brings about."""
    old = dated(RULE, "b.txt", sketch=(sketch(RULE) or "").split(":")[-1])
    assert grouped(dated(RULE, "a.txt"), old) == {}
