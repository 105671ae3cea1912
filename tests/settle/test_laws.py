"""What holds of every statement, whatever the figures are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.settle.settling import HEADINGS, SMALL, settled, statement
from vbclang.render import statement as render
from vbclang.settle.statement import Booking, Line, Outcome, Statement

QUARTERS = [f"Q{quarter} {year}" for year in ("2026/27", "2027/28") for quarter in range(1, 5)]
# Charity's third of a penny and the like: amounts that do not divide evenly.
_RESPONSES = st.one_of(st.none(), st.tuples(st.integers(0, 60), st.integers(1, 60)).map(lambda n: (min(n), n[1])))
_PERCENTAGES = st.one_of(st.none(), st.integers(0, 200).map(lambda n: f"{n // 10}.{n % 10}%"), st.sampled_from(["unfit", "not reported"]))
_COSTS = st.one_of(st.none(), st.integers(950_000, 1_050_000).map(lambda n: f"£{n // 100}.{n % 100:02d}"))
_FIGURES = st.tuples(*(st.lists(kind, min_size=8, max_size=8) for kind in (_RESPONSES, _PERCENTAGES, _COSTS)))
few = settings(max_examples=12)
Figures = tuple[list[tuple[int, int] | None], list[str | None], list[str | None]]


def _file(figures: Figures) -> str:
    responses, waits, costs = figures
    rows = [f"Response,{quarter},{n[0]},{n[1]}," for quarter, n in zip(QUARTERS, responses, strict=True) if n is not None]
    rows += [f"Waiting,{quarter},,,{value}" for quarter, value in zip(QUARTERS, waits, strict=True) if value is not None]
    rows += [f"Cost,{quarter},,,{value}" for quarter, value in zip(QUARTERS, costs, strict=True) if value is not None]
    return HEADINGS + "\n".join(rows) + "\n"


def _amounts(found: Statement) -> Iterator[list[Line]]:
    """The lines of each amount: of one clause in one period."""
    together: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in found.lines:
        together[(line.clause, line.period)].append(line)
    yield from together.values()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("laws")


@few
@given(figures=_FIGURES)
def test_totals_are_the_sums_of_the_lines(folder: Path, figures: Figures) -> None:
    found = statement(folder, _file(figures))
    sums: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for line in found.lines:
        sums[(line.payer, line.payee)] += line.amount or 0
    assert {(total.payer, total.payee): total.amount for total in found.totals} == dict(sums)
    assert sum(total.undetermined for total in found.totals) == sum(line.amount is None for line in found.lines)


@few
@given(figures=_FIGURES)
def test_the_parts_of_an_amount_add_up_to_it(folder: Path, figures: Figures) -> None:
    for lines in _amounts(statement(folder, _file(figures))):
        whole = lines[0].share_of
        if whole is not None:
            assert sum((line.amount or 0 for line in lines), Fraction(0)) == whole
            assert len({(line.payer == "Commissioner") for line in lines if line.amount}) <= 1


@few
@given(figures=_FIGURES)
def test_amounts_are_whole_pence_and_never_below_nothing(folder: Path, figures: Figures) -> None:
    for line in statement(folder, _file(figures)).lines:
        assert line.amount is None or (line.amount >= 0 and (line.amount * 100).denominator == 1)


NETTED = SMALL.replace("working days in England", "working days in England\n  amounts due on the same day are netted")


@few
@given(figures=_FIGURES)
def test_netting_changes_what_is_paid_on_no_day_and_no_amount(folder: Path, figures: Figures) -> None:
    found = statement(folder, _file(figures), NETTED)
    gross = statement(folder, _file(figures))
    assert (found.lines, found.totals, found.bookings) == (gross.lines, gross.totals, gross.bookings)
    assert not gross.nets
    owed: dict[tuple[object, str], Fraction] = defaultdict(Fraction)
    for each in (*found.bookings, *found.nets):
        sign = 1 if isinstance(each, Booking) else -1
        owed[each.day, each.payer] += sign * each.amount
        owed[each.day, each.payee] -= sign * each.amount
    assert set(owed.values()) <= {0}
    pairs = [(net.day, *sorted((net.payer, net.payee))) for net in found.nets]
    assert len(pairs) == len(set(pairs))
    assert all(net.amount >= 0 for net in found.nets)


@few
@given(figures=_FIGURES)
def test_a_limit_holds_over_its_year(folder: Path, figures: Figures) -> None:
    years: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for line in statement(folder, _file(figures)).lines:
        sign = 1 if line.payer == "Commissioner" else -1
        years[(line.clause, line.period[-7:])] += sign * (line.amount or 0)
    for (clause, _), total in years.items():
        assert abs(total) <= {"Waiting Bonus": 700, "Gain And Pain": 150}.get(clause, 10**9)


@few
@given(figures=_FIGURES)
def test_what_is_missing_gives_no_figure(folder: Path, figures: Figures) -> None:
    responses, _, costs = figures
    for line in statement(folder, _file(figures)).lines:
        place = QUARTERS.index(line.period)
        if line.clause == "Gain And Pain":
            assert (line.amount is None) == (costs[place] is None)
        if line.clause == "Response Bonus" and responses[place] is None:
            assert (line.amount, line.outcome) == (0, Outcome.MISSING_RULE)


@few
@given(figures=_FIGURES)
def test_the_same_figures_give_the_same_bytes(folder: Path, figures: Figures) -> None:
    first, second = (statement(folder, _file(figures)) for _ in range(2))
    for form in (render.table, render.csv, render.json):
        assert form(first) == form(second)


@few
@given(figures=_FIGURES, place=st.integers(0, 7))
def test_a_period_alone_is_that_part_of_the_whole(folder: Path, figures: Figures, place: int) -> None:
    found = settled(folder, _file(figures), period=QUARTERS[place]).statement
    assert found is not None
    whole = statement(folder, _file(figures)).lines
    here = tuple(line for line in whole if line.period == QUARTERS[place])
    assert found.lines == here or (not here and all(line.period == QUARTERS[place] for line in found.lines))


@few
@given(figures=_FIGURES, party=st.sampled_from(["Hospital", "Clinic", "Charity", "Commissioner"]))
def test_a_party_alone_is_its_part_of_the_whole(folder: Path, figures: Figures, party: str) -> None:
    found = settled(folder, _file(figures), party=party).statement
    assert found is not None
    assert found.lines == tuple(line for line in statement(folder, _file(figures)).lines if party in (line.payer, line.payee))


RULES = ("nothing is due", "counts as failed", "counts as met", "counts in the worst band", "uses the last final figure")


def test_an_amount_that_waited_says_which_result_decided(tmp_path: Path) -> None:
    bands = "    less than 90.0%: 0%\n  divided"
    text = SMALL.replace(bands, "    less than 90.0%: 0%\n  if too small, decided by the next result\n  divided")
    figures = "Response,Q1 2026/27,10,12,\nResponse,Q2 2026/27,15,16,\nResponse,Q3 2026/27,29,30,\nResponse,Q4 2026/27,3,3,\n"
    found = statement(tmp_path, HEADINGS + figures, text)
    said = {line.period: (line.amount, line.why) for line in found.lines if line.clause == "Response Bonus" and line.payee == "Hospital"}
    assert (
        {period: amount for period, (amount, _) in said.items()}
        == {
            "Q1 2026/27": Fraction("258.25"),  # its own amount: a part of the quarter
            **dict.fromkeys(QUARTERS[1:3], Fraction("500.01")),
            "Q4 2026/27": None,
        }
    )
    assert "Response is too small: decided by the result of Q3 2026/27" in said["Q1 2026/27"][1]
    assert "held: Response is too small" in said["Q4 2026/27"][1]
