"""The language's words, out of the grammar's own terminals, and an example of each line: nothing here is spelled a second time."""

from __future__ import annotations

import re
from functools import cache

from vbclang.source.alike import alike
from vbclang.syntax.scan import reserved_words, without_the
from vbclang.syntax.table import load


@cache
def literals() -> tuple[str, ...]:
    """Every literal of the grammar, one word or several, in alphabetical order."""
    return tuple(sorted(t.text for t in load().terminals if not t.pattern))


@cache
def reserved() -> frozenset[str]:
    """Every single word of the language: no column, unit or term may be one of these."""
    return reserved_words(load())


@cache
def item_words() -> tuple[str, ...]:
    """The words that begin an item: the literals that may stand first."""
    table = load()
    row = table.rows[table.states[table.start][0]]
    return tuple(sorted(table.terminals[t].text for t in row if t < len(table.terminals) and not table.terminals[t].pattern))


def nearest_item(word: str) -> str:
    """The first word of the item that ``word`` is written most like; empty where none is near."""
    if (one := re.sub(r"ies$", "y", word)) in item_words():
        return one
    near = alike(word, sorted(w.split()[0] for w in item_words()), 75)
    return near[0] if near else ""


@cache
def shapes() -> dict[str, str]:
    """Name -> regular expression of what is not a word: NUMBER, TERM, QUOTED."""
    return {t.name: t.text for t in load().terminals if t.pattern}


@cache
def literal_of() -> dict[str, str]:
    """A terminal's name -> the words that it stands for."""
    return {t.name: t.text for t in load().terminals if not t.pattern}


ITEM_EXAMPLES: dict[str, str] = {
    "contract": "contract Northshire Frailty Alliance Agreement",
    "general rules": 'general rules England "Rules for England" edition 1',
    "part": 'part "Money"',
    "use": 'use "acute.vbc" as Acute Services',
    "unit": 'unit wte "whole-time equivalent"',
    "party": 'party Commissioner "Northshire Integrated Care Board" is commissioner',
    "group": "group Providers\n  Lead Provider: 50%\n  Community Provider: 50%",
    "list": 'list Domain\n  Safety "SAF" or "S1"',
    "schedule": 'schedule Table 1 "Measures" for each Measure\n  Measure | Weight\n  Safety | 25%',
    "data": "data Crisis Referrals\n  one row per referral",
    "measure": "measure Crisis Response\n  percentage of Crisis Referrals where response is at most 2 hours",
    "event": "event Remedial Plan\n  notified by Provider to Commissioner",
    "means": "Outcome Pool means 6.0% of Annual Value",
    "formula": "formula Blended of Base, Actual\n  gives Actual - Base",
    "clause": "clause 4.2 Late Data",
    "guarantee": "guarantee Deductions Stay Small\n  total of sanctions over the contract year is at most £5,000",
    "worked example": "worked example First Quarter",
}
"""Item word -> the item in its shortest right form."""

