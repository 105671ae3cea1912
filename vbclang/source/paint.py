"""The few colours of a message on a terminal; without colour the text stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from attrs import frozen

from vbclang.source.codes import Severity

Highlight: TypeAlias = Callable[[str], str]
"""Puts colours into a line of contract text."""

_SEVERITY = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFORMATION: "1;36"}


@frozen
class Paint:
    """Colours text by its part in the message. ``severity`` gives the main colour, ``highlight`` those of contract text."""

    colour: bool
    severity: Severity
    highlight: Highlight | None = None

    def main(self, text: str) -> str:
        """What the message is about."""
        return self._in(_SEVERITY[self.severity], text)

    def label(self, text: str) -> str:
        """Another place that it speaks of."""
        return self._in("36", text)

    def strong(self, text: str) -> str:
        """The message."""
        return self._in("1", text)

    def quiet(self, text: str) -> str:
        """Line numbers and what else only frames the rest."""
        return self._in("34", text)

    def offered(self, text: str) -> str:
        """What may be written instead."""
        return self._in("32", text)

    def contract(self, text: str) -> str:
        """The contract's own text."""
        return self.highlight(text) if self.colour and self.highlight else text

    def _in(self, sgr: str, text: str) -> str:
        return f"\x1b[{sgr}m{text}\x1b[0m" if self.colour and text else text
