"""Rows that are the same as another throughout: where nothing identifies a row, each of them counts."""

from __future__ import annotations

from vbclang.data.rows.opened import opened
from vbclang.data.rows.reading import RowsReading
from vbclang.source import Diagnostic, Diagnostics, Span


def same_rows(reading: RowsReading) -> Diagnostics:
    """For information, how many rows of a file stand there again. Asked only where somebody looks at the data: it reads them once more."""
    if any(column.identifies for column in reading.used):
        return ()
    again = _again(reading)
    if not again:
        return ()
    file = reading.rows.table.file
    are, it = ("row is", "it counts") if again == 1 else ("rows are", "each of them counts")
    why = (
        f"{file}: {again} {are} the same as another in every column, and {it}. If that is a row delivered twice, let the contract say what "
        "tells rows apart: `column row_number text, identifies the row`."
    )
    return (Diagnostic("D036", why, Span(file, 0, 0)),)


def _again(reading: RowsReading) -> int:
    from duckdb import ColumnExpression as Column
    from duckdb import ConstantExpression
    from duckdb import FunctionExpression as Function

    with opened(reading.rows) as rows:
        columns = rows.columns
        groups = rows.aggregate([*map(Column, columns), Function("count").alias("k")], ", ".join(columns))
        more = groups.aggregate([Function("sum", Column("k") - ConstantExpression(1))]).fetchall()[0][0]
    return int(more or 0)
