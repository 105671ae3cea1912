"""A statement as a table for a person, as JSON and as CSV for a program."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from vbclang.calendar.labels import short_day_label
from vbclang.render.document import Column, Document, Heading, Prose, Table
from vbclang.render.plain import Value, csv_text, exact, json_text
from vbclang.render.terminal import text
from vbclang.settle.inputs import Digest, Inputs
from vbclang.settle.statement import Booking, GuaranteeFinding, Line, Net, Statement, Total
from vbclang.settle.verify import FORM
from vbclang.settle.words import linked as linked_name
from vbclang.settle.words import money
from vbclang.types.kinds import CURRENCIES

UNDETERMINED = "not determined"


def table(statement: Statement, colour: bool = False) -> str:
    """The statement for a terminal or a text file: by period, then the totals and what is still open."""
    return text(document(statement), colour)


def document(statement: Statement) -> Document:
    """The same as a neutral document: the contract's own statement, those of the contracts that it reads, and what all come to."""
    linked = (part for each in statement.linked for part in _linked(each.name, each.statement))
    return (*_own(statement, f"Statement: {statement.contract}"), *linked, *_together(statement))


def _own(statement: Statement, title: str) -> Document:
    if not statement.lines:
        nothing = "There is nothing to settle: no figure has arrived for a period of these clauses and parties."
        return (Heading(title), Prose(nothing), *_notes(statement))
    money_parts = (*_totals(statement.totals, statement, "Totals"), *_booked(statement), *_netted(statement))
    return (Heading(title), *_periods(statement), *money_parts, *_happenings(statement), *_notes(statement))


def _linked(name: str, statement: Statement) -> Document:
    below = (part for each in statement.linked for part in _linked(f"{each.name} in {name}", each.statement))
    return (*_own(statement, linked_name(name, statement.contract)), *below)


def _together(statement: Statement) -> Document:
    """What all contracts come to, where there are several."""
    found = _totals(statement.together, statement, "All contracts together")
    return (*found, Prose("Parties are named in full here: each contract has its own words for them.")) if found else ()


def _periods(statement: Statement) -> list[Heading | Table]:
    by_period: dict[str, list[Line]] = {}
    for line in statement.lines:
        by_period.setdefault(line.period, []).append(line)
    return [part for period, lines in by_period.items() for part in (Heading(period, 2), _lines(statement, lines))]


_COLUMNS = (
    Column("Clause"),
    Column("Payer"),
    Column("Payee"),
    Column("Amount", "right"),
    Column("Due"),
    Column("Why"),
)


def _lines(statement: Statement, lines: list[Line]) -> Table:
    return Table(_COLUMNS, tuple(_row(statement, line) for line in lines))


def _row(statement: Statement, line: Line) -> tuple[str, ...]:
    amount = UNDETERMINED if line.amount is None else money(line.amount, statement.currency)
    why = line.why
    if line.share_of:
        why = f"part of {money(line.share_of, statement.currency)}; {why}"
    if line.stage is not None:
        why = f"{why} (on {line.stage} data)"
    return (f"{line.number} {line.clause}{_of_whom(line)}", line.payer, line.payee, amount, _due(line), why)


def _of_whom(line: Line) -> str:
    """The members that the line is about, besides the parties that it names anyway."""
    named = [name for _, name in line.members if name not in (line.payer, line.payee)]
    return f" ({', '.join(named)})" if named else ""


def _due(line: Line) -> str:
    return _day(line.due) if line.waits_for is None else f"after {line.waits_for}"


def _day(day: date | None) -> str:
    return "" if day is None else short_day_label(day)


def _happenings(statement: Statement) -> list[Heading | Table]:
    if not statement.happenings:
        return []
    rows = tuple((_day(each.day), each.clause, each.words) for each in statement.happenings)
    return [Heading("What happened", 2), Table((Column("Day"), Column("Clause"), Column("What")), rows)]


def _booked(statement: Statement) -> list[Heading | Table | Prose]:
    """What was booked otherwise than once, on the day on which it was due; and what is to be booked yet."""
    later = [each for each in statement.bookings if each.corrects or each.day is None or each.day != each.line.day]
    if not later:
        return []
    columns = (
        Column("Booked on"),
        Column("Clause"),
        Column("Period"),
        Column("Payer"),
        Column("Payee"),
        Column("Amount", "right"),
        Column("Why"),
    )
    return [Heading("Corrections and late amounts", 2), Table(columns, tuple(_booking(statement, each) for each in later))]


