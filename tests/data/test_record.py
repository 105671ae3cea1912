"""The record: what is read of each line, and what is told of a line that cannot be."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from vbclang.core.record import Record
from vbclang.data.load import load
from vbclang.pipeline import check, settle
from vbclang.source import Diagnostics

CONTRACT = Path(__file__).with_name("record.vbc")
HEADINGS = "number,received,what,of,period,stage,on,until,for,by,amount,file,price\n"
REFERRALS = "accepted_on,response\n2026-04-02,1\n2026-07-03,1\n2026-10-05,3\n"
GOOD = (
    "1,2026-08-20,delivery,Referrals,Q1 2026/27,final,,,,,,,\n"
    "2,2026-09-01,event,Launch,,,2026-08-28,,,Hospital,,,500\n"
    "3,2026-09-02,event,Breach,,,2026-07-15,2026-10-01,,,,,\n"
    "4,2026-09-30,waiver,Waivable,Q1 2026/27,,,,,Commissioner,£40,,\n"
    "5,2026-10-28,delivery,Referrals,Q2 2026/27,final,,,,,,,\n"
)


def read(folder: Path, lines: str, headings: str = HEADINGS, as_of: date | None = None) -> tuple[Record, Diagnostics]:
    program = check(CONTRACT).program
    assert program is not None
    (folder / "record.csv").write_text(headings + lines)
    for name in ("referrals.csv", "again.csv"):
        (folder / name).write_text(REFERRALS)
    facts, found = load(program, folder, as_of=as_of)
    return facts.record, found


def amounts(folder: Path, lines: str, as_of: date | None = None, period: str = "Q1 2026/27") -> dict[str, object]:
    read(folder, lines)
    settled = settle(check(CONTRACT), folder, period, None, as_of)
    assert settled.statement is not None, settled.diagnostics
    return {line.clause: line.amount for line in settled.statement.lines}


def test_lines_are_read_and_act(tmp_path: Path) -> None:
    record, found = read(tmp_path, GOOD)
    assert [f for f in found if f.span.file == "record.csv"] == []
    assert [entry.what for entry in record.entries] == ["delivery", "event", "event", "waiver", "delivery"]
    assert record.as_of == date(2026, 10, 28)
    first, second = amounts(tmp_path, GOOD), amounts(tmp_path, GOOD, period="Q2 2026/27")
    # due on 28 July, received on 20 August: 23 days are 3 complete weeks
    assert (first["Late Data"], second["Late Data"]) == (30_000, 0)
    assert (first["Launched"], second["Launched"]) == (0, 50)
    assert (first["In Breach"], second["In Breach"]) == (0, 1_000)
    assert (first["Waivable"], second["Waivable"]) == (20, 40)  # 60 less 40; of the 100 of the year 40 are left


def test_the_record_is_read_as_it_was_on_a_day(tmp_path: Path) -> None:
    on_the_day = amounts(tmp_path, GOOD, date(2026, 8, 31), "Q2 2026/27")
    assert on_the_day["Launched"] is None  # the quarter has not ended, and no launch was received
    after = amounts(tmp_path, GOOD, date(2026, 9, 1), "Q2 2026/27")
    assert after["Launched"] == 50
    assert after["Late Data"] is None  # the delivery is still to come


def test_what_is_not_delivered_by_a_day_is_not_reported_on_it(tmp_path: Path) -> None:
    before = amounts(tmp_path, GOOD, date(2026, 10, 27), "Q2 2026/27")
    assert before["Quick"] == 0  # not reported: the contract's rule
    assert amounts(tmp_path, GOOD, date(2026, 10, 28), "Q2 2026/27")["Quick"] == 1_000
    assert amounts(tmp_path, GOOD, date(2026, 8, 19))["Quick"] == 0
    assert amounts(tmp_path, GOOD, date(2026, 8, 20))["Quick"] == 1_000


def test_data_of_which_no_delivery_is_recorded_count_with_their_file(tmp_path: Path) -> None:
    assert amounts(tmp_path, "1,2026-09-01,event,Launch,,,2026-08-28,,,,,,500\n")["Quick"] == 1_000


def test_a_delivery_that_never_comes_is_late_until_the_money_is_due(tmp_path: Path) -> None:
    first = "1,2026-12-31,event,Launch,,,2026-08-28,,,,,,500\n"
    assert amounts(tmp_path, first)["Late Data"] == 80_000  # from 28 July to 23 September: 57 days
    early = "1,2026-09-01,event,Launch,,,2026-08-28,,,,,,500\n"
    assert amounts(tmp_path, early)["Late Data"] is None


def test_without_a_record_nothing_has_happened_and_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "referrals.csv").write_text(REFERRALS)
    settled = settle(check(CONTRACT), tmp_path, "Q1 2026/27")
    assert settled.statement is not None
    found = {line.clause: line.amount for line in settled.statement.lines}
    assert (found["Launched"], found["Late Data"]) == (0, None)
    assert any(f.span.file == "record.csv" and "nothing to be late" in f.message for f in settled.diagnostics)


@pytest.mark.parametrize(
    ("lines", "code", "says"),
    [
        ("x,2026-08-20,event,Launch,,,2026-08-01,,,,,,5\n", "D051", "a whole number is wanted"),
        ("1,20/08/2026,event,Launch,,,2026-08-01,,,,,,5\n", "D025", "column “received”"),
        ("1,2026-08-20,something,Launch,,,2026-08-01,,,,,,5\n", "D050", "delivery, replacement, event, notice, waiver or payment"),
        ("1,2026-08-20,event,Lunch,,,2026-08-01,,,,,,5\n", "D050", "Is “Launch” meant?"),
        ("1,2026-08-20,event,Launch,,,,,,,,,5\n", "D050", "column “on”"),
        ("1,2026-08-20,event,Launch,,,2026-08-21,,,,,,5\n", "D053", "nobody notifies what has not happened"),
        ("1,2026-08-20,event,Launch,,,2026-03-31,,,,,,5\n", "D053", "outside the term"),
        ("1,2029-04-20,event,Launch,,,2029-04-01,,,,,,5\n", "D053", "outside the term"),
        ("1,2026-08-20,event,Breach,,,2026-08-10,2026-08-09,,,,,\n", "D053", "column “until”"),
        ("1,2026-08-20,event,Launch,,,2026-08-01,,,Commissioner,,,5\n", "D054", "it is for Hospital to do so"),
        ("1,2026-08-20,event,Launch,,,2026-08-01,,,,,,\n", "D020", "column “price”"),
        ("1,2026-08-20,event,Breach,,,2026-08-01,,,,,,5\n", "D050", "this event says nothing here"),
        ("1,2026-08-20,delivery,Referrals,Q5 2026/27,final,,,,,,,\n", "D052", "column “period”"),
        ("1,2026-08-20,delivery,Referrals,Q1 2031/32,final,,,,,,,\n", "D052", "outside the term"),
        ("1,2026-08-20,delivery,Referrals,Q1 2026/27,draft,,,,,,,\n", "D050", "here may stand final"),
        ("1,2026-08-20,delivery,Referrals,Q1 2026/27,final,,,,,,../x.csv,\n", "D003", "column “file”"),
        ("1,2026-08-20,delivery,Referrals,Q1 2026/27,final,,,,,,other.csv,\n", "D050", "there is no such file"),
        ("1,2026-08-20,waiver,Late Data,Q1 2026/27,,,,,,,,\n", "D054", "nobody may waive"),
        ("1,2026-08-20,waiver,Waivable,Q1 2026/27,,,,,Hospital,,,\n", "D054", "it is for Commissioner"),
        ("1,2026-08-20,waiver,Waivable,Q1 2026/27,,,,,,forty,,\n", "D050", "column “amount”"),
        ("1,2026-08-20,replacement,Referrals,Q1 2026/27,,,,,,,again.csv,\n", "D050", "nothing to replace. Record it as a delivery."),
        ("1,2026-08-20,replacement,Referrals,Q1 2026/27,,,,,,,,\n", "D050", "column “file”"),
        ("1,2026-08-20,replacement,Referrals,Q1 2026/27,,,,,,,referrals.csv,\n", "D050", "a file of its own, besides referrals.csv"),
        ("1,2026-08-20,replacement,Referrals,Q1 2026/27,final,,,,,,again.csv,\n", "D050", "a replacement says nothing here"),
        ("1,2026-08-20,payment,Leave,,,2026-08-20,,,,,,\n", "D050", "moves no money"),
        ("1,2026-08-20,event,Breach,,,2026-08-01,,,,,,\n1,2026-08-21,event,Breach,,,2026-08-01,,,,,,\n", "D051", "has this number"),
        ("2,2026-08-20,event,Breach,,,2026-08-01,,,,,,\n1,2026-08-21,event,Breach,,,2026-08-01,,,,,,\n", "D051", "the numbers rise"),
        ("1,2026-08-20,event,Breach,,,2026-08-01,,,,,,\n2,2026-08-19,event,Breach,,,2026-08-01,,,,,,\n", "D051", "order of receipt"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_is_told(tmp_path: Path, lines: str, code: str, says: str) -> None:
    _, found = read(tmp_path, lines)
    (finding,) = [f for f in found if f.span.file == "record.csv"]
    assert finding.code == code
    assert says in finding.message
    assert "row " in finding.message


def test_a_record_without_its_columns_is_told(tmp_path: Path) -> None:
    _, found = read(tmp_path, "1,2026-08-20\n", "number,received\n")
    assert "D007" in {f.code for f in found if f.span.file == "record.csv"}


def test_a_leap_day_is_a_day(tmp_path: Path) -> None:
    record, found = read(tmp_path, "1,2028-02-29,event,Breach,,,2028-02-29,,,,,,\n")
    assert [f for f in found if f.span.file == "record.csv"] == []
    assert record.entries[0].on == date(2028, 2, 29)
