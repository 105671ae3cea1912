"""The calculus once more, over intervals: between which bounds each figure of a program lies, in each period, by the contract alone.

Method: as the interpreter, but one place at a time and on intervals. What arrives may be anything in its declared domain, or missing. A
choice is what any of its sides can be that the condition leaves possible; what the calendar decides is decided. Each place is worked out
once; earlier periods before later ones, so that no recursion is deeper than one period. A member that is not named stands for any of them.

What it keeps true: in a contract that runs its whole term, every value that the engine can come to lies within these bounds.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import TypeAlias, assert_never

from attrs import evolve

from vbclang.calendar.aligned import counterpart
from vbclang.calendar.months import add_months
from vbclang.core import nodes as n
from vbclang.core.depth import Depths
from vbclang.core.due import data_due, flow_due
from vbclang.core.nodes import Cond, Expr, State
from vbclang.core.program import FromLinked, Program
from vbclang.core.record import EffectiveDate, LatenessOfData
from vbclang.engine.range import interval as i
from vbclang.engine.range import members, periods, pieces, truth
from vbclang.engine.range.flows import FlowBounds
from vbclang.engine.range.interval import Range
from vbclang.engine.range.place import Place
from vbclang.engine.range.truth import Possible
from vbclang.types import kinds
from vbclang.types.kinds import Grain

_NOT_REPORTED = frozenset({State.NOT_REPORTED})

Key: TypeAlias = tuple[n.CoreNode, Grain, int, tuple[tuple[str, int], ...]]


class Bounds:
    """The bounds of a program's figures, conditions and amounts. Nothing is worked out before it is asked for."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.depths = Depths(program.figures, program.inputs)
        self.flows = FlowBounds(self)
        self.links: dict[str, Bounds] = {}
        self._numbers: dict[Key, Range] = {}
        self._truths: dict[Key, Possible] = {}

    # -- where --------------------------------------------------------------------------------------------------------

    def count(self, grain: Grain) -> int:
        """How many periods of a grain there are."""
        return self.program.grid.count(grain)

    def containing(self, place: Place, coarser: Grain) -> int:
        """The period of ``coarser`` in which a place lies."""
        if coarser >= Grain.TERM or place.grain >= Grain.TERM:
            return 0
        return place.period if place.grain == coarser else self.program.grid.containing(place.grain, place.period, coarser)

    def earliest(self, node: Expr | Cond, grain: Grain) -> int:
        """The first period in which a node is there, below 0 where it has a history."""
        return -self.depths.reach(node, grain)

    def members_of(self, axis: str) -> int | None:
        """How many members an axis has; None where the data name them."""
        found = self.program.axes[axis]
        return None if found.open else len(found.members)

    # -- entry --------------------------------------------------------------------------------------------------------

    def figure(self, name: str, period: int = 0, named: Mapping[str, int] | None = None) -> Range:
        """The bounds of a named figure in a period of its own grain."""
        body = self.program.figures[name].body
        assert isinstance(body, Expr), f"{name} is a condition"
        return self.number(body, Place(body.type.grain, period, dict(named or {})))

    def number(self, node: Expr, place: Place) -> Range:
        """A figure at a place; of a coarser one, in its period that contains the place."""
        here, key = self.asked(node, place)
        if key not in self._numbers:
            self._numbers[key] = i.ANY.or_missing(i.MISSING)  # what rests on itself is not known
            self._numbers[key] = self._number(node, here)
        return self._numbers[key]

    def truth(self, node: Cond, place: Place) -> Possible:
        """A condition at a place."""
        here, key = self.asked(node, place)
        if key not in self._truths:
            self._truths[key] = Possible(True, True, i.MISSING)
            self._truths[key] = self._truth(node, here)
        return self._truths[key]

    def asked(self, node: Expr | Cond, place: Place) -> tuple[Place, Key]:
        """Where a node is read from a place: in its own period, by the members that it has. With what tells such readings apart."""
        own = node.type.grain
        here = evolve(place, grain=own, period=self.containing(place, own))
        axes = tuple((axis, here.members[axis]) for axis in sorted(node.type.axes) if axis in here.members)
        return here, (node, own, here.period, axes)

    # -- figures ------------------------------------------------------------------------------------------------------

    def _number(self, node: Expr, at: Place) -> Range:
        match node:
            case n.Const(value=value):
                return i.point(value)
            case n.Input(key=key):
                return self._input(key, at)
            case n.Ref(figure=name):
                body = self.program.figures[name].body
                assert isinstance(body, Expr)
                return self.number(body, at)
            case n.AmountOf(flow=key):
                return self.flows.amount(key, at)
            case n.Arith(sign=sign, left=left, right=right):
                how = {"+": i.add, "-": i.subtract, "*": i.multiply, "/": i.divide}[sign]
                return how(self.number(left, at), self.number(right, at))
            case n.Extreme():
                return self._extreme(node, at)
            case n.Round(operand=operand, unit=unit, direction=direction):
                return i.mapped(self.number(operand, at), lambda x: i.in_steps(x, unit, direction))
            case n.Ratio():
                return self._ratio(node, at)
            case n.Choose(condition=condition, then=then, otherwise=otherwise):
                return self._choice([(self.truth(condition, at), then)], otherwise, at, agreeing=False)
            case n.FirstOf(cases=cases, otherwise=otherwise):
                return self._choice([(self.truth(case.condition, at), case.value) for case in cases], otherwise, at, agreeing=True)
            case n.Piecewise() | n.Interpolate():
                return pieces.bands(self, node, at)
            case n.Recover(operand=operand, states=states, instead=instead):
                return recovered(self.number(operand, at), states, self.number(instead, at))
            case n.LastKnown() | n.NextResult() | n.Prev() | n.Windowed() | n.Coarsen() | n.AtPeriod():
                return periods.number(self, node, at)
            case n.MonthsBetween():
                return _months(node, self.number(node.start, at), self.number(node.end, at))
            case n.DateMoved():
                return i.mapped(self.number(node.operand, at), lambda day: _moved(node, day))
            case n.At() | n.Via() | n.ByMember() | n.SameMember() | n.Over():
                return members.number(self, node, at)
            case _:
                assert_never(node)

    def of_linked(self, contract: str) -> Bounds:
        """The bounds of a contract that this one reads."""
        if contract not in self.links:
            self.links[contract] = Bounds(self.program.links[contract])
        return self.links[contract]

    def there(self, read: FromLinked, at: Place) -> Place | None:
        """The place in the linked contract of a figure read at a place; None where that contract has no such period."""
        grain = read.node.type.grain
        period = counterpart(self.program.grid, self.program.links[read.contract].grid, grain, self.containing(at, grain))
        return None if period is None else Place(grain, period)

    def _input(self, key: str, at: Place) -> Range:
        if (read := self.program.linked.get(key)) is not None:
            place = self.there(read, at)
            return i.never(_NOT_REPORTED) if place is None else self.of_linked(read.contract).number(read.node, place)
        if key in self.program.held:
            return i.SHARE  # whether its last day passes without the figure: yes or no
        declared = self.program.inputs.get(key)
        if declared is None or at.period < -declared.history:
            return i.never(_NOT_REPORTED)
        told = self.program.told.get(key)
        if isinstance(told, LatenessOfData):
            return self._lateness(told, at).or_missing({State.NOT_REPORTED})
        lowest = self.program.grid.start.toordinal() if isinstance(told, EffectiveDate) else declared.lowest
        return i.between(lowest, declared.highest).or_missing(i.RULED)

    def _lateness(self, told: LatenessOfData, at: Place) -> Range:
        """No further than to the due day of the clause that reads it (the semantics, 2.9)."""
        flow = self.program.flows.get(told.flow)
        if flow is None or flow.grain != at.grain or at.grain >= Grain.TERM:
            return i.between(0, None)
        period = self.program.grid.period(at.grain, at.period)
        due, last = data_due(self.program, told.data, told.stage, period), flow_due(self.program, flow, period)
        return i.between(0, None) if due is None or last is None else i.between(0, max(0, (last - due).days))

    def _extreme(self, node: n.Extreme, at: Place) -> Range:
        found = [self.number(operand, at) for operand in node.operands]
        if not node.reported or all(each.surely_there for each in found):
            return self._all_of(node, found)
        none = frozenset() if any(each.surely_there for each in found) else frozenset({State.NOT_REPORTED})
        return i.hull(found).or_missing(none)  # of those reported alone, nobody knows which

    def _all_of(self, node: n.Extreme, found: list[Range]) -> Range:
        result = found[0]
        for each in found[1:]:
            result = (i.lesser if node.way == "lesser" else i.greater)(result, each)
        return result

    def _ratio(self, node: n.Ratio, at: Place) -> Range:
        top, bottom = self.number(node.numerator, at), self.number(node.denominator, at)
        if node.least is not None and node.least > 0:  # below that there is no value
            bottom = bottom.within(i.between(node.least, None))
        found = i.divide(top, bottom).or_missing({State.TOO_SMALL})
        return found.within(i.SHARE) if node.type.kind == kinds.SHARE else found  # of the rows, those for which something holds

    def _choice(self, cases: list[tuple[Possible, Expr]], otherwise: Expr, at: Place, *, agreeing: bool) -> Range:
        """The first that holds. Where a condition is unknown nothing comes of it or, ``agreeing``, what all that is left agree on."""
        could_be: list[Range] = []
        unknown: set[State] = set()
        for holds, value in cases:
            if holds.yes or (agreeing and holds.unknown):
                could_be.append(self.number(value, at))
            unknown |= holds.unknown
            if not holds.no and not (agreeing and holds.unknown):
                break
        else:
            could_be.append(self.number(otherwise, at))
        return i.hull(could_be).or_missing(unknown) if could_be else i.never(unknown)

    # -- conditions ---------------------------------------------------------------------------------------------------

    def _truth(self, node: Cond, at: Place) -> Possible:
        match node:
            case n.Truth(value=value):
                return truth.truth(value)
            case n.InputFlag(key=key):
                found = self._input(key, at)
                return Possible(found.there, found.there, found.states - i.THERE)
            case n.RefCondition(figure=name):
                body = self.program.figures[name].body
                assert isinstance(body, Cond)
                return self.truth(body, at)
            case n.Compare(sign=sign, left=left, right=right):
                return truth.compared(sign, self.number(left, at), self.number(right, at))
            case n.NotCond(operand=operand):
                return truth.negated(self.truth(operand, at))
            case n.AndCond(operands=operands):
                return truth.both(self.truth(operand, at) for operand in operands)
            case n.OrCond(operands=operands):
                return truth.either(self.truth(operand, at) for operand in operands)
            case n.IsReported(operand=operand):
                states = self.number(operand, at).states
                return Possible(State.VALUE in states, bool(states & i.RULED), states - i.RULED - i.THERE)
            case n.IsKnown(operand=operand):
                inside = self.truth(operand, at)
                return Possible(inside.yes or inside.no, bool(inside.unknown & i.RULED), inside.unknown - i.RULED)
            case n.RecoverCondition(operand=operand, states=states, instead=instead):
                return _recovered_condition(self.truth(operand, at), states, self.truth(instead, at))
            case n.DuringPeriods(grain=grain, first=first, last=last):
                return truth.truth(first <= self.containing(at, grain) <= last)
            case n.OverCond():
                return members.over_condition(self, node, at)
            case n.Run() | n.PrevCond():
                return periods.condition(self, node, at)
            case _:
                assert_never(node)


