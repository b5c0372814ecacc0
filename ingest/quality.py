"""How well a document was read, and why a person should look at it. Pure; the figures are measured in docs/intake.md."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.model import REPLACEABLE_KINDS, Block, Description, Dropped, Parsed, Quality, Section
from ingest.pages import named
from ingest.text import article_label, parse_number

# Of 1,700 real documents none has more than 0.01 %. One character in 200 is a broken one in every seven full lines.
MOST_UNREADABLE = 0.005
LEAST_UNREADABLE = 3  # characters: a short text with one odd sign is no damage
LEAST_CONFIDENCE = 0.80  # of OCR: below it most lines hold a wrong character (as `ingest.parse.ocr.DOUBTFUL`)
# Adverts were 2.2 % of the worst real document; a header and a number on each page of 600 characters are as much.
MOST_DROPPED = 0.15
LEAST_DROPPED = 200  # characters: of a one-page form half may be furniture
_NAMED = 10  # articles or pages named in a reason

# What no document holds: replacement marks, glyphs of a private font (one alone of the symbol fonts' block is a
# bullet or a box to tick), control and non-characters.
_BROKEN = re.compile(
    r"[\uf020-\uf0ff]{2,}|[\ufffd\ue000-\uf01f\uf100-\uf8ff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufff0-\ufffb\ufffe\uffff\U000f0000-\U0010ffff]"
)
_MISREAD = re.compile("锟斤拷|锟斤|斤拷|烫烫|屯屯")  # what U+FFFD and unset memory become when read as GBK
# UTF-8 read as Latin-1: letters with marks that stand together, or beside no letter of a Latin word.
_LATIN_JUNK = re.compile(
    r"[\u00a1-\u00a6\u00a8-\u00af\u00b2-\u00b6\u00b8-\u00d6\u00d8-\u00f6\u00f8-\u00ff]{3,}"
)
_MARKED = re.compile(
    r"(?<![A-Za-z\u00c0-\u024f])[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff](?![A-Za-z\u00c0-\u024f])"
)
_ARTICLE = re.compile(r"第(.+)条(?:之(.+))?")
# How a text ends that goes on elsewhere: with a comma, or inside its last article (自…起施行, 至…为止 are whole).
_CUT_OFF = re.compile(r"(?:^|\n)(?:[^\n]*[，、]|\s*第[^\s条]{1,9}条[^\n]*[^\n。；！？.）)》”’…行止])\s*$")
# A part of a code, which is kept file by file, counts on from the part before.
_PART_OF_CODE = re.compile(r"^\s*(?:\S{1,12}编(?:\s.{0,20})?|附\s*则)\s*$", re.MULTILINE)
# Such a text holds only some articles of a regulation.
_EXCERPT = re.compile(
    r"修正案|摘编|摘录|节选|选编|解读|释义|问答|修改.{0,30}的决定|废止.{0,30}的决定|条文对照|案例"
)


def quality(
    parsed: Parsed,
    text: str,
    blocks: Sequence[Block],
    dropped: Sequence[Dropped],
    sections: Sequence[Section],
    description: Description,
) -> Quality:
    """The report on a document that was read as `parsed` and cleaned to `text`."""
    visible = len("".join(text.split()))
    bad = unreadable(text)
    pages = parsed.properties.get("ocr_pages", "")
    confidence = parsed.properties.get("ocr_confidence")
    doubtful = tuple(int(page) for page in parsed.properties.get("ocr_doubtful", "").split(",") if page)
    by_reason: Counter[str] = Counter()
    for one in dropped:
        by_reason[one.reason] += len("".join(one.text.split()))
    missing = _missing_articles(text, sections, description)
    silent = _silent_pages(parsed)
    mean = float(confidence) if confidence else None
    check = (
        *_unreadable_reason(bad, visible),
        *_ocr_reason(mean, doubtful),
        *_covered_reason(parsed),
        *([f"{named(silent, _NAMED)}没有读出文字，请对照原件看是不是空白页"] if silent else []),
        *(
            [f"条文编号不连续，缺{_listed(missing)}；可能是漏条、错字，或几条没有分行，请对照原文"]
            if missing
            else []
        ),
        *(["文末断开，后面可能缺内容，请对照原文"] if _is_cut_off(text, sections) else []),
        *_dropped_reason(by_reason, visible),
    )
    return Quality(
        unreadable=round(bad / visible, 6) if visible else 0.0,
        ocr_pages=len(pages.split(",")) if pages else 0,
        ocr_confidence=mean,
        silent_pages=silent,
        missing_articles=missing,
        tables=_tables(blocks),
        dropped=dict(by_reason),
        check=check,
    )


def unreadable(text: str) -> int:
    """How many characters are no text."""
    found = sum(map(len, _BROKEN.findall(text)))
    if "锟" in text or "烫烫" in text or "屯屯" in text or "斤拷" in text:
        found += sum(map(len, _MISREAD.findall(text)))
    rest, junk = _LATIN_JUNK.subn("", text)
    if junk:
        found += len(text) - len(rest)
    return found + len(_MARKED.findall(rest))


def _unreadable_reason(bad: int, visible: int) -> Iterator[str]:
    if bad >= LEAST_UNREADABLE and bad > MOST_UNREADABLE * visible:
        yield f"有 {bad} 个字符无法辨认（占 {bad / visible:.1%}），请对照原件或换一份文件"


def _ocr_reason(mean: float | None, doubtful: tuple[int, ...]) -> Iterator[str]:
    if doubtful:
        yield f"{named(doubtful, _NAMED)}文字识别的置信度低于 {LEAST_CONFIDENCE:.2f}，可能有错字，请对照原件"
    elif mean is not None and mean < LEAST_CONFIDENCE:
        yield f"文字识别的平均置信度只有 {mean:.2f}，可能有错字，请对照原件"


def _dropped_reason(by_reason: Counter[str], visible: int) -> Iterator[str]:
    gone = by_reason.total()
    if gone >= LEAST_DROPPED and gone > MOST_DROPPED * (gone + visible):
        yield f"清理掉 {gone} 个字（占 {gone / (gone + visible):.0%}），请看清理掉的内容里有没有正文"


def _covered_reason(parsed: Parsed) -> Iterator[str]:
    if pages := tuple(int(page) for page in parsed.properties.get("covered_pages", "").split(",") if page):
        yield f"{named(pages, _NAMED)}是整页图片，只读出图片外的几个字，请对照原件"


def _silent_pages(parsed: Parsed) -> tuple[int, ...]:
    """Pages without text before the last one that has some: blank sheets at the end are none's loss."""
    told = {block.page for block in parsed.blocks if block.page is not None}
    return tuple(page for page in range(1, max(told, default=0)) if page not in told)


