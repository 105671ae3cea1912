"""The rows that count where a period is cut short: none that is dated after the end (the semantics, 6.3).

What ends for a member of a list, or for one of the parties with each of whom there is a contract apart, cuts the figures of that member
short; those that are not told apart by members go on. A clause that survives, or that ends by itself, counts to an end of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import lcm

from attrs import evolve

from vbclang.core.nodes import Input
from vbclang.core.program import Flow, Program
from vbclang.core.walk import whole
from vbclang.data.facts import End, Facts, InputColumn, RowCounts, as_narrow_as_possible
from vbclang.settle.endings import Ending
from vbclang.types.kinds import Grain


def ends_of(program: Program, effects: Iterable[Ending], flow: Flow | None = None) -> frozenset[End]:
    """The ends by which rows are counted: of the contract, or of a clause that moves money, which may have others."""
    if flow is not None and flow.survives:
        return frozenset()
    targets = (None,) if flow is None else (None, flow.key)
    return all_ends(program, (each for each in effects if each.target in targets))


def all_ends(program: Program, effects: Iterable[Ending]) -> frozenset[End]:
    """The ends by which any clause's rows are counted."""
    last = program.grid.last_day(Grain.TERM, 0)
    return frozenset(End(each.day, each.members) for each in effects if each.day < last)


def counts_rows(program: Program, flow: Flow) -> bool:
    """Whether a clause rests on figures that are counted from rows, other than through the amounts of other clauses."""
    keys = {tally.key for tally in program.tallies}
    return any(isinstance(part, Input) and part.key in keys for root in flow.roots() for part in whole(program.figures, root))


def cut_short(program: Program, facts: Facts, ends: frozenset[End], arrived: Facts) -> Facts:
    """The facts without the rows that lie after these ends. ``arrived``: those with all rows."""
    if arrived.until is None or facts.ends == ends:
        return facts
    keys = [tally.key for tally in program.tallies if tally.key in arrived.inputs]
    inputs, rows = {**facts.inputs, **{key: arrived.inputs[key] for key in keys}}, {**facts.rows, **arrived.rows}
    for end in sorted(ends, key=lambda each: each.day, reverse=True):  # where several are about one member, the earliest is the last word
        then = arrived.until(end.day)
        for key in keys:
            axes = inputs[key].axes
            if {axis for axis, _ in end.members} <= set(axes):
                inputs[key] = _of_members(inputs[key], then.inputs[key], end)
                if key in rows:
                    rows[key] = _counts_of_members(rows[key], then.rows[key], end, axes)
    return evolve(facts, inputs=inputs, rows=rows, ends=ends)


def _of_members(column: InputColumn, then: InputColumn, end: End) -> InputColumn:
    """The column, with the figures of those for whom something ends as they are ``then``."""
    if not end.members:
        return then
    named = dict(end.members)
    at = (slice(None), *(named.get(axis, slice(None)) for axis in column.axes))
    denominator = lcm(column.denominator, then.denominator)
    numerators, states = column.numerators.astype(object) * (denominator // column.denominator), column.states.copy()
    numerators[at] = then.numerators.astype(object)[at] * (denominator // then.denominator)
    states[at] = then.states[at]
    return evolve(column, numerators=as_narrow_as_possible(numerators), denominator=denominator, states=states)


def _counts_of_members(rows: RowCounts, then: RowCounts, end: End, axes: tuple[str, ...]) -> RowCounts:
    """The same for how many rows there are; how many were delivered is told of all members together."""
    if not end.members:
        return then
    named = {1 + axes.index(axis): place for axis, place in end.members}
    others = {at: aside for at, aside in rows.set_aside.items() if any(at[n] != place for n, place in named.items())}
    theirs = {at: aside for at, aside in then.set_aside.items() if all(at[n] == place for n, place in named.items())}
    return RowCounts(rows.delivered, {**others, **theirs})
