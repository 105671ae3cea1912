"""`figures.csv`: measures whose figures arrive worked out, a row for each figure, in a file that every contract may have.

Headings, in any order: `measure`, `party`, `member`, `period`, `numerator`, `denominator`, `value`; a column may also carry the name of
a list or class (`Domain`). A row gives a numerator and a denominator, or a value, or `not reported`, `unfit` or `too small` as its value.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from vbclang.core.declared import BlankRule, WorkedOutFigure
from vbclang.core.nodes import State
from vbclang.core.program import Program
from vbclang.data.cells import Cell, Expected, reader
from vbclang.data.columns import column_at
from vbclang.data.facts import InputColumn
from vbclang.data.faults import Fault
from vbclang.data.figure_keys import Headings, Subject, headings_of, placed_figures
from vbclang.data.figure_parts import Bounds, Parts, combined
from vbclang.data.hints import column_hint
from vbclang.data.keyed import Members, category_places, read_all
from vbclang.data.keys import Placed, Row, once_each, too_many
from vbclang.data.scale import read_as_fractions
from vbclang.data.tables import Table
from vbclang.data.tally import Tally, in_column
from vbclang.data.wording import listed, nearest
from vbclang.source import Diagnostics
from vbclang.types.kinds import Quantity

FIGURES_FILE = "figures.csv"
"""The name of the file, in the folder of the data."""

_STATES = {state.words: state for state in State if state is not State.VALUE and not state.is_unruled}


@frozen(eq=False)
class _Reading:
    program: Program
    members: Members
    headings: Headings
    tally: Tally


def figure_columns(program: Program, members: Members, table: Table, show_values: bool) -> tuple[dict[str, InputColumn], Diagnostics]:
    """The columns that the table feeds, by input key, and what does not fit the contract's measures."""
    headings, diagnostics = headings_of(table, program)
    reading = _Reading(program, members, headings, Tally(table.file, show_values, len(table.rows)))
    measures = {figure.name: figure for figure in program.worked_out}
    columns: dict[str, InputColumn] = {}
    for name, rows in _by_measure(reading, table, measures).items():
        fed, twice = _measure(reading, measures[name], rows)
        columns.update(fed)
        diagnostics += twice
    return columns, diagnostics + reading.tally.diagnostics()


def _by_measure(reading: _Reading, table: Table, names: Iterable[str]) -> dict[str, list[Row]]:
    at = reading.headings.at("measure")
    rows: dict[str, list[Row]] = {name: [] for name in names}
    made = {figure.name for figure in reading.program.figures.values() if figure.what == "measure"}
    if at is None:
        return {}
    for number, cells in table.rows:
        name = " ".join(cells[at].split())
        if name in rows:
            rows[name].append((number, cells))
        elif name in made:
            reading.tally.add(f"“{name}”", Fault.WORKED_OUT, number)
        else:
            fault = Fault.UNKNOWN_MEASURE if name else Fault.BLANK_KEY
            reading.tally.add(in_column("measure"), fault, number, name, _measure_hint(name, rows))
    return {name: found for name, found in rows.items() if found}


def _measure_hint(name: str, known: Iterable[str]) -> str:
    near = nearest(name, known) if name else None
    return f"Is “{near}” meant?" if near else f"The contract's are: {listed(known)}."


def _measure(reading: _Reading, figure: WorkedOutFigure, rows: list[Row]) -> tuple[dict[str, InputColumn], Diagnostics]:
    subject = Subject.of(reading.program, reading.members, figure)
    if unusable := too_many(subject.shape, reading.tally.file, subject.about, figure.name):
        return {}, unusable
    placed = placed_figures(subject, reading.headings, rows, reading.tally)
    placed, twice = once_each(placed, reading.tally.file, subject.about, figure.name)
    parts = _parts(reading, figure, placed)
    good = [(row.place, part) for row, part in zip(placed, parts, strict=True) if part is not None]
    fed = {
        key: column_at(subject.axes, subject.grain, subject.shape, [(place, part[n]) for place, part in good], subject.before)
        for n, key in enumerate((figure.numerator, figure.denominator, figure.value))
        if key is not None
    }
    return fed, twice


def _parts(reading: _Reading, figure: WorkedOutFigure, rows: list[Placed]) -> list[Parts | None]:
    """Numerator, denominator and value of each row; None where they make no figure."""
    cells = zip(
        _cells(reading, figure, "numerator", figure.numerator, rows),
        _cells(reading, figure, "denominator", figure.denominator, rows),
        _cells(reading, figure, "value", figure.value, rows),
        strict=True,
    )
    bounds = _ratio_bounds(_expected(reading, figure.value))
    shown = figure.denominator not in reading.program.unshown
    return [_counted(reading.tally, figure.name, row, combined(given, bounds), shown) for row, given in zip(rows, cells, strict=True)]


def _ratio_bounds(expected: Expected) -> Bounds:
    """The bounds of numerator over denominator: of a rate per 1,000, those of its figure over 1,000."""
    low, high = expected.bounds
    per = (expected.kind.per or 1) if isinstance(expected.kind, Quantity) else 1
    return None if low is None else low / per, None if high is None else high / per


def _counted(tally: Tally, name: str, row: Placed, parts: Parts | Fault | None, shown: bool) -> Parts | None:
    """The parts without a fault. That a denominator is 0 is told where small counts are ``shown``."""
    if isinstance(parts, Fault):
        tally.add(name, parts, row.row)
        return None
    if shown and parts is not None and isinstance(parts[1], tuple) and not parts[1][0]:
        tally.add(_part_of("denominator", name), Fault.DENOMINATOR_ZERO, row.row)
    return parts


def _cells(reading: _Reading, figure: WorkedOutFigure, part: str, key: str | None, rows: list[Placed]) -> list[Cell | None]:
    """What each row's cell says, None where it is empty. Faults are counted."""
    at = reading.headings.at(part)
    texts = [row.cells[at].strip() if at is not None else "" for row in rows]
    if key is None:
        return [Fault.FRACTION_UNWANTED if text else None for text in texts]
    expected = _expected(reading, key)
    cells: list[Cell | None] = [
        _STATES.get(text.casefold(), cell) if part == "value" else cell
        for text, cell in zip(texts, read_all(texts, reader(expected)), strict=True)
    ]
    for n, cell in enumerate(cells):
        if not texts[n]:
            cells[n] = None
        elif isinstance(cell, Fault):
            reading.tally.add(_part_of(part, figure.name), cell, rows[n].row, texts[n], column_hint(cell, expected))
    if part == "value":
        given = [(row.row, text) for row, text in zip(rows, texts, strict=True)]
        read_as_fractions(reading.tally, _part_of(part, figure.name), Fault.FRACTION_VALUES, expected, given)
    return cells


def _part_of(part: str, measure: str) -> str:
    return f"{part} of “{measure}”"


def _expected(reading: _Reading, key: str) -> Expected:
    declaration = reading.program.inputs[key]
    kind = declaration.type.kind
    places = category_places(kind, reading.members)
    return Expected(kind, blank=BlankRule("missing"), lowest=declaration.lowest, highest=declaration.highest, places=places)
