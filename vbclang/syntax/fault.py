"""The place where reading stopped, with all that a message may want to look at."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from vbclang.source import Diagnostic, Reading, Span
from vbclang.syntax.known import NOTHING_KNOWN, Known
from vbclang.syntax.scan import Token


@frozen
class Stop:
    """Where reading another line in a line's place stops, and the terminals that can stand there."""

    at: int
    wanted: frozenset[str] = frozenset()


@frozen
class Fault:
    """``line`` is the line of the language (with those that it goes on in) from ``start`` in the file; ``at`` is where in it reading
    stopped and ``found`` the word there, empty at the line's end; ``before`` are the tokens of the line that were read, whose places
    count from ``offset`` before the line's. ``wanted``: the terminals that can stand at ``at``.
    """

    file: str
    item: str
    line: str
    start: int
    at: int
    found: str
    wanted: frozenset[str]
    before: tuple[Token, ...]
    offset: int
    written: str
    """The line as the author wrote it, from the same place."""
    raw: str
    """The line as it is read: known terms are one word in it."""
    stops: Callable[[str], Stop | None]
    """Where another line in this one's place would stop being read, None where all of it would be."""
    terms: frozenset[str] = frozenset()
    """The Defined Terms that are declared."""
    as_read: Callable[[str], str] = str
    """What the author writes as it is read, at equal length, as ``raw`` is of ``written``."""
    tries: int = 100
    """So many other lines may be tried in this one's place."""
    above: tuple[str, ...] = ()
    """The lines of the item before it, as the author wrote them."""
    below: tuple[str, ...] = ()
    """The lines of the item after it."""
    known: Known = NOTHING_KNOWN
    """What the file declares, by sort."""

    @property
    def rest(self) -> str:
        """The line from the place on."""
        return self.line[self.at :]

    @property
    def indent(self) -> int:
        """Where the first word of the line starts."""
        return len(self.line) - len(self.line.lstrip())

    @property
    def first(self) -> int:
        """Where the first word of the line starts as the author wrote it: at its `the`, which is blank in ``line``."""
        return len(self.written) - len(self.written.lstrip())

    @property
    def last(self) -> str:
        """The word or words just before the place, as they stand there."""
        if not self.before:
            return ""
        token = self.before[-1]
        return " ".join(self.line[token.start - self.offset : token.end - self.offset].split())

    def reads(self, line: str) -> int | None:
        """How far another line in this one's place would be read: a place in it, None where all of it would."""
        stop = self.stops(line)
        return None if stop is None else stop.at

    def starts(self, token: Token) -> int:
        """Where in the line ``token`` starts."""
        return token.start - self.offset

    def ends(self, token: Token) -> int:
        """Where in the line ``token`` ends."""
        return token.end - self.offset

    def span(self, start: int, end: int) -> Span:
        """The place in the file of a stretch of the line."""
        return Span(self.file, self.start + start, self.start + max(end, start))

    def says(self, code: str, message: str, readings: tuple[Reading, ...] = ()) -> Diagnostic:
        """A diagnostic at the place."""
        width = len(self.found) or 1
        return Diagnostic(code, message, self.span(self.at, self.at + width), (), readings)

    def instead(self, words: str, start: int, end: int, text: str, correction: bool = False) -> Reading:
        """A reading that puts ``text`` in place of a stretch of the line; as a ``correction`` where that cannot change what is agreed."""
        return Reading(words, text, self.span(start, end), correction)
