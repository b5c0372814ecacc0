"""Stand-ins that ship with the product, so that tests never patch: hand-made documents and hits."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import Answer, Citation, Sentence
from ingest.model import Hit

RULES = """第四条　预备党员由党委批准。
第五条　有下列情形之一的，应当延长预备期：
（一）没有按时参加学习的；
（二）没有按月交纳党费的。
第六条　预备党员的预备期为一年。预备期从支部大会通过之日算起，期满前支部应当听取群众意见。
第七条　预备党员有发言权，没有表决权。
"""


def hit(
    text: str,
    quote: str,
    *,
    document: str = "d1",
    article: str | None = None,
    score: float = 0.9,
    in_force: bool = True,
    title: str = "某某细则",
    headings: Sequence[str] = (),
    page: int | None = None,
) -> Hit:
    """The hit whose text is `quote`, wherever it first stands in `text`."""
    start = text.index(quote)
    return Hit(
        chunk_id=f"{document}-{start}",
        document_id=document,
        source=f"{document}.txt",
        title=title,
        article=article,
        heading_path=tuple(headings),
        page=page,
        start=start,
        end=start + len(quote),
        section_start=start,
        section_end=start + len(quote),
        text=quote,
        in_force=in_force,
        kind="细则",
        score=score,
        scores={"lexical": 20.0, "dense": 0.6},
    )


def articles(text: str = RULES, **given: object) -> list[Hit]:
    """One hit for each 第X条 of `text`, in reading order, scores falling a little."""
    starts = [
        at for at in range(len(text)) if text.startswith("第", at) and (at == 0 or text[at - 1] == "\n")
    ]
    found = []
    for rank, (start, end) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True)):
        body = text[start:end].rstrip("\n")
        options: dict[str, object] = {
            "article": body[: body.index("条") + 1],
            "score": 0.9 - 0.01 * rank,
            **given,
        }
        found.append(hit(text, body, **options))  # type: ignore[arg-type]
    return found


def cited_answer(
    question: str,
    *sentences: str,
    article: str | None = "第六条",
    title: str = "某某细则",
    and_title: str = "",
    standalone: str = "",
) -> Answer:
    """An answer of the sentences (one by default), each carried by `article` of the titles given."""
    titles = [one for one in (title, and_title) if one]
    said = sentences or ("预备党员的预备期为一年。",)
    citations = tuple(
        Citation(n, f"d{n}", f"d{n}.txt", one, article, (), None, said[0], 0, 1, 0, 1, in_force=True)
        for n, one in enumerate(titles, 1)
    )
    told = tuple(Sentence(one, (1,)) for one in said)
    return Answer(question, "answered", "extractive", told, citations, standalone=standalone)
