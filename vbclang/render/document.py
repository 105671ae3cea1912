"""What is to be shown, before anybody knows how: headings, prose and tables. Each way of showing takes the same document."""

from __future__ import annotations

from typing import Literal, TypeAlias

from attrs import frozen


@frozen
class Heading:
    """A heading; ``level`` 1 is the document's own."""

    text: str
    level: int = 1


@frozen
class Prose:
    """A paragraph, wrapped to the screen."""

    text: str


@frozen
class Column:
    """A column of a table. Figures stand to the right, words to the left."""

    heading: str
    side: Literal["left", "right"] = "left"


@frozen
class Table:
    """Rows of ready-made words, each with a cell for each column. ``totals`` rows at the end are set off from the others."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: int = 0

    def __attrs_post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("a row has another number of cells than the table has columns")


Part: TypeAlias = Heading | Prose | Table
Document: TypeAlias = tuple[Part, ...]
