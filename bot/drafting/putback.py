"""Corrections of the exported text put back into the draft: into its sentences, its headings and its title. Pure.

A corrected sentence keeps the grounds that it had; a figure that the correction brings in and no ground carries is told as
one that was filled in by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.drafting.counting import counted
from bot.drafting.editing import by_hand, stock_for, told
from bot.drafting.model import Draft, DraftSentence
from bot.drafting.numbering import labels

Edit = tuple[int, int, str]  # text[start:end] becomes these words


@dataclass(frozen=True, slots=True)
class _Slot:
    """What `text[start:start + len(words)]` is in the draft: a sentence, or a heading (`paragraph` -1), or the title (`at` -1)."""

    start: int
    words: str
    at: int = -1
    paragraph: int = -1
    sentence: int = -1


def put_back(draft: Draft, text: str, edits: Sequence[Edit]) -> tuple[Draft, int]:
    """The draft with the edits of its exported text made in it, and how many found their place.

    An edit that reaches over two sentences, or stands in what the request says (audience, signature), is left out.
    """
    made = 0
    for slot in sorted(_slots(draft, text), key=lambda one: -one.start):
        end = slot.start + len(slot.words)
        mine = [one for one in edits if slot.start <= one[0] and one[1] <= end]
        words = slot.words
        for start, stop, instead in sorted(mine, reverse=True):
            words = f"{words[: start - slot.start]}{instead}{words[stop - slot.start :]}"
        if words != slot.words:
            draft, made = _changed(draft, slot, words), made + len(mine)
    return counted(draft, stock_for(draft).calculations), made


def _slots(draft: Draft, text: str) -> Iterator[_Slot]:
    at = text.find(draft.request.title)
    if at >= 0:
        yield _Slot(at, draft.request.title)
    at = max(at, 0)
    numbers = labels(section.planned for section in draft.sections)
    for n, (section, number) in enumerate(zip(draft.sections, numbers, strict=True)):
        heading = section.planned.heading
        found = text.find(number + heading, at) if heading else -1
        if found >= 0:
            yield _Slot(found + len(number), heading, n)
            at = found + len(number + heading)
        for which, paragraph in enumerate(section.paragraphs):
            start = text.find("".join(one.text for one in paragraph), at)
            for place, sentence in enumerate(paragraph if start >= 0 else ()):
                yield _Slot(start, sentence.text, n, which, place)
                start += len(sentence.text)
            at = max(at, start)


def _changed(draft: Draft, slot: _Slot, words: str) -> Draft:
    if slot.at < 0:
        return replace(draft, request=replace(draft.request, title=words))
    section = draft.sections[slot.at]
    if slot.paragraph < 0:
        fresh = replace(section, planned=replace(section.planned, heading=words))
    else:
        paragraphs = [list(one) for one in section.paragraphs]
        draft, paragraphs[slot.paragraph][slot.sentence] = _sentence(
            draft, paragraphs[slot.paragraph][slot.sentence], words
        )
        kept = (tuple(one for one in paragraph if one.text.strip()) for paragraph in paragraphs)
        fresh = replace(section, paragraphs=tuple(filter(None, kept)))
    return replace(draft, sections=(*draft.sections[: slot.at], fresh, *draft.sections[slot.at + 1 :]))


def _sentence(draft: Draft, before: DraftSentence, words: str) -> tuple[Draft, DraftSentence]:
    again = told(before, words, draft, stock_for(draft))
    return (draft, again) if again.text == words else by_hand(draft, words, [before])
