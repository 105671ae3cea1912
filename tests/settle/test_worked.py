"""Contracts whose worked examples say what a thing means where it could be taken for another: all must come out."""

from __future__ import annotations

from pathlib import Path

import pytest

from vbclang.pipeline import check, run_examples
from vbclang.source import Severity

CONTRACTS = sorted((Path(__file__).with_name("worked")).glob("*.vbc"))


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.stem)
def test_the_examples_come_out(path: Path) -> None:
    checked = check(path)
    assert [finding.message for finding in checked.diagnostics if finding.severity is Severity.ERROR] == []
    report = run_examples(checked)
    assert report.results
    assert [(result.name, each.claimed, each.came) for result in report.results for each in result.differences] == []
