"""The one interpreter of the calculus: what each node means, over columns, in any number domain.

A node is evaluated in a *frame*: some consecutive periods of one grain. What is coarser than the frame is evaluated in the coarser
periods that contain it and then read from there. Only named figures are kept as whole columns; one that rests on its own earlier
periods grows period by period.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from fractions import Fraction
from typing import Any, Generic, TypeAlias, assert_never

import numpy as np

from vbclang.core import nodes as n
from vbclang.core.depth import Depths
from vbclang.core.nodes import Cond, Expr
from vbclang.core.program import Flow, Member, Program
from vbclang.data.facts import Facts, InputColumn, Overlay
from vbclang.engine import bands, members, periods
from vbclang.engine.arrivals import Arrivals
from vbclang.engine.calendar_choice import NO, OPEN, YES, decided, during
from vbclang.engine.clock import Clock, Frame
from vbclang.engine.column import Axes, Column, along_periods, at_member, at_periods
from vbclang.engine.domain import C, Domain, L, N
from vbclang.engine.flows import Flows
from vbclang.engine.graph import Name, Order
from vbclang.engine.reading import meet, split
from vbclang.engine.shelf import Entry, Shelf
from vbclang.engine.waived import less_waived

Overrides: TypeAlias = Mapping[str, InputColumn | Overlay]
"""Columns put in the place of figures or inputs, by their name or key."""


class Interpreter(Generic[N, C]):
    """A program over some facts in one domain. Nothing is worked out before it is asked for."""

    def __init__(
        self,
        program: Program,
        facts: Facts,
        domain: Domain[N, C],
        overrides: Overrides,
        standing: Mapping[str, Sequence[Interpreter[N, C] | None]],
    ) -> None:
        """``standing``: of flows whose figures stand as they were read earlier, the interpreter that read them, for each period
        (None: they are read anew).
        """
        self.program, self.domain, self.clock = program, domain, Clock(program.grid)
        self._members = {axis.name: facts.members.get(axis.name, axis.members) for axis in program.axes.values()}
        self.axes = Axes({name: len(found) for name, found in self._members.items()})
        self.record = facts.record
        self.owed: Interpreter[N, C] | None = None
        """What amounts are read from, where they are told and the figures behind them are not; None: from here."""
        self.due: Callable[[str, int, Mapping[str, int]], bool] | None = None
        """Where only amounts count that are due: whether that of a flow is, in a period and for some members. None: all count."""
        self.order = Order(program)
        self.depths = Depths(program.figures, program.inputs)
        self._numbers: Shelf[N] = Shelf(self.clock, self.axes)
        self._truths: Shelf[C] = Shelf(self.clock, self.axes)
        self._arrivals: Arrivals[N, C] = Arrivals(self, facts, overrides)
        stood = {key: [None if earlier is None else earlier.flows for earlier in every] for key, every in standing.items()}
        self.flows: Flows[N, C] = Flows(self, program.flows, self._numbers, self.order.recursive, facts.closed, stood)

    def members(self, axis: str) -> tuple[Member, ...]:
        """The members of an axis: those of the contract or, where it is open, those that the data name."""
        return self._members[axis]

    def take_over(self, other: Interpreter[N, C], names: AbstractSet[Name]) -> None:
        """What another interpreter has worked out of these names, which come to the same here."""
        figures = {name.key for name in names if not name.is_flow}
        flows = {name.key for name in names if name.is_flow}
        amounts = {shelved for key in flows for shelved in Flows.shelved(key)}
        self._numbers.take_over(other._numbers, figures | amounts)
        self._truths.take_over(other._truths, figures)
        self.flows.take_over(other.flows, flows)

    # -- named ---------------------------------------------------------------------------------------------------------

    def prepare(self, name: Name) -> None:
        """Works out what ``name`` rests on, the deepest first, so that no recursion is deeper than one figure."""
        for needed in self.order.before(name):
            if needed.is_flow:
                self.flows.amount(needed.key, self.clock.whole(self.program.flows[needed.key].grain))
            else:
                self.figure(needed.key, self.clock.whole(self.program.figures[needed.key].type.grain))

    def figure(self, name: str, frame: Frame) -> Column[Any]:
        """A named figure or condition in the periods of a frame."""
        return self._figure(name, frame) if is_number(self.program.figures[name].body) else self._condition(name, frame)

    def _figure(self, name: str, frame: Frame) -> Column[N]:
        figure = self.program.figures[name]

        def work(own: Frame) -> Column[N]:
            return self._arrivals.instead(name, own, lambda: self.number(figure.body, own))  # type: ignore[arg-type]

        return self._numbers.read(Entry(name, figure.type.grain, Name(name) in self.order.recursive, work), frame)

    def _condition(self, name: str, frame: Frame) -> Column[C]:
        figure = self.program.figures[name]

        def work(own: Frame) -> Column[C]:
            return self._arrivals.condition_instead(name, own, lambda: self.truth(figure.body, own))  # type: ignore[arg-type]

        return self._truths.read(Entry(name, figure.type.grain, Name(name) in self.order.recursive, work), frame)

    # -- figures -------------------------------------------------------------------------------------------------------

    def number(self, node: Expr, frame: Frame) -> Column[N]:
        """A figure in the periods of a frame."""
        if (halves := frame.halves) is not None:
            return along_periods([(self.number(node, half), half.count) for half in halves], self.axes)
        own = self.clock.in_grain(frame, node.type.grain)
        column = self._number(node, own)
        return column if own == frame else at_periods(column, self.clock.containing(frame, own.grain) - own.first)

    def _number(self, node: Expr, frame: Frame) -> Column[N]:
        match node:
            case n.Const(value=value):
                return Column((), self.domain.constant(value))
            case n.Input(key=key):
                return self._arrivals.input(key, frame)
            case n.Ref(figure=name):
                return self._figure(name, frame)
            case n.AmountOf(flow=key):
                return self._amount(key, frame)
            case n.Arith(sign=sign):
                return self._meet(lambda a, b: self.domain.arith(sign, a, b), frame, node.left, node.right)
            case n.Extreme(way=way, reported=reported):
                return self._meet(lambda *all_of: self.domain.extreme(way, all_of, reported), frame, *node.operands)
            case n.Round(unit=unit, direction=direction):
                return self._meet(lambda a: self.domain.rounded(a, unit, direction), frame, node.operand)
            case n.Ratio(least=least):
                return self._meet(lambda a, b: self.domain.ratio(a, b, least), frame, node.numerator, node.denominator)
            case n.MonthsBetween(complete=complete):
                return self._meet(lambda a, b: self.domain.months_between(a, b, complete), frame, node.start, node.end)
            case n.DateMoved():
                return self._meet(lambda a: self.domain.date_moved(a, node.count, node.unit), frame, node.operand)
            case n.Choose(condition=condition, then=then, otherwise=otherwise):
                return self._first_of([n.Case(condition, then)], otherwise, frame, self.domain.choose)
            case n.FirstOf(cases=cases, otherwise=otherwise):
                return self._first_of(cases, otherwise, frame, self.domain.choose_agreeing)
            case n.Piecewise():
                return bands.piecewise(self, node, frame)
            case n.Interpolate():
                return bands.interpolate(self, node, frame)
            case n.Recover(states=states):
                return self._meet(lambda a, b: self.domain.recover(a, states, b), frame, node.operand, node.instead)
            case n.LastKnown():
                return periods.last_known(self, node, frame)
            case n.NextResult():
                return periods.next_result(self, node, frame)
            case n.Prev():
                return periods.prev(self, node, frame)
            case n.Windowed():
                return periods.windowed(self, node, frame)
            case n.Coarsen():
                return periods.coarsen(self, node, frame)
            case n.AtPeriod():
                return periods.at_period(self, node)
            case n.At(operand=operand, axis=axis, member=member):
                return at_member(self.number(operand, frame), axis, member)
            case n.Via():
                return members.via(self, node, frame)
            case n.ByMember():
                return members.by_member(self, node, frame)
            case n.SameMember():
                return members.same_member(self, node)
            case n.Over():
                return members.over(self, node, frame)
            case _:
                assert_never(node)

    def _amount(self, key: str, frame: Frame) -> Column[N]:
        """What a flow comes to after waivers; 0 where only what is due counts, and it is not."""
        flows = (self.owed or self).flows
        amount = less_waived(self, self.program.flows[key], frame, flows.amount(key, frame), self.record)
        if self.due is None:
            return amount
        there = self._due(self.due, self.program.flows[key], frame)
        none = Column((), self.domain.constant(Fraction(0)))
        return meet(self.axes, self.domain.choose, there, amount, none)

    def _due(self, due: Callable[[str, int, Mapping[str, int]], bool], flow: Flow, frame: Frame) -> Column[C]:
        """Whether the amounts of a flow are due: of most the day is the same for all members."""
        named = self.axes.in_order(flow.axes) if flow.due_after is not None or flow.release is not None else ()
        found = np.zeros((frame.count, *self.axes.shape(named)), dtype=np.bool_)
        for place in np.ndindex(*found.shape):
            found[place] = due(flow.key, frame.first + place[0], dict(zip(named, place[1:], strict=True)))
        return Column(named, self.domain.truth(found))

    # -- conditions ----------------------------------------------------------------------------------------------------

    def truth(self, node: Cond, frame: Frame) -> Column[C]:
        """A condition in the periods of a frame."""
        if (halves := frame.halves) is not None:
            return along_periods([(self.truth(node, half), half.count) for half in halves], self.axes)
        own = self.clock.in_grain(frame, node.type.grain)
        column = self._truth(node, own)
        return column if own == frame else at_periods(column, self.clock.containing(frame, own.grain) - own.first)

    def _truth(self, node: Cond, frame: Frame) -> Column[C]:
        match node:
            case n.Truth(value=value):
                return Column((), self.domain.truth(np.array([value])))
            case n.InputFlag(key=key):
                return self._arrivals.flag(key, frame)
            case n.RefCondition(figure=name):
                return self._condition(name, frame)
            case n.Compare(sign=sign):
                return self._meet(lambda a, b: self.domain.compare(sign, a, b), frame, node.left, node.right)
            case n.NotCond():
                return self._meet_truths(self.domain.negated, frame, node.operand)
            case n.AndCond(operands=operands):
                return self._joined(node, operands, self.domain.both, frame)
            case n.OrCond(operands=operands):
                return self._joined(node, operands, self.domain.either, frame)
            case n.IsReported():
                return self._meet(self.domain.has_value, frame, node.operand)
            case n.IsKnown():
                return self._meet_truths(self.domain.is_known, frame, node.operand)
            case n.RecoverCondition(states=states):
                return self._meet_truths(lambda a, b: self.domain.recover_condition(a, states, b), frame, node.operand, node.instead)
            case n.OverCond():
                return members.over_condition(self, node, frame)
            case n.DuringPeriods():
                return Column((), self.domain.truth(during(self.clock, node, frame)))
            case n.Run():
                return periods.run(self, node, frame)
            case n.PrevCond():
                return periods.prev_condition(self, node, frame)
            case _:
                assert_never(node)

    def _joined(self, node: Cond, operands: tuple[Cond, ...], join: Callable[[C, C], C], frame: Frame) -> Column[C]:
        """And, or. Where the calendar alone decides, the operands are not read."""

        def stretch(answer: int, part: Frame) -> Column[C]:
            if answer != OPEN:
                return Column((), self.domain.truth(np.array([answer == YES])))
            found = self.truth(operands[0], part)
            for operand in operands[1:]:
                found = meet(self.axes, join, found, self.truth(operand, part))
            return found

        return split(self.axes, frame, decided(self.clock, node, frame), stretch)

    # -- choice --------------------------------------------------------------------------------------------------------

    def _first_of(self, cases: Sequence[n.Case], otherwise: Expr, frame: Frame, choose: Callable[[C, N, N], N]) -> Column[N]:
        """The first case that holds. A case that the calendar alone rules out is not read, nor what follows one that it rules in."""
        answers = np.array([decided(self.clock, case.condition, frame) for case in cases]).reshape(len(cases), frame.count)
        patterns, keys = np.unique(answers, axis=1, return_inverse=True)

        def stretch(key: int, part: Frame) -> Column[N]:
            left = [(case, answer) for case, answer in zip(cases, patterns[:, key], strict=True) if answer != NO]
            sure = next((place for place, (_, answer) in enumerate(left) if answer == YES), len(left))
            found = self.number(otherwise if sure == len(left) else left[sure][0].value, part)
            for case, _ in reversed(left[:sure]):
                found = meet(self.axes, choose, self.truth(case.condition, part), self.number(case.value, part), found)
            return found

        return split(self.axes, frame, keys.ravel(), stretch)

    # -- meeting -------------------------------------------------------------------------------------------------------

    def _meet(self, work: Callable[..., L], frame: Frame, *operands: Expr) -> Column[L]:
        return meet(self.axes, work, *(self.number(operand, frame) for operand in operands))

    def _meet_truths(self, work: Callable[..., C], frame: Frame, *operands: Cond) -> Column[C]:
        return meet(self.axes, work, *(self.truth(operand, frame) for operand in operands))


def is_number(node: Expr | Cond) -> bool:
    """Whether a node is a figure; else it is a condition."""
    return isinstance(node, Expr)
