"""Worked examples: each given and each claim resolved against the contract, so that an example that speaks of nothing is found."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal, assert_never, cast

from attrs import evolve, frozen

from vbclang.core import nodes as n
from vbclang.core.elaborate import named, timing
from vbclang.core.elaborate.given import STATES, UNNAMED, Givens, Setting, given_line, given_table, place_of
from vbclang.core.elaborate.given import value as value_of
from vbclang.core.elaborate.given_events import given_clause, given_event, given_of_record
from vbclang.core.elaborate.given_rows import given_rows, not_both
from vbclang.core.elaborate.given_whose import both_given
from vbclang.core.elaborate.workbench import Place, Refusal, Workbench, after, refuse
from vbclang.core.examples import Example, Then, ThenAmount, ThenCourse, ThenDue, ThenFigure, ThenParty
from vbclang.core.program import Flow, PartyPlace
from vbclang.source import Reading, Span
from vbclang.syntax import tree
from vbclang.types.algebra import article
from vbclang.types.kinds import CURRENCIES, YES_NO, Grain, money


def example(w: Workbench, e: tree.WorkedExample) -> None:
    """Resolve one worked example into ``w.examples``; each line that cannot be is reported."""
    setting = _setting(w, e)
    givens = Givens(setting)
    then: list[Then] = []
    whole = not any(isinstance(line, tree.Bad) for line in e.lines)
    for line in e.lines:
        try:
            _line(w, line, givens, then)
        except Refusal as refusal:
            w.note(refusal)
            whole = False
    not_both(w, givens)
    if whole:
        both_given(w, givens)
    if not any(isinstance(line, tree.Bad | tree.ThenClause | tree.ThenParty | tree.ThenFigure | tree.ThenEventDue) for line in e.lines):
        why = "This example claims nothing: what must come out?"
        raise refuse(
            "W001",
            why,
            e.name.span,
            *(Reading("", f"  then clause {name} pays {CURRENCIES[w.settings.currency][0]}100.00") for name in tuple(w.flows)[:3]),
        )
    period = w.settings.grid.period(setting.grain, setting.index)
    days = (period.start.toordinal(), period.end.toordinal())
    found, rows = tuple(givens.found), tuple(givens.rows)
    record = tuple(givens.record)
    w.examples[e.name.span] = Example(_named(w, e), setting.members, days, found, tuple(then), e.name.span, rows, record)


def _named(w: Workbench, e: tree.WorkedExample) -> str:
    """Its name as it is written, `The` and all, which nothing else is called by."""
    return w.written(evolve(e.name.span, start=e.span.start)).removeprefix("worked example ")


def _setting(w: Workbench, e: tree.WorkedExample) -> Setting:
    period = next((line.period for line in e.lines if isinstance(line, tree.InPeriod)), None)
    grain, index = (Grain.YEAR, 0) if period is None else timing.place_of(w, period)
    members = {axis.name: UNNAMED for axis in w.axes.values() if axis.open}
    unsaid = set() if any(isinstance(line, tree.Bad) for line in e.lines) else set(members)
    for line in e.lines:
        if isinstance(line, tree.ForWhom):
            if line.of.text not in members:
                raise refuse("N005", f"`{line.of.text}` is no class of parties that the data name.", line.of.span)
            members[line.of.text] = line.code.text
            unsaid.discard(line.of.text)
    return Setting(e.name, grain, index, tuple(members.items()), period is not None, frozenset(unsaid))


def _line(w: Workbench, line: tree.ExampleLine, givens: Givens, then: list[Then]) -> None:
    match line:
        case tree.GivenFigure():
            if not given_of_record(w, line, givens):
                given_line(w, line, givens)
        case tree.GivenEvent():
            given_event(w, line, givens)
        case tree.GivenTable():
            given_table(w, line, givens)
        case tree.GivenRows():
            given_rows(w, line, givens)
        case tree.ThenClause():
            then.append(_then_clause(w, line, givens.setting))
        case tree.ThenParty():
            then.append(_then_party(w, line, givens.setting))
        case tree.ThenFigure():
            then.append(_then_figure(w, line, givens.setting))
        case tree.GivenClause():
            given_clause(w, line, givens)
        case tree.ThenEventDue(event=event, by=by):
            then.append(ThenDue(named.event(w, event).name.text, by.value, line.span))
        case tree.Bad() | tree.InPeriod() | tree.ForWhom() | tree.SourceLine():
            pass
        case _:
            assert_never(line)


# -- then --------------------------------------------------------------------------------------------------------------


def _then_clause(w: Workbench, line: tree.ThenClause, setting: Setting) -> Then:
    clause = named.clause(w, line.clause)
    flow = w.flows.get(clause.name.text)
    if flow is None:
        if any(isinstance(other, tree.FlowHead) for other in clause.lines):
            raise Refusal(None)
        return _then_course(w, line, clause, setting)
    claimed = _Claimed(f"Clause `{clause.name.text}` is worked out each {flow.grain.words}", line.span, after(line.span))
    period = _period_judged(w, flow.grain, line.period, setting, claimed)
    member = None if line.member is None else _member(w, line.member, flow.name, _axes(flow), "has no amount", setting)
    if line.verb in ("applies", "does not apply"):
        return ThenAmount(flow.key, None, line.verb == "applies", None, None, period, line.span, None, member)
    if (flow.release is None) == (line.verb in ("withholds", "releases")):
        raise _wrong_verb(w, line, flow)
    if flow.on_provisional is None and (line.stage == "provisional" or line.verb == "recovers"):
        why = f"`{clause.name.text}` is paid on final data alone, so it pays once for each {flow.grain.words} and recovers nothing."
        raise refuse("W003", why, line.span, Reading("under the clause", "  on provisional data"))
    if line.amount is None:
        raise refuse("W001", "Which amount must come out?", line.span)
    amount = _amount(w, line.amount)
    payer, payee = _side(line.payer, flow.payer, setting), _side(line.payee, flow.payee, setting)
    by, recovers = line.by.value if line.by else None, line.verb == "recovers"
    if recovers and by is not None:
        raise refuse("W003", "What is recovered goes back on the next day of settlement: leave the day out.", line.span)
    kept = line.verb if line.verb in ("withholds", "releases") else None
    return ThenAmount(flow.key, amount, None, payer, payee, period, line.span, by, member, line.stage, recovers, kept)


def _wrong_verb(w: Workbench, line: tree.ThenClause, flow: Flow) -> Refusal:
    """Money that is kept back is neither paid nor deducted; other money is not withheld."""
    if flow.release is None:
        why = f"`{flow.name}` keeps nothing back: it is {article(flow.kind)} {flow.kind}."
        verbs: tuple[str, ...] = ("deducts",) if flow.kind == "sanction" else ("pays",)
    else:
        why = f"`{flow.name}` keeps money back. Say how much it withholds, or how much of that it releases."
        verbs = ("withholds", "releases")
    written = w.written(line.span)
    return refuse("W003", why, line.span, *(Reading("", written.replace(f" {line.verb} ", f" {verb} ", 1), line.span) for verb in verbs))


_COURSE = ("takes effect", "does not take effect", "is breached", "is not breached", "applies", "does not apply")


def _then_course(w: Workbench, line: tree.ThenClause, clause: tree.Clause, setting: Setting) -> Then:
    """What a provision that moves no money by itself comes to."""
    name = clause.name.text
    if name not in w.provisions:
        if any(not isinstance(other, tree.AcceptedLine) for other in clause.lines):
            raise Refusal(None)  # it is more than prose, and was refused
        why = f"Nothing of clause `{name}` is worked out: it is prose. What it says cannot be held against an example."
        raise refuse("N007", why, line.span)
    if line.verb not in _COURSE:
        raise refuse("N007", f"Clause `{name}` moves no money by itself: it applies, is breached or takes effect.", line.span)
    if line.verb == "takes effect" and line.on is None:
        raise refuse(
            "W001", "On which day does it take effect?", line.span, Reading("", f"  then clause {name} takes effect on 1 January 2027")
        )
    if line.verb == "does not take effect" and line.on is not None:
        readings = (Reading("", f"then clause {name} does not take effect", line.span),)
        raise refuse("W001", "What does not take effect does so on no day: leave the day out.", line.on.span, *readings)
    grain, index = (setting.grain, setting.index) if line.period is None else timing.place_of(w, line.period)
    period = w.settings.grid.period(grain, index)
    verb = cast("Literal['takes effect', 'does not take effect', 'is breached', 'is not breached', 'applies', 'does not apply']", line.verb)
    axes = w.provisions[name].axes
    member = None if line.member is None else _member(w, line.member, name, axes, "has no result", setting)
    return ThenCourse(name, verb, line.on.value if line.on else None, (period.start, period.end), line.span, member)


def _axes(flow: Flow) -> list[str]:
    """The lists and groups of whose members a flow has amounts: its own, and that among which it is divided."""
    return sorted(flow.axes | ({flow.shares.axis} if flow.shares is not None else frozenset()))


def _member(w: Workbench, e: tree.Name | tree.Quoted, clause: str, axes: Sequence[str], has_none: str, setting: Setting) -> tuple[str, str]:
    """The member of one of the clause's lists or groups for which a claim is made."""
    for axis in axes:
        place = named.member(w, axis, e.text)
        if place is not None:
            return axis, w.axes[axis].members[place].name
        if (axis, e.text) in setting.members:
            return axis, e.text
    others = f"It has one for each {' and '.join(axes)}." if axes else "It has one for the whole contract: leave out whom it is for."
    raise refuse("N008", f"Clause `{clause}` {has_none} for `{e.text}`. {others}", e.span)


