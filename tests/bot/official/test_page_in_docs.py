"""docs/official-document.md says what the table of the standard says."""

from __future__ import annotations

from pathlib import Path

from bot.official.measure import CHARACTER, LINE, SQUEEZE
from bot.official.standard import FACES, LOOKS

PAGE = Path(__file__).resolve().parents[3] / "docs" / "official-document.md"


def test_every_row_stands_in_the_docs() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for look in LOOKS.values():
        assert f"| {look.role} | {look.clause} | {look.says} |" in text
    for face in FACES:
        assert (
            f"| {face.word} | {face.names[0]} | {'、'.join(face.names[1:])} | {'、'.join(face.instead)} |"
            in text
        )
    assert f"{LINE} 缇" in text
    assert f"每字 {CHARACTER} 缇" in text
    assert f"紧缩 {-SQUEEZE} 缇" in text


def test_the_picture_is_there_and_small() -> None:
    picture = PAGE.parent / "images" / "official-document.png"
    assert 10_000 < picture.stat().st_size < 150_000
