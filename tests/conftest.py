"""What every test may ask for, and two promises kept for all of them: nothing leaves this machine, nothing is reported."""

from __future__ import annotations

import ipaddress
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
SHARED_DATA = ROOT.parent / "shared" / "data"

# The Makefile sets these too; here they also hold for a bare `pytest`, as on Windows, and for the programs tests start.
os.environ |= {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "ANONYMIZED_TELEMETRY": "False",
    "LANGSMITH_TRACING": "false",
}
# How much of the long harnesses is run: tests/ingest/test_fuzz.py and tests/test_killed.py. The issue asks for 2000 and 100.
FUZZ_FILES = int(os.environ.get("DANGWU_TEST_FUZZ", "200"))
KILLS = int(os.environ.get("DANGWU_TEST_KILLS", "8"))
for name in [name for name in os.environ if name.startswith("DANGWU_")]:
    del os.environ[name]  # a developer's own settings decide nothing here


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty folder for one test's stores."""
    made = tmp_path / "home"
    made.mkdir()
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder for the documents of one test; a test file's own `folder` asks for this one and fills it."""
    made = tmp_path / "资料"
    made.mkdir()
    return made


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The document collections beside the checkout; tests that need them carry the shared_data marker."""
    return SHARED_DATA


@pytest.fixture(scope="session")
def fuzz_files() -> int:
    return FUZZ_FILES


@pytest.fixture(scope="session")
def kills() -> int:
    return KILLS


@pytest.fixture(scope="session")
def chromium() -> str:
    """The installed browser's path; tests that need it carry the browser marker."""
    return _browser() or ""


# Without these chromium itself calls home, and a test could not tell its calls from the page's.
CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture
def browser(chromium: str) -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def served() -> Callable[[Path, Path], AbstractContextManager[str]]:
    """Given a home and a file for its log: the address of `python -m bot serve` over it, stopped with Ctrl+C afterwards."""
    return _served


@contextmanager
def _served(home: Path, log: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "bot", "serve", "--home", str(home), "--port", str(port)]
    with log.open("w", encoding="utf-8") as stderr:
        server = subprocess.Popen(command, cwd=ROOT, stdout=stderr, stderr=stderr)
    try:
        deadline = time.monotonic() + 60  # seconds; a busy machine is slow
        while "已就绪" not in log.read_text(encoding="utf-8"):
            assert server.poll() is None, log.read_text(encoding="utf-8")
            assert time.monotonic() < deadline, log.read_text(encoding="utf-8")
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
        server.send_signal(signal.SIGINT)
        assert server.wait(30) == 0, log.read_text(encoding="utf-8")
    finally:
        server.kill()
        server.wait()


def _browser() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, with its reason, what this machine cannot run."""
    reasons = {}
    if not SHARED_DATA.is_dir():
        reasons["shared_data"] = "no ../shared/data beside this checkout"
    if _browser() is None:
        reasons["browser"] = "no chromium on this machine (Debian: apt-get install chromium)"
    for item in items:
        for marker, reason in reasons.items():
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session", autouse=True)
def stay_on_this_machine() -> Iterator[None]:
    """A connection to another machine fails at once, so a test that needs the network cannot pass."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_local(address[0]):
            raise PermissionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", guarded)
    yield
    patch.undo()


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
