"""Pages of lines that are the language's, and of which something has no meaning (S)."""

from __future__ import annotations

from vbclang.lint.rule import Page
from vbclang.lint.shown import DUE, SEEN
from vbclang.pages.pieces import FEE, QUICK

PAGES = (
    Page(
        "S010",
        "A day that the calendar does not have, such as 31 June, or a contract year whose two years do not follow each other, "
        "such as 2026/28.",
        "A deadline of 31 June has passed on 30 June for the one and on 1 July for the other.",
        """clause Fee
  payment once from Commissioner to Provider
  of £25,000
  due by 31 June 2027
""",
        """clause Fee
  payment once from Commissioner to Provider
  of £25,000
  due by 30 June 2027
""",
    ),
    Page(
        "S011",
        "Part of a number where only a whole one has a meaning: instalments, quarters in a row, months of notice, rows.",
        "Two and a half instalments are two or three, and nobody can say when half a quarter has failed.",
        """clause Fee
  payment each contract year from Commissioner to Provider
  of £100,000
  in 2.5 equal instalments
  due within 30 days after each contract year
""",
        """clause Fee
  payment each contract year from Commissioner to Provider
  of £100,000
  due within 30 days after each contract year
""",
    ),
    Page(
        "S012",
        "A line that says the same thing twice, or whose parts contradict each other: a limit for two periods, contract years "
        "that run backwards.",
        "One of the two would have to give way, and the contract does not say which. Two limits stand on two lines, and then both hold.",
        """clause Fee
  payment each quarter from Commissioner to Provider
  of £25,000
  limited to £25,000 in each quarter in each contract year
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
        "S013",
        "A figure alone where a condition is wanted, behind `when`, `unless`, `and` or `if`.",
        "A condition is met or not met, and a figure is neither. What it is held against is the heart of the clause, and has to "
        "be written.",
        SEEN + QUICK + "  when 90.0%\n" + DUE,
        SEEN + QUICK + "  when Seen In Time is at least 90.0%\n" + DUE,
    ),
    Page(
        "S020",
        "A column of data, or a unit, that has a word of the language for its name, such as `month`, `amount` or `total`.",
        "In `total of amount over Visits` nobody could tell whether `amount` is the column or the language's word. The file "
        "keeps its heading, and the contract says which heading it is.",
        """data Claims
  one row per claim
  source "The billing record"
  supplied by Provider
  checked by Commissioner
  final within 20 working days after each quarter
  column claimed_on date, dates the row
  column amount money, never blank

"""
        + FEE,
        """data Claims
  one row per claim
  source "The billing record"
  supplied by Provider
  checked by Commissioner
  final within 20 working days after each quarter
  column claimed_on date, dates the row
  column amount_claimed money, never blank, from "amount"

measure Claimed
  total of amount_claimed over Claims
  each quarter
  if not reported, uses the last final figure

clause Fee
  payment each quarter from Commissioner to Provider
  of Claimed
"""
        + DUE,
    ),
    Page(
        "S021",
        "A line that wants rows under it, such as `earned by`, a table or a list, and has none.",
        "A scale without its steps pays nothing or everything, as one likes to read it.",
        SEEN + QUICK + "  earned by Seen In Time\n" + DUE,
        SEEN
        + QUICK
        + """  earned by Seen In Time
    at least 90.0%: 100%
    less than 90.0%: 80%
"""
        + DUE,
    ),
    Page(
        "S024",
        "A line of more than 100,000 characters, or one with more than 150 steps of reckoning.",
        "No court reads a sentence of that length, and no reader can check it.",
        do=("Give the parts names of their own, each on a line: `X means …`. Then the amount is said in those names."),
    ),
    Page(
        "S026",
        "A new layout by `vbc fmt` that would not be read as the same contract. Nothing is written then.",
        "A layout may move spaces and line ends, never a word. That is looked at each time before a file is written, so that no "
        "contract changes by being tidied.",
        do=(
            "Leave the file as it is: nothing is wrong with the contract. It is a fault of the program; please report it with the "
            "lines that it names."
        ),
    ),
)
