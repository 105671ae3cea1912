"""All that is proved of a contract that has no errors."""

from __future__ import annotations

from vbclang.core.program import Program
from vbclang.engine.range.bounds import Bounds
from vbclang.prove.drawn import drawn
from vbclang.prove.reach import out_of_reach
from vbclang.prove.signs import below_nothing
from vbclang.prove.twice import paid_twice
from vbclang.source import Diagnostics


def prove(program: Program) -> Diagnostics:
    """What the contract allows and must not."""
    bounds = Bounds(program)
    return (*drawn(bounds), *paid_twice(bounds), *below_nothing(bounds), *out_of_reach(bounds))
