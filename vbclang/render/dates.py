"""The dates of a contract as a table, and as a calendar that other programs read."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256

from vbclang.calendar.labels import short_day_label
from vbclang.render.document import Column, Document, Heading, Prose, Table
from vbclang.settle.dates import Date


def document(contract: str, dates: tuple[Date, ...]) -> Document:
    """A table of dates, year by year."""
    if not dates:
        return (Heading(f"Dates: {contract}", 1), Prose("There are none."))
    parts: list[Heading | Prose | Table] = [Heading(f"Dates: {contract}", 1)]
    for year in sorted({each.day.year for each in dates}):
        rows = tuple((short_day_label(each.day), each.party, each.what, _by(each)) for each in dates if each.day.year == year)
        columns = (Column("Day"), Column("Who"), Column("What"), Column("By"))
        parts += [Heading(str(year), 2), Table(columns, rows)]
    return tuple(parts)


def _by(each: Date) -> str:
    """By what it is so: a clause or data, and of which contract where that is another."""
    return " in ".join(part for part in (each.of, each.contract) if part)


def calendar(contract: str, dates: tuple[Date, ...]) -> bytes:
    """The dates in the form of iCalendar (RFC 5545), each a whole day. The same dates give the same bytes. ``ImportError`` where the
    library for it is not installed.
    """
    from icalendar import Calendar, Event

    made = Calendar()
    made.add("prodid", "-//vbclang//dates//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", contract)
    for each in dates:
        event = Event()
        who = f"{each.party}: " if each.party and not each.what.startswith(each.party) else ""
        event.add("summary", f"{who}{each.what}" + (f" ({each.contract})" if each.contract else ""))
        event.add("description", f"{contract}, {_by(each)}")
        event.add("dtstart", each.day)
        event.add("dtstamp", datetime(each.day.year, each.day.month, each.day.day, tzinfo=UTC))
        event.add("uid", sha256(f"{contract}|{each.day}|{each.party}|{each.what}|{_by(each)}".encode()).hexdigest()[:32] + "@vbclang")
        event.add("transp", "TRANSPARENT")
        made.add_component(event)
    return bytes(made.to_ical())
