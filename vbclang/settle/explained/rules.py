"""Rules for missing figures: which one stood in, by the contract's own line, and what it gave."""

from __future__ import annotations

from collections.abc import Iterator

from vbclang.core import nodes as n
from vbclang.core.nodes import State
from vbclang.engine.missing import Place
from vbclang.settle.explained.steps import Sight, Step
from vbclang.settle.later import deciding_period


def stood_in(sight: Sight, node: n.Recover | n.RecoverCondition, place: Place) -> Iterator[Step]:
    """The rule, where it was this one that stood in."""
    if sight.is_missing(node, place):
        where = node.rule or node.instead.span
        yield Step("the rule for that", sight.words(node.instead, place), sight.said(where), where)


def last_known(sight: Sight, node: n.LastKnown, place: Place, depth: int) -> Iterator[Step]:
    """The figure of the period itself or, where that is missing, the last before it."""
    yield from sight.below(node.operand, place, depth)
    own = sight.read(node.operand, place)
    if not isinstance(own, State) or own not in node.states:
        return
    grain, here = node.type.grain, sight.period(node, place)
    for period in range(here - 1, -sight.evaluation.reach(node.operand, grain) - 1, -1):
        there = Place(grain, period, place.members)
        if sight.number(node.operand, there) is not None:
            what = f"that of {sight.label(grain, period)} stands in"
            yield Step(what, sight.words(node.operand, there), sight.said(node.rule), node.rule)
            return


def next_result(sight: Sight, node: n.NextResult, place: Place, depth: int) -> Iterator[Step]:
    """The figure of the period itself or, where that is missing, the next after it."""
    yield from sight.below(node.operand, place, depth)
    if not sight.is_missing(node, place):
        return
    decides = deciding_period(sight.evaluation, node, sight.period(node, place), place.members)
    if decides is None:
        yield Step("the next result decides", "there is none yet", sight.said(node.rule), node.rule)
        return
    there = Place(node.type.grain, decides, place.members)
    what = f"the next result decides, that of {sight.label(there.grain, decides)}"
    yield Step(what, sight.words(node.operand, there), sight.said(node.rule), node.rule, sight.below(node.operand, there, min(depth, 1)))
