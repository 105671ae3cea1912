"""Named figures: what each is, as the contract defines it, and what it was worked out from."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from vbclang.core import nodes as n
from vbclang.core.nodes import State
from vbclang.engine.missing import Place
from vbclang.settle.explained.missing import why_missing
from vbclang.settle.explained.rows import counted, parts_of
from vbclang.settle.explained.steps import Node, Sight, Step
from vbclang.settle.words import rounded
from vbclang.source import Span


def named(sight: Sight, name: str, node: Node, place: Place, depth: int) -> Step:
    """A named figure; what it rests on, as deep as is wanted. What a measure was counted from, and why it has no result, is part of it."""
    declared = sight.evaluation.program.figures[name]
    is_counted = declared.what == "measure" and (_is_counted(sight, declared.body, place) or isinstance(sight.read(node, place), State))
    below: tuple[Step, ...] = ()
    if isinstance(declared.body, n.Input | n.InputFlag):
        below = tuple(why_missing(sight, declared.body, place))
    elif is_counted or (depth > 1 and declared.what != "schedule") or _is_read_of_another(sight, declared.body, place):
        key = (name, place.grain, place.period, tuple(sorted(place.members.items())), depth)
        below = sight.told[key] = sight.told[key] if key in sight.told else sight.below(declared.body, place, depth - 1)
    said, where = _said(sight, name, place)
    value = sight.words(node, place)
    name = f"the {name}" if declared.what == "baseline" else sight.called(name, declared.span)
    return Step(name + sight.for_whom(node, place), value, "" if said == value else said, where, below)


def _is_counted(sight: Sight, body: Node, place: Place) -> bool:
    """Whether there is more to say of it than its name and figure: how it was counted, or what stood in for it."""
    inside = body.operand if isinstance(body, n.Round) else body
    return isinstance(inside, n.LastKnown) or (not isinstance(inside, n.Cond) and parts_of(sight, inside, place) is not None)


def _is_read_of_another(sight: Sight, body: Node, place: Place) -> bool:
    """Whether it is nothing but a figure of a linked contract, so that where it stands there is part of it."""
    inside = body.values[place.members[body.axis]] if isinstance(body, n.ByMember) and body.axis in place.members else body
    return isinstance(inside, n.Ref) and inside.figure in sight.evaluation.program.linked


def _said(sight: Sight, name: str, place: Place) -> tuple[str, Span]:
    """How the contract defines it, and in which line: of a table the member's own row."""
    declared = sight.evaluation.program.figures[name]
    body = declared.body
    if declared.what == "measure":
        return sight.said(declared.definition), declared.definition or declared.span
    if declared.what == "linked":
        return _there(sight, name), declared.span
    if isinstance(body, n.Input | n.InputFlag):
        return ("" if isinstance(sight.read(body, place), State) else "as reported"), declared.span
    if isinstance(body, n.ByMember) and body.axis in place.members and (value := body.values[place.members[body.axis]]) is not None:
        return sight.said(value.span), value.span
    return sight.said(body.span), declared.span


def _there(sight: Sight, name: str) -> str:
    """Which contract a figure is read of, and what it is there: what that is made of is explained there."""
    program = sight.evaluation.program
    read = program.linked[name]
    there = program.links[read.contract]
    definition = there.figures[read.node.figure].body.span if isinstance(read.node, n.Ref) else None
    said = sight.said(definition)
    title = "" if there.name == read.contract else f", {there.name}"
    return f"read of {read.contract}{title}" + (f": {said}" if said else "")


def rounding(sight: Sight, node: n.Round, place: Place, depth: int) -> Iterator[Step]:
    """What is rounded: so many of so many, or a figure that arrived, or one that was worked out, as it was before."""
    parts = parts_of(sight, node.operand, place)
    if parts is not None:
        yield from counted(sight, node, parts, place, depth)
        return
    before, after = sight.number(node.operand, place), sight.number(node, place)
    if before is None or not isinstance(node.operand, n.Input):  # of a figure that somebody reports there is no more to say
        yield from sight.below(node.operand, place, depth)
    if before is not None and after is not None and before != after:
        yield _rounded(sight, node, before, after)


def _rounded(sight: Sight, node: n.Round, before: Fraction, after: Fraction) -> Step:
    """A figure before and after it is rounded, and the line that says how; of a price for each step it is the steps that are counted."""
    if node.rule is not None:
        return Step("before it is rounded", rounded(before, after, node.type.kind, node.unit), sight.said(node.rule), node.rule)
    counted = rounded(before, after, node.type.kind, node.unit).replace("rounded to", f"rounded {node.direction} to")
    return Step("number of steps", counted, "", node.span)


def choice(sight: Sight, node: n.Choose | n.FirstOf, place: Place, depth: int) -> Iterator[Step]:
    """The line that applies: what decides it, and what it comes to."""
    cases = (n.Case(node.condition, node.then),) if isinstance(node, n.Choose) else node.cases
    for case in cases:
        if sight.read(case.condition, place) is not False:
            yield from sight.below(case.condition, place, depth)
            yield from sight.below(case.value, place, depth)
            return
    yield from sight.below(node.otherwise, place, depth)
