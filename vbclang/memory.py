"""What is kept of a contract between one check and the next, where it is checked again and again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from attrs import define, field

from vbclang.again import Traces
from vbclang.core.program import Program
from vbclang.names.scope import Scope
from vbclang.syntax.kept import Kept


@define(eq=False)
class Memory:
    """The items that were read, how the contract was elaborated and what was proved of it; and the same of each contract that it reads."""

    items: Kept = field(factory=Kept)
    elaborated: Traces = field(factory=dict)
    proved: Traces = field(factory=dict)
    _links: dict[Path, Memory] = field(factory=dict)
    _heading: tuple[object, ...] = ()

    def of(self, link: Path) -> Memory:
        """That of a contract that this one reads."""
        return self._links.setdefault(link, Memory())

    def begin(self, scope: Scope, links: Mapping[str, Program | None]) -> None:
        """Forget how the contract was worked out where what holds for all of it has changed."""
        heading = (scope.contract, scope.rules, scope.schedules, scope.unreadable, links)
        if heading != self._heading:
            self._heading = heading
            self.elaborated.clear()
            self.proved.clear()
