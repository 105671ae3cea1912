"""Conditions that rest on events alone, day by day: a state that begins and ends within a quarter is a state too (the semantics, 6.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from attrs import frozen

from vbclang.core import nodes as n
from vbclang.core.nodes import Cond
from vbclang.core.program import Program
from vbclang.core.record import Entry, OfEvent, Record
from vbclang.core.walk import whole

_DAY = timedelta(days=1)
_STATES = ("has occurred", "is in force")


@frozen(eq=False)
class EventDays:
    """A condition of ``events`` alone, for the members that are judged."""

    program: Program
    record: Record
    condition: Cond
    members: Mapping[str, int]
    events: frozenset[str]

    @staticmethod
    def of(program: Program, record: Record, condition: Cond, members: Mapping[str, int]) -> EventDays | None:
        """None where the condition rests on anything else."""
        parts = tuple(whole(program.figures, condition))
        if not all(isinstance(part, n.InputFlag | n.NotCond | n.AndCond | n.OrCond | n.RefCondition) for part in parts):
            return None
        told = [program.told.get(part.key) for part in parts if isinstance(part, n.InputFlag)]
        states = [each for each in told if isinstance(each, OfEvent) and each.what in _STATES]
        if len(states) < len(told):
            return None
        return EventDays(program, record, condition, members, frozenset(each.event for each in states))

    def changes(self) -> Iterator[tuple[date, date, bool]]:
        """The first day of the term, and those on which any of the events begins or is over: each with the day on which that was known,
        and whether the condition holds on it.
        """
        days = {self.program.grid.start: self.program.grid.start}
        for entry in self._entries():
            over = None if entry.until is None else entry.until + _DAY
            for day in (entry.day, *(() if over is None else (over,))):
                if self.program.grid.start <= day < self.program.grid.end:
                    known = max(day, entry.received)
                    days[day] = min(days.get(day, known), known)
        for day in sorted(days):
            yield day, days[day], self._holds(self.condition, day, {})

    def _entries(self) -> Iterator[Entry]:
        for event in sorted(self.events):
            yield from (entry for entry in self.record.of("event", event) if entry.is_for(self.members))

    def _holds(self, condition: Cond, day: date, known: dict[str, bool]) -> bool:
        """``known``: what was found of named conditions on this day."""
        match condition:
            case n.InputFlag(key=key):
                told = self.program.told[key]
                assert isinstance(told, OfEvent)
                return self.record.has_occurred(told.event, day, self.members, lasting=told.what == "is in force")
            case n.NotCond(operand=operand):
                return not self._holds(operand, day, known)
            case n.AndCond(operands=operands):
                return all(self._holds(each, day, known) for each in operands)
            case n.OrCond(operands=operands):
                return any(self._holds(each, day, known) for each in operands)
            case n.RefCondition(figure=name):
                if name not in known:
                    body = self.program.figures[name].body
                    assert isinstance(body, Cond), f"{name} is a figure"
                    known[name] = self._holds(body, day, known)
                return known[name]
            case _:
                raise AssertionError("the condition rests on events alone")
