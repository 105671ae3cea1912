"""The engine and the naive evaluator agree on random programs: values, states and reasons, at every place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.reference.naive import Naive
from tests.reference.programs import SIZES, Maker
from vbclang.calendar.grid import Grid
from vbclang.core.nodes import State
from vbclang.core.program import Program
from vbclang.engine.errors import CircleError
from vbclang.engine.evaluate import Evaluation, evaluate
from vbclang.types.kinds import Grain


def places(grid: Grid, grain: Grain, axes: frozenset[str]) -> Iterator[tuple[int, Mapping[str, int]]]:
    names = sorted(axes)
    for place in product(range(grid.count(grain)), *(range(SIZES[a]) for a in names)):
        yield place[0], dict(zip(names, place[1:], strict=True))


def rests_on_itself(program: Program, engine: Evaluation) -> bool:
    """Whether the dice made a true circle, which the checker would have refused."""
    try:
        for name in program.figures:
            engine.figure(name)
    except CircleError:
        return True
    return False


def same(found: object, wanted: object) -> bool:
    """A state is an integer too, and no figure."""
    return isinstance(found, State) == isinstance(wanted, State) and found == wanted


@given(st.integers(0, 2**32))
@example(70_061)  # a later result in no band
@example(70_210)
@settings(max_examples=80)
def test_figures_and_amounts_agree(seed: int) -> None:
    agree(seed)


def agree(seed: int, depth: int = 3) -> None:
    maker = Maker(seed, depth)
    program = maker.program()
    facts = maker.facts()
    naive, engine = Naive(program, facts), evaluate(program, facts)
    assume(not rests_on_itself(program, engine))
    for name, figure in program.figures.items():
        series = engine.figure(name)
        for period, members in places(maker.grid, figure.type.grain, figure.type.axes):
            wanted = naive.at(figure.body, figure.type.grain, period, members)
            assert same(series.at(period, members), wanted), (name, period, members, series.at(period, members), wanted)
    for key, flow in program.flows.items():
        limited = engine.flow(key).limited
        for period, members in places(maker.grid, flow.grain, flow.axes):
            wanted = naive.amount(flow, period, members)
            assert same(limited.at(period, members), wanted), (key, period, members, limited.at(period, members), wanted)
