"""Money that is kept back: how much, until when, and what released it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from vbclang.calendar.labels import day_label
from vbclang.core.nodes import State
from vbclang.core.program import Flow, Release
from vbclang.engine.missing import Place
from vbclang.settle.explained import conditions
from vbclang.settle.explained.steps import Sight, Step
from vbclang.settle.kept import Kept
from vbclang.settle.releases import known_of_release, why_released
from vbclang.settle.words import money


def withheld(sight: Sight, kept: Kept | None) -> Iterator[Step]:
    """What became of it: released by a later period's result, which is explained; by later data; by its last day; or not."""
    asked, flow = sight.asked, sight.asked.flow
    amount = sight.owed.flow(flow.key).paid.at(asked.period, asked.members)
    if kept is None or flow.release is None or not isinstance(amount, Fraction):
        return
    own = Place(flow.grain, asked.period, asked.members)
    yield Step("kept back", money(amount, flow.currency), sight.said(flow.release.span), flow.release.span)
    if kept.released is None:
        until = f"by {day_label(kept.last)}"
        what = f"not released {until}" if kept.over else f"if not released {until}"
        yield Step(what, "kept for good" if kept.over else f"it is then {kept.then}", "", None, tuple(_not_released(sight, flow, kept)))
        return
    by = Place(flow.grain, kept.by, asked.members) if kept.by is not None else own
    shown = kept.by is not None and flow.release.of == "later"  # later data are not those of this settlement
    below = tuple(conditions.condition(sight, flow.release.condition, by, sight.depth)) if shown else ()
    why = why_released(sight.evaluation.program, flow, kept)
    yield Step(f"released on {day_label(kept.released)}", f"-{money(amount, flow.currency)}", why, None, below)


_MOST_PERIODS = 6
_ABOUT_IT = "by what is about {}, whenever it comes; what is dated later belongs to a later period"


def _not_released(sight: Sight, flow: Flow, kept: Kept) -> Iterator[Step]:
    """What the condition came to in each period that could have released it, as far as figures have come; and what is known too late."""
    assert flow.release is not None
    if flow.release.of == "same":
        place = Place(flow.grain, sight.asked.period, sight.asked.members)
        label = sight.label(flow.grain, place.period)
        yield from _in_period(sight, flow.release, place, _ABOUT_IT.format(label))
        return
    program, open_yet = sight.evaluation.program, 0
    periods = range(sight.asked.period + 1, program.grid.count(flow.grain))
    for period in periods[:_MOST_PERIODS]:
        place = Place(flow.grain, period, sight.asked.members)
        known = known_of_release(program, flow, flow.release, period)
        if known > kept.last:
            too_late = f"known on {day_label(known)}, after {day_label(kept.last)}"
            yield Step(f"in {sight.label(flow.grain, period)}", "too late to release it", too_late, None)
            return
        open_yet += isinstance(sight.read(flow.release.condition, place), State)
        if open_yet > 1:
            return
        yield from _in_period(sight, flow.release, place, f"known on {day_label(known)}")
    if not periods:
        yield Step("no later period", "none is left that could release it", "", None)


def _in_period(sight: Sight, release: Release, place: Place, said: str) -> Iterator[Step]:
    steps = tuple(conditions.of_condition(sight, release.condition, place))
    found = sight.read(release.condition, place)
    value = found.words if isinstance(found, State) else "the condition holds" if found else "the condition does not hold"
    yield Step(f"in {sight.label(place.grain, place.period)}", value, said, None, steps)
