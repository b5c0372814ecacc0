"""An answer from a text whose later edition is only spoken of says so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.compose import Desk, open_desk
from ingest.compose import sync_folders
from ingest.config import load_settings

RULE = """青石镇党员积分管理办法
（2018年3月1日印发）
第一条　为了加强党员日常管理，根据有关规定，结合本镇实际，制定本办法。
第二条　党员无故缺席主题党日活动的，每次扣3分，由党支部书记登记。
第三条　本办法由镇党委组织办公室负责解释。
"""
DIGEST = """办法修订的几点说明
这次修订主要是把积分公示的办法写清楚了，镇党委组织办公室逐条作了说明。
"""
QUESTION = "无故缺席主题党日活动扣几分"


def _desk(home: Path, folder: Path, digest: str) -> Desk:
    folder.mkdir()
    (folder / "青石镇党员积分管理办法_2018.txt").write_text(RULE, encoding="utf-8")
    (folder / digest).write_text(DIGEST.replace("办法修订的几点说明", Path(digest).stem), encoding="utf-8")
    sync_folders(load_settings(home), [folder])
    return open_desk(home)


@pytest.mark.parametrize(
    ("digest", "told"),
    [
        ("青石镇党员积分管理办法2023_条文解读.txt", True),
        ("《青石镇党员积分管理办法》（2023年修订）问答.txt", True),
        ("学习2023年修订的青石镇党员积分管理办法的体会.txt", True),
        ("青石镇党员积分管理办法2023年学习计划.txt", False),
        ("青石镇党员积分管理办法2017_条文解读.txt", False),
        ("白水镇青石镇党员积分管理办法2023_条文解读.txt", False),
    ],
)
def test_a_later_edition_that_is_only_spoken_of_is_told(
    home: Path, tmp_path: Path, digest: str, told: bool
) -> None:
    desk = _desk(home, tmp_path / "papers", digest)
    try:
        answer = desk.ask(QUESTION)
        assert "扣3分" in answer.sentences[0].text
        assert (
            any("2023年修订" in warning and "没有修订后的全文" in warning for warning in answer.warnings)
            == told
        )
    finally:
        desk.close()


def test_not_of_a_day_before_it_nor_of_the_edition_asked_for(home: Path, tmp_path: Path) -> None:
    desk = _desk(home, tmp_path / "papers", "青石镇党员积分管理办法2023_条文解读.txt")
    try:
        for answer in (
            desk.ask(QUESTION, as_of=date(2020, 1, 1)),
            desk.ask("2018年的青石镇党员积分管理办法规定缺席主题党日活动扣几分"),
        ):
            assert answer.sentences
            assert not any("没有修订后的全文" in warning for warning in answer.warnings)
        for answer in (
            desk.ask(QUESTION, as_of=date(2024, 1, 1)),
            desk.ask(f"现行的青石镇党员积分管理办法规定{QUESTION}"),
        ):
            assert any("没有修订后的全文" in one for one in answer.warnings)
    finally:
        desk.close()
