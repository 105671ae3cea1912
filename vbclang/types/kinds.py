"""What a figure is: its kind, how often there is one (grain), and for whom (axes)."""

from __future__ import annotations

from enum import Enum, IntEnum
from typing import TypeAlias

from attrs import field, frozen


class Grain(IntEnum):
    """How often there is a figure. A coarser figure may be read in a finer place, never the other way."""

    MONTH = 1
    QUARTER = 2
    YEAR = 3
    TERM = 4
    CONSTANT = 5

    @property
    def words(self) -> str:
        """``month``, ``quarter``, ``contract year``, ``term``."""
        return {1: "month", 2: "quarter", 3: "contract year", 4: "term", 5: "term"}[self.value]

    @property
    def months(self) -> int:
        """The months of one of its periods; 0 of the term and of what is constant, which are as long as the contract."""
        return {1: 1, 2: 3, 3: 12, 4: 0, 5: 0}[self.value]


class Sort(Enum):
    """The sorts of figure without a dimension. They do not mix: 5% of something is not 5 percentage points."""

    NUMBER = "number"
    SHARE = "percentage"
    POINTS = "percentage points"
    GROWTH = "percentage change"
    PERCENT = "percentage as written"
    """``5%`` in the text, while its place has not yet said whether it is a share or a change."""


def _sorted_dimensions(dimensions: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((unit, power) for unit, power in dimensions if power))


@frozen
class Quantity:
    """A number of something. ``dimensions`` are (unit, power) pairs: ``(("GBP", 1),)`` is money in pounds,
    ``(("admission", 1), ("patient", -1))`` a rate. Without dimensions ``sort`` tells a share from a number.

    ``whole``: only whole numbers occur (a count). ``per``: for showing a rate, 1,000 in "per 1,000".
    """

    sort: Sort = Sort.NUMBER
    dimensions: tuple[tuple[str, int], ...] = field(default=(), converter=_sorted_dimensions)
    whole: bool = field(default=False, eq=False)
    per: int | None = field(default=None, eq=False)

    @property
    def currency(self) -> str | None:
        """The currency where this is money, and nothing else."""
        if len(self.dimensions) == 1 and self.dimensions[0][1] == 1 and is_currency(self.dimensions[0][0]):
            return self.dimensions[0][0]
        return None


@frozen
class DateKind:
    """A day of the calendar; in columns its ordinal (1 January of year 1 is 1)."""


@frozen
class Category:
    """One of the members of a list or class (``axis``), or one of some words (``words``); in columns its place, from 0."""

    axis: str | None
    words: tuple[str, ...] = ()


@frozen
class YesNo:
    """Yes or no; in columns a condition."""


@frozen
class Words:
    """Text that no calculation reads."""


Kind: TypeAlias = Quantity | DateKind | Category | YesNo | Words


@frozen
class Type:
    """Kind, grain and axes (names of party classes, groups and lists) of a figure."""

    kind: Kind
    grain: Grain = Grain.CONSTANT
    axes: frozenset[str] = frozenset()


NUMBER = Quantity()
WHOLE = Quantity(whole=True)
SHARE = Quantity(Sort.SHARE)
POINTS = Quantity(Sort.POINTS)
GROWTH = Quantity(Sort.GROWTH)
PERCENT = Quantity(Sort.PERCENT)
TIMES = ("minute", "hour", "day", "working day", "week", "month", "quarter", "year")
"""The language's own units, in the singular; a contract's nouns are as the contract has them."""

DATE = DateKind()
YES_NO = YesNo()
WORDS = Words()

CURRENCIES: dict[str, tuple[str, int]] = {
    "GBP": ("£", 2),
    "EUR": ("€", 2),
    "USD": ("$", 2),
    "AUD": ("A$", 2),
    "CAD": ("C$", 2),
    "NZD": ("NZ$", 2),
    "CHF": ("CHF ", 2),
    "DKK": ("DKK ", 2),
    "NOK": ("NOK ", 2),
    "SEK": ("SEK ", 2),
    "PLN": ("PLN ", 2),
    "SGD": ("SGD ", 2),
    "INR": ("₹", 2),
    "JPY": ("¥", 0),
}
"""Currency code -> how an amount is written, and the number of decimal places of its smallest coin (ISO 4217)."""


def is_time(kind: Kind) -> bool:
    """Whether a figure is a time: so many minutes, or days."""
    return isinstance(kind, Quantity) and len(kind.dimensions) == 1 and kind.dimensions[0][0] in TIMES and kind.dimensions[0][1] == 1


def is_currency(unit: str) -> bool:
    """Whether a unit is a currency code that the language knows."""
    return unit in CURRENCIES


def money(currency: str) -> Quantity:
    """Money in one currency."""
    return Quantity(dimensions=((currency, 1),))
