"""What a document is - title, kind, dates, version - read from its own head and its file name.

A manifest entry overrides anything (see `overridden`). Nothing is guessed from body text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath

from ingest.model import Block, Description
from ingest.text import parse_number

_HEAD_CHARACTERS = 1500
_KINDS = (
    ("党章", r"章程|党章"), ("准则", r"准则"), ("条例", r"条例"), ("规定", r"规定"), ("办法", r"办法"), ("规则", r"规则"),
    ("细则", r"细则"), ("规程", r"规程"), ("法律", r"法(?:典|（.*）)?"), ("司法解释", r"解释"), ("通知", r"通知"),
    ("意见", r"意见"), ("决定", r"决定"), ("述职报告", r"述[职责].*报告"), ("调研报告", r"调研.*报告"),
    ("落实情况报告", r"落实情况.*报告"), ("汇报提纲", r"汇报.*提纲|汇报材料"), ("年度工作报告", r"工作(?:情况)?(?:报告|总结)"),
    ("办事指南", r"指南|手册"), ("工作要点", r"要点|思路|计划|方案"), ("情况报告", r"报告|汇报"),
)  # fmt: skip
_TITLE_END = r"(?:章程|准则|条例|规定|办法|规则|细则|规程|法典?|解释|通知|意见|决定|决议|公报|报告|提纲|总结|指南|方案|要点|摘编|体系|指示|讲话|汇报|编)"
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,8}[〔\[（【﹝(]\s*((?:19|20)\d{2})\s*[〕\]）】﹞)]\s*(\d{1,4})\s*号")
_DATE = re.compile(
    r"((?:19|20)\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日|([二一][〇○零一二三四五六七八九]{3})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_EFFECTIVE = re.compile(r"施行|实施|执行|生效")
# A press introduction (近日，中共中央印发了《…》) or its headline; 关于印发《…》的通知 is a notice of its own.
_ANNOUNCED = re.compile(
    r"(?<!关于)(?:印发|发布|公布)了?(?:修订后的)?《([^》]{4,40}(?:条例|准则|规定|办法|规则|细则)(?:（[^）]*）)?)》(?!的)"
)
_STRUCTURE = re.compile(
    r"\s*(?:第[零〇一二三四五六七八九十百千\d]+\s*[编章节条]|总\s*[则纲]|目\s*录|[一二三四五六七八九十]+、|[（(])"
)


def describe(
    text: str, blocks: Sequence[Block], source: str, manifest: Mapping[str, object] | None = None
) -> Description:
    """The description of a cleaned document; `manifest` is its entry of manifest.toml, if any."""
    stem = PurePosixPath(source).stem
    title = _title(text, blocks) or _stem_title(stem)
    issued, effective = _dates(text[:_HEAD_CHARACTERS], stem)
    number = _NUMBER.search(text[:_HEAD_CHARACTERS])
    found = Description(
        title=title,
        kind=_kind(title),
        number=re.sub(r"\s", "", number[0]) if number else None,
        issued=issued,
        effective=effective,
        version=_version(stem, issued),
    )
    return overridden(found, manifest or {})


def overridden(found: Description, manifest: Mapping[str, object]) -> Description:
    """`found` with what the manifest says: title, work, kind, issuer, number, date, effective, version, status."""
    changes: dict[str, object] = {
        ours: manifest[theirs]
        for theirs, ours in (
            ("title", "title"), ("work", "work"), ("kind", "kind"), ("issuer", "issuer"), ("number", "number"),
            ("date", "issued"), ("effective", "effective"), ("repealed", "repealed"), ("version", "version"), ("note", "note"),
        )
        if theirs in manifest
    }  # fmt: skip
    if "status" in manifest:
        changes["in_force"] = manifest["status"] in ("现行", "现行有效", "试行")
    return replace(found, **changes)  # type: ignore[arg-type]


def work_key(description: Description, source: str) -> str:
    """What versions of one work have in common: the name without issuer, year, and marks of a copy.

    A file name such as 党章_2017修改_截断 names the work before the year; else the title does.
    """
    named = re.match(r"(.+?)_(?:19|20)\d{2}", PurePosixPath(source).stem)
    name = description.work or (named[1] if named else description.title)
    name = re.sub(
        r"[（(][^（）()]*(?:\d{4}|修[订改正]|[试暂]行|印发|版)[^（）()]*[）)]|_[试暂]行|\d{4}\s*年?(?:版|修[订改正])?",
        "",
        name,
    )
    name = re.sub(r"^(?:关于|中共中央|中国共产党|中华人民共和国|党员)+|[《》\s]", "", name)
    return {"党章": "章程"}.get(name, name) or description.title


def _title(text: str, blocks: Sequence[Block]) -> str | None:
    if blocks and blocks[0].kind == "heading":
        return _tidy(text[blocks[0].start : blocks[0].end])
    lines = [text[block.start : block.end].strip() for block in blocks[:6]]
    lines = [line for line in lines if line and not re.fullmatch(rf"{_NUMBER.pattern}|来源.{{0,20}}", line)]
    if not lines:
        return None
    announced = _ANNOUNCED.search(lines[0])
    if announced:
        return announced[1]
    if lines[0].endswith(("。", "：")) or len(lines[0]) > 60 or _STRUCTURE.match(lines[0]):
        return None
    first = lines[0]
    if not re.search(_TITLE_END + r"(?:（[^）]*）)?》?$", first) and len(lines) > 1:
        second = lines[1]
        if (
            len(second) < 40
            and re.search(_TITLE_END + r"(?:（[^）]*）)?》?$", second)
            and not _STRUCTURE.match(second)
        ):
            first = second if second.startswith("《") else first + second
    return _tidy(first)


def _tidy(title: str) -> str:
    title = re.sub(r"(?<=[\u3000-\u9fff（）])[ \t\u3000]+(?=[\u3000-\u9fff（）])", "", title.strip())
    inner = re.fullmatch(r"《([^《》]+)》", title)
    return inner[1] if inner else title


def _stem_title(stem: str) -> str:
    """公务员法(2018-12-29) and 党内监督条例_2016 name the document before the date."""
    return re.sub(r"[(（](?:19|20)\d{2}-\d{2}-\d{2}[)）]$|_(?:19|20)\d{2}.*$", "", stem) or stem


def _kind(title: str) -> str:
    bare = re.sub(r"[（(][^（）()]*[）)]$|要点摘编$", "", title).strip("《》 ")
    for kind, ending in _KINDS:
        if re.search(rf"(?:{ending})$", bare):
            return kind
    return "其他"


def _dates(head: str, stem: str) -> tuple[date | None, date | None]:
    """The latest date of issue and of coming into force that stand in the lines before the first article."""
    issued: date | None = None
    effective: date | None = None
    for line in head.split("\n")[:40]:
        if _STRUCTURE.match(line) and not line.lstrip().startswith(("（", "(")):
            break
        for match in _DATE.finditer(line):
            day = _day(match)
            if day is None:
                continue
            after = re.split(r"[，。；　]|(?=\d{4}年)", line[match.end() :], maxsplit=1)[0]
            if _EFFECTIVE.search(after) or line[max(0, match.start() - 1) : match.start()] == "自":
                effective = max(effective, day) if effective else day
            else:
                issued = max(issued, day) if issued else day
    named = re.search(r"((?:19|20)\d{2})-(\d{2})-(\d{2})", stem)
    if issued is None and named:
        issued = _real_date(*(int(part) for part in named.groups()))
    return issued, effective


def _day(match: re.Match[str]) -> date | None:
    if match[1]:
        return _real_date(int(match[1]), int(match[2]), int(match[3]))
    numbers = [parse_number(part) for part in match.group(4, 5, 6)]
    return _real_date(*numbers) if all(numbers) else None  # type: ignore[arg-type]


def _real_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _version(stem: str, issued: date | None) -> str | None:
    named = re.search(r"(?<!\d)((?:19|20)\d{2})(?!\d)", stem)
    year = named[1] if named else str(issued.year) if issued else None
    return f"{year}年" if year else None
