"""Guarantees, checked on the data at hand: every period, every member. That is no proof, and is never called one."""

from __future__ import annotations

from itertools import product

from vbclang.core.nodes import State
from vbclang.core.program import Guarantee
from vbclang.engine.evaluate import Evaluation
from vbclang.settle.statement import GuaranteeFinding
from vbclang.types.kinds import Grain


def guarantees(evaluation: Evaluation) -> tuple[GuaranteeFinding, ...]:
    """How each guarantee of the contract fares on the data."""
    return tuple(_finding(evaluation, guarantee) for guarantee in evaluation.program.guarantees)


def _finding(evaluation: Evaluation, guarantee: Guarantee) -> GuaranteeFinding:
    held = open_ = 0
    broken: list[str] = []
    for label, holds in _instances(evaluation, guarantee):
        if isinstance(holds, State):
            open_ += 1
        elif holds:
            held += 1
        else:
            broken.append(label)
    return GuaranteeFinding(guarantee.name, held, tuple(broken), open_)


def _instances(evaluation: Evaluation, guarantee: Guarantee) -> list[tuple[str, bool | State]]:
    """Each period and member with whether the condition holds there; where what is assumed does not hold, it is passed over."""
    nodes = [guarantee.condition, *([guarantee.assuming] if guarantee.assuming is not None else [])]
    grain = min(node.type.grain for node in nodes)
    axes = sorted(frozenset[str]().union(*(node.type.axes for node in nodes)))
    grid = evaluation.program.grid
    periods = range(grid.count(grain)) if grain < Grain.TERM else range(1)
    columns = [(evaluation.node(node), node.type.grain) for node in nodes]
    found: list[tuple[str, bool | State]] = []
    for period in periods:
        for places in product(*(range(len(evaluation.members(axis))) for axis in axes)):
            members = dict(zip(axes, places, strict=True))
            read = [column.at(_place(evaluation, grain, period, own), members) for column, own in columns]
            if len(read) == 2 and read[1] is False:
                continue
            label = grid.period(grain, period).label if grain < Grain.TERM else "the term"
            worst = max((value for value in read if isinstance(value, State)), default=None)
            found.append((label, worst if worst is not None else bool(read[0])))
    return found


def _place(evaluation: Evaluation, grain: Grain, period: int, own: Grain) -> int:
    return evaluation.program.grid.containing(grain, period, own) if own < Grain.TERM else 0
