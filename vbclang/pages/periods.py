"""Pages of periods and days: what is for how long, due when, and known by then (C)."""

from __future__ import annotations

from vbclang.lint.rule import Page
from vbclang.lint.shown import DUE
from vbclang.pages.pieces import COST, COUNTED, FEE, PARTIES, QUICK, START, VISITS

PAGES = (
    Page(
        "C001",
        "A contract one of whose periods may be cut short, by the ends of the term or by a termination, and that does not say "
        "what a clause pays for part of a period. It is silent where no period can be.",
        "For six weeks of a quarter one side asks for half of the amount, the other for all of it, and of bands nobody knows "
        "whether the threshold was halved too.",
        """contract Frame
  language 1
  term 1 April 2026 to 15 March 2029
  contract year starts 1 April
  currency GBP
  working days in England
  money rounded to £0.01, half up

"""
        + PARTIES
        + FEE,
        """contract Frame
  language 1
  term 1 April 2026 to 15 March 2029
  contract year starts 1 April
  currency GBP
  working days in England
  money rounded to £0.01, half up
  in a part period, pro rata by days

"""
        + PARTIES
        + FEE,
    ),
    Page(
        "C002",
        "A contract that starts within a contract year, and does not say whether its first year is the short one until the next "
        "beginning or the long one beyond it.",
        "Yearly limits, targets and prices all hang on the years. A first year of seven months and one of nineteen months pay "
        "quite different sums.",
        """contract Frame
  language 1
  term 1 September 2026 to 31 March 2029
  contract year starts 1 April
  currency GBP
  working days in England
  money rounded to £0.01, half up
  in a part period, pro rata by days

"""
        + PARTIES
        + FEE,
        """contract Frame
  language 1
  term 1 September 2026 to 31 March 2029
  contract year starts 1 April
  Contract Year 1 runs to 31 March 2027
  currency GBP
  working days in England
  money rounded to £0.01, half up
  in a part period, pro rata by days

"""
        + PARTIES
        + FEE,
    ),
    Page(
        "C003",
        "A month's figure in a quarter's clause, and nothing said of how three become one. The ways are offered. It is silent "
        "the other way round: a year's figure is the same in each of its quarters.",
        "The average of three months, the lowest of them and the last are three clauses. A month of 40% is forgiven by the "
        "first, fatal by the second and unseen by the third.",
        """measure Seen In Time
  reported by Commissioner as percentage
  each month
  higher is better

"""
        + QUICK
        + "  when Seen In Time is at least 90.0%\n"
        + DUE,
        """measure Seen In Time
  reported by Commissioner as percentage
  each month
  higher is better

"""
        + QUICK
        + "  when (average of Seen In Time over the quarter) is at least 90.0%\n"
        + DUE,
    ),
    Page(
        "C004",
        "A limit for a year, or instalments of one amount, whose own amount changes within that year; or a limit for less than "
        "a period of its clause.",
        "If the limit of the year is a month's figure, there are twelve limits, and nobody can say which of them the year must keep to.",
        COST
        + """clause Fee
  payment each quarter from Commissioner to Provider
  of Actual Cost
  limited to 110% of Actual Cost in each contract year
"""
        + DUE,
        COST
        + """clause Fee
  payment each quarter from Commissioner to Provider
  of Actual Cost
  limited to £400,000 in each contract year
"""
        + DUE,
    ),
    Page(
        "C005",
        "Money that is due before the figures are known on which it rests: before the data are final, or before a period that "
        "it looks at is over. The message names both days.",
        "Who has to pay on a day on which nobody knows how much pays late or guesses. Interest, and a right to terminate for "
        "late payment, may hang on the day. Pay later, as below, or on provisional data with a correction.",
        VISITS
        + COUNTED
        + QUICK
        + """  when Seen In Time is at least 90.0%
  due within 10 working days after each quarter
""",
        VISITS
        + COUNTED
        + QUICK
        + """  when Seen In Time is at least 90.0%
  due within 20 working days after each quarter
""",
    ),
    Page(
        "C006",
        "A figure that looks back to a period before the first, and nothing said of what it is then.",
        "An index, a balance or a rising target is a chain, and without its first link no year has a figure. What the parties "
        "had in mind is mostly the figure of the year before, which stands in no clause.",
        """Yearly Fee means previous Yearly Fee + £2,000

clause Fee
  payment each contract year from Commissioner to Provider
  of Yearly Fee
  due within 30 days after each contract year
""",
        """Yearly Fee means £100,000 in Contract Year 1, then previous Yearly Fee + £2,000

clause Fee
  payment each contract year from Commissioner to Provider
  of Yearly Fee
  due within 30 days after each contract year
""",
    ),
    Page(
        "C033",
        "A deadline that does not say after what it counts; or that counts after something of which there are several. It is "
        "silent for a date: `by 30 June 2027`.",
        'A time without a start can never be missed. A duty to pay "within 30 days" is in breach for one reader from the end of '
        "the quarter and for the other from an invoice that was never sent.",
        """clause Fee
  payment each quarter from Commissioner to Provider
  of £25,000
  due within 60 working days
""",
        FEE,
    ),
    Page(
        "C035",
        "Working days in a contract that does not say where, or that names a place whose public holidays are not known. It is "
        "silent where days are counted and not working days.",
        "England, Scotland and the United States keep different holidays. Around Christmas or Easter ten working days end on "
        "different dates, and one of the two is in breach.",
        START
        + """  money rounded to £0.01, half up

"""
        + PARTIES
        + FEE,
        START
        + """  working days in England
  money rounded to £0.01, half up

"""
        + PARTIES
        + FEE,
    ),
    Page(
        "C036",
        "A contract year that does not start on the first day of a month, a term that ends before it begins, a first contract "
        "year that is no whole number of periods, or calendar quarters that do not fit those of the contract.",
        "Months, quarters and years must fit into each other, or a month belongs half to the one year and half to the other, "
        "and its figures to neither.",
        """contract Frame
  language 1
  term 6 April 2026 to 5 April 2029
  contract year starts 6 April
  currency GBP
  working days in England
  money rounded to £0.01, half up
  in a part period, pro rata by days

"""
        + PARTIES
        + FEE,
        START
        + """  working days in England
  money rounded to £0.01, half up
  in a part period, pro rata by days

"""
        + PARTIES
        + FEE,
    ),
    Page(
        "C039",
        "A figure of a linked contract that is read here, and whose periods are not those of this contract; or contracts that "
        "count working days in two places. It is silent for what never changes.",
        "A year from April and one from January have nine months in common. Whose year is meant, and when the figure is known, "
        "could not be told.",
        do=(
            "Give both contracts the same term and contract year, and working days in the same place; or read only what is constant there."
        ),
    ),
)
