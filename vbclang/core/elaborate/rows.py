"""Rows: the columns of data with one row for each thing, and what measures count, add up or pick out of them.

What is said of each row is a condition or figure of the calculus like any other, over inputs that stand for the row's cells. It is worked
out where the rows are; so only what is the same exactly in every engine may stand there: no division, no rounding, and no figure that
changes from one period to the next.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Literal, TypeAlias

import attrs

from vbclang.core import nodes as n
from vbclang.core.declared import Known, RowColumn, RowFile, RowTally, row_key
from vbclang.core.elaborate import files, named, row_blanks, timing, unshown
from vbclang.core.elaborate.workbench import Counting, Place, Refusal, Workbench, refuse
from vbclang.core.nodes import Cond, Expr
from vbclang.core.walk import parts
from vbclang.source import Reading, Span
from vbclang.syntax import tree
from vbclang.types import algebra
from vbclang.types.kinds import DATE, NUMBER, SHARE, YES_NO, Category, Grain, Kind, Quantity, Type

Aggregate: TypeAlias = Literal["count", "total", "lowest", "highest"] | n.PercentileMethod


# -- the columns -------------------------------------------------------------------------------------------------------


def declare(w: Workbench, data: tree.Data) -> None:
    """Declare data in rows."""
    columns = tuple(_column(w, line) for line in data.lines if isinstance(line, tree.ColumnLine))
    complete = files.find(data, tree.CompleteLine)
    file = files.find(data, tree.FromFileLine)
    name = file.file.text if file else files.snake(data.name.text) + ".csv"
    least, rule = (complete.least.value, complete.span) if complete else (None, None)
    w.row_files[data.name.text] = RowFile(data.name.text, name, columns, least, _known(w, data), data.name.span, rule)


def _known(w: Workbench, data: tree.Data) -> Known | None:
    try:
        return timing.known_by(w, data.lines)
    except Refusal:  # the deadline has been refused with the other lines of the data
        return None


def _column(w: Workbench, line: tree.ColumnLine) -> RowColumn:
    names = files.option(line, tree.NamesMember)
    if names is not None and names.of.text not in w.axes:
        raise refuse("N005", f"`{names.of.text}` is no list and no class of parties.", names.span)
    kind: Kind = files.kind_said(w, line) if names is None else Category(names.of.text)
    if files.option(line, tree.DatesRow) is not None and kind != DATE:
        why = f"Rows are dated by a date, but `{line.column.text}` is {algebra.words(kind)}."
        raise refuse(
            "T002", why, line.column.span, *(() if line.kind is None else (Reading("as the kind of the column", "date", line.kind.span),))
        )
    heading = files.option(line, tree.FromHeading)
    blank, value = _blank(w, line, kind)
    return RowColumn(
        line.column.text,
        heading.heading.text if heading else line.column.text,
        kind,
        line.kind is not None and line.kind.word == "fraction",
        blank,
        value,
        tuple(files.code_rule(w, o, kind) for o in line.options if isinstance(o, tree.CodeMeans)),
        names.of.text if names else None,
        files.option(line, tree.DatesRow) is not None,
        files.option(line, tree.IdentifiesRow) is not None,
        line.span,
    )


_Blank: TypeAlias = Literal["never", "leaves out", "not met", "may", "value"]


def _blank(w: Workbench, line: tree.ColumnLine, kind: Kind) -> tuple[_Blank, Fraction | None]:
    means = files.option(line, tree.BlankMeans)
    if means is not None and means.value is not None:
        return "value", files.constant(w, means.value, kind)
    if means is not None:
        return ("leaves out" if means.what == "leaves the row out" else "not met"), None
    if files.option(line, tree.MayBeBlank):
        return "may", None
    key = any(files.option(line, says) for says in (tree.NamesMember, tree.DatesRow, tree.IdentifiesRow))
    return ("never" if key or files.option(line, tree.NeverBlank) else "not met"), None


def _cells(w: Workbench, rows: RowFile) -> dict[str, Expr | Cond]:
    """What the columns mean in a row."""
    cells: dict[str, Expr | Cond] = {}
    for column in rows.columns:
        key = row_key(rows.name, column.name)
        leaf = n.InputFlag if column.kind == YES_NO else n.Input
        cells[column.name] = leaf(Type(column.kind), column.span, key)
    return cells


# -- what is worked out from them --------------------------------------------------------------------------------------


def rows_meant(w: Workbench, name: tree.Name) -> tuple[tree.Data, tree.Cond | None]:
    """The data that a name stands for, and which of its rows: all of them, or those of a term `rows of DATA where …`."""
    declared = w.scope.names.get(name.text)
    if isinstance(declared, tree.Term) and isinstance(declared.definition, tree.RowsOf):
        return named.data(w, declared.definition.data), declared.definition.where
    return named.data(w, name), None


def check(w: Workbench, meant: tree.RowsOf) -> None:
    """Find what is wrong with a term `rows of DATA where …`; it is worked out where it is counted."""
    data = named.data(w, meant.data)
    row_condition(w, data, meant.where)
    row_blanks.settled(data, meant.where)


def are_rows(w: Workbench, name: tree.Name) -> bool:
    """Whether a name stands for rows."""
    declared = w.scope.names.get(name.text)
    return isinstance(declared, tree.Data) or (isinstance(declared, tree.Term) and isinstance(declared.definition, tree.RowsOf))


def row_condition(w: Workbench, data: tree.Data, c: tree.Cond) -> Cond:
    """A condition on each row of the data."""
    return _plain_condition(w, w.condition(c, _row_place(w, data, c.span)))


def read_in(rows: RowFile, *nodes: Expr | Cond | None) -> tuple[RowColumn, ...]:
    """The columns that are read in what is said of each row."""
    leaves = (leaf for node in nodes if node is not None for leaf in parts(node))
    used = {leaf.key for leaf in leaves if isinstance(leaf, n.Input | n.InputFlag)}
    return tuple(column for column in rows.columns if row_key(rows.name, column.name) in used)


def figure(w: Workbench, e: tree.OverMembers | tree.NumberWhere, place: Place) -> Expr:
    """``number of DATA where C``, ``total of E over DATA`` and the like: inputs that the rows feed."""
    counting = place.counting
    if counting is None:
        why = "Rows are counted in a measure, so that the figure has its periods, its supplier and its name. Give it one."
        raise refuse("T005", why, e.span)
    if isinstance(e, tree.NumberWhere):
        return _number(w, e, counting)
    if e.weights is not None or e.over.other or e.over.within is not None or e.least_reported is not None:
        raise refuse("T005", "Over rows there are totals, averages, lowest, highest and percentiles, each of one figure.", e.span)
    data, where = rows_meant(w, e.over.of)
    of = _of_row(w, data, e.figure)
    kind = algebra.settled(of.type.kind)
    conditions = tuple(c for c in (where, e.over.where) if c is not None)
    match e.aggregate:
        case tree.Percentile(rank=rank, method=method):
            if method is None:
                raise refuse("T009", "A percentile is worked out in several ways, which give different figures. Which is meant?", e.span)
            return tally(w, counting, data, n.PercentileMethod(rank, method), of, conditions, kind, e.span)
        case "average":
            total = tally(w, counting, data, "total", of, conditions, kind, e.span)
            assert isinstance(total, n.Input)
            count = rows_behind(w, total)
            return n.Ratio(Type(kind, counting.grain, counting.axes), e.span, total, count, None)
        case "total" | "lowest" | "highest":
            return tally(w, counting, data, e.aggregate, of, conditions, kind, e.span)
        case _:
            raise refuse("T005", f"`{e.aggregate}` is not taken over rows. Write `number of {data.name.text} where …`.", e.span)


def _number(w: Workbench, e: tree.NumberWhere, counting: Counting) -> Expr:
    data, where = rows_meant(w, e.of)
    conditions = tuple(c for c in (where, e.where) if c is not None)
    noun = Quantity(dimensions=((e.of.text.lower(), 1),), whole=True)
    return tally(w, counting, data, "count", None, conditions, noun, e.span)


def tally(
    w: Workbench,
    counting: Counting,
    data: tree.Data,
    aggregate: Aggregate,
    of: Expr | None,
    where: Iterable[tree.Cond],
    kind: Kind,
    span: Span,
    key: str | None = None,
) -> Expr:
    """A figure that rows feed; with ``key`` an input that has been declared, else a new one."""
    rows = w.row_files.get(data.name.text)
    if rows is None:
        raise _no_rows(w, data, span)
    if rows.attribution is None and files.find(data, tree.AttributedLine) is not None:
        raise Refusal(None)  # what is wrong with the line has been told
    _members_named(counting, data, rows)
    conditions = tuple(where)
    excluding = counting.excluding
    holds = _all_of(tuple(row_condition(w, data, c) for c in conditions))
    excluded = row_condition(w, data, excluding.where) if excluding is not None else None
    if key is None:
        at = span.start - counting.measure.span.start  # wherever in the contract the measure stands
        key = f"{counting.measure.text} ({aggregate if isinstance(aggregate, str) else 'percentile'} at {at})"
        lowest = 0 if aggregate == "count" else None
        leaf = w.declare_input(key, counting.measure.text, Type(kind, counting.grain, counting.axes), span, lowest)
        w.inputs[key] = attrs.evolve(w.inputs[key], known=timing.known_by(w, data.lines), history=counting.history)
    else:
        leaf = n.Input(w.inputs[key].type, span, key)
    left_out = tuple(column.name for column in read_in(rows, of, holds, excluded) if column.blank == "leaves out")
    most = excluding.at_most.value if excluding is not None and excluding.at_most is not None else None
    dated = _dated(counting, data, rows)
    decides = None if rows.attribution is None else w.row_files[rows.attribution.by]
    unfit = rows.complete is not None or most is not None or (decides is not None and decides.complete is not None)
    w.inputs[key] = attrs.evolve(w.inputs[key], may_be_unfit=unfit, attributed=_attributed(rows))
    w.tallies[key] = RowTally(key, rows.name, aggregate, of, holds, excluded, most, left_out, dated, span)
    assert isinstance(leaf, n.Input)
    if aggregate != "count" and unshown.line_of(data) is not None:
        rows_behind(w, leaf)
    return leaf


def rows_behind(w: Workbench, leaf: n.Input) -> n.Input:
    """How many rows a figure that rows feed is worked out from."""
    key = unshown.rows_key(leaf.key)
    type_ = attrs.evolve(leaf.type, kind=NUMBER)
    if key not in w.inputs:
        w.inputs[key] = attrs.evolve(w.inputs[leaf.key], key=key, type=type_, lowest=Fraction(0), highest=None)
        w.tallies[key] = attrs.evolve(w.tallies[leaf.key], key=key, aggregate="count")
    return n.Input(type_, leaf.span, key)


def completeness(w: Workbench, e: tree.CompletenessOf, place: Place) -> Expr:
    """``completeness of DATA``: of the rows delivered for a period, those without a blank in a column that the contract uses."""
    data = named.data(w, e.data)
    rows = w.row_files.get(data.name.text)
    if rows is None:
        raise _no_rows(w, data, e.span)
    dated = next((column.name for column in rows.columns if column.dates), None)
    if dated is None:
        why = f"Nothing says on which day a row of `{rows.name}` counts, so it is complete in no period."
        raise refuse("C034", why, e.span, Reading(f"at a column of `data {rows.name}`", ", dates the row"))
    known = timing.known_by(w, data.lines)
    grain = known.grain if known is not None else place.grain if place.grain is not None else Grain.MONTH
    key, type_ = f"completeness of {rows.name}, each {grain.words}", Type(SHARE, grain)
    if key not in w.inputs:
        w.declare_input(key, f"the completeness of {rows.name}", type_, e.span, 0, 1)
        w.inputs[key] = attrs.evolve(w.inputs[key], known=known)
        w.tallies[key] = RowTally(key, rows.name, "completeness", None, None, None, None, (), dated, e.span)
    return n.Input(type_, e.span, key)


def left_out_together(w: Workbench, first: int) -> None:
    """Make the tallies of one measure, those from ``first`` on, leave out the same rows of the same data."""
    own = [w.tallies[key] for key in w.tallies.since(first)]
    by_rows = {tally.rows: tuple(dict.fromkeys(c for t in own if t.rows == tally.rows for c in t.left_out)) for tally in own}
    for tally in own:
        w.tallies[tally.key] = attrs.evolve(tally, left_out=by_rows[tally.rows])


def _attributed(rows: RowFile) -> tuple[str, Known] | None:
    found = rows.attribution
    return None if found is None or found.known is None else (found.by, found.known)


def followed_up(w: Workbench, measure: str, first: int) -> None:
    """Make all that feeds a measure, whose tallies are those from ``first`` on, known only when what they follow up has ended."""
    moves = [move for key in w.tallies.since(first) for move in _follow_ups(w.tallies[key])]
    longest = max(moves, key=lambda move: move.count * (_DAYS_AT_MOST if move.unit == "month" else 1), default=None)
    if longest is None:
        return
    for key, declared in w.inputs.items():
        if declared.name == measure and declared.known is not None:
            known = attrs.evolve(declared.known, follow_up=longest.count, follow_up_unit=longest.unit)
            w.inputs[key] = attrs.evolve(declared, known=known)


_DAYS_AT_MOST = 31
"""The days of a month, for saying which of two follow-ups is the longer."""


def _follow_ups(tally: RowTally) -> Iterable[n.DateMoved]:
    """How long after the day that dates a row something of it is looked for."""
    day = row_key(tally.rows, tally.dated)
    for condition in (tally.where, tally.excluding):
        for part in parts(condition) if condition is not None else ():
            if isinstance(part, n.DateMoved) and isinstance(part.operand, n.Input) and part.operand.key == day and part.count > 0:
                yield part


def _no_rows(w: Workbench, data: tree.Data, span: Span) -> Exception:
    if files.is_keyed(data):
        why = f"`{data.name.text}` has a figure for each party or member, not rows to count. Take them together: `total of … over every …`."
        return refuse("T005", why, span)
    return Refusal(None)  # its columns have been refused


def _all_of(conditions: tuple[Cond, ...]) -> Cond | None:
    if len(conditions) < 2:
        return conditions[0] if conditions else None
    return n.AndCond(Type(YES_NO), conditions[0].span, conditions)


def _members_named(counting: Counting, data: tree.Data, rows: RowFile) -> None:
    """A measure for each member wants a column that says whose each row is."""
    if any(isinstance(line, tree.Bad) for line in data.lines):
        return
    attributed = () if rows.attribution is None else (rows.attribution.axis,)
    for axis in sorted(counting.axes - {column.axis for column in rows.columns}.union(attributed)):
        why = f"`{counting.measure.text}` is for each {axis}, but no column of `{rows.name}` says which {axis} a row is about."
        column = f"  column {files.snake(axis)}_code text, names the {axis}"
        raise refuse("C034", why, counting.measure.span, Reading(f"under `data {rows.name}`", column))


def _dated(counting: Counting, data: tree.Data, rows: RowFile) -> str:
    if counting.dated is not None:
        return counting.dated.text
    dated = next((column.name for column in rows.columns if column.dates), None)
    if dated is None and any(isinstance(line, tree.Bad) for line in data.lines):
        raise Refusal(None)
    if dated is None:
        each = counting.grain.words
        why = f"`{counting.measure.text}` is measured each {each}, but nothing says on which day a row of `{rows.name}` counts."
        raise refuse("C034", why, counting.measure.span, Reading(f"at a column of `data {rows.name}`", ", dates the row"))
    return dated


# -- what is said of a row ---------------------------------------------------------------------------------------------


def _row_place(w: Workbench, data: tree.Data, span: Span) -> Place:
    rows = w.row_files.get(data.name.text)
    if rows is None:
        raise _no_rows(w, data, span)
    return Place(locals=_cells(w, rows))


def _of_row(w: Workbench, data: tree.Data, e: tree.Expr) -> Expr:
    return _plain(w, w.expression(e, _row_place(w, data, e.span)))


def _plain(w: Workbench, node: Expr) -> Expr:
    """The figure with fixed figures in the place of their names; refused where it needs more than a row and fixed figures."""
    match node:
        case n.Ref(figure=name) if name in w.figures:
            return _fixed(w, node, w.figures[name].body)
        case n.Const() | n.Input():
            return node
        case n.DateMoved(operand=operand):
            return attrs.evolve(node, operand=_plain(w, operand))
        case n.Arith(sign="/", left=left, right=right):
            by = _plain(w, right)
            if not isinstance(by, n.Const) or by.value == 0:
                raise refuse("T005", "Rows are not divided one by one. Add up first, and divide the totals: `ratio of … to …`.", node.span)
            return n.Arith(node.type, node.span, "*", _plain(w, left), n.Const(by.type, by.span, 1 / by.value))
        case n.Arith(left=left, right=right):
            return attrs.evolve(node, left=_plain(w, left), right=_plain(w, right))
        case _:
            raise _not_of_a_row(node)


def _fixed(w: Workbench, node: n.Ref, body: Expr | Cond) -> n.Const:
    constant = body.type.grain is Grain.CONSTANT and not body.type.axes and isinstance(body, Expr)
    fixed = _plain(w, body) if constant and isinstance(body, Expr) else None
    if isinstance(fixed, n.Const):
        return n.Const(node.type, node.span, fixed.value)
    why = f"`{node.figure}` is no fixed figure: it may change while the rows stay as they are. Compare what the rows make, not each row."
    raise refuse("T005", why, node.span)


def _plain_condition(w: Workbench, node: Cond) -> Cond:
    match node:
        case n.InputFlag() | n.Truth():
            return node
        case n.Compare(left=left, right=right):
            return attrs.evolve(node, left=_plain(w, left), right=_plain(w, right))
        case n.IsReported(operand=operand):
            return attrs.evolve(node, operand=_plain(w, operand))
        case n.NotCond(operand=inside) | n.IsKnown(operand=inside):
            return attrs.evolve(node, operand=_plain_condition(w, inside))
        case n.AndCond(operands=operands) | n.OrCond(operands=operands):
            return attrs.evolve(node, operands=tuple(_plain_condition(w, part) for part in operands))
        case _:
            raise _not_of_a_row(node)


def _not_of_a_row(node: Expr | Cond) -> Exception:
    why = "This cannot be asked of each row: a row is compared with its own columns and with fixed figures."
    return refuse("T005", why, node.span)
