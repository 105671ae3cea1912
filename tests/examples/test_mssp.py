"""The Medicare Shared Savings Program of 2024: every published amount, and that every part of the rule matters.

A change of the rule that neither the published results nor a worked example catches would be a line of the contract that nobody has
tried. The table says for each change how many organizations it would pay wrongly, and one worked example that fails: what did not come up
in 2024 (a limit of savings, say) is caught by the examples alone.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from attrs import frozen

from tests.examples import programme
from tests.examples.programme import EARNED, OWED, RECOUPED
from vbclang.data.load import load
from vbclang.engine.evaluate import Evaluation, evaluate
from vbclang.pipeline import check
from vbclang.settle.statement import Statement


@frozen
class Change:
    """A change of the contract: how many organizations it would pay wrongly, and a worked example that fails."""

    old: str
    new: str
    organizations: int
    example: str


@pytest.fixture(scope="module")
def statement() -> Statement:
    return programme.settled(check(programme.CONTRACT))


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    program = check(programme.CONTRACT).program
    assert program is not None
    facts, _ = load(program, programme.DATA)
    return evaluate(program, facts)


def test_every_amount_is_the_published_one_within_a_dollar(statement: Statement) -> None:
    assert len(programme.amounts(statement)) == len(programme.published()) == 476
    assert list(programme.differing(statement)) == []


def test_359_earn_16_owe_and_101_do_neither(statement: Statement) -> None:
    ours = programme.amounts(statement).values()
    earn, owe = (sum(bool(each[clause]) for each in ours) for clause in (EARNED, OWED))
    neither = sum(not each[EARNED] and not each[OWED] for each in ours)
    assert (earn, owe, neither) == (359, 16, 101)


@pytest.mark.parametrize(("clause", "what"), [(EARNED, "earned"), (OWED, "owed"), (RECOUPED, "recouped")])
def test_the_totals_are_the_published_ones(statement: Statement, clause: str, what: str) -> None:
    """Each may be half a dollar off in the publication, so the total of those that have an amount at all by half a dollar each."""
    official = [getattr(each, what) for each in programme.published().values()]
    ours = sum((each[clause] or Fraction(0) for each in programme.amounts(statement).values()), Fraction(0))
    assert abs(ours - sum(official)) <= Fraction(sum(bool(each) for each in official), 2)


def test_what_19_organizations_still_owe_of_their_advances_is_the_published_amount(evaluation: Evaluation) -> None:
    owed = evaluation.figure("Advance Payments Still Owed")
    official = programme.published()
    places = {member.name: place for place, member in enumerate(evaluation.members("ACO"))}
    ours = {name: owed.at(0, {"ACO": place}) for name, place in places.items()}
    assert all(abs(ours[name] - official[name].owed_on) <= programme.A_DOLLAR for name in places)
    assert sum(bool(each.recouped or each.owed_on) for each in official.values()) == 18  # the nineteenth has a balance of $0


@pytest.mark.parametrize(("figure", "column"), [
    ("Final Sharing Rate", "final_share_rate_published"),
    ("Final Loss Rate", "final_loss_rate_published"),
])  # fmt: skip
def test_the_final_rates_are_the_published_ones(evaluation: Evaluation, figure: str, column: str) -> None:
    """Published to a hundredth of a percentage point; quality scores go in as published, to the same."""
    ours = evaluation.figure(figure)
    places = {member.name: place for place, member in enumerate(evaluation.members("ACO"))}
    official = {name: Fraction(row[column]) for name, row in programme.rows().items() if row[column]}
    off = [name for name, rate in official.items() if abs(ours.at(0, {"ACO": places[name]}) - rate) > Fraction(1, 10_000)]
    assert len(official) > 300
    assert off == []


CHANGES = {
    "sequestration left out": Change(
        "Sequestration means 2%",
        "Sequestration means 0%",
        organizations=359,
        example="Savings With Quality Met",
    ),
    "another sharing rate": Change(
        "  Basic E  | Two-Sided           | 50%          |",
        "  Basic E  | Two-Sided           | 40%          |",
        organizations=82,
        example="Payment Limit Not Reached In Basic E",
    ),
    "a sharing rate of the one-sided levels": Change(
        "  Basic A  | One-Sided           | 40%",
        "  Basic A  | One-Sided           | 50%",
        organizations=33,
        example="Savings Exactly At Minimum Rate",
    ),
    "the limit of Basic D": Change(
        "  Basic D  | Two-Sided           | 50%          | 10%",
        "  Basic D  | Two-Sided           | 50%          | 15%",
        organizations=0,
        example="Payment Limit Reached In Basic D",
    ),
    "sequestration after the limit": Change(
        "of the lesser of Shared Savings Before Limit and Payment Limit",
        "of (the lesser of (Savings * Final Sharing Rate) and Payment Limit) reduced by Sequestration",
        organizations=0,
        example="Payment Limit Not Reached In Basic A",
    ),
    "no limit": Change(
        "of the lesser of Shared Savings Before Limit and Payment Limit",
        "of Shared Savings Before Limit",
        organizations=0,
        example="Payment Limit Reached In Basic A",
    ),
    "more than the minimum rate, not at least": Change(
        "Minimum Reached means Savings is at least Minimum Rate",
        "Minimum Reached means Savings is more than Minimum Rate",
        organizations=0,
        example="Savings Exactly At Minimum Rate",
    ),
    "losses more than the minimum rate, not at least": Change(
        "when Losses is at least Minimum Rate * Updated Benchmark",
        "when Losses is more than Minimum Rate * Updated Benchmark",
        organizations=0,
        example="Losses Exactly At Minimum Rate",
    ),
    "no minimum for losses": Change(
        "  when Losses is at least Minimum Rate * Updated Benchmark\n",
        "",
        organizations=11,
        example="Losses One Cent Below Minimum Rate",
    ),
    "one minimum rate for all": Change(
        "Minimum Rate means Variable Minimum Rate if",
        "Minimum Rate means 2.0% if",
        organizations=23,
        example="Savings One Cent Below A Rate Between Band Ends",
    ),
    "another elected rate": Change(
        "otherwise Elected Minimum Rate",
        "otherwise 2.0%",
        organizations=31,
        example="Elected Rate Under Two-Sided Model",
    ),
    "one line of the minimum rate": Change(
        "10,000 to 14,999: in a straight line from 3.0% to 2.7%",
        "10,000 to 14,999: in a straight line from 3.0% to 2.8%",
        organizations=0,
        example="Minimum Rate Of 14999",
    ),
    "a step in the place of a line": Change(
        "8,000 to 8,999: in a straight line from 3.2% to 3.1%",
        "8,000 to 8,999: 3.1%",
        organizations=0,
        example="Minimum Rate Of 8000",
    ),
    "guardrail dropped": Change(
        "  unless Guardrail Applies\n",
        "",
        organizations=2,
        example="Guardrail",
    ),
    "low revenue relief dropped": Change(
        "  when Minimum Reached or Low Revenue Relief\n",
        "  when Minimum Reached\n",
        organizations=13,
        example="Low Revenue Relief",
    ),
    "no minimum for savings": Change(
        "  when Minimum Reached or Low Revenue Relief\n",
        "",
        organizations=61,
        example="Savings One Cent Below Minimum Rate",
    ),
    "low revenue relief above the minimum too": Change(
        "if Low Revenue Relief and not Minimum Reached",
        "if Low Revenue Relief",
        organizations=0,
        example="Low Revenue Relief Not Needed",
    ),
    "low revenue relief whole": Change(
        "50% of Full Sharing Rate if Low Revenue Relief",
        "100% of Full Sharing Rate if Low Revenue Relief",
        organizations=13,
        example="Low Revenue Relief",
    ),
    "alternative standard shares whole": Change(
        "  Quality Score if Alternative Standard Met\n",
        "  100% if Alternative Standard Met\n",
        organizations=13,
        example="Savings By Alternative Standard",
    ),
    "alternative standard dropped": Change(
        "  Quality Score if Alternative Standard Met\n",
        "",
        organizations=13,
        example="Savings By Alternative Standard",
    ),
    "quality always met": Change(
        "  otherwise 0%\n\nFull Sharing Rate",
        "  otherwise 100%\n\nFull Sharing Rate",
        organizations=0,
        example="Quality Failed",
    ),
    "disaster adjustment dropped": Change(
        "of Losses Within Limit + Disaster Adjustment, but",
        "of Losses Within Limit, but",
        organizations=16,
        example="Losses With Quality Failed",
    ),
    "a least amount owed": Change(
        "of Losses Within Limit + Disaster Adjustment, but not less than $0",
        "of Losses Within Limit + Disaster Adjustment, but not less than $1",
        organizations=0,
        example="Relief As Large As The Loss",
    ),
    "relief before the limit": Change(
        "the lesser of (Losses * Final Loss Rate) and Loss Sharing Limit\n",
        "the lesser of (Losses * Final Loss Rate + Disaster Adjustment) and Loss Sharing Limit\n",
        organizations=16,
        example="Losses With Quality Failed",
    ),
    "another loss rate": Change(
        "50%          | 10%                | 30%       | 4%",
        "50%          | 10%                | 50%       | 4%",
        organizations=6,
        example="Losses Exactly At Minimum Rate",
    ),
    "no lowest loss rate": Change(
        "Quality Score, but not less than 40% and not more than 75%",
        "Quality Score, but not more than 75%",
        organizations=7,
        example="Lowest Loss Rate",
    ),
    "no highest loss rate": Change(
        "Quality Score, but not less than 40% and not more than 75%",
        "Quality Score, but not less than 40%",
        organizations=0,
        example="Highest Loss Rate",
    ),
    "the score counts where quality failed": Change(
        "Quality Standard Met or Alternative Standard Met",
        "Quality Score is at least 1%",
        organizations=0,
        example="Losses With Quality Failed",
    ),
    "a loss limit by the benchmark": Change(
        "30%       | 1%                   | 2%",
        "30%       | 2%                   | 2%",
        organizations=0,
        example="Benchmark Limit Reached In Basic C",
    ),
    "a loss limit by revenue": Change(
        "30%       | 2%                   | 4%",
        "30%       | 2%                   | 3%",
        organizations=0,
        example="Revenue Limit Reached In Basic D",
    ),
    "the greater of the loss limits": Change(
        "otherwise the lesser of reported Benchmark Limit",
        "otherwise the greater of reported Benchmark Limit",
        organizations=0,
        example="Loss Limit By Revenue",
    ),
    "the loss limit of the ENHANCED track": Change(
        "| none      | 15% ",
        "| none      | 10% ",
        organizations=0,
        example="Losses With Quality Failed",
    ),
    "losses shared under a one-sided model": Change(
        "  when Risk Model of Track for its Elected Track is Two-Sided\n",
        "",
        organizations=6,
        example="Losses Earn Nothing",
    ),
    "all of the advance recouped, whatever was earned": Change(
        "of the lesser of Advance Payments Outstanding and amount of clause Shared Savings",
        "of Advance Payments Outstanding",
        organizations=14,
        example="Advance More Than Earned",
    ),
    "all that was earned recouped, whatever was advanced": Change(
        "of the lesser of Advance Payments Outstanding and amount of clause Shared Savings",
        "of amount of clause Shared Savings",
        organizations=347,
        example="Advance Less Than Earned",
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_of_the_rule_is_caught(change: Change, tmp_path: Path) -> None:
    caught = programme.changed(tmp_path, change.old, change.new, change.example)
    assert len(caught.organizations) == change.organizations
    assert caught.by_example
