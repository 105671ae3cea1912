"""Measures that somebody reports have deliveries of their own in the record: late, given again, and replaced by agreement."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from vbclang.pipeline import Checked, check, dates, settle
from vbclang.settle.statement import Statement, What

CONTRACT = """\
contract Reports
  language 1
  term 1 April 2026 to 31 March 2027
  contract year starts 1 April
  currency GBP
  settled 60 working days after each quarter
  working days in England
  percentages rounded to 1 decimal place, half up
  money rounded to £0.01, half up
  if not reported, incentives pay nothing

party Payer is commissioner
party Provider is provider

measure Score
  reported by Provider as percentage
  checked by Payer
  each quarter
  final within 20 working days after each quarter
  higher is better

measure Prices
  reported by "Office for National Statistics" as percentage change
  each contract year
  if not reported, uses the last final figure

clause Bonus
  incentive each quarter from Payer to Provider
  of £100
  earned by Score, in a straight line from 0% at 0.0% to 100% at 100.0%, flat beyond
  due within 40 working days after each quarter
"""
DUE, PAID, SETTLED = date(2026, 7, 28), date(2026, 8, 25), date(2026, 9, 23)
"""Of the first quarter: when the score is due, the bonus, and corrections."""


@pytest.fixture(scope="module")
def contract(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    path = tmp_path_factory.mktemp("reports") / "reports.vbc"
    path.write_text(CONTRACT, encoding="utf-8")
    found = check(path)
    assert found.program is not None, [each.message for each in found.diagnostics]
    return found


def put(folder: Path, *record: str, **files: str) -> None:
    """Each file with the score of the first quarter, and the record: a line for each report."""
    for name, score in files.items():
        (folder / f"{name}.csv").write_text(f"measure,period,value\nScore,Q1 2026/27,{score}\n", encoding="utf-8")
    lines = [f"{number},{line}" for number, line in enumerate(record, 1)]
    (folder / "record.csv").write_text("\n".join(["number,received,what,of,period,stage,file", *lines, ""]), encoding="utf-8")


def settled(contract: Checked, folder: Path, as_of: date = date(2027, 3, 31)) -> Statement:
    found = settle(contract, folder, as_of=as_of)
    assert found.statement is not None, [each.message for each in found.diagnostics]
    return found.statement


def booked(statement: Statement) -> list[tuple[date | None, str, Fraction]]:
    return [(each.day, each.payee, each.amount) for each in statement.bookings if each.line.period == "Q1 2026/27"]


def test_a_report_counts_from_the_day_of_its_receipt(contract: Checked, tmp_path: Path) -> None:
    put(tmp_path, "2026-09-01,delivery,Score,Q1 2026/27,final,", figures="80.0%")
    assert booked(settled(contract, tmp_path, date(2026, 8, 31))) == []
    assert booked(settled(contract, tmp_path)) == [(SETTLED, "Provider", 80)]


def test_what_is_not_recorded_as_reported_is_not(contract: Checked, tmp_path: Path) -> None:
    put(tmp_path, "2026-10-20,delivery,Score,Q2 2026/27,final,", figures="80.0%")
    amounts = {line.period: line.amount for line in settled(contract, tmp_path).lines}
    assert amounts["Q1 2026/27"] == 0


def test_of_several_reports_the_last_in_time_counts_and_later_ones_do_not(contract: Checked, tmp_path: Path) -> None:
    put(
        tmp_path,
        "2026-07-20,delivery,Score,Q1 2026/27,final,first.csv",
        "2026-07-28,delivery,Score,Q1 2026/27,final,second.csv",
        "2026-07-29,delivery,Score,Q1 2026/27,final,third.csv",
        first="70.0%",
        second="60.0%",
        third="90.0%",
    )
    found = settled(contract, tmp_path)
    assert booked(found) == [(PAID, "Provider", 60)]
    assert [(each.day, each.what) for each in found.happenings] == [(date(2026, 7, 29), What.NOT_USED)]


def test_what_the_parties_agree_on_takes_its_place_and_is_booked_as_a_correction(contract: Checked, tmp_path: Path) -> None:
    put(
        tmp_path,
        "2026-07-20,delivery,Score,Q1 2026/27,final,",
        "2026-09-10,replacement,Score,Q1 2026/27,,agreed.csv",
        figures="70.0%",
        agreed="75.5%",
    )
    found = settled(contract, tmp_path)
    assert booked(found) == [(PAID, "Provider", 70), (SETTLED, "Provider", Fraction(11, 2))]
    assert "replaced, as the parties have agreed" in found.happenings[0].words
    assert booked(settled(contract, tmp_path, date(2026, 9, 9))) == [(PAID, "Provider", 70)]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("2026-07-20,delivery,Scores,Q1 2026/27,final,", "Is “Score” meant?"),
        ("2026-07-20,delivery,Score,Q9 2026/27,final,", "column “period”"),
        ("2026-07-20,delivery,Score,Q1 2026/27,provisional,", "here may stand final"),
        ("2026-07-20,delivery,Score,Q1 2026/27,final,lost.csv", "there is no such file"),
        ("2026-07-20,replacement,Score,Q1 2026/27,,figures.csv", "stands in a file of its own, besides figures.csv"),
        ("2026-07-20,delivery,Prices,Contract Year 1,provisional,", "here may stand final"),
    ],
)
def test_a_line_that_does_not_fit_says_what_is_wrong(contract: Checked, tmp_path: Path, line: str, said: str) -> None:
    put(tmp_path, line, figures="70.0%")
    found = settle(contract, tmp_path)
    assert found.statement is None
    assert any(said in each.message for each in found.diagnostics), [each.message for each in found.diagnostics]


def test_a_measure_without_a_due_day_counts_from_its_first_report(contract: Checked, tmp_path: Path) -> None:
    put(
        tmp_path,
        "2026-07-20,delivery,Score,Q1 2026/27,final,",
        "2027-02-20,delivery,Prices,Contract Year 1,final,",
        "2027-02-21,delivery,Prices,Contract Year 1,final,",
        figures="70.0%",
    )
    assert [each.day for each in settled(contract, tmp_path).happenings] == [date(2027, 2, 21)]


def test_the_calendar_says_when_who_reports(contract: Checked) -> None:
    found, _ = dates(contract, None, None)
    assert found is not None
    assert (DUE, "Provider", "to report the final Score for Q1 2026/27") in [(each.day, each.party, each.what) for each in found]
