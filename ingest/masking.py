"""Personal data masked in everything that is stored of a document, character for character, so that places stay.

And what is said where they are stored as they are.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields, replace
from typing import Any

from ingest.model import Description, Parsed
from ingest.personal import CARD, IDENTITY, LANDLINE, MOBILE, Found, hidden, personal_data

_TOLD = (IDENTITY, CARD, MOBILE, LANDLINE)
_MANY_PHONES = 4  # different ones: a notice names whom to ask, with a mobile, a telephone and a fax
# Seven digits near each other: a line without them has no number, and to look through all lines takes a fifth of a sync.
_DIGITS = re.compile(r"(?:\d[^\d\n]{0,3}){6}\d")


def masked(text: str, found: Counter[str]) -> str:
    """`text` with its personal data masked, which are added to `found`: kind -> how many."""
    text, counted = hidden(text)
    found.update(counted)
    return text


def masked_parsed(parsed: Parsed, found: Counter[str]) -> Parsed:
    return replace(
        parsed,
        text=masked(parsed.text, found),
        properties={key: hidden(value)[0] for key, value in parsed.properties.items()},
        warnings=tuple(hidden(warning)[0] for warning in parsed.warnings),
    )


def masked_description(description: Description) -> Description:
    """What the manifest says may hold personal data, too."""
    said = {field.name: getattr(description, field.name) for field in fields(description)}
    changed: dict[str, Any] = {
        name: hidden(value)[0] for name, value in said.items() if isinstance(value, str)
    }
    return replace(description, **changed, repeals=tuple(hidden(name)[0] for name in description.repeals))


def unmasked_warning(text: str) -> str | None:
    """What to tell of a text that is stored with its numbers (Chinese): with an identity number or a bank card, or with
    many telephones. None for a notice that says whom to ask.
    """
    found = [one for line in _numbered_lines(text) for one in personal_data(line) if one.kind in _TOLD]
    if not _is_list(found):
        return None
    counted = Counter(one.kind for one in found)
    told = "、".join(f"{kind} {counted[kind]} 处" for kind in _TOLD if counted[kind])
    return f"有{told}，没有遮盖；要遮盖，请在资料目录的 config.toml 里写明 index.mask_personal，再同步一次。"


def _is_list(found: list[Found]) -> bool:
    phones = {one.value for one in found if one.kind in (MOBILE, LANDLINE)}
    return len(phones) >= _MANY_PHONES or any(one.kind in (IDENTITY, CARD) for one in found)


def _numbered_lines(text: str) -> list[str]:
    lines, end = [], 0
    while match := _DIGITS.search(text, end):
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        lines.append(text[start : end if end >= 0 else len(text)])
        if end < 0:
            break
    return lines
