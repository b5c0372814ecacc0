"""Bytes to text for files that carry no markup of their own: which Chinese encoding is it?

Every guess is decoded strictly and judged by how much of it is common Chinese; only when no encoding fits
strictly is a mostly sound one read with U+FFFD in the bad places, and then the reader is told how many.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.errors import DamagedDocument

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its first half
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_NEWLINES = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SAMPLE = 4000  # characters judged
_MOST_BAD = 0.02  # share of unreadable characters a text may have and still be worth reading
_MOST_CONTROLS = 0.05
_LEAST_PLAUSIBLE = 0.5
# Characters that running text of offices cannot do without, in both scripts: misread bytes hardly ever yield them.
_EVERYDAY = frozenset(
    "的一是在不了有和人这中大为上个国我以要时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三二四五六七八九之进着等部度家电力里如水化高自理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政"
    "日那社义事平形相全表间样与关各重新线内数正心反你明看原又利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已"
    "通并提直题党程展果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几区强"
    "放决西被干做必战先回则任取据处理务纪律委支书记组织部门单位规定办法国家机关责任监督检查应当不得依照或者以及他人中央省市县"
    "這為個國時來們對會發動過說產種後學經進著電裡現實體機當點從業開還應義間樣與關各線內數質氣變條沒結解問無係軍總設長頭資邊"
    "統較將組見計別論運農幾區強決戰則據處黨務紀書記織門單規辦責監檢請參舉員議導領報準備級隊認識訊傳達請讓雙"
)
_NOT_TEXT = "文件内容不是文字（可能是改了扩展名的图片、程序等二进制文件，或内容已损坏）"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the line feed as its only line break and no control character but tab; `warnings` are Chinese."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    """Reads UTF-8, UTF-16, UTF-32, GBK/GB18030 or Big5. Raises DamagedDocument if it is none of them."""
    text, encoding = _decode(data)
    controls = len(_CONTROLS.findall(text))
    if controls > _MOST_CONTROLS * len(text):
        raise DamagedDocument(_NOT_TEXT)
    return Decoded(without_controls(text), encoding, doubts(text))


def without_controls(text: str) -> str:
    """The text with the line feed as its only line break and no other control character but tab."""
    text = _NEWLINES.sub("\n", text)
    return _CONTROLS.sub("", text) if _CONTROLS.search(text) else text


def doubts(text: str) -> tuple[str, ...]:
    """What a reader should know of a text's characters, as Chinese warnings with counts."""
    warnings: list[str] = []
    if controls := len(_CONTROLS.findall(text)):
        warnings.append(f"去掉了 {controls} 个控制字符")
    if unreadable := text.count("\ufffd"):
        warnings.append(f"有 {unreadable} 个字符无法辨认，已用“\ufffd”代替，请核对原文")
    return tuple(warnings)


def _decode(data: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding), encoding
    if b"\x00" not in data and (text := _strict(data, "utf-8")) is not None:
        return text, "utf-8"
    if (text := _mostly(data, "utf-8")) is not None:
        return text, "utf-8"
    best: tuple[float, float, str, str] = (0.0, 0.0, "", "")
    wide = b"\x00" in data  # then it cannot be an encoding that writes ASCII in single bytes
    for encoding in ("utf-16-le", "utf-16-be") if wide else ("gb18030", "utf-16-le", "utf-16-be", "big5"):
        text = _strict_big5(data) if encoding == "big5" else _strict(data, encoding)
        if not text:
            continue
        # GB18030 is what offices write: the shorter the text, the clearer another encoding must lead.
        start = 0.1 + 2 / len(data) if encoding == "gb18030" else 0.0
        score = _plausibility(text)
        if score + start + _familiarity(text) > best[0]:
            best = (score + start + _familiarity(text), score + start, text, encoding)
    if best[1] >= _LEAST_PLAUSIBLE:
        return best[2], best[3]
    if (text := _mostly(data, "gb18030")) is not None:
        return text, "gb18030"
    raise DamagedDocument(_NOT_TEXT)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
        text.encode()  # GB18030 has byte pairs that Python reads as lone surrogates, which no store takes
    except UnicodeError:
        return None
    return text


def _strict_big5(data: bytes) -> str | None:
    """Big5 as Taiwan's offices write it (cp950: 裏, 恒, 碁), else with Hong Kong's additions."""
    for encoding in ("big5", "cp950", "big5hkscs"):
        if (text := _strict(data, encoding)) is not None:
            return text
    return None


def _marked(data: bytes, encoding: str) -> str:
    text = _strict(data, encoding)
    if text is None:
        text = data.decode(encoding, errors="replace")
        if text.count("\ufffd") > max(1, _MOST_BAD * len(text)):
            raise DamagedDocument(_NOT_TEXT)
    return text


def _mostly(data: bytes, encoding: str) -> str | None:
    """The text with U+FFFD for what is broken, if that is little and the rest is plainly Chinese."""
    text = data.decode(encoding, errors="replace")
    # A file in another encoding can be ASCII for the most part, so the bad places are weighed against the
    # characters that only the right encoding yields.
    foreign = sum(character > "\x7f" for character in text)
    unreadable = text.count("\ufffd")
    sound = unreadable <= max(1, _MOST_BAD * foreign) and foreign >= 8 * unreadable
    if not sound or _plausibility(text) < 0.8:
        return None
    return text.encode("utf-8", "replace").decode() if encoding == "gb18030" else text


def _plausibility(text: str) -> float:
    """Share (at most 1) of the text's first characters, spaces aside, that Chinese office writing uses."""
    sample = "".join(text[:_SAMPLE].split())
    if not sample:
        return 0.0
    common = _common()
    total = sum(1.0 if c in common else 0.6 if _is_ideograph(c) else 0.0 for c in sample)
    return (total - 2 * len(_CONTROLS.findall(sample))) / len(sample)


def _familiarity(text: str) -> float:
    """Share of the text's first characters that are everyday ones, less twice that of private and broken ones."""
    sample = "".join(text[:_SAMPLE].split())
    known = sum(c in _EVERYDAY for c in sample)
    strange = sum("\ue000" <= c <= "\uf8ff" for c in sample)
    return (known - 2 * strange) / len(sample) if sample else 0.0


def _is_ideograph(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff"


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """The everyday characters of the two national standards, with ASCII and punctuation."""
    trail = range(0xA1, 0xFF)
    simplified = bytes(b for lead in range(0xB0, 0xD8) for t in trail for b in (lead, t)).decode(
        "gb2312", "replace"
    )
    traditional = bytes(
        b for lead in range(0xA4, 0xC7) for t in (*range(0x40, 0x7F), *trail) for b in (lead, t)
    ).decode("big5", "replace")
    ascii_signs = "".join(map(chr, range(0x21, 0x7F)))
    signs = "".join(map(chr, (*range(0x3001, 0x3020), *range(0xFF01, 0xFF5F), *range(0x2460, 0x2474))))
    return frozenset(simplified + traditional + ascii_signs + signs + "—…“”‘’·×①℃％　") - {"\ufffd"}
