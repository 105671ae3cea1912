"""A folder of delivered files -> facts. The one way by which data come in.

Method: all files are read as text first, because the members of an open class are those that any of them names; then each file becomes
columns. What does not fit its declaration is reported with file, row and column, and is treated as not reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from datetime import date
from pathlib import Path, PurePosixPath

from attrs import evolve

from vbclang.core.declared import RowFile
from vbclang.core.examples import GivenFile
from vbclang.core.nodes import State
from vbclang.core.program import Program
from vbclang.core.record import Record
from vbclang.data.arrived import Arrived
from vbclang.data.facts import Facts, InputColumn
from vbclang.data.fed import file_of_each, keys_fed
from vbclang.data.figure_keys import headings_of, naming
from vbclang.data.figures import FIGURES_FILE, figure_columns
from vbclang.data.files import is_there, why_no_folder
from vbclang.data.keyed import Members, keyed_columns
from vbclang.data.members import with_found
from vbclang.data.promised import before_its_end, without_file
from vbclang.data.record import RECORD_FILE, files_named, read_record
from vbclang.data.recorded import wanted_record
from vbclang.data.resting import resting_on
from vbclang.data.rows.attributed import attributed as attributed_by_others
from vbclang.data.rows.gaps import without_rows
from vbclang.data.rows.opened import engine
from vbclang.data.rows.read import ReadRows, named_in, read_file
from vbclang.data.tables import Table, read_table
from vbclang.data.versions import provisional_file
from vbclang.data.wording import UNSETTLED, listed, nearest, same_but_for_spelling
from vbclang.source import Diagnostic, Diagnostics, Span

Tables = dict[str, Table]
Files = Mapping[str, tuple[str, ...]]
_SHEETS = {".xlsx", ".xls", ".xlsm", ".ods", ".numbers"}


def load(program: Program, folder: Path, *, show_values: bool = False, as_of: date | None = None) -> tuple[Facts, Diagnostics]:
    """The facts in ``folder`` for ``program``, on final data and with all that was received; and what is wrong with them.

    ``show_values``: messages may show the cells at fault; else they never do. ``as_of``: the day at whose end the record is read; None: the
    last day in it. An input that no file feeds has no column.
    """
    arrived, found = arrivals(program, folder, show_values=show_values, as_of=as_of)
    return arrived.facts(), found


def arrivals(program: Program, folder: Path, *, show_values: bool = False, as_of: date | None = None) -> tuple[Arrived, Diagnostics]:
    """All that stands in ``folder``, each delivery by itself, and what is wrong with it. Nothing is raised for what a file holds."""
    if why := why_no_folder(folder):
        declared = {name: axis.members for name, axis in program.axes.items()}
        return Arrived(program, declared), (Diagnostic("D001", why, Span(str(folder), 0, 0)),)
    files = _files(program, folder)
    tables, diagnostics = _tables(program, folder, files)
    members = _members(program, tables, folder, files)
    columns: dict[str, dict[str, dict[str, InputColumn]]] = {}
    for keyed in program.files:
        for name in files[keyed.name]:
            if name in tables:
                fed, found = keyed_columns(program, members, evolve(keyed, file=name), tables[name], show_values)
                columns.setdefault(keyed.name, {})[name] = fed
                diagnostics += found
    for name in files[FIGURES_FILE]:
        if name in tables:
            fed, found = figure_columns(program, members, tables[name], show_values)
            columns.setdefault(FIGURES_FILE, {})[name] = fed
            diagnostics += found
    given = _given(program, columns.get(FIGURES_FILE, {}))
    diagnostics += (*_from_both(program, given, folder, files), *_rows_not_delivered(program, given, folder, files))
    diagnostics += tuple(finding for rows in program.row_files for finding in _outside(rows.file))
    read, found = _read_rows(program, members, folder, files, show_values)
    diagnostics += found
    attributed, found = attributed_by_others(read, file_of_each(program))
    record, of_record = read_record(program, members, folder, as_of)
    diagnostics += (*found, *without_rows(program, record, read), *before_its_end(program, record))
    diagnostics += tuple(without_file(program, record, frozenset(rows.name for rows, _ in _delivered_rows(program, folder, files)), given))
    found = (*_without_echoes(diagnostics), *of_record, *(() if of_record else _unrecorded(program, folder, record)))
    every = tuple(name for names in files.values() for name in names)
    return Arrived(program, members, record, columns, read, attributed, every, as_of), found


def _files(program: Program, folder: Path) -> dict[str, tuple[str, ...]]:
    """The files in which the deliveries of each data may stand: its own, the provisional one where it is there, and those that the record
    names. Worked out figures stand under the name of their file.
    """
    own = {**file_of_each(program), FIGURES_FILE: FIGURES_FILE}
    early = {name: provisional_file(file) for name, file in own.items()}
    named = files_named(folder)
    return {
        name: tuple(dict.fromkeys((file, *((early[name],) if is_there(folder / early[name]) else ()), *_named_for(program, named, name))))
        for name, file in own.items()
    }


def _named_for(program: Program, named: Mapping[str, tuple[str, ...]], name: str) -> tuple[str, ...]:
    """The files that the record names for the deliveries of data, or of any of the measures that arrive worked out."""
    names = [figure.name for figure in program.worked_out if figure.name not in file_of_each(program)] if name == FIGURES_FILE else [name]
    return tuple(file for each in names for file in named.get(each, ()))


def _read_rows(
    program: Program, members: Members, folder: Path, files: Files, show_values: bool
) -> tuple[dict[str, dict[str, ReadRows]], Diagnostics]:
    """What all delivered rows come to, by data and file."""
    read: dict[str, dict[str, ReadRows]] = {}
    diagnostics: Diagnostics = ()
    delivered = tuple(_delivered_rows(program, folder, files))
    with engine() if delivered else nullcontext():
        for rows, name in delivered:
            made, found = read_file(program, members, evolve(rows, file=name), folder / name, show_values)
            diagnostics += found
            if made is not None:
                read.setdefault(rows.name, {})[name] = made
    return read, diagnostics


def _unrecorded(program: Program, folder: Path, record: Record) -> Diagnostics:
    """Said where something rests on what happened, and nobody has recorded anything."""
    there = is_there(folder / RECORD_FILE)
    if not program.told or (there and (record.entries or record.as_of is not None)):
        return ()
    rests = _resting_on(program, frozenset(program.told))
    lacks = "has no line yet" if there else "is not in the folder"
    headings = wanted_record(program)
    into = f" Its columns are {listed([f'“{each}”' for each in headings.headings], 'and', most=40)}." if headings and not there else ""
    made = "" if there else " `vbc data template` writes an empty one, and a page that says who writes what into it."
    message = f"{RECORD_FILE} {lacks}: no event is known to have occurred, and nothing to be late.{rests}{into}{made}"
    return (Diagnostic("D010", message, Span(RECORD_FILE, 0, 0)),)


def _delivered_rows(program: Program, folder: Path, files: Files) -> Iterator[tuple[RowFile, str]]:
    """Each file of rows that is there, with the data that it belongs to."""
    for rows in program.row_files:
        yield from ((rows, name) for name in files[rows.name] if not _outside(name) and is_there(folder / name))


def _counted_measures(program: Program, folder: Path, files: Files) -> dict[str, str]:
    """The measures that are counted from rows that have been delivered, each with the file."""
    delivered = {rows.name: rows for rows, _ in _delivered_rows(program, folder, files)}
    whole = {name: rows.file for name, rows in delivered.items() if _by(rows) is None or _by(rows) in delivered}
    return {program.inputs[tally.key].name: whole[tally.rows] for tally in program.tallies if tally.rows in whole}


def _given(program: Program, files: Mapping[str, Mapping[str, InputColumn]]) -> frozenset[str]:
    """The measures of which any figure arrives worked out."""
    worked_out = {key for figure in program.worked_out for key in figure.keys}
    there = (key for fed in files.values() for key in fed.keys() & worked_out if (fed[key].states == State.VALUE).any())
    return frozenset(program.inputs[key].name for key in there)


def _from_both(program: Program, given: frozenset[str], folder: Path, files: Files) -> Diagnostics:
    """Measures that arrive worked out although their rows do too: the two could differ, and neither is preferred."""
    return tuple(
        Diagnostic(
            "D034",
            f"{FIGURES_FILE} gives `{name}` worked out, and {file} has the rows from which it is counted. Deliver one of them. {UNSETTLED}",
            Span(FIGURES_FILE, 0, 0),
        )
        for name, file in _counted_measures(program, folder, files).items()
        if name in given
    )


def _rows_not_delivered(program: Program, given: frozenset[str], folder: Path, files: Files) -> Diagnostics:
    """What is said of files of rows that are not there. With figures worked out in the folder they need not be; but where one of two
    files is there that are counted together only, the other is missed, unless all that rests on it is given.
    """
    there = {rows.name for rows, _ in _delivered_rows(program, folder, files)}
    found: Diagnostics = ()
    for rows in program.row_files:
        fed = keys_fed(program, rows.file)
        if not fed or rows.name in there or _outside(rows.file):
            continue
        decided = [each.file for each in program.row_files if _by(each) == rows.name and each.name in there]
        half = bool(decided) or _by(rows) in there
        if not is_there(folder / FIGURES_FILE) or (half and not {program.inputs[key].name for key in fed} <= given):
            whose = f" It says whose the rows of {listed(decided, 'and')} are." if decided else ""
            found += _not_delivered(program, folder, files, rows.file, whose, given)
    return found


def _by(rows: RowFile) -> str | None:
    """The data that say whose these rows are."""
    return None if rows.attribution is None else rows.attribution.by


def _without_echoes(found: Diagnostics) -> Diagnostics:
    """A file with wrong headings, or none, is not said to have no rows as well."""
    wrong = {diagnostic.span.file for diagnostic in found if diagnostic.code == "D007"}
    return tuple(diagnostic for diagnostic in found if diagnostic.code != "D004" or diagnostic.span.file not in wrong)


def _tables(program: Program, folder: Path, files: Files) -> tuple[Tables, Diagnostics]:
    """Each delivered file's table, by its name as the contract, or the record, has it."""
    tables: Tables = {}
    diagnostics: Diagnostics = ()
    for first in _names(program):
        names = next(names for names in files.values() if names[0] == first)
        others = tuple(name for name in names[1:] if is_there(folder / name))
        for name in names if is_there(folder / first) or not others else others:
            table, found = _table(program, folder, files, name)
            diagnostics += found
            if table is not None:
                tables[name] = table
    return tables, diagnostics


