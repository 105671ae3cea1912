"""What has arrived of what the contract asks for: of each figure how many are there, unfit, or not reported, up to the last that came."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from vbclang.core.nodes import State
from vbclang.core.program import Program
from vbclang.data.facts import Facts, last_period
from vbclang.types.kinds import Grain

_MOST_NAMED = 6


@frozen
class Arrived:
    """One figure: how many of its periods (for all members) have a value, are unfit or are not reported; and the periods that lack some."""

    name: str
    reported: int
    unfit: int
    not_reported: int
    lacking: tuple[str, ...]
    """The first such periods, by name."""
    more_lacking: int


@frozen
class Quality:
    """Of all figures; ``to``: the last day of the last period of which anything has come (None: nothing has)."""

    to: date | None
    figures: tuple[Arrived, ...]


def quality(program: Program, facts: Facts) -> Quality:
    """What has arrived, of the measures and the columns that the contract uses."""
    groups = tuple(_groups(program))
    states = {name: (grain, _states(program, facts, keys, grain)) for name, grain, keys in groups}
    arrived = [(grain, last) for grain, column in states.values() if (last := last_period(column)) is not None]
    if not arrived:
        return Quality(None, tuple(Arrived(name, 0, 0, 0, (), 0) for name in states))
    finest = min(grain for grain, _ in arrived)
    to = max(program.grid.last_day(grain, last) for grain, last in arrived if grain == finest)
    return Quality(to, tuple(_arrived(program, name, grain, column, to) for name, (grain, column) in states.items()))


def _groups(program: Program) -> Iterator[tuple[str, Grain, tuple[tuple[str, ...], ...]]]:
    """Each figure, with the sets of inputs any of which is enough: itself, or its two parts."""
    counted: set[str] = set()
    for figure in program.worked_out:
        parts = () if figure.numerator is None or figure.denominator is None else (figure.numerator, figure.denominator)
        counted.update((figure.value, *parts))
        yield figure.name, program.inputs[figure.value].type.grain, ((figure.value,), *((parts,) if parts else ()))
    for key, declared in program.inputs.items():
        if key not in counted and declared.carried_out and not declared.told:
            yield declared.name, declared.type.grain, ((key,),)


def _states(program: Program, facts: Facts, ways: tuple[tuple[str, ...], ...], grain: Grain) -> NDArray[np.int8]:
    """By period and member, the best that any of the ways gives."""
    found = [column for way in ways if (column := _all_of(facts, way)) is not None]
    if not found:
        count = program.grid.count(grain) if grain < Grain.TERM else 1
        return np.full((count, 1), State.NOT_REPORTED, dtype=np.int8)
    best = found[0]
    for column in found[1:]:
        best = np.where(best == State.VALUE, best, np.where(column == State.NOT_REPORTED, best, column))
    return best.reshape(best.shape[0], -1)


def _all_of(facts: Facts, way: tuple[str, ...]) -> NDArray[np.int8] | None:
    columns = [facts.inputs[key].in_term for key in way if key in facts.inputs]
    if len(columns) < len(way):
        return None
    worst = columns[0]
    for column in columns[1:]:
        worst = np.where(worst == State.VALUE, column, worst)
    return worst


def _arrived(program: Program, name: str, grain: Grain, column: NDArray[np.int8], to: date) -> Arrived:
    places = [place for place in range(column.shape[0]) if grain >= Grain.TERM or program.grid.last_day(grain, place) <= to]
    column = column[places]
    lacking = [place for place in places if (column[place] != State.VALUE).any()]
    named = tuple("the term" if grain >= Grain.TERM else program.grid.period(grain, place).label for place in lacking[:_MOST_NAMED])
    value, unfit, missing = (int((column == state).sum()) for state in (State.VALUE, State.UNFIT, State.NOT_REPORTED))
    return Arrived(name, value, unfit, missing, named, len(lacking) - len(named))
