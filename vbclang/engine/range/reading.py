"""What the parts of the range evaluator ask of the whole."""

from __future__ import annotations

from typing import Protocol

from vbclang.core.nodes import Cond, Expr
from vbclang.core.program import Program
from vbclang.engine.range.interval import Range
from vbclang.engine.range.place import Place
from vbclang.engine.range.truth import Possible
from vbclang.types.kinds import Grain


class Reader(Protocol):
    """As `Bounds` has them."""

    program: Program

    def number(self, node: Expr, place: Place) -> Range:
        """A figure at a place."""
        ...

    def truth(self, node: Cond, place: Place) -> Possible:
        """A condition at a place."""
        ...

    def count(self, grain: Grain) -> int:
        """How many periods of a grain there are."""
        ...

    def containing(self, place: Place, coarser: Grain) -> int:
        """The period of ``coarser`` in which a place lies."""
        ...

    def earliest(self, node: Expr | Cond, grain: Grain) -> int:
        """The first period in which a node is there."""
        ...

    def members_of(self, axis: str) -> int | None:
        """How many members an axis has; None where the data name them."""
        ...
