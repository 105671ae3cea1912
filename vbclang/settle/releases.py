"""What becomes of money that is kept back: released on a day, kept for good, or open yet.

Method: a condition of release is asked of a period from the day on which its figures are known, and again on each day on which something
arrived, as the facts then stood. On the first of these days on which it holds, no later than the last day that the contract gives, what it
speaks of is released; so no later arrival undoes a release. What is released has used its limits all the same, as what is waived has.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import TypeAlias

from attrs import define, evolve, field

from vbclang.calendar.labels import day_label
from vbclang.core.due import known_day, last_day_of_release
from vbclang.core.program import Flow, Program, Release
from vbclang.core.record import View
from vbclang.core.walk import whole
from vbclang.engine.evaluate import Evaluation
from vbclang.engine.series import ConditionSeries, NumberSeries
from vbclang.settle.course import Course
from vbclang.settle.kept import Kept, Withheld
from vbclang.settle.lived import lived
from vbclang.settle.statement import Happening, What
from vbclang.settle.words import money
from vbclang.settle.world import World
from vbclang.types.kinds import Grain

_Members: TypeAlias = Mapping[str, int]


@define(eq=False)
class Releases:
    """What has been released so far, asked day by day. What a condition came to on a day is worked out once."""

    world: World
    _found: dict[tuple[str, date | None], ConditionSeries | NumberSeries] = field(factory=dict)

    def told(self, evaluation: Evaluation, course: Course, day: date | None) -> Course:
        """The course with all that became, by the end of a ``day`` (None: in the end), of what the contract keeps back."""
        program = self.world.program
        if not program.withholdings:
            return course
        found = {at: kept for flow in program.withholdings for at, kept in self._of_flow(evaluation, flow, day)}
        happenings = sorted((*course.happenings, *_happenings(evaluation, found)), key=lambda each: (each.day, each.clause))
        return evolve(course, happenings=tuple(happenings), kept=found)

    def _of_flow(self, evaluation: Evaluation, flow: Flow, day: date | None) -> Iterator[tuple[Withheld, Kept]]:
        release, grid, everyone = flow.release, self.world.program.grid, evaluation.everyone(flow.axes)
        assert release is not None
        paid = evaluation.flow(flow.key).paid
        horizon = self._horizon(flow, release)
        day = horizon if day is None else day if horizon is None else min(day, horizon)
        for place in range(grid.count(flow.grain)):
            last = last_day_of_release(self.world.program, release, grid.period(flow.grain, place))
            for members in everyone:
                amount = paid.at(place, members)
                if isinstance(amount, Fraction) and amount:
                    yield (flow.key, place, tuple(members.items())), self._kept(flow, release, place, members, last, day)

    def _horizon(self, flow: Flow, release: Release) -> date | None:
        """The last day of which all is known, where no record says what came when: the one before the next figures are known."""
        grid, until = self.world.program.grid, self.world.until
        if until is None:
            return None
        if flow.grain >= Grain.TERM:
            return until - timedelta(days=1)
        open_yet = next((place for place in range(grid.count(flow.grain)) if grid.period(flow.grain, place).last_day >= until), None)
        return None if open_yet is None else known_of_release(self.world.program, flow, release, open_yet) - timedelta(days=1)

    def _kept(self, flow: Flow, release: Release, place: int, members: _Members, last: date, day: date | None) -> Kept:
        """What became of one amount."""
        until = last if day is None else min(day, last)
        found = self._released(flow, release, place, members, until)
        if found is not None:
            return Kept(last, release.then, found[0], found[1])
        over = day is None or day >= last
        return Kept(last, release.then, last if over and release.then == "released" else None, None, over)

    def _released(self, flow: Flow, release: Release, place: int, members: _Members, until: date) -> tuple[date, int] | None:
        """On which day what is kept back of a period is released, and by the result of which period."""
        if release.of == "same":
            day = self._holds(flow, release, place, members, until)
            return None if day is None else (day, place)
        found: tuple[date, int] | None = None
        for later in range(place + 1, self.world.program.grid.count(flow.grain)):
            if known_of_release(self.world.program, flow, release, later) > (until if found is None else found[0]):
                break
            day = self._holds(flow, release, later, members, until)
            if day is not None and (found is None or day < found[0]):
                found = day, later
        return found

    def _holds(self, flow: Flow, release: Release, place: int, members: _Members, until: date) -> date | None:
        """The first day on which the condition is known to hold of a period."""
        program, grain = self.world.program, release.condition.type.grain
        known = known_of_release(program, flow, release, place)
        if known > until:
            return None
        at = 0 if grain >= Grain.TERM else program.grid.containing(flow.grain, place, grain)
        came = self.world.days
        for day in (known, *came[bisect_right(came, known) : bisect_right(came, until)]):
            if self._condition(flow, release, day).at(at, members) is True:
                return day
        return None

    def _condition(self, flow: Flow, release: Release, day: date) -> ConditionSeries | NumberSeries:
        """The condition as the facts stood at the end of a day; nothing has changed since something last arrived."""
        program, came = self.world.program, self.world.days
        before = bisect_right(came, day)
        told = any(getattr(node, "key", None) in program.told for node in whole(program.figures, release.condition))
        asked = day if told else came[before - 1] if before else date.min if came else None
        if (flow.key, asked) not in self._found:
            view: View = "latest" if release.of == "same" else "final"
            facts, overrides = self.world.seen(view, asked)
            self._found[flow.key, asked] = lived(program, facts, overrides=overrides)[0].node(release.condition)
        return self._found[flow.key, asked]


def known_of_release(program: Program, flow: Flow, release: Release, place: int) -> date:
    """When the condition is known of a period."""
    last = program.grid.last_day(flow.grain, place)
    days = [known_day(program, known, last, back) for known, back in release.known]
    days += [known_day(program, known, own, back) for known, own, back in release.stated]
    return max(days, default=last)


def _happenings(evaluation: Evaluation, found: Mapping[Withheld, Kept]) -> Iterator[Happening]:
    """Each release, and each sum that is kept for good, as it is told."""
    program = evaluation.program
    for (key, place, members), kept in found.items():
        if kept.released is None and not kept.over:
            continue
        flow = program.flows[key]
        amount = evaluation.flow(key).paid.at(place, dict(members))
        assert isinstance(amount, Fraction)
        period = program.grid.period(flow.grain, place)
        names = tuple((axis, evaluation.members(axis)[at].name) for axis, at in members)
        whom = f" for {', '.join(name for _, name in names)}" if names else ""
        what, because = (
            (What.RELEASED, why_released(program, flow, kept)) if kept.released is not None else (What.KEPT, "not released in time")
        )
        words = f"{money(amount, flow.currency)} kept back of {period.label}{whom} is {what.value}: {because}"
        yield Happening(kept.released or kept.last, what, key, words, period, names)


def why_released(program: Program, flow: Flow, kept: Kept) -> str:
    """In words, what released it."""
    if kept.by is None:
        return "its last day, whatever has come"
    assert flow.release is not None
    label = program.grid.period(flow.grain, kept.by).label
    how = f"in {label}" if flow.release.of == "later" else f"of {label} on later data"
    return f"the condition for its release holds {how}"


def said_of(program: Program, flow: Flow, kept: Kept, amount: Fraction, why: str) -> str:
    """In words, what became of an amount, and ``why`` it was kept back."""
    if kept.released is not None:
        since = f"released on {day_label(kept.released)}: {why_released(program, flow, kept)}"
        return f"{money(amount, flow.currency)} kept back ({why}); {since}"
    if kept.over:
        return f"kept for good ({why}): not released by {day_label(kept.last)}"
    return f"kept back ({why}); if not released by {day_label(kept.last)}, it is then {kept.then}"
