"""What a name in an expression stands for: a figure, a member, a formula's parameter, `its` figure, the baseline."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import assert_never

from vbclang.core import nodes as n
from vbclang.core.elaborate import linked
from vbclang.core.elaborate.starting import usual_period
from vbclang.core.elaborate.workbench import Place, Refusal, Workbench, refuse
from vbclang.core.nodes import Cond, Expr
from vbclang.names.scope import FigureColumn, ScheduleColumn, is_torn
from vbclang.source import Reading, Span
from vbclang.syntax import tree
from vbclang.syntax.numerals import figure_of
from vbclang.types.kinds import YES_NO, Category, Kind, Type, money

_MOST_NEAR = 3


def figure(w: Workbench, e: tree.Name, place: Place, wanted: Kind | None) -> Expr:
    """The figure that a Defined Term stands for."""
    if isinstance(wanted, Category) and wanted.axis is not None:
        found = member(w, wanted.axis, e.text)
        if found is not None:
            return n.Const(Type(wanted), e.span, Fraction(found))
    node = anything(w, e, place)
    if node.type.kind == YES_NO:
        raise refuse(
            "N007", f"`{e.text}` is yes or no, and a figure is wanted here. A choice is written `A if {e.text}, otherwise B`.", e.span
        )
    return node  # type: ignore[return-value]  # only conditions have the kind yes/no


def anything(w: Workbench, e: tree.Name, place: Place) -> Expr | Cond:
    """The figure or the condition that a Defined Term stands for."""
    if e.text in place.locals:
        return place.locals[e.text]
    declared = w.scope.names.get(e.text)
    match declared:
        case None:
            raise _undefined(w, e)
        case tree.Term(definition=tree.RowsOf()):
            why = f"`{e.text}` are rows, and a figure is wanted here. Count them: `number of {e.text}`, `total of … over {e.text}`."
            raise refuse("N007", why, e.span)
        case tree.Measure() | tree.Term() | FigureColumn() | ScheduleColumn():
            return reference(w, e)
        case tree.ListItem():
            return _the_column_of(w, e)
        case tree.Party() | tree.Group() | tree.Data() | tree.Event() | tree.Formula():
            raise _no_figure(e, declared)
        case _:
            assert_never(declared)


def reference(w: Workbench, e: tree.Name) -> Expr | Cond:
    """A reading of the named figure ``e``, which is defined first if it has not been."""
    if e.text in w.under_way:
        provisional = w.under_way[e.text]
        if provisional is None:
            raise _circle(w, e)
        return n.Ref(provisional, e.span, e.text)
    w.define(e.text)
    if e.text in w.broken:
        raise Refusal(None)
    found = w.figures[e.text]
    if found.type.kind == YES_NO:
        return n.RefCondition(found.type, e.span, e.text)
    return n.Ref(found.type, e.span, e.text)


def _circle(w: Workbench, e: tree.Name) -> Refusal:
    path = list(w.under_way)
    circle = [*path[path.index(e.text) :], e.text]
    needs = ", which needs ".join(f"`{name}`" for name in circle[1:])
    return refuse(
        "C007",
        f"`{circle[0]}` needs {needs}: a circle, in which nothing comes first. One of them must look back: `previous {circle[-1]}`?",
        e.span,
    )


def _undefined(w: Workbench, e: tree.Name) -> Refusal:
    if e.text in w.scope.unreadable:
        return Refusal(None)
    if titled := w.scope.titled(e.text):
        return _is_title(w, e, titled)
    if figure := _figure_in_words(e.text):
        why = f"Nothing defines `{e.text}`. Figures are written in figures: `{figure}`."
        return w.once(f"undefined {e.text}", "N005", why, e.span, Reading("in figures", figure, e.span))
    if e.text in w.scope.clauses:
        amount = f"amount of clause {e.text}"
        why = f"`{e.text}` is a clause, not a figure. What it comes to is the `{amount}`."
        return w.once(f"undefined {e.text}", "N005", why, e.span, Reading("what the clause comes to", amount, e.span))
    near = w.scope.nearest(e.text)
    if near:
        offered = Reading("did you mean", near, e.span, w.scope.capitalised(e.text) == near)
        return w.once(f"undefined {e.text}", "N005", f"Nothing defines `{e.text}`.", e.span, offered)
    return w.once(
        f"undefined {e.text}",
        "N005",
        f"Nothing defines `{e.text}`. Define it (`{e.text} means …`), or declare it as a measure, or as a column of data that is "
        f"`called {e.text}`.",
        e.span,
    )


def no_column(w: Workbench, e: tree.Column) -> Refusal:
    """A small word where no rows are; it may be a Defined Term without its capital."""
    if (term := w.scope.capitalised(e.text)) is not None and not _is_column(w, e.text):
        why = f"The words of a Defined Term begin with capitals: `{term}`, not `{e.text}`."
        return refuse("N012", why, e.span, Reading("with a capital", term, e.span, True))
    if not _is_column(w, e.text) and (figure := figure_of(e.text)) is not None:
        return refuse("N012", f"A number is written in figures: `{figure}`, not `{e.text}`.", e.span, Reading("in figures", figure, e.span))
    if not _is_column(w, e.text):
        term = e.text.replace("_", " ").title()
        if near := [name for name in sorted(w.scope.names) if name.endswith(f" {term}")][:_MOST_NEAR]:
            why = f"`{e.text}` in small letters would be a column of data. A Defined Term has its capitals and all of its words."
            return refuse("N012", why, e.span, *(Reading("", name, e.span) for name in near))
        why = f"`{e.text}` is a word in small letters, which would be a column of data, and no data have one."
        return refuse("N012", f"{why} A figure is a Defined Term: define it, `{term} means …`, and write `{term}` here.", e.span)
    why = "A column of data is spoken of where its rows are: in a measure. Give it a name: `column …, called …`."
    return refuse("N012", why, e.span)


def _is_column(w: Workbench, name: str) -> bool:
    lines = (line for each in w.scope.names.values() if isinstance(each, tree.Data | tree.Event) for line in each.lines)
    return any(isinstance(line, tree.ColumnLine) and line.column.text == name for line in lines)


def _is_title(w: Workbench, e: tree.Name, name: str) -> Refusal:
    why = f"`{e.text}` is the title of `{name}`, and clauses speak of it by its name."
    return w.once(f"title {e.text}", "N005", why, e.span, Reading("by its name", name, e.span))


def _figure_in_words(text: str) -> str | None:
    """``Ninety Five Percent`` as the language writes it: `95%`."""
    words = re.sub(r"(?i)\s+per\s*cent$", "", text)
    figure = figure_of(words)
    return None if figure is None else f"{figure}{'%' if words != text else ''}"


def _no_figure(e: tree.Name, declared: tree.Party | tree.Group | tree.Data | tree.Event | tree.Formula) -> Refusal:
    match declared:
        case tree.Party():
            what, hint = "a party", "Name the figure that is meant"
        case tree.Group():
            what, hint = "a group of parties", f"To work out one figure over them: `total of X over {e.text}`"
        case tree.Data():
            what, hint = "data", f"Write what is counted or added up: `number of {e.text} where …`, `total of column over {e.text}`"
        case tree.Event():
            what, hint = "an event", f"Write `date of {e.text}`, or the name of one of its columns: `price of {e.text}`"
        case tree.Formula():
            what, hint = "a formula", f"Give it its figures: `{e.text} ({', '.join(p.text for p in declared.parameters)})`"
        case _:
            assert_never(declared)
    return refuse("N007", f"`{e.text}` is {what}; a figure is wanted here. {hint}.", e.span)


# -- members and `its` -------------------------------------------------------------------------------------------------


def member(w: Workbench, axis: str, name: str) -> int | None:
    """The place of a member of ``axis``, by its name or one of its codes."""
    found = w.axes.get(axis)
    if found is None:
        return None
    places = (i for i, m in enumerate(found.members) if name == m.name or name in m.codes)
    return next(places, None)


def its(w: Workbench, e: tree.Its, place: Place) -> Expr:
    """``its X``: the figure of the member that is spoken of; ``its Track`` of a list is the column that names one."""
    node = anything(w, e.name, place)
    if node.type.kind == YES_NO:
        raise refuse("N007", f"`{e.name.text}` is yes or no, and a figure is wanted here.", e.span)
    if not node.type.axes:
        raise refuse("T006", f"`{e.name.text}` is one figure for the whole contract, so nothing has its own. Leave out `its`.", e.span)
    return node  # type: ignore[return-value]


def _the_column_of(w: Workbench, e: tree.Name) -> Expr:
    """The one figure that says which member of the list ``e`` something belongs to: a column ``one of Track``."""
    found = [name for name, kind in _category_columns(w) if kind == e.text]
    if len(found) == 1:
        node = reference(w, tree.Name(e.span, found[0]))
        assert isinstance(node, n.Ref)
        return node
    if not found:
        why = f"No data and no schedule say which {e.text} is meant: there should be a column `one of {e.text}`."
        raise refuse("N007", why, e.span)
    readings = [Reading("", name, e.span) for name in found]
    raise refuse("N007", f"More than one column says which {e.text} is meant. Name the one.", e.span, *readings)


def _category_columns(w: Workbench) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, declared in w.scope.names.items():
        if isinstance(declared, FigureColumn):
            kind = declared.line.kind
            if kind is not None and isinstance(kind.of, tree.Name) and kind.word == "one of":
                found.append((name, kind.of.text))
        elif isinstance(declared, ScheduleColumn):
            found.extend((name, axis) for axis in _lists_of_cells(w, declared))
    return found


def _lists_of_cells(w: Workbench, column: ScheduleColumn) -> list[str]:
    cells = [row.cells[column.place] for row in column.schedule.rows if column.place < len(row.cells)]
    names = {cell.text for cell in cells if isinstance(cell, tree.Name)}
    if not names or any(not isinstance(cell, tree.Name | tree.NoneStated) for cell in cells):
        return []
    return [axis.name for axis in w.axes.values() if names <= {m.name for m in axis.members}]


# -- baselines, formulas, clauses --------------------------------------------------------------------------------------


def baseline(w: Workbench, e: tree.Baseline, span: Span) -> Expr:
    """``the baseline``, or ``the baseline of X``, which stands at ``span``."""
    meant = w.baselines.get(e)
    if meant is None or meant.measure is None:
        raise _baseline_of_what(w, span, meant.named if meant is not None else ())
    name = baseline_key(meant.measure)
    w.define(meant.measure)
    if meant.measure in w.broken:
        raise Refusal(None)
    if name not in w.figures:
        why = f"`{meant.measure}` has no baseline. Write one under it."
        raise refuse("T012", why, span, Reading(f"under `measure {meant.measure}`", "  baseline 78.4%"))
    return n.Ref(w.figures[name].type, span, name)


def _baseline_of_what(w: Workbench, span: Span, measures: tuple[str, ...]) -> Refusal:
    """Where no measure is named just before it, each of the line that has a baseline may be meant."""
    if not measures:
        why = "The baseline of what? Name the measure before it: `fall in X from the baseline`, or `the baseline of X`."
        return refuse("T012", why, span)
    text = w.texts.get(span.file)
    article = Span(span.file, max(0, span.start - len("the ")), span.start)
    whole = Span(span.file, article.start, span.end) if text is not None and text.excerpt(article) == "the " else span
    why = "The baseline of what? No measure is named just before it."
    return refuse("T012", why, span, *(Reading("", f"(the baseline of {measure})", whole) for measure in measures))


def baseline_key(measure: str) -> str:
    """The name under which a measure's baseline is a figure."""
    return f"baseline of {measure}"


