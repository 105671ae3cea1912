"""The course of a contract: what arises, is due, is refused and ends, on which day."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from vbclang.pipeline import check, settle
from vbclang.settle.statement import Statement, What

CONTRACT = Path(__file__).with_name("course.vbc")
ROWS = "accepted_on,response\n" + "".join(f"{day},{hours}\n" for day, hours in [
    ("2026-04-02", 1), ("2026-05-02", 3), ("2026-07-02", 3), ("2026-10-02", 1), ("2027-03-01", 1), ("2027-06-01", 1),
    ("2027-12-31", 1), ("2028-06-30", 1)])  # fmt: skip
RECORD = "number,received,what,of,on\n"


def lived(folder: Path, lines: str, as_of: date | None = None, period: str | None = None) -> Statement:
    (folder / "referrals.csv").write_text(ROWS)
    (folder / "record.csv").write_text(RECORD + lines)
    settled = settle(check(CONTRACT), folder, period, None, as_of)
    assert settled.statement is not None, settled.diagnostics
    return settled.statement


def happened(statement: Statement, clause: str, what: What) -> list[date]:
    return [each.day for each in statement.happenings if each.clause == clause and each.what is what]


def test_a_right_arises_when_its_result_is_final_and_a_notice_before_has_no_effect(tmp_path: Path) -> None:
    found = lived(tmp_path, "1,2026-08-01,notice,Persistent Failure,2026-08-01\n2,2026-12-01,event,Remedy,2026-11-30\n")
    assert happened(found, "Persistent Failure", What.RIGHT) == [date(2026, 10, 28)]
    assert happened(found, "Persistent Failure", What.REFUSED) == [date(2026, 8, 1)]
    assert happened(found, "Persistent Failure", What.ENDS) == []


def test_a_notice_in_its_days_ends_the_contract_and_one_after_them_does_not(tmp_path: Path) -> None:
    in_time = lived(tmp_path, "1,2026-12-27,notice,Persistent Failure,2026-12-27\n")
    assert happened(in_time, "Persistent Failure", What.ENDS) == [date(2027, 3, 27)]
    too_late = lived(tmp_path, "1,2026-12-28,notice,Persistent Failure,2026-12-28\n")
    assert happened(too_late, "Persistent Failure", What.ENDS) == []
    (refused,) = [each for each in too_late.happenings if each.what is What.REFUSED]
    assert "the right lapsed on 27 December 2026" in refused.words


def test_without_default_on_six_months_notice_with_compensation(tmp_path: Path) -> None:
    found = lived(tmp_path, "1,2027-10-10,notice,Without Default,2027-10-10\n2,2028-06-30,notice,Without Default,2028-06-30\n")
    assert happened(found, "Without Default", What.ENDS) == [date(2028, 4, 10)]
    paid = [line.amount for line in found.lines if line.kind == "exit payment"]
    assert paid == [540_000]  # 24 of 60 months are used
    assert happened(found, "Without Default", What.REFUSED) == [date(2028, 6, 30)]  # a notice after the end


def test_what_accrues_stops_with_the_end_and_what_survives_goes_on(tmp_path: Path) -> None:
    found = lived(tmp_path, "1,2026-11-10,notice,Without Default,2026-11-10\n2,2028-01-01,event,Remedy,2027-12-31\n")
    fees = {line.period: line.amount for line in found.lines if line.clause == "Fee"}
    assert list(fees) == ["Q1 2026/27", "Q2 2026/27", "Q3 2026/27", "Q4 2026/27", "Q1 2027/28"]
    assert fees["Q1 2027/28"] is not None
    assert round(fees["Q1 2027/28"]) == 3_956  # 40 of 91 days, to 10 May 2027
    assert "Q3 2027/28" in {line.period for line in found.lines if line.clause == "Archive"}


def test_a_suspension_acts_from_the_day_after_it_is_known_to_the_day_on_which_it_is_over(tmp_path: Path) -> None:
    found = lived(tmp_path, "1,2027-12-31,event,Remedy,2027-12-30\n")
    assert happened(found, "Pause", What.SUSPENDED) == [date(2026, 10, 28)]  # Q2's result
    assert happened(found, "Pause", What.RESUMES) == [date(2027, 1, 29)]  # Q3's
    support = {line.period: line.amount for line in found.lines if line.clause == "Support"}
    assert support["Q2 2026/27"] == 9_200
    assert support["Q3 2026/27"] == 2_800  # 1 to 28 October
    assert support["Q4 2026/27"] == Fraction("6235.56")  # 30 January to 31 March: 61 of 90 days


def test_a_duty_that_is_kept_and_one_that_is_not(tmp_path: Path) -> None:
    found = lived(tmp_path, "1,2026-07-20,event,Remedy,2026-07-20\n2,2026-11-30,event,Remedy,2026-11-30\n")
    assert happened(found, "Plan", What.DONE) == [date(2026, 7, 20)]
    assert happened(found, "Plan", What.NOT_DONE) == [date(2026, 10, 29)]
    assert "Commissioner may withhold approval" in next(each.words for each in found.happenings if each.what is What.NOT_DONE)


def test_what_is_not_known_on_a_day_is_not_told_on_it(tmp_path: Path) -> None:
    lines = "1,2026-07-20,event,Remedy,2026-07-20\n2,2026-11-30,event,Remedy,2026-11-30\n"
    before, after = lived(tmp_path, lines, date(2026, 10, 27)), lived(tmp_path, lines, date(2026, 10, 28))
    assert happened(before, "Persistent Failure", What.RIGHT) == []
    assert happened(after, "Persistent Failure", What.RIGHT) == [date(2026, 10, 28)]


TWO_ENDINGS = (
    CONTRACT.read_text()
    + """
