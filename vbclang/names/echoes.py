"""One fault, one finding: what later passes miss in an item only because a line of it could not be read is not said again."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from vbclang.source import Diagnostic, Diagnostics, Span, in_order
from vbclang.syntax import tree

_NOT_THERE = frozenset(
    {"T013", "T015", "T017", "C001", "C009", "C010", "C012", "C016", "C018", "C030", "C032", "C034", "W001", "N011", "S021", "W004"}
)
"""Findings that say that something is not there: in an item with a line that could not be read, it may be that line."""

_ELSEWHERE: dict[type[tree.Node], frozenset[str]] = {
    tree.Contract: frozenset({"C001", "C009", "C011", "C018", "C021", "C022", "C035"}),
    tree.Rules: frozenset({"C001", "C009", "C011", "C018", "C021", "C035"}),
    tree.Data: frozenset({"N012"}),
    tree.Measure: frozenset({"T011", "T012"}),
}
"""The same of other items: what they want may stand on the unreadable line of an item of this class."""


def without_echoes(files: Iterable[tree.File], found: Iterable[Diagnostic]) -> Diagnostics:
    """The findings in order, without the echoes of unreadable lines."""
    items = [item for file in files for item in file.items]
    torn = [item for item in items if not isinstance(item, tree.Bad) and _has_bad(item)]
    anywhere = frozenset[str]().union(*(_ELSEWHERE.get(type(item), frozenset()) for item in torn))
    if any(isinstance(item, tree.Bad) for item in items):
        anywhere |= {"N011", "C025"}
    spans = [item.span for item in torn]
    return in_order(d for d in found if d.code not in anywhere and not (d.code in _NOT_THERE and _inside(d.span, spans)))


def _inside(place: Span, spans: list[Span]) -> bool:
    return any(span.file == place.file and span.start <= place.start < span.end for span in spans)


def _has_bad(node: object) -> bool:
    if isinstance(node, tree.Bad):
        return True
    if isinstance(node, tree.Node):
        return any(_has_bad(value) for value in attrs.asdict(node, recurse=False).values())
    return isinstance(node, tuple) and any(_has_bad(part) for part in node)
