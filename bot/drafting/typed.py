"""Half-width punctuation of what people type, as Chinese text is printed (GB/T 15834-2011): 12次,到会率86%; -> 12次，到会率86%；. Pure.

Figures keep theirs: 1,062 and 12.5 and 9:30. So do words of letters, file names and addresses.
"""

from __future__ import annotations

import re

_HAN = "\u4e00-\u9fff"
_BEFORE = rf"[{_HAN}0-9%\uff05\uff09”》】)X\uff38×*]"
_MARKS = dict(zip(",;:?!", "\uff0c\uff1b\uff1a\uff1f\uff01", strict=True))
# A comma between digits groups them (1,062) where three follow.
_MARK = re.compile(
    rf"(?<={_BEFORE})(?!(?<=\d),\d{{3}}(?!\d))(?P<mark>[,;?!])(?![A-Za-z])[ \t]?|(?<=[{_HAN}\uff09”》])(?P<colon>:)[ \t]?"
)
_STOP = re.compile(rf"(?<=[{_HAN}])\.(?=[{_HAN}]|$)")
_BRACKETED = re.compile(rf"\((?P<inside>[^()]{{0,80}}[{_HAN}][^()]{{0,80}})\)")


def typed(words: str) -> str:
    """The same words with the marks of Chinese text."""
    words = _BRACKETED.sub(lambda found: f"（{found['inside']}）", words)
    words = _MARK.sub(lambda found: _MARKS[found["mark"] or found["colon"]], words)
    return _STOP.sub("。", words)
