"""The course of a contract: rights, duties, warnings, notices, endings and suspensions, each with its day (the semantics, section 6).

A condition gives an occasion where it comes to hold: in the first period of which it is known to hold after one of which it was not, on the
day on which that is known. What a party may do is a right with its days; it acts only through a notice in the record. An ending and a
suspension act on the days after theirs, never on those before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import product

from attrs import define, evolve, field, frozen

from vbclang.calendar.grid import Period
from vbclang.calendar.labels import day_label
from vbclang.core import nodes as n
from vbclang.core.due import after, known_day
from vbclang.core.nodes import Cond
from vbclang.core.program import Program
from vbclang.core.provisions import Provision, When
from vbclang.core.record import EffectiveDate, Entry, EventDue, OfEvent, Record
from vbclang.core.walk import whole
from vbclang.data.facts import Facts, InputColumn, column_of
from vbclang.data.told import cured_columns
from vbclang.engine.evaluate import Evaluation, Standing, evaluate
from vbclang.engine.interpret import Overrides
from vbclang.settle.endings import Ending, Judged, judged
from vbclang.settle.event_days import EventDays
from vbclang.settle.statement import Happening, What
from vbclang.types.kinds import Grain

_DAY = timedelta(days=1)


@frozen
class Course:
    """All that happens, by day. ``ends``: the last day of the contract (under None) and of clauses that end by themselves; ``closed``: of
    each clause that moves money the days on which it does not count, half-open.
    """

    happenings: tuple[Happening, ...] = ()
    ends: Mapping[str | None, date] = field(factory=dict)
    closed: Mapping[str, tuple[tuple[date, date], ...]] = field(factory=dict)
    effective: Mapping[str, date] = field(factory=dict)
    """Of each clause that ends something, the day at whose end it takes effect."""
    dues: tuple[EventDue, ...] = ()
    """By when events were to be given, by the duties of the contract."""


def lived(
    program: Program,
    facts: Facts,
    *,
    overrides: Overrides | None = None,
    keep: bool = False,
    standing: Standing | None = None,
    since: Evaluation | None = None,
) -> tuple[Evaluation, Course]:
    """A program over the facts, and the course that the contract takes by them: what has ended or is suspended does not count any more.
    ``standing``: what flows read earlier, where that stands; ``since``: see `evaluate`.
    """
    evaluation = evaluate(program, facts, overrides=overrides, keep=keep, standing=standing, since=since)
    if not program.provisions:
        return evaluation, Course()
    taken = course(evaluation, facts.record)
    columns = _told_by(evaluation, taken)
    if not taken.closed and not columns:
        return evaluation, taken
    then = evolve(facts, closed=taken.closed, inputs={**facts.inputs, **columns})
    return evaluate(program, then, overrides=overrides, keep=keep, standing=standing, since=evaluation), taken


def _told_by(evaluation: Evaluation, taken: Course) -> dict[str, InputColumn]:
    """The inputs that the course itself tells: when an ending takes effect, and cures whose time runs from a day of the course."""
    program = evaluation.program
    days = {key: _on_day(program, key, taken.effective[told.clause]) for key, told in program.told.items()
            if isinstance(told, EffectiveDate) and told.clause in taken.effective}  # fmt: skip
    everyone = {axis: evaluation.members(axis) for axis in program.axes}
    return {**days, **cured_columns(program, everyone, evaluation.facts.record, taken.dues)}


def _on_day(program: Program, key: str, day: date) -> InputColumn:
    """A date, the same in every period."""
    grain = program.inputs[key].type.grain
    count = program.grid.count(grain)
    return column_of((), grain, (count,), {(place,): Fraction(day.toordinal()) for place in range(count)})


def course(evaluation: Evaluation, record: Record) -> Course:
    """What happens in the contract's life, as far as the record and the figures that have arrived tell."""
    told = _Course(evaluation, record)
    for provision in evaluation.program.provisions:
        told.take(provision)
    return told.finished()


def _ending_told(each: Judged) -> Happening:
    ending = each.ending
    if each.before is not None:
        return Happening(each.before.day, What.REFUSED, ending.clause, each.why_not, ending.period)
    return Happening(ending.day, What.ENDS, ending.clause, f"{ending.what} ends at the end of this day", ending.period)


@frozen
class _Occasion:
    """A condition has come to hold in a period, and since ``day`` it is known."""

    day: date
    label: str
    period: Period | None = None


