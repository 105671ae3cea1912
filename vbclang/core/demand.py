"""Of which periods a figure is wanted at all: what some amount of the contract reads, in a period that it is paid for.

An index that prices follow from the second year on is not wanted in the first. What could stand in for a missing figure is not wanted for
itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from vbclang.core import nodes as n
from vbclang.core.nodes import Cond, Expr
from vbclang.core.program import Program
from vbclang.core.unfold import Instance, Unfolded


def wanted_periods(program: Program) -> dict[Expr | Cond, set[int]]:
    """The periods in which each node is read for some amount; a node that none reads is not there."""
    unfolded = Unfolded(program.grid, program.figures, program.flows)
    waiting: list[Instance] = []
    for flow in program.flows.values():
        for period in range(program.grid.count(flow.grain)):
            waiting.extend(unfolded.amounts(flow, period))
    found: dict[Expr | Cond, set[int]] = {}
    while waiting:
        here = waiting.pop()
        node, _, period = here
        if period not in found.setdefault(node, set()):
            found[node].add(period)
            waiting.extend(_reads(unfolded, here))
    return found


def _reads(unfolded: Unfolded, instance: Instance) -> Iterator[Instance]:
    """What an instance is worked out from; of a figure that another period's may stand in for, that of its own period."""
    node, grain, period = instance
    match node:
        case n.LastKnown(operand=operand) | n.NextResult(operand=operand):
            yield unfolded.instance(operand, grain, period)
        case _:
            yield from unfolded.reads(instance)
