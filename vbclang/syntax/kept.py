"""Items that were read before: an item whose text has not changed is not read again, only moved to where it now stands.

Reading an item is a function of its text and place alone, so what is kept can never be out of date. Items with something wrong in them are
read anew: their messages speak of the file around them.
"""

from __future__ import annotations

from typing import TypeVar

from vbclang.source import Span
from vbclang.syntax import headings
from vbclang.syntax.cut import Chunk, chunks
from vbclang.syntax.tree import Item, Node

_MOST_KEPT = 20_000
"""Items; a contract of 2,000 lines has some four hundred."""

_N = TypeVar("_N", bound=Node)
_kept: dict[tuple[str, str, str], dict[int, Item]] = {}
"""By file, first word and text: the item at each place where it has stood."""


def kept(file: str, chunk: Chunk) -> Item | None:
    """The item as it was read when its text was the same; None where it never was."""
    places = _kept.get((file, chunk.word, chunk.text))
    if not places:
        return None
    if chunk.start not in places:
        start, item = next(iter(places.items()))
        places.clear()  # where it stood before it does not stand now
        places[chunk.start] = moved(item, chunk.start - start)
    return places[chunk.start]


def keep(file: str, chunk: Chunk, item: Item) -> None:
    """Keep an item in which nothing is wrong."""
    if len(_kept) >= _MOST_KEPT:
        _kept.clear()
    _kept.setdefault((file, chunk.word, chunk.text), {})[chunk.start] = item


def forget() -> None:
    """Read everything anew from here on."""
    _kept.clear()
    chunks.cache_clear()
    headings.forget()


def moved(node: _N, by: int) -> _N:
    """The same tree, so many characters further on in its file."""
    new = object.__new__(type(node))
    values = vars(new)
    for name, value in vars(node).items():
        values[name] = _moved(value, by)
    return new


def _moved(value: object, by: int) -> object:
    if isinstance(value, Span):
        return Span(value.file, value.start + by, value.end + by)
    if isinstance(value, Node):
        return moved(value, by)
    if type(value) is tuple:
        return tuple(_moved(part, by) for part in value)
    return value
