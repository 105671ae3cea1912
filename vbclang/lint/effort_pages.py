"""The pages of the rules in `effort.py`."""

from __future__ import annotations

from vbclang.lint.rule import Page
from vbclang.lint.shown import DUE, SEEN

_BANDS = (
    SEEN
    + """clause Quick Care
  incentive each quarter from Commissioner to Provider
  of £100,000
  earned by Seen In Time
    at least 90.0%: {above}
    at least 80.0% but less than 90.0%: 80%
    less than 80.0%: {below}
"""
    + DUE
)

WRONG_WAY = Page(
    "L017",
    "An incentive, payment or share that pays less, or a sanction that deducts more, as a measure gets better: in the bands or the line "
    "by which it is earned, in a condition that compares one measure with a threshold, or in the amount of an incentive, a sanction or a "
    "share between payer and provider; and a termination for a better result. The direction is that of the line `higher is better` or "
    "`lower is better`. A condition with two sides (`at least … but less than …`) names a range and is meant; an amount is what is at "
    "stake where another measure decides over it.",
    "People do what is paid. A table of bands that stands upside down, or a direction that was copied from another measure, pays them "
    "for doing worse, and nobody signs that on purpose.",
    _BANDS.format(above="60%", below="80%"),
    _BANDS.format(above="100%", below="60%"),
)


_GAP = (
    """list Fifth
  Most Deprived
  Least Deprived

measure Achieved for each Fifth
  reported by Commissioner as percentage
  each quarter
  higher is better

Gap means Achieved for Least Deprived - Achieved for Most Deprived

clause Narrowing
  incentive each quarter from Commissioner to Provider
  of £50,000
  when Gap is at most 3.0 percentage points
{more}"""
    + DUE
)

LEVELLED_DOWN = Page(
    "L022",
    "An incentive for a smaller gap between two members of a list, in which nothing asks that the members themselves hold their own.",
    "A gap closes as well when the better-off do worse, and that is the cheaper way. Pay for it only where nobody falls behind: compare "
    "the measure itself, and not only the difference.",
    _GAP.format(more=""),
    _GAP.format(more="  when Achieved is at least 70.0% for each Fifth\n"),
)

_PAIN = (
    """party Partner is provider

group Providers
  Provider: {one}
  Partner: {other}

measure Actual Cost
  reported by Commissioner as money
  checked by Provider
  each quarter
  if not reported, uses the last final figure

clause Gain and Pain
  share each quarter from Commissioner to Providers
  of 50% of (£1,000,000 - Actual Cost)
  runs both ways
  limited to £50,000 in each contract year
  divided by shares
"""
    + DUE
)

HEAVY_MEMBER = Page(
    "L023",
    "One member of a group bears more than half of what a share of gain and pain loses, and no limit is set to its own part.",
    "An alliance wins and loses together: that is what it is for. Where one member bears most of a bad year the others have little "
    "reason to help, and the arrangement ends with the reserves of the one.",
    _PAIN.format(one="70%", other="30%"),
    _PAIN.format(one="50%", other="50%"),
)