def _booking(statement: Statement, each: Booking) -> tuple[str, ...]:
    line, amount = each.line, money(each.amount, statement.currency)
    assert line.amount is not None
    why = f"it comes to {money(line.amount, statement.currency)}{'' if each.stage is None else f' on {each.stage} data'}: {line.why}"
    to_come = statement.as_of is not None and each.day is not None and each.day > statement.as_of
    day = "no day is left" if each.day is None else f"{_day(each.day)}{' (to come)' if to_come else ''}"
    return (day, f"{line.number} {line.clause}{_of_whom(line)}", line.period, each.payer, each.payee, amount, why)


def _netted(statement: Statement) -> list[Heading | Table]:
    """What is to be paid day by day, each sum with the bookings that it is made of."""
    if not statement.nets:
        return []
    sums = (Column("Due"), Column("Payer"), Column("Payee"), Column("To be paid", "right"))
    parts = (Column("Made of", "right"), Column("Clause"), Column("Period"))
    rows = tuple(row for net in statement.nets for row in _net(statement, net))
    return [Heading("Netted", 2), Table((*sums, *parts), rows)]


def _net(statement: Statement, net: Net) -> Iterator[tuple[str, ...]]:
    to_come = statement.as_of is not None and net.day > statement.as_of
    sums = (f"{_day(net.day)}{' (to come)' if to_come else ''}", net.payer, net.payee, money(net.amount, statement.currency))
    for each in net.made_of:
        part = each.amount if each.payer == net.payer else -each.amount
        line = each.line
        yield (*sums, money(part, statement.currency), f"{line.number} {line.clause}{_of_whom(line)}", line.period)
        sums = ("", "", "", "")
    if net.undetermined:
        amounts = f"{net.undetermined} amount{'' if net.undetermined == 1 else 's'}"
        yield (*sums, UNDETERMINED, f"{amounts} due the same day", "")


def _totals(totals: tuple[Total, ...], statement: Statement, title: str) -> list[Heading | Table]:
    rows = tuple(
        (total.payer, total.payee, money(total.amount, statement.currency), str(total.undetermined) if total.undetermined else "")
        for total in totals
        if total.amount or total.undetermined
    )
    if not rows:
        return []
    columns = (Column("Payer"), Column("Payee"), Column("Total", "right"), Column("Amounts not determined", "right"))
    return [Heading(title, 1 if totals is statement.together else 2), Table(columns, rows)]


def _notes(statement: Statement) -> list[Prose]:
    notes: list[Prose] = []
    if any(line.amount is None for line in statement.lines):
        notes.append(Prose("What is not determined is in no total: it is no debt and no waiver, and waits for the figures that are named."))
    notes.extend(Prose(_guarantee(finding)) for finding in statement.guarantees)
    if statement.settled_to is not None:
        later = "the figures of later periods have not arrived. `--period` settles one all the same."
        notes.append(Prose(f"Settled to {_day(statement.settled_to)}: {later}"))
    if statement.holidays:
        days = ", ".join(f"{_day(day)} ({name})" for day, name in statement.holidays)
        notes.append(Prose(f"Working days in {statement.working_days}. Not counted, besides Saturdays and Sundays: {days}."))
    return notes


def _guarantee(finding: GuaranteeFinding) -> str:
    """In words that nobody can take for a proof."""
    parts = [f"holds in {_periods_of(finding)}"] if finding.held else []
    if finding.broken:
        parts.append(f"does not hold in {', '.join(dict.fromkeys(finding.broken))}")
    if finding.undetermined:
        parts.append(f"cannot be determined in {finding.undetermined}")
    if finding.not_shown:
        parts.append(f"is not shown in {finding.not_shown}, for it rests on counts that are not shown")
    found = f"it {'; it '.join(parts)}" if parts else "nothing can be said of it yet"
    open_ = f"; of {', '.join(finding.not_over)} not all has arrived" if finding.not_over else ""
    return f"Guarantee {finding.name}: on the data at hand {found}{open_}. This is a check, not a proof."


_FEW = 4
"""So many periods are named; more are counted."""


def _periods_of(finding: GuaranteeFinding) -> str:
    count = len(finding.held_in)
    return ", ".join(finding.held_in) if count <= _FEW else f"{count} {finding.each}s"


# -- for programs ------------------------------------------------------------------------------------------------------


def json(statement: Statement) -> str:
    """The statement as JSON. Amounts are texts, exact; one that is not determined is null."""
    return json_text({"form": FORM, **_plain_statement(statement)})


