"""Why money that was kept back was not released, and when something came of a duty: explained for one period."""

from __future__ import annotations

from pathlib import Path

import pytest

from vbclang.pipeline import check, explain
from vbclang.render import explanation as render

CONTRACT = """contract Kept Back
  language 1
  term 1 April 2026 to 31 March 2027
  contract year starts 1 April
  currency GBP
  settled 60 working days after each quarter
  working days in England
  percentages rounded to 1 decimal place, half up
  money rounded to £0.01, half up
  numbers not rounded
  in a part period, pro rata by days

party Commissioner is commissioner
party Provider is provider

event Report
  notified by Provider to Commissioner

data Written Reports
  one row per report
  source "The provider"
  supplied by Provider
  checked by Commissioner
  final within 20 working days after each quarter
  column reported_on date, dates the row

measure Reports Given
  number of Written Reports
  each quarter

measure Calls
  reported by Commissioner as percentage
  each quarter
  final within 20 working days after each quarter

clause Reports
  duty on Provider to give Report within 10 working days after each quarter

clause Same
  withholding each quarter from Commissioner to Provider
  of £5,000
  when Calls is less than 90.0%
  released when Reports Given is at least 2, on later data for the same quarter, without interest
  if not released within 3 months after each quarter, it is kept
  if not reported, nothing is due
  due within 30 working days after each quarter

clause Later
  withholding each quarter from Commissioner to Provider
  of £5,000
  when Calls is less than 90.0%
  released when Calls is at least 90.0%, in a later quarter, without interest
  if not released within 9 months after each quarter, it is kept
  if not reported, nothing is due
  due within 30 working days after each quarter
"""
FIGURES = """measure,period,value
Calls,Q1 2026/27,80%
Calls,Q2 2026/27,85%
Calls,Q3 2026/27,89%
"""
RECORD = """number,received,what,of,on
1,2026-08-20,event,Report,2026-08-20
2,2027-01-12,event,Report,2027-01-12
"""


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    (tmp_path / "contract.vbc").write_text(CONTRACT, encoding="utf-8")
    (tmp_path / "figures.csv").write_text(FIGURES, encoding="utf-8")
    (tmp_path / "record.csv").write_text(RECORD, encoding="utf-8")
    (tmp_path / "written_reports.csv").write_text("reported_on\n2026-05-05\n2026-07-03\n", encoding="utf-8")
    return tmp_path


def said(folder: Path, clause: str, period: str | None) -> str:
    checked = check(folder / "contract.vbc")
    assert checked.program is not None, checked.diagnostics
    found = explain(checked, folder, clause, period, None, 4)
    return " ".join("\n".join(render.text(step, checked.texts, 100) for step in found.steps).split())


def test_what_is_dated_later_does_not_release_what_was_kept_back_before(folder: Path) -> None:
    found = said(folder, "Same", "Q1 2026/27")
    assert "not released by 30 September 2026: kept for good in Q1 2026/27: the condition does not hold" in found
    assert "by what is about Q1 2026/27, whenever it comes; what is dated later belongs to a later period" in found
    assert "Reports Given is at least 2: 1 written reports against 2 written reports" in found


def test_each_later_period_that_is_known_in_time_is_told(folder: Path) -> None:
    found = said(folder, "Later", "Q1 2026/27")
    assert "in Q2 2026/27: the condition does not hold (known on 28 October 2026)" in found
    assert "in Q3 2026/27: the condition does not hold (known on 29 January 2027)" in found
    assert "Calls is at least 90.0%: 89% against 90%" in found
    assert "in Q4 2026/27: too late to release it (known on 28 April 2027, after 30 March 2027)" in found


def test_a_period_of_which_nothing_has_come_is_told_as_such(folder: Path) -> None:
    found = said(folder, "Later", "Q2 2026/27")
    assert "in Q4 2026/27: not reported (known on 28 April 2027)" in found


def test_what_came_of_a_duty_is_told_by_the_period_that_it_is_about(folder: Path) -> None:
    found = said(folder, "Reports", "Q1 2026/27")
    assert "15 July 2026: Provider did not give Report by 14 July 2026" in found
    assert "15 October" not in found


def test_and_by_the_day_on_which_it_came(folder: Path) -> None:
    found = said(folder, "Reports", "Q2 2026/27")
    assert "15 July 2026: Provider did not give Report by 14 July 2026" in found
    assert "15 October 2026: Provider did not give Report by 14 October 2026" in found


def test_where_nothing_came_in_the_period_it_is_said_when_something_did(folder: Path) -> None:
    found = said(folder, "Reports", "April 2026")
    assert "nothing has come of it in the period that is asked for, but on 15 July 2026, 15 October 2026, 12 January 2027" in found
    assert "15 July 2026: Provider did not give Report by 14 July 2026 (about Q1 2026/27)" in found
