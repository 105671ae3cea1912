"""Rows that a worked example gives, in lines or in a file beside the contract: held to their data, to be counted as delivered rows are.

A row lies in the example's period and is about its member where it does not say otherwise, and is a thing of its own: its day, its member
and what identifies it need not be said. Any other column that is not said is blank.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

from vbclang.core.declared import RowColumn, RowFile
from vbclang.core.elaborate import files, given_whose, named
from vbclang.core.elaborate.given import Givens, Setting
from vbclang.core.elaborate.given_cells import Cell, cell, samples
from vbclang.core.elaborate.given_days import dating, own_day, within_term
from vbclang.core.elaborate.given_line import RowsLine
from vbclang.core.elaborate.workbench import Refusal, Workbench, refuse
from vbclang.core.examples import GivenFile, GivenRows
from vbclang.source import Label, Reading
from vbclang.source.alike import alike
from vbclang.syntax import tree
from vbclang.types.kinds import CURRENCIES, Quantity, Words

MOST_ROWS = 1_000_000
"""So many rows one example gives at most: they are made one by one, to be counted."""


def given_rows(w: Workbench, line: tree.GivenRows, givens: Givens) -> None:
    """``given 4 rows of DATA with …`` and ``given rows of DATA from "file.csv"``."""
    data = _data(w, line, givens.setting)
    rows = w.row_files.get(data.name.text)
    if rows is None:
        raise Refusal(None)  # its columns have been refused
    tallies = w.tallies_of(rows.name)
    decides = given_whose.decided_by(w, rows.name)
    if not tallies and not decides and w.broken:
        raise Refusal(None)  # what would count them has been refused
    if not tallies and not decides:
        why = f"No measure counts the rows of `{rows.name}`, so these would count for nothing."
        raise w.once(f"rows of {rows.name} counted", "W006", why, line.span)
    if line.file is not None:
        _file(rows, line, line.file, givens)
        return
    here = RowsLine(w, line, rows, tallies, decides, givens.setting)
    _number(here, givens)
    cells = _cells(here, data)
    apart = _apart(here, cells)
    _all_noted(
        here,
        lambda: _never_blank(here, cells, apart),
        lambda: given_whose.said(here, cells, apart),
        lambda: _dated(here, cells),
        lambda: _identified(here, cells, givens),
    )
    within_term(here, cells)
    said = tuple((column.name, cells[column.name]) for column in rows.columns if column.name in cells)
    givens.rows.append(GivenRows(rows.name, here.count, said, apart, line.span))


def not_both(w: Workbench, givens: Givens) -> None:
    """Report measures whose figure is given although the rows are from which it is counted: the two could differ."""
    counted = {w.inputs[tally.key].name: given for given in givens.rows for tally in w.tallies_of(given.rows)}
    for name, span in givens.figures:
        if name in counted:
            given = counted[name]
            why = f"`{name}` is given as a figure, and rows of `{given.rows}`, from which it is counted, are given too. Keep one of them."
            w.note(refuse("W002", why, span, labels=(Label(given.span, "the rows"),)))


def _all_noted(here: RowsLine, *checks: Callable[[], None]) -> None:
    """Make all the checks, so that all that the line lacks is told in one run."""
    fine = True
    for check in checks:
        try:
            check()
        except Refusal as refusal:
            here.w.note(refusal)
            fine = False
    if not fine:
        raise Refusal(None)


# -- the data ----------------------------------------------------------------------------------------------------------


def _data(w: Workbench, line: tree.GivenRows, setting: Setting) -> tree.Data:
    """The data that the rows are of; refused where they are not data in rows."""
    declared = w.scope.names.get(line.data.text)
    if isinstance(declared, tree.Term) and isinstance(declared.definition, tree.RowsOf):
        whole = named.data(w, declared.definition.data).name.text
        why = f"`{line.data.text}` are some of the rows of `{whole}`. Give rows of `{whole}`: the contract itself picks them out."
        raise refuse("N007", why, line.data.span, Reading("", whole, line.data.span))
    if not isinstance(declared, tree.Data):
        raise _no_data(w, line)
    if files.is_keyed(declared):
        raise _keyed(w, line, declared, setting)
    return declared


def _no_data(w: Workbench, line: tree.GivenRows) -> Refusal:
    name = line.data
    if name.text in w.scope.unreadable:
        return Refusal(None)
    near = alike(name.text, w.row_files, 60) or tuple(w.row_files)[:3]
    code, what = ("N007", "is not data") if name.text in w.scope.names else ("N005", "is no data of this contract")
    readings = (Reading("", other, name.span) for other in near)
    return w.once(f"undefined {name.text}", code, f"`{name.text}` {what}, so it has no rows.", name.span, *readings)


def _keyed(w: Workbench, line: tree.GivenRows, data: tree.Data, setting: Setting) -> Refusal:
    """Data that are not in rows: their figures are given, each by its name."""
    columns = (each for each in data.lines if isinstance(each, tree.ColumnLine | tree.ColumnsForEachLine))
    called = (option.name.text for each in columns if (option := files.option(each, tree.Called)) is not None)
    found = [w.figures[name] for name in called if name in w.figures][:3]
    readings = []
    for each in found:
        axes = [w.axes[axis] for axis in sorted(each.type.axes) if not w.axes[axis].open]
        whom = "".join(f" for {axis.members[0].name}" for axis in axes if axis.members)
        readings.append(Reading("", f"given {each.name}{whom} is {samples(w, each.type.kind, setting)[0]}", line.span))
    why = f"`{data.name.text}` does not have rows that are counted: each of its rows has figures with names of their own. Give those."
    return refuse("N007", why, line.span, *readings)


def _file(rows: RowFile, line: tree.GivenRows, file: tree.Quoted, givens: Givens) -> None:
    for before in givens.rows:
        if isinstance(before, GivenFile) and before.rows == rows.name and PurePosixPath(before.file) == PurePosixPath(file.text):
            why = f"The rows of {file.text} are given twice, so that each would count twice. Keep one of the two lines."
            raise refuse("W002", why, line.span, labels=(Label(before.span, "given here first"),))
    givens.rows.append(GivenFile(rows.name, file.text, file.span))


# -- how many ----------------------------------------------------------------------------------------------------------


def _number(here: RowsLine, givens: Givens) -> None:
    if here.count == 0 and here.only_decides:
        raise refuse("W006", "No rows are given, which decides nothing. Leave the line out.", here.line.span)
    if here.count == 0:
        why = "No rows are given, which says nothing of a period. If nothing is counted, give that as the measure's figure."
        raise refuse("W006", why, here.line.span, Reading("", _nothing_counted(here), here.line.span))
    before = sum(given.count for given in givens.rows if isinstance(given, GivenRows))
    if before + here.count > MOST_ROWS:
        why = f"An example gives at most {MOST_ROWS:,} rows. Give what is counted from more of them as the measure's figure."
        raise refuse("W006", why, here.line.span)


def _nothing_counted(here: RowsLine) -> str:
    """The first measure's figure where it has no rows."""
    name = here.measure(here.tallies[0])
    own = [tally for tally in here.tallies if here.measure(tally) == name]
    if (figure := here.w.worked_out.get(name)) is not None and figure.numerator:
        return f"given {name} is 0 of 0"
    if len(own) > 1 or own[0].aggregate not in ("count", "total"):
        return f"given {name} is too small"
    kind = here.w.inputs[own[0].key].type.kind
    currency = kind.currency if isinstance(kind, Quantity) else None
    return f"given {name} is {CURRENCIES[currency][0] if currency else ''}0"


