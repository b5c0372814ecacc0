"""OFD files, written here by ofd_samples: read in the order of the page; and the same files broken in every way."""

from __future__ import annotations

import io
import random
import zipfile
from functools import cache

import pytest
from ofd_samples import Prefix, image, unzipped, words, written_ofd
from samples import counted, mutated, zipped

from ingest.describe import describe
from ingest.errors import DamagedDocument, EncryptedDocument, UnsupportedFormat
from ingest.model import Parsed
from ingest.parse.lines import Line
from ingest.parse.ofd import parse_ofd
from ingest.quality import quality

HEADER = words("中共某县委组织部文件", 45, 40, size=10, step="g 9 13", more="")
PAGE_1 = [
    "县组发〔2024〕3号",
    "关于做好党费收缴工作的通知",
    "各乡镇党委，县直各单位党组织：",
    "为进一步规范党费收缴、使用和管理，现将有关事项通知",
    "如下。一、党员应当按月交纳党费，每月收缴1次。",
]
PAGE_2 = ["二、各支部应于每月10日前完成收缴。", "中共某县委组织部", "2024年3月1日"]


@cache
def notice(prefix: object = None, *, absolute: bool = False) -> bytes:
    """A red-head notice: the head stands in a template; objects stand out of order; runs are written in many ways."""
    first = [
        words(PAGE_1[4], 28, 120, step="g 22 4"),
        # Twelve characters at 4 mm, one wider step, the rest at 4 mm again.
        words(PAGE_1[3], 28, 112, step="g 12 4 4.1 g 12 4"),
        # A CTM scales the text: size 8 at half scale is printed at 4 mm.
        words(PAGE_1[2], 0, 0, size=8, box="28 100 150 6", more=' CTM="0.5 0 0 0.5 0 4"'),
        words(PAGE_1[1][:6], 55, 80, size=7),
        words(PAGE_1[1][6:], 55 + 42, 80, size=7),
        words(PAGE_1[0], 85, 55, step="4 4 4 4 2 2 2 2 4 2 2"),
    ]
    second = [
        words(PAGE_2[2], 140, 80, step="2 2 2 2 4 2 4 2"),
        words(PAGE_2[1], 130, 70),
        words(PAGE_2[0], 28, 40),
    ]
    return written_ofd(
        ["".join(first), "".join(second)],
        templates={5: HEADER},
        uses={0: 5},
        prefix=prefix,
        absolute=absolute,
    )


def placed(parsed: Parsed) -> list[tuple[int | None, str]]:
    return [(block.page, parsed.text[block.start : block.end]) for block in parsed.blocks]


NOTICE = [(1, "中共某县委组织部文件"), *((1, line) for line in PAGE_1), *((2, line) for line in PAGE_2)]


@pytest.mark.parametrize("prefix", [Prefix(), Prefix("x"), Prefix(""), Prefix("", declared=False)], ids=str)
@pytest.mark.parametrize("absolute", [False, True])
def test_a_notice_is_read_in_the_order_of_the_page(prefix: object, *, absolute: bool) -> None:
    parsed = parse_ofd(notice(prefix, absolute=absolute))
    assert placed(parsed) == NOTICE
    assert parsed.format == "ofd"
    assert parsed.properties == {"pages": "2"}
    assert parsed.warnings == ()


def text_of(*objects: str) -> list[str]:
    return parse_ofd(written_ofd(["".join(objects)])).text.split("\n")


LEFT = [f"左栏第{n}行文字到栏边为止" for n in "一二三四五六"]
RIGHT = [f"右栏第{n}行文字也到栏边止" for n in "一二三四五六"]


@pytest.mark.parametrize("shift", [0.0, 2.5], ids=["aligned", "offset"])
def test_two_columns_are_told_apart_where_there_is_a_gutter(shift: float) -> None:
    rows = [words(LEFT[i], 25, 60 + 6 * i) + words(RIGHT[i], 115, 60 + shift + 6 * i) for i in range(6)]
    title = words("通栏标题横贯左右两栏", 60, 40, size=8)
    below = words("栏下又是一行横贯全页的文字用来结束两栏", 25, 110, size=8)
    folio = words("— 3 —", 100, 280)
    assert text_of(folio, below, *reversed(rows), title) == [
        "通栏标题横贯左右两栏",
        *LEFT,
        *RIGHT,
        "栏下又是一行横贯全页的文字用来结束两栏",
        "— 3 —",
    ]


