"""What a flow comes to, step by step, over the whole term."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise, product
from typing import TypeAlias

import numpy as np
from attrs import define, field, frozen

from vbclang.core.nodes import Cond, Expr, State
from vbclang.core.program import Bearer, Flow, Shares, in_order_of_working
from vbclang.data.facts import column_of
from vbclang.engine.clock import Frame
from vbclang.engine.column import Axes, Column, filled
from vbclang.engine.division import divided
from vbclang.engine.exact import ExactDomain
from vbclang.engine.interpret import Interpreter
from vbclang.engine.lanes import Numbers, Truths
from vbclang.engine.reading import minus
from vbclang.engine.series import ConditionSeries, NumberSeries, Series
from vbclang.engine.waived import less_waived

Place: TypeAlias = tuple[int, Mapping[str, int]]
"""A period, and the member of each axis by its place."""


@frozen(eq=False)
class FlowResult:
    """The steps of a flow in the order of working, each for every period of its grain.

    ``of``, ``earned`` (None: no such line), ``applies`` (None: always), ``worked`` (before rounding, pro rata done), ``rounded``,
    ``floored`` (not below), ``limited``: the amount after all limits, ``paid``: less what is waived, with its state where it is missing.
    ``cut``: what each of ``flow.limits`` took, in their written order. ``divided``: the parts, with the axis of the shares;
    ``undivided``: what no member bears and stays with the other party. ``below_zero``: the places where a flow that may not be negative
    came out below 0, before any limit (a fault; nothing is clamped).
    """

    flow: Flow
    of: NumberSeries
    earned: NumberSeries | None
    applies: ConditionSeries | None
    worked: NumberSeries
    rounded: NumberSeries
    floored: NumberSeries
    limited: NumberSeries
    paid: NumberSeries
    cut: tuple[NumberSeries, ...]
    divided: NumberSeries | None
    undivided: NumberSeries | None
    below_zero: tuple[Place, ...] = field(default=())


_Figure: TypeAlias = Fraction | State

ExactInterpreter: TypeAlias = Interpreter[Numbers, Truths]


def flow_result(interpreter: ExactInterpreter, key: str) -> FlowResult:
    """The result of one flow."""
    flow = interpreter.program.flows[key]
    frame = interpreter.clock.whole(flow.grain)
    steps = interpreter.flows.working(flow, frame)
    stages = interpreter.flows.after_each_limit(key, frame)
    limited = numbers(frame, stages[-1])
    paid = numbers(frame, less_waived(interpreter, flow, frame, stages[-1], interpreter.record))
    parts, rest = _divided(interpreter, flow, frame, paid) if flow.shares is not None else (None, None)
    return FlowResult(
        flow,
        numbers(frame, steps.of),
        numbers(frame, steps.earned) if steps.earned is not None else None,
        truths(frame, steps.applies) if steps.applies is not None and flow.applies is not None else None,
        numbers(frame, steps.worked),
        numbers(frame, steps.rounded),
        numbers(frame, steps.floored),
        limited,
        paid,
        _cuts(interpreter, flow, frame, stages),
        parts,
        rest,
        () if flow.signed else _below_zero(interpreter.axes, frame, steps.floored),
    )


def numbers(frame: Frame, column: Column[Numbers]) -> NumberSeries:
    """A column of figures as it is handed out."""
    return Series(column.axes, frame.grain, frame.first, column.lanes)


def truths(frame: Frame, column: Column[Truths]) -> ConditionSeries:
    """A column of conditions as it is handed out."""
    return Series(column.axes, frame.grain, frame.first, column.lanes)


def series_of(interpreter: ExactInterpreter, node: Expr | Cond, frame: Frame) -> NumberSeries | ConditionSeries:
    """Any node in the periods of a frame, as it is handed out."""
    if isinstance(node, Expr):
        return numbers(frame, interpreter.number(node, frame))
    return truths(frame, interpreter.truth(node, frame))


def _cuts(interpreter: ExactInterpreter, flow: Flow, frame: Frame, stages: list[Column[Numbers]]) -> tuple[NumberSeries, ...]:
    order = in_order_of_working(flow.limits)
    taken = [minus(interpreter, before, after) for before, after in pairwise(stages)]
    by_limit = {limit: numbers(frame, column) for limit, column in zip(order, taken, strict=True)}
    return tuple(by_limit[limit] for limit in flow.limits)


def _below_zero(axes: Axes, frame: Frame, amounts: Column[Numbers]) -> tuple[Place, ...]:
    lanes = filled(amounts, amounts.axes, frame.count, axes)
    below = (lanes.value.num < 0) & (lanes.state == State.VALUE)
    return tuple(
        (frame.first + int(place[0]), dict(zip(amounts.axes, (int(i) for i in place[1:]), strict=True))) for place in np.argwhere(below)
    )


# -- division ----------------------------------------------------------------------------------------------------------


@frozen(eq=False)
class _Division:
    """A flow's shares and limits as series, to be read place by place."""

    shares: tuple[NumberSeries, ...]
    gains: tuple[NumberSeries | None, ...]
    losses: tuple[NumberSeries | None, ...]
    bearer: Bearer
    unit: Fraction

    def at(self, amount: Fraction | State, period: int, members: Mapping[str, int]) -> tuple[tuple[_Figure, ...], _Figure]:
        """The members' parts of an amount and the rest; all missing, for the worst reason, where anything needed is. Unfit: shares below
        0, or that do not make 1.
        """
        shares = [share.at(period, members) for share in self.shares]
        bounds = self.losses if isinstance(amount, Fraction) and amount < 0 else self.gains
        limits = [limit.at(period, members) if limit is not None else None for limit in bounds]
        missing = max((figure for figure in (amount, *shares, *limits) if isinstance(figure, State)), default=None)
        if missing is not None or isinstance(amount, State):
            return (missing or State.NOT_REPORTED,) * len(shares), missing or State.NOT_REPORTED
        known = [share for share in shares if isinstance(share, Fraction)]
        if sum(known) != 1 or min(known) < 0:  # a division leaves nothing over: such shares are of no use
            return (State.UNFIT,) * len(shares), State.UNFIT
        parts, rest = divided(
            int(amount / self.unit),
            known,
            [max(0, limit // self.unit) if isinstance(limit, Fraction) else None for limit in limits],
            self.bearer,
        )
        return tuple(part * self.unit for part in parts), rest * self.unit


def _divided(interpreter: ExactInterpreter, flow: Flow, frame: Frame, amounts: NumberSeries) -> tuple[NumberSeries, NumberSeries]:
    """Where members have limits over several periods, what is divided is the total of the window so far: each amount's parts are what its
    total's parts add to those of the one before. So the limits hold of the totals, and no penny drifts.
    """
    shares = flow.shares
    assert shares is not None
    division = _division(interpreter, flow, shares, frame)
    series = (*division.shares, *division.gains, *division.losses)
    axes = interpreter.axes.in_order({*amounts.axes, *(a for s in series if s for a in s.axes)})
    sizes = interpreter.axes.shape(axes)
    windows = frame.periods if shares.window is None else interpreter.clock.containing(frame, shares.window)
    parts: dict[tuple[int, ...], Fraction | State] = {}
    rests: dict[tuple[int, ...], Fraction | State] = {}
    for place in product(*map(range, sizes)):
        members = dict(zip(axes, place, strict=True))
        so_far = _SoFar(division, members)
        for period in range(frame.count):
            if period and windows[period] != windows[period - 1]:
                so_far = _SoFar(division, members)
            found, rests[period, *place] = so_far.add(amounts.at(period, members), period)
            parts.update({(period, *place, member): part for member, part in enumerate(found)})
    shape = (frame.count, *sizes)
    return (
        _series((*axes, shares.axis), frame, (*shape, len(division.shares)), parts),
        _series(axes, frame, shape, rests),
    )


@define(eq=False)
class _SoFar:
    """The total of a window so far, and its parts."""

    division: _Division
    members: Mapping[str, int]
    total: Fraction = Fraction(0)
    parts: tuple[Fraction, ...] = ()
    rest: Fraction = Fraction(0)
    spoilt: State | None = None

    def add(self, amount: Fraction | State, period: int) -> tuple[tuple[_Figure, ...], _Figure]:
        """The parts of one amount more. One that is missing counts 0 until it comes; after one of which no rule speaks nothing is known."""
        if isinstance(amount, State) or self.spoilt is not None:
            self.spoilt = self.spoilt or (amount if isinstance(amount, State) and amount.is_unruled else None)
            return self.division.at(self.spoilt or amount, period, self.members)
        found, rest = self.division.at(self.total + amount, period, self.members)
        if isinstance(rest, State):
            return found, rest
        known = tuple(part for part in found if isinstance(part, Fraction))
        before, rest_before = self.parts or (Fraction(0),) * len(known), self.rest
        self.total, self.parts, self.rest = self.total + amount, known, rest
        return tuple(now - then for now, then in zip(known, before, strict=True)), rest - rest_before


def _division(interpreter: ExactInterpreter, flow: Flow, shares: Shares, frame: Frame) -> _Division:
    def read(node: Expr) -> NumberSeries:
        return numbers(frame, interpreter.number(node, frame))

    gains, losses = (tuple(read(limit) if limit is not None else None for limit in way) for way in (shares.gains, shares.losses))
    return _Division(tuple(read(share) for share in shares.members), gains, losses, shares.bearer, flow.unit)


def _series(axes: tuple[str, ...], frame: Frame, shape: tuple[int, ...], cells: Mapping[tuple[int, ...], Fraction | State]) -> NumberSeries:
    return Series(axes, frame.grain, frame.first, ExactDomain().given(column_of(axes, frame.grain, shape, cells)))