# -- cells -------------------------------------------------------------------------------------------------------------


def _cells(here: RowsLine, data: tree.Data) -> dict[str, Cell]:
    """The cell of each column that is said."""
    said: dict[str, tree.Assignment] = {}
    cells: dict[str, Cell] = {}

    def read(each: tree.Assignment) -> None:
        name = _column(here, data, each)
        if name in said:
            raise _twice(here, said[name], each)
        said[name] = each
        cells[name] = _cell(here, next(column for column in here.rows.columns if column.name == name), each)

    _all_noted(here, *(lambda each=each: read(each) for each in here.line.values))
    return cells


def _column(here: RowsLine, data: tree.Data, each: tree.Assignment) -> str:
    try:
        return files.column_of(data, each.column).column.text
    except Refusal as refusal:
        found = refusal.finding
        if found is None or found.readings:
            raise
        others = [other for other in here.line.values if other is not each]
        raise refuse(found.code, found.message, found.span, here.anew(others, words="without it")) from None


def _twice(here: RowsLine, first: tree.Assignment, again: tree.Assignment) -> Refusal:
    why = f"`{again.column.text}` is said twice of the same rows, so one of the two would not count. Keep one of them."
    ways = (here.anew([each for each in here.line.values if each is not other]) for other in (again, first))
    return refuse("W002", why, again.span, *ways, labels=(Label(first.span, "said here first"),))