def test_a_table_is_read_row_by_row() -> None:
    cells = [("姓名", "职务", "备注"), ("王一", "书记", "兼职"), ("李二", "委员", "专职"), ("赵三", "委员", "兼职"), ("钱四", "委员", "专职")]  # fmt: skip
    objects = [
        words(cell, 30 + 60 * j, 50 + 8 * i)
        for j in range(3)
        for i, row in enumerate(cells)
        for cell in [row[j]]
    ]
    assert text_of(*objects) == [" ".join(row) for row in cells]
    two = [
        words(cell, 30 + 90 * j, 50 + 8 * i)
        for j in range(2)
        for i, row in enumerate(cells)
        for cell in [row[j]]
    ]
    assert text_of(*two) == [" ".join(row[:2]) for row in cells]


def test_one_run_may_hold_many_lines() -> None:
    """DeltaY takes the pen down and a negative DeltaX back."""
    text = "第一行共八个文字第二行接着写"
    run = words(text, 30, 50, step="g 7 4 -28 g 5 4", down="g 7 0 6 g 5 0")
    assert text_of(run) == ["第一行共八个文字", "第二行接着写"]


def test_runs_without_offsets_and_entries_set_into_gaps() -> None:
    assert text_of(words("发票号码：", 30, 50, step=None), words("26327", 50, 50, step=None)) == [
        "发票号码：26327"
    ]
    form = words("姓名性别", 30, 50, step="4 36 4")
    assert text_of(form, words("王一", 42, 50), words("女", 82, 50)) == ["姓名 王一 性别 女"]
    assert text_of(words("党务 OFD file", 30, 50, step=None)) == ["党务 OFD file"]


def test_a_heading_set_wide_has_no_spaces_and_bold_print_is_not_double() -> None:
    assert text_of(words("会议纪要", 60, 30, size=8, step="g 3 18")) == ["会议纪要"]
    assert text_of(words("重要事项", 60, 30), words("重要事项", 60.2, 30)) == ["重要事项"]


def test_control_characters_and_line_feeds_of_pretty_printing_do_no_harm() -> None:
    pretty = words("党员大会", 30, 50).replace("党员大会", "\n    党员大会\n   ")
    stray = words("支部", 30, 60).replace("支部", "支\x01部&#x2;")
    assert text_of(pretty, stray) == ["党员大会", "支部"]


def test_turned_and_upright_columns_of_text() -> None:
    """Text down the page (columns from right to left), and text turned by a CTM, line by line."""
    vertical = [
        words(text, x, 40, step="0", down="g 3 4") for text, x in (("第二列字", 60), ("第一列字", 70))
    ]
    assert text_of(*vertical) == ["第一列字", "第二列字"]
    turned = [words(text, 0, 0, box=f"{x} 40 5 60", more=' CTM="0 1 -1 0 0 0"') for text, x in (("转过来的第二行", 60), ("转过来的第一行", 70))]  # fmt: skip
    assert text_of(*turned) == ["转过来的第一行", "转过来的第二行"]
    slanted = words("内部使用", 0, 0, box="40 40 80 80", more=' CTM="0.7 0.7 -0.7 0.7 0 0"')
    assert text_of(slanted, words("正文在上面", 30, 30), words("正文在下面", 30, 90)) == ["正文在上面", "正文在下面", "内部使用"]  # fmt: skip


