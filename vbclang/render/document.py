"""What is to be shown, before anybody knows how: headings, prose, tables, charts. Each way of showing takes the same document."""

from __future__ import annotations

from fractions import Fraction
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


@frozen
class Pairs:
    """Things, each with what is said of it: a word or two, and a sentence or more."""

    rows: tuple[tuple[str, str], ...]


@frozen
class Entries:
    """Things of which several things are said at length: a table where the page is wide, else entry by entry. The first cell names it."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __attrs_post_init__(self) -> None:
        if any(len(row) != len(self.headings) for row in self.rows):
            raise ValueError("an entry has another number of cells than there are headings")


# -- charts ------------------------------------------------------------------------------------------------------------


@frozen
class Bar:
    """A bar from ``low`` to ``high`` (None: it goes on without end), with what it comes to in ``words``."""

    label: str
    low: Fraction | None
    high: Fraction | None
    words: str


@frozen
class Bars:
    """Bars beside each other on one scale, which has ``zero`` in it."""

    bars: tuple[Bar, ...]
    zero: str


@frozen
class Stretch:
    """A straight piece of a curve. ``where`` and ``pays``: what it says, in words."""

    x_from: Fraction
    y_from: Fraction
    x_to: Fraction
    y_to: Fraction
    where: str
    pays: str


@frozen
class Jump:
    """Where a curve jumps, how far, and in words."""

    x: Fraction
    y_from: Fraction
    y_to: Fraction
    words: str


@frozen
class Tick:
    """A figure that is named on an axis."""

    at: Fraction
    words: str


@frozen
class Curve:
    """A curve made of straight pieces, from left to right."""

    title: str
    caption: str
    x_name: str
    y_name: str
    stretches: tuple[Stretch, ...]
    jumps: tuple[Jump, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]


@frozen
class Curves:
    """Curves beside or below each other, as the page is wide."""

    curves: tuple[Curve, ...]


Part: TypeAlias = Heading | Prose | Table | Pairs | Entries | Bars | Curves
Document: TypeAlias = tuple[Part, ...]
