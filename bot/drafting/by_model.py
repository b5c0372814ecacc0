"""A section with a model: it writes from the same facts and passages, and every sentence is checked before anyone sees it.

What no fact and no passage carries is dropped, with the reason; a figure without ground becomes 〔待核实〕; a fact that the
model left out is put behind, in its own words. No network here: `say` is handed in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from bot.drafting.figures.lead import lead_of
from bot.drafting.figures.reading import figures_in
from bot.drafting.grounds import Grounds, carried, grounds_of
from bot.drafting.joined import TOGETHER
from bot.drafting.model import PENDING, Beside, DraftSentence, Fact, Planned, Request, Section
from bot.drafting.prompt import section_prompt
from bot.drafting.stock import Stock
from bot.llm.evidence import Withheld
from bot.llm.masking import Say
from bot.llm.prompt import Prompt
from bot.llm.stream import Said, sentences_in
from bot.verify.daywords import days_in_words

_MOST_READ = 60  # sentences of one section; who writes on after that writes for ever
_EXAMPLES = 2  # earlier passages of the unit itself that show how it words things
_MARK = re.compile(re.escape(PENDING))


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence of the draft, or why it is none."""

    sentence: DraftSentence | None
    reason: str = ""


def written(
    request: Request,
    planned: Planned,
    facts: Sequence[Fact],
    beside: Sequence[Beside],
    stock: Stock,
    characters: int,
    *,
    say: Say,
    withheld: Withheld,
) -> Section:
    """The section in the model's words, as far as they are carried. Raises what `say` raises (ModelFailed)."""
    sent = [one for one in grounds_of(facts, beside, stock.rows) if not _kept_back(one, withheld)]
    kept: list[DraftSentence] = []
    dropped: list[tuple[str, str]] = []
    prompt = section_prompt(request, planned, sent, _examples(beside, withheld), characters)
    for said in _said(prompt, say):
        checked = _checked(said, sent, stock)
        if checked.sentence is None:
            dropped.append((said.text, checked.reason))
        elif checked.sentence.text not in {one.text for one in kept}:
            kept.append(checked.sentence)
    told = {n for one in kept for n in one.facts}
    left = [
        stock.sentence(_ended(stock.rows.get(fact.n, fact.text)), fact)
        for fact in facts
        if fact.n not in told
    ]
    behind = [(one,) for one in left] if len(left) > TOGETHER else [tuple(left)]
    paragraphs = [part for part in (tuple(kept), *behind) if part]
    return Section(planned, tuple(paragraphs), tuple(beside), tuple(dropped))


def _examples(beside: Sequence[Beside], withheld: Withheld) -> list[str]:
    own = [one.text for one in beside if one.role == "本单位往年" and not withheld(one.citation.document_id)]
    return own[:_EXAMPLES]


def _said(prompt: Prompt, say: Say) -> Iterator[Said]:
    with closing(say(prompt)) as pieces:
        for number, said in enumerate(sentences_in(pieces), 1):
            if number > _MOST_READ:
                return
            yield said


def _checked(said: Said, grounds: Sequence[Grounds], stock: Stock) -> Checked:
    """The sentence on the grounds that carry it; with its ungrounded figures marked, if that is all that was wrong."""
    if not said.whole:
        return Checked(None, "句子没有写完")
    text = days_in_words(_ended(said.text))
    cited = [number - 1 for number in said.cited]
    lead = lead_of(text)
    told = text[lead.end :] if lead else text  # how many points follow, the list itself says
    if lead and not told:
        return Checked(stock.wording(text))
    places, verdict = carried(_MARK.sub("", told), cited, grounds)
    if not places:
        marked = _with_marks(text, grounds, stock)
        if marked != text:
            places, _ = carried(_MARK.sub("", marked[lead.end if lead else 0 :]), cited, grounds)
            if any(figures_in(grounds[at].text) for at in places):
                return Checked(None, "数字与事实不符")  # the fact itself is told instead
            text = marked
    if not places:
        return Checked(None, verdict.reason)
    few = [grounds[at] for at in places]
    facts = list(dict.fromkeys(one.fact for one in few if one.fact))
    citations = [one.beside.citation.n for one in few if one.beside]
    citations += [fact.citation.n for fact in facts if fact.citation]
    return Checked(
        stock.told(text, "source" if citations else "fact", facts, tuple(dict.fromkeys(citations)))
    )


def _with_marks(text: str, grounds: Sequence[Grounds], stock: Stock) -> str:
    """The text with 〔待核实〕 in the place of each figure that none of the grounds carries."""
    citations = [one.beside.citation.n for one in grounds if one.beside]
    return stock.told(text, "wording", [one.fact for one in grounds if one.fact], citations).text


def _kept_back(one: Grounds, withheld: Withheld) -> bool:
    cited = one.beside.citation if one.beside else one.fact.citation if one.fact else None
    return cited is not None and withheld(cited.document_id)


def _ended(text: str) -> str:
    words = text.strip().rstrip("；;")
    return words if words[-1:] in "。！？：" else f"{words}。"
