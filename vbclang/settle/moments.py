"""Guarantees that hold at every moment: judged on each booking day, of what has been booked by then (the semantics, 11).

What speaks of a period is judged from its first booking on; without `at every moment` only when all of it has been booked.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import define, field

from vbclang.calendar.grid import Period
from vbclang.core.due import due_since, flow_due
from vbclang.core.nodes import AmountOf
from vbclang.core.program import Guarantee, Program
from vbclang.core.walk import whole
from vbclang.engine.evaluate import Evaluation
from vbclang.settle.course import Course
from vbclang.settle.guarantees import instances
from vbclang.settle.kept import is_released


@define(eq=False)
class Moments:
    """The periods in which each such guarantee has been found broken, with the first day."""

    program: Program
    broken: dict[str, dict[Period, date]] = field(factory=dict)
    _read: Mapping[str, tuple[str, ...]] = field(init=False)
    """The flows whose amounts each of them reads."""

    def __attrs_post_init__(self) -> None:
        """What each reads is the same on every day."""
        self._read = {each.name: _flows(self.program, each) for each in self.program.guarantees if each.always}

    def judge(self, evaluation: Evaluation, course: Course, day: date) -> None:
        """Judge each of them by what is due on a booking day, and has not been released by then."""
        if not self._read:
            return

        def counts(key: str, period: int, members: Mapping[str, int]) -> bool:
            return self._is_due(evaluation, key, period, members, day) and not is_released(course.kept, key, period, members)

        now = evaluation.shown.as_due(counts)
        for guarantee in self.program.guarantees:
            found = self.broken.setdefault(guarantee.name, {})
            for period, holds in instances(now, guarantee) if guarantee.always else ():
                if holds is False and period not in found and self._has_begun(evaluation, guarantee, period, day):
                    found[period] = day

    def _is_due(self, evaluation: Evaluation, key: str, period: int, members: Mapping[str, int], day: date) -> bool:
        """Whether an amount is due by a day; what counts from an event is not before this is recorded."""
        flow = self.program.flows[key]
        if flow.due_after is not None:
            due = due_since(self.program, flow, period, members, evaluation.facts.record)
            return due is not None and due <= day
        days = self.program.grid.period(flow.grain, period)
        return (flow_due(self.program, flow, days) or days.last_day) <= day

    def _has_begun(self, evaluation: Evaluation, guarantee: Guarantee, period: Period, day: date) -> bool:
        """Whether anything of the period has been booked that it speaks of; what speaks of no amount is judged once the period is over."""
        flows, grid = self._read[guarantee.name], self.program.grid
        within = (
            self._is_due(evaluation, key, place, members, day)
            for key in flows
            for members in evaluation.everyone(self.program.flows[key].axes)
            for place in range(grid.count(self.program.flows[key].grain))
            if period.start <= grid.last_day(self.program.flows[key].grain, place) <= period.last_day
        )
        return any(within) if flows else period.last_day < day


def _flows(program: Program, guarantee: Guarantee) -> tuple[str, ...]:
    parts = (part for node in guarantee.nodes for part in whole(program.figures, node))
    return tuple(dict.fromkeys(part.flow for part in parts if isinstance(part, AmountOf)))
