"""A case file (JSON Lines) -> Cases. One broken line stops the run: figures over half a file would mislead."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from evals.model import Case, Place
from ingest.errors import ConfigError, os_words


class BadCases(ConfigError):
    default_hint = '每行一个 JSON，例如 {"id": "1", "question": "党费怎么交？", "gold": [[{"source": "办法.md", "article": "第三条"}]]}。'


def read_cases(path: Path) -> tuple[Case, ...]:
    """Every case of the file, in order; BadCases names the first broken line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise BadCases(f"没有题目文件 {path}。", hint="请检查文件名和路径。") from error
    except OSError as error:
        raise BadCases(f"读不了题目文件 {path}：{os_words(error)}", hint="请检查文件名和权限。") from error
    except UnicodeDecodeError as error:
        raise BadCases(
            f"题目文件 {path} 不是 UTF-8 编码。", hint="请用记事本另存为 UTF-8 后再试。"
        ) from error
    cases: dict[str, Case] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            read = _cases(line, str(number))
        except ValueError as error:
            raise BadCases(f"题目文件 {path.name} 第 {number} 行有误：{error}。") from error
        for case in read:
            if case.id in cases:
                raise BadCases(f"题目文件 {path.name} 第 {number} 行有误：编号 {case.id} 前面已经用过。")
            cases[case.id] = case
    if not cases:
        raise BadCases(f"题目文件 {path.name} 里没有题目。")
    return tuple(cases.values())


def write_cases(cases: Iterable[Case], path: Path) -> None:
    """The file that `read_cases` reads back."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        "".join(json.dumps(case_json(case), ensure_ascii=False) + "\n" for case in cases), encoding="utf-8"
    )


def case_json(case: Case) -> dict[str, Any]:
    plain = _plain_json(case)
    return {**plain, "day": case.day.isoformat()} if case.day else plain


def _plain_json(case: Case) -> dict[str, Any]:
    talk = {"before": list(case.before), "standalone": case.standalone} if case.before else {}
    return {
        "id": case.id,
        "question": case.question,
        "gold": [[_place_json(place) for place in item] for item in case.gold],
        "answer_contains": list(case.answer_contains),
        "unanswerable": case.unanswerable,
        "as_of": case.as_of.isoformat() if case.as_of else None,
        **talk,
    }


def _place_json(place: Place) -> dict[str, str | None]:
    plain = {"source": place.source, "article": place.article, "section": place.section}
    return {**plain, "quote": place.quote} if place.quote else plain


def _cases(line: str, default_id: str) -> tuple[Case, ...]:
    """One question, or one for each turn of a talk that can be judged; ValueError says in Chinese what is wrong.

    Fields that are not ours are left alone.
    """
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError("不是完整的 JSON") from error
    if not isinstance(record, dict):
        raise ValueError("应是一个 JSON 对象")  # noqa: TRY004 - a fault of the file, told as one
    if record.get("turns") is None:
        return (_case(record, default_id),)
    return tuple(_turns(record, str(record.get("id", default_id))))


def _turns(record: dict[str, Any], talk: str) -> Iterator[Case]:
    """The turns as cases talk/1, talk/2 …; what has no gold, no wanted words and is not unanswerable is only said."""
    turns = _list(record, "turns")
    if not turns or not all(isinstance(turn, dict) for turn in turns):
        raise ValueError("turns 应是不空的列表，每一项是一问")
    before: tuple[str, ...] = ()
    for number, turn in enumerate(turns, 1):
        given = {"as_of": record.get("as_of"), **turn, "id": f"{talk}/{number}", "before": list(before)}
        case = _case(given, "")
        before += (case.question,)
        if case.answerable or case.unanswerable:
            yield case


def _case(record: dict[str, Any], default_id: str) -> Case:
    question = record.get("question")
    if not isinstance(question, str) or not question.strip():
        raise ValueError("缺少 question")
    unanswerable = record.get("unanswerable") or False
    if not isinstance(unanswerable, bool):
        raise ValueError("unanswerable 应写 true 或 false")  # noqa: TRY004
    gold = tuple(_evidence(item) for item in _list(record, "gold"))
    if unanswerable and gold:
        raise ValueError("unanswerable 为 true 时不能有 gold")
    return Case(
        id=str(record.get("id", default_id)),
        question=question.strip(),
        gold=tuple(dict.fromkeys(gold)),  # the same evidence named twice is one piece
        answer_contains=_words(_list(record, "answer_contains"), "answer_contains"),
        unanswerable=unanswerable,
        as_of=_day(record.get("as_of"), "as_of"),
        day=_day(record.get("day"), "day"),
        before=_words(_list(record, "before"), "before"),
        standalone=_full(record.get("standalone")),
    )


def _full(value: object) -> str | None:
    if value is not None and (not isinstance(value, str) or not value.strip()):
        raise ValueError("standalone 应是写全的问句")
    return value.strip() if isinstance(value, str) else None


def _list(record: dict[str, Any], key: str) -> list[Any]:
    value = record.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise ValueError(f"{key} 应是列表")  # noqa: TRY004
    return value


def _words(values: list[Any], key: str) -> tuple[str, ...]:
    if not all(isinstance(value, str) and value for value in values):
        raise ValueError(f"{key} 应是文字的列表")
    return tuple(values)


def _evidence(item: Any) -> tuple[Place, ...]:
    if not isinstance(item, list) or not item:
        raise ValueError("gold 的每一项应是不空的列表，列出可互相代替的出处")
    return tuple(_place(place) for place in item)


def _place(place: Any) -> Place:
    if not isinstance(place, dict) or not isinstance(place.get("source"), str) or not place["source"]:
        raise ValueError("gold 的出处缺少 source")
    article, section, quote = (place.get(key) for key in ("article", "section", "quote"))
    if not all(value is None or isinstance(value, str) for value in (article, section, quote)):
        raise ValueError("gold 的 article、section 和 quote 应是文字")
    return Place(place["source"], article or None, section or None, quote or None)


def _day(value: Any, key: str) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{key} 应写成 2024-01-01 这样的日期") from error
