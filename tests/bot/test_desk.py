"""What the parts do together over a home with the builtin model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.compose import Desk, open_desk
from ingest.compose import sync_folders
from ingest.config import load_settings

RULE = "某县服务办法\n第一条　党员活动证由县里统一印制。\n第二条　党员活动证遗失的，由办公室在五日内核发。\n"


@pytest.fixture
def folder(folder: Path) -> Path:
    (folder / "办法.txt").write_text(RULE, encoding="utf-8")
    return folder


@pytest.fixture
def desk(home: Path, folder: Path) -> Iterator[Desk]:
    sync_folders(load_settings(home), [folder])
    opened = open_desk(home)
    yield opened
    opened.close()


def test_a_home_that_knows_a_word_answers_in_it(desk: Desk) -> None:
    """星湖卡 means nothing until HOME/lexicon.toml says what it is; then the question is answered, not refused."""
    question = "星湖卡丢了找谁补办"
    assert desk.ask(question).status == "refused"
    own = '[[entry]]\nsaid = ["星湖卡"]\nmeans = ["党员活动证", "遗失"]\nwhy = "本单位的说法。"\n'
    (desk.settings.home / "lexicon.toml").write_text(own, encoding="utf-8")
    knowing = open_desk(desk.settings.home)
    assert "五日内核发" in knowing.ask(question).sentences[0].text
    knowing.close()
