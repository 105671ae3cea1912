"""The lines of a text, found once, so that many places in a long text are told quickly."""

from __future__ import annotations

import re
from bisect import bisect_right

from attrs import frozen


@frozen
class Lines:
    """A text with the offsets at which its lines start."""

    content: str
    starts: tuple[int, ...]

    @staticmethod
    def of(content: str) -> Lines:
        """Cut ``content`` at its line feeds."""
        return Lines(content, (0, *(found.end() for found in re.finditer("\n", content))))

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column, both from 1, of the character at ``offset`` (of the text's end where it lies beyond)."""
        within = max(0, min(offset, len(self.content)))
        line = bisect_right(self.starts, within)
        return line, within - self.starts[line - 1] + 1

    def line(self, number: int) -> str:
        """Line ``number``, from 1, without its end."""
        end = self.starts[number] if number < len(self.starts) else len(self.content)
        return self.content[self.starts[number - 1] : end].rstrip("\r\n")
