"""What a language model is told of one section: our instructions, facts and passages between delimiters, the heading. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.resources import files

from bot.drafting.grounds import Grounds
from bot.drafting.model import Planned, Request
from bot.llm.prompt import Prompt, plain

_SLOT = re.compile(r"\{(依据|参考|文种|报告标题|标题|字数)\}")


def section_prompt(
    request: Request, planned: Planned, grounds: Sequence[Grounds], examples: Sequence[str], characters: int
) -> Prompt:
    """Asks for the section from `grounds` alone, numbered from 1 in this order; `examples` show how it was worded before."""
    slots = {
        "依据": "\n\n".join(_listed(number, one) for number, one in enumerate(grounds, 1)),
        "参考": "\n".join(f"<参考写法>\n{plain(text)}\n</参考写法>" for text in examples),
        "文种": request.genre,
        "报告标题": plain(request.title),
        "标题": plain(planned.heading),
        "字数": str(characters),
    }
    # One pass: {标题} in a document's text is text.
    user = _SLOT.sub(lambda slot: slots[slot[1]], _read("draft_user.md"))
    return Prompt(_read("draft.md").strip(), user.strip())


def _listed(number: int, one: Grounds) -> str:
    place = plain(" ".join(one.place.split())).replace('"', "”")
    return f'<依据 编号="{number}" 出处="{place}" 状态="{one.state}">\n{plain(one.text)}\n</依据>'


def _read(name: str) -> str:
    return files("bot.prompts").joinpath(name).read_text(encoding="utf-8")
