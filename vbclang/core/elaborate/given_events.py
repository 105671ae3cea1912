"""What a worked example gives of the record: events on their days, how late data are, notices and waivers."""

from __future__ import annotations

from fractions import Fraction

from vbclang.core.checks.known import latest
from vbclang.core.elaborate import files, named
from vbclang.core.elaborate.given import Givens, place_of, value
from vbclang.core.elaborate.kinds import kind_of
from vbclang.core.elaborate.workbench import Refusal, Workbench, refuse
from vbclang.core.examples import Given
from vbclang.core.nodes import State
from vbclang.core.record import Entry, EntryKind, LatenessOfData
from vbclang.names.scope import is_torn
from vbclang.source import Reading
from vbclang.syntax import tree
from vbclang.types.kinds import Grain


def given_event(w: Workbench, line: tree.GivenEvent, givens: Givens) -> None:
    """``given EVENT for MEMBER on DATE with …``: it is received on the day on which it happens."""
    event = named.event(w, line.event)
    cells: dict[str, Fraction | State] = {}
    for said in line.values:
        column = files.column_of(event, said.column)
        if said.column.text in cells:
            raise refuse("W002", f"`{said.column.text}` is given twice here. Keep one of them.", said.column.span)
        if column.kind is not None:
            cells[said.column.text] = value(w, said.value, kind_of(w, column.kind))
    _in_term(w, line.on)
    day = line.on.value
    members = () if line.member is None else (_member(w, event, line.member),)
    named_period = (givens.setting.grain, givens.setting.index)
    number = len(givens.record) + 1
    givens.record.append(
        Entry(number, day, "event", event.name.text, day, period=named_period, members=members, cells=tuple(cells.items()))
    )


def _member(w: Workbench, event: tree.Event, said: tree.Name | tree.Quoted) -> tuple[str, int]:
    """The member of one of the event's lists or groups for which it happened."""
    for axis in event.axes:
        place = named.member(w, axis.text, said.text)
        if place is not None:
            return axis.text, place
    axes = " and ".join(axis.text for axis in event.axes)
    others = f"It has one for each {axes}." if axes else "It has one for the whole contract: leave out whom it is for."
    raise refuse("N008", f"`{event.name.text}` has none for `{said.text}`. {others}", said.span)


def _for_whom(w: Workbench, clause: tree.Clause, line: tree.GivenClause) -> tuple[tuple[str, int], ...]:
    """For whom a notice is: under a clause for each member it must say so."""
    name, axes = clause.name.text, [axis.text for axis in clause.axes if not w.axes[named.axis(w, axis)].open]
    if line.member is None and axes:
        first = w.axes[axes[0]].members[0].name
        why = f"Clause `{name}` is for each {' and '.join(axes)}: for which of them is this notice?"
        text = w.written(line.span).replace(w.written(line.clause.span), f"{w.written(line.clause.span)} for {first}", 1)
        raise refuse("N008", why, line.span, Reading("for example", text, line.span))
    if line.member is None:
        return ()
    found = next(((axis, place) for axis in axes if (place := named.member(w, axis, line.member.text)) is not None), None)
    if found is None:
        others = f"It is for each {' and '.join(axes)}." if axes else "It is for the whole contract: leave out whom the notice is for."
        raise refuse("N008", f"Under clause `{name}` there is no notice for `{line.member.text}`. {others}", line.member.span)
    return (found,)


def given_clause(w: Workbench, line: tree.GivenClause, givens: Givens) -> None:
    """``given notice under clause X on DATE`` · ``given clause X is waived`` · ``given clause X is paid on DATE``."""
    clause = named.clause(w, line.clause)
    name, flow, grid = clause.name.text, w.flows.get(clause.name.text), w.settings.grid
    if line.on is not None and (line.what != "is paid" or line.on.value < grid.start):  # what is due at the end is paid after it
        _in_term(w, line.on)
    number, last = len(givens.record) + 1, grid.last_day(givens.setting.grain, givens.setting.index)
    day = line.on.value if line.on is not None else last
    if line.what == "notice":
        if is_torn(clause) or not any(isinstance(part, tree.Head) for part in clause.lines):
            raise Refusal(None)
        if not any(isinstance(part, tree.TerminationHead | tree.RightHead | tree.CuredByLine) for part in clause.lines):
            raise refuse("N007", f"Clause `{name}` gives no right that is used by a notice.", line.span)
        about, members = (givens.setting.grain, givens.setting.index), _for_whom(w, clause, line)
        givens.record.append(Entry(number, day, "notice", name, day, period=about, members=members))
        return
    if flow is None and not _stands(w, clause):
        raise Refusal(None)
    if flow is None:
        raise refuse("N007", f"Clause `{name}` moves no money, so it is neither paid nor waived.", line.span)
    if line.what == "is waived" and flow.waived_by is None:
        why = f"By the contract nobody may waive what clause `{name}` makes due."
        raise refuse("N007", why, line.span, Reading(f"under `clause {name}`", f"  may be waived by {flow.payee.name}"))
    _, index = place_of(w, flow.grain, None, givens.setting)
    index = index if givens.setting.grain == flow.grain else grid.containing(givens.setting.grain, index, flow.grain)
    what: EntryKind = "waiver" if line.what == "is waived" else "payment"
    givens.record.append(Entry(number, day, what, name, day, period=(flow.grain, index)))


