"""A tree as text, without places: two texts that say the same have the same dump."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import attrs

from vbclang.syntax.tree import Node


def dump(node: Node) -> str:
    """One line for each node, figure and word, indented under what it belongs to; ends in a line end."""
    lines: list[str] = []
    _dump(node, 0, "", lines)
    return "\n".join(lines) + "\n"


def _dump(value: object, depth: int, label: str, lines: list[str]) -> None:
    lead = "  " * depth + (f"{label}: " if label else "")
    if isinstance(value, Node):
        lines.append(lead + type(value).__name__)
        for field in attrs.fields(type(value))[1:]:
            _dump(getattr(value, field.name), depth + 1, field.name, lines)
    elif isinstance(value, tuple):
        lines.append(lead + ("()" if not value else f"{len(value)} of"))
        for part in value:
            _dump(part, depth + 1, "", lines)
    else:
        lines.append(lead + _word(value))


def _word(value: object) -> str:
    if isinstance(value, (Fraction, date)):
        return str(value)
    return repr(value)