def _cell(here: RowsLine, column: RowColumn, each: tree.Assignment) -> Cell:
    if isinstance(each.value, tree.NoneStated):
        currency = column.kind.currency if isinstance(column.kind, Quantity) else None
        nought = [here.with_cells([f"{column.name} {CURRENCIES[currency][0]}0"], "if it is an amount")] if currency else []
        blank = here.anew([other for other in here.line.values if other is not each], words="if it is blank")
        raise refuse(
            "W003", f"A column that is not named is blank: to leave `{column.name}` blank, leave it out.", each.span, blank, *nought
        )
    another = here.only_decides and column.name in {attribution.to for _, attribution in here.decides}
    return cell(here.w, column, each.value, here.setting, another)


def _apart(here: RowsLine, cells: dict[str, Cell]) -> tuple[str, ...]:
    """Put in whom the rows are about, where the example says it; and the columns in which each row gets a text of its own."""
    members = dict(here.setting.members)
    for column in here.rows.columns:
        if column.axis in members and column.axis is not None:
            cells.setdefault(column.name, members[column.axis])
    own = (column for column in here.rows.columns if column.identifies and isinstance(column.kind, Words) and column.blank == "never")
    return tuple(column.name for column in own if column.name not in cells)


def _never_blank(here: RowsLine, cells: dict[str, Cell], apart: tuple[str, ...]) -> None:
    day = dating(here)
    never = [c for c in here.rows.columns if c.blank == "never" and c.name not in cells and c.name not in apart and c is not day]
    if not never:
        return
    names, them = " and ".join(f"`{column.name}`" for column in never), "it" if len(never) == 1 else "them"
    why = f"{names} {'is' if len(never) == 1 else 'are'} never blank: a row without {them} is rejected, and no measure counts it."
    raise refuse("W006", why, here.line.span, *here.saying(never))


def _dated(here: RowsLine, cells: dict[str, Cell]) -> None:
    day = dating(here)
    if day is not None and day.name not in cells:
        cells[day.name] = own_day(here, day, cells)


def _identified(here: RowsLine, cells: dict[str, Cell], givens: Givens) -> None:
    """No two rows have the same in a column that identifies them."""
    for column in here.rows.columns:
        if not column.identifies or column.name not in cells:
            continue
        without = here.anew([each for each in here.line.values if each.column.text != column.name], words="each a row of its own")
        if here.count > 1:
            why = f"`{column.name}` identifies the row, and {here.count:,} rows would have the same in it."
            raise refuse("W003", why, here.line.span, here.anew(here.line.values, count=1), without)
        key = (here.rows.name, column.name, cells[column.name])
        if key in givens.identified:
            why = f"`{column.name}` identifies the row, and another row that is given has the same in it."
            raise refuse("W003", why, here.line.span, without, labels=(Label(givens.identified[key], "given here first"),))
        givens.identified[key] = here.line.span
