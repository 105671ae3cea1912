"""Contracts that are settled together: what arrives for each of them, and what one feeds another (the semantics, 4.9).

Each contract keeps its data in a folder of its own, below that of the contract that reads it and named as it is called there. What is read
of it on a day is what it comes to by the facts as they stood on that day.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import partial
from pathlib import Path

from attrs import evolve

from vbclang.calendar.aligned import counterpart
from vbclang.core import nodes as n
from vbclang.core.elaborate.files import snake
from vbclang.core.nodes import Expr, State
from vbclang.core.program import FromLinked, Member, Program
from vbclang.core.record import Record, View
from vbclang.core.walk import parts
from vbclang.data import load
from vbclang.data.arrived import Arrived
from vbclang.data.facts import InputColumn, column_of
from vbclang.data.record import RECORD_FILE
from vbclang.data.rows.same import same_rows as same_rows_of
from vbclang.engine.evaluate import Evaluation
from vbclang.settle.lived import lived
from vbclang.settle.readings import Delivered, Readings
from vbclang.settle.replay import booking_days
from vbclang.settle.select import after_all_arrived
from vbclang.source import Diagnostic, Diagnostics, Span


def folder_of(link: str) -> str:
    """The folder of a linked contract's data, below that of the contract that reads it: `acute_services`."""
    return snake(link)


def arrivals(program: Program, folder: Path, *, show_values: bool = False, as_of: date | None = None) -> tuple[Arrived, Diagnostics]:
    """All that stands in ``folder`` for a contract and for those that it reads, and what is wrong with it. ``as_of``: the day at whose end
    every record is read; None: the last day in any of them.
    """
    arrived, found = _read(program, folder, show_values, as_of)
    last = max(_last_days(arrived), default=None)
    return _fed(arrived if as_of is not None or last is None else _read_to(arrived, last)), found


def _read(program: Program, folder: Path, show_values: bool, as_of: date | None) -> tuple[Arrived, Diagnostics]:
    arrived, found = load.arrivals(program, folder, show_values=show_values, as_of=as_of)
    links: dict[str, Arrived] = {}
    for name, other in program.links.items():
        inside = folder / folder_of(name)
        if not inside.is_dir() and not (other.inputs or other.links):  # all of it stands in the contract
            links[name] = _nothing_arrived(other)
            continue
        links[name], theirs = _read(other, inside, show_values, as_of)
        found += tuple(_there(finding, folder_of(name)) for finding in theirs)
    return evolve(arrived, links=links), found


def same_rows(arrived: Arrived, inside: str = "") -> Diagnostics:
    """For information, the rows that stand there again, in all that has arrived. ``inside``: the folder, from the contract's own."""
    own = (finding for files in arrived.rows.values() for read in files.values() for finding in same_rows_of(read.reading))
    below = (finding for name, link in arrived.links.items() for finding in same_rows(link, folder_of(name)))
    return tuple(_there(finding, inside) if inside else finding for finding in (*own, *below))


def _there(finding: Diagnostic, folder: str) -> Diagnostic:
    """A finding in a file of a linked contract's folder, under the name that the file has from here."""
    file = finding.span.file
    return finding if not file or Path(file).is_dir() or finding.code == "D001" else evolve(finding, span=_under(finding.span, folder))


def _under(span: Span, folder: str) -> Span:
    return evolve(span, file=f"{folder}/{span.file}")


def _last_days(arrived: Arrived) -> list[date]:
    own = arrived.record.as_of
    return [*([] if own is None else [own]), *(day for link in arrived.links.values() for day in _last_days(link))]


def _read_to(arrived: Arrived, day: date) -> Arrived:
    """The same with every record that is kept read to the end of one day."""
    record = arrived.record if arrived.record.as_of is None else evolve(arrived.record, as_of=day)
    return evolve(arrived, record=record, links={name: _read_to(link, day) for name, link in arrived.links.items()})


