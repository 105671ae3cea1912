"""Limits of what a clause pays: over which window, for whom, with which other clauses, and what becomes of the excess (the semantics, 4.2).

Limits of the parts of a division stand in `division`.
"""

from __future__ import annotations

from vbclang.core.elaborate import fitting, named, timing
from vbclang.core.elaborate.applies import lines_of
from vbclang.core.elaborate.operands import money_amount
from vbclang.core.elaborate.shared_limits import together
from vbclang.core.elaborate.workbench import Place, Workbench, after, refuse
from vbclang.core.program import Limit, PartyPlace
from vbclang.source import Reading
from vbclang.syntax import tree
from vbclang.types.kinds import Grain


def limits(
    w: Workbench, c: tree.Clause, sides: tuple[PartyPlace, PartyPlace], place: Place, grain: Grain, axes: frozenset[str]
) -> tuple[Limit, ...]:
    """Those of a clause, as they are written. ``sides``: who pays and who is paid."""
    own = (line for line in lines_of(c, tree.LimitedLine) if line.for_each_of is None or line.for_each_of.text in axes)
    return tuple(_limit(w, c, sides, line, place, grain, axes) for line in own)


def _limit(
    w: Workbench,
    c: tree.Clause,
    sides: tuple[PartyPlace, PartyPlace],
    line: tree.LimitedLine,
    place: Place,
    grain: Grain,
    axes: frozenset[str],
) -> Limit:
    _for_whom(w, line, axes)
    to = money_amount(w, line.to, place, "A limit")
    window = None if line.window is None else timing.grain_of(w, line.window, line.span)
    if window is not None and window < grain:
        raise refuse("C004", f"This limit is for each {window.words}, but the clause pays for each {grain.words}.", line.span)
    reach = window or grain
    if to.type.grain < reach:
        why = (
            f"This limit covers a {reach.words}, but its amount changes each {to.type.grain.words}. Name one figure for the {reach.words}."
        )
        raise refuse("C004", why, line.to.span, *fitting.one_figure(w, to, reach))
    over: frozenset[str] = frozenset()
    if line.over_every is not None:
        if line.over_every.text not in axes:
            raise refuse("T006", f"This clause has no amount for each {line.over_every.text}.", line.over_every.span)
        over = frozenset({line.over_every.text})
    if to.type.axes - (axes - over):
        raise refuse("T005", "This limit differs from one member to the other, but it covers them together.", line.to.span)
    carried = line.excess is not None and line.excess.what == "carried forward"
    _falls_on(w, line, sides)
    return Limit(line.way, to, window, over, line.span, carried, together(w, c, line), line.reduced == "in proportion")


def _for_whom(w: Workbench, line: tree.LimitedLine, axes: frozenset[str]) -> None:
    """A limit of a clause ``for each Indicator`` says whether it is for each of them or for all together."""
    named_there = {name.text for name in (line.for_each_of, line.over_every) if name is not None}
    for axis in sorted(axes - named_there):
        if w.axes[axis].open:  # each party of a class has its own contract
            continue
        group = isinstance(w.scope.names.get(axis), tree.Group)
        each, together = (f" for each of {axis}", f" over {axis}") if group else (f" for each {axis}", f" over every {axis}")
        end = after(line.to.span)
        readings = Reading("each has this limit", each, end), Reading("all together have this limit", together, end)
        raise refuse("C026", f"Is this limit{each} alone, or for all of them together?", line.span, *readings)


def _falls_on(w: Workbench, line: tree.LimitedLine, sides: tuple[PartyPlace, PartyPlace]) -> None:
    """What is above a limit is not paid, so it falls on whom it would have been paid to. The words may say so, and nothing else."""
    if line.excess is None or line.excess.party is None:
        return
    named.party(w, line.excess.party)
    payer, payee = (side.name for side in sides)
    left = {"loss": (payer,), "gain": (payee,), "both": (payee,)}[line.way]
    if line.excess.party.text in left:
        return
    why = (
        f"What is above the limit is not paid, so it falls on {left[0]}, to whom it would have been paid. "
        "If somebody else is to bear it, that is a payment: put it into a clause of its own."
    )
    raise refuse("C032", why, line.excess.span, Reading("", f"falls on {left[0]}", line.excess.span))
