"""A clause in the text: its document, its article, its own words, and nothing about whether it was kept. Pure."""

from __future__ import annotations

import re

from bot.drafting.model import Beside, DraftSentence
from bot.drafting.stock import Stock
from ingest.text import sentences, titled

LONGEST = 120  # characters of a clause in the text; the whole of it lies beside
LABEL = re.compile(
    r"\s*第[一二三四五六七八九十百零〇\d]{1,6}条(?:之[一二三四五六七八九十])?[\s　]*|\s*[（(][一二三四五六七八九十]{1,3}[）)]\s*"
)
_DIGEST = re.compile("摘编|要点|摘要")
_INNER = str.maketrans("“”‘’", "‘’“”")


def clause_sentence(offered: Beside, stock: Stock) -> DraftSentence:
    """《…》第十一条规定：“……”, cited. A long clause is quoted by its first sentences; a digest is not quoted as if it were
    the rule itself.
    """
    cited = offered.citation
    words = "".join(map(str.strip, LABEL.sub("", _short(offered.text), count=1).splitlines())).rstrip(
        "。；，"
    )
    place = f"{titled(cited.title)}{cited.article or ''}"
    digest = _DIGEST.search(cited.title)
    text = f"{place}载明：{words}。" if digest else f"{place}规定：“{words.translate(_INNER)}。”"
    return stock.told(text, "source", (), (cited.n,))


def _short(text: str) -> str:
    end = 0
    for _, stop in sentences(text):
        if end and stop > LONGEST:
            break
        end = stop
    return text[:end] or text
