"""不必, 无需: an exemption has to be said of that very thing."""

from __future__ import annotations

import pytest

from bot.verify.check import verify

MEETING = "第十四条 党小组会由党小组组长召集并主持。书记不能参加会议的，可以委托副书记或者委员召集并主持。"
TALK = "第九条 党组织收到入党申请书后，应当派人同入党申请人谈话。转学的，不必再次谈话。"


@pytest.mark.parametrize(
    ("sentence", "evidence", "supported"),
    [
        ("支部书记可以一人决定，不必开会。", MEETING, False),
        ("书记不能参加会议的，不必委托副书记。", MEETING, False),
        ("转学的不必再谈话。", TALK, True),
        ("转学的，无需再次谈话。", TALK, True),
    ],
)
def test_an_exemption_is_carried_only_by_one(sentence: str, evidence: str, supported: bool) -> None:
    assert verify(sentence, [evidence]).supported is supported
