"""The view 起草 on the page: the form, the draft that grows, what lies beside it, the tools. One of the files that import gradio.

Everything a reader has is in their own `Bench`; what happens is in `bot.ui.benchwork`, how it looks in `bot.ui.drafting`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.ui import benchwork, downloads, drafting, grounds, proof, proofpanel
from bot.ui.bench import Bench, DraftingDesk, Form
from bot.ui.clicks import CLICKS
from bot.ui.draftform import example, genre_names, library_choices
from bot.ui.handlers import place_of
from bot.ui.opening import Doorway
from bot.ui.owner import BROWSER_NAME, owner_of
from bot.ui.refilled import form_of_request
from bot.ui.talk import AnsweringDesk
from ingest.model import RULE_KINDS

if TYPE_CHECKING:
    import gradio as gr

    from ingest.config import Settings

WRITERS_AT_ONCE = 3  # drafts made at the same time; more wait in line
FACTS_HINT = (
    "一行一条。单独一行的【做法】【成效】【问题】【原因】【打算】【概况】说明下面各条的用途；"
    "行首“组织生活：”说明这条说的是什么。数字照原样写，不知道的写 X。"
)
TABLE_HINT = "从电子表格里连表头复制过来：第一栏是指标，后面每栏一个时期。合计、占比、增减由程序算。"
_TO_DRAFT = """() => setTimeout(() => {
  const wrong = document.querySelector('#dwd-notice [role=alert]'); // below the button, on a low screen out of sight
  (wrong || document.getElementById('dwd-page'))?.scrollIntoView({ block: wrong ? 'nearest' : 'start' });
}, 400)"""
_TO_PROOF = "() => { document.querySelectorAll('#dw-tabs [role=tab]')[2]?.click(); window.scrollTo(0, 0); }"


@dataclass(frozen=True)
class Panel:
    """The parts that listen or change. `form` are the fields in the order of `Form`."""

    bench: gr.State
    form: tuple[Any, ...]
    request: gr.Accordion
    fill: gr.Button
    plan: gr.Button
    write: gr.Button
    stop: gr.Button
    learned: gr.HTML
    notice: gr.HTML
    kept: gr.Dropdown
    browser: gr.Textbox  # the name that the browser goes by, see `bot.ui.owner`
    open: gr.Button
    tools: gr.Row
    told: gr.HTML
    undo: gr.Button
    export: gr.Button
    proof: gr.Button
    links: gr.HTML
    page: gr.HTML
    beside: gr.HTML
    editor: gr.Column
    section: gr.State
    words: gr.Textbox
    keep: gr.Button
    leave: gr.Button

    @property
    def outline(self) -> Any:
        return self.form[-1]

    @property
    def shown(self) -> list[Any]:
        """What a step may change; see `_shown`."""
        return [
            self.bench,
            self.page,
            self.notice,
            self.told,
            self.tools,
            self.beside,
            self.links,
            self.editor,
            self.stop,
        ]


def tabs(doorway: Doorway, settings: Settings | None) -> None:
    """起草 and 校对 with their listeners; without settings there is no home to keep drafts in."""
    import gradio as gr

    with gr.Tab("起草", elem_id="dw-tab-draft") as view:
        panel = place()
    with gr.Tab("校对", elem_id="dw-tab-proof"):
        checking = proofpanel.place(CLICKS)
    listen(panel, view, doorway, settings.home if settings else None)
    proofpanel.listen(checking, doorway)
    panel.proof.click(
        lambda check, bench: proofpanel.shown(proof.check_draft(doorway.desk, check, bench.draft)),
        [checking.check, panel.bench],
        checking.shown,
        show_progress="hidden",
        api_visibility="private",
    ).then(None, None, None, js=_TO_PROOF)

    def back(bench: Bench, check: proof.Check) -> list[Any]:
        home = settings.home if settings else None
        bench, check = benchwork.put_back(_desk(doorway), home, bench, check)
        return [*_shown(bench, doorway, "", editor=False), *proofpanel.shown(check)]

    checking.back.click(
        back,
        [panel.bench, checking.check],
        [*panel.shown, *checking.shown],
        show_progress="hidden",
        api_visibility="private",
    )


def place() -> Panel:
    """The view's parts, inside whatever tab is open."""
    import gradio as gr

    bench, section = gr.State(Bench()), gr.State(0)
    with gr.Accordion("请求：写什么、给谁、有哪些事实", open=True, elem_id="dwd-request") as request:
        form = _form()
        with gr.Row(elem_classes="dwd-buttons"):
            fill = gr.Button("填入一个例子", size="sm", min_width=90, elem_id="dwd-fill")
            plan = gr.Button("拟提纲", size="sm", min_width=90, elem_id="dwd-plan")
            write = gr.Button("起草", variant="primary", size="sm", min_width=120, elem_id="dwd-write")
            kept = gr.Dropdown([], value=None, label="存过的草稿", min_width=240, elem_id="dwd-kept")
            open_kept = gr.Button("打开存过的草稿", size="sm", min_width=110, elem_id="dwd-open")
            browser = gr.Textbox(visible=False)
        notice = _html("", "dwd-notice")
        learned = _html("")
    with gr.Row(visible=False, elem_id="dwd-bar") as tools:
        told = _html("", "dwd-told")
        undo = gr.Button("撤销", size="sm", min_width=70, elem_id="dwd-undo")
        export = gr.Button("导出", size="sm", min_width=70, elem_id="dwd-export")
        proof = gr.Button("校对这份草稿", size="sm", min_width=110, elem_id="dwd-proof")
        links = _html("", "dwd-links")
    with gr.Row(elem_id="dwd-columns", equal_height=False):
        with gr.Column(scale=3, min_width=320):
            stop = gr.Button("停止起草", size="sm", visible=False, elem_id="dwd-stop")
            page = _html(drafting.page(Bench()), "dwd-page", CLICKS)
        with gr.Column(scale=2, min_width=300, elem_id="dwd-side"):
            with gr.Column(visible=False, elem_id="dwd-editor") as editor:
                words = gr.Textbox(
                    label="自己改这一节：一行一段。没改的句子保留出处，您新写的数字记作您填写的。",
                    lines=10,
                    max_lines=24,
                )
                with gr.Row(elem_classes="dwd-buttons"):
                    keep = gr.Button("保存", variant="primary", size="sm", min_width=80, elem_id="dwd-keep")
                    leave = gr.Button("取消", size="sm", min_width=80)
            beside = _html(grounds.NOTHING, "dwd-beside", CLICKS)
    return Panel(
        bench, form, request, fill, plan, write, stop, learned, notice, kept, browser, open_kept, tools, told,
        undo, export, proof, links, page, beside, editor, section, words, keep, leave,
    )  # fmt: skip


