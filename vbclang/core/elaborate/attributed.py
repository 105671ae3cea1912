"""Data whose rows are attributed: to whom each row belongs is counted from the rows of other data.

``attributed by patient_id to practice_code with the most Contacts over the contract year, then the latest contact_on, otherwise left
out``: everything that the line speaks of is looked up here, and each thing that is wrong with it is told in one run. What a row that
belongs to nobody does must be said: money goes with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import islice
from typing import TypeVar

import attrs

from vbclang.core.declared import Attribution, Known, RowColumn, RowFile, RowTally
from vbclang.core.elaborate import files, rows, timing
from vbclang.core.elaborate.workbench import Refusal, Workbench, after, refuse
from vbclang.source import Label, Reading
from vbclang.syntax import tree
from vbclang.types import algebra
from vbclang.types.kinds import DATE, NUMBER, WORDS, Category, Grain, Kind

_Found = TypeVar("_Found")
_MOST_OFFERED = 4


@attrs.frozen(eq=False)
class _Line:
    """The line, the data that have it, and the rows that are counted, each with what has been declared of it."""

    line: tree.AttributedLine
    data: tree.Data
    rows: RowFile
    by: tree.Data
    counted: RowFile


def declare(w: Workbench, data: tree.Data) -> None:
    """Find out to whom the rows of the data belong, where they say that they are attributed."""
    line = files.find(data, tree.AttributedLine)
    if line is None:
        return
    if files.is_keyed(data):
        raise _no_rows_to_attribute(data, line)
    counted = _tried(w, lambda: _counted(w, data, line))
    said = _tried(w, lambda: _left_out(data, line, None if counted is None else counted[0]))
    if counted is None:
        return
    by, where = counted
    if data.name.text not in w.row_files or by.name.text not in w.row_files:
        raise Refusal(None)  # a column has been refused
    if any(isinstance(each, tree.Bad) for each in (*data.lines, *by.lines)):
        raise Refusal(None)  # a column may stand in a line that could not be read
    found = _Line(line, data, w.row_files[data.name.text], by, w.row_files[by.name.text])
    attribution = _attribution(w, found, where)
    if attribution is not None and said is not None:
        w.row_files[found.rows.name] = attrs.evolve(found.rows, attribution=attribution)


def _attribution(w: Workbench, found: _Line, where: tree.Cond | None) -> Attribution | None:
    """What the line means; None where a part of it is refused."""
    line = found.line
    window = _tried(w, lambda: _window(w, line))
    who = _tried(w, lambda: _who(found))
    to = _tried(w, lambda: _to(w, found))
    dated = _tried(w, lambda: _dated(found))
    latest = None if line.then_latest is None else _tried(w, lambda: _latest(found, line.then_latest))
    holds = None if where is None else _tried(w, lambda: rows.row_condition(w, found.by, where))
    wanting = (line.then_latest is not None and latest is None) or (where is not None and holds is None)
    if window is None or who is None or to is None or to.axis is None or dated is None or wanting:
        return None
    used = (who, *(() if latest is None else (latest,)), *rows.read_in(found.counted, holds))
    return Attribution(
        to.axis,
        who.name,
        found.counted.name,
        to.name,
        holds,
        tuple(dict.fromkeys(column.name for column in used if column.blank == "leaves out")),
        dated.name,
        window,
        latest.name if latest else None,
        _known(found.counted, window),
        line.span,
    )


def _tried(w: Workbench, function: Callable[[], _Found]) -> _Found | None:
    """What is found, or None where it is refused: the rest of the line is looked at all the same."""
    try:
        return function()
    except Refusal as refusal:
        w.note(refusal)
        return None


def _known(counted: RowFile, window: Grain) -> Known | None:
    """Rows of the whole window decide, so the deadline of its last ones counts."""
    return None if counted.known is None else attrs.evolve(counted.known, grain=max(counted.known.grain, window))


def before_the_term(w: Workbench, m: tree.Measure, tallies: Iterable[RowTally]) -> None:
    """Refuse a history of rows that are attributed over windows of which none ends where the term begins: nobody could say in which of them
    a row from before the term lies.
    """
    line = next((each for each in m.lines if isinstance(each, tree.HistoryLine)), None)
    found = (w.row_files[tally.rows].attribution for tally in tallies)
    attribution = next((each for each in found if each is not None and not _reaches_back(w, each.window)), None)
    if line is None or attribution is None:
        return
    window = attribution.window.words
    why = (
        f"`{m.name.text}` counts rows from before the term, but whose they are is decided over the term alone."
        if attribution.window is Grain.TERM
        else f"`{m.name.text}` counts rows from before the term, but whose they are is decided over each {window}, and the term does not "
        f"start with a whole one."
    )
    said = re.sub(r"over the (contract year|calendar quarter|\w+)", "over the {}", w.written(attribution.span))
    readings = (Reading("", said.format(grain.words), attribution.span) for grain in _BEFORE if _reaches_back(w, grain))
    raise refuse("C034", why, line.span, *readings, labels=(Label(attribution.span, "whose the rows are"),))


_BEFORE = (Grain.YEAR, Grain.QUARTER, Grain.MONTH)
"""The windows that there may be before the term."""


def _reaches_back(w: Workbench, window: Grain) -> bool:
    """Whether there are windows before the term, of which the last ends where it begins."""
    grid = w.settings.grid
    return window < Grain.TERM and grid.periods_from(window, grid.period(window, -1).start) is not None


# -- the data ----------------------------------------------------------------------------------------------------------


def _no_rows_to_attribute(data: tree.Data, line: tree.AttributedLine) -> Refusal:
    why = f"`{data.name.text}` has a figure for each party, member or period, and no rows to attribute. Leave the line out."
    return refuse("C031", why, line.span, *_as_rows(data, "or let them be rows"))


def _as_rows(data: tree.Data, words: str) -> tuple[Reading, ...]:
    per = files.find(data, tree.RowPerLine)
    return () if per is None else (Reading(f"{words}: at `data {data.name.text}`", "one row per event", per.span),)


def _left_out(data: tree.Data, line: tree.AttributedLine, by: tree.Data | None) -> bool:
    """That the contract says what becomes of rows that belong to nobody."""
    if line.left_out:
        return True
    window, most = _window_words(line), line.most.text
    tie = f", and the same latest `{line.then_latest.text}`" if line.then_latest else ""
    why = (
        f"Whose are the rows of `{data.name.text}` where a `{line.who.text}` has no {most} in the {window}, or as many with one as with "
        f"another{tie}? Money goes with them, so the contract must say so."
    )
    end = after(line.span)
    readings = [Reading("they count for nobody; at the end of the line", ", otherwise left out", end)]
    for column in () if line.then_latest or by is None else _dates(by):
        name = column.column.text
        words = f"of two with as many the one with the latest `{name}` has them, and what is then left counts for nobody"
        readings.append(Reading(f"{words}; at the end of the line", f", then the latest {name}, otherwise left out", end))
    raise refuse("C037", why, line.span, *readings)


def _dates(data: tree.Data) -> list[tree.ColumnLine]:
    """The first columns of the data that hold a date."""
    columns = (each for each in data.lines if isinstance(each, tree.ColumnLine) and each.kind is not None and each.kind.word == "date")
    return list(islice(columns, _MOST_OFFERED))


def _window(w: Workbench, line: tree.AttributedLine) -> Grain:
    text = w.written(line.span).replace("calendar quarter", "quarter", 1)
    return timing.grain_of(w, line.window, line.span, Reading("", text, line.span))


def _window_words(line: tree.AttributedLine) -> str:
    return "contract year" if line.window == "year" else line.window


def _counted(w: Workbench, data: tree.Data, line: tree.AttributedLine) -> tuple[tree.Data, tree.Cond | None]:
    """The data whose rows are counted, and which of them."""
    by, where = rows.rows_meant(w, line.most)
    if not files.is_keyed(by):
        return by, where
    why = f"`{by.name.text}` has a figure for each party, member or period, and no rows that could be counted."
    others = [name for name, declared in w.scope.names.items() if isinstance(declared, tree.Data) and _has(declared, line)]
    offered = [Reading("", name, line.most.span) for name in others[:_MOST_OFFERED] if name != data.name.text]
    raise refuse("T005", why, line.most.span, *offered, *_as_rows(by, "if they are rows"))


def _has(data: tree.Data, line: tree.AttributedLine) -> bool:
    """Whether these are rows with the columns that the line speaks of."""
    columns = {each.column.text for each in data.lines if isinstance(each, tree.ColumnLine)}
    return not files.is_keyed(data) and {line.who.text, line.to.text} <= columns


# -- the columns -------------------------------------------------------------------------------------------------------


def _under(data: tree.Data, text: str) -> Reading:
    return Reading(f"under `data {data.name.text}`", f"  column {text}")


def _at(line: tree.ColumnLine, option: str, words: str = "at the end of the line of the column") -> Reading:
    return Reading(words, f", {option}", after(line.span))


def _kind_as(line: tree.ColumnLine, data: tree.Data, word: str) -> tuple[Reading, ...]:
    where = f"as the kind of `{line.column.text}` in `{data.name.text}`"
    return () if line.kind is None else (Reading(where, word, line.kind.span),)


def _of(file: RowFile, name: str) -> RowColumn:
    return next(column for column in file.columns if column.name == name)


def _who(found: _Line) -> RowColumn:
    """The column that both data have, in which one and the same thing stands for one and the same patient."""
    who, wanted = found.line.who, f"{found.line.who.text} text"
    own = files.column_of(found.data, who, _under(found.data, wanted))
    theirs = files.column_of(found.by, who, _under(found.by, wanted))
    kind, other = _of(found.rows, who.text).kind, _of(found.counted, who.text).kind
    if kind != other:
        why = f"`{who.text}` is {algebra.words(kind)} in `{found.data.name.text}` and {algebra.words(other)} in `{found.by.name.text}`, so "
        why += "that what stands in the one would not be found in the other. Let it be of one kind."
        labels = (Label(own.column.span, algebra.words(kind)), Label(theirs.column.span, algebra.words(other)))
        readings = (*_kind_as(theirs, found.by, _said(own)), *_kind_as(own, found.data, _said(theirs)))
        raise refuse("T001", why, who.span, *readings, labels=labels)
    if not _tells_apart(kind):
        why = (
            f"`{who.text}` is {algebra.words(kind)}, which many can share. Attribute by what stands for each of them alone, such as a code."
        )
        raise refuse("T002", why, who.span, *_kind_as(own, found.data, "text"))
    return _of(found.counted, who.text)


def _said(line: tree.ColumnLine) -> str:
    """The kind that a column says, where one word says it; else what any name is."""
    return line.kind.word if line.kind is not None and line.kind.word in ("number", "text") else "text"


def _tells_apart(kind: Kind) -> bool:
    return kind in (WORDS, NUMBER) or isinstance(kind, Category)


def _to(w: Workbench, found: _Line) -> RowColumn:
    """The column that names the member to whom a row of the counted data belongs."""
    name, axes = found.line.to.text, _classes_and_lists(w)
    line = files.column_of(found.by, found.line.to, *(_under(found.by, f"{name} text, names the {axis}") for axis in axes))
    column = _of(found.counted, name)
    if column.axis is None:
        why = f"`{name}` names no member of a list or class of parties, so nothing can be attributed to it."
        raise refuse("T002", why, line.column.span, *(_at(line, f"names the {axis}") for axis in axes))
    named = next((each for each in found.rows.columns if each.axis == column.axis), None)
    if named is not None and found.data is not found.by:
        raise _says_it_itself(found, named, column.axis)
    return column


def _classes_and_lists(w: Workbench) -> list[str]:
    """Whom rows may be about: classes of parties first. Where the contract has none, what it could call one."""
    lists = [axis.name for axis in w.axes.values() if isinstance(w.scope.names.get(axis.name), tree.ListItem)]
    classes = [axis.name for axis in w.axes.values() if axis.open]
    return [*classes, *lists][:_MOST_OFFERED] or ["Practice"]


def _says_it_itself(found: _Line, named: RowColumn, axis: str) -> Refusal:
    own = next(line for line in found.data.lines if isinstance(line, tree.ColumnLine) and line.column.text == named.name)
    heading = files.option(own, tree.FromHeading)
    text = f"column {named.name} text" + (f', from "{heading.heading.text}"' if heading else "")
    why = (
        f"For which {axis} does a row of `{found.data.name.text}` count: the one that its column `{named.name}` names, or the one that has "
        f"the most {found.line.most.text}? Leave this line out, or let the column name none."
    )
    return refuse("C031", why, found.line.span, Reading("if it is the one with the most: in place of the column", text, own.span))


def _latest(found: _Line, column: tree.Column | None) -> RowColumn:
    """The date that decides between two with as many rows."""
    assert column is not None
    dates = [each.name for each in found.counted.columns if each.kind == DATE][:_MOST_OFFERED]
    options = "never blank" if any(each.dates for each in found.counted.columns) else "dates the row"
    others = (Reading("", name, column.span) for name in dates)
    line = files.column_of(found.by, column, *others, _under(found.by, f"{column.text} date, {options}"))
    declared = _of(found.counted, column.text)
    if declared.kind != DATE:
        why = f"The latest is a date, but `{column.text}` is {algebra.words(declared.kind)}."
        readings = (*(Reading("", name, column.span) for name in dates), *_kind_as(line, found.by, "date"))
        raise refuse("T002", why, column.span, *readings)
    if not declared.dates and not any(files.option(line, says) for says in (tree.NeverBlank, tree.MayBeBlank, tree.BlankMeans)):
        raise _blank_date(line)
    return declared


def _blank_date(line: tree.ColumnLine) -> Refusal:
    why = f"Rows with a blank `{line.column.text}`: do they count without being the latest, or do they not count?"
    ways = (
        ("a blank is a fault of the data", "never blank"),
        ("they count, and are never the latest", "may be blank"),
        ("they do not count", "blank leaves the row out"),
    )
    return refuse("C012", why, line.column.span, *(_at(line, way, f"{words}; at the end of the line") for words, way in ways))


def _dated(found: _Line) -> RowColumn:
    """The column that says in which window a row of the counted data lies."""
    dated = next((column for column in found.counted.columns if column.dates), None)
    if dated is not None:
        return dated
    name, window = found.by.name.text, _window_words(found.line)
    why = f"The most {name} are counted in each {window}, but nothing says on which day a row of `{name}` counts."
    readings = [_at(line, "dates the row", f"at the end of the column `{line.column.text}`") for line in _dates(found.by)]
    raise refuse("C034", why, found.line.most.span, *(readings or [_under(found.by, "contact_on date, dates the row")]))
