"""Pages of words that can be read in more than one way, or that the language says otherwise (S)."""

from __future__ import annotations

from vbclang.lint.rule import Page
from vbclang.lint.shown import DUE, SEEN
from vbclang.pages.pieces import COST, COUNTED, QUICK, VISITS

PAGES = (
    Page(
        "S004",
        "A sign of comparison such as `>=`, `<` or `=`, or a second way to say the same, such as `not more than`. It is silent "
        "in prose and notes, where a sign decides nothing.",
        "A contract is read by people who do not write programs, and `=>`, `≥` and `>=` look alike to them. There is one way to "
        "say each comparison, so that nobody has to ask whether two clauses with different words mean different things.",
        SEEN + QUICK + "  when Seen In Time >= 90.0%\n" + DUE,
        SEEN + QUICK + "  when Seen In Time is at least 90.0%\n" + DUE,
    ),
    Page(
        "S005",
        "`between A and B`, in a condition or in a row of bands. Each of the four readings is offered, in words that say "
        "whether the ends count.",
        'A result that is exactly 90.0% is within "between 80% and 90%" for one reader and outside it for another. Results are '
        "rounded, so that they fall upon an end more often than one thinks, and at an end a whole band of money is in dispute.",
        SEEN
        + QUICK
        + """  earned by Seen In Time
    at least 90.0%: 100%
    between 80.0% and 90.0%: 90%
    less than 80.0%: 80%
"""
        + DUE,
        SEEN
        + QUICK
        + """  earned by Seen In Time
    at least 90.0%: 100%
    at least 80.0% but less than 90.0%: 90%
    less than 80.0%: 80%
"""
        + DUE,
    ),
    Page(
        "S006",
        "`and` and `or` side by side without brackets. It is silent where all the words between the conditions are the same.",
        "People do not agree on which of the two goes first, and a comma or the end of a line is too little to say it. With "
        "brackets both parties read the same.",
        SEEN
        + COST
        + QUICK
        + "  when Seen In Time is at least 90.0% or Actual Cost is at most £90,000 and Seen In Time is at least 80.0%\n"
        + DUE,
        SEEN
        + COST
        + QUICK
        + "  when Seen In Time is at least 90.0% or (Actual Cost is at most £90,000 and Seen In Time is at least 80.0%)\n"
        + DUE,
    ),
    Page(
        "S007",
        "A percentage of a sum or a difference that has no brackets, such as `50% of A - B`. Both readings are offered.",
        "Half of the difference and half of the first figure less the second are different sums. In Chartbrook v Persimmon "
        "([2009] UKHL 38) two readings of a percentage of one figure less others were more than £3 million apart, and the House "
        "of Lords had to choose.",
        COST
        + """clause Saving
  share each quarter from Commissioner to Provider
  of 50% of £100,000 - Actual Cost
  runs both ways
  limited to £20,000 in each quarter
"""
        + DUE,
        COST
        + """clause Saving
  share each quarter from Commissioner to Provider
  of 50% of (£100,000 - Actual Cost)
  runs both ways
  limited to £20,000 in each quarter
"""
        + DUE,
    ),
    Page(
        "S018",
        "`shall`, `must` or `will` on a line that is not prose. It is silent in prose, which begins with `>` and is not evaluated.",
        "A line of the language says what is so: it is worked out, and both parties see what comes of it. An obligation in free "
        "words cannot be worked out, and must not look as if it were. Either it is prose, carried along and left to people, or "
        "it is a duty, with somebody who owes it and a day.",
        """clause Plan
  The Provider shall give a plan after each quarter.
  payment each quarter from Commissioner to Provider
  of £25,000
"""
        + DUE,
        """clause Plan
  > The Provider shall give a plan after each quarter.
  payment each quarter from Commissioner to Provider
  of £25,000
"""
        + DUE,
    ),
    Page(
        "S022",
        "`for 3 consecutive months`, or `in at least 3 of any 5 quarters`, behind several conditions that are joined. It is "
        "silent where brackets say which of them it is of.",
        "One failure in each of three months, now here and now there, is something else than the same failure three times. A "
        "contract may end on the difference.",
        SEEN
        + COST
        + """clause Way Out
  termination by Commissioner
  when Seen In Time is less than 80.0% and Actual Cost is more than £90,000 for 3 consecutive quarters
  on 3 months' notice
  exercised within 60 days after the result
  exit payment nothing
  if not reported, counts as met
""",
        SEEN
        + COST
        + """clause Way Out
  termination by Commissioner
  when (Seen In Time is less than 80.0% and Actual Cost is more than £90,000) for 3 consecutive quarters
  on 3 months' notice
  exercised within 60 days after the result
  exit payment nothing
  if not reported, counts as met
""",
    ),
    Page(
        "S023",
        "`within 10 working days of` something, in a deadline.",
        '"Within ten days of" an event takes in the days before it as well as those after it, and a notice given before is in '
        "time for one reader alone. `within … after …` says from which day is counted.",
        """event Invoice
  notified by Provider to Commissioner

clause Fee
  payment once from Commissioner to Provider
  of £25,000
  due within 30 days of Invoice
""",
        """event Invoice
  notified by Provider to Commissioner

clause Fee
  payment once from Commissioner to Provider
  of £25,000
  due within 30 days after Invoice
""",
    ),
    Page(
        "S025",
        "A figure that `improves`, `rises` or `falls by` so many per cent, and nothing said of what. Both readings are offered: "
        "percentage points, and a part of the baseline.",
        "From 80%, five percentage points lead to 85%, and five per cent of the baseline to 84%. A provider that reached 84.5% "
        "has earned all of the money or none of it.",
        """measure Seen In Time
  reported by Commissioner as percentage
  each quarter
  higher is better
  baseline 80.0%

"""
        + QUICK
        + "  when Seen In Time improves by 5%\n"
        + DUE,
        """measure Seen In Time
  reported by Commissioner as percentage
  each quarter
  higher is better
  baseline 80.0%

"""
        + QUICK
        + "  when Seen In Time is at least 5.0 percentage points above the baseline\n"
        + DUE,
    ),
    Page(
        "S027",
        "A word that lawyers use and for which the language has another: `90.0% or more`, `up to`, `over`, `capped at`, `per "
        "quarter`. The line is offered in the language's words.",
        'Most of these words are clear by themselves, and some are not: "up to 90%" takes 90% in for one reader and not for '
        "another. One word for each thing means that two clauses that are to say the same look the same, and a difference is "
        "seen to be one.",
        """clause Fee
  payment each quarter from Commissioner to Provider
  of £25,000
  capped at £80,000 in each contract year
"""
        + DUE,
        """clause Fee
  payment each quarter from Commissioner to Provider
  of £25,000
  limited to £80,000 in each contract year
"""
        + DUE,
    ),
    Page(
        "S028",
        "A figure over several periods that does not say how they become one. Each way is offered: all rows together, the "
        "average, the lowest, the highest, the total, the latest.",
        "Three quarters of 10, 10 and 1,000 patients have an average of their percentages and a percentage of all of their "
        "patients, and the two can be far apart. In the first a bad quarter of few patients weighs as much as one of many.",
        VISITS + COUNTED + QUICK + "  when Seen In Time over the contract year to date is at least 90.0%\n" + DUE,
        VISITS + COUNTED + QUICK + "  when (pooled Seen In Time over the contract year to date) is at least 90.0%\n" + DUE,
    ),
    Page(
        "S029",
        "A sentence that says what several lines say, or a line with another run into it. It is offered cut into lines, in the "
        "language's words: first who pays whom and how often, then how much, when and up to what.",
        "In one sentence `when` may belong to the amount or to all of it, and a limit to one payment or to the year. On a line of "
        "its own each says one thing, and a change in it is seen in a redline. What a sentence leaves out is asked, not guessed.",
        VISITS
        + COUNTED
        + """clause Quick Care
  incentive each quarter from Commissioner to Provider of £10,000 when Seen In Time is at least 90.0%
"""
        + DUE,
        VISITS + COUNTED + QUICK + "  when Seen In Time is at least 90.0%\n" + DUE,
    ),
    Page(
        "S030",
        "Something that is late, is received or comes, where data, a figure or an event could be meant. Data come by the day that "
        "they are owed, a figure is reported or is not, an event occurs. Each that the name allows is offered.",
        "A report can be late and complete, or in time and useless. Whoever keeps back money until the report comes, and whoever "
        "waits for the money, read the day on which it has come in two ways.",
        VISITS + COUNTED + QUICK + "  when Seen In Time is at least 90.0%\n  unless Visits are late\n" + DUE,
        VISITS + COUNTED + QUICK + "  when Seen In Time is at least 90.0%\n  unless lateness of final Visits is more than 0 days\n" + DUE,
    ),
)
