"""What the page says of itself: how documents are added, and which service gets what. Pure functions."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from ingest.services import services

if TYPE_CHECKING:
    from ingest.config import Settings

FORMATS = "txt、md、docx、doc、wps、pdf、xlsx、xls、csv、pptx、ppt、网页、ofd、zip、扫描件和图片"
STAYS_HERE = "问题和资料只在运行本系统的电脑上处理，不发往别处。"


def how_to_add(settings: Settings | None) -> str:
    """The command, the folder and the way to see the result, as HTML; without settings the home is left out."""
    home = f' --home "{settings.home}"' if settings else ""
    kept = f"整理好的资料存放在 {escape(str(settings.home))}，原件不动。" if settings else ""
    return (
        f'<div class="dw-add"><p><b>添加资料</b>　把文件（{FORMATS}）放进一个文件夹，在运行本系统的电脑上打开命令行，运行：</p>'
        f"<pre>{escape(f'python -m ingest sync 文件夹的路径{home}', quote=False)}</pre>"
        "<p>运行完后点下面的“刷新”，新资料就能查到，不必重新启动。文件夹里有增改时再运行同样的命令，只处理有变化的文件。"
        f"{kept}</p></div>"
    )


def privacy(settings: Settings | None) -> str:
    """Which service gets what, as HTML; one sentence where nothing leaves the computer."""
    told = tuple(_services(settings)) if settings else ()
    lines = "".join(f"<p>{escape(one)}</p>" for one in told or (STAYS_HERE,))
    return f'<div class="dw-privacy{" dw-leaves" if told else ""}">{lines}</div>'


def _services(settings: Settings) -> list[str]:
    return [
        f"已接入{one.name}（{one.model}，{one.where}，{'单位以外' if one.external else '本机或本单位网络'}）：{one.gets}"
        for one in services(settings)
    ]
