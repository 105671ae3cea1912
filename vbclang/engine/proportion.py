"""A limit that several flows share and that cuts them in proportion (the semantics, 4.3).

The flows are one as far as the limit goes: its running total is that of their sums, period by period, and what it leaves of a period is
divided among them by their amounts, to the penny: each part is rounded down, and the pennies left go one each to the largest remainders,
ties in the order named. No amount is below nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce
from typing import Literal

from vbclang.core.program import Flow, Limit
from vbclang.engine.clock import Frame
from vbclang.engine.column import Column
from vbclang.engine.domain import C, N
from vbclang.engine.reading import Reader, meet, minus, plus
from vbclang.engine.totals import counted, left, most, so_far


def in_proportion(reader: Reader[N, C], flow: Flow, limit: Limit, frame: Frame, amounts: Sequence[Column[N]]) -> Column[N]:
    """The flow's amounts after the limit. ``amounts``: those of all flows under it before it, in the order named."""
    place = limit.together.index(flow.key)
    parts = [counted(reader, each) for each in amounts]
    whole = _sum(reader, parts)
    unclear = [so_far(reader, limit, frame, each, reader.domain.unruled_so_far) for each in amounts]
    total = _sum(reader, [so_far(reader, limit, frame, whole, reader.domain.running), *unclear])
    part = _part(reader, flow, parts, whole, left(reader, limit, total, whole, most(reader, flow, limit, frame)), place)
    return meet(reader.axes, lambda x, y: reader.domain.choose(reader.domain.has_value(x), y, x), amounts[place], part)


def _sum(reader: Reader[N, C], columns: Sequence[Column[N]]) -> Column[N]:
    return reduce(lambda a, b: plus(reader, a, b), columns)


def _part(reader: Reader[N, C], flow: Flow, parts: Sequence[Column[N]], whole: Column[N], paid: Column[N], place: int) -> Column[N]:
    """The part of one of them in what is ``paid`` of all."""
    domain, axes = reader.domain, reader.axes
    zero, unit = Column((), domain.constant(Fraction(0))), Column((), domain.constant(flow.unit))

    def share(part: N, all_: N, rest: N, nothing: N, penny: N) -> N:
        divisor = domain.choose(domain.compare("==", all_, nothing), penny, all_)
        return domain.ratio(domain.arith("*", part, rest), divisor, None)

    exact = [meet(axes, share, part, whole, paid, zero, unit) for part in parts]
    down = [meet(axes, lambda x: domain.rounded(x, flow.unit, "down"), each) for each in exact]
    behind = [minus(reader, each, low) for each, low in zip(exact, down, strict=True)]
    pennies = minus(reader, paid, _sum(reader, down))
    ahead = [_penny_if(reader, "<" if k > place else "<=", behind[place], other, unit) for k, other in enumerate(behind) if k != place]
    own = _penny_if(reader, "<", _sum(reader, [zero, *ahead]), pennies, unit)
    return _sum(reader, [down[place], own])


def _penny_if(reader: Reader[N, C], sign: Literal["<", "<="], a: Column[N], b: Column[N], unit: Column[N]) -> Column[N]:
    """The smallest step of money where ``a`` is less than ``b`` (or equal to it), else nothing."""
    domain = reader.domain
    nothing = Column((), domain.constant(Fraction(0)))

    def chosen(x: N, y: N, penny: N, none: N) -> N:
        return domain.choose(domain.compare(sign, x, y), penny, none)

    return meet(reader.axes, chosen, a, b, unit, nothing)
