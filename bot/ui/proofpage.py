"""A proofread paper as HTML: the text with its findings marked, and the findings as cards. Pure functions."""

from __future__ import annotations

from html import escape

from bot.proofreading.model import Finding
from bot.proofreading.record import line_ends, paragraph_of
from bot.ui.downloads import DOCX, TEXT, link
from bot.ui.proof import Check, results

_AROUND = 12  # characters shown on each side of a finding
_KINDS = {"slip": "", "doubt": "存疑", "placeholder": "待补"}
_EMPTY = '<p class="dw-empty">查出的问题会列在这里：在哪一段、依据什么、建议怎么改。采用哪一条由您定。</p>'
_NO_SHELF = "资料库没有打开：文件名称、废止情况和引文没有核对。"


def notice(check: Check) -> str:
    if not check.notice:
        return f'<p class="dwd-told" role="status">{escape(check.told)}</p>' if check.told else ""
    return f'<div class="dw-error" role="alert"><p><b>{escape(check.notice)}</b></p><p>{escape(check.hint)}</p></div>'


def paper(check: Check) -> str:
    """The text; a finding is struck through and corrected where its suggestion was taken."""
    if not check.text:
        return (
            '<div class="dw-welcome"><p class="dw-welcome-title">校对一份文稿</p><p>错别字、标点、序号、文件名称、'
            "会议次序、过时的名称和废止的文件、引文、前后数据。每一处都说明依据，改不改由您定。</p></div>"
        )
    pieces: list[str] = []
    at = 0
    for n, one in enumerate(check.findings):
        pieces += [escape(check.text[at : one.start]), _marked(check, n, one)]
        at = max(at, one.end)
    pieces.append(escape(check.text[at:]))
    return f'<p class="dw-sources-of">{escape(check.name)} · {len(check.text)} 字</p><div class="dwv-text">{"".join(pieces)}</div>'


def findings(check: Check) -> str:
    """What was found, with a button for each suggestion, and the files with what was accepted."""
    if not check.text:
        return _EMPTY
    told = "" if check.shelf else f'<p class="dw-warning">{_NO_SHELF}</p>'
    if not check.findings:
        return f'{told}<p class="dw-empty">没有发现问题。</p>'
    offered, taken = len(check.offered), len(check.accepted)
    doubts = offered - len(check.sure)
    doubted = f"（{doubts} 处存疑，请逐处看）" if doubts else ""
    head = f'<p class="dwd-told" role="status">查出 {len(check.findings)} 处，其中 {offered} 处有建议{doubted}，已采用 <b>{taken}</b> 处</p>'
    everything = (
        '<div class="dwd-tools"><button type="button" class="dwd-yes" data-do="sure">采用所有确定的</button>'
        '<button type="button" data-do="none">全部退回</button></div>'
        if check.sure
        else ""
    )
    ends = line_ends(check.text)
    cards = "".join(
        _card(check, n, one, paragraph_of(ends, one.start)) for n, one in enumerate(check.findings)
    )
    return f"{told}{head}{everything}{_links(check)}{cards}"


def _links(check: Check) -> str:
    if not check.accepted:
        return ""
    made = "".join(
        link(
            "改好的 Word" if name.endswith(".docx") else "改好的文本",
            name,
            DOCX if name.endswith(".docx") else TEXT,
            data,
        )
        for name, data in results(check)
    )
    return f'<p class="dwc-files">下载：{made}</p>'


def _marked(check: Check, n: int, one: Finding) -> str:
    number = f"<sup>{n + 1}</sup>"
    if n in check.accepted:
        put = f"<ins>{escape(one.suggestion)}</ins>" if one.suggestion else ""
        return f'<a class="dwv-mark dwv-done" href="#dwv-{n}"><del>{escape(one.text)}</del>{put}{number}</a>'
    return f'<a class="dwv-mark dwv-{one.kind}" href="#dwv-{n}">{escape(one.text)}{number}</a>'


def _card(check: Check, n: int, one: Finding, paragraph: int) -> str:
    before = check.text[max(0, one.start - _AROUND) : one.start].rpartition("\n")[2]
    behind = check.text[one.end : one.end + _AROUND].partition("\n")[0]
    kind = f'<span class="dw-badge dw-off">{_KINDS[one.kind]}</span>' if _KINDS[one.kind] else ""
    place = f"…{escape(before)}<mark>{escape(one.text)}</mark>{escape(behind)}…"
    advice, button = "", ""
    if one.suggestion is not None:
        taken = n in check.accepted
        advice = f'<p class="dwv-advice">{f"建议改为<b>{escape(one.suggestion)}</b>" if one.suggestion else "建议删去"}</p>'
        button = (
            f'<button type="button" class="{"" if taken else "dwd-yes"}" aria-pressed="{str(taken).lower()}" '
            f'aria-label="{"退回" if taken else "采用"}第 {n + 1} 处" data-do="accept:{n}">{"退回" if taken else "采用"}</button>'
        )
    done = " dwv-taken" if n in check.accepted else ""
    return (
        f'<div class="dwd-offer dwv-one{done}" id="dwv-{n}"><div class="dw-card-head"><b class="dw-n">{n + 1}</b>'
        f'<span class="dw-card-title">第 {paragraph} 段</span>{kind}{button}</div>'
        f'<p class="dwd-text">{place}</p>{advice}<p class="dwd-why">{escape(one.message)}</p>'
        f'<p class="dw-file">依据：{escape(one.source)}</p></div>'
    )
