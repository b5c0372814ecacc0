"""How a paragraph really looks: defaults of the file, its style and those it rests on, and what is set on it directly."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.official.measure import LINE
from bot.official.numbered import Lists
from bot.official.theme import theme_fonts

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RUNS = "./w:r | ./w:hyperlink//w:r | ./w:ins//w:r | ./w:moveTo//w:r | ./w:smartTag//w:r | ./w:sdt//w:r | ./w:fldSimple//w:r"
# A first line either stands in or hangs out: the nearest level that says one of them ends the other.
_EITHER = (
    ("firstLine", "hanging"),
    ("firstLineChars", "hanging"),
    ("hanging", "firstLine"),
    ("hangingChars", "firstLine"),
)
_WIDE = {"　": 1.0, "\n": 0.0, "\r": 0.0}  # the rest of what is empty is half as wide
_DEEPEST = 30  # styles that rest on one another; more is a circle


@dataclass(frozen=True, slots=True)
class Seen:
    """A run as it is shown: typeface of Chinese characters and that of figures (`latin`), points, colour, and what is put
    between characters (twips).
    """

    text: str
    face: str
    latin: str
    size: float
    colour: str
    squeeze: float

    @property
    def red(self) -> bool:
        """Any strong red: offices mix their own for 发文机关标志, and the standard names no shade."""
        if len(self.colour) != 6 or not set(self.colour) <= set("0123456789ABCDEF"):
            return False
        red, green, blue = (int(self.colour[at : at + 2], 16) for at in (0, 2, 4))
        return red >= 0xB0 and max(green, blue) <= red * 0.35


@dataclass(frozen=True, slots=True)
class Shown:
    """A paragraph as it is shown. `first`, `left`, `right` are in 字; empty characters at its start are part of `first`,
    those at its end (U+3000) of `right`. `label` is the number that its list writes in front of it, as 一、 or 1.
    """

    n: int
    label: str
    text: str
    runs: tuple[Seen, ...]
    align: str
    first: float
    left: float
    right: float
    line: float
    rule: str
    grid: bool
    above: float = 0.0  # twips left empty before it, and behind it
    below: float = 0.0

    def most(self, of: str) -> Any:
        """What most of its characters have (`face`, `latin`, `size`, `colour`, `red`, `squeeze`)."""
        counts: Counter[Any] = Counter()
        for run in self.runs:
            counts[getattr(run, of)] += len(run.text.strip())
        return counts.most_common(1)[0][0] if counts else None


class Looks:
    """The styles of one document, and how they work out."""

    def __init__(self, document: Document) -> None:
        styles = document.styles.element
        self._styles = {style.get(f"{_W}styleId"): style for style in styles.findall(f"{_W}style")}
        self._normal = next(
            (
                key
                for key, style in self._styles.items()
                if style.get(f"{_W}default") in {"1", "true"} and style.get(f"{_W}type") == "paragraph"
            ),
            "",
        )
        defaults = styles.find(f"{_W}docDefaults")
        self._p = None if defaults is None else defaults.find(f"{_W}pPrDefault/{_W}pPr")
        self._r = None if defaults is None else defaults.find(f"{_W}rPrDefault/{_W}rPr")
        self._theme = theme_fonts(document)
        self._lists = Lists(document)
        stop = document.settings.element.find(f"{_W}defaultTabStop")
        self._tab = max(1.0, _number(None if stop is None else stop.get(f"{_W}val"), 720))

    def shown(self, element: Any, n: int) -> Shown:
        own = element.find(f"{_W}pPr")
        style = _value(own, "pStyle") or self._normal
        chain = self._chain(style)
        properties, label = self._listed([self._p, *(one.find(f"{_W}pPr") for one in chain), own])
        above = [self._r, *(one.find(f"{_W}rPr") for one in chain)]
        runs = tuple(run for one in element.xpath(_RUNS) if (run := self._run(one, above)).text)
        size = next((run.size for run in runs if run.text.strip() and run.size > 0), 16.0)
        text = "".join(run.text for run in runs)
        indents, spacing = _merged(properties, "ind"), _merged(properties, "spacing")
        one = size * 20
        lead = text[: len(text) - len(text.lstrip())]
        trail = text[len(text.rstrip()) :].count("　")
        first = _chars(indents, "firstLine", one) - _chars(indents, "hanging", one)
        for c in lead:
            first = self._tabbed(first, one) if c == "\t" else first + _WIDE.get(c, 0.5)
        return Shown(
            n,
            label,
            text.strip(),
            runs,
            _last(properties, "jc") or "left",
            first,
            _chars(indents, "left", one) or _chars(indents, "start", one),
            (_chars(indents, "right", one) or _chars(indents, "end", one)) + trail,
            _number(spacing.get("line"), 240),
            spacing.get("lineRule", "auto"),
            _last(properties, "snapToGrid") not in {"0", "false", "off"},
            _space(spacing, "before"),
            _space(spacing, "after"),
        )

    def _listed(self, properties: list[Any]) -> tuple[list[Any], str]:
        """The properties with those of its list, which weigh more than the styles below the one that names the list, and
        the label of the list.
        """
        numbers = [None if one is None else one.find(f"{_W}numPr") for one in properties]
        number, level = _last(numbers, "numId") or "", _last(numbers, "ilvl") or "0"
        at = max((at for at, one in enumerate(numbers) if _value(one, "numId") is not None), default=0)
        said = self._lists.properties(number, level)
        return [*properties[:at], said, *properties[at:]], self._lists.label(number, level)

    def _tabbed(self, at: float, one: float) -> float:
        """Where the next of the stops is that the document has of itself, in 字."""
        return (math.floor(at * one / self._tab + 0.01) + 1) * self._tab / one

    def _chain(self, style: str) -> list[Any]:
        """A style and what it rests on, the deepest first."""
        found: list[Any] = []
        while style in self._styles and len(found) < _DEEPEST:
            found.insert(0, self._styles[style])
            style = _value(self._styles[style], "basedOn") or ""
        return found

    def _run(self, run: Any, above: list[Any]) -> Seen:
        own = run.find(f"{_W}rPr")
        styled = self._chain(_value(own, "rStyle") or "")
        properties = [*above, *(one.find(f"{_W}rPr") for one in styled), own]
        fonts = _merged_fonts(properties)
        return Seen(
            _text(run),
            self._theme.get(fonts.get("eastAsiaTheme", "")) or fonts.get("eastAsia", ""),
            self._theme.get(fonts.get("asciiTheme", "")) or fonts.get("ascii", ""),
            _number(_last(properties, "sz"), 20) / 2,
            (_last(properties, "color") or "auto").upper(),
            _number(_last(properties, "spacing"), 0),
        )


def _text(run: Any) -> str:
    marks = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n"}
    return "".join(
        marks.get(child.tag) or (child.text or "" if child.tag == f"{_W}t" else "") for child in run
    )


def _value(properties: Any, name: str) -> str | None:
    found = None if properties is None else properties.find(f"{_W}{name}")
    # An on-off property without a value is on.
    return None if found is None else str(found.get(f"{_W}val", "1"))


def _last(properties: list[Any], name: str) -> str | None:
    """What the nearest level says."""
    return next((said for one in reversed(properties) if (said := _value(one, name)) is not None), None)


def _merged(properties: list[Any], name: str) -> dict[str, str]:
    """Each attribute as the nearest level says it."""
    merged: dict[str, str] = {}
    for one in properties:
        found = None if one is None else one.find(f"{_W}{name}")
        if found is not None:
            said = {key.removeprefix(_W): value for key, value in found.attrib.items()}
            for kind, other in _EITHER:
                if kind in said:
                    merged = {key: value for key, value in merged.items() if not key.startswith(other)}
            merged |= said
    return merged


def _merged_fonts(properties: list[Any]) -> dict[str, str]:
    """The fonts as the nearest level says them; a theme font of a level hides what a level below says by name."""
    merged: dict[str, str] = {}
    for one in properties:
        found = None if one is None else one.find(f"{_W}rFonts")
        if found is None:
            continue
        for key, value in found.attrib.items():
            name = key.removeprefix(_W)
            merged[name] = value
            if not name.endswith("Theme") and f"{_W}{name}Theme" not in found.attrib:
                merged.pop(f"{name}Theme", None)
    return merged


def _space(spacing: dict[str, str], name: str) -> float:
    """What is left empty before or after, in twips: counted in lines where the file says so."""
    lines = _number(spacing.get(f"{name}Lines"), 0) / 100
    return lines * LINE if lines else _number(spacing.get(name), 0)


def _chars(indents: dict[str, str], name: str, one: float) -> float:
    """An indent in 字: counted in characters where the file says so, else worked out from twips."""
    chars = _number(indents.get(f"{name}Chars"), 0) / 100
    return chars or _number(indents.get(name), 0) / one


def _number(said: str | None, otherwise: float) -> float:
    try:
        return float((said or "").removesuffix("pt") or otherwise)
    except ValueError:
        return otherwise
