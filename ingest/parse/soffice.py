"""LibreOffice as a program beside this one: where it is installed, and one conversion without its window.

Each process has a profile of its own, so that several can convert at once and nobody's open LibreOffice is disturbed. The profile forbids
macros and linked content and leads the network to nowhere; what a conversion takes too long for is killed with all it started.
"""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from ingest import scratch
from ingest.errors import ConfigError, DocumentError, os_words
from ingest.pulse import beat

PROGRAM = "DANGWU_OFFICE__PROGRAM"
TIMEOUT = "DANGWU_OFFICE__TIMEOUT"
_DEFAULT_TIMEOUT = 120.0  # seconds for one file
_BEAT = 1.0  # seconds
_LOCK = threading.Lock()  # one profile serves one LibreOffice at a time
_RETRY = "请再同步一次；仍不行时用 Word 或 WPS 另存为新格式（docx、xlsx、pptx）后再同步。"
# Macros never, links never (neither to the network nor to other files of this computer), a proxy that leads nowhere, no recovery.
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Misc", "FirstRun", "false"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "2"),
    ("Office.Recovery/RecoveryInfo", "Enabled", "false"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Inet/Settings", "ooInetNoProxy", ""),
)


def find() -> Path | None:
    """The program: what DANGWU_OFFICE__PROGRAM names, else the first on PATH or where installers put it; None: not installed.

    ConfigError when the setting names no file.
    """
    if named := os.environ.get(PROGRAM):
        if found := shutil.which(named):
            return Path(found)
        raise ConfigError(
            f"设置项 office.program 指的程序不存在：{named}",
            hint="请写 LibreOffice 的 soffice 程序的完整路径，或去掉这一项。",
        )
    for name in ("soffice.com", "soffice", "libreoffice"):  # .com: Windows' .exe returns before it is done
        if found := shutil.which(name):
            return Path(found)
    return next((place for place in _usual_places() if place.is_file()), None)


def _usual_places() -> Iterator[Path]:
    if sys.platform == "win32":
        for variable in ("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"):
            if folder := os.environ.get(variable):
                yield Path(folder) / "LibreOffice" / "program" / "soffice.com"
    elif sys.platform == "darwin":
        yield Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")
    else:
        yield Path("/usr/lib/libreoffice/program/soffice")
        yield from sorted(Path("/opt").glob("libreoffice*/program/soffice"), reverse=True)


def convert(program: Path, data: bytes, suffix: str, reads: str, writes: str) -> bytes | None:
    """`data` read by the import filter `reads`, written as `writes` ("docx:MS Word 2007 XML"); None: it cannot be opened.

    Raises DocumentError when LibreOffice fails for its own reasons or takes longer than DANGWU_OFFICE__TIMEOUT seconds.
    """
    with _LOCK, tempfile.TemporaryDirectory(dir=_folder(), ignore_cleanup_errors=True) as place:
        work = Path(place)
        given = work / f"given.{suffix}"
        given.write_bytes(data)
        command = [
            str(program), f"-env:UserInstallation={(_folder() / 'profile').as_uri()}", "--headless", "--norestore",
            "--nolockcheck", "--nodefault", f"--infilter={reads}", "--convert-to", writes, "--outdir", str(work / "out"), str(given),
        ]  # fmt: skip
        code = _run(command, _timeout())
        if code:
            _forget()  # a profile that a crash left half written would make the next conversion fail, too
            raise DocumentError(f"LibreOffice 转换时出错退出（退出码 {code}）", hint=_RETRY)
        made = work / "out" / f"given.{writes.partition(':')[0]}"
        return made.read_bytes() if made.is_file() and made.stat().st_size else None


def _timeout() -> float:
    written = os.environ.get(TIMEOUT, "")
    try:
        seconds = float(written or _DEFAULT_TIMEOUT)
    except ValueError:
        seconds = 0
    if not seconds > 0:
        raise ConfigError(f"设置项 office.timeout 不对：{written}", hint="应是大于 0 的秒数。")
    return seconds


def _run(command: list[str], seconds: float) -> int:
    """The exit code. Output goes nowhere: a pipe would stay open for as long as any of its children lives."""
    environment = {**os.environ, "SAL_USE_VCLPLUGIN": "svp"}
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,  # a group of its own, which can be killed as one
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise DocumentError(f"LibreOffice 启动不了（{os_words(error)}）", hint=_RETRY) from error
    try:
        return _wait(process, seconds)
    except subprocess.TimeoutExpired as error:
        _forget_after(process)
        raise DocumentError(
            f"LibreOffice 转换超过 {seconds:g} 秒没有完成，已停止",
            hint="请用 Word 或 WPS 打开确认内容正常，另存为新格式（docx、xlsx、pptx）后再同步。",
        ) from error
    except BaseException:  # Ctrl+C: nothing may go on behind the user's back
        _forget_after(process)
        raise


def _wait(process: subprocess.Popen[bytes], seconds: float) -> int:
    """Its exit code; TimeoutExpired after `seconds`. Meanwhile whoever watches this process hears that it is not stuck."""
    end = time.monotonic() + seconds
    while True:
        beat()
        try:
            return process.wait(min(_BEAT, max(0.0, end - time.monotonic())))
        except subprocess.TimeoutExpired:
            if time.monotonic() >= end:
                raise


def _forget_after(process: subprocess.Popen[bytes]) -> None:
    """Kills a process and all it started: soffice starts soffice.bin, which does the work."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], check=False, capture_output=True)
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    _forget()


_OWN: dict[int, Path] = {}  # process id -> its folder: a forked child must not share its parent's


def _folder() -> Path:
    """This process's own folder, with a profile in it; gone when the process ends. A worker, which may be killed, has
    it inside the folder that its master answers for.
    """
    if (own := _OWN.get(os.getpid())) is None:
        scratch.sweep()
        own = _OWN[os.getpid()] = scratch.make()
        atexit.register(scratch.remove, own)
    settings = own / "profile" / "user" / "registrymodifications.xcu"
    if not settings.is_file():
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(_registry(), encoding="utf-8")
    return own


def _forget() -> None:
    shutil.rmtree(_OWN[os.getpid()] / "profile", ignore_errors=True)


def _registry() -> str:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
        for path, name, value in _SETTINGS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n{items}</oor:items>\n'
    )
