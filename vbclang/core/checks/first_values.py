"""Every figure that looks back needs a value to look back to (C6; the semantics, 5.2).

The depth of a node is how many months before the term it would have to read: 0 for what arrives, one period more for `previous`, less by
what a first value covers. A clause may not rest on a depth above 0.
"""

from __future__ import annotations

from attrs import define, field

from vbclang.core import nodes as n
from vbclang.core.elaborate.workbench import Workbench
from vbclang.core.nodes import Cond, Expr
from vbclang.core.walk import children, whole
from vbclang.source import Diagnostic, Diagnostics, Reading
from vbclang.types.algebra import is_percentage
from vbclang.types.kinds import CURRENCIES, GROWTH, Grain, Quantity

_MONTHS = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12, Grain.TERM: 0, Grain.CONSTANT: 0}


def first_values(w: Workbench) -> Diagnostics:
    """The readings before the term on which a clause rests."""
    depths = _Depths(w)
    found: dict[int, Diagnostic] = {}
    for flow in w.flows.values():
        for part in flow.roots(before_rules=True):
            if depths.of(part) > 0:
                for node in whole(w.figures, part):
                    if isinstance(node, n.Prev | n.Windowed) and id(node) not in found and depths.of(node) > 0:
                        found[id(node)] = _reported(w, node)
    return tuple(found.values())


@define(eq=False)
class _Depths:
    """Depths of nodes, each named figure's worked out once."""

    w: Workbench
    figures: dict[str, int] = field(factory=dict)

    def of(self, node: Expr | Cond) -> int:
        match node:
            case n.Ref(figure=name) | n.RefCondition(figure=name):
                return self._figure(name)
            case n.Prev(operand=operand, grain=grain, back=back, initial=None):
                return self.of(operand) + back * _MONTHS[grain]
            case n.Windowed(operand=operand, grain=grain, which="last", count=int(count), fewer=False):
                return self.of(operand) + (count - 1) * _MONTHS[grain]
            case n.FirstOf():
                return self._first_of(node)
            case n.PrevCond() | n.Run() | n.LastKnown() | n.NextResult() | n.Recover() | n.IsReported() | n.IsKnown() | n.AtPeriod():
                return 0
            case _:
                return max((self.of(child) for child in children(node)), default=0)

    def _figure(self, name: str) -> int:
        if name not in self.figures:
            self.figures[name] = 0  # a reading of itself adds nothing to what stands around it
            figure = self.w.figures.get(name)
            self.figures[name] = self.of(figure.body) if figure is not None else 0
        return self.figures[name]

    def _first_of(self, node: n.FirstOf) -> int:
        """Lines for the first periods by the calendar cover what those below them would read before the term."""
        covered = deepest = 0
        for case in node.cases:
            here = case.condition
            deepest = max(deepest, self.of(case.value) - covered, self.of(case.condition) - covered)
            if isinstance(here, n.DuringPeriods) and here.first * _MONTHS[here.grain] <= covered:
                covered = max(covered, (here.last + 1) * _MONTHS[here.grain])
        return max(deepest, self.of(node.otherwise) - covered)


def _reported(w: Workbench, node: n.Prev | n.Windowed) -> Diagnostic:
    label = w.settings.grid.period(node.grain, 0).label.split(" (")[0]
    if isinstance(node, n.Windowed):
        why = f"This looks back over {node.count} {node.grain.words}s, but before {label} there are none."
        return Diagnostic("C006", why, node.span, readings=_fewer(w, node))
    name = f"`previous {node.operand.figure}`" if isinstance(node.operand, n.Ref) else "This"
    return Diagnostic(
        "C006",
        f"{name} has nothing to refer to in {label}. What is it then?",
        node.span,
        readings=(Reading("a first value, for example", f"({_example(node)} in {label}, then {w.written(node.span)})", node.span),),
    )


def _example(node: n.Prev) -> str:
    """A first value of the right kind, for the author to put the contract's own in."""
    kind = node.type.kind
    if isinstance(kind, Quantity) and kind.currency:
        return f"{CURRENCIES[kind.currency][0]}100,000"
    if kind == GROWTH:
        return "2.0%"
    return "80.0%" if is_percentage(kind) else "100"


def _fewer(w: Workbench, node: n.Windowed) -> tuple[Reading, ...]:
    operand = node.operand
    if isinstance(operand, n.Ref) and operand.figure in w.figures and w.figures[operand.figure].what == "measure":
        return (Reading(f"under `measure {operand.figure}`", "  fewer at the start are enough"),)
    return ()