def _plain_statement(statement: Statement) -> dict[str, Value]:
    return {
        "contract": statement.contract,
        "program": f"vbclang {statement.version}",
        "currency": statement.currency,
        "lines": [_plain(line, statement.currency) for line in statement.lines],
        "bookings": [_plain_booking(each, statement.currency) for each in statement.bookings],
        "nets": [_plain_net(net, statement.currency) for net in statement.nets],
        "as_of": statement.as_of,
        "inputs": None if statement.inputs is None else _plain_inputs(statement.inputs),
        "settled_to": statement.settled_to,
        "totals": [_plain_total(total, statement.currency) for total in statement.totals],
        "guarantees_checked_on_these_data": [
            {
                "name": g.name,
                "held": g.held,
                "held_in": list(g.held_in),
                "broken": list(g.broken),
                "not_determined": g.undetermined,
                "not_over": list(g.not_over),
                "not_shown": g.not_shown,
            }
            for g in statement.guarantees
        ],
        "happenings": [{"day": each.day, "what": each.what, "clause": each.clause, "words": each.words} for each in statement.happenings],
        "working_days": statement.working_days,
        "holidays": [{"day": day, "name": name} for day, name in statement.holidays],
        "linked": [{"name": each.name, "statement": _plain_statement(each.statement)} for each in statement.linked],
        "together": [_plain_total(total, statement.currency) for total in statement.together],
    }


def _plain_total(total: Total, currency: str) -> dict[str, Value]:
    return {
        "payer": total.payer,
        "payee": total.payee,
        "amount": _exact(total.amount, currency),
        "lines_not_determined": total.undetermined,
    }


def _plain(line: Line, currency: str) -> dict[str, Value]:
    return {
        "period": line.period,
        "first_day": line.first_day,
        "last_day": line.last_day,
        "number": line.number,
        "clause": line.clause,
        "kind": line.kind,
        "members": dict(line.members),
        "payer": line.payer,
        "payee": line.payee,
        "amount": _exact(line.amount, currency),
        "between": _between(line, currency),
        "part_of": _exact(line.share_of, currency),
        "due": line.due,
        "waits_for": line.waits_for,
        "outcome": line.outcome,
        "on_data": line.stage,
        "why": line.why,
        "missing": list(line.missing),
    }


def _between(line: Line, currency: str) -> dict[str, Value] | None:
    if line.between is None:
        return None
    least, most = line.between
    return {"least": _exact(least, currency), "most": _exact(most, currency)}


def _plain_inputs(inputs: Inputs) -> dict[str, Value]:
    def files(of: tuple[Digest, ...]) -> list[dict[str, Value]]:
        return [{"name": file.name, "sha256": file.sha256, "lines": file.lines} for file in of]

    asked: dict[str, Value] = {"period": inputs.period, "party": inputs.party, "as_of": inputs.as_of}
    return {"contract": files(inputs.contract), "data": files(inputs.data), **asked}


def _plain_booking(each: Booking, currency: str) -> dict[str, Value]:
    return {
        "day": each.day,
        "period": each.line.period,
        "number": each.line.number,
        "clause": each.line.clause,
        "members": dict(each.line.members),
        "payer": each.payer,
        "payee": each.payee,
        "amount": _exact(each.amount, currency),
        "on_data": each.stage,
        "corrects": each.corrects,
    }


def _plain_net(net: Net, currency: str) -> dict[str, Value]:
    return {
        "day": net.day,
        "payer": net.payer,
        "payee": net.payee,
        "amount": _exact(net.amount, currency),
        "made_of": [_plain_booking(each, currency) for each in net.made_of],
        "lines_not_determined": net.undetermined,
    }


_HEADINGS = (
    "contract",
    "period",
    "number",
    "clause",
    "kind",
    "members",
    "payer",
    "payee",
    "amount",
    "part_of",
    "due",
    "outcome",
    "why",
    "missing",
)


def csv(statement: Statement) -> str:
    """The lines as CSV, one row each, those of linked contracts too. An amount that is not determined is an empty cell."""
    return csv_text(_HEADINGS, _rows(statement))


def _rows(statement: Statement) -> Iterator[tuple[Value, ...]]:
    yield from (_cells(statement.contract, line, statement.currency) for line in statement.lines)
    for each in statement.linked:
        yield from _rows(each.statement)


def _cells(contract: str, line: Line, currency: str) -> tuple[Value, ...]:
    members = "; ".join(f"{axis}: {name}" for axis, name in line.members)
    return (
        contract,
        line.period,
        line.number,
        line.clause,
        line.kind,
        members,
        line.payer,
        line.payee,
        _exact(line.amount, currency),
        _exact(line.share_of, currency),
        line.due,
        line.outcome,
        line.why,
        "; ".join(line.missing),
    )


def _exact(amount: Fraction | None, currency: str) -> str | None:
    """An amount in full, with all the places of its currency's smallest coin: ``15000.00``."""
    if amount is None:
        return None
    written, places = exact(amount), CURRENCIES[currency][1]
    whole, _, part = written.partition(".")
    return written if "/" in written or not places else f"{whole}.{part:0<{places}}"
