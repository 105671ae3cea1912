"""An amount that may be missing needs a word on what then happens (C10)."""

from __future__ import annotations

from collections.abc import Iterator

from vbclang.core import nodes as n
from vbclang.core.elaborate import held
from vbclang.core.elaborate.states import STATES
from vbclang.core.elaborate.workbench import Workbench
from vbclang.core.nodes import Cond, Expr, State
from vbclang.core.walk import children
from vbclang.source import Diagnostic, Diagnostics, Label, Reading
from vbclang.syntax import tree


def amounts(w: Workbench) -> Diagnostics:
    """The measures that an amount rests on and that say nothing of not being reported, each once."""
    found: dict[str, Diagnostic] = {}
    for key in w.flows:
        for name in w.found_of("amounts", key, _unruled_of):
            found.setdefault(name, _reported(w, name, w.flows[key].name))
    return tuple(found.values())


def _unruled_of(w: Workbench, key: str) -> tuple[str, ...]:
    """The measures that say nothing, of those on which a clause's amount rests."""
    flow = w.flows[key]
    return tuple(name for part in (flow.of, *flow.bounds) for name in _unruled(w, part, set()))


def _unruled(w: Workbench, node: Expr | Cond, seen: set[str]) -> Iterator[str]:
    match node:
        case n.Recover(states=states, instead=instead) if State.NOT_REPORTED in states:
            yield from _unruled(w, instead, seen)
        case n.IsReported() | n.IsKnown() | n.LastKnown() | n.Extreme(reported=True):
            return
        case n.Over(least_reported=int()) | n.Windowed(least_reported=int()) | n.Coarsen(least_reported=int()):
            return
        case n.Ref(figure=name) | n.RefCondition(figure=name) if name in w.figures and name not in seen:
            seen.add(name)
            arrives = name in w.worked_out
            if arrives and not _says_what_then(w, name):
                yield name
            elif not arrives:
                yield from _unruled(w, w.figures[name].body, seen)
        case _:
            for child in children(node):
                yield from _unruled(w, child, seen)


def _says_what_then(w: Workbench, name: str) -> bool:
    measure = w.scope.names.get(name)
    return isinstance(measure, tree.Measure) and any(_on_not_reported(line) for line in measure.lines)


def _on_not_reported(line: tree.Node) -> bool:
    return isinstance(line, tree.IfLine) and State.NOT_REPORTED in STATES[line.state]


def _reported(w: Workbench, name: str, clause: str) -> Diagnostic:
    under, until = f"under `measure {name}`", held.until(w, w.figures[name].type.grain)
    return Diagnostic(
        "C010",
        f"The amount of `{clause}` rests on `{name}`. What if `{name}` is not reported in time?",
        w.figures[name].span,
        (Label(w.flows[clause].span, "the clause"),),
        (
            Reading(f"{under}: the figure of the period before stands in", "  if not reported, uses the last final figure"),
            Reading(f"{under}: the money waits", f"  if not reported, held until reported, at the latest {until}, then nothing is due"),
        ),
    )
