"""An explanation says what the statement says, and goes down to the figures that arrived."""

from __future__ import annotations

from itertools import islice, product
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.reference.programs import Maker
from tests.reference.test_reference import places, rests_on_itself
from vbclang.cli.main import main
from vbclang.core.nodes import State
from vbclang.data.load import load
from vbclang.engine.evaluate import evaluate
from vbclang.pipeline import check, explain
from vbclang.render import explanation
from vbclang.settle.example_worlds import worlds_of
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
        for period, *at in product(range(checked.program.grid.count(flow.grain)), *sizes):
            members = dict(zip(sorted(flow.axes), at, strict=True))
            amount = evaluation.flow(flow.key).paid.at(period, members)
            step = steps_of(evaluation, checked.texts, flow, period, members)
            if isinstance(amount, State):
                assert step.value == "not determined"
            else:
                said, _, parties = step.value.partition(" from ")
                assert said == money(abs(amount), flow.currency)
                assert bool(parties) is bool(amount)


def test_it_goes_down_to_what_arrived_and_names_the_lines() -> None:
    step = explained(PROGRAMME, "Shared Losses", party="A2246")
    text = explanation.text(step, check(PROGRAMME).texts)
    words = " ".join(text.split())
    assert words.startswith(
        "clause Shared Losses, Contract Year 1 (2024), A2246: $476,196.60 from A2246 to CMS (its condition is met; line "
    )
    assert "Losses for A2246: $1,589,652.00 (amount by which $0 exceeds Benchmark Less Expenditure; line " in words
    assert "Benchmark Less Expenditure for A2246: -$1,589,652.00 (as reported; line " in words
    assert "Participant Revenue for A2246: not reported (reported by CMS as money; line 83) not reported: nothing on it has " in words


def test_the_band_reached_and_the_one_beside_it() -> None:
    steps = {step.what: step for step in all_of(explained(ALLIANCE, "Crisis Response Incentive", "Q1 2027/28"))}
    assert steps["the band reached"].said == "at least 90.0%: 100%"
    beside = steps["the next band down, more than 1.3 percentage points away"]
    assert beside.value == "60%, with which it would be £88,905.60"
    assert beside.said == "at least 85.0% but less than 90.0%: 60%"


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
    assert said.startswith("# clause Crisis Response Incentive, Q1 2027/28: £148,176.00 from Commissioner to Providers\n")
    assert "\n  - Outcome Pool: £1,481,760.00" in said


def test_the_limit_what_was_used_of_it_and_the_parts() -> None:
    step = explained(ALLIANCE, "Gain and Pain Share", "Q4 2026/27", depth=1)
    found = {below.what: (below.value, below.said) for below in step.below}
    assert found["limited to £240,000.00 in each contract year"] == ("-£57,573.90", "£130,968.40 of it used before, £0.00 left after")
    (division,) = [below for below in step.below if below.what == "divided by shares"]
    assert ("the part of Lead Provider", "£54,515.80", "50%") in [(part.what, part.value, part.said) for part in division.below]


def test_a_depth_below_one_is_no_depth(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(ALLIANCE), "1", "--depth", "0"]) == 2
    assert "whole number from 1" in capsys.readouterr().err


def test_a_condition_of_each_member_names_the_one_that_fails() -> None:
    step = explained(NORTHSHIRE, "Fair Reviews Incentive", "Q1 2028/29")
    assert step.said == (
        "not met: Gap is at least 1.0 percentage points below Baseline Gap; "
        "not met: Plans Reviewed is at least Baseline Reviewed for each Fifth, not for Most Deprived"
    )
    (failed,) = [below for below in all_of(step) if below.what == "for Most Deprived"]
    assert (failed.value, failed.said) == ("no, by 0.1 percentage points", "82.7% against 82.8%")