def _names(program: Program) -> tuple[str, ...]:
    """The files that may be delivered, each once."""
    return tuple(dict.fromkeys((*(file.file for file in program.files), FIGURES_FILE)))


def _table(program: Program, folder: Path, files: Files, name: str) -> tuple[Table | None, Diagnostics]:
    if outside := _outside(name):
        return None, outside
    if not is_there(folder / name):
        return None, _not_delivered(program, folder, files, name)
    table, diagnostics = read_table(folder / name, name)
    if table is not None and not table.rows and not diagnostics:
        diagnostics = (_nothing_in(program, name),)
    return table, diagnostics


def _outside(name: str) -> Diagnostics:
    """An error where the name leads out of the folder of the data."""
    path = PurePosixPath(name.replace("\\", "/"))
    if not path.is_absolute() and ".." not in path.parts and ":" not in name:
        return ()
    message = f"{name} does not stand in the folder of the data. Name a file in it, without a path that leads out of it."
    return (Diagnostic("D003", message, Span(name, 0, 0)),)


def _not_delivered(
    program: Program, folder: Path, files: Files, name: str, more: str = "", given: frozenset[str] = frozenset()
) -> Diagnostics:
    """A warning that names what rests on the file; nothing where the contract does not need it. An error where a file stands there
    under nearly the same name: rules for missing figures would otherwise settle as if nobody had delivered it.
    """
    rests = more + _resting(program, name, given)
    if name == FIGURES_FILE and not rests:
        return ()
    of_examples = (given.file for example in program.examples for given in example.rows if isinstance(given, GivenFile))
    ours = {*(name for names in files.values() for name in names), *of_examples, RECORD_FILE}
    others = sorted(path.name for path in folder.iterdir() if path.suffix.casefold() == ".csv" and path.name not in ours)
    if misnamed := same_but_for_spelling(name, others):
        message = f"{name} is not in the folder, but {misnamed} is. If that is it, rename it {name}; if not, take it out. {UNSETTLED}"
        return (Diagnostic("D013", message, Span(name, 0, 0)),)
    near = nearest(name, others)
    meant = f" The folder has {near}: if that is it, rename it." if near else _elsewhere(folder, name)
    code = "D012" if program.flows and "clause " not in rests else "D010"
    return (Diagnostic(code, f"{name} is not delivered: there is no such file in the folder.{meant}{rests}", Span(name, 0, 0)),)


