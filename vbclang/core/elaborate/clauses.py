"""Clauses: each that moves money becomes a flow, its lines in the order of working (the semantics, 4.1)."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeVar

from vbclang.calendar.deadlines import Deadline
from vbclang.core.elaborate import (
    beside,
    corrections,
    fitting,
    held,
    misplaced,
    misused,
    named,
    provisions,
    recovery,
    starting,
    timing,
    withheld,
)
from vbclang.core.elaborate.applies import all_of, applies_when, line_of, lines_of
from vbclang.core.elaborate.arithmetic import rounding_unit
from vbclang.core.elaborate.bands import bands
from vbclang.core.elaborate.deadlines import after_payment, when
from vbclang.core.elaborate.division import borne_first, division
from vbclang.core.elaborate.drawn import drawn_from
from vbclang.core.elaborate.limits import limits
from vbclang.core.elaborate.operands import money_amount
from vbclang.core.elaborate.ranges import domain_of_figure
from vbclang.core.elaborate.workbench import Place, Refusal, Workbench, how_often, refuse, union
from vbclang.core.nodes import Cond, Expr
from vbclang.core.program import Flow, Guarantee, PartPeriod, PartyPlace, Said
from vbclang.core.provisions import When
from vbclang.source import Reading, Span
from vbclang.syntax import tree
from vbclang.types import algebra
from vbclang.types.kinds import CURRENCIES, PERCENT, SHARE, Grain, money

_Line = TypeVar("_Line", bound=tree.Node)


def each_once(w: Workbench, name: str) -> None:
    """Elaborate the clause of a name, unless it has been: what it is refused for is kept."""
    if name not in w.begun:
        c = w.scope.clauses[name]
        try:
            clause(w, c, c.number or w.ask(_number, name))
        except Refusal as refusal:
            w.note(refusal)


def _number(w: Workbench, name: str) -> str:
    """By its place in the text, where it has none of its own."""
    return str(list(w.scope.clauses).index(name) + 1)


def clause(w: Workbench, c: tree.Clause, number: str) -> None:
    """Elaborate one clause: into ``w.flows`` where it moves money; other provisions are checked and kept for later."""
    heads = [line for line in c.lines if isinstance(line, tree.Head)]
    if len(heads) > 1:
        why = "A clause holds one provision. Put this into a clause of its own, so that each can be named."
        raise refuse("C031", why, heads[1].span)
    blank, around = line_of(c, tree.BlankPeriodsLine), (w.blank_rule, w.clause, w.restart)
    w.blank_rule, w.clause, w.restart = blank.rule if blank else None, c.name.text, line_of(c, tree.CountingStartsAgainLine)
    w.begun.add(c.name.text)
    try:
        match heads:
            case [tree.FlowHead() as head]:
                w.flows[c.name.text] = _flow(w, c, head, number)
            case [head]:
                provisions.provision(w, c, head, number)
            case _:
                if (refusal := misused.no_provision(w, c)) is not None:
                    raise refusal
    finally:
        w.blank_rule, w.clause, w.restart = around
        w.done.add(c.name.text)


def guarantee(w: Workbench, g: tree.Guarantee) -> None:
    """What must hold in every period: checked on the data at hand, not proved."""
    conditions = [w.condition(line.condition, Place()) for line in g.lines if isinstance(line, tree.GuaranteeCondition)]
    assumed = [w.condition(line.condition, Place()) for line in g.lines if isinstance(line, tree.Assuming)]
    misplaced.said_twice(w, g.lines)
    if not conditions and any(isinstance(line, tree.Bad) for line in g.lines):
        raise Refusal(None)
    if not conditions:
        raise refuse("C032", f"The guarantee `{g.name.text}` does not say what must hold.", g.name.span)
    always = any(isinstance(line, tree.AtEveryMoment) for line in g.lines)
    assumption = all_of(assumed) if assumed else None
    w.guarantees[g.name.text] = Guarantee(g.name.text, all_of(conditions), assumption, g.name.span, always)


# -- flows -------------------------------------------------------------------------------------------------------------


def flow_shape(w: Workbench, c: tree.Clause) -> tuple[Grain, frozenset[str]]:
    """Grain and axes of the flow that the clause is."""
    head = next(line for line in c.lines if isinstance(line, tree.FlowHead))
    payer, payee = party_place(w, head.payer), party_place(w, head.payee)
    grain = Grain.TERM if head.each is None else timing.grain_of(w, head.each, head.span)
    each = {place.axis for place in (payer, payee) if place.axis is not None and place.each}
    return grain, frozenset(axis.text for axis in c.axes) | each


def party_place(w: Workbench, ref: tree.PartyRef) -> PartyPlace:
    """Who pays or is paid."""
    name = ref.name.text
    match named.party(w, ref.name):
        case tree.Party(one_for_each=one_for_each):
            return PartyPlace(name, name, True) if one_for_each else PartyPlace(name, None, False)
        case tree.Group():
            return PartyPlace(name, name, ref.each)


def _flow(w: Workbench, c: tree.Clause, head: tree.FlowHead, number: str) -> Flow:
    for axis in c.axes:
        named.axis(w, axis)
    misplaced.in_flow(w, c, head)
    _subcontractor(w, c, head)
    payer, payee = party_place(w, head.payer), party_place(w, head.payee)
    if payer.name == payee.name:
        raise refuse("C032", f"{payer.name} cannot pay itself.", head.span)
    if head.kind == "withholding":  # it is kept back from whom the head says would be paid
        payer, payee = payee, payer
    grain, axes = flow_shape(w, c)
    place = Place(axes, grain)
    of = _amount(w, c, head, place, grain)
    earned = _earned(w, c, place)
    applies = applies_when(w, c, place)
    readers = recovery.readers(w, earned, applies)
    rules = recovery.rules(w, c, head.kind, place, earned, applies)
    floor = _floor(w, c, place)
    limited = limits(w, c, (payer, payee), place, grain, axes)
    read = (of, earned, applies, floor, *(limit.to for limit in limited))
    overdue = held.of_figures(w, c.name.text, place, [part for part in read if part is not None])
    shares = division(w, c, payer, payee, place)
    divided = shares.read if shares is not None else ()
    release = withheld.release(w, c, head, place)
    until = None if release is None else release.condition
    _fits(w, c, grain, axes, [part for part in (of, earned, applies, until, floor, *divided) if part is not None])
    due, due_grain, due_after = _due(w, c, head)
    unit, direction = _rounding(w, c)
    on_provisional = corrections.basis(w, c, place)
    beside.check(w, c, head)
    return Flow(
        key=c.name.text,
        number=number,
        name=c.name.text,
        kind=head.kind,
        grain=grain,
        axes=axes,
        payer=payer,
        payee=payee,
        of=of,
        earned=rules.earned,
        applies=rules.applies,
        unrecovered_earned=earned,
        unrecovered_applies=applies,
        instalments=_instalments(w, c, head, of),
        part_period=_part_period(w, c, head, grain),
        unit=unit,
        direction=direction,
        signed=head.kind == "share",
        floor=floor,
        limits=limited,
        shares=shares,
        due=due,
        currency=w.settings.currency,
        held=rules.held,
        span=c.name.span,
        due_grain=due_grain,
        waived_by=next((line.party.text for line in lines_of(c, tree.WaivedByLine)), None),
        survives=(line_of(c, tree.SurvivesLine) or w.settings.find(tree.SurvivesLine)) is not None,
        readers=readers,
        on_provisional=on_provisional,
        release=release,
        carries_rounding=line_of(c, tree.RoundingCarriedLine) is not None,
        overdue=(*rules.overdue, *overdue),
        drawn=drawn_from(w, c, place, grain),
        borne_first=borne_first(w, c, head, (payer, payee)),
        due_after=due_after,
        said=_said(w, c),
    )


def _said(w: Workbench, c: tree.Clause) -> Said:
    """Where it stands how the amount is paid: in the clause, or in the heading."""

    def at(kind: type[tree.Node], *, heading: bool = False) -> Span | None:
        line = line_of(c, kind) or (w.settings.find(kind) if heading else None)
        return None if line is None else line.span

    rounding = w.settings.rounding("money")
    return Said(
        due=at(tree.DueLine),
        instalments=at(tree.InstalmentsLine),
        divided=at(tree.DividedLine),
        rounding=None if rounding is None else rounding.span,
        part_period=at(tree.PartPeriodLine, heading=True),
        waived_by=at(tree.WaivedByLine),
        corrections=at(tree.SettledLine, heading=True),
        working_days=at(tree.WorkingDaysLine, heading=True),
    )


def _subcontractor(w: Workbench, c: tree.Clause, head: tree.FlowHead) -> None:
    """Who works for another party is paid by that party, as a rule (W)."""
    payee = w.scope.names.get(head.payee.name.text)
    if isinstance(payee, tree.Party) and payee.role == "subcontractor" and payee.of is not None and payee.of.text != head.payer.name.text:
        why = f"{payee.name.text} is a subcontractor of {payee.of.text}, but `{c.name.text}` pays it directly. Is that meant?"
        text = f"{head.kind} {how_often(head)} from {head.payer.name.text} to {payee.of.text}"
        w.note(refuse("C024", why, head.payee.span, Reading("by way of the party that it works for", text, head.span)))


_IN_A_YEAR = {Grain.MONTH: 12, Grain.QUARTER: 4}


def _instalments(w: Workbench, c: tree.Clause, head: tree.FlowHead, of: Expr) -> int | None:
    """``in 12 equal instalments``: as many as the clause pays in a contract year (or, paid each year, in the term)."""
    line = line_of(c, tree.InstalmentsLine)
    if line is None:
        return None
    grain = flow_shape(w, c)[0]
    whole = Grain.YEAR if grain < Grain.YEAR else Grain.TERM
    if of.type.grain < whole:
        why = f"Instalments are equal parts of one amount for the {whole.words}, but this changes each {of.type.grain.words}."
        raise refuse("C004", f"{why} Name one amount for the {whole.words}.", of.span, *fitting.one_figure(w, of, whole))
    wanted = w.settings.grid.count(Grain.YEAR) if grain is Grain.YEAR else _IN_A_YEAR.get(grain)
    if line.count == wanted:
        return line.count
    every = next((word for word, count in (("month", 12), ("quarter", 4)) if count == line.count), None)
    pays = f"pays {wanted} times" if wanted is not None else "pays once"
    text = f"{head.kind} each {every} from {head.payer.name.text} to {head.payee.name.text}"
    readings = [Reading(f"{line.count} times, each {every}", text, head.span)] if every else []
    if wanted is not None:
        readings.append(Reading(f"{wanted} times, each {grain.words}", f"in {wanted} equal instalments", line.span))
    raise refuse(
        "C032",
        f"The clause {pays}, but the amount is to be paid in {line.count} instalments. When are the others due?",
        line.span,
        *readings,
    )


def _amount(w: Workbench, c: tree.Clause, head: tree.FlowHead, place: Place, grain: Grain) -> Expr:
    line = line_of(c, tree.OfLine)
    if line is None:
        raise _lacking(c, head, "how much is paid", "  of £10,000")
    node = money_amount(w, line.amount, place, "The amount of a clause")
    highest = domain_of_figure(w, node)[1]
    if head.kind != "share" and highest is not None and highest < 0:
        raise _below_nothing(w, c, head, line.amount)
    return node


def _below_nothing(w: Workbench, c: tree.Clause, head: tree.FlowHead, amount: tree.Expr) -> Refusal:
    """An amount that no figure makes positive: the head has said already who pays."""
    way = f"from {head.payer.name.text} to {head.payee.name.text}"
    why = f"The amount of `{c.name.text}` is below nothing, whatever arrives, and the clause is paid one way only: {way}."
    written = w.written(amount.span)
    bare = written.removeprefix("-").strip()
    readings = [Reading(f"paid {way}", bare, amount.span)] if isinstance(amount, tree.Money) and bare != written else []
    return refuse("X001", why, amount.span, *readings)


def _lacking(c: tree.Clause, head: tree.FlowHead, what: str, text: str) -> Refusal:
    if any(isinstance(line, tree.Bad) for line in c.lines):
        return Refusal(None)
    return refuse("C032", f"Clause `{c.name.text}` does not say {what}.", head.span, Reading("", text))


def _floor(w: Workbench, c: tree.Clause, place: Place) -> Expr | None:
    line = line_of(c, tree.NotBelowLine)
    return None if line is None else money_amount(w, line.least, place, "A lowest amount")


def _earned(w: Workbench, c: tree.Clause, place: Place) -> Expr | None:
    line = line_of(c, tree.EarnedLine)
    if line is None:
        return None
    if line.bands.mode is not None:
        why = "What is earned is a part of the amount in the line `of …`, so no rate is applied to a whole or a slice here."
        text = f"earned by {w.written(line.bands.figure.span)}"
        raise refuse("C031", f"{why} Leave out what follows `{text}`, or define a term by these bands.", line.bands.figure.span)
    misused.earned_in_money(w, c, line)
    node = bands(w, line.bands, place, SHARE)
    if node.type.kind not in (SHARE, PERCENT):
        why = f"What is earned is a percentage of the amount, but these rows give {algebra.words(node.type.kind)}."
        raise refuse("T002", why, line.span)
    misused.earned_below_nothing(w, c, node)
    return node


def _fits(w: Workbench, c: tree.Clause, grain: Grain, axes: frozenset[str], parts: list[Expr | Cond]) -> None:
    """Nothing in a clause is finer than its periods, or for more members than it has (8.2)."""
    for part in parts:
        if part.type.grain < grain:
            raise fitting.finer(
                w, part, grain, "the clause is paid once" if grain is Grain.TERM else f"the clause is for each {grain.words}"
            )
    for axis in sorted(union(parts) - axes):
        part = next(part for part in parts if axis in part.type.axes)
        why = f"This has one figure for each {axis}, but the clause pays one amount. Which is meant?"
        raise fitting.one_for_each(w, part, axis, why, "an amount for each", c.title or c.name, c.name)


def _rounding(w: Workbench, c: tree.Clause) -> tuple[Fraction, tree.Direction]:
    line, currency = w.settings.rounding("money"), w.settings.currency
    other = line is not None and line.rule is not None and isinstance(line.rule.to, tree.Money) and line.rule.to.currency != currency
    adopted = next((each for each in w.settings.adopted if each.line is line), None) if other else None
    if line is None or line.rule is None or adopted is not None:
        ask = "Money is paid in whole pence or cents: how are payments rounded to them?"
        why = ask if adopted is None else f"The general rules {adopted.adopted_from.name.text} round money of another currency. {ask}"
        sign, places = CURRENCIES[currency]
        text = f"  money rounded to {sign}{'0.01' if places else '1'}, half up"
        raise w.once("rounding of money", "C021", why, c.name.span, Reading("in the heading of the contract", text))
    return rounding_unit(w, line.rule, money(w.settings.currency)), line.rule.direction


def _part_period(w: Workbench, c: tree.Clause, head: tree.FlowHead, grain: Grain) -> PartPeriod | None:
    line = line_of(c, tree.PartPeriodLine) or w.settings.find(tree.PartPeriodLine)
    if line is not None:
        return PartPeriod(line.rule)
    if head.each is None:
        return None
    cut = _first_cut_period(w, grain)
    if cut is None:
        return None
    ways = ("pro rata by days", "in full", "nothing")
    why = f"{cut} may be cut short. Is `{c.name.text}` then paid pro rata by days, in full, or not at all?"
    raise refuse("C001", why, c.name.span, *(Reading("", f"  in a part period, {way}") for way in ways))


def _first_cut_period(w: Workbench, grain: Grain) -> str | None:
    grid = w.settings.grid
    for index in range(grid.count(grain)):
        active, whole = grid.active_days(grain, index)
        if active < whole:
            return grid.period(grain, index).label
    return f"A {grain.words}" if w.ask(_may_end_early) else None


def _may_end_early(w: Workbench) -> bool:
    """Whether any clause can end the contract, or suspend it, before its term is over."""
    heads = (tree.TerminationHead, tree.AutomaticEndHead, tree.SuspensionHead)
    return any(isinstance(line, heads) for clause in w.scope.clauses.values() for line in clause.lines)


def _due(w: Workbench, c: tree.Clause, head: tree.FlowHead) -> tuple[Deadline | None, Grain | None, When | None]:
    line = line_of(c, tree.DueLine)
    if line is None:
        raise _lacking(c, head, "when it is due", f"  due within 30 working days after {starting.start(w, head.span)}")
    found = deadline(w, line.deadline)
    if found is not None:
        return *found, None
    match line.deadline.anchor:
        case tree.Anchor(what="clause paid"):
            return None, None, after_payment(w, c, line.deadline)
        case tree.Anchor(what="event"):
            return None, None, when(w, line.deadline)
        case _:
            why = "Money is due so long after a period, a day, an event, or the payment of another clause."
            text = f"within 30 days after {starting.start(w, line.span)}"
            raise refuse("C033", why, line.deadline.span, Reading("for example", text, line.deadline.span))


def _anchor_is_there(w: Workbench, anchor: tree.Anchor) -> None:
    if anchor.name is not None and anchor.what == "clause paid":
        named.clause(w, anchor.name)
    if anchor.name is not None and anchor.what in ("event", "event due"):
        named.event(w, anchor.name)


def deadline(w: Workbench, e: tree.Deadline) -> tuple[Deadline, Grain | None] | None:
    """A deadline that counts from a period (with its grain) or a day; None for one that counts from an event."""
    if e.by is not None:
        return Deadline(0, "day", "day", e.by.value), None
    if e.anchor is None or e.count is None or e.unit is None:
        raise refuse(
            "C033",
            "This deadline has no start: after what does it count?",
            e.span,
            Reading("", f"{w.written(e.span)} after {starting.start(w, e.span)}", e.span),
        )
    _anchor_is_there(w, e.anchor)
    unit = e.unit
    if unit == "minute" or unit == "hour" or unit == "quarter":
        return None
    if unit == "working day" and w.settings.find(tree.WorkingDaysLine) is None:
        why = "Working days where? Holidays differ from place to place."
        raise w.once("working days", "C035", why, e.span, Reading("in the heading of the contract", "  working days in England"))
    if e.anchor.what == "period" and e.anchor.period is not None:
        return Deadline(e.count, unit, "period"), timing.grain_of(w, e.anchor.period, e.anchor.span)
    if e.anchor.what == "day" and e.anchor.day is not None:
        return Deadline(e.count, unit, "day", e.anchor.day.value), None
    return None
