"""Rows -> the inputs that their tallies feed, and what is wrong with their cells.

Method: what is unusual in a column is sought first (see `cells`); where nothing is at fault the engine is asked once, and what it answers
for months and words becomes columns for periods and members.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import define, field, frozen

from vbclang.core.program import Member, Program, RowColumn, RowFile, RowTally, row_key
from vbclang.core.walk import parts
from vbclang.data.cells import Expected, reader
from vbclang.data.facts import InputColumn, RowCounts
from vbclang.data.faults import Fault
from vbclang.data.headings import missing_headings, unused_headings
from vbclang.data.hints import column_hint
from vbclang.data.members import places_of, unknown_hint
from vbclang.data.numbers import Exact
from vbclang.data.rows.cells import Cell, Known, Typed, cell, expected_of, staged
from vbclang.data.rows.counted import Answer, Question, asked
from vbclang.data.rows.folded import fed_by
from vbclang.data.rows.opened import Rows, delivery, opened
from vbclang.data.rows.said import how_many
from vbclang.data.tables import duplicate_headings, without_headings
from vbclang.data.tally import FIRST, Tally, in_column
from vbclang.data.wording import UNSETTLED
from vbclang.source import CODES, Diagnostic, Diagnostics, Severity, Span
from vbclang.types.kinds import DateKind

if TYPE_CHECKING:
    from duckdb import DuckDBPyRelation, Expression

Members = Mapping[str, tuple[Member, ...]]

MOST_TEXTS = 10_000
"""So many different unusual texts of a column are looked at one by one."""


@frozen(eq=False)
class _Reading:
    program: Program
    members: Members
    file: RowFile
    rows: Rows
    tally: Tally

    @property
    def tallies(self) -> tuple[RowTally, ...]:
        return _tallies(self.program, self.file)

    @property
    def used(self) -> tuple[RowColumn, ...]:
        return used_columns(self.program, self.file)

    @property
    def axes(self) -> frozenset[str]:
        """The axes of the tallies."""
        return frozenset[str]().union(*(self.program.inputs[tally.key].type.axes for tally in self.tallies))

    def name(self, column: RowColumn) -> str:
        """How the engine calls the column."""
        return f"c{self.rows.table.place(column.heading)}"


def used_columns(program: Program, file: RowFile) -> tuple[RowColumn, ...]:
    """The columns that the contract uses."""
    names = {name for tally in _tallies(program, file) for name in _columns_of(program, file, tally)}
    return tuple(c for c in file.columns if c.name in names or c.identifies or c.blank == "never")


def _tallies(program: Program, file: RowFile) -> tuple[RowTally, ...]:
    return tuple(tally for tally in program.tallies if tally.rows == file.name)


def _columns_of(program: Program, file: RowFile, tally: RowTally) -> Iterator[str]:
    """The columns that a tally reads."""
    nodes = [part for node in (tally.of, tally.where, tally.excluding) if node is not None for part in parts(node)]
    keys = {getattr(node, "key", None) for node in nodes}
    axes = program.inputs[tally.key].type.axes
    for column in file.columns:
        if row_key(file.name, column.name) in keys or column.axis in axes or column.name == tally.dated:
            yield column.name


@frozen(eq=False)
class Fed:
    """The inputs that rows feed, by key, and how many rows each tells of."""

    columns: Mapping[str, InputColumn] = field(factory=dict)
    rows: Mapping[str, RowCounts] = field(factory=dict)


def row_columns(program: Program, members: Members, file: RowFile, path: Path, show_values: bool) -> tuple[Fed, Diagnostics]:
    """The inputs that the rows in ``path`` feed, and what does not fit its declaration."""
    delivered, found = delivery(path, file.file)
    return (Fed(), found) if delivered is None else counted_columns(program, members, file, delivered, show_values)


def counted_columns(program: Program, members: Members, file: RowFile, rows: Rows, show_values: bool = False) -> tuple[Fed, Diagnostics]:
    """The same for rows wherever they are."""
    import duckdb

    named = rows.table.file
    reading = _Reading(program, members, file, rows, Tally(named, show_values, 0))
    if not reading.tallies:
        return Fed(), ()
    if not rows.table.headings:
        return Fed(), (Diagnostic("D004", f"{named} has nothing in it: it counts as delivered, without rows.", Span(named, 0, 0)),)
    headings = _headings(reading)
    if _errors(headings):
        return Fed(), headings
    try:
        with opened(rows) as raw:
            fed, found = _read(reading, raw)
    except duckdb.OutOfRangeException:
        why = f"{named}: the figures added up have more digits than can be held. Are all of them right? {UNSETTLED}"
        return Fed(), (*headings, Diagnostic("D011", why, Span(named, 0, 0)))
    except duckdb.InvalidInputException as error:
        if "CSV Error" not in str(error):
            raise
        return Fed(), (*headings, _not_divided(named, str(error)))
    return fed, (*headings, *found)


def named_in(program: Program, file: RowFile, path: Path, axis: str) -> tuple[str, ...]:
    """The words in the column that names members of an open ``axis``; none where the file cannot be read."""
    import duckdb

    delivered, _ = delivery(path, file.file)
    headings = [column.heading for column in file.columns if column.axis == axis]
    if delivered is None or not headings or (place := delivered.table.place(headings[0])) is None:
        return ()
    try:
        with opened(delivered) as rows:
            text = duckdb.FunctionExpression("trim", duckdb.ColumnExpression(f"c{place}"))
            return tuple(word for (word,) in rows.project(text).distinct().fetchall() if word)
    except duckdb.Error:
        return ()


def _errors(found: Iterable[Diagnostic]) -> bool:
    return any(CODES[diagnostic.code].severity is Severity.ERROR for diagnostic in found)


def _headings(reading: _Reading) -> Diagnostics:
    table = reading.rows.table
    wanted = [column.heading for column in reading.used]
    if headless := without_headings(table, wanted):
        return headless
    missing = [heading for heading in dict.fromkeys(wanted) if heading not in table.headings]
    keys = [column.heading for column in reading.used if column.axis is not None or column.dates]
    declared = frozenset(column.heading for column in reading.file.columns)
    return (
        *duplicate_headings(table, frozenset(wanted)),
        *missing_headings(table, missing, [key for key in keys if key in missing]),
        *unused_headings(table, declared),
    )


_LINE = re.compile(r"Line: (\d+)")


def _not_divided(named: str, error: str) -> Diagnostic:
    """What the engine could not read, without a word of what stands there."""
    line = _LINE.search(error)
    at = f", row {line[1]}" if line else ""
    if "unicode" in error.casefold() or "utf-8" in error.casefold():
        why = "a character in another encoding than UTF-8. Save it as “CSV UTF-8 (comma delimited)”."
        return Diagnostic("D002", f"{named}{at}: {why}", Span(named, 0, 0))
    why = (
        "it cannot be divided into cells. A row has more or fewer cells than there are headings, or a quotation mark is not closed. A cell "
        f"with a comma in it stands in quotation marks. {UNSETTLED}"
    )
    return Diagnostic("D006", f"{named}{at}: {why}", Span(named, 0, 0))


# -- cells -------------------------------------------------------------------------------------------------------------


def _read(reading: _Reading, raw: DuckDBPyRelation) -> tuple[Fed, Diagnostics]:
    grouped = {column.name for column in reading.used if column.axis in reading.axes}
    from duckdb import ConversionException

    cells = {c.name: cell(reading.name(c), c, expected_of(c, reading.members), Known(), c.name in grouped) for c in reading.used}
    rows, used = staged(raw, cells)
    questions = tuple(_questions(reading, used))
    try:
        answers = [asked(rows, question) for question in questions]
    except ConversionException:  # a date that the calendar does not have
        days = (column for column in reading.used if isinstance(column.kind, DateKind))
        cells |= {c.name: cell(reading.name(c), c, cells[c.name].expected, Known(wide=True)) for c in days}
        rows, used = staged(raw, cells)
        questions = tuple(_questions(reading, used))
        answers = [asked(rows, question) for question in questions]
    unknown = {name for q, a in zip(questions, answers, strict=True) for name, words in _unknown(reading, q, a) if words}
    faulty = _with_faults(rows, reading.used, used) if answers[0].faulty else ()
    unusual = tuple(column for column in reading.used if column in faulty or column.name in unknown)
    if unusual:
        rows, used = staged(raw, _in_all_ways(reading, raw, cells, unusual))
        questions = tuple(_questions(reading, used))
        answers = [asked(rows, question) for question in questions]
    _rejected(reading, rows, used, answers[0])
    _identified(reading, rows, used)
    for question, answer in zip(questions, answers, strict=True):
        _members_known(reading, rows, question, answer)
        _outside_term(reading, rows, question, answer)
    found = reading.tally.diagnostics()
    if _errors(found):
        return Fed(), found
    columns: dict[str, InputColumn] = {}
    counts: dict[str, RowCounts] = {}
    for question, answer in zip(questions, answers, strict=True):
        fed, told = fed_by(reading.program, reading.members, question, answer)
        columns, counts = columns | fed, counts | told
    return Fed(columns, counts), found


def _questions(reading: _Reading, used: Mapping[str, Typed]) -> Iterator[Question]:
    """One for each column by which rows are dated."""
    grid, naming = reading.program.grid, {column.axis: column.name for column in reading.used if column.axis is not None}
    by_date: dict[str, list[RowTally]] = {}
    for tally in reading.tallies:
        by_date.setdefault(tally.dated, []).append(tally)
    for dated, tallies in by_date.items():
        wanted = frozenset[str]().union(*(reading.program.inputs[tally.key].type.axes for tally in tallies))
        axes = {axis: naming[axis] for axis in reading.program.axes if axis in wanted}
        inputs = [reading.program.inputs[tally.key] for tally in tallies]
        start = min(grid.period(declared.type.grain, -declared.history).start if declared.history else grid.start for declared in inputs)
        yield Question(reading.file, dated, tallies, used, axes, (start, grid.end))


def _in_all_ways(reading: _Reading, raw: DuckDBPyRelation, cells: Mapping[str, Cell], unusual: tuple[RowColumn, ...]) -> dict[str, Cell]:
    """How the columns are read, those with unusual cells in as many ways as their cells want; what is none of them is told as a fault."""
    found = {c.name: cell(reading.name(c), c, cells[c.name].expected, Known(wide=True), cells[c.name].grouped) for c in unusual}
    rows, columns = staged(raw, {**cells, **found})
    for column in _with_faults(rows, unusual, columns):
        expected = cells[column.name].expected
        values = _texts(reading, rows, column, columns[column.name], expected)
        found[column.name] = cell(reading.name(column), column, expected, Known(wide=True, values=values))
    return {**cells, **found}


def _with_faults(rows: DuckDBPyRelation, columns: tuple[RowColumn, ...], found: Mapping[str, Typed]) -> tuple[RowColumn, ...]:
    """Those of the columns of which a cell could not be read."""
    counts = _counts(rows, [found[column.name].fault for column in columns])
    return tuple(column for column, count in zip(columns, counts, strict=True) if count)


def _counts(rows: DuckDBPyRelation, conditions: list[Expression]) -> tuple[int, ...]:
    """For how many rows each condition holds."""

    if not conditions:
        return ()
    answer = rows.aggregate([how_many(condition) for condition in conditions]).fetchall()[0]
    return tuple(int(count) for count in answer)


def _numbered(reading: _Reading, rows: DuckDBPyRelation) -> tuple[DuckDBPyRelation, Expression]:
    """The rows with their numbers, as a spreadsheet has them: the headings are row 1."""
    from duckdb import ColumnExpression, ConstantExpression

    numbered: DuckDBPyRelation = rows.row_number("over ()", "*")
    return numbered, ColumnExpression(numbered.columns[-1]) + ConstantExpression(reading.rows.before)


def _texts(reading: _Reading, rows: DuckDBPyRelation, column: RowColumn, cells: Typed, expected: Expected) -> dict[str, Exact]:
    """Of the texts that the engine could not read, those that are a value; the others are told as faults."""
    from duckdb import ColumnExpression as Column
    from duckdb import FunctionExpression as Function

    numbered, number = _numbered(reading, rows)
    texts = numbered.filter(cells.fault).project(cells.text.alias("t"), number.alias("n"))
    groups = texts.aggregate([Column("t"), Function("count").alias("k"), Function("min", Column("n")).alias("n")], "t")
    values: dict[str, Exact] = {}
    faults: dict[Fault, _Faulty] = {}
    read = reader(expected)
    for text, count, first in groups.sort(Column("n")).limit(MOST_TEXTS).fetchall():
        found = read(text)
        if isinstance(found, tuple):
            values[text] = found
        elif isinstance(found, Fault):
            faults.setdefault(found, _Faulty()).add(text, int(count), int(first))
    unread = _counts(rows, [cells.fault])[0] - sum(faulty.count for faulty in faults.values()) if len(faults) == 1 and not values else 0
    for fault, faulty in faults.items():
        _tell_texts(reading, texts, column, fault, faulty, unread, expected)
    return values


@define(eq=False)
class _Faulty:
    """The texts that have one fault, the rows in which each stands first, and how many rows it is."""

    texts: list[str] = field(factory=list)
    rows: list[int] = field(factory=list)
    count: int = 0

    def add(self, text: str, count: int, first: int) -> None:
        self.texts.append(text)
        self.rows.append(first)
        self.count += count


def _tell_texts(
    reading: _Reading, texts: DuckDBPyRelation, column: RowColumn, fault: Fault, faulty: _Faulty, unread: int, expected: Expected
) -> None:
    """Count one fault of a column's texts, and name the first rows with their cells."""
    from duckdb import ColumnExpression as Column
    from duckdb import ConstantExpression as Constant

    first = list(zip(faulty.rows, faulty.texts, strict=True))[:FIRST]
    if len(faulty.texts) < FIRST:
        found = texts.filter(Column("t").isin(*map(Constant, faulty.texts))).sort(Column("n")).limit(FIRST)
        first = [(int(number), text) for text, number in found.project(Column("t"), Column("n")).fetchall()]
    for place, (row, text) in enumerate(first, 1):
        rest = faulty.count + unread - len(first) if place == len(first) else 0
        reading.tally.add(in_column(column.heading), fault, row, text, column_hint(fault, expected), 1 + rest)


