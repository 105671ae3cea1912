"""Terminations, duties, rights, warnings, suspensions: from their lines to what the course of the contract is worked out from."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

from vbclang.core import nodes as n
from vbclang.core.checks.known import known_of
from vbclang.core.declared import Known
from vbclang.core.elaborate import fitting, misplaced, named
from vbclang.core.elaborate.arithmetic import rounding_unit
from vbclang.core.elaborate.deadlines import UNITS, when
from vbclang.core.elaborate.operands import money_amount
from vbclang.core.elaborate.workbench import Place, Workbench, after, joined, refuse
from vbclang.core.nodes import Cond, Expr
from vbclang.core.provisions import ExitPayment, Kind, Provision, When
from vbclang.source import Reading
from vbclang.syntax import tree
from vbclang.types.kinds import YES_NO, Grain, money

WORDS: dict[type[tree.Node], Kind] = {
    tree.TerminationHead: "termination",
    tree.AutomaticEndHead: "automatic end",
    tree.DutyHead: "duty",
    tree.RightHead: "right",
    tree.WarningHead: "warning",
    tree.SuspensionHead: "suspension",
}


def provision(w: Workbench, c: tree.Clause, head: tree.Head, number: str) -> None:
    """Check a provision that moves no money by itself, into ``w.provisions``."""
    word = WORDS[type(head)]
    misplaced.in_other(w, c, word)
    place = Place(axes=frozenset(named.axis(w, axis) for axis in c.axes))
    made = _head(w, Provision(c.name.text, number, word, c.name.span), head, place)
    for line in c.lines:
        made = _line(w, made, line, place)
    read = tuple(node for node in (made.condition, made.until, made.that) if node is not None)
    known = tuple(dict.fromkeys(moment for node in read for moment in known_of(w, node)))
    paid = () if made.exit is None else (made.exit.amount,)
    made = evolve(made, axes=_axes(w, c, place, (*read, *paid)), known=known)
    _last_day(w, c, head)
    _counted_from(w, c, head, made)
    w.provisions[made.key] = made


def _axes(w: Workbench, c: tree.Clause, place: Place, read: Iterable[Cond | Expr]) -> tuple[str, ...]:
    """Of which lists and groups it is for each member: as its heading says, and the class of parties that is settled apart."""
    axes = set(place.axes)
    for node in read:
        for axis in sorted(node.type.axes - axes):
            if not w.axes[axis].open:
                why = f"This has one result for each {axis}, but the clause is for all together. Which is meant?"
                raise fitting.one_for_each(w, node, axis, why, "for each by itself", c.title or c.name, c.name)
            axes.add(axis)
    return tuple(sorted(axes))


def _head(w: Workbench, made: Provision, head: tree.Head, place: Place) -> Provision:
    match head:
        case tree.TerminationHead(by=by, against=against, of_clause=clause, of_term=of_one):
            target = None if clause is None else named.clause(w, clause).name.text
            axis = None if of_one is None else _member_ended(w, made, of_one, place)
            return evolve(made, by=_party(w, by), to=_party(w, against), target=target, target_axis=axis)
        case tree.DutyHead():
            return _duty(w, made, head, place)
        case tree.RightHead(party=party, what=what):
            return evolve(made, by=_party(w, party), what=what.text)
        case tree.WarningHead(to=to):
            return evolve(made, to=_party(w, to))
        case tree.SuspensionHead(clause=clause):
            return evolve(made, target=named.clause(w, clause).name.text)
        case _:
            return made


def _member_ended(w: Workbench, made: Provision, of_one: tree.Name, place: Place) -> str:
    """`termination of the Product Line`: of that member of the list for which the clause is."""
    axis = named.axis(w, of_one)
    if axis in place.axes:
        return axis
    why = f"Which {axis} is ended? The clause is for all of them together; its heading says that it is for each by itself."
    clause = w.scope.clauses[made.key]
    raise refuse("C031", why, of_one.span, Reading("", f" for each {axis}", after((clause.title or clause.name).span)))


def _duty(w: Workbench, made: Provision, head: tree.DutyHead, place: Place) -> Provision:
    event = None if head.event is None else named.event(w, head.event).name.text
    that = None if head.condition is None else w.condition(head.condition, place)
    said = w.written(head.condition.span) if head.condition is not None else head.what.text if head.what is not None else event or ""
    what = f"that {said}" if that is not None else f"{head.verb} {said}"
    deadline = None if head.deadline is None else when(w, head.deadline)
    return evolve(made, by=_party(w, head.party), event=event, that=that, what=what, deadline=deadline)


def _counted_from(w: Workbench, c: tree.Clause, head: tree.Head, made: Provision) -> None:
    """What a duty's deadline counts from agrees with its condition: a period of the same length, which is known by the day."""
    if not isinstance(head, tree.DutyHead) or head.deadline is None or made.deadline is None or made.condition is None:
        return
    deadline, own = made.deadline, made.condition.type.grain
    text = w.written(head.deadline.span)
    result = Reading("", f"{text[: text.index(' after ')]} after the result", head.deadline.span) if " after " in text else None
    readings = () if result is None else (result,)
    if deadline.anchor in ("event", "event due", "clause paid"):
        why = f"With a condition `{c.name.text}` is a duty from the day on which that is known. Does its time run from there?"
        raise refuse("C033", why, head.deadline.span, *readings)
    if deadline.anchor != "period" or deadline.grain is None:
        return
    if own != deadline.grain:
        known = "once" if own >= Grain.TERM else f"for each {own.words}"
        why = f"The condition of `{c.name.text}` is known {known}, but its time runs from each {deadline.grain.words}. From when does it?"
        raise refuse("C033", why, head.deadline.span, *readings)
    late = (known for known, back in made.known if not back and _comes_after(known, deadline))
    if next(late, None) is not None:
        why = f"By this day it is not known yet whether `{c.name.text}` is a duty: what it rests on is final only later."
        raise refuse("C005", why, head.deadline.span, *readings)


