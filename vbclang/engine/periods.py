"""Nodes that move in time: earlier periods, windows, finer periods, runs."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce
from typing import Literal, TypeAlias, assert_never

import numpy as np
from numpy.typing import NDArray

from vbclang.core.depth import Depths
from vbclang.core.nodes import (
    NOT_AMONG_REPORTED,
    AtPeriod,
    Coarsen,
    Cond,
    Expr,
    LastKnown,
    NextResult,
    Prev,
    PrevCond,
    Run,
    State,
    Windowed,
)
from vbclang.engine.clock import Clock, Frame
from vbclang.engine.column import Column, along_periods, at_periods
from vbclang.engine.domain import C, N
from vbclang.engine.reading import Reader, meet, plus, split
from vbclang.types.kinds import Grain

Window: TypeAlias = tuple[int, int]
"""The periods from the first place to before the second."""

_Aggregate: TypeAlias = Literal["total", "average", "lowest", "highest", "latest"]
_MISSING = frozenset({State.NOT_REPORTED, State.UNFIT, State.TOO_SMALL})


# -- one other period --------------------------------------------------------------------------------------------------


def prev(reader: Reader[N, C], node: Prev, frame: Frame) -> Column[N]:
    """The operand some periods earlier, or the initial figure."""

    def stretch(is_there: int, part: Frame) -> Column[N]:
        if is_there:
            return _earlier(reader, node.operand, node.grain, node.back, part)
        return reader.number(node.initial, part) if node.initial is not None else Column((), reader.domain.missing(State.NOT_REPORTED))

    there = reader.clock.containing(frame, node.grain) - node.back >= -reader.depths.reach(node.operand, node.grain)
    return split(reader.axes, frame, there.astype(np.int64), stretch)


def _earlier(reader: Reader[N, C], operand: Expr, grain: Grain, back: int, frame: Frame) -> Column[N]:
    covering = reader.clock.covering(frame, grain)
    read = Frame(grain, covering.first - back, covering.count)
    return at_periods(reader.number(operand, read), reader.clock.containing(frame, grain) - covering.first)


def prev_condition(reader: Reader[N, C], node: PrevCond, frame: Frame) -> Column[C]:
    """The condition some periods earlier; no before the first."""

    def stretch(is_there: int, part: Frame) -> Column[C]:
        if not is_there:
            return Column((), reader.domain.truth(np.zeros(1, dtype=np.bool_)))
        return reader.truth(node.operand, Frame(part.grain, part.first - node.back, part.count))

    first = -reader.depths.reach(node.operand, node.grain)
    there = np.array([period - node.back >= first for period in frame.periods], dtype=np.int64)
    return split(reader.axes, frame, there, stretch)


def at_period(reader: Reader[N, C], node: AtPeriod) -> Column[N]:
    """The operand in one stated period; not reported where the term has no such period."""
    if not -reader.depths.reach(node.operand, node.grain) <= node.index < reader.clock.count(node.grain):
        return Column((), reader.domain.missing(State.NOT_REPORTED))
    return reader.number(node.operand, Frame(node.grain, node.index, 1))


def last_known(reader: Reader[N, C], node: LastKnown, frame: Frame) -> Column[N]:
    """The operand or, where it is missing for one of the node's states, its latest earlier value."""
    periods = _all_until(reader, node.operand, frame)
    operand = reader.number(node.operand, periods)
    last = Column((), reader.domain.missing(State.NOT_REPORTED))
    found: list[tuple[Column[N], int]] = []
    for period in periods.periods:
        here = at_periods(operand, [period - periods.first])
        if period >= frame.first:
            found.append((_recovered(reader, here, node.states, last), 1))
        last = _recovered(reader, here, _MISSING, last)
    return along_periods(found, reader.axes)


def _all_until(reader: Reader[N, C], operand: Expr | Cond, frame: Frame) -> Frame:
    """All periods up to the last of the frame, those before the term too in which the operand is there."""
    first = min(frame.first, -reader.depths.reach(operand, frame.grain))
    return Frame(frame.grain, first, frame.first + frame.count - first)


def next_result(reader: Reader[N, C], node: NextResult, frame: Frame) -> Column[N]:
    """The operand or, where it is missing for one of the node's states, its earliest later value."""
    end = reader.clock.count(frame.grain)
    operand = reader.number(node.operand, Frame(frame.grain, frame.first, end - frame.first))
    later = at_periods(operand, [end - 1 - frame.first])
    found: list[tuple[Column[N], int]] = []
    for place in reversed(range(end - frame.first)):
        here = at_periods(operand, [place])
        if place < frame.count:
            found.append((_either(reader, here, node.states, later), 1))
        later = _either(reader, here, _MISSING, later)
    return along_periods(found[::-1], reader.axes)