# -- rows --------------------------------------------------------------------------------------------------------------


def _tell(reading: _Reading, rows: DuckDBPyRelation, column: RowColumn, fault: Fault, where: Expression, hint: str = "") -> None:
    """Count a fault of all rows for which ``where`` holds, and name the first of them."""
    numbered, number = _numbered(reading, rows)
    count = _counts(rows, [where])[0]
    first = [int(row[0]) for row in numbered.filter(where).project(number.alias("n")).limit(FIRST).fetchall()]
    for place, row in enumerate(first):
        rest = count - len(first) if place == len(first) - 1 else 0
        reading.tally.add(in_column(column.heading), fault, row, "", hint, 1 + rest)


def _rejected(reading: _Reading, rows: DuckDBPyRelation, used: Mapping[str, Typed], answer: Answer) -> None:
    never = [column for column in reading.used if column.blank == "never"] if answer.rejected else []
    for column, count in zip(never, _counts(rows, [used[column.name].is_blank for column in never]), strict=True):
        if count:
            _tell(reading, rows, column, Fault.REJECTED, used[column.name].is_blank)


def _outside_term(reading: _Reading, rows: DuckDBPyRelation, question: Question, answer: Answer) -> None:
    from duckdb import ConstantExpression as Constant

    if answer.outside:
        column, day = _column(reading, question.dated), question.used[question.dated].value
        start, end = map(Constant, question.term)
        _tell(reading, rows, column, Fault.OUTSIDE_TERM, (day < start) | (day >= end))


