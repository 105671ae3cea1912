"""Small programs and folders for the tests of the data room."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

from vbclang.calendar.grid import Grid
from vbclang.core.declared import (
    BlankRule,
    CodeRule,
    ColumnDeclaration,
    InputDeclaration,
    KeyColumn,
    KeyedFile,
    WideColumns,
    WorkedOutFigure,
)
from vbclang.core.nodes import State
from vbclang.core.program import Axis, Member, Program
from vbclang.data.facts import Facts
from vbclang.data.load import load
from vbclang.source import NOWHERE, Diagnostics
from vbclang.types.kinds import WHOLE, Grain, Kind, Type

GRID = Grid(date(2026, 4, 1), date(2028, 4, 1), 4)
NEVER, MISSING = BlankRule("never"), BlankRule("missing")
DOMAIN = Axis("Domain", (Member("Safety", ("SAF", "01")), Member("Outcomes", ("OUT", "02"))))
HOSPITAL = Axis("Hospital", (Member("North", ("010001",)), Member("South", ("010002",)), Member("East", ("010003",))))
PRACTICE = Axis("Practice", (), open=True)
PROVIDERS = Axis("Providers", (Member("Lead Provider"), Member("Charity Provider")))


def column(
    heading: str,
    kind: Kind,
    *,
    key: str | None = "",
    fraction: bool = False,
    blank: BlankRule = NEVER,
    codes: Mapping[str, Fraction | None] | None = None,
) -> ColumnDeclaration:
    """A column that feeds the input named as its heading, unless ``key`` says otherwise."""
    rules = tuple(CodeRule(code, value) for code, value in (codes or {}).items())
    return ColumnDeclaration(heading if key == "" else key, heading, heading, kind, fraction, blank, rules, NOWHERE)


def keyed(
    *columns: ColumnDeclaration,
    keys: Mapping[str, str | None] | None = None,
    grain: Grain = Grain.TERM,
    wide: tuple[WideColumns, ...] = (),
    file: str = "scores.csv",
) -> KeyedFile:
    """A file whose key columns are heading -> axis (None: the period)."""
    named = {"hospital": "Hospital"} if keys is None else keys
    key_columns = tuple(KeyColumn(axis, heading, heading, NOWHERE) for heading, axis in named.items())
    return KeyedFile(file.removesuffix(".csv").capitalize(), file, key_columns, grain, columns, wide, NOWHERE)


def program(
    *files: KeyedFile,
    worked_out: tuple[WorkedOutFigure, ...] = (),
    inputs: Mapping[str, InputDeclaration] | None = None,
    grid: Grid = GRID,
    bounds: Mapping[str, tuple[Fraction | None, Fraction | None]] | None = None,
) -> Program:
    """A program that has nothing but what arrives; the inputs of files are declared from their columns."""
    declared = dict(inputs or {})
    for file in files:
        own = frozenset(key.axis for key in file.keys if key.axis is not None)
        feeding = [(c, own) for c in file.columns] + [(w.column, own | {w.axis}) for w in file.wide]
        for c, its_axes in feeding:
            if c.key is not None:
                low, high = (bounds or {}).get(c.key, (None, None))
                declared[c.key] = InputDeclaration(c.key, c.name, Type(c.kind, file.grain, its_axes), low, high, NOWHERE)
    axes = {axis.name: axis for axis in (DOMAIN, HOSPITAL, PRACTICE, PROVIDERS)}
    parties = {"Lead Provider": "Northshire Hospitals", "Charity Provider": "Age Well"}
    return Program("Test", grid, "GBP", axes, declared, files, worked_out, {}, {}, parties)


def worked_out(name: str, kind: Kind, grain: Grain, *axes: str, ratio: bool = True) -> tuple[WorkedOutFigure, dict[str, InputDeclaration]]:
    """A measure that arrives worked out, with the inputs that it feeds."""
    parts = {"value": kind, "numerator": WHOLE, "denominator": WHOLE} if ratio else {"value": kind}
    inputs = {
        f"{name} {part}": InputDeclaration(f"{name} {part}", name, Type(its, grain, frozenset(axes)), None, None, NOWHERE)
        for part, its in parts.items()
    }
    numerator, denominator = (f"{name} numerator", f"{name} denominator") if ratio else (None, None)
    return WorkedOutFigure(name, f"{name} value", numerator, denominator, NOWHERE), inputs


def with_measures(*measures: tuple[WorkedOutFigure, dict[str, InputDeclaration]]) -> Program:
    """A program whose measures arrive in figures.csv."""
    inputs = {key: declaration for _, declared in measures for key, declaration in declared.items()}
    return program(worked_out=tuple(figure for figure, _ in measures), inputs=inputs)


def loaded(its_program: Program, folder: Path, files: Mapping[str, str | bytes], show_values: bool = False) -> tuple[Facts, Diagnostics]:
    """The facts of a folder with these files."""
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return load(its_program, folder, show_values=show_values)


def cells(facts: Facts, key: str) -> dict[tuple[int, ...], Fraction | State]:
    """All cells of a column that are not `not reported`."""
    column = facts.inputs[key]
    found: dict[tuple[int, ...], Fraction | State] = {}
    for place in zip(*(axis.tolist() for axis in (column.states != State.NOT_REPORTED).nonzero()), strict=True):
        state = State(int(column.states[place]))
        found[place] = Fraction(int(column.numerators[place]), column.denominator) if state is State.VALUE else state
    return found


def said(diagnostics: Diagnostics) -> list[str]:
    """Code and message of each."""
    return [f"{d.code} {d.message}" for d in diagnostics]
