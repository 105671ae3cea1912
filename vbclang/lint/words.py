"""What a contract says in words, and whether it says something in particular."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from types import UnionType

from vbclang.names.scope import Scope
from vbclang.syntax import tree

_WORDS = tree.Name | tree.Quoted | tree.Prose


def says(pattern: str, text: str) -> re.Match[str] | None:
    """Patterns are compiled where they are asked for: most contracts never come to it."""
    return re.search(pattern, text, re.IGNORECASE)


@lru_cache(2)
def words(scope: Scope) -> str:
    """What the contract says in names, titles, prose and quotes."""
    own = scope.contract.span.file if scope.contract is not None else ""
    items = [item for item in (*scope.clauses.values(), *scope.names.values()) if isinstance(item, tree.Node) and item.span.file == own]
    return "\n".join(word for item in items for word in said(item))


def said(value: object, kinds: type[tree.Name] | UnionType = _WORDS) -> Iterator[str]:
    """The words in a piece of a contract, those of ``kinds``."""
    if isinstance(value, kinds):
        yield value.text
    elif isinstance(value, tree.Node):
        for part in vars(value).values():
            yield from said(part, kinds)
    elif isinstance(value, tuple):
        for part in value:
            yield from said(part, kinds)
