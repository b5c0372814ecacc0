"""Lists said in a fixed order (orders.toml): 政治意识、大局意识、核心意识、看齐意识; and the plenary sessions of one 届."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.proofreading.model import Finding, Sheet
from bot.proofreading.sheet import found
from bot.proofreading.tables import toml

_PLENA = re.compile(
    r"(?P<term>十[六七八九]|二十)届(?P<list>[一二三四五六七]中(?:、[一二三四五六七]中){1,6})全会"
)
_COUNT = "一二三四五六七"
_LEAST = 3  # members of a list that must stand together for it to be meant


@dataclass(frozen=True, slots=True)
class Order:
    name: str
    members: tuple[str, ...]
    source: str
    whole: bool  # the members are everyday words: only all of them together are meant
    run: re.Pattern[str]


def find(sheet: Sheet) -> Iterator[Finding]:
    for order in orders():
        # A list that is told holds at least two of the members; most texts hold none, and that is quickly seen.
        if sum(one in sheet.text for one in order.members) < 2:
            continue
        for match in order.run.finditer(sheet.text):
            yield from _checked(sheet, order, match)
    yield from _plena(sheet)


def _checked(sheet: Sheet, order: Order, match: re.Match[str]) -> Iterator[Finding]:
    said = (
        re.split("[、，,]", match[0])
        if not any("、" in one for one in order.members)
        else re.findall("|".join(map(re.escape, order.members)), match[0])
    )
    places = [order.members.index(one) for one in said]
    least = len(order.members) if order.whole else min(_LEAST, len(order.members))
    if len(set(places)) < least:
        return
    mark = next((one for one in match[0] if one in "、，"), "、")
    if places != sorted(places) or len(set(places)) != len(places):
        if len(set(places)) < len(places):
            right = mark.join(order.members)
            told = f"“{order.name}”中有一项重复：应为“{'、'.join(order.members)}”。"
        else:
            right = mark.join(order.members[place] for place in sorted(places))
            told = f"“{order.name}”的排列次序应为“{'、'.join(order.members)}”。"
        yield found(sheet, *match.span(), "order", order.source, right, told)
    elif len(places) == len(order.members) - 1 and _is_named(sheet.text, match, order.name):
        missing = next(one for at, one in enumerate(order.members) if at not in places)
        before = sheet.text[max(0, match.start() - len(missing) - 1) : match.start()]
        if sum(one in before for one in missing if one != "、") * 2 >= len(missing):
            return  # 坚持理想、坚守真理 stands there: it is wrong, not left out
        told = f"“{order.name}”缺“{missing}”。"
        yield found(sheet, *match.span(), "order", order.source, mark.join(order.members), told)


def _is_named(text: str, match: re.Match[str], name: str) -> bool:
    """Whether the list is called by its name close by, and is not cut off by 等."""
    near = text[max(0, match.start() - len(name) - 6) : match.end() + len(name) + 6]
    return name in near and text[match.end() : match.end() + 1] not in set("等和及与、")


def _plena(sheet: Sheet) -> Iterator[Finding]:
    for match in _PLENA.finditer(sheet.text):
        said = [_COUNT.index(one[0]) for one in match["list"].split("、")]
        if said == list(range(said[0], said[-1] + 1)):
            continue
        right = "、".join(f"{_COUNT[one]}中" for one in range(min(said), max(said) + 1))
        told = f"全会按次序列举：应为“{right}”。"
        yield found(sheet, *match.span("list"), "order", "规范称谓", right, told)


@cache
def orders() -> tuple[Order, ...]:
    table = toml("orders.toml")
    return tuple(
        Order(one["name"], tuple(one["members"]), one["source"], bool(one.get("whole")), _run(one["members"]))
        for one in table["order"]
    )


def _run(members: list[str]) -> re.Pattern[str]:
    """Members between 、 or ，: at least two of them."""
    any_of = "|".join(map(re.escape, sorted(members, key=len, reverse=True)))
    border = r"(?<![\u4e00-\u9fff])" if max(map(len, members)) == 1 else ""
    # To its end, without a possessive group: those of Python up to 3.11.3 match too much.
    end = rf"(?![、，](?:{any_of}))" + ("(?!、)" if max(map(len, members)) <= 2 else "")
    return re.compile(rf"{border}(?:{any_of})(?:[、，](?:{any_of}))+{end}")