@frozen
class _DueDay:
    """Something is due by ``day``, counted from ``start``, on an occasion, ``of``, and for the period ``about`` (None: for none)."""

    start: date
    day: date
    of: _Occasion | None = None
    about: tuple[Grain, int] | None = None


def _about(period: Period | None) -> tuple[Grain, int] | None:
    return None if period is None else (period.grain, period.index)


@define(eq=False)
class _Course:
    evaluation: Evaluation
    record: Record
    happenings: list[Happening] = field(factory=list)
    endings: list[Ending] = field(factory=list)
    suspended: list[tuple[str, date, date]] = field(factory=list)
    dues: list[EventDue] = field(factory=list)
    members: Mapping[str, int] = field(factory=dict)
    """For whom a provision is being judged."""

    @property
    def program(self) -> Program:
        return self.evaluation.program

    def say(self, day: date, what: What, provision: Provision, words: str, of: _Occasion | None = None) -> None:
        if self.record.as_of is None or day <= self.record.as_of or what in (What.DUE, What.ENDS):
            names = tuple((axis, self.evaluation.members(axis)[self.members[axis]].name) for axis in provision.axes)
            whom = f"for {', '.join(name for _, name in names)}: " if names else ""
            self.happenings.append(Happening(day, what, provision.key, whom + words, of.period if of is not None else None, names))

    def finished(self) -> Course:
        endings = judged(self.endings)
        self.happenings.extend(map(_ending_told, endings))
        effect = [each.ending for each in endings if each.before is None]
        found = sorted(self.happenings, key=lambda happening: (happening.day, happening.clause))
        ends = {ending.target: ending.day for ending in effect}
        return Course(tuple(found), ends, self._closed(ends), {ending.clause: ending.day for ending in effect}, tuple(self.dues))

    def _closed(self, ends: Mapping[str | None, date]) -> dict[str, tuple[tuple[date, date], ...]]:
        end = self.program.grid.end
        closed: dict[str, list[tuple[date, date]]] = {}
        for flow in self.program.flows.values():
            over = [] if flow.survives else [day for target, day in ends.items() if target in (None, flow.key)]
            own = [(first, last) for target, first, last in self.suspended if target == flow.key]
            ranges = [*own, *([(min(over) + _DAY, end)] if over else [])]
            if ranges:
                closed[flow.key] = sorted(ranges)
        return {key: tuple(ranges) for key, ranges in closed.items()}

    # -- provisions ------------------------------------------------------------------------------------------------------

    def take(self, provision: Provision) -> None:
        """What comes of one provision, for each of its members."""
        for members in self._everyone(provision):
            self.members = members
            self._take(provision)
        self.members = {}

    def _everyone(self, provision: Provision) -> tuple[dict[str, int], ...]:
        """The members of a provision; of those that are being judged, these alone."""
        axes, judged_for = provision.axes, self.members
        all_of = {axis: range(len(self.evaluation.members(axis))) for axis in axes}
        places = product(*([judged_for[axis]] if axis in judged_for else all_of[axis] for axis in axes))
        return tuple(dict(zip(axes, at, strict=True)) for at in places)

    def _take(self, provision: Provision) -> None:
        match provision.kind:
            case "termination":
                self._termination(provision)
            case "right":
                for occasion in self._rights(provision):
                    self.say(occasion.day, What.RIGHT, provision, f"{provision.by} may {provision.what} ({occasion.label})", occasion)
            case "warning":
                to = f" to {provision.to}" if provision.to else ""
                for occasion in self.occasions(provision, provision.condition):
                    self.say(occasion.day, What.WARNING, provision, f"warning{to} ({occasion.label})", occasion)
            case "automatic end":
                for occasion in tuple(self.occasions(provision, provision.condition))[:1]:
                    self._end(provision, occasion.day, occasion)
            case "suspension":
                self._suspension(provision)
            case "duty":
                self._duty(provision)

    def _rights(self, provision: Provision) -> tuple[_Occasion, ...]:
        """The occasions on which a right arises; one that is there at any time arises with the contract."""
        if provision.condition is None:
            return (_Occasion(self.program.grid.start, "at any time"),)
        return tuple(self.occasions(provision, provision.condition))

    def _termination(self, provision: Provision) -> None:
        occasions = self._rights(provision)
        windows = [(occasion.day, self._last_day(provision, occasion.day)) for occasion in occasions]
        if provision.condition is not None:
            for occasion, (_, last) in zip(occasions, windows, strict=True):
                until = f", until {day_label(last)}" if last is not None else ""
                self.say(occasion.day, What.RIGHT, provision, f"{provision.by} may give notice{until} ({occasion.label})", occasion)
        for entry in self.record.of("notice", provision.key):
            self._notice(provision, entry, windows)

    def _notice(self, provision: Provision, entry: Entry, windows: list[tuple[date, date | None]]) -> None:
        """A notice under a termination: it ends what the clause ends, or is refused with the reason."""
        assert provision.notice is not None
        ended = min((ending.day for ending in self.endings if ending.target is None), default=None)
        if ended is not None and entry.day > ended:
            self._refused(provision, entry, f"the contract ended on {day_label(ended)}")
        elif not any(first <= entry.day and (last is None or entry.day <= last) for first, last in windows):
            lapsed = [last for first, last in windows if last is not None and last < entry.day]
            why = f"the right lapsed on {day_label(max(lapsed))}" if lapsed else f"{provision.by} had no right to give it on that day"
            self._refused(provision, entry, why)
        else:
            last = after(self.program, provision.notice, entry.day)
            self.say(entry.received, What.NOTICE, provision, f"notice of {day_label(entry.day)}, to end on {day_label(last)}")
            self._end(provision, last, notice=entry)

    def _refused(self, provision: Provision, entry: Entry, why: str) -> None:
        self.say(entry.received, What.REFUSED, provision, f"the notice of {day_label(entry.day)} has no effect: {why}")

    def _end(self, provision: Provision, day: date, of: _Occasion | None = None, notice: Entry | None = None) -> None:
        place, period = self.program.provisions.index(provision), of.period if of is not None else None
        self.endings.append(Ending(day, provision.key, provision.target, notice.number if notice is not None else None, place, period))

    def _suspension(self, provision: Provision) -> None:
        assert provision.target is not None
        since = self.program.grid.start
        for occasion in self.occasions(provision, provision.condition):
            if occasion.day < since:
                continue
            over = (end.day for end in self.occasions(provision, provision.until, rising=False) if end.day > occasion.day)
            last = next(over, None)
            until = self.program.grid.end if last is None else last + _DAY
            self.suspended.append((provision.target, occasion.day + _DAY, until))
            self.say(
                occasion.day, What.SUSPENDED, provision, f"clause {provision.target} is suspended from the next day on ({occasion.label})"
            )
            if last is not None:
                self.say(last, What.RESUMES, provision, f"clause {provision.target} is in force again from the next day on")
            since = until

    # -- duties ----------------------------------------------------------------------------------------------------------

    def _duty(self, provision: Provision) -> None:
        if provision.that is not None:
            negated = n.NotCond(provision.that.type, provision.that.span, provision.that)
            for occasion in self.occasions(provision, negated):
                self._not_done(
                    provision, occasion.day, f"{provision.by} has not kept the duty {provision.what} ({occasion.label})", occasion
                )
            return
        for each in self._due_days(provision):
            start, due, of = each.start, each.day, each.of
            self.say(due, What.DUE, provision, f"{provision.by} is to {provision.what} by this day", of)
            if provision.event is None:
                continue
            self.dues.append(EventDue(provision.event, due, each.about, tuple(self.members.items())))
            given = [entry for entry in self._events(provision.event) if start <= entry.day <= due and entry.received <= due]
            if given:
                self.say(given[0].received, What.DONE, provision, f"{provision.by} has done so: {provision.what}")
            elif self.record.complete or (self.record.as_of is not None and self.record.as_of > due):
                self._not_done(provision, due + _DAY, f"{provision.by} did not {provision.what} by {day_label(due)}", of)

    def _not_done(self, provision: Provision, day: date, words: str, of: _Occasion | None = None) -> None:
        then = f"; {'; '.join(provision.failing)}" if provision.failing else ""
        self.say(day, What.NOT_DONE, provision, words + then, of)

    def _due_days(self, provision: Provision) -> Iterator[_DueDay]:
        """From when and by when it is due, each time, and on which occasion."""
        deadline, grid = provision.deadline, self.program.grid
        if provision.condition is not None:
            for each in self.occasions(provision, provision.condition):
                due = each.day if deadline is None else after(self.program, deadline, each.day)
                yield _DueDay(each.day, due, each, _about(each.period))
        elif deadline is None or deadline.anchor == "day":
            yield _DueDay(grid.start, grid.end - _DAY if deadline is None else after(self.program, deadline, deadline.day or grid.start))
        elif deadline.anchor == "period" and deadline.grain is not None:
            for place in range(grid.count(deadline.grain) if deadline.grain < Grain.TERM else 1):
                last = grid.last_day(deadline.grain, place)
                yield _DueDay(last, after(self.program, deadline, last), None, (deadline.grain, place))
        else:
            for day, of, about in self._anchors(deadline):
                yield _DueDay(day, after(self.program, deadline, day), of, about)

    def _anchors(self, deadline: When) -> Iterator[tuple[date, _Occasion | None, tuple[Grain, int] | None]]:
        """The days of an event, or those by which it is due, whenever it happened; the occasion, and the period, for which it is."""
        name = deadline.name or ""
        if deadline.anchor == "event due":
            duties = [p for p in self.program.provisions if p.kind == "duty" and p.event == name]
            yield from ((due.day, due.of, due.about) for duty in duties for due in self._due_for_members(duty))
        elif deadline.anchor == "clause paid":
            yield from ((entry.day, None, entry.period) for entry in self.record.of("payment", name))
        elif deadline.anchor == "notice":
            yield from ((entry.day, None, entry.period) for entry in self.record.entries if entry.what == "notice")
        else:
            yield from ((entry.day, None, entry.period) for entry in self._events(name))

    def _due_for_members(self, duty: Provision) -> tuple[_DueDay, ...]:
        """When another duty is due for those for whom a provision is being judged."""
        judged_for, found = self.members, list[_DueDay]()
        for members in self._everyone(duty):
            self.members = {**judged_for, **members}
            found.extend(self._due_days(duty))
        self.members = judged_for
        return tuple(found)

    def _events(self, name: str) -> Iterator[Entry]:
        """An event, as far as it is about those for whom a provision is being judged."""
        return (entry for entry in self.record.of("event", name) if entry.is_for(self.members))

    def _last_day(self, provision: Provision, arises: date) -> date | None:
        """The last day on which a right may be used; None where it does not lapse."""
        exercised = provision.exercised
        if exercised is None:
            return None
        return after(self.program, exercised, exercised.day if exercised.anchor == "day" and exercised.day is not None else arises)

    # -- conditions ------------------------------------------------------------------------------------------------------

    def occasions(self, provision: Provision, condition: Cond | None, *, rising: bool = True) -> Iterator[_Occasion]:
        """The periods in which a condition comes to hold; without ``rising`` all in which it holds. Of one that rests on events alone, the
        days.
        """
        if condition is None:
            return
        by_day = EventDays.of(self.program, self.record, condition, self.members)
        if by_day is not None:
            yield from self._days(by_day, condition.type.grain, rising)
            return
        grain, grid, before = condition.type.grain, self.program.grid, False
        series = self.evaluation.node(condition)
        for period in range(grid.count(grain) if grain < Grain.TERM else 1):
            holds = series.at(period, self.members) is True
            if holds and not (rising and before):
                day = self._known(provision, condition, grain, period)
                if self.record.as_of is None or day <= self.record.as_of:
                    yield _Occasion(day, grid.period(grain, period).label, grid.period(grain, period))
            before = holds

    def _days(self, by_day: EventDays, grain: Grain, rising: bool) -> Iterator[_Occasion]:
        grid, before = self.program.grid, False
        for day, known, holds in by_day.changes():
            if holds and not (rising and before) and (self.record.as_of is None or known <= self.record.as_of):
                period = grid.period(grain, grid.place_of(grain, day) if grain < Grain.TERM else 0)
                yield _Occasion(known, day_label(day), period)
            before = holds

    def _known(self, provision: Provision, condition: Cond, grain: Grain, period: int) -> date:
        """When it is known: when the last of the figures is due, or the last of the events was received."""
        last = self.program.grid.last_day(grain, period) if grain < Grain.CONSTANT else self.program.grid.last_day(Grain.TERM, 0)
        days = [known_day(self.program, known, last, back) for known, back in provision.known]
        events = [self.program.told.get(getattr(node, "key", "")) for node in whole(self.program.figures, condition)]
        names = {told.event for told in events if isinstance(told, OfEvent)}
        received = [e.received for name in names for e in self.record.of("event", name) if e.day <= last]
        return max([*days, *received], default=last)
