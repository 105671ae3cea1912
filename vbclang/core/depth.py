"""How far before the term a figure must be read, and how far it can be (the semantics, 5.2).

The depth of a node is how many months before the term it would have to read: 0 for what arrives, less by its months of history where it
has some; one period more for `previous`; less by what a first value covers. Below 0 it is there in that many months before the term.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import define, field

from vbclang.core import nodes as n
from vbclang.core.declared import InputDeclaration
from vbclang.core.nodes import Cond, Expr
from vbclang.core.program import Figure
from vbclang.core.walk import children
from vbclang.types.kinds import Grain

_ALWAYS = -12_000
"""The depth of what is the same in every period, however early."""


@define(eq=False)
class Depths:
    """Depths of nodes, each named figure's worked out once."""

    figures: Mapping[str, Figure]
    inputs: Mapping[str, InputDeclaration]
    _named: dict[str, int] = field(factory=dict, init=False)
    _known: dict[n.CoreNode, int] = field(factory=dict, init=False)

    def reach(self, node: Expr | Cond, grain: Grain) -> int:
        """How many periods of ``grain`` before the term the node is there for."""
        return max(0, -self.of(node)) // grain.months if grain < Grain.TERM else 0

    def of(self, node: Expr | Cond) -> int:
        """The depth of a node, in months."""
        if node not in self._known:
            self._known[node] = self._of(node)
        return self._known[node]

    def _of(self, node: Expr | Cond) -> int:
        match node:
            case n.Const() | n.Truth() | n.DuringPeriods() | n.AtPeriod() | n.SameMember() | n.Windowed(which="first"):
                return _ALWAYS
            case n.Input(key=key) | n.InputFlag(key=key):
                return -self._history(key) * node.type.grain.months if node.type.grain < Grain.TERM else _ALWAYS
            case n.AmountOf():
                return 0
            case n.Ref(figure=name) | n.RefCondition(figure=name):
                return self._figure(name)
            case n.Prev(operand=operand, grain=grain, back=back, initial=None):
                return self.of(operand) + back * grain.months
            case n.Windowed(operand=operand, grain=grain, which="last", count=int(count), fewer=False):
                return self.of(operand) + (count - 1) * grain.months
            case n.Windowed(which="to date", within=within):
                return _whole(self._deepest(node), within or Grain.TERM)
            case n.Coarsen():
                return _whole(self._deepest(node), node.type.grain)
            case n.FirstOf():
                return self._first_of(node)
            case n.PrevCond() | n.Run() | n.LastKnown() | n.NextResult():
                return min(0, self._deepest(node))
            case n.Recover() | n.RecoverCondition() | n.IsReported() | n.IsKnown():
                return min(0, self._deepest(node))
            case _:
                return self._deepest(node)

    def _history(self, key: str) -> int:
        declared = self.inputs.get(key)
        return 0 if declared is None else declared.history

    def _deepest(self, node: Expr | Cond) -> int:
        return max((self.of(child) for child in children(node)), default=0)

    def _figure(self, name: str) -> int:
        if name not in self._named:
            self._named[name] = 0  # a reading of itself adds nothing to what stands around it
            figure = self.figures.get(name)
            self._named[name] = self.of(figure.body) if figure is not None else 0
        return self._named[name]

    def _first_of(self, node: n.FirstOf) -> int:
        """Lines for the first periods by the calendar cover what those below them would read before the term."""
        covered, deepest = 0, _ALWAYS
        for case in node.cases:
            here = case.condition
            deepest = max(deepest, self.of(case.value) - covered, self.of(case.condition) - covered)
            if isinstance(here, n.DuringPeriods) and here.first * here.grain.months <= covered:
                covered = max(covered, (here.last + 1) * here.grain.months)
        needed = max(deepest, self.of(node.otherwise) - covered)
        return needed if needed > 0 else min(0, self._deepest(node))


def _whole(depth: int, grain: Grain) -> int:
    """What is there before the term only in whole periods of ``grain``."""
    months = grain.months
    return depth if depth >= 0 else -(-depth // months * months) if months else 0
