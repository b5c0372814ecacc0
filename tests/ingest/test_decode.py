"""Which Chinese encoding is it? Measured on pieces of real documents, written out in each encoding here."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from ingest.errors import DocumentError
from ingest.parse.decode import Decoded, decode

# Pairs of everyday characters, so that real texts can be written as Taiwan or Hong Kong would; what is left of the
# simplified set is dropped by the encoder.
SIMPLIFIED = (
    "党员会议组织门关应当规为国务委书记纪机责监检请参举导领报准级队认识讯传达让双这个时来们对发动过说产种后学经进电现实体点从"
    "业开还义间样与线内数质气变条没结问无军总设长头资边统较将见计别论运农几区强决战则据处单办"
)
TRADITIONAL = (
    "黨員會議組織門關應當規為國務委書記紀機責監檢請參舉導領報準級隊認識訊傳達讓雙這個時來們對發動過說產種後學經進電現實體點從"
    "業開還義間樣與線內數質氣變條沒結問無軍總設長頭資邊統較將見計別論運農幾區強決戰則據處單辦"
)
AS_TRADITIONAL = str.maketrans(SIMPLIFIED, TRADITIONAL)
NOTICES = [
    "各位黨員同志：茲定於本月十五日召開支部黨員大會，請準時出席，並帶筆記本。",
    "為加強機關檔案管理，現將有關事項通知如下，請各單位遵照辦理。",
    "本會依據章程第八條之規定，於年度終了後三個月內召開會員大會。",
]


def pieces(shared_data: Path, size: int, seed: int) -> list[str]:
    """200 stretches of `size` characters, each from another document, at least half of them Chinese."""
    chance = random.Random(seed)
    paths = sorted(path for path in shared_data.rglob("*") if path.suffix in {".txt", ".md"})
    chance.shuffle(paths)
    found: list[str] = []
    for path in paths:
        text = path.read_text(encoding="utf-8-sig").replace("\r", "")
        start = chance.randrange(max(1, len(text) - size))
        piece = text[start : start + size]
        if 2 * sum("\u4e00" <= c <= "\u9fff" for c in piece) >= size:
            found.append(piece)
        if len(found) == 200:
            return found
    raise AssertionError("too few documents")


def outcome(data: bytes) -> Decoded | DocumentError:
    try:
        return decode(data)
    except DocumentError as error:
        return error


def misread(written: list[tuple[bytes, str]]) -> list[tuple[str, Decoded | DocumentError]]:
    tried = [(text, outcome(data)) for data, text in written]
    return [
        (text, got)
        for text, got in tried
        if isinstance(got, DocumentError) or got.text.strip() != text.strip()
    ]


@pytest.mark.shared_data
@pytest.mark.parametrize("size", [20, 60, 1000])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_pieces_of_real_documents_are_read_in_every_encoding(
    shared_data: Path, encoding: str, size: int
) -> None:
    texts = pieces(shared_data, size, seed=size)
    assert misread([(text.encode(encoding), text) for text in texts]) == []


@pytest.mark.shared_data
@pytest.mark.parametrize("size", [20, 60, 1000])
@pytest.mark.parametrize("encoding", ["cp950", "gb18030"])
def test_traditional_texts_are_never_taken_for_the_other_encoding(
    shared_data: Path, encoding: str, size: int
) -> None:
    """200 samples each way: Big5 is not read as GB18030, nor traditional characters in GB18030 as Big5."""
    texts = [piece.translate(AS_TRADITIONAL) for piece in pieces(shared_data, size, seed=size + 1)]
    written = [text.encode(encoding, "ignore") for text in texts]
    assert min(len(data) for data in written) > size
    assert misread([(data, data.decode(encoding)) for data in written]) == []


@pytest.mark.shared_data
def test_a_label_of_ten_characters_is_read_nearly_always(shared_data: Path) -> None:
    texts = pieces(shared_data, 10, seed=10)
    for encoding, most in (("gb18030", 0), ("cp950", 2), ("utf-16-le", 2), ("utf-16-be", 2)):
        written = [text.encode(encoding, "ignore") for text in texts]
        wrong = misread([(data, data.decode(encoding)) for data in written if len(data) > 9])
        assert len(wrong) <= most, (encoding, wrong)


@pytest.mark.parametrize("encoding", ["big5", "gb18030", "utf-16-le", "utf-16-be", "utf-8-sig"])
@pytest.mark.parametrize("text", NOTICES)
def test_traditional_notices_are_read(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("rare", "encoding"), [("裏恒碁", "cp950"), ("裏邨", "big5hkscs"), ("𨋢叻啲", "big5hkscs")]
)
def test_characters_that_plain_big5_lacks_do_not_turn_the_text_into_another_encoding(
    rare: str, encoding: str
) -> None:
    text = f"{NOTICES[0]}{rare}{NOTICES[1]}"
    with pytest.raises(UnicodeEncodeError):
        text.encode("big5")
    got = decode(text.encode(encoding))
    assert (got.text, got.encoding) == (text, "big5")  # the family's name


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"),
     (b"\xff\xfe\0\0", "utf-32-le"), (b"\0\0\xfe\xff", "utf-32-be")],
)  # fmt: skip
@pytest.mark.parametrize("text", ["党", "第一条 本办法自发布之日起施行。\r\n第二条", "ABC, 1990"])
def test_a_byte_order_mark_decides(text: str, mark: bytes, encoding: str) -> None:
    got = decode(mark + text.encode(encoding))
    assert (got.text, got.encoding, got.warnings) == (text.replace("\r\n", "\n"), encoding, ())


def test_bytes_at_random_are_read_as_something_or_refused() -> None:
    """300 seeded strings of bytes: nothing but a DocumentError, and most are refused."""
    chance = random.Random("bytes")
    results = [outcome(chance.randbytes(chance.randrange(1, 2000))) for _ in range(300)]
    refused = [one for one in results if isinstance(one, DocumentError)]
    assert all(one.hint for one in refused)
    assert len(refused) > 200
    assert all("\r" not in one.text for one in results if isinstance(one, Decoded))
