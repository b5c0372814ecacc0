"""发展党员有哪些程序: where a whole regulation is the procedure, its chapters are the stages. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.answering.passage import Unit
from bot.answering.question import Asked, pairs_of
from bot.retrieval.lexicon import spoken
from ingest.errors import KnowledgeBaseError
from ingest.model import Hit
from ingest.text import NUMERAL, search_form, sentences

SPEAKS = 0.9  # of the words that the nearest sentence shares with a chapter's heading
FEWEST = 3  # stages; less is no procedure of its own
MOST_FOUND = 10  # hits whose regulations are looked at
_CHAPTER = re.compile(rf"^[# 　]*第[{NUMERAL}]+章[ 　]*([^\n]+)$", re.MULTILINE)
_ARTICLE = re.compile(rf"^[# 　]*(第[{NUMERAL}]+条(?:之[{NUMERAL}]+)?)[ 　]*", re.MULTILINE)
_GENERAL = re.compile(r"总则|附则|领导|保障|纪律|监督|责任|其他|管理体制|指导思想|原则")
_LINKS = re.compile(r"[的和与及、]")
_NAME = re.compile(
    r"^(?:中华人民共和国|中国共产党)|(?:工作)?(?:细则|条例|规定|规程|规则|办法|程序)(?:[(（].*)?$"
)
_WHOLE = re.compile(r"程序|步骤|流程|阶段|环节|手续")


def stages(asked: Asked, hits: Sequence[Hit], text_of: Callable[[str], str]) -> list[Unit]:
    """Each chapter's heading with the sentence that opens its matter, in order; empty unless the regulation is about
    just what is asked (发展党员工作细则 of 发展党员) and has chapters that are stages of it.
    """
    if not _WHOLE.search(asked.form) or asked.kind != "procedure":
        return []
    parts = {_topic(part) for part in asked.parts} - {""}
    if len(parts) != 1:
        return []
    topics = parts | {
        word
        for said, entry in spoken(asked.form, asked.lexicon)
        if _topic(said) in parts
        for word in entry.means
    }
    for hit in hits[:MOST_FOUND]:
        if hit.in_force and hit.article and topics & {_NAME.sub("", _NAME.sub("", search_form(hit.title)))}:
            found = _chapters(hit, text_of)
            if sum(one.hit.article is None for one in found) >= FEWEST:
                return found
    return []


def _topic(words: str) -> str:
    return re.sub(r"(?:的|工作)$", "", _WHOLE.sub("", words.replace(".", "")))


def _chapters(hit: Hit, text_of: Callable[[str], str]) -> list[Unit]:
    try:
        text = text_of(hit.document_id)
    except (KeyError, KnowledgeBaseError):
        return []
    heads = list(_CHAPTER.finditer(text))
    units: list[Unit] = []
    for at, head in enumerate(heads):
        end = heads[at + 1].start() if at + 1 < len(heads) else len(text)
        articles = list(_ARTICLE.finditer(text, head.end(), end))
        if articles and not _GENERAL.search(head[1]):  # a table of contents has no articles
            units += _stage(hit, text, head, articles, end)
    return units


def _stage(
    hit: Hit, text: str, head: re.Match[str], articles: Sequence[re.Match[str]], end: int
) -> list[Unit]:
    """The heading; and the first sentence, of those that open an article, that speaks of the heading's matter."""
    title = head[0].strip("# \t\r\n　")
    start = head.start() + head[0].index(title)
    chapter = _part(hit, text, None, title, start, end)
    wanted = {pair for word in _LINKS.split(head[1]) for pair in pairs_of(word or " ")}
    opening: list[tuple[int, Unit]] = []
    for at, one in enumerate(articles[: (len(articles) + 1) // 2]):  # a chapter opens with its matter
        stop = articles[at + 1].start() if at + 1 < len(articles) else end
        for a, b in sentences(text, one.end(), stop)[:1]:
            if text[b - 1] not in "：:":
                article = _part(hit, text, one[1], title, one.start(), stop)
                shared = sum(pair in text[a:b] for pair in wanted)
                opening.append((shared, Unit(article, ((a, b),), (text[a:b],))))
    most = max((shared for shared, _ in opening), default=0)
    first = next((unit for shared, unit in opening if shared >= SPEAKS * most), None) if most else None
    heading = Unit(chapter, ((start, start + len(title)),), (title,))
    return [heading, *([first] if first else [])]


def _part(hit: Hit, text: str, article: str | None, title: str, start: int, end: int) -> Hit:
    end = start + len(text[start:end].rstrip())
    return replace(
        hit,
        article=article,
        heading_path=(title,),
        start=start,
        end=end,
        section_start=start,
        section_end=end,
        text=text[start:end],
    )
