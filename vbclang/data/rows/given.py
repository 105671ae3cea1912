"""Rows that a worked example gives -> the inputs that they feed, by the one reader and counter of delivered rows.

Method: the lines of the example make a small table in the data engine; a file beside the contract is opened as a delivered one. Each is
read by itself, so that what is wrong is told of its own place; where there are several, what counts is all of them together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path

from attrs import evolve

from vbclang.core.declared import RowColumn, RowFile
from vbclang.core.examples import Example, GivenFile, GivenRows
from vbclang.core.program import Program
from vbclang.data.facts import InputColumn
from vbclang.data.rows.alike import Alike
from vbclang.data.rows.attributed import attributed_rows
from vbclang.data.rows.cells import plain_decimal
from vbclang.data.rows.opened import Delivery, Made, Together, delivery
from vbclang.data.rows.read import ReadRows, counted_until, read_rows
from vbclang.data.rows.reading import Members, RowsWanted
from vbclang.data.tables import Table
from vbclang.data.wording import UNSETTLED, listed
from vbclang.source import Diagnostic, Diagnostics, Severity, Span, has_errors
from vbclang.types.kinds import Category, DateKind, Quantity, Sort, YesNo

_NOT_RUN = "The example is not run until it is put right."


def given_columns(
    program: Program, members: Members, example: Example, files: Mapping[str, Path], until: date | None = None
) -> tuple[dict[str, InputColumn], Diagnostics]:
    """The inputs that the rows of an example feed, by key, and what is wrong with its files, said at the line that names them.

    ``files``: those that may be read, by their names in the contract. ``until``: the last day whose rows count. Data of which no rows are
    given feed nothing.
    """
    read: dict[str, ReadRows] = {}
    found: Diagnostics = ()
    for file in program.row_files:
        given = [each for each in example.rows if each.rows == file.name]
        if given:
            rows, problems = _read(program, members, file, given, files)
            read |= {} if rows is None else {file.name: rows if until is None else counted_until(rows, until)}
            found += problems
    columns = {key: column for rows in read.values() for key, column in rows.fed.columns.items()}
    for name, fed, problems in attributed_rows(read):
        columns |= fed.columns
        found += _said_at(next(each.span for each in example.rows if each.rows == name), problems)
    return columns, found


def _read(
    program: Program, members: Members, file: RowFile, given: Sequence[GivenRows | GivenFile], files: Mapping[str, Path]
) -> tuple[ReadRows | None, Diagnostics]:
    places, found = _places(members, file, given, files)
    rows: ReadRows | None = None
    for span, place in places:
        rows, problems = read_rows(program, members, file, place, of_an_example=True)
        found += _said_at(span, problems)
    if has_errors(found) or len(places) < 2:
        return rows, found
    headings = tuple(dict.fromkeys(column.heading for column in RowsWanted(program, file).used))
    together = Together(Table(f"the rows of {file.name}", headings, []), tuple(place for _, place in places))
    rows, problems = read_rows(program, members, file, together, of_an_example=True)
    wrong = tuple(problem for problem in problems if problem.severity is Severity.ERROR)  # the rest has been told of each place
    return rows, (*found, *(_in_two_places(file, problem, places[-1][0], given) for problem in wrong))


def _places(
    members: Members, file: RowFile, given: Sequence[GivenRows | GivenFile], files: Mapping[str, Path]
) -> tuple[list[tuple[Span, Delivery | Made]], Diagnostics]:
    """Where the rows are, each with its line: the lines of the example together, and each file."""
    found: Diagnostics = ()
    lines = [each for each in given if isinstance(each, GivenRows)]
    places: list[tuple[Span, Delivery | Made]] = [(lines[0].span, _made(members, file, lines))] if lines else []
    for each in given:
        if isinstance(each, GivenFile) and each.file in files:
            delivered, problems = delivery(files[each.file], each.file)
            found += _said_at(each.span, problems)
            places += [(each.span, delivered)] if delivered is not None else []
    return places, found


def _said_at(span: Span, found: Iterable[Diagnostic]) -> Diagnostics:
    """What is wrong with rows, at the line of the example that gives them; an example settles nothing anyway."""
    return tuple(evolve(each, span=span, message=each.message.replace(UNSETTLED, _NOT_RUN)) for each in found)


def _in_two_places(file: RowFile, problem: Diagnostic, span: Span, given: Iterable[GivenRows | GivenFile]) -> Diagnostic:
    """What is wrong with rows of several places only when they are taken together."""
    if problem.code != "D031":
        return _said_at(span, (problem,))[0]
    columns = listed(f"`{column.name}`" for column in file.columns if column.identifies)
    names = listed(dict.fromkeys(each.file if isinstance(each, GivenFile) else "the lines of the example" for each in given))
    why = f"A row of `{file.name}` stands in two of the places that give rows ({names}): the same is in {columns}. Keep one of them."
    return Diagnostic("D031", f"{why} {_NOT_RUN}", span)


# -- lines as rows -----------------------------------------------------------------------------------------------------


def _made(members: Members, file: RowFile, lines: Sequence[GivenRows]) -> Made:
    headings = tuple(dict.fromkeys(column.heading for column in file.columns))
    return Made(Table(f"the rows of {file.name}", headings, []), tuple(_alike(members, file, line, headings) for line in lines))


def _alike(members: Members, file: RowFile, line: GivenRows, headings: tuple[str, ...]) -> Alike:
    columns = {column.name: column for column in file.columns}
    texts = {columns[name].heading: _text(members, columns[name], cell) for name, cell in line.cells}
    apart = frozenset(headings.index(columns[name].heading) for name in line.apart)
    return Alike(line.count, tuple(texts.get(heading) for heading in headings), apart)


def _text(members: Members, column: RowColumn, cell: Fraction | str) -> str:
    """The cell as a file of the data has it."""
    if isinstance(cell, str):
        return cell
    match column.kind:
        case DateKind():
            return date.fromordinal(int(cell)).isoformat()
        case YesNo():
            return "yes" if cell else "no"
        case Category(axis=str() as axis):
            return members[axis][int(cell)].name
        case Category(words=words):
            return words[int(cell)]
        case Quantity(sort=Sort.SHARE | Sort.POINTS | Sort.GROWTH, dimensions=()) if not column.fraction:
            return f"{plain_decimal(cell * 100):f}%"
        case _:
            return f"{plain_decimal(cell):f}"
