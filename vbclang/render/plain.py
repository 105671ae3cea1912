"""Exact values as JSON and as CSV: no figure passes through floating point, and the same values are the same bytes everywhere."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import TypeAlias

Value: TypeAlias = bool | int | str | Fraction | Decimal | date | Enum | Sequence["Value"] | Mapping[str, "Value"] | None
"""What may be written. A float may not: it is not exact."""

_FIGURE = re.compile(r"[+-]?[\d,]+(\.\d+)?%?")
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def exact(figure: Fraction | Decimal | int) -> str:
    """A figure in full: ``86400``, ``-0.005``, and ``1/3`` where no decimal is exact."""
    value = Fraction(figure)
    places = _decimal_places(value.denominator)
    if places is None:
        return f"{value.numerator}/{value.denominator}"
    if places == 0:
        return str(value.numerator)
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def json_text(value: Value) -> str:
    """Indented JSON in UTF-8, keys in the order given. Exact figures are texts, as `exact` writes them; integers are numbers.

    Raises TypeError for a float or anything else that is no `Value`.
    """
    return json.dumps(_plain(value), indent=2, ensure_ascii=False) + "\n"


def csv_text(headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    """Comma-separated values with a heading row, lines ended by a line feed.

    A text that a spreadsheet would take for a formula gets an apostrophe before it. Raises ValueError for a row of another length.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([_cell(heading) for heading in headings])
    for row in rows:
        if len(row) != len(headings):
            raise ValueError("a row has another number of cells than there are headings")
        writer.writerow([_cell(value) for value in row])
    return buffer.getvalue()


def _decimal_places(denominator: int) -> int | None:
    """How many decimal places make 1/denominator exact; None where none do."""
    twos = fives = 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    while denominator % 5 == 0:
        denominator, fives = denominator // 5, fives + 1
    return max(twos, fives) if denominator == 1 else None


def _plain(value: Value) -> object:
    match value:
        case None | bool() | int() | str():
            return value
        case Fraction() | Decimal():
            return exact(value)
        case date():
            return value.isoformat()
        case Enum():
            return value.value
        case Mapping():
            return {key: _plain(inner) for key, inner in value.items()}
        case Sequence():
            return [_plain(inner) for inner in value]
        case _:
            raise TypeError(f"a value of the kind {type(value).__name__} is not written")


def _cell(value: Value) -> str:
    plain = _plain(value)
    match plain:
        case None:
            return ""
        case bool():
            return "yes" if plain else "no"
        case int():
            return str(plain)
        case str():
            return f"'{plain}" if plain.startswith(_STARTS_FORMULA) and not _FIGURE.fullmatch(plain) else plain
        case _:
            raise TypeError("a cell holds one value")
