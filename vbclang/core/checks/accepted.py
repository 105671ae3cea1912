"""Warnings that the contract accepts, each with its reason: `accepted C024 because "…"`.

A line in the contract's heading accepts a warning everywhere, one in another item only there. An error cannot be accepted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vbclang.core.elaborate.workbench import Workbench
from vbclang.core.settings import Settings
from vbclang.names.scope import Scope
from vbclang.source import CODES, Diagnostic, Severity
from vbclang.syntax import tree


def without_accepted(w: Workbench, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The findings that stay, and those on lines that accept what cannot be accepted."""
    lines = tuple(_accepting(w.scope, w.settings))
    for line, _ in lines:
        if line.code not in CODES:
            yield Diagnostic("C031", f"There is no finding {line.code}, so nothing is accepted here.", line.span)
        elif CODES[line.code].severity is Severity.ERROR:
            yield Diagnostic("C031", f"{line.code} is an error, and only a warning can be accepted. Put right what it is about.", line.span)
    yield from not_accepted(w.scope, w.settings, found)


def not_accepted(scope: Scope, settings: Settings, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The findings that no line accepts."""
    lines = tuple(_accepting(scope, settings))
    for finding in found:
        if finding.severity is not Severity.WARNING or not any(_covers(line, item, finding) for line, item in lines):
            yield finding


def _accepting(scope: Scope, settings: Settings) -> Iterator[tuple[tree.AcceptedLine, tree.Node | None]]:
    """Each such line with the item in which it stands; None: the contract's heading."""
    for line in settings.lines:
        if isinstance(line, tree.AcceptedLine):
            yield line, None
    for item in (*scope.clauses.values(), *scope.names.values()):
        if isinstance(item, tree.Clause | tree.Measure | tree.Term):
            for own in item.lines:
                if isinstance(own, tree.AcceptedLine):
                    yield own, item


def _covers(line: tree.AcceptedLine, item: tree.Node | None, finding: Diagnostic) -> bool:
    if line.code != finding.code:
        return False
    place = finding.span
    return item is None or (item.span.file == place.file and item.span.start <= place.start < item.span.end)
