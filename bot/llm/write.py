"""What becomes of the words a model writes: each sentence is checked before anyone sees it. The story; no network here."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from bot.llm.evidence import Evidence, TextOf, Withheld, gather
from bot.llm.masking import Say
from bot.llm.prompt import NOTHING, answer_prompt
from bot.llm.quoting import Passage, carried, passages_of
from bot.llm.stream import Said, sentences_in
from bot.model import DroppedSentence, RawSentence
from ingest.model import Hit
from ingest.text import titled

MOST_SHOWN = 12  # sentences
MOST_READ = 40  # sentences; who writes on after that writes for ever
_FOUND_NOTHING = "语言模型认为查到的原文不足以回答这个问题。"
_FIRST = 3  # hits; where one of these may not be sent, the reader is told


@dataclass(frozen=True, slots=True)
class Written:
    """What a model has written so far: sentences that stood the check (or are marked), those that did not, and what the
    reader should know (Chinese).
    """

    sentences: tuple[RawSentence, ...] = ()
    dropped: tuple[DroppedSentence, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether anything in it is carried by a source."""
        return any(not sentence.doubt for sentence in self.sentences)


Write = Callable[[str, Sequence[Hit], TextOf], Generator[Written, None, None]]


def open_writer(
    say: Say,
    most: int,
    characters: int,
    *,
    mark: bool = False,
    withheld: Withheld = lambda _: False,
) -> Write:
    """A writer that sends at most `most` sources of `characters` in all. `mark`: sentences that no source carries are
    shown with their `doubt`; else they are left out. `withheld`: whether a document may not be sent, by its id.
    """

    def write(question: str, hits: Sequence[Hit], text_of: TextOf) -> Generator[Written, None, None]:
        kept_back = [hit for hit in hits[:_FIRST] if withheld(hit.document_id)]
        notice = _kept_back(kept_back)
        evidence = gather([hit for hit in hits if not withheld(hit.document_id)], text_of, most, characters)
        if not evidence or kept_back[:1] == list(hits[:1]):
            yield Written(notices=notice or ("查到的资料读不出来，没有交给语言模型。",))
            return
        yield from _written(Written(notices=notice), say, question, evidence, text_of, mark=mark)

    return write


def _written(
    so_far: Written, say: Say, question: str, evidence: Sequence[Evidence], text_of: TextOf, *, mark: bool
) -> Generator[Written, None, None]:
    """Growing, the last one complete. Raises what `say` raises: then nothing of it counts."""
    passages = passages_of(evidence, text_of)
    said_before: set[str] = set()
    found_nothing = False
    with closing(say(answer_prompt(question, evidence))) as pieces:
        for number, said in enumerate(sentences_in(pieces), 1):
            if said.text.strip("。.！ ") == NOTHING:
                found_nothing = True
                break
            if said.text not in said_before:
                said_before.add(said.text)
                so_far = _checked(so_far, said, evidence, passages, text_of, mark=mark)
                yield so_far
            if len(so_far.sentences) >= MOST_SHOWN or number >= MOST_READ:
                so_far = replace(so_far, notices=(*so_far.notices, "语言模型写得太长，后面的没有采用。"))
                break
    if not so_far.stands:
        why = _FOUND_NOTHING if found_nothing else _nothing_stands(so_far)
        so_far = replace(so_far, notices=(*so_far.notices, why))
    yield so_far


def _checked(
    so_far: Written,
    said: Said,
    evidence: Sequence[Evidence],
    passages: Sequence[Passage],
    text_of: TextOf,
    *,
    mark: bool,
) -> Written:
    """`said` added where it belongs. It is cited at evidence that carries it, whatever it named itself."""
    reason = "句子没有写完"
    if said.whole:
        quotes, verdict = carried(
            said.text, [number - 1 for number in said.cited], evidence, passages, text_of
        )
        if quotes:
            return replace(so_far, sentences=(*so_far.sentences, RawSentence(said.text, quotes)))
        reason = verdict.reason or "依据中没有这句话说的内容"
    dropped = replace(so_far, dropped=(*so_far.dropped, DroppedSentence(said.text, reason)))
    if not (mark and said.whole):
        return dropped
    return replace(dropped, sentences=(*so_far.sentences, RawSentence(said.text, (), reason)))


def _nothing_stands(so_far: Written) -> str:
    if so_far.dropped:
        return f"语言模型写的 {len(so_far.dropped)} 句都核对不到原文，没有采用。"
    return "语言模型没有写出内容。"


def _kept_back(hits: Sequence[Hit]) -> tuple[str, ...]:
    titles = dict.fromkeys(titled(hit.title) for hit in hits)
    return (f"{'、'.join(titles)}是内部资料，没有发给语言模型。",) if titles else ()
