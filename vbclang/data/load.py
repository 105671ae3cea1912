"""A folder of delivered files -> facts. The one way by which data come in.

Method: all files are read as text first, because the members of an open class are those that any of them names; then each file becomes
columns. What does not fit its declaration is reported with file, row and column, and is treated as not reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path, PurePosixPath

from vbclang.core.declared import RowFile
from vbclang.core.examples import GivenFile
from vbclang.core.nodes import State
from vbclang.core.program import Program
from vbclang.data.deliveries import only_delivered
from vbclang.data.facts import Facts, InputColumn, RowCounts
from vbclang.data.fed import keys_fed
from vbclang.data.figure_keys import headings_of, naming
from vbclang.data.figures import FIGURES_FILE, figure_columns
from vbclang.data.files import is_there, why_no_folder
from vbclang.data.keyed import Members, keyed_columns
from vbclang.data.members import with_found
from vbclang.data.record import RECORD_FILE, read_record
from vbclang.data.resting import resting_on
from vbclang.data.rows.attributed import attributed_rows
from vbclang.data.rows.read import Fed, ReadRows, named_in, read_file
from vbclang.data.tables import Table, read_table
from vbclang.data.told import told_columns
from vbclang.data.wording import UNSETTLED, listed, nearest, same_but_for_spelling
from vbclang.source import Diagnostic, Diagnostics, Span

Tables = dict[str, Table]


def load(program: Program, folder: Path, *, show_values: bool = False, as_of: date | None = None) -> tuple[Facts, Diagnostics]:
    """The facts in ``folder`` for ``program``, and what is wrong with them. Nothing is raised for what a file holds.

    ``show_values``: messages may show the cells at fault; else they never do. ``as_of``: the day at whose end the record is read; None: the
    last day in it. An input that no file feeds has no column.
    """
    if why := why_no_folder(folder):
        return Facts(), (Diagnostic("D001", why, Span(str(folder), 0, 0)),)
    tables, diagnostics = _tables(program, folder)
    members = _members(program, tables, folder)
    columns: dict[str, InputColumn] = {}
    counts: dict[str, RowCounts] = {}
    for file in program.files:
        if file.file in tables:
            fed, found = keyed_columns(program, members, file, tables[file.file], show_values)
            columns.update(fed)
            diagnostics += found
    if FIGURES_FILE in tables:
        fed, found = figure_columns(program, members, tables[FIGURES_FILE], show_values)
        columns.update(fed)
        diagnostics += found
    given = _given(program, columns)
    diagnostics += (*_from_both(program, given, folder), *_rows_not_delivered(program, given, folder))
    diagnostics += tuple(finding for rows in program.row_files for finding in _outside(rows.file))
    for of_rows, found in _from_rows(program, members, folder, show_values):
        columns.update({key: column for key, column in of_rows.columns.items() if key not in columns})
        counts.update(of_rows.rows)
        diagnostics += found
    record, found = read_record(program, members, folder, as_of)
    columns = {**only_delivered(program, columns, record), **told_columns(program, members, record)}
    found = (*_without_echoes(diagnostics), *found, *_unrecorded(program, folder))
    open_members = {name: members[name] for name, axis in program.axes.items() if axis.open}
    return Facts(open_members, columns, counts, record), found


def _unrecorded(program: Program, folder: Path) -> Diagnostics:
    """Said where something rests on what happened, and nobody has recorded anything."""
    if not program.told or is_there(folder / RECORD_FILE):
        return ()
    rests = _resting_on(program, frozenset(program.told))
    message = f"{RECORD_FILE} is not in the folder: no event is known to have occurred, and nothing to be late.{rests}"
    return (Diagnostic("D010", message, Span(RECORD_FILE, 0, 0)),)


def _from_rows(program: Program, members: Members, folder: Path, show_values: bool) -> Iterator[tuple[Fed, Diagnostics]]:
    """What each file of rows feeds, and then what those feed whose rows others decide about."""
    read: dict[str, ReadRows] = {}
    for rows in _delivered_rows(program, folder):
        made, found = read_file(program, members, rows, folder / rows.file, show_values)
        if made is not None:
            read[rows.name] = made
        yield (Fed() if made is None else made.fed), found
    for _, fed, found in attributed_rows(read):
        yield fed, found


def _delivered_rows(program: Program, folder: Path) -> tuple[RowFile, ...]:
    return tuple(rows for rows in program.row_files if not _outside(rows.file) and is_there(folder / rows.file))


def _counted_measures(program: Program, folder: Path) -> dict[str, str]:
    """The measures that are counted from rows that have been delivered, each with the file."""
    delivered = {rows.name: rows for rows in _delivered_rows(program, folder)}
    files = {name: rows.file for name, rows in delivered.items() if _by(rows) is None or _by(rows) in delivered}
    return {program.inputs[tally.key].name: files[tally.rows] for tally in program.tallies if tally.rows in files}


def _given(program: Program, fed: Mapping[str, InputColumn]) -> frozenset[str]:
    """The measures of which any figure arrives worked out."""
    worked_out = {key for figure in program.worked_out for key in (figure.value, figure.numerator, figure.denominator)}
    return frozenset(program.inputs[key].name for key in fed.keys() & worked_out if (fed[key].states == State.VALUE).any())


def _from_both(program: Program, given: frozenset[str], folder: Path) -> Diagnostics:
    """Measures that arrive worked out although their rows do too: the two could differ, and neither is preferred."""
    return tuple(
        Diagnostic(
            "D034",
            f"{FIGURES_FILE} gives `{name}` worked out, and {file} has the rows from which it is counted. Deliver one of them. {UNSETTLED}",
            Span(FIGURES_FILE, 0, 0),
        )
        for name, file in _counted_measures(program, folder).items()
        if name in given
    )


def _rows_not_delivered(program: Program, given: frozenset[str], folder: Path) -> Diagnostics:
    """What is said of files of rows that are not there. With figures worked out in the folder they need not be; but where one of two
    files is there that are counted together only, the other is missed, unless all that rests on it is given.
    """
    there = {rows.name for rows in _delivered_rows(program, folder)}
    found: Diagnostics = ()
    for rows in program.row_files:
        fed = keys_fed(program, rows.file)
        if not fed or is_there(folder / rows.file) or _outside(rows.file):
            continue
        decided = [each.file for each in program.row_files if _by(each) == rows.name and each.name in there]
        half = bool(decided) or _by(rows) in there
        if not is_there(folder / FIGURES_FILE) or (half and not {program.inputs[key].name for key in fed} <= given):
            whose = f" It says whose the rows of {listed(decided, 'and')} are." if decided else ""
            found += _not_delivered(program, folder, rows.file, whose, given)
    return found


def _by(rows: RowFile) -> str | None:
    """The data that say whose these rows are."""
    return None if rows.attribution is None else rows.attribution.by


def _without_echoes(found: Diagnostics) -> Diagnostics:
    """A file with wrong headings, or none, is not said to have no rows as well."""
    wrong = {diagnostic.span.file for diagnostic in found if diagnostic.code == "D007"}
    return tuple(diagnostic for diagnostic in found if diagnostic.code != "D004" or diagnostic.span.file not in wrong)


def _tables(program: Program, folder: Path) -> tuple[Tables, Diagnostics]:
    """Each delivered file's table, by its name as the contract has it."""
    tables: Tables = {}
    diagnostics: Diagnostics = ()
    for name in _names(program):
        table, found = _table(program, folder, name)
        diagnostics += found
        if table is not None:
            tables[name] = table
    return tables, diagnostics


