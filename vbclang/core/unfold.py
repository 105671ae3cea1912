"""The program unfolded over its term: which instances (a node in a period) read which (the semantics, 5.1).

Choices that the calendar alone decides are resolved; of all others every side is followed. Members are not told apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from attrs import field, frozen

from vbclang.calendar.grid import Grid
from vbclang.core import nodes as n
from vbclang.core.nodes import Cond, Expr
from vbclang.core.program import Figure, Flow
from vbclang.core.walk import children
from vbclang.types.kinds import Grain

Instance: TypeAlias = tuple[Expr | Cond, Grain, int]
"""A node in a period: its own grain, and the place of the period."""


@frozen(eq=False)
class Unfolded:
    """What each instance reads."""

    grid: Grid
    figures: Mapping[str, Figure]
    flows: Mapping[str, Flow]
    _read: dict[Instance, tuple[Instance, ...]] = field(factory=dict)

    def instance(self, node: Expr | Cond, grain: Grain, period: int) -> Instance:
        """The node as it is read in a period of ``grain``: in the period of its own grain that contains it."""
        own = node.type.grain
        return node, own, period if own == grain else self._containing(grain, period, own)

    def reads(self, instance: Instance) -> tuple[Instance, ...]:
        """The instances that one is worked out from."""
        if instance not in self._read:
            self._read[instance] = tuple(self.instance(*read) for read in self._reads(*instance))
        return self._read[instance]

    def amounts(self, flow: Flow, period: int) -> tuple[Instance, ...]:
        """What a flow's amount in a period is worked out from."""
        return tuple(self.instance(root, flow.grain, period) for root in flow.roots(before_rules=True))

    def below(self, instance: Instance) -> Iterator[Instance]:
        """The instance and all that it rests on, each once."""
        seen, waiting = {instance}, [instance]
        while waiting:
            here = waiting.pop()
            yield here
            new = [read for read in self.reads(here) if read not in seen]
            seen.update(new)
            waiting += new

    def circle(self, start: Instance, done: set[Instance]) -> list[Instance] | None:
        """Instances each of which reads the next, the first again at the end; None where there are none. ``done``: those from which none
        can be reached, which are passed over and added to.
        """
        path: dict[Instance, Iterator[Instance]] = {}
        here: Instance | None = start
        while here is not None:
            if here in path:
                return [*list(path)[list(path).index(here) :], here]
            if here not in done:
                path[here] = iter(self.reads(here))
            here = self._next(path, done)
        return None

    def _next(self, path: dict[Instance, Iterator[Instance]], done: set[Instance]) -> Instance | None:
        while path:
            last = next(reversed(path))
            for read in path[last]:
                if read not in done:
                    return read
            done.add(last)
            del path[last]
        return None

    # -- the readings of one node --------------------------------------------------------------------------------------

    def _containing(self, grain: Grain, period: int, coarser: Grain) -> int:
        return 0 if coarser >= Grain.TERM or grain >= Grain.TERM else self.grid.containing(grain, period, coarser)

    def _within(self, grain: Grain, period: int, finer: Grain) -> range:
        return range(self.grid.count(finer)) if grain >= Grain.TERM else self.grid.within(grain, period, finer)

    def _reads(self, node: Expr | Cond, grain: Grain, period: int) -> Iterator[Instance]:
        match node:
            case n.Ref(figure=name) | n.RefCondition(figure=name):
                yield from ((figure.body, grain, period) for figure in (self.figures.get(name),) if figure is not None)
            case n.AmountOf(flow=key):
                yield from ((root, grain, period) for flow in (self.flows.get(key),) if flow is not None for root in flow.roots())
            case n.Prev() | n.PrevCond() | n.Windowed() | n.Coarsen() | n.AtPeriod() | n.LastKnown() | n.NextResult() | n.Run():
                yield from self._in_other_periods(node, grain, period)
            case n.Choose(condition=condition, then=then, otherwise=otherwise):
                yield from self._first_of(((condition, then),), otherwise, grain, period)
            case n.FirstOf(cases=cases, otherwise=otherwise):
                yield from self._first_of(((case.condition, case.value) for case in cases), otherwise, grain, period)
            case _:
                yield from ((child, grain, period) for child in children(node))

    def _in_other_periods(
        self,
        node: n.Prev | n.PrevCond | n.Windowed | n.Coarsen | n.AtPeriod | n.LastKnown | n.NextResult | n.Run,
        grain: Grain,
        period: int,
    ) -> Iterator[Instance]:
        match node:
            case n.Prev(operand=operand, back=back) | n.PrevCond(operand=operand, back=back):
                earlier = self._containing(grain, period, node.grain) - back
                if earlier >= 0:
                    yield operand, node.grain, earlier
                elif isinstance(node, n.Prev) and node.initial is not None:
                    yield node.initial, grain, period
            case n.AtPeriod(operand=operand, index=index):
                if 0 <= index < self.grid.count(node.grain):
                    yield operand, node.grain, index
            case n.Coarsen(operand=operand):
                yield from ((operand, node.grain, inside) for inside in self._within(grain, period, node.grain))
            case n.Windowed(operand=operand):
                yield from ((operand, node.grain, inside) for inside in self._window(node, period))
            case n.NextResult(operand=operand):
                yield from ((operand, grain, later) for later in range(period, self.grid.count(grain)))
            case n.LastKnown(operand=operand) | n.Run(operand=operand):
                yield from ((operand, grain, earlier) for earlier in range(period + 1))

    def _window(self, node: n.Windowed, period: int) -> range:
        if node.which == "first":
            return range(min(node.count or 1, self.grid.count(node.grain)))
        if node.which == "last":
            return range(max(0, period + 1 - (node.count or 1)), period + 1)
        within = node.within or Grain.TERM
        return range(self._within(within, self._containing(node.grain, period, within), node.grain).start, period + 1)

    def _first_of(self, cases: Iterable[tuple[Cond, Expr]], otherwise: Expr, grain: Grain, period: int) -> Iterator[Instance]:
        for condition, value in cases:
            holds = self._by_calendar(condition, grain, period)
            if holds is False:
                continue
            yield value, grain, period
            if holds is True:
                return
            yield condition, grain, period
        yield otherwise, grain, period

    def _by_calendar(self, condition: Cond, grain: Grain, period: int) -> bool | None:
        """Whether it holds, where the calendar alone decides that."""
        match condition:
            case n.Truth(value=value):
                return value
            case n.DuringPeriods(first=first, last=last):
                return first <= self._containing(grain, period, condition.grain) <= last
            case n.NotCond(operand=operand):
                inside = self._by_calendar(operand, grain, period)
                return None if inside is None else not inside
            case n.AndCond(operands=operands) | n.OrCond(operands=operands):
                found = [self._by_calendar(operand, grain, period) for operand in operands]
                decides = isinstance(condition, n.OrCond)
                return decides if decides in found else None if None in found else not decides
            case _:
                return None
