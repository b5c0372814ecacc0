"""A real engine at the other end of the wire: a causal model with random weights, made here, served by `transformers serve`.

It proves the protocol, not the prose: what it says is noise, and none of it may reach the reader.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from bot.chat import converse
from bot.llm.client import open_model
from bot.llm.prompt import Prompt
from bot.llm.write import open_writer
from bot.model import Query
from bot.testing import RULES, articles
from ingest.config import LanguageModelSettings

_NEEDS = ("torch", "transformers", "fastapi", "uvicorn")
_PROGRAM = Path(sys.executable).with_name("transformers")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.skipif(
        not all(importlib.util.find_spec(name) for name in _NEEDS)
        or not (_PROGRAM.exists() or shutil.which("transformers")),
        reason=f"`transformers serve` needs {', '.join(_NEEDS)}",
    ),
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageModelSettings]:
    folder = tmp_path_factory.mktemp("tiny")
    _make_model(folder)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = str(_PROGRAM) if _PROGRAM.exists() else str(shutil.which("transformers"))
    log = (folder / "log").open("w")
    command = [program, "serve", str(folder), "--host", "127.0.0.1", "--port", str(port), "--device", "cpu"]
    server = subprocess.Popen(
        command,
        stdout=log,
        stderr=log,
        env={**os.environ, "HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"},
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/health", server, folder / "log")
        yield LanguageModelSettings(
            model=str(folder), base_url=f"http://127.0.0.1:{port}/v1", max_tokens=48, first_timeout=60
        )
    finally:
        server.terminate()
        server.wait(20)
        log.close()


def _make_model(folder: Path) -> None:
    """Two layers of 32 numbers, one token for each byte; it takes what prompt it is given."""
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokenizer = Tokenizer(models.BPE(vocab={letter: at for at, letter in enumerate(letters)}, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token="<s>", eos_token="</s>", pad_token="<pad>"
    )
    fast.chat_template = "{% for one in messages %}{{ one['content'] }}\n{% endfor %}"
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=len(fast), hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=2,
        num_key_value_heads=2, max_position_embeddings=16_384, bos_token_id=fast.bos_token_id,
        eos_token_id=fast.eos_token_id, pad_token_id=fast.pad_token_id,
    )  # fmt: skip
    LlamaForCausalLM(config).save_pretrained(folder)
    fast.save_pretrained(folder)


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        try:
            with urlopen(url, timeout=5):
                return
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.4)
    pytest.skip(f"`transformers serve` does not start here: {log.read_text()[-300:]}")


def test_a_real_engine_streams_and_can_be_stopped(engine: LanguageModelSettings) -> None:
    model = open_model(engine)
    try:
        pieces = list(model.say(Prompt("规则", "预备期")))
        assert len(pieces) > 3
        words = model.say(Prompt("规则", "预备期"))
        next(words)
        words.close()
        assert "".join(model.say(Prompt("规则", "预备期"))) == "".join(
            pieces
        )  # nothing random: temperature 0
    finally:
        model.close()


def test_its_noise_does_not_reach_the_reader(engine: LanguageModelSettings) -> None:
    model = open_model(engine)
    try:
        write = open_writer(model.say, 12, 8_000)
        query = Query("预备党员的预备期是多长？")
        *_, answer = converse(query, lambda _: articles(), lambda _: RULES, write)
    finally:
        model.close()
    assert (answer.status, answer.mode) == ("answered", "extractive")
    assert answer.sentences[0].text == "预备党员的预备期为一年。"
    assert any("没有采用" in warning or "没有写出内容" in warning for warning in answer.warnings)


def test_a_model_it_does_not_know_is_told_in_words(engine: LanguageModelSettings) -> None:
    from bot.errors import ModelFailed

    model = open_model(engine.model_copy(update={"model": "another"}))
    with pytest.raises(ModelFailed, match=r"400|404"):
        list(model.say(Prompt("规则", "预备期")))
    model.close()
