"""Counts that are used but not shown: which inputs they are, by what feeds them, and how many each stands for.

A count is what counts rows, and what is declared as a count of something. A total, an average's total, a lowest, a highest or a percentile
stands for as many as its rows are; these are counted beside it. What arrives worked out as a plain figure says nothing of counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from vbclang.core.declared import Unshown
from vbclang.core.elaborate import files
from vbclang.core.elaborate.workbench import Workbench, refuse
from vbclang.source import Reading
from vbclang.syntax import tree
from vbclang.types.kinds import Quantity, Type

_Said: TypeAlias = dict[str, tree.NotShownLine]


def line_of(data: tree.Data) -> tree.NotShownLine | None:
    """What the data say of small counts."""
    return files.find(data, tree.NotShownLine)


def check(w: Workbench, data: tree.Data) -> None:
    """Refuse a line that hides nothing."""
    line = line_of(data)
    if line is not None and line.less_than < 1:
        why = "No count is less than 0, so this line hides nothing. Say from which count on counts may be shown."
        raise refuse("C031", why, line.span, Reading("", "counts less than 8 are used but not shown", line.span))


def rows_key(key: str) -> str:
    """The input that says how many rows an input stands for that does not count them itself."""
    return f"{key}, how many rows"


def unshown(w: Workbench) -> dict[str, Unshown]:
    """All inputs that data feed of which small counts are not shown."""
    said = {d.name.text: line for d in w.scope.names.values() if isinstance(d, tree.Data) and (line := line_of(d)) is not None}
    return dict((*_of_files(w, said), *_worked_out(w, said), *_of_rows(w, said))) if said else {}


def _of_rows(w: Workbench, said: _Said) -> Iterator[tuple[str, Unshown]]:
    parts = {figure.numerator: figure.denominator for figure in w.worked_out.values() if figure.numerator is not None}
    counts = {tally.key for tally in w.tallies.values() if tally.aggregate == "count"}
    for tally in w.tallies.values():
        line = said.get(tally.rows)
        if line is not None:
            rows = next((key for key in (tally.key, rows_key(tally.key)) if key in counts), None)
            whole = parts.get(tally.key)
            yield tally.key, Unshown(tally.rows, line.less_than, line.span, rows, whole if whole in counts else None, tally.dated)


def _worked_out(w: Workbench, said: _Said) -> Iterator[tuple[str, Unshown]]:
    """Measures of such data whose figures may arrive worked out."""
    by_measure = {w.inputs[tally.key].name: tally for tally in w.tallies.values() if tally.rows in said}
    counts = {tally.key for tally in w.tallies.values() if tally.aggregate == "count"}
    for figure in w.worked_out.values():
        tally = by_measure.get(figure.name)
        for key in figure.keys:
            if tally is not None:
                line, is_count = said[tally.rows], key in counts or _is_count(w.inputs[key].type)
                whole = figure.denominator if key == figure.numerator and key in counts else None
                yield key, Unshown(tally.rows, line.less_than, line.span, key if is_count else None, whole, tally.dated)


def _of_files(w: Workbench, said: _Said) -> Iterator[tuple[str, Unshown]]:
    """Columns of data with one row for each member or period."""
    for file in w.files.values():
        line = said.get(file.name)
        for column in (*file.columns, *(wide.column for wide in file.wide)):
            key = column.key
            if line is not None and key is not None and isinstance(w.inputs[key].type.kind, Quantity):
                yield key, Unshown(file.name, line.less_than, line.span, key if _is_count(w.inputs[key].type) else None, None, "")


def _is_count(type_: Type) -> bool:
    return isinstance(type_.kind, Quantity) and type_.kind.whole
