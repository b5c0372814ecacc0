"""How a paragraph really looks: defaults of the file, its style and those it rests on, and what is set on it directly."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_RUNS = "./w:r | ./w:hyperlink//w:r | ./w:ins//w:r | ./w:smartTag//w:r | ./w:sdt//w:r | ./w:fldSimple//w:r"
_DEEPEST = 30  # styles that rest on one another; more is a circle


@dataclass(frozen=True, slots=True)
class Seen:
    """A run as it is shown: typeface (of Chinese characters), points, colour, and what is put between characters (twips)."""

    text: str
    face: str
    size: float
    colour: str
    squeeze: float


@dataclass(frozen=True, slots=True)
class Shown:
    """A paragraph as it is shown. `first`, `left`, `right` are in 字, empty characters at its start included in `first`."""

    n: int
    text: str
    runs: tuple[Seen, ...]
    align: str
    first: float
    left: float
    right: float
    line: float
    rule: str
    grid: bool

    def most(self, of: str) -> Any:
        """What most of its characters have (`face`, `size`, `colour`, `squeeze`)."""
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
        self._theme = _theme_fonts(document)

    def shown(self, element: Any, n: int) -> Shown:
        own = element.find(f"{_W}pPr")
        style = _value(own, "pStyle") or self._normal
        chain = self._chain(style)
        properties = [self._p, *(one.find(f"{_W}pPr") for one in chain), own]
        above = [self._r, *(one.find(f"{_W}rPr") for one in chain)]
        runs = tuple(run for one in element.xpath(_RUNS) if (run := self._run(one, above)).text)
        size = next((run.size for run in runs if run.text.strip() and run.size > 0), 16.0)
        text = "".join(run.text for run in runs)
        indents, spacing = _merged(properties, "ind"), _merged(properties, "spacing")
        one = size * 20
        lead = text[: len(text) - len(text.lstrip())]
        first = _chars(indents, "firstLine", one) - _chars(indents, "hanging", one)
        return Shown(
            n,
            text.strip(),
            runs,
            _last(properties, "jc") or "left",
            first + sum(1 if c == "　" else 0.5 for c in lead if c not in "\n\r"),
            _chars(indents, "left", one) or _chars(indents, "start", one),
            _chars(indents, "right", one) or _chars(indents, "end", one),
            _number(spacing.get("line"), 240),
            spacing.get("lineRule", "auto"),
            _last(properties, "snapToGrid") not in {"0", "false", "off"},
        )

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
        face = ""
        for one in properties:
            fonts = None if one is None else one.find(f"{_W}rFonts")
            if fonts is not None:
                theme = self._theme.get(fonts.get(f"{_W}eastAsiaTheme", ""))
                face = theme or fonts.get(f"{_W}eastAsia") or face
        return Seen(
            _text(run),
            face,
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
            merged |= {key.removeprefix(_W): value for key, value in found.attrib.items()}
    return merged


def _chars(indents: dict[str, str], name: str, one: float) -> float:
    """An indent in 字: counted in characters where the file says so, else worked out from twips."""
    chars = _number(indents.get(f"{name}Chars"), 0) / 100
    return chars or _number(indents.get(name), 0) / one


def _number(said: str | None, otherwise: float) -> float:
    try:
        return float((said or "").removesuffix("pt") or otherwise)
    except ValueError:
        return otherwise


def _theme_fonts(document: Document) -> dict[str, str]:
    """What minorEastAsia and majorEastAsia stand for; SyntaxError when that part of the file is broken."""
    from docx.oxml import parse_xml

    for relation in document.part.rels.values():
        if relation.reltype.endswith("/theme") and not relation.is_external:
            root = parse_xml(relation.target_part.blob)
            return {
                f"{kind}EastAsia": found
                for kind in ("minor", "major")
                if (found := _theme_font(root.find(f".//{_A}{kind}Font")))
            }
    return {}


def _theme_font(fonts: Any) -> str:
    if fonts is None:
        return ""
    ea = fonts.find(f"{_A}ea")
    hans = next(
        (one.get("typeface") for one in fonts.findall(f"{_A}font") if one.get("script") == "Hans"), ""
    )
    return str((ea.get("typeface") if ea is not None else "") or hans or "")
