"""One result that decides money in more than one period: a deduction each month for what is measured once a quarter."""

from __future__ import annotations

from vbclang.core import nodes as n
from vbclang.core.elaborate.applies import line_of
from vbclang.core.nodes import Cond, Expr
from vbclang.core.program import Flow, Program
from vbclang.core.settings import Settings
from vbclang.lint.amounts import first_value
from vbclang.lint.rule import Page, Rule, clause_of, decided_by
from vbclang.lint.said import money
from vbclang.lint.shown import DUE
from vbclang.names.scope import Scope
from vbclang.source import Diagnostic, Diagnostics, Reading
from vbclang.syntax import tree
from vbclang.types.kinds import Grain


def repeated(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L032."""
    found = (_repeated(program, scope, flow) for flow in program.flows.values() if flow.kind in ("sanction", "incentive", "payment"))
    return tuple(finding for finding in found if finding is not None)


def _repeated(program: Program, scope: Scope, flow: Flow) -> Diagnostic | None:
    """A written amount for each period of a clause all of whose measures have one result for several of its periods."""
    names = decided_by(program, flow.unrecovered_applies, flow.unrecovered_earned)
    grain = min((program.figures[name].type.grain for name in names), default=flow.grain)
    amount = first_value(program, flow.of)
    head = line_of(clause_of(scope, flow), tree.FlowHead)
    if grain <= flow.grain or grain >= Grain.TERM or flow.instalments or amount is None or head is None or _is_a_part(program, flow):
        return None
    times = grain.months // flow.grain.months
    does = "deducts" if flow.kind == "sanction" else "pays"
    why = (
        f"`{flow.name}` {does} each {flow.grain.words}, and `{names[0]}` has one result for a {grain.words}: the same result counts "
        f"{times} times, {money(amount * times, flow.currency)} in all."
    )
    once = f"{flow.kind} each {grain.words} from {head.payer.name.text} to {'each of ' * head.payee.each}{head.payee.name.text}"
    of = line_of(clause_of(scope, flow), tree.OfLine)
    part = f"of {money(amount, flow.currency).removesuffix('.00')} / {times}"
    parts = [Reading("a part of it each time", part, of.span)] if of is not None and isinstance(of.amount, tree.Money) else []
    return Diagnostic("L032", why, flow.span, readings=(Reading("once for each result", once, head.span), *parts))


def _is_a_part(program: Program, flow: Flow) -> bool:
    """Whether the amount is divided, as one for a longer period is."""
    node: Expr | Cond = flow.of
    while isinstance(node, n.Ref):
        node = program.figures[node.figure].body
    return isinstance(node, n.Arith) and node.sign == "/"


_MONTHLY = (
    """measure Seen In Time
  reported by Commissioner as percentage
  each quarter
  higher is better

clause Missed
  sanction each {period} from Provider to Commissioner
  of £2,000
  when Seen In Time is less than 80.0%
  may be waived by Commissioner
  if not reported, does not apply
"""
    + DUE
)

REPEATED = Page(
    "L032",
    "A sanction, incentive or payment for each of several shorter periods, with an amount that is written, all of whose measures have one "
    "result for a longer one: each month by a quarterly result. It is silent where the amount is divided or paid in instalments, and "
    "where any measure has a result of its own for each of the clause's periods.",
    "One bad quarter is then deducted three times. Whether that is meant the words do not show, and the party that pays will say that "
    "one failure was agreed to cost one sum.",
    _MONTHLY.format(period="month"),
    _MONTHLY.format(period="quarter"),
)

RULES = (Rule(REPEATED, repeated),)
