"""The nearest words of the sources decide whether a written sentence is carried."""

from __future__ import annotations

import pytest

from bot.llm.evidence import Evidence
from bot.llm.quoting import carried, passages_of
from bot.llm.wording import changed
from bot.testing import hit

TEXTS = {
    "a": "第一条　党支部应当每月召开一次支部委员会会议，由支部书记召集。但是，经上级党组织批准的，可以两个月召开一次。\n",
    "b": "第二条　党小组可以根据需要召开小组会，也可以和支部委员会会议一起召开。党员可以向上级党组织请求说明。\n",
    "c": "第三条　对于少数人的不同意见，应当认真考虑。\n",
}


def quotes(sentence: str, cited: tuple[int, ...] = ()) -> list[str]:
    evidence = [
        Evidence(hit(text, text, document=name), text, "《某某细则》") for name, text in TEXTS.items()
    ]
    passages = passages_of(evidence, TEXTS.__getitem__)
    found, verdict = carried(sentence, cited, evidence, passages, TEXTS.__getitem__)
    assert all(TEXTS[one.hit.document_id][one.start : one.end] == one.text for one in found)
    assert bool(found) is verdict.supported
    assert found or verdict.reason
    return [one.text for one in found]


@pytest.mark.parametrize("cited", [(), (0,), (1,), (2, 1), (-1, 99)])
def test_a_sentence_is_cited_where_it_stands(cited: tuple[int, ...]) -> None:
    assert quotes("对于少数人的不同意见，应当认真考虑。", cited) == ["对于少数人的不同意见，应当认真考虑。"]


@pytest.mark.parametrize(
    "false",
    [
        "对于少数人的不同意见，可以认真考虑。",
        "对于少数人的不同意见，不必认真考虑。",
        "对于多数人的不同意见，应当认真考虑。",
        "党员可以向下级党组织请求说明。",
        "党支部应当每月召开两次支部委员会会议，由支部书记召集。",
        "党支部应当每月召开一次支部委员会会议，由支部书记召集，并向社会公布。",
    ],
)
@pytest.mark.parametrize("cited", [(), (1,), (0, 1, 2)])
def test_other_sources_do_not_rescue_what_the_nearest_denies(false: str, cited: tuple[int, ...]) -> None:
    """可以 stands all over another article; it says nothing of this."""
    assert quotes(false, cited) == []


def test_without_sources_nothing_is_carried() -> None:
    assert carried("对于少数人的不同意见，应当认真考虑。", (), [], (), TEXTS.__getitem__)[0] == ()


QUOTE = "上级党组织对违犯党纪的党组织作出的处理决定，下级党组织必须执行。"


@pytest.mark.parametrize(
    "said",
    [
        QUOTE,
        "对违犯党纪的党组织，上级作了处理的，下级要照办。",  # put freely: not for this to judge
        "上级党组织对违犯党纪的党组织作出的处理决定，下级党组织应当执行。",
        "上级党组织给违犯党纪的党组织作出的处理决定，下级党组织必须执行。",
    ],
)
def test_what_changes_nothing_is_no_change(said: str) -> None:
    assert changed(said, QUOTE) is None


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("下级党组织对违犯党纪的党组织作出的处理决定，下级党组织必须执行。", "下"),
        ("上级党组织对违犯党纪的党组织作出的处理决定，下级党组织可以执行。", "可以"),
        ("上级党组织对违犯党纪的党组织作出的处理决定，下级党组织不必执行。", "不"),
        ("上级党组织对违犯党纪的党组织作出的处理决定，下级行政机关必须执行。", "行政机关"),
    ],
)
def test_a_changed_word_is_named(said: str, word: str) -> None:
    verdict = changed(said, QUOTE)
    assert verdict is not None
    assert not verdict.supported
    assert word in verdict.reason


def test_a_denial_left_out_is_seen() -> None:
    assert changed("预备党员有表决权和选举权。", "预备党员没有表决权和选举权。") is not None
    assert changed("", QUOTE) is None