def call(w: Workbench, e: tree.Call, place: Place) -> Expr:
    """A formula with its figures put in: its body is elaborated anew, its parameters standing for the arguments."""
    formula = w.scope.names.get(e.formula.text)
    if not isinstance(formula, tree.Formula):
        raise _undefined(w, e.formula) if formula is None else refuse("N007", f"`{e.formula.text}` is no formula.", e.formula.span)
    if len(formula.parameters) != len(e.arguments):
        wanted = ", ".join(p.text for p in formula.parameters)
        raise refuse("T008", f"`{e.formula.text}` wants {len(formula.parameters)} figures ({wanted}), not {len(e.arguments)}.", e.span)
    key = f"formula {e.formula.text}"
    if key in w.under_way:
        raise refuse("C007", f"The formula `{e.formula.text}` is used in its own definition. A formula cannot call itself.", e.span)
    given: dict[str, Expr | Cond] = {
        parameter.text: w.expression(argument, place) for parameter, argument in zip(formula.parameters, e.arguments, strict=True)
    }
    w.under_way[key] = None
    try:
        inside = Place(place.axes, place.grain, given)
        for row in formula.in_which:
            inside = inside.knowing({row.name.text: w.expression(row.value, inside)})
        result = w.passes.body(w, formula.gives, inside)
    finally:
        del w.under_way[key]
    if result.type.kind == YES_NO:
        raise refuse("N007", f"`{e.formula.text}` gives yes or no, and a figure is wanted here.", e.span)
    return result  # type: ignore[return-value]