def _form() -> tuple[Any, ...]:
    import gradio as gr

    narrow: dict[str, Any] = {"max_lines": 1, "min_width": 150}
    with gr.Row():
        genre = gr.Dropdown(
            genre_names(), value=Form().genre, label="文种 *", min_width=150, elem_id="dwd-genre"
        )
        title = gr.Textbox(label="标题 *", max_lines=2, scale=4, min_width=240, elem_id="dwd-title")
    with gr.Row():
        unit = gr.Textbox(label="单位 *", scale=2, elem_id="dwd-unit", **narrow)
        period = gr.Textbox(label="时期 *", placeholder="如 2026年", elem_id="dwd-period", **narrow)
        audience = gr.Textbox(label="主送", scale=2, **narrow)
        signer = gr.Textbox(label="署名", placeholder="不写则用单位", scale=2, **narrow)
        dated = gr.Textbox(label="成文日期", placeholder="如 2027-01-08", elem_id="dwd-dated", **narrow)
        length = gr.Number(
            label="大约字数", value=3000, precision=0, minimum=200, maximum=20000, min_width=110
        )
    with gr.Row(equal_height=False):
        with gr.Column(scale=3, min_width=320):
            facts = gr.Textbox(
                label="今年的事实 *", info=FACTS_HINT, lines=13, max_lines=30, elem_id="dwd-facts"
            )
        with gr.Column(scale=2, min_width=300):
            table = gr.Textbox(
                label="一张表（可不填）", info=TABLE_HINT, lines=4, max_lines=20, elem_id="dwd-table"
            )
            many: dict[str, Any] = {"multiselect": True, "value": []}
            documents = gr.Dropdown(
                [],
                label="从资料库取事实的文件（可不选）",
                info="这些文件里的句子作为今年的事实，逐句带出处。",
                **many,
            )
            sources = gr.Dropdown(
                [], label="可用的资料（不选则都可用）", info="可以选整个文件夹。打字可以找。", **many
            )
            basis = gr.Checkbox(
                Form().basis, label="讲做法的各节先引一条依据（有切题的才引）", elem_id="dwd-basis"
            )
            outline = gr.Textbox(
                label="提纲（可改，一行一个标题；空着由程序拟）", lines=3, max_lines=24, elem_id="dwd-outline"
            )
    return (genre, title, unit, period, audience, signer, dated, length, facts, table, documents, sources, basis, outline)  # fmt: skip


