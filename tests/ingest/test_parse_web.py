"""Web pages and web archives written for the test, as official sites lay them out; and the same ones broken."""

from __future__ import annotations

import email.charset
import email.mime.multipart
import email.mime.text
import html
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from samples import counted, mutated, outcome

from ingest.errors import DamagedDocument, DocumentError, EmptyDocument
from ingest.model import Parsed
from ingest.parse.web import parse_html, parse_mhtml

MENU = '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zwgk">政务公开</a></li></ul></div>'
FOOT = '<div class="footer"><p>主办单位：某区人民政府办公室</p><p><a href="/map">网站地图</a> 备案号00000000</p></div>'
HEAD = '<meta name="ArticleTitle" content="关于做好党费收缴工作的通知"><meta name="PubDate" content="2025-03-05 10:20">'
INFO = '<div class="info"><span>发布时间：2025-03-05 10:20</span> <span>来源：区委组织部</span> <span>【字号：大 中 小】</span> 打印</div>'
NOTICE = """<p>　　各党支部：</p><p>　　为进一步规范党费收缴工作，现将有关事项通知如下。</p>
<h2>一、总体要求</h2><p>坚持按月交纳，不得预交、<b>补交</b>。</p>
<ol><li>每月十日前交纳</li><li>由组织委员登记</li></ol><h3>（一）标准</h3>
<table><tr><th>月收入</th><th>比例</th></tr><tr><td>三千元以下</td><td>0.5%</td></tr>
<tr><td rowspan="2">三千元以上</td><td>1%</td></tr><tr><td>另议</td></tr></table>
<p>时间：2025年3月8日。<br>地点：会议室。</p><div>没有段落标记的一段话，直接放在区块里，也是正文。</div>
<p style="text-align:right">区委组织部</p><p>2025年3月5日</p>"""
READ = [
    ("heading", 1, "关于做好党费收缴工作的通知"),
    ("paragraph", 0, "发布时间：2025-03-05 10:20 来源：区委组织部"),
    ("paragraph", 0, "各党支部："),
    ("paragraph", 0, "为进一步规范党费收缴工作，现将有关事项通知如下。"),
    ("heading", 2, "一、总体要求"),
    ("paragraph", 0, "坚持按月交纳，不得预交、补交。"),
    ("paragraph", 0, "1. 每月十日前交纳"),
    ("paragraph", 0, "2. 由组织委员登记"),
    ("heading", 3, "（一）标准"),
    ("row", 0, "月收入：三千元以下；比例：0.5%"),
    ("row", 0, "月收入：三千元以上；比例：1%"),
    ("row", 0, "比例：另议"),
    ("paragraph", 0, "时间：2025年3月8日。"),
    ("paragraph", 0, "地点：会议室。"),
    ("paragraph", 0, "没有段落标记的一段话，直接放在区块里，也是正文。"),
    ("paragraph", 0, "区委组织部"),
    ("paragraph", 0, "2025年3月5日"),
]


def page(body: str, head: str = HEAD, charset: str = "utf-8") -> str:
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="{charset}"><title>关于做好党费收缴工作的通知_某区人民政府</title>{head}'
        f"<style>.a{{color:red}}</style><script>var a = '脚本里的话';</script></head><body>{body}</body></html>"
    )


def divided() -> str:
    path = '<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/t">通知公告</a></div>'
    return page(
        f'{MENU}{path}<div class="article"><h1>关于做好党费收缴工作的通知</h1>{INFO}<div id="zoom">{NOTICE}</div></div>{FOOT}'
    )


def laid_out_by_tables() -> str:
    """As older sites do it: every part of the page is a cell."""
    return page(
        f"<table><tr><td colspan=2>{MENU}</td></tr><tr><td><table><tr><td>{INFO}</td></tr><tr><td>{NOTICE}</td></tr></table></td>"
        f"<td class='sidebar'><a href='/a'>相关链接一</a></td></tr><tr><td>{FOOT}</td></tr></table>"
    )


def with_title_and_info_outside() -> str:
    return page(
        f"<header>{MENU}</header><h1>关于做好党费收缴工作的通知</h1>{INFO}<main>{NOTICE}</main><footer>主办单位：某区</footer>"
    )


def lines(parsed: Parsed) -> list[tuple[str, int, str]]:
    return [(one.kind, one.level, parsed.text[one.start : one.end]) for one in parsed.blocks]


