"""Data items: which files arrive, and what their columns mean."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeVar

import attrs

from vbclang.core import nodes as n
from vbclang.core.declared import BlankRule, CodeRule, ColumnDeclaration, KeyColumn, KeyedFile, WideColumns
from vbclang.core.elaborate import misplaced, named, timing
from vbclang.core.elaborate.kinds import domain_of, kind_of
from vbclang.core.elaborate.starting import usual_period
from vbclang.core.elaborate.workbench import Place, Refusal, Workbench, refuse
from vbclang.core.program import Figure
from vbclang.source import Label, Reading, Span
from vbclang.source.alike import alike
from vbclang.syntax import tree
from vbclang.types.kinds import WORDS, YES_NO, Category, Grain, Kind, Type

_Line = TypeVar("_Line", bound=tree.Node)


def column_key(data: tree.Data, column: str) -> str:
    """The input that a column of keyed data feeds."""
    return f"{data.name.text}.{column}"


def is_keyed(data: tree.Data) -> bool:
    """One row for each party, member or period, so that its columns are figures; else rows, from which measures are worked out."""
    per = find(data, tree.RowPerLine)
    return per is not None and (bool(per.names) or per.period is not None)


def find(data: tree.Data | tree.Measure, kind: type[_Line]) -> _Line | None:
    """The one line of a kind."""
    return next((line for line in data.lines if isinstance(line, kind)), None)


def option(line: tree.ColumnLine | tree.ColumnsForEachLine, kind: type[_Line]) -> _Line | None:
    """The one option of a kind."""
    return next((o for o in line.options if isinstance(o, kind)), None)


def column_of(data: tree.Data | tree.Event, column: tree.Column, *otherwise: Reading) -> tree.ColumnLine:
    """The line that declares a column of the data or the event. ``otherwise``: what to offer where there is none, besides one named
    nearly so.
    """
    columns = {line.column.text: line for line in data.lines if isinstance(line, tree.ColumnLine)}
    if column.text in columns:
        return columns[column.text]
    listed = ", ".join(f"`{name}`" for name in columns) or "none"
    near = alike(column.text, columns, 60)
    readings = [Reading("did you mean", name, column.span) for name in near]
    others = (reading for reading in otherwise if reading.text not in near)
    raise refuse("N012", f"`{data.name.text}` has no column `{column.text}`. Its columns: {listed}.", column.span, *readings, *others)


def shape(w: Workbench, data: tree.Data) -> tuple[Grain, frozenset[str]]:
    """Grain and axes of the figures in keyed data."""
    per = find(data, tree.RowPerLine)
    assert per is not None
    axes = set()
    for name in per.names:
        if name.text not in w.axes:
            near = w.scope.nearest(name.text)
            readings = [Reading("did you mean", near, name.span)] if near else []
            raise refuse(
                "N005", f"`{name.text}` is no list and no class of parties, so rows cannot be one for each of it.", name.span, *readings
            )
        axes.add(name.text)
    grains = {"month": Grain.MONTH, "quarter": Grain.QUARTER, "calendar quarter": Grain.QUARTER, "year": Grain.YEAR, "term": Grain.TERM}
    return (grains[per.period] if per.period else Grain.TERM), frozenset(axes)


def data_item(w: Workbench, data: tree.Data) -> None:
    """Declare a data item: its file, and an input for each column that clauses may speak of."""
    _lines_said(w, data)
    if not is_keyed(data):
        return  # rows: see `rows.declare`
    grain, axes = shape(w, data)
    keys: list[KeyColumn] = []
    columns: list[ColumnDeclaration] = []
    wide: list[WideColumns] = []
    for line in data.lines:
        try:
            match line:
                case tree.ColumnLine() if _is_key(line):
                    keys.append(_key(w, line))
                case tree.ColumnLine():
                    columns.append(_column(w, data, line, Type(WORDS, grain, axes)))
                case tree.ColumnsForEachLine():
                    wide.append(_wide(w, data, line, grain, axes))
                case _:
                    pass
        except Refusal as refusal:
            w.note(refusal)
    _all_keys(w, data, keys, grain, axes)
    file = find(data, tree.FromFileLine)
    name = file.file.text if file else snake(data.name.text) + ".csv"
    w.files[data.name.text] = KeyedFile(data.name.text, name, tuple(keys), grain, tuple(columns), tuple(wide), data.name.span)


def snake(name: str) -> str:
    """``Crisis Referrals`` -> ``crisis_referrals``."""
    return "_".join("".join(c if c.isalnum() else " " for c in name.lower()).split())


def _lines_said(w: Workbench, data: tree.Data) -> None:
    """What makes data verifiable: from where, by whom, checked by whom, by when."""
    misplaced.said_twice(w, data.lines)
    _columns_once(w, data)
    for line in data.lines:
        try:
            if isinstance(line, tree.SuppliedByLine | tree.CheckedByLine) and isinstance(line.party, tree.Name):
                named.party(w, line.party)
            if isinstance(line, tree.DeliveryLine):
                w.passes.deadline(w, line.deadline)
        except Refusal as refusal:  # what else the data lack is told in the same run
            w.note(refusal)
    parties = w.ask(_some_parties)
    wanted = {
        tree.RowPerLine: ("what one row stands for", ("  one row per referral",)),
        tree.SourceLine: ("from which source they are", ('  source "Name of the data set"',)),
        tree.SuppliedByLine: ("who supplies them", tuple(f"  supplied by {name}" for name in parties)),
        tree.CheckedByLine: ("who checks them", tuple(f"  checked by {name}" for name in parties)),
    }
    if any(isinstance(line, tree.Bad) for line in data.lines):
        return
    for kind, (what, texts) in wanted.items():
        if find(data, kind) is None:
            why = f"`{data.name.text}` does not say {what}: figures that rest on it could not be verified."
            w.note(refuse("C034", why, data.name.span, *(Reading("", text) for text in texts)))
    if not any(isinstance(line, tree.DeliveryLine) and line.stage == "final" for line in data.lines):
        why = f"`{data.name.text}` does not say by when the final data are due."
        w.note(refuse("C034", why, data.name.span, Reading("", f"  final within 20 working days after each {usual_period(w)}")))


def _some_parties(w: Workbench) -> tuple[str, ...]:
    """Who may be offered."""
    return tuple(name for name, declared in w.scope.names.items() if isinstance(declared, tree.Party))[:4]


def _columns_once(w: Workbench, data: tree.Data) -> None:
    """Report a column that is declared twice, and an option that is said twice of one."""
    first: dict[str, tree.ColumnLine] = {}
    for line in data.lines:
        if not isinstance(line, tree.ColumnLine | tree.ColumnsForEachLine):
            continue
        if isinstance(line, tree.ColumnLine) and first.setdefault(line.column.text, line) is not line:
            labels = (Label(first[line.column.text].column.span, "declared here first"),)
            w.note(refuse("C031", f"The column `{line.column.text}` is declared twice. Keep one of them.", line.column.span, labels=labels))
        said: dict[object, Span] = {}
        for option in line.options:
            slot = (tree.CodeMeans, option.code.text) if isinstance(option, tree.CodeMeans) else type(option)
            if said.setdefault(slot, option.span) != option.span:
                why = "This is said twice of the column, so one of the two would not count. Keep one of them."
                w.note(refuse("C031", why, option.span, labels=(Label(said[slot], "said here first"),)))


def _is_key(line: tree.ColumnLine) -> bool:
    return option(line, tree.NamesMember) is not None or option(line, tree.DatesRow) is not None


def _key(w: Workbench, line: tree.ColumnLine) -> KeyColumn:
    names = option(line, tree.NamesMember)
    heading = option(line, tree.FromHeading)
    written = heading.heading.text if heading else line.column.text
    if names is None:
        return KeyColumn(None, line.column.text, written, line.span)
    if names.of.text not in w.axes:
        raise refuse("N005", f"`{names.of.text}` is no list and no class of parties.", names.span)
    return KeyColumn(names.of.text, line.column.text, written, line.span)


def _all_keys(w: Workbench, data: tree.Data, keys: list[KeyColumn], grain: Grain, axes: frozenset[str]) -> None:
    wide = {line.for_each.text for line in data.lines if isinstance(line, tree.ColumnsForEachLine)}
    for axis in sorted(axes - {key.axis for key in keys} - wide):
        why = f"`{data.name.text}` has one row for each {axis}, but no column says which."
        w.note(refuse("C034", why, data.name.span, Reading("", f"  column {snake(axis)}_code text, names the {axis}")))
    if grain < Grain.TERM and all(key.axis is not None for key in keys):
        why = f"`{data.name.text}` has one row for each {grain.words}, but no column says which."
        w.note(refuse("C034", why, data.name.span, Reading("", f"  column {grain.name.lower()} date, dates the row")))


# -- columns -----------------------------------------------------------------------------------------------------------


def kind_said(w: Workbench, line: tree.ColumnLine) -> Kind:
    """What is in a column. It is said of every column but those that name a member."""
    if line.kind is None:
        raise refuse("T002", f"What is in the column `{line.column.text}`? Say its kind: `column {line.column.text} number`.", line.span)
    return kind_of(w, line.kind)


def _column(w: Workbench, data: tree.Data, line: tree.ColumnLine, type_: Type) -> ColumnDeclaration:
    kind = kind_said(w, line)
    called = option(line, tree.Called)
    key = column_key(data, line.column.text) if called else None
    if called is not None and key is not None:
        _declare(w, data, key, called.name, Type(kind, type_.grain, type_.axes), line)
    return _declaration(w, line, kind, key, line.column.text)


def plain_column(w: Workbench, line: tree.ColumnLine) -> ColumnDeclaration:
    """A column that feeds no figure by itself: of an event."""
    return _declaration(w, line, kind_said(w, line), None, line.column.text)


def _wide(w: Workbench, data: tree.Data, line: tree.ColumnsForEachLine, grain: Grain, axes: frozenset[str]) -> WideColumns:
    if line.for_each.text not in w.axes:
        raise refuse("N005", f"`{line.for_each.text}` is no list of this contract.", line.for_each.span)
    kind = kind_of(w, line.kind)
    called = option(line, tree.Called)
    if called is None:
        raise refuse("C034", "How do clauses speak of these columns? Write `, called …`.", line.span)
    key = column_key(data, called.name.text)
    _declare(w, data, key, called.name, Type(kind, grain, axes | {line.for_each.text}), line)
    return WideColumns(line.for_each.text, _declaration(w, line, kind, key, called.name.text))


def _declare(
    w: Workbench, data: tree.Data, key: str, name: tree.Name, type_: Type, line: tree.ColumnLine | tree.ColumnsForEachLine
) -> None:
    lowest, highest = domain_of(type_.kind)
    leaf = w.declare_input(key, name.text, type_, line.span, lowest, highest)
    w.inputs[key] = attrs.evolve(w.inputs[key], known=timing.known_by(w, data.lines))
    w.figures[name.text] = Figure(name.text, "data", type_, leaf, name.span)


def _declaration(
    w: Workbench, line: tree.ColumnLine | tree.ColumnsForEachLine, kind: Kind, key: str | None, name: str
) -> ColumnDeclaration:
    heading = option(line, tree.FromHeading)
    fraction = line.kind is not None and line.kind.word == "fraction"
    codes = tuple(code_rule(w, o, kind) for o in line.options if isinstance(o, tree.CodeMeans))
    return ColumnDeclaration(key, name, heading.heading.text if heading else name, kind, fraction, _blank(w, line, kind), codes, line.span)


def _blank(w: Workbench, line: tree.ColumnLine | tree.ColumnsForEachLine, kind: Kind) -> BlankRule:
    means = option(line, tree.BlankMeans)
    if means is None:
        return BlankRule("missing" if option(line, tree.MayBeBlank) else "never")
    if means.what == "means":
        assert means.value is not None
        return BlankRule("value", constant(w, means.value, kind))
    if kind == YES_NO and means.what == "counts as not met":
        return BlankRule("value", Fraction(0))
    why = "In data with one row for each party or member, say what a blank is: `never blank`, `may be blank`, or `blank means …`."
    raise refuse("C012", why, means.span)


def code_rule(w: Workbench, e: tree.CodeMeans, kind: Kind) -> CodeRule:
    """What a code in the cells of a column stands for."""
    match e.meaning:
        case "not reported":
            return CodeRule(e.code.text, None)
        case "yes" | "no":
            return CodeRule(e.code.text, _yes_or_no(e, kind, e.meaning == "yes"))
        case tree.YesNo(value=value):
            return CodeRule(e.code.text, _yes_or_no(e, kind, value))
        case meaning:
            return CodeRule(e.code.text, constant(w, meaning, kind))


def _yes_or_no(e: tree.Node, kind: Kind, value: bool) -> Fraction:
    if kind != YES_NO:
        raise refuse("T002", "`yes` and `no` are meant in a yes/no column only.", e.span)
    return Fraction(value)


def constant(w: Workbench, e: tree.Expr, kind: Kind) -> Fraction:
    """A figure, or a member of the list that the column is one of, written in the declaration."""
    if isinstance(e, tree.YesNo):
        return _yes_or_no(e, kind, e.value)
    if isinstance(kind, Category) and kind.axis is not None and isinstance(e, tree.Name):
        found = named.member(w, kind.axis, e.text)
        if found is None:
            raise refuse("N008", f"`{e.text}` is no {kind.axis}.", e.span)
        return Fraction(found)
    node = w.expression(e, Place(), kind)
    if not isinstance(node, n.Const) or node.type.kind != kind:
        raise refuse("T002", "What a code or a blank means is a figure of the column's own kind, or one of its words.", e.span)
    return node.value
