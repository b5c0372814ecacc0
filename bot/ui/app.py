"""The page in the browser; beside the panels (`cardpanel`, `draftpanel`, `proofpanel`) the only file that imports gradio.

One `Talk` per reader, one list of outputs per moment: `page` shows a talk, `door` shows how far the opening is.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.errors import PortInUse
from bot.ui import about, cardpanel, cards, draftpanel, handlers, render, shelf
from bot.ui.front import OurFront
from bot.ui.offline import OnlyThisServer, stay_offline
from bot.ui.opening import Doorway, aloud, prepare_home
from bot.ui.quickstart import without_stub_writer
from bot.ui.talk import Talk

if TYPE_CHECKING:
    import gradio as gr

    from ingest.config import Settings

TITLE = "党务智答"
EXAMPLES = (
    "预备党员的预备期是多长？",
    "支部党员大会多久召开一次？",
    "入党介绍人需要几名？",
    "预备党员转正要办哪些手续？",
    "组织生活会一年开几次？",
    "党员连续六个月不交党费怎么办？",
)
FONTS = (
    "PingFang SC",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "system-ui",
    "sans-serif",
)
WAITING = "资料库还在准备，请稍候……"
ASK_HERE = "写下问题，按回车提问"
READERS_AT_ONCE = 4  # answers made at the same time; more wait in line


def serve(home: Path | None, host: str, port: int) -> None:
    """Serve the page until interrupted.

    ConfigError, before anything heavy is loaded, where the home or its settings cannot be used; PortInUse where the
    port was taken since the door checked it. What goes wrong later is told on the page.
    """
    from ingest.config import load_settings

    settings = load_settings(home)
    stay_offline()
    doorway = Doorway(aloud(partial(prepare_home, settings), partial(click.echo, err=True)))
    doorway.start()  # opens while gradio, the slowest import, loads
    with without_stub_writer():
        import gradio  # noqa: F401 - here for its speed; build() and the rest import it again, from memory
    page = build(doorway, settings)
    try:
        try:
            _launch(page, host, port)
        except OSError as error:
            raise PortInUse(f"端口 {host}:{port} 用不了：已被别的程序占用。") from error
        click.echo(f"党务智答已就绪，请在浏览器中打开：{address_of(host, port)}", err=True)
        click.echo("要停止服务，请在本窗口按 Ctrl+C。", err=True)
        while True:
            time.sleep(0.5)  # an Event would not hear Ctrl+C on Windows
    except KeyboardInterrupt:
        click.echo("已停止。", err=True)
    finally:
        page.close(verbose=False)
        doorway.close()


def address_of(host: str, port: int) -> str:
    """The address to type into a browser on this computer."""
    shown = "127.0.0.1" if host in {"", "0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


@dataclass(frozen=True)
class Widgets:
    """The parts of the page that listen or change. `shown` displays a talk, `door` how far the opening is."""

    talk: gr.State
    conversation: gr.HTML
    sources: gr.HTML
    notice: gr.HTML
    question: gr.Textbox
    day: gr.Textbox
    chips: tuple[gr.Button, ...]
    send: gr.Button
    fresh: gr.Button
    clear: gr.Button
    status: gr.HTML
    refresh: gr.Button
    library: gr.HTML
    timer: gr.Timer
    offer: gr.Button
    card: cardpanel.Panel

    @property
    def shown(self) -> list[Any]:
        return [self.talk, self.conversation, self.sources, self.notice, self.question]

    @property
    def door(self) -> list[Any]:
        return [self.status, self.question, self.send, self.library, self.timer]


def build(doorway: Doorway, settings: Settings | None = None) -> gr.Blocks:
    """The page with its listeners, not yet listening on a port. `settings`: what it says of its home and services."""
    import gradio as gr

    page: gr.Blocks = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True)
    with page:
        _listen(page, _place(doorway, settings), doorway)
    return page


def _place(doorway: Doorway, settings: Settings | None) -> Widgets:
    import gradio as gr

    talk = gr.State(Talk())
    _html(f'<header class="dw-head"><h1>{TITLE}</h1><p>句句有出处，点开见原文</p></header>')
    status = _html(shelf.opening(doorway.opening), elem_id="dw-status")
    with gr.Tabs(elem_id="dw-tabs", overflow_behavior="wrap"):
        with gr.Tab("问答", elem_id="dw-tab-ask"):
            with gr.Row(elem_id="dw-columns", equal_height=False):
                with gr.Column(scale=3, min_width=320):
                    conversation = _html(render.conversation(Talk()), elem_id="dw-conversation")
                    offer = cardpanel.place_offer()
                    notice = _html("", elem_id="dw-notice-box")
                    with gr.Row(elem_id="dw-ask"):
                        bare: dict[str, Any] = {"show_label": False, "container": False, "interactive": False}
                        box_id = "dw-question-box"
                        question = gr.Textbox(
                            placeholder=WAITING, max_lines=4, scale=5, elem_id=box_id, **bare
                        )
                        send = gr.Button("提问", variant="primary", min_width=72, interactive=False)
                        fresh = gr.Button("新话题", min_width=72)
                        clear = gr.Button("清空", min_width=72)
                    with gr.Row(elem_id="dw-chips"):
                        chips = tuple(gr.Button(text, size="sm") for text in EXAMPLES)
                    with gr.Row(elem_id="dw-foot"):
                        hint = "如 2024-01-01"
                        day = gr.Textbox(
                            label="按哪一天的规定", placeholder=hint, max_lines=1, elem_id="dw-day"
                        )
                        _html(about.privacy(settings))
                with gr.Column(scale=2, min_width=300):
                    sources = _html(cards.sources(Talk()), elem_id="dw-sources")
            card = cardpanel.place()
            with gr.Accordion("资料库", open=False, elem_id="dw-library"):
                _html(about.how_to_add(settings))
                refresh = gr.Button("刷新", size="sm", elem_id="dw-refresh")
                library = _html(shelf.library(()))
        draftpanel.tabs(doorway, settings)
    timer = gr.Timer(0.5)
    return Widgets(
        talk,
        conversation,
        sources,
        notice,
        question,
        day,
        chips,
        send,
        fresh,
        clear,
        status,
        refresh,
        library,
        timer,
        offer,
        card,
    )


def _listen(page: gr.Blocks, at: Widgets, doorway: Doorway) -> None:
    import gradio as gr

    def ask(text: str, day: str, before: Talk) -> Iterator[list[Any]]:
        emptied = False
        for said in handlers.ask(doorway.desk, text, day, before):
            yield _show(said, clear_box=said.accepted and not emptied)
            emptied = emptied or said.accepted

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    asking: dict[str, Any] = {"outputs": at.shown, "concurrency_limit": READERS_AT_ONCE, **quiet}
    asked = [gr.on([at.send.click, at.question.submit], ask, [at.question, at.day, at.talk], **asking)]
    asked += [chip.click(ask, [chip, at.day, at.talk], **asking) for chip in at.chips]
    at.fresh.click(lambda talk: _show(handlers.new_topic(talk), clear_box=False), at.talk, at.shown, **quiet)
    at.clear.click(lambda: _show(Talk(), clear_box=True), None, at.shown, cancels=asked, **quiet)
    cardpanel.listen(at.card, at.offer, at.talk, doorway, asked, at.clear)
    gr.on([page.load, at.timer.tick], lambda: _door(doorway), None, at.door, **quiet)
    at.refresh.click(lambda: _library(doorway), None, at.library, **quiet)


def _html(value: str, elem_id: str | None = None) -> gr.HTML:
    """A piece of the page in our own style: gradio's would dress every button and list."""
    import gradio as gr

    return gr.HTML(value, elem_id=elem_id, apply_default_css=False)


