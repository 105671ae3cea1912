"""Bands whose thresholds are worked out: a figure lies in one of them, or nothing is determined."""

from __future__ import annotations

import pytest

from tests.engine.building import Q, T, arith, bands, const, facts, given, program, row, term
from vbclang.core import nodes as n
from vbclang.core.nodes import State
from vbclang.engine.evaluate import evaluate
from vbclang.source import NOWHERE

TARGET, FLOOR = given("target", T), given("floor", T)
FIGURE = given("x", Q)
TIERS = bands(FIGURE, (TARGET, None, const(3)), (FLOOR, TARGET, const(2)), (None, FLOOR, const(1)))


def tiers(x: object, floor: object, target: object, of: n.Expr = TIERS) -> object:
    data = facts(x=row(Q, x), floor=row(T, floor), target=row(T, target))
    return evaluate(program(term("F", of)), data).figure("F").at(0, {})


@pytest.mark.parametrize(
    ("x", "floor", "target", "result"),
    [
        (90, 70, 80, 3),
        (80, 70, 80, 3),
        (79, 70, 80, 2),
        (69, 70, 80, 1),
        (82, 85, 80, State.NO_BAND),
        (86, 85, 80, 3),
        (79, 85, 80, 1),
        (None, 70, 80, State.NOT_REPORTED),
        (75, None, 80, State.NOT_REPORTED),
        (82, None, 80, 3),
    ],
)
def test_a_figure_in_two_bands_has_no_result(x: object, floor: object, target: object, result: object) -> None:
    assert tiers(x, floor, target) == result


@pytest.mark.parametrize(("x", "result"), [(40, 1), (50, State.NO_BAND), (60, 2)])
def test_a_figure_in_no_band_has_no_result(x: object, result: object) -> None:
    assert tiers(x, 0, 0, bands(FIGURE, (None, "50", const(1)), ("60", None, const(2)))) == result


@pytest.mark.parametrize(
    ("x", "floor", "target", "result"), [(100, 50, 50, 75), (40, 50, 60, 20), (100, 60, 50, State.NO_BAND), (100, 50, 60, State.NO_BAND)]
)
def test_slices_that_overlap_or_leave_a_part_over_have_no_result(x: object, floor: object, target: object, result: object) -> None:
    half, whole = const("0.5"), const(1)
    assert tiers(x, floor, target, bands(FIGURE, (None, FLOOR, half), (TARGET, None, whole), slices_from=const(0))) == result


def test_no_rule_for_missing_figures_speaks_of_it() -> None:
    missing = frozenset({State.NOT_REPORTED, State.UNFIT, State.TOO_SMALL})
    assert tiers(82, 85, 80, n.Recover(TIERS.type, NOWHERE, TIERS, missing, const(9))) is State.NO_BAND
    assert tiers(None, 85, 80, n.Recover(TIERS.type, NOWHERE, TIERS, missing, const(9))) == 9
    assert tiers(82, 85, 80, arith("+", TIERS, FIGURE)) is State.NO_BAND
