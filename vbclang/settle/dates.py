"""Every date that a contract gives rise to: deliveries, payments, duties, rights, endings, each for the party that it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from attrs import evolve, frozen

from vbclang.calendar.grid import Period
from vbclang.core.due import after, data_due, flow_due, last_day_held, last_day_of_release, occasions, occasions_it
from vbclang.core.program import Flow, Program, Release
from vbclang.engine.evaluate import Evaluation
from vbclang.settle.course import Course
from vbclang.settle.statement import What
from vbclang.settle.together import party_here
from vbclang.types.kinds import Grain


@frozen
class Date:
    """One date: whose, what it is, and where the contract says so (data or a clause, by name). ``contract``: the linked contract of which
    it is (empty: the one that was asked about).
    """

    day: date
    party: str
    what: str
    of: str
    contract: str = ""


_AFTER_THE_END = ("to pay", "to deliver", "to keep back", "the last day for")
"""How what goes on after the contract has ended begins: money that has accrued, and what it is worked out from."""


def dates(evaluation: Evaluation, course: Course, suppliers: Mapping[str, str]) -> tuple[Date, ...]:
    """All dates, by day. ``suppliers``: who supplies each data, by name."""
    program = evaluation.program
    everyone = (*_term(program), *_deliveries(program, suppliers), *_payments(evaluation), *_held(program), *_course(program, course))
    ended = course.ended
    found = (each for each in everyone if ended is None or each.day <= ended or each.what.startswith(_AFTER_THE_END))
    return in_order(found)


def in_order(found: Iterable[Date]) -> tuple[Date, ...]:
    """By day, each once."""
    return tuple(sorted(dict.fromkeys(found), key=lambda each: (each.day, each.party, each.of, each.contract)))


def for_party(program: Program, found: Iterable[Date], party: str | None) -> Iterator[Date]:
    """Those of one party, of the groups in which it is, and of the term; None: all."""
    groups = {axis.name for axis in program.axes.values() if party in [member.name for member in axis.members]}
    wanted = {party, "", *groups}
    yield from (each for each in found if party is None or wanted & {*each.party.split(" or ")})


def as_read(found: Iterable[Date], program: Program, link: str) -> Iterator[Date]:
    """The dates of a linked contract as the contract says them that reads it: a party that both have by its own word, another in full."""
    other = program.links[link]
    for each in found:
        party = " or ".join(party_here(program, other, name) for name in each.party.split(" or "))
        of = "" if each.of == other.name and not each.contract else each.of
        yield evolve(each, party=party, of=of, contract=f"{each.contract} in {link}" if each.contract else link)


def _term(program: Program) -> Iterator[Date]:
    grid = program.grid
    yield Date(grid.start, "", "the term begins", program.name)
    yield Date(grid.last_day(Grain.TERM, 0), "", "the last day of the term", program.name)


def _deliveries(program: Program, suppliers: Mapping[str, str]) -> Iterator[Date]:
    for (data, stage), due in program.dues.items():
        grain = due.grain or Grain.TERM
        for place in range(program.grid.count(grain)):
            period = program.grid.period(grain, place)
            day = data_due(program, data, stage, period)
            if day is not None:
                verb = "report" if data in program.figures else "deliver"
                yield Date(day, suppliers.get(data, ""), f"to {verb} the {stage} {data} for {period.label}", data)


def _payments(evaluation: Evaluation) -> Iterator[Date]:
    """When what a clause makes due is to be paid, if anything is."""
    program = evaluation.program
    for flow in program.flows.values():
        for place in range(program.grid.count(flow.grain)):
            period = program.grid.period(flow.grain, place)
            counts = flow.grain >= Grain.TERM or evaluation.active_days(flow, place)[0]
            day = _due(evaluation, flow, period) if counts else None
            if counts and flow.release is not None:
                yield from _withheld(program, flow, flow.release, period, day)
            elif day is not None:
                who = flow.payer.name if not flow.signed else f"{flow.payer.name} or {flow.payee.name}"
                yield Date(day, who, f"to pay what is due for {period.label}", flow.name)


def _withheld(program: Program, flow: Flow, release: Release, period: Period, day: date | None) -> Iterator[Date]:
    """When money is kept back, by whom, and the last day for its release."""
    who, last = flow.payee.name, last_day_of_release(program, release, period)
    if day is not None:
        yield Date(day, who, f"to keep back what is withheld for {period.label}", flow.name)
    then = "it is released" if release.then == "released" else "it is kept for good"
    yield Date(last, who, f"the last day for the release of what is withheld for {period.label}; then {then}", flow.name)


def _held(program: Program) -> Iterator[Date]:
    """The last days for figures for which money is held."""
    for held in program.held.values():
        flow, waits = program.flows[held.flow], " and ".join(held.names)
        for place in range(program.grid.count(flow.grain)):
            period = program.grid.period(flow.grain, place)
            about = f" for {period.label}" if held.last_grain is not None else ""
            last = last_day_held(program, held, period)
            yield Date(last, flow.payee.name, f"the last day for {waits}{about}, while money is held", flow.name)


def _due(evaluation: Evaluation, flow: Flow, period: Period) -> date | None:
    """What is due after a payment or an event has a day when the first is recorded."""
    program, record = evaluation.program, evaluation.facts.record
    days = (entry.day for entry in occasions(flow, record) if occasions_it(flow, period.index, entry))
    paid = min(days, default=None)
    return flow_due(program, flow, period) if paid is None or flow.due_after is None else after(program, flow.due_after, paid)


_TOLD = {What.RIGHT: "right", What.ENDS: "end", What.SUSPENDED: "suspended", What.RESUMES: "resumes", What.WARNING: "warning"}


def _course(program: Program, course: Course) -> Iterator[Date]:
    parties = {provision.key: provision.by or "" for provision in program.provisions}
    for happening in course.happenings:
        if happening.what is What.DUE or happening.what in _TOLD:
            yield Date(happening.day, parties.get(happening.clause, ""), happening.words, happening.clause)
