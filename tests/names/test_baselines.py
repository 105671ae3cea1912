"""Whose baseline `the baseline` is, by the text alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.building import FRAME, found
from vbclang.names.baselines import baselines
from vbclang.names.scope import declare
from vbclang.names.sources import read_all

MEASURE = """
measure Cost Share
  reported by Hospital as percentage
  each quarter
  lower is better
  baseline 20.0%

"""


@pytest.mark.parametrize(
    ("line", "measures"),
    [
        ("X means fall in Response from the baseline as % of the baseline", ["Response", "Response"]),
        ("X means (fall in Cost Share from Response as % of the baseline)", ["Cost Share"]),
        ("X means 100% - Response if Cost Share is at least 90%, otherwise the baseline", ["Cost Share"]),
        ("X means Response if Cost Share is at least 90%, otherwise the baseline of Response", ["Response"]),
        ("X means Response is at least 1.0 percentage points above (the baseline of Cost Share)", ["Cost Share"]),
        ("X means Response is at least the baseline and Cost Share is at most the baseline", ["Response", "Cost Share"]),
        ("X means average of Response over the last 4 quarters is at least the baseline", ["Response"]),
        ("X means by Cost Share\n  at least the baseline: the baseline\n  less than the baseline: 0%", ["Cost Share"] * 3),
        ("X means Response in Q1 2026/27 - the baseline", ["Response"]),
    ],
)
def test_the_figure_named_before_it_is_meant(line: str, measures: list[str], tmp_path: Path) -> None:
    path = tmp_path / "contract.vbc"
    path.write_text(f"{FRAME}{MEASURE}{line}\n", encoding="utf-8")
    scope, _ = declare(read_all(path).files)
    meant = sorted(baselines(scope).items(), key=lambda pair: pair[0].span.start)
    assert [whose.measure for _, whose in meant] == measures
    assert not {finding.code for finding in found(path.read_text(encoding="utf-8"), tmp_path)} & {"T012"}
