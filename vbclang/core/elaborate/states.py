"""For which reasons a figure may be missing, by what it rests on (the semantics, 3.1)."""

from __future__ import annotations

from attrs import define, field

from vbclang.core import nodes as n
from vbclang.core.checks.known import Tables
from vbclang.core.nodes import Cond, Expr, State
from vbclang.core.walk import children, whole

_NONE: frozenset[State] = frozenset()

STATES: dict[str, frozenset[State]] = {
    "not reported": frozenset({State.NOT_REPORTED}),
    "unfit": frozenset({State.UNFIT}),
    "too small": frozenset({State.TOO_SMALL}),
    "without a result": frozenset({State.NOT_REPORTED, State.UNFIT, State.TOO_SMALL}),
}
"""The states of which a line speaks: `if unfit, …`."""


@define(eq=False)
class PossibleStates:
    """The reasons of nodes, each named figure's worked out once.

    A figure may rest on its own earlier periods. So all figures that a node rests on begin with no reason, and are gone through again
    until nothing is added: the least sets that agree with each other.
    """

    w: Tables
    figures: dict[str, frozenset[State]] = field(factory=dict)

    def of(self, node: Expr | Cond | None) -> frozenset[State]:
        """The reasons for which ``node`` may be missing; none for what is not there."""
        if node is None:
            return _NONE
        named = (part.figure for part in whole(self.w.figures, node) if isinstance(part, n.Ref | n.RefCondition))
        self._add([name for name in dict.fromkeys(named) if name in self.w.figures and name not in self.figures])
        return self._of(node, {})

    def _add(self, names: list[str]) -> None:
        self.figures |= dict.fromkeys(names, _NONE)
        before = None
        while before != self.figures:
            before = dict(self.figures)
            for name in reversed(names):  # those read last rest on the fewest others
                self.figures[name] = self._of(self.w.figures[name].body, {})

    def _of(self, node: Expr | Cond, done: dict[Expr | Cond, frozenset[State]]) -> frozenset[State]:
        if node not in done:
            done[node] = self._worked_out(node, done)
        return done[node]

    def _worked_out(self, node: Expr | Cond, done: dict[Expr | Cond, frozenset[State]]) -> frozenset[State]:
        match node:
            case n.Input(key=key) | n.InputFlag(key=key):
                return self._arriving(key)
            case n.Ref(figure=name) | n.RefCondition(figure=name):
                return self.figures.get(name, _NONE)
            case n.Recover() | n.RecoverCondition():
                return (self._of(node.operand, done) - node.states) | self._of(node.instead, done)
            case n.IsReported() | n.IsKnown():
                return _NONE
            case n.Windowed(operand=operand, least_reported=int()) | n.Coarsen(operand=operand, least_reported=int()):
                return (self._of(operand, done) - {State.TOO_SMALL}) | {State.NOT_REPORTED}
            case _:
                return _own(node).union(*(self._of(part, done) for part in children(node)))

    def _arriving(self, key: str) -> frozenset[State]:
        declared = self.w.inputs[key]
        if declared.linked is not None:
            return declared.linked.may_be
        if declared.told:
            return _NONE
        return frozenset({State.NOT_REPORTED, *({State.UNFIT} if declared.may_be_unfit else ())})


def _own(node: Expr | Cond) -> frozenset[State]:
    """What the operation itself may bring, beside its operands: a part of nothing, a figure that there is not."""
    match node:
        case n.Ratio():
            return frozenset({State.TOO_SMALL})
        case n.Arith(sign="/", right=right) if not isinstance(right, n.Const):
            return frozenset({State.TOO_SMALL})
        case n.ByMember(values=values) if None in values:
            return frozenset({State.NOT_REPORTED})
        case n.Prev(initial=None) | n.PrevCond():
            return frozenset({State.NOT_REPORTED})
        case _:
            return _NONE
