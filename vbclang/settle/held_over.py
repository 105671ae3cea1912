"""What was held until it is reported, and whose last day has passed without a report (the semantics, 3.6).

Method: at the end of the last day of a period it is asked which figures are missing there, of those that the clause waits for. If one is,
the day has passed in vain, and that stays so whatever arrives later. So each day's facts rest on those of earlier days alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import product

from attrs import define, evolve, field

from vbclang.core.due import last_day_held
from vbclang.core.nodes import State
from vbclang.core.program import Flow, Held, Program
from vbclang.core.record import View
from vbclang.data.facts import Facts, InputColumn, column_of
from vbclang.engine.evaluate import Evaluation
from vbclang.engine.interpret import Overrides
from vbclang.engine.missing import Place
from vbclang.settle.lived import lived, taken_over
from vbclang.settle.world import World


@define(eq=False)
class HeldOver:
    """A world, with what has been held too long in it. Where no record says on which day things are known, no day has passed."""

    world: World
    _asked: dict[tuple[View, date], Evaluation] = field(factory=dict)

    @property
    def program(self) -> Program:
        """The contract."""
        return self.world.program

    @property
    def days(self) -> tuple[date, ...]:
        """See `World`."""
        return self.world.days

    @property
    def until(self) -> date | None:
        """See `World`."""
        return self.world.until

    def seen(self, view: View, day: date | None) -> tuple[Facts, Overrides]:
        """See `World`."""
        return self._seen(view, day, day)

    def is_final(self, flow: Flow, place: int, day: date) -> bool:
        """See `World`."""
        return self.world.is_final(flow, place, day)

    def replaced(self, flow: Flow, place: int, day: date) -> int:
        """See `World`."""
        return self.world.replaced(flow, place, day)

    def _seen(self, view: View, day: date | None, passed: date | None) -> tuple[Facts, Overrides]:
        """The facts of a day, with the last days that have ``passed`` by another."""
        facts, overrides = self.world.seen(view, day)
        passed = facts.record.as_of if passed is None else passed
        if not self.program.held or facts.record.as_of is None or passed is None:
            return facts, overrides
        columns = {key: self._column(held, facts, passed) for key, held in self.program.held.items()}
        return evolve(facts, inputs={**facts.inputs, **columns}), overrides

    def _column(self, held: Held, facts: Facts, passed: date) -> InputColumn:
        grid, before = self.program.grid, facts.inputs[held.key]
        return over_at(
            before,
            (
                (place, members)
                for place in range(grid.count(before.grain))
                if (last := last_day_held(self.program, held, grid.period(before.grain, place))) <= passed
                for members in self._in_vain(held, place, last)
            ),
        )

    def _in_vain(self, held: Held, place: int, last: date) -> Iterator[Mapping[str, int]]:
        """The members for whom what is waited for was missing at the end of the last day."""
        flow = self.program.flows[held.flow]
        evaluation = self._on(flow, last)
        yield from (members for members in evaluation.everyone(flow.axes) if waits(evaluation, flow, held, place, members))

    def _on(self, flow: Flow, last: date) -> Evaluation:
        view: View = "final" if flow.on_provisional is None else "provisional"
        if (view, last) not in self._asked:
            before = last - timedelta(days=1)
            facts, overrides = self._seen("final", last, before)
            evaluation, taken = lived(self.program, facts, overrides=overrides)
            if view == "provisional":
                facts, overrides = self._seen(view, last, before)
                evaluation = taken_over(self.program, facts, taken, overrides=overrides)
            self._asked[view, last] = evaluation
        return self._asked[view, last]


def over_at(column: InputColumn, places: Iterable[tuple[int, Mapping[str, int]]]) -> InputColumn:
    """The column that says where a last day has passed in vain: at these periods, for these members."""
    over = {(place, *(members[axis] for axis in column.axes)): Fraction(1) for place, members in places}
    if not over:
        return column
    shape = column.states.shape
    return column_of(column.axes, column.grain, shape, {**dict.fromkeys(product(*map(range, shape)), Fraction(0)), **over})


def waits(evaluation: Evaluation, flow: Flow, held: Held, place: int, members: Mapping[str, int]) -> tuple[tuple[str, Place], ...]:
    """What is missing of all that an amount waits for, where the amount is: each figure with the period and the members of which it is."""
    if not isinstance(evaluation.flow(flow.key).limited.at(place, members), State):
        return ()
    missing = (each for root in flow.roots() for each in evaluation.absences(root).places_at(flow.grain, place, members))
    return tuple((name, at) for name, state, at in missing if name in held.names and state in held.states)
