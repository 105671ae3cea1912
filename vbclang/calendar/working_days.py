"""Working days: Monday to Friday outside the public holidays of a named place (the semantics, 1.7)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from attrs import frozen

from vbclang.source.alike import alike

PLACES: dict[str, tuple[str, str | None]] = {
    "England": ("GB", "ENG"),
    "Wales": ("GB", "WLS"),
    "Scotland": ("GB", "SCT"),
    "Northern Ireland": ("GB", "NIR"),
    "Ireland": ("IE", None),
    "United States": ("US", None),
    "Australia": ("AU", None),
    "New South Wales": ("AU", "NSW"),
    "Queensland": ("AU", "QLD"),
    "South Australia": ("AU", "SA"),
    "Tasmania": ("AU", "TAS"),
    "Victoria": ("AU", "VIC"),
    "Western Australia": ("AU", "WA"),
    "Austria": ("AT", None),
    "Belgium": ("BE", None),
    "Canada": ("CA", None),
    "Alberta": ("CA", "AB"),
    "British Columbia": ("CA", "BC"),
    "Ontario": ("CA", "ON"),
    "Quebec": ("CA", "QC"),
    "Denmark": ("DK", None),
    "Finland": ("FI", None),
    "France": ("FR", None),
    "Germany": ("DE", None),
    "Italy": ("IT", None),
    "Luxembourg": ("LU", None),
    "Netherlands": ("NL", None),
    "New Zealand": ("NZ", None),
    "Norway": ("NO", None),
    "Poland": ("PL", None),
    "Portugal": ("PT", None),
    "Singapore": ("SG", None),
    "Spain": ("ES", None),
    "Sweden": ("SE", None),
}
"""The places that a contract may name -> country (ISO 3166-1) and part of it. A country without a part has the holidays that are kept
in all of it: of the United States, the federal ones."""


@frozen
class Holiday:
    """A day from Monday to Friday that is no working day, and what it is called in the place."""

    day: date
    name: str


@frozen
class UnknownPlace:
    """A place whose holidays are not known; ``nearest`` is what may have been meant."""

    place: str
    nearest: str | None

    @property
    def message(self) -> str:
        """What is wrong, and what to write instead."""
        meant = f" Did you mean `working days in {self.nearest}`?" if self.nearest else ""
        return f"The public holidays of {self.place} are not known here.{meant} Places that may stand here: {', '.join(PLACES)}."


@frozen
class WorkingDays:
    """The working days of one of `PLACES` (``KeyError`` for another; see `working_days_in`)."""

    place: str

    def is_working(self, day: date) -> bool:
        """Whether ``day`` is Monday to Friday and no public holiday."""
        return day.weekday() < 5 and day not in self._holidays

    def add(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``, which itself is not counted; before it where negative; 0 is ``day`` itself."""
        return _added(self, day, count)

    def between(self, day: date, last: date) -> int:
        """How many working days there are after ``day`` up to and with ``last``; 0 where ``last`` is not later."""
        return sum(self.is_working(day + timedelta(days=n)) for n in range(1, (last - day).days + 1))

    def dates_used(self, first: date, last: date) -> tuple[Holiday, ...]:
        """The holidays from Monday to Friday between two days, both counted: what a statement that counted across them records."""
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return tuple(Holiday(day, self._holidays[day]) for day in days if day.weekday() < 5 and day in self._holidays)

    @property
    def _holidays(self) -> Mapping[date, str]:
        return _holidays_of(*PLACES[self.place])


def working_days_in(place: str) -> WorkingDays | UnknownPlace:
    """The working days of ``place`` as a contract writes it, or why there are none. Large and small letters are one."""
    wanted = " ".join(place.split()).removeprefix("the ").removeprefix("The ")
    names = {name.casefold(): name for name in PLACES}
    if wanted.casefold() in names:
        return WorkingDays(names[wanted.casefold()])
    near = alike(wanted.casefold(), names)
    return UnknownPlace(wanted, names[near[0]] if near else None)


@cache  # the same deadlines are counted again on every day on which a contract is settled
def _added(days: WorkingDays, day: date, count: int) -> date:
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= days.is_working(day)
    return day


@cache
def _holidays_of(country: str, part: str | None) -> Mapping[date, str]:
    from holidays import country_holidays  # here, because it is slow to import and a check of a contract without deadlines needs none

    return country_holidays(country, subdiv=part)
