"""The genres of reports and what each is made of, out of genres.toml: skeleton, openings, closings, joining words. Pure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from bot.drafting.model import Planned, Purpose
from bot.drafting.offices import core
from bot.errors import NoSuchGenre

FILE_NAME = "genres.toml"
_TAIL = re.compile(r"[（(〔【][^）)〕】]{0,30}[）)〕】]|展示|汇编|节选|\d{2,4}年?度?|初稿|[\s_—-]")
_YEAR = re.compile(r"\d{4}年?(?:度|上半年|下半年|第?[一二三四]季度)?")
_HEAD = re.compile(
    r"^(?:关于)?(?:党委|党总支|党支部|支部|党组)?(?:书记)?(?:关于)?(?:年度|上半年|下半年)?(?:贯彻)?(?:落实)?"
)
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,8}?(?:[省市县区镇乡](?=.)|街道)")
_ENDINGS = (
    "报告",
    "总结",
    "提纲",
    "材料",
    "汇报",
    "专题",
    "调研",
    "调查",
    "述职",
    "述廉",
    "述德",
    "述法",
    "述责",
    "述学",
    "情况",
    "贯彻",
    "落实",
    "整改",
    "履职",
    "制度",
    "的",
)
_WHOSE = re.compile(
    r"(?:巡[视察]|审计|督查|督导|检查|考核|评议|反馈(?:意见|问题)?)整改$"
)  # 巡察 alone is another matter
_LONGEST_TITLE = 200  # characters looked at


@dataclass(frozen=True, slots=True)
class Wording:
    """How the facts of a section are joined: `lead` stands before two or more; `item` and `pair` have the slots {n}, {fact}, `pair` also {problem}."""

    lead: str = ""
    item: str = "{n}是{fact}"
    pair: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a built-in skeleton. `needs`: only where one of these words is said; `optional`: only where a fact has
    its purpose.
    """

    planned: Planned
    optional: bool = False
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Genre:
    """`openings` and `closings` have the slots {unit}, {period}, {audience}, {topic}; see `filled`."""

    name: str
    aliases: tuple[str, ...]
    titles: tuple[re.Pattern[str], ...]
    skeleton: tuple[Part, ...]
    openings: tuple[str, ...]
    closings: tuple[str, ...]
    wording: Mapping[Purpose, Wording]


@dataclass(frozen=True, slots=True)
class Topic:
    """What the work of an office is about: a heading, and the words that tell a fact of it."""

    heading: str
    words: tuple[str, ...]


@lru_cache(1)
def _read() -> tuple[tuple[Genre, ...], tuple[Topic, ...]]:
    records = tomllib.loads(files(__package__).joinpath(FILE_NAME).read_text(encoding="utf-8"))
    common = records["wording"]
    genres = tuple(_genre(record, common) for record in records["genre"])
    return genres, tuple(Topic(one["heading"], tuple(one["words"])) for one in records["topic"])


def _genre(record: Mapping[str, Any], common: Mapping[Purpose, Any]) -> Genre:
    own = record.get("wording", {})
    return Genre(
        name=record["name"],
        aliases=tuple(record["aliases"]),
        titles=tuple(re.compile(one) for one in record["titles"]),
        skeleton=tuple(
            Part(
                Planned(one["heading"], one.get("level", 1), one["purpose"]),
                one.get("optional", False),
                tuple(one.get("needs", ())),
            )
            for one in record["section"]
        ),
        openings=tuple(record["openings"]),
        closings=tuple(record["closings"]),
        wording=MappingProxyType(
            {key: Wording(**{**value, **own.get(key, {})}) for key, value in common.items()}
        ),
    )


def genres() -> tuple[Genre, ...]:
    return _read()[0]


def topics() -> tuple[Topic, ...]:
    return _read()[1]


def genre_of(name_or_title: str) -> Genre:
    """By its name, another name of it, or a title that names it; NoSuchGenre, whose hint names the known ones."""
    asked = name_or_title.strip()
    for genre in genres():
        if asked in {genre.name, *genre.aliases}:
            return genre
    named = genre_named(asked)
    if named is not None:
        return named
    loosely = [
        (len(alias), genre)
        for genre in genres()
        for alias in (genre.name, *genre.aliases)
        if asked.endswith(alias)
    ]
    if not loosely:
        known = "、".join(genre.name for genre in genres())
        raise NoSuchGenre(f"不认识的文种：{asked or '（空）'}。", hint=f"文种请写以下之一：{known}。")
    return max(loosely, key=lambda one: one[0])[1]


def genre_named(title: str) -> Genre | None:
    """The genre that a title names: the word for it stands at the end, before a year, brackets or 展示 at most.

    关于…述职评议的通知 is no 述职报告.
    """
    title = title[:_LONGEST_TITLE]
    found = [
        (match.end(), match.end() - match.start(), genre)
        for genre in genres()
        for pattern in genre.titles
        for match in pattern.finditer(title)
        if not _TAIL.sub("", title[match.end() :])
    ]
    return max(found, key=lambda one: one[:2])[2] if found else None


def topic_of(title: str, unit: str = "", period: str = "") -> str:
    """What a title is about, without whose it is, when, and its genre: 星湖社区2025年度党建工作情况报告 -> 党建工作."""
    bare = _without_unit(_TAIL.sub("", title[:_LONGEST_TITLE]), unit, genre_named(title))
    bare = bare.replace(period, "") if period else bare
    bare = _YEAR.sub("", bare)
    while ending := next((one for one in _ENDINGS if bare.endswith(one) and not _WHOSE.search(bare)), ""):
        bare = bare.removesuffix(ending)
    bare = _HEAD.sub("", bare)
    return "" if bare in {"工作", "年度", "年度工作"} else bare


def _without_unit(bare: str, unit: str, genre: Genre | None) -> str:
    """A survey is made by one office of others (青禾区社区党建工作调研报告), so its opening names none and the place stays."""
    if genre is not None and not any("{unit}" in one for one in genre.openings):
        return bare.partition(f"{unit}关于")[2] or bare
    for name in (unit, core(unit), re.sub(r"(?<=[市县区镇乡])委$", "", core(unit))):
        if len(name) > 1 and name in bare:
            return bare.partition(name)[2]  # 云岭市 before the unit's own name goes with it
    place = _PLACE.match(unit)
    return bare.removeprefix(place[0]) if place else bare  # 青禾区 of 青禾区机关党建: 青禾区机关工委 tells it


def filled(patterns: Iterable[str], slots: Mapping[str, str]) -> str:
    """The first pattern whose slots all have words, filled; "" where there is none."""
    for pattern in patterns:
        names = re.findall(r"\{(\w+)\}", pattern)
        if all(slots.get(name) for name in names):
            return re.sub(r"\{(\w+)\}", lambda match: slots[match[1]], pattern)
    return ""
