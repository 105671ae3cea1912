"""Headings: for each of what a figure is declared, and that its formula keeps to it."""

from __future__ import annotations

from vbclang.core.elaborate import fitting, named
from vbclang.core.elaborate.workbench import Place, Workbench
from vbclang.core.nodes import Cond, Expr
from vbclang.syntax import tree


def head_axes(w: Workbench, names: tuple[tree.Name, ...]) -> frozenset[str]:
    """The axes that a heading names: `for each Measure`."""
    return frozenset(named.axis(w, name) for name in names)


def within_head(w: Workbench, name: tree.Name, body: Expr | Cond, place: Place, title: tree.Quoted | None = None) -> None:
    """A figure has no axes but those of its heading and the implied ones (8.2)."""
    for axis in sorted(body.type.axes - place.axes - w.implied):
        one = f"one figure for each {' and '.join(sorted(place.axes))}" if place.axes else "one figure"
        why = f"`{name.text}` is {one}, but its formula has one for each {axis}. Which is meant?"
        raise fitting.one_for_each(w, body, axis, why, "one for each", title or name, name)
