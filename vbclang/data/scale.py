"""Percentages that may be written as fractions: 0.88 where 88 is meant."""

from __future__ import annotations

from collections.abc import Iterable

from vbclang.data.cells import Expected
from vbclang.data.faults import Fault
from vbclang.data.numbers import read_number
from vbclang.data.tally import Tally
from vbclang.types.kinds import Quantity, Sort


def read_as_fractions(tally: Tally, where: str, fault: Fault, expected: Expected, cells: Iterable[tuple[int, str]]) -> None:
    """Count ``fault`` for each figure of a share's column in which all lie between 0 and 1 and none has its sign.

    ``cells``: the number of each row, and its text. Ones and noughts alone are no sign of anything.
    """
    kind = expected.kind
    if expected.fraction or not isinstance(kind, Quantity) or kind.dimensions or kind.sort is not Sort.SHARE:
        return
    rows: list[int] = []
    between = False
    for row, text in cells:
        value = read_number(text.removesuffix("%").rstrip())
        if isinstance(value, Fault):
            continue
        if text.endswith("%") or not 0 <= value[0] <= value[1]:
            return
        between = between or 0 < value[0] < value[1]
        rows.append(row)
    for row in rows if between else ():
        tally.add(where, fault, row)