def _elsewhere(folder: Path, name: str) -> str:
    """Where else the file may have been put: beside the folder, or in it as the sheet of a spreadsheet program."""
    if is_there(folder.parent / name):
        return " There is one beside that folder: if that is it, move it in."
    own = PurePosixPath(name).stem.casefold()
    sheets = sorted(path.name for path in folder.iterdir() if path.stem.casefold() == own and path.suffix.casefold() in _SHEETS)
    return f" The folder has {sheets[0]}: save its sheet as CSV, under the name {name}." if sheets else ""


def _nothing_in(program: Program, name: str) -> Diagnostic:
    message = f"{name} has no rows: it counts as delivered, with nothing in it.{_resting(program, name)}"
    return Diagnostic("D004", message, Span(name, 0, 0))


def _resting(program: Program, name: str, given: frozenset[str] = frozenset()) -> str:
    """What is not reported without the file, as a sentence; empty where nothing rests on it, or all of it is given in another way."""
    return _resting_on(program, frozenset(key for key in keys_fed(program, name) if program.inputs[key].name not in given))


def _resting_on(program: Program, keys: frozenset[str]) -> str:
    names = resting_on(program, keys)
    return f" Not reported, or resting on what is not: {listed(names)}." if names else ""


def _members(program: Program, tables: Mapping[str, Table], folder: Path, files: Files) -> Members:
    """All axes with their members, those of open classes as the files name them."""
    return {
        name: with_found(axis, _named(program, name, tables, folder, files)) if axis.open else axis.members
        for name, axis in program.axes.items()
    }


