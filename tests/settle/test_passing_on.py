"""Money that is passed on (the semantics, 4.7): no penny drifts, corrections pass too, and it is due after what it comes from is paid."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from math import floor
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from attrs import frozen
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vbclang.pipeline import Checked, check, dates, settle
from vbclang.render import statement as render
from vbclang.settle.statement import Statement

TEXT = Path(__file__).with_name("passed_on.vbc").read_text(encoding="utf-8")
QUARTERS = tuple(f"Q{number} 2026/27" for number in (1, 2, 3, 4))
DUE = (date(2026, 7, 28), date(2026, 10, 28), date(2027, 2, 1), date(2027, 4, 30))
"""When the outcome payments are due."""


@frozen
class Delivery:
    """Data of a quarter, so many days after the first."""

    stage: str
    quarter: int
    days: int
    score: int


_SCORES = st.integers(0, 1000)


def _of_quarter(quarter: int) -> st.SearchStrategy[list[Delivery]]:
    """A provisional delivery in time, and a final one in time or late; either may never come."""
    end = (0, 92, 184, 274)[quarter]
    first = st.builds(Delivery, st.just("provisional"), st.just(quarter), st.just(end + 8), _SCORES)
    last = st.builds(Delivery, st.just("final"), st.just(quarter), st.integers(end + 20, end + 200), _SCORES)
    return st.tuples(st.one_of(st.none(), first), st.one_of(st.none(), last)).map(lambda pair: [each for each in pair if each is not None])


deliveries = st.tuples(*map(_of_quarter, range(4))).map(lambda found: [each for quarter in found for each in quarter])


@cache
def contract(text: str = TEXT) -> Checked:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "passed_on.vbc"
        path.write_text(text, encoding="utf-8")
        found = check(path)
    assert found.program is not None, [each.message for each in found.diagnostics]
    return found


Waivers = list[tuple[int, int, str]]
"""Of a quarter, so many days after 1 July, how much ("": all of it)."""


def settled(found: list[Delivery], paid: dict[int, int], as_of: date, known: int = 0, waived: Waivers | None = None) -> Statement:
    """The statement of what is delivered, with the outcome payments of some quarters paid so many days after they are due; the record has
    each payment ``known`` days after it.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        rows: list[tuple[date, str]] = []
        for number, each in enumerate(found):
            (folder / f"d{number}.csv").write_text(f"quarter,score\n{QUARTERS[each.quarter]},{each.score / 10}%\n", encoding="utf-8")
            day = date(2026, 7, 1) + timedelta(days=each.days)
            rows.append((day, f"delivery,Scores,{QUARTERS[each.quarter]},{each.stage},,d{number}.csv,"))
        for quarter, days in paid.items():
            day = DUE[quarter] + timedelta(days=days)
            rows.append((day + timedelta(days=known), f"payment,Outcome Payment,{QUARTERS[quarter]},,{day},,"))
        for quarter, days, amount in waived or []:
            rows.append((date(2026, 7, 1) + timedelta(days=days), f"waiver,Outcome Payment,{QUARTERS[quarter]},,,,{amount}"))
        rows.sort(key=lambda row: row[0])
        lines = [f"{number},{day},{line}" for number, (day, line) in enumerate(rows, 1)]
        (folder / "record.csv").write_text("\n".join(["number,received,what,of,period,stage,on,file,amount", *lines, ""]), encoding="utf-8")
        result = settle(contract(), folder, as_of=as_of)
    assert result.statement is not None, [each.message for each in result.diagnostics]
    return result.statement


def booked(statement: Statement, clause: str, payer: str, day: date, quarters: range) -> Fraction:
    """All that is booked of a clause for some quarters by a day."""
    wanted = [each for each in statement.bookings if each.line.clause == clause and each.day is not None and each.day <= day]
    inside = [each for each in wanted if QUARTERS.index(each.line.period) in quarters]
    return sum((each.amount if each.payer == payer else -each.amount for each in inside), Fraction(0))


END = date(2027, 12, 31)
waivers = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 400), st.sampled_from(("", "£0.01", "£7.77", "£40"))), max_size=3)


