"""Nobody loses money for data that came in time: what is held for a figure is held at least until its data are due (the semantics, 3.6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import evolve

from vbclang.calendar.labels import day_label
from vbclang.core.checks.known import Moment, due_on, known_on, moments, working_days_of
from vbclang.core.elaborate.held import until as until_later
from vbclang.core.elaborate.workbench import Workbench
from vbclang.core.program import Flow, Held
from vbclang.source import Diagnostic
from vbclang.types.kinds import Grain


def held_in_time(w: Workbench, flow: Flow) -> Iterator[Diagnostic]:
    """Of each figure that a clause waits for, the first period that it gives up too early."""
    for held in w.ask(_held_by, flow.key):
        found = next(_given_up(w, flow, held), None)
        if found is not None:
            yield found


def _held_by(w: Workbench, clause: str) -> tuple[Held, ...]:
    return tuple(held for held in w.held.values() if held.flow == clause)


def _given_up(w: Workbench, flow: Flow, held: Held) -> Iterator[Diagnostic]:
    days, waiting = working_days_of(w), evolve(flow, due_grain=held.last_grain)
    waited = [moment for moment in moments(w, flow) if moment.name in held.names]
    for index in range(w.settings.grid.count(flow.grain)):
        for moment in waited:
            unchecked = evolve(moment, known=evolve(moment.known, checking=0))
            last, due = due_on(w, waiting, held.last, index, days), known_on(w, flow, unchecked, index, days)
            if last is not None and due is not None and last < due:
                yield _said(w, flow, held, moment, w.settings.grid.period(flow.grain, index).label, last, due)


def _said(w: Workbench, flow: Flow, held: Held, moment: Moment, label: str, last: date, due: date) -> Diagnostic:
    grain = moment.known.grain
    until = until_later(w, grain) if grain < Grain.TERM else "by a later day"
    why = (
        f"`{flow.name}` for {label} waits for `{moment.name}` until {day_label(last)} only, and its {moment.stage} data are due on "
        f"{day_label(due)}: what comes in time would count as never reported. Give a later last day: `at the latest {until}`."
    )
    return Diagnostic("C016", why, held.span)
