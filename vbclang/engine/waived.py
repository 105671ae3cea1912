"""What waivers leave of amounts: they act after the limits, and what is waived has used its limit (the semantics, 4.5)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

import numpy as np

from vbclang.core.program import Flow
from vbclang.core.record import Entry, Record
from vbclang.engine.clock import Frame
from vbclang.engine.column import Column
from vbclang.engine.domain import C, N
from vbclang.engine.reading import Reader, meet


def less_waived(reader: Reader[N, C], flow: Flow, frame: Frame, limited: Column[N], record: Record) -> Column[N]:
    """The amounts of a flow after its limits, less what is waived of them: all, or so much; never more than there is."""
    places = {(flow.grain, period) for period in frame.periods}
    waivers = [entry for entry in record.of("waiver", flow.key) if entry.period in places]
    if flow.waived_by is None or not waivers:
        return limited
    domain, axes = reader.domain, reader.axes
    named = axes.in_order(axis for entry in waivers for axis, _ in entry.members)
    shape = (frame.count, *axes.shape(named))
    here = {
        place: [e for e in waivers if e.is_about((flow.grain, frame.first + place[0]), dict(zip(named, place[1:], strict=True)))]
        for place in np.ndindex(*shape)
    }
    sums = {place: _sum(entries) for place, entries in here.items()}
    unit = lcm(*(each.denominator for each in sums.values()))
    numbers, wholly = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.bool_)
    for place, entries in here.items():
        numbers[place], wholly[place] = int(sums[place] * unit), any(entry.amount is None for entry in entries)
    part = domain.ratio(domain.whole_numbers(numbers), domain.constant(Fraction(unit)), None)
    zero = Column((), domain.constant(Fraction(0)))
    # An amount goes one way or the other; towards nothing, and no further.
    left = meet(axes, lambda x, y, z: domain.extreme("greater", (domain.arith("-", x, y), z), False), limited, Column(named, part), zero)
    back = meet(axes, lambda x, y, z: domain.extreme("lesser", (domain.arith("+", x, y), z), False), limited, Column(named, part), zero)
    some = meet(axes, lambda x, y: domain.arith("+", x, y), left, back)
    none = meet(axes, lambda x: domain.arith("-", x, x), limited)
    return meet(axes, domain.choose, Column(named, domain.truth(wholly)), none, some)


def _sum(waivers: Sequence[Entry]) -> Fraction:
    return sum((entry.amount for entry in waivers if entry.amount is not None), Fraction(0))