def form_of(values: tuple[Any, ...]) -> Form:
    """The values of the fields, in their order, as a form; what a browser sends empty is empty."""
    typed = dict(zip((field.name for field in fields(Form)), values, strict=True))
    for name, value in typed.items():
        if name in {"documents", "sources"}:
            typed[name] = tuple(value or ())
        elif value is None and name != "length":
            typed[name] = ""
    return Form(**typed)


def listen(at: Panel, tab: gr.Tab, doorway: Doorway, home: Path | None) -> None:
    import gradio as gr

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}

    def written(bench: Bench, *values: Any) -> Iterator[list[Any]]:
        for made in benchwork.write(_desk(doorway), home, form_of(values), bench):
            yield [
                *_shown(made, doorway, "", editor=False),
                gr.update(open=made.draft is None or bool(made.notice)),
            ]

    def planned(bench: Bench, *values: Any) -> list[Any]:
        made = benchwork.plan(_desk(doorway), form_of(values), bench)
        text = gr.skip() if made.notice else made.planned_text
        return [made, drafting.notice(made), drafting.outline(made.planned), text]

    def stopped(bench: Bench) -> list[Any]:
        return _shown(benchwork.stopped(home, bench), doorway, "", editor=False)

    def clicked(bench: Bench, event: gr.EventData) -> Iterator[list[Any]]:
        said = str(event._data["said"])  # noqa: SLF001 - what CLICKS sends has no other way in
        yield from _clicked(bench, said, doorway, home)

    # Gradio looks for its own type among the arguments; as a word it would not find it outside this function.
    clicked.__annotations__["event"] = gr.EventData

    def opened(bench: Bench, name: str | None) -> list[Any]:
        made = benchwork.opened(home, bench, name or "")
        return [
            *_shown(made, doorway, grounds.offers_at(made.draft), editor=False),
            gr.update(open=bool(made.notice)),
            *_refilled(made),
        ]

    def selected(bench: Bench, browser: str, request: gr.Request) -> list[Any]:
        mine = replace(bench, owner=_owner(request, browser))
        return [gr.skip() if mine == bench else mine, *_library(doorway), _kept(home, mine)]

    selected.__annotations__["request"] = gr.Request

    def kept_words(bench: Bench, section: int, words: str) -> list[Any]:
        made = benchwork.own_words(home, bench, section, words)
        return _shown(made, doorway, f"quiet:{section}", editor=bool(made.notice))

    writing = at.write.click(
        written, [at.bench, *at.form], [*at.shown, at.request], concurrency_limit=WRITERS_AT_ONCE, **quiet
    )
    at.write.click(None, None, None, js=_TO_DRAFT, **quiet)
    writing.then(lambda bench: _kept(home, bench), at.bench, at.kept, **quiet)
    at.stop.click(None, None, None, cancels=[writing], **quiet).then(stopped, at.bench, at.shown, **quiet)
    at.plan.click(planned, [at.bench, *at.form], [at.bench, at.notice, at.learned, at.outline], **quiet)
    at.fill.click(lambda: list(_values(example())), None, list(at.form), **quiet)
    at.open.click(opened, [at.bench, at.kept], [*at.shown, at.request, *at.form], **quiet)
    for html in (at.page, at.beside):
        html.click(clicked, at.bench, [*at.shown, at.section, at.words], **quiet)
    at.undo.click(
        lambda bench: _shown(benchwork.act(_desk(doorway), home, bench, "undo"), doorway, "", editor=False),
        at.bench,
        at.shown,
        **quiet,
    )
    at.export.click(lambda bench: downloads.links(bench.draft), at.bench, at.links, **quiet)
    at.keep.click(kept_words, [at.bench, at.section, at.words], at.shown, **quiet)
    at.leave.click(lambda: gr.update(visible=False), None, at.editor, **quiet)
    # The list goes in before the draft of the reader: both are needed for a form that is filled in again.
    tab.select(
        selected,
        [at.bench, at.browser],
        [at.bench, at.form[10], at.form[11], at.kept],
        js=BROWSER_NAME,
        **quiet,
    )


