"""Contract text in colour on a terminal, by the one table of colours."""

from __future__ import annotations

import re
from functools import cache

from vbclang.render.colours import OTHER_WORD, Colour, patterns

_SGR = {
    Colour.PROSE: "3",
    Colour.NOTE: "2",
    Colour.QUOTED: "32",
    Colour.ITEM: "1;35",
    Colour.DATE: "33",
    Colour.FIGURE: "33",
    Colour.WORD: "35",
    Colour.TERM: "36",
}
"""How a terminal shows a colour; what is not here stays as it is."""


@cache
def _rules() -> tuple[tuple[Colour | None, re.Pattern[str]], ...]:
    return (*((colour, re.compile(pattern)) for colour, pattern in patterns()), (None, re.compile(OTHER_WORD)))


def highlighted(line: str) -> str:
    """The line with its words, figures and terms in colour; its characters and their order stay the same."""
    pieces: list[str] = []
    at = 0
    while at < len(line):
        colour, text = _next(line, at)
        pieces.append(f"\x1b[{_SGR[colour]}m{text}\x1b[0m" if colour in _SGR else text)
        at += len(text)
    return "".join(pieces)


def _next(line: str, at: int) -> tuple[Colour | None, str]:
    """The longest stretch of one colour at a place; one character where no pattern fits."""
    for colour, pattern in _rules():
        found = pattern.match(line, at)
        if found and found.end() > at:
            return colour, found.group()
    return None, line[at]
