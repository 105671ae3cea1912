"""Figures written as CSV and read again are the figures."""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from tests.data.building import DOMAIN, GRID, HOSPITAL, MISSING, cells, column, keyed, loaded, program, with_measures, worked_out
from vbclang.core.nodes import State
from vbclang.data.facts import column_of
from vbclang.types.kinds import NUMBER, SHARE, Grain, money

DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=4).map(lambda d: f"{d:f}")
PLACES = st.tuples(st.integers(0, 7), st.integers(0, 2), st.integers(0, 1))


def written(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


@given(st.dictionaries(PLACES, st.tuples(DECIMALS, st.one_of(st.just(""), DECIMALS))))
def test_a_keyed_file(figures: dict[tuple[int, int, int], tuple[str, str]]) -> None:
    its = program(
        keyed(
            column("score", NUMBER),
            column("cost", money("GBP"), blank=MISSING),
            keys={"quarter": None, "hospital": "Hospital", "domain": "Domain"},
            grain=Grain.QUARTER,
        )
    )
    rows = [["cost", "domain", "quarter", "hospital", "score"]]
    for (quarter, hospital, domain), (score, cost) in figures.items():
        period = GRID.period(Grain.QUARTER, quarter)
        rows.append([cost, DOMAIN.members[domain].codes[0], period.label, HOSPITAL.members[hospital].name, score])
    with TemporaryDirectory() as folder:
        facts, diagnostics = loaded(its, Path(folder), {"scores.csv": written(rows)})
    assert [d.code for d in diagnostics] == ([] if figures else ["D004"])
    scores = {place: Fraction(score) for place, (score, _) in figures.items()}
    assert cells(facts, "score") == scores
    assert cells(facts, "cost") == {place: Fraction(cost) for place, (_, cost) in figures.items() if cost}
    expected = column_of(("Hospital", "Domain"), Grain.QUARTER, (8, 3, 2), scores)
    got = facts.inputs["score"]
    assert (got.states == expected.states).all()
    assert (got.numerators.astype(object) * expected.denominator == expected.numerators.astype(object) * got.denominator).all()


COUNTS = st.integers(0, 10**12).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d)))
SHARES = st.integers(0, 10**6).map(lambda n: Fraction(n, 10**6))
MISSING_STATES = st.sampled_from([State.NOT_REPORTED, State.UNFIT, State.TOO_SMALL])


@given(st.dictionaries(st.tuples(st.integers(0, 23), st.integers(0, 2)), st.one_of(COUNTS, SHARES, MISSING_STATES), min_size=1))
def test_worked_out_figures(figures: dict[tuple[int, int], tuple[int, int] | Fraction | State]) -> None:
    its = with_measures(worked_out("Seen", SHARE, Grain.MONTH, "Hospital"))
    rows = [["measure", "member", "period", "numerator", "denominator", "value"]]
    for (month, hospital), figure in figures.items():
        start = ["Seen", HOSPITAL.members[hospital].codes[0], GRID.period(Grain.MONTH, month).label]
        match figure:
            case State():
                rows.append([*start, "", "", figure.words])
            case Fraction():
                rows.append([*start, "", "", f"{int(figure * 10**6):07}"[:-4] + "." + f"{int(figure * 10**6):07}"[-4:] + "%"])
            case (numerator, denominator):
                rows.append([*start, f"{numerator:,}", str(denominator), ""])
    with TemporaryDirectory() as folder:
        facts, diagnostics = loaded(its, Path(folder), {"figures.csv": written(rows)})
    assert {d.code for d in diagnostics} <= {"D044"}
    states = {place: figure for place, figure in figures.items() if isinstance(figure, State) and figure is not State.NOT_REPORTED}
    pairs = {place: figure for place, figure in figures.items() if isinstance(figure, tuple)}
    assert cells(facts, "Seen value") == states | {place: f for place, f in figures.items() if isinstance(f, Fraction)}
    assert cells(facts, "Seen numerator") == states | {place: n for place, (n, _) in pairs.items()}
    assert cells(facts, "Seen denominator") == states | {place: d for place, (_, d) in pairs.items()}
