"""Terminations, duties, rights, warnings, suspensions: all that they say is checked; they are not carried out."""

from __future__ import annotations

from vbclang.core.elaborate import misplaced, named
from vbclang.core.elaborate.lines import NOT_CARRIED_OUT
from vbclang.core.elaborate.operands import money_amount
from vbclang.core.elaborate.workbench import Place, Workbench, refuse
from vbclang.source import Reading
from vbclang.syntax import tree


def provision(w: Workbench, c: tree.Clause, head: tree.Head) -> None:
    """Check a provision that moves no money by itself, and list it as not carried out."""
    word = NOT_CARRIED_OUT[type(head)]
    misplaced.in_other(w, c, word)
    place = Place(axes=frozenset(named.axis(w, axis) for axis in c.axes))
    _head(w, head, place)
    for line in c.lines:
        _line(w, line, place)
    _last_day(w, c, head)
    w.not_yet.append((f"{word}: clause {c.name.text}", c.name.span))


def _head(w: Workbench, head: tree.Head, place: Place) -> None:
    match head:
        case tree.TerminationHead(by=by, against=against, of_clause=clause):
            for party in (by, against):
                if party is not None:
                    named.party(w, party)
            if clause is not None:
                named.clause(w, clause)
        case tree.DutyHead(party=party, event=event, condition=condition, deadline=deadline):
            named.party(w, party)
            if event is not None:
                named.event(w, event)
            if condition is not None:
                w.condition(condition, place)
            if deadline is not None:
                w.passes.deadline(w, deadline)
        case tree.RightHead(party=party):
            named.party(w, party)
        case tree.WarningHead(to=tree.Name() as party):
            named.party(w, party)
        case tree.SuspensionHead(clause=clause):
            named.clause(w, clause)
        case _:
            pass


def _line(w: Workbench, line: tree.Node, place: Place) -> None:
    match line:
        case tree.WhenLine() | tree.UnlessLine() | tree.UntilLine():
            w.condition(line.condition, place)
        case tree.ExitPaymentLine(amount=amount, payer=payer, payee=payee):
            if amount is not None:
                money_amount(w, amount, place, "An exit payment")
            for party in (payer, payee):
                if party is not None:
                    named.party(w, party)
        case tree.FailingWhichLine(party=party, clause=clause):
            named.party(w, party)
            if clause is not None:
                named.clause(w, clause)
        case tree.ExercisedLine(deadline=deadline):
            w.passes.deadline(w, deadline)
        case tree.CountingStartsAgainLine(event=event):
            named.event(w, event)
        case _:
            pass


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
