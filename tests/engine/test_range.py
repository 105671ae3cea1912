"""Bounds hold: whatever the engine comes to, on random programs and data, lies between the lowest and the highest that is stated."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reference.programs import Maker
from tests.reference.test_reference import places, rests_on_itself
from vbclang.core.nodes import State
from vbclang.core.program import Program
from vbclang.engine.evaluate import Evaluation, evaluate
from vbclang.engine.range.bounds import Bounds
from vbclang.engine.range.interval import Range
from vbclang.engine.range.place import Place
from vbclang.engine.range.truth import Possible
from vbclang.types.kinds import Category, DateKind, Grain, Quantity


def bounded(program: Program) -> Program:
    """The same, where each input says in which domain the dice throw it."""
    domains = {Quantity: (Fraction(-6), Fraction(8)), DateKind: (None, None), Category: (Fraction(0), Fraction(1))}
    inputs = {}
    for key, declared in program.inputs.items():
        low, high = domains.get(type(declared.type.kind), (Fraction(0), Fraction(1)))
        inputs[key] = evolve(declared, lowest=low, highest=high)
    return evolve(program, inputs=inputs)


def holds(found: object, bounds: Range | Possible) -> bool:
    if isinstance(bounds, Possible):
        return found in bounds.unknown if isinstance(found, State) else (bounds.yes if found else bounds.no)
    if isinstance(found, State):
        return found in bounds.states
    assert isinstance(found, Fraction)
    return bounds.there and bounds.low <= (0, found) <= bounds.high


def is_worked_out(program: Program, engine: Evaluation) -> bool:
    """Whether the dice made a program that the engine takes: no circle, and no amount of a clause read before the term."""
    try:
        return not rests_on_itself(program, engine) and all(engine.flow(key) for key in program.flows)
    except IndexError:
        return False


@given(st.integers(0, 2**32))
@settings(max_examples=60)
def test_what_the_engine_comes_to_lies_within_the_bounds(seed: int) -> None:
    within(seed)


def within(seed: int, depth: int = 3) -> None:
    maker = Maker(seed, depth)
    program, facts = bounded(maker.program()), maker.facts()
    engine, bounds = evaluate(program, facts), Bounds(program)
    if not is_worked_out(program, engine):
        return
    for name, figure in program.figures.items():
        series = engine.figure(name)
        for period, members in places(maker.grid, figure.type.grain, figure.type.axes):
            place = Place(figure.type.grain, period, members)
            found, body = series.at(period, members), figure.body
            stated = bounds.truth(body, place) if isinstance(found, bool) or name == "holds" else bounds.number(body, place)  # type: ignore[arg-type]
            assert holds(found, stated), (name, period, members, found, stated)
    for key, flow in program.flows.items():
        limited = engine.flow(key).limited
        paid: dict[tuple[Grain, int], list[Fraction | State]] = {}
        for period, members in places(maker.grid, flow.grain, flow.axes):
            found = limited.at(period, members)
            stated = bounds.flows.amount(key, Place(flow.grain, period, members))
            assert holds(found, stated), (key, period, members, found, stated)
            for grain in (flow.grain, Grain.YEAR, Grain.TERM):
                longer = 0 if grain is Grain.TERM else maker.grid.containing(flow.grain, period, grain) if grain != flow.grain else period
                paid.setdefault((grain, longer), []).append(found)
        for (grain, longer), amounts in paid.items():
            if all(isinstance(each, Fraction) for each in amounts):
                total = sum((each for each in amounts if isinstance(each, Fraction)), Fraction(0))
                stated = bounds.flows.total(key, grain, longer)
                assert holds(total, stated), (key, grain, longer, total, stated)


def test_a_limit_that_changes_in_its_window_bounds_no_total() -> None:
    within(5951, depth=2)
