"""The proofreader's case file (JSON Lines) -> texts with the slips that stand in them. See evals/cases/README.md.

`planted` and `clean` are passages, all of whose slips are known. `real` are slips seen in documents of ../shared/data, known
by a few characters around them. `refuted` are findings there that an editor has read and turned down. `whole` are documents
in which everything found is counted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from evals.cases import BadCases

Origin = Literal["planted", "real", "refuted", "clean", "whole"]
ORIGINS: tuple[Origin, ...] = get_args(Origin)
HALVES = ("dev", "heldout")
_HINT = "题目文件的写法见 evals/cases/README.md 的“校对的题”一节。"


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip at text[start:end]; `also`: other places that are as right to mark, such as the total of a wrong sum.

    `suggestions`: what may stand there instead; "" is to delete it, none at all means that a person must decide.
    `optional`: editors differ, or it is an advert around the text: marking it is right, not marking it too.
    `afterwards`: listed because the proofreader had marked it, so that it says nothing of how many slips it finds.
    """

    start: int
    end: int
    kind: str
    suggestions: tuple[str, ...] = ()
    also: tuple[tuple[int, int], ...] = ()
    optional: bool = False
    afterwards: bool = False

    @property
    def places(self) -> tuple[tuple[int, int], ...]:
        return ((self.start, self.end), *self.also)


@dataclass(frozen=True, slots=True)
class ProofCase:
    """`text` is given, or read from `source` (its `span`, if there is one). `shelf`: only a knowledge base can tell.

    A `real` case is known by `find`, which stands once in its source; its slip counts from the beginning of `find`.
    So is a `refuted` one: its place is in `slips` until it is brought together with the others of its document, and then
    in `refuted`, with the `rule` that marked it.
    """

    id: str
    origin: Origin
    half: str
    kind: str
    text: str = ""
    source: str = ""
    span: tuple[int, int] | None = None
    find: str = ""
    slips: tuple[Slip, ...] = ()
    shelf: bool = False
    rule: str = ""
    refuted: tuple[tuple[Slip, str], ...] = ()


def is_proof_file(path: Path) -> bool:
    """Does the first line look like one of a proofreader's case file? Anything unreadable is some other reader's to tell."""
    try:
        with path.open(encoding="utf-8-sig") as lines:
            first = json.loads(next(lines, "null"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(first, dict) and first.get("origin") in ORIGINS and "question" not in first


def read_proof_cases(path: Path, half: str = "both") -> tuple[ProofCase, ...]:
    """The cases of one half or of both; BadCases names the first broken line."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadCases(f"读不了题目文件 {path}。", hint="请检查文件名、权限和编码（应是 UTF-8）。") from error
    cases: dict[str, ProofCase] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            case = _case(json.loads(line), cases)
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            said = f"缺少 {error}" if isinstance(error, KeyError) else str(error)
            raise BadCases(f"题目文件 {path.name} 第 {number} 行有误：{said}。", hint=_HINT) from error
        cases[case.id] = case
    found = tuple(case for case in cases.values() if half in {"both", case.half})
    if not found:
        raise BadCases(f"题目文件 {path.name} 里没有这样的题目。", hint=_HINT)
    return found


def _case(record: Mapping[str, Any], before: Mapping[str, ProofCase]) -> ProofCase:
    if str(record["id"]) in before:
        raise ValueError(f"编号 {record['id']} 前面已经用过")
    origin, half = record["origin"], record["half"]
    if origin not in ORIGINS or half not in HALVES:
        raise ValueError("origin 或 half 不对")
    text, source, find = (_words(record, key) for key in ("text", "source", "find"))
    if bool(text) == bool(source):
        raise ValueError("text 和 source 应写其中一个")
    if origin in {"real", "refuted"}:
        slips: tuple[Slip, ...] = (_slip(record, find, "start_in_find", "end_in_find", origin),)
    else:
        kind = str(record["kind"])
        slips = tuple(_slip(one, text, "start", "end", kind) for one in record.get("expected", ()))
    if bool(slips) != (origin in {"planted", "real", "refuted"}):
        raise ValueError("planted 要有错，clean 和 whole 不能有错")
    span = (int(record["start"]), int(record["end"])) if source and "start" in record else None
    return ProofCase(
        id=str(record["id"]),
        origin=origin,
        half=half,
        kind=str(record.get("kind", origin)),
        text=text,
        source=source,
        span=span,
        find=find,
        slips=slips,
        shelf=bool(record.get("shelf")),
        rule=str(record["rule"]) if origin == "refuted" else "",
    )


def _words(record: Mapping[str, Any], key: str) -> str:
    value = record.get(key, "")
    if not isinstance(value, str):
        raise ValueError(f"{key} 应是文字")  # noqa: TRY004 - a fault of the file, told as one
    return value


def _slip(record: Mapping[str, Any], text: str, start: str, end: str, kind: str) -> Slip:
    also: Sequence[Sequence[int]] = record.get("also", ())
    places = [(int(record[start]), int(record[end])), *((int(one[0]), int(one[1])) for one in also)]
    if not all(0 <= begun < ended <= len(text) for begun, ended in places):
        raise ValueError("错的位置不在文字里面")
    suggestions = tuple(map(str, record.get("suggestions", ())))
    if text[slice(*places[0])] in suggestions:
        raise ValueError("改成的和原来的一样")
    return Slip(
        *places[0],
        kind=str(record.get("kind", kind)),
        suggestions=suggestions,
        also=tuple(places[1:]),
        optional=bool(record.get("optional")),
        afterwards=bool(record.get("afterwards")),
    )
