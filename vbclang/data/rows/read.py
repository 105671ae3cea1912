"""Rows -> the inputs that their tallies feed, and what is wrong with their cells.

Method: what is unusual in a column is sought first (see `cells`); where nothing is at fault the engine is asked once, and what it answers
for months and words becomes columns for periods and members.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from attrs import evolve, field, frozen

from vbclang.core.declared import RowColumn, RowFile
from vbclang.core.program import Program
from vbclang.data.facts import Delivered, InputColumn, RowCounts
from vbclang.data.headings import missing_headings, unused_headings
from vbclang.data.rows.cells import Cell, Known, cell, expected_of, staged
from vbclang.data.rows.counted import Answer, asked, reaching
from vbclang.data.rows.faults_told import (
    identified,
    members_known,
    outside_term,
    rejected,
    times_below_nothing,
    unknown_words,
    unusual_values,
    with_faults,
)
from vbclang.data.rows.folded import fed_by
from vbclang.data.rows.opened import Rows, delivery, opened
from vbclang.data.rows.question import Question
from vbclang.data.rows.reading import Members, RowsReading
from vbclang.data.tables import duplicate_headings, without_headings
from vbclang.data.tally import Tally
from vbclang.data.wording import UNSETTLED
from vbclang.source import CODES, Diagnostic, Diagnostics, Severity, Span
from vbclang.types.kinds import DateKind

if TYPE_CHECKING:
    from duckdb import DuckDBPyRelation

_Found = TypeVar("_Found")


@frozen(eq=False)
class Fed:
    """The inputs that rows feed, by key, and how many rows each tells of."""

    columns: Mapping[str, InputColumn] = field(factory=dict)
    rows: Mapping[str, RowCounts] = field(factory=dict)


@frozen(eq=False)
class ReadRows:
    """Rows without a fault. ``cells``: how each used column is read. ``fed``: what the rows feed by themselves.

    ``answered``: what was asked of them and answered, before it is added up.
    ``months``: the rows of each month (see `month_place`) of the term and of what is counted before it, by the column that dates them.
    """

    reading: RowsReading
    cells: Mapping[str, Cell]
    fed: Fed
    months: Mapping[str, Mapping[int, Delivered]]
    answered: tuple[tuple[Question, Answer], ...] = ()


def read_file(program: Program, members: Members, file: RowFile, path: Path, show_values: bool) -> tuple[ReadRows | None, Diagnostics]:
    """What the rows in ``path`` say, and what does not fit its declaration; None where they have an error, or nothing wants them."""
    delivered, found = delivery(path, file.file)
    return (None, found) if delivered is None else read_rows(program, members, file, delivered, show_values)


def read_rows(
    program: Program, members: Members, file: RowFile, rows: Rows, show_values: bool = False, of_an_example: bool = False
) -> tuple[ReadRows | None, Diagnostics]:
    """The same for rows wherever they are."""
    named = rows.table.file
    reading = RowsReading(program, file, members, rows, Tally(named, show_values, 0), of_an_example)
    if not reading.tallies and not reading.decides:
        return None, ()
    if not rows.table.headings:
        return None, (Diagnostic("D004", f"{named} has nothing in it: it counts as delivered, without rows.", Span(named, 0, 0)),)
    headings = _headings(reading)
    if _errors(headings):
        return None, headings

    def read() -> tuple[ReadRows | None, Diagnostics]:
        with opened(rows) as raw:
            return _read(reading, raw)

    answer, found = without_overflow(named, read)
    return (None if answer is None else answer[0]), (*headings, *found, *(() if answer is None else answer[1]))


def without_overflow(named: str, ask: Callable[[], _Found]) -> tuple[_Found | None, Diagnostics]:
    """The engine's answer; None, and why, where it cannot read the file or hold its figures."""
    import duckdb

    try:
        return ask(), ()
    except duckdb.OutOfRangeException:
        why = f"{named}: the figures added up have more digits than can be held. Are all of them right? {UNSETTLED}"
        return None, (Diagnostic("D011", why, Span(named, 0, 0)),)
    except duckdb.InvalidInputException as error:
        if "CSV Error" not in str(error):
            raise
        return None, (_not_divided(named, str(error)),)


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


def _headings(reading: RowsReading) -> Diagnostics:
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


