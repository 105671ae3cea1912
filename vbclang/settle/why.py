"""Why an amount is what it is: read from the columns that the engine has worked out, never worked out again."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from attrs import frozen

from vbclang.core.nodes import Cond, Expr, State
from vbclang.core.program import Flow
from vbclang.engine.evaluate import Evaluation
from vbclang.engine.results import FlowResult
from vbclang.settle.statement import Outcome
from vbclang.settle.words import money, percent
from vbclang.types.kinds import Grain


@frozen
class Reason:
    """The outcome in a word, in a sentence, and the figures that were missing."""

    outcome: Outcome
    words: str
    missing: tuple[str, ...] = ()


def reason(evaluation: Evaluation, result: FlowResult, period: int, members: Mapping[str, int]) -> Reason:
    """Why the flow came to what it is in a period (its place in the flow's grain) for its members."""
    amount = result.limited.at(period, members)
    if isinstance(amount, State):
        return _not_determined(evaluation, result, period, members, amount)
    ruled = _ruled(evaluation, result.flow, period, members)
    if ruled is not None:
        return ruled
    if result.applies is not None and result.applies.at(period, members) is not True:
        return Reason(Outcome.NOT_MET, "its condition is not met")
    for limit, cut in zip(result.flow.limits, result.cut, strict=True):
        taken = cut.at(period, members)
        if isinstance(taken, Fraction) and taken != 0:
            window = f" in each {limit.window.words}" if limit.window else ""
            return Reason(Outcome.LIMITED, f"limited{window}: {_money(result, period, members)} was worked out")
    return _earned(result, period, members)


def _money(result: FlowResult, period: int, members: Mapping[str, int]) -> str:
    worked = result.floored.at(period, members)
    return money(worked, result.flow.currency) if isinstance(worked, Fraction) else worked.words


def _earned(result: FlowResult, period: int, members: Mapping[str, int]) -> Reason:
    if result.earned is None:
        return Reason(Outcome.MET, "its condition is met") if result.applies is not None else Reason(Outcome.DUE, "as the contract states")
    share = result.earned.at(period, members)
    if share == 0:
        return Reason(Outcome.NOT_MET, "nothing of it is earned")
    if share == 1:
        return Reason(Outcome.MET, "all of it is earned")
    assert isinstance(share, Fraction)
    return Reason(Outcome.PARTLY, f"{percent(share)} of it is earned")


def _not_determined(evaluation: Evaluation, result: FlowResult, period: int, members: Mapping[str, int], state: State) -> Reason:
    missing = _missing(evaluation, result.flow, (result.flow.of, result.flow.earned, result.flow.applies), period, members)
    named = " and ".join(missing) if missing else "a figure that it rests on"
    if state is State.NOT_CARRIED_OUT:
        return Reason(Outcome.NOT_DETERMINED, f"cannot be determined: this version does not carry out {named}", missing)
    verb = "are" if len(missing) > 1 else "is"
    if result.flow.held:
        return Reason(Outcome.HELD, f"held: {named} {verb} {state.words}", missing)
    return Reason(Outcome.NOT_DETERMINED, f"cannot be determined: {named} {verb} {state.words}", missing)


def _missing(
    evaluation: Evaluation, flow: Flow, nodes: tuple[Expr | Cond | None, ...], period: int, members: Mapping[str, int]
) -> tuple[str, ...]:
    """The names of what is missing in ``nodes``, each read in its own grain."""
    found: dict[str, None] = {}
    for node in nodes:
        if node is not None:
            place = evaluation.program.grid.containing(flow.grain, period, node.type.grain) if node.type.grain < Grain.TERM else 0
            found |= dict.fromkeys(evaluation.missing_leaves(node, place, members))
    return tuple(found)


def _ruled(evaluation: Evaluation, flow: Flow, period: int, members: Mapping[str, int]) -> Reason | None:
    """Where a figure is missing and the contract says what then happens."""
    missing = _missing(evaluation, flow, (flow.unrecovered_earned, flow.unrecovered_applies), period, members)
    if not missing:
        return None
    verb = "are" if len(missing) > 1 else "is"
    return Reason(Outcome.MISSING_RULE, f"{' and '.join(missing)} {verb} without a result: the contract's rule for this applies", missing)
