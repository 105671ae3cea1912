"""What a column may hold, in words: the part of a message that says what would have been right."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from vbclang.data.cells import Expected
from vbclang.data.faults import Fault
from vbclang.data.wording import listed
from vbclang.types.kinds import CURRENCIES, DateKind, Kind, Quantity, Sort


def column_hint(fault: Fault, expected: Expected) -> str:
    """What ``fault`` leaves open: the range, the words, the currency; empty where there is nothing to add."""
    match fault:
        case Fault.OUTSIDE_RANGE:
            return _range(*expected.bounds, expected.kind)
        case Fault.NOT_ONE_OF:
            return f"Here may stand: {listed(expected.places)}."
        case Fault.OTHER_CURRENCY if isinstance(expected.kind, Quantity) and expected.kind.currency is not None:
            code = expected.kind.currency
            return f"This column is in {code} ({CURRENCIES[code][0].strip()})."
        case _:
            return ""


def _range(low: Fraction | None, high: Fraction | None, kind: Kind) -> str:
    match low, high:
        case None, None:
            return ""
        case Fraction(), None:
            return f"It is at least {shown(low, kind)}."
        case None, Fraction():
            return f"It is at most {shown(high, kind)}."
        case Fraction(), Fraction():
            return f"It is from {shown(low, kind)} to {shown(high, kind)}."
        case _:
            return ""


def shown(value: Fraction, kind: Kind) -> str:
    """A bound as it would be written in the data; a fraction that no decimal gives exactly stays one."""
    match kind:
        case DateKind():
            return date.fromordinal(int(value)).isoformat()
        case Quantity(sort=Sort.SHARE | Sort.GROWTH | Sort.POINTS, dimensions=()):
            return f"{_decimal(value * 100)}%"
        case Quantity() if kind.currency is not None:
            return f"{CURRENCIES[kind.currency][0]}{_decimal(value)}"
        case _:
            return _decimal(value)


def _decimal(value: Fraction) -> str:
    places = next((n for n in range(13) if (value * 10**n).denominator == 1), None)
    if places is None:
        return str(value)
    digits = f"{abs(value.numerator) * 10**places // value.denominator:0{places + 1}}"
    whole, part = (digits[:-places], digits[-places:]) if places else (digits, "")
    return f"{'-' if value < 0 else ''}{int(whole):,}{'.' + part if part else ''}"