def _comes_after(known: Known, deadline: When) -> bool:
    """Whether a figure is known only after a deadline, as far as numbers alone show it."""
    alike = known.due.anchor == "period" and known.grain == deadline.grain and known.due.unit == deadline.unit
    checking = known.checking if known.checking_unit == deadline.unit else 0
    return alike and known.due.count + checking > deadline.count


def _party(w: Workbench, name: tree.Name | None) -> str | None:
    if name is None:
        return None
    named.party(w, name)
    return name.text


def _line(w: Workbench, made: Provision, line: tree.Node, place: Place) -> Provision:
    match line:
        case tree.WhenLine():
            return evolve(made, condition=_both(made.condition, w.condition(line.condition, place)))
        case tree.UnlessLine():
            condition = w.condition(line.condition, place)
            return evolve(made, condition=_both(made.condition, n.NotCond(condition.type, condition.span, condition)))
        case tree.UntilLine():
            return evolve(made, until=w.condition(line.condition, place))
        case tree.OnNoticeLine(count=count, unit=unit) if unit in UNITS:
            return evolve(made, notice=When(count, UNITS[unit], "notice"))
        case tree.ExitPaymentLine():
            return evolve(made, exit=_exit(w, line, place))
        case tree.ExercisedLine(deadline=deadline):
            return evolve(made, exercised=when(w, deadline))
        case tree.FailingWhichLine(party=party, what=what, clause=clause):
            ends = f"end clause {named.clause(w, clause).name.text}" if clause is not None else ""
            return evolve(made, failing=(*made.failing, f"{_party(w, party)} may {what.text if what is not None else ends}"))
        case tree.CountingStartsAgainLine(event=event):
            named.event(w, event)
            return made
        case _:
            return made


def _both(before: Cond | None, condition: Cond) -> Cond:
    if before is None:
        return condition
    return n.AndCond(joined(YES_NO, before, condition), before.span, (before, condition))


def _exit(w: Workbench, line: tree.ExitPaymentLine, place: Place) -> ExitPayment | None:
    payer, payee = _party(w, line.payer), _party(w, line.payee)
    if line.amount is None or payer is None or payee is None:
        return None
    amount = money_amount(w, line.amount, place, "An exit payment")
    rounding = w.settings.rounding("money")
    if rounding is not None and rounding.rule is not None:
        unit = rounding_unit(w, rounding.rule, money(w.settings.currency))
        amount = n.Round(amount.type, amount.span, amount, unit, rounding.rule.direction, rounding.span)
    return ExitPayment(amount, payer, payee, line.span)


def _last_day(w: Workbench, c: tree.Clause, head: tree.Head) -> None:
    """A termination needs notice; a right that arises and never lapses hangs over the contract for good (W)."""
    present = {type(line) for line in c.lines}
    if isinstance(head, tree.TerminationHead) and tree.OnNoticeLine not in present:
        why = "A termination without notice: how long before it ends must notice be given?"
        raise refuse("C032", why, head.span, Reading("", "  on 3 months' notice"))
    arises = isinstance(head, tree.RightHead | tree.TerminationHead) and tree.WhenLine in present
    if arises and tree.ExercisedLine not in present:
        why = f"The right of `{c.name.text}` has no last day: once it has arisen it can be used at any time, years later too."
        w.note(refuse("C024", why, head.span, Reading("", "  exercised within 60 days after the result")))
