"""What is taken over from an evaluation over other facts is what would have been worked out anew; and what can be is taken over."""

from __future__ import annotations

from datetime import date

from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.reference.programs import Maker
from tests.reference.test_reference import places, rests_on_itself, same
from vbclang.core.program import Program
from vbclang.data.facts import Closed, Facts
from vbclang.engine.evaluate import Evaluation, evaluate
from vbclang.engine.graph import Name
from vbclang.engine.untouched import rests_on, untouched


def asked(program: Program, engine: Evaluation) -> Evaluation:
    """An evaluation of which all was asked for."""
    for name in program.figures:
        engine.figure(name)
    for key in program.flows:
        engine.flow(key)
    return engine


@given(st.integers(0, 2**32), st.data())
@settings(max_examples=80)
def test_what_is_taken_over_is_what_would_be_worked_out(seed: int, data: st.DataObject) -> None:
    maker = Maker(seed, 3)
    program, before, other = maker.program(), maker.facts(), maker.facts()
    changed = data.draw(st.sets(st.sampled_from(sorted(program.inputs)))) if program.inputs else set()
    inputs = {key: column for key, column in before.inputs.items() if key not in changed}
    closed = {key: (Closed(date(2026, 5, 10), date(2026, 6, 1)),) for key in program.flows if data.draw(st.integers(0, 3)) == 0}
    after = Facts({}, {**inputs, **{key: column for key, column in other.inputs.items() if key in changed}}, closed=closed)
    assume(not rests_on_itself(program, evaluate(program, before)))
    taken, fresh = evaluate(program, after, since=asked(program, evaluate(program, before))), evaluate(program, after)
    for name, figure in program.figures.items():
        for period, members in places(maker.grid, figure.type.grain, figure.type.axes):
            assert same(taken.figure(name).at(period, members), fresh.figure(name).at(period, members)), (name, period, members)
    for key, flow in program.flows.items():
        for period, members in places(maker.grid, flow.grain, flow.axes):
            for step in ("floored", "limited", "paid"):
                found, wanted = (getattr(each.flow(key), step).at(period, members) for each in (taken, fresh))
                assert same(found, wanted), (key, step, period, members)


def test_only_what_rests_on_a_changed_input_is_worked_out_again() -> None:
    maker = Maker(3, 3)
    program, facts = maker.program(), maker.facts()
    assert untouched(program, facts, facts, {}, {}) == frozenset(rests_on(program))
    for key in program.inputs:
        without = evolve(facts, inputs={name: column for name, column in facts.inputs.items() if name != key})
        left = untouched(program, facts, without, {}, {})
        direct = {name for name, read in rests_on(program).items() if key in read}
        assert key not in facts.inputs or left.isdisjoint(direct)
    flow = next(iter(program.flows))
    shut = evolve(facts, closed={flow: (Closed(date(2026, 5, 10), date(2026, 6, 1)),)})
    assert Name(flow, is_flow=True) not in untouched(program, facts, shut, {}, {})
