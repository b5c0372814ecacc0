"""Which version of a regulation counts on which day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ingest.model import DocumentRow
from ingest.versions import repealed, standing, superseded, version_date


def row(
    name: str,
    version: str | None,
    kind: str = "细则",
    *,
    declared: bool = False,
    in_force: bool = True,
    issued: date | None = None,
    effective: date | None = None,
) -> DocumentRow:
    """A catalog row with what versions are told by."""
    return DocumentRow(
        id=f"{name}{version}", path="", source="", status="ready", sha256="", size=0, modified_ns=0, format="txt",
        title=name, kind=kind, issuer=None, number=None, issued=issued, effective=effective, repealed=None, version=version,
        work=None, work_key=name, declared=declared, in_force=in_force, note=None, region=None, unit=None, repeals=(), chunks=1, dropped=(), warnings=(),
    )  # fmt: skip


OLD = row("细则", "2014年", issued=date(2014, 5, 28))
NEW = row("细则", "2026年", issued=date(2026, 5, 11))


def test_each_day_has_its_version() -> None:
    """Before the new one is issued the old one counts, from that day on only the new one does."""
    assert superseded([OLD, NEW], date(2020, 1, 1)) == {NEW.id}
    assert superseded([OLD, NEW], date(2026, 5, 10)) == {NEW.id}
    assert superseded([OLD, NEW], date(2026, 5, 11)) == {OLD.id}
    assert superseded([OLD, NEW], date(2010, 1, 1)) == {OLD.id, NEW.id}


def test_copies_of_one_version_count_together() -> None:
    """Two copies of the same year do not replace each other."""
    assert superseded([NEW, row("细则", "2026年修订")], date(2026, 12, 1)) == set()


def test_two_versions_of_one_year_are_told_apart_by_their_day_of_issue() -> None:
    """A version of March is replaced by that of November; a print that tells another day of the same month is none."""
    spring = replace(row("办法", "2022年", "办法", issued=date(2022, 3, 1)), id="spring")
    autumn = replace(row("办法", "2022年", "办法", issued=date(2022, 11, 1)), id="autumn")
    assert superseded([spring, autumn], date(2022, 12, 31)) == {"spring"}
    assert superseded([spring, autumn], date(2022, 10, 31)) == {"autumn"}
    printed = replace(spring, id="printed", issued=date(2022, 3, 9))
    assert superseded([spring, printed], date(2022, 12, 31)) == set()
    undated = replace(spring, id="undated", issued=None)
    assert superseded([undated, autumn], date(2022, 12, 31)) == set()


def test_reports_never_replace_each_other() -> None:
    """The report of 2025 does not repeal that of 2024."""
    reports = [row("工作报告", "2024年", "年度工作报告"), row("工作报告", "2025年", "年度工作报告")]
    assert superseded(reports, date(2026, 1, 1)) == set()


def test_what_a_manifest_declares_is_not_overruled() -> None:
    """A text marked as replaced stays so even when its successor is not in the home."""
    declared = row("条例", "2018年", declared=True, in_force=False)
    assert standing([declared]) == {}
    assert standing([OLD, NEW]) == {OLD.id: False}


def test_the_exact_day_is_used_where_it_agrees_with_the_year() -> None:
    """A date of another year (of the first version, quoted in the head) does not date this version."""
    assert version_date(OLD) == date(2014, 5, 28)
    assert version_date(row("细则", "2026年", issued=date(2014, 5, 28))) == date(2026, 1, 1)


def test_a_version_counts_from_its_day_of_force() -> None:
    """Issued in December and in force from January: until then the old one counts."""
    old = row("办法", "2014年", issued=date(2014, 5, 28))
    new = row("办法", "2025年", issued=date(2025, 12, 10), effective=date(2026, 1, 1))
    assert superseded([old, new], date(2025, 12, 31)) == {new.id}
    assert superseded([old, new], date(2026, 1, 1)) == {old.id}
    assert standing([old, new], day=date(2025, 12, 31)) == {new.id: False}


def test_what_another_document_repeals_is_not_in_force() -> None:
    """同时废止 of a later document takes an earlier one out, by name; never a later one, a report, or before its day."""
    old = row("中国共产党党员领导干部廉洁从政若干准则", "2010年", "准则", issued=date(2010, 1, 18))
    new = row(
        "中国共产党廉洁自律准则", "2015年", "准则", issued=date(2015, 10, 18), effective=date(2016, 1, 1)
    )
    report = row("廉洁从政情况报告", "2010年", "情况报告")
    repeals = {new.id: ("中国共产党党员领导干部廉洁从政若干准则", "廉洁从政情况报告")}
    assert superseded([old, new, report], date(2016, 1, 1), repeals) == {old.id}
    assert superseded([old, new], date(2015, 12, 31), repeals) == {new.id}
    assert superseded([old, new], date(2016, 1, 1), {old.id: (new.title,)}) == set()
    assert standing([old, new], repeals) == {old.id: False}
    assert standing([old, new]) == {}


def test_a_new_text_of_the_same_name_is_not_repealed_by_itself() -> None:
    """The 2026 text repeals the 2014 one, which bears the same name."""
    assert superseded([OLD, NEW], date(2026, 6, 1), {NEW.id: ("细则",)}) == {OLD.id}


def test_copies_count_together_when_only_one_tells_its_day_of_force() -> None:
    """One copy says 自2026年1月1日起施行, the other (a part of the same code) does not."""
    whole = row("法典", "2025年", "法律", issued=date(2025, 5, 28), effective=date(2026, 1, 1))
    part = row("法典", "2025年", "法律", issued=date(2025, 5, 28))
    assert superseded([whole, replace(part, id="part")], date(2026, 6, 1)) == set()


def test_what_was_read_with_its_notice_is_repealed_by_its_own_name() -> None:
    """Its title is the notice's; the work is what another document names."""
    notice = replace(
        row("关于印发《甲办法（试行）》的通知", "2015年", "办法", issued=date(2015, 1, 1)),
        work="甲办法（试行）",
    )
    other = row("关于印发《乙办法》的通知", "2015年", "办法", issued=date(2015, 1, 1))
    new = row("丙条例", "2020年", "条例", issued=date(2020, 1, 1))
    assert repealed([notice, other, new], {new.id: ("甲办法",)}) == {notice.id}


def test_a_copy_shares_the_fate_of_the_document_that_stands_for_it() -> None:
    """Dated later, it replaces nothing; once its original is replaced, so is it, and the day is the earliest told."""
    copy = replace(row("细则", "2020年", issued=date(2020, 1, 1)), id="copy", copy_of=OLD.id)
    undated = replace(row("细则", None), id="undated", copy_of=OLD.id)
    assert superseded([OLD, copy, undated], date(2021, 1, 1)) == set()
    assert superseded([OLD, copy], date(2016, 1, 1)) == set()
    assert superseded([OLD, NEW, copy, undated], date(2026, 12, 1)) == {OLD.id, "copy", "undated"}
    assert superseded(
        [replace(undated, copy_of=None), replace(OLD, copy_of="undated")], date(2010, 1, 1)
    ) == {
        OLD.id,
        "undated",
    }
    orphan = replace(copy, copy_of="gone")
    assert superseded([orphan, OLD], date(2021, 1, 1)) == {OLD.id}
    declared = replace(OLD, declared=True, in_force=False)
    assert standing([declared, copy]) == {"copy": False}
