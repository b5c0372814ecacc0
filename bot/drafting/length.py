"""Whether a draft is about as long as was asked for. Without a model nothing is added to make it longer. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from bot.drafting.contract import characters
from bot.drafting.model import Draft

_SHORT, _LONG = 0.8, 1.2  # shares of the length asked for that are near enough


def length_warning(draft: Draft) -> Iterator[str]:
    wanted, there = draft.request.length, characters(draft)
    if there < wanted * _SHORT:
        yield f"现有事实只够写约{there}字，“大约字数”是{wanted}字；可以补充事实，从旁边的参考段落中选用，或把字数改小"
    elif there > wanted * _LONG:
        yield f"草稿约{there}字，超过要求的{wanted}字；可以删减事实，或逐节压缩"
