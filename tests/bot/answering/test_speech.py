"""The grammar of speech in that of writing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.speech import written


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("党费咋算", "党费怎么算"),
        ("没有支部,咋整", "没有支部,怎么办"),
        ("政审都查些啥", "政审都查些什么"),
        ("志愿书啥时候发", "志愿书什么时候发"),
        ("举个手一起过行不", "举个手一起过可以吗"),
        ("单弄一个支部中不中?", "单弄一个支部可以吗?"),
        ("能先写申请书不", "能先写申请书吗"),
        ("一年起码弄几回", "一年起码弄几次"),
        ("一月交几毛", "一月交多少钱"),
        ("拖了俩月", "拖了两个月"),
    ],
)
def test_speech_is_put_into_writing(said: str, meant: str) -> None:
    """At the end of a clause or within it; what asks stays a question."""
    assert written(said) == meant


@pytest.mark.parametrize(
    "form",
    [
        "可以不执行吗",
        "作出的决定正式宣布执行。",
        "在领导机关中,可以成立党组",
        "能不能由预备党员担任",
        "党支部由3至5人组成吗",
        "要不要贴出来",
    ],
)
def test_what_is_written_already_stays(form: str) -> None:
    """执行 and 机关中 are no 行 and 中 of one who asks whether something may be."""
    assert written(form) == form


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    assert isinstance(written(text), str)
