"""Which version of a regulation counts on which day."""

from __future__ import annotations

from datetime import date

from ingest.catalog import DocumentRow
from ingest.versions import standing, superseded, version_date


def row(
    name: str,
    version: str | None,
    kind: str = "细则",
    *,
    declared: bool = False,
    in_force: bool = True,
    issued: date | None = None,
) -> DocumentRow:
    """A catalog row with what versions are told by."""
    return DocumentRow(
        id=f"{name}{version}", path="", source="", status="ready", sha256="", size=0, modified_ns=0, format="txt",
        title=name, kind=kind, issuer=None, number=None, issued=issued, effective=None, repealed=None, version=version,
        work=None, work_key=name, declared=declared, in_force=in_force, note=None, chunks=1, dropped=(), warnings=(),
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
