"""The quality report: what marks a document 请核对, and what only looks like damage."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from bot.ui import shelf
from bot.ui.testing import ScriptedRow
from ingest import manifest
from ingest.__main__ import main
from ingest.errors import KnowledgeBaseError
from ingest.model import Block, Description, Dropped, Parsed, Quality, Section, Source
from ingest.outline import outline
from ingest.parse import ocr
from ingest.parse.lines import Line, lay_out
from ingest.quality import quality, unreadable
from ingest.reading import read
from ingest.text import article_label
from ingest.told import dropped_lines, quality_lines

PROSE = "党支部应当根据本单位实际情况制定年度学习计划，明确学习内容和时间安排。"


def judged(
    text: str,
    kind: str = "其他",
    title: str = "见习办法",
    properties: dict[str, str] | None = None,
    dropped: Sequence[Dropped] = (),
) -> Quality:
    """The report on plain text."""
    parsed = lay_out([Line(line) for line in text.split("\n")], "txt", properties or {})
    return quality(parsed, text, parsed.blocks, dropped, outline(text), Description(title, kind))


def articles(*numbers: int, start: str = "") -> str:
    return start + "\n".join(f"{article_label(number)} {PROSE}" for number in numbers)


def test_a_sound_text_is_not_marked() -> None:
    assert judged(articles(1, 2, 3), "办法") == Quality()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("报告\ufffd\ufffd情况", 2),
        ("报告\ue123\uf8f0情况", 2),
        ("报告\x03\x85情况", 2),
        ("报告锟斤拷锟斤拷情况", 6),
        ("Ã¤Â\u00adÃ¥\u008f\u0096", 8),
        ("报告é情况", 1),
        ("\uf041\uf042\uf043", 3),  # a font without a character table
    ],
)
def test_what_is_no_text_is_counted(text: str, count: int) -> None:
    assert unreadable(text) == count


@pytest.mark.parametrize(
    "text",
    [
        "Müller 同志在 café 讲话",
        "25℃±2°，§3 × 2 · ①",
        "\uf06c 学习情况\n\uf0fe 同意",
        "zhōng guó ā 汉语",
        "100 µm、½、Ⅳ级",
        "«报告»",
    ],
)
def test_foreign_words_signs_and_bullets_are_text(text: str) -> None:
    assert unreadable(text) == 0


def test_damage_marks_a_document_from_a_share_on() -> None:
    assert judged("报告\ufffd" + PROSE * 10).check == ()  # one odd sign
    assert judged("报告\ufffd\ufffd\ufffd" + PROSE * 100).check == ()  # three in 3,500 characters
    (reason,) = judged("报告\ufffd\ufffd\ufffd" + PROSE * 10).check
    assert reason.startswith("有 3 个字符无法辨认")


@pytest.mark.parametrize(
    ("numbers", "kind", "missing"),
    [
        ((1, 2, 4, 5), "办法", ("第三条",)),
        ((2, 3, 4), "条例", ("第一条",)),
        ((1, 2, 3, 5, 6, 9), "法律", ("第四条", "第七条", "第八条")),
    ],
)
def test_a_gap_in_the_articles_is_named(
    numbers: tuple[int, ...], kind: str, missing: tuple[str, ...]
) -> None:
    report = judged(articles(*numbers), kind)
    assert report.missing_articles == missing
    assert "、".join(missing) in report.check[0]


@pytest.mark.parametrize(
    ("text", "kind", "title"),
    [
        (articles(3, 7, 9), "法规摘编", "《条例》要点摘编"),
        (articles(3, 7, 9), "专题摘编", "党费"),
        (articles(3, 7, 9), "其他", "学习体会"),
        (articles(1, 2, 5), "法律", "刑法修正案（八）"),
        (articles(2, 5, 9), "条例", "《条例》重点条文解读"),
        (articles(1, 2, 3) + "\n附件：另一个办法\n" + articles(1, 2), "办法", "见习办法"),
        (articles(1, 2) + "\n第二条之一 " + PROSE + "\n" + articles(3), "法律", "见习法"),
        ("合同法典\n合同编\n" + articles(463, 464, 465), "法律", "合同法典"),
        ("合同法典\n附则\n" + articles(1259, 1260), "法律", "合同法典"),
    ],
)
def test_excerpts_amendments_annexes_and_parts_of_a_code_have_no_gaps(
    text: str, kind: str, title: str
) -> None:
    assert judged(text, kind, title).missing_articles == ()


def test_a_gap_in_a_part_of_a_code_and_in_an_annex_is_one() -> None:
    assert judged("合同编\n" + articles(463, 464, 466), "法律").missing_articles == ("第四百六十五条",)
    two = articles(1, 2, 3) + "\n附件\n" + articles(1, 2, 4)
    assert judged(two, "办法").missing_articles == ("第三条",)


@pytest.mark.parametrize(
    ("end", "cut"),
    [
        ("第四条 利用职务上的影响，侵占非本人经", True),
        ("第四条 党员应当履行下列义务，", True),
        ("第四条 本办法自发布之日起施行", False),
        ("第四条 本办法自发布之日起施行。", False),
        ("中共青山市委办公室\n2026年3月1日", False),
        ("附表：税率表", False),
    ],
)
def test_a_regulation_that_breaks_off_is_marked(end: str, cut: bool) -> None:
    assert any("断开" in reason for reason in judged(articles(1, 2, 3) + "\n" + end, "办法").check) is cut


def test_ocr_is_judged_by_page_and_mean() -> None:
    """A page below 0.80 marks the document although the mean is good; none below does not."""
    good = judged(PROSE, properties=ocr.properties({1: 0.97, 2: 0.91}))
    assert (good.ocr_pages, good.ocr_confidence, good.check) == (2, 0.94, ())
    poor = judged(PROSE, properties=ocr.properties({1: 0.98, 2: 0.97, 3: 0.62}))
    assert poor.ocr_confidence == pytest.approx(0.86)
    assert len(poor.check) == 1
    assert "第 3 页" in poor.check[0]


def test_a_page_without_text_is_named_but_not_blank_sheets_at_the_end() -> None:
    lines = [Line(PROSE, page=page) for page in (1, 2, 4, 5)]
    parsed = lay_out(lines, "pdf", {"pages": "7"})
    report = quality(parsed, parsed.text, parsed.blocks, (), [], Description("报告"))
    assert report.silent_pages == (3,)
    assert "第 3 页" in report.check[0]


def test_what_cleaning_took_is_counted_and_much_of_it_marks() -> None:
    little = (Dropped("— 1 —", "页码", 0), Dropped("— 2 —", "页码", 9))
    assert judged(PROSE, dropped=little).dropped == {"页码": 6}
    assert judged(PROSE, dropped=little).check == ()
    much = (Dropped("广告" * 150, "广告", 0),)
    assert "清理掉 300 个字" in judged(PROSE * 3, dropped=much).check[0]
    assert judged(PROSE * 60, dropped=much).check == ()


def test_tables_are_stretches_of_rows() -> None:
    kinds = ["paragraph", "row", "row", "paragraph", "row"]
    blocks = [Block(0, 1, kind) for kind in kinds]
    parsed = Parsed("一", tuple(blocks), "docx")
    assert quality(parsed, "一", blocks, (), list[Section](), Description("表")).tables == 2


@pytest.mark.shared_data
def test_of_the_real_documents_exactly_the_damaged_are_marked(shared_data: Path) -> None:
    """Looked at one by one: lacking articles, one misprinted 笫, one without line breaks, two that break off."""
    marked = {}
    for folder in ("laws", "regulations", "reports", "seeds"):
        root = shared_data / folder
        entries = manifest.load(root)
        for path in sorted(root.rglob("*")):
            if path.suffix not in (".md", ".txt"):
                continue
            name, data = path.relative_to(root).as_posix(), path.read_bytes()
            try:
                found = read(Source(root, name, len(data), 0), entries.get(name, {}), data, "0")
            except KnowledgeBaseError as error:
                pytest.fail(f"{name}: {error}")
            if found.document.quality.check:
                marked[path.name] = found.document.quality
    assert set(marked) == {
        "农民专业合作社法(2017-12-27).md",
        "飞行基本规则(2007-10-18).md",
        "党员教育管理工作条例_2019_手册版.txt",
        "党章_2002修改.txt",
        "党章_2017修改_截断.txt",
        "纪律处分条例_2015_截断.txt",
    }
    assert marked["农民专业合作社法(2017-12-27).md"].missing_articles == ("第五十四条",)


def test_the_report_is_told_by_every_door(folder: Path, home: Path) -> None:
    """sync, sync --json, status, show and show --json; a sound document is told without a mark."""
    (folder / "缺条.txt").write_text("青山市见习人员管理办法\n" + articles(1, 2, 4), encoding="utf-8")
    (folder / "完好.pdf").write_bytes(_pdf())

    def said(*arguments: object) -> str:
        return CliRunner().invoke(main, [*map(str, arguments), "--home", str(home)]).stdout

    report = json.loads(said("sync", folder, "--json"))
    assert [one["source"] for one in report["check"]] == ["缺条.txt"]
    assert "第三条" in report["check"][0]["reason"]
    (folder / "缺条.txt").write_text("青山市见习人员管理办法\n" + articles(1, 2, 5), encoding="utf-8")
    assert "请核对 缺条.txt：" in said("sync", folder)
    marks = {line.split()[0]: line.endswith("请核对") for line in said("status").splitlines() if "》" in line}
    assert marks == {"缺条.txt": True, "完好.pdf": False}
    assert "请核对：条文编号不连续，缺第三条、第四条" in said("show", "缺条.txt")
    assert json.loads(said("show", "缺条.txt", "--json"))["quality"]["missing_articles"] == [
        "第三条",
        "第四条",
    ]
    shown = said("show", "完好.pdf")
    assert "清理：— 1 — / — 2 — / — 3 —（页码，3 处）" in shown
    assert "质量：" in shown
    assert "请核对" not in shown


def _pdf() -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=True)
    for page in range(1, 4):
        canvas.setFont("STSong-Light", 12)
        for at in range(5):
            canvas.drawString(72, 700 - 24 * at, f"第{page}次会议第{at}项：研究学习计划。")
        canvas.drawCentredString(297, 40, f"— {page} —")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def test_the_block_tells_reasons_first_and_only_what_there_is() -> None:
    full = Quality(0.0123, 3, 0.7, (2,), ("第三条",), 2, {"页码": 9}, ("甲", "乙"))
    first, second, figures = quality_lines(full)
    assert (first, second) == ("请核对：甲", "请核对：乙")
    for word in ("1.23%", "3 页", "0.70", "1 页", "缺条 1 条", "表格 2 个", "“页码”9 字"):
        assert word in figures
    assert quality_lines(Quality()) == ["质量：无法辨认的字 0"]


def test_what_was_dropped_is_told_once_for_each_wording() -> None:
    dropped = [{"text": f"— {n} —", "reason": "页码"} for n in range(9)] + [
        {"text": "汇编", "reason": "页眉"}
    ] * 3
    first, second = dropped_lines(dropped)
    assert first.startswith("清理：— 0 — / — 1 — / ")
    assert first.endswith("等 9 种（页码，9 处）")
    assert second == "清理：汇编（页眉，3 处）"


def test_the_library_marks_a_doubtful_document_with_its_reason() -> None:
    html = shelf.library(
        [ScriptedRow(title="甲"), ScriptedRow(title="乙", quality=Quality(check=("缺<第三条>",)))]
    )
    assert html.count("请核对") == 1
    assert "缺&lt;第三条&gt;" in html
    assert "其中 <b>1</b> 份" in html
    assert "其中" not in shelf.library([ScriptedRow(title="甲")])
