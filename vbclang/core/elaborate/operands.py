"""Operands that must agree, or be of one kind."""

from __future__ import annotations

from vbclang.core.elaborate.units import unit_asked
from vbclang.core.elaborate.workbench import Place, Workbench, adapted, refuse, retyped
from vbclang.core.nodes import Expr
from vbclang.source import Reading, Span
from vbclang.syntax import tree
from vbclang.types import algebra
from vbclang.types.kinds import CURRENCIES, PERCENT, Kind, Quantity


def money_amount(w: Workbench, e: tree.Expr, place: Place, what: str) -> Expr:
    """The meaning of ``e``, which must be money in the contract's currency."""
    node = w.expression(e, place)
    kind = node.type.kind
    currency = kind.currency if isinstance(kind, Quantity) else None
    if currency is None:
        sign = CURRENCIES[w.settings.currency][0]
        readings = [Reading("with its currency", f"{sign}{w.written(e.span)}", e.span)] if isinstance(e, tree.Number) else []
        raise refuse("T002", f"{what} must be an amount of money, but this is {algebra.words(kind)}.", e.span, *readings)
    if currency != w.settings.currency:
        own = w.settings.currency
        why = f"This contract pays in {own}, but this amount is in {currency}. The contract must say how one becomes the other."
        raise refuse("T004", why, e.span)
    return node


def quantity(w: Workbench, e: tree.Expr, place: Place, what: str) -> Expr:
    """The meaning of ``e``, which must be a figure that can be calculated with."""
    node = w.expression(e, place)
    if not isinstance(node.type.kind, Quantity):
        raise refuse("T002", f"{what} must be a figure, but this is {algebra.words(node.type.kind)}.", e.span)
    return node


def both(w: Workbench, left: tree.Expr, right: tree.Expr, place: Place) -> tuple[Expr, Expr]:
    """Two sides that must be of one kind: each helps the other where its words alone do not tell."""
    first = w.expression(left, place)
    second = w.expression(right, place, first.type.kind)
    if refusal := unit_asked(w, left, second.type.kind):
        raise refusal
    return agreeing(first, second, right.span)


def agreeing(first: Expr, second: Expr, span: Span) -> tuple[Expr, Expr]:
    """The same for two figures at hand; ``span`` is where a disagreement is reported."""
    first, second = adapted(first, second.type.kind), adapted(second, first.type.kind)
    common = algebra.compare(first.type.kind, second.type.kind)
    if isinstance(common, algebra.Mismatch):
        raise mismatch(common, span)
    return adapted(first, common), adapted(second, common)


def mismatch(found: algebra.Mismatch, span: Span) -> Exception:
    """The refusal of two kinds that do not go together."""
    return refuse("T001", " ".join((found.why, *found.meant)), span)


def agreed_kinds(values: list[Expr], spans: list[Span]) -> list[Expr]:
    """All values of a table in one kind; ``spans`` are where each stands."""
    kind: Kind = values[0].type.kind
    for value, span in zip(values[1:], spans[1:], strict=True):
        common = algebra.compare(kind, adapted(value, kind).type.kind)
        if isinstance(common, algebra.Mismatch):
            raise mismatch(common, span)
        kind = common
    kind = algebra.settled(kind)
    return [retyped(value, kind) if value.type.kind == PERCENT else adapted(value, kind) for value in values]
