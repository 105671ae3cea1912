"""Pages of the files in which data are delivered: whether they are there, and can be divided into cells (D001 to D013, D030 to D034)."""

from __future__ import annotations

from vbclang.lint.rule import Page

PAGES = (
    Page(
        "D001",
        "The folder of the data is not there, or cannot be read. Without `--data` it is the folder `data` beside the contract, "
        "else the contract's own.",
        "Without the folder nothing has been delivered, and a statement would show that nobody is owed anything.",
        do=("Name the folder: `--data DIR`. `vbc data template CONTRACT` writes one with empty files."),
    ),
    Page(
        "D002",
        "A data file that is no text in UTF-8, or a Parquet file that cannot be read as one.",
        "Read in another encoding a name becomes another name, and its rows belong to nobody.",
        do=('In the spreadsheet, save it as "CSV UTF-8 (comma delimited)"; or deliver it as Parquet.'),
    ),
    Page(
        "D003",
        "A data file that is there and cannot be opened: another program holds it, it may not be read, or its name leads out of "
        "the folder of the data.",
        "A file that cannot be read is not the same as a file that was not delivered, so nothing is settled on it.",
        do=("Close it in the other program, or ask its owner for the right to read it, and run again."),
    ),
    Page(
        "D004",
        "A data file that is there and has no rows. It counts as a delivery of nothing.",
        "Nothing happened, or nothing was exported: the two look alike, and money may hang on the difference.",
        do=("If there was nothing to deliver, leave it. If not, deliver the file again."),
    ),
    Page(
        "D005",
        "A data file that cannot be divided into cells: semicolons or tabs in place of commas, or a quotation mark that is not closed.",
        "Divided in another place, a figure stands in the wrong column. The program guesses no separator.",
        do=(
            'Save it as "CSV UTF-8 (comma delimited)". A comma or a line end within a cell stands in quotation marks, and a '
            "quotation mark in a cell is written twice."
        ),
    ),
    Page(
        "D006",
        "Rows that have more or fewer cells than the file has headings. The message names the rows.",
        "From the missing cell on every figure stands one column too far to the left.",
        do=("Look at the rows named: mostly a comma stands in a cell without quotation marks, or a line end within a cell."),
    ),
    Page(
        "D007",
        "A data file without a column that the contract needs. Headings of nearly the same name are offered.",
        "Without it no row can be counted, or dated, or given to somebody.",
        do=(
            'Add the column to the file. If it is there under another heading, say so in the contract: `column NAME KIND, from "Heading"`.'
        ),
    ),
    Page(
        "D008",
        "A heading that stands in the file twice, or two columns for the same member.",
        "One of the two would be read, and nobody could see which.",
        do=("Take one of the two away, or give it another heading."),
    ),
    Page(
        "D009",
        "Columns of a file that the contract does not use. They are left out.",
        "It is said so that a heading that was misspelt, or a column that was meant to count, is seen.",
        do=("Nothing, if they are not meant to count. Where people can be known from them, deliver the file without them."),
    ),
    Page(
        "D010",
        "A file that the contract reads and that is not in the folder, and on which clauses depend; the message says which. It "
        "also speaks of `record.csv`, without which, or without a line in it, no event has occurred and nothing is late.",
        "What is not delivered is not reported, and the contract's own rules for that apply. They may pay nothing, or hold the money.",
        do=(
            "Put the file into the folder, under the name that the message gives. `vbc data template` writes each with its headings alone, "
            "and a page that says who owes it, or of the record who writes which lines."
        ),
    ),
    Page(
        "D011",
        "More figures than can be held: a figure for each of many members in each of many periods, or sums with too many digits.",
        "Mostly a column that names a member holds what identifies a row, such as a number of a patient.",
        do=("Look at what the column names. A list is of sites, groups or practices, not of rows."),
    ),
    Page(
        "D012",
        "A file that the contract reads and that is not in the folder, and on which no clause depends.",
        "It changes no amount, but figures that are only shown are missing.",
        do=("Put the file into the folder if those figures are wanted."),
    ),
    Page(
        "D013",
        "A file that is missing, while one is there whose name differs only in capitals, in dashes or in a letter or two.",
        "On one machine it would be found and on another not, so that the same folder would settle in two ways.",
        do=("If that is the file, rename it as the message says. If not, take it out of the folder."),
    ),
    Page(
        "D030",
        "Rows about a period or day outside the term of the contract. They are left out.",
        "A file often holds more years than the contract. But a year that was mistyped is left out as well, and its row is missed.",
        do=("Look at a few of them. If their dates are right, there is nothing to do."),
    ),
    Page(
        "D031",
        "More than one row about the same thing, by what the contract says identifies a row.",
        "The same visit delivered twice would be paid twice, and of two different figures for one month nobody could say which holds.",
        do=("Keep one of them. If both are right, the contract has to say by what else they differ."),
    ),
    Page(
        "D032",
        "Every figure of a column of percentages lies between 0 and 1, or one does among others a hundred times as large, and 0.88 is read "
        "as 0.88%.",
        "Spreadsheets keep 88% as 0.88. Read as it stands the whole column is a hundred times too small, and no row looks wrong by itself.",
        do=(
            "If 0.88 stands for 88%, declare the column as `fraction` in the contract, or deliver percentages. If it is 0.88%, "
            "write the sign."
        ),
    ),
    Page(
        "D033",
        "Rows that are rejected since a cell of a column that is never blank is empty. No measure counts them.",
        "The contract says that such a row is a fault of the data. If there are many, a percentage of the others says little.",
        do=(
            "Have the supplier fill them in and deliver again. If a blank has a meaning, say it in the contract: `blank counts as not met`."
        ),
    ),
    Page(
        "D034",
        "A measure that arrives worked out, in `figures.csv`, while the rows are there too from which it is counted.",
        "The two could differ, and neither is to be preferred.",
        do=("Deliver one of them. The rows show more."),
    ),
    Page(
        "D035",
        "A time in a column of rows is below nothing: -3 hours. It counts as it stands.",
        "A minus is easily typed, and two times that were taken away from each other in the wrong order give one in each row. An average "
        "or a share of the rows is then too good, and looks like any other.",
        do=("Look at the row in its source. Where being early is meant to count against being late, there is nothing to do."),
    ),
    Page(
        "D037",
        "Of a file of rows: periods in which none is dated, while rows are before and after. What is counted there is nothing. Said where "
        "nobody records the deliveries of the data, and their small counts are shown.",
        "A month in which nothing happened and a month whose rows were forgotten look the same in a file. The one is a good month, and "
        "the other would be paid as one.",
        do=(
            "If nothing happened, there is nothing to do. Else write the deliveries that have come into record.csv: what has not come is "
            "then not reported."
        ),
    ),
    Page(
        "D038",
        "The record says that rows were delivered, and their file is not in the folder. Not said where the measures that are counted from "
        "them have arrived worked out.",
        "The data then count as delivered in time, and everything that is counted from them as not reported: a party that sends nothing "
        "would be spared what its rows would show.",
        do=("Put the file into the folder, under the name that the contract gives it, or take the delivery out of record.csv."),
    ),
    Page(
        "D039",
        "The record says that the final data of a period were received before its last day.",
        "What happens in its last days cannot be among them, and a deadline is kept all the same. Mostly the day or the period is "
        "mistyped.",
        do=("Put the day right, or name the period or the stage that was meant: what comes before the end is `provisional`."),
    ),
    Page(
        "D036",
        "Rows of a file are the same as another in every column, and the contract has no column that identifies a row, so each of them "
        "counts. `vbc data check` looks for them.",
        "Rows that say little are often alike, and rightly. But a file that was put together from two may have the same rows twice, and "
        "nothing else shows it.",
        do=(
            "If rows have a number of their own, declare it: `column row_number text, identifies the row`. A row delivered twice is then "
            "D031."
        ),
    ),
)