def _side(e: tree.Name | tree.Quoted | None, side: PartyPlace, setting: Setting) -> str | None:
    """The party that a claim names; a class of parties is its one member here, and a group that is meant as a whole is any of its own."""
    if e is None or (e.text == side.name and side.axis is not None and not side.each):
        return None
    return dict(setting.members).get(e.text, e.text)


def _period_judged(w: Workbench, grain: Grain, stated: tree.Period | None, setting: Setting, what: _Claimed) -> int:
    """The period of ``grain`` that a claim is about; refused where the one that is named holds several."""
    if grain >= Grain.TERM:
        return 0
    here, index = place_of(w, grain, stated, setting)
    if here <= grain:
        return index if here == grain else w.settings.grid.containing(here, index, grain)
    places = w.settings.grid.within(here, index, grain)
    if len(places) > 1:
        labels = [w.settings.grid.period(grain, place).label for place in places]
        raise _which_period(w.settings.grid.period(here, index).label, labels, grain, stated, what)
    return places[0]


def _which_period(longer: str, labels: list[str], grain: Grain, stated: tree.Period | None, what: _Claimed) -> Refusal:
    readings: tuple[Reading, ...] = ()
    if stated is not None:
        readings = tuple(Reading("", label, stated.span) for label in labels[:4])
    elif what.place is not None:
        readings = tuple(Reading("", f" for {label}", what.place) for label in labels[:4])
    own = "" if readings else f" Claim it in an example of its own, `in {labels[0]}`."
    return refuse("C003", f"{what.words}, and {longer} has {len(labels)}. Which {grain.words} is meant?{own}", what.span, *readings)


