"""Why an amount is what it is: read from the columns that the engine has worked out, never worked out again."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeAlias

from attrs import field, frozen

from vbclang.calendar.labels import day_label
from vbclang.core.due import last_day_held
from vbclang.core.nodes import Cond, Expr, LastKnown, NextResult, Recover, RecoverCondition, Ref, State
from vbclang.core.program import Flow, Program
from vbclang.core.walk import parts
from vbclang.engine.evaluate import Evaluation
from vbclang.engine.missing import Absences
from vbclang.engine.results import FlowResult
from vbclang.engine.series import ConditionSeries, NumberSeries
from vbclang.settle.later import deciding_period
from vbclang.settle.statement import Outcome
from vbclang.settle.words import money, percent
from vbclang.source import Span, Text
from vbclang.types.algebra import article
from vbclang.types.kinds import Grain

Rule: TypeAlias = Recover | RecoverCondition | LastKnown

_UNNAMED = "a figure that it rests on"
_SOME_RULE = "the contract's rule for this applies"


@frozen
class Reason:
    """The outcome in a word, in a sentence, and the figures that were missing."""

    outcome: Outcome
    words: str
    missing: tuple[str, ...] = ()


@frozen(eq=False)
class Reasons:
    """Why a flow came to what it is, to be read place by place. Made by `reasons`."""

    result: FlowResult
    """As it may be told."""
    owed: FlowResult
    rests_on: tuple[Absences, ...]
    """Of the amount, its share and its condition, and of all that cuts or divides it."""
    ruled: tuple[Absences, ...]
    """Of the share and the condition before the contract's rules for missing figures."""
    evaluation: Evaluation
    waiting: tuple[NextResult, ...]
    """The figures that a later result may stand in for."""
    rules: tuple[Rule, ...]
    """What the contract says of missing figures."""
    texts: Mapping[str, Text]
    """The contract's own words, for saying which rule it was; where they are not at hand that is not said."""
    read: dict[Expr | Cond, NumberSeries | ConditionSeries] = field(factory=dict)

    def at(self, period: int, members: Mapping[str, int]) -> Reason:
        """The reason in a period (its place in the flow's grain) for the flow's members."""
        amount, part = self.result.limited.at(period, members), self._part(period, members)
        if amount is State.NOT_SHOWN or part is State.NOT_SHOWN:
            return unshown(self.evaluation.program, self.owed.flow, self.owed.limited.at(period, members))
        if isinstance(amount, State):
            return self._not_determined(period, members, amount)
        if isinstance(part, State):
            return self._not_determined(period, members, part)
        worked = self.result.floored.at(period, members)
        if isinstance(worked, Fraction) and worked < 0 and not self.result.flow.signed:
            return Reason(Outcome.BELOW_ZERO, below_zero(self.result.flow, worked))
        passed = self._overdue(period, members)
        if passed is not None:
            return passed
        missing = self._missing(self.ruled, period, members)
        if missing:
            words = self._decided_later(period, members) or self._by_rule(period, members)
            return Reason(Outcome.MISSING_RULE, words, missing)
        if self.result.applies is not None and self.result.applies.at(period, members) is not True:
            return Reason(Outcome.NOT_MET, "its condition is not met")
        return (
            self._waived(period, members)
            or self._limited(period, members)
            or self._least(period, members)
            or _earned(self.result, period, members)
        )

    def _overdue(self, period: int, members: Mapping[str, int]) -> Reason | None:
        """Of what was held, that its last day has passed."""
        program, flow = self.evaluation.program, self.result.flow
        for each in flow.overdue:
            held = program.held[each.over.key]
            if self._series(each.over).at(period, members) is True:
                last = last_day_held(program, held, program.grid.period(flow.grain, period))
                state = " or ".join(state.words for state in sorted(held.states, reverse=True))
                words = f"{' or '.join(held.names)} {state} by {day_label(last)}"
                return Reason(Outcome.MISSING_RULE, f"{words}: {self._words(held.span) or _SOME_RULE}", held.names)
        return None

    def _series(self, node: Expr | Cond) -> NumberSeries | ConditionSeries:
        """A node in all periods, worked out once."""
        if node not in self.read:
            self.read[node] = self.evaluation.node(node)
        return self.read[node]

    def _words(self, span: Span) -> str:
        """A line of the contract; empty where its words are not at hand."""
        text = self.texts.get(span.file)
        return "" if text is None else " ".join(text.excerpt(span).split())

    def _by_rule(self, period: int, members: Mapping[str, int]) -> str:
        """In words, what is missing for which reason, and the contract's rule that stood in."""
        states: dict[State, list[str]] = {}
        for part in self.ruled:
            for name, state in part.states_at(self.result.flow.grain, period, members).items():
                states.setdefault(state, []).append(name)
        missing = " and ".join(f"{_listed(tuple(dict.fromkeys(names)))} {state.words}" for state, names in states.items())
        rules = dict.fromkeys(words for node in self.rules if (words := self._applied(node, period, members)))
        return f"{missing}: {'; '.join(rules) or _SOME_RULE}"

    def _applied(self, node: Rule, period: int, members: Mapping[str, int]) -> str:
        """The words of a rule, where it stood in for what it is about; empty where it did not, or its words are not at hand."""
        words = "" if node.rule is None else self._words(node.rule)
        if not words or not node.operand.type.axes <= members.keys():
            return ""
        grain = node.operand.type.grain
        place = 0 if grain >= Grain.TERM else self.evaluation.program.grid.containing(self.result.flow.grain, period, grain)
        stood_in = self._series(node.operand).at(place, members) in node.states
        return words if stood_in else ""

    def _decided_later(self, period: int, members: Mapping[str, int]) -> str:
        """In words, which later period's result decided; empty where none did."""
        grid, own = self.evaluation.program.grid, self.result.flow.grain
        for node in self.waiting:
            grain = node.type.grain
            if grain >= Grain.TERM or not node.type.axes <= members.keys():
                continue
            here = grid.containing(own, period, grain)
            decides = deciding_period(self.evaluation, node, here, members)
            if decides is not None and isinstance(node.operand, Ref):
                first = self.evaluation.value(node.operand, here, members)
                assert isinstance(first, State), "only what is missing waits"
                return f"{node.operand.figure} is {first.words}: decided by the result of {grid.period(grain, decides).label}"
        return ""

    def _waived(self, period: int, members: Mapping[str, int]) -> Reason | None:
        before, after = self.result.limited.at(period, members), self.result.paid.at(period, members)
        if isinstance(before, State) or isinstance(after, State) or before == after:
            return None
        flow = self.result.flow
        return Reason(Outcome.WAIVED, f"{money(abs(before - after), flow.currency)} waived by {flow.waived_by}")

    def _limited(self, period: int, members: Mapping[str, int]) -> Reason | None:
        for limit, cut in zip(self.result.flow.limits, self.result.cut, strict=True):
            taken = cut.at(period, members)
            if isinstance(taken, Fraction) and taken != 0:
                window = f" in each {limit.window.words}" if limit.window else ""
                return Reason(Outcome.LIMITED, f"limited{window}: {_money(self.result, period, members)} was worked out")
        return None

    def _least(self, period: int, members: Mapping[str, int]) -> Reason | None:
        if self.result.floored.at(period, members) == self.result.rounded.at(period, members):
            return None
        return Reason(Outcome.LEAST, "the least that the clause pays")

    def _part(self, period: int, members: Mapping[str, int]) -> Fraction | State | None:
        """Where the amount is divided, the part of the first member: all are missing or none."""
        divided, shares = self.result.divided, self.result.flow.shares
        return divided.at(period, {**members, shares.axis: 0}) if divided is not None and shares is not None else None

    def _not_determined(self, period: int, members: Mapping[str, int], state: State) -> Reason:
        named = self._missing(self.rests_on, period, members)
        if state.is_unruled:
            words = self._unruled(period, members, state, named)
            return Reason(Outcome.NOT_DETERMINED, f"cannot be determined: {words}", ())
        shares = self.result.flow.shares
        if not named and state is State.UNFIT and shares is not None:
            return Reason(Outcome.NOT_DETERMINED, f"cannot be determined: the shares of {shares.axis} do not make 100%, or one is below 0%")
        words = f"{_listed(named or (_UNNAMED,))} {state.words}"
        if self.result.flow.held:
            return Reason(Outcome.HELD, f"held: {words}", named)
        return Reason(Outcome.NOT_DETERMINED, f"cannot be determined: {words}", named)

    def _unruled(self, period: int, members: Mapping[str, int], state: State, named: tuple[str, ...]) -> str:
        """In words, what no rule for missing figures speaks of."""
        if not named and not isinstance(self.result.floored.at(period, members), State):
            return "an earlier amount under the same limit is not determined"
        if not named and not isinstance(self.result.worked.at(period, members), State):
            return "an earlier amount of this clause, which carries its rounding differences, is not determined"
        lies = "lie" if len(named) > 1 else "lies"
        return f"{' and '.join(named) or _UNNAMED} {lies} {state.words}"

    def _missing(self, parts: tuple[Absences, ...], period: int, members: Mapping[str, int]) -> tuple[str, ...]:
        """The names of what is missing in ``parts``, each once; of what is not shown nobody is told whether it is."""
        found = (part.states_at(self.result.flow.grain, period, members) for part in parts)
        return tuple(dict.fromkeys(name for each in found for name, state in each.items() if state is not State.NOT_SHOWN))


