"""Northshire: its rows are those that the script writes, and three years of it come to what is worked out here, apart from the engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest

from vbclang.pipeline import check, run_examples, settle
from vbclang.settle.statement import Line, What

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


def test_late_data_cost_what_their_weeks_cost_within_the_limit_unless_waived(lines: tuple[Line, ...]) -> None:
    """Due on the 40th working day after the quarter; a week is counted no further than to the day on which the money is due."""
    due = {"Q4 2026/27": date(2027, 5, 27), "Q2 2027/28": date(2027, 11, 25), "Q1 2028/29": date(2028, 8, 25)}
    money_due = {"Q4 2026/27": date(2027, 6, 25), "Q2 2027/28": date(2027, 12, 23), "Q1 2028/29": date(2028, 9, 25)}
    ends = {name: first + timedelta(days=days - 1) for name, first, days in PLAN["quarters"]()}
    received = {QUARTERS[place]: ends[QUARTERS[place]] + timedelta(days=days) for place, days in PLAN["LATE"].items()}
    weeks = {name: (min(received[name], money_due[name]) - due[name]).days // 7 for name in due}
    assert weeks == {"Q4 2026/27": 1, "Q2 2027/28": 2, "Q1 2028/29": 4}
    paid = {line.period: line.amount for line in lines if line.clause == "Late Data"}
    assert {name: amount for name, amount in paid.items() if amount} == {
        "Q2 2027/28": 20_000,
        "Q1 2028/29": Fraction("24967.65"),  # 0.1% of the third year's value, down to the penny
    }
    assert (
        next(line.why for line in lines if (line.period, line.clause) == ("Q4 2026/27", "Late Data")) == "£10,000.00 waived by Commissioner"
    )


def test_a_plan_was_due_and_given_and_the_right_to_end_arose() -> None:
    found = settle(check(CONTRACT), FOLDER / "data").statement
    assert found is not None
    told = [(each.day, each.clause, each.what) for each in found.happenings]
    assert told == [
        (date(2027, 9, 9), "Recovery", What.DONE),
        (date(2028, 2, 28), "Termination for Failure", What.RIGHT),
    ]


def test_plan_b_costs_the_difference_and_150_for_each_shift(lines: tuple[Line, ...]) -> None:
    paid = {line.period: line.amount for line in lines if line.clause == "Plan B"}
    for place, quarter in enumerate(QUARTERS):
        count, cost, agreed = PLAN["SHIFTS"][place]
        assert paid[quarter] == count * (cost - agreed + 150)


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
        ("£10,000 for each complete week", "£10,000 for each week or part"),
        ("  limited to 0.1% of Annual Value in each quarter", "  limited to 0.2% of Annual Value in each quarter"),
        ("  may be waived by Commissioner\n", ""),
        ("agreed_cost + £150)", "agreed_cost + £100)"),
        ("Shifts Replaced is at least 12", "Shifts Replaced is at least 1200"),
        ("within 20 working days after the result", "within 21 working days after the result"),
        ("on 6 months' notice", "on 3 months' notice"),
    ],
)
def test_a_contract_changed_on_purpose_fails_its_worked_examples(words: str, instead: str, tmp_path: Path) -> None:
    text = CONTRACT.read_text(encoding="utf-8")
    assert words in text
    changed = tmp_path / "changed.vbc"
    changed.write_text(text.replace(words, instead), encoding="utf-8")
    checked = check(changed)
    assert checked.program is None or run_examples(checked).failed