def recovered(a: Range, states: frozenset[State], instead: Range) -> Range:
    """``a``, but ``instead`` where it is missing for one of ``states``."""
    if not a.states & states:
        return a
    kept = Range(a.low, a.high, a.states - states)
    return i.hull([kept, instead]) if kept.states else instead


def _recovered_condition(a: Possible, states: frozenset[State], instead: Possible) -> Possible:
    if not a.unknown & states:
        return a
    return truth.one_of([Possible(a.yes, a.no, a.unknown - states), instead])


def _moved(node: n.DateMoved, day: Fraction) -> Fraction:
    if node.unit == "day":
        return day + node.count
    return Fraction(add_months(date.fromordinal(int(day)), node.count).toordinal())


def _months(node: n.MonthsBetween, start: Range, end: Range) -> Range:
    """The fewest from the latest start to the earliest end, the most the other way about."""
    fewest, most = _months_from(node, start.most, end.least), _months_from(node, start.least, end.most)
    return i.strict(i.between(fewest, most), start, end)


def _months_from(node: n.MonthsBetween, start: Fraction | None, end: Fraction | None) -> int | None:
    if start is None or end is None:
        return None
    if end < start:
        return -(_months_from(node, end, start) or 0)
    first, last, number = date.fromordinal(int(start)), date.fromordinal(int(end)), 0
    while add_months(first, number + 1) <= last:
        number += 1
    return number if node.complete or add_months(first, number) == last else number + 1
