"""No figure may rest on itself in the same period (C7).

The program is a graph: figures and flows, with an edge for each reading in the same period. Readings of earlier periods (`previous`) are
left out, so any circle that is left is one in which nothing comes first. Readings of stated periods (`in Contract Year 1`) may lead
anywhere: where there are any, the periods are unfolded.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import attrs

from vbclang.core import nodes as n
from vbclang.core.elaborate.workbench import Workbench
from vbclang.core.nodes import Cond, Expr
from vbclang.core.unfold import Instance, Unfolded
from vbclang.core.walk import whole
from vbclang.source import Diagnostic, Diagnostics, Span
from vbclang.types.kinds import Grain

_KEPT = 10_000


def circles(w: Workbench) -> Diagnostics:
    """Each circle once, at the figure of it that stands first."""
    readings = {name: _readings(figure.body) for name, figure in w.figures.items()}
    for key, flow in w.flows.items():
        parts = (flow.of, flow.earned, flow.applies, *flow.bounds)
        readings[_flow(key)] = {name: span for part in parts if part is not None for name, span in _readings(part).items()}
    found: list[Diagnostic] = []
    done: set[str] = set()
    for name in readings:
        circle = _circle(name, readings, done, [])
        if circle is not None:
            found.append(_reported(circle, readings))
    return tuple(found) or _through_stated_periods(w)


def _through_stated_periods(w: Workbench) -> Diagnostics:
    """The first circle by way of a stated period."""
    unfolded = Unfolded(w.settings.grid, w.figures, w.flows)
    done: set[Instance] = set()
    for name, figure in w.figures.items():
        if not w.found_of("leads on", name, _leads_on_from):
            continue
        grain = figure.body.type.grain
        for period in range(w.settings.grid.count(grain)):
            circle = unfolded.circle(unfolded.instance(figure.body, grain, period), done)
            if circle is not None:
                return (_unfolded(w, circle),)
    return ()


def _leads_on_from(w: Workbench, name: str) -> bool:
    """Whether a figure reads stated periods, itself or by way of others."""
    return any(_leads_on(node) for node in whole(w.figures, w.figures[name].body))


def is_stated(node: Expr | Cond) -> bool:
    """Whether it reads periods that are stated, whatever its own is."""
    return isinstance(node, n.AtPeriod) or (isinstance(node, n.Windowed) and node.which == "first")


def _leads_on(node: Expr | Cond) -> bool:
    return is_stated(node) or isinstance(node, n.NextResult)


def _unfolded(w: Workbench, circle: list[Instance]) -> Diagnostic:
    named = [(node, read) for node, read in pairwise(circle) if isinstance(node[0], n.Ref | n.RefCondition)]
    places = [_placed(w, node) for node, _ in named]
    first = named[0][0][0]
    needs = ", which needs ".join([*places[1:], places[0]])
    return Diagnostic("C007", f"{places[0]} needs {needs}: a circle, in which nothing comes first. One of them must look back.", first.span)


def _placed(w: Workbench, instance: Instance) -> str:
    node, grain, period = instance
    assert isinstance(node, n.Ref | n.RefCondition)
    return f"`{node.figure}`" if grain >= Grain.TERM else f"`{node.figure}` for {w.settings.grid.period(grain, period).label}"


def _flow(key: str) -> str:
    return f"amount of clause {key}"


@lru_cache(_KEPT)
def _readings(node: Expr | Cond) -> dict[str, Span]:
    """What a figure reads of its own period, with the last place of the reading."""
    return dict(_same_period(node))


def _same_period(node: object) -> Iterator[tuple[str, Span]]:
    """What a node reads of its own period, each with the place of the reading."""
    match node:
        case n.Prev() | n.PrevCond() | n.AtPeriod():
            return
        case n.Ref(figure=name, span=span) | n.RefCondition(figure=name, span=span):
            yield name, span
        case n.AmountOf(flow=key, span=span):
            yield _flow(key), span
        case n.CoreNode() | n.Case() | n.Piece() | n.StraightLine():
            for value in attrs.asdict(node, recurse=False).values():
                yield from _same_period(value)
        case tuple():
            for part in node:
                yield from _same_period(part)
        case _:
            return


def _circle(name: str, readings: dict[str, dict[str, Span]], done: set[str], path: list[str]) -> list[str] | None:
    """The names of a circle that can be reached from ``name``, the first again at the end; None where there is none."""
    if name in path:
        return [*path[path.index(name) :], name]
    if name in done or name not in readings:
        return None
    for other in readings[name]:
        found = _circle(other, readings, done, [*path, name])
        if found is not None:
            done.update(found)
            return found
    done.add(name)
    return None


def _reported(circle: list[str], readings: dict[str, dict[str, Span]]) -> Diagnostic:
    needs = ", which needs ".join(f"`{name}`" for name in circle[1:])
    message = f"`{circle[0]}` needs {needs}: a circle, in which nothing comes first. One of them must look back: `previous {circle[-1]}`?"
    return Diagnostic("C007", message, readings[circle[0]][circle[1]])