@frozen
class _Claimed:
    """How to say what a claim is about; ``place``: where its period may be written, if anywhere."""

    words: str
    span: Span
    place: Span | None


def _amount(w: Workbench, e: tree.Expr) -> Fraction:
    if isinstance(e, tree.NoneStated):
        return Fraction(0)
    node = w.expression(e, Place(), money(w.settings.currency))
    if not isinstance(node, n.Const) or node.type.kind != money(w.settings.currency):
        raise refuse("T002", f"An amount in {w.settings.currency} is wanted here.", e.span)
    return node.value


def _then_party(w: Workbench, line: tree.ThenParty, setting: Setting) -> ThenParty:
    if line.party.text not in dict(setting.members):
        _is_party(w, line)
    party = dict(setting.members).get(line.party.text, line.party.text)
    return ThenParty(party, line.verb, _amount(w, line.amount), line.span)


def _is_party(w: Workbench, line: tree.ThenParty) -> None:
    """Who pays or receives in all is a party; a clause is named as one."""
    name = line.party.text
    if name in w.scope.clauses and not isinstance(w.scope.names.get(name), tree.Party | tree.Group):
        written = w.written(line.span)
        at = written.index(name)
        why = f"`{name}` is a clause, not a party. What a clause comes to is claimed of the clause; what a party pays is all that it owes."
        raise refuse("N007", why, line.party.span, Reading("", f"{written[:at]}clause {written[at:]}", line.span))
    named.party(w, line.party)


def _then_figure(w: Workbench, line: tree.ThenFigure, setting: Setting) -> ThenFigure:
    node = named.anything(w, line.figure, Place()) if isinstance(line.figure, tree.Name) else w.expression(line.figure, Place())
    words = line.figure.text if isinstance(line.figure, tree.Name) else "the figure"
    grain = node.type.grain
    claimed = _Claimed(f"`{words}` is a {grain.words}'s figure", line.figure.span, None)
    period = _period_judged(w, grain, None, setting, claimed)
    if line.state is not None:
        state = None if line.state == "not assessed" else STATES[line.state]
        return ThenFigure(words, node, None, state, period, line.span)
    assert line.value is not None
    value: Fraction | bool = value_of(w, line.value, node.type.kind)
    return ThenFigure(words, node, bool(value) if node.type.kind == YES_NO else value, None, period, line.span)
