"""The secrecy gate: marks of secrecy (定密标志) where the rules put them, and never talk about secrecy. Pure functions.

A mark stands in the head of a document (版头), on a line of its own, or in brackets at the beginning or end of a
paragraph. Screen the text as parsed, before cleaning: a mark that repeats on every page looks like a page header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.marks import (
    ADVERT,
    BARE,
    BODY_END,
    BRACKETED,
    COMPOUND,
    DEFINED,
    EXAMPLE,
    FURNITURE,
    INTERNAL,
    LABEL_ONLY,
    LABELLED,
    LEADS,
    LEVELS,
    NUMBERED,
    PRECEDED,
    QUIZ,
    REGISTERED,
    SAMPLE,
    STARRED,
    TALK,
    TALK_HEAD,
    TICKED,
    TRAILS,
    VERTICAL,
    Folded,
    fold,
)
from ingest.model import Block

_HEAD_LINES = 20
_REGISTER_REACH = 6  # lines from a mark down to the 文号 of its document
_LONGEST_HEAD_LINE = 60
_HINT = re.compile("密|㊙|[内內][ \t\u3000]*部|[党機机][内內关關](?:文件|[资資]料)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of secrecy: `text[start:end] == wording`; `page` is 1-based or None where the format has none."""

    kind: str  # 绝密 | 机密 | 秘密 | 内部
    wording: str
    page: int | None
    start: int
    end: int


def secrecy_marks(text: str, blocks: Sequence[Block]) -> tuple[Mark, ...]:
    """The marks of secrecy in `text`, in reading order; () for a document that may be indexed.

    Without blocks every line counts as one. A mark that is found makes the whole document secret.
    """
    if not _HINT.search(text):
        return ()
    lines = list(_lines(text, blocks))
    head = _head_length(lines)
    found = []
    for at, line in enumerate(lines):
        if not line.form:
            continue
        inside = at < head
        span = (
            _starred(line, lines, at, inside)
            or _in_brackets(line, inside)
            or _labelled(line, lines, at, inside)
            or _bare(line, lines, at, inside)
            or (_internal(line) if inside else None)
        )
        if span:
            kind, begin, end = span
            start, stop = line.places[begin], line.places[end - 1] + 1
            found.append(Mark(kind, text[start:stop], line.page, start, stop))
    return tuple(found)


def _lines(text: str, blocks: Sequence[Block]) -> Iterator[Folded]:
    """Lines that are not blank; folded only where they may hold a mark or stand beside one."""
    spans = [(b.start, b.end, b.page) for b in blocks] or [(0, len(text), None)]
    count = 0
    for first, end, page in spans:
        start = first
        while start < end:
            stop = text.find("\n", start, end)
            stop = end if stop < 0 else stop
            if text[start:stop].strip():
                hinted = bool(_HINT.search(text, start, stop))
                yield fold(text, start, stop, page, hinted or count < _HEAD_LINES)
                count += 1
            start = stop + 1


def _head_length(lines: Sequence[Folded]) -> int:
    """How many lines from the top may still be 版头: up to the first that reads like the body, on the first page."""
    for at, line in enumerate(lines[:_HEAD_LINES]):
        if line.page != lines[0].page:
            return at
        advert = ADVERT.search(line.form)
        if not advert and not LABEL_ONLY.fullmatch(line.form):
            if len(line.form) > _LONGEST_HEAD_LINE:
                return at
            if line.form.endswith(BODY_END):
                return at + 1
    return min(len(lines), _HEAD_LINES)


Found = tuple[str, int, int] | None


def _starred(line: Folded, lines: Sequence[Folded], at: int, inside: bool) -> Found:
    """机密★1年 on a line of its own, wherever it stands: compilations carry marks far from the first page."""
    for match in STARRED.finditer(line.form):
        begin, end = match.span("mark")
        lead, rest = line.form[: match.start()], line.form[match.end() :]
        weak = match["weak"] is not None
        gap = line.gaps[match.start()]
        if lead and not LEADS.fullmatch(lead) and not (inside and gap >= 2 and _plain(lead)):
            continue
        if rest and not TRAILS.fullmatch(rest):
            wide = line.gaps[match.end()] >= 2
            if EXAMPLE.search(rest) or not _plain(rest) or (weak and not wide):
                continue
        if _among_examples(lines, at):
            continue
        return _kind(match["level"]), begin, end
    return None


def _plain(words: str) -> bool:
    return len(words) <= 40 and not re.search(r"[,。;!?、“”\"']", words)