def _named(program: Program, axis: str, tables: Mapping[str, Table], folder: Path, files: Files) -> Iterator[str]:
    """The cells that name members of an open axis."""
    for rows, name in _delivered_rows(program, folder, files):
        if any(column.axis == axis for column in rows.columns):
            yield from named_in(program, evolve(rows, file=name), folder / name, axis)
    for keyed in program.files:
        for table in (tables[name] for name in files[keyed.name] if name in tables):
            yield from _cells_under(table, (key.heading for key in keyed.keys if key.axis == axis))
    for table in (tables[name] for name in files[FIGURES_FILE] if name in tables):
        yield from _cells_in_figures(program, axis, table)


def _cells_under(table: Table, headings: Iterable[str]) -> Iterator[str]:
    for heading in headings:
        at = table.place(heading)
        if at is not None:
            yield from (cells[at] for _, cells in table.rows)


def _cells_in_figures(program: Program, axis: str, table: Table) -> Iterator[str]:
    """The cells of the columns that name members of ``axis``, in the rows of measures that have it."""
    headings, _ = headings_of(table, program)
    measure = headings.at("measure")
    if measure is None:
        return
    for figure in program.worked_out:
        axes = tuple(name for name in program.axes if name in program.inputs[figure.value].type.axes)
        if axis in axes:
            may = naming(program, axes, axes.index(axis))
            at = [place for heading in may if (place := headings.at(heading)) is not None]
            yield from (cells[n] for _, cells in table.rows for n in at if " ".join(cells[measure].split()) == figure.name)
