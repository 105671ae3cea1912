"""Pages of bands, tables, weights and schedules (T013 to T017)."""

from __future__ import annotations

from vbclang.lint.rule import Page
from vbclang.lint.shown import DUE, SEEN
from vbclang.pages.pieces import COST, QUICK, SITES

PAGES = (
    Page(
        "T013",
        "Bands of an amount of money that do not say whether the whole amount has the rate of its band, or each part the rate "
        "of the band in which it lies. It is silent where bands give amounts of money and not rates of what they are by.",
        "With £120,000 spent the first reading makes a fee of £9,600 and the second one of £6,600. In the first, one pound more "
        "can lift the rate of all that went before, so that it is worth while to spend it.",
        COST
        + """Handling Fee means by Actual Cost
  less than £100,000: 5%
  at least £100,000: 8%

clause Fee
  payment each quarter from Commissioner to Provider
  of Handling Fee
"""
        + DUE,
        COST
        + """Handling Fee means by Actual Cost, each rate only on the part inside its band, counted from £0
  less than £100,000: 5%
  at least £100,000: 8%

clause Fee
  payment each quarter from Commissioner to Provider
  of Handling Fee
"""
        + DUE,
    ),
    Page(
        "T014",
        "Two rows of bands that hold for the same figure, or a row that no figure can reach. The message names a figure in both.",
        "At the edge itself, 90.0%, two amounts would be due, or either. Figures are rounded, and so they stand on an edge more "
        "often than one thinks.",
        SEEN
        + QUICK
        + """  earned by Seen In Time
    at least 90.0%: 100%
    at most 90.0%: 80%
"""
        + DUE,
        SEEN
        + QUICK
        + """  earned by Seen In Time
    at least 90.0%: 100%
    less than 90.0%: 80%
"""
        + DUE,
    ),
    Page(
        "T018",
        "A condition that compares a figure with one beyond all that there can be: a percentage with 900%, a count with less than nothing.",
        "The condition then always holds, or never, and nobody sees it: 900% is 90.0% with a point that was lost.",
        SEEN
        + QUICK
        + """  when Seen In Time is at least 900%
"""
        + DUE,
        SEEN
        + QUICK
        + """  when Seen In Time is at least 90.0%
"""
        + DUE,
    ),
    Page(
        "T015",
        "Bands, a straight line, a table by periods or a list of what applies first, that leave something out. The message "
        "names a figure or a period for which nothing is said. It is silent where the last row is `otherwise`, or the line is "
        "`flat beyond`.",
        "For a result of exactly 90.0% the clause below says nothing. One party will say that nothing is due, the other that a "
        "band was forgotten.",
        SEEN
        + QUICK
        + """  earned by Seen In Time
    more than 90.0%: 100%
    less than 90.0%: 80%
"""
        + DUE,
        SEEN
        + QUICK
        + """  earned by Seen In Time
    at least 90.0%: 100%
    less than 90.0%: 80%
"""
        + DUE,
    ),
    Page(
        "T016",
        "Weights of an average that do not make 100%. The message says what they make. Shares of a group that do not are C015.",
        "Weights of 110% make a score of 99 out of 90. Mostly a row was added late, and the others were not put right.",
        SITES
        + """measure Seen In Time for each Site
  reported by Commissioner as percentage
  each quarter
  higher is better

Overall means the weighted average of
  Seen In Time for North: 60%
  Seen In Time for South: 50%

"""
        + QUICK
        + "  when Overall is at least 90.0%\n"
        + DUE,
        SITES
        + """measure Seen In Time for each Site
  reported by Commissioner as percentage
  each quarter
  higher is better

Overall means the weighted average of
  Seen In Time for North: 60%
  Seen In Time for South: 40%

"""
        + QUICK
        + "  when Overall is at least 90.0%\n"
        + DUE,
    ),
    Page(
        "T017",
        "A schedule, or a table by member, that does not fit its list: a member without a row, a row for no member, a row with "
        "more or fewer cells than there are columns.",
        "A member without a row has no price, and nobody has agreed on one. Where the parties agreed that there is nothing, the "
        "schedule says `none`.",
        SITES
        + """schedule Prices for each Site
  Site | Price
  North | £120

clause Fees for each Site
  payment each quarter from Commissioner to Provider
  of 100 * Price
"""
        + DUE,
        SITES
        + """schedule Prices for each Site
  Site | Price
  North | £120
  South | £95

clause Fees for each Site
  payment each quarter from Commissioner to Provider
  of 100 * Price
"""
        + DUE,
    ),
)
