"""Columns: lanes with named axes. Figures meet by the names of their axes, never by length or position.

The first dimension of the lanes is the periods of a frame (size 1: the same in all of them), then one for each of ``axes``, in the
order in which the program names its axes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from vbclang.engine.domain import L
from vbclang.engine.integers import Array


@frozen(eq=False)
class Column(Generic[L]):
    """Lanes of shape (periods or 1, members of the first of ``axes``, ...)."""

    axes: tuple[str, ...]
    lanes: L

    def dim(self, axis: str) -> int:
        """The dimension of an axis."""
        return self.axes.index(axis) + 1

    def rearranged(self, how: Callable[[Array], Array]) -> Column[L]:
        """The same axes, the lanes elsewhere."""
        return Column(self.axes, self.lanes.rearranged(how))


@frozen
class Axes:
    """The axes of a program in their order, with their sizes."""

    sizes: Mapping[str, int]

    def in_order(self, names: Iterable[str]) -> tuple[str, ...]:
        """Each name once, in the program's order."""
        wanted = set(names)
        return tuple(axis for axis in self.sizes if axis in wanted)

    def union(self, *columns: Column[L]) -> tuple[str, ...]:
        """The axes of the columns together."""
        return self.in_order(axis for column in columns for axis in column.axes)

    def shape(self, axes: Sequence[str]) -> tuple[int, ...]:
        """The sizes of some axes."""
        return tuple(self.sizes[axis] for axis in axes)


def facing(column: Column[L], axes: Sequence[str]) -> L:
    """The column's lanes with a dimension for each of ``axes`` (a superset of its own), of size 1 where it is the same for all."""
    own = dict(zip(column.axes, range(1, len(column.axes) + 1), strict=True))
    if tuple(axes) == column.axes:
        return column.lanes

    def stretch(array: Array) -> Array:
        return array.reshape([array.shape[0], *(array.shape[own[axis]] if axis in own else 1 for axis in axes)])

    return column.lanes.rearranged(stretch)


def filled(column: Column[L], axes: Sequence[str], count: int, sizes: Axes) -> L:
    """The column's lanes in full: ``count`` periods and all members of ``axes``."""
    shape = (count, *sizes.shape(axes))
    return facing(column, axes).rearranged(lambda array: np.broadcast_to(array, shape))


def at_periods(column: Column[L], places: NDArray[np.int64] | Sequence[int]) -> Column[L]:
    """The column in the periods at these places of its frame."""
    if column.lanes.shape[0] == 1 and len(places):
        return column
    return column.rearranged(lambda array: array[np.asarray(places, dtype=np.int64)])


def at_member(column: Column[L], axis: str, member: int) -> Column[L]:
    """The column for one member of an axis, which goes; unchanged where it is the same for each."""
    if axis not in column.axes:
        return column
    dim = column.dim(axis)
    return Column(tuple(a for a in column.axes if a != axis), column.lanes.rearranged(lambda array: np.take(array, member, axis=dim)))


def along_periods(parts: Sequence[tuple[Column[L], int]], sizes: Axes) -> Column[L]:
    """Columns of some periods each, one after the other."""
    if len(parts) == 1:
        return parts[0][0]
    axes = sizes.union(*(column for column, _ in parts))
    lanes = [filled(column, axes, count, sizes) for column, count in parts]
    return Column(axes, lanes[0].joined(lanes[1:], 0))


def along_axis(parts: Sequence[Column[L]], axis: str, sizes: Axes) -> Column[L]:
    """A column for each member of ``axis`` (which none of them has), side by side. There is at least one member."""
    others = sizes.union(*parts)
    axes = sizes.in_order((*others, axis))
    dim = axes.index(axis) + 1
    count = max(part.lanes.shape[0] for part in parts)
    lanes = [filled(part, others, count, sizes).rearranged(lambda array: np.expand_dims(array, dim)) for part in parts]
    return Column(axes, lanes[0].joined(lanes[1:], dim))
