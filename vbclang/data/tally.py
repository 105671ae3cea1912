"""Faults gathered while a file is read, and the diagnostics they make: one for each column and fault, with a count and the first rows.

A tally lives only while one file is read. It keeps cells only so that they can be shown where the reader asked for it.
"""

from __future__ import annotations

from attrs import define, field, frozen

from vbclang.data.faults import WORDINGS, Fault
from vbclang.data.wording import UNSETTLED, listed, rows_words
from vbclang.source import CODES, Diagnostic, Diagnostics, Severity, Span

FIRST = 5
"""So many rows are named; the others are counted."""


def in_column(heading: str) -> str:
    """A column, as a place in a message."""
    return f"column “{heading}”"


def _left_out(count: int) -> str:
    return "The row is not used." if count == 1 else "The rows are not used."


@define
class _Places:
    hint: str
    count: int = 0
    rows: list[int] = field(factory=list)
    cells: list[str] = field(factory=list)


@frozen(eq=False)
class Tally:
    """What was wrong in one file of ``rows`` rows, by column and fault. ``show_values``: the first cells at fault stand in messages."""

    file: str
    show_values: bool
    rows: int
    _places: dict[tuple[str, Fault], _Places] = field(factory=dict, init=False)

    def add(self, where: str, fault: Fault, row: int, cell: str = "", hint: str = "", count: int = 1) -> None:
        """One more, or ``count`` of which ``row`` is the first. ``where``: the column, in words (see `in_column`). ``row`` as a
        spreadsheet numbers it: the headings are row 1. ``hint`` says what may stand there, never what does.
        """
        places = self._places.get((where, fault))
        if places is None:
            places = self._places[where, fault] = _Places(hint)
        places.count += count
        if len(places.rows) < FIRST:
            places.rows.append(row)
            places.cells.append(cell)

    def diagnostics(self) -> Diagnostics:
        """All of them, in the order in which they were first met."""
        return tuple(self._diagnostic(where, fault, places) for (where, fault), places in self._places.items())

    def _diagnostic(self, where: str, fault: Fault, places: _Places) -> Diagnostic:
        wording = WORDINGS[fault]
        at = f"{self.file}, {where}, {rows_words(places.rows, places.count)}"
        error = CODES[wording.code].severity is Severity.ERROR
        throughout = self._throughout(places) if error else ""
        then = UNSETTLED if error else _left_out(places.count) if wording.left_out else ""
        sentences = (f"{at}: {wording.what}.", places.hint, wording.instead, throughout, then, self._shown(places))
        return Diagnostic(wording.code, " ".join(s for s in sentences if s), Span(self.file, 0, 0))

    def _throughout(self, places: _Places) -> str:
        every = places.count == self.rows > 2
        return "It is so in every row: do the headings stand over the right columns?" if every else ""

    def _shown(self, places: _Places) -> str:
        cells = [f"“{cell}”" for cell in places.cells if cell.strip()]
        if not self.show_values or not cells:
            return ""
        return f"Written there: {listed(cells, 'and')}."
