"""Rounding to the penny: each amount by itself, or with what rounding has left over so far (the semantics, 4.1 and 4.7).

Carried forward, what is rounded is the total of the clause since the term began, and each amount becomes what its total adds to the one
before. So all amounts together are at all times what is worked out, rounded once: no penny drifts, however many there are. A missing amount
counts 0 and stays missing; after one of which no rule speaks none is determined.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np

from vbclang.core.nodes import State
from vbclang.core.program import Flow
from vbclang.engine.clock import Frame
from vbclang.engine.column import Column, at_periods, filled
from vbclang.engine.domain import C, Domain, N
from vbclang.engine.reading import Reader, meet, minus, plus

_MISSING = frozenset(State) - {State.VALUE}


def to_the_penny(reader: Reader[N, C], flow: Flow, frame: Frame, worked: Column[N], before: Callable[[Frame], Column[N]]) -> Column[N]:
    """What is ``worked`` out in the periods of a frame, rounded; ``before`` works it out in others."""
    if not flow.carries_rounding:
        return meet(reader.axes, lambda x: _rounded(reader.domain, flow, x), worked)
    since_start = Frame(frame.grain, 0, frame.first + frame.count)
    amounts = worked if frame.first == 0 else before(since_start)
    return at_periods(_with_the_rest(reader, flow, since_start.count, amounts), frame.periods)


def _with_the_rest(reader: Reader[N, C], flow: Flow, count: int, amounts: Column[N]) -> Column[N]:
    domain, axes, starts = reader.domain, reader.axes, np.zeros(count, dtype=np.int64)
    zero = Column((), domain.constant(Fraction(0)))
    in_full = Column(amounts.axes, filled(amounts, amounts.axes, count, axes))
    counted = meet(axes, lambda x, y: domain.recover(x, _MISSING, y), in_full, zero)
    unclear = Column(in_full.axes, domain.unruled_so_far(in_full.lanes, starts))
    total = plus(reader, Column(counted.axes, domain.running(counted.lanes, starts)), unclear)
    earlier = minus(reader, total, counted)
    adds = meet(axes, lambda x, y: domain.arith("-", _rounded(domain, flow, x), _rounded(domain, flow, y)), total, earlier)
    return meet(axes, lambda x, y: domain.choose(domain.has_value(x), y, x), in_full, adds)


def _rounded(domain: Domain[N, C], flow: Flow, amount: N) -> N:
    return domain.rounded(amount, flow.unit, flow.direction)
