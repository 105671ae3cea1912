"""The front door: overrides, open axes, what is kept, why a figure is missing, circles, size."""

from __future__ import annotations

import time
from fractions import Fraction

import numpy as np
import pytest

from tests.engine.building import (
    M,
    Q,
    T,
    Y,
    arith,
    category,
    compare,
    const,
    facts,
    flow,
    given,
    limit,
    number,
    prev,
    program,
    ref,
    row,
    term,
    truth,
)
from vbclang.core import nodes as n
from vbclang.core.nodes import State
from vbclang.core.program import Axis, Figure, Member
from vbclang.data.facts import Facts, InputColumn, column_of, overlay_of
from vbclang.engine.errors import CircleError
from vbclang.engine.evaluate import evaluate
from vbclang.source import NOWHERE

PRICE = n.Ref(number(Y), NOWHERE, "Price")
GROWING = term("Price", arith("*", const(2), prev(PRICE, Y, 1, const(10))))


def test_a_figure_is_overridden_altogether_or_only_where_it_says_so() -> None:
    prices = lambda **how: [evaluate(program(GROWING), facts(), **how).figure("Price").at(y, {}) for y in range(2)]  # noqa: E731
    assert prices() == [20, 40]
    assert prices(overrides={"Price": row(Y, 3, None)}) == [3, State.NOT_REPORTED]
    assert prices(overrides={"Price": overlay_of((), Y, (2,), {(0,): Fraction(3)})}) == [3, 6]


def test_inputs_and_conditions_are_overridden_too() -> None:
    met = term("Met", compare("<=", const(5), given("x", Q)))
    data = facts(x=row(Q, *range(8)))
    at = lambda overrides: [evaluate(program(met), data, overrides=overrides).figure("Met").at(q, {}) for q in (0, 6)]  # noqa: E731
    assert at({}) == [False, True]
    assert at({"x": row(Q, *[9] * 8)}) == [True, True]
    assert at({"Met": overlay_of((), Q, (8,), {(6,): State.UNFIT})}) == [False, State.UNFIT]
    assert at({"Met": row(Q, *[1, 0] * 4)}) == [True, True]


def test_the_data_name_the_members_of_an_open_axis() -> None:
    x = given("x", Q, "Practice")
    total = n.Over(number(Q), NOWHERE, "total", x, "Practice", None, None, None, None, None, False)
    made = program(term("Total", total))
    made.axes["Practice"] = Axis("Practice", (), open=True)
    practices = tuple(Member(f"P{i}") for i in range(4))
    data = Facts(
        {"Practice": practices}, {"x": column_of(("Practice",), Q, (8, 4), {(q, i): Fraction(i) for q in range(8) for i in range(4)})}
    )
    evaluation = evaluate(made, data)
    assert evaluation.members("Practice") == practices
    assert evaluation.figure("Total").at(7, {}) == 6
    assert evaluate(made, Facts()).figure("Total").at(0, {}) == 0


def test_any_node_can_be_read_and_is_kept_on_demand() -> None:
    inner = arith("+", given("x", Q), const(1))
    made, data = program(term("It", arith("*", inner, const(2)))), facts(x=row(Q, *range(8)))
    for keep in (False, True):
        evaluation = evaluate(made, data, keep=keep)
        assert evaluation.node(inner).at(3, {}) == 4
        assert (evaluation.node(inner) is evaluation.node(inner)) is keep
        assert evaluation.value(inner, 3, {}) == 4


def test_a_figure_that_needs_itself_is_a_fault() -> None:
    itself = term("Price", arith("+", PRICE, const(1)))
    with pytest.raises(CircleError):
        evaluate(program(itself), facts()).figure("Price")


def test_a_branch_that_the_calendar_rules_out_is_no_circle() -> None:
    later = n.Choose(number(Y), NOWHERE, n.DuringPeriods(truth(Y), NOWHERE, Y, 0, 0), const(4), n.AtPeriod(number(), NOWHERE, PRICE, Y, 0))
    assert [evaluate(program(term("Price", later)), facts()).figure("Price").at(y, {}) for y in range(2)] == [4, 4]


def test_a_figure_may_rest_on_a_later_period_of_its_own_circle() -> None:
    backwards = n.Choose(
        number(Y), NOWHERE, n.DuringPeriods(truth(Y), NOWHERE, Y, 1, 1), const(4), n.AtPeriod(number(), NOWHERE, PRICE, Y, 1)
    )
    assert [evaluate(program(term("Price", backwards)), facts()).figure("Price").at(y, {}) for y in range(2)] == [4, 4]


# -- why a figure is missing -------------------------------------------------------------------------------------------


def measure(name: str, key: str) -> Figure:
    return term(name, given(key, Q), "measure")


