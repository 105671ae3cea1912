"""All that arrived for a contract, and the facts as they stood on some day: of each period the delivery that counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from math import lcm

import numpy as np
from attrs import evolve, field, frozen

from vbclang.calendar.months import first_of
from vbclang.core.due import known_day
from vbclang.core.nodes import State
from vbclang.core.program import Program
from vbclang.core.record import Record, View
from vbclang.data.deliveries import only_delivered, without
from vbclang.data.facts import Facts, InputColumn, RowCounts, as_narrow_as_possible
from vbclang.data.fed import delivered, file_of_each, keys_of
from vbclang.data.figures import FIGURES_FILE
from vbclang.data.keyed import Members
from vbclang.data.rows.attributed import attributed
from vbclang.data.rows.counted import Answer
from vbclang.data.rows.folded import fed_by
from vbclang.data.rows.opened import engine
from vbclang.data.rows.read import Fed, ReadRows, counted_until
from vbclang.data.told import told_columns
from vbclang.data.versions import Choice, chosen, chosen_figure, provisional_file
from vbclang.types.kinds import Grain

Columns = Mapping[str, InputColumn]


def _nothing(view: View, day: date | None) -> Columns:
    """What no contracts feed."""
    return {}


@frozen(eq=False)
class Arrived:
    """What every file holds that was delivered. ``columns``: of each data (and of the figures that arrive worked out, under the name of
    their file) what each of its files feeds; ``rows``: the same of data in rows; ``attributed``: what rows feed whose owner others decide.
    """

    program: Program
    members: Members = field(factory=dict)
    record: Record = field(factory=Record)
    columns: Mapping[str, Mapping[str, Columns]] = field(factory=dict)
    rows: Mapping[str, Mapping[str, ReadRows]] = field(factory=dict)
    attributed: Fed = field(factory=Fed)
    files: tuple[str, ...] = ()
    """The names of all files that were looked for."""
    known_by: date | None = None
    """Of what nobody records the receipt only what was due by this day is there; None: all of it."""
    links: Mapping[str, Arrived] = field(factory=dict)
    """What arrived for the contracts that this one reads, by what it calls them."""
    of_links: Callable[[View, date | None], Columns] = _nothing
    """What those contracts feed, as it stood on a day."""
    _seen: dict[tuple[View, date | None, date | None], Facts] = field(factory=dict, init=False)
    _rows_until: dict[date, tuple[Mapping[str, Mapping[str, ReadRows]], Fed]] = field(factory=dict, init=False)
    _folded: dict[tuple[object, ...], Fed] = field(factory=dict, init=False)

    def facts(self, view: View = "final", day: date | None = None, end: date | None = None) -> Facts:
        """The facts as what looks at them so (see `View`) sees them at the end of ``day``; None: with all that was received. ``end``: the
        last day whose rows count; None: all do.
        """
        if (view, day, end) not in self._seen:
            self._seen[view, day, end] = self._facts(view, day, end)
        return self._seen[view, day, end]

    def _facts(self, view: View, day: date | None, end: date | None) -> Facts:
        record = self._until(day)
        choices = {name: chosen(self.program, record, name, self._there(name), view, day) for name in file_of_each(self.program)}
        measures = self._of_measures(record, view, day)
        columns: dict[str, InputColumn] = {}
        for name, files in self.columns.items():
            keys = dict.fromkeys(key for fed in files.values() for key in fed)
            choose = self._of_figures(measures, view, day) if name == FIGURES_FILE else _same(choices[name])
            columns |= {key: self._pieced(files, key, choose(key)) for key in keys}
        rows, of_others = self._rows(end)
        of_rows, counts = dict(of_others.columns), dict(of_others.rows)
        for name, read in rows.items():
            fed = self._counted(name, read, choices[name], end)
            of_rows, counts = of_rows | dict(fed.columns), counts | dict(fed.rows)
        columns |= {key: column for key, column in of_rows.items() if key not in columns}
        recorded = {name: choice for name, choice in (choices | measures).items() if name in record.delivers}
        columns = {key: self._due_by_then(key, column, view) for key, column in columns.items()}
        told = told_columns(self.program, self.members, record)
        columns = {**only_delivered(self.program, columns, recorded), **told, **self.of_links(view, day)}
        members = {name: self.members[name] for name, axis in self.program.axes.items() if axis.open}
        until = (lambda last: self.facts(view, day, last)) if self.rows else None
        return Facts(members, columns, counts, record, until=until)

    @property
    def ever(self) -> tuple[Facts, ...]:
        """All that has arrived: final, and where clauses are paid on provisional data that too."""
        early = (self.facts("provisional", self.record.as_of or self.program.grid.start),) if self.program.paid_early else ()
        return (self.facts(), *early)

    @property
    def recorded(self) -> frozenset[str]:
        """The inputs that data feed whose deliveries are recorded."""
        return frozenset().union(*(keys_of(self.program, name) for name in self.record.delivers & delivered(self.program).keys()))

    def _due_by_then(self, key: str, column: InputColumn, view: View) -> InputColumn:
        """The column without what was not due yet on the day by which things are known."""
        known, grid = self.program.inputs[key].known, self.program.grid
        if self.known_by is None or known is None or key in self.recorded:
            return column
        by = known.provisionally if view == "provisional" else known
        periods = range(column.in_term.shape[0]) if column.grain < Grain.TERM else range(1)
        late = [at for at in periods if known_day(self.program, by, grid.last_day(column.grain, at), 0) > self.known_by]
        return without(column, late)

    def _until(self, day: date | None) -> Record:
        """The record as it was at the end of a day. Where nobody keeps one, nothing happened at all."""
        if day is None or self.record.as_of is None:
            return self.record
        return evolve(self.record, entries=tuple(entry for entry in self.record.entries if entry.received <= day), as_of=day)

    def _there(self, name: str) -> frozenset[str]:
        return frozenset((*self.columns.get(name, ()), *self.rows.get(name, ())))

    def _of_measures(self, record: Record, view: View, day: date | None) -> dict[str, Choice]:
        """What counts of each measure whose reports are recorded."""
        there = self._there(FIGURES_FILE)
        names = [figure.name for figure in self.program.worked_out if figure.name in record.delivers]
        return {name: chosen(self.program, record, name, there, view, day) for name in names}

    def _of_figures(self, measures: Mapping[str, Choice], view: View, day: date | None) -> Callable[[str], Choice]:
        by_key = {key: choice for name, choice in measures.items() for key in keys_of(self.program, name)}
        early = provisional_file(FIGURES_FILE)
        is_early = view == "provisional" and early in self._there(FIGURES_FILE)

        def choose(key: str) -> Choice:
            if key in by_key:
                return by_key[key]
            return chosen_figure(self.program, key, FIGURES_FILE, early, day) if is_early else Choice(FIGURES_FILE, FIGURES_FILE)

        return choose

    # -- figures that arrive ---------------------------------------------------------------------------------------------

    def _pieced(self, files: Mapping[str, Columns], key: str, choice: Choice) -> InputColumn:
        """The column of a key: each period from the file that counts."""
        parts = {file: fed[key] for file, fed in files.items() if key in fed}
        like = next(iter(parts.values()))
        periods = range(-like.before, like.states.shape[0] - like.before)
        of = [choice.file(self.program, like.grain, place) for place in periods]
        if len(set(of)) == 1 and of[0] in parts:
            return parts[of[0]]
        denominator = lcm(*(part.denominator for part in parts.values()))
        numerators, states = np.zeros(like.states.shape, dtype=object), np.full(like.states.shape, State.NOT_REPORTED, dtype=np.int8)
        for at, file in enumerate(of):
            if file in parts:
                numerators[at] = parts[file].numerators[at] * (denominator // parts[file].denominator)
                states[at] = parts[file].states[at]
        return evolve(like, numerators=as_narrow_as_possible(numerators), denominator=denominator, states=states)

    # -- rows ------------------------------------------------------------------------------------------------------------

    def _rows(self, end: date | None) -> tuple[Mapping[str, Mapping[str, ReadRows]], Fed]:
        """The rows of each file, and what those feed whose owner others decide; for each day until which they count, counted once."""
        if end is None:
            return self.rows, self.attributed
        if end not in self._rows_until:
            with engine():
                rows = {name: {file: counted_until(each, end) for file, each in read.items()} for name, read in self.rows.items()}
                self._rows_until[end] = rows, attributed(rows, file_of_each(self.program))[0]
        return self._rows_until[end]

    def _counted(self, name: str, read: Mapping[str, ReadRows], choice: Choice, end: date | None) -> Fed:
        """What rows feed, each month from the file that counts. It is added up once for each choice."""
        known = (name, end, *choice.known)
        if known not in self._folded:
            single = choice.single
            alone = single in read and (choice.before == single or choice.before not in read)
            self._folded[known] = read[single].fed if alone and single is not None else self._months_together(read, choice)
        return self._folded[known]

    def _months_together(self, read: Mapping[str, ReadRows], choice: Choice) -> Fed:
        columns: dict[str, InputColumn] = {}
        counts: dict[str, RowCounts] = {}
        for asked in zip(*(rows.answered for rows in read.values()), strict=True):
            parts = {file: answer for file, (_, answer) in zip(read, asked, strict=True)}
            together = _together(parts, lambda month: choice.file(self.program, *self._month(month)))
            fed, told = fed_by(self.program, self.members, asked[0][0], together)
            columns, counts = columns | fed, counts | told
        return Fed(columns, counts)

    def _month(self, month: int) -> tuple[Grain, int]:
        grid = self.program.grid
        return Grain.MONTH, grid.place_of(Grain.MONTH, max(first_of(month), grid.start)) if first_of(month) >= grid.start else -1


def _together(answers: Mapping[str, Answer], file: Callable[[int], str | None]) -> Answer:
    """One answer from those about several files: each month from the file that counts for it."""
    first = next(iter(answers.values()))
    return evolve(
        first,
        tallies={
            key: {g: counted for name, answer in answers.items() for g, counted in answer.tallies[key].items() if file(g[0]) == name}
            for key in first.tallies
        },
        months={month: rows for name, answer in answers.items() for month, rows in answer.months.items() if file(month) == name},
    )


def _same(choice: Choice) -> Callable[[str], Choice]:
    return lambda _: choice
