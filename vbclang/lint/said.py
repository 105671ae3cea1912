"""Figures in the words of a finding. Settlement has its own, richer words; a check does not load them."""

from __future__ import annotations

from fractions import Fraction

from vbclang.core.program import Flow
from vbclang.names.scope import Scope
from vbclang.source import Reading
from vbclang.syntax import tree
from vbclang.types.algebra import is_percentage
from vbclang.types.kinds import CURRENCIES, Kind, Quantity


def money(value: Fraction, currency: str) -> str:
    """An amount to the smallest coin, half away from nothing."""
    sign, places = CURRENCIES[currency]
    return f"{'-' if value < 0 else ''}{sign}{_decimal(abs(value), places, fixed=True)}"


def figure(value: Fraction, kind: Kind) -> str:
    """A figure on the scale of its kind."""
    if is_percentage(kind):
        return f"{_decimal(value * 100)}%"
    if isinstance(kind, Quantity) and kind.currency is not None:
        return money(value, kind.currency)
    return _decimal(value)


def step(value: Fraction, kind: Kind) -> str:
    """How far two figures are apart."""
    return f"{_decimal(value * 100)} percentage points" if is_percentage(kind) else figure(value, kind)


def limit_line(scope: Scope, flow: Flow, to: Fraction, words: str = "") -> Reading:
    """A limit for a clause, ready to paste: where it pays for each of many, one for all of them together."""
    whom = "".join(f" over {'' if isinstance(scope.names.get(axis), tree.Group) else 'every '}{axis}" for axis in sorted(flow.axes))
    return Reading(words, f"  limited to {money(to, flow.currency).removesuffix('.00')} in each contract year{whom}")


def _decimal(value: Fraction, places: int = 4, fixed: bool = False) -> str:
    scaled = (2 * abs(value) * 10**places + 1) // 2
    whole, behind = divmod(scaled, 10**places)
    digits = f"{behind:0{places}d}" if places else ""
    digits = digits if fixed else digits.rstrip("0")
    return f"{'-' if value < 0 else ''}{whole:,}{'.' if digits else ''}{digits}"
