"""Settings: HOME/config.toml, then DANGWU_* environment variables, which win. Nothing is read at import.

Example of config.toml: `corpus = "我的资料"`, and under `[embedding]`: `model = "builtin"`.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

from platformdirs import user_data_path
from pydantic import BaseModel, ConfigDict, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from ingest.errors import ConfigError, HomeError


class EmbeddingSettings(BaseModel):
    """`model`: "builtin", a folder with a sentence-transformers model, or a model's name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    model: str = "builtin"


class LanguageModelSettings(BaseModel):
    """`model` as LangChain names it, e.g. "openai:qwen-plus" for any OpenAI-compatible service at `base_url`; None: no model."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    model: str | None = None
    base_url: str | None = None
    api_key: SecretStr | None = None
    timeout: float = 60.0


class Settings(BaseSettings):
    """Everything an administrator may set; `home` is where the stores live."""

    model_config = SettingsConfigDict(
        env_prefix="DANGWU_", env_nested_delimiter="__", extra="ignore", frozen=True
    )

    home: Path
    corpus: Path | None = None
    embedding: EmbeddingSettings = EmbeddingSettings()
    llm: LanguageModelSettings = LanguageModelSettings()


def load_settings(home: Path | None = None) -> Settings:
    """Settings of `home` (else DANGWU_HOME, else the user's data folder), which is made if it is missing."""
    chosen = Path(
        home or os.environ.get("DANGWU_HOME") or user_data_path("dangwu", appauthor=False)
    ).expanduser()
    _make(chosen)

    class FromHome(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            file = TomlConfigSettingsSource(settings_cls, toml_file=chosen / "config.toml")
            return init_settings, env_settings, file

    try:
        settings = FromHome(home=chosen.resolve())
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"配置文件 {chosen / 'config.toml'} 写法有误：{error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ConfigError(f"设置项 {where} 不对：{first['msg']}") from error
    return settings.model_copy(update={"corpus": settings.corpus or demonstration_corpus()})


def demonstration_corpus() -> Path | None:
    """The corpus/ folder of the checkout this runs from, if it runs from one."""
    folder = Path(__file__).resolve().parent.parent / "corpus"
    return folder if (folder / "manifest.toml").is_file() else None


def _make(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe = home / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise HomeError(f"资料目录不能写入：{home}（{error.strerror}）") from error