def test_invisible_text_is_left_out_and_side_files_are_named() -> None:
    listing = '<ofd:{0} xmlns:ofd="http://www.ofdspec.org/2016">{1}</ofd:{0}>'
    data = written_ofd(
        [words("正文", 30, 50) + words("隐藏", 30, 60, more=' Visible="false"')],
        body="<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>",
        document="<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations><ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>",
        members={
            "Doc_0/Signs/Signatures.xml": listing.format("Signatures", '<ofd:Signature ID="1" Type="Seal"/>'),
            "Doc_0/Annots/Annotations.xml": listing.format("Annotations", '<ofd:Page PageID="100"/>'),
            "Doc_0/Attachs/Attachments.xml": listing.format("Attachments", '<ofd:Attachment ID="3"/>'),
        },
    )
    parsed = parse_ofd(data)
    assert parsed.text == "正文"
    assert parsed.warnings == (
        "有 1 个电子印章或签名，其中的文字没有读取，也没有验证真伪",
        "有 1 页带批注、水印或图章，其中的文字没有读取",
        "有 1 个附件，没有读取",
    )


def with_second_document(data: bytes) -> bytes:
    files = unzipped(data)
    more = unzipped(written_ofd([words("第二个文档", 30, 50)]))
    body = "<ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    files["OFD.xml"] = files["OFD.xml"].replace(b"</ofd:OFD>", body.encode())
    files |= {name.replace("Doc_0", "Doc_1"): one for name, one in more.items() if name.startswith("Doc_0")}
    return zipped(files)


def test_several_documents_are_read_one_after_the_other() -> None:
    assert placed(parse_ofd(with_second_document(notice()))) == [*NOTICE, (3, "第二个文档")]


def test_of_several_versions_the_current_one_is_read() -> None:
    files = unzipped(written_ofd([words("旧的版本", 30, 50)]))
    newer = unzipped(written_ofd([words("新的版本", 30, 50)]))
    versions = '<ofd:Versions><ofd:Version ID="1" Index="1" Current="true" BaseLoc="Doc_0/Versions/V1.xml"/></ofd:Versions></ofd:DocBody>'
    files["OFD.xml"] = files["OFD.xml"].replace(b"</ofd:DocBody>", versions.encode())
    files["Doc_0/Versions/V1.xml"] = b"<DocVersion><DocRoot>/Doc_9/Document.xml</DocRoot></DocVersion>"
    files |= {name.replace("Doc_0", "Doc_9"): one for name, one in newer.items() if name.startswith("Doc_0")}
    assert parse_ofd(zipped(files)).text == "新的版本"


JPG, PNG, JB2 = b"\xff\xd8\xff-jpg", b"\x89PNG\r\n\x1a\n-png", b"\x97JB2\r\n\x1a\n-jb2"
PICTURES = {21: ("Image_21.jpg", JPG), 22: ("Image_22.png", PNG), 23: ("scan.jb2", JB2)}


def scan(*pages: str) -> bytes:
    return written_ofd(list(pages), templates={5: image(23)}, uses={2: 5}, pictures=PICTURES)


@pytest.fixture
def pictures(monkeypatch: pytest.MonkeyPatch) -> dict[int, bytes]:
    """What was given to OCR, by page; the stand-in sees one line in everything but a jb2."""
    given: dict[int, bytes] = {}

    def read(picture: bytes, page: int) -> tuple[tuple[Line, ...], float]:
        given[page] = picture
        if picture == JB2:
            raise DamagedDocument("图片不完整或已损坏")
        return (Line(f"第{page}页的字", page=page),), 0.9

    monkeypatch.setattr("ingest.parse.ofd.read_page", read)
    monkeypatch.setattr("ingest.parse.ocr.ready", lambda: True)
    return given


def test_the_largest_picture_of_each_page_without_text_is_read_in_its_place(
    pictures: dict[int, bytes],
) -> None:
    data = scan(
        image(22, "10 10 20 20") + image(21),
        words("这一页的文字足够多，图片只是底下的衬图，所以不去识别图片里的字", 30, 50) + image(21),
        "",
        "",
        image(99) + image(22, "0 0 9 9"),
    )
    parsed = parse_ofd(data)
    assert pictures == {1: JPG, 3: JB2, 5: PNG}
    assert placed(parsed) == [
        (1, "第1页的字"),
        (2, "这一页的文字足够多，图片只是底下的衬图，所以不去识别图片里的字"),
        (5, "第5页的字"),
    ]
    assert parsed.warnings == (
        "第 4 页没有文字（空白页，或是图片、扫描页），没有读取",
        "第 3 页的图片过大、打不开或识别出错，没有识别，请核对原件",
    )


