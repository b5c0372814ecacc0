from __future__ import annotations

import time

import pytest

from bot.card.limits import limits_in
from bot.card.model import Clause
from bot.card.people import actors_in, materials_in
from bot.card.reading import read_step
from bot.testing import hit


def names(sentence: str) -> list[str]:
    return [fact.text for fact in actors_in(sentence, (0, len(sentence)))]


def papers(sentence: str) -> list[str]:
    return [fact.text for fact in materials_in(sentence, (0, len(sentence)))]


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("党支部应当及时通知本人。", ["党支部"]),
        ("党支部委员会研究决定后，报上级党委备案。", ["党支部委员会", "上级党委"]),
        ("预备党员必须由党委审批。", ["党委"]),
        ("县级党委组织部门和基层党委每年作一次分析。", ["县级党委组织部门", "基层党委"]),
        ("由具有审批权限的基层党委建立档案。", ["基层党委"]),
        ("由党支部委员会会议（不设委员会的由党员大会，下同）研究决定。", ["党支部委员会会议"]),
        ("值班室应当作出登记。", ["值班室"]),
        ("申请人对决定不服的，可以自收到决定之日起30日内申请复查。", ["申请人"]),
    ],
)
def test_who_acts(sentence: str, who: list[str]) -> None:
    assert names(sentence) == who


@pytest.mark.parametrize(
    "sentence", ["党支部的名单另行公布。", "党委工作应当加强。", "决定书应当载明下列事项。"]
)
def test_who_is_only_spoken_of_does_not_act(sentence: str) -> None:
    assert names(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        (
            "将决议写入《值班志愿书》，连同本人值班申请书、审查材料一并上报。",
            ["《值班志愿书》", "值班申请书", "审查材料"],
        ),
        ("申请人提出书面转正申请。", ["书面转正申请"]),
        ("审查情况应当形成结论性材料。", ["结论性材料"]),
        ("依据《值班工作条例》办理。", []),
    ],
)
def test_which_papers(sentence: str, named: list[str]) -> None:
    assert papers(sentence) == named


@pytest.mark.parametrize(
    "piece",
    [
        "的",
        "一",
        "由党委和",
        "在一个月内",
        "《",
        "（",
        "应当",
        "自",
        "、",
        "每年",
        "党支部委员会",
        " ",
        "对",
        "经",
        "收到",
    ],
)
def test_long_nonsense_is_read_in_linear_time(piece: str) -> None:
    """Thirty thousand characters of one piece, as no sentence of a rule is, take a second at most."""
    text = piece * (30_000 // len(piece))
    begun = time.perf_counter()
    actors_in(text, (0, len(text)))
    materials_in(text, (0, len(text)))
    limits_in(text, [(0, len(text))])
    read_step(Clause(hit(text, text), "第一条", (), text, 0, len(text), 0), text)
    assert time.perf_counter() - begun < 2
