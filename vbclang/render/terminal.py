"""A document as plain text for a terminal or a file: tables in columns, prose wrapped, headings bold where colour is asked for."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import assert_never

from vbclang.render.document import Column, Document, Heading, Part, Prose, Table
from vbclang.source.columns import columns, shown

_GAP = "  "


def text(document: Document, colour: bool = False, width: int = 100) -> str:
    """The document as lines, an empty line between its parts. A table is never cut, however wide: a figure must be whole."""
    return "\n".join("\n".join(_part(part, colour, width)) + "\n" for part in document)


def _part(part: Part, colour: bool, width: int) -> Iterator[str]:
    match part:
        case Heading(words):
            yield _bold(shown(words), colour)
        case Prose(words):
            yield from textwrap.wrap(shown(words), width, break_long_words=False, break_on_hyphens=False) or [""]
        case Table():
            yield from _table(part, colour)
        case _:
            assert_never(part)


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


def _bold(words: str, colour: bool) -> str:
    return f"\x1b[1m{words}\x1b[0m" if colour else words
