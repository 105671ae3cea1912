"""Money that is kept back: when it is released, and what becomes of it if it never is (C16)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from attrs import evolve

from vbclang.calendar.labels import day_label
from vbclang.core import nodes as n
from vbclang.core.checks.known import due_on, known_of, working_days_of
from vbclang.core.declared import Known
from vbclang.core.elaborate import held, timing
from vbclang.core.elaborate.applies import line_of
from vbclang.core.elaborate.starting import usual_period
from vbclang.core.elaborate.workbench import Place, Refusal, Workbench, how_often, period_words, refuse
from vbclang.core.nodes import Cond
from vbclang.core.program import Flow, Release
from vbclang.core.record import OfEvent
from vbclang.core.walk import whole
from vbclang.source import Diagnostic, Reading
from vbclang.syntax import tree
from vbclang.types.kinds import Grain

_PAYS = ("payment", "incentive", "share")
"""Kinds of flow out of which money can be kept back."""


def release(w: Workbench, c: tree.Clause, head: tree.FlowHead, place: Place) -> Release | None:
    """When what a withholding keeps back goes back; None for flows of other kinds."""
    if head.kind != "withholding":
        return None
    _kept_by_the_payer(w, c, head)
    line, never = line_of(c, tree.ReleasedLine), line_of(c, tree.NotReleasedLine)
    if any(isinstance(each, tree.Bad) for each in c.lines) and (line is None or never is None):
        raise Refusal(None)
    if line is None and line_of(c, tree.UntilLine) is not None:
        raise Refusal(None)  # where it says until when, that is put right first
    if line is None:
        raise _no_release(w, c, head)
    condition = w.condition(line.condition, place)
    _no_event(w, c, condition, line, head)
    of = _asked(w, line, head)
    if of == "later":
        _own_figure(w, condition, line, head, place)
    if not line.without_interest:
        why = "Is interest paid on what is released? No interest is worked out by a contract in this language, so the line must say so."
        raise refuse("C016", why, line.span, Reading("", f"{w.written(line.span)}, without interest", line.span))
    if never is None:
        why = "Kept back until released: and if it never is? Give a last day and what happens then."
        raise refuse("C016", why, line.span, *_last_days(w, head))
    found = w.passes.deadline(w, never.deadline)
    if found is None:
        why = "By which day must it be released? The last day counts from the end of each period, or is a date."
        raise refuse("C016", why, never.span, *(evolve(each, span=never.span) for each in _last_days(w, head)))
    _paid_back(w, line)
    return Release(condition, of, known_of(w, condition), _stated(w, condition), *found, never.then, line.span)


def _kept_by_the_payer(w: Workbench, c: tree.Clause, head: tree.FlowHead) -> None:
    """The head names who pays and who is paid less: where only the other is ever paid, it is the wrong way round."""
    ways = w.ask(_ways_paid)
    payer, payee = head.payer.name.text, head.payee.name.text
    if (payer, payee) not in ways and (payee, payer) in ways:
        why = (
            f"A withholding is kept back by who pays: `from {payer} to {payee}` keeps back what {payer} would pay. Nothing in this "
            f"contract is paid by {payer} to {payee}, but the other way something is."
        )
        each = "each of " if head.payer.each else ""
        text = f"withholding {how_often(head)} from {payee} to {each}{payer}"
        raise refuse("C016", why, head.span, Reading(f"{payee} keeps it back", text, head.span))


def _ways_paid(w: Workbench) -> frozenset[tuple[str, str]]:
    """Who is paid by whom, payers first."""
    heads = [line for clause in w.scope.clauses.values() for line in clause.lines if isinstance(line, tree.FlowHead)]
    ways = ((each.payer.name.text, each.payee.name.text) for each in heads if each.kind in (*_PAYS, "share"))
    back = ((each.payee.name.text, each.payer.name.text) for each in heads if each.kind == "share")
    return frozenset((*ways, *back))


_OPPOSITE = (
    ("is less than", "is at least"),
    ("is at least", "is less than"),
    ("is more than", "is at most"),
    ("is at most", "is more than"),
    ("is not reported", "is reported"),
)


def _no_release(w: Workbench, c: tree.Clause, head: tree.FlowHead) -> Refusal:
    why = "Money is kept back here, and nothing says when it is released."
    if (event := _asked_of_event(w, c)) is not None and head.each is not None:
        return _each_its_own(w, c, event, head)
    put_right = _put_right(w, c)
    if not put_right:
        ways = " or ".join(f"`{text}`" for _, text in _ways("…", head))
        return refuse("C016", f"{why} Write when: {ways}.", head.span)
    if put_right.endswith("is breached"):
        why = (
            f"{why} A breach stays a breach, whatever comes later. Where what comes late is itself to release the money, declare it as a "
            "measure that is reported `as count`, and keep back when it `is not reported`."
        )
    return refuse("C016", why, head.span, *(Reading(words, f"  {text}") for words, text in _ways(put_right, head)))


def _asked_of_event(w: Workbench, c: tree.Clause) -> str | None:
    """The event that has not occurred, where the money is kept back for that."""
    line = line_of(c, tree.WhenLine)
    match line.condition if line is not None else None:
        case tree.Not(part=tree.EventState(event=event)):
            return event.text
        case _:
            return None


def _each_its_own(w: Workbench, c: tree.Clause, event: str, head: tree.FlowHead) -> Refusal:
    """``when not Report has occurred``: the first report would do for the whole term. A duty is kept or breached in each period."""
    line = line_of(c, tree.WhenLine)
    assert line is not None
    each = period_words(head.each or "term")
    duties = (
        clause.name.text
        for clause in w.scope.clauses.values()
        if any(isinstance(of, tree.DutyHead) and of.event is not None and of.event.text == event for of in clause.lines)
    )
    duty = next(duties, None)
    told = w.events.get(event)
    by = told.by if told is not None and told.by is not None else head.payee.name.text
    within = f"within 20 working days after each {each}"
    add = "" if duty is not None else f" Add `clause {event} Duty`, and under it `duty on {by} to give {event} {within}`."
    why = (
        f"`{event}` happens on one day; once it has occurred, it has occurred in every later {each} too. What must come anew for each "
        f"{each} is a duty, kept or breached each time.{add} Or, where what comes late is itself to release the money, declare "
        f"`{event}` as a measure in place of the event, `reported by {by} as count`, `each {each}`, `final {within}`, and keep back "
        f"`when {event} is not reported`."
    )
    text = f"clause {duty or f'{event} Duty'} is breached"
    return refuse("C016", why, line.span, Reading("it has not come by the day of its duty", text, line.condition.span))


def _put_right(w: Workbench, c: tree.Clause) -> str:
    """The opposite of what the money is kept back for; empty where it has none that is plain."""
    line = line_of(c, tree.WhenLine)
    failed = "" if line is None else w.written(line.condition.span)
    if line is not None and isinstance(line.condition, tree.ClauseState):
        return f"not {failed}"
    sides = [(words, other) for words, other in _OPPOSITE if words in failed]
    return failed.replace(*sides[0]) if len(sides) == 1 and failed.count(sides[0][0]) == 1 else ""


def _ways(condition: str, head: tree.FlowHead) -> Iterator[tuple[str, str]]:
    """The two readings of a line of release; what has been breached or late stays so, and a later period alone does better."""
    if head.each is not None:
        each = period_words(head.each)
        yield f"once it holds in a {each} after it", f"released when {condition}, in a later {each}, without interest"
        if condition.endswith("is breached") or condition.startswith("lateness "):
            return
    each = period_words(head.each or "term")
    same = f"released when {condition}, on later data for the same {each}, without interest"
    yield f"once the data about the {each} itself are put right", same


def _asked(w: Workbench, line: tree.ReleasedLine, head: tree.FlowHead) -> Literal["later", "same"]:
    """Of which period the condition is asked."""
    said, own = line.later or line.same, head.each or "term"
    if said is None:
        each = period_words(own)
        why = f"Must this hold in a later {each}, or of the {each} itself once its data are put right?"
        raise refuse(
            "C016", why, line.span, *(Reading(words, text, line.span) for words, text in _ways(w.written(line.condition.span), head))
        )
    if said != own or (line.later is not None and head.each is None):
        why = f"Money is kept back {how_often(head)}, so the line speaks of another period than the clause."
        raise refuse("C016", why, line.span, *(Reading("", text, line.span) for _, text in _ways(w.written(line.condition.span), head)))
    return "later" if line.later is not None else "same"


def _own_figure(w: Workbench, condition: Cond, line: tree.ReleasedLine, head: tree.FlowHead, place: Place) -> None:
    """Of a figure of longer periods a later month of the same quarter says nothing new."""
    grain, each = condition.type.grain, period_words(head.each or "term")
    if place.grain is not None and grain > place.grain:
        longer = f"a {grain.words}'s figure, and a later {each} of the same {grain.words} has the same one"
        what = longer if grain < Grain.TERM else f"the same in every later {each}"
        *_, (words, text) = _ways(w.written(line.condition.span), head)
        why = f"What releases the money is {what}: it could say no more of the {each} after than of the {each} itself."
        raise refuse("C016", f"{why} Ask a figure of each {each}.", line.condition.span, Reading(words, text, line.span))


def _stated(w: Workbench, condition: Cond) -> tuple[tuple[Known, date, int], ...]:
    """When figures of stated periods are known: each with the last day of its period."""
    nodes = (node for node in whole(w.figures, condition) if isinstance(node, n.AtPeriod) and node.index >= 0)
    return tuple(
        (known, w.settings.grid.last_day(node.grain, node.index), back) for node in nodes for known, back in known_of(w, node.operand)
    )


def _no_event(w: Workbench, c: tree.Clause, condition: Cond, line: tree.ReleasedLine, head: tree.FlowHead) -> None:
    """What has occurred once has occurred in every later period: it would release what is kept back after it too."""
    told = (w.told_by.get(getattr(node, "key", "")) for node in whole(w.figures, condition))
    event = next((each.event for each in told if isinstance(each, OfEvent)), None)
    if event is not None:
        each = period_words(head.each or "term")
        why = (
            f"`{event}` happens on one day; after that it has happened in every later {each} too, and would release what is kept back "
            f"after it. An event that puts one {each} right is a cure: `cured by {event} within 6 months after each {each}`."
        )
        if _asked_of_event(w, c) is not None and head.each is not None:
            raise _each_its_own(w, c, event, head)
        put_right = _put_right(w, c)
        readings = (Reading(words, text, line.span) for words, text in _ways(put_right, head)) if put_right else ()
        raise refuse("C016", why, line.span, *readings)


def _last_days(w: Workbench, head: tree.FlowHead) -> tuple[Reading, ...]:
    until = held.until(w, Grain.TERM if head.each is None else timing.GRAINS[head.each])
    return (
        Reading("the payer keeps it for good", f"  if not released {until}, it is kept"),
        Reading("it goes back on that day", f"  if not released {until}, it is released"),
    )


def _paid_back(w: Workbench, line: tree.ReleasedLine) -> None:
    if w.settings.find(tree.SettledLine) is None:
        why = "What is released goes back on a day of settlement, and the contract names none."
        raise refuse(
            "C016", why, line.span, Reading("in the heading of the contract", f"  settled 60 working days after each {usual_period(w)}")
        )


# -- once all clauses are there ----------------------------------------------------------------------------------------


def released_in_time(w: Workbench, flow: Flow) -> Iterator[Diagnostic]:
    """A withholding whose last day comes before anything of it is due, or before the later period is over that could release it; and what
    is kept back of the last period, which no later one can release (W).
    """
    if flow.release is not None:
        yield from _too_early(w, flow, flow.release)
        yield from _no_later(w, flow, flow.release)


def _no_later(w: Workbench, flow: Flow, release: Release) -> Iterator[Diagnostic]:
    clause = w.scope.clauses[flow.key]
    never, line = line_of(clause, tree.NotReleasedLine), line_of(clause, tree.ReleasedLine)
    if release.of != "later" or release.then != "kept" or never is None or line is None or line.later is None:
        return
    last = w.settings.grid.period(flow.grain, w.settings.grid.count(flow.grain) - 1).label
    each = period_words(line.later)
    why = f"After {last} the contract has no later {each}: what `{flow.name}` keeps back of it is kept for good, whatever comes."
    condition = w.written(line.condition.span)
    same = f"released when {condition}, on later data for the same {each}, without interest"
    freed = f"if not released {w.written(never.deadline.span)}, it is released"
    yield Diagnostic("C024", why, never.span, readings=(Reading("", freed, never.span), Reading("", same, line.span)))


def _too_early(w: Workbench, flow: Flow, release: Release) -> Iterator[Diagnostic]:
    grid, days = w.settings.grid, working_days_of(w)
    never = line_of(w.scope.clauses[flow.key], tree.NotReleasedLine)
    for place in range(grid.count(flow.grain)):
        due = None if flow.due is None else due_on(w, flow, flow.due, place, days)
        last = due_on(w, evolve(flow, due_grain=release.last_grain), release.last, place, days)
        later = release.of == "later" and flow.grain < Grain.TERM and place + 1 < grid.count(flow.grain)
        needed = max([*([due] if due else []), *([grid.last_day(flow.grain, place + 1)] if later else [])], default=None)
        if last is not None and needed is not None and last < needed:
            label = grid.period(flow.grain, place).label
            why = (
                f"What `{flow.name}` keeps back of {label} could never be released: the last day for it is {day_label(last)}, and before "
                f"{day_label(needed)} nothing is kept back or put right. Give a later last day."
            )
            yield Diagnostic("C016", why, release.span if never is None else never.span)
            return
