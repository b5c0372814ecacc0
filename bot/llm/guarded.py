"""A language model behind what holds back that which must not leave the office. Whoever asks a model asks this one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.llm.evidence import Withheld
from bot.llm.masking import Say, masking
from bot.llm.prompt import Prompt
from ingest.config import LanguageModelSettings
from ingest.services import UNKNOWN, is_external, may_get


@dataclass(frozen=True)
class Guarded:
    """`say`: personal data in a prompt is masked where the service is outside and the setting does not say otherwise.
    `withheld`: whether a document, by its id, may not be sent at all: who writes a prompt asks first.
    """

    say: Say
    withheld: Withheld
    close: Callable[[], None]

    def complete(self, system: str, user: str) -> str:
        """The whole reply at once. Raises ModelFailed."""
        return "".join(self.say(Prompt(system, user)))


def open_guarded(settings: LanguageModelSettings, groups: Callable[[], Mapping[str, str | None]]) -> Guarded:
    """`groups`: of each document by id the group whose own it is, as the catalog says now; None: it is not internal.

    ModelFailed when the model cannot be made; no connection is opened.
    """
    from bot.llm.client import open_model  # LangChain is loaded only where a model is configured

    model = open_model(settings)
    outside = is_external(settings)
    return Guarded(
        masking(model.say) if outside and settings.mask_personal else model.say,
        # What nobody knows of (a document that has just left) counts as internal.
        lambda document_id: outside and not may_get(settings, groups().get(document_id, UNKNOWN)),
        model.close,
    )
