"""Drawings: what a bar without an end looks like beside those that have one."""

from __future__ import annotations

import re
from fractions import Fraction

from vbclang.render.document import Bar, Bars
from vbclang.render.svg import bars


def drawn(*chart: Bar) -> tuple[int, list[tuple[int, int]]]:
    """Where nothing stands, and from where to where each bar goes."""
    made = bars(Bars(chart, "£0"))
    zero = re.search(r'<line x1="(\d+)"', made)
    assert zero is not None
    found = re.findall(r'<rect x="(\d+)" y="\d+" width="(\d+)"', made)
    return int(zero[1]), [(int(start), int(start) + int(width)) for start, width in found]


def test_a_bar_without_end_is_longer_than_the_longest_that_ends() -> None:
    zero, ((_, ends), (_, endless)) = drawn(Bar("A", Fraction(0), Fraction(500), ""), Bar("B", Fraction(0), None, ""))
    assert zero < ends < endless
    _, ((first, _), (further, _)) = drawn(Bar("A", Fraction(-500), Fraction(0), ""), Bar("B", None, Fraction(0), ""))
    assert further < first


def test_a_bar_without_either_end_goes_to_both_sides_of_nothing() -> None:
    zero, ((start, stop),) = drawn(Bar("A", None, None, "no limit either way"))
    assert start < zero < stop
    assert abs((zero - start) - (stop - zero)) <= 1
