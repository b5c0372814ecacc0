"""The judges' door: python -m evals run | check | compare | generate | lexicon | fit | bench."""

from __future__ import annotations

from evals.commands.answers import picking, refusal
from evals.commands.cards import cards
from evals.commands.drafts import drafts
from evals.commands.judging import check, compare, run
from evals.commands.kept import kept
from evals.commands.learning import fit, generate, lexicon
from evals.commands.parts import bad_model, verify
from evals.commands.proofreading import proofread
from evals.commands.timing import bench, load, plain
from ingest.console import door

COMMANDS = (
    run,
    check,
    compare,
    generate,
    lexicon,
    fit,
    picking,
    refusal,
    kept,
    verify,
    bad_model,
    proofread,
    cards,
    drafts,
    bench,
    plain,
    load,
)
main = door("党务智答：用题目检验检索和回答，比较两次结果，测速度。", COMMANDS)


if __name__ == "__main__":
    main()