@pytest.mark.parametrize("make", [divided, laid_out_by_tables, with_title_and_info_outside])
def test_an_official_page_is_read_whole_and_without_its_furniture(make: Callable[[], str]) -> None:
    parsed = parse_html(make())
    assert lines(parsed) == READ
    assert parsed.text == "\n".join(text for *_, text in READ)
    assert (parsed.format, parsed.warnings) == ("html", ())
    assert parsed.properties == {"published": "2025-03-05", "site": "区委组织部"}


def test_what_only_the_metadata_says_is_kept() -> None:
    head = f'{HEAD}<meta name="ContentSource" content="区委办">'
    parsed = parse_html(page(f"{MENU}<div>{NOTICE}</div>{FOOT}", head))
    assert parsed.text.split("\n")[:3] == [
        "关于做好党费收缴工作的通知",
        "发布时间：2025-03-05 10:20　来源：区委办",
        "各党支部：",
    ]


def test_without_metadata_the_title_is_the_pages_name_less_that_of_the_site() -> None:
    parsed = parse_html(page(f"<div>2025-03-05 10:20 来源： 新华社</div><div>{NOTICE}</div>", head=""))
    assert parsed.text.startswith("关于做好党费收缴工作的通知\n")
    assert parsed.properties == {"published": "2025-03-05", "site": "新华社"}


def test_a_day_that_no_calendar_has_is_no_day_of_publication() -> None:
    assert parse_html(page(f"<div>发布时间：2025-13-45</div><div>{NOTICE}</div>", head="")).properties == {}


def test_a_long_regulation_keeps_every_article() -> None:
    articles = [f"第{n}条　党支部应当在每年第{n}个工作周完成第{n}项登记并公开结果。" for n in range(1, 200)]
    body = "".join(f"<p>{text}</p>" for text in articles)
    parsed = parse_html(page(f"{MENU}<div class='con'>{body}</div>{FOOT}"))
    assert parsed.text.split("\n")[2:] == [" ".join(text.split()) for text in articles]


SHAPES: dict[str, Callable[[list[str]], str]] = {
    "paragraphs": lambda lines: "".join(f"<p>　　{html.escape(line)}</p>" for line in lines),
    "breaks": lambda lines: "<br>\n".join(f"　　{html.escape(line)}" for line in lines),
    "spans": lambda lines: "".join(f"<p><span><font>{html.escape(line)}</font></span></p>" for line in lines),
    "sections": lambda lines: "".join(
        f"<section><section>{html.escape(line)}</section></section>" for line in lines
    ),
}


@pytest.mark.shared_data
@pytest.mark.parametrize("shape", SHAPES)
def test_real_documents_set_as_pages_lose_no_line_and_show_no_menu(shared_data: Path, shape: str) -> None:
    """Thirty documents each way; the site hides its text until a script runs, as some do."""
    paths = sorted(path for path in shared_data.rglob("*") if path.suffix in {".txt", ".md"})
    for path in random.Random(shape).sample(paths, 30):
        text = path.read_text(encoding="utf-8-sig")
        written = [line for line in map(squeezed, text.split("\n")) if line][:300]
        body = f'<div id="js_content" style="visibility: hidden">{SHAPES[shape](written)}</div>'
        got = squeezed(parse_html(page(f"{MENU}{body}{FOOT}")).text)
        assert [line for line in written if line not in got] == [], path.name
        assert [words for words in ("政务公开网站地图", "主办单位：某区") if words in got] == [], path.name


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_a_page_whose_main_text_is_missed_is_read_whole_with_a_warning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("trafilatura.bare_extraction", lambda *_, **__: None)
    parsed = parse_html(divided())
    assert [one for one in READ if one not in lines(parsed)] == []
    assert parsed.warnings == ("没有认出网页的正文范围，读取了整页文字，其中可能夹有导航、页脚等内容",)


def test_a_page_of_which_the_library_finds_a_small_part_is_read_whole() -> None:
    sections = "".join(
        f"<div><p>第{n}部分</p><ul><li>要点{n}甲</li><li>要点{n}乙</li></ul></div>" for n in range(9)
    )
    parsed = parse_html(page(sections))
    assert [n for n in range(9) if f"要点{n}甲\n要点{n}乙" not in parsed.text] == []


@pytest.mark.parametrize(
    ("written", "said"),
    [("gb18030", "gb2312"), ("gb18030", "utf-8"), ("utf-8", "gb2312"), ("utf-8", ""), ("utf-8-sig", "utf-8"),
     ("gb18030", "iso-8859-1"), ("utf-16", "utf-16"), ("utf-16-le", "")],
)  # fmt: skip
def test_a_page_is_decoded_whatever_it_says_of_itself(written: str, said: str) -> None:
    assert (
        lines(parse_html(divided().replace('charset="utf-8"', f'charset="{said}"').encode(written))) == READ
    )


