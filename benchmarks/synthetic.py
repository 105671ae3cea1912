"""A contract with many practices and measures, its returns, and the same contract worked out by hand.

Everything is made from a fixed seed. Three kinds of clause take turns: bands; a straight line with a yearly limit; steps, a sanction with
a yearly limit. What is worked out by hand knows nothing of the engine: it reads `Terms`, and counts with `fractions.Fraction`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from vbclang.core.nodes import State
from vbclang.core.program import Member
from vbclang.data.facts import Facts, InputColumn
from vbclang.types.kinds import Grain

QUARTERS = 20
_SEED = 20260401
_NOT_REPORTED, _NOBODY = 0.01, 0.001
"""How often a count is not reported, and how often nobody was eligible."""

_HEAD = """contract Portfolio
  language 1
  term 1 April 2026 to 31 March 2031
  contract year starts 1 April
  currency GBP
  percentages rounded to 1 decimal place, half up
  money rounded to £0.01, half up
  if not reported, incentives pay nothing
  if not reported, sanctions pay nothing
  if too small, incentives pay nothing
  if too small, sanctions pay nothing

party Commissioner "The body that pays" is commissioner
party Practice "A practice" is provider, one for each practice_code

data Returns
  one row per Practice and quarter
  from file "returns.csv"
  source "Quarterly returns"
  supplied by Practice
  checked by Commissioner within 10 days
  final within 40 days after each quarter
  column practice_code text, names the Practice
  column period_start date, dates the row
"""


@frozen
class Terms:
    """What differs from clause to clause: its number (from 1), and money in pounds."""

    number: int

    @property
    def kind(self) -> int:
        """0: bands, 1: a straight line, 2: steps."""
        return self.number % 3

    @property
    def amount(self) -> int:
        """What is paid at most in a quarter, or for each step."""
        return 100 + 3 * self.number if self.kind == 2 else 1000 + 37 * self.number

    @property
    def limit(self) -> int | None:
        """The limit for a contract year."""
        return (None, 2000 + 37 * self.number, 3000 + 11 * self.number)[self.kind]


def terms(measures: int) -> tuple[Terms, ...]:
    """The terms of that many clauses."""
    return tuple(Terms(number) for number in range(1, measures + 1))


# -- the contract ------------------------------------------------------------------------------------------------------


def contract(measures: int) -> str:
    """The text of the contract."""
    all_of = terms(measures)
    columns = "".join(
        f"  column {name.lower()}_{t.number} count of patients, may be blank, called {name} {t.number}\n"
        for t in all_of
        for name in ("Seen", "Eligible")
    )
    return _HEAD + columns + "".join(_measure(t) + _clause(t) for t in all_of)


def _measure(t: Terms) -> str:
    return f"""
measure Result {t.number} for each Practice
  is Seen {t.number} as % of Eligible {t.number}
  each quarter
  higher is better
"""


def _clause(t: Terms) -> str:
    limit = "" if t.limit is None else f"  limited to £{t.limit:,} in each contract year\n"
    return f"\nclause Clause {t.number}\n{_amount(t)}{limit}  due within 60 days after each quarter\n"


def _amount(t: Terms) -> str:
    match t.kind:
        case 0:
            return f"""  incentive each quarter from Commissioner to Practice
  of £{t.amount:,}
  earned by Result {t.number}
    at least 90.0%: 100%
    at least 85.0% but less than 90.0%: 60%
    at least 80.0% but less than 85.0%: 30%
    less than 80.0%: 0%
"""
        case 1:
            return f"""  incentive each quarter from Commissioner to Practice
  of £{t.amount:,}
  earned by Result {t.number}, in a straight line from 0% at 70.0% to 100% at 90.0%, flat beyond
"""
        case _:
            return f"""  sanction each quarter from Practice to Commissioner
  of £{t.amount:,} for each complete 0.5 percentage points by which 85.0% exceeds Result {t.number}
