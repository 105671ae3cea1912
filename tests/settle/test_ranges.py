"""While figures are missing a statement says between which amounts an amount must fall."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from vbclang.pipeline import check, explain, settle
from vbclang.render.explanation import text
from vbclang.settle.statement import Line

CONTRACT = """contract Ranges
  language 1
  term 1 April 2026 to 31 March 2028
  contract year starts 1 April
  currency GBP
  settled 60 working days after each quarter

use "vbc/england" edition 1

party Payer is commissioner
party Provider is provider

measure Calls Answered
  reported by Provider as percentage
  each quarter
  final within 20 working days after each quarter

measure Cost
  reported by Payer as money
  each quarter
  final within 20 working days after each quarter
  if not reported, held until reported, at the latest by 30 June 2028, then nothing is due

clause Bonus
  incentive each quarter from Payer to Provider
  of £1,000
  earned by Calls Answered, in a straight line from 0% at 80.0% to 100% at 90.0%, flat beyond
  due within 60 working days after each quarter

clause Gain
  share each quarter from Payer to Provider
  of 50% of (£10,000 - Cost)
  runs both ways
  limited to £1,500 in each contract year
  due within 60 working days after each quarter

clause Fee
  payment each quarter from Payer to Provider
  of £10,000 - Cost, but not less than £0
  due within 60 working days after each quarter
"""


@pytest.fixture
def lines(tmp_path: Path) -> dict[tuple[str, str], Line]:
    (tmp_path / "ranges.vbc").write_text(CONTRACT, encoding="utf-8")
    figures = "measure,period,value\nCalls Answered,Q1 2026/27,85.0%\nCost,Q1 2026/27,9000\n"
    (tmp_path / "figures.csv").write_text(figures, encoding="utf-8")
    (tmp_path / "record.csv").write_text("number,received,what,of,on\n", encoding="utf-8")
    found = settle(check(tmp_path / "ranges.vbc"), tmp_path, None, None, date(2026, 10, 1)).statement
    second = settle(check(tmp_path / "ranges.vbc"), tmp_path, "Q2 2026/27", None, date(2026, 10, 1)).statement
    assert found is not None
    assert second is not None
    return {(line.clause, line.period): line for line in (*found.lines, *second.lines)}


def test_what_is_known_has_no_range(lines: dict[tuple[str, str], Line]) -> None:
    assert {line.between for (_, period), line in lines.items() if period == "Q1 2026/27"} == {None}


def test_an_amount_that_waits_says_what_it_can_be(lines: dict[tuple[str, str], Line]) -> None:
    gain = lines["Gain", "Q2 2026/27"]
    assert gain.amount is None
    assert gain.between == (-2_000, 1_000)  # £500 of the year's £1,500 are used
    assert gain.why.endswith("it will be from £2,000.00 the other way to £1,000.00")
    assert lines["Fee", "Q2 2026/27"].between == (Fraction(0), None)
    assert lines["Fee", "Q2 2026/27"].why.endswith("it will be at least £0.00")


def test_what_stands_by_a_rule_and_is_not_due_yet_says_what_it_can_be(lines: dict[tuple[str, str], Line]) -> None:
    bonus = lines["Bonus", "Q2 2026/27"]
    assert (bonus.amount, bonus.between) == (0, (0, 1_000))
    assert bonus.why.endswith("if figures come by then, it will be from £0.00 to £1,000.00")


def test_explaining_says_it_too(lines: dict[tuple[str, str], Line], tmp_path: Path) -> None:
    assert lines
    checked = check(tmp_path / "ranges.vbc")
    (step,) = explain(checked, tmp_path, "Gain", "Q2 2026/27", None, 3, date(2026, 10, 1)).steps
    assert "once it is determined: from £2,000.00 the other way to £1,000.00" in " ".join(text(step, checked.texts).split())


OF_ROWS = """contract Supply
  language 1
  term 1 April 2026 to 31 March 2028
  contract year starts 1 April
  currency GBP
  settled 60 working days after each month
  numbers not rounded

use "vbc/england" edition 1

party Hospital is commissioner
party Supplier is supplier

data Stock Outs
  source "Pharmacy system"
  supplied by Hospital
  checked by Supplier
  final within 10 working days after each month
  one row per gap
  column began_on date, dates the row, never blank
  column lasted number, never blank

measure Lasting
  total of (lasted - 2) over Stock Outs where lasted is more than 2
  each month
  lower is better
  if not reported, held until reported, at the latest by 30 June 2028, then nothing is due

clause Guarantee
  sanction each month from Supplier to Hospital
  of £250 for each complete 1 of Lasting
  limited to £20,000 in each quarter
  due within 20 working days after each month
"""


def test_what_the_months_before_have_used_of_a_limit_is_no_longer_to_come(tmp_path: Path) -> None:
    """Rows that have come are what they are: the figure cannot arrive worked out as well. Nor does it pay the other way."""
    (tmp_path / "supply.vbc").write_text(OF_ROWS, encoding="utf-8")
    (tmp_path / "stock_outs.csv").write_text("began_on,lasted\n2026-04-07,14\n2026-05-12,31\n2026-07-01,200\n", encoding="utf-8")
    came = [
        f"{at},2026-{month:02}-12,delivery,Stock Outs,{of} 2026,final,,\n"
        for at, month, of in ((1, 5, "April"), (2, 6, "May"), (3, 8, "July"))
    ]
    (tmp_path / "record.csv").write_text(f"number,received,what,of,period,stage,on,file\n{''.join(came)}", encoding="utf-8")
    statement = settle(check(tmp_path / "supply.vbc"), tmp_path).statement
    assert statement is not None
    june = next(line for line in statement.lines if line.period == "June 2026")
    assert june.between == (0, 9750)
