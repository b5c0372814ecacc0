"""Adverts go out with a record; body text stays; hard wraps are healed."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.clean import ADVERT_REASON, HYPHEN_REASON, clean
from ingest.model import Dropped, Parsed
from ingest.outline import outline
from ingest.parse.decode import decode
from ingest.parse.door import parse
from ingest.parse.lines import Line, lay_out
from ingest.parse.plain import parse_plain
from ingest.wraps import columns

STRUCTURE = re.compile(r"\s*(?:第[零〇一二三四五六七八九十百千]+条|[一二三四五六七八九十]+、)")


def visible(text: str) -> str:
    """The text without white space and zero-width marks."""
    return "".join(text.split()).translate(dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff")))


HEADER = "青山市党建资料"


def set_in_pages(text: str, width: int, height: int) -> tuple[int, Parsed]:
    """How many pages of so many lines, and they as a PDF gives them; closing marks hang over the edge."""
    lines: list[str] = []
    for paragraph in filter(str.strip, text.split("\n")):
        line = "　　"
        for character in paragraph.strip():
            room = 2 * width - sum(1 + (c > "\u2000") for c in line)
            if room < 1 + (character > "\u2000") and character not in "，。；：、）》”！？":
                lines.append(line.strip())
                line = ""
            line += character
        lines.append(line.strip())
    lines = list(filter(None, lines))
    pages = [lines[at : at + height] for at in range(0, len(lines), height)]
    laid = [Line(line, page=n) for n, some in enumerate(pages, 1) for line in (HEADER, *some, f"— {n} —")]
    return len(pages), lay_out(laid, "pdf", {})


def printed(*pages: list[str]) -> list[str]:
    """The lines that remain of a PDF with these lines a page, of which nothing but white space is lost."""
    lines = [Line(line, page=page) for page, some in enumerate(pages, 1) for line in some]
    parsed = lay_out(lines, "pdf", {})
    text, blocks, dropped = clean(parsed.text, parsed.blocks, "pdf")
    assert visible(text) == visible(parsed.text)
    assert not dropped
    assert [visible(text[b.start : b.end]) for b in blocks] == [visible(line.text) for line in lines]
    return text.split("\n")


def cleaned(text: str) -> tuple[str, tuple[Dropped, ...]]:
    """The cleaned text and what was dropped."""
    parsed = parse_plain(decode(text.encode()))
    result, blocks, dropped = clean(parsed.text, parsed.blocks)
    assert [result[b.start : b.end] for b in blocks if b.end <= len(result)]
    return result, dropped


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of `width` characters, as a PDF gives it."""
    return [text[at : at + width] for at in range(0, len(text), width)]


@pytest.mark.shared_data
def test_the_adverts_of_the_seeds_are_dropped_and_listed(shared_data: Path) -> None:
    """Two of the five seeds carry a download site's lines, twenty in all; the other three carry none."""
    counts = []
    for path in sorted((shared_data / "seeds").glob("*.txt")):
        text, dropped = cleaned(path.read_text(encoding="utf-8"))
        counts.append(len(dropped))
        assert {item.reason for item in dropped} <= {ADVERT_REASON}
        assert not any(
            word in text for word in ("酷乐文行", "咨询QQ", "会员", "禁止外传", "严禁外传", "订阅")
        )
    assert counts == [0, 8, 0, 12, 0]


@pytest.mark.shared_data
@pytest.mark.parametrize("folder", ["laws", "regulations", "reports", "seeds"])
def test_no_body_text_is_lost_from_real_documents(shared_data: Path, folder: str) -> None:
    """No rule fires on real laws, regulations or reports; and only white space goes without a record."""
    for path in sorted((shared_data / folder).rglob("*")):
        if path.suffix in (".md", ".txt"):
            parsed = parse(path.read_bytes(), path.name)
            text, _, dropped = clean(parsed.text, parsed.blocks, parsed.format)
            assert not dropped or folder == "seeds", path.name
            assert not [one.text for one in dropped if STRUCTURE.match(one.text)], path.name
            kept_and_gone = text + "".join(one.text for one in dropped)
            assert Counter(visible(kept_and_gone)) == Counter(visible(parsed.text)), path.name
            if not dropped:
                assert visible(text) == visible(parsed.text), path.name


