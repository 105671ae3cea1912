"""What a worked example gives: each figure resolved against the contract, and held to what could arrive."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from attrs import define, evolve, field, frozen

from vbclang.core import nodes as n
from vbclang.core.elaborate import linked, named, timing
from vbclang.core.elaborate.workbench import Place, Workbench, adapted, refuse
from vbclang.core.examples import Given, GivenFile, GivenRows
from vbclang.core.nodes import Cond, Expr, State
from vbclang.core.program import Figure
from vbclang.core.record import Entry, Stage
from vbclang.source import Label, Reading, Span
from vbclang.syntax import tree
from vbclang.types import algebra
from vbclang.types.kinds import NUMBER, SHARE, YES_NO, Category, Grain, Kind, Quantity

STATES = {"not reported": State.NOT_REPORTED, "unfit": State.UNFIT, "too small": State.TOO_SMALL}


UNNAMED = "example"
"""The one member of a class of parties in an example that does not say which."""


@frozen
class Setting:
    """The period of an example and the member of each open axis. ``stated``: whether the example says its period. ``unsaid``: the open
    axes whose member it does not say.
    """

    name: tree.Name
    grain: Grain
    index: int
    members: tuple[tuple[str, str], ...]
    stated: bool
    unsaid: frozenset[str]


@frozen(eq=False)
class _Target:
    """The figure that a given speaks of, and the member that it names."""

    figure: Figure
    members: tuple[tuple[str, int], ...]


@define(eq=False)
class Givens:
    """What an example gives, as its lines are read."""

    setting: Setting
    found: list[Given] = field(factory=list)
    said: list[tuple[_Target, int, Stage | None, Span]] = field(factory=list)
    rows: list[GivenRows | GivenFile] = field(factory=list)
    record: list[Entry] = field(factory=list)
    identified: dict[tuple[str, str, Fraction | str], Span] = field(factory=dict)
    """What identifies rows that are given: by data, column and cell, where it is said."""

    @property
    def figures(self) -> tuple[tuple[str, Span], ...]:
        """The figures that are given, by name, each with its place."""
        return tuple((target.figure.name, span) for target, *_, span in self.said)

    def once(self, w: Workbench, target: _Target, period: int, span: Span, stage: Stage | None = None) -> None:
        """Refuse a figure that says nothing beside, or takes the place of, one that is given above."""
        for before, when, on, first in self.said:
            same = before.figure is target.figure and when == period and (stage is None or on is None or on == stage)
            if same and set(target.members) <= set(before.members):
                why = f"`{target.figure.name}` is given twice, so one of the two would not count. Keep one of them."
                raise refuse("W002", why, span, labels=(Label(first, "given here first"),))
        self.said.append((target, period, stage, span))


def given_line(w: Workbench, line: tree.GivenFigure, givens: Givens) -> None:
    """``given X is …``."""
    target = _target(w, line.figure, givens.setting)
    period = _period_of(w, target.figure, line.period, givens.setting, line.span)
    if line.on is None or not _reads_later_data(w):  # else what came later stands beside what is given first
        givens.once(w, target, period, line.span, line.stage)
    on = None if line.on is None else line.on.value
    if line.numerator is not None and line.denominator is not None:
        found = _given_ratio(w, line.numerator, line.denominator, target, period, line.span)
    elif line.state is not None:
        found = _given_state(w, target, period, STATES[line.state], line.span)
    else:
        assert line.value is not None
        found = [Given(_key(w, target.figure), _value_given(w, target.figure, line.value), target.members, period, line.span)]
    givens.found.extend(evolve(given, stage=line.stage, on=on) for given in found)


def _reads_later_data(w: Workbench) -> bool:
    """Whether a clause asks what data say that came later than those that count."""
    return any(flow.release is not None and flow.release.of == "same" for flow in w.flows.values())


def given_table(w: Workbench, table: tree.GivenTable, givens: Givens) -> None:
    """``given table by …``."""
    for row in table.rows:
        if len(row.cells) != len(table.figures):
            raise refuse("T017", "This row has another number of cells than the heading.", row.span)
        for figure, cell in zip(table.figures, row.cells, strict=True):
            _cell(w, table, row, figure, cell, givens)


def _cell(
    w: Workbench,
    table: tree.GivenTable,
    row: tree.GivenTableRow,
    figure: tree.Expr,
    cell: tree.Expr | tree.NotReported | tree.SoMany,
    givens: Givens,
) -> None:
    target, stated = _target(w, figure, givens.setting), row.key if isinstance(row.key, tree.Period) else None
    if not isinstance(row.key, tree.Period):
        axis = table.by.text if isinstance(table.by, tree.Name) else ""
        place = named.member(w, axis, row.key.text)
        if place is None or axis not in target.figure.type.axes:
            why = f"`{row.key.text}` is no {axis or 'member'} of what `{target.figure.name}` has a figure for."
            raise refuse("N008", why, row.key.span)
        target = _Target(target.figure, (*target.members, (axis, place)))
    if isinstance(cell, tree.NoneStated):
        return
    period = _period_of(w, target.figure, stated, givens.setting, row.span)
    givens.once(w, target, period, row.span)
    if isinstance(cell, tree.SoMany):
        givens.found.extend(_given_ratio(w, cell.numerator, cell.denominator, target, period, cell.span))
        return
    value = State.NOT_REPORTED if isinstance(cell, tree.NotReported) else _value_given(w, target.figure, cell)
    givens.found.append(Given(_key(w, target.figure), value, target.members, period, row.span))


def _target(w: Workbench, e: tree.Expr, setting: Setting) -> _Target:
    if isinstance(e, tree.ForMember):
        inner = _target(w, e.figure, setting)
        assert not isinstance(e.member, tree.Its)
        for axis in sorted(inner.figure.type.axes):
            place = named.member(w, axis, e.member.text)
            if place is not None:
                return _Target(inner.figure, (*inner.members, (axis, place)))
        raise refuse("N008", f"`{e.member.text}` is no member of what `{inner.figure.name}` has a figure for.", e.member.span)
    if isinstance(e, tree.In) and isinstance(e.place, tree.Name):
        read = linked.figure(w, e, e.place)
        return _Target(w.figures[read.figure], ())
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


def _given_state(w: Workbench, target: _Target, period: int, state: State, span: Span) -> list[Given]:
    """A measure that is not reported, unfit or too small: what arrives is, so that the measure's own rules for it apply."""
    arriving = w.worked_out.get(target.figure.name)
    keys = arriving.keys if arriving is not None else (_key(w, target.figure),)
    return [Given(key, state, target.members, period, span) for key in keys]


