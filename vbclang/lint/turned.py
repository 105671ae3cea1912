"""Money for a result that goes against the roles: an incentive that the provider pays, a sanction that the commissioner does."""

from __future__ import annotations

from vbclang.core.elaborate.applies import line_of
from vbclang.core.program import Flow, Program
from vbclang.core.settings import Settings
from vbclang.lint.rule import Page, Rule, buys, clause_of, decided_by
from vbclang.lint.shown import DUE, SEEN
from vbclang.names.scope import Scope
from vbclang.source import Diagnostic, Diagnostics, Reading
from vbclang.syntax import tree


def turned(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L035."""
    found = (_turned(program, scope, flow) for flow in program.flows.values() if flow.kind in ("incentive", "sanction"))
    return tuple(finding for finding in found if finding is not None)


def _turned(program: Program, scope: Scope, flow: Flow) -> Diagnostic | None:
    """By the roles of both parties, where a measure decides of which the contract says what is better."""
    pays, gets = buys(scope, flow.payer), buys(scope, flow.payee)
    if pays is None or gets is None or pays == gets or pays == (flow.kind == "incentive"):
        return None
    names = decided_by(program, flow.of, flow.unrecovered_earned, flow.unrecovered_applies)
    head = line_of(clause_of(scope, flow), tree.FlowHead)
    if head is None or not any(program.figures[name].better for name in names):
        return None
    paid = "is paid by the party that performs" if flow.kind == "incentive" else "is paid to the party that performs"
    why = f"`{flow.name}` {paid}: {flow.payer.name} pays {flow.payee.name}. Were the two exchanged?"
    span = head.payer.span.to(head.payee.span)
    reading = Reading("the other way", f"{flow.payee.name} to {flow.payer.name}", span)
    return Diagnostic("L035", why, span, readings=(reading,))


_QUICK = (
    SEEN.replace("by Commissioner", 'by "An independent assessor"')
    + """clause Quick Care
  incentive each quarter from {payer} to {payee}
  of £2,000
  when Seen In Time is at least 90.0%
"""
    + DUE
)

TURNED = Page(
    "L035",
    "An incentive that a provider or supplier pays to the commissioner, payer or buyer, or a sanction that goes the other way, where a "
    "measure decides of which the contract says which way is better. It is silent about groups and about parties of other roles.",
    "A clause that is copied takes its parties along. Exchanged, the one that fails is paid for it, and the clause still reads well. Where "
    "the commissioner is to be held to something of its own, accept the finding and say so.",
    _QUICK.format(payer="Provider", payee="Commissioner"),
    _QUICK.format(payer="Commissioner", payee="Provider"),
)

RULES = (Rule(TURNED, turned),)
