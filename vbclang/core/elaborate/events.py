"""What the record tells: events, and the lateness of data. Each becomes an input of the periods in which it is asked for."""

from __future__ import annotations

from attrs import evolve

from vbclang.core import nodes as n
from vbclang.core.checks.known import known_of
from vbclang.core.declared import EventDeclaration
from vbclang.core.elaborate import files, named
from vbclang.core.elaborate.deadlines import when
from vbclang.core.elaborate.starting import usual_period
from vbclang.core.elaborate.timing import GRAINS, delivery
from vbclang.core.elaborate.workbench import Place, Refusal, Workbench, refuse
from vbclang.core.nodes import Cond, Expr
from vbclang.core.record import Breached, Cured, Due, EffectiveDate, LatenessOfData, OfEvent, Stage, Told
from vbclang.source import Label, Reading, Span
from vbclang.syntax import tree
from vbclang.types.kinds import DATE, YES_NO, Grain, Kind, Quantity, Type

DAYS = Quantity(dimensions=(("day", 1),), whole=True)


def declare(w: Workbench, e: tree.Event) -> None:
    """Declare an event: who notifies it to whom, and its columns."""
    axes = tuple(named.axis(w, axis) for axis in e.axes)
    by, to = None, None
    for line in e.lines:
        if isinstance(line, tree.NotifiedLine):
            by, to = line.by.text, line.to.text if line.to else None
            for party in (line.by, line.to):
                if party is not None:
                    named.party(w, party)
    columns = tuple(files.plain_column(w, line) for line in e.lines if isinstance(line, tree.ColumnLine))
    w.events[e.name.text] = EventDeclaration(e.name.text, axes, columns, by, to, e.name.span)


# -- events --------------------------------------------------------------------------------------------------------------


def state(w: Workbench, c: tree.EventState, place: Place) -> Cond:
    """``EVENT has occurred`` · ``EVENT is in force``, at the end of the period."""
    declared = named.event(w, c.event)
    what = "has occurred" if c.state == "has occurred" else "is in force"
    leaf = _told(w, f"{declared.name.text} {what}", OfEvent(declared.name.text, what), YES_NO, _axes(w, declared), place, c.span)
    assert isinstance(leaf, n.InputFlag)
    return leaf


def lasting(w: Workbench, c: tree.Consecutive | tree.AtLeastOfAny, operand: Cond, place: Place) -> Cond | None:
    """``EVENT is in force for 30 consecutive days``; None where days on end are asked of something else."""
    told = w.told_by.get(operand.key) if isinstance(operand, n.InputFlag) else None
    if not isinstance(c, tree.Consecutive) or not isinstance(told, OfEvent) or told.what != "is in force" or c.count < 1:
        return None
    name = f"{told.event} is in force for {c.count} consecutive days"
    leaf = _told(w, name, OfEvent(told.event, "has been in force", c.count), YES_NO, operand.type.axes, place, c.span)
    assert isinstance(leaf, n.InputFlag)
    return leaf


def happened(w: Workbench, event: tree.Name, grain: Grain, span: Span) -> Cond:
    """Whether an event happened in the period itself."""
    declared = named.event(w, event)
    name = declared.name.text
    place = Place(grain=grain)
    leaf = _told(w, f"{name} in the period", OfEvent(name, "in the period"), YES_NO, _axes(w, declared), place, span)
    assert isinstance(leaf, n.InputFlag)
    return leaf


def cured(w: Workbench, line: tree.CuredByLine, clause: str, place: Place, failure: Cond) -> Cond:
    """Whether the failure of a period was cured: the curing event names the period, and came within its time."""
    event = named.event(w, line.event)
    deadline = when(w, line.deadline)
    told = Cured(event.name.text, clause, deadline, known_of(w, failure))
    leaf = _told(w, f"cured by {event.name.text}", told, YES_NO, place.axes, place, line.span, clause)
    assert isinstance(leaf, n.InputFlag)
    return leaf


def date_of(w: Workbench, e: tree.DateOf, place: Place) -> Expr:
    """``date of EVENT``: of the latest."""
    declared = named.event(w, e.event)
    name = declared.name.text
    return _figure(_told(w, f"the date of {name}", OfEvent(name, "date"), DATE, _axes(w, declared), place, e.span))


def column_of(w: Workbench, column: tree.Column, event: tree.Expr, place: Place, span: Span) -> Expr:
    """``price of EVENT``: what stands in a column of the latest."""
    if not isinstance(event, tree.Name):
        raise refuse("N012", "A column is spoken of with the event that has it: `price of Launch`.", span)
    declared = named.event(w, event)
    name = declared.name.text
    line = files.column_of(declared, column, Reading(f"under `event {name}`", f"  column {column.text} money"))
    told = OfEvent(name, column.text)
    return _figure(_told(w, f"the {column.text} of {name}", told, files.kind_said(w, line), _axes(w, declared), place, span))


def breached(w: Workbench, c: tree.ClauseState, place: Place) -> Cond | None:
    """``clause X is breached``: in the period it turned out that the duty was not kept; None where that is asked of no duty."""
    clause = named.clause(w, c.clause)
    if c.state != "is breached" or not any(isinstance(line, tree.DutyHead) for line in clause.lines):
        return None
    name = clause.name.text
    if name == w.clause:
        raise refuse("C007", f"Clause `{name}` speaks of its own breach: a circle, in which nothing comes first.", c.span)
    axes = frozenset(named.axis(w, axis) for axis in clause.axes)
    leaf = _told(w, f"clause {name} is breached", Breached(name), YES_NO, axes, place, c.span)
    assert isinstance(leaf, n.InputFlag)
    return leaf


