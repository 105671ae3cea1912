"""The nodes below a node: those just below, all of them, and those of the figures that it names too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, Literal

import attrs

from vbclang.core import nodes as n
from vbclang.core.nodes import Cond, Expr
from vbclang.core.program import Figure

_KEPT = 10_000
"""Nodes never change; and most that is asked of a contract walks over the same figures."""


def children(node: n.CoreNode | n.Case | n.Piece | n.StraightLine) -> list[Expr | Cond]:
    """The figures and conditions that ``node`` is made of, one level down."""
    found: list[Expr | Cond] = []
    _collect(vars(node).values(), found)  # in the order of the fields, and every walk over a contract comes by here
    return found


def _collect(values: Iterable[Any], found: list[Expr | Cond]) -> None:
    for value in values:
        match _kind(type(value)):  # type: ignore[arg-type]  # a class is hashable
            case "node":
                found.append(value)
            case "several":
                _collect(value, found)
            case "part":
                _collect(vars(value).values(), found)
            case "":
                pass


@cache
def _kind(of: type) -> Literal["node", "several", "part", ""]:
    """What values of a class are to a walk: asked by class, which is quicker than asking each value."""
    if issubclass(of, n.CoreNode):
        return "node"
    if issubclass(of, tuple):
        return "several"
    return "part" if issubclass(of, n.Case | n.Piece | n.StraightLine) else ""


@lru_cache(_KEPT)
def parts(node: Expr | Cond) -> tuple[Expr | Cond, ...]:
    """A node and all below it, each once; named figures are not entered."""
    found: dict[Expr | Cond, None] = {}
    stack = [node]
    while stack:
        part = stack.pop()
        if part not in found:
            found[part] = None
            stack.extend(children(part))
    return tuple(found)


@lru_cache(_KEPT)
def named(node: Expr | Cond) -> tuple[str, ...]:
    """The figures that a node names, in the order of `parts`."""
    return tuple(part.figure for part in parts(node) if isinstance(part, n.Ref | n.RefCondition))


def with_readings(node: Expr, change: Callable[[n.Ref], Expr]) -> Expr:
    """The figure with each reading of a named figure in it changed; those inside named figures are left alone."""
    return _changed(node, _of_readings(change))  # type: ignore[no-any-return]


def conditions_with_readings(node: Cond, change: Callable[[n.Ref], Expr]) -> Cond:
    """The same of a condition."""
    return _changed(node, _of_readings(change))  # type: ignore[no-any-return]


def _of_readings(change: Callable[[n.Ref], Expr]) -> Callable[[n.CoreNode], n.CoreNode | None]:
    return lambda node: change(node) if isinstance(node, n.Ref) else None


def with_another(node: Expr | Cond, old: n.CoreNode, new: n.CoreNode) -> Expr | Cond:
    """The figure or condition with ``new`` wherever ``old`` stands in it."""
    return _changed(node, lambda part: new if part is old else None)  # type: ignore[no-any-return]


def _changed(value: Any, change: Callable[[n.CoreNode], n.CoreNode | None]) -> Any:
    """A value with its nodes changed, wherever ``change`` gives one."""
    if isinstance(value, n.CoreNode) and (other := change(value)) is not None:
        return other
    match value:
        case n.CoreNode() | n.Case() | n.Piece() | n.StraightLine():
            fields = attrs.asdict(value, recurse=False)
            new = {name: _changed(part, change) for name, part in fields.items()}
            changed = {name: part for name, part in new.items() if part is not fields[name]}
            return attrs.evolve(value, **changed) if changed else value
        case tuple():
            new_parts = tuple(_changed(part, change) for part in value)
            return new_parts if any(a is not b for a, b in zip(value, new_parts, strict=True)) else value
        case _:
            return value


def meant(figures: Mapping[str, Figure], name: str) -> str:
    """The figure for which a name stands: a term that says no more than another's name is that one."""
    while isinstance(body := figures[name].body, n.Ref) and body.figure != name:
        name = body.figure
    return name


def whole(figures: Mapping[str, Figure], node: Expr | Cond) -> Iterator[Expr | Cond]:
    """The same, entering named figures, each once."""
    seen: set[str] = set()
    stack = [node]
    while stack:
        root = stack.pop()
        yield from parts(root)
        for name in named(root):
            if name not in seen:
                seen.add(name)
                if name in figures:
                    stack.append(figures[name].body)
