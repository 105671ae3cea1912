"""Figures of other periods and of several members: one line each and no deeper, for a chain of years would never end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from vbclang.core import nodes as n
from vbclang.engine.missing import Place
from vbclang.settle.explained.conditions import MOST_MEMBERS
from vbclang.settle.explained.steps import Sight, Step
from vbclang.types.kinds import Grain

InTime: TypeAlias = n.Prev | n.AtPeriod | n.Windowed | n.Coarsen


def periods(sight: Sight, node: InTime, place: Place) -> Iterator[Step]:
    """The operand in each period that is read."""
    for grain, period in _read(sight, node, place):
        there = Place(grain, period, place.members)
        name = node.operand.figure if isinstance(node.operand, n.Ref) else sight.said(node.operand.span)
        name = f"the {name}" if isinstance(node.operand, n.AmountOf) else name
        what = f"{name}{sight.for_whom(node.operand, place)} in {sight.label(grain, period)}"
        read = sight.evaluation.program.linked.get(name)
        yield Step(what, sight.words(node.operand, there), "", node.span if read is None else read.node.span)


def _read(sight: Sight, node: InTime, place: Place) -> Iterator[tuple[Grain, int]]:
    grid = sight.evaluation.program.grid
    match node:
        case n.Prev(grain=grain, back=back):
            earlier = sight.period_of(grain, place) - back
            yield from ((grain, earlier),) if earlier >= -sight.evaluation.reach(node.operand, grain) else ()
        case n.AtPeriod(grain=grain, index=index):
            there = range(-sight.evaluation.reach(node.operand, grain), grid.count(grain))
            yield from ((grain, index),) if index in there else ()
        case n.Coarsen(grain=grain):
            yield from ((grain, period) for period in grid.within(node.type.grain, sight.period(node, place), grain))
        case n.Windowed(grain=grain, count=int(count), which="last"):
            here = sight.period_of(grain, place)
            earliest = -sight.evaluation.reach(node.operand, grain)
            yield from ((grain, period) for period in range(max(earliest, here - count + 1), here + 1))
        case n.Windowed(grain=grain, count=int(count)):
            yield from ((grain, period) for period in range(min(count, grid.count(grain))))
        case n.Windowed(grain=grain, within=Grain() as coarser):
            here = sight.period_of(grain, place)
            first = grid.within(coarser, grid.containing(grain, here, coarser), grain)[0]
            yield from ((grain, period) for period in range(first, here + 1))
        case n.Windowed():
            yield node.type.grain, sight.period(node, place)


def members(sight: Sight, node: n.Over, place: Place, depth: int) -> Iterator[Step]:
    """The operand of each member; a portfolio of thousands explains itself by its number."""
    there = sight.evaluation.members(node.axis)
    if len(there) > MOST_MEMBERS:
        yield Step(f"over {len(there)} of {node.axis}", sight.words(node, place), "", node.span)
        return
    for member in range(len(there)):
        of_member = place.of(node.axis, member)
        if node.where is None or sight.read(node.where, of_member) is not False:
            yield from sight.below(node.operand, of_member, min(depth, 1))
