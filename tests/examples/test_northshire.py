"""Northshire: its rows are those that the script writes, and three years of it come to what is worked out here, apart from the engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest

from vbclang.pipeline import check, run_examples, settle
from vbclang.settle.statement import Line

FOLDER = Path(__file__).parents[2] / "examples" / "northshire"
CONTRACT = FOLDER / "northshire.vbc"
PLAN: dict[str, Any] = run_path(str(FOLDER / "make_data.py"))
QUARTERS = [name for name, _, _ in PLAN["quarters"]()]
OUTCOMES = ("Crisis Response Incentive", "Emergency Admissions Incentive", "Experience Incentive", "Fair Reviews Incentive")


@pytest.fixture(scope="module")
def lines() -> tuple[Line, ...]:
    found = settle(check(CONTRACT), FOLDER / "data").statement
    assert found is not None
    return found.lines


def test_the_rows_are_those_that_the_script_writes(tmp_path: Path) -> None:
    PLAN["write"](tmp_path)
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert written == {path.name: path.read_bytes() for path in (FOLDER / "data").iterdir()}


def test_the_first_quarter_is_divided_as_agreed(lines: tuple[Line, ...]) -> None:
    paid: dict[str, Fraction] = defaultdict(Fraction)
    for line in lines:
        if line.period == "Q1 2026/27" and line.clause.endswith(OUTCOMES):
            paid[line.payee] += line.amount or 0
    assert paid == {"Lead Provider": 123_120, "Community Provider": 73_872, "Mental Health Provider": 36_936, "Charity Provider": 12_312}


def tenths(share: Fraction) -> int:
    """A percentage in tenths, half up."""
    return int(share * 1000 + Fraction(1, 2))


def annual_value(year: int) -> Fraction:
    """4.6% counts as 4.0%, 2.2% as itself; 1.1% is taken off."""
    return 24_000_000 * (Fraction(1), Fraction("1.029"), Fraction("1.029") * Fraction("1.011"))[year]


def crisis(place: int) -> Fraction | None:
    met, late, blank, cancelled = PLAN["CRISIS"][place]
    counted = met + late + blank
    if blank + cancelled > Fraction(1, 20) * (counted + cancelled):  # a cancelled referral has no time either
        return None
    return Fraction(tenths(Fraction(met, counted)), 1000)


def earned(place: int) -> Iterator[Fraction]:
    """The part earned of each outcome."""
    response = crisis(place)
    steps = ((Fraction("0.9"), Fraction(1)), (Fraction("0.85"), Fraction("0.6")), (Fraction("0.8"), Fraction("0.3")))
    yield Fraction(0) if response is None else next((part for least, part in steps if response >= least), Fraction(0))
    frail, _, people = PLAN["ADMISSIONS"][place]
    rate = Fraction(int(Fraction(frail * 10_000, people) + Fraction(1, 2)), 10)
    fall = Fraction(tenths((62 - rate) / 62), 1000)
    yield max(Fraction(0), min(Fraction(1), fall / Fraction("0.05")))
    yes, no, _ = PLAN["SURVEY"][place]
    said = Fraction(tenths(Fraction(yes, yes + no)), 1000)
    yield Fraction(0) if yes + no < 30 else max(Fraction(0), min(Fraction(1), (said - Fraction("0.7")) / Fraction("0.15")))
    most, least = PLAN["PLANS"][place]
    yield Fraction(int(least - most <= 30 and most >= 828 and least >= 868))


def test_three_years_of_outcomes_come_to_what_is_worked_out_here(lines: tuple[Line, ...]) -> None:
    paid: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for line in lines:
        assert line.amount is not None
        paid[line.period, line.clause] += line.amount
    for place, quarter in enumerate(QUARTERS):
        pool = annual_value(place // 4) * Fraction("0.06") / 4
        for clause, part, of in zip(OUTCOMES, earned(place), ("0.4", "0.2", "0.2", "0.2"), strict=True):
            due = Fraction(int(pool * Fraction(of) * part * 100 + Fraction(1, 2)), 100)
            found = sum(amount for (when, name), amount in paid.items() if when == quarter and name.endswith(clause))
            assert found == due, (quarter, clause)


def test_the_quarters_differ_in_what_they_show() -> None:
    """A quarter that is unfit, one with too few answers, gaps too wide: else the test above says little."""
    assert [crisis(place) is None for place in range(12)].count(True) == 1
    parts = [tuple(earned(place)) for place in range(12)]
    assert {part for row in parts for part in row[:1]} == {Fraction(0), Fraction("0.3"), Fraction("0.6"), Fraction(1)}
    assert {row[3] for row in parts} == {0, 1}
    assert any(row[2] == 0 for row in parts)


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        (
            "    at least 90.0%: 100%\n    at least 85.0% but less than 90.0%",
            "    at least 90.1%: 100%\n    at least 85.0% but less than 90.1%",
        ),
        ("from 0% at 70.0% to 100% at 85.0%", "from 0% at 70.0% to 100% at 84.0%"),
        ("at least 1.0 percentage points below", "at least 1.2 percentage points below"),
        ("sanction each quarter from Lead Provider", "sanction each quarter from Community Provider"),
        ("  limited to 1.0% of Annual Value in each contract year", "  limited to 1.1% of Annual Value in each contract year"),
        ("in at least 3 of any 5 quarters", "in at least 3 of any 4 quarters"),
        ("in 4 equal instalments", "in 1 equal instalments"),
    ],
)
def test_a_contract_changed_on_purpose_fails_its_worked_examples(words: str, instead: str, tmp_path: Path) -> None:
    text = CONTRACT.read_text(encoding="utf-8")
    assert words in text
    changed = tmp_path / "changed.vbc"
    changed.write_text(text.replace(words, instead), encoding="utf-8")
    checked = check(changed)
    assert checked.program is None or run_examples(checked).failed
