"""Every figure that looks back needs a value to look back to (C6; the semantics, 5.2). A clause may not rest on a depth above 0."""

from __future__ import annotations

from collections.abc import Iterator

from vbclang.calendar.labels import day_label
from vbclang.core import nodes as n
from vbclang.core.depth import Depths
from vbclang.core.elaborate.workbench import Workbench
from vbclang.core.program import Flow
from vbclang.core.walk import whole
from vbclang.source import Diagnostic, Reading
from vbclang.syntax import tree
from vbclang.types.algebra import is_percentage
from vbclang.types.kinds import CURRENCIES, GROWTH, Quantity


def first_values(w: Workbench, flow: Flow) -> Iterator[Diagnostic]:
    """The readings before the term on which a clause rests."""
    depths = Depths(w.figures, w.inputs)
    for part in flow.roots(before_rules=True):
        if depths.of(part) > 0:
            for node in whole(w.figures, part):
                if isinstance(node, n.Prev | n.Windowed) and depths.of(node) > 0:
                    yield _reported(w, node, depths)


def _reported(w: Workbench, node: n.Prev | n.Windowed, depths: Depths) -> Diagnostic:
    label = w.settings.grid.period(node.grain, 0).label.split(" (")[0]
    if isinstance(node, n.Windowed):
        why = f"This looks back over {node.count} {node.grain.words}s, but before {label} there are none."
        return Diagnostic("C006", why, node.span, readings=(*_fewer(w, node), *_history(w, node, depths)))
    name = f"`{w.written(node.span)}`" if isinstance(node.operand, n.Ref) else "This"
    return Diagnostic(
        "C006",
        f"{name} has nothing to refer to in {label}. What is it then?",
        node.span,
        readings=(
            Reading("a first value, for example", f"({_example(node)} in {label}, then {w.written(node.span)})", node.span),
            *_history(w, node, depths),
        ),
    )


def _history(w: Workbench, node: n.Prev | n.Windowed, depths: Depths) -> tuple[Reading, ...]:
    """Where it looks back to a measure that arrives: that its figures reach back so far too."""
    name = node.operand.figure if isinstance(node.operand, n.Ref) else ""
    arriving = w.worked_out.get(name)
    grid, grain = w.settings.grid, node.grain
    if arriving is None or grid.periods_from(grain, grid.period(grain, -1).start) is None:
        return ()
    number = depths.of(node) // grain.months + w.inputs[arriving.value].history
    day = day_label(grid.period(grain, -number).start)
    measure = w.scope.names.get(name)
    lines = measure.lines if isinstance(measure, tree.Measure) else ()
    said = next((line.span for line in lines if isinstance(line, tree.HistoryLine)), None)
    if said is not None:
        return (Reading("figures from further back", f"history from {day}", said),)
    return (Reading(f"under `measure {name}`, for figures from before the term", f"  history from {day}"),)


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
