"""Pooling: numerators and denominators of several periods added up unrounded, and then one result (the semantics, 1.9)."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from vbclang.core import nodes as n
from vbclang.core.elaborate.kinds import rounded_by
from vbclang.core.elaborate.workbench import Workbench, joined, refuse
from vbclang.core.nodes import Expr
from vbclang.source import Reading, Span
from vbclang.syntax import tree
from vbclang.types import algebra
from vbclang.types.kinds import NUMBER, Type


def pooled(w: Workbench, e: tree.Expr, over: Callable[[Expr], Expr], span: Span) -> Expr:
    """The pooled result of the measure ``e`` names; ``over`` adds a figure up over the periods that are meant."""
    parts = w.ratios.get(e.text) if isinstance(e, tree.Name) else None
    if parts is None:
        name = f"`{e.text}`" if isinstance(e, tree.Name) else "This"
        why = f"{name} is not so many of so many, so it has nothing that could be pooled. Which figure of the periods is meant?"
        figure = w.figures.get(e.text) if isinstance(e, tree.Name) else None
        added = figure is not None and not algebra.is_percentage(figure.type.kind)
        ways = (*(("total of",) if added else ()), "average of", "lowest of", "highest of", "latest")
        texts = (w.written(span).replace("pooled", way, 1) for way in ways)
        raise refuse("C003", why, span, *(Reading("", text, span) for text in texts))
    top, bottom = over(parts.numerator), over(parts.denominator)
    ratio = scaled(n.Ratio(joined(parts.kind, top, bottom), span, top, bottom, parts.least, parts.least_rule), parts.per)
    return rounded_by(w, ratio, parts.rounding, parts.own_rounding, e.text if isinstance(e, tree.Name) else "", span)


def scaled(ratio: Expr, per: int | None) -> Expr:
    """``per 1,000``: the figure of a rate is that of a thousand."""
    if per is None:
        return ratio
    factor = n.Const(Type(NUMBER), ratio.span, Fraction(per))
    return n.Arith(ratio.type, ratio.span, "*", ratio, factor)
