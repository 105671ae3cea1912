"""How wide characters stand on a screen, and what is shown for those that would disturb it."""

from __future__ import annotations

import unicodedata

TAB = 4
_REPLACEMENT = "\ufffd"
_FIRST_ACCENT_THAT_JOINS = "\u0300"
_REORDERING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that make a terminal show a line in another order than it is read in: a trap in a contract, so they are made visible."""


def cells(line: str) -> list[tuple[str, int]]:
    """For each character of ``line``, what to show for it and how many columns that takes (0 for accents that join)."""
    if _is_plain(line):
        return [(character, 1) for character in line]
    found: list[tuple[str, int]] = []
    column = 0
    for character in line:
        cell = _tab(column) if character == "\t" else _cell(character)
        found.append(cell)
        column += cell[1]
    return found


def shown(text: str) -> str:
    """``text`` with nothing in it that would steer a terminal: line ends stay, tabs become spaces."""
    if _is_plain(text):
        return text
    return "\n".join("".join(cell for cell, _ in cells(line)) for line in text.split("\n"))


def columns(text: str) -> int:
    """How many columns one line of text takes."""
    return len(text) if _is_plain(text) else sum(width for _, width in cells(text))


def _is_plain(text: str) -> bool:
    """Whether each character takes one column and nothing steers: so it is with most text, which large statements are full of."""
    return text.isprintable() and (text.isascii() or max(text) < _FIRST_ACCENT_THAT_JOINS)


def _tab(column: int) -> tuple[str, int]:
    width = TAB - column % TAB
    return " " * width, width


def _cell(character: str) -> tuple[str, int]:
    category = unicodedata.category(character)
    if category in ("Cc", "Cs", "Zl", "Zp") or character in _REORDERING:
        return _REPLACEMENT, 1
    if category in ("Mn", "Me", "Cf"):
        return character, 0
    return character, 2 if unicodedata.east_asian_width(character) in "WF" else 1
