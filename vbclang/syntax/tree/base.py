"""What every node of the tree has: a place. Nodes compare by identity, so that side tables may be keyed by them."""

from __future__ import annotations

from attrs import frozen

from vbclang.source import Span


@frozen(eq=False, repr=False, slots=False)
class Node:
    """A piece of the contract as written. One class for each grammar rule; the names follow each other."""

    span: Span


@frozen(eq=False, repr=False, slots=False)
class Name(Node):
    """A Defined Term as it is used or declared, its spaces made single: ``Total Cost of Care``."""

    text: str


@frozen(eq=False, repr=False, slots=False)
class Column(Node):
    """A column of data, in snake_case."""

    text: str


@frozen(eq=False, repr=False, slots=False)
class Quoted(Node):
    """Words in quotes: a title, a code, the heading in somebody's file."""

    text: str


@frozen(eq=False, repr=False, slots=False)
class Bad(Node):
    """What could not be read. Later passes go round it in silence: it has been reported.

    ``declares``: the Defined Terms that the text would have declared, so that nobody calls them undefined. ``meant``: an item as it
    is read once its heading is mended, so that what speaks of it is not called wrong.
    """

    declares: tuple[str, ...] = ()
    meant: Node | None = None
