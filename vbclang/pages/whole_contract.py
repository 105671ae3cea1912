"""Pages of the contract as a whole: circles, lines that are missing, twice there or out of place (C)."""

from __future__ import annotations

from vbclang.lint.rule import Page
from vbclang.lint.shown import DUE, SEEN
from vbclang.pages.pieces import FEE, PARTIES, QUICK, START

PAGES = (
    Page(
        "C007",
        "Terms or clauses each of which needs the other, so that none comes first. It is silent where one of them looks back to "
        "an earlier period.",
        "A fee that is a part of a budget, of which the fee is a part, has a figure only for whoever solves it as an equation, "
        "and other circles have none or many. A spreadsheet warns of a circular reference and shows whatever figure it stopped "
        "at.",
        """Yearly Fee means 5% of Budget

Budget means £400,000 + Yearly Fee

clause Fee
  payment each contract year from Commissioner to Provider
  of Yearly Fee
  due within 30 days after each contract year
""",
        """Yearly Fee means 5% of Budget

Budget means £400,000

clause Fee
  payment each contract year from Commissioner to Provider
  of Yearly Fee
  due within 30 days after each contract year
""",
    ),
    Page(
        "C022",
        "Something that is relied on and never there: a period outside the term, rows of a table that run backwards, five of "
        "three quarters, a total of sanctions where there is no sanction.",
        "A target for a year that the contract does not have is a target that nobody has to meet. It often stays behind when "
        "the term is shortened.",
        """Target means
  Contract Year 1: 80.0%
  Contract Years 2 to 5: 90.0%

"""
        + SEEN
        + QUICK
        + "  when Seen In Time is at least Target\n"
        + DUE,
        """Target means
  Contract Year 1: 80.0%
  Contract Years 2 to 3: 90.0%

"""
        + SEEN
        + QUICK
        + "  when Seen In Time is at least Target\n"
        + DUE,
    ),
    Page(
        "C024",
        "An edge that the contract leaves open: a right without a last day, a subcontractor that is paid directly, money of the "
        "last quarter that no later quarter can release.",
        "A right to step in that arose in the first year and was not used can be used in the fifth, for a failure long put "
        "right. That may be meant, and mostly nobody thought of it.",
        SEEN
        + """clause Step In
  right of Commissioner to "step in"
  when Seen In Time is less than 50.0%
""",
        SEEN
        + """clause Step In
  right of Commissioner to "step in"
  when Seen In Time is less than 50.0%
  exercised within 60 days after the result
""",
    ),
    Page(
        "C025",
        "A contract in which no clause moves money, gives a right or lays down a duty.",
        "Whatever it defines, nothing comes of it. It is the right state for a draft that has just been begun.",
        START
        + """
party Commissioner is commissioner
""",
        START
        + """  working days in England
  money rounded to £0.01, half up

"""
        + PARTIES
        + FEE,
    ),
    Page(
        "C030",
        "A contract without a line that every contract needs: the edition of the language, the term, when a contract year "
        "starts, the currency.",
        "Without them nothing has a day or an amount. The edition is written down so that the contract is read in ten years as "
        "it was meant today.",
        """contract Frame
  term 1 April 2026 to 31 March 2029
  contract year starts 1 April
  currency GBP
  working days in England
  money rounded to £0.01, half up

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
        "C031",
        "A line that is said twice in an item, one that contradicts another, or one that says nothing where it stands. It is "
        "silent for limits: several of them all hold.",
        "Of two amounts only one is paid, and each party has read one of them. A line without effect is worse than none: "
        "somebody relied on it.",
        """clause Fee
  payment each quarter from Commissioner to Provider
  of £25,000
  of £26,000
"""
        + DUE,
        FEE,
    ),
    Page(
        "C032",
        "A clause without a line that every clause of its kind needs: how much, when due, that a share runs both ways; the "
        "notice of a termination, when money that is kept back is released.",
        "A termination without notice takes effect at once for one party and after a reasonable time for the other. What is "
        "reasonable is then for a court to say.",
        """clause Way Out
  termination by Commissioner
  at any time
  exit payment nothing
""",
        """clause Way Out
  termination by Commissioner
  at any time
  on 6 months' notice
  exit payment nothing
""",
    ),
    Page(
        "C038",
        "A line `accepted` for a finding that is not found there, or is found no longer.",
        "What was put right leaves its excuse behind, and the next reader takes it for a fault that is still there.",
        SEEN
        + """clause Step In
  right of Commissioner to "step in"
  when Seen In Time is less than 50.0%
  exercised within 60 days after the result
  accepted C024 because "the boards have seen it"
""",
        SEEN
        + """clause Step In
  right of Commissioner to "step in"
  when Seen In Time is less than 50.0%
  exercised within 60 days after the result
""",
    ),
    Page(
        "C099",
        "Something that the language has, that is checked, and that this version of the program does not carry out yet, such as "
        "a guarantee that is judged before its period has ended.",
        "It is said when the contract is checked, so that nobody learns it from a statement. What depends on it is not "
        "determined, and stands in no total.",
        FEE
        + """
guarantee Never More
  total of amount of clause Fee over the contract year is at most £100,000
  at every moment
""",
        FEE
        + """
guarantee Never More
  total of amount of clause Fee over the contract year is at most £100,000
""",
    ),
)