def clause(w: Workbench, e: tree.Name) -> tree.Clause:
    """The clause of that name."""
    found = w.scope.clauses.get(e.text)
    if found is None and e.text in w.scope.unreadable:
        raise Refusal(None)
    if found is None:
        near = w.scope.nearest_clause(e.text)
        readings = [Reading("did you mean", near, e.span)] if near else []
        raise refuse("N006", f"There is no clause `{e.text}` in this contract.{_as_duty(w, e.text)}", e.span, *readings)
    return found


def _as_duty(w: Workbench, text: str) -> str:
    """How a clause is written that is called after the event that somebody must give."""
    event = w.scope.names.get(text.removesuffix(" Duty"))
    if not isinstance(event, tree.Event) or not text.endswith(" Duty"):
        return ""
    by = next((line.by.text for line in event.lines if isinstance(line, tree.NotifiedLine)), "Provider")
    duty = f"duty on {by} to give {event.name.text} within 20 working days after each {usual_period(w)}"
    return f" Add `clause {text}`, and under it `{duty}`."


def data(w: Workbench, e: tree.Name) -> tree.Data:
    """The data of that name."""
    found = w.scope.names.get(e.text)
    if not isinstance(found, tree.Data):
        raise _undefined(w, e) if found is None else refuse("N007", f"`{e.text}` is not declared as data.", e.span)
    return found


