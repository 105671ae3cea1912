"""All that is proved of a contract that has no errors."""

from __future__ import annotations

from vbclang.core.program import Program
from vbclang.prove.drawn import drawn
from vbclang.prove.twice import paid_twice
from vbclang.source import Diagnostics


def prove(program: Program) -> Diagnostics:
    """What the contract allows and must not."""
    return (*drawn(program), *paid_twice(program))
