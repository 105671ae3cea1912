"""The periods of a contract: months, quarters and contract years in its term (the semantics, section 1).

Method: months are numbered in one endless row; quarters and contract years are groups of three and twelve of them, counted from the
month in which contract years start. So months nest in quarters, and quarters in contract years, by arithmetic alone. Months, quarters
and the last contract year keep their full bounds where the term cuts them (`Grid.active_days` says how much is in the term). Contract
Year 1 begins on the first day of the term, however short or long it is (the semantics, 1.4), and is never cut at its start.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import assert_never

from attrs import Attribute, field, frozen

from vbclang.calendar.labels import month_label, quarter_label, year_label, years_label
from vbclang.calendar.months import first_of, month_place
from vbclang.types.kinds import Grain

_DAY = timedelta(days=1)


@frozen
class Period:
    """A half-open range of days, ``[start, end)``, and its place in its grain: 0 is the period in which the term begins, -1 the one before
    the term.
    """

    grain: Grain
    index: int
    start: date
    end: date
    label: str

    @property
    def last_day(self) -> date:
        """The last day that belongs to it."""
        return self.end - _DAY


def _after_the_start(grid: Grid, _: Attribute[date], end: date) -> None:
    if end <= grid.start:
        raise ValueError("a term ends after its first day")


def _a_first_of_a_month(grid: Grid, _: Attribute[date | None], end: date | None) -> None:
    if end is not None and (end.day != 1 or end <= grid.start):
        raise ValueError("Contract Year 1 runs to the last day of a month after the start of the term")


def _a_month(_: Grid, __: Attribute[int], month: int) -> None:
    if not 1 <= month <= 12:
        raise ValueError("a month is 1 to 12")


@frozen
class Grid:
    """The term and the first month of a contract year. Months nest in quarters, quarters in contract years, all in the term.

    Index 0 of each grain is the period in which the term begins; those before the term, from which a contract may have figures, have
    places below 0. ``end`` is the day after the last day of the term.
    ``first_year_end``: where the contract says `Contract Year 1 runs to DATE`, the day after that date; later contract years begin
    on its anniversaries. It is made only for a contract whose dates have been checked: ``ValueError`` where the term is empty or
    a year would not start on the first of a month.
    """

    start: date
    end: date = field(validator=_after_the_start)
    year_month: int = field(validator=_a_month)
    first_year_end: date | None = field(default=None, validator=_a_first_of_a_month)
    _made: dict[tuple[Grain, int], Period] = field(factory=dict, init=False, eq=False, repr=False)
    """The periods that were asked for before: each is asked for many times."""

    def count(self, grain: Grain) -> int:
        """How many periods of ``grain`` have a day in the term; the term itself, and what is constant, is one."""
        return self._place(grain, self.end - _DAY) + 1

    def last_day(self, grain: Grain, index: int) -> date:
        """The last day of a period; of the term where ``grain`` is no finer."""
        return self.period(grain, index).last_day if grain < Grain.TERM else self.end - timedelta(days=1)

    def period(self, grain: Grain, index: int) -> Period:
        """The period at ``index``, which may lie before the term. ``IndexError`` where it would lie after it."""
        if (grain, index) not in self._made:
            if index >= self.count(grain):
                raise IndexError(f"there is no {grain.words} at {index} in the term")
            start, end = self._bounds(grain, index)
            self._made[grain, index] = Period(grain, index, start, end, self._label(grain, index, start, end))
        return self._made[grain, index]

    def periods(self, grain: Grain) -> tuple[Period, ...]:
        """All periods of ``grain``, in order."""
        return tuple(self.period(grain, index) for index in range(self.count(grain)))

    def containing(self, grain: Grain, index: int, coarser: Grain) -> int:
        """The place of the period of ``coarser`` in which this period lies."""
        return self._place(coarser, self.active(grain, index)[0])

    def within(self, grain: Grain, index: int, finer: Grain) -> range:
        """The places of the periods of ``finer`` that lie in this one, in order; of its own grain, itself."""
        first, end = self.active(grain, index)
        return range(self._place(finer, first), self._place(finer, end - _DAY) + 1)

    def active(self, grain: Grain, index: int) -> tuple[date, date]:
        """The part of the period that lies in the term, half-open: ``[first, end)``; of one before the term, all of it."""
        period = self.period(grain, index)
        if index < 0:
            return period.start, period.end
        return max(period.start, self.start), min(period.end, self.end)

    def active_days(self, grain: Grain, index: int) -> tuple[int, int]:
        """The days of the period that are in the term, and the days of the whole period."""
        first, end = self.active(grain, index)
        period = self.period(grain, index)
        return (end - first).days, (period.end - period.start).days

    def index_of(self, grain: Grain, day: date, before: int = 0) -> int | None:
        """The place of the period in which ``day`` lies; None where it lies outside the term and the ``before`` periods before it."""
        earliest = self.period(grain, -before).start if before else self.start
        return self._place(grain, day) if earliest <= day < self.end else None

    def place_of(self, grain: Grain, day: date) -> int:
        """The place of the period in which ``day`` lies, wherever that is."""
        return self._place(grain, day)

    def periods_from(self, grain: Grain, day: date) -> int | None:
        """How many whole periods there are from ``day`` to the first of the term; None where ``day`` does not begin a period before the
        term, or the term does not begin with one.
        """
        if grain >= Grain.TERM or day >= self.start:
            return None
        number, odd = divmod(month_place(self.start) - month_place(day), grain.months)
        fits = self.period(grain, 0).start == self.start == self.period(grain, -1).end and self.period(grain, -number).start == day
        return number if fits and not odd else None

    def find(self, grain: Grain, number: int | None, year: int | None, before: int = 0) -> int | None:
        """The place of a period as it is written; None where it is none of the term, nor of the ``before`` periods before it.

        A month: ``number`` 1 to 12 of the calendar year ``year``. A quarter: 1 to 4 of the contract year that begins in ``year``. A
        contract year: its ``number`` from 1, or (``number`` None) the one that begins in ``year``: ``Contract Year 2026/27``.
        """
        match grain:
            case Grain.MONTH if number is not None and year is not None and 1 <= number <= 12:
                return self._in_term(grain, year * 12 + number - 1 - self._first_month, before)
            case Grain.QUARTER if number is not None and year is not None and 1 <= number <= 4:
                return self._in_term(grain, self._quarter_place(year * 12 + self._anchor - 1 + 3 * (number - 1)), before)
            case Grain.YEAR if number is not None:
                return self._in_term(grain, number - 1)
            case Grain.YEAR if year is not None:
                return next((index for index in range(-before, self.count(grain)) if self._begins_in(index) == year), None)
            case _:
                return None

    @property
    def _anchor(self) -> int:
        return self.first_year_end.month if self.first_year_end else self.year_month

    @property
    def _first_month(self) -> int:
        return month_place(self.start)

    @property
    def _second_year(self) -> int:
        if self.first_year_end is not None:
            return month_place(self.first_year_end)
        return self._first_month + 12 - (self._first_month - (self._anchor - 1)) % 12

    def _quarter_place(self, month: int) -> int:
        return (month - self._anchor + 1) // 3 - (self._first_month - self._anchor + 1) // 3

    def _place(self, grain: Grain, day: date) -> int:
        month = month_place(day)
        match grain:
            case Grain.MONTH:
                return month - self._first_month
            case Grain.QUARTER:
                return self._quarter_place(month)
            case Grain.YEAR:
                year = (month - self._second_year) // 12 + 1
                return max(0, year) if day >= self.start else min(-1, year)
            case Grain.TERM | Grain.CONSTANT:
                return 0
            case _:
                assert_never(grain)

    def _bounds(self, grain: Grain, index: int) -> tuple[date, date]:
        match grain:
            case Grain.MONTH:
                return first_of(self._first_month + index), first_of(self._first_month + index + 1)
            case Grain.QUARTER:
                month = ((self._first_month - self._anchor + 1) // 3 + index) * 3 + self._anchor - 1
                return first_of(month), first_of(month + 3)
            case Grain.YEAR:
                end = self._second_year + 12 * index
                return (first_of(end - 12) if index else self.start), (first_of(end) if index >= 0 else min(first_of(end), self.start))
            case Grain.TERM | Grain.CONSTANT:
                return self.start, self.end
            case _:
                assert_never(grain)

    def _label(self, grain: Grain, index: int, start: date, end: date) -> str:
        match grain:
            case Grain.MONTH:
                return month_label(start)
            case Grain.QUARTER:
                return quarter_label(start, self._anchor)
            case Grain.YEAR:
                return year_label(index + 1, start, end - _DAY, self._anchor) if index >= 0 else years_label(start)
            case Grain.TERM | Grain.CONSTANT:
                return "the term"
            case _:
                assert_never(grain)

    def _begins_in(self, index: int) -> int:
        start, end = self._bounds(Grain.YEAR, index)
        regular = first_of(month_place(end) - 12)
        return regular.year if start >= regular else start.year

    def _in_term(self, grain: Grain, index: int, before: int = 0) -> int | None:
        return index if -before <= index < self.count(grain) else None
