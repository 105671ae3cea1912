"""Running worked examples: a small world with just the figures and rows given, settled, and each claim held against it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import assert_never

from attrs import frozen

from vbclang.calendar.labels import day_label
from vbclang.core.examples import Example, Then, ThenAmount, ThenCourse, ThenDue, ThenFigure, ThenParty
from vbclang.core.nodes import State
from vbclang.core.program import Flow, PartyPlace, Program
from vbclang.engine.evaluate import Evaluation
from vbclang.settle.course import Course
from vbclang.settle.coverage import Coverage, Gap, gaps
from vbclang.settle.example_worlds import Worlds, facts_given, worlds_of
from vbclang.settle.rounded import rounded_onto_an_edge
from vbclang.settle.settle import exits, flow_lines
from vbclang.settle.statement import Happening, Line, What
from vbclang.settle.words import figure, money
from vbclang.source import Diagnostics, Span, has_errors


@frozen
class Difference:
    """A claim that did not come out: what was claimed, what came out, and why."""

    claimed: str
    came: str
    why: str
    span: Span


@frozen
class Result:
    """How one example went. ``findings``: what is wrong with the files from which it takes rows."""

    name: str
    span: Span
    differences: tuple[Difference, ...]
    claims: int
    findings: Diagnostics = ()

    @property
    def not_run(self) -> bool:
        """Whether its files have errors, so that nothing was held against them."""
        return has_errors(self.findings)


@frozen
class ExampleReport:
    """All examples of a contract, and what none of them reaches."""

    results: tuple[Result, ...]
    gaps: tuple[Gap, ...]

    @property
    def failed(self) -> bool:
        """Whether any claim did not come out, or could not be held against the rows that it is about."""
        return any(result.differences or result.not_run for result in self.results)

    @property
    def findings(self) -> Diagnostics:
        """What is wrong with the files from which examples take rows, each thing once."""
        return tuple(dict.fromkeys(finding for result in self.results for finding in result.findings))


def run(program: Program, files: Mapping[str, Path] | None = None) -> ExampleReport:
    """Run the worked examples of a checked contract. ``files``: those from which they take rows, by their names in the contract."""
    coverage = Coverage(program)
    results = tuple(_run(program, example, coverage, files or {}) for example in program.examples)
    return ExampleReport(results, gaps(coverage))


def _run(program: Program, example: Example, coverage: Coverage, files: Mapping[str, Path]) -> Result:
    facts, findings = facts_given(program, example, files)
    if has_errors(findings):
        return Result(example.name, example.span, (), 0, findings)
    worlds = worlds_of(program, example, facts)
    for evaluation in worlds.every:
        coverage.reached(evaluation, worlds.course, example)
    differences = tuple(d for claim in example.then if (d := _judged(worlds, example, claim)) is not None)
    return Result(example.name, example.span, differences, len(example.then), findings)


# -- judging -----------------------------------------------------------------------------------------------------------


def _judged(worlds: Worlds, example: Example, claim: Then) -> Difference | None:
    evaluation, taken = worlds.in_force, worlds.course
    match claim:
        case ThenAmount() if claim.recovers:
            return _recovered(worlds, claim)
        case ThenAmount(kept="releases"):
            return _released(worlds, claim)
        case ThenAmount():
            return _amount(worlds.on(claim.stage), claim)
        case ThenParty():
            return _party(evaluation, taken, example, claim)
        case ThenFigure():
            return _figure(evaluation, claim)
        case ThenCourse():
            return _course(evaluation, taken, claim)
        case ThenDue():
            return _event_due(evaluation, taken, claim)
        case _:
            assert_never(claim)


def _amount(evaluation: Evaluation, claim: ThenAmount) -> Difference | None:
    """What a clause pays from the payer of its head to its payee; a claim that names them the other way round is of the opposite."""
    flow = evaluation.program.flows[claim.flow]
    lines = _lines(evaluation, claim)
    if claim.applies is not None:
        return _applies(evaluation, claim, lines)
    assert claim.amount is not None
    payers = _names(evaluation, flow.payer) - {flow.payee.name}
    payees = _names(evaluation, flow.payee) - {flow.payer.name}  # who shares what it has borne itself is on the one side only
    named = [line for line in lines if all(side is None or _takes_part(side, line, flow) for side in (claim.payer, claim.payee))]
    turned = claim.payer in payees or claim.payee in payers
    total = _total(named, payers)
    came = None if total is None else -total if turned else total
    if came == claim.amount and (named or not lines):
        return _due(claim, named)
    said = f"clause {claim.flow} {'withholds' if claim.kept else 'pays'} {money(claim.amount, flow.currency)}"
    whys = [line.why for line in lines] or ["the clause has ended, or is suspended"]
    whys += rounded_onto_an_edge(evaluation, flow, claim.period) if lines else ()
    why = "; ".join(dict.fromkeys(whys))
    words = _came(flow, named, came) if lines else "pays nothing"
    return Difference(said, words.replace("pays", "withholds", 1) if claim.kept else words, why, claim.span)


def _recovered(worlds: Worlds, claim: ThenAmount) -> Difference | None:
    """What the payee gives back when the final data come: what was paid on provisional data, less what stands in the end."""
    flow = worlds.in_force.program.flows[claim.flow]
    early, now = (_paid(evaluation, claim) for evaluation in (worlds.early, worlds.in_force))
    came = None if early is None or now is None else early - now
    if came == claim.amount:
        return None
    assert claim.amount is not None
    words = "what it recovers cannot be determined" if came is None else f"it recovers {money(came, flow.currency)}"
    if came is not None and came < 0:
        words = f"it pays {money(-came, flow.currency)} more"
    return Difference(f"clause {claim.flow} recovers {money(claim.amount, flow.currency)}", words, "", claim.span)


def _released(worlds: Worlds, claim: ThenAmount) -> Difference | None:
    """What is released of what was kept back, and when."""
    assert claim.amount is not None
    flow = worlds.in_force.program.flows[claim.flow]
    standing = [line for line in _lines(worlds.in_force, claim, worlds.course) if line.released is not None]
    stood = [line for line in _lines(worlds.in_force, claim) if any(_same(line, other) for other in standing)]
    came, said = _total(stood, _names(worlds.in_force, flow.payer)), f"clause {claim.flow} releases {money(claim.amount, flow.currency)}"
    if came != claim.amount:
        why = "; ".join(dict.fromkeys(line.why for line in _lines(worlds.in_force, claim, worlds.course)))
        words = "what it releases cannot be determined" if came is None else f"it releases {money(came, flow.currency)}"
        return Difference(said, words, why, claim.span)
    others = [line.released for line in standing if line.released != claim.by]
    if claim.by is None or not others or others[0] is None:
        return None
    return Difference(f"{said} by {day_label(claim.by)}", f"it releases it on {day_label(others[0])}", "", claim.span)


def _same(one: Line, other: Line) -> bool:
    return (one.period, one.members, one.payer, one.payee) == (other.period, other.members, other.payer, other.payee)


def _paid(evaluation: Evaluation, claim: ThenAmount) -> Fraction | None:
    """All that the clause pays in the claim's period, from its payer to its payee."""
    return _total(_lines(evaluation, claim), _names(evaluation, evaluation.program.flows[claim.flow].payer))