def _clicked(bench: Bench, said: str, doorway: Doorway, home: Path | None) -> Iterator[list[Any]]:
    """What a click in the draft or beside it changes: often only what lies beside."""
    import gradio as gr

    verb, _, place_ = said.partition(":")
    nothing = [gr.skip(), gr.skip()]
    if verb in {"look", "offers", "open", "close"}:
        rest = [gr.skip()] * 3
        yield [*[gr.skip()] * 5, _beside(bench, said, doorway), *rest, *nothing]
        return
    if (
        verb == "own"
        and bench.draft is not None
        and place_.isdigit()
        and int(place_) < len(bench.draft.sections)
    ):
        section = bench.draft.sections[int(place_)]
        told = _shown(bench, doorway, "", editor=True)
        yield [*told, int(place_), benchwork.text_of(section)]
        return
    if verb == "again":
        waiting = replace(bench, told="正在重写这一节……")
        yield [gr.skip(), gr.skip(), gr.skip(), drafting.told(waiting), *[gr.skip()] * 5, *nothing]
    made = benchwork.act(_desk(doorway), home, bench, said)
    yield [*_shown(made, doorway, f"quiet:{made.at}", editor=False), *nothing]


def _shown(bench: Bench, doorway: Doorway, said: str, *, editor: bool) -> list[Any]:
    """A bench as the values of `shown`. What was exported is of the draft before: its links go."""
    import gradio as gr

    return [
        bench,
        drafting.page(bench),
        drafting.notice(bench),
        drafting.told(bench),
        gr.update(visible=bench.draft is not None and bench.idle),
        _beside(bench, said or (grounds.offers_at(bench.draft) if bench.idle else ""), doorway),
        "",
        gr.update(visible=editor),
        gr.update(visible=not bench.idle),
    ]


def _beside(bench: Bench, said: str, doorway: Doorway) -> str:
    desk = doorway.desk
    if desk is None:
        return grounds.NOTHING
    return grounds.beside(bench.draft, said, lambda citation: place_of(desk, citation))


def _desk(doorway: Doorway) -> DraftingDesk | None:
    """The desk, where it is open and can draft."""
    desk: AnsweringDesk | None = doorway.desk
    return desk if isinstance(desk, DraftingDesk) else None


def _library(doorway: Doorway) -> list[Any]:
    import gradio as gr

    rows = doorway.desk.index.documents() if doorway.desk is not None else ()
    own = [
        (row.title, row.source) for row in rows if row.kind not in RULE_KINDS
    ]  # a rule tells nothing of this year
    everything = [(row.title, row.source) for row in rows]
    return [gr.update(choices=library_choices(named)) for named in (own, everything)]


def _refilled(bench: Bench) -> list[Any]:
    """The values of the form for the draft that was opened; as they are where none was."""
    import gradio as gr

    if bench.draft is None or bench.notice:
        return [gr.skip() for _ in fields(Form)]
    return list(_values(form_of_request(bench.draft.request)))


def _owner(request: gr.Request, browser: str) -> str:
    """Outside a server, as in a test of the listeners, there is no client."""
    headers, client = dict(request.headers or {}), request.client
    forwarded = "x-forwarded-for" in headers or "forwarded" in headers
    return owner_of(request.username, browser or "", client.host if client else "", forwarded=forwarded)


def _kept(home: Path | None, bench: Bench) -> Any:
    import gradio as gr

    found = benchwork.kept_drafts(home, bench.owner)
    drafts = [(f"{one.name}（{one.written:%m-%d %H:%M}）", one.name) for one in found]
    return gr.update(choices=drafts, value=drafts[0][1] if drafts else None)


def _values(form: Form) -> Iterator[Any]:
    for field in fields(Form):
        value = getattr(form, field.name)
        yield list(value) if isinstance(value, tuple) else value


def _html(value: str, elem_id: str | None = None, clicks: str | None = None) -> gr.HTML:
    import gradio as gr

    return gr.HTML(value, elem_id=elem_id, apply_default_css=False, js_on_load=clicks)
