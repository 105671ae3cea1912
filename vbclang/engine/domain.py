"""What the interpreter needs of a number domain.

A domain holds *lanes*: many figures (or conditions) side by side in an array of some shape, each with its state. The interpreter says
which lanes meet which, and when; the domain does the arithmetic and knows what a missing figure does to it. Shapes follow numpy's
rules of broadcasting.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, Literal, Protocol, Self, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from vbclang.core.nodes import PercentileMethod, State
from vbclang.data.facts import InputColumn
from vbclang.engine.integers import Array

Aggregate: TypeAlias = Literal["total", "average", "lowest", "highest", "number"] | PercentileMethod


class Lanes(Protocol):
    """Figures or conditions side by side."""

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the array."""
        ...

    def rearranged(self, how: Callable[[Array], Array]) -> Self:
        """The same lanes elsewhere: ``how`` takes, moves or repeats places of an array."""
        ...

    def joined(self, others: Sequence[Self], dim: int) -> Self:
        """These lanes, and the others behind them, along ``dim``."""
        ...


L = TypeVar("L", bound=Lanes)
N = TypeVar("N", bound=Lanes)
C = TypeVar("C", bound=Lanes)


class Domain(Protocol[N, C]):
    """A number domain: ``N`` are lanes of figures, ``C`` lanes of conditions. Strict: missing in, missing out, the worst reason."""

    def constant(self, value: Fraction) -> N:
        """One figure, of shape (1,)."""
        ...

    def missing(self, state: State) -> N:
        """One missing figure, of shape (1,)."""
        ...

    def whole_numbers(self, numbers: NDArray[Any]) -> N:
        """Figures known beforehand: places of members, numbers of periods or days."""
        ...

    def given(self, column: InputColumn) -> N:
        """What arrived, in the shape of the column."""
        ...

    def arith(self, sign: Literal["+", "-", "*", "/"], a: N, b: N) -> N:
        """Strict. Division by zero makes the result too small."""
        ...

    def ratio(self, numerator: N, denominator: N, least: int | None) -> N:
        """Strict. Too small where the denominator is 0 or below ``least``."""
        ...

    def extreme(self, way: Literal["lesser", "greater"], operands: Sequence[N], reported: bool) -> N:
        """As `Extreme`."""
        ...

    def rounded(self, a: N, unit: Fraction, direction: Literal["half up", "up", "down"]) -> N:
        """As `Round`."""
        ...

    def date_moved(self, a: N, count: int, unit: Literal["day", "month"]) -> N:
        """As `DateMoved`."""
        ...

    def months_between(self, start: N, end: N, complete: bool) -> N:
        """As `MonthsBetween`."""
        ...

    def running(self, a: N, starts: NDArray[np.int64]) -> N:
        """Along the first dimension the totals of the lanes from ``starts[i]`` to ``i``; every lane has a value."""
        ...

    def unruled_so_far(self, a: N, starts: NDArray[np.int64]) -> N:
        """Along the first dimension 0, but the worst state to which no rule applies of the lanes from ``starts[i]`` to ``i``."""
        ...

    def choose(self, condition: C, then: N, otherwise: N) -> N:
        """As `Choose`."""
        ...

    def choose_agreeing(self, condition: C, then: N, otherwise: N) -> N:
        """The same, but where the condition is unknown and both sides are the same value, that value."""
        ...

    def recover(self, a: N, states: frozenset[State], instead: N) -> N:
        """``a``, but ``instead`` where its state is one of ``states``."""
        ...

    def pick(self, a: N, dim: int, by: N) -> N:
        """Along ``dim`` (which goes) the lane whose place ``by`` names; missing where ``by`` is. ``by`` has size 1 there."""
        ...

    def over(self, aggregate: Aggregate, a: N, dim: int, where: C | None, weights: N | None, least_reported: int | None, others: bool) -> N:
        """An aggregate along ``dim`` (which goes), as `Over`; with ``others``, for each place of ``dim`` over all other places."""
        ...

    def truth(self, holds: NDArray[np.bool_]) -> C:
        """Conditions known beforehand."""
        ...

    def compare(self, sign: Literal["<", "<=", "=="], a: N, b: N) -> C:
        """Unknown where a side is missing."""
        ...

    def negated(self, a: C) -> C:
        """Not."""
        ...

    def both(self, a: C, b: C) -> C:
        """And, by Kleene; the reason of an unknown is the worst."""
        ...

    def either(self, a: C, b: C) -> C:
        """Or, by Kleene; the reason of an unknown is the worst."""
        ...

    def each_along(self, a: C, dim: int) -> C:
        """And along ``dim``, which goes; yes where there is none."""
        ...

    def any_along(self, a: C, dim: int) -> C:
        """Or along ``dim``, which goes; no where there is none."""
        ...

    def has_value(self, a: N) -> C:
        """Whether a figure has a value. Never unknown."""
        ...

    def is_known(self, a: C) -> C:
        """Whether a condition is yes or no. Never unknown."""
        ...

    def choose_condition(self, condition: C, then: C, otherwise: C) -> C:
        """As `choose`, of conditions."""
        ...

    def recover_condition(self, a: C, states: frozenset[State], instead: C) -> C:
        """``a``, but ``instead`` where it is unknown for one of ``states``."""
        ...
