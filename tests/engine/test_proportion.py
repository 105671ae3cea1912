"""Limits that flows share in proportion: held to a plain reckoning with whole pence, by the field's own rules."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st

from tests.engine.building import Q, Y, facts, flow, program, row
from tests.engine.building import given as reported
from tests.engine.building import limit as a_limit
from vbclang.core.nodes import State
from vbclang.core.program import Program
from vbclang.engine.evaluate import evaluate

NAMES = ("A", "B", "C")
pence = st.one_of(st.integers(0, 300), st.integers(0, 20_000), st.none())
amounts = st.lists(st.lists(pence, min_size=8, max_size=8), min_size=2, max_size=3)


def shared(count: int, to: int, windowed: bool) -> Program:
    keys = NAMES[:count]
    limit = evolve(a_limit(str(Fraction(to, 100)), Y if windowed else None), together=keys, in_proportion=True)
    flows = [flow(reported(key, Q), key=key, limits=[limit]) for key in keys]
    return program(*flows)


def by_hand(figures: list[list[int | None]], to: int, windowed: bool) -> list[list[int]]:
    """Each period's sum is cut to what is left of the limit; of that the largest remainders get the last pennies, in the order named."""
    left, paid = to, []
    for quarter in range(8):
        if not windowed or quarter % 4 == 0:
            left = to
        own = [each[quarter] or 0 for each in figures]
        whole = sum(own)
        cut = min(whole, left)
        left -= cut
        exact = [Fraction(part * cut, whole) if whole else Fraction(0) for part in own]
        down = [int(part) for part in exact]
        order = sorted(range(len(own)), key=lambda k: (down[k] - exact[k], k))
        for k in order[: cut - sum(down)]:
            down[k] += 1
        paid.append(down)
    return paid


@given(amounts, st.integers(0, 40_000), st.booleans())
@example([[1] * 8, [1] * 8, [1] * 8], 2, False)
@example([[0] * 8, [0] * 8], 5, True)
def test_each_part_is_as_by_hand(figures: list[list[int | None]], to: int, windowed: bool) -> None:
    data = {name: row(Q, *(None if p is None else Fraction(p, 100) for p in each)) for name, each in zip(NAMES, figures, strict=False)}
    engine = evaluate(shared(len(figures), to, windowed), facts(**data))
    expected = by_hand(figures, to, windowed)
    for place, each in enumerate(figures):
        found = [engine.flow(NAMES[place]).limited.at(quarter, {}) for quarter in range(8)]
        assert found == [State.NOT_REPORTED if p is None else Fraction(expected[q][place], 100) for q, p in enumerate(each)]