def _given_ratio(w: Workbench, top: tree.Expr, bottom: tree.Expr, target: _Target, period: int, span: Span) -> list[Given]:
    arriving = w.worked_out.get(target.figure.name)
    if arriving is None or arriving.numerator is None or arriving.denominator is None:
        why = f"`{target.figure.name}` is not counted from rows, so it is not so many of so many. Give its figure."
        raise refuse("N007", why, span)
    part, whole = value(w, top, NUMBER), value(w, bottom, NUMBER)
    if target.figure.type.kind == SHARE and not (part.denominator == whole.denominator == 1 and 0 <= part <= whole):
        why = f"`{target.figure.name}` counts rows: so many whole rows of so many, and no more of them than there are."
        raise refuse("W003", why, span)
    return [
        Given(arriving.numerator, part, target.members, period, span),
        Given(arriving.denominator, whole, target.members, period, span),
    ]


def _key(w: Workbench, figure: Figure) -> str:
    """What is overridden: the input of a figure that arrives (so that it is rounded as any other), else the figure itself."""
    arriving = w.worked_out.get(figure.name)
    if arriving is not None:
        return arriving.value
    if isinstance(figure.body, n.Input | n.InputFlag):
        return figure.body.key
    return figure.name


# -- periods -----------------------------------------------------------------------------------------------------------


def _period_of(w: Workbench, figure: Figure, stated: tree.Period | None, setting: Setting, span: Span) -> int:
    """The place, in the figure's own grain, of the period that is meant: the stated one, else the example's."""
    own = figure.type.grain
    if own >= Grain.TERM:
        return 0
    grain, index = place_of(w, own, stated, setting, figure.body)
    if own >= grain:
        return index if own == grain else w.settings.grid.containing(grain, index, own)
    why = f"`{figure.name}` is a {own.words}'s figure, and the example speaks of a {grain.words}. Say in which {own.words}."
    raise refuse("C003", why, span)


def place_of(
    w: Workbench, wanted: Grain, stated: tree.Period | None, setting: Setting, figure: Expr | Cond | None = None
) -> tuple[Grain, int]:
    """The period that a line names, else the example's; refused where neither says one and a contract year does not settle it."""
    if stated is not None:
        return timing.place_of(w, stated, figure)
    if not setting.stated and wanted < setting.grain:
        label = w.settings.grid.period(wanted, 0).label
        why = f"`worked example {setting.name.text}` does not say its period."
        raise w.once(f"period of {setting.name.text}", "W004", why, setting.name.span, Reading("", f"  in {label}"))
    return setting.grain, setting.index


# -- figures as they are given -------------------------------------------------------------------------------------------


def _value_given(w: Workbench, figure: Figure, e: tree.Expr) -> Fraction:
    """A figure as it could arrive or be worked out: in its range, whole where it is counted, rounded where the contract rounds it."""
    kind = figure.type.kind
    given = value(w, e, kind)
    declared = w.inputs.get(_key(w, figure))
    lowest, highest = (declared.lowest, declared.highest) if declared is not None else (None, None)
    if isinstance(kind, Quantity) and kind.whole and given.denominator != 1:
        raise refuse("W003", f"`{figure.name}` is counted, so it is a whole number.", e.span)
    if (lowest is not None and given < lowest) or (highest is not None and given > highest):
        bounds = "lies from 0% to 100%" if highest is not None else "is never below 0"
        raise refuse("W003", f"`{figure.name}` {bounds}: this figure could never arrive.", e.span)
    return given if declared is not None else _as_rounded(figure, given)


def _as_rounded(figure: Figure, given: Fraction) -> Fraction:
    """A figure that stands in for one that the contract works out: rounded by that figure's own rule, as the figure itself is."""
    body = figure.body
    while isinstance(body, n.Recover | n.LastKnown):
        body = body.operand
    if not isinstance(body, n.Round):
        return given
    steps = abs(given) / body.unit
    whole = {"half up": floor(steps + Fraction(1, 2)), "up": ceil(steps), "down": floor(steps)}[body.direction]
    return (whole if given >= 0 else -whole) * body.unit


def value(w: Workbench, e: tree.Expr, kind: Kind) -> Fraction:
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
