"""The small worlds of a worked example: the contract with just the figures, rows and events given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path

import numpy as np
from attrs import evolve, frozen

from vbclang.core.depth import Depths
from vbclang.core.due import last_day_held
from vbclang.core.examples import Example, Given
from vbclang.core.nodes import State
from vbclang.core.program import Flow, Member, Program
from vbclang.core.record import Record, Stage, View, are_among
from vbclang.data.facts import Facts, InputColumn, Overlay, overlay_of
from vbclang.data.rows.given import given_columns
from vbclang.data.told import told_columns
from vbclang.engine.evaluate import Evaluation
from vbclang.engine.interpret import Overrides
from vbclang.engine.missing import Place
from vbclang.settle.course import Course
from vbclang.settle.given_late import late_by
from vbclang.settle.held_over import over_at, waits
from vbclang.settle.linked import without_data
from vbclang.settle.lived import lived, taken_over
from vbclang.settle.readings import Readings
from vbclang.settle.releases import Releases
from vbclang.source import Diagnostics
from vbclang.types.kinds import Grain


@frozen(eq=False)
class Worlds:
    """The contract on provisional data (``early``), on final data (``final``), and as it stands in the end (``in_force``), with its course.
    Where nothing is given of one of them alone they are the same.
    """

    in_force: Evaluation
    course: Course
    early: Evaluation
    final: Evaluation

    @property
    def every(self) -> tuple[Evaluation, ...]:
        """Each of them once."""
        return tuple(dict.fromkeys((self.in_force, self.early, self.final)))

    def on(self, stage: Stage | None) -> Evaluation:
        """The one that a claim about a stage is about."""
        return self.in_force if stage is None else self.early if stage == "provisional" else self.final


def worlds_of(program: Program, example: Example, facts: Facts | None = None) -> Worlds:
    """The worlds of an example, with what has arrived and the figures given in the place of others; nothing else is reported. Without
    ``facts``: those that the example has without a file.
    """
    facts = facts_given(program, example, {})[0] if facts is None else facts
    final, taken = lived(program, facts, overrides=_overrides(program, example, facts, "final"))
    over = _held_over(program, example, facts, final)
    if over:
        facts = evolve(facts, inputs={**facts.inputs, **over})
        final, taken = lived(program, facts, overrides=_overrides(program, example, facts, "final"))
    taken = Releases(_Given(program, example, facts, final)).told(final, taken, None)
    if not any(each.stage for each in example.given):
        return Worlds(final, taken, final, final)
    early = taken_over(program, facts, taken, overrides=_overrides(program, example, facts, "provisional"))
    readings = Readings(_Given(program, example, facts, final))
    readings.read(_DUE)
    readings.read(_SETTLED)
    return Worlds(*readings.lived(_SETTLED), early, final)


def _held_over(program: Program, example: Example, facts: Facts, final: Evaluation) -> dict[str, InputColumn]:
    """What waits for a figure of which the example says that it is not reported, or on which day it came: that it never is, or not by then,
    so the last day passes in vain.
    """
    never = [given for given in example.given if isinstance(given.value, State) and given.stage is None]
    found: dict[str, InputColumn] = {}
    for key, held in program.held.items():
        flow, column = program.flows[held.flow], facts.inputs[key]
        asked: list[tuple[int, dict[str, int]]] = []
        for place in range(program.grid.count(column.grain)):
            last = last_day_held(program, held, program.grid.period(column.grain, place))
            late = [given for given in example.given if given.on is not None and given.on > last]
            then = final if not late else lived(program, facts, overrides=_overrides(program, example, facts, "final", last, by=last))[0]
            for members in final.everyone(flow.axes):
                waited = waits(then, flow, held, place, members)
                if any(_is_of(program, given, *each) for given in (*never, *late) for each in waited):
                    asked.append((place, members))
        found |= {key: over_at(column, asked)} if asked else {}
    return found


def _is_of(program: Program, given: Given, name: str, at: Place) -> bool:
    """Whether a figure that is given is the one of this name, of this period and these members."""
    leaf = program.inputs.get(given.key)
    grain = program.figures[given.key].type.grain if leaf is None else leaf.type.grain
    if name != (given.key if leaf is None else leaf.name) or not are_among(given.members, at.members):
        return False
    if grain == at.grain or min(given.period, at.period) < 0:
        return (grain, given.period) == (at.grain, at.period)
    if max(grain, at.grain) >= Grain.TERM:
        return True
    one, other = program.grid.period(grain, given.period), program.grid.period(at.grain, at.period)
    return one.start < other.end and other.start < one.end


_DUE, _SETTLED = date.max - timedelta(days=1), date.max
"""The two days of an example: on the first all falls due, on the second what is final is there."""


@frozen(eq=False)
class _Given:
    """What an example gives, as the world of it (see `readings.World`). ``final``: the contract on final data."""

    program: Program
    example: Example
    facts: Facts
    final: Evaluation

    @property
    def until(self) -> date | None:
        """All is known: what an example does not give never comes."""
        return None

    @property
    def days(self) -> tuple[date, ...]:
        """Those on which later data are given."""
        return tuple(sorted({given.on for given in self.example.given if given.on is not None}))

    def seen(self, view: View, day: date | None) -> tuple[Facts, Overrides]:
        """All is there at once, but later data."""
        return self.facts, _overrides(self.program, self.example, self.facts, view, day)

    def is_final(self, flow: Flow, place: int, day: date) -> bool:
        """Whether what the clause reads, before its rules for missing figures, is reported on final data."""
        if day < _SETTLED:
            return False
        grid, members = self.program.grid, dict.fromkeys(flow.axes, 0)
        read = (
            self.final.value(root, grid.containing(flow.grain, place, root.type.grain), members) for root in flow.roots(before_rules=True)
        )
        return all(value is not State.NOT_REPORTED for value in read)

    def replaced(self, flow: Flow, place: int, day: date) -> int:
        """Nothing is: an example gives one final figure."""
        return 0


def facts_given(program: Program, example: Example, files: Mapping[str, Path], until: date | None = None) -> tuple[Facts, Diagnostics]:
    """What has arrived in the world of an example: one member in each open class, and what its rows come to; and what is wrong with
    them. ``until``: the last day whose rows count.
    """
    members = {axis: (Member(name),) for axis, name in example.members}
    every = {name: members.get(name, axis.members) for name, axis in program.axes.items()}
    columns, findings = given_columns(program, every, example, files, until)
    record = Record(tuple(sorted(example.record, key=lambda entry: entry.received)), complete=True)
    told = told_columns(program, every, record)
    again = cache(lambda last: facts_given(program, example, files, last)[0]) if example.rows else None
    return Facts(members, {**columns, **told, **without_data(program)}, record=record, until=again), findings


def _overrides(program: Program, example: Example, facts: Facts, view: View, day: date | None = None, by: date | None = None) -> Overrides:
    """The figures that are given of a stage, by key; with those of later data, in the order of their days, for whom looks at the latest.
    ``by``: what came after this day is not reported.
    """
    keys: dict[str, list[Given]] = {}
    stage = "final" if view == "latest" else view
    for given in sorted((*example.given, *late_by(program, example)), key=lambda given: given.on or date.min):
        there = (
            given.on is None
            or (view == "latest" and (day is None or given.on <= day))
            or (view != "latest" and _first_of_all(example, given))
        )
        if there and given.stage in (None, stage):
            late = by is not None and given.on is not None and given.on > by
            keys.setdefault(given.key, []).append(evolve(given, value=State.NOT_REPORTED) if late else given)
    return {key: _overlay(program, key, givens, facts.members) for key, givens in keys.items()}


def _first_of_all(example: Example, given: Given) -> bool:
    """Whether a figure that came later is the first that is given at all: then it counts, as the first delivery does."""
    about = [each for each in example.given if (each.key, each.period, each.members) == (given.key, given.period, given.members)]
    return all(each.on is not None and given.on is not None and given.on <= each.on for each in about)


def _overlay(program: Program, key: str, givens: list[Given], members: Mapping[str, tuple[Member, ...]]) -> Overlay:
    """The figures given for one key, by place; a member that is not named has them all."""
    type_ = program.inputs[key].type if key in program.inputs else program.figures[key].type
    axes = tuple(axis for axis in program.axes if axis in type_.axes)
    sizes = tuple(len(members.get(axis, program.axes[axis].members)) for axis in axes)
    before = _before(program, key)
    shape = (before + program.grid.count(type_.grain), *sizes)
    cells: dict[tuple[int, ...], Fraction | State] = {}
    for given in givens:
        named = dict(given.members)
        for place in np.ndindex(*sizes):
            if all(named.get(axis, at) == at for axis, at in zip(axes, place, strict=True)):
                cells[(given.period, *place)] = given.value
    return overlay_of(axes, type_.grain, shape, cells, before)


def _before(program: Program, key: str) -> int:
    """How many periods before the term an input, or a figure, is there for."""
    if key in program.inputs:
        return program.inputs[key].history
    figure = program.figures[key]
    return Depths(program.figures, program.inputs).reach(figure.body, figure.type.grain)
