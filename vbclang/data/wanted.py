"""What a contract is settled from: each file with its headings, who owes it, by when. Told in the contract's own words, by their place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from attrs import frozen

from vbclang.calendar.deadlines import due_day
from vbclang.calendar.grid import Grid
from vbclang.calendar.working_days import UnknownPlace, WorkingDays, working_days_in
from vbclang.core.program import InputDeclaration, KeyedFile, Known, Program, RowFile, WorkedOutFigure
from vbclang.data.figures import FIGURES_FILE
from vbclang.data.periods import period_hint
from vbclang.names.scope import Scope
from vbclang.source import Span
from vbclang.syntax import tree
from vbclang.types.kinds import Grain


@frozen
class Due:
    """The day by which the final data of a period are owed."""

    period: str
    day: date


@frozen
class WantedColumn:
    """A heading of the file and the contract's line that declares it."""

    heading: str
    where: Span


@frozen
class WantedFile:
    """A file with the rows of a data item. ``terms``: the contract's lines on source, supplier, checker, quality and delivery."""

    file: str
    name: str
    columns: tuple[WantedColumn, ...]
    terms: tuple[Span, ...]
    due: tuple[Due, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """The first row of the file."""
        return tuple(column.heading for column in self.columns)


@frozen
class WantedFigure:
    """A measure that arrives worked out. ``where``: the line that says who reports it; ``periods``: how its periods are written."""

    name: str
    each: str
    where: Span
    periods: str
    first_due: Due | None


@frozen
class WantedFigures:
    """The file of the measures that arrive worked out."""

    headings: tuple[str, ...]
    figures: tuple[WantedFigure, ...]
    file: str = FIGURES_FILE


Wanted = WantedFile | WantedFigures


def wanted(program: Program, scope: Scope) -> tuple[Wanted, ...]:
    """The files, in the order of the contract; that of figures worked out last, where any measure has no other source."""
    keyed = (_file(program, scope, file) for file in program.files)
    rows = (_file(program, scope, file) for file in program.row_files)
    return (*keyed, *rows, *_figures(program, scope))


def _file(program: Program, scope: Scope, file: KeyedFile | RowFile) -> WantedFile:
    data = scope.names[file.name]
    assert isinstance(data, tree.Data)
    terms = tuple(line.span for line in data.lines if not isinstance(line, tree.ColumnLine | tree.ColumnsForEachLine | tree.Bad))
    return WantedFile(file.file, file.name, tuple(_columns(program, data, file)), terms, _due(program, _known(program, file)))


def _columns(program: Program, data: tree.Data, file: KeyedFile | RowFile) -> Iterator[WantedColumn]:
    keys = file.keys if isinstance(file, KeyedFile) else ()
    headings = {column.name: column.heading for column in (*keys, *file.columns)}
    for line in data.lines:
        match line:
            case tree.ColumnLine(column=column):
                yield WantedColumn(headings.get(column.text, column.text), line.span)
            case tree.ColumnsForEachLine():
                assert isinstance(file, KeyedFile)
                axes = dict.fromkeys(wide.axis for wide in file.wide if wide.column.span == line.span) or [wide.axis for wide in file.wide]
                members = (member for axis in axes for member in program.axes[axis].members)
                yield from (WantedColumn(member.codes[0] if member.codes else member.name, line.span) for member in members)
            case _:
                pass


def _known(program: Program, file: KeyedFile | RowFile) -> Known | None:
    if isinstance(file, KeyedFile):
        keys = [column.key for column in (*file.columns, *(wide.column for wide in file.wide))]
    else:
        keys = [tally.key for tally in program.tallies if tally.rows == file.name]
    return _first_known(program.inputs[key] for key in keys if key is not None)


def _first_known(inputs: Iterable[InputDeclaration]) -> Known | None:
    return next((declared.known for declared in inputs if declared.known is not None), None)


def _due(program: Program, known: Known | None) -> tuple[Due, ...]:
    working_days = _working_days(program)
    if known is None or (known.due.unit == "working day" and working_days is None):
        return ()
    if known.due.anchor == "day":
        return (Due("all", due_day(known.due, None, working_days)),)
    return tuple(Due(label, due_day(known.due, last, working_days)) for label, last in _periods(program.grid, known.grain))


def _periods(grid: Grid, grain: Grain) -> Iterator[tuple[str, date]]:
    if grain >= Grain.TERM:
        yield "the term", grid.end - timedelta(days=1)
    else:
        yield from ((period.label, period.last_day) for period in grid.periods(grain))


def _working_days(program: Program) -> WorkingDays | None:
    found = None if program.working_days is None else working_days_in(program.working_days)
    return None if isinstance(found, UnknownPlace) else found


def _figures(program: Program, scope: Scope) -> Iterator[WantedFigures]:
    counted = {program.inputs[tally.key].name for tally in program.tallies}
    own = tuple(figure for figure in program.worked_out if figure.name not in counted)
    if not own:
        return
    used = {axis for figure in own for axis in program.inputs[figure.value].type.axes}
    parts = ("numerator", "denominator") if any(figure.numerator for figure in own) else ()
    headings = ("measure", *(axis for axis in program.axes if axis in used), "period", *parts, "value")
    yield WantedFigures(headings, tuple(_figure(program, scope, figure) for figure in own))


def _figure(program: Program, scope: Scope, figure: WorkedOutFigure) -> WantedFigure:
    declared, grain = scope.names.get(figure.name), program.inputs[figure.value].type.grain
    lines = declared.lines if isinstance(declared, tree.Measure) else ()
    where = next((line.span for line in lines if isinstance(line, tree.DefinitionLine)), figure.span)
    keys = (key for key in (figure.value, figure.numerator) if key is not None)
    due = _due(program, _first_known(program.inputs[key] for key in keys))
    written = period_hint(program.grid, grain) if grain < Grain.TERM else ""
    return WantedFigure(figure.name, grain.words, where, written, due[0] if due else None)
