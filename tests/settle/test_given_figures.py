"""A figure that is given for one that the contract works out is rounded as that figure is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.building import FRAME, checked
from vbclang.pipeline import run_examples

CONTRACT = """
measure Made
  reported by Hospital as count
  each quarter

measure All
  reported by Hospital as count
  each quarter

measure Part
  is Made as % of All
  higher is better
"""

EXAMPLE = """
clause Banded
  incentive each quarter from Commissioner to Hospital
  of £1,000
  earned by Part
    at least 90.0%: 100%
    less than 90.0%: 0%
  due within 60 working days after each quarter

worked example Given
  in Q1 2026/27
  given Part is GIVEN
  then Part is ROUNDED
"""


@pytest.mark.parametrize(("given", "rounded"), [("89.96%", "90.0%"), ("89.94%", "89.9%"), ("89.95%", "90.0%"), ("-0.05%", "-0.1%")])
def test_it_is_rounded_by_the_measures_own_rule(given: str, rounded: str, tmp_path: Path) -> None:
    text = FRAME + CONTRACT + EXAMPLE.replace("GIVEN", given).replace("ROUNDED", rounded)
    result = checked(text, tmp_path)
    assert [d for d in result.diagnostics if d.code != "C099"] == []
    assert not run_examples(result).failed
