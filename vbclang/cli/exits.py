"""How `vbc` ends."""

from __future__ import annotations

from vbclang.source import Diagnostics, Severity

FINE = 0
FOUND = 1
USAGE = 2
FAULT = 3
INTERRUPTED = 130
"""As shells have it: 128 and the number of the signal."""
PIPE_CLOSED = 141


def exit_of(diagnostics: Diagnostics) -> int:
    """The exit code that these findings call for. Warnings do not fail; an error of usage outweighs the others."""
    errors = [diagnostic.code for diagnostic in diagnostics if diagnostic.severity is Severity.ERROR]
    if any(code.startswith("U") for code in errors):
        return USAGE
    return FOUND if errors else FINE