def _names(program: Program) -> tuple[str, ...]:
    """The files that may be delivered, each once."""
    return tuple(dict.fromkeys((*(file.file for file in program.files), FIGURES_FILE)))


def _table(program: Program, folder: Path, name: str) -> tuple[Table | None, Diagnostics]:
    if outside := _outside(name):
        return None, outside
    if not is_there(folder / name):
        return None, _not_delivered(program, folder, name)
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


def _not_delivered(program: Program, folder: Path, name: str, more: str = "", given: frozenset[str] = frozenset()) -> Diagnostics:
    """A warning that names what rests on the file; nothing where the contract does not need it. An error where a file stands there
    under nearly the same name: rules for missing figures would otherwise settle as if nobody had delivered it.
    """
    rests = more + _resting(program, name, given)
    if name == FIGURES_FILE and not rests:
        return ()
    of_examples = (given.file for example in program.examples for given in example.rows if isinstance(given, GivenFile))
    ours = {*_names(program), *(rows.file for rows in program.row_files), *of_examples, RECORD_FILE}
    others = sorted(path.name for path in folder.iterdir() if path.suffix.casefold() == ".csv" and path.name not in ours)
    if misnamed := same_but_for_spelling(name, others):
        message = f"{name} is not in the folder, but {misnamed} is. If that is it, rename it {name}; if not, take it out. {UNSETTLED}"
        return (Diagnostic("D013", message, Span(name, 0, 0)),)
    near = nearest(name, others)
    meant = f" The folder has {near}: if that is it, rename it." if near else ""
    code = "D012" if program.flows and "clause " not in rests else "D010"
    return (Diagnostic(code, f"{name} is not delivered: there is no such file in the folder.{meant}{rests}", Span(name, 0, 0)),)


def _nothing_in(program: Program, name: str) -> Diagnostic:
    message = f"{name} has no rows: it counts as delivered, with nothing in it.{_resting(program, name)}"
    return Diagnostic("D004", message, Span(name, 0, 0))


def _resting(program: Program, name: str, given: frozenset[str] = frozenset()) -> str:
    """What is not reported without the file, as a sentence; empty where nothing rests on it, or all of it is given in another way."""
    return _resting_on(program, frozenset(key for key in keys_fed(program, name) if program.inputs[key].name not in given))


def _resting_on(program: Program, keys: frozenset[str]) -> str:
    names = resting_on(program, keys)
    return f" Not reported, or resting on what is not: {listed(names)}." if names else ""


def _members(program: Program, tables: Mapping[str, Table], folder: Path) -> Members:
    """All axes with their members, those of open classes as the files name them."""
    return {
        name: with_found(axis, _named(program, name, tables, folder)) if axis.open else axis.members for name, axis in program.axes.items()
    }


def _named(program: Program, axis: str, tables: Mapping[str, Table], folder: Path) -> Iterator[str]:
    """The cells that name members of an open axis."""
    for rows in _delivered_rows(program, folder):
        if any(column.axis == axis for column in rows.columns):
            yield from named_in(program, rows, folder / rows.file, axis)
    for file in program.files:
        if file.file in tables:
            yield from _cells_under(tables[file.file], (key.heading for key in file.keys if key.axis == axis))
    if FIGURES_FILE in tables:
        yield from _cells_in_figures(program, axis, tables[FIGURES_FILE])


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