def _either(reader: Reader[N, C], here: Column[N], states: frozenset[State], later: Column[N]) -> Column[N]:
    """The later figure where this one is missing for one of ``states``; but this one where the later one is missing too."""
    return _recovered(reader, _recovered(reader, here, states, later), _MISSING, here)


def _recovered(reader: Reader[N, C], a: Column[N], states: frozenset[State], instead: Column[N]) -> Column[N]:
    return meet(reader.axes, lambda x, y: reader.domain.recover(x, states, y), a, instead)


# -- windows -----------------------------------------------------------------------------------------------------------


def windowed(reader: Reader[N, C], node: Windowed, frame: Frame) -> Column[N]:
    """An aggregate over a window that belongs to each period; not reported where the window reaches beyond the term."""
    windows = [window(reader.clock, reader.depths, node, period) for period in frame.periods]

    def stretch(is_there: int, part: Frame) -> Column[N]:
        if not is_there:
            return Column((), reader.domain.missing(State.NOT_REPORTED))
        inside = [window for window in windows[part.first - frame.first :][: part.count] if window is not None]
        return _over_windows(reader, node, inside)

    there = np.array([window is not None for window in windows], dtype=np.int64)
    return split(reader.axes, frame, there, stretch)


def window(clock: Clock, depths: Depths, node: Windowed, period: int) -> Window | None:
    """The periods that belong to one; None where they reach beyond the term, and beyond what is there before it."""
    count, earliest = node.count or 1, -depths.reach(node.operand, node.grain)
    match node.which:
        case "to date":
            within = node.within or Grain.TERM
            place = int(clock.containing(Frame(node.grain, period, 1), within)[0])
            return clock.within(within, place, node.grain).start, period + 1
        case "last":
            return (max(earliest, period + 1 - count), period + 1) if node.fewer or period + 1 - count >= earliest else None
        case "first":
            there = clock.count(node.grain)
            return (0, min(count, there)) if node.fewer or there >= count else None
        case _:
            assert_never(node.which)


def coarsen(reader: Reader[N, C], node: Coarsen, frame: Frame) -> Column[N]:
    """An aggregate over the finer periods in each period."""
    inside = [reader.clock.within(frame.grain, period, node.grain) for period in frame.periods]
    return _over_windows(reader, node, [(periods.start, periods.stop) for periods in inside])


def _over_windows(reader: Reader[N, C], node: Windowed | Coarsen, windows: Sequence[Window]) -> Column[N]:
    start, stop = min(first for first, _ in windows), max(end for _, end in windows)
    read = reader.number(node.operand, Frame(node.grain, start, stop - start))
    if node.least_reported is not None:
        return _of_reported(reader, node.aggregate, node.least_reported, read, start, windows)
    if node.aggregate != "average":
        return _folded(reader, node.aggregate, read, start, windows)
    number = Column((), reader.domain.whole_numbers(np.array([end - first for first, end in windows], dtype=np.int64)))
    return _divided(reader, _folded(reader, "total", read, start, windows), number)


def _of_reported(
    reader: Reader[N, C], aggregate: _Aggregate, least: int, read: Column[N], start: int, windows: Sequence[Window]
) -> Column[N]:
    """What is not reported or too small is left out; what is unfit, or has a state to which no rule applies, makes the result so."""
    domain, axes = reader.domain, reader.axes
    none, one = (Column((), domain.constant(Fraction(value))) for value in (0, 1))
    there = Column(read.axes, domain.has_value(read.lanes))
    total = _folded(reader, "total", _recovered(reader, read, NOT_AMONG_REPORTED, none), start, windows)
    number = _folded(reader, "total", meet(axes, domain.choose, there, one, none), start, windows)
    match aggregate:
        case "total":
            found = total
        case "average":
            found = _divided(reader, total, meet(axes, lambda x, y: domain.extreme("greater", (x, y), False), number, one))
        case _:
            found = _folded(reader, aggregate, read, start, windows, reported=True)
    wanted = Column((), domain.constant(Fraction(max(least, 1))))
    enough = meet(axes, lambda x, y: domain.compare("<=", x, y), wanted, number)
    spoiled = Column(total.axes, domain.negated(domain.has_value(total.lanes)))
    missing = Column((), domain.missing(State.NOT_REPORTED))
    return meet(axes, domain.choose, meet(axes, domain.either, enough, spoiled), found, missing)


def _divided(reader: Reader[N, C], total: Column[N], number: Column[N]) -> Column[N]:
    return meet(reader.axes, lambda x, y: reader.domain.arith("/", x, y), total, number)


