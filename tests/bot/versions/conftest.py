"""Two versions of an invented unit's rules, in the style of real ones: renumbered, changed, added and removed articles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.compose import Desk, open_desk
from ingest.compose import sync_folders
from ingest.config import load_settings

OLD = """青石镇党费收缴管理办法
（2019年3月1日印发）
第一条　为了规范党费收缴工作，根据有关规定，结合本镇实际，制定本办法。
第二条　党费收缴应当严格按照规定的程序办理。
第三条　党员应当于每月十五日前向所在党支部交纳当月党费；有特殊情况的，经党支部同意，可以按季度交纳。
第四条　党支部应当在每季度最后五日内将所收党费上缴镇党委组织办公室。
第五条　党支部每半年公示一次党费收缴情况，公示时间不少于三天。
第六条　对不按时交纳党费的党员，党支部应当在一个月内派人谈话提醒。
第七条　困难党员减免党费，由本人书面申请，党支部委员会讨论决定，并报镇党委备案。
第八条　本办法由青石镇党委组织办公室负责解释。
第九条　本办法自发布之日起施行。
"""
NEW = """青石镇党费收缴管理办法
（2024年6月1日印发）
第一条　为了规范和加强党费收缴工作，根据有关规定，结合本镇实际，制定本办法。
第二条　党员应当于每月十日前向所在党支部交纳当月党费；有特殊情况的，经党支部同意，可以按季度交纳。
第三条　党支部应当在每季度最后五日内将所收党费上缴镇党委组织办公室。
第四条　党支部每季度公示一次党费收缴情况，公示时间不少于五个工作日。
第五条　对不按时交纳党费的党员，党支部应当在一个月内派人谈话提醒。
第六条　困难党员减免党费，由本人书面申请，党支部委员会讨论决定，并报镇党委批准。
第七条　流动党员可以向流动党员党组织交纳党费，由流动党员党组织出具收据，并及时告知其组织关系所在党支部。
第八条　本办法由青石镇党委组织办公室负责解释。
第九条　本办法自发布之日起施行。
"""
TITLE = "青石镇党费收缴管理办法"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One for all tests of a file, which only read."""
    yield from _over(tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("papers"))


@pytest.fixture
def own_desk(home: Path, folder: Path) -> Iterator[Desk]:
    """For a test that adds to its home."""
    yield from _over(home, folder)


def _over(home: Path, folder: Path) -> Iterator[Desk]:
    (folder / f"{TITLE}_2019.txt").write_text(OLD, encoding="utf-8")
    (folder / f"{TITLE}_2024.txt").write_text(NEW, encoding="utf-8")
    (folder / "青石镇值班制度.txt").write_text(
        "青石镇值班办法\n（2022年1月1日印发）\n第一条　为了加强值班工作，制定本办法。\n第二条　节假日值班由班子成员带班。\n",
        encoding="utf-8",
    )
    sync_folders(load_settings(home), [folder])
    opened = open_desk(home)
    yield opened
    opened.close()
