"""Sanctions out of proportion: greater than what there is to lose, or two for one failure."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import TypeAlias

from vbclang.core import nodes as n
from vbclang.core.nodes import Cond
from vbclang.core.program import Flow, PartyPlace, Program
from vbclang.core.settings import Settings
from vbclang.lint.amounts import a_year, meet
from vbclang.lint.rule import Page, Rule, decided_by, read_by
from vbclang.lint.said import limit_line, money
from vbclang.lint.shown import DUE, SEEN
from vbclang.names.scope import Scope
from vbclang.source import Diagnostic, Diagnostics, Label, Reading
from vbclang.syntax import tree

_PAYS = ("incentive", "payment", "share")


def too_much(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L018."""
    found = []
    sanctions = [flow for flow in program.flows.values() if flow.kind == "sanction"]
    stakes = {payer: _at_stake(program, scope, payer) for payer in dict.fromkeys(flow.payer for flow in sanctions)}
    for flow in sanctions:
        most, stake = a_year(program, flow), stakes[flow.payer]
        if most is not None and stake is not None and most > stake:
            why = (
                f"`{flow.name}` can take {money(most, flow.currency)} in a contract year, and all that {flow.payer.name} is paid "
                f"in one is {money(stake, flow.currency)}."
            )
            found.append(Diagnostic("L018", why, flow.span, readings=(limit_line(scope, flow, stake / 10, "a tenth of what is paid"),)))
    return tuple(found)


def _at_stake(program: Program, scope: Scope, payer: PartyPlace) -> Fraction | None:
    """What the other clauses pay who pays a sanction in a year; None where one of them is not known, or there is none."""
    paid = [a_year(program, flow) for flow in program.flows.values() if flow.kind in _PAYS and meet(scope, flow.payee, payer)]
    known = [amount for amount in paid if amount is not None]
    return sum(known, Fraction(0)) if known and len(known) == len(paid) else None


def twice(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L019."""
    sanctions = [flow for flow in program.flows.values() if flow.kind == "sanction"]
    return tuple(
        Diagnostic(
            "L019",
            f"`{two.name}` and `{one.name}` both deduct when `{shared[0]}` fails. One failure is sanctioned once, unless the contract says "
            "that the second comes in addition.",
            two.span,
            (Label(one.span, "the other"),),
            (Reading("both are deducted", f"  in addition to clause {one.name}"),),
        )
        for one, two in combinations(sanctions, 2)
        if meet(scope, one.payer, two.payer) and (shared := _shared(program, one, two)) and not _in_addition(scope, one, two)
    )


def _shared(program: Program, one: Flow, two: Flow) -> list[str]:
    """The failing measures of both: those that have a direction. Sanctions for different members of one list, or for results that
    lie in different ranges, are for different failures.
    """
    first, second = (decided_by(program, flow.unrecovered_applies, flow.unrecovered_earned, flow.of) for flow in (one, two))
    both = [name for name in first if name in second and program.figures[name].better is not None]
    if not both:
        return []
    chosen = [{part.member for part in read_by(program, flow) if isinstance(part, n.At)} for flow in (one, two)]
    members_apart = chosen[0] and chosen[1] and not chosen[0] & chosen[1]
    return [] if members_apart else [name for name in both if not _apart(one, two, name)]


def _apart(one: Flow, two: Flow, name: str) -> bool:
    """Whether no figure of a measure meets both conditions: below 70%, and at least 70% but less than 80%."""
    (low, lowest), (high, highest) = (_range(flow.unrecovered_applies, name) for flow in (one, two))
    return _lies_below(lowest, high) or _lies_below(highest, low)


_Edge: TypeAlias = tuple[Fraction, bool]
"""Where a range begins or ends, and whether the figure itself is in it."""


def _lies_below(end: _Edge | None, start: _Edge | None) -> bool:
    if end is None or start is None:
        return False
    return end[0] < start[0] or (end[0] == start[0] and not (end[1] and start[1]))


def _range(holds: Cond | None, name: str) -> tuple[_Edge | None, _Edge | None]:
    """Between which figures of a measure a condition holds at all, as far as it compares the measure itself with what is written."""
    low: _Edge | None = None
    high: _Edge | None = None
    for part in holds.operands if isinstance(holds, n.AndCond) else (holds,):
        inner, turned = (part.operand, True) if isinstance(part, n.NotCond) else (part, False)
        match inner:
            case n.Compare(sign="<" | "<=" as sign, left=n.Ref(figure=figure), right=n.Const(value=at)) if figure == name:
                edge, below = (at, (sign == "<=") != turned), not turned
            case n.Compare(sign="<" | "<=" as sign, left=n.Const(value=at), right=n.Ref(figure=figure)) if figure == name:
                edge, below = (at, (sign == "<=") != turned), turned
            case _:
                continue
        low, high = (low, edge) if below else (edge, high)
    return low, high


def _in_addition(scope: Scope, one: Flow, two: Flow) -> bool:
    """Whether one comes on top of the other, perhaps by way of a third."""
    return two.key in _below(scope, one.key, frozenset()) or one.key in _below(scope, two.key, frozenset())


def _below(scope: Scope, key: str, seen: frozenset[str]) -> frozenset[str]:
    lines = scope.clauses[key].lines if key in scope.clauses and key not in seen else ()
    named = {line.clause.text for line in lines if isinstance(line, tree.InAdditionLine)}
    return frozenset(named).union(*(_below(scope, each, seen | {key}) for each in named))


_SANCTION = (
    SEEN
    + """clause Fee
  payment each quarter from Commissioner to Provider
  of £10,000
"""
    + DUE
    + """
clause Missed
  sanction each quarter from Provider to Commissioner
  of {amount}
  when Seen In Time is less than 80.0%
  may be waived by Commissioner
  if not reported, does not apply
"""
    + DUE
)

TOO_MUCH = Page(
    "L018",
    "A sanction that can take more in a contract year than all other clauses pay the same party in one. It speaks where both are known "
    "from the contract alone: amounts that rest on figures that arrive are not.",
    "Who can lose more than the contract brings will price the risk, fight each deduction, or go. A deduction out of all proportion to "
    "the interest that it protects may also not be enforced at all (Cavendish Square Holding v Makdessi [2015] UKSC 67).",
    _SANCTION.format(amount="£12,000"),
    _SANCTION.format(amount="£1,000"),
)

_TWO = (
    SEEN
    + """clause Missed
  sanction each quarter from Provider to Commissioner
  of £1,000
  when Seen In Time is less than 80.0%
  may be waived by Commissioner
  if not reported, does not apply
"""
    + DUE
    + """
clause Missed By Far
  sanction each quarter from Provider to Commissioner
  of £5,000
  when Seen In Time is less than 70.0%
  may be waived by Commissioner
  if not reported, does not apply
{more}"""
    + DUE
)

TWICE = Page(
    "L019",
    "Two sanctions against one party that both rest on the same measure, where neither says `in addition to clause …`. Sanctions for "
    "different members of a list, or for results in ranges that do not meet (below 70%, and at least 70% but less than 80%), are for "
    "different failures.",
    "Whether a second deduction replaces the first or comes on top of it is the first question when both apply, and only the contract "
    "can answer it. Where it does not, the supplier calls it paying twice and the buyer calls it two breaches.",
    _TWO.format(more=""),
    _TWO.format(more="  in addition to clause Missed\n"),
)

RULES = (
    Rule(TOO_MUCH, too_much),
    Rule(TWICE, twice),
)
