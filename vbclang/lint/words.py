"""What a contract says in words, and whether it says something in particular."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from vbclang.names.scope import Scope
from vbclang.syntax import tree

_WORDS: frozenset[type] = frozenset({tree.Name, tree.Quoted, tree.Prose})


def says(pattern: str, text: str) -> re.Match[str] | None:
    """Patterns are compiled where they are asked for: most contracts never come to it."""
    return re.search(pattern, text, re.IGNORECASE)


@lru_cache(2)
def words(scope: Scope) -> str:
    """What the contract says in names, titles, prose and quotes."""
    own = scope.contract.span.file if scope.contract is not None else ""
    items = [item for item in (*scope.clauses.values(), *scope.names.values()) if isinstance(item, tree.Node) and item.span.file == own]
    return "\n".join(word for item in items for word in said(item))


_KEPT: WeakKeyDictionary[tree.Node, dict[frozenset[type], tuple[str, ...]]] = WeakKeyDictionary()
"""What was found in a piece: items that have not changed stay the same pieces from one check to the next."""


def said(value: object, kinds: frozenset[type] = _WORDS) -> list[str]:
    """The words in a piece of a contract, those of ``kinds``."""
    if isinstance(value, tuple):
        return [word for part in value for word in said(part, kinds)]
    if not isinstance(value, tree.Node):
        return []
    kept = _KEPT.setdefault(value, {})
    if kinds not in kept:
        found: list[str] = []
        _collect(value, kinds, found)
        kept[kinds] = tuple(found)
    return list(kept[kinds])


def _collect(value: Any, kinds: frozenset[type], found: list[str]) -> None:
    of = type(value)
    if of in kinds:
        found.append(value.text)
    elif of is tuple:
        for part in value:
            _collect(part, kinds, found)
    elif issubclass(of, tree.Node):
        for part in vars(value).values():
            _collect(part, kinds, found)
