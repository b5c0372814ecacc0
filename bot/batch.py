"""Questions read from a JSON Lines file: {"id", "question"[, "as_of", "turns"]} a line, the broken ones told apart."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.errors import BadBatch, EmptyQuestion, LongQuestion
from bot.model import Query
from ingest.errors import os_words
from ingest.text import read_day

QUESTION_LENGTH = 1000  # characters; a longer one is a pasted document, not a question


@dataclass(frozen=True, slots=True)
class Line:
    """One line: either `query` is there, or `fault` says in Chinese what is wrong with line `number`.

    `turns`: the questions asked before it in the same talk, oldest first.
    """

    number: int
    id: str
    query: Query | None
    fault: str = ""
    turns: tuple[str, ...] = ()


def clean_question(text: str) -> str:
    """Trimmed, and without the half characters that a badly encoded command line leaves; EmptyQuestion if nothing stays,
    LongQuestion for more than QUESTION_LENGTH characters. Page and command line ask by this door.
    """
    question = text.encode("utf-8", "ignore").decode("utf-8").strip()
    if not question:
        raise EmptyQuestion("问题是空的。")
    if len(question) > QUESTION_LENGTH:
        raise LongQuestion(f"问题太长（{len(question)} 字），最多 {QUESTION_LENGTH} 字。")
    return question


def read_batch(path: Path) -> Iterator[Line]:
    """Every line that is not blank, numbered from 1; BadBatch when the file cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadBatch(f"读不了批量文件 {path}：{os_words(error)}", hint="请检查文件名和权限。") from error
    except UnicodeDecodeError as error:
        raise BadBatch(f"批量文件 {path} 不是 UTF-8 编码。") from error
    return (_line(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())


def _line(number: int, line: str) -> Line:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return Line(number, "", None, "不是完整的 JSON")
    if not isinstance(record, dict) or not isinstance(record.get("question"), str):
        return Line(number, "", None, "缺少 question")
    name = str(record.get("id", number))
    as_of = read_day(str(record["as_of"])) if record.get("as_of") else None
    if record.get("as_of") and as_of is None:
        return Line(number, name, None, "as_of 应写成 2024-01-01 这样的日期")
    turns = record.get("turns") or []
    if not isinstance(turns, list) or not all(isinstance(one, str) for one in turns):
        return Line(number, name, None, 'turns 应是此前各问的列表，例如 ["预备期多长？"]')
    try:
        asked = tuple(clean_question(one) for one in turns)
        return Line(number, name, Query(clean_question(record["question"]), as_of), turns=asked)
    except (EmptyQuestion, LongQuestion) as error:
        return Line(number, name, None, str(error))
