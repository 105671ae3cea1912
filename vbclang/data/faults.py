"""What can be wrong with one cell or one row, and the words for it.

A fault is a fact; its words are in the table `WORDINGS`, its places are gathered by `vbclang.data.tally`. No wording ever holds what
a cell says: data may be about people.
"""

from __future__ import annotations

from enum import Enum, auto

from attrs import frozen


class Fault(Enum):
    """Why a cell is not the figure, date or word that its column is declared to hold, or why a row cannot be used."""

    BLANK = auto()
    NOT_A_NUMBER = auto()
    DECIMAL_COMMA = auto()
    COMMA_IN_DOUBT = auto()
    MISPLACED_SEPARATOR = auto()
    IN_BRACKETS = auto()
    SHORTENED = auto()
    SPREADSHEET_ERROR = auto()
    TOO_LONG = auto()
    CURRENCY_UNWANTED = auto()
    OTHER_CURRENCY = auto()
    PERCENT_UNWANTED = auto()
    PERCENT_IN_FRACTION = auto()
    NOT_WHOLE = auto()
    OUTSIDE_RANGE = auto()
    FRACTIONS = auto()
    FRACTION_VALUES = auto()
    ONE_FRACTION = auto()
    NOT_A_DATE = auto()
    NO_SUCH_DAY = auto()
    NOT_YES_NO = auto()
    NOT_ONE_OF = auto()
    BLANK_KEY = auto()
    REJECTED = auto()
    BELOW_NOTHING = auto()
    SAME_ROW = auto()
    UNKNOWN_MEMBER = auto()
    NOT_A_PERIOD = auto()
    OTHER_GRAIN = auto()
    OUTSIDE_TERM = auto()
    UNKNOWN_MEASURE = auto()
    WORKED_OUT = auto()
    MEMBER_UNWANTED = auto()
    MEMBER_UNCLEAR = auto()
    NO_FIGURE = auto()
    TWO_FIGURES = auto()
    NO_DENOMINATOR = auto()
    FRACTION_UNWANTED = auto()
    ABOVE_DENOMINATOR = auto()
    DENOMINATOR_ZERO = auto()
    DENOMINATOR_NEGATIVE = auto()


@frozen
class Wording:
    """``what`` stands after the place; ``instead`` is what to write; ``left_out``: the row is, though the others are settled."""

    code: str
    what: str
    instead: str
    left_out: bool = False


