"""Percentages that may be written as fractions: 0.88 where 88 is meant."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from vbclang.data.cells import Expected
from vbclang.data.faults import Fault
from vbclang.data.numbers import read_number
from vbclang.data.tally import Tally
from vbclang.types.kinds import Quantity, Sort

_MUCH_SMALLER = 10


def read_as_fractions(tally: Tally, where: str, fault: Fault, expected: Expected, cells: Iterable[tuple[int, str]]) -> None:
    """Count ``fault`` for each figure of a share's column in which all lie between 0 and 1 and none has its sign; of a column in which
    most are larger, those that only as a fraction lie among the others.

    ``cells``: the number of each row, and its text. Ones and noughts alone are no sign of anything.
    """
    kind = expected.kind
    if expected.fraction or not isinstance(kind, Quantity) or kind.dimensions or kind.sort is not Sort.SHARE:
        return
    bare: list[tuple[int, Fraction]] = []
    others: list[Fraction] = []
    for row, text in cells:
        value = read_number(text.removesuffix("%").rstrip())
        if isinstance(value, Fault):
            continue
        figure = Fraction(*value)
        if text.endswith("%") or not 0 <= figure <= 1:
            others.append(figure)
        else:
            bare.append((row, figure))
    between = [(row, figure) for row, figure in bare if 0 < figure < 1]
    if not others:
        for row, _ in bare if between else ():
            tally.add(where, fault, row)
        return
    low, high = min(others), max(others)
    for row, figure in between:
        if figure * _MUCH_SMALLER < low and low <= 200 * figure and 100 * figure <= max(high, Fraction(100)):
            tally.add(where, Fault.ONE_FRACTION, row)
