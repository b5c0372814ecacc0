"""What a model changed in a sentence that is nearly the source's own: one word there turns a rule over. Pure.

A free paraphrase is left to `bot.verify`. But where nearly all characters stand in the quote in their order, each place where
they do not is looked at: what was put in place of other words, and words such as 不, 可以 or 必须 that came or went.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import pairwise

from bot.verify.model import Verdict
from bot.verify.reading import normal

NEARLY = 0.9  # share of the sentence's characters that stand in the quote, in stretches of two and more
A_FEW = 4  # characters that may differ in a short sentence that still counts as nearly the quote's
A_WORD = 8  # the same where they stand together: a name in the place of another
LONGEST = 1_500  # characters of a quote that are laid beside a sentence
_STOPS = re.compile(r"[,;。:!?、()“”‘’《》〈〉\s\-·]+")
_PLAIN = re.compile(r"[的了是为在和与及或以即其该由对把将等有也还并且而则就均都地]")
_DENIES = re.compile(r"不|未|没有?|无|非|勿")
_TURNS = re.compile(rf"{_DENIES.pattern}|免|禁|可以|准|一般|除|仅|只(?!要)")
_MUST = re.compile(r"(?:应当|应该|必须|应|须|要|都)+")
_CANNOT = re.compile(r"不(?:能|准|许|可以?)")
# Bounds are compared with their figures elsewhere.
_BOUND = re.compile(r"(?:人数)?(?:不得?(?:少于|超过|低于|高于|多于)|至少|最少|起码|至多|最多|最长|最短)")
_ALIKE = frozenset(
    "报向从自按依照入进作做当到至给予令使用让交缴续着本这那"
)  # one of these may stand for another
_FIGURE = re.compile(r"[0-9一二三四五六七八九十百千万两半]")


def changed(sentence: str, quote: str) -> Verdict | None:
    """What was changed, where the sentence is nearly the quote's; None where nothing was, or where it is put freely."""
    said, there = (_CANNOT.sub("不得", normal(text)[:LONGEST]) for text in (sentence, quote))
    matcher = SequenceMatcher(None, there, said, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size > 1]
    differing = len(said) - sum(block.size for block in blocks)
    inside = sum(one.b + one.size < other.b for one, other in pairwise(blocks))
    outside = (blocks[0].b > 0) + (blocks[-1].b + blocks[-1].size < len(said)) if blocks else 0
    together = inside + outside <= 1
    few = max(A_WORD if together else A_FEW, (1 - NEARLY) * len(said))
    if not blocks or differing > few or differing * 2 > len(said):
        return None
    at, here = blocks[0].a, 0
    for number, block in enumerate(blocks):
        gone = there[at : block.a] if number else _before(there, block.a)
        put_in = said[here : block.b]
        at, here = block.a + block.size, block.b + block.size
        if fault := _fault(gone, put_in):
            return Verdict(False, "wording", fault)
    fault = _fault(_STOPS.split(there[at:] + "。")[0], said[here:])
    return Verdict(False, "wording", fault) if fault else None


def _fault(gone: str, put_in: str) -> str:
    """What is wrong with `put_in` standing where the quote has `gone` (Chinese); "" for nothing."""
    if _DENIES.search(gone) and _DENIES.search(put_in):  # 未 for 没有
        gone, put_in = _DENIES.sub("", gone), _DENIES.sub("", put_in)
    gone, put_in = _BOUND.sub("", gone), _BOUND.sub("", put_in)
    new, old = (_PLAIN.sub("", _STOPS.sub("", _MUST.sub("", text))) for text in (put_in, gone))
    must = _MUST.search(put_in) and not _MUST.search(gone)
    if _TURNS.search(put_in) or (must and _TURNS.search(gone)):
        return f"原文这里没有“{put_in}”"
    if _TURNS.search(gone) and not _STOPS.search(gone):
        return f"原文这里还有“{gone}”"
    if new and old and not _FIGURE.search(new) and not {*new, *old} <= _ALIKE:
        return f"原文这里是“{gone}”，不是“{put_in}”"  # figures are compared by their values elsewhere
    return ""


def _before(there: str, at: int) -> str:
    """What stands before the first common stretch in the same clause."""
    return _STOPS.split(there[:at])[-1]
