"""Words as Markdown."""

from __future__ import annotations


def escaped(words: str) -> str:
    """Characters that Markdown would take for its own are shown as they are."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>#|" else c for c in words)
