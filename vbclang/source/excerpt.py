"""Drawing the lines of a text that a message speaks of, each place underlined.

A place of more than three lines shows its first and its last. A line that is too wide for the screen is cut to the part around the
place; where two places of one such line lie far apart, the line is shown for each.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from vbclang.source.columns import cells
from vbclang.source.lines import Lines
from vbclang.source.paint import Paint
from vbclang.source.spans import Span

_CONTEXT = 20
"""Columns left before the place when a wide line is cut."""


@frozen
class Mark:
    """A place to underline, with the words beside it. The main mark is what the message is about; the others are labels."""

    span: Span
    words: str
    main: bool


@frozen
class _Piece:
    """The part of a mark that stands in one line: columns of the text, ``[start, end)`` from 0, and the words if it is the last."""

    line: int
    start: int
    end: int
    mark: Mark
    words: str


def excerpt(marks: tuple[Mark, ...], lines: Lines, paint: Paint, width: int) -> list[str]:
    """The lines of one text that ``marks`` touch, in order, ready to print."""
    pieces = sorted((piece for mark in marks for piece in _pieces(mark, lines)), key=lambda piece: (piece.line, piece.start, piece.end))
    if not pieces:
        return []
    gutter = len(str(pieces[-1].line)) + 1
    drawn: list[str] = []
    before = 0
    for number in dict.fromkeys(piece.line for piece in pieces):
        if before and number > before + 1:
            drawn.append(paint.quiet(" " * (gutter - 1) + "..."))
        drawn += _draw_line(number, lines, [piece for piece in pieces if piece.line == number], gutter, paint, width)
        before = number
    return drawn


def _pieces(mark: Mark, lines: Lines) -> Iterator[_Piece]:
    first, column = lines.place(mark.span.start)
    last, end_column = lines.place(max(mark.span.start, mark.span.end))
    if last > first and end_column == 1:
        last, end_column = last - 1, len(lines.line(last - 1)) + 1
    numbers = range(first, last + 1) if last - first < 3 else (first, last)
    for number in numbers:
        line = lines.line(number)
        indent = len(line) - len(line.lstrip())
        start = column - 1 if number == first else indent
        end = end_column - 1 if number == last else len(line)
        start = min(start, len(line))
        yield _Piece(number, start, max(start + 1, min(end, len(line.rstrip()))), mark, mark.words if number == last else "")


def _draw_line(number: int, lines: Lines, pieces: list[_Piece], gutter: int, paint: Paint, width: int) -> Iterator[str]:
    line = lines.line(number)
    room = max(_CONTEXT * 2, width - gutter - 4)
    if sum(wide for _, wide in cells(line)) <= room:
        yield from _draw(line, 0, len(line), pieces, gutter, number, paint)
        return
    for piece in pieces:
        first, last = _window(line, piece, room)
        yield from _draw(line, first, last, [piece], gutter, number, paint)


def _window(line: str, piece: _Piece, room: int) -> tuple[int, int]:
    """The range of characters around the piece that takes ``room`` columns at most, with the marks that say that it was cut."""
    widths = [wide for _, wide in cells(line)]
    first, left = min(piece.start, len(line)), _CONTEXT
    while first > 0 and left - widths[first - 1] >= 0:
        first -= 1
        left -= widths[first]
    last, left = first, room - 6
    while last < len(line) and left - widths[last] >= 0:
        left -= widths[last]
        last += 1
    return first, last


def _draw(line: str, first: int, last: int, pieces: list[_Piece], gutter: int, number: int, paint: Paint) -> Iterator[str]:
    shown = cells(line)
    before = "..." if first else ""
    after = "..." if last < len(line) else ""
    text = before + "".join(cell for cell, _ in shown[first:last]) + after
    yield f"{paint.quiet(f'{number:>{gutter}} |')} {paint.contract(text.rstrip())}".rstrip()
    for piece in pieces:
        indent = len(before) + sum(wide for _, wide in shown[first : piece.start])
        length = sum(wide for _, wide in shown[piece.start : min(piece.end, last)])
        line_of_marks = ("^" if piece.mark.main else "-") * max(1, length)
        words = f" {piece.words}" if piece.words else ""
        marked = paint.main(line_of_marks + words) if piece.mark.main else paint.label(line_of_marks + words)
        yield f"{paint.quiet(' ' * gutter + ' |')} {' ' * indent}{marked}"
