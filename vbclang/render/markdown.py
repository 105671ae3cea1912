"""Words, and whole documents, as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import assert_never

from vbclang.render.document import Bars, Column, Curve, Curves, Document, Entries, Heading, Pairs, Part, Prose, Table

_SIGNS = re.compile(r"[\\`*{}\[\]<>#|]|(?<![^\W_])_|_(?![^\W_])")
"""Characters that Markdown would take for its own. Between letters an underscore is none: `accepted_on` is written as it is typed."""


def escaped(words: str) -> str:
    """Characters that Markdown would take for its own are shown as they are."""
    return _SIGNS.sub(r"\\\g<0>", words)


def code(words: str) -> str:
    """Words that are to be typed as they stand: a file's name, a heading."""
    return escaped(words) if "`" in words else f"`{words.replace('|', chr(92) + '|')}`"


def text(document: Document) -> str:
    """A document as Markdown: charts become tables of what they show."""
    return "\n\n".join("\n".join(_part(part)) for part in document) + "\n"


def _part(part: Part) -> Iterator[str]:
    match part:
        case Heading(words, level):
            yield f"{'#' * level} {_cell(words)}"
        case Prose(words):
            yield _cell(words)
        case Table(heads, rows):
            yield from _table(heads, rows)
        case Pairs(rows):
            yield from (f"- {_cell(label)}: {_cell(words)}" for label, words in rows)
        case Entries(headings, rows):
            yield from _table(tuple(Column(heading) for heading in headings), rows)
        case Bars(bars):
            yield from _table((Column(""), Column("at least and at most", "right")), ((bar.label, bar.words) for bar in bars))
        case Curves(curves):
            yield "\n\n".join("\n".join(_curve(curve)) for curve in curves)
        case _:
            assert_never(part)


def _table(heads: tuple[Column, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield _row(head.heading for head in heads)
    yield "|" + "|".join("---:" if head.side == "right" else "---" for head in heads) + "|"
    yield from (_row(row) for row in rows)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(words: str) -> str:
    return escaped(" ".join(words.split()))


def _curve(curve: Curve) -> Iterator[str]:
    yield f"**{_cell(curve.title)}**: {_cell(curve.caption)}\n"
    yield from _table((Column(curve.x_name), Column(curve.y_name, "right")), ((each.where, each.pays) for each in curve.stretches))
    if curve.jumps:
        yield ""
        yield from (f"- {_cell(jump.words)}" for jump in curve.jumps)
