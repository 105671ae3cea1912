"""What a clause does when a figure is missing (the semantics, 3.6): each state that can arise is covered, or refused."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import assert_never

import attrs
from attrs import evolve, frozen

from vbclang.core import nodes as n
from vbclang.core.elaborate.ranges import domain_of_figure
from vbclang.core.elaborate.workbench import Workbench, after, last_day, refuse
from vbclang.core.nodes import Cond, Expr, State
from vbclang.core.walk import children
from vbclang.source import Reading
from vbclang.syntax import tree
from vbclang.types.kinds import Grain

STATES: dict[str, frozenset[State]] = {
    "not reported": frozenset({State.NOT_REPORTED}),
    "unfit": frozenset({State.UNFIT}),
    "too small": frozenset({State.TOO_SMALL}),
    "without a result": frozenset({State.NOT_REPORTED, State.UNFIT, State.TOO_SMALL}),
}


@frozen(eq=False)
class Rules:
    """What is earned and whether it applies, with the rules for missing figures put in. ``held``: it may be held until reported."""

    earned: Expr | None
    applies: Cond | None
    held: bool


def core_parts(node: object) -> Iterator[n.CoreNode]:
    """A node of the calculus and all below it, each once; named figures are not entered."""
    seen: set[int] = set()
    stack = [node]
    while stack:
        part = stack.pop()
        if isinstance(part, tuple):
            stack.extend(part)
        elif isinstance(part, n.CoreNode | n.Case | n.Piece | n.StraightLine) and id(part) not in seen:
            seen.add(id(part))
            if isinstance(part, n.CoreNode):
                yield part
            stack.extend(attrs.asdict(part, recurse=False).values())


def whole(w: Workbench, node: object) -> Iterator[n.CoreNode]:
    """The same, entering named figures."""
    seen: set[str] = set()
    stack: list[object] = [node]
    while stack:
        for part in core_parts(stack.pop()):
            yield part
            if isinstance(part, n.Ref | n.RefCondition) and part.figure not in seen:
                seen.add(part.figure)
                if part.figure in w.figures:
                    stack.append(w.figures[part.figure].body)


def readers(w: Workbench, earned: Expr | None, applies: Cond | None) -> tuple[str, ...]:
    """The measures that the conditions of a clause read, in the order of reading."""
    found: dict[str, None] = {}
    for node in (earned, applies):
        for part in whole(w, node):
            figure = w.figures.get(part.figure) if isinstance(part, n.Ref | n.RefCondition) else None
            if figure is not None and figure.what in ("measure", "data"):
                found[figure.name] = None
    return tuple(found)


def possible_states(w: Workbench, node: Expr | Cond) -> frozenset[State]:
    """The reasons for which a figure may be missing, by what it rests on."""
    match node:
        case n.Input() | n.InputFlag():
            declared = w.inputs[node.key]
            if not declared.carried_out:
                return frozenset()
            return frozenset({State.NOT_REPORTED, *({State.UNFIT} if declared.may_be_unfit else ())})
        case n.Ref(figure=name) | n.RefCondition(figure=name):
            return possible_states(w, w.figures[name].body) if name in w.figures else frozenset()
        case n.Recover() | n.RecoverCondition():
            return (possible_states(w, node.operand) - node.states) | possible_states(w, node.instead)
        case n.IsReported() | n.IsKnown():
            return frozenset()
        case n.ByMember():
            inner = frozenset[State]().union(*(possible_states(w, v) for v in node.values if v is not None))
            return inner | ({State.NOT_REPORTED} if any(v is None for v in node.values) else frozenset())
        case n.Prev(operand=n.Ref()) | n.PrevCond():
            return frozenset({State.NOT_REPORTED})
        case _:
            below = (possible_states(w, part) for part in children(node))
            own = {State.TOO_SMALL} if _may_divide_by_nothing(node) else set()
            return frozenset(own).union(*below)


def _may_divide_by_nothing(node: Expr | Cond) -> bool:
    """A share of rows, and a division by anything but a figure that is written out."""
    return isinstance(node, n.Ratio) or (isinstance(node, n.Arith) and node.sign == "/" and not isinstance(node.right, n.Const))


def rules(w: Workbench, c: tree.Clause, kind: tree.FlowKind, earned: Expr | None, applies: Cond | None) -> Rules:
    """Put the clause's own rules for missing figures, and then the contract's for its kind, into what it pays."""
    parts: list[Expr | Cond] = [part for part in (earned, applies) if part is not None]
    possible = frozenset[State]().union(*(possible_states(w, part) for part in parts))
    lines = [line for line in c.lines if isinstance(line, tree.IfLine)] + list(w.settings.recovery(kind))
    covered: frozenset[State] = frozenset()
    held = False
    for line in lines:
        states = STATES[line.state] - covered
        covered |= states
        if not states & possible:
            continue
        earned, applies, waits = _recovered(w, kind, line, states, earned, applies)
        held = held or waits
    _all_covered(w, c, possible - covered, earned, applies)
    return Rules(earned, applies, held)


def _all_covered(w: Workbench, c: tree.Clause, left: frozenset[State], earned: Expr | None, applies: Cond | None) -> None:
    if not left:
        return
    names = ", ".join(f"`{name}`" for name in readers(w, earned, applies)) or "What this clause rests on"
    states = " and ".join(f"*{state.words}*" for state in sorted(left, reverse=True))
    one = len(left) == 1
    word = next(iter(left)).words if one else "without a result"
    raise refuse(
        "C009",
        f"{names} can be {states}. What does `{c.name.text}` do then?",
        c.name.span,
        Reading("nothing is paid", f"  if {word}, nothing is due"),
        Reading("as if the target had been missed", f"  if {word}, counts as failed"),
        Reading("it waits", f"  if {word}, held until reported, at the latest {last_day(w)}, then nothing is due"),
    )


def _recovered(
    w: Workbench, kind: tree.FlowKind, line: tree.IfLine, states: frozenset[State], earned: Expr | None, applies: Cond | None
) -> tuple[Expr | None, Cond | None, bool]:
    outcome = line.outcome
    match outcome.what:
        case "nothing is due" | "does not apply":
            return _earned_instead(earned, states, Fraction(0)), _applies_instead(applies, states, False), False
        case "counts as failed" | "counts as met":
            met = outcome.what == "counts as met"
            bad = kind == "sanction"
            return _extreme_band(earned, states, highest=met != bad), _applies_instead(applies, states, met != bad), False
        case "counts in the worst band":
            return _worst_band(w, line, earned, states), applies, False
        case "held until reported":
            if outcome.deadline is None or outcome.then is None:
                why = "Held until reported: and if it never is? Give a last day and what happens then."
                raise refuse(
                    "C016",
                    why,
                    line.span,
                    Reading("at the end of the line", f", at the latest {last_day(w)}, then nothing is due", after(line.span)),
                )
            return earned, applies, True
        case "decided by the next result":
            w.not_yet.append(("results that wait for the next period", line.span))
            return earned, applies, True
        case "uses the last final figure":
            return _last_known(w, line, earned), applies, False
        case _:
            assert_never(outcome.what)


def _earned_instead(earned: Expr | None, states: frozenset[State], value: Fraction) -> Expr | None:
    if earned is None:
        return None
    return n.Recover(
        earned.type, earned.span, earned, states, n.Const(evolve(earned.type, grain=Grain.CONSTANT, axes=frozenset()), earned.span, value)
    )


def _applies_instead(applies: Cond | None, states: frozenset[State], value: bool) -> Cond | None:
    if applies is None:
        return None
    truth = n.Truth(evolve(applies.type, grain=Grain.CONSTANT, axes=frozenset()), applies.span, value)
    return n.RecoverCondition(applies.type, applies.span, applies, states, truth)


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


def _extreme_band(earned: Expr | None, states: frozenset[State], *, highest: bool) -> Expr | None:
    """The best or worst that the bands can give."""
    if earned is None:
        return None
    results = tuple(_results(earned))
    best = n.Extreme(earned.type, earned.span, "greater" if highest else "lesser", False, results)
    return n.Recover(earned.type, earned.span, earned, states, best)


def _worst_band(w: Workbench, line: tree.IfLine, earned: Expr | None, states: frozenset[State]) -> Expr | None:
    """The band at the worse end of the measure, by its direction."""
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
    worst = _at_end(w, line, earned, lowest=figure.better == "higher")
    return n.Recover(earned.type, earned.span, earned, states, worst)


def _subject(earned: Expr) -> Expr | None:
    match earned:
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


def stands_in(line: tree.IfLine, figure: Expr) -> Expr:
    """A measure's or a term's own rule for when it is missing."""
    match line.outcome.what:
        case "uses the last final figure":
            return n.LastKnown(figure.type, line.span, figure, STATES[line.state])
        case "held until reported":
            return figure  # it stays missing, and what rests on it is not determined before it is reported
        case _:
            why = "What this does to money is said at a clause, or in the contract for a kind of clause. At a measure may stand:"
            raise refuse("C031", why, line.span, Reading("", f"  if {line.state}, uses the last final figure", line.span))


def _last_known(w: Workbench, line: tree.IfLine, earned: Expr | None) -> Expr | None:
    if isinstance(earned, n.Piecewise | n.Interpolate):
        subject = n.LastKnown(earned.subject.type, line.span, earned.subject, STATES[line.state])
        return evolve(earned, subject=subject)
    why = "The last final figure can stand in for a figure that is `earned by`. Say it at the measure instead."
    raise refuse("C031", why, line.span, Reading("at the measure", "  if not reported, uses the last final figure"))
