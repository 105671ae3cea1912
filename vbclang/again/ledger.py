"""The ledger: which piece of work read what and wrote what, so that in the next run it need not be done where it would do the same.

A unit is a piece of work with a name that reads and writes the ledger's tables, and nothing else that may change. While it runs, its trace
is kept: each reading with what it gave, each writing, each unit that it called. In the next run a unit is not done again where its trace,
gone through against the tables as they are then, gives the same readings; its writings are made on the way, and taken back where it does
not. (Verifying traces, as in build systems: Mokhov, Mitchell and Peyton Jones, "Build systems à la carte", 2018.)

What a trace gives is what running gives, in the same order; so whether there are traces or not cannot be told from the result.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any, NamedTuple, TypeAlias, TypeVar, assert_never

from attrs import define, field, frozen

from vbclang.again.tables import Table

_T = TypeVar("_T")
Unit: TypeAlias = tuple[str, Hashable]
"""A kind of work, and of what."""


class _Read(NamedTuple):  # entries are tuples since there are ten thousands of them
    table: str
    key: Any
    value: Any


class _ReadAll(NamedTuple):
    table: str
    rows: tuple[Any, ...]


class _Wrote(NamedTuple):
    table: str
    key: Any
    value: Any


class _Asked(NamedTuple):
    question: Callable[..., Any]
    of: tuple[Any, ...]
    answer: Any


class _Called(NamedTuple):
    unit: Unit


_Entry: TypeAlias = _Read | _ReadAll | _Wrote | _Asked | _Called


@frozen(eq=False)
class _Trace:
    entries: tuple[_Entry, ...]
    result: Any


Traces: TypeAlias = dict[Unit, _Trace]


@define(eq=False)
class _Recording:
    """The trace of a unit that is running, and what has been read or written last, by table and key: to read it again says nothing."""

    entries: list[_Entry] = field(factory=list)
    last: dict[tuple[str, Any], Any] = field(factory=dict)
    called: set[Unit] = field(factory=set)


@define(eq=False)
class Ledger:
    """One run. ``before``: the traces of the run before (None: nothing is traced, and all is done). ``traces``: those of this run."""

    before: Mapping[Unit, _Trace] | None = None
    about: Any = None
    """What holds the tables: questions are put to it."""
    traces: Traces = field(factory=dict)
    tables: dict[str, Table[Any, Any]] = field(factory=dict)
    done: dict[Unit, Any] = field(factory=dict)
    """What each unit gave that has been done in this run; None of one that has begun."""
    _now: _Recording | None = None

    def hand_on(self, traces: Traces | None) -> None:
        """Put the traces of this run in the place of those of the run before."""
        if traces is not None:
            traces.clear()
            traces.update(self.traces)

    def table(self, name: str, contents: Mapping[Any, Any] | None = None) -> Table[Any, Any]:
        """A table of this ledger."""
        assert name not in self.tables, "each table has a name of its own"
        made: Table[Any, Any] = Table(name, self, contents)
        self.tables[name] = made
        return made

    # -- notes of the tables ------------------------------------------------------------------------------------------

    def read(self, table: str, key: Any, value: Any) -> None:
        """See `Notes`."""
        now = self._now
        if now is not None and now.last.get((table, key), now) is not value:
            now.last[table, key] = value
            now.entries.append(_Read(table, key, value))

    def read_all(self, table: Table[Any, Any]) -> None:
        """See `Notes`."""
        if self._now is not None:
            self._now.entries.append(_ReadAll(table.name, table.whole()))

    def wrote(self, table: str, key: Any, value: Any) -> None:
        """See `Notes`."""
        if self._now is not None:
            self._now.last[table, key] = value
            self._now.entries.append(_Wrote(table, key, value))

    # -- work ---------------------------------------------------------------------------------------------------------

    def ask(self, question: Callable[..., _T], *of: Any) -> _T:
        """What a question ``about`` the tables gives. Noted is the answer, not what it read, which may be much that does not change it."""
        outer, self._now = self._now, None
        try:
            answer = question(self.about, *of)
        finally:
            self._now = outer
        if outer is not None:
            outer.entries.append(_Asked(question, of, answer))
        return answer

    def unit(self, kind: str, of: Hashable, work: Callable[[], _T], sound: Callable[[_T], bool]) -> _T:
        """Do a piece of work, once in a run. ``sound``: whether its trace may be kept, by what it gave."""
        if self.before is None:
            return work()
        unit, outer = (kind, of), self._now
        if outer is not None and unit not in outer.called:
            outer.called.add(unit)
            outer.entries.append(_Called(unit))
        if unit not in self.done:
            if not self._again(unit):
                self.done[unit] = None  # who comes back to it while it runs finds it begun
                self.done[unit] = self._traced(unit, work, sound)
            if outer is not None:
                outer.last.clear()  # what was read before may have been written since
        found: _T = self.done[unit]
        return found

    def _traced(self, unit: Unit, work: Callable[[], _T], sound: Callable[[_T], bool]) -> _T:
        outer, recording = self._now, _Recording()
        self._now = recording
        try:
            result = work()
        finally:
            self._now = outer
        if sound(result):
            self.traces[unit] = _Trace(tuple(recording.entries), result)
        return result

    def _again(self, unit: Unit) -> bool:
        """Whether the unit does what it did before, and has done it."""
        assert self.before is not None
        replay = _Replay(self.tables, self.before, self.done, self.about)
        outer, self._now = self._now, None
        try:
            same = replay.called(unit)
        finally:
            self._now = outer
        if not same:
            replay.take_back()
            return False
        for each, trace in replay.gone.items():
            self.traces[each] = trace
            self.done[each] = trace.result
        return True


@define(eq=False)
class _Replay:
    """Traces gone through against the tables as they are."""

    tables: Mapping[str, Table[Any, Any]]
    before: Mapping[Unit, _Trace]
    done: Mapping[Unit, Any]
    about: Any
    gone: dict[Unit, _Trace] = field(factory=dict)
    _stood: list[tuple[Table[Any, Any], Any, Any]] = field(factory=list)
    """What stood in the tables where something was written, in the order of writing."""

    def called(self, unit: Unit) -> bool:
        """Whether the unit has been done, or does what it did before."""
        if unit in self.done or unit in self.gone:
            return True
        trace = self.before.get(unit)
        if trace is None:
            return False
        self.gone[unit] = trace
        for entry in trace.entries:
            if type(entry) is _Read:  # nearly all are
                now = self.tables[entry.table].at(entry.key)
                if now is not entry.value and now != entry.value:
                    return False
            elif not self._same(entry):
                return False
        return True

    def take_back(self) -> None:
        """Make the tables what they were."""
        for table, key, value in reversed(self._stood):
            table.put(key, value)

    def _same(self, entry: _Entry) -> bool:
        match entry:
            case _Read(table, key, value):
                return bool(self.tables[table].at(key) == value)
            case _Wrote(table, key, value):
                written = self.tables[table]
                self._stood.append((written, key, written.at(key)))
                written.put(key, value)
                return True
            case _Called(unit):
                return self.called(unit)
            case _ReadAll(table, rows):
                return self.tables[table].whole() == rows
            case _Asked(question, of, answer):
                return bool(question(self.about, *of) == answer)
            case _:
                assert_never(entry)