@pytest.mark.shared_data
@pytest.mark.parametrize(("folder", "step"), [("laws", 20), ("regulations", 2), ("reports", 3)])
def test_real_documents_set_in_pages_lose_only_headers_and_numbers(
    shared_data: Path, folder: str, step: int
) -> None:
    """In pages of two sizes, indents lost as in a PDF: every header and number goes, no other line, and no article.

    Nine of ten paragraphs come back as they were (the others end, or have a sentence end, at the very edge).
    """
    whole = found = 0
    for path in sorted((shared_data / folder).rglob("*.*"))[::step]:
        if path.suffix not in (".md", ".txt") or path.name == "_index.md":
            continue
        body = parse(path.read_bytes(), path.name)
        base = clean(body.text, body.blocks)[0]
        labels = [section.label for section in outline(base) if section.kind == "article"]
        for width, height in ((28, 22), (38, 40)):
            pages, parsed = set_in_pages(base, width, height)
            text, _, dropped = clean(parsed.text, parsed.blocks, "pdf")
            gone = Counter(one.text for one in dropped)
            expected = {f"— {page} —": 1 for page in range(1, pages + 1)}
            assert gone == expected | ({HEADER: pages} if pages > 2 else {}), path.name
            assert visible(text).replace(HEADER, "") == visible(base), path.name
            if pages > 2:
                assert [s.label for s in outline(text) if s.kind == "article"] == labels, path.name
            paragraphs = Counter(line.strip() for line in base.split("\n") if line.strip())
            whole += paragraphs.total()
            found += (paragraphs & Counter(text.split("\n"))).total()
    assert found > 0.9 * whole > 1000, (found, whole)


def test_a_sentence_about_materials_stays() -> None:
    """Lines that only resemble adverts are body text."""
    text = "关于保密工作的通知\n会议材料仅供学习使用，严禁外传他人，会后由办公室统一收回。\n根据实际需求和形式任务不断迭代\n联系人：张某，电话分机12。"
    assert cleaned(text) == (text, ())


def test_lines_beside_an_advert_go_with_it() -> None:
    """A trading site's slogan counts only next to one of its certain lines."""
    text, dropped = cleaned("仅供学习 禁止外传\n酷乐文行\n自建平台、实时分享\n报告\n正文。")
    assert text == "报告\n正文。"
    assert [item.text for item in dropped] == ["仅供学习 禁止外传", "酷乐文行", "自建平台、实时分享"]


def test_hard_wraps_are_healed_but_structure_is_kept() -> None:
    """Lines that were only full are joined; 第X条 and （一） keep their lines."""
    article = "党的基层委员会每届任期三年至五年，总支部委员会、支部委员会每届任期两年或三年。经上级党组织批准，可以提前或者延期换届选举，期限不超过一年。"
    lines = [line for n in "一二三四五六七" for line in wrapped(f"第{n}条 {article}", 20)]
    text, _ = cleaned("\n".join(lines))
    assert text.count("\n") == 6
    assert "总支部委员会、支部委员会" in text
    assert "不超过一年。" in text


PARAGRAPH = "支部委员会每月召开一次会议，研究讨论党员教育、发展党员等事项，会议记录由专人保管，遇有重大问题及时向上级党组织请示报告，不得拖延。"


def test_printed_lines_join_across_a_page_break() -> None:
    """A paragraph of five lines, the third and fourth on different pages; the next paragraph stays apart."""
    lines = wrapped(PARAGRAPH, 14)
    assert printed(lines[:3], [*lines[3:], *wrapped("党小组" + PARAGRAPH, 14)]) == [
        PARAGRAPH,
        "党小组" + PARAGRAPH,
    ]


def test_a_short_notice_is_joined_too() -> None:
    """Title, addressee, one paragraph, signature and date: nine printed lines."""
    head, tail = ["关于开好组织生活会的通知", "各党支部："], ["青山市委组织部", "2026年3月1日"]
    assert printed([*head, *wrapped(PARAGRAPH, 22), *tail]) == [*head, PARAGRAPH, *tail]


@pytest.mark.parametrize(
    "lines",
    [
        ["第一条 党支部每月召开一次支部委员会会议研究工作", "第二条 党小组每月召开一次会议组织党员学习讨论"]
        * 4,
        [
            "一、支部委员会每月召开一次会议，研究讨论工作事项",
            "二、党小组每月召开一次会议，组织党员学习讨论情况",
        ]
        * 4,
        [f"青山市第{n}中学总支部委员会第一党支部书记办公室" for n in "一二三四五六七八"],
        [f"{n} 张某某 男 汉族 青山市第一中学 支部书记 大学学历" for n in range(1, 9)],
        ["张三 李四 王五 赵六 孙七 周八 吴九 郑十 冯一 陈二"] * 6,
    ],
)
def test_articles_lists_and_tables_stay_line_by_line(lines: list[str]) -> None:
    """All lines are of one width, as those of a full page are."""
    assert printed(lines) == lines


