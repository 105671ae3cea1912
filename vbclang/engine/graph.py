"""Which named figures and flows read which: what must be worked out first, and what rests on its own earlier periods."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs
from attrs import frozen

from vbclang.core.nodes import AmountOf, Case, Cond, CoreNode, Expr, Piece, Ref, RefCondition, StraightLine
from vbclang.core.program import Program


@frozen
class Name:
    """A figure or a flow of the program."""

    key: str
    is_flow: bool = False


Made = CoreNode | Case | Piece | StraightLine
"""What has nodes below it."""


def parts_of(thing: object) -> Iterator[CoreNode]:
    """The nodes directly below a node, in the order in which they are written."""
    if isinstance(thing, CoreNode):
        yield thing
    elif isinstance(thing, tuple):
        for item in thing:
            yield from parts_of(item)
    elif isinstance(thing, Case | Piece | StraightLine):
        yield from children(thing)


def children(node: Made) -> Iterator[CoreNode]:
    """The nodes that ``node`` is made of."""
    for name in attrs.fields_dict(type(node)):
        yield from parts_of(getattr(node, name))


def nodes_under(roots: Iterable[CoreNode]) -> Iterator[CoreNode]:
    """Each node that the roots are made of, once."""
    seen: set[CoreNode] = set()
    waiting = list(roots)
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting.extend(children(node))
            yield node


def roots_of(program: Program, name: Name) -> tuple[Expr | Cond, ...]:
    """The expressions that a figure or a flow is worked out from."""
    if not name.is_flow:
        return (program.figures[name.key].body,)
    flow = program.flows[name.key]
    beside = {key for limit in flow.limits for key in limit.together if key != flow.key}
    return (*flow.roots(), *(root for key in sorted(beside) for root in program.flows[key].roots()))


def read_by(program: Program, name: Name) -> tuple[Name, ...]:
    """The figures and flows that it reads, each once."""
    return names_under(roots_of(program, name))


def names_under(roots: Iterable[CoreNode]) -> tuple[Name, ...]:
    """The figures and flows that the roots read, each once."""
    found: dict[Name, None] = {}
    for node in nodes_under(roots):
        if isinstance(node, Ref | RefCondition):
            found[Name(node.figure)] = None
        elif isinstance(node, AmountOf):
            found[Name(node.flow, True)] = None
    return tuple(found)


class Order:
    """The strongly connected components of what reads what (Tarjan's algorithm), grown as names are asked for."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._number: dict[Name, int] = {}
        self._lowest: dict[Name, int] = {}
        self._open: list[Name] = []
        self._closed: set[Name] = set()
        self.recursive: set[Name] = set()
        """The names seen so far that rest on themselves: they are worked out period by period."""

    def before(self, name: Name) -> list[Name]:
        """The names that have not been asked for before, up to ``name``; each reads only earlier ones, or ones of its own circle."""
        found: list[Name] = []
        if name not in self._number:
            self._visit(name, found)
        return found

    def _visit(self, name: Name, found: list[Name]) -> None:
        self._number[name] = self._lowest[name] = len(self._number)
        self._open.append(name)
        reads = read_by(self._program, name)
        for other in reads:
            if other not in self._number:
                self._visit(other, found)
            if other not in self._closed:
                self._lowest[name] = min(self._lowest[name], self._lowest[other])
        if self._lowest[name] == self._number[name]:
            self._close(name, name in reads, found)

    def _close(self, name: Name, reads_itself: bool, found: list[Name]) -> None:
        at = self._open.index(name)
        circle = self._open[at:]
        del self._open[at:]
        self._closed.update(circle)
        if reads_itself or len(circle) > 1:
            self.recursive.update(circle)
        found.extend(circle)
