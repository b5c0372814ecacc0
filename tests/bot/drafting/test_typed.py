"""Half-width marks of what people type become those of Chinese text; figures, letters and addresses keep theirs."""

from __future__ import annotations

import pytest

from bot.drafting.bullets import read_bullets
from bot.drafting.typed import typed


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("开展主题党日12次,到会率86%;讲党课4次", "开展主题党日12次，到会率86%；讲党课4次"),
        ("党员(含预备党员)**名,支部X个,完成", "党员（含预备党员）**名，支部X个，完成"),
        ("收缴党费1,203元,按月9:30公布", "收缴党费1,203元，按月9:30公布"),
        ("困难:师资不足", "困难：师资不足"),
        ("接收党员7名.会议5次", "接收党员7名。会议5次"),
        ("已办结.下月再报", "已办结。下月再报"),
        ("见https://a.cn/b?c=1,d", "见https://a.cn/b?c=1,d"),
        ("增长12.5%", "增长12.5%"),
    ],
)
def test_marks(given: str, printed: str) -> None:
    assert typed(given) == printed
    assert typed(printed) == printed


def test_pasted_lines() -> None:
    facts = read_bullets(
        "1、开展主题党日12次,到会率86%;\n困难:师资不足\n下一步打算：聘讲师10名\n发展党员:发展9名"
    )
    assert [(fact.text, fact.purpose, fact.section) for fact in facts] == [
        ("开展主题党日12次，到会率86%；", "", ""),
        ("师资不足", "问题", ""),
        ("聘讲师10名", "打算", ""),
        ("发展9名", "", "发展党员"),
    ]