def test_a_figure_that_is_there_is_not_said_to_wait() -> None:
    text = explanation.text(explained(NORTHSHIRE, "Crisis Response Incentive", "Q2 2027/28"), check(NORTHSHIRE).texts)
    assert "Crisis Response: unfit" in text
    assert "Q3 2027/28" not in text


def test_it_goes_down_to_the_rows_that_were_counted() -> None:
    text = explanation.text(explained(NORTHSHIRE, "Experience Incentive", "Q1 2026/27"), check(NORTHSHIRE).texts)
    assert "482 of 610: about 79.02%, rounded to 79%  (counted from the rows of Experience Survey received" in text
    pooled = explanation.text(explained(NORTHSHIRE, "Crisis Response Incentive", "Q1 2026/27"), check(NORTHSHIRE).texts)
    assert "1,742 of 2,000: 87.1%" in pooled
    assert "carried" not in pooled


def test_what_another_band_would_pay_is_what_it_pays() -> None:
    """Held against the clause settled with a figure in that band."""
    below = {step.what: step for step in all_of(explained(NORTHSHIRE, "Crisis Response Incentive", "Q4 2026/27"))}
    assert below["the next band up, 0.8 percentage points away"].value == "30%, with which it would be £43,200.00"
    checked = check(NORTHSHIRE)
    assert checked.program is not None
    at_the_edge = worlds_of(checked.program, next(e for e in checked.program.examples if e.name == "The Lowest Band That Pays")).in_force
    assert at_the_edge.flow("Crisis Response Incentive").limited.at(0, {}) == 43_200


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_nothing_is_cut_off(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    for clause in ("1", "2", "5", "7"):
        assert main(["explain", str(NORTHSHIRE), clause, "--format", form]) == 0
    said = capsys.readouterr().out
    assert "…" not in said
    assert form == "markdown" or max(map(len, said.splitlines())) <= 100


def test_no_cell_of_a_row_is_shown(tmp_path: Path) -> None:
    """Numbers of rows only: what stands in a cell that does not count appears nowhere."""
    (tmp_path / "crisis_referrals.csv").write_text(
        "accepted_on,cancelled,response\n2026-04-07,yes,987.125\n2026-04-08,no,654.375\n2026-04-09,no,\n", encoding="utf-8"
    )
    found = explain(check(NORTHSHIRE), tmp_path, "2", "Q1 2026/27", None, 20)
    text = explanation.text(found.steps[0], check(NORTHSHIRE).texts)
    assert "unfit: 1 of 3 rows of Crisis Referrals have a blank" in text
    assert not any(cell in text for cell in ("987", "654", "2026-04-0"))


@given(st.integers(0, 2**32))
@settings(max_examples=6)
def test_whatever_the_contract_it_can_be_explained(seed: int) -> None:
    """Of a random contract, whose nodes stand in no text, each amount is explained as it was settled."""
    maker = Maker(seed, 3)
    evaluation = evaluate(maker.program(), maker.facts(), keep=True)
    assume(not rests_on_itself(evaluation.program, evaluation))
    for flow in evaluation.program.flows.values():
        for period, members in islice(places(maker.grid, flow.grain, flow.axes), 0, None, 11):
            step = steps_of(evaluation, {}, flow, period, members)
            assert (step.value == "not determined") is isinstance(evaluation.flow(flow.key).limited.at(period, members), State)
            assert explanation.text(step, {}).startswith(f"clause {flow.name}, ")


def test_a_name_is_said_as_the_contract_writes_it() -> None:
    assert explained(NORTHSHIRE, "Outage of the Referral System").what == "clause Outage of the Referral System"
    steps = all_of(explained(CAPITATION, "Stop Loss"))
    assert "Excess Cost" in [step.what for step in steps]


def test_the_events_on_which_a_condition_rests_are_told() -> None:
    said = [step.said for step in all_of(explained(NORTHSHIRE, "Outage of the Referral System"))]
    assert any("the record has no Outage by " in words for words in said)


FAILING = """contract Handovers
  language 1
  term 1 April 2026 to 31 March 2028
  contract year starts 1 April
  currency GBP
  numbers not rounded

use "vbc/england" edition 1

party Commissioner is commissioner
party Hospital is provider

measure Handover Time
  reported by Hospital as number
  checked by Commissioner
  each month
  final within 10 working days after each month

clause Termination
  termination by Commissioner
  on 3 months' notice
  exit payment nothing
  exercised within 60 days after the result
  when Handover Time is more than 30 for 2 consecutive months

clause Fee
  payment each month from Commissioner to Hospital
  of £100
  when Handover Time is at most 30
  if without a result, nothing is due
  due within 30 working days after each month
"""
MONTHS = "measure,period,value\nHandover Time,April 2026,40\nHandover Time,May 2026,40\n"


def _explained(folder: Path, capsys: pytest.CaptureFixture[str], record: str, *asked: str) -> str:
    contract = folder / "handovers.vbc"
    contract.write_text(FAILING, encoding="utf-8")
    (folder / "figures.csv").write_text(MONTHS, encoding="utf-8")
    (folder / "record.csv").write_text(f"number,received,what,of,period,stage,on,file\n{record}", encoding="utf-8")
    assert main(["explain", str(contract), *asked, "--data", str(folder)]) == 0
    return " ".join(capsys.readouterr().out.split())


def test_what_is_yet_to_come_of_a_condition_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = _explained(tmp_path, capsys, "", "Termination")
    assert "nothing has come of it yet: its condition is met in May 2026, which is known only later" in said
    assert "Commissioner may give notice" in _explained(tmp_path, capsys, "", "Termination", "--as-of", "2026-06-30")


def test_a_figure_that_no_delivery_brought_is_not_told_to_be_missing_in_its_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = "1,2026-06-10,delivery,Handover Time,May 2026,final,,\n"
    said = _explained(tmp_path, capsys, record, "Fee", "--period", "April 2026")
    assert "the record has no delivery of it for April 2026" in said
    assert "has no figure" not in said


HANDOVERS = """data Handovers
  source "Handover Log"
  supplied by Hospital
  checked by Commissioner
  final within 10 working days after each month
  one row per handover
  column handed_on date, dates the row, never blank
  column time_taken number, never blank

measure Handover Time
  average of time_taken over Handovers
  each month
  rounded to 1 decimal place, half up

"""


def test_rows_that_no_delivery_brought_are_not_told_to_be_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Rows of a later month are there, and the record has no delivery of an earlier one."""
    contract = tmp_path / "contract.vbc"
    head, _, rest = FAILING.partition("measure Handover Time")
    measure, _, clauses = rest.partition("clause ")
    assert measure
    contract.write_text(f"{head}{HANDOVERS}clause {clauses}", encoding="utf-8")
    (tmp_path / "handovers.csv").write_text("handed_on,time_taken\n2026-04-10,40\n2026-06-10,40\n", encoding="utf-8")
    record = "number,received,what,of,period,stage,on,file\n1,2026-07-10,delivery,Handovers,June 2026,final,,\n"
    (tmp_path / "record.csv").write_text(record, encoding="utf-8")
    assert main(["explain", str(contract), "Fee", "--period", "May 2026", "--data", str(tmp_path)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "the record has no delivery of Handovers for May 2026, so its rows do not count" in said
    assert "is dated in" not in said


def test_a_right_that_has_lapsed_while_its_condition_stays_met_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "which is known only later" in _explained(tmp_path, capsys, "", "Termination")
    months = MONTHS + "Handover Time,June 2026,40\nHandover Time,July 2026,40\n"
    (tmp_path / "figures.csv").write_text(months, encoding="utf-8")
    assert main(["explain", str(tmp_path / "handovers.vbc"), "Termination", "--period", "July 2026", "--data", str(tmp_path)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "its condition is met since an earlier period, and it comes once for as long as it stays met" in said
    assert "Commissioner may give notice, until 11 August 2026 (May 2026)" in said
