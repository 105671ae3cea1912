"""What comes of adding, multiplying and comparing figures of two kinds (the semantics, 8.1).

Percentages come in sorts that do not mix: a share of a whole, points between two shares, a change of something. A percentage written in
the contract is a share or a change by its place, never points. Each function returns the kind of the result, or a `Mismatch` that says
in a lawyer's words why there is none.
"""

from __future__ import annotations

from typing import Literal

from attrs import evolve, frozen

from vbclang.types.kinds import (
    NUMBER,
    PERCENT,
    POINTS,
    SHARE,
    TIMES,
    Category,
    DateKind,
    Kind,
    Quantity,
    Sort,
    Words,
    YesNo,
)


@frozen
class Mismatch:
    """Two kinds do not go together: why, and in sentences what might be meant."""

    why: str
    meant: tuple[str, ...] = ()


def words(kind: Kind) -> str:
    """The kind as a lawyer would say it, with its article: ``an amount of money in GBP``."""
    match kind:
        case Quantity():
            return _quantity_words(kind)
        case DateKind():
            return "a date"
        case Category(axis=str(axis)):
            return f"one of {axis}"
        case Category():
            return "one of several words"
        case YesNo():
            return "yes or no"
        case Words():
            return "text"


def sentence(text: str) -> str:
    """With a capital at its beginning; the rest as it is (GBP stays GBP)."""
    return text[:1].upper() + text[1:]


def _quantity_words(kind: Quantity) -> str:
    if kind.currency:
        return f"an amount of money in {kind.currency}"
    if not kind.dimensions:
        return {
            Sort.NUMBER: "a number",
            Sort.SHARE: "a percentage",
            Sort.POINTS: "percentage points",
            Sort.GROWTH: "a percentage change",
            Sort.PERCENT: "a percentage",
        }[kind.sort]
    over = [f"{unit}s" if unit in TIMES else unit for unit, power in kind.dimensions if power > 0]
    under = [unit for unit, power in kind.dimensions if power < 0]
    return f"a number of {_units(over) or 'units'}" + (f" per {_units(under)}" if under else "")


def _units(units: list[str]) -> str:
    return " times ".join(units)


def article(word: str) -> str:
    """``a`` or ``an``, as it goes before a word."""
    return "an" if word[0] in "aeiou" else "a"


def is_money(kind: Kind) -> bool:
    """Whether a figure is an amount of money."""
    return isinstance(kind, Quantity) and kind.currency is not None


def is_percentage(kind: Kind) -> bool:
    """A share, points, a change, or a percentage as written."""
    return isinstance(kind, Quantity) and not kind.dimensions and kind.sort is not Sort.NUMBER


def settled(kind: Kind) -> Kind:
    """The kind where nothing more will say what a percentage is of: then it is a share."""
    return SHARE if kind == PERCENT else kind


_SUMS: dict[tuple[Sort, Sort], Sort] = {
    (Sort.SHARE, Sort.SHARE): Sort.SHARE,
    (Sort.SHARE, Sort.POINTS): Sort.SHARE,
    (Sort.POINTS, Sort.SHARE): Sort.SHARE,
    (Sort.POINTS, Sort.POINTS): Sort.POINTS,
    (Sort.GROWTH, Sort.GROWTH): Sort.GROWTH,
    (Sort.NUMBER, Sort.NUMBER): Sort.NUMBER,
    (Sort.NUMBER, Sort.GROWTH): Sort.NUMBER,
    (Sort.PERCENT, Sort.PERCENT): Sort.PERCENT,
    (Sort.SHARE, Sort.PERCENT): Sort.SHARE,
    (Sort.PERCENT, Sort.SHARE): Sort.SHARE,
    (Sort.GROWTH, Sort.PERCENT): Sort.GROWTH,
    (Sort.PERCENT, Sort.GROWTH): Sort.GROWTH,
    (Sort.PERCENT, Sort.POINTS): Sort.SHARE,
    (Sort.POINTS, Sort.PERCENT): Sort.SHARE,
}

_DIFFERENCES = _SUMS | {
    (Sort.SHARE, Sort.SHARE): Sort.POINTS,
    (Sort.SHARE, Sort.PERCENT): Sort.POINTS,
    (Sort.PERCENT, Sort.SHARE): Sort.POINTS,
}


def add(left: Kind, right: Kind, sign: Literal["+", "-"]) -> Kind | Mismatch:
    """The kind of ``left + right`` or ``left - right``. (``100% - share`` is a share: the caller knows literals.)"""
    if not isinstance(left, Quantity) or not isinstance(right, Quantity):
        return Mismatch(f"{sentence(words(left))} and {words(right)} cannot be {'added' if sign == '+' else 'subtracted'}.")
    if left.dimensions != right.dimensions:
        return _mismatch(left, right, sign)
    sort = (_SUMS if sign == "+" else _DIFFERENCES).get((left.sort, right.sort))
    return _mismatch(left, right, sign) if sort is None else Quantity(sort, left.dimensions, whole=left.whole and right.whole, per=left.per)


