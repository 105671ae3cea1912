"""Worked examples: each given and each claim resolved against the contract, so that an example that speaks of nothing is found."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from attrs import frozen

from vbclang.core import nodes as n
from vbclang.core.elaborate import named, timing
from vbclang.core.elaborate.workbench import Place, Refusal, Workbench, adapted, refuse
from vbclang.core.examples import Example, Given, Then, ThenAmount, ThenFigure, ThenParty
from vbclang.core.nodes import State
from vbclang.core.program import Figure, PartyPlace
from vbclang.source import Reading
from vbclang.syntax import tree
from vbclang.types import algebra
from vbclang.types.kinds import CURRENCIES, NUMBER, YES_NO, Category, Grain, Kind, money

_STATES = {"not reported": State.NOT_REPORTED, "unfit": State.UNFIT, "too small": State.TOO_SMALL}

_LATER = {
    tree.GivenRows: "rows that are given",
    tree.GivenEvent: "events that are given",
    tree.GivenClause: "notices, waivers and payments that are given",
    tree.ThenEventDue: "days on which an event is due",
}


@frozen
class _Setting:
    """The period of an example and the member of each open axis."""

    grain: Grain
    index: int
    members: tuple[tuple[str, str], ...]


def example(w: Workbench, e: tree.WorkedExample) -> None:
    """Resolve one worked example into ``w.examples``; each line that cannot be is reported."""
    setting = _setting(w, e)
    given: list[Given] = []
    then: list[Then] = []
    not_yet: list[str] = []
    for line in e.lines:
        try:
            _line(w, line, setting, given, then, not_yet)
        except Refusal as refusal:
            w.note(refusal)
    if not any(isinstance(line, tree.Bad | tree.ThenClause | tree.ThenParty | tree.ThenFigure | tree.ThenEventDue) for line in e.lines):
        why = "This example claims nothing: what must come out?"
        raise refuse(
            "W001",
            why,
            e.name.span,
            *(Reading("", f"  then clause {name} pays {CURRENCIES[w.settings.currency][0]}100.00") for name in tuple(w.flows)[:3]),
        )
    if any(_is_given_later(line) for line in e.lines):
        then = []  # without all that is given, nothing can be held against what must come out
    period = w.settings.grid.period(setting.grain, setting.index)
    days = (period.start.toordinal(), period.end.toordinal())
    w.examples.append(Example(e.name.text, setting.members, days, tuple(given), tuple(then), tuple(not_yet), e.name.span))


def _is_given_later(line: tree.ExampleLine) -> bool:
    """Whether something is given that this version cannot take in."""
    provisional = isinstance(line, tree.GivenFigure) and (line.stage == "provisional" or line.on is not None)
    return provisional or isinstance(line, tree.GivenRows | tree.GivenEvent | tree.GivenClause)


def _setting(w: Workbench, e: tree.WorkedExample) -> _Setting:
    period = next((line.period for line in e.lines if isinstance(line, tree.InPeriod)), None)
    grain, index = (Grain.YEAR, 0) if period is None else timing.place_of(w, period)
    members = {axis.name: "example" for axis in w.axes.values() if axis.open}
    for line in e.lines:
        if isinstance(line, tree.ForWhom):
            if line.of.text not in members:
                raise refuse("N005", f"`{line.of.text}` is no class of parties that the data name.", line.of.span)
            members[line.of.text] = line.code.text
    return _Setting(grain, index, tuple(members.items()))


def _line(w: Workbench, line: tree.ExampleLine, setting: _Setting, given: list[Given], then: list[Then], not_yet: list[str]) -> None:
    match line:
        case tree.GivenFigure() if line.stage == "provisional" or line.on is not None:
            not_yet.append("figures that are given on provisional data, or on a day")
        case tree.GivenFigure():
            given.extend(_given(w, line, setting))
        case tree.GivenTable():
            for row in line.rows:
                given.extend(_given_row(w, line, row, setting))
        case tree.ThenClause():
            claim = _then_clause(w, line, setting, not_yet)
            then.extend([claim] if claim is not None else [])
        case tree.ThenParty():
            then.append(_then_party(w, line, setting))
        case tree.ThenFigure():
            then.append(_then_figure(w, line, setting))
        case tree.GivenRows() | tree.GivenEvent() | tree.GivenClause() | tree.ThenEventDue():
            not_yet.append(_LATER[type(line)])
        case tree.Bad() | tree.InPeriod() | tree.ForWhom() | tree.SourceLine():
            pass
        case _:
            assert_never(line)


# -- given -------------------------------------------------------------------------------------------------------------


@frozen(eq=False)
class _Target:
    """The figure that a given speaks of, and the member that it names."""

    figure: Figure
    members: tuple[tuple[str, int], ...]


def _target(w: Workbench, e: tree.Expr, setting: _Setting) -> _Target:
    if isinstance(e, tree.ForMember):
        inner = _target(w, e.figure, setting)
        assert not isinstance(e.member, tree.Its)
        for axis in sorted(inner.figure.type.axes):
            place = named.member(w, axis, e.member.text)
            if place is not None:
                return _Target(inner.figure, (*inner.members, (axis, place)))
        raise refuse("N008", f"`{e.member.text}` is no member of what `{inner.figure.name}` has a figure for.", e.member.span)
    if not isinstance(e, tree.Name):
        raise refuse("N007", "What is given is a measure, a term or a column of data, by its name.", e.span)
    named.anything(w, e, Place())
    figure = w.figures.get(e.text)
    if figure is None:
        raise refuse("N007", f"`{e.text}` is no figure that could be given.", e.span)
    if figure.what == "schedule":
        raise refuse("N007", f"`{e.text}` stands in a schedule of the contract; an example cannot give another.", e.span)
    open_axes = {axis: 0 for axis, _ in setting.members if axis in figure.type.axes}
    return _Target(figure, tuple(open_axes.items()))


def _given(w: Workbench, line: tree.GivenFigure, setting: _Setting) -> list[Given]:
    target = _target(w, line.figure, setting)
    period = _period_of(w, target.figure, line.period, setting)
    if line.numerator is not None and line.denominator is not None:
        return _given_ratio(w, line, target, period)
    key = _key(w, target.figure)
    if line.state is not None:
        return _given_state(w, target, period, _STATES[line.state], line)
    assert line.value is not None
    value = _value(w, line.value, target.figure.type.kind)
    return [Given(key, value, target.members, period, line.span)]


def _given_state(w: Workbench, target: _Target, period: int, state: State, line: tree.GivenFigure) -> list[Given]:
    """A measure that is not reported, unfit or too small: what arrives is, so that the measure's own rules for it apply."""
    arriving = next((a for a in w.worked_out if a.name == target.figure.name), None)
    keys = (arriving.value, arriving.numerator, arriving.denominator) if arriving is not None else (_key(w, target.figure),)
    return [Given(key, state, target.members, period, line.span) for key in keys if key is not None]


