"""Personal data masked in everything that is stored of a document, character for character, so that places stay."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, replace
from typing import Any

from ingest.model import Description, Parsed
from ingest.personal import hidden


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
