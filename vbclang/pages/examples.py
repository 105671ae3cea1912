"""Pages of worked examples (W), and of an amount that shows itself to be below nothing (X)."""

from __future__ import annotations

from vbclang.lint.rule import Page
from vbclang.lint.shown import DUE, SEEN
from vbclang.pages.pieces import COUNTED, FEE, QUICK, VISITS

PAGES = (
    Page(
        "W001",
        "A worked example without a line `then`, or whose claim says nothing.",
        "An example is there to hold the words to a figure. One that claims nothing always agrees, and looks like a proof.",
        SEEN
        + QUICK
        + "  when Seen In Time is at least 90.0%\n"
        + DUE
        + """
worked example First Quarter
  in Q1 2026/27
  given Seen In Time is 91.0%
""",
        SEEN
        + QUICK
        + "  when Seen In Time is at least 90.0%\n"
        + DUE
        + """
worked example First Quarter
  in Q1 2026/27
  given Seen In Time is 91.0%
  then clause Quick Care pays £10,000.00
""",
    ),
    Page(
        "W002",
        "A worked example that gives one figure twice, or gives a figure and also the rows from which it is counted.",
        "Of two figures for one thing one would not count, and the example would show what comes of the other.",
        SEEN
        + QUICK
        + "  when Seen In Time is at least 90.0%\n"
        + DUE
        + """
worked example First Quarter
  in Q1 2026/27
  given Seen In Time is 91.0%
  given Seen In Time is 89.0%
  then clause Quick Care pays £10,000.00
""",
        SEEN
        + QUICK
        + "  when Seen In Time is at least 90.0%\n"
        + DUE
        + """
worked example First Quarter
  in Q1 2026/27
  given Seen In Time is 91.0%
  then clause Quick Care pays £10,000.00
""",
    ),
    Page(
        "W003",
        "A worked example that gives a figure which could never arrive: more than all of the rows, part of what is counted, a "
        "figure outside its range.",
        "What comes of an impossible figure says nothing about the contract. Mostly numerator and denominator have changed places.",
        VISITS
        + COUNTED
        + QUICK
        + "  when Seen In Time is at least 90.0%\n"
        + DUE
        + """
worked example First Quarter
  in Q1 2026/27
  given Seen In Time is 200 of 184
  then clause Quick Care pays £10,000.00
""",
        VISITS
        + COUNTED
        + QUICK
        + "  when Seen In Time is at least 90.0%\n"
        + DUE
        + """
worked example First Quarter
  in Q1 2026/27
  given Seen In Time is 184 of 200
  then clause Quick Care pays £10,000.00
""",
    ),
    Page(
        "W004",
        "A worked example that gives or claims something of a period and does not say of which.",
        "Prices, targets and limits change from year to year. The same figures pay one amount in the first and another in the third.",
        FEE
        + """
worked example First Quarter
  then clause Fee pays £25,000.00
""",
        FEE
        + """
worked example First Quarter
  in Q1 2026/27
  then clause Fee pays £25,000.00
""",
    ),
    Page(
        "W005",
        "Rows of a worked example that do not say their day where it counts: where a measure is of shorter periods than the "
        "example, or the day itself is compared. Elsewhere a row lies on some day of the example's period.",
        "A day that the program chose would decide in which month a row counts, and so what is paid.",
        VISITS
        + """measure Visits Made
  number of Visits
  each month
  if not reported, uses the last final figure

clause Fee
  payment each quarter from Commissioner to Provider
  of £10 * (highest of Visits Made over the quarter)
"""
        + DUE
        + """
worked example First Quarter
  in Q1 2026/27
  given 30 rows of Visits with in_time yes
  then clause Fee pays £300.00
""",
        VISITS
        + """measure Visits Made
  number of Visits
  each month
  if not reported, uses the last final figure

clause Fee
  payment each quarter from Commissioner to Provider
  of £10 * (highest of Visits Made over the quarter)
"""
        + DUE
        + """
worked example First Quarter
  in Q1 2026/27
  given 30 rows of Visits with visited_on 4 June 2026 and in_time yes
  then clause Fee pays £300.00
""",
    ),
    Page(
        "W006",
        "Rows of a worked example that no measure would count, since a column which is never blank is left out.",
        "Such rows would be rejected if they were delivered. The example would count nothing and show what comes of nothing.",
        VISITS
        + COUNTED
        + QUICK
        + "  when Seen In Time is at least 90.0%\n"
        + DUE
        + """
worked example First Quarter
  in Q1 2026/27
  given 40 rows of Visits
  then clause Quick Care pays nothing
""",
        VISITS
        + COUNTED
        + QUICK
        + "  when Seen In Time is at least 90.0%\n"
        + DUE
        + """
worked example First Quarter
  in Q1 2026/27
  given 40 rows of Visits with in_time no
  then clause Quick Care pays nothing
""",
    ),
    Page(
        "X001",
        "An amount below nothing in a clause that is paid one way only. Where the contract alone shows it, `vbc check` says so; "
        "else it shows when a period is settled, and then nobody owes anything by that clause until the contract says what is "
        "meant.",
        "A payment of less than nothing is a claim of the other side for one party and no payment at all for the other. The "
        "program does not choose between them.",
        """clause Fee
  payment each quarter from Commissioner to Provider
  of £20,000 - £25,000
"""
        + DUE,
        """clause Fee
  payment each quarter from Provider to Commissioner
  of £5,000
"""
        + DUE,
    ),
)
