"""Schedules whose rows stand in a file: the file's cells are read as the same cells in the contract would be.

The CSV is written out as the schedule that it stands for, and that text is read by the language's own reader: one way of reading cells, the
same messages, with places in the written-out text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from attrs import evolve, frozen

from vbclang.source import Diagnostic, Diagnostics, Text
from vbclang.source.files import read_text
from vbclang.syntax import tree
from vbclang.syntax.kept import Kept
from vbclang.syntax.read import read_again

Place = Callable[[str], tuple[Path | None, str]]
"""A file as written in a contract -> its path and name; None where it may not be read."""


_KEPT = 100


@frozen(eq=False)
class Filled:
    """A file's tree with the rows of its schedules, the texts that they were read from, and what is wrong with them."""

    file: tree.File
    texts: tuple[Text, ...]
    diagnostics: Diagnostics


def with_rows(file: tree.File, place: Place, known: frozenset[str], kept: Kept | None = None) -> Filled:
    """The file with every schedule that has `rows from` given its rows. ``kept``: what was read before."""
    items: list[tree.Item] = []
    texts: list[Text] = []
    found: list[Diagnostic] = []
    for item in file.items:
        if isinstance(item, tree.Schedule) and item.rows_from is not None:
            item, text, problems = _filled(item, item.rows_from, place, known, kept)
            texts.extend([text] if text is not None else [])
            found.extend(problems)
        items.append(item)
    return Filled(evolve(file, items=tuple(items)), tuple(texts), tuple(found))


def _filled(
    schedule: tree.Schedule, named: tree.Quoted, place: Place, known: frozenset[str], kept: Kept | None
) -> tuple[tree.Schedule, Text | None, Diagnostics]:
    path, shown = place(named.text)
    if path is None:
        why = "The rows of a schedule are part of the contract: their file stands in the contract's own folder or below it."
        return schedule, None, (Diagnostic("N009", why, named.span),)
    text, found = read_text(path, shown)
    if text is None:
        return schedule, None, tuple(evolve(d, span=named.span) for d in found)
    written = _written(schedule, named, text)
    if isinstance(written, Diagnostic):
        return schedule, None, (written,)
    terms = known | frozenset(column.text for column in schedule.columns)
    read, virtual, problems = read_again(Text(f"{shown}, written out", written), terms, kept)
    rows = next((item for item in read.items if isinstance(item, tree.Schedule)), None)
    if rows is None or problems:
        return schedule, virtual, problems
    return _with(schedule, rows), virtual, ()


@lru_cache(_KEPT)
def _with(schedule: tree.Schedule, rows: tree.Schedule) -> tree.Schedule:
    """The schedule with the rows of another: the same one where nothing was read anew."""
    return evolve(schedule, columns=schedule.columns or rows.columns, rows=rows.rows)


def _written(schedule: tree.Schedule, named: tree.Quoted, text: Text) -> str | Diagnostic:
    """The schedule that the CSV stands for, as contract text; what is wrong where it stands for none."""
    try:
        records = [record for record in csv.reader(io.StringIO(text.content), strict=True) if any(cell.strip() for cell in record)]
    except csv.Error:
        return Diagnostic("T017", f"{named.text} cannot be read as rows: a quotation mark in it is not closed.", named.span)
    if len(records) < 2:
        return Diagnostic("T017", f"{named.text} has no rows below its headings.", named.span)
    headings = [heading.strip() for heading in records[0]]
    wanted = [column.text for column in schedule.columns] or headings
    lacking = [name for name in wanted if name not in headings]
    if lacking:
        return Diagnostic("T017", f"{named.text} has no column {_listed(lacking)}. Its columns: {_listed(headings)}.", named.span)
    ragged = next((number for number, record in enumerate(records[1:], 2) if len(record) != len(headings)), None)
    if ragged is not None:
        return Diagnostic("T017", f"Row {ragged} of {named.text} has another number of cells than there are headings.", named.span)
    order = [headings.index(name) for name in wanted]
    blank = next(((row, at) for row, record in enumerate(records[1:], 2) for at in order if not record[at].strip()), None)
    if blank is not None:
        why = f"Row {blank[0]} of {named.text} has nothing under `{headings[blank[1]]}`. Where the parties agreed on nothing, write `none`."
        return Diagnostic("T017", why, named.span)
    lines = [" | ".join(_cell(record[at].strip(), first=at == order[0]) for at in order) for record in records[1:]]
    heading = f"schedule {schedule.name.text} for each {schedule.for_each.text}"
    return "\n".join([heading, "  " + " | ".join(wanted), *(f"  {line}" for line in lines)])


def _cell(cell: str, *, first: bool) -> str:
    """A cell as the contract would have it; a member is named by its code."""
    if first:
        return '"' + cell.replace('"', "'") + '"'
    return cell


def _listed(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
