"""Writes OFD packages (GB/T 33190) for the tests: pages of text objects, templates, pictures, side files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from samples import zipped

NAMESPACE = "http://www.ofdspec.org/2016"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True)
class Prefix:
    """How a package writes its tags: with a prefix, or with none (then the namespace is the default, or absent)."""

    name: str = "ofd"
    declared: bool = True

    def root(self, tag: str, inner: str, attributes: str = "") -> str:
        colon = f":{self.name}" if self.name else ""
        space = f' xmlns{colon}="{NAMESPACE}"' if self.declared else ""
        return f"{HEAD}<ofd:{tag}{space}{attributes}>{inner}</ofd:{tag}>"

    def written(self, xml: str) -> str:
        mark = f"{self.name}:" if self.name else ""
        return xml.replace("<ofd:", f"<{mark}").replace("</ofd:", f"</{mark}")


def words(
    text: str,
    x: float,
    y: float,
    *,
    size: float = 4.0,
    step: str | None = "",
    down: str = "",
    box: str = "",
    more: str = "",
) -> str:
    """A TextObject whose first baseline starts at (x, y) mm. `step`: its DeltaX; "" = the size, None = none."""  # fmt: skip
    if step == "":
        step = f"g {len(text) - 1} {size}" if len(text) > 1 else None
    deltas = (f' DeltaX="{step}"' if step else "") + (f' DeltaY="{down}"' if down else "")
    place = box or f"{x} {y - size} {len(text) * size + 1} {size * 1.4}"
    first = "" if box and "CTM" in more else f' X="0" Y="{size}"'
    return (
        f'<ofd:TextObject ID="7" Boundary="{place}" Font="1" Size="{size}"{more}>'
        f"<ofd:TextCode{first}{deltas}>{escape(text)}</ofd:TextCode></ofd:TextObject>"
    )


def image(resource: int, box: str = "0 0 210 297") -> str:
    return f'<ofd:ImageObject ID="8" Boundary="{box}" CTM="210 0 0 297 0 0" ResourceID="{resource}"/>'


def written_ofd(
    pages: Sequence[str],
    *,
    templates: Mapping[int, str] | None = None,
    uses: Mapping[int, int] | None = None,
    pictures: Mapping[int, tuple[str, bytes]] | None = None,
    members: Mapping[str, str | bytes] | None = None,
    prefix: Prefix | None = None,
    absolute: bool = False,
    document: str = "",
    body: str = "",
) -> bytes:
    """`pages` hold objects; `uses` gives a page (from 0) its template; `document`, `body` are extra elements there."""
    prefix, templates, uses, pictures = prefix or Prefix(), templates or {}, uses or {}, pictures or {}
    base = "/Doc_0/" if absolute else ""
    files: dict[str, str | bytes] = {}
    info = (
        "<ofd:DocInfo><ofd:DocID>a1</ofd:DocID><ofd:Title>党费收缴通知</ofd:Title><ofd:Author>组织部</ofd:Author>\
<ofd:CreationDate>2024-03-01</ofd:CreationDate></ofd:DocInfo>"
    )
    files["OFD.xml"] = prefix.root(
        "OFD",
        f"<ofd:DocBody>{info}<ofd:DocRoot>{'/' if absolute else ''}Doc_0/Document.xml</ofd:DocRoot>{body}</ofd:DocBody>",
        ' Version="1.0" DocType="OFD"',
    )
    shared = "".join(
        f'<ofd:TemplatePage ID="{key}" BaseLoc="{base}Tpls/Tpl_{key}/Content.xml"/>' for key in templates
    )
    listed = "".join(
        f'<ofd:Page ID="{100 + i}" BaseLoc="{base}Pages/Page_{i}/Content.xml"/>' for i in range(len(pages))
    )
    files["Doc_0/Document.xml"] = prefix.root(
        "Document",
        f"<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
        f"<ofd:DocumentRes>{base}DocumentRes.xml</ofd:DocumentRes>{shared}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages>{document}",
    )
    media = "".join(
        f'<ofd:MultiMedia ID="{key}" Type="Image"><ofd:MediaFile>{name}</ofd:MediaFile></ofd:MultiMedia>'
        for key, (name, _) in pictures.items()
    )
    files["Doc_0/DocumentRes.xml"] = prefix.root(
        "Res", f"<ofd:MultiMedias>{media}</ofd:MultiMedias>", ' BaseLoc="Res"'
    )
    for name, data in pictures.values():
        files[f"Doc_0/Res/{name}"] = data
    for key, objects in templates.items():
        files[f"Doc_0/Tpls/Tpl_{key}/Content.xml"] = _page(prefix, objects)
    for i, objects in enumerate(pages):
        named = f'<ofd:Template TemplateID="{uses[i]}" ZOrder="Background"/>' if i in uses else ""
        files[f"Doc_0/Pages/Page_{i}/Content.xml"] = _page(prefix, objects, named)
    files.update(members or {})
    return zipped({name: prefix.written(one) if isinstance(one, str) else one for name, one in files.items()})


def _page(prefix: Prefix, objects: str, template: str = "") -> str:
    return prefix.root(
        "Page", f'{template}<ofd:Content><ofd:Layer ID="2" Type="Body">{objects}</ofd:Layer></ofd:Content>'
    )


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