def _show(talk: Talk, *, clear_box: bool) -> list[Any]:
    """A talk as the values of `shown`; the box keeps what is being typed while an answer grows."""
    import gradio as gr

    box: Any = "" if clear_box else gr.skip()
    return [talk, render.conversation(talk), cards.sources(talk), render.notice(talk), box]


def _door(doorway: Doorway) -> list[Any]:
    """How far the opening is, as the values of `door`; the timer stops when there is nothing left to wait for."""
    import gradio as gr

    opening = doorway.opening
    waiting = opening.phase in {"opening", "syncing"}
    placeholder = WAITING if waiting else ASK_HERE if opening.ready else opening.message
    return [
        shelf.opening(opening),
        gr.update(interactive=opening.ready, placeholder=placeholder),
        gr.update(interactive=opening.ready),
        gr.skip() if waiting else _library(doorway),
        gr.update(active=waiting),
    ]


def _library(doorway: Doorway) -> str:
    desk = doorway.desk
    return shelf.library(desk.index.documents() if desk is not None else ())


def _launch(page: gr.Blocks, host: str, port: int) -> None:
    import gradio as gr
    from starlette.middleware import Middleware

    here = files("bot.ui")
    red = gr.themes.Color(*REDS, name="flag")
    page.launch(
        server_name=host,
        server_port=port,
        share=False,
        quiet=True,
        inbrowser=False,
        prevent_thread_lock=True,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
        run_history=False,
        footer_links=[],
        theme=gr.themes.Base(
            primary_hue=red, neutral_hue="stone", font=FONTS, font_mono=("Consolas", "monospace")
        ),
        css="".join(
            here.joinpath(name).read_text(encoding="utf-8")
            for name in ("style.css", "procedure.css", "drafting.css")
        ),
        head=f"<script>{here.joinpath('page.js').read_text(encoding='utf-8')}</script>",
        app_kwargs={
            "middleware": [Middleware(OnlyThisServer), Middleware(OurFront, title=TITLE)],
            "docs_url": None,
            "redoc_url": None,
        },
    )


# From palest to darkest; the sixth is the accent.
REDS = (
    "#fdf3f3", "#fbe5e5", "#f6cccc", "#eaa3a3", "#d56a6a", "#a61c1c", "#951919", "#7d1515", "#661111", "#4f0d0d", "#380909",
)  # fmt: skip
