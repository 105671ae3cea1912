"""CSV text -> a table of text cells. What a cell means is not decided here.

Rows are numbered as a spreadsheet numbers them: the headings are row 1. Empty rows count, but are left out.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from attrs import frozen

from vbclang.data.files import read_delivered
from vbclang.data.wording import UNSETTLED, listed, rows_words
from vbclang.source import Diagnostic, Diagnostics, Span

_DATA = re.compile(r"[+-]?[£$€]?\d[\d.,/-]*%?|Q[1-4] \d{4}(?:/\d\d)?")


@frozen(eq=False)
class Table:
    """Headings, and rows with their numbers; each row has as many cells as there are headings. Cells are as in the file."""

    file: str
    headings: tuple[str, ...]
    rows: list[tuple[int, tuple[str, ...]]]

    def place(self, heading: str) -> int | None:
        """The place of the column with this heading; None where there is none, or more than one."""
        return self.headings.index(heading) if self.headings.count(heading) == 1 else None

    @property
    def found(self) -> str:
        """The headings, as a sentence of a message."""
        return f"Found there: {listed((f'“{heading}”' for heading in self.headings if heading), most=40)}."

    @property
    def repeated(self) -> tuple[str, ...]:
        """Headings that stand over more than one column."""
        return tuple(heading for heading, count in Counter(self.headings).items() if count > 1 and heading)


def read_table(path: Path, named: str) -> tuple[Table | None, Diagnostics]:
    """The table in the file at ``path``, called ``named`` in messages.

    None, with one error, where the file holds no table at all. A row with more or fewer cells than there are headings is left out
    and reported. A file without anything in it is a table without headings or rows: a delivery of nothing.
    """
    text, diagnostics = read_delivered(path, named)
    return (None, diagnostics) if text is None else table_of(text, named)


def table_of(text: str, named: str) -> tuple[Table | None, Diagnostics]:
    """The same for a text that has been read."""
    records: list[list[str]] = []
    try:
        records.extend(csv.reader(io.StringIO(text), strict=True))
    except csv.Error:
        return None, (_unclosed(named, len(records) + 1),)
    start = next((n for n, record in enumerate(records) if _filled(record)), None)
    if start is None:
        return Table(named, (), []), ()
    headings = tuple(heading.strip() for heading in records[start])
    if wrong := _other_separator(headings, named):
        return None, (wrong,)
    return _with_rows(headings, records, start, named)


def _with_rows(headings: tuple[str, ...], records: list[list[str]], start: int, named: str) -> tuple[Table, Diagnostics]:
    width = len(headings)
    rows: list[tuple[int, tuple[str, ...]]] = []
    ragged: list[int] = []
    for number, record in enumerate(records[start + 1 :], start + 2):
        if len(record) == width and _filled(record):
            rows.append((number, tuple(record)))
        elif _filled(record):
            ragged.append(number)
    return Table(named, headings, rows), ((_ragged(named, ragged, width),) if ragged else ())


def _filled(record: list[str]) -> bool:
    return any(cell and not cell.isspace() for cell in record)


def _other_separator(headings: tuple[str, ...], named: str) -> Diagnostic | None:
    if len(headings) > 1:
        return None
    for separator, called in ((";", "semicolons"), ("\t", "tabs"), ("|", "upright strokes")):
        if separator in headings[0]:
            message = f"The columns of {named} are separated by {called}, not by commas. Save it as “CSV UTF-8 (comma delimited)”."
            return Diagnostic("D005", message, Span(named, 0, 0))
    return None


def _unclosed(named: str, row: int) -> Diagnostic:
    message = (
        f"{named} cannot be divided into cells: from row {row} on there is a quotation mark that is not closed, or text after a "
        "closing one. A quotation mark inside a cell is written twice."
    )
    return Diagnostic("D005", message, Span(named, 0, 0))


def _ragged(named: str, rows: list[int], width: int) -> Diagnostic:
    message = (
        f"{named}, {rows_words(rows[:5], len(rows))}: more or fewer cells than the {width} headings, empty ones counted. A cell with a "
        f"comma in it, such as 1,234, stands in quotation marks; decimals follow a point. {UNSETTLED}"
    )
    return Diagnostic("D006", message, Span(named, 0, 0))


def without_headings(table: Table, wanted: Iterable[str]) -> Diagnostics:
    """An error where the first row holds data and not headings: none of ``wanted`` is there, and a cell of it is a figure or period."""
    headings = tuple(wanted)
    if any(heading in table.headings for heading in headings) or not any(_DATA.fullmatch(cell) for cell in table.headings):
        return ()
    message = f"{table.file} has no headings: its first row holds data. Put this row above it: `{','.join(headings)}`. {UNSETTLED}"
    return (Diagnostic("D007", message, Span(table.file, 0, 0)),)


def duplicate_headings(table: Table, wanted: frozenset[str]) -> Diagnostics:
    """An error for the headings among ``wanted`` that stand over more than one column: it is then not known which is meant."""
    repeated = [f"“{heading}”" for heading in table.repeated if heading in wanted]
    if not repeated:
        return ()
    message = f"{table.file} has more than one column with the heading {listed(repeated)}. Delete or rename all but one. {UNSETTLED}"
    return (Diagnostic("D008", message, Span(table.file, 0, 0)),)
