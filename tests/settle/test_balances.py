"""Long chains and long balances: what is missing, checked and reviewed is asked of each figure once, by however many ways it is read.

Each definition here reads the one before it twice. Followed way by way, sixty of them would be asked for 2^60 times: a test of these
that does not end has failed.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.settle.settling import HEADINGS
from vbclang.pipeline import Checked, check, explain, review, settle
from vbclang.settle.explain import Step
from vbclang.settle.statement import Statement

LEVELS = 60
FRAME = """contract Chains
  language 1
  term 1 April 2026 to 31 March 20{end}
  contract year starts 1 April
  currency GBP
  numbers not rounded

use "vbc/england" edition 1

party Commissioner is commissioner
party Provider is provider

measure Cost
  reported by Commissioner as money
  checked by Provider
  each month
  final within 10 working days after each month
  if not reported, held until reported, at the latest by 31 March 2038, then nothing is due

measure Seen In Time
  reported by Provider as percentage
  checked by Commissioner
  each month
  higher is better
  final within 10 working days after each month
  if not reported, held until reported, at the latest by 31 March 2038, then nothing is due

"""
DUE = "  due within 60 working days after each month\n"


def chain(first: str, then: str) -> str:
    """Definitions ``Step 1`` to the last; in ``then`` an @ stands for the one before."""
    later = (f"Step {level} means {then.replace('@', f'Step {level - 1}')}\n" for level in range(2, LEVELS + 1))
    return "".join([f"Step 1 means {first}\n", *later])


def checked(folder: Path, items: str, end: int = 27) -> Checked:
    path = folder / "chains.vbc"
    path.write_text(FRAME.format(end=end) + items, encoding="utf-8")
    made = check(path)
    assert made.program is not None, [each.message for each in made.diagnostics]
    return made


def said(made: Checked, code: str) -> list[str]:
    return [each.message for each in made.diagnostics if each.code == code]


def settled(made: Checked, folder: Path, figures: str, period: str | None = None) -> Statement:
    (folder / "figures.csv").write_text(HEADINGS + figures, encoding="utf-8")
    found = settle(made, folder, period).statement
    assert found is not None
    return found


PAYMENT = f"\nclause Payment\n  payment each month from Commissioner to Provider\n  of Step {LEVELS}\n{DUE}"


@pytest.mark.parametrize(
    "then",
    [
        "@ + @",
        "the greater of @ and @",
        "(@ if Seen In Time is at least 80.0%, otherwise @) + @",
        "@ in April 2026, then previous @ + @",
        "@ + (total of @ over the contract year to date)",
    ],
)
def test_what_is_missing_below_a_chain_is_named(tmp_path: Path, then: str) -> None:
    made = checked(tmp_path, chain("Cost", then) + PAYMENT)
    first = settled(made, tmp_path, "Seen In Time,April 2026,,,80.0%\n", "April 2026").lines[0]
    assert (first.amount, first.missing) == (None, ("Cost",))


def test_conditions_are_asked_once_too(tmp_path: Path) -> None:
    clause = f"\nclause Payment\n  incentive each month from Commissioner to Provider\n  of £100\n  when Step {LEVELS}\n{DUE}"
    made = checked(tmp_path, chain("Seen In Time is at least 80.0%", "@ and @") + clause)
    first = settled(made, tmp_path, "Cost,April 2026,,,£1\n", "April 2026").lines[0]
    assert (first.amount, first.missing) == (0, ("Seen In Time",))


BALANCE = f"""Repaid means £0 in April 2026, then the lesser of previous Balance and (50% of Cost, but not less than £0)
Added means the greater of (50% of Cost) and £10
Balance means £1,000 in April 2026, then previous Balance + Added + previous Added - Repaid

clause Interest
  payment each month from Provider to Commissioner
  of 0.1% of Balance, but not less than £0
{DUE}"""


def test_a_balance_over_ten_years_of_months_says_what_is_missing(tmp_path: Path) -> None:
    """Three figures that read each other's earlier values, and the first month's is missing: the 120th rests on it by very many ways."""
    made = checked(tmp_path, BALANCE, end=36)
    months = [date(2026 + (3 + index) // 12, (3 + index) % 12 + 1, 1) for index in range(1, 120)]
    found = settled(made, tmp_path, "".join(f"Cost,{month:%B %Y},,,£100\n" for month in months))
    interest = [line for line in found.lines if line.clause == "Interest"]
    assert [(line.amount, line.missing) for line in interest] == [(1, ()), *[(None, ("Cost",))] * 119]


def test_the_review_of_figures_that_rest_on_each_other_ends(tmp_path: Path) -> None:
    (stake,) = review(checked(tmp_path, BALANCE))[0].stakes
    assert "rests on Cost, to which the contract alone sets no bounds" in " ".join(str(stake).split())


def test_an_explanation_as_deep_as_the_chain_ends(tmp_path: Path) -> None:
    made = checked(tmp_path, chain("Cost", "@ + @") + PAYMENT)
    settled(made, tmp_path, "Cost,April 2026,,,£0.01\n")
    (step,) = explain(made, tmp_path, "Payment", "April 2026", None, LEVELS + 1).steps
    assert _depth(step) > LEVELS


def _depth(step: Step) -> int:
    return 1 + max(map(_depth, step.below), default=0)


def test_the_rules_of_drafting_ask_once(tmp_path: Path) -> None:
    """Whether an incentive has an end, what it comes to, and whether a price that follows an index has one."""
    index = """measure CPI
  reported by Commissioner as percentage change
  each contract year
  if not reported, uses the last final figure

"""
    price = f"""Price means £1 in Contract Year 1, then previous Price increased by Step {LEVELS}

clause Bonus
  incentive each contract year from Commissioner to Provider
  of Price
  when highest of Seen In Time over the contract year is at least 80.0%
  due within 90 working days after each contract year
"""
    (why,) = said(checked(tmp_path, index + chain("CPI", "the greater of @ and @") + price), "L007")
    assert why.startswith("`Price` follows `CPI`")


def test_a_gap_that_is_smoothed_over_the_months_is_looked_through(tmp_path: Path) -> None:
    """It rests on its own earlier value, which leads no nearer to the measure that must not fall."""
    items = f"""list Fifth
  Most Deprived "1"
  Least Deprived "5"

measure Treated for each Fifth
  reported by Provider as number
  checked by Commissioner
  each month
  higher is better

Gap means Treated for Least Deprived - Treated for Most Deprived
Smoothed means Gap in April 2026, then 50% of (previous Smoothed + Gap)

clause Narrower
  incentive each month from Commissioner to Provider
  of £100
  when Smoothed is less than 20
{DUE}"""
    assert len(said(checked(tmp_path, items), "L022")) == 1


def test_a_condition_of_events_is_asked_once(tmp_path: Path) -> None:
    items = f"""event Breach "A breach"
  notified by Commissioner to Provider

{chain("Breach has occurred", "@ and @")}
clause Way Out
  termination by Commissioner against Provider
  when Step {LEVELS}
  on 3 months' notice
  exercised within 60 days after Breach
  exit payment nothing
"""
    made = checked(tmp_path, items)
    (tmp_path / "record.csv").write_text("number,received,what,of,on\n1,2026-05-01,event,Breach,2026-05-01\n", encoding="utf-8")
    arisen = [each.day for each in settled(made, tmp_path, "").happenings if each.clause == "Way Out"]
    assert date(2026, 5, 1) in arisen
