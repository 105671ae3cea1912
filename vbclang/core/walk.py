"""The nodes just below a node."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from vbclang.core import nodes as n
from vbclang.core.nodes import Cond, Expr


def children(node: n.CoreNode | n.Case | n.Piece | n.StraightLine) -> Iterator[Expr | Cond]:
    """The figures and conditions that ``node`` is made of, one level down."""
    for value in attrs.asdict(node, recurse=False).values():
        yield from _nodes_in(value)


def _nodes_in(value: object) -> Iterator[Expr | Cond]:
    if isinstance(value, n.CoreNode):
        yield value  # type: ignore[misc]  # every node is in one of the two unions
    elif isinstance(value, tuple):
        for part in value:
            yield from _nodes_in(part)
    elif isinstance(value, n.Case | n.Piece | n.StraightLine):
        yield from children(value)