def _read(reading: RowsReading, raw: DuckDBPyRelation) -> tuple[ReadRows | None, Diagnostics]:
    cells, rows, questions, answers = _answered(reading, raw)
    rejected(reading, rows, questions[0].used, answers[0])
    times_below_nothing(reading, rows, questions[0], answers[0])
    identified(reading, rows, questions[0].used)
    for question, answer in zip(questions, answers, strict=True):
        members_known(reading, rows, question, answer)
        outside_term(reading, rows, question, answer)
    found = reading.tally.diagnostics()
    if _errors(found):
        return None, found
    return _read_as(reading, cells, tuple(zip(questions, answers, strict=True))), found


def _read_as(reading: RowsReading, cells: Mapping[str, Cell], answered: tuple[tuple[Question, Answer], ...]) -> ReadRows:
    """The rows, with what was asked of them and answered."""
    columns: dict[str, InputColumn] = {}
    counts: dict[str, RowCounts] = {}
    for question, answer in answered:
        fed, told = fed_by(reading.program, reading.members, question, answer)
        columns, counts = columns | fed, counts | told
    return ReadRows(reading, cells, Fed(columns, counts), {question.dated: answer.months for question, answer in answered}, answered)


def counted_until(read: ReadRows, day: date) -> ReadRows:
    """The rows counted again, but for those that are dated after a day. They have arrived as far as before: none counts there."""
    reading = evolve(read.reading, until=day)
    with opened(reading.rows) as raw:
        rows, used = staged(raw, read.cells)
        asked_for = zip(reading.questions(used), read.answered, strict=True)
        return _read_as(
            reading, read.cells, tuple((question, reaching(asked(rows, question), before.months)) for question, (_, before) in asked_for)
        )


_Answered = tuple[dict[str, Cell], "DuckDBPyRelation", tuple[Question, ...], list[Answer]]


def _answered(reading: RowsReading, raw: DuckDBPyRelation) -> _Answered:
    """How the cells are read, the rows read so, and what was asked and answered: at first as if no cell were unusual, then as they are."""
    from duckdb import ConversionException

    known: dict[str, Known] = {}
    try:
        answered = _asked(reading, raw, _cells(reading, known))
    except ConversionException:  # a date that the calendar does not have
        known |= {column.name: Known(wide=True) for column in reading.used if isinstance(column.kind, DateKind)}
        answered = _asked(reading, raw, _cells(reading, known))
    _, rows, questions, answers = answered
    unknown = {name for answer in answers for name, words in unknown_words(reading, answer) if words}
    faulty = with_faults(rows, reading.used, questions[0].used) if answers[0].faulty else ()
    unusual = tuple(column for column in reading.used if column in faulty or column.name in unknown)
    return _asked(reading, raw, _in_all_ways(reading, raw, _cells(reading, known), unusual)) if unusual else answered


def _asked(reading: RowsReading, raw: DuckDBPyRelation, cells: dict[str, Cell]) -> _Answered:
    rows, used = staged(raw, cells)
    questions = tuple(reading.questions(used))
    return cells, rows, questions, [asked(rows, question) for question in questions]


def _cells(reading: RowsReading, known: Mapping[str, Known]) -> dict[str, Cell]:
    """How the columns are read, with what is known of their unusual texts."""
    return {column.name: _cell(reading, column, known.get(column.name, Known())) for column in reading.used}


def _cell(reading: RowsReading, column: RowColumn, known: Known) -> Cell:
    return cell(reading.name(column), column, expected_of(column, reading.members), known, column.name in reading.looked_up)


def _in_all_ways(reading: RowsReading, raw: DuckDBPyRelation, cells: Mapping[str, Cell], unusual: tuple[RowColumn, ...]) -> dict[str, Cell]:
    """How the columns are read, those with unusual cells in as many ways as their cells want; what is none of them is told as a fault."""
    found = {column.name: _cell(reading, column, Known(wide=True)) for column in unusual}
    rows, columns = staged(raw, {**cells, **found})
    for column in with_faults(rows, unusual, columns):
        values = unusual_values(reading, rows, column, columns[column.name], cells[column.name].expected)
        found[column.name] = _cell(reading, column, Known(wide=True, values=values))
    return {**cells, **found}
