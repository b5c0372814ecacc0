"""Where an address leads, and what may be sent there."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.config import EmbeddingSettings, LanguageModelSettings, Settings
from ingest.services import is_external, may_get, services, stays_inside


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8000/v1", "http://127.9.9.9/v1", "http://localhost:11434/v1", "http://[::1]:8000/v1",
        "http://10.1.2.3/v1", "https://172.31.255.1/v1", "http://192.168.0.5:8080", "http://[fd12::1]/v1",
    ],
)  # fmt: skip
def test_addresses_of_the_office(url: str) -> None:
    assert stays_inside(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://api.example.com/v1", "http://8.8.8.8/v1", "http://172.32.0.1/v1", "http://localhost.example.com/v1",
        "http://127.0.0.1@evil.example/v1", "http://evil.example/127.0.0.1", "http://2130706433/v1", "http://0.0.0.0/v1",
        "http://[::ffff:8.8.8.8]/v1", "http://[::1", "", "127.0.0.1:8000", "http://llm.office.lan/v1", "http://169.254.169.254/",
    ],
)  # fmt: skip
def test_addresses_that_prove_nothing(url: str) -> None:
    assert not stays_inside(url)


def test_what_the_settings_say_counts_more_than_the_address() -> None:
    assert not is_external(LanguageModelSettings(model="x", base_url="http://llm.office.lan", external=False))
    assert is_external(LanguageModelSettings(model="x", base_url="http://127.0.0.1", external=True))
    assert is_external(LanguageModelSettings(model="x"))  # the provider's own address


def test_who_may_get_an_internal_document() -> None:
    outside = LanguageModelSettings(model="x", send_groups=("组织部",))
    assert may_get(outside, None)
    assert may_get(outside, "组织部")
    assert not may_get(outside, "内部")
    assert may_get(LanguageModelSettings(model="x", send_groups=("*",)), "内部")
    assert may_get(LanguageModelSettings(model="x", base_url="http://127.0.0.1"), "内部")


def test_no_service_no_word(tmp_path: Path) -> None:
    assert services(Settings(home=tmp_path)) == ()


def test_an_address_is_told_without_its_password(tmp_path: Path) -> None:
    llm = LanguageModelSettings(model="x", base_url="https://name:geheim@llm.example/v1")
    vectors = EmbeddingSettings(model="bge", base_url="http://10.0.0.2:8080/v1")
    told = services(Settings(home=tmp_path, llm=llm, embedding=vectors))
    assert [one.where for one in told] == ["https://llm.example/v1", "http://10.0.0.2:8080/v1"]
    assert [one.external for one in told] == [True, False]
    assert "geheim" not in str(told)