def _column(reading: _Reading, name: str) -> RowColumn:
    return next(column for column in reading.used if column.name == name)


def _identified(reading: _Reading, rows: DuckDBPyRelation, used: Mapping[str, Typed]) -> None:
    from duckdb import ColumnExpression as Column
    from duckdb import ConstantExpression as Constant
    from duckdb import FunctionExpression as Function

    for column in (column for column in reading.used if column.identifies):
        text = used[column.name].text
        groups = rows.filter(~used[column.name].is_blank).project(text.alias("t"))
        again = groups.aggregate([Column("t"), Function("count").alias("k")], "t").filter(Column("k") > Constant(1))
        twice = [word for (word,) in again.project(Column("t")).limit(MOST_TEXTS).fetchall()]
        if twice:
            _tell(reading, rows, column, Fault.SAME_ROW, text.isin(*map(Constant, twice)))


def _unknown(reading: _Reading, question: Question, answer: Answer) -> Iterator[tuple[str, list[str]]]:
    """Of each column by which rows are told apart, the words that name no member."""
    for place, (axis, name) in enumerate(question.axes.items()):
        words = {named[place] for groups in answer.tallies.values() for _, named in groups}
        yield name, sorted(words - places_of(reading.members[axis]).keys())


def _members_known(reading: _Reading, rows: DuckDBPyRelation, question: Question, answer: Answer) -> None:
    from duckdb import ConstantExpression as Constant

    for name, unknown in _unknown(reading, question, answer):
        if unknown:
            column = _column(reading, name)
            hint = unknown_hint(str(column.axis), places_of(reading.members[str(column.axis)]), "")
            _tell(reading, rows, column, Fault.UNKNOWN_MEMBER, question.used[name].text.isin(*map(Constant, unknown)), hint)
