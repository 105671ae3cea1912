"""What a grammar rule makes. A rule's name says it; only what no name can say stands in the table of `shapes`.

``limited_line`` -> the class LimitedLine, its parts positional · ``many_…`` -> a tuple · ``say_…`` -> the words after the prefix ·
``is_true``, ``is_false`` · ``just_…`` -> its only part · ``put_x`` -> the field x. A name that says nothing is a programmer's error.

A node whose part could not be read cannot be read itself, up to the first that has room for a `Bad`: a line, a definition, an item.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import attrs

from vbclang.source import Span
from vbclang.syntax import tree
from vbclang.syntax.literals import LITERALS, Complaint
from vbclang.syntax.shapes import SHAPES, SPECIAL, Put, Shape
from vbclang.syntax.tree import Bad, Node

Maker = Callable[[Span, list[Any]], Any]

_ROOM_FOR_BAD: tuple[type[Node], ...] = (
    tree.Contract,
    tree.Rules,
    tree.Data,
    tree.Measure,
    tree.Event,
    tree.Term,
    tree.Clause,
    tree.Guarantee,
    tree.WorkedExample,
)


class Unmapped(Exception):
    """A rule of the grammar that makes nothing: a programmer's error."""


@cache
def maker(rule: str) -> Maker:
    """What makes the value of ``rule`` from its span and its parts."""
    if rule in LITERALS:
        return LITERALS[rule]
    if rule in SPECIAL:
        return SPECIAL[rule]
    if rule in SHAPES:
        return _of_shape(SHAPES[rule])
    return _of_name(rule)


def _of_name(rule: str) -> Maker:
    head, _, rest = rule.partition("_")
    if head == "many":
        return lambda span, parts: tuple(p for p in parts if p is not None)
    if head == "say":
        words = rest.replace("_", " ")
        return lambda span, parts: words
    if rule in ("is_true", "is_false"):
        return lambda span, parts: rule == "is_true"
    if head == "just":
        return lambda span, parts: parts[0]
    if head == "put":
        return lambda span, parts: Put(rest, parts[0], span)
    return _of_class(rule)


def _of_class(rule: str) -> Maker:
    name = "".join(word.capitalize() for word in rule.split("_"))
    cls = getattr(tree, name, None)
    if not (isinstance(cls, type) and issubclass(cls, Node)):
        raise Unmapped(f"the grammar rule `{rule}` makes nothing: no class {name}, no shape")
    return _of_shape(Shape(cls, tuple(f.name for f in attrs.fields(cls)[1:])))


def _of_shape(shape: Shape) -> Maker:
    fields = attrs.fields_dict(shape.cls)
    lists = frozenset(name for name, f in fields.items() if str(f.type).startswith("tuple["))
    needed = frozenset(name for name, f in fields.items() if f.default is attrs.NOTHING) - {"span"}

    def make(span: Span, parts: list[Any]) -> Node:
        values = dict(shape.fixed)
        values.update(_named(shape, [p for p in parts if not isinstance(p, Put)]))
        values.update(_put([p for p in parts if isinstance(p, Put)]))
        if shape.cls not in _ROOM_FOR_BAD and any(map(_unreadable, values.values())):
            return Bad(span)
        for name in needed - values.keys():
            values[name] = None
        for name in lists:
            if values.get(name, ()) is None:
                values[name] = ()
        return shape.cls(span, **values)

    return make


def _named(shape: Shape, parts: list[Any]) -> dict[str, Any]:
    if len(parts) > len(shape.names):
        raise Unmapped(f"{len(parts)} parts for the {len(shape.names)} fields of {shape.cls.__name__}")
    return dict(zip(shape.names, parts, strict=False))


def _put(puts: list[Put]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for put in puts:
        if put.name in values:
            raise Complaint(put.span, "S012", "This is said twice in one line. Say it once.")
        values[put.name] = put.value
    return values


def _unreadable(value: object) -> bool:
    return isinstance(value, Bad) or (isinstance(value, tuple) and any(isinstance(v, Bad) for v in value))