def _missing_articles(text: str, sections: Sequence[Section], description: Description) -> tuple[str, ...]:
    """Labels absent from 第一条 … 第N条, in each part that counts anew; () for texts that hold only some articles."""
    whole = description.kind in REPLACEABLE_KINDS and description.kind != "法规摘编"
    articles = [(section, _number(section)) for section in sections if section.kind == "article"]
    if not whole or not articles or _EXCERPT.search(description.title):
        return ()
    runs: list[set[int]] = [set()]
    for _, (number, sub) in articles:
        if number == 1 and not sub and runs[-1]:
            runs.append(set())
        if not sub:  # 第十二条之一 stands after 第十二条, and not in its place
            runs[-1].add(number)
    part = _PART_OF_CODE.search(text[: articles[0][0].start])
    first = min(runs[0], default=1) if part else 1
    return tuple(
        article_label(number)
        for at, run in enumerate(runs)
        for number in range(1 if at else first, max(run, default=0))
        if number not in run
    )


def _is_cut_off(text: str, sections: Sequence[Section]) -> bool:
    """Of regulations only: reports and tables end in many ways."""
    articles = sum(section.kind == "article" for section in sections)
    return articles >= 3 and _CUT_OFF.search(text[-2000:]) is not None


def _number(section: Section) -> tuple[int, bool]:
    """Of an article: its number, and whether it is a 之一."""
    label = _ARTICLE.fullmatch(section.label or "")
    number = parse_number(label[1]) if label else None
    return (0, True) if label is None or number is None else (number, label[2] is not None)


def _tables(blocks: Sequence[Block]) -> int:
    """How many stretches of table rows there are."""
    kinds = [block.kind == "row" for block in blocks]
    return sum(row and not before for before, row in zip([False, *kinds], kinds, strict=False))


def _listed(labels: Sequence[str]) -> str:
    listed = "、".join(labels[:_NAMED])
    return listed if len(labels) <= _NAMED else f"{listed}等 {len(labels)} 条"
