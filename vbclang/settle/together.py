"""A contract and those that it reads -> one statement: each contract's own, and what all of them come to between the same parties.

Parties are the same who have the same name in full: each contract has its own words for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from attrs import evolve

from vbclang.core.program import Program
from vbclang.data.arrived import Arrived
from vbclang.settle.faults import faults
from vbclang.settle.ranges import ranged
from vbclang.settle.replay import replayed
from vbclang.settle.select import find_period, select
from vbclang.settle.settle import statement, totals
from vbclang.settle.statement import Line, LinkedStatement, Statement
from vbclang.source import Diagnostics, Text


def stated(
    arrived: Arrived, until: date | None, version: str, texts: Mapping[str, Text], period: str | None, party: str | None
) -> tuple[Statement | None, Diagnostics]:
    """The statement of a contract with those of the contracts that it reads, for the period and party of these words in it; None, and what
    is wrong, where it has none of that name. ``until``: the day after the last for which anything has arrived.
    """
    program = arrived.program
    lived = replayed(arrived, until)
    selection, unknown = select(lived.evaluation, until, period, party)
    if selection is None:
        return None, unknown
    made = statement(lived.evaluation, selection, version, texts, lived.course, lived.bookings, lived.stages, lived.moments)
    made = evolve(made, lines=ranged(lived.evaluation.shown, made.lines))
    found = faults(program, made)
    links: list[LinkedStatement] = []
    for name, link in arrived.links.items():
        other = None if party is None else party_there(program, link.program, party)
        if (party is not None and other is None) or (period is not None and find_period(link.program.grid, period) is None):
            continue
        theirs, more = stated(link, until, version, texts, period, other)
        found = (*found, *more)
        links += [] if theirs is None else [LinkedStatement(name, theirs)]
    linked = evolve(made, linked=tuple(links))
    return evolve(linked, together=totals(tuple(_in_full(program, arrived, linked))) if links and _one_currency(linked) else ()), found


def party_there(program: Program, other: Program, party: str) -> str | None:
    """What another contract calls a party."""
    full = program.parties.get(party, party)
    return next((name for name, theirs in other.parties.items() if theirs == full), None)


def _one_currency(made: Statement) -> bool:
    return all(each.statement.currency == made.currency and _one_currency(each.statement) for each in made.linked)


def _in_full(program: Program, arrived: Arrived, made: Statement) -> Iterator[Line]:
    """The lines of all contracts, their parties by their names in full."""
    for line in made.lines:
        yield evolve(line, payer=program.parties.get(line.payer, line.payer), payee=program.parties.get(line.payee, line.payee))
    for each in made.linked:
        link = arrived.links[each.name]
        yield from _in_full(link.program, link, each.statement)


def party_here(program: Program, other: Program, party: str) -> str:
    """What a contract calls a party of another that it reads; a party that it does not have by its name in full."""
    full = other.parties.get(party, party)
    return next((name for name, own in program.parties.items() if own == full), full)
