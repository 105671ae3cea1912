"""Pages of names: what is declared, what is meant, and what cannot be told apart (N)."""

from __future__ import annotations

from vbclang.lint.rule import Page
from vbclang.lint.shown import DUE
from vbclang.pages.pieces import COUNTED, FEE, QUICK, SITES, VISITS

PAGES = (
    Page(
        "N001",
        "A Defined Term, a member, a code of a member, a column or a figure of a formula that is declared twice.",
        "A clause that speaks of it could mean either, and each party will mean the one that suits it. That often comes of a "
        "later version pasted below an earlier one.",
        """Yearly Fee means £100,000

Yearly Fee means £110,000

clause Fee
  payment each contract year from Commissioner to Provider
  of Yearly Fee
  due within 30 days after each contract year
""",
        """Yearly Fee means £110,000

clause Fee
  payment each contract year from Commissioner to Provider
  of Yearly Fee
  due within 30 days after each contract year
""",
    ),
    Page(
        "N002",
        "Two clauses of one name or of one number.",
        "A statement says by which clause an amount is due, and a limit or a set-off names the clause that it is for. With two "
        "of one name nobody can tell which of them is meant.",
        FEE
        + """
clause Fee
  payment once from Commissioner to Provider
  of £5,000
  due by 30 June 2026
""",
        FEE
        + """
clause Setting Up
  payment once from Commissioner to Provider
  of £5,000
  due by 30 June 2026
""",
    ),
    Page(
        "N003",
        "Two guarantees or two worked examples of one name.",
        "What is reported of the one would be read as said of the other: that a guarantee holds, or that an example comes out.",
        FEE
        + """
worked example First Quarter
  in Q1 2026/27
  then clause Fee pays £25,000.00

worked example First Quarter
  in Q2 2026/27
  then clause Fee pays £25,000.00
""",
        FEE
        + """
worked example First Quarter
  in Q1 2026/27
  then clause Fee pays £25,000.00

worked example Second Quarter
  in Q2 2026/27
  then clause Fee pays £25,000.00
""",
    ),
    Page(
        "N004",
        "A second contract in one file.",
        "Term, currency and rounding are said once for a contract, and a statement is that of one contract. Of two in one file "
        'nobody could tell whose clause a clause is. Another contract stands in a file of its own, and `use "other.vbc" as '
        "Other Contract` reads its terms.",
        FEE
        + """
contract Second Agreement
  language 1
""",
        FEE,
    ),
    Page(
        "N005",
        "A Defined Term that nothing in the contract, or in the files that it uses, defines. A name that is near is offered. It "
        "is said once for each name, where the name stands first.",
        "A clause copied from another contract brings along words that were defined there. Here they have no meaning, and a "
        "capital letter makes the reader believe that they have.",
        """clause Quick Care
  incentive each quarter from Commissioner to Provider
  of 25% of Outcome Pool
"""
        + DUE,
        """Outcome Pool means £20,000

clause Quick Care
  incentive each quarter from Commissioner to Provider
  of 25% of Outcome Pool
"""
        + DUE,
    ),
    Page(
        "N006",
        "A clause that is named and does not exist in this contract.",
        "A reference to a clause that was renamed or taken out says nothing, and whatever hangs on it, a limit or a second "
        "sanction, hangs on nothing.",
        FEE
        + """
clause Uplift
  payment each quarter from Commissioner to Provider
  of 2.0% of amount of clause Fees
"""
        + DUE,
        FEE
        + """
clause Uplift
  payment each quarter from Commissioner to Provider
  of 2.0% of amount of clause Fee
"""
        + DUE,
    ),
    Page(
        "N007",
        "A term that is used for something that it is not: data where a figure is wanted, a measure where a party is, a notice "
        "under a clause that gives no right.",
        "Two things of like names, such as the records and the figure that is worked out from them, are easily taken for one "
        "another. The amount would be taken from neither.",
        VISITS
        + """clause Fee
  payment each quarter from Commissioner to Provider
  of £10 * Visits
"""
        + DUE,
        VISITS
        + """measure Visits Made
  number of Visits where in_time
  each quarter
  if not reported, uses the last final figure

clause Fee
  payment each quarter from Commissioner to Provider
  of £10 * Visits Made
"""
        + DUE,
    ),
    Page(
        "N008",
        "A member that no list, group or class of parties has, or a figure for a member that it does not have.",
        "A row for a site that is spelt in another way is a row for nobody, and a table without that site has a gap that nobody sees.",
        SITES
        + """Fee for each Site means
  North: £20,000
  Sooth: £15,000

clause Fees for each Site
  payment each quarter from Commissioner to Provider
  of Fee
"""
        + DUE,
        SITES
        + """Fee for each Site means
  North: £20,000
  South: £15,000

clause Fees for each Site
  payment each quarter from Commissioner to Provider
  of Fee
"""
        + DUE,
    ),
    Page(
        "N009",
        "A file in `use`, or of the rows of a schedule or a worked example, that is not there, does not check, or stands "
        "outside the contract's own folder.",
        "What a contract uses is a part of it. A file that only one of the parties has is a part that the other has not signed.",
        """use "schedule-4.vbc"

"""
        + FEE,
        FEE,
    ),
    Page(
        "N010",
        "General rules that are adopted without their edition, or in an edition that does not exist.",
        "Rules change from edition to edition. What the parties agreed is the edition that lay before them, and a later one "
        "must not change their contract by itself.",
        """use "vbc/england"

"""
        + FEE,
        """use "vbc/england" edition 1

"""
        + FEE,
    ),
    Page(
        "N011",
        "A file that is checked as a contract and has no line `contract`.",
        "Without a contract there is no term, no currency, no years and nobody who pays; nothing in the file can be worked out.",
        do=(
            "Begin the file with a line such as `contract Northshire Frailty Alliance Agreement` and the lines that each contract "
            "needs. A file of terms or formulas that others use is checked with the contract that uses it."
        ),
    ),
    Page(
        "N012",
        "A column of data that is spoken of and not declared. Columns of nearly the same name are offered.",
        "Rows would be counted by a column that the supplier does not send, and no row would have it.",
        VISITS
        + """measure Seen In Time
  percentage of Visits where on_time
  each quarter
  higher is better
  at least 30 rows, otherwise not assessed

"""
        + QUICK
        + "  when Seen In Time is at least 90.0%\n"
        + DUE,
        VISITS + COUNTED + QUICK + "  when Seen In Time is at least 90.0%\n" + DUE,
    ),
)
