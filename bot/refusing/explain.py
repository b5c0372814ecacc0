"""What a reader is told with a refusal: what is missing, and what could be asked instead. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.answering.question import Asked, pairs_in, read_question
from bot.answering.wanted import figure_for, holds_form, kind_of
from bot.model import Quote
from bot.refusing.smalltalk import MAY_BE_ASKED
from bot.refusing.strength import missing_names, missing_times, missing_works, place_of, without_own
from bot.retrieval.lexicon import Lexicon
from ingest.model import Hit
from ingest.text import search_form, titled

_FIGURES = {
    "phone": "电话号码",
    "called": "名字",
    "frequency": "次数",
    "time": "期限或日期",
    "people": "人数",
    "figure": "数字",
}
OTHER_MATTERS = 0.08  # of the way from the level of unrelated questions to 1
_EDITION = re.compile(r"[（(][^（）()]*[）)]$")


def explain(
    question: str, hits: Sequence[Hit], lexicon: Lexicon | None = None, unrelated: float | None = None
) -> str:
    """What of the question the nearest texts do not have, and a question they would answer.

    `unrelated`: how near questions of other walks of life come; one that comes no nearer is of another walk of life.
    """
    if not hits:
        return "资料库里没有找到与这个问题有关的内容，请先导入相关文件，或换一种说法再问。"
    asked = read_question(without_own(search_form(question), hits), lexicon)
    works = missing_works(asked, hits)
    if works:
        return f"资料库里没有《{works[0]}》。下面列出最接近的内容，仅供参考；导入该文件后可以再问。"
    clauses = "条款" if all(hit.article for hit in hits) else "内容"
    absent = list(_absent(asked, hits, lexicon))
    nearest = max(hit.scores.get("dense", 0.0) for hit in hits)
    if unrelated is not None and nearest < unrelated + OTHER_MATTERS * (1 - unrelated):
        speaks = f"，也没有提到{_listed(absent)}" if absent else ""
        return f"资料库里没有与这个问题有关的内容{speaks}。{MAY_BE_ASKED}"
    if absent:
        why = f"资料库里没有找到足以回答的依据：最接近的{clauses}没有提到{_listed(absent)}。"
    elif (figure := _figure_missing(asked, hits)) is not None:
        why = f"资料库里没有找到足以回答的依据：最接近的{clauses}没有写{figure}。"
    else:
        why = f"资料库里没有找到能直接回答这个问题的{clauses}。"
    return f"{why}下面列出最接近的内容，仅供参考；{_suggestion(hits[0])}"


def _listed(words: Sequence[str]) -> str:
    return "、".join(f"“{word}”" for word in words[:3])


def _absent(asked: Asked, hits: Sequence[Hit], lexicon: Lexicon | None) -> Iterator[str]:
    """Bodies and places, years, and the content words that the nearest texts do not have; each once."""
    quotes = [Quote(hit, hit.text, hit.start, hit.end, hit.score) for hit in hits]
    named = [*missing_names(asked, hits), *missing_times(asked.form, quotes)]
    found = pairs_in("\n".join(place_of(hit) + hit.text for hit in hits), lexicon)
    strange = [
        part
        for part in asked.parts
        if len(part) > 1 and _strange(part, found) >= max(1, (len(part) - 1) // 2)
    ]
    yield from dict.fromkeys((*named, *(part for part in strange if not any(one in part for one in named))))


def _figure_missing(asked: Asked, hits: Sequence[Hit]) -> str | None:
    """The kind of figure that is asked for, where none of the nearest texts has one."""
    figure = figure_for(asked.form)
    if figure is None or any(holds_form(figure, search_form(hit.text)) for hit in hits[:3]):
        return None
    return _FIGURES.get(kind_of(asked.form) or "", "数字")


def _suggestion(hit: Hit) -> str:
    """A question that the nearest text answers, in words that are there."""
    title = _EDITION.sub("", hit.title)
    title = title if "《" in title else titled(title)
    if hit.article:
        return f"可以改问：“{title}{hit.article}是怎么规定的？”"
    heading = (
        re.sub(r"^[\s#（(一二三四五六七八九十\d）)、.．]+", "", hit.heading_path[-1]).strip()
        if hit.heading_path
        else ""
    )
    if 2 <= len(heading) <= 24:
        return f"可以改问：“{title}里{heading}是怎么写的？”"
    return "可以换一种更具体的说法再问。"


def _strange(part: str, found: frozenset[str]) -> int:
    """The longest run of neighbouring pairs of a content word that are not found; an absent figure counts 1."""
    if part[0].isascii():
        return int(part not in found)
    longest = run = 0
    for at in range(len(part) - 1):
        run = 0 if part[at : at + 2] in found else run + 1
        longest = max(longest, run)
    return longest
