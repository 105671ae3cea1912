"""What a contract is settled from: each file with its headings, who owes it, by when. Told in the contract's own words, by their place."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from attrs import frozen

from vbclang.calendar.deadlines import due_day
from vbclang.calendar.working_days import WorkingDays
from vbclang.core.declared import KeyedFile, Known, RowFile, WorkedOutFigure
from vbclang.core.program import Program
from vbclang.data.fed import keys_fed, only_worked_out
from vbclang.data.figures import FIGURES_FILE
from vbclang.data.periods import period_hint
from vbclang.data.recorded import WantedRecord, wanted_record
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


Wanted = WantedFile | WantedFigures | WantedRecord


@frozen
class WantedOf:
    """What one contract is settled from. ``called``: by the contract that reads it (empty: it is the one that was asked about);
    ``written``: its own file; ``folder``: where its data stand, below those of the one that was asked about, such as `acute_services/`.
    """

    contract: str
    called: str
    written: str
    folder: str
    files: tuple[Wanted, ...]


def wanted(program: Program, scope: Scope) -> tuple[Wanted, ...]:
    """The files, in the order of the contract; then that of figures worked out, where any measure has no other source; then the record,
    where anything reads it.
    """
    keyed = (_file(program, scope, file) for file in program.files)
    rows = (_file(program, scope, file) for file in program.row_files)
    record = wanted_record(program)
    return (*keyed, *rows, *_figures(program, scope), *(() if record is None else (record,)))


def suppliers(scope: Scope) -> dict[str, str]:
    """Who supplies each data, or reports a measure, by name; those of which the contract does not say it are left out."""
    items = [item for item in scope.names.values() if isinstance(item, tree.Data | tree.Measure)]
    lines = [(item.name.text, line) for item in items for line in item.lines]
    supplied = {name: line.party.text for name, line in lines if isinstance(line, tree.SuppliedByLine)}
    defined = {name: line.definition for name, line in lines if isinstance(line, tree.DefinitionLine)}
    return supplied | {name: by.party.text for name, by in defined.items() if isinstance(by, tree.ReportedBy)}


def _file(program: Program, scope: Scope, file: KeyedFile | RowFile) -> WantedFile:
    data = scope.names[file.name]
    assert isinstance(data, tree.Data)
    terms = tuple(line.span for line in data.lines if not isinstance(line, tree.ColumnLine | tree.ColumnsForEachLine | tree.Bad))
    fed = keys_fed(program, file.file)
    known = file.known if isinstance(file, RowFile) and fed else _first_known(program, fed)
    return WantedFile(
        file.file,
        file.name,
        tuple(_columns(program, data, file)),
        terms,
        _due(program, known),
    )


def _columns(program: Program, data: tree.Data, file: KeyedFile | RowFile) -> Iterator[WantedColumn]:
    keys = file.keys if isinstance(file, KeyedFile) else ()
    headings = {column.name: column.heading for column in (*keys, *file.columns)}
    for line in data.lines:
        match line:
            case tree.ColumnLine(column=column):
                yield WantedColumn(headings.get(column.text, column.text), line.span)
            case tree.ColumnsForEachLine():
                assert isinstance(file, KeyedFile)
                axes = (wide.axis for wide in file.wide if wide.column.span == line.span)
                members = (member for axis in axes for member in program.axes[axis].members)
                yield from (WantedColumn(member.codes[0] if member.codes else member.name, line.span) for member in members)
            case _:
                pass


def _first_known(program: Program, keys: Collection[str]) -> Known | None:
    return next((declared.known for key, declared in program.inputs.items() if key in keys and declared.known is not None), None)


def _due(program: Program, known: Known | None) -> tuple[Due, ...]:
    working_days = WorkingDays(program.working_days) if program.working_days else None
    if known is None or (known.due.unit == "working day" and working_days is None):
        return ()
    if known.due.anchor == "day":
        return (Due("all", due_day(known.due, None, working_days)),)
    grid, grain = program.grid, known.grain
    labels = ("the term",) if grain >= Grain.TERM else (period.label for period in grid.periods(grain))
    return tuple(Due(label, due_day(known.due, grid.last_day(grain, place), working_days)) for place, label in enumerate(labels))


def _figures(program: Program, scope: Scope) -> Iterator[WantedFigures]:
    own = only_worked_out(program)
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
    due = _due(program, _first_known(program, {figure.value, figure.numerator or figure.value}))
    written = period_hint(program.grid, grain) if grain < Grain.TERM else ""
    return WantedFigure(figure.name, grain.words, where, written, due[0] if due else None)
