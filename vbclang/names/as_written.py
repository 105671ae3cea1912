"""Names as the contract writes them.

No name is told apart by an article, so the reader leaves them out: `Outage of the System` and `Outage of System` are one. Who reads a
statement expects what was written; so what is told is gone through once, at the end, and no pass before it minds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from attrs import evolve, fields, has

from vbclang.names.scope import Scope
from vbclang.source import Span, Text
from vbclang.syntax import tree

_Told = TypeVar("_Told")


def as_written(scope: Scope, texts: Mapping[str, Text]) -> dict[str, str]:
    """Each declared name that is written with an article, and how."""
    found: dict[str, str] = {}
    for name in _declared(scope):
        text = texts.get(name.span.file)
        written = " ".join(text.excerpt(name.span).split()) if text is not None else name.text
        if written != name.text and [word for word in written.split() if word.lower() != "the"] == name.text.split():
            found.setdefault(name.text, written)
    return found


def _declared(scope: Scope) -> Iterator[tree.Name]:
    for item in (*scope.names.values(), *scope.clauses.values(), *scope.guarantees.values()):
        if isinstance(item, tree.Node):
            yield item.name
        if isinstance(item, tree.Group | tree.ListItem):
            yield from (row.name for row in item.members)


def in_full(told: _Told, written: Mapping[str, str]) -> _Told:
    """What is told, with each of these names as it is written: in texts, and in all that holds any."""
    if not written:
        return told
    names = re.compile("|".join(rf"(?<![\w-]){re.escape(name)}(?![\w-])" for name in sorted(written, key=len, reverse=True)))
    found: _Told = _gone_through(told, lambda text: names.sub(lambda name: written[name.group()], text))
    return found


def _gone_through(value: Any, put: Callable[[str], str]) -> Any:
    """Only what changes is made anew; a place in a text stays as it is."""
    match value:
        case str():
            return put(value) if type(value) is str else value
        case tuple():
            parts = tuple(_gone_through(part, put) for part in value)
            return parts if any(new is not old for new, old in zip(parts, value, strict=True)) else value
        case Span() | Text() | type():
            return value
        case _ if has(type(value)):
            held = {field.alias: getattr(value, field.name) for field in fields(type(value)) if field.init}
            changed = {name: new for name, old in held.items() if (new := _gone_through(old, put)) is not old}
            return evolve(value, **changed) if changed else value
        case _:
            return value
