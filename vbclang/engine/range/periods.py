"""Other periods over intervals: earlier ones, windows, finer ones, runs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

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
from vbclang.engine.range import interval as i
from vbclang.engine.range import truth
from vbclang.engine.range.interval import Range
from vbclang.engine.range.place import Place
from vbclang.engine.range.reading import Reader
from vbclang.engine.range.truth import Possible
from vbclang.types.kinds import Grain

_NOT_REPORTED = frozenset({State.NOT_REPORTED})


def number(reader: Reader, node: LastKnown | NextResult | Prev | Windowed | Coarsen | AtPeriod, at: Place) -> Range:
    """A figure of other periods."""
    match node:
        case Prev(operand=operand, grain=grain, back=back, initial=initial):
            earlier = reader.containing(at, grain) - back
            if earlier >= reader.earliest(operand, grain):
                return _all(reader, operand, grain, _until(reader, operand, grain, earlier, 1), at)[-1]
            return i.never(_NOT_REPORTED) if initial is None else reader.number(initial, at)
        case AtPeriod(operand=operand, grain=grain, index=index):
            if not reader.earliest(operand, grain) <= index < reader.count(grain):
                return i.never(_NOT_REPORTED)
            return reader.number(operand, at.in_period(grain, index))
        case LastKnown(operand=operand, states=states):
            return _stood_in(_all(reader, operand, at.grain, _until(reader, operand, at.grain, at.period, 1), at)[::-1], states)
        case NextResult(operand=operand, states=states):
            return _stood_in(_all(reader, operand, at.grain, range(at.period, reader.count(at.grain)), at), states)
        case Coarsen(aggregate=aggregate, operand=operand, grain=grain):
            inside = range(reader.count(grain)) if at.grain >= Grain.TERM else reader.program.grid.within(at.grain, at.period, grain)
            return _together(aggregate, _all(reader, operand, grain, inside, at), node.least_reported)
        case Windowed(aggregate=aggregate, operand=operand, grain=grain):
            window = _window(reader, node, at)
            return (
                i.never(_NOT_REPORTED)
                if not window
                else _together(aggregate, _all(reader, operand, grain, window, at), node.least_reported)
            )
        case _:
            assert_never(node)


_ANY_TIME = -1_000
"""What is there earlier than this rests on the calendar alone, for which all periods before the term are alike."""


def _until(reader: Reader, operand: Expr | Cond, grain: Grain, last: int, needed: int) -> range:
    """All periods in which it is there, up to one; of what is always there no more before the term than are ``needed``."""
    earliest = reader.earliest(operand, grain)
    return range(earliest if earliest > _ANY_TIME else min(-needed, last), last + 1)


def _all(reader: Reader, operand: Expr, grain: Grain, inside: Iterable[int], at: Place) -> list[Range]:
    """In the order of time, so that what rests on its own earlier periods finds them there."""
    return [reader.number(operand, at.in_period(grain, period)) for period in inside]


def _stood_in(found: list[Range], states: frozenset[State]) -> Range:
    """The first, or one of those after it where it is missing for one of ``states``."""
    first, others = found[0], found[1:]
    if not first.states & states:
        return first
    kept = Range(first.low, first.high, first.states - states)
    return i.hull([kept, *others]).or_missing((first.states & states) | _NOT_REPORTED)


def _window(reader: Reader, node: Windowed, at: Place) -> range:
    """Its periods; none where they reach beyond what is there."""
    operand, grain, count = node.operand, node.grain, node.count or 1
    earliest, there = reader.earliest(operand, grain), reader.count(grain)
    if node.which == "to date":
        within = node.within or Grain.TERM
        if within >= Grain.TERM:
            return range(at.period + 1)
        return range(reader.program.grid.within(within, reader.containing(at, within), grain).start, at.period + 1)
    first = 0 if node.which == "first" else at.period + 1 - count
    stop = count if node.which == "first" else at.period + 1
    cut = range(max(first, earliest), min(stop, there))
    return cut if node.fewer or len(cut) == count else range(0)


def _together(aggregate: str, found: list[Range], least: int | None) -> Range:
    if least is not None:
        return _of_reported(aggregate, found, least)
    match aggregate:
        case "total":
            return i.total(found)
        case "average":
            return i.divide(i.total(found), i.point(len(found)))
        case "latest":
            return i.hull(found).or_missing(_NOT_REPORTED)
        case _:
            result = found[0]
            for each in found[1:]:
                result = (i.lesser if aggregate == "lowest" else i.greater)(result, each)
            return result


def _of_reported(aggregate: str, found: list[Range], least: int) -> Range:
    """What may be not reported, or too small, may be left out."""
    surely = sum(each.surely_there for each in found)
    states = frozenset[State]().union(*(each.states for each in found)) - i.THERE - NOT_AMONG_REPORTED
    few = _NOT_REPORTED if surely < max(least, 1) else frozenset[State]()
    known = [(Range(each.low, each.high), each.surely_there) for each in found if each.there]
    if not known:
        return i.never(states | _NOT_REPORTED)
    if aggregate == "total":
        return i.total(part if sure else i.hull([part, i.NOTHING]) for part, sure in known).or_missing(states | few)
    return i.hull(part for part, _ in known).or_missing(states | few)


# -- conditions ----------------------------------------------------------------------------------------------------------


def condition(reader: Reader, node: Run | PrevCond, at: Place) -> Possible:
    """A condition of other periods."""
    if isinstance(node, PrevCond):
        earlier = at.period - node.back
        if earlier < reader.earliest(node.operand, node.grain):
            return truth.NO
        return _conditions(reader, node.operand, node.grain, _until(reader, node.operand, node.grain, earlier, 1), at)[-1]
    inside = _until(reader, node.operand, node.grain, at.period, node.window)
    found = _conditions(reader, node.operand, node.grain, inside, at)
    if node.blank == "are passed over":
        sure = 0
    else:
        found = [_blank(each, node.blank == "count as failed") for each in found[-node.window :]]
        sure = sum(each.surely for each in found)
    can_be = sum(each.yes for each in found)
    again = Possible(False, True) if node.restart is None else truth.one_of(_conditions(reader, node.restart, node.grain, inside, at))
    unknown = frozenset().union(*(each.unknown for each in found), again.unknown) - (i.RULED if node.restart is None else frozenset())
    return Possible(can_be >= node.least, sure < node.least or again.yes, unknown)


def _blank(each: Possible, failed: bool) -> Possible:
    """What a period without a result counts as."""
    blank = bool(each.unknown & i.RULED)
    return Possible(each.yes or (blank and failed), each.no or (blank and not failed), each.unknown - i.RULED)


def _conditions(reader: Reader, operand: Cond, grain: Grain, inside: Iterable[int], at: Place) -> list[Possible]:
    return [reader.truth(operand, at.in_period(grain, period)) for period in inside]
