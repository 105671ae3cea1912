"""No money is due before its figures are known (C5; the semantics, 2.8).

Each figure that arrives is known on a day that counts from the end of a period; an operation is known when all its operands are. Where
figure and money count the same kind of days from the end of the same period, two numbers are compared and no calendar is needed;
otherwise every period of the term is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import islice
from typing import Protocol

from attrs import define, evolve, field, frozen

from vbclang.calendar.deadlines import Deadline, due_day
from vbclang.calendar.labels import day_label
from vbclang.calendar.months import add_months
from vbclang.calendar.working_days import UnknownPlace, WorkingDays, working_days_in
from vbclang.core import nodes as n
from vbclang.core.declared import InputDeclaration, Known
from vbclang.core.elaborate.workbench import Workbench
from vbclang.core.nodes import Cond, Expr
from vbclang.core.program import Figure, Flow
from vbclang.core.record import LatenessOfData, Stage
from vbclang.core.walk import children
from vbclang.source import Diagnostic, Reading
from vbclang.syntax import tree
from vbclang.types.kinds import Grain


@frozen
class Moment:
    """A figure known at some time after a period that ends ``back`` months before the clause's. ``by``: the data by which its rows are
    attributed, where it is these that are known then.
    """

    key: str
    name: str
    known: Known
    back: int
    by: str = ""
    stage: Stage = "final"

    @property
    def words(self) -> str:
        """What is known then, with the stage of the data."""
        return f"`{self.name}`, attributed by `{self.by}` ({self.stage})," if self.by else f"`{self.name}` ({self.stage})"


def due_after_known(w: Workbench, flow: Flow) -> Iterator[Diagnostic]:
    """A clause whose money is due before a figure that it rests on is known, with the first such period."""
    if flow.due is None and flow.due_after is None:
        return
    yield from islice((finding for moment in moments(w, flow) if (finding := _too_early(w, flow, moment)) is not None), 1)


def provisional_reads(w: Workbench, flow: Flow) -> tuple[tuple[str, int], ...]:
    """The inputs that a flow reads on provisional data, and how many months before its own period."""
    return tuple((moment.key, moment.back) for moment in moments(w, flow) if moment.stage == "provisional")


class Tables(Protocol):
    """What a figure reads, by name and key: of a contract on the workbench, or of a finished program."""

    @property
    def inputs(self) -> Mapping[str, InputDeclaration]:
        """What arrives."""
        ...

    @property
    def figures(self) -> Mapping[str, Figure]:
        """What is worked out."""
        ...

    @property
    def flows(self) -> Mapping[str, Flow]:
        """What is paid."""
        ...


def known_of(w: Tables, node: Expr | Cond) -> tuple[tuple[Known, int], ...]:
    """When all that a node reads is known: each deadline with the months by which it lies back."""
    return tuple(dict.fromkeys((moment.known, moment.back) for moment in _Walk(w).reads(node, 0)))


def moments(w: Workbench, flow: Flow) -> tuple[Moment, ...]:
    """When all that a clause rests on is known, on provisional data where it is paid on them."""
    found: dict[Moment, None] = {}
    beside = (w.flows[key] for limit in flow.limits for key in limit.together if key != flow.key and key in w.flows)
    for each in (flow, *beside):
        for part in each.roots(before_rules=True):
            found |= dict.fromkeys(_Walk(w).reads(part, 0))
    return tuple(found) if flow.on_provisional is None else tuple(map(_provisional, found))


def _provisional(moment: Moment) -> Moment:
    """The same on provisional data, where there are any."""
    known = moment.known.provisionally
    return moment if known is moment.known else evolve(moment, known=known, stage="provisional")


@define
class _Walk:
    """From a node down to the figures that arrive. What was read once so many months back, on such data, is not read again."""

    w: Tables
    read: set[tuple[str, int, bool]] = field(factory=set)
    on_the_way: set[str] = field(factory=set)

    def reads(self, node: Expr | Cond, back: int, provisional: bool = False) -> Iterator[Moment]:
        match node:
            case n.Input(key=key) | n.InputFlag(key=key):
                yield from (_provisional(moment) if provisional else moment for moment in _arriving(self.w.inputs[key], key, back))
            case n.Ref(figure=name) | n.RefCondition(figure=name):
                if name in self.w.figures:
                    yield from self._once(name, (self.w.figures[name].body,), back, provisional)
            case n.Prev(operand=operand, grain=grain, back=periods) | n.PrevCond(operand=operand, grain=grain, back=periods):
                yield from self.reads(operand, back + periods * grain.months, provisional)
            case n.AmountOf(flow=key) if key in self.w.flows:
                flow = self.w.flows[key]
                parts = (flow.of, flow.unrecovered_earned, flow.unrecovered_applies)
                yield from self._once(f"clause {key}", parts, back, provisional or flow.on_provisional is not None)
            case n.AtPeriod():
                return
            case _:
                for child in children(node):
                    yield from self.reads(child, back, provisional)

    def _once(self, name: str, parts: tuple[Expr | Cond | None, ...], back: int, provisional: bool) -> Iterator[Moment]:
        if name in self.on_the_way or (name, back, provisional) in self.read:
            return
        self.read.add((name, back, provisional))
        self.on_the_way.add(name)
        for part in parts:
            if part is not None:
                yield from self.reads(part, back, provisional)
        self.on_the_way.remove(name)


def _arriving(declared: InputDeclaration, key: str, back: int) -> Iterator[Moment]:
    if declared.known is not None:
        yield Moment(key, declared.name, declared.known, back)
    if declared.attributed is not None:
        by, known = declared.attributed
        yield Moment(key, declared.name, known, back, by)
    for known, further in () if declared.linked is None else declared.linked.known:
        yield Moment(key, declared.name, known, back + further)


def _too_early(w: Workbench, flow: Flow, moment: Moment) -> Diagnostic | None:
    if flow.due is not None and _plainly_in_time(flow, flow.due, moment):
        return None
    working_days = working_days_of(w)
    for index in range(w.settings.grid.count(flow.grain)):
        money, figure = _money_due(w, flow, index, working_days), known_on(w, flow, moment, index, working_days)
        if money is not None and figure is not None and money < figure:
            return _reported(w, flow, moment, index, money, figure)
    return None


def _plainly_in_time(flow: Flow, due: Deadline, moment: Moment) -> bool:
    """Whether the numbers alone show it: the same days, counted from the same period or an earlier one."""
    known = moment.known
    if known.follow_up:
        return False
    same = due.anchor == known.due.anchor == "period" and due.unit == known.due.unit and flow.due_grain == known.grain
    checking = known.checking if known.checking_unit == due.unit or not known.checking else None
    return same and checking is not None and known.due.count + checking <= due.count


def working_days_of(w: Workbench) -> WorkingDays | None:
    """The contract's calendar; None where it names none that is known."""
    line = w.settings.find(tree.WorkingDaysLine)
    found = None if line is None else working_days_in(line.place.text)
    return None if isinstance(found, UnknownPlace) else found


