"""One fault, one finding: what later passes miss in an item only because a line of it could not be read is not said again."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from vbclang.source import Diagnostic, Diagnostics, Span, in_order
from vbclang.syntax import tree

_NOT_THERE = frozenset({"T013", "T015", "T017", "C009", "C030", "C032", "C034", "W001", "N011"})
"""Findings that say that something is not there: in an item with a line that could not be read, it may be that line."""


def without_echoes(files: Iterable[tree.File], found: Iterable[Diagnostic]) -> Diagnostics:
    """The findings in order, without the echoes of unreadable lines."""
    torn = [item.span for file in files for item in file.items if not isinstance(item, tree.Bad) and _has_bad(item)]
    unreadable = any(isinstance(item, tree.Bad) for file in files for item in file.items)
    return in_order(d for d in found if not (d.code in _NOT_THERE and (_inside(d.span, torn) or (d.code == "N011" and unreadable))))


def _inside(place: Span, spans: list[Span]) -> bool:
    return any(span.file == place.file and span.start <= place.start < span.end for span in spans)


def _has_bad(node: object) -> bool:
    if isinstance(node, tree.Bad):
        return True
    if isinstance(node, tree.Node):
        return any(_has_bad(value) for value in attrs.asdict(node, recurse=False).values())
    return isinstance(node, tuple) and any(_has_bad(part) for part in node)
