"""What the page says of itself."""

from __future__ import annotations

from pathlib import Path

from pydantic import SecretStr

from bot.ui.about import STAYS_HERE, how_to_add, privacy
from ingest.config import EmbeddingSettings, LanguageModelSettings, Settings

KEY = "sk-secret"


def settings(home: Path, **given: EmbeddingSettings | LanguageModelSettings) -> Settings:
    return Settings(home=home).model_copy(update=dict(given))


def test_the_command_names_the_home_that_is_served(tmp_path: Path) -> None:
    """Else the documents would go elsewhere; a name that looks like a tag stays text."""
    told = how_to_add(settings(tmp_path / "a<b>"))
    assert f'python -m ingest sync 文件夹的路径 --home "{tmp_path}/a&lt;b&gt;"' in told.replace("\\", "/")
    assert "刷新" in told
    assert "<b>&gt;" not in told


def test_without_a_service_nothing_leaves(tmp_path: Path) -> None:
    assert STAYS_HERE in privacy(settings(tmp_path))
    assert STAYS_HERE in privacy(None)


def test_a_service_is_named_with_what_it_gets(tmp_path: Path) -> None:
    """The model, its address, the question and the evidence; never the key."""
    llm = LanguageModelSettings(model="openai:x-9", base_url="https://llm.example/v1", api_key=SecretStr(KEY))
    told = privacy(settings(tmp_path, llm=llm))
    for word in ("openai:x-9", "https://llm.example/v1", "问题", "查到的原文"):
        assert word in told
    assert STAYS_HERE not in told
    assert KEY not in told
    vectors = EmbeddingSettings(model="bge", base_url="http://10.0.0.2:8080", api_key=SecretStr(KEY))
    told = privacy(settings(tmp_path, llm=llm, embedding=vectors))
    assert "http://10.0.0.2:8080" in told
    assert "资料的全文" in told
    assert KEY not in told


def test_an_external_service_is_told_from_one_of_the_office(tmp_path: Path) -> None:
    """What is masked and what is held back is said for the one, and that nothing is for the other."""
    outside = privacy(
        settings(tmp_path, llm=LanguageModelSettings(model="x", base_url="https://llm.example/v1"))
    )
    for word in ("单位以外", "先换成代号", "姓名、住址不换", "标明为内部的资料不发给它。"):
        assert word in outside
    inside = privacy(settings(tmp_path, llm=LanguageModelSettings(model="x", base_url="http://10.0.0.2/v1")))
    assert "本机或本单位网络" in inside
    assert "标明为内部的资料也会发给它" in inside
    allowed = LanguageModelSettings(model="x", base_url="https://llm.example/v1", send_groups=("组织部",))
    assert "不发给它，组织部除外。" in privacy(settings(tmp_path, llm=allowed))
