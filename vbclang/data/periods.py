"""A period as data write it -> its place in the term, or what is wrong with it.

`2026-04` and `April 2026` are months, `Q1 2026/27` a quarter, `2026/27` and `Contract Year 1` contract years; a day, `2026-04-30`,
stands for the period in which it lies. Large and small letters are one.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from vbclang.calendar.grid import Grid, Period
from vbclang.calendar.labels import MONTHS
from vbclang.data.cells import read_day
from vbclang.data.faults import Fault
from vbclang.types.kinds import Grain

_FORMS: tuple[tuple[re.Pattern[str], Grain], ...] = (
    (re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])"), Grain.MONTH),
    (re.compile(rf"(?:{'|'.join(MONTHS)}) [0-9]{{4}}", re.IGNORECASE), Grain.MONTH),
    (re.compile(r"q[1-4] [0-9]{4}(?:/[0-9]{2})?", re.IGNORECASE), Grain.QUARTER),
    (re.compile(r"contract year [0-9]{1,3}(?: \(.*\))?", re.IGNORECASE), Grain.YEAR),
    (re.compile(r"[0-9]{4}(?:/[0-9]{2})?"), Grain.YEAR),
)


def period_reader(grid: Grid, grain: Grain, before: int = 0) -> Callable[[str], int | Fault]:
    """Reads periods of ``grain``, ``before`` of which lie before the term: the place, counted from the first of these, or why there is
    none.
    """
    there = (grid.period(grain, index) for index in range(-before, grid.count(grain)))
    known = {text.casefold(): period.index + before for period in there for text in period_texts(period)}
    two_years = "/" in grid.period(Grain.QUARTER, 0).label

    def read(text: str) -> int | Fault:
        stripped = " ".join(text.split())
        place = known.get(stripped.casefold())
        return _unlisted(stripped, grid, grain, two_years, before) if place is None else place

    return read


def period_hint(grid: Grid, grain: Grain) -> str:
    """How a period of ``grain`` is written here."""
    period = grid.period(grain, 0)
    return f"Here a {grain.words} is written {' or '.join(f'`{t}`' for t in period_texts(period))}, or as a day in it, `{period.start}`."


def period_texts(period: Period) -> tuple[str, ...]:
    """All ways in which this period is written."""
    match period.grain:
        case Grain.MONTH:
            return period.label, f"{period.start.year:04}-{period.start.month:02}"
        case Grain.YEAR:
            number, _, years = period.label.removesuffix(")").partition(" (")
            return (period.label, number, years) if re.fullmatch(r"[0-9/]+", years) else (period.label, number)
        case _:
            return (period.label,)


def _unlisted(text: str, grid: Grid, grain: Grain, two_years: bool, before: int) -> int | Fault:
    """A day in a period, or why ``text`` is none of the term's periods."""
    day = read_day(text)
    if not isinstance(day, Fault):
        place = grid.index_of(grain, day, before)
        return Fault.OUTSIDE_TERM if place is None else place + before
    named = next((form_grain for form, form_grain in _FORMS if form.fullmatch(text)), None)
    if named is None or not _years_agree(text, named, two_years):
        return Fault.NOT_A_PERIOD
    return Fault.OUTSIDE_TERM if named is grain else Fault.OTHER_GRAIN


def _years_agree(text: str, named: Grain, two_years: bool) -> bool:
    """Whether its years are written as in this contract: `2026/27`, or `2026` where contract years start in January."""
    if named is Grain.MONTH or "year" in text.casefold():
        return True
    first, slash, second = text.split()[-1].partition("/")
    return bool(slash) is two_years and (not slash or int(second) == (int(first) + 1) % 100)
