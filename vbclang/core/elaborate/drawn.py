"""`drawn from`: of which sum of money the amounts of a clause are a part (the semantics, 4.9).

A sum is known by its name. Two clauses that are drawn from `£100,000` may mean one such sum or two, so a figure alone is refused; and
what is constant is a sum for each year or one for the term, which must be said.
"""

from __future__ import annotations

from collections.abc import Iterator

from vbclang.core import nodes as n
from vbclang.core.elaborate import fitting, timing
from vbclang.core.elaborate.applies import lines_of
from vbclang.core.elaborate.operands import money_amount
from vbclang.core.elaborate.workbench import Place, Refusal, Workbench, after, refuse
from vbclang.core.nodes import Expr
from vbclang.core.program import Drawn
from vbclang.core.walk import meant
from vbclang.source import Label, Reading, Span
from vbclang.syntax import tree
from vbclang.types.kinds import Grain


def drawn_from(w: Workbench, c: tree.Clause, place: Place, grain: Grain) -> tuple[Drawn, ...]:
    """The sums that a clause is drawn from, each once. ``grain``: of the clause."""
    found: dict[str, Span] = {}
    drawn = []
    for line in lines_of(c, tree.DrawnFromLine):
        try:
            one = _drawn(w, c, line, place, grain)
        except Refusal as refusal:
            w.note(refusal)
            continue
        if one.base in found:
            why = "This is said twice here. Keep one of the two lines."
            w.note(refuse("C031", why, line.span, labels=(Label(found[one.base], "said here first"),)))
            continue
        found[one.base] = line.span
        drawn.append(one)
    return tuple(drawn)


def _drawn(w: Workbench, c: tree.Clause, line: tree.DrawnFromLine, place: Place, grain: Grain) -> Drawn:
    node = money_amount(w, line.base, place, "What a clause is drawn from")
    if node.type.axes - place.axes:
        axis = min(node.type.axes - place.axes)
        why = f"There is such a sum for each {axis}, but the clause pays one amount. From which is it drawn?"
        raise fitting.one_for_each(w, node, axis, why, "a clause for each", c.title or c.name, c.name)
    name = _named(w, line, node)
    window = _window(w, line, node, grain)
    if window < grain:
        paid = "once" if grain is Grain.TERM else f"for each {grain.words}"
        why = f"This is a sum for each {window.words}, but the clause pays {paid}. Of which of these sums is it a part?"
        raise refuse("C041", f"{why} Name one sum for the {grain.words}.", line.span)
    return Drawn(name, window, line.span)


def _window(w: Workbench, line: tree.DrawnFromLine, node: Expr, grain: Grain) -> Grain:
    own = node.type.grain
    said = None if line.window is None else timing.grain_of(w, line.window, line.span)
    if own < Grain.TERM:
        if said not in (None, own):
            why = f"This is a sum for each {own.words} already, so a {said.words} has no place here. Leave it out."
            raise refuse("C041", why, line.span, Reading("", f"drawn from {w.written(line.base.span)}", line.span))
        return own
    if said is not None:
        return said
    if grain is Grain.TERM:
        return Grain.TERM
    why = "Is this the sum for one contract year, or for the whole term?"
    raise refuse("C041", why, line.span, *_windows(line))


def _windows(line: tree.DrawnFromLine) -> Iterator[Reading]:
    end = after(line.base.span)
    yield Reading("as much in each year", " in each contract year", end)
    yield Reading("so much in all", " over the term", end)


def _named(w: Workbench, line: tree.DrawnFromLine, node: Expr) -> str:
    """The figure that is meant: a term that only stands for another one is that one."""
    if isinstance(node, n.Ref):
        return meant(w.figures, node.figure)
    why = "A sum that clauses are drawn from has a name, so that it is plain which of them share it. Define it, and name it here."
    written = w.written(line.base.span)
    note = f"Write for example `Yearly Pool means {written}`, and here `drawn from Yearly Pool in each contract year`."
    raise refuse("C041", why, line.span, notes=(note,))
