"""What the parties write into the record of a contract: its headings, who writes which lines, and an example of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import assert_never

from attrs import field, frozen

from vbclang.calendar.deadlines import due_day
from vbclang.calendar.working_days import WorkingDays
from vbclang.core.declared import ColumnDeclaration, EventDeclaration
from vbclang.core.program import Program
from vbclang.core.provisions import Provision
from vbclang.core.record import Cured, EntryKind, Stage
from vbclang.data.fed import delivered
from vbclang.data.record import HEADINGS, RECORD_FILE
from vbclang.data.versions import grain_of
from vbclang.types.kinds import Category, DateKind, Grain, Quantity, Words, YesNo

_AFTER_A_NOTICE = ("right", "termination")
_SHOWN = 10
"""Days after the beginning of the term on which something happens in an example."""


@frozen
class RecordLine:
    """A kind of line, of what it is, who writes it (empty: whoever receives it), and an example by heading."""

    what: EntryKind
    of: tuple[str, ...]
    by: str
    example: Mapping[str, str] = field(eq=False)


@frozen
class WantedRecord:
    """The record: its headings, and each kind of line that the contract can have."""

    headings: tuple[str, ...]
    lines: tuple[RecordLine, ...]
    file: str = RECORD_FILE

    @property
    def examples(self) -> tuple[tuple[str, ...], ...]:
        """The examples as rows of the file, in the order of their days, numbered."""
        in_order = sorted(self.lines, key=lambda line: line.example["received"])
        numbered = ({**line.example, "number": str(number)} for number, line in enumerate(in_order, 1))
        return tuple(tuple(cells.get(heading, "") for heading in self.headings) for cells in numbered)


def wanted_record(program: Program) -> WantedRecord | None:
    """The record, where anything in the contract reads it."""
    if not reads_record(program):
        return None
    lines = tuple(_lines(program))
    used = {heading for line in lines for heading in line.example} | set(HEADINGS[:4])
    own = dict.fromkeys(column.heading for event in program.events.values() for column in event.columns)
    return WantedRecord((*(heading for heading in HEADINGS if heading in used), *own), lines)


def reads_record(program: Program) -> bool:
    """Whether something becomes of what happened or came late: events, lateness, provisions, waivers, money that waits or is kept back."""
    flows = program.flows.values()
    waits = any(flow.waived_by or flow.due_after or flow.release or flow.on_provisional for flow in flows)
    return bool(program.told or program.provisions or program.events or program.held or waits)


def _lines(program: Program) -> Iterator[RecordLine]:
    yield from _deliveries(program)
    yield from (_event(program, event) for event in program.events.values())
    yield from _notices(program)
    yield from _waivers(program)
    yield from _payments(program)


# -- each kind of line -------------------------------------------------------------------------------------------------


def _deliveries(program: Program) -> Iterator[RecordLine]:
    """Deliveries of data and of what is reported, first provisional ones; and what takes the place of final data."""
    names = tuple(dict.fromkeys((*(name for name, _ in program.dues), *(figure.name for figure in program.worked_out))))
    final = tuple(name for name in names if (name, "final") in program.dues or (name, "provisional") not in program.dues)
    early = tuple(name for name in names if (name, "provisional") in program.dues)
    for stage, of in (("provisional", early), ("final", final)):
        if of:
            yield RecordLine("delivery", of, "", _delivery(program, of[0], "final" if stage == "final" else "provisional"))
    if final:
        cells = _delivery(program, final[0], "final")
        received = _written(date.fromisoformat(cells["received"]) + timedelta(days=30))
        file = delivered(program)[final[0]].removesuffix(".csv") + "_agreed.csv"
        kept = {heading: text for heading, text in cells.items() if heading != "stage"}
        yield RecordLine("replacement", final, "", {**kept, "received": received, "what": "replacement", "file": file})


def _delivery(program: Program, name: str, stage: Stage) -> dict[str, str]:
    grain, grid = grain_of(program, name), program.grid
    last = grid.end - timedelta(days=1) if grain >= Grain.TERM else grid.last_day(grain, 0)
    due = program.dues.get((name, stage))
    day = last + timedelta(days=_SHOWN)
    if due is not None and (due.deadline.unit != "working day" or program.working_days):
        day = due_day(due.deadline, last, WorkingDays(program.working_days) if program.working_days else None)
    return {"received": _written(day), "what": "delivery", "of": name, "period": _first(program, grain), "stage": stage, "file": ""}


def _event(program: Program, event: EventDeclaration) -> RecordLine:
    day = _written(program.grid.start + timedelta(days=_SHOWN))
    cured = next((told for told in program.told.values() if isinstance(told, Cured) and told.event == event.name), None)
    cells = {"received": day, "what": "event", "of": event.name, "on": day, "until": "", "by": event.by or ""}
    cells |= {"period": _first(program, program.flows[cured.clause].grain)} if cured and cured.clause in program.flows else {}
    cells |= _for(program, event.axes) | {column.heading: _cell(program, column) for column in event.columns}
    return RecordLine("event", (event.name,), event.by or "", cells)


def _notices(program: Program) -> Iterator[RecordLine]:
    """Of what somebody has to declare: a right, or a termination."""
    by_party: dict[str, list[Provision]] = {}
    for provision in program.provisions:
        if provision.kind in _AFTER_A_NOTICE:
            by_party.setdefault(provision.by or "", []).append(provision)
    day = _written(program.grid.start + timedelta(days=2 * _SHOWN))
    for party, provisions in by_party.items():
        first = provisions[0]
        period = _first(program, program.flows[first.key].grain) if first.key in program.flows else ""
        cells = {"received": day, "what": "notice", "of": first.key, "on": day, **({"period": period} if period else {})}
        yield RecordLine("notice", tuple(each.key for each in provisions), party, cells | _for(program, first.axes))


def _waivers(program: Program) -> Iterator[RecordLine]:
    by_party: dict[str, list[str]] = {}
    for flow in program.flows.values():
        if flow.waived_by:
            by_party.setdefault(flow.waived_by, []).append(flow.key)
    for party, keys in by_party.items():
        flow = program.flows[keys[0]]
        cells = {"received": _after(program, flow.grain, 1), "what": "waiver", "of": flow.key, "period": _first(program, flow.grain)}
        yield RecordLine("waiver", tuple(keys), party, {**cells, "by": party, "amount": ""} | _for(program, tuple(sorted(flow.axes))))


def _payments(program: Program) -> Iterator[RecordLine]:
    """Of money that was paid; asked for where something else falls due after it."""
    keys = [flow.key for flow in program.flows.values()]
    if keys:
        flow = program.flows[keys[0]]
        day = _after(program, flow.grain, 2)
        cells = {"received": day, "what": "payment", "of": flow.key, "period": _first(program, flow.grain), "on": day}
        yield RecordLine("payment", tuple(keys), "", cells | _for(program, tuple(sorted(flow.axes))))


# -- cells -------------------------------------------------------------------------------------------------------------


def _after(program: Program, grain: Grain, months: int) -> str:
    """So many months after the first period of the grain."""
    last = program.grid.end - timedelta(days=1) if grain >= Grain.TERM else program.grid.last_day(grain, 0)
    return _written(last + timedelta(days=30 * months))


def _first(program: Program, grain: Grain) -> str:
    return "" if grain >= Grain.TERM else program.grid.period(grain, 0).label


def _for(program: Program, axes: tuple[str, ...]) -> dict[str, str]:
    """The first member of each; of those that the data name, what they are called."""
    first = [members[0].name if (members := program.axes[axis].members) else f"a code of {axis}" for axis in axes]
    return {"for": "; ".join(first)} if first else {}


def _cell(program: Program, column: ColumnDeclaration) -> str:
    match column.kind:
        case DateKind():
            return _written(program.grid.start + timedelta(days=_SHOWN))
        case YesNo():
            return "yes"
        case Category(axis=str() as axis):
            return _for(program, (axis,))["for"]
        case Category(words=words):
            return words[0] if words else ""
        case Quantity():
            return "10"
        case Words():
            return "in words"
        case _:
            assert_never(column.kind)


def _written(day: date) -> str:
    return day.isoformat()
