"""Adverts go out with a record; body text stays; hard wraps are healed."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.clean import ADVERT_REASON, clean
from ingest.model import Dropped
from ingest.parse.decode import decode
from ingest.parse.plain import parse_plain


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
@pytest.mark.parametrize("folder", ["laws", "regulations", "reports"])
def test_nothing_is_dropped_from_clean_documents(shared_data: Path, folder: str) -> None:
    """No rule fires on real laws, regulations or reports."""
    for path in sorted((shared_data / folder).rglob("*")):
        if path.suffix in (".md", ".txt"):
            assert cleaned(path.read_text(encoding="utf-8"))[1] == (), path.name


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