def _counted(deadline: Deadline, last_day: date | None, working_days: WorkingDays | None) -> date | None:
    if deadline.unit == "working day" and working_days is None:
        return None
    if deadline.anchor == "period" and last_day is None:
        return None
    return due_day(deadline, last_day, working_days)


def due_on(w: Workbench, flow: Flow, due: Deadline, index: int, working_days: WorkingDays | None) -> date | None:
    """The day on which the amount of a period is due; None where working days would have to be counted and nobody knows where."""
    grid = w.settings.grid
    last_day = grid.last_day(flow.grain, index)
    return _counted(due, _end_of(w, flow.due_grain, last_day), working_days)


def latest(w: Workbench, told: LatenessOfData, period: tuple[Grain, int]) -> int | None:
    """The most days by which a delivery about a period counts as late: to the day on which the money of the clause is due that asks."""
    flow, due, grid = w.flows.get(told.flow), w.dues.get((told.data, told.stage)), w.settings.grid
    if flow is None or flow.due is None or due is None:
        return None
    grain, place = period
    if flow.grain >= grain:
        own = grid.containing(grain, place, flow.grain) if flow.grain < Grain.TERM else 0
    else:
        own = grid.within(grain, place, flow.grain)[-1]
    working_days = working_days_of(w)
    came = _counted(due.deadline, grid.last_day(grain, place), working_days)
    money = due_on(w, flow, flow.due, own, working_days)
    return None if came is None or money is None else max(0, (money - came).days)


