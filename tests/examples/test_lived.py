"""Northshire lived through: settled at the end of each quarter with what the parties hold by then, each statement verified at the end of
the next, and all that was booked on the way held against settling once. Month by month too, which takes some minutes.
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

from vbclang.pipeline import check, explain, settle, verify
from vbclang.render.explanation import text
from vbclang.render.statement import json
from vbclang.settle.statement import Booking, Statement, What
from vbclang.settle.verify import Verified

FOLDER = Path(__file__).parents[2] / "examples" / "northshire"
LIFE: dict[str, Any] = run_path(str(FOLDER / "live.py"))


@frozen(eq=False)
class Lived:
    """``statements``: by the day on which each was made; ``verified``: what verifying it said when the next was made."""

    data: Path
    statements: dict[date, Statement]
    verified: list[Verified]

    @property
    def last(self) -> Statement:
        """The last of them."""
        return self.statements[max(self.statements)]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    return _live(tmp_path_factory.mktemp("lived"), list(LIFE["months"]())[2::3])


def _live(folder: Path, days: Iterable[date]) -> Lived:
    data, written, checked = folder / "data", folder / "statement.json", check(FOLDER / "northshire.vbc")
    found = Lived(data, {}, [])
    for day in days:
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


@pytest.mark.programs
def test_month_by_month_too(tmp_path: Path) -> None:
    lived = _live(tmp_path, LIFE["months"]())
    assert len(lived.statements) == len(list(LIFE["months"]()))
    assert all(said.differences == () for said in lived.verified)
    test_what_was_booked_stays_booked(lived)
    test_all_that_was_booked_comes_to_what_settling_once_comes_to(lived)
    test_what_happened_changed_what_it_was_to_change(lived)


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


QUESTIONS = (
    ("why did the providers pay back half of what they had for crisis response in the first quarter", "Crisis Response Incentive",
     "Q1 2026/27", ("1,695 of 2,000", "on which the parties agreed on 1 December 2026", "booked on 23 September 2026: £43,200.00",
                    "booked on 23 December 2026: £21,600.00 from Lead Provider to Commissioner (a correction; line 9)")),
    ("what was missing for the next band", "Crisis Response Incentive", "Q1 2026/27",
     ("the next band up, 0.2 percentage points away: 60%, with which it would be £86,400.00",)),
    ("why did late data cost nothing in a quarter in which they were late", "Late Data", "Q4 2026/27",
     ("due on 27 May 2027, received on 4 June 2027", "waived by Commissioner: -£10,000.00", "booked on 23 September 2027")),
    ("why were they not four full weeks at £10,000 two years later", "Late Data", "Q1 2028/29",
     ("due on 25 August 2028, received on 8 October 2028, counted to 25 September 2028", "49 of 91 days", "£21,538.46")),
    ("why was the third poor quarter not deducted", "Persistent Failure", "Q3 2027/28",
     ("3 of the last 5 with a result, 3 wanted", "cured by Recovery Report within 15 working days after the result",
      "190 of 2,010 rows of Crisis Referrals have a blank")),
    ("and why the one after it", "Persistent Failure", "Q4 2027/28", ("£25,000.00 from Lead Provider to Commissioner", "does not hold")),
    ("why did the survey earn nothing", "Experience Incentive", "Q2 2027/28",
     ("too small: 28, and at least 30 are wanted", "2 rows: left out for a blank", "if too small, incentives pay nothing")),
    ("what is the fixed sum of the last quarter made of", "Fixed Payment", "Q4 2028/29",
     ("Annual Value: £24,967,656.00", "46 of 90 days", "CPI: 2.2%", "the part of Charity Provider: £149,944.64 (5%; line 24)")),
    ("by what right could the contract have been ended before, and until when", "Termination for Failure", None,
     ("Commissioner may give notice, until 28 April 2028", "3 of the last 5 with a result, 3 wanted", "9 replacement shifts against 12")),
    ("what was paid for ending it, and why", "Termination Without Default", None,
     ("notice of 15 August 2028, to end on 15 February 2029", "£390,000.00 from Commissioner to Lead Provider", "booked on 26 March 2029")),
)  # fmt: skip


@pytest.mark.parametrize(("question", "clause", "period", "says"), QUESTIONS, ids=[question for question, *_ in QUESTIONS])
def test_explaining_alone_answers_an_auditor(lived: Lived, question: str, clause: str, period: str | None, says: tuple[str, ...]) -> None:
    assert question
    checked = check(FOLDER / "northshire.vbc")
    explained = explain(checked, lived.data, clause, period, None, 4)
    assert explained.diagnostics == ()
    answer = " ".join("".join(text(step, checked.texts) for step in explained.steps).split())
    assert [each for each in says if each not in answer] == []
