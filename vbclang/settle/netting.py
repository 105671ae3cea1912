"""What is to be paid where amounts due on the same day are netted (the semantics, 4.8): of each pair of parties, one sum a day.

Method: bookings stay as they are, and so do clauses' amounts and their limits. Of all bookings of a day between two parties, whichever
clauses and periods they are of, what goes one way less what goes the other is paid by the party that owes more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from vbclang.settle.statement import Booking, Line, Net


def nets(bookings: Sequence[Booking], lines: Sequence[Line]) -> tuple[Net, ...]:
    """By day, and then in the order in which the pairs first appear. What is booked on no day is not netted. ``lines``: those of which some
    may not be determined; they are counted where they are due.
    """
    found: dict[tuple[date, tuple[str, str]], list[Booking]] = {}
    for booking in bookings:
        if booking.day is not None:
            found.setdefault((booking.day, _pair(booking)), []).append(booking)
    waiting = Counter((line.day, _pair(line)) for line in lines if line.amount is None)
    return tuple(_net(day, pair, tuple(made_of), waiting[day, pair]) for (day, pair), made_of in sorted(found.items(), key=_day))


def _day(item: tuple[tuple[date, tuple[str, str]], list[Booking]]) -> date:
    return item[0][0]


def _pair(of: Booking | Line) -> tuple[str, str]:
    one, other = sorted((of.payer, of.payee))
    return one, other


def _net(day: date, pair: tuple[str, str], made_of: tuple[Booking, ...], undetermined: int) -> Net:
    """Nobody owes more: the sum is nothing, and the party named first in the alphabet stands as its payer."""
    one, other = pair
    owed = sum((each.amount if each.payer == one else -each.amount for each in made_of), Fraction(0))
    payer, payee = (one, other) if owed >= 0 else (other, one)
    return Net(day, payer, payee, abs(owed), made_of, undetermined)
