"""Rational columns say what fractions say, also at exact ties and at the edges of 64 bits."""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor, trunc
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbclang.engine import order, rational
from vbclang.engine.rational import Rational

EDGES = [0, 1, -1, 2**31, 2**61, 2**62 - 1, 2**62, 2**63 - 1, -(2**63), -(2**62), 3037000500, 10**18]
numerators = st.one_of(st.integers(-20, 20), st.sampled_from(EDGES), st.integers(-(2**63), 2**63 - 1))
denominators = st.one_of(st.integers(1, 12), st.sampled_from([1, 100, 1000, 10**9, 2**31 - 1, 2**61 - 1, 10**18]))


@st.composite
def columns(draw: st.DrawFn, size: int = 4) -> Rational:
    """With one denominator for all, or one for each."""
    num = np.array(draw(st.lists(numerators, min_size=size, max_size=size)), dtype=np.int64)
    if draw(st.booleans()):
        return Rational(num, draw(denominators))
    return Rational(num, np.array(draw(st.lists(denominators, min_size=size, max_size=size)), dtype=np.int64))


def fractions(a: Rational) -> list[Fraction]:
    return [a.at((i,)) for i in range(a.shape[0])]


@pytest.mark.parametrize(
    ("column_wise", "one_by_one"),
    [
        (rational.add, operator.add),
        (rational.subtract, operator.sub),
        (rational.multiply, operator.mul),
        (rational.lesser, min),
        (rational.greater, max),
    ],
)
@given(a=columns(), b=columns())
def test_arithmetic(column_wise: Callable[..., Rational], one_by_one: Callable[..., Fraction], a: Rational, b: Rational) -> None:
    assert fractions(column_wise(a, b)) == [one_by_one(x, y) for x, y in zip(fractions(a), fractions(b), strict=True)]


@given(a=columns(), b=columns(), c=columns())
def test_long_chains_lose_nothing(a: Rational, b: Rational, c: Rational) -> None:
    quotient, zero = rational.divide(rational.multiply(rational.add(a, b), c), b)
    back = rational.multiply(quotient, b)
    for i, (x, y, z) in enumerate(zip(fractions(a), fractions(b), fractions(c), strict=True)):
        assert zero[i] == (y == 0)
        assert back.at((i,)) == (0 if y == 0 else (x + y) * z)


@pytest.mark.parametrize(
    ("column_wise", "one_by_one"), [(rational.less, operator.lt), (rational.at_most, operator.le), (rational.equal, operator.eq)]
)
@given(a=columns(), b=columns(), tie=st.booleans())
def test_comparison(column_wise: Callable[..., Any], one_by_one: Callable[..., bool], a: Rational, b: Rational, tie: bool) -> None:
    if tie:
        b = rational.divide(rational.multiply(a, rational.constant(Fraction(7))), rational.constant(Fraction(7)))[0]
    assert column_wise(a, b).tolist() == [one_by_one(x, y) for x, y in zip(fractions(a), fractions(b), strict=True)]


def half_up(x: Fraction) -> int:
    return floor(x + Fraction(1, 2)) if x >= 0 else -floor(-x + Fraction(1, 2))


def up(x: Fraction) -> int:
    return ceil(x) if x >= 0 else floor(x)


UNITS = st.sampled_from([Fraction(1), Fraction(1, 100), Fraction(1, 1000), Fraction(5), Fraction(3, 7), Fraction(10**18)])


@pytest.mark.parametrize(("direction", "whole"), [("half up", half_up), ("up", up), ("down", trunc)])
@given(a=columns(), unit=UNITS, tie=st.booleans())
def test_rounding(direction: Any, whole: Callable[[Fraction], int], a: Rational, unit: Fraction, tie: bool) -> None:
    if tie:
        a = rational.multiply(Rational(2 * (a.num // 4) + 1, 2), rational.constant(unit))
    assert fractions(rational.rounded(a, unit, direction)) == [whole(x / unit) * unit for x in fractions(a)]


@given(a=columns(5))
def test_sums(a: Rational) -> None:
    want = fractions(a)
    assert rational.total(a.rearranged(lambda x: x.reshape(1, 5)), 1).at((0,)) == sum(want)
    assert fractions(rational.running(a, 0)) == [sum(want[: i + 1]) for i in range(5)]


@given(a=columns(), b=columns(), mask=st.lists(st.booleans(), min_size=4, max_size=4))
def test_choosing_and_joining(a: Rational, b: Rational, mask: list[bool]) -> None:
    x, y = fractions(a), fractions(b)
    assert fractions(rational.chosen(np.array(mask), a, b)) == [p if m else q for m, p, q in zip(mask, x, y, strict=True)]
    assert fractions(rational.joined([a, b, a], 0)) == x + y + x


@given(a=columns(6), counts=st.lists(st.booleans(), min_size=6, max_size=6))
def test_order(a: Rational, counts: list[bool]) -> None:
    ordered = fractions(order.ranked(a, np.array(counts), 0)[0])
    wanted = sorted(x for x, c in zip(fractions(a), counts, strict=True) if c)
    assert ordered[: len(wanted)] == wanted


@given(a=columns(), b=columns())
def test_broadcasting(a: Rational, b: Rational) -> None:
    down = a.rearranged(lambda x: x.reshape(4, 1))
    for how in (rational.add, rational.multiply, rational.lesser, lambda x, y: rational.divide(x, y)[0]):
        table = how(down, b)
        assert table.shape == (4, 4)
        assert [table.at((i, 2)) for i in range(4)] == fractions(how(a, b.rearranged(lambda x: x[[2, 2, 2, 2]])))


def test_money_stays_in_64_bits() -> None:
    money = rational.whole_numbers(np.full(1000, 123_456_789_01, dtype=np.int64), 100)
    share = rational.whole_numbers(np.arange(1000, dtype=np.int64), 1000)
    paid = rational.rounded(rational.multiply(money, share), Fraction(1, 100), "half up")
    assert paid.num.dtype == np.int64
    assert paid.den == 100


def test_what_was_promoted_comes_back() -> None:
    big = rational.constant(Fraction(2**61))
    product = rational.multiply(big, big)
    assert product.num.dtype == object
    assert product.at((0,)) == 2**122
    assert rational.divide(product, big)[0].num.dtype == np.int64
