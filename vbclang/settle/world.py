"""Where the facts come from: what was delivered, or what a worked example gives."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from vbclang.core.program import Flow, Program
from vbclang.core.record import View
from vbclang.data.facts import Facts
from vbclang.engine.interpret import Overrides


class World(Protocol):
    """Where the facts come from."""

    @property
    def program(self) -> Program:
        """The contract."""
        ...

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which something arrived, in their order, where it is known."""
        ...

    @property
    def until(self) -> date | None:
        """The day after the last period of which anything is known, where nothing says on which days it came; None: all is known."""
        ...

    def seen(self, view: View, day: date | None) -> tuple[Facts, Overrides]:
        """The facts as what looks at them so sees them at the end of a day (None: with all that came), and what replaces some."""
        ...

    def is_final(self, flow: Flow, place: int, day: date) -> bool:
        """Whether the final data of all that a clause reads provisionally for a period are there at the end of a day."""
        ...

    def replaced(self, flow: Flow, place: int, day: date) -> int:
        """How often final data that a clause reads for a period have been replaced by agreement by the end of a day."""
        ...