def test_a_few_words_over_a_picture_of_the_page_do_not_pass_for_the_page(
    pictures: dict[int, bytes],
) -> None:
    """The picture is read, too, and the page's own words stand once; a small picture is none of the page."""
    parsed = parse_ofd(
        scan(
            words("— 1 —", 90, 280) + image(21),
            words("第2页的字", 30, 50) + image(22),
            words("这一页的文字足够多，图片只是底下的衬图，所以不去识别图片里的字", 30, 50),
            words("4", 90, 280) + image(22, "0 0 60 60"),
        )
    )
    assert pictures == {1: JPG, 2: PNG}
    assert [one for one in placed(parsed) if one[0] != 3] == [
        (1, "第1页的字"),
        (1, "— 1 —"),
        (2, "第2页的字"),
        (4, "4"),
    ]
    assert "covered_pages" not in parsed.properties


def test_without_ocr_such_a_page_is_marked_and_a_head_that_shows_only_its_number_is_not_screened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ingest.parse.ocr.ready", lambda: False)
    numbered = parse_ofd(scan(words("— 1 —", 90, 280) + image(21), words("其余的字写在这里", 30, 50)))
    assert numbered.properties["covered_pages"] == "1"
    assert numbered.unread_head == 1
    titled = parse_ofd(scan(words("支部工作手册", 90, 80) + image(21), words("其余的字写在这里", 30, 50)))
    assert titled.properties["covered_pages"] == "1"
    assert titled.unread_head is None
    report = quality(
        titled,
        titled.text,
        titled.blocks,
        (),
        (),
        describe(titled.text, titled.blocks, "a.ofd", {}, "ofd", {}),
    )
    assert report.check == ("第 1 页是整页图片，只读出图片外的几个字，请对照原件",)


def test_of_many_scans_those_beyond_the_limit_are_not_even_opened(pictures: dict[int, bytes]) -> None:
    parsed = parse_ofd(scan(image(21), image(22), "", image(21)), ocr_pages=2)
    assert pictures == {1: JPG, 2: PNG}
    assert "一份文件最多用 OCR 识别 2 页，第 3、4 页没有识别；请拆成几份再同步" in parsed.warnings


def test_without_ocr_the_pages_that_are_pictures_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.parse.ocr.ready", lambda: False)
    parsed = parse_ofd(scan(image(21), words("有文字", 30, 50)))
    assert parsed.warnings[0].startswith("第 1 页没有文字（空白页，或是图片、扫描页），没有读取；请安装 OCR")


def test_a_scan_is_refused_with_a_way_out() -> None:
    with pytest.raises(UnsupportedFormat, match="OFD 里没有文字") as caught:
        parse_ofd(scan(image(21)))
    assert "OCR" in caught.value.hint


PIECES = [b"9", b"-", b"e", b'"', b"<", b".", b" ", b"g"]


def changed(name: str, content: bytes | None, data: bytes | None = None) -> bytes:
    files: dict[str, bytes] = unzipped(data or notice())
    if content is None:
        del files[name]
    else:
        files[name] = content
    return bytes(zipped(files))


@pytest.mark.parametrize("content", [None, b"<Page><Content>", b"", b"\x00\x01"])
def test_a_broken_page_is_named_and_the_others_are_read(content: bytes | None) -> None:
    parsed = parse_ofd(changed("Doc_0/Pages/Page_1/Content.xml", content))
    assert placed(parsed) == [row for row in NOTICE if row[0] == 1]
    assert parsed.warnings == ("第 2 页已损坏，没有读取",)


def test_a_missing_template_is_told() -> None:
    parsed = parse_ofd(changed("Doc_0/Tpls/Tpl_5/Content.xml", None))
    assert placed(parsed) == NOTICE[1:]
    assert parsed.warnings == ("有模板页缺失或已损坏，其中的页眉、红头等没有读取",)


