"""The alliance's statement against arithmetic done here, independently of the engine: amounts in pence, whole numbers throughout."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from vbclang.pipeline import check, settle

ALLIANCE = Path(__file__).parents[2] / "examples" / "alliance" / "alliance.vbc"
SHARES = {"Lead Provider": 50, "Community Provider": 30, "Mental Health Provider": 15, "Charity Provider": 5}

FIRST_YEAR = 24_000_000_00
SECOND_YEAR = FIRST_YEAR * 1029 // 1000
"""Consumer prices of 4.6% count as 4.0%; less 1.1%."""

RESPONSE = {"Q1 2026/27": 60, "Q2 2026/27": 100, "Q3 2026/27": 0, "Q4 2026/27": 30, "Q1 2027/28": 100}
"""The percentage earned: 87.1% is in the second band, 90.0% in the first, one is not reported, 84.9% in the third, 91.3% in the first."""

AT_HOME = {"Q1 2026/27": 67, "Q2 2026/27": 0, "Q3 2026/27": 43, "Q4 2026/27": 100, "Q1 2027/28": 83}
"""Ten times what lies above 75.0%, at most 100%: 81.7%, 74.2%, 79.3%, 85.6%, 83.3%."""

HALF_PENCE_SAVED = {
    "Q1 2026/27": 6_000_000_00 - 5_873_412_67,
    "Q2 2026/27": 6_000_000_00 - 5_801_200_05,
    "Q3 2026/27": 6_000_000_00 - 6_063_450_50,
    "Q4 2026/27": 6_000_000_00 - 5_666_789_01,
    "Q1 2027/28": 6_174_000_00 - 6_402_999_99,
}
"""Twice the share in pence."""


def whole_amounts() -> dict[tuple[str, str], int]:
    """What each clause comes to in each quarter, in pence; positive: to the providers."""
    amounts: dict[tuple[str, str], int] = {}
    worked_out, paid = 0, 0
    for quarter in RESPONSE:
        pool = (FIRST_YEAR if quarter.endswith("2026/27") else SECOND_YEAR) * 6 // 100
        amounts[quarter, "Crisis Response Incentive"] = pool * 40 // 100 // 4 * RESPONSE[quarter] // 100
        amounts[quarter, "Days At Home Incentive"] = pool * 60 // 100 // 4 * AT_HOME[quarter] // 100
        worked_out, paid = (0, 0) if quarter == "Q1 2027/28" else (worked_out, paid)
        limit = (FIRST_YEAR if quarter.endswith("2026/27") else SECOND_YEAR) // 100
        saved = HALF_PENCE_SAVED[quarter]
        worked_out += (abs(saved) + 1) // 2 * (1 if saved > 0 else -1)  # half a penny goes away from nothing
        within = max(-limit, min(limit, worked_out))
        amounts[quarter, "Gain and Pain Share"], paid = within - paid, within
    return amounts


def parts(whole: int) -> dict[str, int]:
    """Whole pence by shares; what is left over goes to the largest remainders, a penny each, and the sign is put back."""
    size, sign = abs(whole), 1 if whole >= 0 else -1
    found = {party: size * share // 100 for party, share in SHARES.items()}
    by_remainder = sorted(SHARES, key=lambda party: -(size * SHARES[party] % 100))
    for party in by_remainder[: size - sum(found.values())]:
        found[party] += 1
    return {party: sign * part for party, part in found.items()}


def test_every_line_is_as_worked_out_by_hand() -> None:
    statement = settle(check(ALLIANCE), ALLIANCE.parent / "data").statement
    assert statement is not None
    said: dict[tuple[str, str], dict[str, int]] = {}
    for line in statement.lines:
        to_provider = line.payer == "Commissioner"
        amount = (line.amount or Fraction(0)) * (100 if to_provider else -100)
        said.setdefault((line.period, line.clause), {})[line.payee if to_provider else line.payer] = int(amount)
    assert said == {key: parts(whole) for key, whole in whole_amounts().items()}
    assert all(line.amount is not None for line in statement.lines)
