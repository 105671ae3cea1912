"""What bands, slices and their `otherwise` pay."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settle.settling import statement
from vbclang.pipeline import check, run_examples

_HEAD = """
contract Bands
  language 1
  term 1 April 2026 to 31 March 2028
  contract year starts 1 April
  currency GBP
  working days in England
  percentages rounded to 1 decimal place, half up
  money rounded to £0.01, half up

party Commissioner is commissioner
party Provider is provider

measure Response
  reported by Provider as percentage
  each quarter
  {better} is better

measure Spend
  reported by Provider as money
  each quarter
  if not reported, held until reported, at the latest by 31 March 2029, then nothing is due

measure Target
  reported by Commissioner as percentage
  each quarter
  higher is better
"""

_BONUS = """
clause Bonus
  incentive each quarter from Commissioner to Provider
  of £10,000
  earned by {by}
{rows}
  if without a result, {missing}
  due within 30 days after each quarter
"""

_EXAMPLE = """
worked example Second Quarter
  in Q2 2026/27
{given}
  then clause Bonus pays £{amount}
"""


def _pays(folder: Path, given: str, amount: str, rows: str, missing: str, *, by: str = "Response", better: str = "higher") -> None:
    """Hold the contract against an example; ``rows`` and ``given`` are written with `;` between them."""
    lines = ["".join(f"{indent}{line.strip()}\n" for line in text.split(";")) for indent, text in (("    ", rows), ("  given ", given))]
    clause = _BONUS.format(by=by, rows=lines[0].rstrip(), missing=missing)
    _holds(folder, _HEAD.format(better=better) + clause + _EXAMPLE.format(given=lines[1].rstrip(), amount=amount))


def _holds(folder: Path, text: str) -> None:
    path = folder / "bands.vbc"
    path.write_text(text, "utf-8")
    (folder / "vbc.toml").write_text('[severity]\nL017 = "information"\n', "utf-8")  # some bands here stand upside down, and are meant
    checked = check(path)
    assert checked.program is not None, [finding.message for finding in checked.diagnostics]
    assert [result.differences for result in run_examples(checked).results] == [()]


_SLICES = """
Fee means by Spend, each rate only on the part inside its band, counted from £0
  at most £1,000,000: 0%
  more than £1,000,000 but at most £2,000,000: 5%
  otherwise: 8%

clause Bonus
  payment each quarter from Commissioner to Provider
  of Fee
  due within 30 days after each quarter
"""


@pytest.mark.parametrize(("spend", "amount"), [("900,000", "0"), ("1,600,000", "30,000"), ("2,400,000", "82,000")])
def test_otherwise_of_slices_is_the_rate_of_what_is_left(tmp_path: Path, spend: str, amount: str) -> None:
    example = _EXAMPLE.format(given=f"  given Spend is £{spend}", amount=amount)
    _holds(tmp_path, _HEAD.format(better="higher") + _SLICES + example)


@pytest.mark.parametrize(
    ("rows", "better", "amount"),
    [
        ("at least 90.0%: 100%; at least 80.0% but less than 90.0%: 50%; otherwise: 0%", "higher", "0"),
        ("at most 10.0%: 100%; more than 10.0% but at most 20.0%: 50%; otherwise: 0%", "lower", "0"),
        ("at most 10.0%: 100%; more than 10.0% but at most 20.0%: 50%; otherwise: 5%", "higher", "10,000"),
        ("at least 0.0% but less than 80.0%: 25%; otherwise: 100%", "higher", "2,500"),
        ("less than 80.0%: 25%; at least 80.0%: 100%", "higher", "2,500"),
        ("less than Target: 25%; at least Target: 100%", "higher", "2,500"),
        ("less than Target: 25%; at least Target: 100%", "lower", "10,000"),
        ("at least 90.0%: 100%; less than 90.0%: in a straight line from 10% at 80.0% to 100% at 90.0%", "higher", "1,000"),
        ("at least 90.0%: 0%; less than 90.0%: in a straight line from 100% at 80.0% to 10% at 90.0%", "higher", "10,000"),
    ],
)
def test_the_worst_band_lies_at_the_worse_end(tmp_path: Path, rows: str, better: str, amount: str) -> None:
    given = "Response is not reported; Target is 85.0%" if "Target" in rows else "Response is not reported"
    _pays(tmp_path, given, amount, rows, "counts in the worst band", better=better)


def test_a_share_earned_by_money_is_asked_nothing_about_slices(tmp_path: Path) -> None:
    rows = "at least £1,000: 100%; less than £1,000: 20%"
    _pays(tmp_path, "Spend is £999.99", "2,000", rows, "nothing is due", by="Spend")


_CROSSING = """
measure Floor
  reported by Commissioner as percentage
  each quarter
  higher is better

clause Bonus
  incentive each quarter from Commissioner to Provider
  of £10,000
  earned by Response
    at least Target: 100%
    at least Floor but less than Target: 50%
    less than Floor: 10%
  limited to £15,000 in each contract year
  if without a result, nothing is due
  due within 30 days after each quarter
"""


def test_a_figure_in_two_bands_is_not_determined_and_named(tmp_path: Path) -> None:
    rows = ("Response,Q1 2026/27,82%", "Target,Q1 2026/27,80%", "Floor,Q1 2026/27,85%", "Response,Q2 2026/27,86%")
    figures = "\n".join(("measure,period,value", *rows, "Target,Q2 2026/27,80%", "Floor,Q2 2026/27,75%"))
    lines = statement(tmp_path, figures, _HEAD.format(better="higher") + _CROSSING).lines
    assert [line.why for line in lines] == [
        "cannot be determined: Response lies in no band, or in two",
        "cannot be determined: an earlier amount under the same limit is not determined",
    ]
    assert [line.amount for line in lines] == [None, None]
