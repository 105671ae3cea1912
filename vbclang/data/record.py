"""`record.csv` -> the record: what was delivered, notified, decided and paid, each line with the day on which it was received.

A line is read by what it is: a delivery of data, an event, a notice or a waiver under a clause, a payment. What does not fit is told with
its row and column, and never with what stands there. The record is only ever added to: numbers rise, and no line was received before the
one above it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path, PurePosixPath
from typing import TypeVar

from attrs import field, frozen

from vbclang.calendar.labels import day_label
from vbclang.core.declared import ColumnDeclaration
from vbclang.core.nodes import State
from vbclang.core.program import Flow, Member, Program
from vbclang.core.record import ENTRY_KINDS, Entry, EntryKind, Record, Stage
from vbclang.data.cells import Expected, read_cell, read_day
from vbclang.data.faults import WORDINGS, Fault
from vbclang.data.fed import delivered, keys_of
from vbclang.data.figures import FIGURES_FILE
from vbclang.data.files import is_there
from vbclang.data.hints import column_hint
from vbclang.data.keyed import category_places
from vbclang.data.members import places_of, unknown_hint
from vbclang.data.periods import period_hint, period_reader
from vbclang.data.tables import Table, duplicate_headings, read_table, without_headings
from vbclang.data.versions import grain_of, provisional_file
from vbclang.data.wording import UNSETTLED, listed, nearest
from vbclang.source import Diagnostic, Diagnostics, Span
from vbclang.types.kinds import Grain, money

RECORD_FILE = "record.csv"
"""The name of the record in the folder of the data."""

HEADINGS = ("number", "received", "what", "of", "period", "stage", "on", "until", "for", "by", "amount", "file")
"""Its own headings, besides those of the events' columns. The first four are always there."""

Members = Mapping[str, tuple[Member, ...]]
_T = TypeVar("_T")


class _Wrong(Exception):
    """A line cannot be read: its code, the column, and why."""

    def __init__(self, code: str, heading: str, why: str) -> None:
        super().__init__(why)
        self.code, self.heading, self.why = code, heading, why


def read_record(program: Program, members: Members, folder: Path, as_of: date | None) -> tuple[Record, Diagnostics]:
    """The record in ``folder`` as it was at the end of the day ``as_of`` (None: with all its lines), and what is wrong with it. Without a
    file nothing is known to have happened.
    """
    if not is_there(folder / RECORD_FILE):
        return Record((), as_of), ()
    table, found = read_table(folder / RECORD_FILE, RECORD_FILE)
    if table is None:
        return Record((), as_of), found
    found = (*found, *_headings(program, table))
    if any(diagnostic.code in ("D007", "D008") for diagnostic in found):
        return Record((), as_of), found
    entries, wrong = _entries(program, members, folder, table)
    if as_of is None:
        as_of = max((entry.received for entry in entries), default=None)
    known = tuple(entry for entry in entries if as_of is None or entry.received <= as_of)
    return Record(known, as_of, frozenset(entry.of for entry in entries if entry.what == "delivery")), (*found, *wrong)


def files_named(folder: Path) -> dict[str, tuple[str, ...]]:
    """The files that the record names for deliveries of each data and what replaces them; only those that are there."""
    if not is_there(folder / RECORD_FILE):
        return {}
    table, _ = read_table(folder / RECORD_FILE, RECORD_FILE)
    places = [None if table is None else table.place(heading) for heading in ("what", "of", "file")]
    if table is None or None in places:
        return {}
    found: dict[str, dict[str, None]] = {}
    for _, cells in table.rows:
        what, of, file = (cells[place].strip() for place in places if place is not None)
        if what.casefold() in ("delivery", "replacement") and file and not _leads_out(file) and is_there(folder / file):
            found.setdefault(" ".join(of.split()), {})[file] = None
    return {of: tuple(files) for of, files in found.items()}


