"""Pages of lines that are not the language's, or have something wrong in their words (S)."""

from __future__ import annotations

from vbclang.lint.rule import Page
from vbclang.lint.shown import DUE, SEEN
from vbclang.pages.pieces import COST, COUNTED, FEE, QUICK, VISITS

PAGES = (
    Page(
        "S001",
        "A line, or the first line of an item, that begins with none of the language's words. The nearest word is offered where "
        "one is near.",
        "Each line begins with a word that says what it is. A line that the program passed over in silence would stand in the "
        "contract, and both parties would believe that it counts.",
        """clause Fee
  payment each quarter from Commissioner to Provider
  of £25,000
  limitted to £80,000 in each contract year
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
        "S002",
        "A contract, or a file that it uses, that is no plain text in UTF-8: a Word document, a PDF, a workbook, or a text "
        "saved in an older form.",
        "In another form the sign for pounds, a dash or a letter with an accent may be read as something else, and nobody would "
        "see it. A text in UTF-8 is the same on every machine.",
        do=(
            "In Word, save the contract as plain text and choose UTF-8; in a text editor, save it again with the encoding UTF-8. "
            "Where the message names a line, look there for the sign that is damaged."
        ),
    ),
    Page(
        "S003",
        "A line that begins well and goes on with a word for which there is no place, or that stops too early. The message says "
        "what is wanted there, and shows a line that is right. It also speaks where a percentage says of which rows it is but "
        "not out of which.",
        "A sentence that both parties can fill in for themselves is filled in twice. A percentage without its denominator is "
        "one of all patients for the one, and of those who answered for the other.",
        VISITS
        + """measure Seen In Time
  percentage where in_time
  each quarter
  higher is better
  at least 30 rows, otherwise not assessed

"""
        + QUICK
        + "  when Seen In Time is at least 90.0%\n"
        + DUE,
        VISITS + COUNTED + QUICK + "  when Seen In Time is at least 90.0%\n" + DUE,
    ),
    Page(
        "S008",
        "Quotes that are opened on a line and not closed on it.",
        "All that follows would belong to what is quoted, and a title would swallow the words that decide something. A "
        "quotation ends on the line on which it begins.",
        """party Laboratory "Eastern Pathology is supplier

"""
        + FEE.replace("Provider", "Laboratory"),
        """party Laboratory "Eastern Pathology" is supplier

"""
        + FEE.replace("Provider", "Laboratory"),
    ),
    Page(
        "S009",
        "A bracket that is not closed, one that closes nothing, or brackets within brackets beyond reading. A line goes on "
        "while a bracket is open.",
        "Brackets say what is added before what is multiplied. Where one is missing, the amount has as many readings as there "
        "are places in which it could stand.",
        COST
        + """clause Saving
  share each quarter from Commissioner to Provider
  of 50% of (£100,000 - Actual Cost
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
        "S014",
        "A row of a table, of bands or of shares without the colon between what it is for and what it says.",
        "The colon parts the threshold from the money. Without it `at least 90.0% 100%` could be read in two ways, and in a "
        "table of names the figure would be taken for part of the name.",
        SEEN
        + QUICK
        + """  earned by Seen In Time
    at least 90.0% 100%
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
        "S015",
        "A figure written in another way than the language has it: a decimal comma, a currency behind its figure, `£5m`, "
        "thousands set apart in an unclear way, a figure in words.",
        "`1.250` is one and a quarter in England and one thousand two hundred and fifty in Germany. One way to write figures "
        "leaves out the guess.",
        """clause Fee
  payment each quarter from Commissioner to Provider
  of 25,000 GBP
"""
        + DUE,
        """clause Fee
  payment each quarter from Commissioner to Provider
  of £25,000
"""
        + DUE,
    ),
    Page(
        "S016",
        "A name in small letters where a Defined Term is wanted.",
        "By its capitals a reader sees that a word has a meaning of its own in this contract. `the provider` may be anybody who "
        "provides; `the Provider` is a party.",
        """clause Fee
  payment each quarter from commissioner to Provider
  of £25,000
"""
        + DUE,
        FEE,
    ),
    Page(
        "S017",
        "A capital at the beginning of a word of the language. Editors put it there by themselves.",
        "Capitals mark Defined Terms. `Payment` would be a term that the contract defines, `payment` is the language's word.",
        """clause Fee
  Payment each quarter from Commissioner to Provider
  of £25,000
"""
        + DUE,
        FEE,
    ),
    Page(
        "S019",
        "A dash, a star or another bullet before a line, as it comes along from a word processor.",
        "Each line is a sentence of its own and wants no bullet. A dash before a figure could also be a minus.",
        """clause Fee
  - payment each quarter from Commissioner to Provider
  of £25,000
"""
        + DUE,
        FEE,
    ),
)
