"""What leaves the machine, byte for byte, over a home with the builtin model and a real server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.compose import Desk, desk_of
from bot.testing_model import Asked, ModelServer, Reply, model_server, saying
from ingest.compose import sync_folders
from ingest.config import load_settings

IDENTITY, MOBILE = "11010519491231002X", "13800138000"
PUBLIC = (
    "某县党员活动证办法\n第一条　党员活动证由县里统一印制。\n第二条　党员活动证遗失的，由办公室在五日内核发，"
    f"联系手机 {MOBILE}。\n第三条　党员活动证每年核对一次。\n"
)
INTERNAL = "党员活动证核发台账说明\n第一条　党员活动证遗失的，台账记在红色簿册里，由档案员保管。\n"
QUESTION = f"党员活动证遗失了怎么办？我的身份证号是{IDENTITY}"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    folder = tmp_path_factory.mktemp("papers")
    (folder / "办法.txt").write_text(PUBLIC, encoding="utf-8")
    (folder / "台账.txt").write_text(INTERNAL, encoding="utf-8")
    (folder / "台账.txt.meta.toml").write_text('internal = "档案室"\n', encoding="utf-8")
    sync_folders(load_settings(home), [folder])
    return home


def first_evidence(asked: Asked) -> Reply:
    """Says what stands in the evidence with a telephone, tokens as they came."""
    for number, _, text in asked.evidence:
        for line in text.splitlines():
            if "手机" in line and "联系" in line:
                return saying(line.partition("　")[2].replace("。", f"[{number}]。"), 2)
    return saying("无依据")


@contextmanager
def opened(made: Path, server: ModelServer, **given: Any) -> Iterator[Desk]:
    settings = load_settings(made).model_copy(update={"llm": server.settings(**given)})
    desk = desk_of(settings)
    try:
        yield desk
    finally:
        desk.close()


def sent(server: ModelServer) -> str:
    return "\n".join(one.data.decode() for one in server.asked)


def test_to_an_external_service_go_tokens_and_what_is_public(made: Path) -> None:
    """And the reader gets the numbers back, in a sentence that its source carries."""
    with model_server(first_evidence) as server:
        with opened(made, server, external=True) as desk:
            answer = desk.ask(QUESTION)
        left = sent(server)
    assert server.asked
    assert IDENTITY not in left
    assert MOBILE not in left
    assert "〔身份证1〕" in left
    assert "〔手机1〕" in left
    assert "台账" not in left
    assert "五日内核发" in left
    assert answer.mode == "llm"
    assert MOBILE in answer.sentences[0].text
    assert MOBILE in answer.citations[0].quote
    assert any("是内部资料，没有发给语言模型" in warning for warning in answer.warnings)


def test_inside_the_office_nothing_is_held_back(made: Path) -> None:
    """127.0.0.1 is this computer."""
    with model_server(first_evidence) as server:
        with opened(made, server) as desk:
            answer = desk.ask(QUESTION)
        left = sent(server)
    assert IDENTITY in left
    assert MOBILE in left
    assert "红色簿册" in left
    assert answer.mode == "llm"


@pytest.mark.parametrize(
    ("groups", "goes"), [((), False), (("组织部",), False), (("档案室",), True), (("*",), True)]
)
def test_a_group_goes_only_where_the_setting_names_it(
    made: Path, groups: tuple[str, ...], goes: bool
) -> None:
    with model_server(first_evidence) as server:
        with opened(made, server, external=True, send_groups=groups) as desk:
            desk.ask("党员活动证遗失了怎么办？")
        assert ("红色簿册" in sent(server)) is goes


def test_masking_can_be_turned_off(made: Path) -> None:
    with model_server(first_evidence) as server:
        with opened(made, server, external=True, mask_personal=False) as desk:
            desk.ask(QUESTION)
        assert IDENTITY in sent(server)


def test_a_document_that_becomes_internal_is_held_back_at_once(made: Path, tmp_path: Path) -> None:
    """The desk follows the catalog; it need not be opened anew."""
    home, folder = tmp_path / "home", tmp_path / "papers"
    folder.mkdir()
    (folder / "办法.txt").write_text(PUBLIC, encoding="utf-8")
    sync_folders(load_settings(home), [folder])
    with model_server(first_evidence) as server, opened(home, server, external=True) as desk:
        desk.ask(QUESTION)
        assert len(server.asked) == 1
        (folder / "办法.txt.meta.toml").write_text("internal = true\n", encoding="utf-8")
        sync_folders(load_settings(home), [folder])
        answer = desk.ask(QUESTION)
        assert len(server.asked) == 1
        assert answer.mode == "extractive"
        assert "是内部资料，没有发给语言模型" in answer.warnings[0]


def test_nothing_is_asked_for_a_question_without_evidence(made: Path) -> None:
    with model_server(first_evidence) as server, opened(made, server) as desk:
        for question in ("红烧肉怎么做才不腻？", "你好", "张三的手机号是多少？"):
            assert desk.ask(question).status == "refused"
        assert server.asked == []


def test_who_leaves_the_page_stops_the_request(made: Path) -> None:
    def slow(asked: Asked) -> Reply:
        return Reply((*first_evidence(asked).pieces, "后"), pause=0.02, endless=True)

    with model_server(slow) as server, opened(made, server) as desk:
        growing = desk.stream(QUESTION)
        next(growing)
        growing.close()  # type: ignore[attr-defined]
        assert server.stopped.wait(3)
