"""The view 校对 on the page: a file or pasted text, what was found in it, what to accept. One of the files that import gradio."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.ui import proof, proofpage
from bot.ui.opening import Doorway
from bot.ui.proof import Check

if TYPE_CHECKING:
    import gradio as gr

CHECKERS_AT_ONCE = 3  # papers proofread at the same time; more wait in line


@dataclass(frozen=True)
class Panel:
    """The parts that listen or change; `shown` displays a check."""

    check: gr.State
    upload: gr.UploadButton
    pasted: gr.Textbox
    start: gr.Button
    notice: gr.HTML
    paper: gr.HTML
    findings: gr.HTML
    back: gr.Button  # puts what was accepted into the draft that the paper came from

    @property
    def shown(self) -> list[Any]:
        return [self.check, self.notice, self.paper, self.findings, self.back]


def place(clicks: str) -> Panel:
    """The view's parts, inside whatever tab is open. `clicks`: the script that sends what was clicked."""
    import gradio as gr

    bare: dict[str, Any] = {"apply_default_css": False}
    check = gr.State(Check())
    with gr.Column(elem_id="dwv-box"):
        pasted = gr.Textbox(
            label="粘贴要校对的文字，或者选一个文件（.docx、.txt、.md）",
            lines=4,
            max_lines=12,
            elem_id="dwv-pasted",
        )
        with gr.Row(elem_classes="dwd-buttons"):
            start = gr.Button("校对", variant="primary", size="sm", min_width=100, elem_id="dwv-start")
            upload = gr.UploadButton(
                "选一个文件校对", file_types=list(proof.ENDINGS), size="sm", elem_id="dwv-upload"
            )
        notice = gr.HTML("", elem_id="dwv-notice", **bare)
    with gr.Row(elem_id="dwv-columns", equal_height=False):
        with gr.Column(scale=3, min_width=320):
            paper = gr.HTML(proofpage.paper(Check()), elem_id="dwv-paper", **bare)
        with gr.Column(scale=2, min_width=300):
            back = gr.Button(
                "把采用的放回草稿", variant="primary", size="sm", visible=False, elem_id="dwv-back"
            )
            findings = gr.HTML(proofpage.findings(Check()), elem_id="dwv-findings", js_on_load=clicks, **bare)
    return Panel(check, upload, pasted, start, notice, paper, findings, back)


def listen(at: Panel, doorway: Doorway) -> None:
    import gradio as gr

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    checking: dict[str, Any] = {**quiet, "concurrency_limit": CHECKERS_AT_ONCE}

    def uploaded(path: str) -> list[Any]:
        file = Path(path)
        try:
            raw = file.read_bytes()
        finally:
            file.unlink(missing_ok=True)  # a reader's paper does not stay on the server
        return shown(proof.check_file(doorway.desk, file.name, raw))

    def clicked(check: Check, event: gr.EventData) -> list[Any]:
        return shown(proof.accept(check, str(event._data["said"])))  # noqa: SLF001 - as in `draftpanel`

    clicked.__annotations__["event"] = gr.EventData
    at.start.click(
        lambda check, text: shown(proof.check_text(doorway.desk, check, text or "")),
        [at.check, at.pasted],
        at.shown,
        **checking,
    )
    at.upload.upload(uploaded, at.upload, at.shown, **checking)
    at.findings.click(clicked, at.check, at.shown, **quiet)


def shown(check: Check) -> list[Any]:
    """A check as the values of `shown`."""
    import gradio as gr

    back = gr.update(visible=check.draft is not None and bool(check.accepted))
    return [check, proofpage.notice(check), proofpage.paper(check), proofpage.findings(check), back]
