"""A keyed file's table -> the columns of facts that it feeds.

Method: each row is given its place; rows about one place twice are set aside; then the table is read column by column, so that what a
column expects is worked out once. A fault costs its cell, a fault in a key its row, a missing key column the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction

from attrs import frozen

from vbclang.core.declared import ColumnDeclaration, KeyColumn, KeyedFile
from vbclang.core.nodes import State
from vbclang.core.program import Member, Program
from vbclang.data.cells import Cell, Expected, reader
from vbclang.data.columns import column_at
from vbclang.data.facts import InputColumn
from vbclang.data.faults import Fault
from vbclang.data.headings import used_places
from vbclang.data.hints import column_hint
from vbclang.data.keys import Key, Placed, once_each, placed_rows, too_many
from vbclang.data.members import places_of, unknown_hint
from vbclang.data.numbers import Exact, comma_in_doubt
from vbclang.data.periods import period_hint, period_reader
from vbclang.data.scale import read_as_fractions
from vbclang.data.tables import Table
from vbclang.data.tally import Tally, in_column
from vbclang.data.wording import UNSETTLED, listed
from vbclang.source import Diagnostic, Diagnostics, Span
from vbclang.types.kinds import Category, Kind

Members = Mapping[str, tuple[Member, ...]]
"""All axes of a program with all their members, those of open axes included."""


@frozen(eq=False)
class _Reading:
    """One file being read."""

    program: Program
    members: Members
    file: KeyedFile
    table: Table
    tally: Tally

    @property
    def axes(self) -> tuple[str, ...]:
        """The axes of the file, in the order of its key columns."""
        return tuple(key.axis for key in self.file.keys if key.axis is not None)

    @property
    def shape(self) -> tuple[int, ...]:
        """Periods, then the members of each axis."""
        return (self.program.grid.count(self.file.grain), *(len(self.members[axis]) for axis in self.axes))

    @property
    def largest(self) -> tuple[int, ...]:
        """The shape of the largest column that the file feeds."""
        return (*self.shape, max((len(self.members[wide.axis]) for wide in self.file.wide), default=1))


def keyed_columns(
    program: Program, members: Members, file: KeyedFile, table: Table, show_values: bool
) -> tuple[dict[str, InputColumn], Diagnostics]:
    """The columns that ``table``, the content of ``file``, feeds, by input key, and what does not fit its declaration."""
    reading = _Reading(program, members, file, table, Tally(table.file, show_values, len(table.rows)))
    places, diagnostics = used_places(file, table, members)
    if any(key.heading not in places for key in file.keys):
        return {}, diagnostics
    if unusable := _without_period(reading) + too_many(reading.largest, table.file, _about(file)):
        return {}, diagnostics + unusable
    rows = placed_rows(table.rows, list(_keys(reading, places)), reading.tally)
    rows, repeated = once_each(rows, table.file, _about(file))
    columns = {**_plain_columns(reading, places, rows), **_wide_columns(reading, places, rows)}
    return columns, (*diagnostics, *repeated, *reading.tally.diagnostics())


def _without_period(reading: _Reading) -> Diagnostics:
    file = reading.file
    if reading.shape[0] == 1 or any(key.axis is None for key in file.keys):
        return ()
    message = (
        f"{reading.table.file}: no column says which {file.grain.words} a row is about. "
        f"Declare one in the contract: `column … dates the row`. {UNSETTLED}"
    )
    return (Diagnostic("D007", message, Span(reading.table.file, 0, 0)),)


def _about(file: KeyedFile) -> str:
    return listed(key.axis or file.grain.words for key in file.keys) or file.grain.words


def _keys(reading: _Reading, places: Mapping[str, int]) -> Iterator[Key]:
    steps = _steps(reading)
    for key in reading.file.keys:
        at, step = places[key.heading], steps[key.axis]
        if key.axis is None:
            yield _period_key(reading, key, at, step)
        else:
            yield member_key(key.heading, key.axis, reading.members[key.axis], at, step)


def _steps(reading: _Reading) -> dict[str | None, int]:
    steps: dict[str | None, int] = {}
    step = 1
    for axis, size in reversed(list(zip((None, *reading.axes), reading.shape, strict=True))):
        steps[axis] = step
        step *= size
    return steps


def _period_key(reading: _Reading, key: KeyColumn, at: int, step: int) -> Key:
    grid, grain = reading.program.grid, reading.file.grain
    hint = period_hint(grid, grain)
    return Key(key.heading, at, period_reader(grid, grain), step, lambda fault, _: "" if fault is Fault.OUTSIDE_TERM else hint)


def member_key(heading: str, axis: str, members: Iterable[Member], at: int, step: int) -> Key:
    """The key of a column whose cells name the members of ``axis``."""
    places = places_of(members)

    def hint(fault: Fault, cell: str) -> str:
        return unknown_hint(axis, places, cell) if fault is Fault.UNKNOWN_MEMBER else ""

    return Key(heading, at, lambda cell: places.get(cell, Fault.UNKNOWN_MEMBER), step, hint)


def _plain_columns(reading: _Reading, places: Mapping[str, int], rows: list[Placed]) -> dict[str, InputColumn]:
    columns: dict[str, InputColumn] = {}
    for declaration in reading.file.columns:
        if declaration.heading not in places:
            continue
        cells = _cells(reading, declaration, declaration.heading, places[declaration.heading], rows)
        if declaration.key is not None:
            grain = reading.program.inputs[declaration.key].type.grain
            columns[declaration.key] = column_at(reading.axes, grain, reading.shape, cells)
    return columns


def _wide_columns(reading: _Reading, places: Mapping[str, int], rows: list[Placed]) -> dict[str, InputColumn]:
    columns: dict[str, InputColumn] = {}
    for wide in reading.file.wide:
        size = len(reading.members[wide.axis])
        cells: list[tuple[int, Exact | State]] = []
        for heading, member in places_of(reading.members[wide.axis]).items():
            if heading in places:
                read = _cells(reading, wide.column, heading, places[heading], rows)
                cells.extend((place * size + member, cell) for place, cell in read)
        if wide.column.key is not None:
            grain = reading.program.inputs[wide.column.key].type.grain
            columns[wide.column.key] = column_at((*reading.axes, wide.axis), grain, (*reading.shape, size), cells)
    return columns


def _cells(reading: _Reading, declaration: ColumnDeclaration, heading: str, at: int, rows: list[Placed]) -> list[tuple[int, Exact | State]]:
    """Place and value or state of each row's cell; faults are counted."""
    expected = _expected(reading, declaration)
    good: list[tuple[int, Exact | State]] = []
    for row, cell in zip(rows, read_all([row.cells[at] for row in rows], reader(expected)), strict=True):
        if isinstance(cell, Fault):
            reading.tally.add(in_column(heading), cell, row.row, row.cells[at].strip(), column_hint(cell, expected))
        else:
            good.append((row.place, cell))
    read_as_fractions(reading.tally, in_column(heading), Fault.FRACTIONS, expected, [(row.row, row.cells[at].strip()) for row in rows])
    return good


def read_all(texts: list[str], read: Callable[[str], Cell]) -> list[Cell]:
    """Each text read. Where one of them has a decimal comma, `1,234` in the same column may be one too: it is then in doubt."""
    cells = [read(text) for text in texts]
    if Fault.DECIMAL_COMMA not in cells:
        return cells
    return [Fault.COMMA_IN_DOUBT if type(cell) is tuple and comma_in_doubt(text) else cell for text, cell in zip(texts, cells, strict=True)]


def _expected(reading: _Reading, column: ColumnDeclaration) -> Expected:
    low, high = _domain(reading.program, column.key)
    places = category_places(column.kind, reading.members)
    return Expected(column.kind, column.fraction, column.blank, column.codes, low, high, places)


def _domain(program: Program, key: str | None) -> tuple[Fraction | None, Fraction | None]:
    return (None, None) if key is None else (program.inputs[key].lowest, program.inputs[key].highest)


def category_places(kind: Kind, members: Members) -> dict[str, int]:
    """The words that a cell of ``kind`` may hold -> the place that each stands for; none where it is no category."""
    match kind:
        case Category(axis=str() as axis):
            return places_of(members[axis])
        case Category(words=words):
            return {word: place for place, word in enumerate(words)}
        case _:
            return {}
