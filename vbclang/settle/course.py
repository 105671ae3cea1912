"""The course of a contract: rights, duties, warnings, notices, endings and suspensions, each with its day (the semantics, section 6).

A condition gives an occasion where it comes to hold: in the first period of which it is known to hold after one of which it was not, on the
day on which that is known. What a party may do is a right with its days; it acts only through a notice in the record. An ending and a
suspension act on the days after theirs, never on those before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import product
from typing import TypeAlias

from attrs import define, field, frozen

from vbclang.calendar.labels import day_label
from vbclang.core import nodes as n
from vbclang.core.due import after, known_day
from vbclang.core.nodes import Cond
from vbclang.core.program import Program
from vbclang.core.provisions import Provision, When
from vbclang.core.record import Breach, Breached, Entry, EventDue, OfEvent, Record
from vbclang.core.walk import whole
from vbclang.data.facts import Closed
from vbclang.engine.evaluate import Evaluation
from vbclang.settle.endings import Ending, closed_days, ends_for, judged
from vbclang.settle.event_days import EventDays
from vbclang.settle.kept import Kept, Withheld
from vbclang.settle.occasions import DueDay, Occasion, of_period
from vbclang.settle.statement import Happening, What
from vbclang.types.kinds import Grain

_DAY = timedelta(days=1)
About: TypeAlias = tuple[Grain, int] | None
"""The period for which something is to be done, by its grain and place; None: for none in particular."""


@frozen
class Course:
    """All that happens, by day. ``effects``: the endings that take effect, by day; ``closed``: of each clause that moves money the days on
    which it does not count.
    """

    happenings: tuple[Happening, ...] = ()
    effects: tuple[Ending, ...] = ()
    closed: Mapping[str, tuple[Closed, ...]] = field(factory=dict)
    dues: tuple[EventDue, ...] = ()
    """By when events were to be given, by the duties of the contract."""
    breaches: tuple[Breach, ...] = ()
    """The duties that were not kept."""
    kept: Mapping[Withheld, Kept] = field(factory=dict)
    """What became of money that is kept back."""

    @property
    def ended(self) -> date | None:
        """The last day of the whole contract, where it ended before its term."""
        return next((each.day for each in self.effects if each.target is None and not each.members), None)

    def effects_of(self, clause: str, of: tuple[str, int] | None = None) -> tuple[Ending, ...]:
        """The endings by a clause that take effect; with a member those that are judged for it."""
        return tuple(each for each in self.effects if each.clause == clause and (of is None or of in each.of))

    def effective(self, clause: str, of: tuple[str, int] | None = None) -> date | None:
        """The day at whose end a clause that ends something takes effect; None where it does not."""
        return next((each.day for each in self.effects_of(clause, of)), None)


def course(evaluation: Evaluation, record: Record, breaches: tuple[Breach, ...] = ()) -> Course:
    """What happens in the contract's life, as far as the record and the figures that have arrived tell. ``breaches``: those that the
    evaluation knows of.
    """
    told = _Course(evaluation, record, breaches)
    for provision in evaluation.program.provisions:
        told.take(provision)
    return told.finished()


@define(eq=False)
class _Course:
    evaluation: Evaluation
    record: Record
    known: tuple[Breach, ...]
    happenings: list[Happening] = field(factory=list)
    endings: list[Ending] = field(factory=list)
    suspended: list[tuple[str, Closed]] = field(factory=list)
    dues: list[EventDue] = field(factory=list)
    breaches: list[Breach] = field(factory=list)
    members: Mapping[str, int] = field(factory=dict)
    """For whom a provision is being judged."""

    @property
    def program(self) -> Program:
        return self.evaluation.program

    def say(self, day: date, what: What, provision: Provision, words: str, of: Occasion | None = None, about: About = None) -> None:
        if self.record.as_of is None or day <= self.record.as_of or what in (What.DUE, What.ENDS):
            names = tuple((axis, self.evaluation.members(axis)[self.members[axis]].name) for axis in provision.axes)
            whom = f"for {', '.join(name for _, name in names)}: " if names else ""
            period = None if about is None else self.program.grid.period(*about)
            self.happenings.append(Happening(day, what, provision.key, whom + words, of.period if of is not None else None, names, period))

    def finished(self) -> Course:
        endings = judged(self.endings)
        self.happenings.extend(each.told for each in endings)
        effect = [each.ending for each in endings if each.before is None]
        found = sorted(self.happenings, key=lambda happening: (happening.day, happening.clause))
        closed = closed_days(self.program, effect, self.suspended)
        return Course(tuple(found), tuple(effect), closed, tuple(self.dues), tuple(self.breaches))

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
                    may = f"{provision.by} may {provision.what}{self._until(provision, occasion)} ({occasion.label})"
                    self.say(occasion.day, What.RIGHT, provision, may, occasion)
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

    def _rights(self, provision: Provision) -> tuple[Occasion, ...]:
        """The occasions on which a right arises; without a condition it arises each time from which its last day counts, or with the
        contract.
        """
        exercised, grid = provision.exercised, self.program.grid
        if provision.condition is not None:
            return tuple(self.occasions(provision, provision.condition))
        if exercised is None or exercised.anchor in ("day", "result"):
            return (Occasion(grid.start, "at any time"),)
        if exercised.anchor == "period" and exercised.grain is not None:
            count = grid.count(exercised.grain) if exercised.grain < Grain.TERM else 1
            periods = (grid.period(exercised.grain, place) for place in range(count))
            return tuple(Occasion(period.last_day, period.label, period) for period in periods)
        return tuple(Occasion(day, day_label(day)) for day, _, _ in self._anchors(exercised))

    def _until(self, provision: Provision, occasion: Occasion) -> str:
        last = self._last_day(provision, occasion)
        return "" if last is None else f", until {day_label(last)}"

    def _termination(self, provision: Provision) -> None:
        occasions = self._rights(provision)
        windows = [(occasion.day, self._last_day(provision, occasion)) for occasion in occasions]
        if provision.condition is not None:
            for occasion in occasions:
                until = self._until(provision, occasion)
                self.say(occasion.day, What.RIGHT, provision, f"{provision.by} may give notice{until} ({occasion.label})", occasion)
        for entry in self.record.of("notice", provision.key):
            if entry.is_for(self.members):
                self._notice(provision, entry, windows)

    def _notice(self, provision: Provision, entry: Entry, windows: list[tuple[date, date | None]]) -> None:
        """A notice under a termination: it ends what the clause ends, or is refused with the reason."""
        assert provision.notice is not None
        here = set(ends_for(self.program, provision, self.members))
        over = (each for each in self.endings if each.target is None and set(each.members) <= here)
        ended = min(over, key=lambda ending: ending.day, default=None)
        if ended is not None and entry.day > ended.day:
            self._refused(provision, entry, f"{ended.what} ended on {day_label(ended.day)}")
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

    def _end(self, provision: Provision, day: date, of: Occasion | None = None, notice: Entry | None = None) -> None:
        place, period = self.program.provisions.index(provision), of.period if of is not None else None
        members, number = ends_for(self.program, provision, self.members), notice.number if notice is not None else None
        judged_for = tuple(sorted(self.members.items()))
        names = tuple(self.evaluation.members(axis)[at].name for axis, at in judged_for)
        self.endings.append(Ending(day, provision.key, provision.target, number, place, period, members, judged_for, names))

    def _suspension(self, provision: Provision) -> None:
        assert provision.target is not None
        since = self.program.grid.start
        for occasion in self.occasions(provision, provision.condition):
            if occasion.day < since:
                continue
            over = (end.day for end in self.occasions(provision, provision.until, rising=False) if end.day > occasion.day)
            last = next(over, None)
            until = self.program.grid.end if last is None else last + _DAY
            self.suspended.append((provision.target, Closed(occasion.day + _DAY, until, ends_for(self.program, provision, self.members))))
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
            self.say(due, What.DUE, provision, f"{provision.by} is to {provision.what} by this day", of, each.about)
            if provision.event is None:
                continue
            self.dues.append(EventDue(provision.event, due, each.about, tuple(self.members.items())))
            given = [entry for entry in self._events(provision.event) if start <= entry.day <= due and entry.received <= due]
            if given:
                self.say(given[0].received, What.DONE, provision, f"{provision.by} has done so: {provision.what}", None, each.about)
            elif self.record.complete or (self.record.as_of is not None and self.record.as_of > due):
                self._not_done(provision, due + _DAY, f"{provision.by} did not {provision.what} by {day_label(due)}", of, each.about)

    def _not_done(self, provision: Provision, day: date, words: str, of: Occasion | None = None, about: About = None) -> None:
        then = f"; {'; '.join(provision.failing)}" if provision.failing else ""
        self.say(day, What.NOT_DONE, provision, words + then, of, about)
        self.breaches.append(Breach(provision.key, day, tuple(sorted(self.members.items()))))

    def _due_days(self, provision: Provision) -> Iterator[DueDay]:
        """From when and by when it is due, each time, and on which occasion."""
        deadline, grid = provision.deadline, self.program.grid
        if provision.condition is not None:
            of_each = deadline is not None and deadline.anchor == "period"  # then in each period in which it holds, not only in the first
            for each in self.occasions(provision, provision.condition, rising=not of_each):
                due = each.day if deadline is None else self._by(deadline, each)
                yield DueDay(each.day, due, each, of_period(each.period))
        elif deadline is None or deadline.anchor == "day":
            yield DueDay(grid.start, grid.end - _DAY if deadline is None else after(self.program, deadline, deadline.day or grid.start))
        elif deadline.anchor == "period" and deadline.grain is not None:
            for place in range(grid.count(deadline.grain) if deadline.grain < Grain.TERM else 1):
                last = grid.last_day(deadline.grain, place)
                yield DueDay(last, after(self.program, deadline, last), None, (deadline.grain, place))
        else:
            for day, of, about in self._anchors(deadline):
                yield DueDay(day, after(self.program, deadline, day), of, about)

    def _anchors(self, deadline: When) -> Iterator[tuple[date, Occasion | None, tuple[Grain, int] | None]]:
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

    def _due_for_members(self, duty: Provision) -> tuple[DueDay, ...]:
        """When another duty is due for those for whom a provision is being judged."""
        judged_for, found = self.members, list[DueDay]()
        for members in self._everyone(duty):
            self.members = {**judged_for, **members}
            found.extend(self._due_days(duty))
        self.members = judged_for
        return tuple(found)

    def _events(self, name: str) -> Iterator[Entry]:
        """An event, as far as it is about those for whom a provision is being judged."""
        return (entry for entry in self.record.of("event", name) if entry.is_for(self.members))

    def _last_day(self, provision: Provision, occasion: Occasion) -> date | None:
        """The last day on which a right may be used; None where it does not lapse."""
        return None if provision.exercised is None else self._by(provision.exercised, occasion)

    def _by(self, deadline: When, occasion: Occasion) -> date:
        """By when something is to be done that an occasion brings: no day before it is known."""
        counted_from = occasion.day
        if deadline.anchor == "day" and deadline.day is not None:
            counted_from = deadline.day
        elif deadline.anchor == "period" and deadline.grain is not None and occasion.period is not None:
            grid, last = self.program.grid, occasion.period.last_day
            counted_from = grid.last_day(deadline.grain, grid.place_of(deadline.grain, last) if deadline.grain < Grain.TERM else 0)
        return max(after(self.program, deadline, counted_from), occasion.day)

    # -- conditions ------------------------------------------------------------------------------------------------------

    def occasions(self, provision: Provision, condition: Cond | None, *, rising: bool = True) -> Iterator[Occasion]:
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
                    yield Occasion(day, grid.period(grain, period).label, grid.period(grain, period))
            before = holds

    def _days(self, by_day: EventDays, grain: Grain, rising: bool) -> Iterator[Occasion]:
        grid, before = self.program.grid, False
        for day, known, holds in by_day.changes():
            if holds and not (rising and before) and (self.record.as_of is None or known <= self.record.as_of):
                period = grid.period(grain, grid.place_of(grain, day) if grain < Grain.TERM else 0)
                yield Occasion(known, day_label(day), period)
            before = holds

    def _known(self, provision: Provision, condition: Cond, grain: Grain, period: int) -> date:
        """When it is known: when the last of the figures is due, or the last of the events was received."""
        last = self.program.grid.last_day(grain, period) if grain < Grain.CONSTANT else self.program.grid.last_day(Grain.TERM, 0)
        days = [known_day(self.program, known, last, back) for known, back in provision.known]
        told = [self.program.told.get(getattr(node, "key", "")) for node in whole(self.program.figures, condition)]
        read = {each for each in told if isinstance(each, OfEvent | Breached)}
        return max([*days, *(day for each in read for day in self._told(each, last))], default=last)

    def _told(self, of: OfEvent | Breached, last: date) -> Iterator[date]:
        """The days by which it is known what has happened until the ``last``; of what has lasted so long, the first on which it had."""
        if isinstance(of, Breached):
            yield from (each.day for each in self.known if each.clause == of.clause and each.is_for(self.members) and each.day <= last)
            return
        if not of.days:
            yield from (entry.received for entry in self._events(of.event) if entry.day <= last)
            over = (entry.until + _DAY for entry in self._events(of.event) if of.what == "is in force" and entry.until is not None)
            yield from (day for day in over if day <= last)
            return
        reached = [max(of.reached(entry), entry.received) for entry in self._events(of.event) if of.reached(entry) <= last]
        yield from [min(reached)] if reached else []