def _fed(arrived: Arrived) -> Arrived:
    """The same with what its linked contracts feed."""
    links = {name: _fed(link) for name, link in arrived.links.items()}
    return evolve(arrived, links=links, of_links=partial(_columns, arrived.program, links))


def without_data(program: Program) -> Mapping[str, InputColumn]:
    """What linked contracts feed where nothing has arrived for them: what stands in the contracts alone."""
    links = {name: _fed(_nothing_arrived(other)) for name, other in program.links.items()}
    return _columns(program, links, "final", None)


def _nothing_arrived(program: Program) -> Arrived:
    members = {name: (Member(name),) if axis.open else axis.members for name, axis in program.axes.items()}
    links = {name: _nothing_arrived(other) for name, other in program.links.items()}
    return Arrived(program, members, Record(complete=True), links=links)


# -- what one feeds another ----------------------------------------------------------------------------------------------


def _columns(program: Program, links: Mapping[str, Arrived], view: View, day: date | None) -> dict[str, InputColumn]:
    """The column of each input that a linked contract feeds, by its key."""
    found: dict[str, InputColumn] = {}
    for name, arrived in links.items():
        read = {key: each for key, each in program.linked.items() if each.contract == name}
        if read:
            evaluation = _evaluation(arrived, view, day, any(map(_is_paid, read.values())))
            found |= {key: _column(program, key, each.node, evaluation) for key, each in read.items()}
    return found


def _is_paid(read: FromLinked) -> bool:
    return any(isinstance(part, n.AmountOf) for part in parts(read.node))


def _evaluation(arrived: Arrived, view: View, day: date | None, amounts: bool) -> Evaluation:
    """What a contract comes to by the facts as they stood on a day. ``amounts``: on whose figures its clauses stand is asked for too."""
    program, record = arrived.program, arrived.record
    if not amounts or not program.paid_early:
        return lived(program, arrived.facts(view, day))[0]
    readings = Readings(Delivered(arrived, arrived.recorded, None))
    last = day or record.as_of
    for booking_day in booking_days(program, None, last, record):
        if last is None or booking_day <= last:
            readings.read(booking_day)
    return readings.lived(day)[0]


def _column(program: Program, key: str, node: Expr, evaluation: Evaluation) -> InputColumn:
    declared, other = program.inputs[key], evaluation.program.grid
    grain, grid, before = declared.type.grain, program.grid, declared.history
    series = evaluation.node(node)
    cells: dict[tuple[int, ...], Fraction | State] = {}
    for place in range(-before, grid.count(grain)):
        there = counterpart(grid, other, grain, place)
        value = State.NOT_REPORTED if there is None else series.at(there, {})
        assert not isinstance(value, bool), "figures alone are read of another contract"
        cells[(place,)] = value
    return column_of((), grain, (before + grid.count(grain),), cells, before)


# -- all of them together ------------------------------------------------------------------------------------------------


def after_all(arrived: Arrived) -> date | None:
    """The day after the last for which anything has arrived for a contract or those that it reads; None: all has."""
    links = [link for link in arrived.links.values() if _expects(link.program)]
    own = arrived.program.inputs.keys() - arrived.program.linked.keys()
    days = [after_all(link) for link in links]
    if own or not links:
        days.append(after_all_arrived(arrived.program, arrived.ever))
    if None in days:
        return None
    last = max(day for day in days if day is not None)
    return last if last < arrived.program.grid.end else None


def _expects(program: Program) -> bool:
    """Whether anything is to arrive for a contract at all."""
    return bool(program.inputs.keys() - program.linked.keys()) or any(map(_expects, program.links.values()))


def files(arrived: Arrived) -> tuple[str, ...]:
    """The names of all files that were looked for, from the folder of the contract that reads the others."""
    below = (f"{folder_of(name)}/{file}" for name, link in arrived.links.items() for file in (*files(link), RECORD_FILE))
    return (*arrived.files, *below)
