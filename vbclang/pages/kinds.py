"""Pages of kinds of figures, directions, baselines and members (T001 to T012)."""

from __future__ import annotations

from vbclang.lint.rule import Page
from vbclang.lint.shown import DUE, SEEN
from vbclang.pages.pieces import COST, QUICK, SITES

PAGES = (
    Page(
        "T001",
        "Figures of two kinds that are added, compared or multiplied and do not go together: money and a percentage, days and "
        "pounds, a percentage and percentage points, pounds and euros in one sum.",
        "`£24,000 - 3%` means £23,280 to whoever writes it and nothing at all as it stands. What the 3% are of has to be said, "
        "and then somebody may find that the other had meant another amount.",
        """clause Fee
  payment each quarter from Commissioner to Provider
  of £24,000 - 3%
"""
        + DUE,
        """clause Fee
  payment each quarter from Commissioner to Provider
  of £24,000 reduced by 3%
"""
        + DUE,
    ),
    Page(
        "T002",
        "Another kind of figure than its place wants: a percentage as an amount, an amount as a share, a text where a date is wanted.",
        'A clause that pays "90%" pays nothing until it says of what.',
        SEEN
        + """clause Quick Care
  incentive each quarter from Commissioner to Provider
  of Seen In Time
"""
        + DUE,
        SEEN + QUICK + "  when Seen In Time is at least 90.0%\n" + DUE,
    ),
    Page(
        "T004",
        "Money in another currency than the contract pays in, or a currency that the language does not know.",
        "Between two currencies stands a rate, and with it a day and a source for it. On a yearly amount a rate of another day "
        "makes thousands, and the contract would not say which day.",
        """clause Fee
  payment each quarter from Commissioner to Provider
  of €25,000
"""
        + DUE,
        """clause Fee
  payment each quarter from Commissioner to Provider
  of £25,000
"""
        + DUE,
    ),
    Page(
        "T005",
        "A figure for each member, such as each site, where one figure is wanted; or one figure where each member has its own. "
        "What could be meant is offered: for each by itself, one figure over all of them, that of one member. It is silent "
        "where the clause is `for each` of the same list, since then each has its own.",
        "The lowest of three sites, their average and each by itself are three clauses: one site at 60% loses the money for all "
        "in the one, is made up for by the others in the next, and loses its own part alone in the last.",
        SITES
        + """measure Seen In Time for each Site
  reported by Commissioner as percentage
  each quarter
  higher is better

"""
        + QUICK
        + "  when Seen In Time is at least 90.0%\n"
        + DUE,
        SITES
        + """measure Seen In Time for each Site
  reported by Commissioner as percentage
  each quarter
  higher is better

"""
        + QUICK
        + "  when (lowest of Seen In Time over every Site) is at least 90.0%\n"
        + DUE,
    ),
    Page(
        "T006",
        "A choice where there is nothing to choose from: a member of a figure that is one for all, a period of a figure that "
        "never changes, a limit for each of a group that the clause does not pay.",
        "Who writes `Fee for North` believes that each site has a fee of its own. Here there is one fee for all, and the clause "
        "says something else than was meant.",
        SITES
        + """Yearly Fee means £100,000

clause Fee
  payment each contract year from Commissioner to Provider
  of Yearly Fee for North
  due within 30 days after each contract year
""",
        SITES
        + """Yearly Fee for each Site means
  North: £60,000
  South: £40,000

clause Fee
  payment each contract year from Commissioner to Provider
  of Yearly Fee for North
  due within 30 days after each contract year
""",
    ),
    Page(
        "T008",
        "A formula that is called with more or fewer figures than it has blanks to fill.",
        "With a figure left out the formula would have to make one up, and with one too many it would have to pass one over.",
        """formula Blended of Base, Actual
  gives 50% of (Base + Actual)

"""
        + COST
        + """clause Fee
  payment each quarter from Commissioner to Provider
  of Blended (Actual Cost)
"""
        + DUE,
        """formula Blended of Base, Actual
  gives 50% of (Base + Actual)

"""
        + COST
        + """clause Fee
  payment each quarter from Commissioner to Provider
  of Blended (£25,000, Actual Cost)
"""
        + DUE,
    ),
    Page(
        "T009",
        "A percentile that does not say how it is worked out. Three methods are offered: by nearest rank, by interpolation, by "
        "averaging at a step.",
        "Of few figures the methods give different results: the 75th percentile of 80%, 85%, 90% and 95% is 90% by nearest rank "
        "and 91.25% by interpolation. A provider in between is paid by the one and not by the other.",
        SITES
        + """measure Seen In Time for each Site
  reported by Commissioner as percentage
  each quarter
  higher is better

clause Quick Care for each Site
  incentive each quarter from Commissioner to Provider
  of £10,000
  when Seen In Time is at least (75th percentile of Seen In Time over every Site)
"""
        + DUE,
        SITES
        + """measure Seen In Time for each Site
  reported by Commissioner as percentage
  each quarter
  higher is better

clause Quick Care for each Site
  incentive each quarter from Commissioner to Provider
  of £10,000
  when Seen In Time is at least (75th percentile by nearest rank of Seen In Time over every Site)
"""
        + DUE,
    ),
    Page(
        "T010",
        "An amount `for each` step, such as each percentage point, that says neither `complete` nor `or part`. It is silent "
        "where an amount is multiplied by a figure, `£2,000 * X`: then half of one counts half.",
        "At two and a half points the one reading pays for two steps and the other for three, and most results lie between two steps.",
        SEEN
        + """clause Quick Care
  incentive each quarter from Commissioner to Provider
  of £2,000 for each 1 percentage point by which Seen In Time exceeds 80%
  limited to £20,000 in each quarter
"""
        + DUE,
        """measure Seen In Time
  reported by Commissioner as percentage
  each quarter
  higher is better
  if not reported, uses the last final figure

clause Quick Care
  incentive each quarter from Commissioner to Provider
  of £2,000 for each complete 1 percentage point by which Seen In Time exceeds 80%
  limited to £20,000 in each quarter
"""
        + DUE,
    ),
    Page(
        "T011",
        "`better than`, `at least as good as`, `worse than` or `counts in the worst band`, of a measure that does not say "
        "whether higher or lower is better.",
        "Which way is better is a term of the contract and not a matter of course: more admissions are worse for a programme of "
        "prevention and better for a ward that is paid to take them.",
        """measure Seen In Time
  reported by Commissioner as percentage
  each quarter

"""
        + QUICK
        + "  when Seen In Time is at least as good as 90.0%\n"
        + DUE,
        SEEN + QUICK + "  when Seen In Time is at least as good as 90.0%\n" + DUE,
    ),
    Page(
        "T012",
        "`the baseline` of a measure that has none, or of nothing that is named before it.",
        "Nobody can be paid for an improvement on something that is not stated. What the figure was before the contract is "
        "known today, and disputed as soon as money hangs on it.",
        SEEN + QUICK + "  when Seen In Time is at least 2.0 percentage points above the baseline\n" + DUE,
        """measure Seen In Time
  reported by Commissioner as percentage
  each quarter
  higher is better
  baseline 80.0%

"""
        + QUICK
        + "  when Seen In Time is at least 2.0 percentage points above the baseline\n"
        + DUE,
    ),
)