@settings(max_examples=20, deadline=None)
@example([Delivery("final", quarter, 20 + 90 * quarter, 1000) for quarter in range(3)], 3, [0, 0, 0], [])  # £33.33, £33.33 and £3.34
@given(deliveries, st.integers(0, 3), st.lists(st.integers(0, 60), min_size=3, max_size=3), waivers)
def test_no_penny_drifts(found: list[Delivery], count: int, late: list[int], waived: Waivers) -> None:
    """On each day what is passed on for the quarters that are paid is 35% of what was paid for them, rounded once; corrections and waivers
    too.
    """
    statement = settled(found, dict(enumerate(late[:count])), END, waived=waived)
    days = {each.day for each in statement.bookings if each.day is not None and each.line.clause == "Passing On"}
    for day in (*sorted(days), END):
        for upto in range(count + 1):
            due = [each for each in statement.lines if each.clause == "Passing On" and each.due is not None and each.due <= day]
            if upto > len(due):
                continue
            up, down = (
                booked(statement, clause, payer, day, range(upto))
                for clause, payer in (("Outcome Payment", "Payer"), ("Passing On", "Lead"))
            )
            assert down == Fraction(floor(up * 35 + Fraction(1, 2)), 100)


@settings(max_examples=20, deadline=None)
@given(deliveries, st.lists(st.integers(0, 60), min_size=3, max_size=3), st.integers(0, 90), st.integers(0, 400))
def test_settling_to_a_day_and_going_on_is_settling_once(found: list[Delivery], late: list[int], known: int, days: int) -> None:
    """Also where the record learns of a payment long after what is passed on was due."""
    day, paid = date(2026, 7, 1) + timedelta(days=days), dict(enumerate(late))
    before = [each for each in settled(found, paid, day, known).bookings if each.day is not None and each.day <= day]
    once = [each for each in settled(found, paid, END, known).bookings if each.day is not None and each.day <= day]
    assert before == once


def test_nothing_is_booked_before_the_payment() -> None:
    statement = settled([Delivery("final", 0, 20, 1000)], {}, date(2026, 9, 30))
    (line,) = [line for line in statement.lines if line.clause == "Passing On" and line.period == QUARTERS[0]]
    assert (line.amount, line.due, line.day, line.waits_for) == (Fraction("11.67"), None, None, "Outcome Payment is paid")
    assert [each.line.clause for each in statement.bookings] == ["Outcome Payment"]
    assert "after Outcome Payment is paid" in render.table(statement)


@pytest.mark.parametrize(
    ("late", "known", "due", "day"),
    [(0, 0, "2026-08-11", "2026-08-11"), (3, 0, "2026-08-14", "2026-08-14"), (0, 60, "2026-08-11", "2026-09-26")],
)
def test_it_is_due_ten_working_days_after_the_payment_and_booked_no_earlier_than_that_is_known(
    late: int, known: int, due: str, day: str
) -> None:
    statement = settled([Delivery("final", 0, 20, 1000)], {0: late}, END, known)
    (booking,) = [each for each in statement.bookings if each.line.clause == "Passing On"]
    assert (str(booking.line.due), str(booking.day)) == (due, day)


def test_a_correction_is_passed_on_the_day_on_which_it_is_made() -> None:
    found = [Delivery("provisional", 0, 10, 1000), Delivery("final", 0, 60, 500)]
    statement = settled(found, {0: 0}, END)
    assert [(str(each.day), each.line.clause, each.payer, str(float(each.amount))) for each in statement.bookings] == [
        ("2026-07-28", "Outcome Payment", "Payer", "33.33"),
        ("2026-08-11", "Passing On", "Lead", "11.67"),
        ("2026-09-23", "Outcome Payment", "Lead", "16.66"),
        ("2026-09-23", "Passing On", "Helper", "5.84"),
    ]


def test_what_is_waived_is_not_passed_on_and_has_used_the_limit() -> None:
    found = [Delivery("final", quarter, 20 + 90 * quarter, 1000) for quarter in range(3)]
    statement = settled(found, {0: 0, 1: 0, 2: 0}, END, waived=[(1, 100, "£13.33")])
    assert [line.amount for line in statement.lines if line.clause == "Outcome Payment"][:3] == [Fraction("33.33"), 20, Fraction("3.34")]
    assert [line.amount for line in statement.lines if line.clause == "Passing On"][:3] == [Fraction("11.67"), 7, Fraction("1.16")]


def test_the_calendar_has_its_day_when_it_is_known(tmp_path: Path) -> None:
    (tmp_path / "record.csv").write_text(
        "number,received,what,of,period,on\n1,2026-07-28,payment,Outcome Payment,Q1 2026/27,2026-07-28\n", encoding="utf-8"
    )
    found, _ = dates(contract(), tmp_path, None)
    assert found is not None
    assert [(str(each.day), each.party) for each in found if each.of == "Passing On"] == [("2026-08-11", "Lead")]
