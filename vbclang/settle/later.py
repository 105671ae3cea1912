"""Which later period's result stands in for a figure that waits for it."""

from __future__ import annotations

from collections.abc import Mapping

from vbclang.core.nodes import NextResult, State
from vbclang.engine.evaluate import Evaluation


def deciding_period(evaluation: Evaluation, node: NextResult, period: int, members: Mapping[str, int]) -> int | None:
    """The first later period of the node's grain that has a result; None where the figure of ``period`` itself counts, or none came."""
    own = evaluation.value(node.operand, period, members)
    if not isinstance(own, State) or own not in node.states:
        return None
    later = range(period + 1, evaluation.program.grid.count(node.type.grain))
    return next((place for place in later if not isinstance(evaluation.value(node.operand, place, members), State)), None)
