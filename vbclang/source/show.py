"""Diagnostics as words on a screen, or as plain values for another program: the only place where either is made."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from vbclang.source.codes import Severity
from vbclang.source.columns import shown
from vbclang.source.diagnostics import Diagnostic, Diagnostics, Label, Reading, here, places
from vbclang.source.excerpt import Mark, excerpt
from vbclang.source.lines import Lines
from vbclang.source.paint import Highlight, Paint
from vbclang.source.spans import Span, Text

WIDTH = 100
GUESSED = "did you mean"
"""The words of a reading that is a guess at what was misspelt; alone it needs no others."""


def show(
    diagnostics: Diagnostics,
    texts: Mapping[str, Text],
    colour: bool = False,
    width: int = WIDTH,
    highlight: Highlight | None = None,
) -> str:
    """All of ``diagnostics``, in the order given, and a closing line that counts them; empty where there are none.

    ``texts``: by the file's name as the spans have it. A place in any other file is named without an excerpt.
    ``width``: the columns of the screen, for wrapping prose and cutting long lines. ``highlight``: colours the excerpts, where there is
    colour.
    """
    if not diagnostics:
        return ""
    diagnostics, pages = here(diagnostics, texts), _pages(diagnostics, texts)
    blocks = ["\n".join(_block(diagnostic, pages, Paint(colour, diagnostic.severity, highlight), width)) for diagnostic in diagnostics]
    return "\n\n".join([*blocks, count(diagnostics)]) + "\n"


def count(diagnostics: Diagnostics) -> str:
    """The closing line: ``2 errors, 1 warning.``"""
    numbers = Counter(diagnostic.severity for diagnostic in diagnostics)
    parts = [_counted(numbers[severity], severity) for severity in Severity if numbers[severity]]
    return ", ".join(parts) + "." if parts else "Nothing found."


def as_json(diagnostics: Diagnostics, texts: Mapping[str, Text]) -> list[dict[str, Any]]:
    """The same findings as plain values: lines and columns from 1, None where the text is not at hand; the end is exclusive."""
    diagnostics, pages = here(diagnostics, texts), _pages(diagnostics, texts)
    return [_plain(diagnostic, pages) for diagnostic in diagnostics]


def as_markdown(diagnostics: Diagnostics, texts: Mapping[str, Text]) -> str:
    """The same findings as a table in Markdown, with what to write instead in a list below it."""
    diagnostics, pages = here(diagnostics, texts), _pages(diagnostics, texts)
    rows = [f"| {each.severity.value} | {each.code} | {_cell(_place(each.span, pages))} | {_cell(each.message)} |" for each in diagnostics]
    table = ["| weight | code | place | what |", "|---|---|---|---|", *rows, ""] if rows else []
    return "\n".join([*table, count(diagnostics), *_written(diagnostics, pages)]) + "\n"


def _cell(words: str) -> str:
    return " ".join(shown(words).replace("|", "\\|").split())


def _written(diagnostics: Diagnostics, pages: Mapping[str, Lines]) -> Iterable[str]:
    """Readings as blocks of the language, each under the place that it is for."""
    for each in diagnostics:
        for reading in each.readings:
            words = f" ({_cell(reading.words)})" if reading.words else ""
            lines = _lines(shown(_whole_lines(reading, pages)))
            yield from ("", f"For {each.code}, {_cell(_place(each.span, pages))}{words}:", "", "```vbc", *lines, "```")


def _counted(number: int, severity: Severity) -> str:
    if severity is Severity.INFORMATION:
        return f"{number} for information"
    return f"{number} {severity.value}{'' if number == 1 else 's'}"


def _pages(diagnostics: Diagnostics, texts: Mapping[str, Text]) -> dict[str, Lines]:
    files = {span.file for diagnostic in diagnostics for span in places(diagnostic)}
    return {file: Lines.of(texts[file].content) for file in files if file in texts}


# -- words ----------------------------------------------------------------------------------------------------------------


def _block(diagnostic: Diagnostic, pages: Mapping[str, Lines], paint: Paint, width: int) -> list[str]:
    head = paint.main(f"{diagnostic.severity.value}[{diagnostic.code}]")
    place = shown(_place(diagnostic.span, pages))
    lines = [f"{head} {place}".rstrip(), *(paint.strong(line) for line in _wrapped(diagnostic.message, width))]
    lines += _excerpts(diagnostic, pages, paint, width)
    lines += _readings(diagnostic, pages, paint)
    for note in diagnostic.notes:
        lines += _wrapped(f"Note: {note}", width, "      ")
    return lines


def _place(span: Span, pages: Mapping[str, Lines]) -> str:
    if span.file not in pages:
        return span.file
    line, column = pages[span.file].place(span.start)
    return f"{span.file}:{line}:{column}"


def _wrapped(prose: str, width: int, indent: str = "") -> list[str]:
    wrapped: list[str] = []
    for paragraph in shown(prose).split("\n"):
        wrapped += textwrap.wrap(paragraph, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False) or [""]
    return wrapped


def _excerpts(diagnostic: Diagnostic, pages: Mapping[str, Lines], paint: Paint, width: int) -> list[str]:
    """The excerpt of the place's own file, then that of each other file that a label names."""
    marks = _marks(diagnostic)
    lines: list[str] = []
    for file in dict.fromkeys(mark.span.file for mark in marks):
        here = tuple(mark for mark in marks if mark.span.file == file)
        if file not in pages:
            lines += [f"In {shown(file)}: {shown(mark.words)}" for mark in here if file and mark.words]
            continue
        if file != diagnostic.span.file:
            lines.append(f"In {shown(_place(here[0].span, pages))}:")
        lines += ["", *excerpt(here, pages[file], paint, width), ""]
    return lines[:-1] if lines and not lines[-1] and not diagnostic.readings and not diagnostic.notes else lines


