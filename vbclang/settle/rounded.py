"""What a rounding turned: a result of 69.99% that is 70.0%, where a worked example says otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from vbclang.core import nodes as n
from vbclang.core.nodes import Cond, Expr
from vbclang.core.program import Flow
from vbclang.core.walk import parts
from vbclang.engine.evaluate import Evaluation
from vbclang.settle.words import rounded
from vbclang.types.kinds import Grain


def rounded_onto_an_edge(evaluation: Evaluation, flow: Flow, period: int) -> tuple[str, ...]:
    """The measures by which a clause applies or is earned in a period whose rounding puts them on the edge of a condition or band, before
    and after it.
    """
    members = {axis: 0 for axis in flow.axes if len(evaluation.members(axis)) == 1}
    if len(members) < len(flow.axes):
        return ()  # which of many is meant nobody can say here
    edges = frozenset(_edges(flow))
    return tuple(words for name in flow.readers for words in _turned(evaluation, flow.grain, period, members, name, edges))


def _edges(flow: Flow) -> Iterator[Fraction]:
    for root in (flow.unrecovered_earned, flow.unrecovered_applies):
        for part in parts(root) if root is not None else ():
            if isinstance(part, n.Const):
                yield part.value


def _turned(
    evaluation: Evaluation, grain: Grain, period: int, members: Mapping[str, int], name: str, edges: frozenset[Fraction]
) -> Iterator[str]:
    body: Expr | Cond = evaluation.program.figures[name].body
    own = body.type.grain
    if own < grain or own >= Grain.TERM or body.type.axes - members.keys():
        return
    place = period if own == grain else evaluation.program.grid.containing(grain, period, own)
    for part in parts(body):
        if isinstance(part, n.Round) and part.rule is not None:
            before, after = (evaluation.value(node, place, members) for node in (part.operand, part))
            if isinstance(before, Fraction) and isinstance(after, Fraction) and before != after and after in edges:
                yield f"{name} is {rounded(before, after, part.type.kind, part.unit)}"
