"""A place in a text: the ground on which every message, tree and figure stands."""

from __future__ import annotations

from attrs import frozen


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
class Text:
    """A file's text as it was read, with the means to say where in it a place is."""

    file: str
    content: str

    def line_of(self, offset: int) -> int:
        """The number of the line, from 1, in which the character ``offset`` stands."""
        return self.content.count("\n", 0, offset) + 1

    def column_of(self, offset: int) -> int:
        """The number of the character in its line, from 1."""
        return offset - (self.content.rfind("\n", 0, offset) + 1) + 1

    def line(self, number: int) -> str:
        """Line ``number`` (from 1) without its line end; empty where there is no such line."""
        lines = self.content.split("\n")
        return lines[number - 1].rstrip("\r") if 0 < number <= len(lines) else ""

    def excerpt(self, span: Span) -> str:
        """The text that ``span`` covers."""
        return self.content[span.start : span.end]
