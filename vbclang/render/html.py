"""A document as one HTML page: it fetches nothing, runs nothing, and prints on A4, across it where tables are wide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import assert_never

from vbclang.render.document import Bars, Column, Curve, Curves, Document, Entries, Heading, Pairs, Part, Prose, Table
from vbclang.render.svg import bars as bars_drawn
from vbclang.render.svg import curve as curve_drawn

_STYLE = """
@page { size: A4; margin: 7mm 9mm }
* { box-sizing: border-box }
body { font: 8pt/1.22 "Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", sans-serif; color: #1b2430; max-width: 192mm;
  margin: 6mm auto; padding: 0 3mm }
h1 { font-size: 14pt; margin: 0 0 1mm; color: #16324f; break-after: avoid }
* + h1 { margin-top: 9mm }
h2 { font-size: 9.6pt; margin: 2.2mm 0 .4mm; padding-bottom: .4mm; border-bottom: .35mm solid #16324f; color: #16324f; break-after: avoid }
h3 { font-size: 8pt; margin: 1.2mm 0 .1mm; break-after: avoid }
p { margin: .6mm 0 }
table { border-collapse: collapse; width: 100%; margin: .4mm 0 1mm }
th, td { text-align: left; vertical-align: top; padding: .25mm 2.2mm .25mm 0; border-bottom: .15mm solid #cfd6de;
  overflow-wrap: break-word }
th { font-weight: 600; color: #44525f }
thead th { break-after: avoid }
td:last-child, th:last-child { padding-right: 0 }
.plain td, .plain th { padding-left: 2mm }
.plain td:first-child, .plain th:first-child { padding-left: 0 }
.right, .short { white-space: nowrap }
td.right, th.right { text-align: right; font-variant-numeric: tabular-nums }
.figures th.right { width: 23% }
.many { font-size: 7.6pt; line-height: 1.26 }
.many th.narrow { width: 1% }
code { font-family: "Consolas", "Liberation Mono", monospace; font-size: 92% }
tr, .kept { break-inside: avoid }
tr:nth-last-child(2) { break-after: avoid }
.kept tr:not(:last-child) td { border-bottom: 0 }
thead { display: table-header-group }
tr.total td { border-top: .35mm solid #44525f; font-weight: 600 }
.pairs th { width: 50mm; color: #1b2430 }
.brief th { width: 24mm }
.entries { font-size: 7.1pt; line-height: 1.18 }
.entries td:first-child { font-weight: 600; width: 22mm }
.entries td:nth-child(3):nth-last-child(3) { width: 27.5% }
.entries td:nth-child(4) { min-width: 19mm }
.curves { display: grid; grid-template-columns: repeat(3, 1fr); gap: 1.6mm 5mm }
.curves.few { grid-template-columns: repeat(2, 66mm) }
figure { margin: 0; break-inside: avoid }
figcaption { font-size: 7.2pt; line-height: 1.2 }
figcaption b { font-size: 7.6pt }
.cliffs { margin: 0; padding-left: 3mm; font-size: 6.9pt; line-height: 1.2 }
svg { display: block; width: 100%; height: auto }
@media print { .bars svg { width: 82% } }
@media print { body { margin: 0; padding: 0; max-width: none } }
@media screen { body { font-size: 9.5pt } body:has(.many) { max-width: 260mm } .entries, .many { font-size: 8.6pt } }
@media screen and (max-width: 760px) { .curves, .curves.few { grid-template-columns: 1fr } table { display: block; overflow-x: auto }
  .many td:last-child { min-width: 45mm } }
"""

_ACROSS = "@page { size: A4 landscape }\n"
"""A page with a table of many columns lies on its side."""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""A browser that keeps to it fetches and runs nothing, whatever stands in a name."""


def text(document: Document) -> str:
    """The document as a page of its own."""
    title = next((part.text for part in document if isinstance(part, Heading)), "")
    body = "\n".join(line for part in document for line in _part(part))
    style = f"{_STYLE}{_ACROSS}" if _is_wide(document) else _STYLE
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<style>{style}</style>\n</head>\n'
        f"<body>\n{body}\n</body>\n</html>\n"
    )


_BRIEF = 14
"""Labels of so many letters, days among them, leave the more room for what is said."""


def _is_wide(document: Document) -> bool:
    return any(isinstance(part, Table) and len(part.columns) >= _MANY for part in document)


def _part(part: Part) -> Iterator[str]:
    match part:
        case Heading(words, level):
            yield f"<h{level}>{escape(words)}</h{level}>"
        case Prose(words):
            yield f"<p>{_typed(words)}</p>"
        case Table(heads, rows, totals):
            yield from _table(heads, rows, totals)
        case Pairs(rows):
            brief = " brief" if all(len(label) <= _BRIEF for label, _ in rows) else ""
            yield f'<table class="pairs{brief}"><tbody>'
            yield from (f'<tr><th scope="row">{escape(label)}</th><td>{escape(words)}</td></tr>' for label, words in rows)
            yield "</tbody></table>"
        case Entries(headings, rows):
            yield from _table(tuple(Column(heading) for heading in headings), rows, 0, "entries")
        case Bars():
            yield f'<figure class="bars">{bars_drawn(part)}</figure>'
        case Curves(curves):
            yield '<div class="curves few">' if len(curves) < _IN_A_ROW else '<div class="curves">'
            yield from (_figure(curve) for curve in curves)
            yield "</div>"
        case _:
            assert_never(part)


def _table(heads: tuple[Column, ...], rows: tuple[tuple[str, ...], ...], totals: int, kind: str = "plain") -> Iterator[str]:
    yield f'<table class="{kind}{_shape(heads) if kind == "plain" else ""}"><thead><tr>'
    yield "".join(_head(head, [row[at] for row in rows]) for at, head in enumerate(heads))
    yield "</tr></thead>"
    first_total = len(rows) - totals if totals else None
    for group in _groups(rows):
        yield "<tbody>" if len(group) == 1 or all(row[0] for row in rows) else '<tbody class="kept">'
        yield from (_row(heads, rows[number], number == first_total) for number in group)
        yield "</tbody>"
    yield "</table>"


def _head(head: Column, cells: list[str]) -> str:
    """A heading. Among many columns one of short cells alone takes no more room than they need."""
    narrow = all(len(cell) <= _SHORT_AMONG_MANY for cell in cells)
    kinds = " ".join([*(["right"] if head.side == "right" else []), *(["narrow"] if narrow else [])])
    said = f' class="{kinds}"' if kinds else ""
    return f'<th scope="col"{said}>{escape(head.heading)}</th>'


def _groups(rows: tuple[tuple[str, ...], ...]) -> Iterator[range]:
    """Rows that are read together, by their numbers: one that begins with an empty cell goes on with the one before. Where none does, they
    are one group.
    """
    starts = [number for number, row in enumerate(rows) if row[0] or not number]
    if len(starts) == len(rows):
        yield range(len(rows))
        return
    yield from (range(start, end) for start, end in zip(starts, (*starts[1:], len(rows)), strict=True))


def _row(heads: tuple[Column, ...], row: tuple[str, ...], total: bool) -> str:
    cells = "".join(_cell(head, cell, len(heads)) for head, cell in zip(heads, row, strict=True))
    return f'<tr class="total">{cells}</tr>' if total else f"<tr>{cells}</tr>"


_TYPED = re.compile(r"`([^`]+)`")


def _typed(words: str) -> str:
    """A paragraph; what is to be typed stands in it as it is typed."""
    return _TYPED.sub(r"<code>\1</code>", escape(words))


_IN_A_ROW = 3
"""So many curves stand beside each other; fewer are larger."""

_MANY = 6
"""A table of so many columns has many."""


def _shape(heads: tuple[Column, ...]) -> str:
    """How a table of such columns is set: of figures beside a name, those below each other in all such tables; of many columns, smaller."""
    figures = sum(head.side == "right" for head in heads)
    return " many" if len(heads) >= _MANY else " figures" if figures == len(heads) - 1 == _SPANS else ""


_SPANS = 3
"""So many columns of figures beside a name."""

_SHORT, _SHORT_AMONG_MANY = 16, 22
"""A cell of so many letters is not broken: a day, a name of two words."""


def _cell(head: Column, words: str, columns: int) -> str:
    short = head.side == "left" and len(words) <= (_SHORT_AMONG_MANY if columns >= _MANY else _SHORT)
    return f'<td class="short">{escape(words)}</td>' if short else f"<td{_side(head)}>{escape(words)}</td>"


def _side(head: Column) -> str:
    return ' class="right"' if head.side == "right" else ""


def _figure(curve: Curve) -> str:
    cliffs = "".join(f"<li>{escape(jump.words)}</li>" for jump in curve.jumps)
    listed = f'<ul class="cliffs">{cliffs}</ul>' if cliffs else ""
    caption = f"<figcaption><b>{escape(curve.title)}</b><br>{escape(curve.caption)}</figcaption>"
    return f"<figure>{caption}{curve_drawn(curve)}{listed}</figure>"