def _given_ratio(w: Workbench, line: tree.GivenFigure, target: _Target, period: int) -> list[Given]:
    arriving = next((a for a in w.worked_out if a.name == target.figure.name), None)
    if arriving is None or arriving.numerator is None or arriving.denominator is None:
        why = f"`{target.figure.name}` is not counted from rows, so it is not so many of so many. Give its figure."
        raise refuse("N007", why, line.span)
    assert line.numerator is not None
    assert line.denominator is not None
    top, bottom = (_value(w, e, NUMBER) for e in (line.numerator, line.denominator))
    return [
        Given(arriving.numerator, top, target.members, period, line.span),
        Given(arriving.denominator, bottom, target.members, period, line.span),
    ]


def _given_row(w: Workbench, table: tree.GivenTable, row: tree.GivenTableRow, setting: _Setting) -> list[Given]:
    found: list[Given] = []
    if len(row.cells) != len(table.figures):
        raise refuse("T017", "This row has another number of cells than the heading.", row.span)
    for figure, cell in zip(table.figures, row.cells, strict=True):
        target = _target(w, figure, setting)
        members, period = target.members, row.key if isinstance(row.key, tree.Period) else None
        if not isinstance(row.key, tree.Period):
            axis = table.by.text if isinstance(table.by, tree.Name) else ""
            place = named.member(w, axis, row.key.text)
            if place is None or axis not in target.figure.type.axes:
                why = f"`{row.key.text}` is no {axis or 'member'} of what `{target.figure.name}` has a figure for."
                raise refuse("N008", why, row.key.span)
            members = (*members, (axis, place))
        if isinstance(cell, tree.NoneStated):
            continue
        value = State.NOT_REPORTED if isinstance(cell, tree.NotReported) else _value(w, cell, target.figure.type.kind)
        found.append(Given(_key(w, target.figure), value, members, _period_of(w, target.figure, period, setting), row.span))
    return found


def _key(w: Workbench, figure: Figure) -> str:
    """What is overridden: the input of a figure that arrives (so that it is rounded as any other), else the figure itself."""
    arriving = next((a for a in w.worked_out if a.name == figure.name), None)
    if arriving is not None:
        return arriving.value
    if isinstance(figure.body, n.Input | n.InputFlag):
        return figure.body.key
    return figure.name


def _period_of(w: Workbench, figure: Figure, stated: tree.Period | None, setting: _Setting) -> int:
    """The place, in the figure's own grain, of the period that is meant: the stated one, else the example's."""
    if figure.type.grain >= Grain.TERM:
        return 0
    grain, index = (setting.grain, setting.index) if stated is None else timing.place_of(w, stated)
    if figure.type.grain == grain:
        return index
    if figure.type.grain > grain:
        return w.settings.grid.containing(grain, index, figure.type.grain)
    span = stated.span if stated is not None else figure.span
    own = figure.type.grain.words
    why = f"`{figure.name}` is a {own}'s figure, and the example speaks of a {grain.words}. Say in which {own}."
    raise refuse("C003", why, span)


