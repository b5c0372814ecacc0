"""Whose drafts a reader sees. Pure.

Who opens the page on the computer that it runs on sees them all: the drafts lie on that person's disk. Others see their own:
those of the name they logged in with, else of their browser, which makes up a name and remembers it.
"""

from __future__ import annotations

import re
from ipaddress import ip_address

_UNFIT = re.compile(r"[^\w.-]")
_LONGEST = 40
# Kept by the browser under this key; no page of another address can read it.
BROWSER_NAME = """() => {
  let name = '';
  try {
    name = localStorage.getItem('dw-drafts-of') || '';
    if (!name) {
      name = [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, '0')).join('');
      localStorage.setItem('dw-drafts-of', name);
    }
  } catch { name = ''; }
  return [null, name];
}"""


def owner_of(username: str | None, browser: str, host: str, *, forwarded: bool) -> str:
    """Nobody (empty) for the one at the computer itself. `forwarded`: another server stands between, so that `host` says nothing."""
    if username:
        return f"user-{_fit(username)}"
    if not forwarded and _is_here(host):
        return ""
    return f"browser-{_fit(browser)}"


def _fit(name: str) -> str:
    return _UNFIT.sub("_", name)[:_LONGEST] or "unknown"


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
