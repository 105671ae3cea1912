"""All that is proved of a contract that has no errors."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from attrs import evolve, fields

from vbclang.again import Ledger, Traces
from vbclang.core.program import Program
from vbclang.engine.range.bounds import Bounds
from vbclang.prove.drawn import drawn
from vbclang.prove.reach import out_of_reach
from vbclang.prove.signs import below_nothing
from vbclang.prove.twice import paid_twice
from vbclang.source import Diagnostic, Diagnostics


def prove(program: Program, traces: Traces | None = None) -> Diagnostics:
    """What the contract allows and must not. ``traces``: of the run before, with the same heading; then those of this run."""
    bounds = Bounds(program)
    return (*drawn(bounds), *paid_twice(bounds), *below_nothing(bounds), *_out_of_reach(program, traces))


def _out_of_reach(program: Program, traces: Traces | None) -> Iterator[Diagnostic]:
    """Of each clause by itself, as it takes longest."""
    ledger = Ledger(traces)
    noted = program if traces is None else _noted(ledger, program)
    for key in program.flows:
        yield from ledger.unit("reach", key, partial(out_of_reach, noted, key), lambda found: not found)
    ledger.hand_on(traces)


def _noted(ledger: Ledger, program: Program) -> Program:
    """The program, with notes of what is read of it."""
    held = {each.name: getattr(program, each.name) for each in fields(Program)}
    tables: Any = {name: ledger.table(name, value) for name, value in held.items() if isinstance(value, dict)}
    return evolve(program, **tables)
