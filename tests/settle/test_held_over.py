"""Money that is held until a figure is reported, over random deliveries: held to a naive account of the same words (the semantics, 3.6)."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from attrs import frozen
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.settle.settling import quarterly
from vbclang.pipeline import Checked, check, explain, settle
from vbclang.settle.statement import Line, Outcome, Statement

CONTRACT = (
    quarterly("Held", "  final within 20 working days after each quarter\n")
    + """\
data Costs
  one row per quarter
  source "The ledger"
  supplied by Provider
  checked by Payer
  final within 20 working days after each quarter
  column about text, from "quarter", dates the row
  column cost money, never blank, called Cost

clause Bonus
  incentive each quarter from Payer to Provider
  of £100
  earned by Quality
    at least 90.0%: 100%
    less than 90.0%: 25%
  if not reported, held until reported, at the latest within 6 months after each quarter, then nothing is due
  limited to £250 in each contract year
  due within 50 working days after each quarter

clause Floor
  incentive each quarter from Payer to Provider
  of £100
  earned by Quality
    at least 90.0%: 100%
    less than 90.0%: 25%
  if not reported, held until reported, at the latest within 6 months after each quarter, then counts as failed
  in addition to clause Bonus
  due within 50 working days after each quarter

clause Penalty
  sanction each quarter from Provider to Payer
  of £40
  when Quality is less than 80.0%
  if not reported, held until reported, at the latest within 6 months after each quarter, then counts as failed
  limited to £100 in each contract year
  due within 50 working days after each quarter

clause Costs Paid
  payment each quarter from Payer to Provider
  of Waiting Cost
  due within 50 working days after each quarter

Waiting Cost means Cost
  if not reported, held until reported, at the latest within 6 months after each quarter, then nothing is due
