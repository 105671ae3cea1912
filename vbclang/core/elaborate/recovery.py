"""What a clause does when a figure is missing (the semantics, 3.6): each state that can arise is covered, or refused."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from attrs import evolve, frozen

from vbclang.core import nodes as n
from vbclang.core.elaborate import held as held_until
from vbclang.core.elaborate.applies import line_of
from vbclang.core.elaborate.comparisons import Counts, counted
from vbclang.core.elaborate.ranges import domain_of_figure
from vbclang.core.elaborate.row_blanks import descendants
from vbclang.core.elaborate.states import STATES, PossibleStates
from vbclang.core.elaborate.workbench import Place, Refusal, Workbench, refuse
from vbclang.core.nodes import Cond, Expr, State
from vbclang.core.program import Overdue
from vbclang.core.record import may_be_missing
from vbclang.core.walk import conditions_with_readings, whole, with_readings
from vbclang.names.scope import is_torn
from vbclang.source import Label, Reading
from vbclang.syntax import tree
from vbclang.types.kinds import SHARE, Grain, Type


@frozen(eq=False)
class Rules:
    """What is earned and whether it applies, with the rules for missing figures put in. ``held``: it may wait for a figure."""

    earned: Expr | None
    applies: Cond | None
    held: bool
    overdue: tuple[Overdue, ...]


def readers(w: Workbench, earned: Expr | None, applies: Cond | None) -> tuple[str, ...]:
    """The measures that the conditions of a clause read, in the order of reading."""
    found: dict[str, None] = {}
    for node in (earned, applies):
        for part in whole(w.figures, node) if node is not None else ():
            figure = w.figures.get(part.figure) if isinstance(part, n.Ref | n.RefCondition) else None
            if figure is not None and figure.what in ("measure", "data", "linked"):
                found[figure.name] = None
    return tuple(found)


@frozen(eq=False)
class _Rule:
    """A line about missing figures, and the states for which it is the first: of what is earned, and of whether it applies."""

    line: tree.IfLine
    earned: frozenset[State]
    applies: frozenset[State]


_SAYS_NOTHING_OF_CONDITIONS = ("counts in the worst band", "uses the last final figure")
_ORDER = ("decided by the next result", "uses the last final figure", "counts in the worst band", "counts as met", "counts as failed")
"""What stands in for a figure comes before what is paid where one is still missing."""


def rules(w: Workbench, c: tree.Clause, kind: tree.FlowKind, place: Place, earned: Expr | None, applies: Cond | None) -> Rules:
    """Put the clause's own rules for missing figures, and then the contract's for its kind, into what it pays."""
    possible = PossibleStates(w)
    of_earned, of_applies = possible.of(earned), possible.of(applies)
    arrives = _arrives(w, earned), _arrives(w, applies)
    found: list[_Rule] = []
    covered_earned: frozenset[State] = frozenset()
    covered_applies: frozenset[State] = frozenset()
    for line in (*(line for line in c.lines if isinstance(line, tree.IfLine)), *w.settings.recovery(kind)):
        says_all = line.outcome.what not in _SAYS_NOTHING_OF_CONDITIONS
        rule = _Rule(line, STATES[line.state] - covered_earned, STATES[line.state] - covered_applies if says_all else frozenset())
        can_arise = STATES[line.state] & ((of_earned - covered_earned) | (of_applies - covered_applies))
        may_be_said = (rule.earned and arrives[0]) or (rule.applies and arrives[1])
        if can_arise or (may_be_said and _is_said(line, earned)):
            found.append(rule)
        covered_earned, covered_applies = covered_earned | rule.earned, covered_applies | rule.applies
    used = {rule.line for rule in found}
    if not is_torn(c):  # else what it speaks of may stand on a line that could not be read
        for idle in (line for line in c.lines if isinstance(line, tree.IfLine) and line not in used):
            w.note(_says_nothing(w, c, idle))
    result = _with(w, c, kind, place, found, earned, applies)
    left = of_earned - covered_earned, of_applies - covered_applies
    _all_covered(w, c, left[0] | left[1], earned if left[0] else None, applies if left[1] else None)
    return result


def _says_nothing(w: Workbench, c: tree.Clause, idle: tree.IfLine) -> Refusal:
    """A rule that nothing calls for: the parties would rely on it in vain."""
    before = next((line for line in c.lines if isinstance(line, tree.IfLine) and STATES[idle.state] <= STATES[line.state]), idle)
    if before is not idle:
        why = f"Another line says already what `{c.name.text}` does if a figure is {idle.state}. Keep one of them."
        return refuse("C031", why, idle.span, labels=(Label(before.span, "here"),))
    why = (
        f"`if {idle.state}` speaks of the figures by which `{c.name.text}` is earned or applies, and none of them can be {idle.state}. "
        f"What the amount or a limit reads has its own rule, where it is declared: {_where_it_belongs(w, c)}."
    )
    return refuse("C031", why, idle.span)


def _is_said(line: tree.IfLine, earned: Expr | None) -> bool:
    """Whether the line has a meaning in the clause even where nobody would look for it."""
    return earned is not None or line.outcome.what not in _SAYS_NOTHING_OF_CONDITIONS


def _arrives(w: Workbench, node: Expr | Cond | None) -> bool:
    """Whether it rests on a figure that arrives: whoever delivers one may say of it that it is unfit or too small. What the record tells
    arrives too, where it may never: the day of an event, and what that would have said.
    """
    keys = {getattr(part, "key", "") for part in whole(w.figures, node)} if node is not None else frozenset[str]()
    leaves = (leaf for key in keys if (leaf := w.inputs.get(key)) is not None)
    return any(not leaf.told or may_be_missing(w.told_by.get(leaf.key)) for leaf in leaves)


def _with(
    w: Workbench, c: tree.Clause, kind: tree.FlowKind, place: Place, found: list[_Rule], earned: Expr | None, applies: Cond | None
) -> Rules:
    counts = [rule for rule in found if rule.line.outcome.what in ("counts as met", "counts as failed")]
    if applies is not None:
        as_met = {state: Counts(_is_due(kind, rule.line), rule.line.span) for rule in counts for state in rule.applies}
        applies = counted(w.figures, applies, as_met)
    held, overdue, names = False, list[Overdue](), readers(w, earned, applies)
    for rule in sorted(found, key=lambda rule: _ORDER.index(what) if (what := rule.line.outcome.what) in _ORDER else len(_ORDER)):
        earned, applies = _recovered(w, kind, rule, earned, applies)
        held = held or rule.line.outcome.what in ("held until reported", "decided by the next result")
    for rule in (rule for rule in found if rule.line.outcome.what == "held until reported"):
        then = held_until.then(w, rule.line)
        flag = held_until.over(w, c.name.text, place, rule.line, rule.earned | rule.applies, names)
        overdue.append(_after_last_day(w, kind, rule.line, then, flag, earned, applies))
    return Rules(earned, applies, held, tuple(overdue))


def _after_last_day(
    w: Workbench,
    kind: tree.FlowKind,
    line: tree.IfLine,
    then: held_until.Then,
    flag: n.InputFlag,
    earned: Expr | None,
    applies: Cond | None,
) -> Overdue:
    """What is due after the last day of what is held."""
    match then:
        case "nothing is due" | "does not apply":
            return Overdue(flag)
        case "counts as failed" | "counts as met":
            due = _counts_as_due(kind, then)
            if not due and applies is not None:
                return Overdue(flag)
            if earned is None:
                return Overdue(flag, n.Const(Type(SHARE, Grain.CONSTANT), line.span, Fraction(1)), applies=True)
            best = n.Extreme(earned.type, earned.span, "greater" if due else "lesser", False, tuple(_results(earned)))
            return Overdue(flag, best, applies=True)
        case "counts in the worst band":
            return Overdue(flag, _worst(w, line, earned))
        case _:
            assert_never(then)


def _is_due(kind: tree.FlowKind, line: tree.IfLine) -> bool:
    return _counts_as_due(kind, line.outcome.what)


def _counts_as_due(kind: tree.FlowKind, what: str) -> bool:
    """Whether a condition that counts so makes the money due: where a duty has been failed a sanction is due, and money is kept back."""
    return (what == "counts as met") != (kind in ("sanction", "withholding"))


def _where_it_belongs(w: Workbench, c: tree.Clause) -> str:
    """The line goes under the measure that the amount reads."""
    line = line_of(c, tree.OfLine)
    named = [] if line is None else [part.text for part in descendants(line) if isinstance(part, tree.Name)]
    measure = next((name for name in named if isinstance(w.scope.names.get(name), tree.Measure)), None)
    return "leave this line out" if measure is None else f"put this line under `measure {measure}`"


def _all_covered(w: Workbench, c: tree.Clause, left: frozenset[State], earned: Expr | None, applies: Cond | None) -> None:
    if not left:
        return
    names = ", ".join(f"`{name}`" for name in readers(w, earned, applies)) or "What this clause rests on"
    states = " and ".join(f"*{state.words}*" for state in sorted(left, reverse=True))
    one, grain = len(left) == 1, w.passes.flow_shape(w, c)[0]
    word = next(iter(left)).words if one else "without a result"
    raise refuse(
        "C009",
        f"{names} can be {states}. What does `{c.name.text}` do then?",
        c.name.span,
        Reading("nothing is paid", f"  if {word}, nothing is due"),
        Reading("as if the target had been missed", f"  if {word}, counts as failed"),
        Reading("it waits", f"  if {word}, held until reported, at the latest {held_until.until(w, grain)}, then nothing is due"),
    )


def _recovered(
    w: Workbench, kind: tree.FlowKind, rule: _Rule, earned: Expr | None, applies: Cond | None
) -> tuple[Expr | None, Cond | None]:
    line, outcome = rule.line, rule.line.outcome
    match outcome.what:
        case "nothing is due" | "does not apply":
            return _nothing_earned(line, earned, rule.earned), _does_not_apply(line, applies, rule.applies)
        case "counts as failed" | "counts as met":
            return _extreme_band(line, earned, rule.earned, highest=_is_due(kind, line)), applies
        case "counts in the worst band":
            return _worst_band(w, line, earned, rule.earned), applies
        case "held until reported":
            held_until.last(w, line)
            return earned, applies
        case "decided by the next result":
            return _decided_later(w, line, earned, applies)
        case "uses the last final figure":
            return _last_known(w, line, earned), applies
        case _:
            assert_never(outcome.what)


def _decided_later(w: Workbench, line: tree.IfLine, earned: Expr | None, applies: Cond | None) -> tuple[Expr | None, Cond | None]:
    """Each figure that is read and may be missing so takes its next result; amounts, bands and thresholds stay those of the period."""
    states, possible = STATES[line.state], PossibleStates(w)

    def next_result(reading: n.Ref) -> Expr:
        waits = possible.of(reading) & states
        return n.NextResult(reading.type, reading.span, reading, states, line.span) if waits else reading

    return (
        None if earned is None else with_readings(earned, next_result),
        None if applies is None else conditions_with_readings(applies, next_result),
    )


def _nothing_earned(line: tree.IfLine, earned: Expr | None, states: frozenset[State]) -> Expr | None:
    if earned is None or not states:
        return earned
    nothing = n.Const(evolve(earned.type, grain=Grain.CONSTANT, axes=frozenset()), earned.span, Fraction(0))
    return n.Recover(earned.type, earned.span, earned, states, nothing, line.span)


def _does_not_apply(line: tree.IfLine, applies: Cond | None, states: frozenset[State]) -> Cond | None:
    if applies is None or not states:
        return applies
    no = n.Truth(evolve(applies.type, grain=Grain.CONSTANT, axes=frozenset()), applies.span, False)
    return n.RecoverCondition(applies.type, applies.span, applies, states, no, line.span)


def _results(earned: Expr) -> list[Expr]:
    match earned:
        case n.Piecewise(pieces=pieces, otherwise=otherwise):
            found = [piece.result for piece in pieces] + ([otherwise] if otherwise is not None else [])
        case n.Interpolate(line=line):
            found = [line]
        case n.Recover(operand=operand):
            return _results(operand)
        case _:
            return [earned]
    return [r for result in found for r in ((result.start, result.end) if isinstance(result, n.StraightLine) else (result,))]


def _extreme_band(line: tree.IfLine, earned: Expr | None, states: frozenset[State], *, highest: bool) -> Expr | None:
    """The best or worst that the bands can give."""
    if earned is None or not states:
        return earned
    results = tuple(_results(earned))
    best = n.Extreme(earned.type, earned.span, "greater" if highest else "lesser", False, results)
    return n.Recover(earned.type, earned.span, earned, states, best, line.span)


def _worst_band(w: Workbench, line: tree.IfLine, earned: Expr | None, states: frozenset[State]) -> Expr | None:
    worst = _worst(w, line, earned)
    return None if earned is None else n.Recover(earned.type, earned.span, earned, states, worst, line.span)


def _worst(w: Workbench, line: tree.IfLine, earned: Expr | None) -> Expr:
    """What is earned in the band at the worse end of the measure, by its direction."""
    if earned is None:
        why = "There are no bands here, so there is no worst one. Write `counts as failed`, or `nothing is due`."
        raise refuse("C031", why, line.span)
    subject = _subject(earned)
    figure = w.figures.get(subject.figure) if isinstance(subject, n.Ref) else None
    if figure is None or figure.better is None:
        raise refuse(
            "T011",
            "Which end of the bands is the worst? The measure must say whether higher or lower is better.",
            line.span,
            *(Reading(f"under `measure {figure.name}`", f"  {way} is better") for way in ("higher", "lower") if figure is not None),
        )
    return _at_end(w, line, earned, lowest=figure.better == "higher")


def _subject(earned: Expr) -> Expr | None:
    match earned:
        case (
            n.Piecewise(subject=n.LastKnown() | n.NextResult() as subject)
            | n.Interpolate(subject=n.LastKnown() | n.NextResult() as subject)
        ):
            return subject.operand
        case n.Piecewise(subject=subject) | n.Interpolate(subject=subject):
            return subject
        case n.Recover(operand=operand):
            return _subject(operand)
        case _:
            return None


def _at_end(w: Workbench, line: tree.IfLine, earned: Expr, *, lowest: bool) -> Expr:
    """What is earned at the lowest or highest figure that there can be."""
    match earned:
        case n.Recover(operand=operand):
            return _at_end(w, line, operand, lowest=lowest)
        case n.Interpolate(line=straight):
            return _end_of_line(line, straight, None, lowest=lowest)
        case n.Piecewise(subject=subject, pieces=pieces, otherwise=otherwise):
            result, bound = _last_band(line, pieces, otherwise, domain_of_figure(w, subject)[0 if lowest else 1], lowest=lowest)
            return _end_of_line(line, result, bound, lowest=lowest) if isinstance(result, n.StraightLine) else result
        case _:
            return earned


def _last_band(
    line: tree.IfLine, pieces: tuple[n.Piece, ...], otherwise: Expr | n.StraightLine | None, domain: Fraction | None, *, lowest: bool
) -> tuple[Expr | n.StraightLine, Expr | None]:
    """The result of the last band on one side and the threshold with which that band ends there; None: it is open, as `otherwise` is."""
    ends = [(piece.low if lowest else piece.high, piece) for piece in pieces]
    for bound, piece in ends:
        if bound is None:
            return piece.result, None
    known = [(bound.value, bound, piece) for bound, piece in ends if isinstance(bound, n.Const)]
    if len(known) < len(ends):
        raise _no_last_band(line)
    value, bound, piece = min(known, key=lambda end: end[0] if lowest else -end[0])
    reached = domain is not None and (value <= domain if lowest else value >= domain)
    return (piece.result, bound) if otherwise is None or reached else (otherwise, None)


def _end_of_line(line: tree.IfLine, straight: n.StraightLine, bound: Expr | None, *, lowest: bool) -> Expr:
    """What a straight line gives where its band ends (at ``bound``, or beyond all figures)."""
    first, last = straight.start_at, straight.end_at
    if not isinstance(first, n.Const) or not isinstance(last, n.Const):
        raise _no_last_band(line)
    if bound is not None:
        return n.Interpolate(straight.start.type, straight.start.span, bound, straight)
    return straight.start if (first.value < last.value) == lowest else straight.end


def _no_last_band(line: tree.IfLine) -> Exception:
    why = "Which band is the worst cannot be told before the figures that bound the bands are known. Say what is earned instead."
    ways = ("counts as failed", "nothing is due")
    return refuse("T011", why, line.span, *(Reading("", f"if {line.state}, {way}", line.span) for way in ways))


def stands_in(w: Workbench, line: tree.IfLine, figure: Expr) -> Expr:
    """A measure's or a term's own rule for when it is missing."""
    match line.outcome.what:
        case "uses the last final figure":
            return n.LastKnown(figure.type, line.span, figure, STATES[line.state], line.span)
        case "held until reported":
            if held_until.then(w, line) not in ("nothing is due", "does not apply"):
                why = "What rests on this figure cannot count as met or failed. After the last day nothing is due, or a clause says more."
                raise refuse(
                    "C031", why, line.span, Reading("then", "nothing is due", line.outcome.then.span if line.outcome.then else None)
                )
            return figure  # it stays missing, and what rests on it is not determined before it is reported: see `held`
        case _:
            why = "What this does to money is said at a clause, or in the contract for a kind of clause. At a measure may stand:"
            raise refuse("C031", why, line.span, Reading("", f"  if {line.state}, uses the last final figure", line.span))


def _last_known(w: Workbench, line: tree.IfLine, earned: Expr | None) -> Expr | None:
    if isinstance(earned, n.Piecewise | n.Interpolate):
        subject = n.LastKnown(earned.subject.type, line.span, earned.subject, STATES[line.state], line.span)
        return evolve(earned, subject=subject)
    why = "The last final figure can stand in for a figure that is `earned by`. Say it at the measure instead."
    raise refuse("C031", why, line.span, Reading("at the measure", "  if not reported, uses the last final figure"))