clause 9 For Convenience
  termination by Hospital
  at any time
  on 3 months' notice
  exit payment £70 from Hospital to Commissioner

clause 10 By Itself
  automatic end
  when Response is less than 40.0%
"""
)


def of_two(folder: Path, lines: str) -> tuple[dict[str, Fraction | None], list[str]]:
    """What is paid on ending, by clause, and why endings have no effect."""
    (folder / "two.vbc").write_text(TWO_ENDINGS)
    (folder / "referrals.csv").write_text(ROWS)
    (folder / "record.csv").write_text(RECORD + lines)
    found = settle(check(folder / "two.vbc"), folder, None, None).statement
    assert found is not None
    paid = {line.clause: line.amount for line in found.lines if line.kind == "exit payment"}
    return paid, [each.words for each in found.happenings if each.what is What.REFUSED]


def test_of_two_notices_that_end_on_one_day_the_first_in_the_record_ends_the_contract(tmp_path: Path) -> None:
    first = of_two(tmp_path, "1,2026-04-01,notice,Without Default,2026-04-01\n2,2026-07-01,notice,For Convenience,2026-07-01\n")
    assert first == ({"Without Default": 825_000}, [
        "the ending of 1 October 2026 has no effect: the contract ended on 1 October 2026, by clause Without Default"])  # fmt: skip
    other = of_two(tmp_path, "1,2026-07-01,notice,For Convenience,2026-07-01\n2,2026-07-01,notice,Without Default,2026-04-01\n")
    assert other[0] == {"For Convenience": 70}


def test_a_notice_ends_the_contract_before_what_ends_by_itself_on_that_day(tmp_path: Path) -> None:
    paid, refused = of_two(tmp_path, "1,2026-07-28,notice,For Convenience,2026-07-28\n2,2026-11-01,event,Remedy,2026-11-01\n")
    assert paid == {"For Convenience": 70}  # 28 October 2026, the day on which Q2's result is final
    assert refused == ["the ending of 28 October 2026 has no effect: the contract ended on 28 October 2026, by clause For Convenience"]


PAUSED = (
    CONTRACT.read_text()
    + """
clause 9 Standstill
  suspension of clause Support
  when Remedy is in force
  until not (Remedy is in force)
"""
)


def support(folder: Path, lines: str) -> Fraction | None:
    """What clause Support pays for the second quarter, £100 for each of its 92 days."""
    (folder / "paused.vbc").write_text(PAUSED)
    (folder / "referrals.csv").write_text(ROWS)
    (folder / "record.csv").write_text("number,received,what,of,on,until\n" + lines)
    found = settle(check(folder / "paused.vbc"), folder, "Q2 2026/27", None).statement
    assert found is not None
    (line,) = [line for line in found.lines if line.clause == "Support"]
    return line.amount


def test_a_state_that_begins_and_ends_within_a_quarter_suspends_by_days(tmp_path: Path) -> None:
    last = "9,2026-12-31,event,Remedy,2026-12-31,\n"
    assert support(tmp_path, last) == 9_200
    begun = "1,2026-07-10,event,Remedy,2026-07-10,\n"
    assert support(tmp_path, begun + last) == 1_000  # from 11 July on
    assert support(tmp_path, begun + "2,2026-07-29,event,Remedy,2026-07-10,2026-07-29\n" + last) == 7_200  # to 30 July, 20 days
    told_late = "1,2026-07-12,event,Remedy,2026-07-10,2026-07-29\n"
    assert support(tmp_path, told_late + last) == 7_400  # from 13 July


@pytest.mark.parametrize(
    ("exercised", "first", "told"),
    [
        ("at any time", [date(2026, 4, 1)], "dispute the data (at any time)"),
        ("exercised by 1 July 2028", [date(2026, 4, 1)], "dispute the data, until 1 July 2028 (at any time)"),
        (
            "exercised within 10 working days after each quarter",
            [date(2026, 6, 30), date(2026, 9, 30)],
            "dispute the data, until 14 July 2026 (Q1 2026/27)",
        ),
        (
            "exercised within 10 working days after Remedy",
            [date(2026, 7, 20), date(2026, 11, 30)],
            "dispute the data, until 3 August 2026 (20 July 2026)",
        ),
    ],
)
def test_a_right_without_a_condition_arises_when_its_days_begin(exercised: str, first: list[date], told: str, tmp_path: Path) -> None:
    right = f'\nclause 9 Disputes\n  right of Commissioner to "dispute the data"\n  {exercised}\n'
    (tmp_path / "right.vbc").write_text(CONTRACT.read_text() + right)
    (tmp_path / "referrals.csv").write_text(ROWS)
    (tmp_path / "record.csv").write_text(f"{RECORD}1,2026-07-20,event,Remedy,2026-07-20\n2,2026-11-30,event,Remedy,2026-11-30\n")
    found = settle(check(tmp_path / "right.vbc"), tmp_path, None, None).statement
    assert found is not None
    rights = [each for each in found.happenings if each.clause == "Disputes"]
    assert [each.day for each in rights][: len(first)] == first
    assert rights[0].words == f"Commissioner may {told}"
