"""After what a deadline may count that is offered: the clause's own periods, its result, or those of which the contract speaks most."""

from __future__ import annotations

from collections import Counter

from vbclang.core.elaborate.workbench import Workbench, period_words
from vbclang.source import Span
from vbclang.syntax import tree


def usual_period(w: Workbench) -> str:
    """``month``, ``quarter`` or ``contract year``: what most measures and payments are each of."""
    return w.ask(_most_said)


def _most_said(w: Workbench) -> str:
    heads = (line.each for clause in w.scope.clauses.values() for line in clause.lines if isinstance(line, tree.FlowHead))
    items = (item for item in w.scope.names.values() if isinstance(item, tree.Measure))
    measured = (line.period for item in items for line in item.lines if isinstance(line, tree.EachLine))
    found = Counter(period_words(each) for each in (*heads, *measured) if each is not None)
    return max(found, key=lambda each: (found[each], each == "quarter", each == "month"), default="quarter")


def start(w: Workbench, place: Span) -> str:
    """What stands behind `after` in the deadline at ``place`` that says nothing of it."""
    return w.ask(_start, place)


def _start(w: Workbench, place: Span) -> str:
    clause = next((c for c in w.scope.clauses.values() if c.span.file == place.file and c.span.start <= place.start < c.span.end), None)
    if clause is None:
        return f"each {usual_period(w)}"
    for line in clause.lines:
        if isinstance(line, tree.FlowHead):  # money does not fall due by a result
            return "term" if line.each is None else f"each {period_words(line.each)}"
    asked = any(isinstance(line, tree.WhenLine) for line in clause.lines)
    return "the result" if asked else f"each {usual_period(w)}"