@pytest.mark.parametrize("name", ["OFD.xml", "Doc_0/Document.xml"])
@pytest.mark.parametrize("content", [None, b"<Document>", b"<Document/>"])
def test_without_its_spine_an_ofd_is_damaged(name: str, content: bytes | None) -> None:
    with pytest.raises(DamagedDocument):
        parse_ofd(changed(name, content))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_neither_expanded_nor_fetched(encoding: str) -> None:
    entities = '<!DOCTYPE Page [<!ENTITY a SYSTEM "file:///etc/hostname"><!ENTITY b "&a;&a;">]>'
    content = "<Content><Layer><TextObject><TextCode>&b;</TextCode></TextObject></Layer></Content>"
    xml = f"{entities}<Page>{content}</Page>"
    parsed = parse_ofd(changed("Doc_0/Pages/Page_1/Content.xml", xml.encode(encoding)))
    assert parsed.warnings == ("第 2 页已损坏，没有读取",)


@pytest.mark.parametrize("name", ["../up.xml", "/root.xml", "a/../../b", "C:\\x.xml", "..\\x.xml"])
def test_members_that_would_leave_the_package_are_refused(name: str) -> None:
    with pytest.raises(DamagedDocument, match="路径"):
        parse_ofd(changed(name, b"x"))


def test_locations_cannot_leave_the_package() -> None:
    data = changed("OFD.xml", b"<OFD><DocBody><DocRoot>../../../../etc/passwd</DocRoot></DocBody></OFD>")
    with pytest.raises(DamagedDocument):
        parse_ofd(data)


@pytest.mark.parametrize(("members", "megabytes"), [(1, 201), (3, 190)], ids=["one member", "all together"])
def test_what_unpacks_to_too_much_is_refused_before_it_is_unpacked(members: int, megabytes: int) -> None:
    """Only the sizes that the directory declares are needed, so the members here are small and declare much."""
    data = bytearray(zipped({**unzipped(notice()), **{f"big{n}.bin": b"" for n in range(members)}}))
    place = 0
    while (place := data.find(b"PK\x01\x02", place)) >= 0:
        if data[place + 46 : place + 49] == b"big":
            data[place + 24 : place + 28] = (megabytes * 1_000_000).to_bytes(4, "little")
        place += 4
    with pytest.raises(DamagedDocument, match="过大"):
        parse_ofd(bytes(data))


def test_a_run_that_declares_a_billion_offsets_is_read_at_once() -> None:
    assert text_of(words("党员大会", 30, 50, step="g 1e5 4 g 999999999999 4")) == ["党员大会"]
    assert text_of(words("党员大会", 30, 50, step="g nan inf g -5")) == ["党员大会"]


def encrypted_flags(data: bytes) -> bytes:
    """The zip's own encryption mark on every member, in the directory and before each."""
    marked = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            marked[entry.header_offset + 6] |= 1
    place = 0
    while (place := marked.find(b"PK\x01\x02", place)) >= 0:
        marked[place + 8] |= 1
        place += 4
    return bytes(marked)


def test_encrypted_packages_are_told() -> None:
    for data in (encrypted_flags(notice()), changed("Encryptions.xml", b"<Encryptions/>"), changed("Doc_0/decryptseed.dat", b"k")):  # fmt: skip
        with pytest.raises(EncryptedDocument, match="加密"):
            parse_ofd(data)


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.7, 0.99])
def test_a_truncated_package_is_damaged(share: float) -> None:
    data = notice()
    with pytest.raises(DamagedDocument):
        parse_ofd(data[: int(len(data) * share)])


def test_mutated_packages_raise_nothing_but_document_errors() -> None:
    """300 seeded mutations: a third of the file itself, the rest of one member inside a sound zip."""
    chance = random.Random("ofd")
    originals = [notice(), scan(image(21), words("有文字", 30, 50)), with_second_document(notice(Prefix("")))]
    broken = []
    for turn in range(300):
        original = originals[turn % 3]
        if turn % 9 < 3:
            broken.append(mutated(original, chance))
        else:
            files = unzipped(original)
            name = chance.choice([name for name in files if name.endswith(".xml")])
            broken.append(changed(name, mutated(files[name], chance, PIECES), original))
    read, refused = counted(parse_ofd, broken)
    assert (read > 50, refused > 50) == (True, True)