def _in_term(w: Workbench, day: tree.Day) -> None:
    if not w.settings.grid.start <= day.value < w.settings.grid.end:
        raise refuse("C022", "This day lies outside the term of the contract.", day.span)


def _lateness_of(w: Workbench, data: str, stage: str | None) -> list[str]:
    """The inputs that are the lateness of data."""
    return [key for key, told in w.told_by.items() if isinstance(told, LatenessOfData) and (told.data, told.stage) == (data, stage)]


def given_of_record(w: Workbench, line: tree.GivenFigure, givens: Givens) -> bool:
    """``given lateness of final DATA is 20 days`` · ``given completeness of DATA is 93.1%``; False where something else is given."""
    match line.figure:
        case tree.LatenessOf(stage=stage, data=data):
            keys = w.ask(_lateness_of, data.text, stage)
            what = f"lateness of {stage or ''} {data.text}"
        case tree.CompletenessOf(data=data):
            keys = [tally.key for tally in w.tallies_of(data.text) if tally.aggregate == "completeness"]
            what = f"completeness of {data.text}"
        case _:
            return False
    if not keys and not _all_clauses_stand(w):
        raise Refusal(None)  # one of those that are at fault may read it
    if not keys:
        raise refuse("N007", f"No clause of this contract reads the {' '.join(what.split())}.", line.figure.span)
    if line.value is None:
        raise refuse("W003", "Here a figure is given: so many days, or a percentage.", line.span, Reading("", f"given {what} is 20 days"))
    for key in keys:
        declared = w.inputs[key]
        grain = declared.type.grain
        own, index = place_of(w, grain, line.period, givens.setting)
        if own < grain:
            index = w.settings.grid.containing(own, index, grain) if grain < Grain.TERM else 0
        elif own > grain:
            raise refuse("C003", f"This is a {grain.words}'s figure. Say in which {grain.words}.", line.span)
        figure = (
            _late(w, key, (grain, index), line.value)
            if isinstance(line.figure, tree.LatenessOf)
            else value(w, line.value, declared.type.kind)
        )
        givens.found.append(Given(key, figure, (), index, line.span, line.stage, None if line.on is None else line.on.value))
    return True


def _all_clauses_stand(w: Workbench) -> bool:
    return all(_stands(w, clause) for clause in w.scope.clauses.values())


def _stands(w: Workbench, clause: tree.Clause) -> bool:
    """Whether a clause could be read, says what it does and, where it moves money, was not refused."""
    heads = [line for line in clause.lines if isinstance(line, tree.Head)]
    refused = clause.name.text not in w.flows and any(isinstance(head, tree.FlowHead) for head in heads)
    return bool(heads) and not refused and not is_torn(clause)


def _late(w: Workbench, key: str, period: tuple[Grain, int], e: tree.Expr) -> Fraction:
    """So many days, as far as they count for the clause that asks."""
    days, told = _days(w, e), w.told_by[key]
    most = latest(w, told, period) if isinstance(told, LatenessOfData) else None
    return days if most is None else min(days, Fraction(most))


def _days(w: Workbench, e: tree.Expr) -> Fraction:
    """So many days, or weeks of seven."""
    if isinstance(e, tree.Quantity) and e.unit in ("day", "week") and e.value.denominator == 1:
        return e.value * (7 if e.unit == "week" else 1)
    raise refuse("W003", "Lateness is given in whole days or weeks.", e.span, Reading("for example", "20 days", e.span))