def _folded(
    reader: Reader[N, C], aggregate: _Aggregate, read: Column[N], start: int, windows: Sequence[Window], *, reported: bool = False
) -> Column[N]:
    """Each window's first period, then its second and so on, all windows at once. ``read``: the figures from the period ``start`` on."""
    sizes = np.array([end - first for first, end in windows], dtype=np.int64)
    found = Column((), reader.domain.missing(State.NOT_REPORTED))
    for step in range(int(sizes.max())):
        places = [min(first + step, end - 1) - start for first, end in windows]
        found = _with(reader, aggregate, found, at_periods(read, places), step, sizes > step, reported)
    return found


def _with(
    reader: Reader[N, C], aggregate: _Aggregate, found: Column[N], figure: Column[N], step: int, inside: NDArray[np.bool_], reported: bool
) -> Column[N]:
    domain, axes = reader.domain, reader.axes
    if step == 0 and aggregate != "latest":
        return figure
    taken = meet(axes, lambda x, y: _two(reader, aggregate, x, y, reported), found, figure)
    if inside.all():
        return taken
    return meet(axes, domain.choose, Column((), domain.truth(inside)), taken, found)


def _two(reader: Reader[N, C], aggregate: _Aggregate, found: N, figure: N, reported: bool) -> N:
    domain = reader.domain
    match aggregate:
        case "total" | "average":
            return domain.arith("+", found, figure)
        case "lowest":
            return domain.extreme("lesser", (found, figure), reported)
        case "highest":
            return domain.extreme("greater", (found, figure), reported)
        case "latest":
            return domain.recover(figure, _MISSING, found)
        case _:
            assert_never(aggregate)


# -- runs --------------------------------------------------------------------------------------------------------------


def run(reader: Reader[N, C], node: Run, frame: Frame) -> Column[C]:
    """Whether the condition holds in ``least`` of the last ``window`` periods or, where blanks are passed over, results."""
    by_row = node.blank == "are passed over" or node.restart is not None
    return _at_least(reader, node.least, (_rows if by_row else _shifted)(reader, node, frame))


def _shifted(reader: Reader[N, C], node: Run, frame: Frame) -> list[Column[C]]:
    """The condition in the periods of the frame, in those one earlier, and so on through the window; no where there is none."""
    earliest = _all_until(reader, node.operand, frame).first
    start = max(earliest, frame.first + 1 - node.window)
    read = Frame(frame.grain, start, frame.first + frame.count - start)
    there = _blanks_decided(reader, node, reader.truth(node.operand, read))
    whole = along_periods([(_no(reader), 1), (there, read.count)], reader.axes)
    periods = np.array(frame.periods)
    return [at_periods(whole, np.maximum(periods - back - start + 1, 0)) for back in range(node.window)]


def _blanks_decided(reader: Reader[N, C], node: Run, operand: Column[C]) -> Column[C]:
    blank = Column((), reader.domain.truth(np.array([node.blank == "count as failed"])))
    return meet(reader.axes, lambda x, y: reader.domain.recover_condition(x, _MISSING, y), operand, blank)


def _no(reader: Reader[N, C]) -> Column[C]:
    return Column((), reader.domain.truth(np.zeros(1, dtype=np.bool_)))


def _rows(reader: Reader[N, C], node: Run, frame: Frame) -> list[Column[C]]:
    """The latest results move through a row of places; a blank that is passed over moves nothing, and where counting starts again the row
    is emptied. Each place of the row, in the periods of the frame.
    """
    domain, no = reader.domain, _no(reader)
    periods = _all_until(reader, node.operand, frame)
    operand = reader.truth(node.operand, periods)
    if node.blank != "are passed over":
        operand = _blanks_decided(reader, node, operand)
    restart = None if node.restart is None else reader.truth(node.restart, periods)
    row = [no] * node.window
    found: list[list[Column[C]]] = []
    for period in periods.periods:
        here = at_periods(operand, [period - periods.first])
        known = Column(here.axes, domain.is_known(here.lanes))
        row = [meet(reader.axes, domain.choose_condition, known, new, old) for new, old in zip([here, *row], row, strict=False)]
        if restart is not None:
            again = at_periods(restart, [period - periods.first])
            row = [meet(reader.axes, domain.choose_condition, again, no, old) for old in row]
        if period >= frame.first:
            found.append(row)
    return [along_periods([(row[place], 1) for row in found], reader.axes) for place in range(node.window)]


def _at_least(reader: Reader[N, C], least: int, conditions: Sequence[Column[C]]) -> Column[C]:
    domain = reader.domain
    one, none = Column((), domain.constant(Fraction(1))), Column((), domain.constant(Fraction(0)))
    ones = [meet(reader.axes, domain.choose, condition, one, none) for condition in conditions]
    number = reduce(lambda a, b: plus(reader, a, b), ones)
    wanted = Column((), domain.constant(Fraction(least)))
    return meet(reader.axes, lambda x, y: domain.compare("<=", x, y), wanted, number)
