"""The language's words, out of the grammar's own terminals: nothing here is spelled a second time."""

from __future__ import annotations

from functools import cache

from vbclang.syntax.scan import reserved_words
from vbclang.syntax.table import load


@cache
def literals() -> tuple[str, ...]:
    """Every literal of the grammar, one word or several, in alphabetical order."""
    return tuple(sorted(t.text for t in load().terminals if not t.pattern))


@cache
def reserved() -> frozenset[str]:
    """Every single word of the language: no column, unit or term may be one of these."""
    return reserved_words(load())


@cache
def item_words() -> tuple[str, ...]:
    """The words that begin an item: the literals that may stand first."""
    table = load()
    row = table.rows[table.states[table.start][0]]
    return tuple(sorted(table.terminals[t].text for t in row if t < len(table.terminals) and not table.terminals[t].pattern))


@cache
def shapes() -> dict[str, str]:
    """Name -> regular expression of what is not a word: NUMBER, TERM, QUOTED."""
    return {t.name: t.text for t in load().terminals if t.pattern}


@cache
def literal_of() -> dict[str, str]:
    """A terminal's name -> the words that it stands for."""
    return {t.name: t.text for t in load().terminals if not t.pattern}
