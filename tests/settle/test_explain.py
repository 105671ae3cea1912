"""An explanation says what the statement says, and goes down to the figures that arrived."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest

from vbclang.cli.main import main
from vbclang.data.load import load
from vbclang.engine.evaluate import evaluate
from vbclang.pipeline import check, explain
from vbclang.render import explanation
from vbclang.settle.explain import Step
from vbclang.settle.explain import explain as steps_of
from vbclang.settle.words import money

ROOT = Path(__file__).resolve().parents[2]
ALLIANCE = ROOT / "examples" / "alliance" / "alliance.vbc"
NORTHSHIRE = ROOT / "examples" / "northshire" / "northshire.vbc"
CAPITATION = ROOT / "examples" / "clauses" / "32-capitation" / "contract.vbc"
PROGRAMME = ROOT / "examples" / "mssp-2024" / "mssp-2024.vbc"


def all_of(step: Step) -> list[Step]:
    """The step and all below it."""
    return [step, *(found for below in step.below for found in all_of(below))]


def explained(path: Path, clause: str, period: str | None = None, party: str | None = None, depth: int = 4) -> Step:
    found = explain(check(path), path.parent / "data", clause, period, party, depth)
    assert not found.diagnostics
    (step,) = found.steps
    return step


@pytest.mark.parametrize("contract", [ALLIANCE, NORTHSHIRE, CAPITATION], ids=lambda path: path.parent.name)
def test_every_amount_is_explained_as_it_is_stated(contract: Path) -> None:
    checked = check(contract)
    assert checked.program is not None
    facts, _ = load(checked.program, contract.parent / "data")
    evaluation = evaluate(checked.program, facts, keep=True)
    for flow in checked.program.flows.values():
        sizes = [range(len(evaluation.members(axis))) for axis in sorted(flow.axes)]
        for period, *places in product(range(checked.program.grid.count(flow.grain)), *sizes):
            members = dict(zip(sorted(flow.axes), places, strict=True))
            amount = evaluation.flow(flow.key).limited.at(period, members)
            step = steps_of(evaluation, checked.texts, flow, period, members)
            assert step.value == (money(amount, flow.currency) if isinstance(amount, Fraction) else amount.words)


def test_it_goes_down_to_what_arrived_and_names_the_lines() -> None:
    step = explained(PROGRAMME, "Shared Losses", party="A2246")
    text = explanation.text(step, check(PROGRAMME).texts)
    assert text.startswith("clause Shared Losses, Contract Year 1 (2024), A2246: $476,196.60  (its condition is met; line ")
    assert "Losses for A2246: $1,589,652.00  (amount by which $0 exceeds Benchmark Less Expenditure; line " in text
    assert "Benchmark Less Expenditure for A2246: -$1,589,652.00  (as reported; line " in text
    assert "Revenue Limit for A2246: not reported" in text


def test_the_band_reached_and_the_one_beside_it() -> None:
    steps = {step.what: step for step in all_of(explained(ALLIANCE, "Crisis Response Incentive", "Q1 2027/28"))}
    assert steps["the band reached"].said == "at least 90.0%: 100%"
    assert steps["a band beside it"].value == "1.3 percentage points away"
    assert steps["a band beside it"].said == "at least 85.0% but less than 90.0%: 60%"


def test_a_missing_figure_and_the_rule_for_it() -> None:
    steps = all_of(explained(ALLIANCE, "Crisis Response Incentive", "Q3 2026/27"))
    assert ("Crisis Response", "not reported") in [(step.what, step.value) for step in steps]
    assert ("the rule for that", "0%") in [(step.what, step.value) for step in steps]


def test_depth_is_kept() -> None:
    def deep(step: Step) -> int:
        return 1 + max((deep(below) for below in step.below), default=0)

    assert deep(explained(PROGRAMME, "Shared Savings", party="A1059", depth=1)) < deep(
        explained(PROGRAMME, "Shared Savings", party="A1059")
    )


def test_a_clause_by_its_number_and_a_group_by_its_member() -> None:
    assert explained(ALLIANCE, "1", party="Charity Provider").what.startswith("clause Crisis Response Incentive, ")


@pytest.mark.parametrize(
    ("clause", "party", "code", "words"),
    [
        ("Shared Saving", None, "U012", "It has: Shared Savings, Shared Losses, "),
        ("Shared Savings", None, "U013", "an amount for each of 476 members"),
        ("Shared Savings", "A0000", "U011", "no party `A0000`"),
    ],
)
def test_what_cannot_be_explained_is_said(clause: str, party: str | None, code: str, words: str) -> None:
    found = explain(check(PROGRAMME), PROGRAMME.parent / "data", clause, None, party, 4)
    assert [diagnostic.code for diagnostic in found.diagnostics] == [code]
    assert words in found.diagnostics[0].message
    assert not found.steps


def test_from_the_command_line_in_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(ALLIANCE), "Crisis Response Incentive", "--format", "markdown"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("# clause Crisis Response Incentive, Q1 2027/28: £148,176.00\n")
    assert "\n  - Outcome Pool: £1,481,760.00" in said


def test_the_limit_what_was_used_of_it_and_the_parts() -> None:
    step = explained(ALLIANCE, "Gain and Pain Share", "Q4 2026/27", depth=1)
    found = {below.what: (below.value, below.said) for below in step.below}
    assert found["limited to £240,000.00 in each contract year"] == ("-£57,573.90", "£130,968.40 of it used before")
    assert found["the part of Lead Provider"] == ("£54,515.80", "50%")


def test_a_depth_below_one_is_no_depth(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(ALLIANCE), "1", "--depth", "0"]) == 2
    assert "whole number from 1" in capsys.readouterr().err


def test_a_run_lists_its_periods_and_those_it_passed_over() -> None:
    text = explanation.text(explained(NORTHSHIRE, "Persistent Failure", "Q3 2027/28"), check(NORTHSHIRE).texts)
    periods = [line.strip().split("  (")[0] for line in text.splitlines() if line.strip().startswith("in Q")]
    assert periods == [
        *("in Q2 2026/27: no", "in Q3 2026/27: no", "in Q4 2026/27: yes"),
        *("in Q1 2027/28: yes", "in Q2 2027/28: unfit", "in Q3 2027/28: yes"),
    ]
    assert "in Q3 2027/28: yes  (78.9% against 80%: 1.1 percentage points apart; line " in text


def test_a_condition_of_each_member_names_the_one_that_fails() -> None:
    text = explanation.text(explained(NORTHSHIRE, "Fair Reviews Incentive", "Q1 2028/29"), check(NORTHSHIRE).texts)
    assert "Plans Reviewed for Most Deprived: 82.7%" in text
    assert "no  (82.7% against 82.8%: 0.1 percentage points apart; line " in text


def test_a_figure_that_is_there_is_not_said_to_wait() -> None:
    text = explanation.text(explained(NORTHSHIRE, "Crisis Response Incentive", "Q2 2027/28"), check(NORTHSHIRE).texts)
    assert "Crisis Response: unfit" in text
    assert "Q3 2027/28" not in text


def test_it_goes_down_to_the_rows_that_were_counted() -> None:
    text = explanation.text(explained(NORTHSHIRE, "Experience Incentive", "Q1 2026/27"), check(NORTHSHIRE).texts)
    assert "482 of 610  (counted from the rows of Experience Survey; line " in text
    pooled = explanation.text(explained(NORTHSHIRE, "Crisis Response Incentive", "Q1 2026/27"), check(NORTHSHIRE).texts)
    assert "rows met of Crisis Response, with those carried: 1,742" in pooled