"""


# -- the returns -------------------------------------------------------------------------------------------------------


@frozen(eq=False)
class Returns:
    """Counts of shape (measures, quarters, practices); -1 where the count of those seen is not reported."""

    seen: NDArray[np.int64]
    eligible: NDArray[np.int64]

    @property
    def practices(self) -> int:
        """How many practices there are."""
        return len(self.seen[0, 0])


def returns(practices: int, measures: int) -> Returns:
    """Made by chance, the same in each run."""
    chance = np.random.default_rng(_SEED)
    shape = (measures, QUARTERS, practices)
    eligible = np.where(chance.random(shape) < _NOBODY, 0, chance.integers(1, 3000, shape))
    seen = chance.binomial(eligible, chance.uniform(0.65, 1.0, shape))
    return Returns(np.where(chance.random(shape) < _NOT_REPORTED, -1, seen), eligible)


def facts(of: Returns) -> Facts:
    """The returns as they reach the engine."""
    members = tuple(Member(f"P{place:04}") for place in range(of.practices))
    columns = {f"Returns.seen_{n}": _column(counts) for n, counts in enumerate(of.seen, 1)}
    columns |= {f"Returns.eligible_{n}": _column(counts) for n, counts in enumerate(of.eligible, 1)}
    return Facts({"Practice": members}, columns)


def _column(counts: NDArray[np.int64]) -> InputColumn:
    states = np.where(counts < 0, np.int8(State.NOT_REPORTED), np.int8(State.VALUE))
    return InputColumn(("Practice",), Grain.QUARTER, np.maximum(counts, 0), 1, states)


def write_file(of: Returns, path: Path) -> None:
    """The returns as a file that is delivered."""
    measures = range(len(of.seen))
    heads = ["practice_code", "period_start", *(f"{name}_{n + 1}" for n in measures for name in ("seen", "eligible"))]
    starts = [date(2026 + (3 + 3 * quarter) // 12, (3 + 3 * quarter) % 12 + 1, 1) for quarter in range(QUARTERS)]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(",".join(heads) + "\n")
        for practice in range(of.practices):
            for quarter, start in enumerate(starts):
                counts = [c for n in measures for c in (of.seen[n, quarter, practice], of.eligible[n, quarter, practice])]
                file.write(f"P{practice:04},{start}," + ",".join("" if c < 0 else str(c) for c in counts) + "\n")


# -- by hand -----------------------------------------------------------------------------------------------------------


def by_hand(t: Terms, seen: Sequence[int], eligible: Sequence[int]) -> list[Fraction | State]:
    """What one practice is paid (or pays) under one clause, quarter by quarter.

    Without a result an incentive pays nothing, as the contract says; how many steps a sanction has then is not determined.
    """
    paid: list[Fraction | State] = []
    left = Fraction(0)
    for quarter, (some, all_of) in enumerate(zip(seen, eligible, strict=True)):
        if quarter % 4 == 0:
            left = Fraction(t.limit or 0)
        if some < 0 or not all_of:
            missing = State.NOT_REPORTED if some < 0 else State.TOO_SMALL
            paid.append(missing if t.kind == 2 else Fraction(0))
            continue
        amount = _penny(_due(t, _tenth_of_a_percent(Fraction(some, all_of))))
        if t.limit is not None:
            amount = min(amount, left)
            left -= amount
        paid.append(amount)
    return paid


def _tenth_of_a_percent(share: Fraction) -> Fraction:
    return Fraction((share * 2000 + 1) // 2, 1000)


def _penny(amount: Fraction) -> Fraction:
    return Fraction((amount * 200 + 1) // 2, 100)


def _due(t: Terms, share: Fraction) -> Fraction:
    match t.kind:
        case 0:
            bands = ((90, 100), (85, 60), (80, 30), (0, 0))
            return Fraction(t.amount * next(part for least, part in bands if share * 100 >= least), 100)
        case 1:
            return t.amount * min(max((share - Fraction(7, 10)) / Fraction(2, 10), Fraction(0)), Fraction(1))
        case _:
            return Fraction(t.amount * (max(Fraction(85, 100) - share, Fraction(0)) // Fraction(5, 1000)))