def _lines(evaluation: Evaluation, claim: ThenAmount, course: Course | None = None) -> list[Line]:
    """The clause's lines in the claim's period, for the member that it names; what it keeps back all stands, or (with a ``course``) as it
    stands in the end.
    """
    flow = evaluation.program.flows[claim.flow]
    label = evaluation.program.grid.period(flow.grain, claim.period).label
    named = (line for line in flow_lines(evaluation, flow, kept=course.kept if course else None) if line.period == label)
    return [line for line in named if claim.member is None or claim.member in line.members]


def _course(evaluation: Evaluation, taken: Course, claim: ThenCourse) -> Difference | None:
    """What a provision comes to: on which day it takes effect, whether it applies or is breached in a period."""
    whom = f" for {claim.member[1]}" if claim.member is not None else ""
    if claim.verb in ("takes effect", "does not take effect"):
        day = taken.effective(claim.clause, _place_of(evaluation, claim.member))
        came = "it does not take effect" if day is None else f"it takes effect on {day_label(day)}"
        said = f"clause {claim.clause}{whom} {claim.verb}{f' on {day_label(claim.day)}' if claim.day is not None else ''}"
        return None if day == claim.day else Difference(said, came, _refusals(taken, claim.clause), claim.span)
    kinds = (What.NOT_DONE,) if claim.verb.endswith("breached") else (What.RIGHT, What.WARNING, What.SUSPENDED, What.ENDS, What.NOT_DONE)
    found = [h for h in taken.happenings if _is_claimed(h, claim, kinds)]
    if bool(found) == (claim.verb not in ("does not apply", "is not breached")):
        return None
    came = "; ".join(happening.words for happening in found) or "nothing comes of it"
    return Difference(f"clause {claim.clause}{whom} {claim.verb}", came, "", claim.span)


