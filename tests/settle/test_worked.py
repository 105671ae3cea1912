"""Contracts whose worked examples say what a thing means where it could be taken for another: all must come out."""

from __future__ import annotations

from pathlib import Path

import pytest

from vbclang.pipeline import check, run_examples
from vbclang.settle.example_worlds import worlds_of
from vbclang.settle.settle import flow_lines
from vbclang.source import Severity

CONTRACTS = sorted((Path(__file__).with_name("worked")).glob("*.vbc"))


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.stem)
def test_the_examples_come_out(path: Path) -> None:
    checked = check(path)
    assert [finding.message for finding in checked.diagnostics if finding.severity is Severity.ERROR] == []
    report = run_examples(checked)
    assert report.results
    assert [(result.name, each.claimed, each.came) for result in report.results for each in result.differences] == []


def test_shares_that_make_no_whole_divide_nothing() -> None:
    program = check(CONTRACTS[0].with_name("divisions.vbc")).program
    assert program is not None
    evaluation = worlds_of(program, next(example for example in program.examples if example.name == "No Whole")).in_force
    lines = [line for key in ("By Net", "By Terms") for line in flow_lines(evaluation, program.flows[key]) if line.last_day.year == 2027]
    assert [(line.amount, line.why) for line in lines] == [
        (None, f"cannot be determined: the shares of {group} do not make 100%, or one is below 0%")
        for group in ("Providers", "Providers", "Partners", "Partners")
    ]


def test_an_example_is_called_as_it_is_written() -> None:
    """`The` means nothing in a term; a name that is only shown keeps it, wherever it stands."""
    checked = check(Path(__file__).parents[2] / "examples" / "clauses" / "19-late-or-poor-data" / "contract.vbc")
    assert checked.program is not None
    names = [example.name for example in checked.program.examples]
    assert {"The Payer Is Late", "Put Right On The Last Day", "From The Rows"} <= set(names)
