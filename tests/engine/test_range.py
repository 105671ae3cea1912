"""Bounds hold: whatever the engine comes to, on random programs and data, lies between the lowest and the highest that is stated."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

import numpy as np
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reference.programs import Maker
from tests.reference.test_reference import places, rests_on_itself
from vbclang.core.nodes import Input, State
from vbclang.core.program import Program
from vbclang.data.facts import Facts
from vbclang.engine.evaluate import Evaluation, evaluate
from vbclang.engine.range.arrived import ArrivedBounds
from vbclang.engine.range.bounds import Bounds
from vbclang.engine.range.interval import Range
from vbclang.engine.range.place import Place
from vbclang.engine.range.truth import Possible
from vbclang.types.kinds import Category, DateKind, Grain, Quantity


def bounded(program: Program) -> Program:
    """The same, where each input says in which domain the dice throw it, and each clause pays both ways, as the dice do."""
    domains = {Quantity: (Fraction(-6), Fraction(8)), DateKind: (None, None), Category: (Fraction(0), Fraction(1))}
    inputs = {}
    for key, declared in program.inputs.items():
        low, high = domains.get(type(declared.type.kind), (Fraction(0), Fraction(1)))
        inputs[key] = evolve(declared, lowest=low, highest=high)
    return evolve(program, inputs=inputs, flows={key: evolve(flow, signed=True) for key, flow in program.flows.items()})


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


def test_a_clause_that_pays_one_way_only_lies_within_narrower_bounds() -> None:
    """Where nothing comes out below nothing, which is an error there."""
    told = sum(one_way(seed) for seed in range(300))
    assert told > 20


def one_way(seed: int) -> int:
    """In how many amounts of a program the bounds are narrower than they would be both ways."""
    maker = Maker(seed, 2)
    signed, facts = bounded(maker.program()), maker.facts()
    program = evolve(signed, flows={key: evolve(flow, signed=False) for key, flow in signed.flows.items()})
    engine = evaluate(program, facts)
    if not is_worked_out(program, engine) or any(engine.flow(key).below_zero for key in program.flows):
        return 0
    bounds, wider = Bounds(program), Bounds(signed)
    lies_within(maker, program, engine, bounds)
    at = [(key, Place(flow.grain, *where)) for key, flow in program.flows.items() for where in places(maker.grid, flow.grain, flow.axes)]
    return sum(bounds.flows.amount(key, place) != wider.flows.amount(key, place) for key, place in at)


def within(seed: int, depth: int = 3) -> None:
    maker = Maker(seed, depth)
    program, facts = bounded(maker.program()), maker.facts()
    lies_within(maker, program, evaluate(program, facts), Bounds(program))


def lies_within(maker: Maker, program: Program, engine: Evaluation, bounds: Bounds) -> None:
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


def completed(facts: Facts, other: Facts) -> Facts:
    """The same facts, and of those that are not reported what the others have there."""
    inputs = dict(other.inputs)
    for key, column in facts.inputs.items():
        later = other.inputs.get(key)
        if later is None:
            inputs[key] = column
            continue
        open_yet = column.states == State.NOT_REPORTED
        denominator = lcm(column.denominator, later.denominator)
        numerators = np.where(
            open_yet,
            later.numerators.astype(object) * (denominator // later.denominator),
            column.numerators.astype(object) * (denominator // column.denominator),
        )
        states = np.where(open_yet, later.states, column.states)
        inputs[key] = evolve(column, numerators=numerators, denominator=denominator, states=states)
    return Facts({}, inputs)


@given(st.integers(0, 2**32))
@settings(max_examples=60)
def test_whatever_arrives_later_lies_within_the_bounds_of_what_has_arrived(seed: int) -> None:
    arrives_within(seed)


def arrives_within(seed: int, depth: int = 3) -> None:
    maker = Maker(seed, depth)
    program, facts, other = bounded(maker.program()), maker.facts(), maker.facts()
    bounds = ArrivedBounds(program, facts)
    lies_within(maker, program, evaluate(program, completed(facts, other)), bounds)
    lies_within(maker, program, evaluate(program, facts), bounds)


def test_with_all_that_can_arrive_there_is_nothing_left_to_bound() -> None:
    maker = Maker(11, 2)
    program, facts = bounded(maker.program()), maker.facts()
    full = {key: evolve(column, states=np.zeros_like(column.states)) for key, column in facts.inputs.items()}
    assert State.VALUE == 0
    bounds = ArrivedBounds(program, Facts({}, full))
    for key, declared in program.inputs.items():
        if key in full:
            at = Place(declared.type.grain, 0, dict.fromkeys(declared.type.axes, 0))
            leaf = Input(declared.type, declared.span, key)
            assert bounds.number(leaf, at).exact is not None
