"""A file of rows while it is read: what the contract wants of it, and the questions that this makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from math import prod

from attrs import evolve, frozen

from vbclang.core.counted_from import figures_from, windows_from
from vbclang.core.declared import Attribution, RowColumn, RowFile, RowTally, row_key
from vbclang.core.program import Member, Program
from vbclang.core.walk import parts
from vbclang.data.rows.cells import Typed
from vbclang.data.rows.opened import Rows
from vbclang.data.rows.question import ATTRIBUTED, Question
from vbclang.data.tally import Tally

FEW_GROUPS = 50_000
"""So many days of members are counted one by one before they are taken together by month."""

Members = Mapping[str, tuple[Member, ...]]


@frozen(eq=False)
class RowsWanted:
    """What the contract wants of one file of rows."""

    program: Program
    file: RowFile

    @property
    def tallies(self) -> tuple[RowTally, ...]:
        """What is worked out from the rows."""
        return tuple(tally for tally in self.program.tallies if tally.rows == self.file.name)

    @property
    def waiting(self) -> tuple[RowTally, ...]:
        """Those of the tallies that cannot be worked out before it is known whose the rows are. How complete they are, is known at once."""
        return () if self.file.attribution is None else tuple(tally for tally in self.tallies if tally.aggregate != "completeness")

    @property
    def decides(self) -> tuple[Attribution, ...]:
        """The attributions for which these rows are counted, where measures need them."""
        waiting = (rows for rows in self.program.row_files if RowsWanted(self.program, rows).waiting)
        found = (rows.attribution for rows in waiting)
        return tuple(each for each in found if each is not None and each.by == self.file.name)

    @property
    def used(self) -> tuple[RowColumn, ...]:
        """The columns that the contract uses."""
        names = {name for tally in self.tallies for name in self._of_tally(tally)}
        names |= {name for attribution in self.decides for name in self._of_attribution(attribution)}
        return tuple(c for c in self.file.columns if c.name in names or c.identifies or c.blank == "never")

    @property
    def axes(self) -> frozenset[str]:
        """The axes of the tallies of which a column of the rows names the members."""
        every = frozenset[str]().union(*(self.program.inputs[tally.key].type.axes for tally in self.tallies))
        return every if self.file.attribution is None else every - {self.file.attribution.axis}

    @property
    def naming(self) -> dict[str, str]:
        """The column that names the members of each of these axes."""
        return {column.axis: column.name for column in self.used if column.axis in self.axes}

    @property
    def looked_up(self) -> frozenset[str]:
        """The columns whose words are asked for as they stand, so that no cell of them is looked at for faults."""
        return frozenset((*self.naming.values(), *(attribution.to for attribution in self.decides)))

    def column(self, name: str) -> RowColumn:
        """The column of that name."""
        return next(column for column in self.file.columns if column.name == name)

    def first_day(self, tallies: Iterable[RowTally]) -> date:
        """The first day of which any of the tallies has figures: that of the term, or of a history before it."""
        return figures_from(self.program.grid, (self.program.inputs[tally.key] for tally in tallies))

    def decided_from(self, attribution: Attribution) -> date:
        """The first day of the windows in which an attribution decides anything."""
        rows = next(rows for rows in self.program.row_files if rows.attribution is attribution)
        inputs = (self.program.inputs[tally.key] for tally in RowsWanted(self.program, rows).waiting)
        return windows_from(self.program.grid, attribution.window, inputs)

    def _of_tally(self, tally: RowTally) -> Iterator[str]:
        """The columns that a tally reads."""
        nodes = [part for node in (tally.of, tally.where, tally.excluding) if node is not None for part in parts(node)]
        keys = {getattr(node, "key", None) for node in nodes}
        who = None if self.file.attribution is None or tally not in self.waiting else self.file.attribution.who
        axes = self.program.inputs[tally.key].type.axes & self.axes
        for column in self.file.columns:
            if row_key(self.file.name, column.name) in keys or column.axis in axes or column.name in (tally.dated, who):
                yield column.name

    def _of_attribution(self, attribution: Attribution) -> Iterator[str]:
        """The columns that an attribution reads."""
        keys = {getattr(part, "key", None) for part in parts(attribution.where)} if attribution.where is not None else set()
        own = (attribution.who, attribution.to, attribution.dated, attribution.latest)
        yield from (c.name for c in self.file.columns if c.name in own or row_key(self.file.name, c.name) in keys)


@frozen(eq=False)
class RowsReading(RowsWanted):
    """One file of rows: what is wanted of it, where its rows are, and what has been found wrong with them.

    ``of_an_example``: they are rows of a worked example, which has one member of each open class. ``until``: the last day whose rows count,
    where it is not that of the term.
    """

    members: Members
    rows: Rows
    tally: Tally
    of_an_example: bool = False
    until: date | None = None

    @property
    def end(self) -> date:
        """The day after the last whose rows count."""
        return self.program.grid.end if self.until is None else min(self.until + timedelta(days=1), self.program.grid.end)

    @property
    def others(self) -> frozenset[str]:
        """The columns that may name members that a worked example does not have: rows that only decide may decide for another."""
        if not self.of_an_example or any(tally.aggregate != "completeness" for tally in self.tallies):
            return frozenset()
        return frozenset(attribution.to for attribution in self.decides if self.program.axes[attribution.axis].open)

    def name(self, column: RowColumn) -> str:
        """How the engine calls the column."""
        return f"c{self.rows.table.place(column.heading)}"

    def questions(self, used: Mapping[str, Typed]) -> Iterator[Question]:
        """One for each column by which rows are dated. What rows that are attributed come to is not asked before it is known whose they
        are (see `whole`).
        """
        dated = (*(tally.dated for tally in self.tallies), *(attribution.dated for attribution in self.decides))
        for name in dict.fromkeys(dated):
            every = tuple(tally for tally in self.tallies if tally.dated == name)
            tallies = tuple(tally for tally in every if tally not in self.waiting)
            decides = tuple(attribution for attribution in self.decides if attribution.dated == name)
            axes = self._in_order(self.naming, tallies)
            apart = {attribution.to for attribution in decides} | (set(self.naming.values()) if self.waiting else set())
            start = min((self.first_day(every), *map(self.decided_from, decides)))
            term = (start, self.end)
            groups = prod(len(self.members[axis]) for axis in axes) * (term[1] - term[0]).days
            by_day = used[name].is_plain and groups <= FEW_GROUPS
            yield Question(self.file, name, tallies, used, axes, frozenset(apart - set(axes.values())), term, by_day)

    def whole(self, question: Question, member: Typed) -> Question:
        """The question with what is asked of rows that are attributed: ``member`` says whose each of them is."""
        assert self.file.attribution is not None
        tallies = tuple(tally for tally in self.waiting if tally.dated == question.dated)
        axes = self._in_order({**self.naming, self.file.attribution.axis: ATTRIBUTED}, tallies)
        used = {**question.used, ATTRIBUTED: member}
        return evolve(question, tallies=tallies, used=used, axes=axes, looked_up=frozenset())

    def _in_order(self, naming: Mapping[str, str], tallies: Iterable[RowTally]) -> dict[str, str]:
        """The axes of the tallies, in the order of the contract, each with the column that names its members."""
        wanted = frozenset[str]().union(*(self.program.inputs[tally.key].type.axes for tally in tallies))
        return {axis: naming[axis] for axis in self.program.axes if axis in wanted}
