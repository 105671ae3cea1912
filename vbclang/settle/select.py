"""Which lines of a statement are wanted: a period and a party, by the words that the contract has for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from vbclang.calendar.grid import Grid, Period
from vbclang.core.program import Program
from vbclang.data.facts import Facts, last_period
from vbclang.data.periods import period_texts
from vbclang.engine.evaluate import Evaluation
from vbclang.settle.settle import Selection
from vbclang.source import NOWHERE, Diagnostic, Diagnostics, Reading
from vbclang.source.alike import alike
from vbclang.types.kinds import Grain


def select(evaluation: Evaluation, arrived: date | None, period: str | None, party: str | None) -> tuple[Selection | None, Diagnostics]:
    """The selection that these words make; None, and what is wrong with them, where the contract has no such period or party.
    ``arrived``: the day after the last for which anything has arrived; None: all has.

    Without a period: all up to the last for which anything has arrived. The clock is never asked.
    """
    grid = evaluation.program.grid
    found = None if period is None else find_period(grid, period)
    parties = _parties(evaluation)
    problems: list[Diagnostic] = []
    party = None if party is None else " ".join(word for word in party.split() if word.lower() != "the")  # which tells no name apart
    if period is not None and found is None:
        problems.append(_no_period(grid, period))
    if party is not None and party not in parties:
        problems.append(_no_party(parties, party))
    if problems:
        return None, tuple(problems)
    if found is not None:
        return Selection((found.start, found.end), party, arrived=arrived), ()
    return Selection(None, party, arrived, arrived), ()


def after_all_arrived(program: Program, facts: Sequence[Facts]) -> date | None:
    """The latest such day of all of them (see `_after_all_of`)."""
    days = [_after_all_of(program, each) for each in facts]
    return None if None in days else max(day for day in days if day is not None)


def _after_all_of(program: Program, facts: Facts) -> date | None:
    """The day after the last period for which the finest of the figures have arrived: an index for the next year arrives long before it.

    None where that is the end of the term, or figures of the whole term have arrived, or no figure has periods; the start of the term
    where nothing has arrived at all.
    """
    grid = program.grid
    told_of = facts.record.as_of
    by_nobody = {*program.told, *program.linked, *program.held}
    reported = [column for key, column in facts.inputs.items() if key not in by_nobody]
    own = (declared for key, declared in program.inputs.items() if key not in program.linked)
    if told_of is None and all(declared.type.grain >= Grain.TERM for declared in own):
        return None
    if any(column.grain >= Grain.TERM and last_period(column.in_term) is not None for column in reported):
        return None
    by_period = [column for column in reported if column.grain < Grain.TERM]
    arrived = [(column.grain, last) for column in by_period if (last := last_period(column.in_term)) is not None]
    finest = min((grain for grain, _ in arrived), default=None)
    end = max((grid.period(grain, index).end for grain, index in arrived if grain == finest), default=grid.start)
    end = max(end, grid.start if told_of is None else told_of + timedelta(days=1))
    return end if end < grid.end else None


def find_period(grid: Grid, written: str) -> Period | None:
    """The period that is written so, here as in data: `Q1 2026/27`, `April 2026`, `2026-04`, `Contract Year 1`, or the year that it is."""
    wanted = " ".join(written.split()).lower()
    for grain in (Grain.QUARTER, Grain.MONTH, Grain.YEAR):
        for period in grid.periods(grain):
            label = period.label.lower()
            if wanted in map(str.lower, period_texts(period)) or wanted == label.split(" (")[0] or f"({wanted})" in label:
                return period
    return None


def _parties(evaluation: Evaluation) -> list[str]:
    members = [member.name for axis in evaluation.program.axes for member in evaluation.members(axis)]
    return list(dict.fromkeys([*evaluation.program.parties, *members]))


def _no_period(grid: Grid, written: str) -> Diagnostic:
    first = [grid.period(grain, 0).label for grain in (Grain.QUARTER, Grain.MONTH, Grain.YEAR)]
    why = f"The contract has no period `{written}`. Its first ones are: {', '.join(first)}."
    return Diagnostic("U010", why, NOWHERE)


def _no_party(parties: list[str], written: str) -> Diagnostic:
    near = alike(written, parties, 60)
    readings = (Reading("did you mean", near[0]),) if near else ()
    shown = ", ".join(parties[:12]) + (" …" if len(parties) > 12 else "")
    return Diagnostic("U011", f"The contract has no party `{written}`. Its parties: {shown}.", NOWHERE, readings=readings)
