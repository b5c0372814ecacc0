"""What a sync did, how well a document was read and what cleaning took out of it, in Chinese lines for a screen. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from ingest.model import LeftOut, Quality, SyncReport

_SHOWN = 5  # different wordings for each reason; --json gives every one


def quality_lines(quality: Quality) -> list[str]:
    """A short block: reasons to look at the document first, then the figures that are not zero."""
    lines = [f"请核对：{reason}" for reason in quality.check]
    told = [f"无法辨认的字 {quality.unreadable:.2%}"] if quality.unreadable else ["无法辨认的字 0"]
    if quality.ocr_pages:
        sure = f"，平均置信度 {quality.ocr_confidence:.2f}" if quality.ocr_confidence is not None else ""
        told.append(f"文字识别 {quality.ocr_pages} 页{sure}")
    if quality.silent_pages:
        told.append(f"没有文字的页 {len(quality.silent_pages)} 页")
    if quality.missing_articles:
        told.append(f"缺条 {len(quality.missing_articles)} 条")
    if quality.tables:
        told.append(f"表格 {quality.tables} 个")
    told += [f"清理“{reason}”{count} 字" for reason, count in quality.dropped.items()]
    return [*lines, "质量：" + "；".join(told)]


def dropped_lines(dropped: Sequence[Mapping[str, object]]) -> list[str]:
    """One line for each reason: how many passages, and what they say, each wording once."""
    by_reason: dict[str, list[str]] = defaultdict(list)
    for one in dropped:
        by_reason[str(one["reason"])].append(str(one["text"]).strip())
    lines = []
    for reason, texts in by_reason.items():
        wordings = list(dict.fromkeys(texts))
        rest = f" ……等 {len(wordings)} 种" if len(wordings) > _SHOWN else ""
        lines.append(f"清理：{' / '.join(wordings[:_SHOWN])}{rest}（{reason}，{len(texts)} 处）")
    return lines


def report_json(report: SyncReport) -> dict[str, Any]:
    return {
        **{
            key: getattr(report, key)
            for key in ("added", "changed", "unchanged", "removed", "chunks", "seconds")
        },
        "failed": [asdict(failure) for failure in report.failed],
        "quarantined": [{"source": notice.source, "reason": notice.message} for notice in report.quarantined],
        "warnings": [asdict(notice) for notice in report.warnings],
        "check": [{"source": notice.source, "reason": notice.message} for notice in report.check],
    }


def report_lines(report: SyncReport) -> Iterator[str]:
    yield (
        f"新增 {report.added}，更新 {report.changed}，未变 {report.unchanged}，移除 {report.removed}；"
        f"写入 {report.chunks} 个分块，用时 {report.seconds:.1f} 秒。"
    )
    for failure in report.failed:
        yield f"  未读入 {failure.source}：{failure.reason}\n      怎么办：{failure.hint}"
    for held in report.quarantined:
        yield f"  已隔离 {held.source}：{held.message}"
    for notice in report.warnings:
        yield f"  注意 {notice.source}：{notice.message}"
    for doubt in report.check:
        yield f"  请核对 {doubt.source}：{doubt.message}"


def left_out_lines(files: Sequence[LeftOut]) -> Iterator[str]:
    """The files that the last sync of their folder did not read, held back ones first; nothing where there are none."""
    for held, name in ((True, "已隔离"), (False, "未读入")):
        some = [one for one in files if one.held == held]
        if some:
            yield f"{name} {len(some)} 份（上次同步时）："
            yield from (f"  {one.source}：{one.reason}{one.hint}" for one in some)
