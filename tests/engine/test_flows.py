"""Flows: limits and their windows, division, signs, part periods, circles through amounts."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.building import Q, T, Y, arith, bands, const, facts, flow, limit, number, prev, program, row, term
from tests.engine.building import given as reported
from vbclang.calendar.grid import Grid
from vbclang.core import nodes as n
from vbclang.core.nodes import State
from vbclang.core.program import PartPeriod, Shares
from vbclang.data.facts import Facts, column_of
from vbclang.engine.division import divided
from vbclang.engine.errors import EngineError
from vbclang.engine.evaluate import evaluate
from vbclang.source import NOWHERE

AMOUNT = reported("x", Q)
SITES = {"Site": ("A", "B", "C")}
pence = st.integers(-20_000, 20_000)
amounts = st.lists(st.one_of(pence, st.none()), min_size=8, max_size=8)


def quarters(figures: list[int | None]) -> Facts:
    return facts(x=row(Q, *(None if f is None else Fraction(f, 100) for f in figures)))


def test_a_signed_limit_holds_the_total() -> None:
    signed = flow(AMOUNT, signed=True, limits=[limit(100, Y)])
    result = evaluate(program(signed), facts(x=row(Q, 150, -60, 70, -300, 50, None, 60, -20))).flow("F").limited
    assert [result.at(q, {}) for q in range(8)] == [100, -10, 10, -200, 50, State.NOT_REPORTED, 50, -10]


def test_a_one_sided_limit_leaves_the_other_side() -> None:
    gain = flow(AMOUNT, signed=True, limits=[limit(100, Y, way="gain")])
    result = evaluate(program(gain), facts(x=row(Q, 150, -500, 0, 600, 1, 1, 1, 1))).flow("F").limited
    assert [result.at(q, {}) for q in range(4)] == [100, -450, 0, 450]


@given(amounts, st.integers(0, 9_000), st.integers(0, 20_000))
def test_every_window_keeps_its_limit(figures: list[int | None], quarter: int, year: int) -> None:
    limits = [limit(Fraction(year, 100).__str__(), Y), limit(Fraction(2 * quarter + 1, 200).__str__(), Q)]
    result = evaluate(program(flow(AMOUNT, signed=True, limits=limits)), quarters(figures)).flow("F").limited
    paid = [result.at(q, {}) for q in range(8)]
    money = [p * 100 if isinstance(p, Fraction) else Fraction(0) for p in paid]
    assert all(p.denominator == 1 and abs(p) <= quarter for p in money)
    assert all(abs(sum(money[start : q + 1])) <= year for start in (0, 4) for q in range(start, start + 4))
    assert [isinstance(p, State) for p in paid] == [f is None for f in figures]


def test_a_limit_over_members_is_used_in_period_order_and_then_in_naming_order() -> None:
    x = reported("x", Q, "Site")
    data = Facts({}, {"x": column_of(("Site",), Q, (8, 3), {(q, s): Fraction(40) for q in range(8) for s in range(3)})})
    both = flow(x, axes=["Site"], limits=[limit(150, Y, "Site"), limit(70, Y)])
    result = evaluate(program(both, axes=SITES), data).flow("F").limited
    assert [[result.at(q, {"Site": s}) for s in range(3)] for q in range(2)] == [[40, 40, 40], [30, 0, 0]]
    assert [result.at(4, {"Site": s}) for s in range(3)] == [40, 40, 40]


def test_after_an_amount_of_which_no_rule_speaks_nothing_of_its_window_is_determined() -> None:
    earned = bands(AMOUNT, ("0", "50", const(1)), ("60", "100", const(1)))
    flows = flow(const(10), earned=earned, limits=[limit(100, Y)])
    result = evaluate(program(flows), facts(x=row(Q, 20, None, 55, 70, 20, 70, 20, 70))).flow("F")
    none = State.NO_BAND
    assert [result.limited.at(q, {}) for q in range(8)] == [10, State.NOT_REPORTED, none, none, 10, 10, 10, 10]
    assert result.floored.at(3, {}) == 10


def test_a_floor_is_rounded_up_and_a_limit_down() -> None:
    narrow = flow(AMOUNT, floor=const("5.001"), limits=[limit("9.999")])
    result = evaluate(program(narrow), facts(x=row(Q, 1, 20, "7.777", "7.775", 5, 5, 5, 5))).flow("F")
    assert [result.limited.at(q, {}) for q in range(4)] == [Fraction("5.01"), Fraction("9.99"), Fraction("7.78"), Fraction("7.78")]


def test_what_comes_out_below_nothing_is_told_and_not_clamped() -> None:
    result = evaluate(program(flow(AMOUNT)), facts(x=row(Q, 1, -2, 0, None, 5, 5, 5, -1))).flow("F")
    assert result.below_zero == ((1, {}), (7, {}))
    assert result.limited.at(1, {}) == -2
    assert len(evaluate(program(flow(const(-1))), facts()).flow("F").below_zero) == 8
    assert len(evaluate(program(flow(const(-1), limits=[limit(0)])), facts()).flow("F").below_zero) == 8  # no limit makes it nothing


@pytest.mark.parametrize(
    ("rule", "first", "last"), [("pro rata by days", "6813.19", "1666.67"), ("in full", "10000", "10000"), ("nothing", "0", "0")]
)
def test_part_periods(rule: str, first: str, last: str) -> None:
    """The term has 62 of the 91 days of its first quarter, and 15 of the 90 of its last."""
    ragged = Grid(date(2026, 4, 30), date(2027, 1, 16), 4)
    clause = flow(const(10_000), part_period=PartPeriod(rule))  # type: ignore[arg-type]
    result = evaluate(program(clause, grid=ragged), facts()).flow("F").limited
    assert [result.at(q, {}) for q in (0, 1, 3)] == [Fraction(first), 10_000, Fraction(last)]


def test_a_repayment_stops_when_the_balance_is_gone() -> None:
    """The balance reads the amounts of the clause, and the clause is limited by the balance before it."""
    balance = n.Ref(number(Q), NOWHERE, "Balance")
    paid = n.AmountOf(number(Q), NOWHERE, "F")
    owed = term("Balance", n.Arith(number(Q), NOWHERE, "-", prev(balance, Q, 1, const(500)), paid))
    repay = flow(AMOUNT, limits=[limit(prev(balance, Q, 1, const(500)))])
    evaluation = evaluate(program(owed, repay), facts(x=row(Q, 200, 90, 150, 90, 50, 10, 10, 10)))
    assert [evaluation.flow("F").limited.at(q, {}) for q in range(6)] == [200, 90, 150, 60, 0, 0]
    assert [evaluation.figure("Balance").at(q, {}) for q in range(5)] == [300, 210, 60, 0, 0]


# -- division ----------------------------------------------------------------------------------------------------------


@st.composite
def divisions(draw: st.DrawFn) -> tuple[list[Fraction], list[int | None], int | str]:
    weights = draw(st.lists(st.integers(0, 9), min_size=1, max_size=5).filter(any))
    stays = draw(st.sampled_from([0, 0, 3]))
    shares = [Fraction(w, sum(weights) + stays) for w in weights]
    limits: list[int | None] = [draw(st.one_of(st.none(), st.integers(0, 60))) for _ in weights]
    bearers = [i for i, limit in enumerate(limits) if limit is None]
    return shares, limits, draw(st.sampled_from(["the others", "the other party", *bearers]))


@given(st.integers(-300, 300), divisions())
def test_a_division_makes_the_amount_and_keeps_the_limits(amount: int, how: tuple[list[Fraction], list[int | None], int | str]) -> None:
    shares, limits, bearer = how
    parts, rest = divided(amount, shares, limits, bearer)  # type: ignore[arg-type]
    assert sum(parts) + rest == amount
    assert all(part * amount >= 0 for part in (*parts, rest))
    assert all(limit is None or abs(part) <= limit for part, limit in zip(parts, limits, strict=True))
    assert divided(-amount, shares, limits, bearer) == (tuple(-p for p in parts), -rest)  # type: ignore[arg-type]
    if not any(limit is not None for limit in limits):
        assert all(abs(part - share * amount) < 1 for part, share in zip(parts, shares, strict=True))
        assert abs(rest - (1 - sum(shares)) * amount) < 1


def test_pennies_go_to_the_largest_remainders_and_ties_to_the_first_named() -> None:
    third = Fraction(1, 3)
    assert divided(100, [third] * 3, [None] * 3, "the others") == ((34, 33, 33), 0)
    assert divided(-101, [third] * 3, [None] * 3, "the others") == ((-34, -34, -33), 0)


def test_what_is_above_a_limit_is_shared_until_none_exceeds() -> None:
    shares = [Fraction(1, 2), Fraction(3, 10), Fraction(2, 10)]
    assert divided(100, shares, [20, 40, None], "the others") == ((20, 40, 40), 0)
    assert divided(100, shares, [20, 40, 30], "the others") == ((20, 40, 30), 10)
    assert divided(100, shares, [20, None, None], "the other party") == ((20, 30, 20), 30)
    assert divided(100, shares, [20, None, None], 2) == ((20, 30, 50), 0)


def test_shares_above_the_whole_are_a_fault() -> None:
    with pytest.raises(EngineError):
        divided(100, [Fraction(2, 3), Fraction(2, 3)], [None, None], "the others")


def test_a_division_that_rests_on_a_missing_share_is_missing() -> None:
    shares = Shares("Site", (reported("s", Q), const("0.2"), const("0.1")), (None,) * 3, (None,) * 3, "the others")
    data = facts(s=row(Q, "0.7", State.UNFIT, None, "0.7", *["0.7"] * 4))
    result = evaluate(program(flow(const(100), shares=shares), axes=SITES), data).flow("F")
    assert result.divided is not None
    assert [result.divided.at(q, {"Site": 0}) for q in range(3)] == [70, State.UNFIT, State.NOT_REPORTED]
    assert result.divided.at(1, {"Site": 1}) is State.UNFIT


def test_the_whole_term_is_one_window() -> None:
    result = evaluate(program(flow(arith("*", const(1), AMOUNT), limits=[limit(100, T)])), facts(x=row(Q, *[30] * 8))).flow("F")
    assert [result.limited.at(q, {}) for q in range(8)] == [30, 30, 30, 10, 0, 0, 0, 0]
