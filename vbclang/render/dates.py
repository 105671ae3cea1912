"""The dates of a contract as a table, and as a calendar that other programs read."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256

from vbclang.render.document import Column, Document, Heading, Prose, Table
from vbclang.settle.dates import Date

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def document(contract: str, dates: tuple[Date, ...]) -> Document:
    """A table of dates, year by year."""
    if not dates:
        return (Heading(f"Dates: {contract}", 1), Prose("There are none."))
    parts: list[Heading | Prose | Table] = [Heading(f"Dates: {contract}", 1)]
    for year in sorted({each.day.year for each in dates}):
        rows = tuple((_day(each), each.party, each.what, each.of) for each in dates if each.day.year == year)
        columns = (Column("Day"), Column("Who"), Column("What"), Column("By"))
        parts += [Heading(str(year), 2), Table(columns, rows)]
    return tuple(parts)


def _day(each: Date) -> str:
    return f"{each.day.day} {_MONTHS[each.day.month - 1]} {each.day.year}"


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
        event.add("summary", f"{who}{each.what}")
        event.add("description", f"{contract}, {each.of}")
        event.add("dtstart", each.day)
        event.add("dtstamp", datetime(each.day.year, each.day.month, each.day.day, tzinfo=UTC))
        event.add("uid", sha256(f"{contract}|{each.day}|{each.party}|{each.what}|{each.of}".encode()).hexdigest()[:32] + "@vbclang")
        event.add("transp", "TRANSPARENT")
        made.add_component(event)
    return bytes(made.to_ical())
