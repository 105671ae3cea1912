"""Conditions: whether each holds and by how much, for which member, in which period; which one kept a clause from applying."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from vbclang.core import nodes as n
from vbclang.core.nodes import Cond, State
from vbclang.core.program import Flow
from vbclang.engine.missing import Place
from vbclang.settle.explained import deliveries
from vbclang.settle.explained.missing import why_missing
from vbclang.settle.explained.rules import stood_in
from vbclang.settle.explained.steps import Sight, Step
from vbclang.settle.words import apart
from vbclang.source import Span

MOST_MEMBERS = 12
"""Members that are listed; of more only those that decide."""


# -- the conditions of a clause ----------------------------------------------------------------------------------------


def of_clause(sight: Sight, flow: Flow, place: Place) -> Iterator[Step]:
    """Each condition of the clause for itself, and the rule that stood in for them."""
    if flow.applies is not None:
        yield from of_condition(sight, flow.applies, place)


def of_condition(sight: Sight, condition: Cond, place: Place) -> Iterator[Step]:
    """The same of any condition."""
    conjuncts, rules = _conjuncts(condition)
    for number, node in enumerate(conjuncts, 1):
        what = "condition" if len(conjuncts) == 1 else f"condition {number} of {len(conjuncts)}"
        yield _of_clause(sight, what, node, place)
    for rule in rules:
        yield from (
            evolve(step, value={"yes": "met", "no": "not met"}.get(step.value, step.value)) for step in stood_in(sight, rule, place)
        )


def _conjuncts(node: Cond) -> tuple[tuple[Cond, ...], tuple[n.RecoverCondition, ...]]:
    """The conditions, each of which must hold, and the rules for where one of them is unknown."""
    rules: list[n.RecoverCondition] = []
    while isinstance(node, n.RecoverCondition):
        rules.append(node)
        node = node.operand
    return tuple(_all_of(node)), tuple(rules)


def _all_of(node: Cond) -> Iterator[Cond]:
    if isinstance(node, n.AndCond):
        for operand in node.operands:
            yield from _all_of(operand)
    else:
        yield node


def _of_clause(sight: Sight, what: str, node: Cond, place: Place) -> Step:
    inside = node.operand if isinstance(node, n.NotCond) else node
    steps = tuple(condition(sight, inside, place, sight.depth))
    holds = sight.read(inside, place)
    step = steps[0] if len(steps) == 1 else Step(sight.said(inside.span), _yes(sight, inside, place), "", inside.span, steps)
    said = ": ".join(part for part in (step.what, step.said) if part)
    if isinstance(node, n.NotCond):
        value = holds.words if isinstance(holds, State) else "holds, so the clause does not apply" if holds else "does not hold"
        return evolve(step, what=f"{what}, an exception", value=value, said=said)
    if isinstance(holds, State):
        return evolve(step, what=what, said=said)
    value = step.value.removeprefix("yes" if holds else "no")
    return evolve(step, what=what, value=("met" if holds else "not met") + value, said=said)


def not_met(sight: Sight, flow: Flow, place: Place) -> tuple[str, Span] | None:
    """The conditions that keep the clause from applying, in words with the members for which they fail, and where the first stands."""
    conjuncts = _conjuncts(flow.applies)[0] if flow.applies is not None else ()
    failed = [node for node in conjuncts if sight.read(node, place) is False]
    return ("; ".join(_fails(sight, node, place) for node in failed), failed[0].span) if failed else None


def _fails(sight: Sight, node: Cond, place: Place) -> str:
    if isinstance(node, n.NotCond):
        return f"an exception holds: {sight.said(node.operand.span)}"
    return f"not met: {sight.said(node.span)}{_failing(sight, node, place)}"


def _failing(sight: Sight, node: Cond, place: Place) -> str:
    if not isinstance(node, n.OverCond) or node.which == "any":
        return ""
    names = [sight.member(node.axis, m) for m in _meant(sight, node, place) if sight.read(node.operand, place.of(node.axis, m)) is False]
    more = f" and {len(names) - MOST_MEMBERS} more" if len(names) > MOST_MEMBERS else ""
    return f", not for {', '.join(names[:MOST_MEMBERS])}{more}" if names else ""


# -- any condition -----------------------------------------------------------------------------------------------------


def condition(sight: Sight, node: Cond, place: Place, depth: int) -> Iterator[Step]:
    """A condition: whether it holds, and below it what that rests on."""
    match node:
        case n.Truth():
            return
        case n.Compare():
            yield _comparison(sight, node, place, depth)
        case n.RecoverCondition():
            yield from _by_rule(sight, node, place, depth)
        case n.AndCond(operands=operands) | n.OrCond(operands=operands):
            steps = tuple(step for operand in operands for step in condition(sight, operand, place, depth))
            yield Step(sight.said(node.span), _yes(sight, node, place), "", node.span, steps)
        case n.NotCond(operand=operand):
            yield Step(sight.said(node.span), _yes(sight, node, place), "", node.span, tuple(condition(sight, operand, place, depth)))
        case n.OverCond():
            yield _for_members(sight, node, place, depth)
        case n.Run():
            yield _run(sight, node, place, depth)
        case n.RefCondition(figure=name):
            yield _named(sight, name, node, place, depth)
        case n.InputFlag() if said := deliveries.events(sight, node, place):
            yield Step(sight.said(node.span), _yes(sight, node, place), said, node.span)
        case _:
            below = tuple(step for child in _figures(node) for step in sight.below(child, place, depth))
            yield Step(sight.said(node.span), _yes(sight, node, place), "", node.span, below)


def _by_rule(sight: Sight, node: n.RecoverCondition, place: Place, depth: int) -> Iterator[Step]:
    """A condition with the rule for where it is unknown: the rule is told where it stood in."""
    steps = tuple(condition(sight, node.operand, place, depth))
    rule = tuple(stood_in(sight, node, place))
    if rule and len(steps) == 1:
        value = f"{_yes(sight, node, place)}: {_yes(sight, node.operand, place)}"
        yield evolve(steps[0], value=value, below=(*steps[0].below, *rule))
    else:
        yield from (*steps, *rule)


def _named(sight: Sight, name: str, node: Cond, place: Place, depth: int) -> Step:
    """A condition that has a name, or a yes or no that arrives."""
    declared, found = sight.evaluation.program.figures[name], _yes(sight, node, place)
    what, body = name + sight.for_whom(node, place), declared.body
    if isinstance(body, n.InputFlag):
        missing = isinstance(sight.read(body, place), State)
        return Step(what, found, "" if missing else "as reported", declared.span, tuple(why_missing(sight, body, place)))
    return Step(what, found, sight.said(body.span), declared.span, sight.below(body, place, depth - 1) if depth > 1 else ())


def _figures(node: Cond) -> Iterator[n.Expr | Cond]:
    match node:
        case n.IsReported(operand=operand):
            yield operand
        case n.IsKnown(operand=inside):
            yield inside
        case _:
            return


def _yes(sight: Sight, node: Cond, place: Place) -> str:
    found = sight.read(node, place)
    return found.words if isinstance(found, State) else "yes" if found else "no"


# -- comparisons -------------------------------------------------------------------------------------------------------


def _comparison(sight: Sight, node: n.Compare, place: Place, depth: int) -> Step:
    sides = sorted((node.left, node.right), key=lambda side: side.span.start)
    below = tuple(dict.fromkeys(step for side in sides for step in sight.below(side, place, depth)))
    values = " against ".join(sight.words(side, place) for side in sides)
    return Step(sight.said(node.span), _by_how_much(sight, node, place), values, node.span, below)


def _by_how_much(sight: Sight, node: n.Compare, place: Place) -> str:
    """Whether it holds, and how far the two figures are apart."""
    words = _yes(sight, node, place)
    left, right = sight.read(node.left, place), sight.read(node.right, place)
    if isinstance(left, State | bool) or isinstance(right, State | bool) or node.sign == "==":
        return words
    if left == right:
        return f"{words}, exactly" if node.sign == "<=" else f"{words}: the two are equal"
    return f"{words}, by {apart(left - right, node.left.type.kind)}"


# -- members and periods -----------------------------------------------------------------------------------------------


def _meant(sight: Sight, node: n.OverCond, place: Place) -> Iterator[int]:
    for member in range(len(sight.evaluation.members(node.axis))):
        if node.where is None or sight.read(node.where, place.of(node.axis, member)) is not False:
            yield member


def _for_members(sight: Sight, node: n.OverCond, place: Place, depth: int) -> Step:
    """The condition of each member; of many those that decide."""
    meant = tuple(_meant(sight, node, place))
    met = sum(sight.read(node.operand, place.of(node.axis, member)) is True for member in meant)
    shown = meant
    if len(meant) > MOST_MEMBERS:
        decides = node.which == "any"
        shown = tuple(m for m in meant if (sight.read(node.operand, place.of(node.axis, m)) is True) is decides)[:MOST_MEMBERS]
    below = tuple(_of_member(sight, node, member, place, depth) for member in shown)
    return Step(sight.said(node.span), _yes(sight, node, place), f"for {met} of {len(meant)}", node.span, below)


def _of_member(sight: Sight, node: n.OverCond, member: int, place: Place, depth: int) -> Step:
    there, what = place.of(node.axis, member), f"for {sight.member(node.axis, member)}"
    steps = tuple(condition(sight, node.operand, there, depth))
    if len(steps) == 1:
        return evolve(steps[0], what=what)
    return Step(what, _yes(sight, node.operand, there), "", node.operand.span, steps)


_BLANK = {
    "count as failed": "which counts as failed",
    "count as met": "which counts as met",
    "break the run": "which breaks the run",
    "are passed over": "passed over",
}


def _run(sight: Sight, node: n.Run, place: Place, depth: int) -> Step:
    """The condition in each period of the window; blank periods that are passed over make it reach further back."""
    here, left, met = sight.period_of(node.grain, place), node.window, 0
    found: list[Step] = []
    for period in range(here, -sight.evaluation.reach(node.operand, node.grain) - 1, -1):
        there = Place(node.grain, period, place.members)
        holds = sight.read(node.operand, there)
        found.append(_of_period(sight, node, there, depth))
        blank = isinstance(holds, State) and not holds.is_unruled
        met += holds is True or (blank and node.blank == "count as failed")
        left -= node.blank != "are passed over" or not blank
        if not left:
            break
    results = " with a result" if node.blank == "are passed over" else ""
    said = f"{met} of the last {node.window - left}{results}, {node.least} wanted"
    return Step(sight.said(node.span), _yes(sight, node, place), said, node.span, tuple(reversed(found)))


def _of_period(sight: Sight, node: n.Run, there: Place, depth: int) -> Step:
    """One period of a run; only where it has no result does the reader need to know more of it."""
    what = f"in {sight.label(there.grain, there.period)}"
    steps = tuple(condition(sight, node.operand, there, depth))
    step = steps[0] if len(steps) == 1 else Step(what, _yes(sight, node.operand, there), "", node.operand.span, steps)
    holds = sight.read(node.operand, there)
    if isinstance(holds, State):
        return evolve(step, what=what, value=step.value if holds.is_unruled else f"{step.value}, {_BLANK[node.blank]}")
    return evolve(step, what=what, below=())
