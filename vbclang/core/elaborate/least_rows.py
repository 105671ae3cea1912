"""``at least 30 rows, otherwise not assessed`` · ``otherwise pooled with the next quarter``: what a measure comes to of too few rows.

Of a percentage, a ratio and a rate the denominator is what there must be enough of; of an average, a total, a lowest, a highest or a
percentile the rows that it is taken over. What is so many of so many can be pooled with the next period; of two periods' totals there is no
one period's total, so of these nothing is pooled.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from vbclang.core import nodes as n
from vbclang.core.elaborate import rows
from vbclang.core.elaborate.files import find
from vbclang.core.elaborate.workbench import Refusal, Workbench, period_words, refuse
from vbclang.core.nodes import Cond, Expr, State
from vbclang.core.program import Figure
from vbclang.source import Reading
from vbclang.syntax import tree
from vbclang.types.kinds import NUMBER, YES_NO, Type


def of_enough(w: Workbench, m: tree.Measure, e: tree.Expr, worked: Expr, first: int) -> Expr:
    """What rows make, ``worked`` out by the tallies from ``first`` on; too small where any of them is taken over too few."""
    line = find(m, tree.LeastRowsLine)
    if line is None:
        return worked
    own = [tally for key in w.tallies.since(first) if (tally := w.tallies[key]).aggregate != "count"]
    if not own:
        raise _of_a_number(m, line)
    if isinstance(worked, n.Ratio) and isinstance(e, tree.OverMembers):  # an average: its rows are its denominator
        return of_parts(w, m, line, worked)
    if line.otherwise == "pooled":
        raise _not_pooled(m, line)
    for key in dict.fromkeys(tally.key for tally in own):
        leaf = n.Input(w.inputs[key].type, line.span, key)
        worked = _unless_few(worked, rows.rows_behind(w, leaf), line)
    return worked


def of_parts(w: Workbench, m: tree.Measure, line: tree.LeastRowsLine, ratio: n.Ratio) -> n.Ratio:
    """So many of so many, too small where the denominator is; with those of the periods before where these were carried."""
    if line.otherwise != "pooled":
        return evolve(ratio, least=line.least, rule=line.span)
    there = _carried(w, f"rows of {m.name.text}, with those carried", ratio.denominator, None, line.least)
    met = _carried(w, f"rows met of {m.name.text}, with those carried", ratio.numerator, there, line.least)
    return n.Ratio(ratio.type, m.name.span, met, there, line.least, line.span)


def _unless_few(worked: Expr, there: n.Input, line: tree.LeastRowsLine) -> n.Choose:
    """The figure, but too small where it is taken over too few rows."""
    least, none = (n.Const(Type(NUMBER), line.span, Fraction(number)) for number in (line.least, 0))
    few = n.Compare(evolve(there.type, kind=YES_NO), line.span, "<", there, least)
    too_small = n.Ratio(Type(worked.type.kind), line.span, none, none, line.least, line.span)
    return n.Choose(worked.type, worked.span, few, too_small, worked)


def _of_a_number(m: tree.Measure, line: tree.LeastRowsLine) -> Refusal:
    why = (
        f"`{m.name.text}` is a number of rows, so a small one would be no result, however many rows there are to look at. Take the line "
        f"away; from which number on it counts is said in the clause: `when {m.name.text} is at least {line.least}`."
    )
    return refuse("C031", why, line.span)


def _not_pooled(m: tree.Measure, line: tree.LeastRowsLine) -> Refusal:
    period = period_words(line.pooled_with or "quarter")
    why = (
        f"`{m.name.text}` is no percentage, ratio, rate or average: what the rows of two {period}s come to together is no figure of one "
        f"{period}. It can be left out of account."
    )
    return refuse("C031", why, line.span, Reading("", f"at least {line.least} rows, otherwise not assessed", line.span))


def _carried(w: Workbench, name: str, part: Expr, rows: Expr | None, least: int) -> Expr:
    """A figure of this period, and that of the one before as long as there were too few ``rows`` (None: it is these rows itself)."""
    reading = n.Ref(part.type, part.span, name)
    none = n.Const(Type(part.type.kind), part.span, Fraction(0))
    before = n.Prev(part.type, part.span, reading, part.type.grain, 1, none)
    counted = before if rows is None else n.Prev(rows.type, part.span, rows, rows.type.grain, 1, none)
    enough = n.Const(Type(part.type.kind), part.span, Fraction(least))
    too_few = _known_yes(n.Compare(Type(YES_NO, part.type.grain, part.type.axes), part.span, "<", counted, enough))
    body = n.Arith(part.type, part.span, "+", part, n.Choose(part.type, part.span, too_few, before, none))
    w.figures[name] = Figure(name, "part", part.type, body, part.span)
    return reading


def _known_yes(condition: Cond) -> Cond:
    """Yes where the condition is known to hold; no where it does not or nobody knows."""
    states = frozenset({State.NOT_REPORTED, State.UNFIT, State.TOO_SMALL})
    return n.RecoverCondition(condition.type, condition.span, condition, states, n.Truth(Type(YES_NO), condition.span, False))
