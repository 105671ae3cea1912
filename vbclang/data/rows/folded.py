"""What the data engine answered, by month and by the members' words -> columns, by period and member.

Months are added up to the periods of the measure, and members that a tally does not tell apart to one. A period is there up to the last in
which a row is dated: nobody knows of later ones that nothing happened in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import product
from math import ceil, floor
from typing import TypeAlias, assert_never

from attrs import evolve, frozen

from vbclang.calendar.months import first_of, month_place
from vbclang.core.declared import RowFile, RowTally
from vbclang.core.nodes import PercentileMethod, State
from vbclang.core.program import Member, Program
from vbclang.data.facts import Delivered, InputColumn, RowCounts, SetAside, column_of
from vbclang.data.members import places_of
from vbclang.data.rows.counted import Answer, Counted
from vbclang.data.rows.question import Question
from vbclang.types.kinds import Grain

Members: TypeAlias = Mapping[str, tuple[Member, ...]]

Place: TypeAlias = tuple[int, ...]
"""A period, and the members by their places."""


@frozen
class Decided:
    """The months (see `month_place`) of which it is known whose the rows are that others decide about, and those of which what is known is
    unfit for use.
    """

    known: frozenset[int]
    unfit: frozenset[int]


def fed_by(
    program: Program, members: Members, question: Question, answer: Answer, decided: Decided | None = None
) -> tuple[dict[str, InputColumn], dict[str, RowCounts]]:
    """The column of each tally, and of how many rows it tells, by its key. ``decided``: where other rows decide whose the rows are."""
    columns: dict[str, InputColumn] = {}
    rows: dict[str, RowCounts] = {}
    for tally in question.tallies:
        grain = program.inputs[tally.key].type.grain
        own = answer if grain < Grain.TERM else _in_term(program, answer)
        found = _by_place(program, members, question, own, tally)
        columns[tally.key] = _column(program, members, question, own, tally, found, decided)
        rows[tally.key] = RowCounts(_delivered(program, own.months, grain), _set_aside(found))
    return columns, rows


def _in_term(program: Program, answer: Answer) -> Answer:
    """The answer without the months before the term, which is what a figure of the whole term is counted from."""
    first = month_place(program.grid.start)
    tallies = {key: {group: counted for group, counted in groups.items() if group[0] >= first} for key, groups in answer.tallies.items()}
    return evolve(answer, tallies=tallies, months={month: counted for month, counted in answer.months.items() if month >= first})


def _by_place(program: Program, members: Members, question: Question, answer: Answer, tally: RowTally) -> dict[Place, list[Counted]]:
    type_ = program.inputs[tally.key].type
    words = [places_of(members[axis]) for axis in question.axes]
    kept = [place for place, axis in enumerate(question.axes) if axis in type_.axes]
    found: dict[Place, list[Counted]] = {}
    for (month, named), counted in answer.tallies[tally.key].items():
        at = (_period(program, type_.grain, month), *(words[place][named[place]] for place in kept))
        found.setdefault(at, []).append(counted)
    return found


def _set_aside(found: Mapping[Place, Iterable[Counted]]) -> dict[Place, SetAside]:
    """The rows that do not count in full, at the places where there are any."""
    aside: dict[Place, SetAside] = {}
    for place, counted in found.items():
        groups = [(a.looked_at, a.excluded, a.left_out, a.blank) for a in (group.aside for group in counted)]
        added = SetAside(*(sum(part) for part in zip(*groups, strict=True)))
        if added.excluded or added.left_out or added.blank:
            aside[place] = added
    return aside


def _column(
    program: Program,
    members: Members,
    question: Question,
    answer: Answer,
    tally: RowTally,
    found: Mapping[Place, Iterable[Counted]],
    decided: Decided | None,
) -> InputColumn:
    type_ = program.inputs[tally.key].type
    axes = tuple(axis for axis in program.axes if axis in type_.axes)
    sizes = tuple(len(members[axis]) for axis in axes)
    before = program.inputs[tally.key].history
    periods = before + (program.grid.count(type_.grain) if type_.grain < Grain.TERM else 1)
    last = max((_period(program, type_.grain, month) for month in answer.months), default=-before - 1)
    if tally.aggregate == "completeness":
        return column_of(axes, type_.grain, (periods, *sizes), _completeness(program, answer, type_.grain, last), before)
    unfit = incomplete(program, question.file, answer.months, type_.grain)
    unknown: frozenset[int] = frozenset()
    if decided is not None:
        unfit |= {_period(program, type_.grain, month) for month in answer.months if month in decided.unfit}
        unknown = frozenset(_period(program, type_.grain, month) for month in answer.months if month not in decided.known)
    cells: dict[Place, Fraction | State] = {}
    for place in product((at for at in range(-before, last + 1) if at not in unknown), *map(range, sizes)):
        cells[place] = State.UNFIT if place[0] in unfit else _cell(tally, found.get(place, []))
    return column_of(axes, type_.grain, (periods, *sizes), cells, before)


def _period(program: Program, grain: Grain, month: int) -> int:
    if grain >= Grain.TERM:
        return 0
    first, start = first_of(month), program.grid.start
    return program.grid.place_of(grain, start if month == month_place(start) else first)


def incomplete(program: Program, file: RowFile, months: Mapping[int, Delivered], grain: Grain) -> frozenset[int]:
    """The periods in which more rows have a blank than the contract allows."""
    least = file.complete
    if least is None:
        return frozenset()
    return frozenset(at for at, delivered in _delivered(program, months, grain).items() if delivered.complete < least * delivered.rows)


def _delivered(program: Program, months: Mapping[int, Delivered], grain: Grain) -> dict[int, Delivered]:
    """The rows of each period, those of its months together."""
    found: dict[int, Delivered] = {}
    for month, counted in months.items():
        at = _period(program, grain, month)
        so_far = found.get(at, Delivered(0, 0))
        nobody = so_far.nobody + counted.nobody
        found[at] = Delivered(so_far.rows + counted.rows, so_far.complete + counted.complete, nobody)
    return found


def _completeness(program: Program, answer: Answer, grain: Grain, last: int) -> dict[Place, Fraction | State]:
    """Of no rows nobody can say how many are complete."""
    found = _delivered(program, answer.months, grain)
    counts = ((at, found.get(at, Delivered(0, 0))) for at in range(last + 1))
    return {(at,): Fraction(counted.complete, counted.rows) if counted.rows else State.TOO_SMALL for at, counted in counts}


def _cell(tally: RowTally, counted: Iterable[Counted]) -> Fraction | State:
    groups = tuple(counted)
    excluded, rows = sum(group.aside.excluded for group in groups), sum(group.aside.looked_at for group in groups)
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
        case "completeness":
            raise TypeError("how complete the rows are is known from the months")
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
