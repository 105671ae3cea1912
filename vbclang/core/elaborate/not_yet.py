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
from vbclang.core.elaborate.shared_limits import can_be_named
from vbclang.core.elaborate.workbench import Place, Workbench, after, refuse
from vbclang.core.nodes import Cond, Expr
from vbclang.source import Reading, Span
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
                named.party(w, party)
                yield Wanting(what, line.span, "amount")
            case tree.LimitedLine():
                yield from _limit(w, c, line)
            case tree.IfLine(outcome=tree.Outcome(what="held until reported", deadline=tree.Deadline() as deadline)):
                w.passes.deadline(w, deadline)
                yield Wanting("the last day of money that is held", line.span, "nothing")
            case _:
                pass
    yield from _named_elsewhere(w, c)


def _limit(w: Workbench, c: tree.Clause, line: tree.LimitedLine) -> Iterator[Wanting]:
    if line.together_with:
        can_be_named(w, c, line.together_with)
        if line.reduced is None:
            why = "When these clauses together exceed the limit, which is cut?"
            ways = ("reduced in the order named", "reduced in proportion")
            raise refuse(
                "C014", why, line.span, *(Reading("at the end of the line", f", {way}", after(line.together_with[-1].span)) for way in ways)
            )
        if line.reduced == "in proportion":
            yield Wanting("limits of several clauses together, reduced in proportion", line.span, "amount")
    excess = line.excess
    if excess is not None and excess.party is not None:
        named.party(w, excess.party)
        if line.for_each_of is None:
            yield Wanting("an excess that falls on a party", line.span, "amount")


def _named_elsewhere(w: Workbench, c: tree.Clause) -> Iterator[Wanting]:
    """A limit of another clause that covers this one too may cut this one."""
    for other in w.scope.clauses.values():
        for line in other.lines:
            if (
                other is not c
                and isinstance(line, tree.LimitedLine)
                and line.reduced == "in proportion"
                and c.name.text in (named.text for named in line.together_with)
            ):
                yield Wanting(f"the limit that clause {other.name.text} has together with this one", line.span, "amount")
