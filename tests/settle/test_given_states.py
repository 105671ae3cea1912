"""A figure that an example says is missing arrives so: the contract's own rules for it apply."""

from __future__ import annotations

from pathlib import Path

import pytest

from vbclang.pipeline import check, run_examples

_CONTRACT = """
contract Given States
  language 1
  term 1 April 2026 to 31 March 2028
  contract year starts 1 April
  currency GBP
  working days in England
  percentages rounded to 1 decimal place, half up
  money rounded to £0.01, half up
  if without a result, incentives pay nothing

party Commissioner is commissioner
party Provider is provider

measure Survey
  reported by Provider as percentage
  each quarter
  {rule}

clause Bonus
  incentive each quarter from Commissioner to Provider
  of £100
  when Survey is at least 80.0%
  due within 30 days after each quarter

worked example Second Quarter
  in Q2 2026/27
  given Survey is 90.0% in Q1 2026/27
  given Survey {state}
  then clause Bonus pays £{amount}
"""


@pytest.mark.parametrize(
    ("rule", "state", "amount"),
    [
        ("if not reported, uses the last final figure", "is not reported", 100),
        ("if not reported, uses the last final figure", "is unfit", 0),
        ("if unfit, uses the last final figure", "is unfit", 100),
        ("if unfit, uses the last final figure", "is not reported", 0),
        ("if without a result, uses the last final figure", "is too small", 100),
        ("higher is better", "is not reported", 0),
    ],
)
def test_the_measures_own_rule_applies(tmp_path: Path, rule: str, state: str, amount: int) -> None:
    path = tmp_path / "contract.vbc"
    path.write_text(_CONTRACT.format(rule=rule, state=state, amount=amount), "utf-8")
    report = run_examples(check(path))
    assert [result.differences for result in report.results] == [()]
