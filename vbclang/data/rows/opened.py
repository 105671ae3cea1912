"""The data engine, opened on rows: private, silent, and gone when it is closed.

Rows stand in a delivered file, or they are made of what a worked example says of them; those of several places may be taken together.

The engine opens no connection, loads no extension and leaves nothing behind: what does not fit into memory goes into a folder that only
this user can read, and that is removed. Nothing is ever handed to it as a sentence of its own language: only as expressions.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import reduce
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeAlias, assert_never

from attrs import field, frozen

from vbclang.data.files import why_not_read
from vbclang.data.rows.alike import Alike, made
from vbclang.data.tables import Table, table_of
from vbclang.source import Diagnostic, Diagnostics, Span

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection, DuckDBPyRelation, Expression

_SETTINGS: dict[str, Any] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
}
_FIRST = 1 << 16


@frozen(eq=False)
class Delivery:
    """A file of rows: its headings, and how many lines stand before its first row."""

    path: Path
    table: Table
    before: int

    @property
    def is_parquet(self) -> bool:
        """Whether it is a file of columns."""
        return self.path.suffix.casefold() == ".parquet"


@frozen(eq=False)
class Made:
    """Rows that a worked example says in lines: the headings, and the rows, those that are alike together."""

    table: Table
    alike: tuple[Alike, ...]
    before: int = 0


@frozen(eq=False)
class Together:
    """The rows of several places, as if they stood in one: the headings that are used."""

    table: Table
    places: tuple[Delivery | Made, ...]
    before: int = 0


Rows: TypeAlias = Delivery | Made | Together
"""Where rows are: their headings, and how many lines stand before the first."""


def delivery(path: Path, named: str) -> tuple[Delivery | None, Diagnostics]:
    """The file at ``path``; None, with one error, where it cannot be read or is no table."""
    if path.suffix.casefold() == ".parquet":
        return _of_columns(path, named)
    if wrong := why_not_read(path, named):
        return None, wrong
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        lines = csv.reader(file)
        headings: list[str] = []
        for record in lines:
            if any(cell.strip() for cell in record):
                headings = record
                break
        before = lines.line_num
    table, found = table_of(_as_line(headings), named)
    return (None, found) if table is None else (Delivery(path, table, before), ())


def _as_line(cells: list[str]) -> str:
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells) + "\n"


def _of_columns(path: Path, named: str) -> tuple[Delivery | None, Diagnostics]:
    import duckdb

    try:
        with duckdb.connect(config=_SETTINGS) as engine:
            headings = tuple(engine.read_parquet(str(path)).columns)
    except duckdb.Error:
        why = f"{named} cannot be read as a Parquet file. Write it anew, or deliver the rows as CSV in UTF-8."
        return None, (Diagnostic("D002", why, Span(named, 0, 0)),)
    return Delivery(path, Table(named, headings, []), 0), ()


@frozen(eq=False)
class Engine:
    """The engine while it is open. ``private``: the folder for what does not fit into memory."""

    connection: DuckDBPyConnection
    private: Path
    _numbers: Iterator[int] = field(factory=count, init=False)

    def rows(self, rows: Rows) -> DuckDBPyRelation:
        """The rows, each cell as text in a column ``c0``, ``c1``, …; an empty cell is NULL."""
        match rows:
            case Delivery():
                return self._delivered(rows)
            case Made(table=table, alike=alike):
                return made(self.connection, len(table.headings), alike)
            case Together(table=table, places=places):
                each = (_under(self.rows(place), place.table, table) for place in places)
                return reduce(lambda these, those: these.union(those), each)
            case _:
                assert_never(rows)

    def kept(self, rows: DuckDBPyRelation) -> DuckDBPyRelation:
        """The same rows, worked out once and kept until the engine is closed."""
        name = f"kept{next(self._numbers)}"
        rows.create(name)
        return self.connection.table(name)

    def _delivered(self, delivered: Delivery) -> DuckDBPyRelation:
        path = str(_plainly_named(delivered.path, self.private / f"rows{next(self._numbers)}{delivered.path.suffix}"))
        names = [f"c{place}" for place in range(len(delivered.table.headings))]
        if delivered.is_parquet:
            rows = self.connection.read_parquet(path)
            cells = [_as_text(heading, str(kind)) for heading, kind in zip(rows.columns, rows.types, strict=True)]
            return rows.project(*(cell.alias(name) for cell, name in zip(cells, names, strict=True)))
        return self.connection.read_csv(
            path,
            columns=dict.fromkeys(names, "VARCHAR"),
            header=False,
            skiprows=delivered.before,
            sep=",",
            quotechar='"',
            escapechar='"',
            auto_detect=False,
            strict_mode=True,
        )


_OPEN: ContextVar[Engine | None] = ContextVar("the engine that is open", default=None)


@contextmanager
def engine() -> Iterator[Engine]:
    """The engine, open. Inside of another that is that one: to open it takes longer than to read a small file."""
    if (there := _OPEN.get()) is not None:
        yield there
        return
    import duckdb

    with TemporaryDirectory(prefix="vbc-") as private, duckdb.connect(config={**_SETTINGS, "temp_directory": private}) as connection:
        made = Engine(connection, Path(private))
        before = _OPEN.set(made)
        try:
            yield made
        finally:
            _OPEN.reset(before)


@contextmanager
def opened(rows: Rows) -> Iterator[DuckDBPyRelation]:
    """The rows of one place, or of several (see `Engine.rows`)."""
    with engine() as open_engine:
        yield open_engine.rows(rows)


def _under(rows: DuckDBPyRelation, own: Table, wanted: Table) -> DuckDBPyRelation:
    """The rows under the headings of another table, of which they have all."""
    from duckdb import ColumnExpression

    return rows.project(*(ColumnExpression(f"c{own.place(heading)}").alias(f"c{n}") for n, heading in enumerate(wanted.headings)))


def _as_text(heading: str, kind: str) -> Expression:
    """A column of a Parquet file as a CSV file would have it."""
    from duckdb import CaseExpression, ColumnExpression, ConstantExpression

    column = ColumnExpression(heading)
    if kind != "BOOLEAN":
        return column.cast("VARCHAR")
    return CaseExpression(column, ConstantExpression("yes")).when(~column, ConstantExpression("no"))


def _plainly_named(path: Path, link: Path) -> Path:
    """The file under a name without signs that would stand for several files."""
    try:
        link.symlink_to(path.resolve())
    except OSError:  # a system on which not everybody may make links
        return path
    return link
