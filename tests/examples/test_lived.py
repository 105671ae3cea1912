"""Northshire lived through: settled at the end of each quarter with what the parties hold by then, each statement verified at the end of
the next, and all that was booked on the way held against settling once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest
from attrs import frozen

from vbclang.pipeline import check, settle, verify
from vbclang.render.statement import json
from vbclang.settle.statement import Booking, Statement, What
from vbclang.settle.verify import Verified

FOLDER = Path(__file__).parents[2] / "examples" / "northshire"
LIFE: dict[str, Any] = run_path(str(FOLDER / "live.py"))


@frozen(eq=False)
class Lived:
    """``statements``: by the day on which each was made; ``verified``: what verifying it said a quarter later."""

    data: Path
    statements: dict[date, Statement]
    verified: list[Verified]

    @property
    def last(self) -> Statement:
        """The last of them."""
        return self.statements[max(self.statements)]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    folder = tmp_path_factory.mktemp("lived")
    data, written, checked = folder / "data", folder / "statement.json", check(FOLDER / "northshire.vbc")
    found = Lived(data, {}, [])
    for day in list(LIFE["months"]())[2::3]:
        LIFE["write"](data, day)
        if found.statements:
            said, problems = verify(checked, data, written)
            assert said is not None, problems
            found.verified.append(said)
        settled = settle(checked, data, as_of=day)
        assert settled.statement is not None, settled.diagnostics
        found.statements[day] = settled.statement
        written.write_text(json(settled.statement), encoding="utf-8")
    return found


def test_each_statement_is_the_same_a_quarter_later(lived: Lived) -> None:
    assert [said.differences for said in lived.verified] == [()] * 14
    grown = [change for said in lived.verified for change in said.changed if "record.csv" in change]
    assert len(grown) > 10
    assert all("those before are the same" in change for change in grown)


def by(bookings: Iterable[Booking], day: date) -> list[tuple[object, ...]]:
    """What was booked by a day."""
    return [
        (each.day, each.line.clause, each.line.period, each.payer, each.payee, each.amount)
        for each in bookings
        if each.day is not None and each.day <= day
    ]


def test_what_was_booked_stays_booked(lived: Lived) -> None:
    for day, statement in lived.statements.items():
        assert by(statement.bookings, day) == by(lived.last.bookings, day)


def test_all_that_was_booked_comes_to_what_settling_once_comes_to(lived: Lived) -> None:
    assert all(each.day is not None for each in lived.last.bookings)
    booked: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for each in lived.last.bookings:
        booked[each.payer, each.payee] += each.amount
        booked[each.payee, each.payer] -= each.amount
    stated: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for total in lived.last.totals:
        stated[total.payer, total.payee] += total.amount
        stated[total.payee, total.payer] -= total.amount
        assert total.undetermined == 0
    assert booked == stated


def amounts(lived: Lived, clause: str) -> dict[str, Fraction]:
    found: dict[str, Fraction] = defaultdict(Fraction)
    for line in lived.last.lines:
        if line.clause == clause:
            found[line.period] += line.amount or 0
    return found


def test_what_happened_changed_what_it_was_to_change(lived: Lived) -> None:
    # 1,742 of 2,000 earned 60%; 1,695, agreed on after a dispute, earn 30%; 1,804, delivered too late, are not used
    assert amounts(lived, "Crisis Response Incentive")["Q1 2026/27"] == 43_200
    # three poor quarters of five, the third cured by a report; the quarter after it is not
    failures = amounts(lived, "Persistent Failure")
    assert (failures["Q3 2027/28"], failures["Q4 2027/28"]) == (0, 25_000)
    # two weeks late, waived; four weeks late when the money is due, but of the 91 days the outage leaves 49
    late = amounts(lived, "Late Data")
    assert late["Q4 2026/27"] == 0
    assert late["Q1 2028/29"] == Fraction("21538.46")
    # the fixed payment of the last quarter is paid for 46 of its 90 days
    fixed = amounts(lived, "Fixed Payment")
    assert list(fixed) == [name for _, name, _, _ in LIFE["quarters"]()]
    assert abs(fixed["Q4 2028/29"] - fixed["Q3 2028/29"] * Fraction(46, 90)) < 1
    # 34 of 60 months are over on 15 February 2029
    assert [line.amount for line in lived.last.lines if line.kind == "exit payment"] == [390_000]
    assert {each.what for each in lived.last.happenings} >= {
        What.NOT_USED, What.REPLACED, What.DONE, What.RIGHT, What.NOTICE, What.SUSPENDED, What.RESUMES, What.ENDS
    }  # fmt: skip
