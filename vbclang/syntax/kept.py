"""Items that were read before: an item whose words have not changed is not read again, wherever in its file it now stands.

Reading an item is a function of its words alone, so what is kept can never be out of date. It keeps its places too (`APART` and beyond), so
that it stays one and the same tree, and what was worked out of it stays right; a file's `Standing` says where it stands now. Items with
something wrong in them are read anew: their messages speak of the file around them.
"""

from __future__ import annotations

from collections import Counter
from typing import TypeVar

from attrs import define, field

from vbclang.source import Diagnostics, Span
from vbclang.source.diagnostics import with_places
from vbclang.source.spans import APART, Standing
from vbclang.syntax.cut import Chunk
from vbclang.syntax.tree import Item, Node

_MOST_KEPT = 20_000
"""Items; a contract of 2,000 lines has some four hundred."""

_N = TypeVar("_N", bound=Node)


@define(eq=False)
class Kept:
    """What was read of a contract's files, from one reading to the next. Without it items are read where they stand."""

    _items: dict[tuple[str, str, str, int], tuple[int, Item]] = field(factory=dict)
    """By file, first word, words, and how many of the same stand before it: where its places begin, and the item."""
    _free: int = APART

    def page(self, file: str) -> Page:
        """For reading a file from its beginning."""
        if len(self._items) >= _MOST_KEPT:
            self._items.clear()
        return Page(self, file)


@define(eq=False)
class Page:
    """One reading of one file."""

    _kept: Kept
    file: str
    _seen: Counter[tuple[str, str]] = field(factory=Counter)
    _standing: list[tuple[int, int, int]] = field(factory=list)

    def item(self, chunk: Chunk) -> Item | None:
        """The item as it was read when its words were the same; None where it is to be read, and given to `keep`."""
        self._seen[chunk.word, chunk.text.rstrip()] += 1
        found = self._kept._items.get(self._key(chunk))
        if found is None:
            return None
        self._stands(found[0], chunk)
        return found[1]

    def keep(self, chunk: Chunk, item: Item, found: Diagnostics) -> tuple[Item, Diagnostics]:
        """The item that was read, and what is wrong with it, with places of its own; kept where nothing is."""
        place = self._kept._free
        self._kept._free += len(chunk.text) + 1
        self._stands(place, chunk)
        by = place - chunk.start
        item = moved(item, by)
        if not found:
            self._kept._items[self._key(chunk)] = (place, item)
        return item, tuple(with_places(each, lambda span: _span(span, by) if span.file == self.file else span) for each in found)

    @property
    def standing(self) -> Standing:
        """Where the items of the file stand."""
        return Standing.of(self._standing)

    def _key(self, chunk: Chunk) -> tuple[str, str, str, int]:
        words = chunk.text.rstrip()  # a note or an empty line below an item is none of it
        return self.file, chunk.word, words, self._seen[chunk.word, words]

    def _stands(self, place: int, chunk: Chunk) -> None:
        self._standing.append((place, len(chunk.text), chunk.start))


def moved(node: _N, by: int) -> _N:
    """The same tree, so many characters further on in its file."""
    new = object.__new__(type(node))
    values = vars(new)
    for name, value in vars(node).items():
        values[name] = _moved(value, by)
    return new


def _moved(value: object, by: int) -> object:
    if isinstance(value, Span):
        return _span(value, by)
    if isinstance(value, Node):
        return moved(value, by)
    if type(value) is tuple:
        return tuple(_moved(part, by) for part in value)
    return value


def _span(span: Span, by: int) -> Span:
    return Span(span.file, span.start + by, span.end + by)
