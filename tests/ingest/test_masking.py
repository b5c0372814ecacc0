"""With index.mask_personal no store holds personal data, and everything else works as before."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ingest.__main__ import main
from ingest.personal import counts, hidden, personal_data

IDENTITY, MOBILE, CARD, EMAIL, LANDLINE = (
    "110101199003070038", "13812345678", "6222021234567890128", "wang.lin@example.cn", "010-87654321",
)  # fmt: skip
NUMBERS = (IDENTITY, MOBILE, CARD, EMAIL, LANDLINE, "138 1234 5678", "１３８１２３４５６７８")
TEXT = f"""党员联系卡（{MOBILE}）
仅供学习 禁止外传
联系微信：13912345679
一、王林 {IDENTITY}
身份证号{IDENTITY}，手机138 1234 5678，全角１３８１２３４５６７８，座机{LANDLINE}。
党费卡{CARD}，邮箱{EMAIL}，每月5日前交纳党费。
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def status(home: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads(run("doctor", "--home", home, "--json").stdout)
    return found


@pytest.fixture
def folder(folder: Path) -> Path:
    """One file, with a manifest that holds a number, too."""
    (folder / "联系卡.txt").write_text(TEXT, encoding="utf-8")
    (folder / "manifest.toml").write_text(
        f'[[document]]\nsource = "联系卡.txt"\nnote = "问 {MOBILE}"\n', encoding="utf-8"
    )
    return folder


def holding(home: Path, *numbers: str) -> set[str]:
    """Which of the numbers stand in any file of the home."""
    data = [path.read_bytes() for path in home.rglob("*") if path.is_file()]
    return {number for number in numbers for one in data if number.encode() in one}


def mask(home: Path, *, on: bool) -> None:
    (home / "config.toml").write_text(f"[index]\nmask_personal = {str(on).lower()}\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "stars"),
    [
        (IDENTITY, "1****************8"),
        (MOBILE, "138******78"),
        ("+86 138-1234-5678", "+86 138-****-**78"),
        (CARD, "***************0128"),
        (EMAIL, "w*******@example.cn"),
        (LANDLINE, "010-******21"),
        ("(0571)87654321", "(0571)******21"),
        ("电话：87654321", "电话：******21"),
        ("１３８１２３４５６７８", "１３８******７８"),
    ],
)
def test_what_stays_of_a_number(text: str, stars: str) -> None:
    """As long as before, and no longer found."""
    assert hidden(text)[0] == stars
    assert len(stars) == len(text)
    assert personal_data(stars) == ()


def test_masking_keeps_every_place_and_all_other_characters() -> None:
    """Outside of what was found the text is the same, character for character."""
    found = personal_data(TEXT)
    assert counts(found) == {"手机": 4, "身份证": 2, "电话": 1, "银行卡": 1, "邮箱": 1}
    covered = {at for one in found for at in range(one.start, one.end)}
    stars = hidden(TEXT)[0]
    assert len(stars) == len(TEXT)
    assert all(stars[at] == TEXT[at] for at in range(len(TEXT)) if at not in covered)


def test_no_file_of_the_home_holds_a_number(folder: Path, home: Path) -> None:
    """Not the text, the title, the headings, what cleaning dropped, the manifest's words, nor the words' index."""
    assert run("sync", folder, "--home", home).exit_code == 0
    assert holding(home, *NUMBERS, "13912345679") == {*NUMBERS, "13912345679"}  # the test can see them
    mask(home, on=True)
    report = json.loads(run("sync", folder, "--home", home, "--json").stdout)
    assert (report["changed"], report["unchanged"]) == (1, 0)
    assert holding(home, *NUMBERS, "13912345679") == set()
    assert "1234567" not in run("show", "联系卡.txt", "--home", home, "--json").stdout


def test_a_number_that_is_broken_over_two_lines_is_masked(tmp_path: Path, home: Path) -> None:
    """Cleaning puts it together again."""
    lines = ["党支部每月组织一次主题党日，党员按时参加学习讨论并且认真做好记录和"] * 14
    lines[5] = f"各支部书记要及时更新党员名册和联系方式，王林同志号码{IDENTITY[:9]}"
    lines[6] = f"{IDENTITY[9:]}，其余同志的号码由组织委员统一登记，不得外传和公开张贴"
    (tmp_path / "名册.txt").write_text("\n".join(lines), encoding="utf-8")
    mask(home, on=True)
    run("sync", tmp_path / "名册.txt", "--home", home)
    shown = json.loads(run("show", "名册.txt", "--home", home, "--json").stdout)
    assert shown["personal"] == {"身份证": 1}
    assert holding(home, IDENTITY, IDENTITY[:9], IDENTITY[9:]) == set()


def test_show_counts_what_was_masked_and_the_rest_is_searched(folder: Path, home: Path) -> None:
    """The counts are those of the file as it is."""
    before = json.loads(run("sync", folder, "--home", home, "--json").stdout)
    mask(home, on=True)
    after = json.loads(run("sync", folder, "--home", home, "--json").stdout)
    assert before["chunks"] == after["chunks"]
    shown = json.loads(run("show", "联系卡.txt", "--home", home, "--json").stdout)
    assert shown["masked"] is True
    assert shown["personal"] == {"手机": 4, "身份证": 2, "电话": 1, "银行卡": 1, "邮箱": 1}
    assert "（已遮盖）" in run("show", "联系卡.txt", "--home", home).stdout
    assert any("每月5日前交纳党费" in chunk["text"] for chunk in shown["chunks"])


def test_the_setting_is_told_and_what_is_not_yet_masked_is_counted(folder: Path, home: Path) -> None:
    """Switched on, off and on again; by the environment, too."""
    run("sync", folder, "--home", home)
    assert "遮盖" not in run("status", "--home", home).stdout
    mask(home, on=True)
    assert status(home) | {"counts": 0} == {
        "ok": False, "counts": 0, "mismatch": "", "mask_personal": True, "unmasked": 1, "services": []
    }  # fmt: skip
    assert "还有 1 份没有检查" in run("status", "--home", home).stdout
    run("sync", folder, "--home", home)
    assert status(home)["ok"] is True
    assert "已检查 1 份，其中 1 份有号码，已遮盖。" in run("doctor", "--home", home).stdout
    (folder / "通知.txt").write_text("关于交纳党费的通知\n请各支部按时交纳党费。\n", encoding="utf-8")
    run("sync", folder, "--home", home)
    for command in ("doctor", "status"):
        assert "已检查 2 份，其中 1 份有号码，已遮盖。" in run(command, "--home", home).stdout
    mask(home, on=False)
    assert "再同步一次恢复原文" in run("status", "--home", home).stdout
    run("sync", folder, "--home", home)
    assert holding(home, MOBILE) == {MOBILE}


IDENTITIES = (
    "110101199003070038", "110101198501010019", "320102197606053219", "440103196812120013", "510104198811083216", "330102199909090014", "610102195501010010"
)  # fmt: skip


def with_check_digit(number: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return number[:17] + "10X98765432"[sum(int(d) * w for d, w in zip(number, weights, strict=False)) % 11]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "\n".join(f"王{n}　{with_check_digit(number)}　1381234567{n}" for n, number in enumerate(IDENTITIES)),
            "身份证 7 处、手机 7 处",
        ),
        (f"登记表\n王林的身份证号是{IDENTITY}。", "身份证 1 处"),
        (f"登记表\n党费专用账户{CARD}，有疑问请打{LANDLINE}。", "银行卡 1 处、电话 1 处"),
        ("各组联系人：\n" + "\n".join(f"第{n}组 １３８１２３４５６７{n}" for n in range(4)), "手机 4 处"),
        # An ordinary notice: whom to ask, by two telephones and a mobile, said twice.
        (f"通知\n联系人：王林，{MOBILE}，{LANDLINE}。\n传真010-87654322。\n王林 {MOBILE}\n王林 {MOBILE}", ""),
        ("会议于2026年5月1日至2026年5月11日召开，文号青党办〔2026〕12号。", ""),
    ],
)  # fmt: skip
def test_a_sync_warns_of_a_list_of_numbers_that_is_stored_as_it_is(
    tmp_path: Path, home: Path, text: str, told: str
) -> None:
    """One line, which names the setting; none once the numbers are masked."""
    (tmp_path / "名册.txt").write_text(text, encoding="utf-8")
    said = [
        line
        for line in run("sync", tmp_path / "名册.txt", "--home", home).stdout.split("\n")
        if "遮盖" in line
    ]
    assert [f"注意 名册.txt：有{told}，" in line and "mask_personal" in line for line in said] == [
        True
    ] * bool(told)
    mask(home, on=True)
    assert "注意" not in run("sync", tmp_path / "名册.txt", "--home", home).stdout


def test_the_environment_may_set_it(folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DANGWU_INDEX__MASK_PERSONAL", "true")
    run("sync", folder, "--home", home)
    assert holding(home, *NUMBERS) == set()


def test_a_wrong_value_is_said_in_chinese(folder: Path, home: Path) -> None:
    (home / "config.toml").write_text('[index]\nmask_personal = "也许"\n', encoding="utf-8")
    result = run("sync", folder, "--home", home)
    assert result.exit_code == 2
    assert "true 或 false" in result.stderr
