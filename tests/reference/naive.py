"""The calculus a second time: recursive, one figure at one place, on fractions. Written from the docstrings of the nodes and the
semantics alone; slow, and without any column. What the engine says must be what this says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Any

from vbclang.calendar.months import add_months
from vbclang.core import nodes as n
from vbclang.core.depth import Depths
from vbclang.core.nodes import State
from vbclang.core.program import Flow, Program
from vbclang.data.facts import Facts
from vbclang.types.kinds import Grain

Value = Fraction | State
Kleene = bool | State
Where = tuple[Grain, int, Mapping[str, int]]
ZERO = Fraction(0)
NOTHING = State.NOT_REPORTED


def worst(*values: Any) -> State | None:
    """The worst reason among some values; None where all are there."""
    return max((v for v in values if isinstance(v, State)), default=None)


def unruled(value: Any) -> bool:
    """Whether no rule for missing figures applies."""
    return isinstance(value, State) and value >= State.NO_BAND


class Naive:
    def __init__(self, program: Program, facts: Facts) -> None:
        self.program, self.facts, self.memo = program, facts, {}
        self.depths = Depths(program.figures, program.inputs)

    def earliest(self, node: Any, grain: Grain) -> int:
        """The place of the first period in which the node is there, before the term too where it has a history."""
        return -self.depths.reach(node, grain)

    def sizes(self, axis: str) -> int:
        return len(self.program.axes[axis].members)

    def count(self, grain: Grain) -> int:
        return self.program.grid.count(grain) if grain < Grain.TERM else 1

    def containing(self, grain: Grain, period: int, coarser: Grain) -> int:
        if coarser >= Grain.TERM:
            return 0
        return self.program.grid.containing(grain, period, coarser) if grain != coarser else period

    def within(self, grain: Grain, period: int, finer: Grain) -> range:
        return range(self.count(finer)) if grain >= Grain.TERM else self.program.grid.within(grain, period, finer)

    # -- entry ---------------------------------------------------------------------------------------------------------

    def at(self, node: Any, grain: Grain, period: int, members: Mapping[str, int]) -> Any:
        """``node`` in a period of ``grain``; of a coarser node, in the coarser period that contains it."""
        own = node.type.grain
        where = (own, self.containing(grain, period, own))
        key = (node, where, tuple(sorted((a, members[a]) for a in node.type.axes)))
        if key not in self.memo:
            self.memo[key] = getattr(self, "_" + type(node).__name__)(node, (*where, members))
        return self.memo[key]

    def read(self, node: Any, w: Where) -> Any:
        return self.at(node, *w)

    # -- leaves --------------------------------------------------------------------------------------------------------

    def _Const(self, node: n.Const, _: Where) -> Value:
        return node.value

    def _Input(self, node: n.Input | n.InputFlag, w: Where) -> Value:
        column = self.facts.inputs.get(node.key)
        if column is None:
            return NOTHING
        if w[1] + column.before < 0:
            return NOTHING
        place = (w[1] + column.before, *(w[2][axis] for axis in column.axes))
        state = State(int(column.states[place]))
        return Fraction(int(column.numerators[place]), column.denominator) if state == State.VALUE else state

    def _InputFlag(self, node: n.InputFlag, w: Where) -> Kleene:
        value = self._Input(node, w)
        return value if isinstance(value, State) else value == 1

    def _Ref(self, node: n.Ref | n.RefCondition, w: Where) -> Any:
        return self.read(self.program.figures[node.figure].body, w)

    _RefCondition = _Ref

    def _AmountOf(self, node: n.AmountOf, w: Where) -> Value:
        return self.amount(self.program.flows[node.flow], w[1], w[2])

    # -- arithmetic ----------------------------------------------------------------------------------------------------

    def _Arith(self, node: n.Arith, w: Where) -> Value:
        return arith(node.sign, self.read(node.left, w), self.read(node.right, w))

    def _Extreme(self, node: n.Extreme, w: Where) -> Value:
        values = [self.read(o, w) for o in node.operands]
        if node.reported:
            values = [v for v in values if v not in (State.NOT_REPORTED, State.TOO_SMALL) or isinstance(v, Fraction)]
            if not values:
                return NOTHING
        return strict(lambda *v: min(v) if node.way == "lesser" else max(v), *values)

    def _Round(self, node: n.Round, w: Where) -> Value:
        return strict(lambda x: in_steps(x, node.unit, node.direction), self.read(node.operand, w))

    def _Ratio(self, node: n.Ratio, w: Where) -> Value:
        least = node.least or 0
        return strict(lambda x, y: State.TOO_SMALL if y == 0 or (node.least is not None and y < least) else x / y,
                      self.read(node.numerator, w), self.read(node.denominator, w))  # fmt: skip

    def _MonthsBetween(self, node: n.MonthsBetween, w: Where) -> Value:
        return strict(lambda a, b: months(a, b, node.complete), self.read(node.start, w), self.read(node.end, w))

    def _DateMoved(self, node: n.DateMoved, w: Where) -> Value:
        return strict(lambda a: Fraction(moved(int(a), node.count, node.unit)), self.read(node.operand, w))

    # -- choice --------------------------------------------------------------------------------------------------------

    def _Choose(self, node: n.Choose, w: Where) -> Value:
        condition = self.read(node.condition, w)
        if isinstance(condition, State):
            return condition
        return self.read(node.then if condition else node.otherwise, w)

    def _FirstOf(self, node: n.FirstOf, w: Where) -> Value:
        reasons, could_be = [], []
        for condition, value in [
            *((c.condition, c.value) for c in node.cases),
            (n.Truth(node.otherwise.type, node.span, True), node.otherwise),
        ]:
            holds = self.read(condition, w)
            if holds is False:
                continue
            could_be.append(self.read(value, w))
            if holds is True:
                break
            reasons.append(holds)
        if not reasons or (worst(*could_be) is None and len(set(could_be)) == 1):
            return could_be[0]
        return reasons[0]

    def _Piecewise(self, node: n.Piecewise, w: Where) -> Value:
        subject = self.read(node.subject, w)
        if node.slices_from is not None:
            return self._slices(node, subject, w)
        bounds = [bound for piece in node.pieces for bound in (piece.low, piece.high) if bound is not None]
        may_cross = not all(isinstance(bound, n.Const) for bound in bounds)
        for place, piece in enumerate(node.pieces):
            inside = self._in_band(piece, subject, w)
            if isinstance(inside, State):
                return inside
            if inside and may_cross and any(self._in_band(other, subject, w) is True for other in node.pieces[place + 1 :]):
                return State.NO_BAND
            if inside:
                return self._result(piece.result, subject, w)
        if node.otherwise is not None:
            return self._result(node.otherwise, subject, w)
        return subject if isinstance(subject, State) else State.NO_BAND

    def _in_band(self, piece: n.Piece, subject: Value, w: Where) -> Kleene:
        low = self.read(piece.low, w) if piece.low else None
        high = self.read(piece.high, w) if piece.high else None
        asks: list[Kleene] = [subject if isinstance(subject, State) else True]
        if low is not None:
            asks.append(test(lambda x, y: x <= y if piece.low_counts else x < y, low, subject))
        if high is not None:
            asks.append(test(lambda x, y: x <= y if piece.high_counts else x < y, subject, high))
        return conjunction(asks)

    def _result(self, result: Any, subject: Value, w: Where) -> Value:
        return self._on_line(result, subject, w) if isinstance(result, n.StraightLine) else self.read(result, w)

    def _on_line(self, line: n.StraightLine, subject: Value, w: Where) -> Value:
        a, va, b, vb = (self.read(x, w) for x in (line.start_at, line.start, line.end_at, line.end))
        return strict(lambda s, a, va, b, vb: State.TOO_SMALL if a == b else va + (vb - va) * min(1, max(0, (s - a) / (b - a))),
                      subject, a, va, b, vb)  # fmt: skip

    def _slices(self, node: n.Piecewise, subject: Value, w: Where) -> Value:
        start = self.read(node.slices_from, w)
        rows = [
            (self.read(p.low, w) if p.low else None, self.read(p.high, w) if p.high else None, self.read(p.result, w)) for p in node.pieces
        ]
        other = self.read(node.otherwise, w) if node.otherwise is not None else ZERO
        missing = worst(subject, start, other, *(v for r in rows for v in r))
        if worst(subject, start, *(bound for r in rows for bound in r[:2])) is not None:
            return missing
        parts = [
            max(ZERO, (subject if high is None else min(subject, high)) - (start if low is None else max(start, low)))
            for low, high, _ in rows
        ]
        rest = max(ZERO, subject - start) - sum(parts)
        if rest < 0 or (rest > 0 and node.otherwise is None):
            return State.NO_BAND
        return missing or sum((p * r[2] for p, r in zip(parts, rows, strict=True)), ZERO) + other * rest

    def _Interpolate(self, node: n.Interpolate, w: Where) -> Value:
        return self._on_line(node.line, self.read(node.subject, w), w)

    # -- missing becomes known -----------------------------------------------------------------------------------------

    def _Recover(self, node: n.Recover | n.RecoverCondition, w: Where) -> Any:
        value = self.read(node.operand, w)
        return self.read(node.instead, w) if isinstance(value, State) and value in node.states else value

    _RecoverCondition = _Recover

    def _LastKnown(self, node: n.LastKnown, w: Where) -> Value:
        value = self.read(node.operand, w)
        if isinstance(value, Fraction) or value not in node.states:
            return value
        for period in range(w[1] - 1, self.earliest(node.operand, w[0]) - 1, -1):
            earlier = self.at(node.operand, w[0], period, w[2])
            if isinstance(earlier, Fraction) or unruled(earlier):
                return earlier
        return NOTHING

    def _NextResult(self, node: n.NextResult, w: Where) -> Value:
        value = self.read(node.operand, w)
        if isinstance(value, Fraction) or value not in node.states:
            return value
        for period in range(w[1] + 1, self.count(w[0])):
            later = self.at(node.operand, w[0], period, w[2])
            if isinstance(later, Fraction) or unruled(later):
                return later
        return value

    # -- time ----------------------------------------------------------------------------------------------------------

    def _Prev(self, node: n.Prev, w: Where) -> Value:
        earlier = self.containing(w[0], w[1], node.grain) - node.back
        if earlier < self.earliest(node.operand, node.grain):
            return self.read(node.initial, w) if node.initial is not None else NOTHING
        return self.at(node.operand, node.grain, earlier, w[2])

    def _PrevCond(self, node: n.PrevCond, w: Where) -> Kleene:
        earlier = w[1] - node.back
        there = earlier >= self.earliest(node.operand, node.grain)
        return self.at(node.operand, node.grain, earlier, w[2]) if there else False

    def _Windowed(self, node: n.Windowed, w: Where) -> Value:
        if node.which == "to date":
            start = self.within(node.within, self.containing(node.grain, w[1], node.within), node.grain).start
            periods = range(start, w[1] + 1)
        elif node.which == "last":
            periods = range(w[1] - node.count + 1, w[1] + 1)
        else:
            periods = range(node.count)
        there = [p for p in periods if self.earliest(node.operand, node.grain) <= p < self.count(node.grain)]
        if len(there) < len(periods) and not node.fewer:
            return NOTHING
        return over_time(node.aggregate, [self.at(node.operand, node.grain, p, w[2]) for p in there], node.least_reported)

    def _Coarsen(self, node: n.Coarsen, w: Where) -> Value:
        there = [self.at(node.operand, node.grain, p, w[2]) for p in self.within(w[0], w[1], node.grain)]
        return over_time(node.aggregate, there, node.least_reported)

    def _AtPeriod(self, node: n.AtPeriod, w: Where) -> Value:
        return (
            self.at(node.operand, node.grain, node.index, w[2])
            if self.earliest(node.operand, node.grain) <= node.index < self.count(node.grain)
            else NOTHING
        )

    def _Run(self, node: n.Run, w: Where) -> Kleene:
        results: list[Kleene] = []
        for p in range(self.earliest(node.operand, node.grain), w[1] + 1):
            result = self.at(node.operand, node.grain, p, w[2])
            if not isinstance(result, State) or unruled(result):
                # Whether it would have been passed over nobody knows: then no place among the latest results is known.
                results += [result] * (node.window if isinstance(result, State) and node.blank == "are passed over" else 1)
            elif node.blank != "are passed over":
                results.append(node.blank == "count as failed")
            again = self.at(node.restart, node.grain, p, w[2]) if node.restart is not None else False
            if again is not False:
                results = [] if again is True else [again] * node.window
        latest = results[-node.window :]
        return worst(*latest) or sum(latest) >= node.least

    # -- members -------------------------------------------------------------------------------------------------------

    def _At(self, node: n.At, w: Where) -> Value:
        return self.at(node.operand, w[0], w[1], {**w[2], node.axis: node.member})

    def _Via(self, node: n.Via, w: Where) -> Value:
        by = self.read(node.by, w)
        return by if isinstance(by, State) else self.at(node.operand, w[0], w[1], {**w[2], node.axis: int(by)})

    def _ByMember(self, node: n.ByMember, w: Where) -> Value:
        value = node.values[w[2][node.axis]]
        return NOTHING if value is None else self.read(value, w)

    def _SameMember(self, node: n.SameMember, w: Where) -> Value:
        return Fraction(w[2][node.axis])

    def _Over(self, node: n.Over, w: Where) -> Value:
        rows = []
        for member in range(self.sizes(node.axis)):
            if node.other and member == w[2][node.axis]:
                continue
            here = (w[0], w[1], {**w[2], node.axis: member})
            asks = [self.read(node.where, here)] if node.where is not None else []
            if node.by is not None:
                asks.append(test(lambda x, y: x == y, self.read(node.by, here), Fraction(w[2][node.into])))
            rows.append((conjunction(asks), self.read(node.operand, here), self.read(node.weights, here) if node.weights else Fraction(1)))
        return over_members(node.aggregate, rows, node.least_reported)

    # -- conditions ----------------------------------------------------------------------------------------------------

    def _Truth(self, node: n.Truth, _: Where) -> Kleene:
        return node.value

    def _Compare(self, node: n.Compare, w: Where) -> Kleene:
        how = {"<": lambda x, y: x < y, "<=": lambda x, y: x <= y, "==": lambda x, y: x == y}[node.sign]
        return test(how, self.read(node.left, w), self.read(node.right, w))

    def _NotCond(self, node: n.NotCond, w: Where) -> Kleene:
        return negation(self.read(node.operand, w))

    def _AndCond(self, node: n.AndCond, w: Where) -> Kleene:
        return conjunction([self.read(o, w) for o in node.operands])

    def _OrCond(self, node: n.OrCond, w: Where) -> Kleene:
        return disjunction([self.read(o, w) for o in node.operands])

    def _IsReported(self, node: n.IsReported | n.IsKnown, w: Where) -> Kleene:
        value = self.read(node.operand, w)
        return value if unruled(value) else not isinstance(value, State)

    _IsKnown = _IsReported

    def _OverCond(self, node: n.OverCond, w: Where) -> Kleene:
        found = []
        for member in range(self.sizes(node.axis)):
            here = (w[0], w[1], {**w[2], node.axis: member})
            where = self.read(node.where, here) if node.where is not None else True
            holds = self.read(node.operand, here)
            found.append(disjunction([negation(where), holds]) if node.which == "each" else conjunction([where, holds]))
        return conjunction(found) if node.which == "each" else disjunction(found)

    def _DuringPeriods(self, node: n.DuringPeriods, w: Where) -> bool:
        return node.first <= self.containing(w[0], w[1], node.grain) <= node.last

    # -- flows ---------------------------------------------------------------------------------------------------------

    def worked(self, flow: Flow, period: int, members: Mapping[str, int]) -> Value:
        w = (flow.grain, period, members)
        amount = self._instalment(flow, w) if flow.instalments else self.read(flow.of, w)
        if flow.earned is not None:
            amount = arith("*", amount, self.read(flow.earned, w))
        if flow.applies is not None:
            applies = self.read(flow.applies, w)
            amount = applies if isinstance(applies, State) else amount if applies else ZERO
        return strict(lambda x: x * self._part(flow, period), amount)

    def rounded(self, flow: Flow, period: int, members: Mapping[str, int]) -> Value:
        amount = self.worked(flow, period, members)
        earlier = [self.worked(flow, p, members) for p in range(period)] if flow.carries_rounding else []
        missing = worst(amount, *filter(unruled, earlier))
        if missing is not None:
            return amount if isinstance(amount, State) else missing
        so_far = sum((x for x in earlier if isinstance(x, Fraction)), ZERO)
        before, now = (in_steps(x, flow.unit, flow.direction) for x in (so_far, so_far + amount))
        return now - before

    def floored(self, flow: Flow, period: int, members: Mapping[str, int]) -> Value:
        w = (flow.grain, period, members)
        amount = self.rounded(flow, period, members)
        if flow.floor is None or (flow.applies is not None and self.read(flow.applies, w) is not True):
            return amount
        return strict(lambda x, y: max(x, ceil(y / flow.unit) * flow.unit), amount, self.read(flow.floor, w))

    def _part(self, flow: Flow, period: int) -> Fraction:
        if flow.part_period is None or flow.grain >= Grain.TERM or flow.part_period.rule == "in full":
            return Fraction(1)
        active, whole = self.program.grid.active_days(flow.grain, period)
        return Fraction(active, whole) if flow.part_period.rule == "pro rata by days" else Fraction(active == whole)

    def _instalment(self, flow: Flow, w: Where) -> Value:
        year = Grain.YEAR if w[0] < Grain.YEAR else Grain.TERM
        k = w[1] - self.within(year, self.containing(w[0], w[1], year), w[0]).start + 1
        due = lambda amount, k: in_steps(amount * min(k, flow.instalments) / flow.instalments, flow.unit, flow.direction)  # noqa: E731
        return strict(lambda amount: due(amount, k) - due(amount, k - 1), self.read(flow.of, w))

    def amount(self, flow: Flow, period: int, members: Mapping[str, int]) -> Value:
        stages = sorted(flow.limits, key=lambda limit: (limit.window or 0, bool(limit.over)))
        return self._after(flow, stages, period, {a: members[a] for a in flow.axes})

    def _after(self, flow: Flow, stages: Sequence[Any], period: int, members: Mapping[str, int]) -> Value:
        if not stages:
            return self.floored(flow, period, members)
        limit, before = stages[-1], self._after(flow, stages[:-1], period, members)
        if limit.carried:
            return self._carried(flow, stages, period, members, before)
        to = self.at(limit.to, flow.grain, period, members)
        earlier = [self._after(flow, stages[:-1], p, m) for p, m in self._before(flow, limit, period, members)]
        # What is missing has used nothing of the limit as yet; what no rule speaks of may have used any part of it.
        nothing = before == 0 and isinstance(to, State) and not unruled(to)  # of which nothing is cut, whatever the limit is
        missing = worst(before) or worst(*([] if nothing else [to]), *filter(unruled, earlier))
        if missing is not None or nothing:
            return ZERO if missing is None else missing
        so_far = sum((x for x in earlier if isinstance(x, Fraction)), ZERO)
        return held(flow, limit, to, so_far + before) - held(flow, limit, to, so_far)

    def _carried(self, flow: Flow, stages: Sequence[Any], period: int, members: Mapping[str, int], before: Value) -> Value:
        limit, back, spoilt = stages[-1], ZERO, []
        window = limit.window or flow.grain
        here = self.containing(flow.grain, period, window)
        for earlier in range(here):
            places = list(self._places(limit, self.within(window, earlier, flow.grain), members))
            amounts = [self._after(flow, stages[:-1], p, m) for p, m in places]
            to = self.at(limit.to, flow.grain, *places[-1])
            spoilt += [to, *filter(unruled, amounts)]
            total = back + sum((x for x in amounts if isinstance(x, Fraction)), ZERO)
            back = total - (held(flow, limit, to, total) if isinstance(to, Fraction) else ZERO)
        places = self._places(limit, self.within(window, here, flow.grain), members)
        inside = [(p, m) for p, m in places if self._earlier(limit, p, m, period, members)]
        amounts = [self._after(flow, stages[:-1], p, m) for p, m in inside]
        to = self.at(limit.to, flow.grain, period, members)
        missing = worst(before) or worst(to, *spoilt, *filter(unruled, amounts))
        if missing is not None:
            return missing
        so_far = back + sum((x for x in amounts if isinstance(x, Fraction)), ZERO)
        return held(flow, limit, to, so_far + before) - (held(flow, limit, to, so_far) if inside else ZERO)

    def _places(self, limit: Any, periods: Iterable[int], members: Mapping[str, int]) -> Iterable[tuple[int, Mapping[str, int]]]:
        together: list[dict[str, int]] = [{}]
        for axis in (a for a in self.program.axes if a in limit.over):
            together = [{**t, axis: m} for t in together for m in range(self.sizes(axis))]
        for p in periods:
            for t in together:
                yield p, {**members, **t}

    def _earlier(self, limit: Any, p: int, there: Mapping[str, int], period: int, members: Mapping[str, int]) -> bool:
        axes = [a for a in self.program.axes if a in limit.over]
        return (p, [there[a] for a in axes]) < (period, [members[a] for a in axes])

    def _before(self, flow: Flow, limit: Any, period: int, members: Mapping[str, int]) -> Iterable[tuple[int, Mapping[str, int]]]:
        alone = limit.window is None or limit.window <= flow.grain
        window = (
            range(period, period + 1) if alone else self.within(limit.window, self.containing(flow.grain, period, limit.window), flow.grain)
        )
        for p, there in self._places(limit, window, members):
            if self._earlier(limit, p, there, period, members):
                yield p, there


# -- of values ---------------------------------------------------------------------------------------------------------


def strict(how: Callable[..., Any], *values: Any) -> Any:
    missing = worst(*values)
    return missing if missing is not None else how(*values)


def arith(sign: str, x: Value, y: Value) -> Value:
    how: dict[str, Callable[[Fraction, Fraction], Value]] = {
        "+": lambda a, b: a + b,
        "-": lambda a, b: a - b,
        "*": lambda a, b: a * b,
        "/": lambda a, b: State.TOO_SMALL if b == 0 else a / b,
    }
    return strict(how[sign], x, y)


def in_steps(x: Fraction, unit: Fraction, direction: str) -> Fraction:
    steps = x / unit
    whole = {"up": ceil, "down": floor, "half up": lambda s: floor(s + Fraction(1, 2))}[direction]
    size = whole(abs(steps)) * unit
    return size if x >= 0 else -size


def held(flow: Flow, limit: Any, to: Fraction, total: Fraction) -> Fraction:
    """A total within its limit, which is rounded down."""
    bound = max(ZERO, in_steps(to, flow.unit, "down"))
    return clamp(total, -bound if limit.way != "gain" else None, bound if limit.way != "loss" else None)


def clamp(x: Fraction, low: Fraction | None, high: Fraction | None) -> Fraction:
    x = x if high is None else min(x, high)
    return x if low is None else max(x, low)


def moved(day: int, count: int, unit: str) -> int:
    return day + count if unit == "day" else add_months(date.fromordinal(day), count).toordinal()


def months(start: Fraction, end: Fraction, complete: bool) -> Fraction:
    if end < start:
        return -months(end, start, complete)
    first, last, k = date.fromordinal(int(start)), date.fromordinal(int(end)), 0
    while add_months(first, k + 1) <= last:
        k += 1
    return Fraction(k if complete or add_months(first, k) == last else k + 1)


def test(how: Callable[[Fraction, Fraction], bool], x: Value, y: Value) -> Kleene:
    missing = worst(x, y)
    return missing if missing is not None else how(x, y)  # type: ignore[arg-type]


test.__test__ = False  # type: ignore[attr-defined]


def negation(x: Kleene) -> Kleene:
    return x if isinstance(x, State) else not x


def conjunction(values: Iterable[Kleene]) -> Kleene:
    found = list(values)
    if any(v is False for v in found):
        return False
    return worst(*found) or True


def disjunction(values: Iterable[Kleene]) -> Kleene:
    return negation(conjunction([negation(v) for v in values]))


def over_time(aggregate: str, values: Sequence[Value], least: int | None) -> Value:
    if least is not None:
        return over_members(aggregate, [(True, value, Fraction(1)) for value in values], least)
    if aggregate == "latest":
        return next((v for v in reversed(values) if isinstance(v, Fraction) or unruled(v)), NOTHING)
    how: dict[str, Callable[..., Fraction]] = {
        "total": lambda *v: sum(v, ZERO),
        "average": lambda *v: sum(v, ZERO) / len(v),
        "lowest": lambda *v: min(v),
        "highest": lambda *v: max(v),
    }
    return strict(how[aggregate], *values)


def over_members(aggregate: Any, rows: Sequence[tuple[Kleene, Value, Value]], least: int | None) -> Value:
    meant = [(where, worst(x, weight), x, weight) for where, x, weight in rows if where is not False]
    if least is None:
        missing = worst(*(where if isinstance(where, State) else state for where, state, _, _ in meant))
    else:
        unfit = State.UNFIT if any(where is True and state is State.UNFIT for where, state, _, _ in meant) else None
        spoiling = (where if isinstance(where, State) else state for where, state, _, _ in meant)
        missing = worst(unfit, *(state for state in spoiling if unruled(state)))
    if missing is not None:
        return missing
    counted = [(x, weight) for where, state, x, weight in meant if where is True and state is None]
    return of_values(aggregate, counted, least, known=len(counted) + len(rows) - len(meant), meant=len(meant))


def of_values(aggregate: Any, counted: Sequence[tuple[Any, Any]], least: int | None, known: int, meant: int) -> Value:
    reported = known if aggregate == "number" else len(counted)
    if aggregate in ("total", "number"):
        if meant and reported < (least or 0):
            return NOTHING
        return Fraction(len(counted)) if aggregate == "number" else sum((x for x, _ in counted), ZERO)
    if len(counted) < max(1, least or 0):
        return NOTHING
    if aggregate == "average":
        return arith("/", sum((x * weight for x, weight in counted), ZERO), sum((weight for _, weight in counted), ZERO))
    values = sorted(x for x, _ in counted)
    if aggregate in ("lowest", "highest"):
        return values[0 if aggregate == "lowest" else -1]
    return percentile(values, aggregate.rank, aggregate.method)


def percentile(values: Sequence[Fraction], rank: Fraction, method: str) -> Fraction:
    at = rank * len(values) / 100
    if method == "interpolation":
        position = (len(values) - 1) * rank / 100
        low = values[floor(position)]
        return low + (values[ceil(position)] - low) * (position - floor(position))
    if method == "averaging at a step" and at.denominator == 1:
        return (values[int(at) - 1] + values[min(int(at), len(values) - 1)]) / 2
    return values[ceil(at) - 1]
