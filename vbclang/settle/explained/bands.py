"""Bands and straight lines: where the figure lies, what begins beside it and how far away, and what the amount would then be.

Of some bands the reader wants the one that was reached and those on both sides of it. `otherwise` fills what the other rows leave open, so
it lies between and beyond them as a band of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from attrs import evolve, frozen

from vbclang.core import nodes as n
from vbclang.core.nodes import Expr
from vbclang.engine.missing import Place
from vbclang.settle.explained import whatif
from vbclang.settle.explained.steps import Sight, Step
from vbclang.settle.words import apart, percent
from vbclang.source import Span
from vbclang.types.kinds import Quantity


@frozen(eq=False)
class _Region:
    """A band as figures: where it begins and ends (None: open), whether these figures are in it, what it gives."""

    low: Fraction | None
    low_counts: bool
    high: Fraction | None
    high_counts: bool
    result: Expr | n.StraightLine
    span: Span | None

    def holds(self, value: Fraction) -> bool:
        """Whether a figure lies in it."""
        above = self.low is None or value > self.low or (self.low_counts and value == self.low)
        return above and (self.high is None or value < self.high or (self.high_counts and value == self.high))


def bands(sight: Sight, node: n.Piecewise, place: Place, depth: int) -> Iterator[Step]:
    """The figure, the band that it reached, and the bands beside it."""
    yield from sight.below(node.subject, place, depth)
    value = sight.number(node.subject, place)
    if value is None:
        return
    if node.slices_from is not None:
        yield from _slices(sight, node, node.slices_from, value, place)
        return
    regions = _regions(sight, node, place)
    reached = [region for region in regions if region.holds(value)]
    if len(reached) != 1:
        yield from (Step("a band", _between(sight, node, region), sight.said(region.span), region.span) for region in regions)
        return
    here = reached[0]
    yield Step("the band reached", sight.words(node, place), sight.said(here.span), here.span)
    if isinstance(here.result, n.StraightLine):
        yield from _along(sight, node, here.result, place, depth)
    at = regions.index(here)
    for beside in regions[max(0, at - 1) : at] + regions[at + 1 : at + 2]:
        yield _beside(sight, node, beside, value, place, depth)


def _slices(sight: Sight, node: n.Piecewise, start: Expr, value: Fraction, place: Place) -> Iterator[Step]:
    """Each rate on the part of the figure that lies in its band, and that of `otherwise` on what is left over."""
    first = sight.number(start, place)
    if first is None:
        return
    left = max(Fraction(0), value - first)
    for region in _bands_alone(sight, node, place):
        low, high = first if region.low is None else max(first, region.low), value if region.high is None else min(value, region.high)
        part = max(Fraction(0), high - low)
        left -= part
        if part:
            yield _slice(sight, node, region, part, place)
    if left and node.otherwise is not None:
        yield _slice(sight, node, _Region(None, False, None, False, node.otherwise, node.otherwise_span), left, place)


def _slice(sight: Sight, node: n.Piecewise, region: _Region, part: Fraction, place: Place) -> Step:
    assert not isinstance(region.result, n.StraightLine), "a slice has one rate"
    rate = sight.number(region.result, place)
    given = f"{sight.words(region.result, place)} of {sight.in_words(part, node.subject.type.kind)}"
    value = "" if rate is None else sight.in_words(rate * part, node.type.kind)
    return Step(given, value, sight.said(region.span), region.span)


def _regions(sight: Sight, node: n.Piecewise, place: Place) -> list[_Region]:
    """The bands with what `otherwise` fills, from the lowest to the highest; empty where a threshold is missing."""
    found = _bands_alone(sight, node, place)
    return found if node.otherwise is None or not found else list(_filled(node, found))


def _bands_alone(sight: Sight, node: n.Piecewise, place: Place) -> list[_Region]:
    found: list[_Region] = []
    for piece in node.pieces:
        low, high = (None if bound is None else sight.number(bound, place) for bound in (piece.low, piece.high))
        if (low is None) != (piece.low is None) or (high is None) != (piece.high is None):
            return []
        found.append(_Region(low, piece.low_counts, high, piece.high_counts, piece.result, piece.span))
    found.sort(key=lambda region: (region.low is not None, region.low or Fraction(0)))
    return found


def _filled(node: n.Piecewise, regions: list[_Region]) -> Iterator[_Region]:
    """The bands with `otherwise` wherever they leave room for it."""
    assert node.otherwise is not None
    open_ended = _Region(None, False, None, False, node.otherwise, node.otherwise_span)
    if regions[0].low is not None:
        yield evolve(open_ended, high=regions[0].low, high_counts=not regions[0].low_counts)
    for below, above in pairwise(regions):
        yield below
        if _has_room(node, below, above):
            low, high = not below.high_counts, not above.low_counts
            yield evolve(open_ended, low=below.high, low_counts=low, high=above.low, high_counts=high)
    yield regions[-1]
    if regions[-1].high is not None:
        yield evolve(open_ended, low=regions[-1].high, low_counts=not regions[-1].high_counts)


def _has_room(node: n.Piecewise, below: _Region, above: _Region) -> bool:
    """Whether a figure may lie between two bands: not between 5,999 and 6,000 where only whole numbers occur."""
    if below.high is None or above.low is None or below.high > above.low:
        return False
    if below.high == above.low:
        return not (below.high_counts or above.low_counts)
    kind = node.subject.type.kind
    return not (isinstance(kind, Quantity) and kind.whole and above.low - below.high <= 1)


def _between(sight: Sight, node: n.Piecewise, region: _Region) -> str:
    kind = node.subject.type.kind
    ends = [("from", region.low), ("to", region.high)]
    return " ".join(f"{way} {sight.in_words(at, kind)}" for way, at in ends if at is not None)


def _beside(sight: Sight, node: n.Piecewise, region: _Region, value: Fraction, place: Place, depth: int) -> Step:
    """A band beside the one that was reached: how far away it begins, what it gives, and what the amount would then have been."""
    up = region.low is not None and region.low >= value
    edge, counts = (region.low, region.low_counts) if up else (region.high, region.high_counts)
    assert edge is not None, "the bands on both sides end where this one begins"
    distance = apart(edge - value, node.subject.type.kind)
    away = "right beside it" if edge == value else f"{'' if counts else 'more than '}{distance} away"
    what = f"the next band {'up' if up else 'down'}, {away}"
    result, given = _at_edge(sight, node, region.result, edge, place)
    return Step(what, _with_money(sight, node, given, result, place, depth), sight.said(region.span), region.span)


def _at_edge(sight: Sight, node: n.Piecewise, result: Expr | n.StraightLine, edge: Fraction, place: Place) -> tuple[Expr | None, str]:
    """What a band gives where it begins. Of a straight line only its own ends are known without working it out."""
    if not isinstance(result, n.StraightLine):
        return result, sight.words(result, place)
    for at, given in ((result.start_at, result.start), (result.end_at, result.end)):
        if sight.number(at, place) == edge:
            return given, f"{sight.words(given, place)} where it begins"
    return None, ""


def _with_money(sight: Sight, node: Expr, given: str, result: Expr | None, place: Place, depth: int) -> str:
    """What is given, and what the clause would then have come to: for bands of the clause and of the terms that it names itself."""
    if result is None or depth < sight.depth - 1 or not _applies(sight):
        return given
    amount = whatif.with_value(sight, node, place, result)
    return f"{given}, with which it would be {amount}" if amount else given


def _applies(sight: Sight) -> bool:
    """Where the clause does not apply, no band would have paid anything."""
    if sight.about is None:
        return False
    asked = sight.asked
    applies = sight.settled.flow(asked.flow.key).applies
    return applies is None or applies.at(asked.period, asked.members) is True


# -- straight lines ----------------------------------------------------------------------------------------------------


def straight_line(sight: Sight, node: n.Interpolate, place: Place, depth: int) -> Iterator[Step]:
    """The figure, where it lies on the line, and the line's ends."""
    yield from sight.below(node.subject, place, depth)
    yield from _along(sight, node, node.line, place, depth)


