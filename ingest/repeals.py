"""Which documents a regulation says it takes out of force: 同时废止, 即行废止."""

from __future__ import annotations

import re

from ingest.text import ORDINAL

_REPEALING = re.compile(
    r"(?:同时|即行|即|一并|相应|随之|自行|予以|亦|均)(?:予以|宣布|即行)?(?:废止|失效)|之日起，?[^。；]{0,12}(?:废止|失效|不再(?:执行|适用))"
)
_NAME = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")
_CITED = re.compile(r"(?:根据|依照|按照|依据|修改|违反|与|除)$")
_PART = re.compile(rf"\s*(?:[（(][^（）()]*[）)])?\s*(?:的)?第[{ORDINAL}\d]+[条章款项]")
_LONGEST = 5000  # characters of a sentence that are read: a list of repealed works is shorter


def repeals(text: str) -> tuple[str, ...]:
    """The names (without 《》, in order, each once) of the works that `text` repeals as a whole.

    Works of which only an article falls, and those cited as the ground for it, are left out.
    """
    found: dict[str, None] = {}
    for long in re.split(r"[。；\n]", text):
        sentence = long[-_LONGEST:]
        if not re.search(r"废止|失效|不再", sentence):
            continue
        end = max((match.end() for match in _REPEALING.finditer(sentence)), default=0)
        for match in _NAME.finditer(sentence[:end]):
            cited = _CITED.search(sentence[max(0, match.start() - 4) : match.start()])
            if not cited and not _PART.match(sentence, match.end()):
                found[re.sub(r"\s", "", match[1]).replace("〈", "《").replace("〉", "》")] = None
    return tuple(found)