def _mismatch(left: Quantity, right: Quantity, sign: str) -> Mismatch:
    verb = "added to" if sign == "+" else "subtracted from"
    first, second = (right, left)
    meant: tuple[str, ...] = ()
    if right.sort in (Sort.PERCENT, Sort.SHARE) and left.sort is Sort.NUMBER:
        meant = ("`increased by 5%` or `reduced by 5%` changes a figure by a part of itself.", "`5% of X` is a part of X.")
    if {left.sort, right.sort} == {Sort.SHARE, Sort.GROWTH}:
        meant = ("Write `percentage change` at the measure, if it is one.", "`X increased by CPI` changes X by a part of itself.")
    return Mismatch(f"{sentence(words(first))} cannot be {verb} {words(second)}.", meant)


def multiply(left: Kind, right: Kind) -> Kind | Mismatch:
    """The kind of ``left * right``, and of ``P of X``."""
    if not isinstance(left, Quantity) or not isinstance(right, Quantity):
        return Mismatch(f"{sentence(words(left))} and {words(right)} cannot be multiplied.")
    for one, other in ((left, right), (right, left)):
        if one.sort is Sort.POINTS:
            return _points_product(one, other)
    if left.currency and right.currency:
        return Mismatch("Two amounts of money cannot be multiplied.", ("`5% of X` is a part of X.", "`2 * X` is X twice."))
    if is_percentage(left) and is_percentage(right):
        return _percentages_product(left, right)
    if is_percentage(left) or is_percentage(right):
        return evolve(right if is_percentage(left) else left, whole=False)
    return _product(left, right, 1)


def _points_product(points: Quantity, other: Quantity) -> Kind | Mismatch:
    if other.sort is Sort.NUMBER and not other.dimensions:
        return points
    return Mismatch(
        f"Percentage points cannot be multiplied with {words(other)}.",
        ("Write `£1,000 for each complete 0.1 percentage points by which X exceeds Y`.",),
    )


def _percentages_product(left: Quantity, right: Quantity) -> Kind:
    if Sort.GROWTH in (left.sort, right.sort):
        return Quantity(Sort.GROWTH)
    return PERCENT if left == right == PERCENT else SHARE


def divide(left: Kind, right: Kind) -> Kind | Mismatch:
    """The kind of ``left / right``."""
    if not isinstance(left, Quantity) or not isinstance(right, Quantity):
        return Mismatch(f"{sentence(words(left))} cannot be divided by {words(right)}.")
    if is_percentage(left) and is_percentage(right):
        return NUMBER
    if is_percentage(left) and not right.dimensions:
        return left
    if is_percentage(right):
        return evolve(left, whole=False) if right.sort in (Sort.SHARE, Sort.PERCENT) else _no_division(left, right)
    return _product(left, right, -1)


def _no_division(left: Quantity, right: Quantity) -> Mismatch:
    return Mismatch(f"{sentence(words(left))} cannot be divided by {words(right)}.")


def _product(left: Quantity, right: Quantity, power: int) -> Kind:
    """Dimensions add up. Beside money, counted nouns drop out: £400 times a number of members is money."""
    powers: dict[str, int] = dict(left.dimensions)
    for unit, exponent in right.dimensions:
        powers[unit] = powers.get(unit, 0) + power * exponent
    has_money = any(_is_currency(unit) and exponent for unit, exponent in powers.items())
    kept = tuple((u, e) for u, e in powers.items() if e and (not has_money or _is_currency(u)))
    whole = power == 1 and left.whole and right.whole
    return Quantity(Sort.NUMBER, kept, whole=whole)


def _is_currency(unit: str) -> bool:
    return Quantity(dimensions=((unit, 1),)).currency is not None


def compare(left: Kind, right: Kind) -> Kind | Mismatch:
    """The common kind of two figures that are compared, bounded, or of which one is chosen."""
    if left == right:
        return left
    if left == PERCENT and is_percentage(right) and right != POINTS:
        return right
    if right == PERCENT and is_percentage(left) and left != POINTS:
        return left
    if isinstance(left, Category) and isinstance(right, Category) and left.axis is None and right.axis is None:
        return Category(None, tuple(dict.fromkeys(left.words + right.words)))
    meant: tuple[str, ...] = ()
    if {left, right} == {POINTS, PERCENT} or {left, right} == {POINTS, SHARE}:
        meant = ("Write `2.0 percentage points` for a difference of two percentages, `… as % of the baseline` for a part of the baseline.",)
    return Mismatch(f"{sentence(words(left))} cannot be compared with {words(right)}.", meant)
