"""A title over several lines: words whole, the lines a trapezium or a lozenge (7.3.1)."""

from __future__ import annotations

from bot.official.measure import width

LONGEST = 20  # 2号 characters in a line of the text area: 156 mm / 22 pt
# No line begins with these, and none ends with those.
_NOT_FIRST = "的、，。；：！？）》”’〕和与及暨"
_NOT_LAST = "（《“‘〔第"
# A line may well end behind these words and in front of those.
_GOOD_ENDS = (
    "关于",
    "的",
    "》",
    "”",
    "）",
    "、",
    "，",
    "和",
    "与",
    "暨",
    "——",
    "年度",
    "年",
    "党委",
    "党支部",
    "党总支",
    "情况",
)
_GOOD_STARTS = (
    "关于",
    "落实",
    "贯彻",
    "开展",
    "工作",
    "述职",
    "调研",
    "情况",
    "实施",
    "《",
    "“",
    "（",
    "——",
    "通知",
    "报告",
)
_INSIDE = {"《": "》", "“": "”", "（": "）", "〔": "〕"}


def title_lines(title: str) -> tuple[str, ...]:
    """The lines of a title. A break that its author wrote stays; the rest is broken where words end, in shape."""
    written = tuple(line.strip() for line in title.splitlines() if line.strip())
    if len(written) > 1:
        return written
    whole = "".join(written)
    if width(whole) <= LONGEST:
        return (whole,) if whole else ()
    count = 2
    while True:
        found = _broken(whole, count)
        if found:
            return found
        count += 1


def _broken(title: str, count: int) -> tuple[str, ...] | None:
    """The best way to cut a title into so many lines, or None if one would be too long."""
    best: dict[tuple[int, int], tuple[float, tuple[str, ...]]] = {(0, 0): (0.0, ())}
    goal = width(title) / count
    for line in range(1, count + 1):
        ends = [len(title)] if line == count else range(line, len(title) - (count - line) + 1)
        for end in ends:
            for start in range(line - 1, end):
                before, text = best.get((line - 1, start)), title[start:end]
                if before is None or width(text) > LONGEST:
                    continue
                cost = (
                    before[0] + (width(text) - goal) ** 2 / goal + (_cut(title, end) if line < count else 0)
                )
                cost += _flat(before[1], text)
                if (line, end) not in best or cost < best[line, end][0]:
                    best[line, end] = (cost, (*before[1], text))
    found = best.get((count, len(title)))
    return found[1] if found else None


def _flat(before: tuple[str, ...], text: str) -> float:
    """Lines of one length make a block, which is neither trapezium nor lozenge."""
    return 0.5 if before and abs(width(before[-1]) - width(text)) < 1 else 0.0


def _cut(title: str, at: int) -> float:
    """How bad it is to end a line in front of `title[at]`."""
    left, right = title[:at], title[at:]
    if right[0] in _NOT_FIRST or left[-1] in _NOT_LAST:
        return 100.0
    cost = 4.0
    if (left[-1].isascii() and right[0].isascii()) or left[-1].isdigit():
        cost += 50.0
    if left.endswith(_GOOD_ENDS):
        cost -= 2.0
    if right.startswith(_GOOD_STARTS):
        cost -= 2.0
    for opening, closing in _INSIDE.items():
        if left.rfind(opening) > left.rfind(closing):
            cost += 6.0
    return cost