def effective_date(w: Workbench, e: tree.EffectiveDateOf, place: Place) -> Expr:
    """``effective date of clause X``: the day at whose end what the clause ends has ended."""
    clause = named.clause(w, e.clause)
    name = clause.name.text
    if not any(isinstance(line, tree.TerminationHead | tree.AutomaticEndHead) for line in clause.lines):
        raise refuse("N007", f"Clause `{name}` ends nothing, so it never takes effect on a day.", e.span)
    axes = frozenset(named.axis(w, axis) for axis in clause.axes)
    return _figure(_told(w, f"the effective date of clause {name}", EffectiveDate(name), DATE, axes, place, e.span))


def _axes(w: Workbench, event: tree.Event) -> frozenset[str]:
    return frozenset(named.axis(w, axis) for axis in event.axes)


# -- lateness ------------------------------------------------------------------------------------------------------------


def lateness(w: Workbench, e: tree.LatenessOf, place: Place) -> Expr:
    """``lateness of final DATA``: so many days, for each period that the data are about."""
    data = named.data(w, e.data)
    name = data.name.text
    if e.stage is None:
        ways = (Reading("", f"lateness of {stage} {name}", e.span) for stage in ("final", "provisional"))
        raise refuse("C017", f"The lateness of which delivery of {name}, the provisional or the final one?", e.span, *ways)
    due = due_of(w, data, e.stage)
    if due is None and e.stage == "final" and not any(isinstance(line, tree.DeliveryLine) and line.stage == "final" for line in data.lines):
        raise Refusal(None)  # that the data say no day has been told of them
    if due is None or due.grain is None:
        why = f"`{name}` has no {e.stage} delivery that is due after each period, so it is never late."
        raise refuse(
            "C022", why, e.span, Reading(f"under `data {name}`", f"  {e.stage} within 20 working days after each {usual_period(w)}")
        )
    if w.clause is None:
        why = "Lateness is counted no further than the due day of the clause that reads it. Speak of it in that clause, not in a term."
        raise refuse("C017", why, e.span)
    told = LatenessOfData(name, e.stage, w.clause)
    return _figure(_told(w, f"the lateness of {e.stage} {name}", told, DAYS, frozenset(), evolve(place, grain=due.grain), e.span, w.clause))


def deliveries(w: Workbench, data: tree.Data | tree.Measure) -> None:
    """When the deliveries of the data are due, or the reports of a measure, as far as they count from a period or a day."""
    for line in data.lines:
        due = due_of(w, data, line.stage) if isinstance(line, tree.DeliveryLine) else None
        if due is not None and isinstance(line, tree.DeliveryLine):
            w.dues[data.name.text, line.stage] = due
    _of_one_period(w, data)


def _of_one_period(w: Workbench, data: tree.Data | tree.Measure) -> None:
    """Final data put provisional ones right period by period, so both are about the same periods."""
    early, final = w.dues.get((data.name.text, "provisional")), w.dues.get((data.name.text, "final"))
    if early is None or final is None or (early.grain or Grain.TERM) == (final.grain or Grain.TERM):
        return
    for_early, for_final = ("the whole term" if due.grain in (None, Grain.TERM) else f"each {due.grain.words}" for due in (early, final))
    why = (
        f"The provisional data of {data.name.text} are delivered for {for_early}, the final ones for {for_final}: which of them takes the "
        "place of which? Let both count from the same period, or declare two data."
    )
    w.note(refuse("C018", why, early.span, labels=(Label(final.span, "the final ones"),)))


def due_of(w: Workbench, data: tree.Data | tree.Measure, stage: Stage) -> Due | None:
    """The deadline of one delivery of the data."""
    line = delivery(data.lines, stage)
    found = w.passes.deadline(w, line.deadline) if line is not None else None
    return Due(found[0], found[1], line.span) if found is not None and line is not None else None


# -- the inputs ----------------------------------------------------------------------------------------------------------


def _told(
    w: Workbench, name: str, told: Told, kind: Kind, axes: frozenset[str], place: Place, span: Span, of: str = ""
) -> n.Input | n.InputFlag:
    """An input that the record feeds, for each period of the place; outside a clause for those of the clause that is paid most often."""
    grain = place.grain if place.grain is not None else _finest(w)
    key = f"{name}, each {grain.words}" + (f", clause {of}" if of else "")
    type_ = Type(kind, grain, axes)
    if key not in w.told_by:
        w.declare_input(key, name, type_, span, 0 if kind == DAYS else None)
        w.inputs[key] = evolve(w.inputs[key], told=True)
        w.told_by[key] = told
    return n.InputFlag(type_, span, key) if kind == YES_NO else n.Input(type_, span, key)


def _finest(w: Workbench) -> Grain:
    heads = (line for clause in w.scope.clauses.values() for line in clause.lines if isinstance(line, tree.FlowHead))
    return min((GRAINS[head.each] for head in heads if head.each is not None), default=Grain.MONTH)


def _figure(leaf: n.Input | n.InputFlag) -> Expr:
    assert isinstance(leaf, n.Input)
    return leaf
