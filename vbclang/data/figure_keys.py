"""What a row of `figures.csv` is about: which of its columns name the period and the members of a measure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import prod

from attrs import frozen

from vbclang.core.declared import WorkedOutFigure
from vbclang.core.program import Axis, Member, Program
from vbclang.data.faults import Fault
from vbclang.data.keys import Placed, Row
from vbclang.data.members import places_of, unknown_hint
from vbclang.data.periods import period_hint, period_reader
from vbclang.data.tables import Table, duplicate_headings, without_headings
from vbclang.data.tally import Tally, in_column
from vbclang.data.wording import UNSETTLED, listed, nearest
from vbclang.source import Diagnostic, Diagnostics, Span
from vbclang.types.kinds import Grain

OWN_HEADINGS = ("measure", "party", "member", "period", "numerator", "denominator", "value")
"""The headings that the file may have besides the names of axes."""


@frozen(eq=False)
class Headings:
    """Where each heading stands. Large and small letters are one; a heading that stands there twice is not used."""

    places: Mapping[str, int]

    def at(self, heading: str) -> int | None:
        """The place of a column; None where there is none."""
        return self.places.get(heading.casefold())


def headings_of(table: Table, program: Program) -> tuple[Headings, Diagnostics]:
    """The table's headings, and what is wrong with them."""
    known = {heading.casefold(): heading for heading in (*OWN_HEADINGS, *program.axes)}
    folded = [heading.casefold() for heading in table.headings]
    if headless := without_headings(Table(table.file, tuple(folded), []), OWN_HEADINGS):
        return Headings({}), headless
    places = {heading: folded.index(heading) for heading in known if folded.count(heading) == 1}
    twice = duplicate_headings(Table(table.file, tuple(folded), []), frozenset(known))
    return Headings(places), (*twice, *_without_measure(table, places), *_unknown(table, known))


def _without_measure(table: Table, places: Mapping[str, int]) -> Diagnostics:
    if "measure" in places or not table.headings:
        return ()
    message = f"{table.file} has no column “measure”. Its headings may be {listed(OWN_HEADINGS)}. {table.found} {UNSETTLED}"
    return (Diagnostic("D007", message, Span(table.file, 0, 0)),)


def _unknown(table: Table, known: Mapping[str, str]) -> Diagnostics:
    extra = [heading for heading in table.headings if heading and heading.casefold() not in known]
    if not extra:
        return ()
    meant = [f"“{near}” for “{heading}”" for heading in extra if (near := nearest(heading, known.values()))]
    message = f"{table.file} has columns that are not used: {listed(f'“{heading}”' for heading in extra)}."
    return (Diagnostic("D009", f"{message} Is {listed(meant)} meant?" if meant else message, Span(table.file, 0, 0)),)


@frozen(eq=False)
class Subject:
    """What a measure has figures for: its periods, and the members of its axes in the order of the contract."""

    program: Program
    name: str
    grain: Grain
    axes: tuple[str, ...]
    members: tuple[tuple[Member, ...], ...]
    before: int
    """So many of the periods lie before the term."""

    @classmethod
    def of(cls, program: Program, members: Mapping[str, tuple[Member, ...]], figure: WorkedOutFigure) -> Subject:
        """The subject of ``figure``, by the type of its input."""
        kind = program.inputs[figure.value].type
        axes = tuple(axis for axis in program.axes if axis in kind.axes)
        return cls(program, figure.name, kind.grain, axes, tuple(members[axis] for axis in axes), program.inputs[figure.value].history)

    @property
    def shape(self) -> tuple[int, ...]:
        """Periods, those before the term first, then the members of each axis."""
        return (self.before + self.program.grid.count(self.grain), *(len(members) for members in self.members))

    @property
    def about(self) -> str:
        """In words: `Hospital and month`."""
        return listed((*self.axes, self.grain.words))


def placed_figures(subject: Subject, headings: Headings, rows: list[Row], tally: Tally) -> list[Placed]:
    """The rows of one measure whose period and members are all known; of each other row the first fault is counted."""
    finder = _Finder.of(subject, headings, tally)
    found = [(number, cells, finder.place(number, cells)) for number, cells in rows]
    return [Placed(number, cells, place) for number, cells, place in found if place is not None]


