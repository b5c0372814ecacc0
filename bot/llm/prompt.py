"""What a language model is told: our instructions, the sources between delimiters, the question. Pure.

No text of a document or a reader can close a delimiter, open one, or be taken for a control word of a chat template
(<|im_end|>, </s>): its angle brackets become full-width ones, one for one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from bot.llm.evidence import Evidence

NOTHING = "无依据"
_ANGLES = str.maketrans("<>", "＜＞")
_SLOT = re.compile(r"\{(依据|问题)\}")


@dataclass(frozen=True, slots=True)
class Prompt:
    """The two messages that are sent."""

    system: str
    user: str


def answer_prompt(question: str, evidence: Sequence[Evidence]) -> Prompt:
    """Asks for an answer from `evidence` alone, numbered from 1 in this order."""
    slots = {
        "依据": "\n\n".join(_listed(number, one) for number, one in enumerate(evidence, 1)),
        "问题": plain(question),
    }
    # One pass: {问题} in a document's text is text.
    user = _SLOT.sub(lambda slot: slots[slot[1]], _read("answer_user.md"))
    return Prompt(_read("answer.md").strip(), user.strip())


def plain(text: str) -> str:
    """`text` without anything that could be taken for a tag; as long as before."""
    return text.translate(_ANGLES)


def _listed(number: int, one: Evidence) -> str:
    place = plain(" ".join(one.place.split())).replace('"', "”")
    state = "现行" if one.hit.in_force else "已被取代或废止"
    return f'<依据 编号="{number}" 出处="{place}" 状态="{state}">\n{plain(one.text)}\n</依据>'


def _read(name: str) -> str:
    return files("bot.prompts").joinpath(name).read_text(encoding="utf-8")
