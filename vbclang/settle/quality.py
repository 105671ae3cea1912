"""What has arrived of what the contract asks for, up to the last that came: of each figure how many are there, too small, unfit, or not
reported; of rows how many are complete.

States are read from the columns that a settlement would read. What no amount wants is not lacking.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from vbclang.core import nodes as n
from vbclang.core.declared import RowFile
from vbclang.core.demand import wanted_periods
from vbclang.core.nodes import Cond, Expr, State
from vbclang.core.program import Figure, Program
from vbclang.data.arrived import Arrived as AllArrived
from vbclang.data.facts import Delivered, last_period
from vbclang.engine.evaluate import Evaluation, evaluate
from vbclang.types.kinds import Grain

_MOST_NAMED = 6


@frozen
class Arrived:
    """One figure: how many of its periods (for all members) have a value, are too small, unfit, or not reported; and the periods that lack
    some.
    """

    name: str
    reported: int
    too_small: int
    unfit: int
    not_reported: int
    lacking: tuple[str, ...]
    """The first such periods, by name."""
    more_lacking: int
    not_shown: int = 0
    """Those of which it is not shown whether they have a value."""


@frozen
class Complete:
    """The rows of one file: how many there are, how many of them have no blank that the contract minds, and which part of them must have
    none (None: not said). ``below``: the first periods in which fewer are complete, with their part. None: it is not shown.
    """

    name: str
    rows: int | None
    complete: int | None
    wanted: Fraction | None
    below: tuple[tuple[str, Fraction | None], ...]
    more_below: int


@frozen
class Quality:
    """Of all figures and files; ``to``: the last day of the last period of which anything has come (None: nothing has)."""

    to: date | None
    figures: tuple[Arrived, ...]
    rows: tuple[Complete, ...] = ()


@frozen
class QualityOf:
    """Of one contract. ``called``: by the contract that reads it (empty: it is the one that was asked about)."""

    contract: str
    called: str
    quality: Quality


def qualities(arrived: AllArrived, called: str = "") -> Iterator[QualityOf]:
    """What has arrived for a contract, then for each that it reads."""
    program = arrived.program
    yield QualityOf(program.name, called, quality(evaluate(program, arrived.facts())))
    for name, link in arrived.links.items():
        yield from qualities(link, f"{name} in {called}" if called else name)


def quality(evaluation: Evaluation) -> Quality:
    """What has arrived, of the measures and the columns that the contract uses."""
    evaluation = evaluation.shown
    program = evaluation.program
    asked = tuple(_asked(evaluation))
    arrived = [(each.grain, last) for each in asked if (last := last_period(each.states)) is not None]
    rows = tuple(_rows(evaluation))
    if not arrived:
        return Quality(None, tuple(Arrived(each.name, 0, 0, 0, 0, (), 0) for each in asked), rows)
    finest = min(grain for grain, _ in arrived)
    to = max(program.grid.last_day(grain, last) for grain, last in arrived if grain == finest)
    return Quality(to, tuple(_arrived(program, each, to) for each in asked), rows)


# -- figures -----------------------------------------------------------------------------------------------------------


@frozen(eq=False)
class _Asked:
    """A figure that the contract asks for: its states by period and member, and the periods in which it is wanted (None: in all)."""

    name: str
    grain: Grain
    states: NDArray[np.int8]
    wanted: frozenset[int] | None


def _asked(evaluation: Evaluation) -> Iterator[_Asked]:
    """Each measure that arrives or is counted, and each column of data besides."""
    program = evaluation.program
    wanted, counted = wanted_periods(program), set[str]()
    for measure in program.worked_out:
        counted.update(measure.keys)
        node = _before_rules(program.figures[measure.name])
        yield _Asked(measure.name, node.type.grain, evaluation.states(node), _wanted(wanted, program.figures[measure.name].body))
    counted.update(tally.key for tally in program.tallies)
    bodies = {figure.body.key: figure.body for figure in program.figures.values() if isinstance(figure.body, n.Input | n.InputFlag)}
    for key, declared in program.inputs.items():
        if key not in counted and not declared.told and declared.linked is None:
            periods = _wanted(wanted, bodies[key]) if key in bodies else None
            yield _Asked(declared.name, declared.type.grain, _states(evaluation, key), periods)


def _before_rules(figure: Figure) -> Expr | Cond:
    """A measure without what stands in for it: one that is not reported is lacking though an earlier one takes its place."""
    return figure.body.operand if isinstance(figure.body, n.LastKnown) else figure.body


def _wanted(wanted: Mapping[Expr | Cond, set[int]], body: Expr | Cond) -> frozenset[int] | None:
    return frozenset(wanted[body]) if body in wanted else None


def _states(evaluation: Evaluation, key: str) -> NDArray[np.int8]:
    column = evaluation.facts.inputs.get(key)
    if column is not None:
        return column.in_term.reshape(len(column.in_term), -1)
    grain = evaluation.program.inputs[key].type.grain
    count = evaluation.program.grid.count(grain) if grain < Grain.TERM else 1
    return np.full((count, 1), State.NOT_REPORTED, dtype=np.int8)


def _arrived(program: Program, asked: _Asked, to: date) -> Arrived:
    grain, grid = asked.grain, program.grid
    over = [place for place in range(len(asked.states)) if grain >= Grain.TERM or grid.last_day(grain, place) <= to]
    there = [place for place in over if (asked.states[place] != State.NOT_REPORTED).any()]
    places = [place for place in over if asked.wanted is None or place in asked.wanted or place in there]
    lacking = [place for place in places if not np.isin(asked.states[place], (State.VALUE, State.NOT_SHOWN)).all()]
    named = tuple("the term" if grain >= Grain.TERM else grid.period(grain, place).label for place in lacking[:_MOST_NAMED])
    of_state = {state: int((asked.states[places] == state).sum()) for state in State}
    return Arrived(
        asked.name,
        of_state[State.VALUE],
        of_state[State.TOO_SMALL],
        of_state[State.UNFIT],
        of_state[State.NOT_REPORTED],
        named,
        len(lacking) - len(named),
        of_state[State.NOT_SHOWN],
    )


# -- rows --------------------------------------------------------------------------------------------------------------


def _rows(evaluation: Evaluation) -> Iterator[Complete]:
    """Each file of rows, for each sort of period in which its rows are counted."""
    program, facts = evaluation.program, evaluation.facts
    for file in program.row_files:
        tallies = [tally for tally in program.tallies if tally.rows == file.name and tally.key in facts.rows]
        ways = {(program.inputs[tally.key].type.grain, tally.dated): tally.key for tally in reversed(tallies)}
        for grain, dated in sorted(ways):
            name = file.name if len(ways) == 1 else f"{file.name}, each {grain.words} by {dated}"
            found = _complete(program, file, name, grain, facts.rows[ways[grain, dated]].delivered)
            yield _shown(evaluation, file, found)


def _shown(evaluation: Evaluation, file: RowFile, found: Complete) -> Complete:
    """The same without what a count that is not shown could be worked out from."""
    keys = [key for key, unshown in evaluation.program.unshown.items() if unshown.data == file.name]
    columns = [column for key in keys if (column := evaluation.facts.inputs.get(key)) is not None]
    least = max((evaluation.program.unshown[key].least for key in keys), default=0)
    few = Delivered(found.rows or 0, found.complete or 0).is_few(least)
    if not keys or not (few or any((column.states == State.NOT_SHOWN).any() for column in columns)):
        return found
    return evolve(found, rows=None, complete=None, below=tuple((period, None) for period, _ in found.below))


def _complete(program: Program, file: RowFile, name: str, grain: Grain, delivered: Mapping[int, Delivered]) -> Complete:
    least = file.complete or Fraction(0)
    below = [(at, there) for at, there in sorted(delivered.items()) if there.complete < least * there.rows]
    named = tuple((_label(program, grain, at), Fraction(there.complete, there.rows)) for at, there in below[:_MOST_NAMED])
    rows, complete = sum(there.rows for there in delivered.values()), sum(there.complete for there in delivered.values())
    return Complete(name, rows, complete, file.complete, named, len(below) - len(named))


def _label(program: Program, grain: Grain, period: int) -> str:
    return "the term" if grain >= Grain.TERM else program.grid.period(grain, period).label
