"""The grid, the signature, the lines of a title, and the two plain forms."""

from __future__ import annotations

import pytest

from bot.official.measure import CHARACTER, LINE, TEXT_TWIPS, date_and_signature, twips, width
from bot.official.plain import to_markdown, to_text
from bot.official.standard import PAGE
from bot.official.testing import sample
from bot.official.title import LONGEST, title_lines


def test_22_lines_and_28_characters_fit_and_no_more() -> None:
    assert 22 * LINE <= twips(PAGE.text_height) < 23 * LINE
    assert 28 * CHARACTER <= TEXT_TWIPS < 29 * CHARACTER


@pytest.mark.parametrize(
    "signer", ["星湖党委", "中共星湖街道工作委员会", "中共云岭市云溪区星湖街道工作委员会"]
)
def test_a_sealed_name_is_centred_over_its_date(signer: str) -> None:
    date = "2026年11月22日"
    right, left = date_and_signature(date, signer, sealed=True)
    assert right + width(date) / 2 == pytest.approx(left + width(signer) / 2)
    assert right >= 4
    assert left >= 2


def test_an_unsealed_date_begins_two_to_the_right() -> None:
    date, signer = "2026年3月5日", "中共星湖街道工作委员会"
    right, left = date_and_signature(date, signer, sealed=False)
    assert left == 2
    assert (left + width(signer)) - (right + width(date)) == 2


@pytest.mark.parametrize(
    "title",
    [
        "中共星湖街道工作委员会关于“三会一课”制度落实情况专项检查的报告",
        "关于印发《星湖街道党员教育培训工作规划》的通知",
        "中共云岭市云溪区星湖街道工作委员会关于学习宣传贯彻落实党的创新理论和推动基层党建工作高质量发展有关情况的调研报告",
    ],
)
def test_a_long_title_is_broken_in_shape_between_words(title: str) -> None:
    lines = title_lines(title)
    assert "".join(lines) == title
    assert all(width(line) <= LONGEST for line in lines)
    assert all(line[0] not in "的、，》”）和与" and line[-1] not in "《“（" for line in lines)


def test_a_short_title_and_a_broken_one_stay() -> None:
    assert title_lines("述职报告") == ("述职报告",)
    assert title_lines("关于开展检查的\n报告") == ("关于开展检查的", "报告")


def test_plain_forms_hold_every_word() -> None:
    paper = sample()
    marked, typed = to_markdown(paper), to_text(paper)
    for words in (
        "加急",
        "中共云溪区委组织部：",
        "一、检查情况",
        "2.问题和整改措施一览表",
        "2026年3月5日",
        "第三十一条",
        "抄送：区委办公室",
    ):
        assert words in marked
        assert words in typed
    assert "## 一、检查情况" in marked
    assert "### （一）组织实施" in marked
    assert "**〔待核实〕**" in marked
    assert "| 记录完整 | 18 | 90% |" in marked
    assert "第三十一条" not in to_text(paper, annex=False)
