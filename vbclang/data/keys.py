"""Which place a row is about: its period and members, as one index into the flattened array."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod

from attrs import frozen

from vbclang.data.faults import Fault
from vbclang.data.tally import Tally, in_column
from vbclang.data.wording import UNSETTLED, listed
from vbclang.source import Diagnostic, Diagnostics, Span

MOST_PLACES = 50_000_000
"""So many figures of one name are held: a thousand practices, a thousand measures and 50 periods."""

Row = tuple[int, tuple[str, ...]]
"""The number of a row, and its cells."""


@frozen(eq=False)
class Key:
    """One part of a place: the column ``at``, how its cell is read, and how far a step in it moves the index.

    ``hint`` says what may stand there; it is given the cell, but never shows it.
    """

    heading: str
    at: int
    read: Callable[[str], int | Fault]
    step: int
    hint: Callable[[Fault, str], str]


@frozen
class Placed:
    """A row that is about a known place."""

    row: int
    cells: tuple[str, ...]
    place: int


def placed_rows(rows: Sequence[Row], keys: Sequence[Key], tally: Tally) -> list[Placed]:
    """The rows whose keys can all be read; of each other row the first fault is counted."""
    placed = [Placed(number, cells, _place(number, cells, keys, tally)) for number, cells in rows]
    return [row for row in placed if row.place >= 0]


def _place(number: int, cells: tuple[str, ...], keys: Sequence[Key], tally: Tally) -> int:
    """The index, or -1 where a key has a fault."""
    place = 0
    for key in keys:
        cell = cells[key.at].strip()
        found = key.read(cell) if cell else Fault.BLANK_KEY
        if isinstance(found, Fault):
            tally.add(in_column(key.heading), found, number, cell, key.hint(found, cell))
            return -1
        place += found * key.step
    return place


def too_many(shape: Sequence[int], file: str, about: str, of: str = "") -> Diagnostics:
    """An error where a figure for each place would fill the computer: as a rule, a column of row numbers was taken for one of names."""
    if prod(shape) <= MOST_PLACES:
        return ()
    where = f"{file}, {of}" if of else file
    message = (
        f"{where}: a figure for each {about} would be {prod(shape):,} figures, more than can be held. "
        f"Do the columns really name these, and not the rows? {UNSETTLED}"
    )
    return (Diagnostic("D011", message, Span(file, 0, 0)),)


def once_each(rows: Sequence[Placed], file: str, about: str, of: str = "") -> tuple[list[Placed], Diagnostics]:
    """The rows that are alone at their place, and an error that names the others: of two figures for one place none is preferred.

    ``about``: what makes a place, in words: `Hospital and month`. ``of``: the measure, where the file holds several.
    """
    groups: dict[int, list[int]] = {}
    for row in rows:
        groups.setdefault(row.place, []).append(row.row)
    repeated = [numbers for numbers in groups.values() if len(numbers) > 1]
    if not repeated:
        return list(rows), ()
    sets = listed((f"rows {listed(map(str, numbers))}" for numbers in repeated), "and", 5)
    where = f"{file}, {of}, {sets}" if of else f"{file}, {sets}"
    message = f"{where}: more than one row about the same {about}. It is not known which holds: keep one. {UNSETTLED}"
    return [row for row in rows if len(groups[row.place]) == 1], (Diagnostic("D031", message, Span(file, 0, 0)),)