WORDINGS: dict[Fault, Wording] = {
    Fault.BLANK: Wording(
        "D020",
        "an empty cell, but this column is never blank",
        "Fill it in, or say in the contract what a blank means, such as `may be blank`.",
    ),
    Fault.NOT_A_NUMBER: Wording(
        "D021",
        "no number, or one that is written in another way",
        'Write the number alone, such as 1234.5. If it is a code, say in the contract what it means, such as `"NQ" means not reported`.',
    ),
    Fault.DECIMAL_COMMA: Wording("D021", "a number with a decimal comma", "Write a decimal point: 87.1, not 87,1."),
    Fault.COMMA_IN_DOUBT: Wording(
        "D021",
        "a number whose comma may be a decimal comma, as elsewhere in this column",
        "Write a decimal point, and no commas between thousands: 1.234 or 1234.",
    ),
    Fault.MISPLACED_SEPARATOR: Wording(
        "D021", "a number with its thousands set apart in an unclear way", "Write it without, 1234567.8, or in the form 1,234,567.8."
    ),
    Fault.IN_BRACKETS: Wording(
        "D021", "a number in brackets", "If it is below zero, write a minus: -1234, not (1,234). If not, leave the brackets out."
    ),
    Fault.SHORTENED: Wording(
        "D021",
        "a number that a spreadsheet has shortened, such as 1.2E+05",
        "Show the column in full in the spreadsheet (a number, with all its decimals) and save the file again.",
    ),
    Fault.SPREADSHEET_ERROR: Wording(
        "D021", "a spreadsheet's error mark, such as #N/A or #REF!", "Put the formula right in the spreadsheet and save the file again."
    ),
    Fault.TOO_LONG: Wording("D021", "a number of more than 40 characters", "Is it a number at all? Write it shorter."),
    Fault.CURRENCY_UNWANTED: Wording(
        "D022", "a sign of money, but this column is not money", "Write the number alone, or declare the column as money in the contract."
    ),
    Fault.OTHER_CURRENCY: Wording("D022", "money in another currency", "Write it in the contract's currency."),
    Fault.PERCENT_UNWANTED: Wording(
        "D022",
        "a percent sign, but this column is not a percentage",
        "Write the number alone, or declare the column as a percentage in the contract.",
    ),
    Fault.PERCENT_IN_FRACTION: Wording(
        "D022",
        "a percent sign, but this column is declared as a fraction, in which 84.2% is 0.842",
        "Write 0.842, or declare the column as a percentage in the contract.",
    ),
    Fault.NOT_WHOLE: Wording("D023", "a number with decimals, but this column holds whole numbers", "Write a whole number."),
    Fault.OUTSIDE_RANGE: Wording("D024", "a figure outside its range", "Check it against its source."),
    Fault.FRACTIONS: Wording(
        "D032",
        "every figure of the column lies between 0 and 1, and 0.88 is read as 0.88%",
        "If 0.88 stands for 88%, declare the column as `fraction` and not as `percentage` in the contract. If it is 0.88%, write the sign.",
    ),
    Fault.FRACTION_VALUES: Wording(
        "D032",
        "every figure of the measure lies between 0 and 1, and 0.88 is read as 0.88%",
        "If 0.88 stands for 88%, write 88%. If it is 0.88%, write the sign.",
    ),
    Fault.ONE_FRACTION: Wording(
        "D032",
        "a figure between 0 and 1 among others a hundred times as large: 0.88 is read as 0.88%",
        "If 0.88 stands for 88%, write 88. If it is 0.88%, write the sign.",
    ),
    Fault.NOT_A_DATE: Wording("D025", "no date, or one that is written in another way", "Write year, month and day: 2026-04-30."),
    Fault.NO_SUCH_DAY: Wording("D025", "a date that the calendar does not have", "Write year, month and day: 2026-04-30."),
    Fault.NOT_YES_NO: Wording(
        "D026", "neither yes nor no", 'Write yes or no, or say in the contract what the code means, such as `"1" means yes`.'
    ),
    Fault.NOT_ONE_OF: Wording("D026", "none of the words that may stand here", "Write one of them."),
    Fault.BLANK_KEY: Wording("D027", "an empty cell, but it has to say what the row is about", "Fill it in, or delete the row."),
    Fault.REJECTED: Wording("D033", "an empty cell in a column that is never blank", "The row is rejected: no measure counts it."),
    Fault.BELOW_NOTHING: Wording(
        "D035", "a time below nothing, which counts as it stands", "Is it meant? If not, put it right in its source."
    ),
    Fault.SAME_ROW: Wording("D031", "what identifies a row stands in another row too", "Keep one of them."),
    Fault.UNKNOWN_MEMBER: Wording("D028", "a name or code that the contract does not have", "Put it right, or add it to the contract."),
    Fault.NOT_A_PERIOD: Wording("D029", "no period, or one that is written in another way", ""),
    Fault.OTHER_GRAIN: Wording("D029", "a period of another length", ""),
    Fault.OUTSIDE_TERM: Wording("D030", "a period or day outside the term of the contract", "", left_out=True),
    Fault.UNKNOWN_MEASURE: Wording("D040", "a measure that the contract does not have", "Put the name right."),
    Fault.WORKED_OUT: Wording("D040", "a measure that is worked out by the contract itself", "Leave the row out."),
    Fault.MEMBER_UNWANTED: Wording(
        "D041",
        "a party or member for which the measure has no figure of its own",
        "Leave the cell empty, or write `for each` in the contract.",
    ),
    Fault.MEMBER_UNCLEAR: Wording("D041", "it is not said for which member the figure is", ""),
    Fault.NO_FIGURE: Wording(
        "D042", "no figure: numerator, denominator and value are all empty", "Fill them in, or write `not reported` as the value."
    ),
    Fault.TWO_FIGURES: Wording(
        "D042",
        "both a value and a numerator or denominator",
        "Leave one of them empty: figures are not compared, and none is preferred.",
    ),
    Fault.NO_DENOMINATOR: Wording(
        "D042", "a numerator without a denominator, or the other way round", "Fill in both, or give a value instead."
    ),
    Fault.FRACTION_UNWANTED: Wording(
        "D042", "a numerator and denominator, but this measure is a single figure", "Give the figure as its value."
    ),
    Fault.ABOVE_DENOMINATOR: Wording(
        "D043", "a numerator above its denominator, but this measure is a share", "Check both against their source."
    ),
    Fault.DENOMINATOR_NEGATIVE: Wording("D043", "a denominator below 0", "Check it against its source."),
    Fault.DENOMINATOR_ZERO: Wording(
        "D044", "a denominator of 0", "There is then no result: the figure is too small. Check that nothing was to be counted."
    ),
}
"""The words of each fault. The codes' weights stand in the table of codes."""
