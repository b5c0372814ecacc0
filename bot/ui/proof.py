"""What happens when the reader has a paper proofread: a `Check` goes in, a `Check` comes out. No gradio here; nothing raises."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.drafting.export import export
from bot.drafting.model import Draft
from bot.drafting.putback import put_back
from bot.drafting.saved import name_of
from bot.proofread import corrected, proofread
from bot.proofreading.model import Finding
from bot.proofreading.shelf import IndexShelf
from bot.proofreading.word import open_word, save_corrected
from bot.ui.talk import AnsweringDesk
from ingest.errors import DamagedDocument, EmptyDocument, KnowledgeBaseError, UnsupportedFormat
from ingest.index import Index

log = logging.getLogger(__name__)

PLAIN = (".txt", ".md")
ENDINGS = (".docx", *PLAIN)
PASTED = "粘贴的文字.txt"
_READS = "校对能读 .docx、.txt 和 .md；其他格式请在办公软件里另存为 .docx。"
_AGAIN = "请再试一次；仍然这样时，请管理员查看后台窗口中的错误信息。"


@dataclass(frozen=True, slots=True)
class Check:
    """A paper with what was found in it. `raw`: the bytes of a Word file, None for text; `accepted`: the findings whose
    suggestions are taken, by their place in `findings`.
    """

    name: str = ""
    text: str = ""
    raw: bytes | None = None
    findings: tuple[Finding, ...] = ()
    accepted: frozenset[int] = frozenset()
    shelf: bool = True  # the knowledge base was asked
    draft: Draft | None = None  # what the paper was exported from, if it was
    notice: str = ""
    hint: str = ""
    told: str = ""  # what the last step did

    @property
    def offered(self) -> frozenset[int]:
        """The findings with a suggestion."""
        return frozenset(n for n, one in enumerate(self.findings) if one.suggestion is not None)

    @property
    def sure(self) -> frozenset[int]:
        """Those that one press may take together: a doubt is for someone to look at first, as on the command line."""
        return frozenset(n for n in self.offered if self.findings[n].kind == "slip")


def guarded(step: Callable[[], Check]) -> Check:
    """The check after the step; where it fails, an empty one with what went wrong: findings of the paper before would be taken
    for those of this one.
    """
    try:
        return step()
    except KnowledgeBaseError as error:
        return Check(notice=str(error), hint=error.hint)
    except (GeneratorExit, KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # the door to the reader: nothing may leave the page hanging
        log.exception("proofreading failed")
        return Check(notice="校对时出了意外。", hint=_AGAIN)


def check_file(desk: AnsweringDesk | None, name: str, raw: bytes) -> Check:
    return guarded(lambda: _checked(desk, name, *_read(name, raw)))


def check_text(desk: AnsweringDesk | None, before: Check, text: str) -> Check:
    plain = text.replace("\r\n", "\n")
    if not plain.strip():
        return replace(before, notice="还没有要校对的文字。", hint="请粘贴文字，或者选一个文件。")
    return guarded(lambda: _checked(desk, PASTED, plain, None))


def check_draft(desk: AnsweringDesk | None, before: Check, draft: Draft | None) -> Check:
    """A draft as the Word file that would leave the house, without its annex of sources."""
    if draft is None:
        return replace(before, notice="还没有草稿。", hint="请先在“起草”里写一份。")
    name = f"{name_of(draft)}.docx"

    def step() -> Check:
        return replace(_checked(desk, name, *_read(name, export(draft, ".docx", sources=False))), draft=draft)

    return guarded(step)


def back_into(draft: Draft | None, check: Check) -> tuple[Draft | None, str]:
    """The draft with the accepted suggestions in it, None where it cannot be, and what was done (Chinese)."""
    if check.draft is None or draft is None:
        return None, "这份文稿不是从草稿来的。"
    if draft != check.draft:
        return None, "校对以后草稿又改过，请再点一次“校对这份草稿”。"
    taken = [check.findings[n] for n in sorted(check.accepted)]
    edits = [(one.start, one.end, one.suggestion or "") for one in taken]
    made, done = put_back(draft, check.text, edits)
    left = len(edits) - done
    more = f"；有{left}处在主送、署名里或跨了两句，请自己改" if left else ""
    return (made if done else None), f"已把{done}处改动放回草稿{more}"


def accept(check: Check, said: str) -> Check:
    """`accept:3` takes the suggestion of finding 3, or gives it back; `sure` takes those that are no doubt beside what is
    taken already, `none` none.
    """
    verb, _, place = said.partition(":")
    check = replace(check, notice="", hint="", told="")
    if verb == "sure":
        return replace(check, accepted=check.accepted | check.sure)
    if verb == "none":
        return replace(check, accepted=frozenset())
    if verb == "accept" and place.isdigit() and int(place) in check.offered:
        return replace(check, accepted=check.accepted ^ {int(place)})
    return check


def results(check: Check) -> tuple[tuple[str, bytes], ...]:
    """The files with the accepted suggestions in them, by name: Word where Word came in, and the text."""
    if not check.text:
        return ()
    taken = [check.findings[n] for n in sorted(check.accepted)]
    stem = Path(check.name).stem + "（已校对）"
    ending = Path(check.name).suffix if check.raw is None else ".txt"
    plain = (f"{stem}{ending}", corrected(check.text, taken).encode())
    if check.raw is None:
        return (plain,)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "paper.docx"
        path.write_bytes(check.raw)
        save_corrected(open_word(path), taken, path)
        return ((f"{stem}.docx", path.read_bytes()), plain)


def _checked(desk: AnsweringDesk | None, name: str, text: str, raw: bytes | None) -> Check:
    if not text.strip():
        raise EmptyDocument(f"{name} 里没有文字。")
    index = desk.index if desk is not None else None
    shelf = IndexShelf(index) if isinstance(index, Index) else None
    findings = proofread(text, shelf, placeholders=True)
    return Check(name, text, raw, findings, shelf=shelf is not None)


def _read(name: str, raw: bytes) -> tuple[str, bytes | None]:
    ending = Path(name).suffix.lower()
    if ending == ".docx":
        with TemporaryDirectory() as folder:
            path = Path(folder) / Path(name).name
            path.write_bytes(raw)
            return open_word(path).text, raw
    if ending not in PLAIN:
        raise UnsupportedFormat(f"不能校对 {name}。", hint=_READS)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding).replace("\r\n", "\n").replace("\r", "\n"), None
        except UnicodeDecodeError:
            continue
    raise DamagedDocument(f"{name} 不是文本文件。")
