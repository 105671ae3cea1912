"""The periods of a contract: months, quarters and contract years in its term (SEMANTICS section 1)."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from vbclang.types.kinds import Grain


@frozen
class Period:
    """A half-open range of days, ``[start, end)``, at its place in its grain. ``active`` is the part of it inside the term."""

    grain: Grain
    index: int
    start: date
    end: date
    label: str


@frozen
class Grid:
    """The term and the first month of a contract year. Months nest in quarters, quarters in contract years, all in the term.

    Index 0 of each grain is the period in which the term begins. ``end`` is the day after the last day of the term.
    ``first_year_end``: where the contract says `Contract Year 1 runs to DATE`, the day after that date.
    """

    start: date
    end: date
    year_month: int
    first_year_end: date | None = None
