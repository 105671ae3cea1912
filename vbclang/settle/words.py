"""Figures as a contract writes them: exact, never rounded for show without saying so."""

from __future__ import annotations

from fractions import Fraction

from vbclang.types.algebra import is_percentage
from vbclang.types.kinds import CURRENCIES, POINTS, TIMES, Kind, Quantity


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
