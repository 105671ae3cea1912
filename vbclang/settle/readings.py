"""On whose figures clauses that are paid on provisional data stand (the semantics, 2.4 to 2.7).

Such a clause keeps, of each period, what it read when it fell due, until the final data of all that it reads are there; then it adopts
these, once. Where small differences are dropped it does so only if its total changes by enough.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from attrs import define, evolve, field, frozen

from vbclang.calendar.months import add_months
from vbclang.core.due import flow_due, known_day
from vbclang.core.nodes import State
from vbclang.core.program import Flow, Program
from vbclang.core.record import Stage, View
from vbclang.data.arrived import Arrived
from vbclang.data.facts import Facts
from vbclang.data.fed import keys_of
from vbclang.engine.evaluate import Evaluation, Standing
from vbclang.engine.interpret import Overrides
from vbclang.settle.course import Course
from vbclang.settle.lived import lived, taken_over
from vbclang.settle.releases import Releases
from vbclang.settle.world import World


@frozen(eq=False)
class Delivered:
    """What was delivered. ``recorded``: the inputs that data feed whose deliveries are recorded. ``until``: see `World`."""

    arrived: Arrived
    recorded: frozenset[str]
    until: date | None = None

    @property
    def program(self) -> Program:
        """The contract."""
        return self.arrived.program

    @property
    def days(self) -> tuple[date, ...]:
        """See `World`."""
        return tuple(sorted({entry.received for entry in self.arrived.record.entries}))

    def seen(self, view: View, day: date | None) -> tuple[Facts, Overrides]:
        """See `World`."""
        return self.arrived.facts(view, day), {}

    def is_final(self, flow: Flow, place: int, day: date) -> bool:
        """See `World`. Of data whose deliveries nobody records the final ones are there on the day on which they are due."""
        facts = self.arrived.facts("final", day)
        last_day = self.program.grid.last_day(flow.grain, place)
        return all(
            any(all(self._is_there(key, back, facts, last_day, day) for key in keys) for keys in _ways(self.program, name, read))
            for (name, back), read in _by_name(self.program, flow).items()
        )

    def _is_there(self, key: str, back: int, facts: Facts, last_day: date, day: date) -> bool:
        """Whether what an input has final for the period that lies so many months back is there at the end of a day."""
        declared, column, grid = self.program.inputs[key], facts.inputs.get(key), self.program.grid
        known = ((declared.known, 0),) if declared.known is not None else () if declared.linked is None else declared.linked.known
        if not known or column is None:
            return False
        if key not in self.recorded and any(known_day(self.program, by, last_day, back + further) > day for by, further in known):
            return False
        end = add_months(last_day, -back)
        return end < grid.start or bool((column.in_term[grid.place_of(column.grain, end)] != State.NOT_REPORTED).any())

    def replaced(self, flow: Flow, place: int, day: date) -> int:
        """See `World`."""
        grid = self.program.grid
        last_day = grid.last_day(flow.grain, place)
        read = {(key, add_months(last_day, -back)) for key, back in _reads(flow)}
        found = 0
        for entry in self.arrived.record.entries:
            if entry.what == "replacement" and entry.period is not None and entry.received <= day:
                first, last = grid.active(*entry.period)
                keys = keys_of(self.program, entry.of)
                found += any(key in keys and first <= end < last for key, end in read)
        return found


def _reads(flow: Flow) -> tuple[tuple[str, int], ...]:
    return () if flow.on_provisional is None else flow.on_provisional.reads


def _by_name(program: Program, flow: Flow) -> dict[tuple[str, int], list[str]]:
    """The inputs that a clause reads provisionally, by what they are called and how many months back."""
    found: dict[tuple[str, int], list[str]] = {}
    for key, back in _reads(flow):
        found.setdefault((program.inputs[key].name, back), []).append(key)
    return found


def _ways(program: Program, name: str, keys: list[str]) -> list[list[str]]:
    """The ways in which what is called so may arrive, each with the inputs that it takes: worked out, or in rows to be counted."""
    worked_out = {figure.value for figure in program.worked_out if figure.name == name}
    ways = ([key for key in keys if key in worked_out], [key for key in keys if key not in worked_out])
    return [way for way in ways if way]


@frozen
class Reading:
    """What a clause has read of a period: by which evaluation, and of which stage. ``settled``: no later delivery takes its place;
    ``replaced``: how often what it read had been replaced by agreement by then.
    """

    evaluation: Evaluation
    stage: Stage
    settled: bool
    replaced: int = 0


@define(eq=False)
class Readings:
    """What all such clauses have read so far, by clause and period. Days are given to `read` in their order."""

    world: World
    found: dict[tuple[str, int], Reading] = field(factory=dict)
    _since: dict[Stage, Evaluation] = field(factory=dict, init=False)
    """What was worked out last on data of each stage."""
    _releases: Releases = field(init=False)

    def __attrs_post_init__(self) -> None:
        """What has been released is asked of the same world."""
        self._releases = Releases(self.world)

    @property
    def program(self) -> Program:
        """The contract."""
        return self.world.program

    @property
    def flows(self) -> tuple[Flow, ...]:
        """The clauses that are paid on provisional data."""
        return self.program.paid_early

    def read(self, day: date) -> None:
        """On a booking day what is due is read, and what has become final is adopted."""
        if not self.flows:
            return
        early = self._early(day)
        for flow in self.flows:
            for place in range(self.program.grid.count(flow.grain)):
                period = self.program.grid.period(flow.grain, place)
                if (flow_due(self.program, flow, period) or period.last_day) <= day and (flow.key, place) not in self.found:
                    self.found[flow.key, place] = self._first(flow, place, early, day)
        self._adopt(day)

    def lived(self, day: date | None, *, keep: bool = False, until: date | None = None) -> tuple[Evaluation, Course]:
        """The contract as it stands at the end of a day; what is not due yet stands on what would be read now. ``until``: the day up to
        which money that is kept back may have been released, where it is another.
        """
        early = self._early(day, keep=keep) if self.flows else None
        evaluation, course = self._lived("final", day, early, keep=keep)
        return evaluation, self._releases.told(evaluation, course, until or day)

    def _early(self, day: date | None, *, keep: bool = False) -> Evaluation:
        """The contract over provisional data. What ends it, or suspends a clause, is judged on final data alone."""
        facts, overrides = self.world.seen("provisional", day)
        taken = self._lived("final", day)[1] if self.program.provisions else Course()
        standing, since = self._standing(None), self._since.get("provisional")
        found = taken_over(self.program, facts, taken, overrides=overrides, keep=keep, standing=standing, since=since)
        self._since["provisional"] = found
        return found

    def _lived(
        self, stage: Stage, day: date | None, otherwise: Evaluation | None = None, *, keep: bool = False
    ) -> tuple[Evaluation, Course]:
        facts, overrides = self.world.seen(stage, day)
        found = lived(self.program, facts, overrides=overrides, keep=keep, standing=self._standing(otherwise), since=self._since.get(stage))
        self._since[stage] = found[0]
        return found

    def _standing(self, otherwise: Evaluation | None) -> Standing:
        standing: dict[str, list[Evaluation | None]] = {}
        for flow in self.flows:
            standing[flow.key] = [self._read_of(flow, place, otherwise) for place in range(self.program.grid.count(flow.grain))]
            for evaluation in {each for each in standing[flow.key] if each is not None}:
                evaluation.flow(flow.key)  # so that what it rests on is worked out in order
        return standing

    def _read_of(self, flow: Flow, place: int, otherwise: Evaluation | None) -> Evaluation | None:
        reading = self.found.get((flow.key, place))
        return reading.evaluation if reading is not None else None if otherwise is None else otherwise.read_by(flow.key, place)

    def _first(self, flow: Flow, place: int, early: Evaluation, day: date) -> Reading:
        assert flow.on_provisional is not None
        final = self.world.is_final(flow, place, day)
        stage: Stage = "final" if final else "provisional"
        return Reading(
            early.read_by(flow.key, place), stage, final or not flow.on_provisional.corrected, self.world.replaced(flow, place, day)
        )

    def _adopt(self, day: date) -> None:
        """Adopt what has become final, or has been replaced by agreement, in the order of the clauses and periods."""
        waiting = [at for at in self._read() if self._has_changed(*at, day)]
        if not waiting:
            return
        facts, overrides = self.world.seen("final", day)
        final = lived(self.program, facts, overrides=overrides)[0]
        for flow, place in waiting:
            at, before = (flow.key, place), self.found[flow.key, place]
            old = self._total(flow, day)
            self.found[at] = Reading(final.read_by(flow.key, place), "final", True, self.world.replaced(flow, place, day))
            if before.stage == "provisional" and self._is_dropped(flow, place, old, self._total(flow, day)):
                self.found[at] = evolve(self.found[at], evaluation=before.evaluation, stage="provisional")

    def _has_changed(self, flow: Flow, place: int, day: date) -> bool:
        """Whether other final data count for what was read than before."""
        assert flow.on_provisional is not None
        reading = self.found[flow.key, place]
        if not reading.settled:
            return self.world.is_final(flow, place, day)
        stands_on_final = reading.stage == "final" or flow.on_provisional.corrected
        return stands_on_final and self.world.replaced(flow, place, day) > reading.replaced

    def _read(self) -> list[tuple[Flow, int]]:
        """All that has been read, in the order of the clauses and periods."""
        return [
            (flow, place) for flow in self.flows for place in range(self.program.grid.count(flow.grain)) if (flow.key, place) in self.found
        ]

    def _is_dropped(self, flow: Flow, place: int, old: Fraction | None, new: Fraction | None) -> bool:
        """Whether the change in the clause's total is so small that the provisional data stay in force."""
        on = flow.on_provisional
        if on is None or on.difference is None or old is None or new is None:
            return False
        at = self.program.grid.containing(flow.grain, place, on.difference.type.grain)
        least = self.found[flow.key, place].evaluation.value(on.difference, at, {})
        if isinstance(least, State):
            return False
        return abs(new - old) < least or (on.dropped == "at most" and abs(new - old) == least)

    def _total(self, flow: Flow, day: date) -> Fraction | None:
        """All that a clause comes to, as it stands; None where it drops no differences, or part of it is not known."""
        if flow.on_provisional is None or flow.on_provisional.difference is None:
            return None
        evaluation = self._lived("final", day)[0]
        paid, everyone = evaluation.flow(flow.key).paid, evaluation.everyone(flow.axes)
        amounts = [paid.at(place, members) for each, place in self._read() if each is flow for members in everyone]
        known = [amount for amount in amounts if not isinstance(amount, State)]
        return sum(known, Fraction(0)) if len(known) == len(amounts) else None
