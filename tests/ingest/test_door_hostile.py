"""Heads of files that were made to hang a regular expression: the door looks at each in time that grows with its length."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ingest.parse import door
from ingest.parse.door import is_plain_text

# What one head may take: a thousand times what it does, and far less than the old expression took.
_LONGEST = 20.0
HEADS = {
    "comments": "<!---->" * 40 + "x",
    "comments apart": "<!-- a -->\n" * 300 + "x",
    "comments that never close": "<!-- " * 800,
    "spaces": " " * 4000 + "x",
    "spaces between comments": ("<!---->" + " " * 90) * 40 + "x",
    "declaration": "<?xml " + "?" * 3900 + ">" + " " * 90,
    "headers": "A: b\n" * 800,
    "folded headers": ("A: b\n" + " c\n" * 190) * 8 + "x",
    "a long name": "a-" * 2000,
    "front matter": "---\n" + "a: b\n" * 790,
    "front matter of spaces": "---" + " " * 3900 + "x",
    "spaces before colons": "---\n" + ("a" + " " * 300 + "\n") * 13,
    "hashes": "#" * 4000,
}  # fmt: skip
_TRY = """
import sys
from ingest.parse import door
head = sys.stdin.buffer.read().decode()
for rule in (door._WEB_PAGE, door._XML, door._MAIL_PAGE, door._MARKDOWN_HEAD):
    rule.match(head)
"""


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_no_head_takes_long(head: str) -> None:
    """In a process of its own: a match cannot be interrupted."""
    subprocess.run([sys.executable, "-c", _TRY], input=head[:4000].encode(), timeout=_LONGEST, check=True)


@pytest.mark.parametrize(
    "head",
    [
        "<html>",
        "\n <!DOCTYPE HTML>",
        "<?xml version='1.0'?>\n<!-- 一 -->\n<!-- 二\n行 --><html lang='zh'>",
        "<!-- a -- > b --> <BODY>",
        "<!----><head>",
    ],
)
def test_a_page_is_known_by_its_head(head: str) -> None:
    assert door._WEB_PAGE.match(head)
    assert not is_plain_text(head.encode(), "页.txt")


@pytest.mark.parametrize("head", ["<!-- a --> 正文 <html>", "<!-- <html>", "<htmlx>", "<?xml?>正文<html>"])
def test_what_only_mentions_a_page_is_none(head: str) -> None:
    assert is_plain_text(head.encode(), "文.txt")


def test_a_mail_page_is_known_by_its_headers() -> None:
    head = "From: <a>\nSubject: 甲\n 乙\n\t丙\nMIME-Version: 1.0\n"
    assert door._MAIL_PAGE.match(head)
    assert not door._MAIL_PAGE.match("会议: 二\n" * 21 + "MIME-Version: 1.0")
