"""Which delivery of data counts for each period, on some day (the semantics, 2.3).

Final data of a period: the latest that was received by its due day; if there was none, the first that came after it; but where the parties
have agreed on others in its place, those. Provisional data: the latest. Each delivery may stand in a file of its own. Of data of which no
delivery is recorded the file in the folder counts as received on the day on which it was due.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import PurePosixPath

from attrs import field, frozen

from vbclang.core.due import data_due, known_day
from vbclang.core.program import Program
from vbclang.core.record import Entry, Record, Stage, View
from vbclang.data.fed import delivered
from vbclang.types.kinds import Grain


def provisional_file(file: str) -> str:
    """Where provisional data stand, of which the record names no file: beside the final ones."""
    path = PurePosixPath(file)
    return str(path.with_name(f"{path.stem}_provisional{path.suffix}"))


def file_of(program: Program, entry: Entry) -> str:
    """The file in which a recorded delivery stands."""
    own = delivered(program)[entry.of]
    return entry.file or (own if entry.stage == "final" else provisional_file(own))


@frozen
class Choice:
    """The file that counts for each delivered period, by its place in the grain ``own``; in all others (and where ``own`` is None, in all)
    ``otherwise``, or none. ``before``: the one that holds what lies before the term.
    """

    otherwise: str | None
    before: str
    own: Grain | None = None
    files: Mapping[int, str] = field(factory=dict)

    def file(self, program: Program, grain: Grain, place: int) -> str | None:
        """The file that counts for a period of any grain; of a longer one that of the last delivery in it. None: none was delivered."""
        if place < 0:
            return self.before
        if self.own is None:
            return self.otherwise
        if self.own >= Grain.TERM:
            return self.files.get(0, self.otherwise)
        if grain >= Grain.TERM:
            return self.files[max(self.files)] if self.files else self.otherwise
        if self.own >= grain:
            return self.files.get(program.grid.containing(grain, place, self.own), self.otherwise)
        inside = [at for at in program.grid.within(grain, place, self.own) if at in self.files]
        return self.files[inside[-1]] if inside else self.otherwise

    @property
    def known(self) -> tuple[object, ...]:
        """What two choices must have in common to be the same."""
        return self.otherwise, self.own, tuple(sorted(self.files.items()))

    @property
    def single(self) -> str | None:
        """The one file that counts for all that was delivered; None where there are several, or none."""
        used = {*self.files.values(), *(() if self.otherwise is None else (self.otherwise,))}
        return next(iter(used)) if len(used) == 1 else None


def chosen(program: Program, record: Record, data: str, there: Collection[str], view: View, day: date | None) -> Choice:
    """What counts of some data on a ``day`` (None: of all that was received). For what is paid on provisional data (``view``) that is the
    final delivery of each period that has one, else the provisional one; the ``latest`` is the last that came. ``there``: the
    files of these data in the folder.
    """
    own = delivered(program)[data]
    if data not in record.delivers:
        early = provisional_file(own)
        return Choice(own, own) if view != "provisional" or early not in there else _by_due_days(program, data, own, early, day)
    files = _files(program, record, data, "latest" if view == "latest" else "final", day)
    if view == "provisional":
        files = {**_files(program, record, data, "provisional", day), **files}
    return Choice(None, own, grain_of(program, data), files)


def chosen_figure(program: Program, key: str, final: str, early: str, day: date | None) -> Choice:
    """The same of a figure that arrives worked out, by the days on which it is known; both files are there."""
    known, grain = program.inputs[key].known, program.inputs[key].type.grain
    if day is None or known is None or known.provisional is None or grain >= Grain.TERM:
        return Choice(final, final)
    grid = program.grid
    open_yet = [at for at in range(grid.count(grain)) if known_day(program, known, grid.last_day(grain, at), 0) > day]
    return Choice(final, final, grain, dict.fromkeys(open_yet, early))


def grain_of(program: Program, name: str) -> Grain:
    """The periods of which data, or a measure that somebody reports, are delivered."""
    due = next((due for (of, _), due in program.dues.items() if of == name), None)
    if due is None and name in program.figures:
        return program.figures[name].type.grain
    return Grain.TERM if due is None or due.grain is None else due.grain


def _by_due_days(program: Program, data: str, own: str, early: str, day: date | None) -> Choice:
    """The provisional file until the day on which the final data of a period are due."""
    grain = grain_of(program, data)
    if day is None or grain >= Grain.TERM:
        return Choice(own, own)
    periods = (program.grid.period(grain, at) for at in range(program.grid.count(grain)))
    return Choice(
        own, own, grain, {p.index: early for p in periods if (due := data_due(program, data, "final", p)) is not None and due > day}
    )


def _files(program: Program, record: Record, data: str, view: View, day: date | None) -> dict[int, str]:
    """The file of the delivery that counts, for each period of which there is one by the day."""
    return {at: file_of(program, entry) for at, entry in counting(program, record, data, view, day).items()}


def counting(program: Program, record: Record, data: str, view: View, day: date | None) -> dict[int, Entry]:
    """What counts, so looked at, of some data for each period of which anything was received by the day: a delivery or, of final data,
    what has taken its place by agreement; the ``latest`` is whichever of them came last.
    """
    stage: Stage = "provisional" if view == "provisional" else "final"
    received: dict[int, list[Entry]] = {}
    for entry in record.of("delivery", data):
        if entry.stage == stage and entry.period is not None and (day is None or entry.received <= day):
            received.setdefault(entry.period[1], []).append(entry)
    found = {at: _counting(program, data, view, at, entries) for at, entries in received.items()}
    for entry in record.of("replacement", data):
        if view == "provisional" or entry.period is None or (day is not None and entry.received > day):
            continue
        if view == "final" or entry.period[1] not in found or found[entry.period[1]].number < entry.number:
            found[entry.period[1]] = entry
    return found


def _counting(program: Program, data: str, view: View, place: int, entries: list[Entry]) -> Entry:
    if view != "final":
        return entries[-1]
    grain = grain_of(program, data)
    due = data_due(program, data, "final", program.grid.period(grain, place if grain < Grain.TERM else 0))
    in_time = [entry for entry in entries if due is not None and entry.received <= due]
    return in_time[-1] if in_time else entries[0]
