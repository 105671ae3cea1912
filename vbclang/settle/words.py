"""Figures as a contract writes them: exact, never rounded for show without saying so."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from vbclang.calendar.labels import day_label
from vbclang.types.algebra import is_percentage
from vbclang.types.kinds import CURRENCIES, DATE, POINTS, TIMES, Kind, Quantity


def percent(share: Fraction) -> str:
    """A share as a percentage, exact up to two decimal places; where it goes on, the nearest, and marked so."""
    hundredths = abs(share) * 10000
    whole = (2 * hundredths.numerator + hundredths.denominator) // (2 * hundredths.denominator)
    text = f"{'-' if share < 0 else ''}{whole // 100}.{whole % 100:02d}".rstrip("0").rstrip(".")
    return f"{text}%" if hundredths.denominator == 1 else f"about {text}%"


def figure(value: Fraction | bool, kind: Kind) -> str:
    """A figure as a contract would write it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if kind == DATE:
        return day_label(date.fromordinal(int(value)))
    if kind == POINTS:
        return f"{percent(value).removesuffix('%')} percentage point{'' if value == Fraction(1, 100) else 's'}"
    if is_percentage(kind):
        return percent(value)
    if isinstance(kind, Quantity) and kind.currency:
        return money(value, kind.currency)
    if isinstance(kind, Quantity) and len(kind.dimensions) == 1 and kind.dimensions[0][1] == 1:
        return f"{_number(value)} {_unit(kind.dimensions[0][0], value)}"
    return _number(value)


def _unit(unit: str, value: Fraction) -> str:
    """The unit beside a number: the language's own are written in the singular, a contract's nouns as the contract has them."""
    return f"{unit}s" if unit in TIMES and value != 1 else unit


def _number(value: Fraction) -> str:
    if value.denominator == 1:
        return f"{value.numerator:,}"
    return f"{value.numerator:,}/{value.denominator:,}" if value.denominator > 10**6 else _decimal(value)


def _decimal(value: Fraction) -> str:
    for places in range(1, 7):
        scaled = value * 10**places
        if scaled.denominator == 1:
            sign, digits = ("-" if scaled < 0 else ""), abs(scaled.numerator)
            return f"{sign}{digits // 10**places:,}.{digits % 10**places:0{places}d}"
    return f"{value.numerator:,}/{value.denominator:,}"


def money(value: Fraction, currency: str) -> str:
    """An amount with its currency's sign; exact, so more places where it has them."""
    sign, places = CURRENCIES[currency]
    scaled = abs(value) * 10**places
    if scaled.denominator != 1:
        return f"{'-' if value < 0 else ''}{sign}{_decimal(abs(value))}"
    whole, part = divmod(scaled.numerator, 10**places)
    return f"{'-' if value < 0 else ''}{sign}{whole:,}" + (f".{part:0{places}d}" if places else "")


def nearly(value: Fraction, kind: Kind, places: int) -> str:
    """A figure to so many decimal places, the nearest; marked where it goes on."""
    shown = Fraction(_nearest(value * 10 ** _shift(kind, places)), 10 ** _shift(kind, places))
    return f"{'' if shown == value else 'about '}{_with_places(shown, kind, places)}"


def rounded(value: Fraction, to: Fraction, kind: Kind, unit: Fraction) -> str:
    """A figure before and after it is rounded to a multiple of ``unit``: with so many places that it can be seen which way it goes."""
    if value == to:
        return figure(to, kind)
    fewest = next((places for places in range(12) if (unit * 10 ** _shift(kind, places)).denominator == 1), 2)
    places = next((places for places in range(fewest + 1, fewest + 12) if _is_seen(value, unit, kind, places)), fewest + 1)
    return f"{nearly(value, kind, places)}, rounded to {figure(to, kind)}"


def _is_seen(value: Fraction, unit: Fraction, kind: Kind, places: int) -> bool:
    """Whether a figure shown to so many places lies on the same side of the next half, and of the next whole, as it does itself."""
    shown, half = Fraction(_nearest(value * 10 ** _shift(kind, places)), 10 ** _shift(kind, places)), unit / 2
    return shown == value or (shown // half == value // half and shown % half != 0)


def _shift(kind: Kind, places: int) -> int:
    """A percentage has two more places than are shown of it."""
    return places + 2 if is_percentage(kind) else places


def _nearest(value: Fraction) -> int:
    """The nearest whole number, half away from nothing."""
    whole = (2 * abs(value.numerator) + value.denominator) // (2 * value.denominator)
    return -whole if value < 0 else whole


def _with_places(value: Fraction, kind: Kind, places: int) -> str:
    sign = "-" if value < 0 else ""
    scaled = _nearest(abs(value) * 10 ** _shift(kind, places))
    digits = f"{scaled // 10**places:,}" + (f".{scaled % 10**places:0{places}d}" if places else "")
    if kind == POINTS:
        return f"{sign}{digits} percentage points"
    if is_percentage(kind):
        return f"{sign}{digits}%"
    if isinstance(kind, Quantity) and kind.currency:
        return f"{sign}{CURRENCIES[kind.currency][0]}{digits}"
    if isinstance(kind, Quantity) and len(kind.dimensions) == 1 and kind.dimensions[0][1] == 1:
        return f"{sign}{digits} {_unit(kind.dimensions[0][0], value)}"
    return f"{sign}{digits}"


def apart(difference: Fraction, kind: Kind) -> str:
    """How far two figures are apart: two percentages by percentage points, two days by days."""
    if kind == DATE:
        return figure(abs(difference), _DAYS)
    return figure(abs(difference), POINTS if is_percentage(kind) else kind)


_DAYS = Quantity(dimensions=(("day", 1),))


def linked(called: str, contract: str) -> str:
    """A contract that another reads: what that calls it, and its own name where it is another."""
    return called if called == contract else f"{called}: {contract}"
