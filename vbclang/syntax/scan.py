"""Text -> tokens, one at a time, knowing what can stand here.

At each place the longest of the language's literals that can stand there wins (``in at least`` before ``in``), then the shapes in the
order of their priority. A column or unit is never a word of the language; a noun may be.
"""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cache
from itertools import pairwise

from attrs import frozen

from vbclang.syntax.table import Table, Terminal, load

_BLANKS = re.compile(r"[ ]*")
_HEAD = re.compile(r"[a-z][a-z0-9_]*|[^\n]")
_IN_A_WORD = re.compile(r"[a-z0-9_]")
_PLAIN = re.compile(r"[a-z][a-z0-9_]*")
_BEFORE_WORDS = 9
"""A shape of this priority goes before the literals: ``for`` before a figure is not the ``for`` before a term."""


@frozen
class Token:
    """A piece of text that the grammar has a name for (``terminal``: its number)."""

    terminal: int
    text: str
    start: int
    end: int


@frozen
class Scanner:
    """The terminals of a table, ready to be looked for: literals by their first word, shapes by priority."""

    literals: dict[str, tuple[tuple[int, str], ...]]
    early: tuple[tuple[int, re.Pattern[str]], ...]
    late: tuple[tuple[int, re.Pattern[str]], ...]
    column: int
    reserved: frozenset[str]
    new_line: int
    end: int

    def next(self, text: str, at: int, wanted: Container[int]) -> Token | None:
        """The token at ``at`` (blanks are passed over) of those ``wanted``; None where none of them stands there."""
        at = _BLANKS.match(text, at).end()  # type: ignore[union-attr]
        if at >= len(text):
            return Token(self.end, "", at, at)
        return self._shape(self.early, text, at, wanted) or self._literal(text, at, wanted) or self._shape(self.late, text, at, wanted)

    def _literal(self, text: str, at: int, wanted: Container[int]) -> Token | None:
        head = _HEAD.match(text, at)
        if head is None:
            return None
        for terminal, literal in self.literals.get(head.group(), ()):
            if terminal not in wanted:
                continue
            if literal == head.group():
                return Token(terminal, literal, at, head.end())
            if (end := _end_of(literal, text, at)) is not None:
                return Token(terminal, text[at:end], at, end)
        return None

    def _shape(self, shapes: tuple[tuple[int, re.Pattern[str]], ...], text: str, at: int, wanted: Container[int]) -> Token | None:
        for terminal, pattern in shapes:
            found = pattern.match(text, at) if terminal in wanted else None
            if found and not (terminal == self.column and found.group() in self.reserved):
                return Token(terminal, found.group(), at, found.end())
        return None


@cache
def scanner() -> Scanner:
    """The scanner of the language."""
    return _made(load())


def _made(table: Table) -> Scanner:
    numbered = list(enumerate(table.terminals))
    shapes = sorted(((t.priority, i, re.compile(t.text)) for i, t in numbered if t.pattern), key=lambda s: (-s[0], s[1]))
    named = {t.name: i for i, t in numbered}
    return Scanner(
        literals=_literals(numbered),
        early=tuple((i, p) for priority, i, p in shapes if priority >= _BEFORE_WORDS),
        late=tuple((i, p) for priority, i, p in shapes if priority < _BEFORE_WORDS),
        column=named["COLUMN"],
        reserved=reserved_words(table),
        new_line=named["_NL"],
        end=len(numbered),
    )


def reserved_words(table: Table) -> frozenset[str]:
    """Every single word of the language, also those inside longer literals."""
    return frozenset(word for t in table.terminals if not t.pattern for word in _PLAIN.findall(t.text))


def _literals(numbered: list[tuple[int, Terminal]]) -> dict[str, tuple[tuple[int, str], ...]]:
    found: dict[str, list[tuple[int, str]]] = {}
    for i, terminal in numbered:
        if not terminal.pattern:
            text = without_the(terminal.text)
            head = _HEAD.match(text)
            assert head is not None
            found.setdefault(head.group(), []).append((i, text))
    return {head: tuple(sorted(texts, key=lambda x: -len(x[1]))) for head, texts in found.items()}


def without_the(literal: str) -> str:
    """A literal as the scanner meets it: the cutter has blanked every `the`."""
    return " ".join(word for word in literal.split(" ") if word != "the")


def _end_of(literal: str, text: str, at: int) -> int | None:
    """Where a literal ends that stands at a place, any blanks between its words; None where another thing stands there."""
    end = at
    for before, word in pairwise(("", *_words(literal))):
        start = end
        while before and text.startswith(" ", start):
            start += 1
        if not text.startswith(word, start) or (start == end and before and before[-1].isalnum() and word[0].isalnum()):
            return None
        end = start + len(word)
    return None if literal[-1].isalnum() and _IN_A_WORD.match(text, end) else end


@cache
def _words(literal: str) -> tuple[str, ...]:
    return tuple(literal.split(" "))
