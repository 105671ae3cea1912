"""Pages of cells and rows of data, and of the record of what has happened (D020 to D029, D040 to D054)."""

from __future__ import annotations

from vbclang.lint.rule import Page

PAGES = (
    Page(
        "D020",
        "An empty cell in a column of which the contract says that it is never blank.",
        "Nobody agreed on what a blank means there, so it cannot be counted either way.",
        do=("Fill it in. If it may be empty, say in the contract what that means, such as `may be blank`."),
    ),
    Page(
        "D021",
        "A cell that is not a number as it has to be written: a decimal comma, brackets, a number that a spreadsheet has "
        "shortened (1.2E+05), an error mark such as #N/A.",
        "`1,234` is a thousand and more in one country and a little more than one in another; what a spreadsheet has shortened "
        "has lost its last digits.",
        do=("Write a decimal point and no commas between thousands, a minus for what is below nothing, and all digits."),
    ),
    Page(
        "D022",
        "A sign of money in a column that is not money or in another currency, or a percent sign where the column has no percentages.",
        "The column and its cell say two things, and a figure taken for another kind is wrong by a hundred, or by an exchange rate.",
        do=("Write the number alone, or declare the column in the contract as what it is."),
    ),
    Page(
        "D023",
        "Decimals in a column of whole numbers, such as a count.",
        "There is no half visit: a figure with decimals is a rate, an average or a slip.",
        do=("Check it against its source. If parts are meant, declare the column as `number`."),
    ),
    Page(
        "D024",
        "A figure outside the range that its column or measure can have, such as a percentage above 100% or a count below nothing.",
        "It cannot be right, and whatever is worked out from it is not.",
        do=("Check it against its source."),
    ),
    Page(
        "D025",
        "A cell that is no date, or a day that the calendar does not have.",
        "03/04/2026 is in March or in April, by the country of whoever reads it, and so in one quarter or in another.",
        do=("Write year, month and day: 2026-04-03."),
    ),
    Page(
        "D026",
        "A cell that is none of the words which may stand in its column, or is neither yes nor no.",
        "A code that nobody has explained cannot be counted as met or as failed.",
        do=('Write one of the words. If a code has a meaning, say it in the contract, such as `"1" means yes`.'),
    ),
    Page(
        "D027",
        "A row with an empty cell where it has to say what it is about: its date, its member, its period.",
        "A row about nothing belongs to no quarter and to nobody.",
        do=("Fill it in, or delete the row."),
    ),
    Page(
        "D028",
        "A name or a code in the data that the contract does not have. Nearly the same names are offered.",
        "A row for a site that is spelt in another way would be missing from that site's figures.",
        do=("Put it right in the data, or add the name or the code to the list in the contract."),
    ),
    Page(
        "D029",
        "A period that is not written as one, or one of another length than is wanted.",
        '"2026" is a calendar year, or the contract year that begins in it, and between the two lie months.',
        do=("Write it as the message shows: `2026-04` or `April 2026`, `Q1 2026/27`, `2026/27`."),
    ),
    Page(
        "D040",
        "Figures of a measure that the contract does not have, or of one that the contract works out itself.",
        "They would be delivered and never read, and the measure that was meant would be missing.",
        do=("Put the name right. Of what is worked out, leave the row out."),
    ),
    Page(
        "D041",
        "A figure for a party or member for which the measure has none of its own, or one that does not say for which member it is.",
        "One figure for all and a figure for each are two things, and the program does not divide the one into the other.",
        do=(
            "Fill in the member, or leave it empty, as the message says. If there is to be a figure for each, the measure says `for "
            "each` in the contract."
        ),
    ),
    Page(
        "D042",
        "A row of `figures.csv` that gives no figure or two: nothing at all, or a value besides numerator and denominator.",
        "Of two figures for one thing none is preferred, and an empty row could mean that there was nothing or that it was forgotten.",
        do=("Give the value, or numerator and denominator. Where nothing could be reported, write `not reported`."),
    ),
    Page(
        "D043",
        "A numerator above its denominator though the measure is a share, or a denominator below nothing.",
        "More than all of the rows cannot have met the target. Mostly the two have changed places.",
        do=("Check both against their source."),
    ),
    Page(
        "D044",
        "A denominator of 0. There is then no result: the figure is too small, and the contract's rule for that applies.",
        "None of none is neither 0% nor 100%. It may also be that the rows were not counted.",
        do=("Check that there was nothing to be counted. If so, leave it."),
    ),
    Page(
        "D050",
        "A line of `record.csv` that says something else than such a line does: a clause that moves no money, an event that the "
        "contract does not have, a cell that says nothing there, a file that is not there.",
        "The record says what has happened, and money is due by it. A line that nobody understands must not be passed over.",
        do=("Put the cell right that the message names. `vbc data template` writes an empty record with its headings."),
    ),
    Page(
        "D051",
        "Lines of the record whose numbers or days of receipt do not rise from line to line.",
        "What was known on which day is read from the order of the lines. A line that is put in between changes what was known then.",
        do=(
            "Add lines at the end, each with the next number and the day on which it was received. What turned out wrong is put "
            "right by a further line."
        ),
    ),
    Page(
        "D052",
        "A line of the record about a period that the contract does not have, or of another length than the clause's.",
        "A waiver or a payment of a quarter that there is not is one of nothing.",
        do=("Write the period as the message shows."),
    ),
    Page(
        "D053",
        "A line of the record about a day on which it cannot have happened: outside the term, after the day on which it was "
        "received, or a state that ends before it begins.",
        "Nobody notifies what has not happened yet. Mostly the year is mistyped, as in January.",
        do=("Put the day right, or the day of receipt."),
    ),
    Page(
        "D054",
        "A line of the record by somebody who has no such right by the contract: an event that another party notifies, a waiver "
        "of what nobody may waive.",
        "If anybody could waive what is due, the other's money would be gone by a line in a file.",
        do=("Name the party to whom the contract gives the right. If another is to have it, the contract has to be varied."),
    ),
)
