"""What is wrong with the cells and rows of a file, told by column and row; never what stands in a cell, unless the reader asked for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from attrs import define, field

from vbclang.core.declared import RowColumn
from vbclang.data.cells import Expected, reader
from vbclang.data.faults import Fault
from vbclang.data.hints import column_hint
from vbclang.data.members import places_of, unknown_hint
from vbclang.data.numbers import Exact
from vbclang.data.rows.cells import Typed
from vbclang.data.rows.counted import Answer
from vbclang.data.rows.question import Question, below_nothing
from vbclang.data.rows.reading import RowsReading
from vbclang.data.rows.said import how_many
from vbclang.data.tally import FIRST, in_column
from vbclang.types.kinds import is_time

if TYPE_CHECKING:
    from duckdb import DuckDBPyRelation, Expression

MOST_TEXTS = 10_000
"""So many different unusual texts of a column are looked at one by one."""


def with_faults(rows: DuckDBPyRelation, columns: tuple[RowColumn, ...], found: Mapping[str, Typed]) -> tuple[RowColumn, ...]:
    """Those of the columns of which a cell could not be read."""
    counts = _counts(rows, [found[column.name].fault for column in columns])
    return tuple(column for column, count in zip(columns, counts, strict=True) if count)


def _counts(rows: DuckDBPyRelation, conditions: list[Expression]) -> tuple[int, ...]:
    """For how many rows each condition holds."""

    if not conditions:
        return ()
    answer = rows.aggregate([how_many(condition) for condition in conditions]).fetchall()[0]
    return tuple(int(count) for count in answer)


def _numbered(reading: RowsReading, rows: DuckDBPyRelation) -> tuple[DuckDBPyRelation, Expression]:
    """The rows with their numbers, as a spreadsheet has them: the headings are row 1."""
    from duckdb import ColumnExpression, ConstantExpression

    numbered: DuckDBPyRelation = rows.row_number("over ()", "*")
    return numbered, ColumnExpression(numbered.columns[-1]) + ConstantExpression(reading.rows.before)


def unusual_values(reading: RowsReading, rows: DuckDBPyRelation, column: RowColumn, cells: Typed, expected: Expected) -> dict[str, Exact]:
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
    reading: RowsReading, texts: DuckDBPyRelation, column: RowColumn, fault: Fault, faulty: _Faulty, unread: int, expected: Expected
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


def _tell(reading: RowsReading, rows: DuckDBPyRelation, column: RowColumn, fault: Fault, where: Expression, hint: str = "") -> None:
    """Count a fault of all rows for which ``where`` holds, and name the first of them."""
    numbered, number = _numbered(reading, rows)
    count = _counts(rows, [where])[0]
    first = [int(row[0]) for row in numbered.filter(where).project(number.alias("n")).limit(FIRST).fetchall()]
    for place, row in enumerate(first):
        rest = count - len(first) if place == len(first) - 1 else 0
        reading.tally.add(in_column(column.heading), fault, row, "", hint, 1 + rest)


def rejected(reading: RowsReading, rows: DuckDBPyRelation, used: Mapping[str, Typed], answer: Answer) -> None:
    """Tell which rows are rejected, and for which blank."""
    never = [column for column in reading.used if column.blank == "never"] if answer.rejected else []
    for column, count in zip(never, _counts(rows, [used[column.name].is_blank for column in never]), strict=True):
        if count:
            _tell(reading, rows, column, Fault.REJECTED, used[column.name].is_blank)


def times_below_nothing(reading: RowsReading, rows: DuckDBPyRelation, question: Question, answer: Answer) -> None:
    """Tell which rows have a time below nothing: an hour too early, or a slip of the pen."""
    times = [column for column in reading.used if is_time(column.kind)] if answer.below else []
    where = [below_nothing(question, column.name) for column in times]
    for column, count, below in zip(times, _counts(rows, where), where, strict=True):
        if count:
            _tell(reading, rows, column, Fault.BELOW_NOTHING, below)


def outside_term(reading: RowsReading, rows: DuckDBPyRelation, question: Question, answer: Answer) -> None:
    """Tell which rows are dated outside the term."""
    from duckdb import ConstantExpression as Constant

    if answer.outside:
        column, day = reading.column(question.dated), question.used[question.dated].value
        start, end = map(Constant, question.term)
        _tell(reading, rows, column, Fault.OUTSIDE_TERM, (day < start) | (day >= end))


def identified(reading: RowsReading, rows: DuckDBPyRelation, used: Mapping[str, Typed]) -> None:
    """Tell which rows have in common what should be that of one row alone."""
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


def unknown_words(reading: RowsReading, answer: Answer) -> Iterator[tuple[str, list[str]]]:
    """Of each column that names members, the words that name none."""
    for name, words in answer.words.items():
        if name not in reading.others:
            yield name, sorted(words - places_of(reading.members[str(reading.column(name).axis)]).keys())


def members_known(reading: RowsReading, rows: DuckDBPyRelation, question: Question, answer: Answer) -> None:
    """Tell which rows name a member that the contract does not have."""
    from duckdb import ConstantExpression as Constant

    for name, unknown in unknown_words(reading, answer):
        if unknown:
            column = reading.column(name)
            hint = unknown_hint(str(column.axis), places_of(reading.members[str(column.axis)]), "")
            _tell(reading, rows, column, Fault.UNKNOWN_MEMBER, question.used[name].text.isin(*map(Constant, unknown)), hint)
