"""The one question: do these texts together carry this sentence? Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.verify.conditions import check_conditions
from bot.verify.content import check_content
from bot.verify.force import check_force
from bot.verify.model import SUPPORTED, Judge, Verdict
from bot.verify.names import check_articles, check_names
from bot.verify.order import check_order
from bot.verify.passages import Passage, nearest, passage
from bot.verify.reading import normal, read
from bot.verify.replaced import check_replaced
from bot.verify.ties import check_bodies, check_ties

__all__ = ["Judge", "Verdict", "verify"]

LONGEST = 400  # characters of a sentence that is no quotation


def verify(
    sentence: str, evidence: Sequence[str], titles: Sequence[str] = (), judge: Judge | None = None
) -> Verdict:
    """Whether the texts together carry the sentence. `titles[i]`, where given, says where `evidence[i]` stands
    (《…条例》第十一条): names and article numbers may be carried by it.
    """
    if not evidence:
        return Verdict(False, "uncited", "没有可以引用的出处")
    found = _fault(sentence, evidence, titles)
    if found is not None:
        return found
    return judge(sentence, evidence) if judge else SUPPORTED


def _fault(sentence: str, evidence: Sequence[str], titles: Sequence[str]) -> Verdict | None:
    form = normal(sentence).strip("。;,:!?")
    if not form:
        return Verdict(False, "content", "句子是空的")
    passages = [passage(text) for text in evidence]
    if any(_verbatim(form, one) for one in passages):
        return None
    if len(form) > LONGEST:
        return Verdict(False, "content", "句子太长，又不是原文，无法核对")
    said = read(form)
    headings = [normal(title) for title in titles]
    named = check_names(said, [one.text for one in passages], headings)
    if named:
        return named
    places = nearest(said, passages, titles)
    if not places:
        return Verdict(False, "content", "依据中没有这句话说的内容")
    return (
        check_articles(said, places, evidence, headings)
        or check_ties(said, places, headings)
        or check_bodies(said, places)
        or check_order(said, places)
        or check_force(said, places)
        or check_conditions(said, places)
        or check_replaced(said, places)
        or check_content(said, places)
    )


def _verbatim(form: str, passage_: Passage) -> bool:
    """Whether it stands there as whole sentences, with no 但 of theirs left out."""
    at = passage_.text.find(form)
    while at >= 0:
        end = at + len(form)
        before, after = passage_.text[at - 1 : at], passage_.text[end : end + 3].lstrip("\n")
        if before in {"", "\n"} and (not after or after[0] in "。;!?:\n" or passage_.text[end] == "\n"):
            rest = passage_.text[end : end + 5].lstrip("。;!?:\n")
            if not (passage_.text[end : end + 1] in {";", ","} and rest.startswith("但")):
                return True
        at = passage_.text.find(form, at + 1)
    return False