def _along(sight: Sight, node: n.Interpolate | n.Piecewise, line: n.StraightLine, place: Place, depth: int) -> Iterator[Step]:
    value = sight.number(node.subject, place)
    first, last = sight.number(line.start_at, place), sight.number(line.end_at, place)
    if value is None or first is None or last is None or first == last:
        return
    kind = node.subject.type.kind
    way = (value - first) / (last - first)
    if 0 <= way <= 1:
        part = f"{_bare(apart(value - first, kind))} of {apart(last - first, kind)}"
        yield Step("on the straight line", f"{part}, {percent(way)} of the way", "", line.start_at.span)
    else:
        yield Step("beyond the straight line", f"it stays at {sight.words(node, place)}", "", line.start_at.span)
    for end, at, given in (("begins", line.start_at, line.start), ("ends", line.end_at, line.end)):
        found = sight.number(at, place)
        assert found is not None, "both ends are known"
        away = f", {apart(found - value, kind)} away" if found != value else ""
        what = f"the line {end} at {sight.in_words(found, kind)}{away}"
        yield Step(what, _with_money(sight, node, sight.words(given, place), given, place, depth), "", at.span)


def _bare(figure: str) -> str:
    """A figure without its unit, where the next one has the same."""
    return figure.split(" ", 1)[0]
