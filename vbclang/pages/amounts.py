"""Pages of amounts: how they are divided, held back, limited, rounded and drawn from a sum (C)."""

from __future__ import annotations

from vbclang.lint.rule import Page
from vbclang.lint.shown import DUE, SEEN
from vbclang.pages.pieces import BOTH, COST, COUNTED, FEE, PARTIES, QUICK, SITES, START, VISITS

PAGES = (
    Page(
        "C013",
        "A clause that pays one way only, whose amount is a difference, or money times one, and may come out below nothing. It "
        "is silent where a condition asks which is more, and for a `share`, which goes both ways.",
        "Half of a saving that was not made is less than nothing. One party reads that nothing is due then, the other that the "
        "loss is shared as well.",
        COST
        + """measure Target Cost
  reported by Commissioner as money
  each quarter
  if not reported, uses the last final figure

clause Saving
  incentive each quarter from Commissioner to Provider
  of 50% of (Target Cost - Actual Cost)
  limited to £20,000 in each quarter
"""
        + DUE,
        COST
        + """measure Target Cost
  reported by Commissioner as money
  each quarter
  if not reported, uses the last final figure

clause Saving
  incentive each quarter from Commissioner to Provider
  of 50% of ((Target Cost - Actual Cost), but not less than £0)
  limited to £20,000 in each quarter
"""
        + DUE,
    ),
    Page(
        "C014",
        "A limit that several clauses share, and nothing said of which of them is cut; or clauses that cannot share one: for "
        "other periods, or paid between other parties.",
        "If two bonuses together are £2,000 too much, it matters which of them is cut: one may be divided among others, or fall "
        "due first. In proportion, and in the order named, are two bargains.",
        FEE
        + """clause Bonus
  payment each quarter from Commissioner to Provider
  of £5,000
  limited to £100,000 in each contract year together with clause Fee
"""
        + DUE,
        FEE
        + """clause Bonus
  payment each quarter from Commissioner to Provider
  of £5,000
  limited to £100,000 in each contract year together with clause Fee, reduced in proportion
"""
        + DUE,
    ),
    Page(
        "C015",
        "Money to or from a group that is not said to be divided, shares that do not make 100%, or a limit for each with "
        "nothing said of what is above it.",
        "Shares of 95% leave a part that nobody is paid, shares of 105% a part that nobody pays. Each member can show that its "
        "own share is right.",
        """party Clinic is provider

group Providers
  Provider: 60%
  Clinic: 35%

clause Fee
  payment each quarter from Commissioner to Providers
  of £25,000
  divided by shares
"""
        + DUE,
        BOTH
        + """clause Fee
  payment each quarter from Commissioner to Providers
  of £25,000
  divided by shares
"""
        + DUE,
    ),
    Page(
        "C016",
        "Money or a figure that waits and may wait for ever: held until reported, kept back, or to be agreed, without a last "
        "day or without a word on what holds after it.",
        "As a rule an agreement to agree binds nobody: in May & Butcher v The King ([1934] 2 KB 17n) goods were sold at prices "
        "to be agreed from time to time, and the House of Lords held that there was no contract. A last day and a price in "
        "default make it one.",
        """Price means to be agreed by 30 June 2027

clause Fee
  payment each quarter from Commissioner to Provider
  of Price
"""
        + DUE,
        """Price means to be agreed by 30 June 2027, otherwise £25,000

clause Fee
  payment each quarter from Commissioner to Provider
  of Price
"""
        + DUE,
    ),
    Page(
        "C017",
        "The lateness of data of which nobody can say which delivery is meant, the provisional or the final one; or lateness in "
        "a term, where no due day ends the count.",
        "Two deliveries have two days and two delays. A deduction for each week starts with the first for the payer, with the "
        "second for the supplier.",
        VISITS
        + COUNTED
        + QUICK
        + "  when Seen In Time is at least 90.0%\n"
        + DUE
        + """
clause Late Data
  sanction each quarter from Provider to Commissioner
  of £100 for each complete week of the lateness of Visits
  limited to £500 in each quarter
"""
        + DUE,
        VISITS
        + COUNTED
        + QUICK
        + "  when Seen In Time is at least 90.0%\n"
        + DUE
        + """
clause Late Data
  sanction each quarter from Provider to Commissioner
  of £100 for each complete week of the lateness of final Visits
  limited to £500 in each quarter
"""
        + DUE,
    ),
    Page(
        "C019",
        "A percentage that is increased, reduced or held against another by a percentage. Both readings are offered: percentage "
        "points, and a part of it. It is silent for money and numbers, of which 5% can only be a part.",
        "From 80%, five points down is 75%, and a twentieth down is 76%. A provider at 75.5% has failed by the one and not by the other.",
        SEEN + QUICK + "  when Seen In Time is at least 5.0% above 80.0%\n" + DUE,
        SEEN + QUICK + "  when Seen In Time is at least 5.0 percentage points above 80.0%\n" + DUE,
    ),
    Page(
        "C020",
        "Clauses that are drawn from one sum of money and together can draw more than there is of it. The message says what "
        "each can draw. It is silent where no clause says from what it is drawn.",
        "Each clause is right by itself, and the budget is promised twice. That shows in the year in which everything goes "
        "well, when everybody has earned and the money is not there.",
        """Pool means £100,000

clause Quality
  payment each contract year from Commissioner to Provider
  of 60% of Pool
  drawn from Pool in each contract year
  due within 60 working days after each contract year

clause Access
  payment each contract year from Commissioner to Provider
  of 60% of Pool
  drawn from Pool in each contract year
  due within 60 working days after each contract year
""",
        """Pool means £100,000

clause Quality
  payment each contract year from Commissioner to Provider
  of 60% of Pool
  drawn from Pool in each contract year
  due within 60 working days after each contract year

clause Access
  payment each contract year from Commissioner to Provider
  of 40% of Pool
  drawn from Pool in each contract year
  due within 60 working days after each contract year
""",
    ),
    Page(
        "C021",
        "Figures of a kind (percentages, money, rates, ratios, scores, numbers) for which the contract gives no rounding. It is "
        "silent where the contract has no figure of that kind, or says `not rounded`.",
        "89.95% is 90.0% rounded to one place, and below 90% as it stands. On that hangs a whole band of money, and every "
        "program rounds in its own way.",
        START
        + """  working days in England
  money rounded to £0.01, half up
  if without a result, incentives pay nothing

"""
        + PARTIES
        + SEEN
        + QUICK
        + "  when Seen In Time is at least 90.0%\n"
        + DUE,
        START
        + """  working days in England
  percentages rounded to 1 decimal place, half up
  money rounded to £0.01, half up
  if without a result, incentives pay nothing

"""
        + PARTIES
        + SEEN
        + QUICK
        + "  when Seen In Time is at least 90.0%\n"
        + DUE,
    ),
    Page(
        "C023",
        "A limit that nothing under it can reach, or below which nothing stays, as far as the contract alone says how much falls due.",
        "A limit that cannot bite protects nobody, and mostly it shows that another period or another figure was meant: four "
        "times £1,000 are no £6,000. One that always cuts makes a price of another that is written above it.",
        """clause Fee
  payment each quarter from Commissioner to Provider
  of £25,000
  limited to £150,000 in each contract year
"""
        + DUE,
        FEE,
    ),
    Page(
        "C026",
        "A limit in a clause for each member, or for each of a group, that does not say whether it is for each alone or for all "
        "of them together.",
        "With four sites the one reading is four times the other, and the payer has budgeted for one of them.",
        SITES
        + COST
        + """clause Fees for each Site
  payment each quarter from Commissioner to Provider
  of Actual Cost
  limited to £50,000 in each contract year
"""
        + DUE,
        SITES
        + COST
        + """clause Fees for each Site
  payment each quarter from Commissioner to Provider
  of Actual Cost
  limited to £50,000 for each Site in each contract year
"""
        + DUE,
    ),
    Page(
        "C041",
        "Money drawn from what is not one sum: from a figure without a name, from a sum that does not say whether it is for a "
        "year or for the term, or from one for other periods than the clause's.",
        'Two clauses that each draw on "£100,000" may share one sum or have two. Whether the budget is kept to can be told only '
        "of a sum with a name and a time.",
        """Pool means £100,000

clause Quality
  payment each contract year from Commissioner to Provider
  of 60% of Pool
  drawn from Pool
  due within 60 working days after each contract year
""",
        """Pool means £100,000

clause Quality
  payment each contract year from Commissioner to Provider
  of 60% of Pool
  drawn from Pool in each contract year
  due within 60 working days after each contract year
""",
    ),
    Page(
        "C042",
        "A sum of a linked contract from which clauses of both contracts together pay more than there is of it. It is silent "
        "where the clauses here say that they are `drawn from` it: then they are held to it (C020).",
        "Money that is paid twice was mostly meant to be paid once: the one contract was drafted without the other at hand.",
        do=(
            "Take one of the clauses out, or say under each that it is `drawn from` the sum, of which no pound can then be promised "
            'twice. Where it is paid on top and meant so, say that: `accepted C042 because "it is paid on top"`.'
        ),
    ),
    Page(
        "C043",
        "A figure of a linked contract that is read here and rests on counts which are too small to be shown there.",
        "From a figure that one contract hides and the other shows, the count could be worked out, and with it who the people are.",
        do=(
            "Read what a clause there pays, `amount of clause … in …`, since an amount is owed and may be told. Or let this "
            "contract have the data itself."
        ),
    ),
)