def party(w: Workbench, e: tree.Name) -> tree.Party | tree.Group:
    """The party or group of that name."""
    found = w.scope.names.get(e.text)
    if isinstance(found, tree.Party | tree.Group):
        return found
    if e.text in w.scope.unreadable:
        raise Refusal(None)
    if (titled := w.scope.titled(e.text)) is not None and isinstance(w.scope.names[titled], tree.Party | tree.Group):
        raise _is_title(w, e, titled)
    near = nearest_party(w, e.text)
    readings = [Reading("did you mean", near, e.span)] if near else []
    parties = [name for name, found in w.scope.names.items() if isinstance(found, tree.Party)][:6]
    has = f" Its parties are {', '.join(f'`{name}`' for name in parties)}." if parties and not near else ""
    declare = f" Declare it: `party {e.text} is provider`." if not near else ""
    if has and len(parties) > 1 and e.text.endswith("s"):
        declare = (
            f" Several that are paid together are a group: `group {e.text}`, and under it a line for each, such as `{parties[-1]}: 50%`."
        )
    raise w.once(
        f"no party {e.text}",
        "N005",
        f"`{e.text}` is no party of this contract.{has}{declare}",
        e.span,
        *readings,
    )


def nearest_party(w: Workbench, text: str) -> str | None:
    """The party or group that looks most like ``text``; else the one whose name has its words (`Payer`: Regional Payer), or its role."""
    near = w.scope.nearest(text)
    if near is not None and isinstance(w.scope.names[near], tree.Party | tree.Group):
        return near
    parties = [party for party in w.scope.names.values() if isinstance(party, tree.Party)]
    words = set(text.lower().split())
    has_words = [party for party in parties if words < set(party.name.text.lower().split())]
    buys, performs = ([party for party in parties if party.role in roles] for roles in (tree.BUYS, tree.PERFORMS))
    has_role = buys if text.lower() in tree.BUYS else performs if text.lower() in tree.PERFORMS else []
    return next((found[0].name.text for found in (has_words, has_role) if len(found) == 1), None)


