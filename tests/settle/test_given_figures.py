"""A figure that is given for one that the contract works out is rounded as that figure is; a claim for one member is about that one."""

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
    assert result.diagnostics == ()
    assert not run_examples(result).failed


_ONTO = ["Response is 89.96%, rounded to 90%"]


@pytest.mark.parametrize(("given", "told"), [("89.96%", _ONTO), ("90.06%", []), ("89.94%", []), ("90.0%", [])])
def test_a_claim_that_fails_by_a_rounding_says_so(given: str, told: list[str], tmp_path: Path) -> None:
    text = FRAME + EXAMPLE[EXAMPLE.index("worked example") :].replace("Part is GIVEN", f"Response is {given}")
    text = text.replace("then Part is ROUNDED", "then clause Quick Response pays £77.00")
    (found,) = [each for each in run_examples(checked(text, tmp_path)).results if each.name == "Given"]
    (difference,) = found.differences
    assert difference.why.split("; ")[1:] == told


@pytest.mark.parametrize("claim", ["Wick pays £400.00", "Tain pays £300.00", "Wick does not apply", "Tain applies"])
def test_a_claim_for_one_member_fails_by_that_member(claim: str, tmp_path: Path) -> None:
    contract = Path(__file__).with_name("worked") / "members.vbc"
    text = contract.read_text(encoding="utf-8").replace("Wick pays £300.00", claim)
    text = "".join(line for line in text.splitlines(keepends=True) if "then" not in line or claim in line)
    assert run_examples(checked(text, tmp_path)).failed
