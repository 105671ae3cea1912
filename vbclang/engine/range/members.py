"""Members over intervals: one of them, any of them, all of them together."""

from __future__ import annotations

from typing import assert_never

from attrs import frozen

from vbclang.core.nodes import At, ByMember, Expr, Over, OverCond, SameMember, State, Via
from vbclang.engine.range import interval as i
from vbclang.engine.range import truth
from vbclang.engine.range.interval import Range
from vbclang.engine.range.place import Place
from vbclang.engine.range.reading import Reader
from vbclang.engine.range.truth import Possible

_NOT_REPORTED = frozenset({State.NOT_REPORTED})


def number(reader: Reader, node: At | Via | ByMember | SameMember | Over, at: Place) -> Range:
    """A figure of members."""
    match node:
        case At(operand=operand, axis=axis, member=member):
            return reader.number(operand, at.of(axis, member))
        case Via(operand=operand, axis=axis, by=by):
            return _via(reader, operand, axis, reader.number(by, at), at)
        case ByMember(axis=axis, values=values):
            meant = values if axis not in at.members else (values[at.members[axis]],)
            return i.hull([i.never(_NOT_REPORTED) if value is None else reader.number(value, at) for value in meant])
        case SameMember(axis=axis):
            count = reader.members_of(axis)
            return i.point(at.members[axis]) if axis in at.members else i.between(0, None if count is None else count - 1)
        case Over():
            return _over(reader, node, at)
        case _:
            assert_never(node)


def _via(reader: Reader, operand: Expr, axis: str, by: Range, at: Place) -> Range:
    count = reader.members_of(axis)
    if count is None:
        return i.strict(reader.number(operand, at.of_any(axis)), by)
    named = [member for member in range(count) if by.there and by.low <= i.point(member).low <= by.high]
    return i.strict(i.hull([reader.number(operand, at.of(axis, member)) for member in named]), by) if named else i.never(by.states)


# -- all of them ---------------------------------------------------------------------------------------------------------


@frozen(eq=False)
class _Row:
    """A member: whether it is meant, its figure, its weight."""

    meant: Possible
    figure: Range
    weight: Range


def _over(reader: Reader, node: Over, at: Place) -> Range:
    rows = _rows(reader, node, at)
    if rows is None:
        return _of_any_number(_row(reader, node, at.of_any(node.axis), truth.EITHER), node)
    counted = [row for row in rows if (row.meant.yes and row.figure.there and row.weight.there)]
    states = frozenset().union(*(row.meant.unknown | row.figure.states | row.weight.states for row in rows)) - i.THERE
    return _aggregated(node, counted).or_missing(states | _none_left(node, rows))


def _rows(reader: Reader, node: Over, at: Place) -> list[_Row] | None:
    count = reader.members_of(node.axis)
    if count is None:
        return None
    own = at.members.get(node.axis) if node.other else None
    # Which of them lie in the group, or are the other ones, nobody knows unless it is said.
    open_ = truth.EITHER if node.into is not None or (node.other and own is None) else truth.YES
    return [_row(reader, node, at.of(node.axis, member), open_) for member in range(count) if member != own]


def _row(reader: Reader, node: Over, at: Place, meant: Possible) -> _Row:
    where = [] if node.where is None else [reader.truth(node.where, at)]
    # A member's own figures do not depend on the group for which they are taken together.
    here = at if node.into is None else at.of_any(node.into)
    asked = [meant, *where] if node.into is None or node.where is None else [meant, reader.truth(node.where, here)]
    unknown = frozenset() if node.by is None else reader.number(node.by, here).states - i.THERE
    both = truth.both(asked)
    weight = i.point(1) if node.weights is None else reader.number(node.weights, here)
    return _Row(Possible(both.yes, both.no, both.unknown | unknown), reader.number(node.operand, here), weight)


def _none_left(node: Over, rows: list[_Row]) -> frozenset[State]:
    """What it may be where nobody is left, or too few."""
    few = node.least_reported is not None or not any(row.meant.surely for row in rows)
    weighted = frozenset({State.TOO_SMALL}) if node.weights is not None else frozenset()
    return weighted | (_NOT_REPORTED if few else frozenset())


def _aggregated(node: Over, counted: list[_Row]) -> Range:
    surely = [
        row.meant.surely and (node.least_reported is None or (row.figure.surely_there and row.weight.surely_there)) for row in counted
    ]
    match node.aggregate:
        case "number":
            return i.between(sum(surely), len(counted))
        case "total":
            parts = (_there(row.figure) for row in counted)
            return i.total(part if sure else i.hull([part, i.NOTHING]) for part, sure in zip(parts, surely, strict=True))
        case _ if not counted:
            return i.never(_NOT_REPORTED)
        case "average" if any(row.weight.low < i.end(i.ZERO) for row in counted):
            return i.ANY
        case _:
            return _there(i.hull(row.figure for row in counted))


def _there(figure: Range) -> Range:
    return Range(figure.low, figure.high)


def _of_any_number(row: _Row, node: Over) -> Range:
    """Of members that the data will name: nobody knows how many."""
    states = (row.meant.unknown | row.figure.states | row.weight.states | i.MISSING) - i.UNRULED
    match node.aggregate:
        case "number":
            return i.between(0, None).or_missing(states)
        case "total":
            least, most = row.figure.low >= i.end(i.ZERO), row.figure.high <= i.end(i.ZERO)
            return Range(i.end(i.ZERO) if least else i.NO_LEAST, i.end(i.ZERO) if most else i.NO_MOST).or_missing(states)
        case _:
            return _aggregated(node, [row]).or_missing(states)


def over_condition(reader: Reader, node: OverCond, at: Place) -> Possible:
    """For every, or for any."""
    count = reader.members_of(node.axis)
    places = [at.of_any(node.axis)] if count is None else [at.of(node.axis, member) for member in range(count)]
    found = []
    for place in places:
        holds = reader.truth(node.operand, place)
        where = truth.YES if node.where is None else reader.truth(node.where, place)
        found.append(truth.either([truth.negated(where), holds]) if node.which == "each" else truth.both([where, holds]))
    result = truth.both(found) if node.which == "each" else truth.either(found)
    if count is None:  # there may be none of them
        return Possible(result.yes or node.which == "each", result.no or node.which == "any", result.unknown)
    return result
