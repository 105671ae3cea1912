"""How `vbc` ends."""

from __future__ import annotations

FINE = 0
FOUND = 1
USAGE = 2
FAULT = 3
INTERRUPTED = 130
"""As shells have it: 128 and the number of the signal."""
PIPE_CLOSED = 141
