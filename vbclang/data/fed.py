"""Which inputs a file feeds."""

from __future__ import annotations

from vbclang.core.declared import WorkedOutFigure
from vbclang.core.program import Program
from vbclang.data.figures import FIGURES_FILE


def only_worked_out(program: Program) -> tuple[WorkedOutFigure, ...]:
    """The measures that may arrive worked out and that no rows are counted for."""
    counted = {program.inputs[tally.key].name for tally in program.tallies}
    return tuple(figure for figure in program.worked_out if figure.name not in counted)


def file_of_each(program: Program) -> dict[str, str]:
    """The file of each of the contract's data, by the name of the data."""
    return {keyed.name: keyed.file for keyed in program.files} | {rows.name: rows.file for rows in program.row_files}


def delivered(program: Program) -> dict[str, str]:
    """What may be delivered, by name, each with the file in which it stands: the contract's data, and the measures that may arrive worked
    out, of which each has deliveries of its own.
    """
    return {**{figure.name: FIGURES_FILE for figure in program.worked_out}, **file_of_each(program)}


def keys_of(program: Program, name: str) -> frozenset[str]:
    """The input keys that a delivery of this name feeds."""
    files = file_of_each(program)
    if name in files:
        return keys_fed(program, files[name])
    of_it = (figure for figure in program.worked_out if figure.name == name)
    return frozenset(key for figure in of_it for key in figure.keys)


def keys_fed(program: Program, name: str) -> frozenset[str]:
    """The input keys that a file feeds, alone or with the one that says whose its rows are; of figures that may arrive worked out or in
    rows, those that nothing else feeds.
    """
    if name == FIGURES_FILE:
        return frozenset(key for figure in only_worked_out(program) for key in figure.keys)
    if any(rows.file == name for rows in program.row_files):
        names = {rows.name for rows in program.row_files if rows.file == name}
        decided = {rows.name for rows in program.row_files if rows.attribution is not None and rows.attribution.by in names}
        with_it = {tally.key for tally in program.tallies if tally.rows in decided and tally.aggregate != "completeness"}
        return frozenset(tally.key for tally in program.tallies if tally.rows in names) | with_it
    columns = (column for file in program.files if file.file == name for column in (*file.columns, *(wide.column for wide in file.wide)))
    return frozenset(column.key for column in columns if column.key is not None)
