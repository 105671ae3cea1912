"""What a whole contract ought to have. Most of these are silent of a pattern of one or two clauses, which is meant to be pasted from."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from vbclang.core.examples import ThenAmount
from vbclang.core.program import Flow, Program
from vbclang.core.settings import Settings
from vbclang.lint import whole_contract_pages as pages
from vbclang.lint.amounts import a_term, a_year, by_results, is_whole
from vbclang.lint.rule import Rule, decided_by
from vbclang.lint.said import figure, money
from vbclang.lint.words import says
from vbclang.names.scope import Scope
from vbclang.source import Diagnostic, Diagnostics
from vbclang.syntax import tree
from vbclang.types.kinds import SHARE

_OUTCOME = ("incentive", "sanction")

_MOST_MEASURES = 5

_CLAUSES_WITHOUT_A_GAP = 2


def many_measures(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L012."""
    outcome = [flow for flow in program.flows.values() if flow.kind in _OUTCOME]
    read = dict.fromkeys(name for flow in outcome for name in decided_by(program, flow.unrecovered_earned, flow.unrecovered_applies))
    scored = dict.fromkeys(
        name for flow in outcome for name in decided_by(program, flow.of) if program.figures[name].better is not None and name not in read
    )
    names = [*read, *scored]
    if len(names) <= _MOST_MEASURES or scope.contract is None:
        return ()
    listed = ", ".join(f"`{name}`" for name in names)
    why = f"{len(names)} measures decide money for outcomes: {listed}. Of more than {_MOST_MEASURES}, none moves enough to be worked for."
    return (Diagnostic("L012", why, scope.contract.name.span),)


def no_inequality(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L013."""
    incentives = [flow for flow in program.flows.values() if flow.kind == "incentive"]
    read = {name for flow in incentives for name in decided_by(program, *flow.roots(before_rules=True))}
    if len(incentives) <= _CLAUSES_WITHOUT_A_GAP or scope.contract is None or any(_by_groups(program, scope, name) for name in read):
        return ()
    why = (
        f"{len(incentives)} clauses pay for outcomes, and none of their measures tells one group of people from another: the results may "
        "rise while those who are worst off fall behind."
    )
    return (Diagnostic("L013", why, scope.contract.name.span),)


def _by_groups(program: Program, scope: Scope, name: str) -> bool:
    return any(isinstance(scope.names.get(axis), tree.ListItem) for axis in program.figures[name].type.axes)


def without_example(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L014."""
    if not scope.examples and not is_whole(program):
        return ()
    shown = {line.clause.text for example in scope.examples for line in example.lines if isinstance(line, tree.ThenClause)}
    return tuple(
        Diagnostic(
            "L014",
            f"No worked example says what `{flow.name}` pays, so the parties have not seen that they read it alike.",
            flow.span,
            notes=(f"Add to a worked example: `then clause {flow.name} pays …`. `vbc test` then holds the clause to it.",),
        )
        for flow in program.flows.values()
        if flow.name not in shown and flow.key not in shown
    )


def one_sided(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L029."""
    found = []
    for flow in (flow for flow in program.flows.values() if flow.kind == "share"):
        sides = {_side(flow, then) for e in program.examples for then in e.then if isinstance(then, ThenAmount) and then.flow == flow.key}
        if len(sides - {None}) == 1:
            missed = "the target is missed" if "gain" in sides else "it is beaten"
            why = f"Worked examples try `{flow.name}` from one side only: none shows what it comes to where {missed}."
            note = f"Add a worked example of the other side, with figures that may well come: `then clause {flow.name} pays …`."
            found.append(Diagnostic("L029", why, flow.span, notes=(note,)))
    return tuple(found)


def _side(flow: Flow, then: ThenAmount) -> Literal["gain", "loss"] | None:
    """Which way the money goes in a claim; None where it goes nowhere, or no amount is claimed."""
    if not then.amount:
        return None
    return "gain" if then.payer in (None, flow.payer.name) else "loss"


_LEAST_FOR_OUTCOMES = Fraction(1, 100)


def small_outcomes(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L020."""
    incentives = [flow for flow in program.flows.values() if flow.kind == "incentive"]
    payers = {flow.payer.name for flow in incentives}
    fixed = [flow for flow in program.flows.values() if flow.kind == "payment" and flow.payer.name in payers]
    paid, rest = (_all_known([a_year(program, flow) for flow in flows]) for flows in (incentives, fixed))
    if not paid or not rest or paid >= _LEAST_FOR_OUTCOMES * (paid + rest):
        return ()
    why = (
        f"At most {money(paid, program.currency)} a year hang on outcomes, {figure(paid / (paid + rest), SHARE)} of what is paid: "
        "too little for anybody to work for."
    )
    return (Diagnostic("L020", why, settings.span),)


def _all_known(amounts: list[Fraction | None]) -> Fraction | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Fraction(0)) if known and len(known) == len(amounts) else None


_SECTION_52 = Fraction(5_000_000)

_LEAST_INDICATORS = 3


def few_indicators(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L026."""
    found = {name for flow in by_results(program) for name in _with_direction(program, flow)}
    value = _value(program)
    if not _under_the_act(program) or value is None or value <= _SECTION_52 or not 0 < len(found) < _LEAST_INDICATORS:
        return ()
    decide = "1 measure decides" if len(found) == 1 else f"{len(found)} measures decide"
    why = (
        f"The contract is worth up to {money(value, 'GBP')} at the prices of its first year, and {decide} money. Section 52 of the "
        "Procurement Act 2023 asks for at least three key performance indicators above £5 million, unless an exemption applies."
    )
    return (Diagnostic("L026", why, settings.span),)


def _with_direction(program: Program, flow: Flow) -> Iterator[str]:
    names = decided_by(program, *flow.roots(before_rules=True))
    yield from (name for name in names if program.figures[name].better is not None)


def _under_the_act(program: Program) -> bool:
    """Whether it may be a public contract to which it applies: Scotland has its own law."""
    return program.working_days in ("England", "Wales", "Northern Ireland") and program.currency == "GBP"


def _value(program: Program) -> Fraction | None:
    """What is paid over the term, as far as the contract alone says it."""
    amounts = [a_term(program, flow) for flow in program.flows.values() if flow.kind in ("payment", "incentive")]
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Fraction(0)) if known else None


_LEARNING = r"\b(lessons?|learn\w*|went (well|wrong)|evaluat\w+|review of|report on (what|how))\b"


def no_lessons(program: Program, scope: Scope, settings: Settings) -> Diagnostics:
    """L028."""
    duties = [line for clause in scope.clauses.values() for line in clause.lines if isinstance(line, tree.DutyHead)]
    said = (f"{duty.what.text if duty.what else ''} {duty.event.text if duty.event else ''}" for duty in duties)
    titles = (d.title.text for d in scope.names.values() if isinstance(d, tree.Event) and d.title is not None)
    if not is_whole(program) or any(says(_LEARNING, words) for words in (*said, *titles)):
        return ()
    why = "Nobody has the duty to write down what was learnt, so the next contract begins where this one began."
    return (Diagnostic("L028", why, settings.span),)


RULES = (
    Rule(pages.MANY_MEASURES, many_measures),
    Rule(pages.NO_INEQUALITY, no_inequality),
    Rule(pages.WITHOUT_EXAMPLE, without_example),
    Rule(pages.ONE_SIDED, one_sided),
    Rule(pages.SMALL_OUTCOMES, small_outcomes),
    Rule(pages.FEW_INDICATORS, few_indicators),
    Rule(pages.NO_LESSONS, no_lessons),
)
