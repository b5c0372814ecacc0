"""The rules of the house that no linter knows. Who may import whom is checked by lint-imports (pyproject.toml)."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("ingest", "bot", "evals")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
LONGEST_FILE = 400
TRAINING = {
    ROOT / "ingest" / "embedder",
    ROOT / "evals" / "typos",
}  # commands of their own, a line for each step
HEAVY = ("torch", "sentence_transformers", "transformers", "gradio", "langchain", "langchain_core", "pandas")
FORBIDDEN_NAMES = re.compile(r"(utils?|helpers?|common|misc|base|manager|factory)")
# A home folder, a drive letter, or a checkout's place: right on one machine only.
MACHINE_PATHS = re.compile(
    r"(?<![\w.\]/])(/(?:home|root|Users|work|opt|mnt)/\w|[A-Za-z]:\\(?:Users|Windows)\\)"
)
OUR_WORDS = (".py", ".md", ".toml", ".txt", ".css", ".js", ".yaml", "Makefile", "run")


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=False, capture_output=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("module", ["ingest.compose", "bot.compose", "bot.__main__", "ingest.__main__"])
def test_opening_a_door_loads_nothing_heavy(module: str) -> None:
    """Importing torch alone costs seconds; the first answer of a cold start has three."""
    script = (
        f"import sys, {module}\nprint(*sorted({{n.split('.')[0] for n in sys.modules}} & set({HEAVY!r})))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert loaded.stdout.split() == []


@pytest.mark.parametrize("package", PACKAGES)
def test_help_is_chinese_and_loads_nothing_heavy(package: str) -> None:
    command = [sys.executable, "-X", "importtime", "-X", "utf8", "-m", package, "--help"]
    asked = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, encoding="utf-8")
    loaded = {line.rpartition("|")[2].strip().split(".")[0] for line in asked.stderr.splitlines()}
    assert "click" in loaded, "the list of imports was not understood"
    assert loaded.isdisjoint({*HEAVY, "chromadb"})
    assert re.search("[一-鿿]", asked.stdout)


@pytest.mark.parametrize("path", [path for path in MODULES if path.name == "__init__.py"], ids=name_of)
def test_package_files_hold_a_docstring_and_nothing_else(path: Path) -> None:
    (only,) = ast.parse(path.read_text(encoding="utf-8")).body
    assert isinstance(only, ast.Expr)
    assert isinstance(only.value, ast.Constant)
    assert isinstance(only.value.value, str)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_files_are_short_and_named_for_what_they_hold(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE
    assert not FORBIDDEN_NAMES.fullmatch(path.stem)


def test_only_the_doors_and_the_training_print() -> None:
    """Everything else returns what it knows and lets the door say it."""
    speakers = {
        name_of(path)
        for path in MODULES
        if path.name != "__main__.py" and path.parent not in TRAINING
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    }
    assert speakers == set()


def test_nothing_happens_at_import() -> None:
    """A module's top level defines; it does not open, create, or start."""
    eager = {
        f"{name_of(path)}:{node.lineno}"
        for path in MODULES
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call))
        or isinstance(node, ast.For | ast.While | ast.With)
    }
    assert eager == set()


def test_no_file_names_a_place_on_one_machine() -> None:
    places = {
        f"{name_of(path)}: {found[0]}"
        for path in tracked()
        if path.name.endswith(OUR_WORDS) and path != Path(__file__).resolve()
        for found in MACHINE_PATHS.finditer(path.read_text(encoding="utf-8", errors="replace"))
    }
    assert places == set()


def test_every_direct_dependency_is_pinned() -> None:
    """A name missing from constraints.txt lets pip choose, and two offices then run two programs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(one for extra in project["optional-dependencies"].values() for one in extra),
    ]
    names = {re.split(r"[\[<>=!~; ]", one)[0].lower().replace("_", "-") for one in wanted} - {project["name"]}
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    pinned = {line.split("==")[0].lower().replace("_", "-") for line in pins.splitlines() if "==" in line}
    assert names <= pinned