"""
)
QUARTERS = tuple(f"Q{number} 2026/27" for number in (1, 2, 3, 4))
LAST = (date(2026, 12, 30), date(2027, 3, 30), date(2027, 6, 30), date(2027, 9, 30))
FIRST = date(2026, 7, 1)
END = date(2028, 12, 31)


@frozen
class Arrival:
    """Both figures of a quarter, so many days after the first."""

    quarter: int
    days: int
    score: int

    @property
    def day(self) -> date:
        return FIRST + timedelta(days=self.days)


@cache
def contract() -> Checked:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "held.vbc"
        path.write_text(CONTRACT, encoding="utf-8")
        found = check(path)
    assert found.program is not None, [each.message for each in found.diagnostics]
    return found


def settled(folder: Path, found: list[Arrival], as_of: date) -> Statement:
    lines = ["number,received,what,of,period,stage,file", "1,2026-06-01,delivery,Scores,Q1 2026/27,final,early.csv"][:1]
    for number, each in enumerate(sorted(found, key=lambda arrival: arrival.days)):
        quarter = QUARTERS[each.quarter]
        (folder / f"s{number}.csv").write_text(f"quarter,score\n{quarter},{each.score / 10}%\n", encoding="utf-8")
        (folder / f"c{number}.csv").write_text(f"quarter,cost\n{quarter},{each.score}\n", encoding="utf-8")
        lines.append(f"{2 * number + 1},{each.day},delivery,Scores,{quarter},final,s{number}.csv")
        lines.append(f"{2 * number + 2},{each.day},delivery,Costs,{quarter},final,c{number}.csv")
    (folder / "record.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    there = settle(contract(), folder, as_of=as_of)
    assert there.statement is not None, [each.message for each in there.diagnostics]
    return there.statement


def naive(found: list[Arrival], as_of: date) -> dict[tuple[str, str], Fraction | None]:
    """By the words alone."""
    amounts: dict[tuple[str, str], Fraction | None] = {}
    room, most = 250, 100
    for place, quarter in enumerate(QUARTERS):
        there = sorted((each for each in found if each.quarter == place and each.day <= as_of), key=lambda each: each.days)
        in_time = any(each.day <= LAST[place] for each in there)
        over = LAST[place] <= as_of and not in_time
        waits = not there and not over
        score = there[-1].score if there else 0
        full = 100 if score >= 900 else 25
        bonus = 0 if over else full
        paid = min(bonus, room) if not waits else 0
        room -= paid
        amounts["Bonus", quarter] = None if waits else Fraction(paid)
        amounts["Floor", quarter] = None if waits else Fraction(25 if over else full)
        penalty = min(40 if over or score < 800 else 0, most) if not waits else 0
        most -= penalty
        amounts["Penalty", quarter] = None if waits else Fraction(penalty)
        amounts["Costs Paid", quarter] = None if waits else Fraction(0 if over else score)
    return amounts


arrivals = st.lists(
    st.builds(Arrival, quarter=st.integers(0, 3), days=st.integers(0, 700), score=st.integers(0, 1000)),
    max_size=6,
    unique_by=lambda arrival: arrival.quarter,
)


@settings(max_examples=25, deadline=None)
@given(arrivals, st.integers(100, 800))
@example([Arrival(0, 182, 950)], 182)
@example([Arrival(0, 183, 950)], 182)
@example([Arrival(0, 183, 950)], 183)
def test_each_amount_is_as_the_words_have_it(found: list[Arrival], days: int) -> None:
    as_of = FIRST + timedelta(days=days)
    with TemporaryDirectory() as name:
        statement = settled(Path(name), found, as_of)
    expected = naive(found, as_of)
    for line in statement.lines:
        if (line.clause, line.period) in expected:
            assert line.amount == expected[line.clause, line.period], (line, as_of)
    over = [quarter for quarter, last in zip(QUARTERS, LAST, strict=True) if last <= as_of]
    assert set(over) <= {line.period for line in statement.lines if line.clause == "Bonus"}


@settings(max_examples=12, deadline=None)
@given(arrivals, st.integers(0, 800))
def test_settling_to_a_day_and_going_on_is_settling_once(found: list[Arrival], days: int) -> None:
    day = FIRST + timedelta(days=days)
    with TemporaryDirectory() as name, TemporaryDirectory() as other:
        once = settled(Path(name), found, END)
        before = settled(Path(other), [each for each in found if each.day <= day], day)
    keep = [each for each in before.bookings if each.day is not None and each.day <= day]
    assert keep == [each for each in once.bookings if each.day is not None and each.day <= day]


def _line(statement: Statement, clause: str, quarter: int = 0) -> Line:
    return next(line for line in statement.lines if (line.clause, line.period) == (clause, QUARTERS[quarter]))


def test_before_the_last_day_it_is_held_and_after_it_the_reason_says_why(tmp_path: Path) -> None:
    late = [Arrival(0, 183, 950)]
    held = _line(settled(tmp_path, late, LAST[0] - timedelta(days=1)), "Bonus")
    assert (held.outcome, held.amount) == (Outcome.HELD, None)
    over = _line(settled(tmp_path, late, END), "Bonus")
    assert over.outcome is Outcome.MISSING_RULE
    assert over.why == (
        "Quality not reported by 30 December 2026: if not reported, held until reported, at the latest within 6 months after each "
        "quarter, then nothing is due"
    )
    in_time = _line(settled(tmp_path, [Arrival(0, 182, 950)], END), "Bonus")
    assert in_time.amount == 100


def test_a_report_after_the_last_day_corrects_nothing(tmp_path: Path) -> None:
    never = settled(tmp_path, [], END)
    late = settled(tmp_path, [Arrival(quarter, 600, 950) for quarter in range(4)], END)
    assert [line.amount for line in never.lines] == [line.amount for line in late.lines]
    assert [(each.day, each.amount) for each in never.bookings] == [(each.day, each.amount) for each in late.bookings]


def test_the_sanction_is_booked_when_its_last_day_has_passed(tmp_path: Path) -> None:
    statement = settled(tmp_path, [], END)
    (booking,) = (each for each in statement.bookings if each.line.clause == "Penalty" and each.line.period == QUARTERS[0])
    assert booking.day is not None
    assert booking.day >= LAST[0]
    assert booking.amount == 40


def test_it_is_explained(tmp_path: Path) -> None:
    settled(tmp_path, [], END)
    found = explain(contract(), tmp_path, "Bonus", QUARTERS[0], None, 9, END)
    assert not found.diagnostics
    assert "not reported by 30 December 2026" in str(found.steps[0])


@pytest.mark.parametrize(
    ("then", "code"), [("uses the last final figure", "C016"), ("decided by the next result", "C016"), ("nothing is due", "")]
)
def test_what_happens_then_must_be_settled(then: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "held.vbc"
    path.write_text(CONTRACT.replace("then nothing is due\n  limited", f"then {then}\n  limited"), encoding="utf-8")
    assert [each.code for each in check(path).diagnostics if each.code[0] != "L"] == ([code] if code else [])
