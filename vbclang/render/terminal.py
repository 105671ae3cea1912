"""A document as plain text for a terminal or a file: tables in columns, prose wrapped, headings bold where colour is asked for."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from fractions import Fraction
from typing import assert_never

from vbclang.render.document import Bars, Column, Curve, Curves, Document, Entries, Heading, Pairs, Part, Prose, Table
from vbclang.source.columns import columns, shown

_GAP = "  "
_WIDEST_LABEL = 34
"""Labels are set in a column of their own as long as they are no longer than this."""


def text(document: Document, colour: bool = False, width: int = 100) -> str:
    """The document as lines, an empty line between its parts. A table is never cut, however wide: a figure must be whole."""
    return "\n".join("\n".join(_part(part, colour, width)) + "\n" for part in document)


def _part(part: Part, colour: bool, width: int) -> Iterator[str]:
    match part:
        case Heading(words):
            yield _bold(shown(words), colour)
        case Prose(words):
            yield from _wrapped(words, width) or [""]
        case Table():
            yield from _table(part, colour)
        case Pairs(rows):
            yield from _pairs(rows, width)
        case Entries():
            yield from _entries(part, colour, width)
        case Bars():
            yield from _bars(part, width)
        case Curves(curves):
            for place, curve in enumerate(curves):
                yield from [""] if place else []
                yield from _curve(curve, colour, width)
        case _:
            assert_never(part)


def _wrapped(words: str, width: int, first: str = "", further: str = "") -> list[str]:
    return textwrap.wrap(
        shown(words), width, initial_indent=first, subsequent_indent=further, break_long_words=False, break_on_hyphens=False
    )


# -- tables --------------------------------------------------------------------------------------------------------------


def _table(table: Table, colour: bool) -> Iterator[str]:
    headings = tuple(_cell(column.heading) for column in table.columns)
    rows = [tuple(_cell(cell) for cell in row) for row in table.rows]
    widths = [max(columns(row[place]) for row in (headings, *rows)) for place in range(len(table.columns))]
    rule = _GAP.join("-" * width for width in widths)
    yield _bold(_line(headings, table.columns, widths), colour)
    yield rule
    for number, row in enumerate(rows):
        if table.totals and number == len(rows) - table.totals:
            yield rule
        yield _line(row, table.columns, widths)


def _cell(words: str) -> str:
    return " ".join(shown(words).split("\n"))


def _line(cells: tuple[str, ...], heads: tuple[Column, ...], widths: list[int]) -> str:
    padded = []
    for cell, head, width in zip(cells, heads, widths, strict=True):
        space = " " * (width - columns(cell))
        padded.append(space + cell if head.side == "right" else cell + space)
    return _GAP.join(padded).rstrip()


# -- longer words --------------------------------------------------------------------------------------------------------


def _pairs(rows: tuple[tuple[str, str], ...], width: int, indent: str = "") -> Iterator[str]:
    """Label and words beside each other, the words wrapped in their own column."""
    cells = [(_cell(label), words) for label, words in rows]
    beside = max((columns(label) for label, _ in cells if columns(label) <= _WIDEST_LABEL), default=0)
    for label, words in cells:
        further = indent + " " * beside + _GAP
        first = indent + label + " " * (beside - columns(label)) + _GAP
        if columns(label) > beside:  # a long label has a line of its own
            yield indent + label
            first = further
        yield from _wrapped(words, width, first, further) or [first.rstrip()]


def _entries(entries: Entries, colour: bool, width: int) -> Iterator[str]:
    for place, row in enumerate(entries.rows):
        yield from [""] if place else []
        yield _bold(_cell(row[0]), colour)
        said = tuple((heading, cell) for heading, cell in zip(entries.headings[1:], row[1:], strict=True) if cell)
        yield from _pairs(said, width, _GAP)


# -- charts --------------------------------------------------------------------------------------------------------------

_FULL, _THIN, _ZERO = "█", "▏", "│"


def _bars(chart: Bars, width: int) -> Iterator[str]:
    """Each bar in a row of its own; where one has no end an arrow says so."""
    label = max((columns(_cell(bar.label)) for bar in chart.bars), default=0)
    room = max(20, min(40, width - label - 2 * len(_GAP) - max((columns(_cell(bar.words)) for bar in chart.bars), default=0)))
    ends = [end for bar in chart.bars for end in (bar.low, bar.high) if end is not None]
    low, high = min([Fraction(0), *ends]), max([Fraction(0), *ends])
    span = high - low or Fraction(1)
    zero = int(-low / span * room)
    for bar in chart.bars:
        start = 0 if bar.low is None else int((bar.low - low) / span * room)
        stop = room if bar.high is None else int((bar.high - low) / span * room)
        drawn = [_FULL if start <= place < max(stop, start + 1) else _ZERO if place == zero else " " for place in range(room)]
        drawn[:1] = ["◄"] if bar.low is None else drawn[:1]
        drawn[-1:] = ["►"] if bar.high is None else drawn[-1:]
        name = _cell(bar.label)
        yield f"{name}{' ' * (label - columns(name))}{_GAP}{''.join(drawn)}{_GAP}{_cell(bar.words)}".rstrip()


def _curve(curve: Curve, colour: bool, width: int) -> Iterator[str]:
    """Each stretch in a row of its own: for which results, what is paid, and a bar for it."""
    yield _bold(_cell(curve.title), colour)
    yield from _wrapped(curve.caption, width, _GAP, _GAP)
    heights = [(stretch.y_from, stretch.y_to) for stretch in curve.stretches]
    most = max((max(pair) for pair in heights), default=Fraction(0))
    rows = []
    for stretch in curve.stretches:
        long = int(max(stretch.y_from, stretch.y_to) / most * _LONGEST) if most > 0 else 0
        rows.append((_cell(stretch.where), _cell(stretch.pays), _FULL * long or _THIN))
    where = max((columns(row[0]) for row in (*rows, (curve.x_name, "", ""))), default=0)
    pays = max((columns(row[1]) for row in (*rows, ("", curve.y_name, ""))), default=0)
    for first, second, bar in ((_cell(curve.x_name), _cell(curve.y_name), ""), *rows):
        yield f"{_GAP}{first}{' ' * (where - columns(first))}{_GAP}{' ' * (pays - columns(second))}{second}{_GAP}{bar}".rstrip()
    for jump in curve.jumps:
        yield from _wrapped(jump.words, width, _GAP, _GAP * 2)


_LONGEST = 24
"""The bar of the most that a curve pays."""


def _bold(words: str, colour: bool) -> str:
    return f"\x1b[1m{words}\x1b[0m" if colour else words
