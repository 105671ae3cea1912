"""The life of a contract over the facts: its figures, and the course that it takes by them.

The figures bring endings, suspensions and breaches; these act on days after them, and so on what is worked out a second time, never on what
brought them (the semantics, 5 and 6).
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from attrs import evolve

from vbclang.core.nodes import State
from vbclang.core.program import Flow, Program
from vbclang.core.record import Breached, EffectiveDate
from vbclang.data.facts import End, Facts, InputColumn, column_of
from vbclang.data.told import breached_columns, cured_columns
from vbclang.engine.evaluate import Evaluation, Standing, evaluate
from vbclang.engine.interpret import Overrides
from vbclang.settle.course import Course, course
from vbclang.settle.cut_short import all_ends, counts_rows, cut_short, ends_of


def lived(
    program: Program,
    facts: Facts,
    *,
    overrides: Overrides | None = None,
    keep: bool = False,
    standing: Standing | None = None,
    since: Evaluation | None = None,
) -> tuple[Evaluation, Course]:
    """A program over the facts, and the course that the contract takes by them: what has ended or is suspended does not count any more,
    nor do rows after an end. ``standing``: what flows read earlier, where that stands; ``since``: see `evaluate`.
    """
    evaluation, taken = _lived(program, facts, overrides, keep, standing, since)
    if facts.until is None or not taken.effects:
        return evaluation, taken
    ends = ends_of(program, taken.effects)
    facts = evolve(facts, cuts=all_ends(program, taken.effects))
    if ends:
        evaluation, taken = _lived(program, cut_short(program, facts, ends, facts), overrides, keep, standing, evaluation)
    apart = _counted_apart(program, taken, ends)
    if not apart:
        return evaluation, taken
    return _with_others(program, evaluation, facts, apart, overrides, keep, standing or {}), taken


def taken_over(
    program: Program,
    facts: Facts,
    taken: Course,
    *,
    overrides: Overrides | None = None,
    keep: bool = False,
    standing: Standing | None = None,
    since: Evaluation | None = None,
) -> Evaluation:
    """A program over facts that themselves bring no ending, suspension or breach: the contract takes the course that others brought."""
    ends = ends_of(program, taken.effects)
    facts = evolve(facts, cuts=all_ends(program, taken.effects))
    short = cut_short(program, facts, ends, facts) if ends else facts
    evaluation = evaluate(program, short, overrides=overrides, keep=keep, standing=standing, since=since)
    columns = _told_by(evaluation, taken)
    if taken.closed or columns:
        short = evolve(short, closed=taken.closed, inputs={**short.inputs, **columns})
        evaluation = evaluate(program, short, overrides=overrides, keep=keep, standing=standing, since=evaluation)
    apart = _counted_apart(program, taken, ends) if facts.until is not None and taken.effects else {}
    return _with_others(program, evaluation, facts, apart, overrides, keep, standing or {}) if apart else evaluation


def _counted_apart(program: Program, taken: Course, ends: frozenset[End]) -> dict[str, frozenset[End]]:
    """The ends of those clauses that count rows to others than the contract."""
    own = {flow.key: ends_of(program, taken.effects, flow) for flow in program.flows.values()}
    return {key: its for key, its in own.items() if its != ends and counts_rows(program, program.flows[key])}


def _with_others(
    program: Program,
    evaluation: Evaluation,
    arrived: Facts,
    apart: dict[str, frozenset[End]],
    overrides: Overrides | None,
    keep: bool,
    standing: Standing,
) -> Evaluation:
    """The same, but for the clauses ``apart``, which read figures that are counted to ends of their own. ``arrived``: the facts with
    all rows.
    """

    def stands(flow: Flow, where: Evaluation) -> list[Evaluation | None]:
        periods = range(program.grid.count(flow.grain))
        return [earlier or where for earlier in standing.get(flow.key, [None for _ in periods])]

    found, cuts = dict(standing), arrived.cuts
    if evaluation.facts.cuts != cuts:
        again = evolve(evaluation.facts, cuts=cuts)
        evaluation = evaluate(program, again, overrides=overrides, keep=keep, standing=standing, since=evaluation)
    for ends in dict.fromkeys(apart.values()):
        here = [flow for flow in program.flows.values() if apart.get(flow.key) == ends]
        others = {flow.key: stands(flow, evaluation) for flow in program.flows.values() if flow not in here}
        short = cut_short(program, evaluation.facts, ends, arrived)
        theirs = evaluate(program, short, overrides=overrides, keep=keep, standing={**standing, **others}, since=evaluation)
        found |= {flow.key: stands(flow, theirs) for flow in here}
    for key, every in found.items():
        for each in {each for each in every if each is not None}:
            each.flow(key)  # so that what it rests on is worked out in order
    return evaluate(program, evaluation.facts, overrides=overrides, keep=keep, standing=found, since=evaluation)


def _lived(
    program: Program, facts: Facts, overrides: Overrides | None, keep: bool, standing: Standing | None, since: Evaluation | None
) -> tuple[Evaluation, Course]:
    """The same with the rows as they are."""
    evaluation = evaluate(program, facts, overrides=overrides, keep=keep, standing=standing, since=since)
    if not program.provisions:
        return evaluation, Course()
    taken = course(evaluation, facts.record)
    for _ in {told.clause for told in program.told.values() if isinstance(told, Breached)}:  # what a breach brings is known after it
        facts = evolve(facts, inputs={**facts.inputs, **_told_by(evaluation, taken)})
        evaluation = evaluate(program, facts, overrides=overrides, keep=keep, standing=standing, since=evaluation)
        taken = course(evaluation, facts.record, taken.breaches)
    columns = _told_by(evaluation, taken)
    if not taken.closed and not columns:
        return evaluation, taken
    then = evolve(facts, closed=taken.closed, inputs={**facts.inputs, **columns})
    return evaluate(program, then, overrides=overrides, keep=keep, standing=standing, since=evaluation), taken


def _told_by(evaluation: Evaluation, taken: Course) -> dict[str, InputColumn]:
    """The inputs that the course itself tells: when an ending takes effect, and cures whose time runs from a day of the course."""
    program = evaluation.program
    dated = {key: told.clause for key, told in program.told.items() if isinstance(told, EffectiveDate)}
    days = {key: _effective(evaluation, taken, key, clause) for key, clause in dated.items() if taken.effects_of(clause)}
    everyone = {axis: evaluation.members(axis) for axis in program.axes}
    record = evaluation.facts.record
    breached = breached_columns(program, everyone, record, taken.breaches)
    return {**days, **breached, **cured_columns(program, everyone, record, taken.dues)}


def _effective(evaluation: Evaluation, taken: Course, key: str, clause: str) -> InputColumn:
    """The day on which a clause takes effect, for each member for whom it does; the same in every period."""
    program, type_ = evaluation.program, evaluation.program.inputs[key].type
    axes = tuple(axis for axis in program.axes if axis in type_.axes)
    count, sizes = program.grid.count(type_.grain), tuple(len(evaluation.members(axis)) for axis in axes)
    cells: dict[tuple[int, ...], Fraction | State] = {}
    for ending in reversed(taken.effects_of(clause)):  # the earliest is the last word
        for at in product(*map(range, sizes)):
            if set(zip(axes, at, strict=True)) <= set(ending.of):
                cells |= {(place, *at): Fraction(ending.day.toordinal()) for place in range(count)}
    return column_of(axes, type_.grain, (count, *sizes), cells)