def _place_of(evaluation: Evaluation, member: tuple[str, str] | None) -> tuple[str, int] | None:
    if member is None:
        return None
    return member[0], evaluation.place_of(*member)


def _is_claimed(happening: Happening, claim: ThenCourse, kinds: tuple[What, ...]) -> bool:
    """Of the clause, the member and the period that a claim is about."""
    about = happening.clause == claim.clause and (claim.member is None or claim.member in happening.members)
    return about and _is_one(happening, kinds) and _falls_in(happening, claim.within)


def _is_one(happening: Happening, kinds: tuple[What, ...]) -> bool:
    """A duty applies where a result has brought it; that it is due again each quarter is no occasion."""
    return happening.what in kinds or (What.RIGHT in kinds and happening.what is What.DUE and happening.period is not None)


def _falls_in(happening: Happening, within: tuple[date, date]) -> bool:
    """By the period whose result brought it, else by its day."""
    day = happening.period.last_day if happening.period is not None else happening.day
    return within[0] <= day < within[1]


def _refusals(taken: Course, clause: str) -> str:
    return "; ".join(happening.words for happening in taken.happenings if happening.clause == clause and happening.what is What.REFUSED)


def _event_due(evaluation: Evaluation, taken: Course, claim: ThenDue) -> Difference | None:
    duties = {provision.key for provision in evaluation.program.provisions if provision.event == claim.event}
    days = [happening.day for happening in taken.happenings if happening.clause in duties and happening.what is What.DUE]
    if claim.by in days:
        return None
    came = f"it is due on {day_label(min(days, key=lambda day: abs(day - claim.by)))}" if days else "no duty makes it due"
    return Difference(f"{claim.event} is due by {day_label(claim.by)}", came, "", claim.span)


def _came(flow: Flow, named: list[Line], came: Fraction | None) -> str:
    if not named:
        return "pays nobody of that name"
    if came is None:
        return "cannot be determined"
    return f"pays {money(came, flow.currency)}" if came >= 0 else f"pays {money(-came, flow.currency)} the other way"


def _names(evaluation: Evaluation, side: PartyPlace) -> set[str]:
    """What a side of a clause is called: its own name, and those of its members."""
    return {side.name} | ({member.name for member in evaluation.members(side.axis)} if side.axis is not None else set())


def _takes_part(name: str, line: Line, flow: Flow) -> bool:
    return name in (line.payer, line.payee, flow.payer.name, flow.payee.name)


def _total(lines: list[Line], payers: set[str]) -> Fraction | None:
    """All that the payers pay, less what they are paid; None where part of it cannot be determined."""
    if any(line.amount is None for line in lines):
        return None
    return sum((line.amount if line.payer in payers else -line.amount for line in lines if line.amount is not None), Fraction(0))


def _due(claim: ThenAmount, lines: list[Line]) -> Difference | None:
    """Whether the amount is due on the day that the claim names, where it names one."""
    others = [line.due for line in lines if line.due != claim.by]
    if claim.by is None or not others:
        return None
    came = "no day can be given" if others[0] is None else f"it is due on {day_label(others[0])}"
    return Difference(f"clause {claim.flow} pays by {day_label(claim.by)}", came, "", claim.span)


def _applies(evaluation: Evaluation, claim: ThenAmount, lines: list[Line]) -> Difference | None:
    """Whether the clause applies: to every member that it has."""
    result = evaluation.flow(claim.flow)
    for members in evaluation.everyone(result.flow.axes):
        if claim.member is not None and not _is_of(evaluation, *claim.member, members):
            continue
        came = True if result.applies is None else result.applies.at(claim.period, members)
        if came is not claim.applies:
            words = "cannot be determined" if isinstance(came, State) else "it applies" if came else "it does not apply"
            claimed = f"clause {claim.flow} {'applies' if claim.applies else 'does not apply'}"
            why = "; ".join(dict.fromkeys(line.why for line in lines))
            return Difference(claimed, f"{words}{_to_whom(evaluation, members)}", why, claim.span)
    return None


