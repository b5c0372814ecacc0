"""The headings 一、 and （一） of a report, and of what a user asks for, with what they are for. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.drafting.model import Planned, Purpose
from bot.drafting.outline.purposes import heading_purpose
from ingest.text import COUNTING, parse_number

_HEADING = re.compile(
    rf"^[ \t\u3000]*(?:#{{1,6}} *)?(?:([{COUNTING}]{{1,3}})、|[（(]([{COUNTING}]{{1,3}})[）)])[ \t\u3000]*([^\n]{{0,80}})",
    re.MULTILINE,
)
_STOP = re.compile(r"[。：:；;？！]")
_LONGEST_HEADING = 40  # characters; longer is body text


@dataclass(frozen=True, slots=True)
class Headed:
    """A heading of a report with the place of what stands under it: `text[start:end]`, sub-headings included."""

    planned: Planned
    start: int
    end: int


def read_outline(text: str) -> tuple[Planned, ...]:
    """The headings 一、 and （一） of a report in reading order, with their purpose."""
    return tuple(headed.planned for headed in read_sections(text))


def read_sections(text: str) -> tuple[Headed, ...]:
    """Likewise, with their places. Of a page with several persons' reports only the first one is read."""
    marks: list[tuple[int, Planned]] = []
    last, above, end = 0, Planned("", 1), len(text)
    for match in _HEADING.finditer(text):
        heading = _STOP.split(match[3], maxsplit=1)[0].strip()
        if not heading or len(heading) > _LONGEST_HEADING:
            continue
        if match[1]:
            number = parse_number(match[1]) or 0
            if number == 1 and last > 1:
                end = match.start()
                break
            last, above = number, Planned(heading, 1, heading_purpose(heading))
            marks.append((match.start(), above))
        else:
            marks.append((match.start(), Planned(heading, 2, above.purpose or heading_purpose(heading))))
    headed: list[Headed] = []
    ends = {1: end, 2: end}  # where what stands before ends, by its level
    for start, planned in reversed(marks):
        headed.append(Headed(planned, start, ends[planned.level]))
        ends = {1: start, 2: start} if planned.level == 1 else {**ends, 2: start}
    return tuple(reversed(headed))


def asked_for(headings: Iterable[str]) -> tuple[Planned, ...]:
    """Headings as a user writes them, with or without 一、 and （一）; what stands under a heading is for the same."""
    outline: list[Planned] = []
    above: Purpose = ""
    for line in headings:
        match = _HEADING.match(line.strip())
        heading = (match[3] if match else line).strip().rstrip("。：: ")
        if not heading:
            continue
        if match and match[2]:
            outline.append(Planned(heading, 2, heading_purpose(heading) or above))
        else:
            above = heading_purpose(heading)
            outline.append(Planned(heading, 1, above))
    return tuple(outline)
