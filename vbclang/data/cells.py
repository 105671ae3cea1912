"""One cell -> a value, a state, or what is wrong with it: by the declaration of its column, without a guess.

The order: a code that the contract declares; a blank by the column's rule; else the kind. A figure in a percentage column is in
percent with or without the sign (unless the column is declared as a fraction). The figure of a rate per 1,000 is that of a thousand, so
that it stands as it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from functools import partial
from typing import TypeAlias, assert_never

from attrs import field, frozen

from vbclang.core.declared import BlankRule, CodeRule
from vbclang.core.nodes import State
from vbclang.data.faults import Fault
from vbclang.data.numbers import Exact, read_number
from vbclang.types.kinds import CURRENCIES, Category, DateKind, Kind, Quantity, Sort, Words, YesNo

Cell: TypeAlias = Exact | State | Fault
"""What a cell says: a value (numerator, denominator), a state that is no value, or a fault."""

_IN_PERCENT = (Sort.SHARE, Sort.POINTS, Sort.GROWTH)
_NOTHING: Exact = (0, 1)
_SIGNS = tuple(sorted((sign.strip(), code) for code, (sign, _) in CURRENCIES.items()))


@frozen(eq=False)
class Expected:
    """What the cells of a column have to be.

    ``places``: for a category, each word that may stand in a cell -> its place. ``lowest`` and ``highest`` are in the unit of the
    value (a share of 100% is 1); None: as the kind has it, which for a share is 0% to 100% and for a count at least 0.
    """

    kind: Kind
    fraction: bool = False
    blank: BlankRule = field(factory=lambda: BlankRule("never"))
    codes: tuple[CodeRule, ...] = ()
    lowest: Fraction | None = None
    highest: Fraction | None = None
    places: Mapping[str, int] = field(factory=dict)

    @property
    def bounds(self) -> tuple[Fraction | None, Fraction | None]:
        """The least and the greatest value that may stand here; None: open."""
        low, high = self.lowest, self.highest
        if isinstance(self.kind, Quantity) and not self.kind.dimensions and self.kind.sort is Sort.SHARE:
            return (Fraction(0) if low is None else low), (Fraction(1) if high is None else high)
        if isinstance(self.kind, Quantity) and self.kind.whole and low is None:
            return Fraction(0), high
        return low, high


def read_cell(text: str, expected: Expected) -> Cell:
    """What the cell ``text`` says in a column that is ``expected`` so."""
    return reader(expected)(text)


def reader(expected: Expected) -> Callable[[str], Cell]:
    """`read_cell` for one column: what depends on the column alone is worked out once."""
    fixed = {"": _blank(expected.blank)} | {rule.code.strip(): _code(rule) for rule in expected.codes}
    by_kind = _by_kind(expected)

    def read(text: str) -> Cell:
        stripped = text.strip()
        known = fixed.get(stripped)
        return by_kind(stripped) if known is None else known

    return read


def _blank(rule: BlankRule) -> Cell:
    match rule.what:
        case "never":
            return Fault.BLANK
        case "missing":
            return State.NOT_REPORTED
        case "value":
            return State.NOT_REPORTED if rule.value is None else rule.value.as_integer_ratio()
        case _:
            assert_never(rule.what)


def _code(rule: CodeRule) -> Cell:
    return State.NOT_REPORTED if rule.value is None else rule.value.as_integer_ratio()


def _by_kind(expected: Expected) -> Callable[[str], Cell]:
    match expected.kind:
        case Quantity():
            return partial(_quantity, _number_of(expected.kind, expected.fraction), expected.kind.whole, _Bounds.of(expected))
        case DateKind():
            return partial(_date, _Bounds.of(expected))
        case Category():
            return partial(_category, expected.places)
        case YesNo():
            return _yes_no
        case Words():
            return _words
        case _:
            assert_never(expected.kind)


@frozen
class _Bounds:
    """Both bounds as whole numbers, for comparing without making a fraction for each cell; None: open."""

    low: Exact | None
    high: Exact | None

    @classmethod
    def of(cls, expected: Expected) -> _Bounds:
        low, high = expected.bounds
        return cls(_ratio(low), _ratio(high))

    def hold(self, value: Exact) -> bool:
        """Whether ``value`` lies between them, both counted."""
        n, d = value
        if self.low is not None and n * self.low[1] < self.low[0] * d:
            return False
        return self.high is None or n * self.high[1] <= self.high[0] * d


def _ratio(bound: Fraction | None) -> Exact | None:
    return None if bound is None else bound.as_integer_ratio()


def _quantity(number: Callable[[str], Exact | Fault], whole: bool, bounds: _Bounds, text: str) -> Cell:
    value = number(text)
    if isinstance(value, Fault):
        return value
    if whole and value[0] % value[1]:
        return Fault.NOT_WHOLE
    return value if bounds.hold(value) else Fault.OUTSIDE_RANGE


def _number_of(kind: Quantity, fraction: bool) -> Callable[[str], Exact | Fault]:
    if kind.currency is not None:
        return partial(_money, kind.currency)
    if not kind.dimensions and kind.sort in _IN_PERCENT:
        return _fraction if fraction else _percentage
    return _plain


def _plain(text: str) -> Exact | Fault:
    value = read_number(text)
    return _sign_unwanted(text, value) if isinstance(value, Fault) else value


def _percentage(text: str) -> Exact | Fault:
    value = read_number(text[:-1].rstrip() if text.endswith("%") else text)
    if isinstance(value, Fault):
        return _sign_unwanted(text, value)
    return value[0], value[1] * 100


def _fraction(text: str) -> Exact | Fault:
    return Fault.PERCENT_IN_FRACTION if text.endswith("%") else _plain(text)


def _money(currency: str, text: str) -> Exact | Fault:
    value = read_number(text)
    if not isinstance(value, Fault):
        return value
    minus, rest = ("-", text[1:].lstrip()) if text[:1] == "-" else ("", text)
    for sign in (CURRENCIES[currency][0].strip(), currency):
        if rest.startswith(sign):
            amount = rest.removeprefix(sign).lstrip()
            return read_number(minus + amount) if not minus or amount[:1] not in "+-" else Fault.NOT_A_NUMBER
    return Fault.OTHER_CURRENCY if _names_money(rest) else _percent_unwanted(text, value)


def _sign_unwanted(text: str, otherwise: Fault) -> Fault:
    return Fault.CURRENCY_UNWANTED if _names_money(text.lstrip("-")) else _percent_unwanted(text, otherwise)


def _percent_unwanted(text: str, otherwise: Fault) -> Fault:
    bare = text[:-1].rstrip() if text.endswith("%") else text
    return Fault.PERCENT_UNWANTED if bare != text and not isinstance(read_number(bare), Fault) else otherwise


def _names_money(text: str) -> bool:
    return any(text.startswith((sign, code)) and any(c.isdigit() for c in text) for sign, code in _SIGNS)


def _date(bounds: _Bounds, text: str) -> Cell:
    day = read_day(text)
    if isinstance(day, Fault):
        return day
    value = (day.toordinal(), 1)
    return value if bounds.hold(value) else Fault.OUTSIDE_RANGE


def read_day(text: str) -> date | Fault:
    """A day written ``2026-04-30``, and in no other way: 04/05/2026 is two different days in two countries."""
    year, month, day = text[0:4], text[5:7], text[8:10]
    if len(text) != 10 or text[4] + text[7] != "--" or not (year + month + day).isascii() or not (year + month + day).isdigit():
        return Fault.NOT_A_DATE
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return Fault.NO_SUCH_DAY


def _category(places: Mapping[str, int], text: str) -> Cell:
    place = places.get(text)
    return Fault.NOT_ONE_OF if place is None else (place, 1)


def _yes_no(text: str) -> Cell:
    match text.casefold():
        case "yes":
            return 1, 1
        case "no":
            return _NOTHING
        case _:
            return Fault.NOT_YES_NO


def _words(_: str) -> Cell:
    return _NOTHING
