"""An amount that may come out below nothing in a clause that is paid one way only (the semantics, 4.4).

Asked where the amount is a difference, or money times one, whose second part is written or rests on figures that the first does not.
On data such an amount is an error when it comes; before, it may be meant to be impossible, so it is a warning.
"""

from __future__ import annotations

from vbclang.core import nodes as n
from vbclang.core.nodes import Cond, Expr
from vbclang.core.program import Flow, Program
from vbclang.core.walk import whole
from vbclang.engine.range import interval as i
from vbclang.engine.range.bounds import Bounds
from vbclang.engine.range.place import Place
from vbclang.source import Diagnostic, Diagnostics, Label
from vbclang.types.algebra import article, is_money
from vbclang.types.kinds import Grain


def below_nothing(bounds: Bounds) -> Diagnostics:
    """Warnings, one a clause."""
    program, found = bounds.program, []
    for flow in program.flows.values():
        difference = None if flow.signed or flow.floor is not None else _difference(program, flow.of)
        if difference is not None and not _asks(program, flow, difference) and _may_be_below(bounds, flow):
            found.append(_said(flow, difference))
    return tuple(found)


def _difference(program: Program, node: Expr | Cond, within: frozenset[str] = frozenset()) -> n.Arith | None:
    """The difference that a figure is, or is a part of."""
    match node:
        case n.Ref(figure=name) if name not in within:
            return _difference(program, program.figures[name].body, within | {name})
        case n.Round(operand=operand):
            return _difference(program, operand, within)
        case n.Arith(sign="*", left=left, right=right):
            return _difference(program, left, within) or _difference(program, right, within)
        case n.Arith(sign="/", left=left):
            return _difference(program, left, within)
        case n.Arith(sign="-", left=left, right=right) if _may_turn(_arriving(program, left), _arriving(program, right)):
            return node
        case _:
            return None


def _may_turn(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether the second of two figures may be the greater: it rests on something of its own, or is written while the first arrives."""
    return bool(right - left) or (bool(left) and not right)


def _arriving(program: Program, node: Expr | Cond) -> frozenset[str]:
    return frozenset(part.key for part in whole(program.figures, node) if isinstance(part, n.Input | n.InputFlag))


def _asks(program: Program, flow: Flow, difference: n.Arith) -> bool:
    """Whether the clause's condition reads what the difference rests on: then it may rule it out."""
    return flow.applies is not None and bool(_arriving(program, flow.applies) & _arriving(program, difference))


def _may_be_below(bounds: Bounds, flow: Flow) -> bool:
    periods = range(1 if flow.grain >= Grain.TERM else bounds.count(flow.grain))
    amounts = (bounds.flows.unlimited(flow, Place(flow.grain, period)) for period in periods)
    return any(amount.there and amount.low < i.end(i.ZERO) for amount in amounts)


def _said(flow: Flow, difference: n.Arith) -> Diagnostic:
    kind = f"{article(flow.kind)} {flow.kind}"
    of_money = is_money(difference.type.kind)
    what, where = ("is a difference", "behind it") if of_money else ("is worked out from a difference", "at the end of the line")
    floor = f"{'put the difference in brackets and ' if of_money else ''}write `, but not less than £0` {where}"
    below = "£0" if of_money else "nothing"
    why = f"The amount of `{flow.name}` {what}, which may come out below {below}, and {kind} is paid one way only."
    notes = (f"If nothing is paid then, {floor}. If it goes the other way then, make the clause a `share` that `runs both ways`.",)
    return Diagnostic("C013", why, flow.of.span, (Label(difference.span, "the difference"),), notes=notes)
