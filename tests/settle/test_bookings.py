"""Bookings: laws that hold of whatever is delivered, whenever it comes (the semantics, 14: properties 5, 6 and 7)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.settle.settling import quarterly
from vbclang.pipeline import Checked, check, settle
from vbclang.settle.statement import Booking, Statement, What

CONTRACT = (
    quarterly(
        "Booked",
        "  provisional within 10 working days after each quarter\n  final within 45 working days after each quarter\n",
        "  if not reported, incentives pay nothing\n",
    )
    + """\
clause Early
  incentive each quarter from Payer to Provider
  of £100
  earned by Quality, in a straight line from 0% at 0.0% to 100% at 100.0%, flat beyond
  limited to £150 in each contract year
  on provisional data
  corrected once on final data{dropped}
  may be waived by Payer
  due within 20 working days after each quarter

clause Late
  incentive each quarter from Payer to Provider
  of £100
  earned by Quality, in a straight line from 0% at 0.0% to 100% at 100.0%, flat beyond
  limited to £150 in each contract year
  may be waived by Payer
  in addition to clause Early
  due within 50 working days after each quarter
"""
)
QUARTERS = tuple(f"Q{number} 2026/27" for number in (1, 2, 3, 4))
FIRST = date(2026, 7, 1)


@frozen
class Arrival:
    """A delivery, what replaces one, or a waiver of £10, so many days after the first quarter."""

    what: str
    quarter: int
    days: int
    score: int


arrivals = st.lists(
    st.builds(
        Arrival,
        what=st.sampled_from(("provisional", "provisional", "final", "final", "replacement", "waiver of Early", "waiver of Late")),
        quarter=st.integers(0, 3),
        days=st.integers(0, 500),
        score=st.integers(0, 1000),
    ),
    max_size=12,
)


@cache
def contract(dropped: str = "", netted: bool = False) -> Checked:
    """The contract, with another line where differences are dropped, or what is due on a day is netted."""
    text = CONTRACT.format(dropped=dropped)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "booked.vbc"
        path.write_text(text.replace("working days in", "amounts due on the same day are netted\n  working days in") if netted else text)
        found = check(path)
    assert found.program is not None, found.diagnostics
    return found


def settled(found: list[Arrival], as_of: date | None = None, dropped: str = "", netted: bool = False) -> Statement:
    """The statement of what arrives, in its order of days, as of a day; each delivery in a file of its own."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        lines, final = ["number,received,what,of,period,stage,amount,file"], set[int]()
        for number, each in enumerate(sorted(found, key=lambda arrival: arrival.days), 1):
            day = (FIRST + timedelta(days=each.days)).isoformat()
            quarter = QUARTERS[each.quarter]
            if each.what.startswith("waiver"):
                lines.append(f"{number},{day},waiver,{each.what.removeprefix('waiver of ')},{quarter},,10,")
                continue
            if each.what == "replacement" and each.quarter not in final:
                continue  # there is nothing to replace
            final |= {each.quarter} if each.what == "final" else set()
            (folder / f"d{number}.csv").write_text(f"quarter,score\n{quarter},{each.score / 10}%\n", encoding="utf-8")
            what = "replacement,Scores,{}," if each.what == "replacement" else f"delivery,Scores,{{}},{each.what}"
            lines.append(f"{number},{day},{what.format(quarter)},,d{number}.csv")
        (folder / "record.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        found_there = settle(contract(dropped, netted), folder, as_of=as_of)
    assert found_there.statement is not None, found_there.diagnostics
    return found_there.statement


def by_amount(bookings: tuple[Booking, ...]) -> dict[tuple[str, str], Fraction]:
    """What was booked of each amount, by clause and period; what went back is below nothing."""
    totals: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for each in bookings:
        totals[each.line.clause, each.line.period] += each.amount if each.payer == "Payer" else -each.amount
    return totals


END = FIRST + timedelta(days=800)


@settings(max_examples=12, deadline=None)
@given(arrivals, st.integers(0, 520))
def test_settling_to_a_day_and_going_on_is_settling_once(found: list[Arrival], days: int) -> None:
    day = FIRST + timedelta(days=days)
    before = [each for each in settled(found, day).bookings if each.day is not None and each.day <= day]
    once = [each for each in settled(found, END).bookings if each.day is not None and each.day <= day]
    never_came = [each for each in found if each.days <= days]
    as_if_nothing_followed = [each for each in settled(never_came, day).bookings if each.day is not None and each.day <= day]
    assert before == once == as_if_nothing_followed


@settings(max_examples=12, deadline=None)
@given(arrivals)
def test_the_bookings_add_up_to_the_amounts(found: list[Arrival]) -> None:
    statement = settled(found, END)
    booked = by_amount(statement.bookings)
    for line in statement.lines:
        assert booked.get((line.clause, line.period), 0) == line.amount


@settings(max_examples=12, deadline=None)
@given(arrivals)
def test_what_is_netted_on_a_day_is_all_that_is_booked_on_it(found: list[Arrival]) -> None:
    """Corrections and late amounts too; and no amount, limit or booking is any other than without netting."""
    statement = settled(found, END, netted=True)
    gross = settled(found, END)
    assert (statement.lines, statement.bookings) == (gross.lines, gross.bookings)
    booked: dict[date, Fraction] = defaultdict(Fraction)
    for each in statement.bookings:
        if each.day is not None:
            booked[each.day] += each.amount if each.payer == "Payer" else -each.amount
    paid = {net.day: net.amount if net.payer == "Payer" else -net.amount for net in statement.nets}
    assert paid == booked
    assert len(paid) == len(statement.nets)


@settings(max_examples=12, deadline=None)
@given(arrivals)
def test_limits_hold_on_every_day(found: list[Arrival]) -> None:
    bookings = settled(found, END).bookings
    for day in {each.day for each in bookings if each.day is not None}:
        so_far = by_amount(tuple(each for each in bookings if each.day is not None and each.day <= day))
        for clause in ("Early", "Late"):
            assert 0 <= sum(amount for (name, _), amount in so_far.items() if name == clause) <= 150


@settings(max_examples=12, deadline=None)
@given(arrivals)
def test_the_order_in_which_the_same_facts_come_does_not_matter(found: list[Arrival]) -> None:
    """One final delivery of each quarter: whenever they come, and in whatever order, the totals in the end are the same."""
    finals = {each.quarter: each for each in found if each.what == "final"}
    moved = [Arrival("final", q, (each.days * 7 + 13 * q) % 500, each.score) for q, each in finals.items()]
    first, second = settled(list(finals.values()), END), settled(moved, END)
    assert [line.amount for line in first.lines] == [line.amount for line in second.lines]


@pytest.mark.parametrize(("side", "final", "stands"), [("less than", 495, "49.50"), ("at most", 495, "50.00"), ("less than", 496, "50.00")])
def test_a_small_difference_is_dropped(side: str, final: int, stands: str) -> None:
    found = [Arrival("provisional", 0, 5, 500), Arrival("final", 0, 50, final)]
    statement = settled(found, END, f"\n  differences of {side} £0.50 are dropped")
    (line,) = [line for line in statement.lines if line.clause == "Early" and line.period == QUARTERS[0]]
    assert line.amount == Fraction(stands)


def test_a_difference_that_is_dropped_does_not_break_a_limit() -> None:
    """£60 stays although the final figure is £59.60, so that £90 of the limit are left for later quarters, and not £90.40."""
    found = [Arrival("provisional", 0, 5, 600), Arrival("final", 0, 50, 596), Arrival("provisional", 1, 95, 1000)]
    statement = settled(found, END, "\n  differences of less than £0.50 are dropped")
    amounts = {line.period: line.amount for line in statement.lines if line.clause == "Early"}
    assert (amounts[QUARTERS[0]], amounts[QUARTERS[1]]) == (60, 90)


def test_later_provisional_data_are_not_used_after_the_amount_is_due() -> None:
    found = [Arrival("provisional", 0, 5, 600), Arrival("provisional", 0, 45, 700)]
    (line,) = [line for line in settled(found, END).lines if line.clause == "Early" and line.period == QUARTERS[0]]
    assert (line.amount, line.stage) == (60, "provisional")


def test_of_final_data_that_came_in_time_the_latest_counts_and_after_that_none() -> None:
    found = [Arrival("final", 0, days, score) for days, score in ((20, 100), (40, 200), (120, 300))]
    (line,) = [line for line in settled(found, END).lines if line.clause == "Late" and line.period == QUARTERS[0]]
    assert line.amount == 20


def test_only_what_the_parties_agree_on_takes_the_place_of_final_data() -> None:
    found = [
        Arrival("provisional", 0, 5, 600),
        Arrival("final", 0, 40, 500),
        Arrival("final", 0, 100, 900),
        Arrival("replacement", 0, 200, 400),
    ]
    for day, stands in ((150, 50), (250, 40)):
        statement = settled(found, FIRST + timedelta(days=day))
        amounts = [line.amount for line in statement.lines if line.period == QUARTERS[0]]
        assert amounts == [stands, stands]
    assert [(each.what, each.words) for each in statement.happenings] == [
        (What.NOT_USED, "final Scores for Q1 2026/27 received again, and not used: those of 10 August 2026 count"),
        (What.REPLACED, "final Scores for Q1 2026/27 replaced, as the parties have agreed"),
    ]
    booked = [(each.line.clause, each.day, each.amount, each.payee) for each in statement.bookings if each.line.clause == "Late"]
    assert booked == [
        ("Late", date(2026, 9, 9), 50, "Provider"),
        ("Late", date(2027, 1, 29), 10, "Payer"),
    ]


def test_a_small_difference_that_was_dropped_is_not_dropped_for_good() -> None:
    """What is agreed on is held against what stands: £50.00 in force, £49.80 dropped, £48.00 agreed."""
    found = [Arrival("provisional", 0, 5, 500), Arrival("final", 0, 50, 498), Arrival("replacement", 0, 200, 480)]
    statement = settled(found, END, "\n  differences of less than £0.50 are dropped")
    (line,) = [line for line in statement.lines if line.clause == "Early" and line.period == QUARTERS[0]]
    assert (line.amount, line.stage) == (48, "final")
