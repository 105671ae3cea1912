"""Running worked examples: a small world with just the figures given, settled, and each claim held against it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import assert_never

import numpy as np
from attrs import frozen

from vbclang.calendar.labels import day_label
from vbclang.core.examples import Example, Given, Then, ThenAmount, ThenFigure, ThenParty
from vbclang.core.nodes import State
from vbclang.core.program import Member, Program
from vbclang.data.facts import Facts, Overlay, overlay_of
from vbclang.engine.evaluate import Evaluation, evaluate
from vbclang.settle.coverage import Coverage, Gap, gaps
from vbclang.settle.settle import flow_lines
from vbclang.settle.statement import Line
from vbclang.settle.words import figure, money
from vbclang.source import Span


@frozen
class Difference:
    """A claim that did not come out: what was claimed, what came out, and why."""

    claimed: str
    came: str
    why: str
    span: Span


@frozen
class Result:
    """How one example went. ``not_yet``: what of it this version does not carry out, so that it could not be judged."""

    name: str
    span: Span
    differences: tuple[Difference, ...]
    not_yet: tuple[str, ...]
    claims: int


@frozen
class ExampleReport:
    """All examples of a contract, and what none of them reaches."""

    results: tuple[Result, ...]
    gaps: tuple[Gap, ...]

    @property
    def failed(self) -> bool:
        """Whether any claim did not come out."""
        return any(result.differences for result in self.results)


def run(program: Program) -> ExampleReport:
    """Run the worked examples of a checked contract."""
    coverage = Coverage(program)
    results = tuple(_run(program, example, coverage) for example in program.examples)
    return ExampleReport(results, gaps(coverage))


def _run(program: Program, example: Example, coverage: Coverage) -> Result:
    evaluation = world(program, example)
    coverage.reached(evaluation, example)
    differences = tuple(d for claim in example.then if (d := _judged(evaluation, example, claim)) is not None)
    return Result(example.name, example.span, differences, example.not_yet, len(example.then))


def world(program: Program, example: Example) -> Evaluation:
    """The contract with one member in each open class, and the figures given; nothing else is reported."""
    members = {axis: (Member(name),) for axis, name in example.members}
    keys: dict[str, list[Given]] = {}
    for given in example.given:
        keys.setdefault(given.key, []).append(given)
    overrides = {key: _overlay(program, key, givens, members) for key, givens in keys.items()}
    return evaluate(program, Facts(members, {}), overrides=overrides)


def _overlay(program: Program, key: str, givens: list[Given], members: Mapping[str, tuple[Member, ...]]) -> Overlay:
    """The figures given for one key, by place; a member that is not named has them all."""
    type_ = program.inputs[key].type if key in program.inputs else program.figures[key].type
    axes = tuple(axis for axis in program.axes if axis in type_.axes)
    sizes = tuple(len(members.get(axis, program.axes[axis].members)) for axis in axes)
    shape = (program.grid.count(type_.grain), *sizes)
    cells: dict[tuple[int, ...], Fraction | State] = {}
    for given in givens:
        named = dict(given.members)
        for place in np.ndindex(*sizes):
            if all(named.get(axis, at) == at for axis, at in zip(axes, place, strict=True)):
                cells[(given.period, *place)] = given.value
    return overlay_of(axes, type_.grain, shape, cells)


# -- judging -----------------------------------------------------------------------------------------------------------


def _judged(evaluation: Evaluation, example: Example, claim: Then) -> Difference | None:
    match claim:
        case ThenAmount():
            return _amount(evaluation, claim)
        case ThenParty():
            return _party(evaluation, example, claim)
        case ThenFigure():
            return _figure(evaluation, claim)
        case _:
            assert_never(claim)


def _amount(evaluation: Evaluation, claim: ThenAmount) -> Difference | None:
    flow = evaluation.program.flows[claim.flow]
    label = evaluation.program.grid.period(flow.grain, claim.period).label
    lines = [line for line in flow_lines(evaluation, flow) if line.period == label]
    named = [line for line in lines if claim.payer in (None, line.payer) and claim.payee in (None, line.payee)]
    if claim.applies is not None:
        return _applies(evaluation, claim, lines)
    assert claim.amount is not None
    whole = _whole(named if claim.payer or claim.payee else lines)
    if not named and claim.amount == 0:
        return None
    if whole == claim.amount or (whole is not None and -whole == claim.amount and not claim.payer and not claim.payee):
        return _due(claim, named)
    came = "cannot be determined" if whole is None else money(whole, flow.currency)
    if not named:
        came = "is paid the other way: " + ", ".join(f"{line.payer} to {line.payee}" for line in lines[:2])
    why = "; ".join(dict.fromkeys(line.why for line in lines))
    return Difference(f"clause {claim.flow} pays {money(claim.amount, flow.currency)}", came, why, claim.span)


def _due(claim: ThenAmount, lines: list[Line]) -> Difference | None:
    """Whether the amount is due on the day that the claim names, where it names one."""
    others = [line.due for line in lines if line.due != claim.by]
    if claim.by is None or not others:
        return None
    came = "no day can be given" if others[0] is None else f"it is due on {day_label(others[0])}"
    return Difference(f"clause {claim.flow} pays by {day_label(claim.by)}", came, "", claim.span)


def _whole(lines: list[Line]) -> Fraction | None:
    """All of an amount that may stand in several lines; None where part of it cannot be determined."""
    if any(line.amount is None for line in lines):
        return None
    return sum((line.amount for line in lines if line.amount is not None), Fraction(0))


def _applies(evaluation: Evaluation, claim: ThenAmount, lines: list[Line]) -> Difference | None:
    result = evaluation.flow(claim.flow)
    members = dict.fromkeys(result.flow.axes, 0)
    came = True if result.applies is None else result.applies.at(claim.period, members)
    if came is claim.applies:
        return None
    words = "cannot be determined" if isinstance(came, State) else "it applies" if came else "it does not apply"
    claimed = f"clause {claim.flow} {'applies' if claim.applies else 'does not apply'}"
    return Difference(claimed, words, "; ".join(dict.fromkeys(line.why for line in lines)), claim.span)


def _party(evaluation: Evaluation, example: Example, claim: ThenParty) -> Difference | None:
    first, end = example.days
    total = Fraction(0)
    for flow in evaluation.program.flows.values():
        for line in flow_lines(evaluation, flow):
            inside = first <= line.first_day.toordinal() and line.last_day.toordinal() < end
            side = line.payee if claim.verb == "receives" else line.payer
            if inside and side == claim.party:
                if line.amount is None:
                    return Difference(_party_words(evaluation, claim), "cannot be determined", line.why, claim.span)
                total += line.amount
    if total == claim.amount:
        return None
    return Difference(_party_words(evaluation, claim), money(total, evaluation.program.currency), "", claim.span)


def _party_words(evaluation: Evaluation, claim: ThenParty) -> str:
    return f"{claim.party} {claim.verb} {money(claim.amount, evaluation.program.currency)}"


def _figure(evaluation: Evaluation, claim: ThenFigure) -> Difference | None:
    members = dict.fromkeys(claim.figure.type.axes, 0)
    came = evaluation.node(claim.figure).at(claim.period, members)
    kind = claim.figure.type.kind
    if claim.value is None:
        if isinstance(came, State) and claim.state in (None, came):
            return None
        claimed = claim.state.words if claim.state is not None else "not assessed"
    else:
        if came == claim.value:
            return None
        claimed = figure(claim.value, kind)
    words = came.words if isinstance(came, State) else figure(came, kind)
    missing = evaluation.missing_leaves(claim.figure, claim.period, members) if isinstance(came, State) else ()
    return Difference(f"{claim.name} is {claimed}", f"it is {words}", f"not given: {', '.join(missing)}" if missing else "", claim.span)
