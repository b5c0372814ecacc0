"""Which adapted model a home uses: HOME/model/in-use names the folders beside it, oldest first; the last one is in use.

Written in one step, so a kill leaves the former model or the new one, never half of either.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from ingest.errors import ConfigError

FOLDER = "model"
_LIST = "in-use"
_KEPT = 3  # models, 14 MB each


class BadList(ConfigError):
    default_hint = "请删掉这个文件，然后运行 python -m ingest reindex，改用自带的模型。"


def adapted_models(home: Path) -> list[str]:
    """Folders of the home, from the home (model/2), oldest first; empty: the builtin model is used."""
    try:
        names = (home / FOLDER / _LIST).read_text(encoding="utf-8-sig").split()
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise BadList(f"读不懂 {home / FOLDER / _LIST}：{error}") from error
    missing = [name for name in names if not (home / FOLDER / name).is_dir()]
    if missing:
        raise BadList(f"{home / FOLDER / _LIST} 写着的模型不在了：{'、'.join(missing)}")
    return [f"{FOLDER}/{name}" for name in names]


def adopt(home: Path, trial: Path) -> None:
    """The model in the folder `trial` (beside the others) becomes the one in use; only the last three are kept."""
    names = [Path(folder).name for folder in adapted_models(home)]
    made = [int(path.name) for path in trial.parent.iterdir() if path.name.isdigit()]
    name = str(max(made, default=0) + 1)
    trial.rename(trial.parent / name)
    _write(home, [*names, name][-_KEPT:])


def give_up(home: Path) -> None:
    """The model before the one in use is used again; nothing happens where there is none in use."""
    _write(home, [Path(folder).name for folder in adapted_models(home)][:-1])


def clear_unused(home: Path) -> None:
    """Deletes the folders of models that are no longer listed, and what an interrupted trial left."""
    listed = {Path(folder).name for folder in adapted_models(home)}
    for path in (home / FOLDER).iterdir():
        if path.is_dir() and path.name not in listed:
            shutil.rmtree(path, ignore_errors=True)


def _write(home: Path, names: list[str]) -> None:
    new = home / FOLDER / f"{_LIST}.new"
    new.write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
    new.replace(home / FOLDER / _LIST)