def _is_of(evaluation: Evaluation, axis: str, name: str, members: Mapping[str, int]) -> bool:
    """Whether the member is among ``members``; a clause that is divided applies to all of its parts or to none."""
    return axis not in members or evaluation.members(axis)[members[axis]].name == name


def _to_whom(evaluation: Evaluation, members: Mapping[str, int]) -> str:
    """Which member it is, where there are several."""
    named = [evaluation.members(axis)[place].name for axis, place in members.items() if len(evaluation.members(axis)) > 1]
    return f" for {', '.join(named)}" if named else ""


def _party(evaluation: Evaluation, taken: Course, example: Example, claim: ThenParty) -> Difference | None:
    """What a party (or all of a group or class) pays, receives or bears by all clauses together, and on an ending."""
    axes = evaluation.program.axes
    names = {claim.party} | ({member.name for member in evaluation.members(claim.party)} if claim.party in axes else set())
    flows = (line for flow in evaluation.program.flows.values() for line in flow_lines(evaluation, flow, kept=taken.kept))
    total = _borne_first(evaluation, example, names) if claim.verb == "bears" else Fraction(0)
    for line in chain(flows, exits(evaluation, taken)):
        sign = _sign(claim, line, names)
        if sign and _is_within(example, line.first_day, line.last_day):
            if line.amount is None:
                return Difference(_party_words(evaluation, claim), "cannot be determined", line.why, claim.span)
            total += sign * line.amount
    if total == claim.amount:
        return None
    return Difference(_party_words(evaluation, claim), money(total, evaluation.program.currency), "", claim.span)


def _is_within(example: Example, first: date, last: date) -> bool:
    return example.days[0] <= first.toordinal() and last.toordinal() < example.days[1]


def _sign(claim: ThenParty, line: Line, names: set[str]) -> int:
    """Whether an amount counts for a claim, and which way: what a party bears is what it pays, less what it receives."""
    pays, receives = int(line.payer in names), int(line.payee in names)
    match claim.verb:
        case "pays":
            return pays
        case "receives":
            return receives
        case "bears":
            return pays - receives
        case _:
            assert_never(claim.verb)


def _borne_first(evaluation: Evaluation, example: Example, names: set[str]) -> Fraction:
    """What these have borne before anything was paid: of clauses that say so the whole amount that is then divided, or given back."""
    total = Fraction(0)
    for flow in evaluation.program.flows.values():
        if flow.borne_first not in names:
            continue
        paid, sign = evaluation.flow(flow.key).paid, -1 if flow.borne_first == flow.payer.name else 1
        for place in range(evaluation.program.grid.count(flow.grain)):
            days = evaluation.program.grid.period(flow.grain, place)
            if _is_within(example, days.start, days.last_day):
                amounts = (paid.at(place, members) for members in evaluation.everyone(flow.axes))
                total += sign * sum((amount for amount in amounts if isinstance(amount, Fraction)), Fraction(0))
    return total


def _party_words(evaluation: Evaluation, claim: ThenParty) -> str:
    return f"{claim.party} {claim.verb} {money(claim.amount, evaluation.program.currency)}"


def _figure(evaluation: Evaluation, claim: ThenFigure) -> Difference | None:
    """A figure for every member that it has: the first that is otherwise is the difference."""
    kind = claim.figure.type.kind
    for members in evaluation.everyone(claim.figure.type.axes):
        came = evaluation.node(claim.figure).at(claim.period, members)
        so_missing = isinstance(came, State) and claim.state in (None, came)
        agrees = so_missing if claim.value is None else not isinstance(came, State) and came == claim.value
        if not agrees:
            state = claim.state.words if claim.state is not None else "not assessed"
            claimed = state if claim.value is None else figure(claim.value, kind)
            words = came.words if isinstance(came, State) else figure(came, kind)
            missing = evaluation.missing_leaves(claim.figure, claim.period, members) if isinstance(came, State) else ()
            why = f"not given: {', '.join(missing)}" if missing else ""
            return Difference(f"{claim.name} is {claimed}", f"it is {words}{_to_whom(evaluation, members)}", why, claim.span)
    return None