def test_big5_is_read_as_declared_and_as_guessed() -> None:
    body = "<p>各位黨員同志：茲定於本月十五日召開支部黨員大會，請準時出席，並帶筆記本。</p><p>特此通知。</p>"
    for said in ("big5", ""):
        data = f'<html><head><meta charset="{said}"></head><body>{body}</body></html>'.encode("big5")
        assert parse_html(data).text.startswith("各位黨員同志：茲定於本月十五日")


@pytest.mark.parametrize(
    "empty", ["<html></html>", "<html><body><script>var a</script></body></html>", "", "<!-- -->"]
)
def test_a_page_without_text_is_empty(empty: str) -> None:
    with pytest.raises(EmptyDocument, match="没有文字") as caught:
        parse_html(empty)
    assert caught.value.hint


def test_a_page_nested_a_hundred_thousand_deep_ends() -> None:
    parsed = outcome(parse_html, ("<html><body>" + "<div>" * 100_000 + "党费按月交纳。").encode())
    assert isinstance(parsed, DocumentError) or parsed.text == "党费按月交纳。"


def archive(text: str, encoding: str | email.charset.Charset = "utf-8", attached: bool = False) -> bytes:
    message = email.mime.multipart.MIMEMultipart("related", type="text/html")
    message["From"], message["Subject"] = "<Saved by a browser>", "通知"
    message.attach(email.mime.text.MIMEText("<html><body></body></html>", "html", "utf-8"))
    message.attach(email.mime.text.MIMEText(text, "html", encoding))
    message.attach(email.mime.text.MIMEText("body { color: red }", "css", "utf-8"))
    if attached:
        part = email.mime.text.MIMEText("附件的话", "plain", "utf-8")
        part.add_header("Content-Disposition", "attachment", filename="a.txt")
        message.attach(part)
    return message.as_bytes()


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312"])
def test_a_web_archive_is_read_as_its_page(encoding: str) -> None:
    parsed = parse_mhtml(archive(divided().replace('charset="utf-8"', ""), encoding))
    assert lines(parsed) == READ
    assert (parsed.format, parsed.warnings) == ("mhtml", ())


def test_a_mail_of_plain_text_is_read_line_by_line_and_its_attachment_counted() -> None:
    message = b"From: a@example.org\nMIME-Version: 1.0\nContent-Type: text/plain; charset=gb2312\n\n"
    text = "请各支部于3月8日前报送名单，以书面形式为准。\n\n联系人：<张三> & 李四，负责收取各支部材料。"
    parsed = parse_mhtml(message + text.encode("gb18030"))
    assert parsed.text.split("\n") == [line for line in text.split("\n") if line]
    assert parse_mhtml(archive(divided(), attached=True)).warnings == ("有 1 个附件没有读取",)


@pytest.mark.parametrize("data", [b"", b"MIME-Version: 1.0\n\n", archive("<html></html>")])
def test_an_archive_without_a_page_is_empty(data: bytes) -> None:
    with pytest.raises(EmptyDocument, match="没有可以读取的文字"):
        parse_mhtml(data)


QUOTED = email.charset.Charset("utf-8")
QUOTED.body_encoding = email.charset.QP  # as browsers save pages


def test_an_archive_whose_page_is_no_text_is_damaged() -> None:
    broken = b"MIME-Version: 1.0\nContent-Type: text/html\n\n" + bytes(range(128, 256)) * 9
    with pytest.raises(DamagedDocument, match="读不出来"):
        parse_mhtml(broken)


PIECES = [b"<table>", b"</div>", b"<ol><li>", b"<td colspan=9999>", b"<!--", b"\0", b"\n--", b"<h1>", b"&#0;"]


@pytest.mark.parametrize("form", ["html", "mhtml"])
def test_mutated_pages_raise_nothing_but_document_errors(form: str) -> None:
    """300 seeded mutations of each form, in three encodings."""
    chance = random.Random(form)
    broken = []
    for turn in range(300):
        encoding = ("utf-8", "gb18030", "utf-16")[turn % 3]
        whole = (
            divided().encode(encoding)
            if form == "html"
            else archive(divided(), ("utf-8", QUOTED, "gb2312")[turn % 3])
        )
        broken.append(mutated(whole, chance, PIECES))
    read, refused = counted(parse_html if form == "html" else parse_mhtml, broken)
    assert read > 80  # half the mutations change twenty places or more
    assert refused > 20