_COMMON = (
    "if not reported, incentives pay nothing",
    "blank periods count as failed",
    "counting starts again after Remedial Plan",
    "in a part period, pro rata by days",
    "corrected once on final data",
    "not corrected",
    "differences of at most £500 are dropped",
    "on provisional data",
    "survives termination",
    'accepted W028 because "the panel is small"',
)
_ROUNDED = ("rounded to 1 decimal place, half up", "not rounded")
_CONTRACT = (
    "language 1",
    'reference "NHS-2026-17"',
    "term 1 April 2026 to 31 March 2031",
    "contract year starts 1 April",
    "Contract Year 1 runs to 31 March 2027",
    "currency GBP",
    "settled 60 working days after each quarter",
    "working days in England",
    "percentages rounded to 1 decimal place, half up",
    "money rounded to £0.01, half up",
    "rates rounded to 1 decimal place, half up",
    "ratios rounded to 2 decimal places, half up",
    "scores rounded to a whole number, half up",
    "numbers rounded to a whole number, half up",
    "amounts due on the same day are netted",
    *_ROUNDED,
    *_COMMON,
)
LINE_EXAMPLES: dict[str, tuple[str, ...]] = {
    "contract": _CONTRACT,
    "general rules": _CONTRACT,
    "data": (
        "one row per referral",
        'from file "crisis_referrals.csv"',
        'source "Community Services Data Set"',
        "supplied by Community Provider",
        "checked by Commissioner within 10 working days",
        "provisional within 10 working days after each month",
        "final within 40 working days after each quarter",
        'frozen at version "2025.1"',
        "at least 95.0% complete",
        "counts less than 8 are not published",
        "counts less than 8 are used but not shown",
        "attributed by patient_id to practice_code with the most Contacts over the contract year, otherwise left out",
        "column response hours, blank counts as not met",
        "columns for each Measure number, called Z Score",
    ),
    "measure": (
        "percentage of Crisis Referrals where response is at most 2 hours",
        "ratio of Observed to Expected",
        "rate per 1,000 of Admissions to Population",
        "75th percentile by nearest rank of wait over Referrals",
        "number of Crisis Referrals",
        "total of paid_amount over Invoices",
        "average of wait over Referrals",
        "lowest of wait over Referrals",
        "highest of wait over Referrals",
        "pooled Crisis Response over the last 4 quarters",
        "latest Crisis Response over the last 4 quarters",
        "is Spend as % of Budget",
        'reported by "Office for National Statistics" as percentage change',
        "excluding rows where cancelled, at most 5.0% of rows",
        "each quarter",
        "higher is better",
        "lower is better",
        "baseline 78.4%",
        "at least 30 rows, otherwise pooled with the next quarter",
        "history from 1 April 2024",
        "fewer at the start are enough",
        "dated by accepted_on",
        'frozen at version "2025.1"',
        "checked by Commissioner within 10 working days",
        'source "Community Services Data Set"',
        "provisional within 10 working days after each month",
        "final within 40 working days after each quarter",
        *_CONTRACT[8:14],
        *_ROUNDED,
        *_COMMON,
    ),
    "event": ("notified by Buyer to Supplier", "column price money"),
    "means": (*_CONTRACT[8:14], *_ROUNDED, *_COMMON),
    "formula": ("in which Difference is Actual - Base", "gives 75% of Actual"),
    "clause": (
        "> The parties act in good faith.",
        "payment each quarter from Commissioner to Provider",
        "incentive each quarter from Commissioner to Providers",
        "sanction each month from Provider to Commissioner",
        "withholding each month from Commissioner to Provider",
        "share each contract year from Commissioner to Providers",
        "repayment each contract year from Provider to Commissioner",
        "termination by Commissioner against Provider",
        "automatic end",
        "duty on Provider to give Remedial Plan within 20 working days after each month",
        'right of Commissioner to "step in"',
        "warning to Provider",
        "suspension of clause Loss Sharing",
        "of 40% of Outcome Pool / 4",
        "in 4 equal instalments",
        "drawn from Annual Value",
        "earned by Crisis Response, in a straight line from 0% at 55.0% to 100% at 75.0%, flat beyond",
        "when Crisis Response is less than 80.0%",
        "unless Crisis Response is at least 80.0%",
        "until Crisis Response is at least 80.0%",
        "at any time",
        "cured by Remedial Plan within 20 working days after notice",
        "a cured failure does not count",
        "may be waived by Commissioner",
        "in addition to clause Late Data",
        "not below £0",
        "limited to 2.5% of Annual Value in each quarter",
        "gain limited to 10% of Benchmark in each contract year",
        "loss limited to 10% of Benchmark in each contract year",
        "divided by shares",
        "borne first by Commissioner",
        "the excess is shared by the others in proportion",
        "due within 60 working days after each quarter",
        "runs both ways",
        "released when Crisis Response is at least 80.0%, in a later month, without interest",
        "rounding differences are carried forward",
        "on 6 months' notice",
        "exit payment nothing",
        'failing which Commissioner may "end the contract"',
        "exercised within 20 working days after notice",
        "if not reported, nothing is due",
        "if not released within 12 months after each month, it is kept",
        *_COMMON[1:],
    ),
    "guarantee": (
        "total of sanctions over the contract year is at most 0.4% of Annual Value",
        "at every moment",
        "assuming Crisis Response is reported",
    ),
    "worked example": (
        "in Q1 2026/27",
        'for Hospital "010001"',
        'source "the board\'s paper"',
        "given Crisis Response is 1,742 of 2,000",
        "then clause Crisis Response Incentive pays £86,400.00",
    ),
}
"""Item word -> an example of each line that it takes."""


BEGINNINGS: dict[str, tuple[str, ...]] = {
    "contract": ("language", "term", "contract year starts", "currency", "percentages rounded", "if not reported"),
    "data": ("one row per", "source", "supplied by", "checked by", "final", "column"),
    "measure": ("percentage of", "number of", "reported by", "each", "higher is better", "baseline"),
    "event": ("notified by", "column"),
    "formula": ("in which", "gives"),
    "clause": ("incentive", "sanction", "of", "earned by", "when", "limited to", "due"),
    "worked example": ("in", "given", "then"),
}
"""Item word -> how its commonest lines begin, in the order in which they are written."""


PROVISIONS: dict[str, tuple[str, ...]] = {
    "payment": ("of", "in 4 equal instalments", "when", "limited to", "due within"),
    "incentive": ("of", "earned by", "when", "limited to", "due within"),
    "sanction": ("of", "when", "limited to", "may be waived by", "due within"),
    "withholding": ("of", "when", "released when", "if not released within", "due within"),
    "share": ("of", "runs both ways", "gain limited to", "loss limited to", "due within"),
    "repayment": ("of", "when", "limited to", "due within"),
    "termination": ("when", "at any time", "on 6 months' notice", "exit payment"),
    "automatic end": ("when",),
    "duty": ("failing which",),
    "right": ("when", "exercised within"),
    "warning": ("when",),
    "suspension": ("when", "until"),
}
"""What a clause provides, by the first words of its own line -> how the other lines of such a clause begin."""


def example_of(item: str, line: str) -> str:
    """The example in ``item`` that begins most like ``line``; the item's own where none begins like it."""
    best, most = ITEM_EXAMPLES.get(item, ""), 0
    for example in LINE_EXAMPLES.get(item, ()):
        shared = _shared(without_the(example).split(), without_the(line.strip()).split())
        if shared > most:
            best, most = example, shared
    return best


def _shared(one: list[str], other: list[str]) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            return count
        count += 1
    return count