def test_a_date_and_a_label_never_go_on_with_the_line_before() -> None:
    lines = wrapped(PARAGRAPH, 13)[:5]
    assert printed([*lines, "2026年3月1日", "附件：登记表"])[-2:] == ["2026年3月1日", "附件：登记表"]


def test_a_reference_thrown_to_a_line_start_is_joined() -> None:
    """依照本条例 / 第三条的规定 is one sentence, 第三条 with a space after it a new article."""
    first = "第一条 支部委员会每月召开一次会议研究讨论工作，有关的事项都依照"
    second = "第三条的规定办理，会议的记录由专人保管，遇有重大问题及时向上级党"
    third = "组织请示报告，不得擅自决定，也不得拖延不办，违反前款规定情形的由"
    assert printed([first, second, third, "第四条 党小组每月召开一次会议。"]) == [
        first + second + third,
        "第四条 党小组每月召开一次会议。",
    ]


def test_words_cut_by_a_hyphen_are_whole_and_the_hyphen_is_recorded() -> None:
    lines = [
        "The branch committee meets once a month, it discusses the educa-",
        "tion of its members, the collection of fees and other mat",
        "ters; all minutes are kept by one person, as is the register of",
        "COVID-19 measures, and they are to be shown when asked for, too.",
    ]
    parsed = lay_out([Line(line, page=1) for line in lines], "pdf", {})
    text, _, dropped = clean(parsed.text, parsed.blocks, "pdf")
    assert "the education of its members" in text
    assert "register of COVID-19" in text
    assert [(one.text, one.reason, parsed.text[one.start]) for one in dropped] == [("-", HYPHEN_REASON, "-")]


@pytest.mark.parametrize("number", ["634名", "12.5万元", "2026年", "1,234人", "98.6%", "０９１２号"])
@pytest.mark.parametrize("form", ["pdf", "txt"])
def test_a_number_broken_at_a_lines_end_is_whole_again(number: str, form: str) -> None:
    """Wherever it breaks; a figure with a space in it would be quoted wrongly and found by nobody."""
    for cut in range(1, len(number)):
        wide = columns(number[:cut]) + columns(number[:cut]) % 2
        first = ("全镇各支部按照镇党委的统一部署开展工作，经过核对，全镇共有" * 2)[-(24 - wide // 2) :]
        rest = number[cut:] + "，" + PARAGRAPH
        head = next(at for at in range(len(rest)) if columns(rest[: at + 1]) > 48)
        lines = [first + number[:cut], rest[:head], *wrapped(rest[head:], 24), *wrapped(PARAGRAPH * 8, 24)]
        parsed = lay_out([Line(line, page=1) for line in lines], form, {})
        text, _, dropped = clean(parsed.text, parsed.blocks, form)
        assert first + number + "，支部委员会" in text, (number, cut)
        assert not dropped


def test_english_words_and_numbers_at_a_lines_end_stay_apart() -> None:
    """No number is broken in English text: what ends a line and what begins the next are two."""
    lines = [
        "The branch committee meets once a month, it discusses the budget",
        "of its members, the collection of fees, and in the year of 2025",
        "12 members were admitted, of whom the youngest was a student in",
        "the second year, and the oldest, a retired teacher, was over 60.",
    ]
    text = printed(lines)
    assert text == [" ".join(lines)]
    mixed = [
        "支部委员会每月召开一次会议，研究讨论党员教育管理，参照 Windows",
        "XP 系统的有关说明，会议记录由专人保管，遇有重大问题及时向上级党",
        "组织请示报告，不得擅自决定，也不得拖延不办，违反前款规定情形的由",
    ]
    assert "Windows XP" in printed(mixed)[0]


@given(
    st.lists(st.text("第一条、（二）。，党员 \u3000aB1-.\u200b", min_size=1, max_size=30), max_size=30),
    st.sampled_from(["pdf", "txt"]),
)
def test_only_white_space_goes_without_a_record(lines: list[str], form: str) -> None:
    """Over any lines, printed or not; blocks are the lines that stay, in order and inside the text."""
    parsed = lay_out([Line(line, page=1) for line in lines if line.strip()], form, {})
    text, blocks, dropped = clean(parsed.text, parsed.blocks, form)
    assert Counter(visible(text + "".join(one.text for one in dropped))) == Counter(visible(parsed.text))
    assert all(a.end <= b.start for a, b in pairwise(blocks))
    assert all(0 <= block.start <= block.end <= len(text) for block in blocks)
