"""Characters of Word's symbol fonts as Unicode: boxes, ticks, bullets, Greek letters and signs."""

from __future__ import annotations

# Places of the fonts, as Microsoft's charts of them show; only what offices use for choices, lists and formulas.
_WINGDINGS = {
    0x4A: "☺", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□", 0x73: "◆", 0x74: "◆", 0x75: "◆", 0x76: "❖",
    0x77: "◆", 0x9E: "·", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "□", 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑",
    0xE2: "↓", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    **{0x80 + number: sign for number, sign in enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩")},
    **{0x8B + number: sign for number, sign in enumerate("⓿❶❷❸❹❺❻❼❽❾❿")},
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "✗",
    0x50: "✓",
    0x51: "☒",
    0x52: "☑",
    0x53: "☒",
    0x54: "☒",
    0x97: "●",
    0x98: "●",
    0xA3: "□",
    0xA2: "■",
}
_GREEK_CAPITAL = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"
_GREEK_SMALL = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"
_SYMBOL = {
    **{0x41 + number: sign for number, sign in enumerate(_GREEK_CAPITAL)},
    **{0x61 + number: sign for number, sign in enumerate(_GREEK_SMALL)},
    0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×",
    0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xD6: "√", 0xE5: "∑",
}  # fmt: skip
_NOT_ASCII = "\"$'*"  # here the font Symbol has signs of logic instead
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}


def symbol(font: str, code: str) -> str:
    """The character that `font` shows for a hexadecimal `code`; "" when it is not known."""
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    if (table := _FONTS.get(font.lower())) is not None:
        place = point - 0xF000 if 0xF000 <= point <= 0xF0FF else point
        if found := table.get(place):
            return found
        same = table is _SYMBOL and 0x20 <= place < 0x40 and chr(place) not in _NOT_ASCII
        return chr(place) if same else ""
    shown = chr(point) if 0x20 <= point < 0xE000 and not 0xD800 <= point < 0xE000 else ""
    return shown if shown.isprintable() else ""
