"""Money paid on provisional rows: corrected once the final ones are there, and ended by final ones alone (the semantics, 2.5, 6.1)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from vbclang.pipeline import Checked, check, settle
from vbclang.settle.statement import Booking, Statement

CONTRACT = Path(__file__).with_name("early_rows.vbc")
MONTHS = ("April 2026", "May 2026", "June 2026", "July 2026", "August 2026")
DUE = (date(2026, 5, 15), date(2026, 6, 12), date(2026, 7, 14), date(2026, 8, 14), date(2026, 9, 14))
"""Of each month: when its fee is due."""
AFTER_ALL = date(2027, 3, 31)


@frozen
class Delivery:
    """Of a month, so many days after its end: that each day had a visit, of which so many were attended."""

    stage: str
    month: int
    days: int
    attended: int

    @property
    def day(self) -> date:
        """When it is received."""
        first_of_next = date(2026, 5 + self.month, 1)
        return first_of_next + timedelta(days=self.days)


@cache
def contract() -> Checked:
    found = check(CONTRACT)
    assert found.program is not None, [each.message for each in found.diagnostics]
    return found


def settled(deliveries: list[Delivery], as_of: date = AFTER_ALL) -> Statement:
    with TemporaryDirectory() as name:
        lines = ["number,received,what,of,period,stage,file"]
        for number, each in enumerate(sorted(deliveries, key=lambda each: each.day), 1):
            days = [date(2026, 4 + each.month, 1) + timedelta(days=n) for n in range(30)]
            rows = [f"{day},{'yes' if at < each.attended else 'no'}" for at, day in enumerate(days)]
            (Path(name) / f"d{number}.csv").write_text("\n".join(["seen_on,attended", *rows, ""]), encoding="utf-8")
            lines.append(f"{number},{each.day},delivery,Visits,{MONTHS[each.month]},{each.stage},d{number}.csv")
        (Path(name) / "record.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")
        found = settle(contract(), Path(name), as_of=as_of)
    assert found.statement is not None, [each.message for each in found.diagnostics]
    return found.statement


def by_hand(deliveries: list[Delivery], month: int) -> int:
    """What the fee of a month comes to in the end."""
    of_it = sorted((each for each in deliveries if each.month == month), key=lambda each: each.day)
    final = [each for each in of_it if each.stage == "final"]
    if final:
        return 10 * final[0].attended
    early = [each for each in of_it if each.day <= DUE[month]]
    return 10 * early[-1].attended if early else 0


def told(bookings: tuple[Booking, ...], until: date) -> list[tuple[date, str, str, str, int]]:
    days = ((each.day, each) for each in bookings if each.day is not None and each.day <= until)
    return [(day, each.line.clause, each.line.period, each.payee, int(each.amount)) for day, each in days]


_DELIVERIES = st.lists(
    st.builds(Delivery, st.sampled_from(("provisional", "final")), st.integers(0, 4), st.integers(0, 60), st.sampled_from((16, 20, 29))),
    max_size=10,
    unique_by=(lambda each: (each.month, each.day), lambda each: (each.month, each.stage == "final" or each.day)),
)


@settings(max_examples=12, deadline=None)
@given(_DELIVERIES, st.dates(date(2026, 5, 1), date(2026, 12, 31)))
def test_what_is_counted_is_corrected_once_the_final_rows_are_there(found: list[Delivery], day: date) -> None:
    statement = settled(found)
    fees = {line.period: line.amount for line in statement.lines if line.clause == "Fee"}
    assert [fees[month] for month in MONTHS] == [by_hand(found, month) for month in range(5)]
    assert told(settled(found, day).bookings, day) == told(statement.bookings, day)


def test_what_provisional_rows_would_end_has_not_ended() -> None:
    """In June too few were attended, by the provisional rows alone; on the day on which the final ones are due they are late."""
    found = [Delivery("provisional", month, 4, 10 if month == 2 else 30) for month in range(5)]
    found += [Delivery("final", month, 60 if month == 2 else 14, 30) for month in range(5)]
    for day in (date(2026, 8, 15), AFTER_ALL):
        statement = settled(found, day)
        assert [line.amount for line in statement.lines if (line.clause, line.period) == ("Fee", "July 2026")] == [300]
    assert not statement.happenings
    assert {each.line.period for each in statement.bookings if each.corrects and each.line.clause == "Fee"} == {"June 2026"}


def test_what_final_rows_end_ends_what_is_paid_on_provisional_ones() -> None:
    found = [Delivery("provisional", month, 4, 30) for month in range(5)] + [Delivery("final", 2, 14, 10)]
    july = [line.amount for line in settled(found, date(2026, 8, 15)).lines if (line.clause, line.period) == ("Fee", "July 2026")]
    assert july == [10 * 21]
