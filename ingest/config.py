"""Settings: HOME/config.toml, then DANGWU_* environment variables, which win. Nothing is read at import.

Example of config.toml: `corpus = "我的资料"`, and under `[embedding]`: `model = "builtin"`. docs/models.md and docs/intake.md tell of
the rest.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from platformdirs import user_data_path
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from ingest.errors import ConfigError, HomeError, os_words, toml_words
from ingest.installed import adapted_models

_NO_HOME = "请核对 --home（或环境变量 DANGWU_HOME）写的路径；还没有导入过资料的，先运行 python -m ingest sync 文件夹。"
# A section refuses no key by itself, or an environment variable of a later version would stop this one.
# What config.toml may say is checked by `_refuse_unknown`.
_SECTION = ConfigDict(extra="ignore", frozen=True)


class EmbeddingSettings(BaseModel):
    """`model`: "builtin", a folder with a sentence-transformers model, a model's name, or what the service at
    `base_url` calls it. `query_instruction` goes in front of questions; None: what the model wants, "": nothing.
    `batch` is texts at once, `timeout` seconds for one request to a service.
    """

    model_config = _SECTION

    model: str = "builtin"
    base_url: str | None = None
    api_key: SecretStr | None = None
    query_instruction: str | None = None
    batch: int = Field(default=32, ge=1)
    timeout: float = Field(default=60.0, gt=0)


class RerankerSettings(BaseModel):
    """`model`: a folder or name of a sentence-transformers CrossEncoder, None: no reranker; `depth`: hits it reorders."""

    model_config = _SECTION

    model: str | None = None
    depth: int = Field(default=30, ge=1)


class LanguageModelSettings(BaseModel):
    """`model`: what the OpenAI-compatible service at `base_url` calls it; without `base_url`, as LangChain names it
    ("provider:model"). None: no model.

    `first_timeout`: seconds until its first sign, and between two; `timeout`: seconds for the whole answer. `per_minute`:
    most requests a minute. `evidence`, `context`: how many pieces, how many characters of sources are sent. `unsupported`:
    what becomes of a sentence that no source carries. `external`: whether the service is outside the office; None: by its
    address. To an external one go no personal data where `mask_personal`, and of the documents marked internal only those of
    `send_groups` ("*": all).
    """

    model_config = _SECTION

    model: str | None = None
    base_url: str | None = None
    api_key: SecretStr | None = None
    timeout: float = Field(default=60.0, gt=0)
    first_timeout: float = Field(default=20.0, gt=0)
    retries: int = Field(default=2, ge=0)
    per_minute: int | None = Field(default=None, ge=1)
    max_tokens: int = Field(default=1500, ge=1)
    evidence: int = Field(default=12, ge=1)
    context: int = Field(default=8_000, ge=200)
    unsupported: Literal["drop", "mark"] = "drop"
    external: bool | None = None
    mask_personal: bool = True
    send_groups: tuple[str, ...] = ()


class OfficeSettings(BaseModel):
    """LibreOffice, which reads old formats: `program` is its soffice, None: looked for; `timeout` seconds for one file."""

    model_config = _SECTION

    program: Path | None = None
    timeout: float = Field(default=120.0, gt=0)


class IndexSettings(BaseModel):
    """`mask_personal`: identity numbers, telephones, bank cards and e-mail addresses are masked before a text is stored."""

    model_config = _SECTION

    mask_personal: bool = False


class ReadingSettings(BaseModel):
    """For one file: `seconds` without getting on by a page, `most_seconds` in all, `memory_mb` megabytes; what takes more
    is not read.
    """

    model_config = _SECTION

    seconds: float = Field(default=120.0, ge=1)
    most_seconds: float = Field(default=3_600.0, ge=1)
    memory_mb: int = Field(default=2_000, ge=300)


class Settings(BaseSettings):
    """Everything an administrator may set; `home` is where the stores live."""

    model_config = SettingsConfigDict(
        env_prefix="DANGWU_", env_nested_delimiter="__", extra="ignore", frozen=True
    )

    home: Path
    corpus: Path | None = None
    index: IndexSettings = IndexSettings()
    embedding: EmbeddingSettings = EmbeddingSettings()
    reranker: RerankerSettings = RerankerSettings()
    llm: LanguageModelSettings = LanguageModelSettings()
    office: OfficeSettings = OfficeSettings()
    reading: ReadingSettings = ReadingSettings()


def load_settings(home: Path | None = None, *, must_exist: bool = False) -> Settings:
    """Settings of `home` (else DANGWU_HOME, else the user's data folder), which is made if it is missing; where it
    `must_exist`, as for all that only read it, a missing one is a HomeError: a slip in a path leaves no folder behind.

    ConfigError names the first thing in config.toml that is wrong, and for an unknown key the nearest known one.
    """
    chosen = Path(
        home or os.environ.get("DANGWU_HOME") or user_data_path("dangwu", appauthor=False)
    ).expanduser()
    if must_exist and chosen.is_file():
        raise HomeError(f"{chosen} 是一个文件，不是资料目录。", hint=_NO_HOME)
    if must_exist and not chosen.is_dir():
        raise HomeError(f"没有这个资料目录：{chosen}。", hint=_NO_HOME)
    _make(chosen)
    written = _read(chosen / "config.toml")

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
            return init_settings, env_settings, InitSettingsSource(settings_cls, dict(written))

    try:
        settings = FromHome(home=chosen.resolve())
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ConfigError(f"设置项 {where} 不对：{_in_chinese(first)}") from error
    if settings.embedding.base_url and settings.embedding.model == "builtin":
        raise ConfigError("写了 embedding.base_url，还要在 embedding.model 写明服务里的模型名称。")
    return settings.model_copy(
        update={
            "corpus": settings.corpus or demonstration_corpus(),
            "embedding": _adapted(settings.embedding, settings.home),
        }
    )


def _adapted(embedding: EmbeddingSettings, home: Path) -> EmbeddingSettings:
    """Who asks for the builtin model gets what `python -m ingest adapt` made of it for this home, if it did."""
    models = adapted_models(home) if embedding.model == "builtin" else []
    return embedding.model_copy(update={"model": models[-1]}) if models else embedding


def demonstration_corpus() -> Path | None:
    """The corpus/ folder of the checkout this runs from, if it runs from one."""
    folder = Path(__file__).resolve().parent.parent / "corpus"
    return folder if (folder / "manifest.toml").is_file() else None


def _read(file: Path) -> Mapping[str, Any]:
    """What config.toml says; Notepad's byte order mark is no mistake, an unknown key is one."""
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8-sig")) if file.exists() else {}
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"配置文件 {file} 写法有误：{toml_words(error)}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"配置文件 {file} 不是 UTF-8 编码。", hint="请用记事本另存为 UTF-8 编码。"
        ) from error
    except OSError as error:
        raise ConfigError(f"配置文件 {file} 读不出来（{os_words(error)}）。") from error
    known = [key for key in _keys(Settings) if key != "home"]
    _refuse_unknown(content, known, file)
    return content


