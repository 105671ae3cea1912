"""What a contract is settled from, and what of it has arrived, as documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import assert_never

from vbclang.calendar.labels import day_label
from vbclang.data.recorded import RecordLine, WantedRecord
from vbclang.data.wanted import Wanted, WantedFigures, WantedFile, WantedOf
from vbclang.render.document import Column, Document, Heading, Part, Prose, Table
from vbclang.render.markdown import code, escaped
from vbclang.render.plain import csv_text
from vbclang.settle.quality import Complete, Quality, QualityOf
from vbclang.settle.words import linked, percent
from vbclang.source import Span, Text
from vbclang.source.files import beside


def headings_row(file: Wanted) -> str:
    """The empty file: its headings and nothing under them."""
    return csv_text(file.headings, ())


def page(wanted: tuple[WantedOf, ...], texts: Mapping[str, Text]) -> str:
    """Who owes which file, with what under which heading, by when: Markdown, in the contract's own words; then the same of each contract
    that it reads.
    """
    return "\n".join(line for each in wanted for line in (*_opening(each, wanted[0]), *_files(each, texts))) + "\n"


def _opening(of: WantedOf, first: WantedOf) -> Iterator[str]:
    if of is first:
        yield f"# Data for {escaped(of.contract)}\n"
        yield "Each file is a text of rows and commas in UTF-8, its first row the headings. Days are written 2026-04-30; figures with a"
        yield "point, not a decimal comma. The words below are those of the contract.\n"
        if not of.files:
            yield "It asks for no data of its own.\n"
        return
    yield f"# Data for {escaped(of.contract)}\n"
    yield f"A contract that is read, as {escaped(of.called)}. Lines are those of {code(beside(first.written, of.written))}.\n"
    yield f"{f'Its files stand in {code(of.folder)}.' if of.files else 'It asks for no data.'}\n"


def _files(of: WantedOf, texts: Mapping[str, Text]) -> Iterator[str]:
    for file in of.files:
        match file:
            case WantedFile():
                yield from _rows(of.folder, file, texts)
            case WantedFigures():
                yield from _figures(of.folder, file, texts)
            case WantedRecord():
                yield from _record(of.folder, file)
            case _:
                assert_never(file)


def _rows(folder: str, file: WantedFile, texts: Mapping[str, Text]) -> Iterator[str]:
    yield f"## {code(folder + file.file)}: {escaped(file.name)}\n"
    yield from (f"- {_said(where, texts)}" for where in file.terms)
    yield "\n| heading | what stands there |\n|---|---|"
    yield from (f"| {code(column.heading)} | {_said(column.where, texts)} |" for column in file.columns)
    yield ""
    if file.due:
        yield "| period | final data due |\n|---|---|"
        yield from (f"| {due.period} | {day_label(due.day)} |" for due in file.due)
        yield ""


def _figures(folder: str, file: WantedFigures, texts: Mapping[str, Text]) -> Iterator[str]:
    yield f"## {code(folder + file.file)}: figures that arrive worked out\n"
    yield f"The headings are {', '.join(map(code, file.headings))}. A row for each measure, period and member; a percentage or ratio is"
    yield "given as numerator and denominator, or as its value.\n"
    yield "| measure | each | who reports it, and what | first due |\n|---|---|---|---|"
    for figure in file.figures:
        due = "" if figure.first_due is None else f"{figure.first_due.period}: {day_label(figure.first_due.day)}"
        yield f"| {escaped(figure.name)} | {figure.each} | {_said(figure.where, texts)} | {due} |"
    yield ""
    yield from (f"- {words}" for words in dict.fromkeys(figure.periods for figure in file.figures) if words)
    yield ""


_WHEN = {
    "delivery": "data came",
    "replacement": "the parties have agreed on other figures than those delivered; these stand in a file of their own",
    "event": "it was notified",
    "notice": "it was declared",
    "waiver": "money is forgiven, all of it where no amount is given",
    "payment": "money was paid",
}


def _record(folder: str, file: WantedRecord) -> Iterator[str]:
    yield f"## {code(folder + file.file)}: what happened, and what was received when\n"
    yield f"The headings are {', '.join(map(code, file.headings))}. One record serves both parties. Lines are only ever added, below the"
    yield "others, with numbers that rise: `received` is the day of receipt, `on` the day on which it happened, `until` the last day of a"
    yield "state that has ended. While the file has no line, no event is known to have occurred, and nothing to be late.\n"
    yield "| what | of | written by | when |\n|---|---|---|---|"
    yield from (f"| {_kind(line)} | {', '.join(map(escaped, line.of))} | {_writer(line)} | {_WHEN[line.what]} |" for line in file.lines)
    yield "\nSuch lines look like this:\n"
    yield f"```\n{csv_text(file.headings, file.examples)}```\n"


def _kind(line: RecordLine) -> str:
    stage = line.example.get("stage")
    return code(line.what) + (f", {stage}" if stage else "")


def _writer(line: RecordLine) -> str:
    if line.by:
        return escaped(line.by)
    match line.what:
        case "delivery":
            return "who receives them"
        case "replacement":
            return "both parties"
        case "payment":
            return "who is paid"
        case _:
            return "who receives it"


def _said(where: Span, texts: Mapping[str, Text]) -> str:
    text = texts[where.file]
    return f"{escaped(' '.join(text.excerpt(where).split()))} (line {text.line_of(where.start)})"


def arrived(found: tuple[QualityOf, ...], *, wrong: bool = False) -> Document:
    """What has arrived, one row a figure, and of data in rows how many are complete; then the same of each contract that it reads.
    ``wrong``: something has arrived that has to be put right.
    """
    return tuple(part for each in found for part in _of_contract(each, wrong))


def _of_contract(found: QualityOf, wrong: bool) -> Iterator[Part]:
    quality = found.quality
    yield Heading(linked(found.called, found.contract), 2) if found.called else Heading(f"Data of {found.contract}")
    if wrong and quality.to is None:
        yield Prose("What has arrived can be counted once what is wrong is put right.")
        return
    yield _quality(quality) if quality.figures else Prose("The contract asks for no data.")
    yield from _complete(quality.rows)
    if quality.figures or quality.rows:
        yield Prose(_to(quality.to) + (" This may change once what is wrong is put right." if wrong else ""))


def _quality(found: Quality) -> Table:
    hidden = any(figure.not_shown for figure in found.figures)
    headings = ("Reported", "Too small", "Unfit", "Not reported", *(("Not shown",) if hidden else ()))
    states = (Column(heading, "right") for heading in headings)
    figures = tuple(
        (
            figure.name,
            *(str(count) for count in (figure.reported, figure.too_small, figure.unfit, figure.not_reported)),
            *((str(figure.not_shown),) if hidden else ()),
            _named(figure.lacking, figure.more_lacking),
        )
        for figure in found.figures
    )
    return Table((Column("Figure"), *states, Column("Lacking in")), figures)


def _complete(found: tuple[Complete, ...]) -> Iterator[Table]:
    """How many rows are complete, against what the contract asks: numbers of rows only."""
    rows = tuple(
        (
            each.name,
            "not shown" if each.rows is None else f"{each.rows:,}",
            percent(Fraction(each.complete or 0, each.rows)) if each.rows else "",
            "" if each.wanted is None else f"at least {percent(each.wanted)}",
            _named(tuple(period if part is None else f"{period} ({percent(part)})" for period, part in each.below), each.more_below),
        )
        for each in found
    )
    if rows:
        columns = (Column("Rows of"), Column("Rows", "right"), Column("Complete", "right"), Column("Asked for"), Column("Fewer in"))
        yield Table(columns, rows)


def _named(first: tuple[str, ...], more: int) -> str:
    return ", ".join(first) + (f" and {more} more" if more else "")


def _to(day: date | None) -> str:
    if day is None:
        return "Nothing has arrived yet."
    return f"Up to {day_label(day)}, the end of the last period of which anything has arrived."
