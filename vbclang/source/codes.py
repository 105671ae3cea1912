"""The table of all diagnostic codes. A code is a letter for its room and three digits; it never changes its meaning.

S syntax · N names · T types and time · C core (the static checks) · D data · W worked examples · X settlement · L drafting · U usage
"""

from __future__ import annotations

from enum import Enum

from attrs import frozen


class Severity(Enum):
    """How much a finding weighs. Only an error stops a contract from settling."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


@frozen
class Code:
    """What stands behind a code: its weight and, in half a line, what it finds."""

    severity: Severity
    finds: str


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFORMATION

CODES: dict[str, Code] = {
    # -- syntax: reading the text --------------------------------------------------------------------------------------
    "S001": Code(_E, "a line that the language does not know"),
    "S002": Code(_E, "a file that is not text in UTF-8"),
    "S003": Code(_E, "a word where a number, a term or another word is wanted"),
    "S004": Code(_E, "a sign of comparison where the language has words"),
    "S005": Code(_E, "`between`, which does not say whether its ends count"),
    "S006": Code(_E, "`and` and `or` mixed without brackets"),
    "S007": Code(_E, "a percentage of a sum without brackets"),
    "S008": Code(_E, "quotes that are not closed"),
    "S009": Code(_E, "brackets that are not closed, or one inside the other beyond reading"),
    "S010": Code(_E, "a day or year that the calendar does not have"),
    "S011": Code(_E, "part of a number where a whole number is wanted"),
    "S012": Code(_E, "a line that contradicts itself"),
    "S013": Code(_E, "a figure where a condition is wanted"),
    "S014": Code(_E, "a row of a table without its colon"),
    "S015": Code(_E, "a figure or sum of money written in another way"),
    "S016": Code(_E, "a Defined Term that is not capitalised"),
    "S017": Code(_E, "a capital in a word of the language"),
    "S018": Code(_E, "`shall`, `must` or `will` outside prose"),
    "S019": Code(_E, "a bullet before a line"),
    "S020": Code(_E, "a column or unit named with a word of the language"),
    "S021": Code(_E, "a line whose rows are missing"),
    "S022": Code(_E, "a run that does not say which conditions it is of"),
    "S023": Code(_E, "`within … of`, which does not say before or after"),
    "S024": Code(_E, "a line too long to be read"),
    "S025": Code(_E, "a change in per cent that does not say of what"),
    "S026": Code(_E, "a new layout that would not say the same"),
    "S027": Code(_E, "a lawyer's word for which the language has another"),
    # -- names: what is declared and what is meant -----------------------------------------------------------------------
    "S028": Code(_E, "figures of several periods that do not say how they become one"),
    "N001": Code(_E, "a term declared twice"),
    "N002": Code(_E, "two clauses of one name"),
    "N003": Code(_E, "two guarantees or worked examples of one name"),
    "N004": Code(_E, "a second contract in one file"),
    "N005": Code(_E, "a term that nothing defines"),
    "N006": Code(_E, "a clause that does not exist"),
    "N007": Code(_E, "a term used for something that it is not"),
    "N008": Code(_E, "a member that no list has"),
    "N009": Code(_E, "a file in `use` that cannot be used"),
    "N010": Code(_E, "general rules adopted without their edition, or in one that does not exist"),
    "N011": Code(_E, "a file without a contract"),
    "N012": Code(_E, "a column that the data do not have"),
    # -- types: what may be added to what, how often, for whom -----------------------------------------------------------
    "T001": Code(_E, "figures of two kinds that do not go together"),
    "T002": Code(_E, "another kind of figure than the place wants"),
    "T004": Code(_E, "money in two currencies, or in one that the language does not know"),
    "T005": Code(_E, "a figure for each member where one figure is wanted"),
    "T006": Code(_E, "a selection where there is nothing to select from"),
    "T008": Code(_E, "a formula called with the wrong number of figures"),
    "T009": Code(_E, "a percentile without its method"),
    "T010": Code(_E, "a step of which a part is not said to count"),
    "T011": Code(_E, "a direction that is not said"),
    "T012": Code(_E, "a baseline that is not stated"),
    "T013": Code(_E, "bands: whole amount or slices not said"),
    "T014": Code(_E, "bands that overlap"),
    "T015": Code(_E, "bands with a gap"),
    "T016": Code(_E, "weights or shares that do not make 100%"),
    "T017": Code(_E, "a schedule that does not fit its list"),
    # -- core: the static checks (the semantics, section 13) -------------------------------------------------------------
    "C001": Code(_E, "a part period without a rule"),
    "C002": Code(_E, "a first contract year that is cut short without a word"),
    "C003": Code(_E, "a figure of finer periods read in a coarser one"),
    "C004": Code(_E, "a limit that changes within its window"),
    "C005": Code(_E, "money due before its figures are known"),
    "C006": Code(_E, "no first value"),
    "C007": Code(_E, "a circle of definitions"),
    "C009": Code(_E, "a state of a figure for which nothing is said"),
    "C010": Code(_E, "an amount that may be missing"),
    "C011": Code(_E, "blank periods in a run without a rule"),
    "C012": Code(_E, "blank cells without a rule"),
    "C014": Code(_E, "a joint limit that does not say which amount is cut"),
    "C015": Code(_E, "a division that does not add up"),
    "C016": Code(_E, "money held without a last day"),
    "C017": Code(_E, "lateness of which delivery is not said"),
    "C018": Code(_E, "provisional data, and nothing said about the final"),
    "C019": Code(_E, "a change in % that may be points or a part"),
    "C021": Code(_E, "a kind of figure for which no rounding is given"),
    "C022": Code(_E, "something used that is not in force"),
    "C024": Code(_W, "an edge that the contract leaves open"),
    "C025": Code(_W, "a contract without a clause"),
    "C026": Code(_E, "a limit that does not say for which members it is"),
    "C030": Code(_E, "a contract without a line that every contract needs"),
    "C031": Code(_E, "a line said twice, or one that does not belong here"),
    "C032": Code(_E, "a flow without a line that every flow needs"),
    "C033": Code(_E, "a deadline without a start"),
    "C034": Code(_E, "data or a measure without source, supplier, checker or deadline"),
    "C035": Code(_E, "working days without a calendar"),
    "C036": Code(_E, "a term or contract year that is no whole period"),
    "C037": Code(_E, "rows that may belong to nobody, without a rule"),
    # -- worked examples -------------------------------------------------------------------------------------------------
    "W001": Code(_E, "a worked example that claims nothing"),
    "W002": Code(_E, "a worked example that gives one figure twice"),
    "W003": Code(_E, "a worked example that gives a figure that could never arrive"),
    "W004": Code(_E, "a worked example that does not say its period"),
    "W005": Code(_E, "rows of a worked example that do not say their day where it counts"),
    "W006": Code(_E, "rows of a worked example that no measure would count"),
    "C099": Code(_I, "something that this version checks but does not carry out yet"),
    # -- data: what is delivered -----------------------------------------------------------------------------------------
    "D001": Code(_E, "a folder of data that is not there or cannot be read"),
    "D002": Code(_E, "a data file that is not text in UTF-8"),
    "D003": Code(_E, "a data file that cannot be read"),
    "D004": Code(_W, "a data file without rows: a delivery of nothing"),
    "D005": Code(_E, "a data file that cannot be divided into cells"),
    "D006": Code(_E, "rows with more or fewer cells than there are headings"),
    "D007": Code(_E, "a data file without a column that the contract needs"),
    "D008": Code(_E, "a heading, or a member's column, that stands there twice"),
    "D009": Code(_I, "columns that the contract does not use"),
    "D010": Code(_W, "a data file that is not delivered"),
    "D011": Code(_E, "more figures than can be held"),
    "D012": Code(_I, "a data file that is not delivered, and on which no clause depends"),
    "D013": Code(_E, "a data file under another name"),
    "D020": Code(_E, "an empty cell in a column that is never blank"),
    "D021": Code(_E, "a cell that is not a number as it has to be written"),
    "D022": Code(_E, "a sign of money or percent that does not belong to the column"),
    "D023": Code(_E, "decimals in a column of whole numbers"),
    "D024": Code(_E, "a figure outside its range"),
    "D025": Code(_E, "a cell that is not a date"),
    "D026": Code(_E, "a cell that is none of the words that may stand there"),
    "D027": Code(_E, "a row that does not say what it is about"),
    "D028": Code(_E, "a name or code that the contract does not have"),
    "D029": Code(_E, "a period that is not written as one"),
    "D030": Code(_W, "rows about a time outside the term"),
    "D031": Code(_E, "more than one row about the same thing"),
    "D032": Code(_W, "percentages that may be written as fractions"),
    "D033": Code(_W, "rows that are rejected, since a cell that is never blank is empty"),
    "D034": Code(_E, "a figure that arrives worked out, and its rows too"),
    "D040": Code(_E, "figures of a measure that the contract does not have"),
    "D041": Code(_E, "a figure whose member is not clear"),
    "D042": Code(_E, "a row that does not give one figure"),
    "D043": Code(_E, "a numerator and denominator that do not fit"),
    "D044": Code(_W, "a denominator of 0"),
    "D050": Code(_E, "a line of the record that says something else than such a line does"),
    "D051": Code(_E, "lines of the record that are not in order"),
    "D052": Code(_E, "a line of the record about a period that there is not"),
    "D053": Code(_E, "a line of the record about a day on which it cannot have happened"),
    "D054": Code(_E, "a line of the record by somebody who has no such right"),
    # -- settlement: what the figures show of the contract ---------------------------------------------------------------
    "X001": Code(_E, "an amount below nothing in a clause that is paid one way only"),
    # -- drafting: what is allowed, and has cost others dear (vbclang/lint) --------------------------------------------
    "L001": Code(_W, "a cliff: much of a clause's money on one step"),
    "L002": Code(_W, "a sanction without a limit"),
    "L003": Code(_W, "a party paid by figures of its own that nobody checks"),
    "L004": Code(_W, "a percentage that decides money, however few its rows"),
    "L005": Code(_W, "exclusions without a limit"),
    "L006": Code(_W, "a share of gains and losses without a limit"),
    "L007": Code(_W, "an index without a cap"),
    "L008": Code(_W, "a definition that nothing uses"),
    "L009": Code(_W, "`shall`, `must` and `will` mixed in prose"),
    "L010": Code(_W, "a termination that does not say what is paid on exit"),
    "L011": Code(_W, "a sanction that can be neither cured nor waived"),
    "L012": Code(_W, "more than five measures that decide money for outcomes"),
    "L013": Code(_I, "outcomes paid for, and no measure that tells groups apart"),
    # -- usage: what the program was asked to do --------------------------------------------------------------------------
    "U001": Code(_E, "a file that is not there"),
    "U002": Code(_E, "a folder where a file is wanted"),
    "U003": Code(_E, "a file that may not or cannot be read"),
    "U004": Code(_E, "a file that is too long to be a contract"),
    "U005": Code(_E, "an empty file"),
    "U006": Code(_E, "a file that cannot be written"),
    "U010": Code(_E, "a period that the contract does not have"),
    "U011": Code(_E, "a party that the contract does not have"),
    "U012": Code(_E, "a clause that moves no money, or that the contract does not have"),
    "U013": Code(_E, "an explanation of nothing, or of too much at once"),
    "U014": Code(_E, "a statement that would be written over a contract or its data"),
    "U015": Code(_E, "an empty file that would be written over data, or outside their folder"),
    "U016": Code(_E, "a file that is no statement to be verified"),
}
