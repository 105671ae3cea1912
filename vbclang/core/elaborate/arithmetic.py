"""Arithmetic, choice, limits, rounding, steps and changes."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TypeAlias, assert_never

from vbclang.core import nodes as n
from vbclang.core.elaborate.operands import agreeing, both, mismatch, quantity
from vbclang.core.elaborate.units import unit_asked, unit_of_time
from vbclang.core.elaborate.workbench import Place, Workbench, adapted, joined, refuse
from vbclang.core.nodes import Expr, State
from vbclang.source import Reading, Span
from vbclang.syntax import tree
from vbclang.types import algebra
from vbclang.types.kinds import (
    GROWTH,
    NUMBER,
    PERCENT,
    POINTS,
    SHARE,
    Kind,
    Quantity,
    Type,
)

Operation: TypeAlias = (
    tree.Arithmetic
    | tree.Of
    | tree.ChangedBy
    | tree.Choice
    | tree.Limited
    | tree.Extreme
    | tree.Rounded
    | tree.ForEachStep
    | tree.Exceeding
    | tree.AsPercentOf
    | tree.ChangeFrom
    | tree.MissingAs
)


def operation(w: Workbench, e: Operation, place: Place, wanted: Kind | None) -> Expr:
    """The meaning of an operation on figures."""
    match e:
        case tree.Arithmetic():
            return _arithmetic(w, e, place)
        case tree.Of():
            return _share_of(w, e, place)
        case tree.ChangedBy():
            return _changed_by(w, e, place)
        case tree.Choice():
            return _choice(w, e, place, wanted)
        case tree.Limited():
            return _limited(w, e, place)
        case tree.Extreme():
            return _extreme(w, e, place)
        case tree.Rounded():
            return _rounded(w, e, place)
        case tree.ForEachStep():
            return _for_each_step(w, e, place)
        case tree.Exceeding():
            return exceeding(w, e, place)
        case tree.AsPercentOf():
            part, whole = both(w, e.part, e.whole, place)
            return n.Arith(joined(SHARE, part, whole), e.span, "/", part, whole)
        case tree.ChangeFrom():
            return _change_from(w, e, place)
        case tree.MissingAs():
            figure = w.expression(e.figure, place)
            figure, value = agreeing(figure, w.expression(e.value, place, figure.type.kind), e.value.span)
            return n.Recover(joined(figure.type.kind, figure, value), e.span, figure, frozenset({State.NOT_REPORTED}), value, e.span)
        case _:
            assert_never(e)


def _arithmetic(w: Workbench, e: tree.Arithmetic, place: Place) -> Expr:
    left, right = quantity(w, e.left, place, "What is calculated with"), quantity(w, e.right, place, "What is calculated with")
    if e.sign in "+-":
        return _sum(w, e, left, right)
    combine = algebra.multiply if e.sign == "*" else algebra.divide
    kind = combine(left.type.kind, right.type.kind)
    if isinstance(kind, algebra.Mismatch):
        raise mismatch(kind, e.span)
    return n.Arith(joined(kind, left, right), e.span, e.sign, left, right)


def _sum(w: Workbench, e: tree.Arithmetic, left: Expr, right: Expr) -> Expr:
    assert e.sign in "+-"
    left, right = adapted(left, right.type.kind), adapted(right, left.type.kind)
    for part, other in ((e.left, right), (e.right, left)):
        if unit_of_time(other.type.kind) is not None and (refusal := unit_asked(w, part, other.type.kind)):
            raise refusal
    kind = algebra.add(left.type.kind, right.type.kind, "+" if e.sign == "+" else "-")
    if isinstance(kind, algebra.Mismatch):
        raise mismatch(kind, e.span)
    if e.sign == "-" and isinstance(e.left, tree.Percentage) and e.left.value == 1 and right.type.kind in (SHARE, PERCENT):
        kind = SHARE  # what is left of the whole, not a difference of two shares
    return n.Arith(joined(kind, left, right), e.span, e.sign, left, right)


def _share_of(w: Workbench, e: tree.Of, place: Place) -> Expr:
    share, whole = w.expression(e.share, place), quantity(w, e.whole, place, "What follows `of`")
    if share.type.kind not in (SHARE, PERCENT, GROWTH):
        why = f"Before `of` a percentage is wanted, but this is {algebra.words(share.type.kind)}."
        raise refuse("T002", why, e.share.span, Reading("to multiply", "A * B"))
    kind = algebra.multiply(adapted(share, SHARE).type.kind, whole.type.kind)
    if isinstance(kind, algebra.Mismatch):
        raise mismatch(kind, e.span)
    return n.Arith(joined(kind, share, whole), e.span, "*", share, whole)


def _changed_by(w: Workbench, e: tree.ChangedBy, place: Place) -> Expr:
    figure, by = quantity(w, e.figure, place, "What is changed"), w.expression(e.by, place)
    if by.type.kind not in (GROWTH, PERCENT, SHARE):
        why = f"A figure is {e.way} by a percentage, but this is {algebra.words(by.type.kind)}."
        raise refuse("T002", why, e.by.span, Reading("to add an amount", "A + B"))
    if algebra.is_percentage(figure.type.kind):
        raise _percentage_of_percentage(w, e)
    one = n.Const(Type(NUMBER), e.span, Fraction(1))
    factor = n.Arith(joined(NUMBER, by), e.by.span, "+" if e.way == "increased" else "-", one, by)
    return n.Arith(joined(figure.type.kind, figure, factor), e.span, "*", figure, factor)


def _percentage_of_percentage(w: Workbench, e: tree.ChangedBy) -> Exception:
    sign = "+" if e.way == "increased" else "-"
    figure, by = w.written(e.figure.span), w.written(e.by.span)
    points = f"{by.removesuffix('%')} percentage points" if isinstance(e.by, tree.Percentage) else by
    return refuse(
        "C019",
        f"A percentage {e.way} by a percentage: by so many percentage points, or by a part of itself?",
        e.span,
        Reading("percentage points: from 80%, 5 points make 85% or 75%", f"({figure} {sign} {points})", e.span),
        Reading("a part of itself: from 80%, a twentieth makes 84% or 76%", f"((100% {sign} {by}) * {figure})", e.span),
    )


def _choice(w: Workbench, e: tree.Choice, place: Place, wanted: Kind | None) -> Expr:
    condition = w.condition(e.condition, place)
    then = w.expression(e.then, place, wanted)
    then, otherwise = agreeing(then, w.expression(e.otherwise, place, then.type.kind), e.otherwise.span)
    return n.Choose(joined(then.type.kind, condition, then, otherwise), e.span, condition, then, otherwise)


def _limited(w: Workbench, e: tree.Limited, place: Place) -> Expr:
    node = quantity(w, e.figure, place, "What is limited")
    for bound, way in ((e.least, "greater"), (e.most, "lesser")):
        if bound is not None:
            node, limit = agreeing(node, w.expression(bound, place, node.type.kind), bound.span)
            node = n.Extreme(joined(node.type.kind, node, limit), e.span, "greater" if way == "greater" else "lesser", False, (node, limit))
    return node


def _extreme(w: Workbench, e: tree.Extreme, place: Place) -> Expr:
    first = quantity(w, e.figures[0], place, "What is compared")
    operands = [first]
    for figure in e.figures[1:]:
        operands[0], other = agreeing(operands[0], w.expression(figure, place, first.type.kind), figure.span)
        operands.append(other)
    return n.Extreme(joined(operands[0].type.kind, *operands), e.span, e.way, e.reported, tuple(operands))


def rounding_unit(w: Workbench, rule: tree.RoundingRule, kind: Kind) -> Fraction:
    """The step to which a figure of ``kind`` is rounded: decimal places of a percentage are those of its percent figure."""
    if isinstance(rule.to, tree.Money):
        if not isinstance(kind, Quantity) or kind.currency != rule.to.currency:
            raise refuse("T002", f"Only money is rounded to a sum of money; this is {algebra.words(kind)}.", rule.span)
        if rule.to.value <= 0:
            raise refuse("T002", "A rounding needs a step above 0.", rule.span)
        return rule.to.value
    unit = Fraction(1, 10**rule.to)
    return unit / 100 if algebra.is_percentage(kind) else unit


def _rounded(w: Workbench, e: tree.Rounded, place: Place) -> Expr:
    figure = quantity(w, e.figure, place, "What is rounded")
    return n.Round(figure.type, e.span, figure, rounding_unit(w, e.rule, figure.type.kind), e.rule.direction, e.span)


def zero(kind: Kind, span: Span) -> n.Const:
    """Nought, in the kind of what it stands beside."""
    return n.Const(Type(kind), span, Fraction(0))


def exceeding(w: Workbench, e: tree.Exceeding, place: Place) -> Expr:
    """``amount by which X exceeds Y``: 0 where it does not."""
    figure, threshold = both(w, e.figure, e.threshold, place)
    kind = algebra.add(figure.type.kind, threshold.type.kind, "-")
    if isinstance(kind, algebra.Mismatch):
        raise mismatch(kind, e.span)
    difference = n.Arith(joined(kind, figure, threshold), e.span, "-", figure, threshold)
    return n.Extreme(difference.type, e.span, "greater", False, (difference, zero(kind, e.span)))


def _for_each_step(w: Workbench, e: tree.ForEachStep, place: Place) -> Expr:
    price, counted = quantity(w, e.price, place, "The price of a step"), quantity(w, e.figure, place, "What is counted in steps")
    step = _step(w, e, counted.type.kind, place)
    if step.value <= 0:
        raise refuse("T002", "A step must be above 0.", e.step.span)
    if e.part is None:
        raise _part_of_step(w, e)
    steps = n.Arith(joined(NUMBER, counted), e.span, "/", counted, step)
    whole = n.Round(steps.type, e.span, steps, Fraction(1), "down" if e.part == "complete" else "up")
    return n.Arith(joined(price.type.kind, price, whole), e.span, "*", price, whole)


def _step(w: Workbench, e: tree.ForEachStep, counted: Kind, place: Place) -> n.Const:
    step = w.expression(e.step, place)
    assert isinstance(step, n.Const)
    if counted == POINTS and step.type.kind == PERCENT:
        written = f"{e.step.value * 100:f}".rstrip("0").rstrip(".") if isinstance(e.step, tree.Percentage) else "1"
        why = "The difference of two percentages is counted in percentage points."
        raise refuse("C019", why, e.step.span, Reading("", f"{written} percentage points", e.step.span))
    if isinstance(counted, Quantity) and counted.dimensions == (("day", 1),) and step.type.kind == Quantity(dimensions=(("week", 1),)):
        return n.Const(Type(counted), e.step.span, step.value * 7)
    if refusal := unit_asked(w, e.step, counted) if isinstance(e.step, tree.Number | tree.Quantity) else None:
        raise refusal
    same = adapted(step, counted)
    if same.type.kind != counted:
        if isinstance(e.figure, tree.LatenessOf) and isinstance(e.step, tree.Quantity):
            raise _lateness_in_days(w, e)
        raise refuse("T001", f"A step of {algebra.words(step.type.kind)} cannot count {algebra.words(counted)}.", e.step.span)
    assert isinstance(same, n.Const)
    return same


def _lateness_in_days(w: Workbench, e: tree.ForEachStep) -> Exception:
    """``for each complete working day of the lateness of …``: a working day is no number of days, nor is a month."""
    step = w.written(e.step.span)
    why = (
        "Lateness is counted in days, each day of the calendar, and no further than the day on which the money is due. It cannot be "
        f"counted in steps of {step if step[0].isdigit() else f'a {step}'}."
    )
    part = "{} or part" if e.part == "or part" else "complete {}"
    offered = {"working day": ("each day counts", "complete day"), "month": ("30 days for a month", part.format("30 days"))}.get(step)
    if offered is None:
        return refuse("T001", f"{why} Write a number of days, or a week: `for each {part.format('week')} of …`.", e.step.span)
    words, instead = offered
    text = re.sub(r"\bfor each\b.*?\bof\b(?=\s+(?:the\s+)?lateness\b)", f"for each {instead} of", w.written(e.span))
    return refuse("T001", why, e.step.span, Reading(words, text, e.span))


def _part_of_step(w: Workbench, e: tree.ForEachStep) -> Exception:
    written, step = w.written(e.span), w.written(e.step.span)
    return refuse(
        "T010",
        "What does a part of a step count: nothing, or as a whole step?",
        e.span,
        Reading("a part counts for nothing", written.replace("for each ", "for each complete ", 1), e.span),
        Reading("a part counts as a whole step", written.replace(f"for each {step}", f"for each {step} or part", 1), e.span),
    )


def _change_from(w: Workbench, e: tree.ChangeFrom, place: Place) -> Expr:
    figure = quantity(w, e.figure, place, "What changes")
    figure, base = agreeing(figure, w.expression(e.base, place, figure.type.kind), e.base.span)
    first, second = (base, figure) if e.way == "fall" else (figure, base)
    kind = algebra.add(first.type.kind, second.type.kind, "-")
    if isinstance(kind, algebra.Mismatch):
        raise mismatch(kind, e.span)
    change = n.Arith(joined(kind, first, second), e.span, "-", first, second)
    if e.as_percent_of is None:
        return change
    _, whole = agreeing(figure, w.expression(e.as_percent_of, place, figure.type.kind), e.as_percent_of.span)
    return n.Arith(joined(SHARE, change, whole), e.span, "/", change, whole)