def axis(w: Workbench, e: tree.Name) -> str:
    """The list, group or class of parties of that name."""
    if e.text in w.axes:
        return e.text
    if e.text in w.scope.unreadable:
        raise Refusal(None)
    near = w.scope.nearest(e.text)
    readings = [Reading("did you mean", near, e.span)] if near in w.axes and near is not None else []
    raise w.once(f"no list {e.text}", "N005", f"`{e.text}` is no list, group or class of parties.", e.span, *readings)


def event(w: Workbench, e: tree.Name) -> tree.Event:
    """The event of that name."""
    found = w.scope.names.get(e.text)
    if not isinstance(found, tree.Event):
        if found is None and e.text in w.scope.clauses:
            raise _clause_as_event(w, e)
        if found is None and e.text not in w.scope.unreadable and not w.scope.titled(e.text) and not w.scope.nearest(e.text):
            why = f"There is no event `{e.text}`. Declare it: `event {e.text}`, and under it who gives notice of it, `notified by … to …`."
            raise w.once(f"undefined {e.text}", "N005", why, e.span)
        raise _undefined(w, e) if found is None else refuse("N007", f"`{e.text}` is not declared as an event.", e.span)
    return found


def _clause_as_event(w: Workbench, e: tree.Name) -> Refusal:
    """``to give Remedial Plan`` in the clause of that name: what is given is an event, declared by itself."""
    here = w.scope.clauses[e.text]
    head = next((line for line in here.lines if isinstance(line, tree.DutyHead)), None)
    by = "Provider" if head is None else head.party.text
    to = next((each.name.text for each in w.scope.names.values() if isinstance(each, tree.Party) and each.name.text != by), "Commissioner")
    why = (
        f"`{e.text}` is a clause, and an event is wanted here. Declare the event under a name of its own: `event {e.text} Given`, and "
        f"under it `notified by {by} to {to}`."
    )
    return w.once(f"undefined {e.text}", "N005", why, e.span, Reading("the event", f"{e.text} Given", e.span))


def amount_of(w: Workbench, e: tree.AmountOf) -> Expr:
    """What a clause pays, after its limits."""
    if e.contract is not None:
        return linked.amount(w, e, e.contract)
    declared = clause(w, e.clause)
    head = next((line for line in declared.lines if isinstance(line, tree.FlowHead)), None)
    if head is None and is_torn(declared):
        raise Refusal(None)
    if head is None:
        raise refuse("N007", f"Clause `{e.clause.text}` moves no money, so it has no amount.", e.span)
    grain, axes = w.passes.flow_shape(w, declared)
    return n.AmountOf(Type(money(w.settings.currency), grain, axes), e.span, e.clause.text)