def _money_due(w: Workbench, flow: Flow, index: int, working_days: WorkingDays | None) -> date | None:
    """The same of any clause; what is due after another clause is paid counts from the day on which that is
    due, and of an event nobody knows the day.
    """
    if flow.due is not None:
        return due_on(w, flow, flow.due, index, working_days)
    after = flow.due_after
    other = None if after is None or after.name is None or after.anchor == "event" else w.flows.get(after.name)
    paid = None if other is None else _money_due(w, other, index, working_days)
    return None if paid is None or after is None else _counted(Deadline(after.count, after.unit, "day", paid), None, working_days)


def known_on(w: Workbench, flow: Flow, moment: Moment, index: int, working_days: WorkingDays | None) -> date | None:
    """The day on which a figure is known that a clause reads in a period; None where nobody can tell."""
    grid, known = w.settings.grid, moment.known
    last_day = grid.last_day(flow.grain, index)
    followed_up = known.followed_up(add_months(last_day, -moment.back))
    day = _counted(known.due, _end_of(w, known.grain, followed_up), working_days)
    if day is None or not known.checking:
        return day
    return _counted(Deadline(known.checking, known.checking_unit, "day", day), None, working_days)


def _end_of(w: Workbench, grain: Grain | None, day: date) -> date | None:
    """The last day of the period of ``grain`` in which ``day`` lies; None before the term, after it the day itself."""
    if grain is None:
        return None
    if grain >= Grain.TERM:
        return w.settings.grid.end - timedelta(days=1)
    if day >= w.settings.grid.end:
        return day
    index = w.settings.grid.index_of(grain, day)
    return None if index is None else w.settings.grid.period(grain, index).last_day


def _reported(w: Workbench, flow: Flow, moment: Moment, index: int, money: date, figure: date) -> Diagnostic:
    label = w.settings.grid.period(flow.grain, index).label
    included = "checking" if moment.known.checking else "follow-up" if moment.known.follow_up else ""
    checked = f"{'' if moment.by else ','} {included} included," if included else ""
    line = next((line for line in w.scope.clauses[flow.key].lines if isinstance(line, tree.DueLine)), None)
    return Diagnostic(
        "C005",
        f"`{flow.name}` for {label} is due on {day_label(money)}, but {moment.words}{checked} is known only on "
        f"{day_label(figure)}. Pay later, or pay on provisional data and correct once.",
        flow.span if line is None else line.span,
        readings=() if line is None else _when_known(flow, moment, line),
    )


def _when_known(flow: Flow, moment: Moment, line: tree.DueLine) -> tuple[Reading, ...]:
    """The first due day that would do, where it counts in the same way."""
    known = moment.known
    counts_so = flow.due_grain == known.grain or (moment.by and known.grain < Grain.TERM)
    other_unit = known.checking and known.checking_unit != known.due.unit
    if known.follow_up or other_unit or known.due.anchor != "period" or not counts_so:
        return ()
    count = known.due.count + known.checking
    text = f"due within {count} {known.due.unit}{'' if count == 1 else 's'} after each {known.grain.words}"
    return (Reading("as soon as it is known", text, line.span),)
