"""Rows that are said in lines, so many with the same cells each, made as rows of the data engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection, DuckDBPyRelation, Expression

_EACH = "a row that is given, of its own: "
"""How a text begins that tells a row apart from all others."""


@frozen(eq=False)
class Alike:
    """``count`` rows with the same cells, in the order of the headings; None: an empty cell. ``apart``: the places of cells in which each
    row has a text of its own.
    """

    count: int
    cells: tuple[str | None, ...]
    apart: frozenset[int]


def made(engine: DuckDBPyConnection, width: int, alike: Sequence[Alike]) -> DuckDBPyRelation:
    """The rows one by one, ``width`` cells each, as text in a column ``c0``, ``c1``, …; an empty cell is NULL.

    Each is joined with the numbers below its count. The first that is listed stands for no row: editions of the engine name the columns
    after it, and must not find two names alike.
    """
    from duckdb import ColumnExpression as Column
    from duckdb import ConstantExpression as Constant

    names = tuple(Constant(f"cell {place}") for place in range(width))
    listed = engine.values((Constant(0), *names), *(_listed(rows, place) for place, rows in enumerate(alike)))
    count, *cells = (Column(name).alias(own) for name, own in zip(listed.columns, ("k", *(f"t{n}" for n in range(width))), strict=True))
    numbers = engine.table_function("range", [max(rows.count for rows in alike)]).project(Column("range").alias("n"))
    each = numbers.cross(listed.project(count, *cells)).filter(Column("n") < Column("k"))
    apart = frozenset[int]().union(*(rows.apart for rows in alike))
    return each.project(*(_cell(f"t{place}", place in apart).alias(f"c{place}") for place in range(width)))


def _listed(rows: Alike, place: int) -> tuple[Expression, ...]:
    """How many, and the cells; where each row has a text of its own, how that begins."""
    from duckdb import ConstantExpression as Constant

    begins = f"{_EACH}{place}/"
    cells = (begins if n in rows.apart else cell for n, cell in enumerate(rows.cells))
    return Constant(rows.count), *(Constant(cell).cast("VARCHAR") for cell in cells)


def _cell(name: str, may_be_apart: bool) -> Expression:
    from duckdb import CaseExpression
    from duckdb import ColumnExpression as Column
    from duckdb import ConstantExpression as Constant
    from duckdb import FunctionExpression as Function

    if not may_be_apart:
        return Column(name)
    own = Function("concat", Column(name), Column("n").cast("VARCHAR"))
    return CaseExpression(Function("starts_with", Column(name), Constant(_EACH)), own).otherwise(Column(name))
