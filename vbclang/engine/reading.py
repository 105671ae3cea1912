"""What the meaning of a node may ask of the interpreter: other nodes, the calendar, the members, the domain."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from vbclang.core.depth import Depths
from vbclang.core.nodes import Cond, Expr
from vbclang.engine.clock import Clock, Frame
from vbclang.engine.column import Axes, Column, along_periods, facing
from vbclang.engine.domain import C, Domain, L, N


class Reader(Protocol[N, C]):
    """The interpreter, as seen by the meaning of one node."""

    @property
    def domain(self) -> Domain[N, C]:
        """The arithmetic."""
        ...

    @property
    def clock(self) -> Clock:
        """The calendar."""
        ...

    @property
    def depths(self) -> Depths:
        """How far before the term figures are there."""
        ...

    @property
    def axes(self) -> Axes:
        """The axes and their sizes."""
        ...

    def number(self, node: Expr, frame: Frame) -> Column[N]:
        """A figure in the periods of a frame."""
        ...

    def truth(self, node: Cond, frame: Frame) -> Column[C]:
        """A condition in the periods of a frame."""
        ...


def meet(axes: Axes, work: Callable[..., L], *columns: Column[Any]) -> Column[L]:
    """``work`` on the lanes of the columns, brought face to face."""
    names = axes.union(*columns)
    return Column(names, work(*(facing(column, names) for column in columns)))


def plus(reader: Reader[Any, Any], a: Column[N], b: Column[N]) -> Column[N]:
    """The sum of two columns of one frame."""
    return meet(reader.axes, lambda x, y: reader.domain.arith("+", x, y), a, b)


def minus(reader: Reader[Any, Any], a: Column[N], b: Column[N]) -> Column[N]:
    """Their difference."""
    return meet(reader.axes, lambda x, y: reader.domain.arith("-", x, y), a, b)


def split(axes: Axes, frame: Frame, keys: NDArray[np.int64], work: Callable[[int, Frame], Column[L]]) -> Column[L]:
    """``work`` on each stretch of the frame with the same key, one after the other."""
    cuts = [0, *(int(i) + 1 for i in np.flatnonzero(np.diff(keys))), frame.count]
    parts = [(work(int(keys[start]), frame.part(start, stop)), stop - start) for start, stop in pairwise(cuts)]
    return along_periods(parts, axes)