def _keys(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    """Every key that may be written, sections before what they hold: "embedding", "embedding.model" …"""
    for name, field in model.model_fields.items():
        yield prefix + name
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from _keys(field.annotation, f"{prefix}{name}.")


def _refuse_unknown(content: Mapping[str, Any], known: list[str], file: Path, prefix: str = "") -> None:
    for name, value in content.items():
        key = prefix + name
        if key not in known:
            elsewhere = [one for one in known if one.rpartition(".")[2] == name]
            near = elsewhere or get_close_matches(key, known, n=1, cutoff=0.5)
            guess = f"是不是想写 {' 或 '.join(near)}？" if near else f"可写的有：{'、'.join(known)}。"
            raise ConfigError(f"配置文件 {file} 里有不认识的设置项 {key}。{guess}")
        if isinstance(value, dict):
            _refuse_unknown(value, known, file, f"{key}.")


def _in_chinese(error: ErrorDetails) -> str:
    """What is wrong with a value: our words for the mistakes that settings invite, pydantic's English for the rest."""
    limits = error.get("ctx", {})
    words = {
        "greater_than_equal": f"应不小于 {limits.get('ge')}。",
        "greater_than": f"应大于 {limits.get('gt')}。",
        "int": "应是整数。",
        "float": "应是数字。",
        "bool": "应是 true 或 false。",
        "string": "应是用引号括起来的文字。",
        "literal_error": f"只能是 {limits.get('expected', '').replace(' or ', ' 或 ')}。",
        "tuple": '应是方括号里的一列文字，例如 ["党委办公室"]。',
        "path": "应是用引号括起来的路径。",
        "model": "应是一节设置，例如 [embedding]，下面写 model = …。",
    }
    kind = error["type"]
    return words.get(kind) or words.get(kind.split("_")[0]) or error["msg"]


def _make(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe = home / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise HomeError(f"资料目录不能写入：{home}（{os_words(error)}）") from error
