"""Values at places -> a column of facts: whole numbers over one denominator, without a fraction for each cell."""

from __future__ import annotations

from collections.abc import Iterable
from math import lcm, prod

import numpy as np

from vbclang.core.nodes import State
from vbclang.data.facts import InputColumn
from vbclang.data.numbers import Exact
from vbclang.types.kinds import Grain

_LARGEST = 2**63 - 1


def column_at(
    axes: tuple[str, ...], grain: Grain, shape: tuple[int, ...], cells: Iterable[tuple[int, Exact | State]], before: int = 0
) -> InputColumn:
    """A column of ``shape`` (periods, members of each axis); ``cells`` are (place in the flattened array, value or state), each place
    once. A place without a cell is not reported. ``before``: so many of the periods lie before the term.
    """
    values: list[tuple[int, Exact]] = []
    states = np.full(prod(shape), State.NOT_REPORTED, dtype=np.int8)
    for place, cell in cells:
        if isinstance(cell, State):
            states[place] = cell
        else:
            values.append((place, cell))
    places = [place for place, _ in values]
    states[places] = State.VALUE
    numerators, denominator = _over_one_denominator([value for _, value in values])
    narrow = all(-_LARGEST <= n <= _LARGEST for n in numerators)
    array = np.zeros(prod(shape), dtype=np.int64 if narrow else object)
    array[places] = np.array(numerators, dtype=array.dtype)
    return InputColumn(axes, grain, array.reshape(shape), denominator, states.reshape(shape), before)


def _over_one_denominator(values: list[Exact]) -> tuple[list[int], int]:
    common = lcm(*{d for _, d in values})
    return [n if d == common else n * (common // d) for n, d in values], common
