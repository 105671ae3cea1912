"""Series: a whole column as it is handed out, to be read at a place."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Generic, Protocol, TypeAlias, TypeVar

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from vbclang.core.nodes import State
from vbclang.types.kinds import Grain

V = TypeVar("V", Fraction, bool, covariant=True)


class ReadableLanes(Protocol[V]):
    """Lanes of one domain that can be read at a place."""

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the array."""
        ...

    @property
    def state(self) -> NDArray[np.int8]:
        """`State` at each place."""
        ...

    def at(self, place: tuple[int, ...]) -> V | State:
        """The value at one place, or why there is none."""
        ...


@frozen(eq=False)
class Series(Generic[V]):
    """Figures (``V`` is ``Fraction``) or conditions (``bool``) for the periods of ``grain`` from ``first`` on and members of ``axes``.

    ``lanes`` have the shape (periods, members of the first axis, ...); one period there: the same in every period.
    """

    axes: tuple[str, ...]
    grain: Grain
    first: int
    lanes: ReadableLanes[V]

    def at(self, period: int, members: Mapping[str, int]) -> V | State:
        """The value in a period of this grain and for a member, by its place, of each of ``axes`` (others are passed over)."""
        start = period - self.first if self.lanes.shape[0] > 1 else 0
        return self.lanes.at((start, *(members[axis] for axis in self.axes)))


NumberSeries: TypeAlias = Series[Fraction]
ConditionSeries: TypeAlias = Series[bool]