def _marks(diagnostic: Diagnostic) -> tuple[Mark, ...]:
    """The place itself and the labels; words that a label sets at the place itself stand beside its underline."""
    own = next((label.words for label in diagnostic.labels if label.span == diagnostic.span), "")
    others = (label for label in diagnostic.labels if label.span != diagnostic.span)
    return Mark(diagnostic.span, shown(own), True), *(Mark(label.span, shown(label.words), False) for label in others)


def _readings(diagnostic: Diagnostic, pages: Mapping[str, Lines], paint: Paint) -> list[str]:
    readings = diagnostic.readings
    if not readings:
        return []
    guessed = len(readings) == 1 and readings[0].words == GUESSED
    lines = ["Did you mean:" if guessed else "Write one of these:" if len(readings) > 1 else "Write:"]
    for number, reading in enumerate(readings, 1):
        where = _elsewhere(reading, diagnostic, pages)
        if words := f"{'' if guessed else reading.words}{where}".strip():
            lines.append(f"  {f'{number}. ' if len(readings) > 1 else ''}{shown(words)}:")
        lines += [f"      {paint.offered(line)}".rstrip() for line in _lines(shown(_whole_lines(reading, pages)))]
    return lines


def _whole_lines(reading: Reading, pages: Mapping[str, Lines]) -> str:
    """The line as it would then stand, from its first word on, ready to paste; what goes in a place of its own as it is."""
    if reading.span is None or reading.span.file not in pages:
        return reading.text
    page = pages[reading.span.file]
    line, column = page.place(reading.span.start)
    last, end = page.place(reading.span.end)
    before, behind = page.line(line)[: column - 1], page.line(last)[end - 1 :]
    return f"{before.lstrip() if before.strip() else ''}{reading.text}{behind}".rstrip()


def _lines(text: str) -> list[str]:
    """The lines to write, one below the other: those after the first begin with the blanks that they have in the file."""
    first, _, rest = text.partition("\n")
    return [first, *(textwrap.dedent(rest) if not first[:1].isspace() else rest).split("\n")] if rest else [first]


def _elsewhere(reading: Reading, diagnostic: Diagnostic, pages: Mapping[str, Lines]) -> str:
    """Where the reading goes, if that is another line than the one the message is about."""
    if reading.span is None or reading.span.file not in pages:
        return ""
    line, _ = pages[reading.span.file].place(reading.span.start)
    if reading.span.file != diagnostic.span.file:
        return f" ({reading.span.file}, line {line})"
    own, _ = pages[diagnostic.span.file].place(diagnostic.span.start)
    return f" (line {line})" if line != own else ""


# -- plain values ---------------------------------------------------------------------------------------------------------


def _plain(diagnostic: Diagnostic, pages: Mapping[str, Lines]) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        **_plain_span(diagnostic.span, pages),
        "labels": [_plain_label(label, pages) for label in diagnostic.labels],
        "readings": [_plain_reading(reading, pages) for reading in diagnostic.readings],
        "notes": list(diagnostic.notes),
    }


def _plain_label(label: Label, pages: Mapping[str, Lines]) -> dict[str, Any]:
    return {"words": label.words, **_plain_span(label.span, pages)}


def _plain_reading(reading: Reading, pages: Mapping[str, Lines]) -> dict[str, Any]:
    place = {} if reading.span is None else {"replaces": _plain_span(reading.span, pages)}
    return {"words": reading.words, "text": reading.text, "correction": reading.correction, **place}


def _plain_span(span: Span, pages: Mapping[str, Lines]) -> dict[str, Any]:
    if span.file not in pages:
        return {"file": span.file, "line": None, "column": None, "end_line": None, "end_column": None}
    (line, column), (end_line, end_column) = pages[span.file].place(span.start), pages[span.file].place(span.end)
    return {"file": span.file, "line": line, "column": column, "end_line": end_line, "end_column": end_column}
