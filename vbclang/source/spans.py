"""A place in a text: the ground on which every message, tree and figure stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from attrs import field, frozen

APART = 1 << 40
"""Places from here on are those of items that keep them while their text changes around them: no file is as long."""


@frozen
class Span:
    """The half-open range ``[start, end)`` of characters in the file ``file``.

    ``file`` is the path as the reader named it (relative where the reader's was), never made absolute,
    so that the same contract gives the same bytes on every machine.
    """

    file: str
    start: int
    end: int

    def to(self, other: Span) -> Span:
        """The range from the start of this span to the end of ``other`` (both in one file)."""
        return Span(self.file, min(self.start, other.start), max(self.end, other.end))


NOWHERE = Span("", 0, 0)
"""The span of what stands in no text: built-in figures, things made up in a test."""


@frozen
class Standing:
    """Where the items stand that keep places of their own: for each, in the order of ``kept``, where its own places begin, how many
    characters it has, and where in the text it now begins.
    """

    kept: tuple[int, ...]
    lengths: tuple[int, ...]
    starts: tuple[int, ...]

    @staticmethod
    def of(items: Iterable[tuple[int, int, int]]) -> Standing:
        """From the three figures of each item."""
        columns = tuple(zip(*sorted(items), strict=True)) or ((), (), ())
        return Standing(*columns)

    def now(self, place: int) -> int:
        """Where in the text a kept place now is."""
        which = bisect_right(self.kept, place) - 1
        assert which >= 0, "a kept place is one of an item"
        inside = place - self.kept[which]
        assert inside <= self.lengths[which], "the item still stands in the text"
        return self.starts[which] + inside


@frozen
class Text:
    """A file's text as it was read, with the means to say where in it a place is.

    ``standing``: where items stand that were read in an earlier version of the text. Their places are from `APART` on; every method here
    takes places of both kinds.
    """

    file: str
    content: str
    standing: Standing | None = field(default=None, eq=False, repr=False)

    def now(self, offset: int) -> int:
        """Where in the text a place is: the place itself, but for an item that was read before."""
        return offset if offset < APART or self.standing is None else self.standing.now(offset)

    def here(self, span: Span) -> Span:
        """The same of a span."""
        if span.start < APART:
            return span
        start = self.now(span.start)
        return Span(span.file, start, start + span.end - span.start)

    def line_of(self, offset: int) -> int:
        """The number of the line, from 1, in which the character ``offset`` stands."""
        return self.content.count("\n", 0, self.now(offset)) + 1

    def column_of(self, offset: int) -> int:
        """The number of the character in its line, from 1."""
        at = self.now(offset)
        return at - (self.content.rfind("\n", 0, at) + 1) + 1

    def line(self, number: int) -> str:
        """Line ``number`` (from 1) without its line end; empty where there is no such line."""
        lines = self.content.split("\n")
        return lines[number - 1].rstrip("\r") if 0 < number <= len(lines) else ""

    def excerpt(self, span: Span) -> str:
        """The text that ``span`` covers."""
        here = self.here(span)
        return self.content[here.start : here.end]
