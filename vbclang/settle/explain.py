"""An amount explained: from the clause down to the figures that arrived, each step with its words, its value and its line.

Method: the flow's lines in the order of working, and below each the named figures that it reads, and so on down. Values are read from the
columns that the settlement worked out; nothing is worked out by other rules. A condition says by how much it holds or fails; bands say
which row was reached, what is beside it and what the amount would then have been; a missing figure says what it lacks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from attrs import evolve

from vbclang.core import nodes as n
from vbclang.core.nodes import Expr, State
from vbclang.core.program import Flow
from vbclang.core.provisions import Provision
from vbclang.core.walk import children
from vbclang.engine.evaluate import Evaluation
from vbclang.engine.missing import Place
from vbclang.settle.course import Course
from vbclang.settle.explained import conditions, limits, named, paid, rules, times, whatif, withheld
from vbclang.settle.explained.bands import bands, straight_line
from vbclang.settle.explained.happened import booked, of_provision
from vbclang.settle.explained.rows import arriving, counted, few_rows, in_place_of, parts_of
from vbclang.settle.explained.steps import Asked, Node, Sight, Step
from vbclang.settle.kept import Kept
from vbclang.settle.ranges import Ranges, in_words
from vbclang.settle.releases import said_of
from vbclang.settle.settle import Selection, exits, party_of
from vbclang.settle.statement import Booking, Happening, Outcome, What
from vbclang.settle.why import reasons
from vbclang.settle.words import figure, money
from vbclang.source import Text
from vbclang.types.kinds import SHARE, Grain

__all__ = ["Step", "explain"]


def explain(
    evaluation: Evaluation,
    texts: Mapping[str, Text],
    flow: Flow,
    period: int,
    members: Mapping[str, int],
    depth: int = 4,
    bookings: tuple[Booking, ...] = (),
    course: Course | None = None,
) -> Step:
    """The amount of a flow in a period (its place in the flow's grain) and for its members, ``depth`` named figures deep; and what was
    booked of it, where that is more than the amount when it was due. ``course``: it tells what became of money that is kept back.
    """
    kept = None if course is None else course.kept.get((flow.key, period, tuple(members.items())))
    asked, read_by = Asked(flow, period, members), evaluation.read_by(flow.key, period)
    sight = Sight(read_by.shown, evaluation.shown, evaluation, texts, asked, depth, _walk)
    place = Place(flow.grain, period, members)
    label = ", ".join([evaluation.program.grid.period(flow.grain, period).label, *(sight.member(*at) for at in sorted(members.items()))])
    steps = (
        *_line(sight, "the amount", flow.of, place),
        *conditions.of_clause(sight, flow, place),
        *(_earned(sight, flow.earned, place) if flow.earned is not None else ()),
        *_worked_out(sight),
        *limits.limits(sight),
        *limits.waived(sight),
        *paid.parts(sight, place),
        *_range(sight),
        *paid.due(sight, _owed(sight)),
        *withheld.withheld(sight, kept),
        *_booked(sight, bookings),
    )
    return evolve(_head(sight, place, kept), what=f"clause {sight.called(flow.name, flow.span)}, {label}", below=steps)


def explain_provision(
    evaluation: Evaluation,
    texts: Mapping[str, Text],
    provision: Provision,
    course: Course,
    selection: Selection,
    depth: int = 4,
    bookings: tuple[Booking, ...] = (),
) -> Step:
    """What came of a clause that moves no money by itself, in the days that are selected: each day with the condition that brought it."""
    sight = Sight(evaluation.shown, evaluation.shown, evaluation, texts, None, depth, _walk)
    own = [each for each in course.happenings if each.clause == provision.key and (each.what is not What.DUE or each.period is not None)]
    came = [each for each in own if _is_asked(selection, each)]
    paid = [line for line in exits(evaluation, course) if line.clause == provision.key and selection.has(line)]
    booked = [booking for booking in bookings if booking.line.clause == provision.key and selection.has(booking.line)]
    grain, grid = provision.condition.type.grain if provision.condition is not None else Grain.TERM, evaluation.program.grid
    selected = [place for place in range(grid.count(grain)) if selection.takes(grid.period(grain, place))] if grain < Grain.TERM else []
    elsewhere = [] if came or selection.within is None else own
    return of_provision(sight, provision, came, paid, booked, selected[-1] if selected else 0, elsewhere)


def _is_asked(selection: Selection, each: Happening) -> bool:
    """Whether what came of it lies in the days that are selected, or the period that it is about does."""
    about = each.about or each.period
    within = selection.within is not None and about is not None and selection.takes(about)
    return within or selection.tells(each if each.period is None else evolve(each, what=What.RIGHT))


def _owed(sight: Sight) -> Fraction | State:
    asked = sight.asked
    return sight.owed.flow(asked.flow.key).paid.at(asked.period, asked.members)


def _head(sight: Sight, place: Place, kept: Kept | None) -> Step:
    """What it comes to, who pays whom, and why; of a condition that is not met, which one."""
    asked, flow = sight.asked, sight.asked.flow
    why = reasons(sight.owed.read_by(flow.key, asked.period), sight.owed, flow, sight.texts).at(asked.period, asked.members)
    amount = sight.owed.flow(flow.key).paid.at(asked.period, asked.members)
    if why.outcome is Outcome.BELOW_ZERO and sight.settled.flow(flow.key).limited.at(asked.period, asked.members) is State.NOT_SHOWN:
        amount = State.NOT_SHOWN  # it is owed to nobody
    failed = conditions.not_met(sight, flow, place) if why.outcome is Outcome.NOT_MET else None
    said, where = failed or (why.words, flow.span)
    if kept is not None and isinstance(amount, Fraction):
        said = said_of(sight.evaluation.program, flow, kept, amount, said)
        amount = Fraction(0) if kept.released is not None else amount
    return Step("", _moved(sight, amount), said, where)


def _range(sight: Sight) -> Iterator[Step]:
    """What an amount must fall between that is not determined."""
    asked, flow = sight.asked, sight.asked.flow
    amount = sight.settled.flow(flow.key).paid.at(asked.period, asked.members)
    if isinstance(amount, State) and not amount.is_unruled:
        between = Ranges(sight.settled).between(flow, asked.period, asked.members)
        if between is not None:
            yield Step("once it is determined", in_words(between, flow.currency), "", None)


def _booked(sight: Sight, bookings: tuple[Booking, ...]) -> Iterator[Step]:
    """Each booking of the amount, by day, where there are several or the one came late."""
    asked, flow = sight.asked, sight.asked.flow
    first = sight.evaluation.program.grid.period(flow.grain, asked.period).start
    named = {(axis, sight.evaluation.members(axis)[place].name) for axis, place in asked.members.items()}
    own = [b for b in bookings if b.line.clause == flow.key and b.line.first_day == first and named <= set(b.line.members)]
    if not any(b.corrects or b.stage is not None or b.day != b.line.due for b in own):
        return
    for booking in own:
        yield booked(booking, flow.currency, f"on {booking.stage} data" if booking.stage else "", flow.said.corrections)


def _moved(sight: Sight, amount: Fraction | State) -> str:
    """An amount with who pays it to whom: what is below £0 goes the other way."""
    flow, members = sight.asked.flow, sight.asked.members
    if isinstance(amount, State):
        return "not determined"
    if not amount:
        return money(amount, flow.currency)
    payer, payee = (party_of(sight.evaluation, side, members) for side in (flow.payer, flow.payee))
    payer, payee = (payer, payee) if amount > 0 or not flow.signed else (payee, payer)
    return f"{money(abs(amount) if flow.signed else amount, flow.currency)} from {payer} to {payee}"


# -- the clause's lines ------------------------------------------------------------------------------------------------


def _line(sight: Sight, what: str, node: Expr, place: Place) -> Iterator[Step]:
    yield Step(what, sight.words(node, place), sight.said(node.span), node.span, sight.below(node, place, sight.depth))


def _earned(sight: Sight, node: Expr, place: Place) -> Iterator[Step]:
    """What is earned. Its rows are steps of their own, so only what they are about is said here."""
    bare = node
    while isinstance(bare, n.Recover):
        bare = bare.operand
    span = node.span
    if isinstance(bare, n.Piecewise):
        first = min((piece.span.start for piece in bare.pieces if piece.span.file == span.file), default=span.end)
        span = evolve(span, end=first) if first > span.start else span
    yield Step("earned", sight.words(node, place), sight.said(span), node.span, sight.below(node, place, sight.depth))


def _worked_out(sight: Sight) -> Iterator[Step]:
    """From the lines to the amount before its limits: instalments, the part earned, the condition, pro rata, the penny, the least."""
    asked, flow = sight.asked, sight.asked.flow
    result = sight.settled.flow(flow.key)
    of, worked, rounded, floored = (
        series.at(asked.period, asked.members) for series in (result.of, result.worked, result.rounded, result.floored)
    )
    applies = True if result.applies is None else result.applies.at(asked.period, asked.members)
    if flow.instalments is not None:
        yield Step(f"one of {flow.instalments} instalments", paid.amount_words(of, flow), "", flow.said.instalments)
    if applies is False:
        had_it = whatif.had_it_applied(sight)
        yield from (Step("had the clause applied", f"it would be {had_it}", "", None),) if had_it else ()
    elif result.earned is not None and isinstance(of, Fraction):
        yield from _times(sight, of)
    active, whole = sight.settled.active_days(flow, asked.period, asked.members) if flow.grain < Grain.TERM else (1, 1)
    if active != whole:
        yield Step(f"{active} of {whole} days", paid.amount_words(worked, flow), sight.said(flow.said.part_period), flow.said.part_period)
    if rounded != worked:
        with_rest = ", with what rounding left over before" if flow.carries_rounding else ""
        yield Step(f"rounded{with_rest}", paid.amount_words(rounded, flow), sight.said(flow.said.rounding), flow.said.rounding)
    if floored != rounded:
        yield Step("not below", paid.amount_words(floored, flow), "", flow.floor.span if flow.floor else None)


def _times(sight: Sight, of: Fraction) -> Iterator[Step]:
    asked, flow = sight.asked, sight.asked.flow
    earned = sight.settled.flow(flow.key).earned
    share = earned.at(asked.period, asked.members) if earned is not None else None
    if isinstance(share, Fraction):
        yield Step("worked out", f"{money(of, flow.currency)} × {figure(share, SHARE)} = {money(of * share, flow.currency)}", "", None)


# -- what a node rests on ----------------------------------------------------------------------------------------------


def _walk(sight: Sight, node: Node, place: Place, depth: int) -> Iterator[Step]:
    """The steps below a node: named figures, conditions, the band reached, what was counted."""
    match node:
        case n.Ref(figure=name):
            yield named.named(sight, name, node, place, depth)
        case n.AmountOf(flow=key):
            flow = sight.evaluation.program.flows[key]
            what = f"the amount of clause {sight.called(key, flow.span)}{sight.for_whom(node, place)}"
            yield Step(what, sight.words(node, place), "", flow.span)
        case n.Input() | n.InputFlag():
            yield from arriving(sight, node, place)
        case n.Round():
            yield from named.rounding(sight, node, place, depth)
        case n.Choose() if (meant := in_place_of(sight, node, place)) is not node:
            yield from sight.below(meant, place, depth)
        case n.Choose() if (few := few_rows(sight, node, place)) is not None:
            yield from few
        case n.Choose() | n.FirstOf():
            yield from named.choice(sight, node, place, depth)
        case n.Piecewise():
            yield from bands(sight, node, place, depth)
        case n.Interpolate():
            yield from straight_line(sight, node, place, depth)
        case n.ByMember(axis=axis, values=values) if axis in place.members:
            row = values[place.members[axis]]
            yield from () if row is None else sight.below(row, place, depth)
        case n.Recover(operand=operand):
            yield from sight.below(operand, place, depth)
            yield from rules.stood_in(sight, node, place)
        case n.LastKnown():
            yield from rules.last_known(sight, node, place, depth)
        case n.NextResult():
            yield from rules.next_result(sight, node, place, depth)
        case n.Prev() | n.AtPeriod() | n.Windowed() | n.Coarsen():
            yield from times.periods(sight, node, place)
        case n.At() | n.Via() | n.Over():
            yield from _of_members(sight, node, place, depth)
        case n.Ratio() | n.Arith() if isinstance(node, Expr) and (parts := parts_of(sight, node, place)) is not None:
            yield from counted(sight, node, parts, place, depth)
        case n.DuringPeriods():
            pass  # by the calendar alone: the period is named already
        case _ if isinstance(node, n.Cond):
            yield from conditions.condition(sight, node, place, depth)
        case _:
            for child in children(node):
                yield from sight.below(child, place, depth)


def _of_members(sight: Sight, node: n.At | n.Via | n.Over, place: Place, depth: int) -> Iterator[Step]:
    match node:
        case n.At(operand=operand, axis=axis, member=member):
            yield from sight.below(operand, place.of(axis, member), depth)
        case n.Via(operand=operand, axis=axis, by=by):
            yield from sight.below(by, place, depth)
            names = sight.number(by, place)
            if names is not None:
                yield from sight.below(operand, place.of(axis, int(names)), depth)
        case n.Over():
            yield from times.members(sight, node, place, depth)
