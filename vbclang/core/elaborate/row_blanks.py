"""What is asked of rows is asked of columns that the data have, and that say what a blank in them does."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from vbclang.core.elaborate import files
from vbclang.core.elaborate.workbench import Refusal, after, refuse
from vbclang.source import Reading
from vbclang.syntax import tree

_NEVER_BLANK = (tree.NeverBlank, tree.DatesRow, tree.NamesMember, tree.IdentifiesRow)
"""Options of a column of which a blank rejects the row."""


def settled(data: tree.Data, where: tree.Node) -> None:
    """Refuse what is asked of a column that the data do not have, or of which nobody says what a blank in it does."""
    asked = {id(node.column) for node in descendants(where) if isinstance(node, tree.Blank)}
    for node in descendants(where):
        if not isinstance(node, tree.Column):
            continue
        line = files.column_of(data, node)
        says = (*_NEVER_BLANK, tree.BlankMeans, *((tree.MayBeBlank,) if id(node) in asked else ()))
        if not any(files.option(line, option) for option in says):
            raise _blank_cells(node, line)


def _blank_cells(column: tree.Column, line: tree.ColumnLine) -> Refusal:
    ways = (
        ("a blank is a fault of the data", "never blank"),
        ("they count as not met", "blank counts as not met"),
        ("they are left out", "blank leaves the row out"),
    )
    why = f"Rows with a blank `{column.text}`: do they count as not met, or are they left out?"
    end = after(line.span)
    return refuse("C012", why, line.column.span, *(Reading(f"{words}; at the end of the line", f", {way}", end) for words, way in ways))


def descendants(e: object) -> Iterator[tree.Node]:
    """A node of the tree and all below it."""
    if isinstance(e, tree.Node):
        yield e
        for field in attrs.fields(type(e)):
            yield from descendants(getattr(e, field.name))
    elif isinstance(e, tuple):
        for part in e:
            yield from descendants(part)
