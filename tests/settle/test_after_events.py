"""Money that is due so long after an event: its day is that of the record, and before that it is due on no day (the semantics, 4.7)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from vbclang.pipeline import check, dates, settle
from vbclang.render.statement import table
from vbclang.settle.statement import Statement

CONTRACT = Path(__file__).with_name("worked") / "after_events.vbc"


def settled(folder: Path, *lines: str, as_of: date | None = None) -> Statement:
    folder.mkdir(exist_ok=True)
    text = "number,received,what,of,period,on\n" + "".join(f"{number},{line}\n" for number, line in enumerate(lines, 1))
    (folder / "record.csv").write_text(text, encoding="utf-8")
    found = settle(check(CONTRACT), folder, as_of=as_of)
    assert found.statement is not None, [each.message for each in found.diagnostics]
    return found.statement


SIGNED = "2026-07-10,event,Sign Off,Q1 2026/27,2026-07-09"
OPENED = "2026-08-20,event,Opening,,2026-08-03"


def test_what_no_event_has_made_due_says_what_it_waits_for(tmp_path: Path) -> None:
    statement = settled(tmp_path / "data", SIGNED, as_of=date(2026, 10, 15))
    fees = {line.period: line for line in statement.lines if line.clause == "Quarterly Fee"}
    assert fees["Q1 2026/27"].due == date(2026, 7, 23)
    assert fees["Q2 2026/27"].due is None
    assert fees["Q2 2026/27"].waits_for == "Sign Off"
    assert "after Sign Off" in table(statement)


def test_it_is_booked_when_it_is_due_and_no_earlier_than_it_was_known(tmp_path: Path) -> None:
    statement = settled(tmp_path / "data", SIGNED, OPENED, as_of=date(2026, 10, 15))
    booked = {(each.line.clause, each.line.period): each.day for each in statement.bookings}
    assert booked == {("Quarterly Fee", "Q1 2026/27"): date(2026, 7, 23), ("Opening Grant", "the term"): date(2026, 9, 2)}
    late = settled(tmp_path / "late", SIGNED, OPENED.replace("2026-08-20", "2026-10-01"), as_of=date(2026, 10, 15))
    assert {each.day for each in late.bookings if each.line.clause == "Opening Grant"} == {date(2026, 10, 1)}


def test_an_event_of_another_quarter_makes_nothing_due(tmp_path: Path) -> None:
    statement = settled(tmp_path / "data", SIGNED.replace("Q1 2026/27", "Q2 2026/27"), as_of=date(2026, 10, 15))
    assert [line.period for line in statement.lines if line.due is not None] == ["Q2 2026/27"]


def test_the_calendar_has_its_day_once_the_event_is_recorded(tmp_path: Path) -> None:
    settled(tmp_path / "data", SIGNED, OPENED)
    found, findings = dates(check(CONTRACT), tmp_path / "data", None)
    assert not findings
    days = {(each.day, each.of) for each in found or () if each.what.startswith("to pay")}
    assert days == {(date(2026, 7, 23), "Quarterly Fee"), (date(2026, 9, 2), "Opening Grant")}
