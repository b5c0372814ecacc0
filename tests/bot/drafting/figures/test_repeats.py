"""What is told twice is said; another thing, year or part is not taken for it."""

from __future__ import annotations

from bot.drafting.figures.repeats import repeat_warnings
from bot.drafting.model import Fact


def warned(*texts: str) -> list[str]:
    return list(repeat_warnings([Fact(n, text, f"第{n}条") for n, text in enumerate(texts, 1)], 2026))


def test_a_fact_that_another_holds_is_told_once() -> None:
    (one,) = warned("今年开展主题党日12次，讲党课4次", "慰问老党员6名", "主题党日全年12次")
    assert one.startswith("第3条的数字在第1条里已经写了")
    assert len(warned("发展党员6名", "发展党员6名")) == 1


def test_other_things_are_left_alone() -> None:
    assert warned("发展党员6名", "处分党员6名") == []
    assert warned("讲党课12次", "主题党日12次") == []
    assert warned("上年讲党课4次", "讲党课5次") == []
    assert warned("学习形式单一", "学习形式单一，讲党课4次") == []
    assert warned("讲党课X次", "讲党课X次") == []
