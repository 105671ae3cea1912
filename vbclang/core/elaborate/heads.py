"""Headings: for each of what a figure is declared, and that its formula keeps to it."""

from __future__ import annotations

from vbclang.core.elaborate.workbench import Place, Workbench, refuse
from vbclang.core.nodes import Cond, Expr
from vbclang.source import Reading
from vbclang.syntax import tree


def head_axes(w: Workbench, names: tuple[tree.Name, ...]) -> frozenset[str]:
    """The axes that a heading names: `for each Measure`."""
    for name in names:
        if name.text not in w.axes:
            near = w.scope.nearest(name.text)
            readings = [Reading("did you mean", near, name.span)] if near else []
            raise refuse("N005", f"`{name.text}` is no list, group or class of parties.", name.span, *readings)
    return frozenset(name.text for name in names)


def within_head(w: Workbench, name: tree.Name, body: Expr | Cond, place: Place) -> None:
    """A figure has no axes but those of its heading and the implied ones (8.2)."""
    for axis in sorted(body.type.axes - place.axes - w.implied):
        one = f"one figure for each {' and '.join(sorted(place.axes))}" if place.axes else "one figure"
        raise refuse(
            "T005",
            f"`{name.text}` is {one}, but its formula has one for each {axis}. Which is meant?",
            name.span,
            Reading("one for each", f"{name.text} for each {axis} means …"),
            Reading("one figure over all of them", f"average of … over every {axis}"),
            Reading("that of one member", "… for NAME"),
        )
