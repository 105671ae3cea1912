"""Clauses of the catalogue with figures that were checked by hand, built from nodes."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.engine.building import (
    M,
    Q,
    T,
    Y,
    arith,
    bands,
    between,
    compare,
    const,
    facts,
    flow,
    given,
    limit,
    line,
    prev,
    program,
    ref,
    rounded,
    row,
    term,
)  # fmt: skip
from vbclang.core import nodes as n
from vbclang.core.nodes import Expr, State
from vbclang.core.program import Shares
from vbclang.data.facts import Facts, column_of
from vbclang.engine.evaluate import Evaluation, evaluate
from vbclang.source import NOWHERE
from vbclang.types.kinds import Grain


def worth(body: Expr, grain: Grain = T, **inputs: object) -> Fraction | bool | State:
    """What ``body`` is where each input has one figure, in the first period."""
    columns = {key: row(grain, *[value] * (1 if grain is T else 2)) for key, value in inputs.items()}
    return evaluate(program(term("It", body)), facts(**columns)).figure("It").at(0, {})


def pays(evaluation: Evaluation, key: str = "F", periods: int = 1) -> list[Fraction | State]:
    return [evaluation.flow(key).limited.at(period, {}) for period in range(periods)]


def test_a1_pain_is_split_and_one_share_is_capped() -> None:
    names = ("Commissioner", "Acute", "Community", "Mental Health")
    limits = (None, *(arith("*", const("0.05"), const(v)) for v in (6_000_000, 3_500_000, 1_200_000)))
    shares = Shares(
        "Partners",
        tuple(const(s) for s in ("0.40", "0.30", "0.20", "0.10")),
        limits,
        limits,
        0,
    )
    pain = flow(arith("-", given("actual", T), given("target", T)), grain=T, signed=True, shares=shares)
    evaluation = evaluate(program(pain, axes={"Partners": names}), facts(actual=row(T, 11_500_000), target=row(T, 10_700_000)))
    result = evaluation.flow("F")
    assert result.divided is not None
    assert result.undivided is not None
    assert [result.divided.at(0, {"Partners": i}) for i in range(4)] == [340_000, 240_000, 160_000, 60_000]
    assert result.undivided.at(0, {}) == 0


def test_a7_a_straight_line() -> None:
    scale = lambda: n.Interpolate(given("p", T).type, NOWHERE, given("p", T), line("0.55", 0, "0.75", 200_000))  # noqa: E731
    assert [worth(scale(), p=p) for p in ("0.62", "0.5", "0.9")] == [70_000, 0, 200_000]


@pytest.mark.parametrize(("result", "paid"), [("0.85", 75_000), ("0.849", 37_500), ("0.90", 125_000), ("0.799", 0)])
def test_a8_step_tiers(result: str, paid: int) -> None:
    tiers = bands(
        given("p", T), ("0.90", None, const(1)), ("0.85", "0.90", const("0.6")), ("0.80", "0.85", const("0.3")), (None, "0.80", const(0))
    )
    evaluation = evaluate(program(flow(const(125_000), grain=T, earned=tiers)), facts(p=row(T, result)))
    assert pays(evaluation) == [paid]


def test_a9_each_rate_on_its_slice_or_one_on_the_whole() -> None:
    rates = (None, "1000000", const(0)), ("1000000", "2000000", const("0.05")), ("2000000", None, const("0.08"))
    assert worth(bands(given("spend", T), *rates, slices_from=const(0)), spend=2_400_000) == 82_000
    assert worth(arith("*", given("spend", T), bands(given("spend", T), *rates)), spend=2_400_000) == 192_000


def test_a10_a_sanction_stops_at_its_quarterly_limit() -> None:
    monthly = flow(arith("*", const(8_000), given("failed", M)), grain=M, limits=[limit(30_000, Q)])
    failed = row(M, 1, 2, 1, 5, *[0] * 20)
    assert pays(evaluate(program(monthly), facts(failed=failed)), periods=5) == [8_000, 16_000, 6_000, 30_000, 0]
    cut = evaluate(program(monthly), facts(failed=failed)).flow("F").cut[0]
    assert [cut.at(period, {}) for period in range(5)] == [0, 0, 2_000, 10_000, 0]


def test_a14_improvement_on_the_own_baseline() -> None:
    fall = arith("/", arith("-", const(240), given("rate", T)), const(240))
    paid = n.Interpolate(fall.type, NOWHERE, fall, line(0, 0, "0.05", 60_000))
    assert worth(paid, rate=231) == 45_000


def test_a16_complete_steps_and_steps_in_part() -> None:
    over = arith("-", arith("/", given("observed", T), given("expected", T)), const("1.05"))
    steps = lambda of, direction: arith("*", const(2_000), rounded(arith("/", of, const("0.01")), "1", direction))  # noqa: E731
    assert worth(steps(over, "down"), observed=118, expected=110) == 4_000
    assert worth(steps(over, "up"), observed=118, expected=110) == 6_000
    two_places = arith("-", rounded(arith("/", given("observed", T), given("expected", T)), "0.01"), const("1.05"))
    assert worth(steps(two_places, "up"), observed=118, expected=110) == 4_000


def test_a22_indexation_compounds() -> None:
    change = arith("-", between(given("cpi", Y), const(0), const("0.04")), const("0.011"))
    price = n.Ref(given("cpi", Y).type, NOWHERE, "Price")
    grown = arith("*", prev(price, Y), arith("+", const(1), change))
    first_year = n.DuringPeriods(given("cpi", Y).type, NOWHERE, Y, 0, 0)
    body = n.Choose(price.type, NOWHERE, first_year, arith("*", const(1_000_000), arith("+", const(1), change)), grown)
    evaluation = evaluate(program(term("Price", body)), facts(cpi=row(Y, "0.046", "0.022")))
    assert [evaluation.figure("Price").at(year, {}) for year in range(2)] == [1_029_000, Fraction("1040319")]


def test_four_limits_on_a_year_never_exceed_the_yearly_one() -> None:
    """Rounding before limiting: four limits of £62,493.20586 come to £249,972.80, not to more than 1% of the value."""
    value = const("24997282.344")
    quarterly = flow(arith("/", value, const(100)), limits=[limit(arith("/", arith("*", value, const("0.01")), const(4)), Q)])
    paid = pays(evaluate(program(quarterly), facts()), periods=4)
    assert paid == [Fraction("62493.20")] * 4


def test_instalments_lose_no_penny() -> None:
    evaluation = evaluate(program(flow(const("100.01"), instalments=4)), facts())
    assert pays(evaluation, periods=4) == [Fraction(x) for x in ("25.00", "25.01", "25.00", "25.00")]


def test_a15_peers_without_oneself() -> None:
    peers = [70, 72, 75, 76, 78, 80, 82, 84, 85, 88, 90, 94]
    axes, column = {"Peer": [str(i) for i in range(13)]}, [*peers, "85.5"]
    score = given("score", T, "Peer")
    data = Facts({}, {"score": column_of(("Peer",), T, (1, 13), {(0, i): Fraction(str(x)) for i, x in enumerate(column)})})
    bars = []
    for method in ("nearest rank", "interpolation", "averaging at a step"):
        rank = n.PercentileMethod(Fraction(75), method)  # type: ignore[arg-type]
        body = n.Over(score.type, NOWHERE, rank, score, "Peer", None, None, None, None, None, True)
        bars.append(evaluate(program(term("Bar", body), axes=axes), data).figure("Bar").at(0, {"Peer": 12}))
    assert bars == [85, Fraction("85.75"), Fraction("86.5")]


def test_what_a_clause_pays_when_it_does_not_apply() -> None:
    met = compare("<=", const("0.8"), given("p", Q))
    clause = flow(given("value", Q), applies=met)
    data = facts(p=row(Q, "0.9", "0.7", None, *["0.9"] * 5), value=row(Q, 10, None, 10, None, *[1] * 4))
    assert pays(evaluate(program(clause), data), periods=4) == [10, 0, State.NOT_REPORTED, State.NOT_REPORTED]


def test_a_named_figure_is_read_as_it_stands() -> None:
    half = term("Half", arith("/", given("x", Y), const(2)))
    assert evaluate(program(half, term("It", arith("+", ref(half), given("y", M)))), facts(x=row(Y, 4, 6), y=row(M, *range(24)))).figure(
        "It"
    ).at(12, {}) == Fraction(15)
