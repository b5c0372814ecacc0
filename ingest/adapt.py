"""python -m ingest adapt: the builtin model learns a home's own documents and the questions its people confirmed.

The story: read chunks and questions, set a fifth of the questions aside, learn from the rest, judge the model before and
after on what was set aside, and only if it is better use it and rebuild the index. `undo` goes back one model.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.compose import local_model, open_index
from ingest.config import Settings
from ingest.confirmed import Confirmed, keep, kept, merged, numbered, read_confirmed
from ingest.embed import BUILTIN, embedding_text, open_embedder
from ingest.embedder.folder import write_folder
from ingest.embedder.tune import Figures, Test, cloze_tests, judge, tune
from ingest.encoders.static import StaticEmbedder, load_static
from ingest.errors import ConfigError
from ingest.index import Index
from ingest.installed import FOLDER, adapted_models, adopt, clear_unused, give_up
from ingest.model import Hit

_FEWEST = 20  # questions, or held-out sentences: a judgement on fewer is a throw of dice
_FEWEST_HELD_OUT = 3

Say = Callable[[str], None]


@dataclass(frozen=True)
class Adaptation:
    """What was learned from, what was set aside, the figures before and after, and whether the new model is now used."""

    pairs: int
    not_found: int
    held_out: int
    judged_by: str  # "pairs" or "documents"
    before: Figures
    after: Figures
    installed: bool


def adapt(settings: Settings, pairs: Path | None, minutes: float, say: Say) -> Adaptation:
    """Learn, judge, install what is better; a model that is not better leaves everything as it was."""
    _refuse_own_model(settings)
    given = read_confirmed(pairs) if pairs else []
    confirmed = merged(kept(settings.home), given)
    index = open_index(settings)
    index.check_rules()
    model = index.embedder
    assert isinstance(model, StaticEmbedder)
    chunks = [hit for row in index.documents() for hit in index.chunks_of(row.id)]
    index.close()
    if confirmed:
        found = _found(confirmed, chunks)
        aside = [test for one, test in found if one.held_out]
        taught = [test for one, test in found if not one.held_out]
        _refuse_few(len(found), len(aside), len(confirmed))
        learned = list(range(len(chunks)))
        texts = [embedding_text(hit.title, hit.heading_path, hit.text) for hit in chunks]
    else:
        held = [number for number, hit in enumerate(chunks) if _held_out(hit)]
        texts, aside = cloze_tests(chunks, held)
        taught, learned = [], sorted(set(range(len(chunks))) - set(held))
        _refuse_small_home(len(aside))
    say(f"学习 {len(learned)} 个分块和 {len(taught)} 个问题，留出 {len(aside)} 个检验……")
    before = judge(model, texts, aside)
    table = tune(model, chunks, learned, taught, minutes * 60)
    trial = _new_folder(settings.home)
    write_folder(trial, model.tokenizer, table)
    tuned = load_static(trial, FOLDER)
    after = judge(tuned, texts, aside)
    better = after.mean > before.mean
    if better:
        keep(
            settings.home, confirmed
        )  # first: a rebuild that is interrupted goes on with `reindex`, not with adapt
        _use(Index(settings.home, tuned), lambda: adopt(settings.home, trial), say)
    clear_unused(settings.home)
    judged_by = "pairs" if confirmed else "documents"
    lost = len(confirmed) - len(taught) - len(aside) if confirmed else 0
    return Adaptation(len(taught), lost, len(aside), judged_by, before, after, better)


def undo(settings: Settings, say: Say) -> str:
    """Back to the model before the one in use; its name."""
    _refuse_own_model(settings)
    models = adapted_models(settings.home)
    if not models:
        raise ConfigError("没有可以退回的模型：正在用的就是自带模型。", hint="不需要做什么。")
    former = models[-2] if len(models) > 1 else BUILTIN
    embedder = open_embedder(local_model(settings, former))
    _use(Index(settings.home, embedder), lambda: give_up(settings.home), say)
    clear_unused(settings.home)
    return former


def _use(index: Index, switch: Callable[[], None], say: Say) -> None:
    """Switch under the writer's lock, then rebuild the index with the model it was opened with."""
    try:
        with index.writing():
            switch()
            for done, total in index.rebuild():
                if done == total or done % 50 == 0:
                    say(f"重建索引 {done}/{total}")
    finally:
        index.close()


def _found(confirmed: Sequence[Confirmed], chunks: Sequence[Hit]) -> list[tuple[Confirmed, Test]]:
    """The questions whose places are in the home, with the numbers of their chunks."""
    by_source: dict[str, list[tuple[int, Hit]]] = {}
    for number, hit in enumerate(chunks):
        by_source.setdefault(hit.source, []).append((number, hit))
    tests = [(one, Test(one.question, numbered(one, by_source))) for one in confirmed]
    return [(one, test) for one, test in tests if test.items]


def _held_out(hit: Hit) -> bool:
    return hashlib.sha256(hit.text.encode()).digest()[0] % 5 == 0


def _new_folder(home: Path) -> Path:
    trial = home / FOLDER / "trial"
    shutil.rmtree(trial, ignore_errors=True)
    return trial


def _refuse_own_model(settings: Settings) -> None:
    chosen = settings.embedding
    if chosen.base_url or chosen.model not in (BUILTIN, *adapted_models(settings.home)):
        raise ConfigError(
            f"现在用的是 {chosen.model}，adapt 只能调整自带模型。",
            hint="请把 embedding.model 改回 builtin 并运行 python -m ingest reindex，再试。",
        )


def _refuse_few(found: int, held_out: int, given: int) -> None:
    if found < _FEWEST or held_out < _FEWEST_HELD_OUT:
        raise ConfigError(
            f"问题太少：{given} 个里有 {found} 个在资料库里找得到出处，留出检验的 {held_out} 个；"
            f"至少要 {_FEWEST} 个，其中留出的 {_FEWEST_HELD_OUT} 个。",
            hint="请多攒一些确认过的问题；来源和条号要与 python -m ingest status、show 显示的一致。",
        )


def _refuse_small_home(tests: int) -> None:
    if tests < _FEWEST:
        raise ConfigError(
            f"资料太少：留出的五分之一里只有 {tests} 个分块能出题，至少要 {_FEWEST} 个。",
            hint="请先同步更多资料，或用 --pairs 给出确认过的问题。",
        )
