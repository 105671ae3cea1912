"""Money that is kept back: how much, until when, and what released it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from vbclang.calendar.labels import day_label
from vbclang.engine.missing import Place
from vbclang.settle.explained import conditions
from vbclang.settle.explained.steps import Sight, Step
from vbclang.settle.kept import Kept
from vbclang.settle.releases import why_released
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
        yield Step(what, "kept for good" if kept.over else f"it is then {kept.then}", "", None)
        return
    by = Place(flow.grain, kept.by, asked.members) if kept.by is not None else own
    shown = kept.by is not None and flow.release.of == "later"  # later data are not those of this settlement
    below = tuple(conditions.condition(sight, flow.release.condition, by, sight.depth)) if shown else ()
    why = why_released(sight.evaluation.program, flow, kept)
    yield Step(f"released on {day_label(kept.released)}", f"-{money(amount, flow.currency)}", why, None, below)
