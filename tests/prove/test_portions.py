"""Portions hold: of random programs and data, each figure is a share of the sum and a rest, between the bounds that are stated of both."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.engine.test_range import bounded, is_worked_out
from tests.reference.programs import Maker
from tests.reference.test_reference import places
from vbclang.core import nodes as n
from vbclang.core.program import Figure, Program
from vbclang.core.walk import whole
from vbclang.engine.evaluate import Evaluation, evaluate
from vbclang.engine.range import interval as i
from vbclang.engine.range.bounds import Bounds
from vbclang.engine.range.interval import Range
from vbclang.engine.range.place import Place
from vbclang.prove.portions import Portion, Portions, Sum, exceeds
from vbclang.types.kinds import Grain

_FLOW = "paid"


def between(portion: Portion, base: Fraction) -> Range:
    return i.add(i.multiply(portion.share, i.point(base)), portion.rest)


def rounds(program: Program, node: n.Expr | n.Cond) -> bool:
    return any(isinstance(part, n.Round) for part in whole(program.figures, node))


@given(st.integers(0, 2**32))
@example(2304)
@settings(max_examples=60)
def test_each_figure_is_such_a_portion_of_any_other(seed: int) -> None:
    held(seed)


def held(seed: int, depth: int = 3) -> int:
    """How many figures were held to their portions that are a share of the sum."""
    maker = Maker(seed, depth)
    program, facts = bounded(maker.program()), maker.facts()
    engine, bounds = evaluate(program, facts), Bounds(program)
    if not is_worked_out(program, engine):
        return 0
    figures = [figure for figure in program.figures.values() if isinstance(figure.body, n.Expr) and figure.name != "holds"]
    return sum(_held(maker, program, engine, bounds, base, figure) for base in figures for figure in figures)


def _held(maker: Maker, program: Program, engine: Evaluation, bounds: Bounds, base: Figure, figure: Figure) -> int:
    if rounds(program, figure.body):
        return 0
    shares = 0
    for period, members in places(maker.grid, figure.type.grain, figure.type.axes):
        if not base.type.grain >= figure.type.grain or not base.type.axes <= figure.type.axes:
            continue
        at = Place(figure.type.grain, period, members)
        of = 0 if base.type.grain >= Grain.TERM else bounds.containing(at, base.type.grain)
        own = {axis: members[axis] for axis in base.type.axes}
        worth, found = engine.figure(base.name).at(of, own), engine.figure(figure.name).at(period, members)
        if not isinstance(worth, Fraction) or not isinstance(found, Fraction) or isinstance(found, bool) or worth < 0:
            continue
        home = Place(base.type.grain, of, own)
        assert isinstance(base.body, n.Expr)
        assert isinstance(figure.body, n.Expr)
        read = n.Ref(figure.type, figure.span, figure.name)
        portion = Portions(bounds, Sum(program.name, base.name, home, bounds.number(base.body, home))).number(read, at)
        stated = between(portion, worth)
        assert stated.low <= (0, found) <= stated.high, (base.name, figure.name, period, members, worth, found, portion)
        shares += portion.share != i.NOTHING
    return shares


def test_the_law_speaks_of_shares_too() -> None:
    assert sum(held(seed) for seed in range(12)) > 50


@given(st.integers(0, 2**32))
@example(417)
@example(1448)
@settings(max_examples=30)
def test_what_is_paid_is_such_a_portion_too(seed: int) -> None:
    paid_within(seed)


def paid_within(seed: int, depth: int = 3) -> None:
    maker = Maker(seed, depth)
    program, facts = bounded(maker.program()), maker.facts()
    engine, bounds = evaluate(program, facts), Bounds(program)
    if not is_worked_out(program, engine):
        return
    for base in program.figures.values():
        if isinstance(base.body, n.Expr) and base.type.grain >= Grain.YEAR and not base.type.axes:
            _paid_within(maker, program, engine, bounds, base)


def _paid_within(maker: Maker, program: Program, engine: Evaluation, bounds: Bounds, base: Figure) -> None:
    window = min(base.type.grain, Grain.TERM)
    assert isinstance(base.body, n.Expr)
    for key, flow in program.flows.items():
        if any(rounds(program, root) for root in flow.roots()) or flow.grain > window:
            continue
        amounts: dict[int, list[object]] = {}
        for period, members in places(maker.grid, flow.grain, flow.axes):
            within = 0 if window is Grain.TERM else maker.grid.containing(flow.grain, period, window)
            amounts.setdefault(within, []).append(engine.flow(key).limited.at(period, members))
        for within, found in amounts.items():
            worth = engine.figure(base.name).at(within, {})
            if not isinstance(worth, Fraction) or worth < 0 or not all(isinstance(each, Fraction) for each in found):
                continue
            home = Place(window, within)
            portion = Portions(bounds, Sum(program.name, base.name, home, bounds.number(base.body, home))).total(flow, home)
            stated, total = between(portion, worth), sum(each for each in found if isinstance(each, Fraction))
            pennies = flow.unit * len(found)
            assert (0, total - pennies) <= stated.high, (base.name, key, within, worth, total, portion)


def test_more_than_all_exceeds_and_all_does_not() -> None:
    all_of_it = Portion(i.point(1), i.NOTHING)
    assert not exceeds(all_of_it, i.between(0, None))
    assert exceeds(evolve(all_of_it, rest=i.point(1)), i.between(0, None))
    assert exceeds(Portion(i.point(Fraction(101, 100)), i.NOTHING), i.between(0, None))
    assert not exceeds(Portion(i.NOTHING, i.between(0, 100)), i.between(100, None))
    assert exceeds(Portion(i.NOTHING, i.between(0, None)), i.between(100, None))
    assert exceeds(Portion(i.point(Fraction(1, 2)), i.point(50)), i.between(99, None))
    assert not exceeds(Portion(i.point(Fraction(1, 2)), i.point(50)), i.between(100, None))
