"""What the data engine answered, by month and by the members' words -> columns, by period and member.

Months are added up to the periods of the measure, and members that a tally does not tell apart to one. A period is there up to the last in
which a row is dated: nobody knows of later ones that nothing happened in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import product
from math import ceil, floor
from typing import assert_never

from attrs import frozen

from vbclang.calendar.months import first_of
from vbclang.core.nodes import PercentileMethod, State
from vbclang.core.program import Member, Program, RowFile, RowTally
from vbclang.data.facts import InputColumn, column_of
from vbclang.data.members import places_of
from vbclang.data.rows.counted import Answer, Counted, Month, Question
from vbclang.types.kinds import Grain

Place = tuple[int, ...]
"""A period, and the members by their places."""


@frozen
class Decided:
    """What is known of whose rows are that others decide about: nothing for months after ``known_to`` (see `month_place`), and nothing that
    is fit for use in the months ``unfit``.
    """

    known_to: int
    unfit: frozenset[int]


def columns_of(
    program: Program, members: Mapping[str, tuple[Member, ...]], question: Question, answer: Answer, decided: Decided | None = None
) -> dict[str, InputColumn]:
    """The column of each tally, by its key. ``decided``: where other rows decide whose the rows are."""
    return {tally.key: _column(program, members, question, answer, tally, decided) for tally in question.tallies}


def _column(
    program: Program,
    members: Mapping[str, tuple[Member, ...]],
    question: Question,
    answer: Answer,
    tally: RowTally,
    decided: Decided | None,
) -> InputColumn:
    type_ = program.inputs[tally.key].type
    axes = tuple(axis for axis in program.axes if axis in type_.axes)
    sizes = tuple(len(members[axis]) for axis in axes)
    periods = program.grid.count(type_.grain) if type_.grain < Grain.TERM else 1
    words = [places_of(members[axis]) for axis in question.axes]
    kept = [place for place, axis in enumerate(question.axes) if axis in type_.axes]
    found: dict[Place, list[Counted]] = {}
    for (month, named), counted in answer.tallies[tally.key].items():
        at = (_period(program, type_.grain, month), *(words[place][named[place]] for place in kept))
        found.setdefault(at, []).append(counted)
    last = max((_period(program, type_.grain, month) for month in answer.months), default=-1)
    unfit = incomplete(program, question.file, answer.months, type_.grain)
    unknown: frozenset[int] = frozenset()
    if decided is not None:
        unfit |= {_period(program, type_.grain, month) for month in answer.months if month in decided.unfit}
        unknown = frozenset(_period(program, type_.grain, month) for month in answer.months if month > decided.known_to)
    cells: dict[Place, Fraction | State] = {}
    for place in product((at for at in range(last + 1) if at not in unknown), *map(range, sizes)):
        cells[place] = State.UNFIT if place[0] in unfit else _cell(tally, found.get(place, []))
    return column_of(axes, type_.grain, (periods, *sizes), cells)


def _period(program: Program, grain: Grain, month: int) -> int:
    if grain >= Grain.TERM:
        return 0
    index = program.grid.index_of(grain, max(first_of(month), program.grid.start))
    assert index is not None  # only rows of the term are counted
    return index


def incomplete(program: Program, file: RowFile, months: Mapping[int, Month], grain: Grain) -> frozenset[int]:
    """The periods in which more rows have a blank than the contract allows."""
    least = file.complete
    if least is None:
        return frozenset()
    rows: dict[int, tuple[int, int]] = {}
    for month, counted in months.items():
        at = _period(program, grain, month)
        delivered, complete = rows.get(at, (0, 0))
        rows[at] = delivered + counted.delivered, complete + counted.complete
    return frozenset(at for at, (delivered, complete) in rows.items() if complete < least * delivered)


def _cell(tally: RowTally, counted: Iterable[Counted]) -> Fraction | State:
    groups = tuple(counted)
    excluded, rows = sum(group.excluded for group in groups), sum(group.rows for group in groups)
    if tally.most_excluded is not None and excluded > tally.most_excluded * rows:
        return State.UNFIT
    values = [pair for group in groups for pair in group.values]
    match tally.aggregate:
        case "count" | "total":
            return sum((value for value, _ in values), Fraction(0))
        case "lowest":
            return min((value for value, _ in values), default=State.TOO_SMALL)
        case "highest":
            return max((value for value, _ in values), default=State.TOO_SMALL)
        case PercentileMethod() as method:
            return percentile(method, values) if values else State.TOO_SMALL
        case _:
            assert_never(tally.aggregate)


def percentile(method: PercentileMethod, values: Iterable[tuple[Fraction, int]]) -> Fraction:
    """The percentile of figures, each with how often it stands there."""
    counts: dict[Fraction, int] = {}
    for value, count in values:
        counts[value] = counts.get(value, 0) + count
    number = sum(counts.values())
    part = method.rank / 100
    match method.method:
        case "nearest rank":
            return _ranked(counts, max(1, ceil(part * number)))
        case "averaging at a step":
            exact = part * number
            if exact.denominator == 1 and 0 < exact < number:
                return (_ranked(counts, int(exact)) + _ranked(counts, int(exact) + 1)) / 2
            return _ranked(counts, max(1, ceil(exact)))
        case "interpolation":
            place = 1 + (number - 1) * part
            low = _ranked(counts, floor(place))
            return low + (place - floor(place)) * (_ranked(counts, min(number, floor(place) + 1)) - low)
        case _:
            assert_never(method.method)


def _ranked(counts: Mapping[Fraction, int], rank: int) -> Fraction:
    """The figure at a rank, from 1."""
    for value in sorted(counts):
        rank -= counts[value]
        if rank <= 0:
            return value
    raise IndexError(rank)