def _value(w: Workbench, e: tree.Expr, kind: Kind) -> Fraction:
    """A figure written in an example, in the kind of what it is given for."""
    if isinstance(e, tree.YesNo):
        if kind != YES_NO:
            raise refuse("T002", f"`yes` or `no` is given here, but {algebra.words(kind)} is wanted.", e.span)
        return Fraction(e.value)
    if isinstance(kind, Category) and kind.axis is not None and isinstance(e, tree.Name | tree.Quoted):
        place = named.member(w, kind.axis, e.text)
        if place is None:
            raise refuse("N008", f"`{e.text}` is no {kind.axis}.", e.span)
        return Fraction(place)
    node = adapted(w.expression(e, Place(), kind), kind)
    if not isinstance(node, n.Const):
        raise refuse("T002", "An example gives figures, not what they are worked out from.", e.span)
    common = algebra.compare(node.type.kind, kind)
    if isinstance(common, algebra.Mismatch):
        raise refuse(
            "T001", f"{algebra.sentence(algebra.words(kind))} is wanted here, but this is {algebra.words(node.type.kind)}.", e.span
        )
    return node.value


# -- then --------------------------------------------------------------------------------------------------------------


def _then_clause(w: Workbench, line: tree.ThenClause, setting: _Setting, not_yet: list[str]) -> Then | None:
    clause = named.clause(w, line.clause)
    flow = w.flows.get(clause.name.text)
    if flow is None:
        if any(isinstance(other, tree.FlowHead) for other in clause.lines):
            raise Refusal(None)
        not_yet.append(f"what clause {clause.name.text} does")
        return None
    period = _flow_period(w, flow.grain, line.period, setting)
    if line.verb in ("applies", "does not apply"):
        return ThenAmount(flow.key, None, line.verb == "applies", None, None, period, line.span)
    if line.verb not in ("pays", "deducts") or line.stage == "provisional":
        not_yet.append(f"`{line.verb}`{' on provisional data' if line.stage == 'provisional' else ''}")
        return None
    if line.amount is None:
        raise refuse("W001", "Which amount must come out?", line.span)
    amount = _amount(w, line.amount)
    payer, payee = _side(line.payer, flow.payer, setting), _side(line.payee, flow.payee, setting)
    return ThenAmount(flow.key, amount, None, payer, payee, period, line.span, line.by.value if line.by else None)


def _side(e: tree.Name | tree.Quoted | None, side: PartyPlace, setting: _Setting) -> str | None:
    """The party that a claim names; a class of parties is its one member here, and a group that is meant as a whole is any of its own."""
    if e is None or (e.text == side.name and side.axis is not None and not side.each):
        return None
    return dict(setting.members).get(e.text, e.text)


def _flow_period(w: Workbench, grain: Grain, stated: tree.Period | None, setting: _Setting) -> int:
    if grain >= Grain.TERM:
        return 0
    here, index = (setting.grain, setting.index) if stated is None else timing.place_of(w, stated)
    if here == grain:
        return index
    if here < grain:
        return w.settings.grid.containing(here, index, grain)
    return w.settings.grid.within(here, index, grain)[0]


def _amount(w: Workbench, e: tree.Expr) -> Fraction:
    if isinstance(e, tree.NoneStated):
        return Fraction(0)
    node = w.expression(e, Place())
    if not isinstance(node, n.Const) or node.type.kind != money(w.settings.currency):
        raise refuse("T002", f"An amount in {w.settings.currency} is wanted here.", e.span)
    return node.value


def _then_party(w: Workbench, line: tree.ThenParty, setting: _Setting) -> ThenParty:
    party = dict(setting.members).get(line.party.text, line.party.text)
    return ThenParty(party, "receives" if line.verb == "receives" else "pays", _amount(w, line.amount), line.span)


def _then_figure(w: Workbench, line: tree.ThenFigure, setting: _Setting) -> ThenFigure:
    node = named.anything(w, line.figure, Place()) if isinstance(line.figure, tree.Name) else w.expression(line.figure, Place())
    words = line.figure.text if isinstance(line.figure, tree.Name) else "the figure"
    grain = node.type.grain
    period = 0 if grain >= Grain.TERM else _flow_period(w, grain, None, setting)
    if line.state is not None:
        state = None if line.state == "not assessed" else _STATES[line.state]
        return ThenFigure(words, node, None, state, period, line.span)
    assert line.value is not None
    value: Fraction | bool = _value(w, line.value, node.type.kind)
    return ThenFigure(words, node, bool(value) if node.type.kind == YES_NO else value, None, period, line.span)
