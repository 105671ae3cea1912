"""A document as one HTML page: it fetches nothing, runs nothing, and prints on A4."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import assert_never

from vbclang.render.document import Bars, Column, Curve, Curves, Document, Entries, Heading, Pairs, Part, Prose, Table
from vbclang.render.svg import bars as bars_drawn
from vbclang.render.svg import curve as curve_drawn

_STYLE = """
@page { size: A4; margin: 10mm 12mm }
* { box-sizing: border-box }
body { font: 8.4pt/1.3 "Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", sans-serif; color: #1b2430; max-width: 192mm;
  margin: 6mm auto; padding: 0 3mm }
h1 { font-size: 14pt; margin: 0 0 1mm; color: #16324f }
h2 { font-size: 10pt; margin: 3.4mm 0 .8mm; padding-bottom: .4mm; border-bottom: .35mm solid #16324f; color: #16324f; break-after: avoid }
h3 { font-size: 8.4pt; margin: 1.6mm 0 .2mm; break-after: avoid }
p { margin: .8mm 0 }
table { border-collapse: collapse; width: 100%; margin: .4mm 0 1mm }
th, td { text-align: left; vertical-align: top; padding: .35mm 2.5mm .35mm 0; border-bottom: .15mm solid #cfd6de;
  overflow-wrap: break-word }
th { font-weight: 600; color: #44525f }
thead th { break-after: avoid }
td:last-child, th:last-child { padding-right: 0 }
.plain td, .plain th { padding-left: 2mm }
.plain td:first-child, .plain th:first-child { padding-left: 0 }
.right, .short { white-space: nowrap }
td.right, th.right { text-align: right; font-variant-numeric: tabular-nums }
tr { break-inside: avoid }
thead { display: table-header-group }
tr.total td { border-top: .35mm solid #44525f; font-weight: 600 }
.pairs th { width: 46mm; color: #1b2430 }
.entries { font-size: 7.4pt; line-height: 1.24 }
.entries td:first-child { font-weight: 600; width: 25mm }
.entries td:nth-child(4) { min-width: 23mm }
.curves { display: grid; grid-template-columns: repeat(3, 1fr); gap: 1.6mm 5mm }
figure { margin: 0; break-inside: avoid }
figcaption { font-size: 7.4pt; line-height: 1.25 }
figcaption b { font-size: 8pt }
.cliffs { margin: 0; padding-left: 4mm; font-size: 7.4pt; line-height: 1.25 }
svg { display: block; width: 100%; height: auto }
@media print { body { margin: 0; padding: 0; max-width: none } }
@media screen { body { font-size: 9.5pt } .entries { font-size: 8.6pt } }
@media screen and (max-width: 760px) { .curves { grid-template-columns: 1fr } table { display: block; overflow-x: auto } }
"""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""A browser that keeps to it fetches and runs nothing, whatever stands in a name."""


def text(document: Document) -> str:
    """The document as a page of its own."""
    title = next((part.text for part in document if isinstance(part, Heading)), "")
    body = "\n".join(line for part in document for line in _part(part))
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<style>{_STYLE}</style>\n</head>\n'
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _part(part: Part) -> Iterator[str]:
    match part:
        case Heading(words, level):
            yield f"<h{level}>{escape(words)}</h{level}>"
        case Prose(words):
            yield f"<p>{escape(words)}</p>"
        case Table(heads, rows, totals):
            yield from _table(heads, rows, totals)
        case Pairs(rows):
            yield '<table class="pairs"><tbody>'
            yield from (f'<tr><th scope="row">{escape(label)}</th><td>{escape(words)}</td></tr>' for label, words in rows)
            yield "</tbody></table>"
        case Entries(headings, rows):
            yield from _table(tuple(Column(heading) for heading in headings), rows, 0, "entries")
        case Bars():
            yield f"<figure>{bars_drawn(part)}</figure>"
        case Curves(curves):
            yield '<div class="curves">'
            yield from (_figure(curve) for curve in curves)
            yield "</div>"
        case _:
            assert_never(part)


def _table(heads: tuple[Column, ...], rows: tuple[tuple[str, ...], ...], totals: int, kind: str = "plain") -> Iterator[str]:
    yield f'<table class="{kind}"><thead><tr>'
    yield "".join(f'<th scope="col"{_side(head)}>{escape(head.heading)}</th>' for head in heads)
    yield "</tr></thead><tbody>"
    for number, row in enumerate(rows):
        total = ' class="total"' if totals and number == len(rows) - totals else ""
        yield f"<tr{total}>" + "".join(_cell(head, cell) for head, cell in zip(heads, row, strict=True)) + "</tr>"
    yield "</tbody></table>"


_SHORT = 16
"""A cell of so many letters is not broken: a day, a name of two words."""


def _cell(head: Column, words: str) -> str:
    short = ' class="short"' if head.side == "left" and len(words) <= _SHORT else ""
    return f"<td{_side(head)}{short}>{escape(words)}</td>"


def _side(head: Column) -> str:
    return ' class="right"' if head.side == "right" else ""


def _figure(curve: Curve) -> str:
    cliffs = "".join(f"<li>{escape(jump.words)}</li>" for jump in curve.jumps)
    listed = f'<ul class="cliffs">{cliffs}</ul>' if cliffs else ""
    caption = f"<figcaption><b>{escape(curve.title)}</b><br>{escape(curve.caption)}</figcaption>"
    return f"<figure>{caption}{curve_drawn(curve)}{listed}</figure>"