def reasons(evaluation: Evaluation, settled: Evaluation, flow: Flow, texts: Mapping[str, Text] | None = None) -> Reasons:
    """Why a flow came to what it is, wherever it is asked for: it read the figures of an ``evaluation``, and came to its amounts in one."""
    evaluation, result = evaluation.shown, settled.shown.flow(flow.key)

    def absences(*nodes: Expr | Cond | None) -> tuple[Absences, ...]:
        return tuple(evaluation.absences(node) for node in nodes if node is not None)

    inside = [part for root in (flow.earned, flow.applies) if root is not None for part in parts(root)]
    return Reasons(
        result,
        settled.flow(flow.key),
        absences(flow.of, flow.earned, flow.applies, *flow.bounds),
        absences(flow.unrecovered_earned, flow.unrecovered_applies),
        evaluation,
        tuple(part for part in inside if isinstance(part, NextResult)),
        tuple(part for part in inside if isinstance(part, Recover | RecoverCondition | LastKnown)),
        texts or {},
    )


def unshown(program: Program, flow: Flow, amount: Fraction | State) -> Reason:
    """Of an amount that rests on counts that are not shown: no more than that, and whether it is determined."""
    least = max(each.least for each in program.unshown.values())
    rests = f"it rests on counts less than {least}, which are used but not shown"
    if isinstance(amount, State):
        outcome = Outcome.HELD if flow.held and not amount.is_unruled else Outcome.NOT_DETERMINED
        return Reason(outcome, f"{'held' if outcome is Outcome.HELD else 'cannot be determined'}: {rests}")
    if amount < 0 and not flow.signed:
        return Reason(Outcome.BELOW_ZERO, f"it comes to less than nothing, and {article(flow.kind)} {flow.kind} cannot; {rests}")
    return Reason(Outcome.NOT_SHOWN, rests)


def below_zero(flow: Flow, amount: Fraction) -> str:
    """Why an amount below £0 is none: only a share goes either way (the semantics, 4.4)."""
    return f"it comes to {money(amount, flow.currency)}, and {article(flow.kind)} {flow.kind} cannot be below nothing"


def _listed(names: tuple[str, ...]) -> str:
    return f"{' and '.join(names)} {'are' if len(names) > 1 else 'is'}"


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