@frozen(eq=False)
class _Finder:
    """Finds the place of a row of one measure. ``unwanted``: the columns that name what the measure has no figures for."""

    subject: Subject
    period: _Period
    members: tuple[_Member, ...]
    unwanted: Mapping[str, int]
    tally: Tally

    @classmethod
    def of(cls, subject: Subject, headings: Headings, tally: Tally) -> _Finder:
        members = tuple(_Member.of(subject, headings, n) for n in range(len(subject.axes)))
        return cls(subject, _Period.of(subject, headings), members, _unwanted(headings, subject, members), tally)

    def place(self, number: int, cells: tuple[str, ...]) -> int | None:
        """The index into the flattened array of the subject's shape; None where something is wrong, which is counted."""
        place = self.period.find(number, cells, self.tally)
        for n, finder in enumerate(self.members):
            member = None if place is None else finder.find(number, cells, self.tally)
            place = None if place is None or member is None else place + member * prod(self.subject.shape[n + 2 :])
        return None if place is None or not self._names_no_other(number, cells) else place

    def _names_no_other(self, number: int, cells: tuple[str, ...]) -> bool:
        for heading, at in self.unwanted.items():
            if cell := cells[at].strip():
                self.tally.add(in_column(heading), Fault.MEMBER_UNWANTED, number, cell, f"The measure is “{self.subject.name}”.")
                return False
        return True


@frozen(eq=False)
class _Period:
    """Finds the period of a row. A measure with one figure for the whole term needs none."""

    subject: Subject
    at: int | None
    read: Callable[[str], int | Fault]

    @classmethod
    def of(cls, subject: Subject, headings: Headings) -> _Period:
        return cls(subject, headings.at("period"), period_reader(subject.program.grid, subject.grain, subject.before))

    def find(self, number: int, cells: tuple[str, ...], tally: Tally) -> int | None:
        """The index of the period's first place."""
        text = cells[self.at].strip() if self.at is not None else ""
        if not text and self.subject.grain >= Grain.TERM:
            return 0
        found = self.read(text) if text else Fault.BLANK_KEY
        if isinstance(found, Fault):
            hint = "" if found is Fault.OUTSIDE_TERM else period_hint(self.subject.program.grid, self.subject.grain)
            tally.add(in_column("period"), found, number, text, hint)
            return None
        return found * prod(self.subject.shape[1:])


@frozen(eq=False)
class _Member:
    """Finds the member of one axis in the columns that may name it, of which a row fills one."""

    subject: str
    axis: str
    places: Mapping[str, int]
    headings: tuple[str, ...]
    at: tuple[int, ...]

    @classmethod
    def of(cls, subject: Subject, headings: Headings, n: int) -> _Member:
        may = naming(subject.program, subject.axes, n)
        at = tuple(place for heading in may if (place := headings.at(heading)) is not None)
        return cls(subject.name, subject.axes[n], places_of(subject.members[n]), may, at)

    def find(self, number: int, cells: tuple[str, ...], tally: Tally) -> int | None:
        """The member's place."""
        filled = [cells[at].strip() for at in self.at if cells[at].strip()]
        if len(filled) != 1:
            columns = listed((f"“{heading}”" for heading in self.headings), "or")
            hint = f"“{self.subject}” has a figure for each member of {self.axis}. Name one in a column {columns}."
            tally.add(self.subject, Fault.MEMBER_UNCLEAR, number, "", hint)
            return None
        place = self.places.get(filled[0])
        if place is None:
            tally.add(
                f"{self.axis} of “{self.subject}”", Fault.UNKNOWN_MEMBER, number, filled[0], unknown_hint(self.axis, self.places, filled[0])
            )
        return place


def naming(program: Program, axes: tuple[str, ...], n: int) -> tuple[str, ...]:
    """The headings whose cells may name a member of ``axes[n]``: its own name; `party` or `member` where no other axis of the measure
    could be meant by it.
    """
    own = (axes[n],) if axes[n].casefold() in axis_headings(program) else ()
    party = _is_party(program, program.axes[axes[n]])
    alike = [axis for axis in axes if _is_party(program, program.axes[axis]) is party]
    if len(axes) == 1:
        return (*own, "party", "member")
    return (*own, "party" if party else "member") if len(alike) == 1 else own


def axis_headings(program: Program) -> set[str]:
    """The headings (folded) that name an axis. A list called Measure has none: that heading is the file's own."""
    return {axis.casefold() for axis in program.axes}.difference(OWN_HEADINGS)


def _is_party(program: Program, axis: Axis) -> bool:
    return axis.open or any(member.name in program.parties for member in axis.members)


def _unwanted(headings: Headings, subject: Subject, finders: tuple[_Member, ...]) -> dict[str, int]:
    """The columns that name members of something that this measure has no figures for."""
    used = {at for finder in finders for at in finder.at}
    naming_columns = {"party", "member"} | axis_headings(subject.program)
    return {heading: at for heading, at in headings.places.items() if heading in naming_columns and at not in used}
