"""Bands cut into stretches, on each of which what comes of them is a straight line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

from attrs import evolve, frozen

from vbclang.core import nodes as n
from vbclang.core.nodes import Expr
from vbclang.engine.range.bounds import Bounds
from vbclang.engine.range.place import Place

Bands: TypeAlias = n.Piecewise | n.Interpolate
Said: TypeAlias = Callable[[Fraction], str]
"""A threshold in words."""


@frozen
class Stretch:
    """The figures from ``low`` to ``high`` (None: open): at each x there comes ``base + slope * x``."""

    low: Fraction | None
    high: Fraction | None
    base: Fraction
    slope: Fraction = Fraction(0)
    low_counts: bool = True
    high_counts: bool = True

    def at(self, x: Fraction) -> Fraction:
        """What comes at x."""
        return self.base + self.slope * x

    def words(self, said: Said) -> str:
        """The figures in it, as a contract says it."""
        low = "" if self.low is None else f"{'at least' if self.low_counts else 'more than'} {said(self.low)}"
        high = "" if self.high is None else f"{'at most' if self.high_counts else 'less than'} {said(self.high)}"
        return " but ".join(part for part in (low, high) if part) or "any result"


def stretches(bounds: Bounds, bands: Bands, at: Place) -> tuple[Stretch, ...]:
    """In the order of the axis. None where a threshold or a result is not known from the contract alone."""
    if isinstance(bands, n.Interpolate):
        return tuple(_of_line(bounds, bands.line, at, None, None))
    found = _of_pieces(bounds, bands, at)
    if found is None:
        return ()
    if bands.otherwise is not None:
        rest = [list(_of_result(bounds, bands.otherwise, at, *gap)) for gap in _gaps(found)]
        if not all(rest):
            return ()
        found += [stretch for gap in rest for stretch in gap]
    ordered = sorted(found, key=lambda stretch: (stretch.low is not None, stretch.low or 0))
    if bands.slices_from is None:
        return tuple(ordered)
    start = bounds.number(bands.slices_from, at).exact
    return () if start is None else tuple(_summed(ordered, start))


def _of_pieces(bounds: Bounds, bands: n.Piecewise, at: Place) -> list[Stretch] | None:
    found: list[Stretch] = []
    for piece in bands.pieces:
        low, high = (None if bound is None else bounds.number(bound, at).exact for bound in (piece.low, piece.high))
        if (piece.low is not None and low is None) or (piece.high is not None and high is None):
            return None
        here = list(_of_result(bounds, piece.result, at, low, high))
        if not here:
            return None
        here[0] = evolve(here[0], low_counts=piece.low_counts)
        here[-1] = evolve(here[-1], high_counts=piece.high_counts)
        found += here
    return found


def _of_result(bounds: Bounds, result: Expr | n.StraightLine, at: Place, low: Fraction | None, high: Fraction | None) -> Iterator[Stretch]:
    if isinstance(result, n.StraightLine):
        yield from _of_line(bounds, result, at, low, high)
        return
    value = bounds.number(result, at).exact
    if value is not None:
        yield Stretch(low, high, value)


def _of_line(bounds: Bounds, line: n.StraightLine, at: Place, low: Fraction | None, high: Fraction | None) -> Iterator[Stretch]:
    """Flat, then straight, then flat, as far as the band goes."""
    a, first, b, last = (bounds.number(node, at).exact for node in (line.start_at, line.start, line.end_at, line.end))
    if a is None or first is None or b is None or last is None or a == b:
        return
    if a > b:
        a, first, b, last = b, last, a, first
    slope = (last - first) / (b - a)
    cuts = [low, *(cut for cut in (a, b) if (low is None or cut > low) and (high is None or cut < high)), high]
    for start, stop in pairwise(cuts):
        if stop is not None and stop <= a:
            yield Stretch(start, stop, first)
        elif start is not None and start >= b:
            yield Stretch(start, stop, last)
        else:
            yield Stretch(start, stop, first - slope * a, slope)


def _gaps(found: list[Stretch]) -> Iterator[tuple[Fraction | None, Fraction | None]]:
    """Where no band lies."""
    ordered = sorted(found, key=lambda stretch: (stretch.low is not None, stretch.low or 0))
    reached: Fraction | None = None
    for place, stretch in enumerate(ordered):
        if stretch.low is not None and (place == 0 or (reached is not None and stretch.low > reached)):
            yield reached, stretch.low
        if stretch.high is None:
            return
        reached = stretch.high
    if reached is not None:
        yield reached, None


def _summed(rates: list[Stretch], start: Fraction) -> Iterator[Stretch]:
    """Each rate on the part inside its band: what has come of the parts before, and the rate on what lies above them."""
    so_far = Fraction(0)
    yield Stretch(None, start, Fraction(0), high_counts=False)
    for rate in rates:
        low = start if rate.low is None else max(start, rate.low)
        if rate.high is not None and rate.high <= low:
            continue
        yield Stretch(low, rate.high, so_far - rate.base * low, rate.base, True, False)
        so_far += rate.base * ((rate.high or low) - low)
