"""Warnings that the contract accepts, each with its reason: `accepted C024 because "…"`.

A line in the contract's heading accepts a warning everywhere, one in another item only there. An error cannot be accepted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from vbclang.core.settings import Settings
from vbclang.names.scope import Scope
from vbclang.source import CODES, Diagnostic, Diagnostics, Severity, Span, has_errors
from vbclang.syntax import tree


@frozen(eq=False)
class Accepted:
    """A finding that is not said again, since the contract accepts it: why, who says so (may be empty), and the line that does."""

    finding: Diagnostic
    reason: str
    by: str
    line: Span


@frozen(eq=False)
class _Acceptance:
    """A line that accepts, with the item in which it stands; None: the contract's heading."""

    line: tree.AcceptedLine
    item: tree.Node | None

    def covers(self, finding: Diagnostic) -> bool:
        """Whether it speaks of this finding, at its place."""
        if self.line.code != finding.code or finding.severity is Severity.ERROR:
            return False
        place = finding.span
        return self.item is None or (self.item.span.file == place.file and self.item.span.start <= place.start < self.item.span.end)


def accepted(scope: Scope, settings: Settings, found: Iterable[Diagnostic]) -> tuple[Diagnostics, tuple[Accepted, ...]]:
    """The findings that stay, with those about the lines that accept; and the findings that the contract accepts."""
    lines = tuple(_accepting(scope, settings))
    kept: list[Diagnostic] = []
    taken: dict[_Acceptance, list[Diagnostic]] = {each: [] for each in lines}
    for finding in found:
        by = next((each for each in lines if each.covers(finding)), None)
        (kept if by is None else taken[by]).append(finding)
    listed = tuple(_listed(each, finding) for each, findings in taken.items() for finding in findings)
    idle = [each for each, findings in taken.items() if not findings]
    kept += [wrong for each in idle if (wrong := _impossible(each.line)) is not None]
    if not has_errors(kept):  # with errors not everything has been looked for
        kept += _needless(scope, idle)
    return tuple(kept), listed


def _listed(each: _Acceptance, finding: Diagnostic) -> Accepted:
    return Accepted(finding, each.line.reason.text, each.line.by.text if each.line.by is not None else "", each.line.span)


def _accepting(scope: Scope, settings: Settings) -> Iterator[_Acceptance]:
    """Lines in items come first: what two lines accept is accepted by the nearer one."""
    for item in (*scope.clauses.values(), *scope.names.values()):
        if isinstance(item, tree.Clause | tree.Measure | tree.Term):
            yield from (_Acceptance(line, item) for line in item.lines if isinstance(line, tree.AcceptedLine))
    yield from (_Acceptance(line, None) for line in settings.lines if isinstance(line, tree.AcceptedLine))


def _impossible(line: tree.AcceptedLine) -> Diagnostic | None:
    """What does not exist, or is an error, is not accepted. (An error that the parties have given another weight is none.)"""
    if line.code not in CODES:
        return Diagnostic("C031", f"There is no finding {line.code}, so nothing is accepted here.", line.span)
    if CODES[line.code].severity is Severity.ERROR:
        why = f"{line.code} is an error, and only a warning can be accepted. Put right what it is about."
        return Diagnostic("C031", why, line.span)
    return None


def _needless(scope: Scope, idle: Iterable[_Acceptance]) -> Iterator[Diagnostic]:
    """Lines of the contract itself that accept what is not found (any more). Those of general rules speak to many contracts."""
    own = "" if scope.contract is None else scope.contract.span.file
    for each in idle:
        if each.line.span.file == own:
            where = "in this contract" if each.item is None else "here"
            yield Diagnostic("C038", f"{each.line.code} is not found {where}, so nothing is accepted. Take the line out.", each.line.span)
