"""Settings: what config.toml may say, what a mistake in it leads to, what the environment may do."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.config import load_settings
from ingest.errors import ConfigError, HomeError


def write(home: Path, text: str, encoding: str = "utf-8") -> None:
    (home / "config.toml").write_text(text, encoding=encoding)


def test_every_setting_is_read(home: Path) -> None:
    """The sections of docs/models.md, as written there."""
    write(
        home,
        'corpus = "资料"\n[embedding]\nmodel = "m"\nbase_url = "http://127.0.0.1:1/v1"\napi_key = "k"\n'
        'query_instruction = ""\nbatch = 8\ntimeout = 5\n[reranker]\nmodel = "r"\ndepth = 10\n'
        '[llm]\nmodel = "openai:q"\n',
    )
    settings = load_settings(home)
    assert settings.embedding.api_key is not None
    assert settings.embedding.api_key.get_secret_value() == "k"
    assert (settings.embedding.model, settings.embedding.batch, settings.embedding.timeout) == ("m", 8, 5.0)
    assert settings.embedding.query_instruction == ""
    assert (settings.reranker.model, settings.reranker.depth) == ("r", 10)
    assert "k" not in str(settings.embedding.api_key)


@pytest.mark.parametrize(
    ("text", "wrong", "near"),
    [
        ('[embeding]\nmodel = "x"', "embeding", "embedding"),
        ('[embedding]\nmodle = "x"', "embedding.modle", "embedding.model"),
        ('[rerank]\nmodel = "x"', "rerank", "reranker"),
        ("[reranker]\ndeep = 3", "reranker.deep", "reranker.depth"),
        ('base_url = "x"', "base_url", "embedding.base_url"),
        ('home = "x"', "home", "可写的有"),
    ],
)
def test_an_unknown_key_is_named_with_the_nearest_known_one(
    home: Path, text: str, wrong: str, near: str
) -> None:
    """A misspelt section would otherwise be ignored, and the user believe it works."""
    write(home, text)
    with pytest.raises(ConfigError, match=f"不认识的设置项 {wrong}。.*{near}"):
        load_settings(home)


def test_unknown_environment_variables_break_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They may belong to another version; known ones win over the file."""
    monkeypatch.setenv("DANGWU_COLOUR", "red")
    monkeypatch.setenv("DANGWU_EMBEDDING__COLOUR", "red")
    monkeypatch.setenv("DANGWU_EMBEDDING__BATCH", "4")
    write(home, "[embedding]\nbatch = 16")
    assert load_settings(home).embedding.batch == 4


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[embedding]\nbatch = 0", "embedding.batch 不对：应不小于 1"),
        ("[embedding]\ntimeout = 0", "embedding.timeout 不对：应大于 0"),
        ('[embedding]\nbatch = "many"', "embedding.batch 不对：应是整数"),
        ("[embedding]\nmodel = 3", "embedding.model 不对：应是用引号"),
        ('embedding = "m"', "embedding 不对：应是一节设置"),
        ('[embedding]\nbase_url = "http://127.0.0.1/v1"', "embedding.model"),
        ("[embedding", "写法有误：文件没有写完|写法有误：第1行"),
        ("a = 1\nllm = ,", "写法有误：第2行第7个字附近"),
    ],
)
def test_a_wrong_value_is_said_in_chinese(home: Path, text: str, said: str) -> None:
    """The key and what it should have been."""
    write(home, text)
    with pytest.raises(ConfigError, match=said):
        load_settings(home)


def test_notepad_may_write_the_file(home: Path) -> None:
    """A byte order mark is read over; another encoding is named."""
    write(home, "[embedding]\nbatch = 7", "utf-8-sig")
    assert load_settings(home).embedding.batch == 7
    write(home, '[embedding]\nmodel = "模型"', "gb18030")
    with pytest.raises(ConfigError, match="UTF-8"):
        load_settings(home)


def test_a_home_that_is_a_file_is_called_one(tmp_path: Path) -> None:
    (tmp_path / "笔记.txt").write_text("x", encoding="utf-8")
    with pytest.raises(HomeError, match="是一个文件"):
        load_settings(tmp_path / "笔记.txt", must_exist=True)