def _leads_out(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name


def _headings(program: Program, table: Table) -> Diagnostics:
    own = {column.heading for event in program.events.values() for column in event.columns}
    if headless := without_headings(table, HEADINGS):
        return headless
    missing = [f"“{heading}”" for heading in HEADINGS[:4] if heading not in table.headings]
    twice = duplicate_headings(table, frozenset({*HEADINGS, *own}))
    extra = [f"“{heading}”" for heading in table.headings if heading and heading not in {*HEADINGS, *own}]
    unused = f"{RECORD_FILE} has columns that are not used: {listed(extra)}."
    lacking = f"{RECORD_FILE} has no column {listed(missing)}. Its headings are {listed(HEADINGS, most=20)}. {UNSETTLED}"
    return (
        *twice,
        *((Diagnostic("D009", unused, Span(RECORD_FILE, 0, 0)),) if extra else ()),
        *((Diagnostic("D007", lacking, Span(RECORD_FILE, 0, 0)),) if missing and table.headings else ()),
    )


def _entries(program: Program, members: Members, folder: Path, table: Table) -> tuple[list[Entry], Diagnostics]:
    entries: list[Entry] = []
    wrong: list[Diagnostic] = []
    for row, cells in table.rows:
        line = _Line(program, members, folder, dict(zip(table.headings, (cell.strip() for cell in cells), strict=True)))
        try:
            entries.append(_in_order(line.entry(), entries))
        except _Wrong as fault:
            message = f"{RECORD_FILE}, row {row}, column “{fault.heading}”: {fault.why} {UNSETTLED}"
            wrong.append(Diagnostic(fault.code, message, Span(RECORD_FILE, 0, 0)))
    return entries, tuple(wrong)


def _in_order(entry: Entry, before: list[Entry]) -> Entry:
    """The entry, if it may stand behind those before it."""
    if any(earlier.number == entry.number for earlier in before):
        raise _Wrong("D051", "number", "another line has this number. Every line has a number of its own.")
    if before and entry.number < before[-1].number:
        raise _Wrong("D051", "number", "the numbers rise from line to line, and this is below the one before. Lines are added at the end.")
    if before and entry.received < before[-1].received:
        why = f"a line above it was received on {day_label(before[-1].received)}, which is later. Lines are added in the order of receipt."
        raise _Wrong("D051", "received", why)
    if entry.what == "replacement" and not any(_is_replaced(earlier, entry) for earlier in before):
        why = f"no final delivery of {entry.of} for this period stands above it, so there is nothing to replace. Record it as a delivery."
        raise _Wrong("D050", "what", why)
    return entry


def _is_replaced(earlier: Entry, entry: Entry) -> bool:
    return (earlier.what, earlier.of, earlier.period, earlier.stage) == ("delivery", entry.of, entry.period, "final")


# -- one line ------------------------------------------------------------------------------------------------------------


@frozen(eq=False)
class _Line:
    """One line of the record: its cells by heading."""

    program: Program
    members: Members
    folder: Path
    cells: Mapping[str, str]
    used: set[str] = field(factory=set, init=False)

    def entry(self) -> Entry:
        number, received = self._number(), self._day("received", wanted=True)
        assert received is not None
        what = self._one_of("what", ENTRY_KINDS)
        match what:
            case "delivery":
                entry = self._delivery(number, received)
            case "replacement":
                entry = self._replacement(number, received)
            case "event":
                entry = self._event(number, received)
            case _:
                entry = self._of_clause(number, received, what)
        self._nothing_more(what)
        return entry

    def _delivery(self, number: int, received: date) -> Entry:
        name = self._name("of", self._delivered(), _DELIVERED)
        early: tuple[Stage, ...] = ("provisional",) if (name, "provisional") in self.program.dues else ()
        late: tuple[Stage, ...] = ("final",) if (name, "final") in self.program.dues or not early else ()
        stage: Stage = self._one_of("stage", (*early, *late))
        period = self._period(grain_of(self.program, name))
        return Entry(number, received, "delivery", name, period=period, stage=stage, file=self._file(name, stage))

    def _delivered(self) -> list[str]:
        """What may be delivered: data that are due after a period, and measures that arrive worked out."""
        return sorted({*(name for name, _ in self.program.dues), *(figure.name for figure in self.program.worked_out)})

    def _replacement(self, number: int, received: date) -> Entry:
        name = self._name("of", self._delivered(), _DELIVERED)
        period = self._period(grain_of(self.program, name))
        self._wanted("file")
        file = self._file(name, "final")
        if file == delivered(self.program)[name]:
            raise _Wrong("D050", "file", f"what takes the place of data stands in a file of its own, besides {file}.")
        return Entry(number, received, "replacement", name, period=period, stage="final", file=file)

    def _event(self, number: int, received: date) -> Entry:
        event = self.program.events[self._name("of", list(self.program.events), "event")]
        on, until = self._day("on", wanted=True), self._day("until")
        assert on is not None
        self._in_term("on", on)
        if on > received:
            raise _Wrong("D053", "on", f"this lies after the day of receipt, {day_label(received)}: nobody notifies what has not happened.")
        if until is not None and until < on:
            raise _Wrong("D053", "until", "a state ends on the day on which it began, or later.")
        self._by(event.by)
        cells = tuple((column.name, self._cell(column)) for column in event.columns)
        period = self._any_period()
        return Entry(number, received, "event", event.name, on, until, period, members=self._member(event.axes), cells=cells)

    def _of_clause(self, number: int, received: date, what: EntryKind) -> Entry:
        name = self._name("of", sorted(self.program.clauses), "clause")
        on = self._day("on", wanted=what != "waiver")
        if on is not None and (what != "payment" or on < self.program.grid.start):  # what is due at the end is paid after it
            self._in_term("on", on)
        flow = self.program.flows.get(name)
        if what in ("waiver", "payment") and flow is None:
            raise _Wrong("D050", "of", f"this clause moves no money, so there is no {what} of it.")
        if what == "waiver" and flow is not None:
            self._may_waive(flow)
        period = self._period(flow.grain) if flow is not None else None
        amount = self._amount() if what == "waiver" else None
        axes = tuple(sorted(flow.axes)) if flow is not None else next((p.axes for p in self.program.provisions if p.key == name), ())
        return Entry(number, received, what, name, on, period=period, amount=amount, members=self._member(axes))

    def _may_waive(self, flow: Flow) -> None:
        if flow.waived_by is None:
            raise _Wrong("D054", "of", "by the contract nobody may waive what this clause makes due.")
        self._by(flow.waived_by)

    # -- cells -----------------------------------------------------------------------------------------------------------

    def _text(self, heading: str) -> str:
        self.used.add(heading)
        return self.cells.get(heading, "")

    def _wanted(self, heading: str) -> str:
        text = self._text(heading)
        if not text:
            raise _Wrong("D050", heading, "this line wants something here.")
        return text

    def _number(self) -> int:
        text = self._wanted("number")
        if not text.isdigit():
            raise _Wrong("D051", "number", "a whole number is wanted: 1, 2, 3.")
        return int(text)

    def _day(self, heading: str, *, wanted: bool = False) -> date | None:
        text = self._wanted(heading) if wanted else self._text(heading)
        if not text:
            return None
        day = read_day(text)
        if isinstance(day, Fault):
            raise _Wrong("D025", heading, f"{WORDINGS[day].what}. {WORDINGS[day].instead}")
        return day

    def _in_term(self, heading: str, day: date) -> None:
        grid = self.program.grid
        if not grid.start <= day < grid.end:
            first, last = day_label(grid.start), day_label(grid.end - timedelta(days=1))
            raise _Wrong("D053", heading, f"this day lies outside the term, {first} to {last}.")

    def _one_of(self, heading: str, words: tuple[_T, ...]) -> _T:
        text = self._wanted(heading).casefold()
        found = next((word for word in words if str(word) == text), None)
        if found is None:
            raise _Wrong("D050", heading, f"here may stand {listed(map(str, words), 'or')}.")
        return found

    def _name(self, heading: str, known: list[str], what: str) -> str:
        text = " ".join(self._wanted(heading).split())
        if text in known:
            return text
        near = nearest(text, known)
        meant = f" Is “{near}” meant?" if near else f" There are: {listed(known)}." if known else ""
        raise _Wrong("D050", heading, f"the contract has no {what} of this name.{meant}")

    def _period(self, grain: Grain) -> tuple[Grain, int]:
        if grain >= Grain.TERM:
            self.used.add("period")
            return grain, 0
        found = period_reader(self.program.grid, grain)(self._wanted("period"))
        if isinstance(found, Fault):
            raise _Wrong("D052", "period", f"{WORDINGS[found].what}. {period_hint(self.program.grid, grain)}")
        return grain, found

    def _any_period(self) -> tuple[Grain, int] | None:
        """The period of which the line speaks, of whatever length; None where it names none."""
        text = self._text("period")
        if not text:
            return None
        is_day = not isinstance(read_day(text), Fault)  # which lies in a period of every length
        for grain in (Grain.MONTH, Grain.QUARTER, Grain.YEAR):
            found = period_reader(self.program.grid, grain)(text)
            if not isinstance(found, Fault) and not is_day:
                return grain, found
        raise _Wrong("D052", "period", f"{WORDINGS[Fault.NOT_A_PERIOD].what}. {period_hint(self.program.grid, Grain.QUARTER)}")

    def _file(self, data: str, stage: Stage) -> str | None:
        name = self._text("file")
        if _leads_out(name):
            raise _Wrong("D003", "file", "name a file in the folder of the data, without a path that leads out of it.")
        own = delivered(self.program).get(data, name)
        if name and name != own and data in self._decided:
            why = f"rows of {data} are attributed, or decide whose others are: all deliveries of it stand together in {own}."
            raise _Wrong("D050", "file", why)
        if name and name != own and not is_there(self.folder / name):
            raise _Wrong("D050", "file", "there is no such file in the folder of the data.")
        if not name and stage == "provisional":
            self._is_there_early(data)
        return name or None

    def _is_there_early(self, data: str) -> None:
        """Refuse provisional data that a clause is paid on, recorded as delivered, of which there is no file; unless their figures are
        delivered worked out.
        """
        own = delivered(self.program).get(data)
        if own is None or not keys_of(self.program, data) & self.program.read_early:
            return
        if not any(is_there(self.folder / provisional_file(file)) for file in (own, FIGURES_FILE)):
            there = f"the provisional data stand in {provisional_file(own)}, and there is no such file in the folder."
            raise _Wrong("D050", "file", f"{there} Put it there, or name here the file in which they stand.")

    @property
    def _decided(self) -> frozenset[str]:
        """The data whose rows are attributed, and those that decide whose rows are."""
        pairs = [(rows.name, rows.attribution.by) for rows in self.program.row_files if rows.attribution is not None]
        return frozenset(name for pair in pairs for name in pair)

    def _by(self, party: str | None) -> None:
        text = " ".join(self._text("by").split())
        if text and party is not None and text != party:
            raise _Wrong("D054", "by", f"by the contract it is for {party} to do so.")

    def _amount(self) -> Fraction | None:
        text = self._text("amount")
        if not text:
            return None
        found = read_cell(text, Expected(money(self.program.currency), lowest=Fraction(0)))
        if isinstance(found, tuple):
            return Fraction(*found)
        why = f"{WORDINGS[found].what}. {WORDINGS[found].instead}" if isinstance(found, Fault) else "an amount is wanted."
        raise _Wrong("D050", "amount", why)

    def _member(self, axes: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
        """For whom the line is; it names one member where there is one list or class of parties."""
        text = self._text("for") if not axes else self._wanted("for")
        if not axes:
            if text:
                raise _Wrong("D050", "for", "this is the same for all, so nothing stands here.")
            return ()
        words = [word.strip() for word in text.split(";")]
        if len(words) != len(axes):
            raise _Wrong("D050", "for", f"here stands one of each of {listed(axes)}, with a semicolon between them.")
        found: list[tuple[str, int]] = []
        for axis, word in zip(axes, words, strict=True):
            places = places_of(self.members[axis])
            if word not in places:
                raise _Wrong("D028", "for", unknown_hint(axis, places, word))
            found.append((axis, places[word]))
        return tuple(found)

    def _cell(self, column: ColumnDeclaration) -> Fraction | State:
        places = category_places(column.kind, self.members)
        expected = Expected(column.kind, column.fraction, column.blank, column.codes, None, None, places)
        found = read_cell(self._text(column.heading), expected)
        if isinstance(found, Fault):
            hint = column_hint(found, expected)
            raise _Wrong(WORDINGS[found].code, column.heading, f"{WORDINGS[found].what}. {hint or WORDINGS[found].instead}")
        return Fraction(*found) if isinstance(found, tuple) else found

    def _nothing_more(self, what: str) -> None:
        extra = next((heading for heading, text in self.cells.items() if text and heading not in self.used), None)
        if extra is not None and (extra in HEADINGS or any(extra == c.heading for e in self.program.events.values() for c in e.columns)):
            raise _Wrong("D050", extra, f"{_ARTICLE[what]} says nothing here. Leave the cell empty.")


_DELIVERED = "data that are due after a period, and no measure that somebody reports,"

_ARTICLE = {
    "delivery": "a delivery",
    "replacement": "a replacement",
    "event": "this event",
    "notice": "a notice",
    "waiver": "a waiver",
    "payment": "a payment",
}