def test_what_is_missing_is_named_as_far_as_it_matters() -> None:
    waits, spend = measure("Waits", "w"), measure("Spend", "s")
    enough = compare("<=", const(1), ref(waits))
    body = n.Choose(number(Q), NOWHERE, enough, arith("+", ref(spend), prev(ref(waits), Q)), const(0))
    declared = [given("w", Q), given("s", Q)]
    made = program(waits, spend, term("It", body), flow(arith("*", const(1), ref(spend)), applies=enough), inputs=declared)
    evaluation = evaluate(made, facts(w=row(Q, None, 5, 5, None, 0, None, *[1] * 2), s=row(Q, None, None, 1, None, None, None, *[1] * 2)))
    wanting = [evaluation.missing_leaves(body, q, {}) for q in range(8)]
    assert wanting == [("Waits",), ("Spend", "Waits"), (), ("Waits",), (), ("Waits",), ("Waits",), ()]
    assert evaluation.missing_leaves(n.AmountOf(number(Q), NOWHERE, "F"), 1, {}) == ("Spend",)


def test_of_members_and_periods_only_those_meant_are_named() -> None:
    x, meant = given("x", Q, "Site"), n.InputFlag(truth(Q, "Site"), NOWHERE, "meant")
    total = n.Over(number(Q), NOWHERE, "total", x, "Site", meant, None, None, None, None, False)
    year = n.Coarsen(number(Y), NOWHERE, "total", total, Q)
    cells = {(q, s): Fraction(1) for q in range(8) for s in range(2)}
    flags = {**cells, **{(q, 1): Fraction(0) for q in range(4)}}
    data = Facts({}, {"x": column_of(("Site",), Q, (8, 2), {p: c for p, c in cells.items() if p[1] == 0}),
                      "meant": column_of(("Site",), Q, (8, 2), flags)})  # fmt: skip
    made = program(term("It", year), axes={"Site": ("A", "B")}, inputs=[x])
    evaluation = evaluate(made, data)
    assert [evaluation.figure("It").at(y, {}) for y in range(2)] == [4, State.NOT_REPORTED]
    assert [evaluation.missing_leaves(year, y, {}) for y in range(2)] == [(), ("x",)]


def test_an_input_that_never_came_is_missing_everywhere() -> None:
    body = arith("+", given("x", M), const(1))
    evaluation = evaluate(program(term("It", body), inputs=[given("x", M)]), facts())
    assert evaluation.figure("It").at(23, {}) is State.NOT_REPORTED
    assert evaluation.missing_leaves(body, 5, {}) == ("x",)


# -- size --------------------------------------------------------------------------------------------------------------


def test_a_large_portfolio_takes_seconds() -> None:
    """2,000 parties, 8 quarters, 30 measures: half a million results, scored, weighed, compared with all, paid and limited."""
    random, parties, measures = np.random.default_rng(1), 2_000, 30
    shape = (8, parties, measures)
    den = random.integers(0, 500, shape)
    columns = {
        "num": InputColumn(("Party", "Measure"), Q, random.integers(0, 500, shape) % (den + 1), 1, np.zeros(shape, dtype=np.int8)),
        "den": InputColumn(("Party", "Measure"), Q, den, 1, np.zeros(shape, dtype=np.int8)),
        "group": InputColumn(("Measure",), T, np.arange(measures).reshape(1, -1) % 5, 1, np.zeros((1, measures), dtype=np.int8)),
    }
    num, whole = given("num", Q, "Party", "Measure"), given("den", Q, "Party", "Measure")
    share = n.Round(num.type, NOWHERE, n.Ratio(num.type, NOWHERE, num, whole, 30), Fraction(1, 1000), "half up")
    result = term("Result", share, "measure")
    by = n.Input(category("Group", T, "Measure"), NOWHERE, "group")
    score = term(
        "Score", n.Over(number(Q, "Party", "Group"), NOWHERE, "average", ref(result), "Measure", None, None, 1, "Group", by, False)
    )
    total = term("Total", n.Over(number(Q, "Party"), NOWHERE, "average", ref(score), "Group", None, None, None, None, None, False))
    bar = n.Over(
        number(Q), NOWHERE, n.PercentileMethod(Fraction(75), "interpolation"), ref(total), "Party", None, None, 1, None, None, False
    )
    above = compare("<=", ref(term("Bar", bar)), ref(total))
    paid = flow(arith("*", const(100_000), ref(total)), axes=["Party"], applies=above, limits=[limit(150_000, Y)])
    axes = {"Party": [str(i) for i in range(parties)], "Measure": [str(i) for i in range(measures)], "Group": "abcde"}
    made = program(result, score, total, term("Bar", bar), paid, axes=axes)
    started = time.perf_counter()
    amounts = evaluate(made, Facts({}, columns)).flow("F").limited
    assert time.perf_counter() - started < 20
    assert sum(amounts.at(0, {"Party": i}) > 0 for i in range(parties)) == 500  # type: ignore[operator]