def _is_talk(words: str) -> bool:
    return bool(not _plain(words) or TALK.search(words) or QUIZ.search(words))


def _kind(level: str) -> str:
    return "内部" if level.startswith(("工作", "内部")) else level[:2]


def _among_examples(lines: Sequence[Folded], at: int) -> bool:
    """Whether the line is shown as a sample: introduced by 例如：, or one of a list of all three levels."""
    if (
        at
        and lines[at - 1].ends_with_colon
        and re.search("[如例]|标[志识注明]|格式|形式|样式", lines[at - 1].raw)
    ):
        return True
    if any(SAMPLE.search(one.form) and len(one.form) < 30 for one in lines[max(0, at - 4) : at]):
        return True
    around = (one.form for one in lines[max(0, at - 2) : at + 3])
    starts = {match[1][:2] for form in around if (match := LEVELS.match(form))}
    return len(starts) == 3


def _in_brackets(line: Folded, inside: bool) -> Found:
    """（秘密） or (机密★1年) where a paragraph begins or ends."""
    for match in BRACKETED.finditer(line.form):
        lead = NUMBERED.sub("", line.form[: match.start()])
        rest = line.form[match.end() :].rstrip("。")
        if lead and rest:
            continue
        words, starred = lead or rest, match["star"] is not None
        if TALK.search(words) if starred else (TALK.search(words) or QUIZ.search(words)):
            continue
        if not words and not starred and not inside:
            continue
        if lead and (PRECEDED.search(lead) and not starred):
            continue
        if rest and (COMPOUND.match(rest) or (not starred and DEFINED.match(rest))):
            continue
        return (_kind(match["level"]), match.start(), match.end())
    return None


def _labelled(line: Folded, lines: Sequence[Folded], at: int, inside: bool) -> Found:
    """密级：机密 in the head, or a form with one level ticked."""
    if not (inside or _registered(lines, at)) or _among_examples(lines, at):
        return None
    match = LABELLED.fullmatch(line.form) or TICKED.search(line.form)
    return (_kind(match["level"]), *match.span("mark")) if match else None


def _registered(lines: Sequence[Folded], at: int) -> bool:
    """Whether a 文号 follows shortly: then this is the head of a further document in the same file."""
    return any(REGISTERED.search(one.raw) for one in lines[at + 1 : at + 1 + _REGISTER_REACH])


def _bare(line: Folded, lines: Sequence[Folded], at: int, inside: bool) -> Found:
    """机密 without a star: only in a head, alone on its line or beside other furniture of the head."""
    match = BARE.search(line.form)
    if match is None:
        return _vertical(line, lines, at) if inside else None
    lead, rest = line.form[: match.start()], line.form[match.end() :]
    if not (inside or (not lead and not rest and _registered(lines, at))):
        return None
    far = not lead or LEADS.fullmatch(lead) or line.gaps[match.start()] >= 4
    if not far or (lead and not LEADS.fullmatch(lead) and _is_talk(lead)):
        return None
    if rest and not FURNITURE.fullmatch(rest):
        gap = line.gaps[match.end()]
        inner = line.gaps[match.end() + 1] if len(rest) > 1 else 0
        enough = 1 if TRAILS.fullmatch(rest) else 2
        if gap < enough or gap <= inner or _is_talk(rest) or COMPOUND.match(rest):
            return None
    following = lines[at + 1].form if at + 1 < len(lines) else ""
    others = {one[1][:2] for near in lines[max(0, at - 2) : at + 3] if (one := LEVELS.match(near.form))}
    if (
        len(others) > 1
        or DEFINED.match(following)
        or any(TALK_HEAD.search(one.form) and not LABEL_ONLY.fullmatch(one.form) for one in lines[:at])
    ):
        return None
    return _kind(match["level"]), *match.span("mark")


def _vertical(line: Folded, lines: Sequence[Folded], at: int) -> Found:
    """机 and 密 one above the other; the span is that of the upper line."""
    below = lines[at + 1].form if at + 1 < len(lines) else ""
    if VERTICAL.fullmatch(line.form + below) and len(line.form) == 1:
        return line.form + "密", 0, 1
    return None


def _internal(line: Folded) -> Found:
    """内部资料 注意保存; the same words from a site that sells papers are an advert."""
    if ADVERT.search(line.form):
        return None
    match = INTERNAL.fullmatch(line.form)
    return ("内部", *match.span("mark" if match["mark"] else "titled")) if match else None
