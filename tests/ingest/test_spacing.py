"""Letter-spaced words close up; spaces that tell things apart stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.spacing import closed_up


@pytest.mark.parametrize(
    ("spaced", "closed"),
    [
        ("关 于 印 发", "关于印发"),
        ("中 共 青 山 市 委 文 件", "中共青山市委文件"),
        ("中　共　青　山　市　委", "中共青山市委"),
        ("中  共  青  山  市  委", "中共青山市委"),
        ("入 党 志 愿 书", "入党志愿书"),
        ("承 诺 书", "承诺书"),
        ("通　知", "通知"),
        ("目 录", "目录"),
        ("第一章 总 则", "第一章 总则"),
        ("第一章　党　员", "第一章　党员"),
        ("第三节 被 申 请 人", "第三节 被申请人"),
        ("第 一 条 为 了 规 范 工 作", "第一条 为了规范工作"),
        ("第 十 二 条　为 了 规 范 工 作", "第十二条　为了规范工作"),
        ("青 组 发 〔 2 0 2 6 〕 1 7 号", "青组发〔2026〕17号"),
        ("（此 件 公 开 发 布）", "（此件公开发布）"),
        ("加 强 工 作， 保 证 质 量。", "加强工作，保证质量。"),
        ("关 于 印 发 《办法》的通知", "关于印发 《办法》的通知"),
        ("　　为 了 规 范 工 作", "　　为了规范工作"),
    ],
)
def test_spaced_words_close_up(spaced: str, closed: str) -> None:
    assert closed_up(spaced) == closed


@pytest.mark.parametrize(
    "line",
    [
        "张三 李四 王五",
        "张　三",
        "王 小 明",
        "张 三　李四明　王 五",
        "王 五 李 四 张 三",
        "王 小 明 李 大 山",
        "组长 王 伟 刘 洋",
        "序号 姓名 性别 民族",
        "男 女 男 男 女",
        "是 否 是 否",
        "一 二 三 四 五 六 日",
        "甲 乙 丙 丁",
        "1 2 3 4 5",
        "优 良 中 差",
        "支部 年 月 日",
        "自 年 月 日 至 年 月 日",
        "党委（盖章） 年 月 日",
        "第一条　为了规范工作",
        "一、 总体要求",
        "a b c d e",
    ],
)
def test_spaces_that_tell_things_apart_stay(line: str) -> None:
    assert closed_up(line) == line


@given(st.text("关于印发第一章条张三李四王 　\t年月日〔〕12Aa，。", max_size=40))
def test_only_white_space_goes_and_a_second_time_changes_nothing(line: str) -> None:
    closed = closed_up(line)
    assert "".join(closed.split()) == "".join(line.split())
    assert closed_up(closed) == closed
