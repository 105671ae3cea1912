"""What has been delivered by the day to which the record is read: of data whose deliveries are recorded, nothing else is known yet.

Data of which the record holds no delivery at all count as delivered with the file: nobody has begun to record them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import evolve

from vbclang.core.nodes import State
from vbclang.core.program import Program
from vbclang.data.facts import InputColumn
from vbclang.data.fed import keys_of
from vbclang.data.versions import Choice
from vbclang.types.kinds import Grain


def only_delivered(program: Program, columns: Mapping[str, InputColumn], choices: Mapping[str, Choice]) -> dict[str, InputColumn]:
    """The columns without the periods that have not been delivered: these are not reported. ``choices``: what counts of each data whose
    deliveries are recorded.
    """
    left = dict(columns)
    for name, choice in sorted(choices.items()):
        delivered = frozenset((choice.own, place) for place in choice.files if choice.own is not None)
        windows = _windows(program, name)
        for key in keys_of(program, name) & left.keys():
            left[key] = _masked(program, left[key], delivered, windows.get(key, left[key].grain))
    return left


def _windows(program: Program, name: str) -> dict[str, Grain]:
    """The windows over which rows of these data decide whose the rows are that feed an input."""
    decided = {
        rows.name: rows.attribution.window for rows in program.row_files if rows.attribution is not None and rows.attribution.by == name
    }
    return {tally.key: decided[tally.rows] for tally in program.tallies if tally.rows in decided}


def _masked(program: Program, column: InputColumn, delivered: frozenset[tuple[Grain, int]], whole: Grain) -> InputColumn:
    """The column in the periods of which all was delivered, and all of the period ``whole`` in which each lies where that is longer."""
    count, grain = column.states.shape[0] - column.before, max(column.grain, whole)
    places = (place if grain == column.grain else program.grid.containing(column.grain, place, grain) for place in range(count))
    return without(column, [at for at, place in enumerate(places) if not _is_delivered(program, grain, place, delivered)])


def without(column: InputColumn, places: Sequence[int]) -> InputColumn:
    """The column, not reported in these periods of the term."""
    if not places:
        return column
    states, numerators = column.states.copy(), column.numerators.copy()
    at = column.before + np.array(places)
    states[at], numerators[at] = State.NOT_REPORTED, 0
    return evolve(column, states=states, numerators=numerators)


def _is_delivered(program: Program, grain: Grain, place: int, delivered: frozenset[tuple[Grain, int]]) -> bool:
    """Whether all of a period was delivered: itself, the longer period that holds it, or all the shorter ones in it."""
    if grain >= Grain.TERM:
        return bool(delivered)
    by = {own for own, _ in delivered}
    if not by:
        return False
    own = min(by)
    if own >= Grain.TERM:
        return True
    grid = program.grid
    if own >= grain:
        return (own, grid.containing(grain, place, own)) in delivered
    return all((own, inside) in delivered for inside in grid.within(grain, place, own))
