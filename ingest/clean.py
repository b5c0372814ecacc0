"""What is not the document goes out (adverts, page furniture), broken lines and spaced words are healed.

Everything dropped is recorded and body text is never touched: the characters of `raw` that are not white space (or
zero-width marks alone on a line) are exactly those of the cleaned text plus those of the `Dropped` records.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from ingest.furniture import furniture
from ingest.model import Block, Dropped
from ingest.spacing import closed_up
from ingest.wraps import cuts_number, follows_on, wrap_width

# Part of what tells a document that was read (see `ingest.reading`): raise it when a change here alters texts, and the
# next sync reads every file anew.
CLEAN_RULES = 3

ADVERT_REASON = "下载网站广告或会员声明"
HYPHEN_REASON = "行末连字符"
# A rule matches a whole line. The first group is wording that only a document-trading site uses; the second,
# lines such sites put beside it, which count only next to a line of the first group.
_ADVERTS = tuple(
    re.compile(rule)
    for rule in (
        r"仅供学习.{0,4}(?:禁止|严禁|请勿)外传.{0,12}",
        r".{0,4}会员(?:资料|材料)?.{0,16}(?:仅供内部|严禁外传|免费赠送|违者).{0,30}",
        r".{0,4}打击倒卖.{0,6}",
        r"举报倒卖.{0,40}",
        r".{0,20}(?:整理|咨询|联系|添加).{0,4}(?:QQ|qq|微信|V信)(?:号)?[:：]?\s*[\w-]{5,}.{0,10}",
        r".{0,6}(?:会员群|QQ群|免费QQ群|交流群)\s*[:：].{0,60}",
        r"(?:现在|立即|点击)(?:订阅|注册|加入).{0,30}(?:权益|资料|会员).{0,8}",
        r"(?:本文|本资料|文档|资料)(?:来源于|来自|由).{0,20}(?:网站|文库|公众号).{0,20}(?:下载|整理|搜集).{0,12}",
        r"更多(?:范文|资料|公文|材料).{0,20}(?:请访问|尽在|关注|下载).{0,40}",
    )
)
_BESIDE_ADVERTS = tuple(
    re.compile(rule)
    for rule in (r"酷乐文行", r"自建平台、实时分享", r"根据实际需求和形式任务不断迭代", r"[\W_]{1,20}")
)
_REACH = 6  # lines an advert of the second kind may stand from one of the first

_PRINTED = frozenset({"pdf", "ofd", "png", "jpeg", "bmp", "gif", "webp", "tiff"})
_WORD_CUT = re.compile(r"[A-Za-z]{2}-$")
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"  # zero-width marks: a line of nothing else is blank


def clean(
    text: str, blocks: Sequence[Block], form: str = ""
) -> tuple[str, tuple[Block, ...], tuple[Dropped, ...]]:
    """`(cleaned text, its blocks, what was dropped)`; blocks index into the cleaned text.

    `form` is the format as `Parsed` names it: in some, lines are printed lines and not paragraphs.
    """
    lines = [text[block.start : block.end] for block in blocks]
    why = _adverts(lines)
    pages = [
        block.page if block.kind == "paragraph" and i not in why else None for i, block in enumerate(blocks)
    ]
    why |= furniture(lines, pages)
    dropped = [Dropped(lines[i], why[i], blocks[i].start) for i in sorted(why)]
    kept = [i for i in range(len(blocks)) if i not in why and lines[i].strip(_INVISIBLE).strip()]
    return _laid_out(blocks, lines, kept, dropped, printed=form in _PRINTED)


def _laid_out(
    blocks: Sequence[Block],
    lines: Sequence[str],
    kept: Sequence[int],
    dropped: list[Dropped],
    *,
    printed: bool,
) -> tuple[str, tuple[Block, ...], tuple[Dropped, ...]]:
    """The lines that are kept, each closed up and joined with the next where it was only broken for being full."""
    pieces = {i: lines[i] if blocks[i].kind == "row" else closed_up(lines[i]) for i in kept}
    running = [pieces[i] for i in kept if blocks[i].kind == "paragraph"]
    width = wrap_width(running, printed=printed)
    parts: list[str] = []
    moved: list[Block] = []
    position = 0
    for i, after in zip_longest(kept, kept[1:]):
        block, piece, link = blocks[i], pieces[i], "\n"
        both = after is not None and block.kind == blocks[after].kind == "paragraph"
        if both and width is not None and follows_on(piece, pieces[after], width, printed=printed):
            if printed and _WORD_CUT.search(piece) and pieces[after][0].islower():
                piece = piece[:-1]
                dropped.append(Dropped("-", HYPHEN_REASON, block.end - 1))
                link = ""
            else:
                words = _is_latin(piece[-1]) and _is_latin(pieces[after].lstrip()[0])
                link = " " if words and not cuts_number(piece, pieces[after]) else ""
        moved.append(Block(position, position + len(piece), block.kind, block.level, block.page))
        parts.append(piece + link)
        position += len(parts[-1])
    cleaned = "".join(parts).removesuffix("\n")
    return cleaned, tuple(moved), tuple(sorted(dropped, key=lambda one: one.start))


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _adverts(lines: Sequence[str]) -> dict[int, str]:
    bare = [line.strip() for line in lines]
    certain = {
        i for i, line in enumerate(bare) if len(line) < 90 and any(rule.fullmatch(line) for rule in _ADVERTS)
    }
    if not certain:
        return {}
    adverts = set(certain)
    for i, line in enumerate(bare):
        near = any(i + step in certain for step in range(-_REACH, _REACH + 1))
        if near and len(line) < 40 and any(rule.fullmatch(line) for rule in _BESIDE_ADVERTS):
            adverts.add(i)
    return dict.fromkeys(sorted(adverts), ADVERT_REASON)
