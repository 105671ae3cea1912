"""What a clause that moves money says and this version checks but does not carry out.

All of it is listed. Where the amount could depend on it, a figure that is never determined stands in place of the amount, so that no rule
for missing figures can make money of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from attrs import frozen

from vbclang.core import nodes as n
from vbclang.core.elaborate import named
from vbclang.core.elaborate.lines import NOT_CARRIED_OUT
from vbclang.core.elaborate.workbench import Place, Workbench, refuse
from vbclang.core.nodes import Cond, Expr
from vbclang.source import Span
from vbclang.syntax import tree


@frozen
class Wanting:
    """One such thing. ``changes``: nothing · only an amount that is due · also whether anything is due."""

    what: str
    span: Span
    changes: Literal["nothing", "amount", "whether"]


@frozen(eq=False)
class Parts:
    """What a flow is worked out from."""

    of: Expr
    earned: Expr | None
    applies: Cond | None


def without(w: Workbench, c: tree.Clause, head: tree.FlowHead, place: Place, parts: Parts) -> Parts:
    """``parts`` where all that the clause says is carried out; else with a figure that is never determined for the amount."""
    found = tuple(_wanting(w, c, head, place))
    w.not_yet.extend((f"{wanting.what}: clause {c.name.text}", wanting.span) for wanting in found)
    for changes in ("whether", "amount"):
        for wanting in found:
            if wanting.changes == changes:
                leaf = _undetermined(w, wanting, parts.of)
                return Parts(leaf, None, None) if changes == "whether" else Parts(leaf, parts.earned, parts.applies)
    return parts


def _undetermined(w: Workbench, wanting: Wanting, of: Expr) -> Expr:
    leaf = w.not_carried_out(wanting.what, of.type, wanting.span)
    w.not_yet.pop()  # it is listed with its clause
    assert isinstance(leaf, n.Input)
    return leaf


def _wanting(w: Workbench, c: tree.Clause, head: tree.FlowHead, place: Place) -> Iterator[Wanting]:
    for line in c.lines:
        what = NOT_CARRIED_OUT.get(type(line), "")
        match line:
            case tree.WaivedByLine(party=party):
                named.party(w, party)
            case tree.InAdditionLine(clause=clause):
                named.clause(w, clause)
            case tree.CuredDoesNotCountLine():
                yield Wanting(what, line.span, "nothing")
            case tree.BorneFirstLine(party=party):
                _has_borne(w, head, party)
            case _:
                pass


def _has_borne(w: Workbench, head: tree.FlowHead, party: tree.Name) -> None:
    """Who has borne the cost before it is shared takes part in the sharing."""
    named.party(w, party)
    sides = [w.scope.names.get(ref.name.text) for ref in (head.payer, head.payee)]
    members = {row.name.text for side in sides if isinstance(side, tree.Group) for row in side.members}
    if party.text not in members | {head.payer.name.text, head.payee.name.text}:
        why = f"{party.text} neither pays nor is paid by this clause, so it is no matter here that it has borne a cost first."
        raise refuse("C031", why, party.span)
