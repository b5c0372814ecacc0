"""A request as it is written down; what is wrong with it is told with the key."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.drafting.bullets import read_bullets
from bot.drafting.request import read_request, request_of
from bot.errors import BadRequest
from ingest.errors import KnowledgeBaseError

GOOD: dict[str, Any] = {
    "genre": "述职报告",
    "title": "某某支部书记2026年度述职报告",
    "unit": "某某支部",
    "period": "2026年",
    "facts": "全年讲党课6次。",
}


def test_bullets_know_what_they_are_for() -> None:
    facts = read_bullets(
        "1. 讲党课6次。\n【问题】\n- 学习形式单一。\n（一）发展党员：收到申请书8份。\n【】\n\n三、另有一条\n【组织生活】开会5次"
    )
    assert [(fact.n, fact.text, fact.purpose, fact.section) for fact in facts] == [
        (1, "讲党课6次。", "", ""),
        (2, "学习形式单一。", "问题", ""),
        (3, "收到申请书8份。", "问题", "发展党员"),
        (4, "另有一条", "", ""),
        (5, "开会5次", "", "组织生活"),
    ]
    assert facts[2].where == "事实第3条"


def test_a_whole_request(tmp_path: Path) -> None:
    path = tmp_path / "r.toml"
    path.write_text(
        """genre = "年度工作情况报告"
title = "某某社区党委2026年度党建工作情况报告"
unit = "某某社区党委"
period = "2026年"
audience = "某某街道党工委："
dated = 2027-01-08
facts = ["收到申请书35份。"]
[[fact]]
text = "年轻骨干偏少。"
purpose = "问题"
[[table]]
title = "队伍"
columns = ["指标", "单位", "2025年", "2026年"]
rows = [["党员", "名", 181, 193]]
""",
        encoding="utf-8",
    )
    request = read_request(path)
    assert (request.genre, request.audience, request.dated) == (
        "年度工作报告",
        "某某街道党工委",
        date(2027, 1, 8),
    )
    assert [fact.n for fact in request.facts] == [1, 2, 3]
    assert [(cell.fact, cell.period, cell.value) for cell in request.cells] == [
        (3, "2025年", 181),
        (3, "2026年", 193),
    ]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"titel": "x"}, "是不是 title"),
        ({"genre": None}, "文种（genre）"),
        ({"length": 10}, "200 到 20000"),
        ({"facts": ""}, "没有事实"),
        ({"dated": "某天"}, "不是日期"),
        ({"fact": [{"text": "有一条", "purpose": "成绩"}]}, "purpose 只能是"),
        ({"fact": [{"text": ""}]}, "事实第1个的文字（fact.1.text）是空的"),
        ({"unit": 3}, "单位（unit）应是一段文字"),
        ({"table": [{"title": "表", "columns": ["指标", "2026年"], "rows": [["党员", "很多"]]}]}, "表“表”"),
        ({"genre": "小说"}, "小说"),
    ],
)
def test_what_is_wrong_is_told_in_chinese(changed: dict[str, Any], told: str) -> None:
    with pytest.raises(KnowledgeBaseError, match=told) as caught:
        request_of({**GOOD, **changed})
    assert caught.value.hint


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_a_request_saved_by_notepad(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "r.toml"
    words = "\r\n".join(f'{key} = "{value}"' for key, value in GOOD.items())
    path.write_bytes(words.encode(encoding))
    assert read_request(path) == request_of(GOOD)


def test_chinese_marks_in_toml_are_told_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "r.toml"
    path.write_text('title = "某某"\ngenre = “述职报告”\n', encoding="utf-8")
    with pytest.raises(BadRequest, match="TOML 文件：第2行第") as caught:
        read_request(path)
    assert "半角" in caught.value.hint


@pytest.mark.parametrize("content", [b"genre = ", b"\xff\xfe\x00"])
def test_a_file_that_is_no_toml(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "r.toml"
    path.write_bytes(content)
    with pytest.raises(BadRequest, match="TOML"):
        read_request(path)
    with pytest.raises(BadRequest, match="打不开"):
        read_request(tmp_path / "none.toml")


def test_a_paper_is_no_request(tmp_path: Path) -> None:
    """Nobody who gives their Word file is told about encodings."""
    with pytest.raises(BadRequest, match="是一份文稿") as caught:
        read_request(tmp_path / "去年的总结.docx")
    assert "起草" in caught.value.hint


@pytest.mark.parametrize(
    ("line", "purpose"), [("存在的不足：学习不经常", "问题"), ("下一步计划：每季检查", "打算")]
)
def test_what_people_write_before_a_fact_is_its_purpose(line: str, purpose: str) -> None:
    (fact,) = read_bullets(line)
    assert (fact.purpose, fact.section) == (purpose, "")
