"""Stops in the middle of a sentence, and paragraphs that are left open. Our own sentences."""

import pytest

from bot.proofread import corrected, proofread

SLIPS = [
    ("随着城镇化的推进。流动党员越来越多。", "随着城镇化的推进，流动党员越来越多。"),
    ("为加强党员教育管理。根据上级要求，制定本方案。", "为加强党员教育管理，根据上级要求，制定本方案。"),
    ("在镇党委的领导下。各项工作有了进展。", "在镇党委的领导下，各项工作有了进展。"),
    ("不仅提高了认识。而且改进了作风。", "不仅提高了认识，而且改进了作风。"),
    ("因为人手不足。所以工作进展较慢。", "因为人手不足，所以工作进展较慢。"),
    ("要把群众满意。作为最高标准。", "要把群众满意，作为最高标准。"),
    ("要坚持边学习。边对照、边整改。", "要坚持边学习、边对照、边整改。"),
    ("同时。各村建立了台账。", "同时，各村建立了台账。"),
    ("随着公路的贯通。边境村寨热闹起来。", "随着公路的贯通，边境村寨热闹起来。"),
    ("会议强调。要抓好整改。", "会议强调，要抓好整改。"),
    ("座谈中。大家畅谈体会。", "座谈中，大家畅谈体会。"),
]
OPEN = [
    (
        "支部制定了学习计划，落实了责任人，\n下一步将抓好落实。",
        "支部制定了学习计划，落实了责任人。\n下一步将抓好落实。",
    ),
    ("一是抓学习；二是抓落实；三是抓监督；", "一是抓学习；二是抓落实；三是抓监督。"),
    ("第三，要加强监督检查；\n会议最后，张某作了讲话。", "第三，要加强监督检查。\n会议最后，张某作了讲话。"),
]
RIGHT = [
    "通过学习提高了认识。进一步明确了方向。",
    "这是由于我们工作不深入。因此，要改进作风。",
    "为人民服务。",
    "他既是支部书记，又是网格长。还兼任护林员。",
    "村里修了路，一直修到边境。边民出行方便了。",
    "一是抓学习；\n二是抓落实；\n三是抓监督。",
    "第一批名单公布之后。",
]


@pytest.mark.parametrize(("text", "right"), SLIPS + OPEN)
def test_the_stop_is_told_and_mended(text: str, right: str) -> None:
    assert corrected(text, proofread(text)) == right
    assert proofread(right) == ()


@pytest.mark.parametrize("text", RIGHT)
def test_a_whole_sentence_keeps_its_stop(text: str) -> None:
    assert proofread(text) == ()
