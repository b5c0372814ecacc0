"""The card's place on the page: a button under the answer, and below the columns the card with a field for the start.

Beside `bot.ui.app` the only file that imports gradio.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.card.dates import timetable
from bot.card.typed import NotUnderstood, check_steps, known_days
from bot.ui import procedure
from bot.ui.handlers import WrongDate, parse_day
from bot.ui.opening import Doorway
from bot.ui.talk import Talk

if TYPE_CHECKING:
    import gradio as gr

GONE = "没有可以做成办理卡的条文，请再问一次。"
_TO_CARD = "() => setTimeout(() => document.getElementById('dw-card')?.scrollIntoView({block: 'start'}), 300)"


@dataclass(frozen=True)
class Panel:
    """The parts that listen or change; `offer` stands under the answer."""

    box: gr.Column
    card: gr.HTML
    start: gr.Textbox
    known: gr.Textbox
    count: gr.Button


def place_offer() -> gr.Button:
    import gradio as gr

    return gr.Button("办理卡：分步骤、时限和日期", size="sm", visible=False, elem_id="dw-card-offer")


def place() -> Panel:
    import gradio as gr

    with gr.Column(visible=False, elem_id="dw-card") as box:
        with gr.Row(elem_id="dw-card-dates"):
            start = gr.Textbox(
                label="起算日",
                placeholder="如 2026-05-01",
                max_lines=1,
                elem_id="dw-card-start",
                min_width=140,
            )
            hint = "如 12=2026-08-01，可不填"
            known = gr.Textbox(
                label="已办步骤的日期", placeholder=hint, max_lines=1, elem_id="dw-card-known", min_width=200
            )
            count = gr.Button("推算日期", min_width=90, elem_id="dw-card-count")
        card = gr.HTML("", apply_default_css=False)
    return Panel(box, card, start, known, count)


def listen(
    panel: Panel, offer: gr.Button, talk: gr.State, doorway: Doorway, asked: Sequence[Any], clear: gr.Button
) -> None:
    """The button comes with an answer that tells how something is done, and goes with the next question."""
    import gradio as gr

    def offered(now: Talk) -> list[Any]:
        card = procedure.card_for(doorway.desk, now)
        return [gr.update(visible=card is not None), gr.update(visible=False), "", "", ""]

    def opened(now: Talk) -> list[Any]:
        return [gr.update(visible=True), shown(doorway, now, "", "")]

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    changed = [offer, panel.box, panel.card, panel.start, panel.known]
    for event in asked:
        event.then(offered, talk, changed, **quiet)
    clear.click(lambda: offered(Talk()), None, changed, **quiet)
    offer.click(opened, talk, [panel.box, panel.card], **quiet).then(None, None, None, js=_TO_CARD, **quiet)
    gr.on(
        [panel.count.click, panel.start.submit, panel.known.submit],
        lambda now, start, known: shown(doorway, now, start, known),
        [talk, panel.start, panel.known],
        panel.card,
        **quiet,
    )


def shown(doorway: Doorway, talk: Talk, start: str, known: str) -> str:
    """The card of the newest question with its dates; what was typed wrongly is told on it."""
    card = procedure.card_for(doorway.desk, talk)
    if card is None:
        return f'<p class="dw-notice" role="alert">{GONE}</p>'
    try:
        begins, days = parse_day(start), known_days(known)
        check_steps(card, *days)
    except WrongDate:
        return procedure.shown(card, notice=f"“{start.strip()}”不是一个日期。请写成 2026-05-01 的样子。")
    except NotUnderstood as error:
        return procedure.shown(card, notice=str(error))
    if begins is None:
        return procedure.shown(card, notice="请先填写起算日。" if days else "")
    return procedure.shown(card, timetable(card, begins, known=days))
