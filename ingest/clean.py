"""What is not the document: download-site adverts go out, hard line wraps are healed. Everything dropped is recorded.

Body text is never touched: the characters of `raw` that are not white space are exactly those of the
cleaned text plus those of the `Dropped` records (a property test holds this over all real documents).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from ingest.model import Block, Dropped

CLEAN_RULES = 1  # part of the index fingerprint: raise it when a change here alters texts

ADVERT_REASON = "下载网站广告或会员声明"
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

_STRUCTURE_START = re.compile(
    r"[ \t\u3000]*(?:第[零〇一二三四五六七八九十百千\d]+[编章节条]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[.．、])"
)
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"  # zero-width marks: a line of nothing else is blank
_FINISHED = "。！？；：…”）》】.!?;:"


def clean(text: str, blocks: Sequence[Block]) -> tuple[str, tuple[Block, ...], tuple[Dropped, ...]]:
    """`(cleaned text, its blocks, what was dropped)`; blocks index into the cleaned text."""
    kept, dropped = _without_adverts(text, blocks)
    wrapped = _is_hard_wrapped(text, kept)
    parts: list[str] = []
    moved: list[Block] = []
    position = 0
    for block, following in zip_longest(kept, kept[1:]):
        piece = text[block.start : block.end]
        joins = (
            wrapped is not None
            and following is not None
            and _continues(piece, text, block, following, wrapped)
        )
        moved.append(Block(position, position + len(piece), block.kind, block.level, block.page))
        parts.append(piece if joins else piece + "\n")
        position += len(parts[-1])
    cleaned = "".join(parts).removesuffix("\n")
    return cleaned, tuple(moved), tuple(dropped)


def _without_adverts(text: str, blocks: Sequence[Block]) -> tuple[list[Block], list[Dropped]]:
    lines = [text[block.start : block.end].strip() for block in blocks]
    certain = {
        i for i, line in enumerate(lines) if len(line) < 90 and any(rule.fullmatch(line) for rule in _ADVERTS)
    }
    adverts = set(certain)
    for i, line in enumerate(lines):
        near = any(i + step in certain for step in range(-_REACH, _REACH + 1))
        if near and len(line) < 40 and any(rule.fullmatch(line) for rule in _BESIDE_ADVERTS):
            adverts.add(i)
    kept = [block for i, block in enumerate(blocks) if i not in adverts and lines[i].strip(_INVISIBLE)]
    dropped = [
        Dropped(text[blocks[i].start : blocks[i].end], ADVERT_REASON, blocks[i].start)
        for i in sorted(adverts)
    ]
    return kept, dropped


def _is_hard_wrapped(text: str, blocks: Sequence[Block]) -> int | None:
    """The wrap width in characters if most full lines break off at one width without a stop, else None."""
    lengths = sorted(block.end - block.start for block in blocks if block.kind == "paragraph")
    if len(lengths) < 12:
        return None
    width = lengths[int(len(lengths) * 0.9)]
    full = [b for b in blocks if b.kind == "paragraph" and 0.85 * width <= b.end - b.start <= 1.1 * width]
    unfinished = sum(text[block.end - 1] not in _FINISHED for block in full)
    if 12 <= width <= 120 and len(full) >= 0.4 * len(lengths) and unfinished >= 0.6 * len(full):
        return width
    return None


def _continues(piece: str, text: str, block: Block, following: Block, width: int) -> bool:
    """Whether the line was broken only because it was full."""
    if block.kind != "paragraph" or following.kind != "paragraph" or len(piece) < 0.8 * width:
        return False
    head = text[following.start : following.end]
    return (
        not _STRUCTURE_START.match(head)
        and not head.startswith(("\u3000\u3000", "    "))
        and (piece[-1] not in _FINISHED or (len(piece) >= 0.97 * width and piece[-1] not in "。！？；："))
    )
